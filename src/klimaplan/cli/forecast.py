"""`klimaplan forecast`: where the accounts are heading by their own trend."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from klimaplan.cli.answers import by_year, explain, language, print_json, print_table, records, say, tonnes
from klimaplan.cli.figures import current_account
from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.inventory.account import Account, check, total
from klimaplan.domain.inventory.account import national as sum_of_municipalities
from klimaplan.domain.pathway.target import LAST_YEAR
from klimaplan.domain.projection.trends import Method
from klimaplan.domain.projection.trends import forecast as carry_on
from klimaplan.reference import load

METHODS = {
    Method.LINEAR: Text("lineær fremskrivning", "linear trend"),
    Method.EXPONENTIAL: Text("dæmpet fremskrivning", "damped trend"),
    Method.CONSERVATIVE: Text("konservativ fremskrivning", "conservative trend"),
}


def forecast(
    method: Annotated[Method, typer.Option(help="The trend.")] = Method.LINEAR,
    years: Annotated[str | None, typer.Option(help="First and last year, e.g. 2024-2050.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Project the accounts to 2030 or 2050 by trend; no policy is known to a trend."""
    account = current_account()
    first, last = _span(years, account)
    totals = total(carry_on(account.emissions, method=method, until=last)).take(axes.YEAR, range(first, last + 1))
    country = sum_of_municipalities(totals)
    findings = check(account)
    names = {municipality.code: municipality.name for municipality in load.municipalities()}
    if json:
        print_json({
            "method": str(method),
            "national": by_year(country),
            "municipalities": [
                {"code": code, "name": names[code], "values": by_year(totals.select(municipality=code))}
                for code in account.codes
            ],
            "unit": str(country.unit),
            "explanation": country.provenance.as_record(),
            "findings": records(findings),
        })  # fmt: skip
        return
    shown = [year for year in range(first, last + 1) if year % 5 == 0 or year in {first, last}]
    print_table(
        METHODS[method].read(language()) + ", t CO2e",
        ["", *map(str, shown)],
        [
            *([f"{code} {names[code]}", *(tonnes(totals.at(code, year)) for year in shown)] for code in account.codes),
            [say("hele landet", "country"), *(tonnes(country.at(year)) for year in shown)],
        ],
        [explain(country), *(finding.message(language()) for finding in findings)],
    )


def _span(text: str | None, account: Account) -> tuple[int, int]:
    earliest = account.last_year + 1
    if text is None:
        return earliest, LAST_YEAR
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not earliest <= first <= last <= LAST_YEAR:
        raise InputError(Finding(
            "years-out-of-range", text,
            Text(f"Årene skal ligge fra {earliest} til {LAST_YEAR}.",
                 f"The years must lie between {earliest} and {LAST_YEAR}."),
            Text("", ""),
            Text(f"Skriv for eksempel {earliest}-2030.", f"Write for example {earliest}-2030."),
        ))  # fmt: skip
    return first, last
