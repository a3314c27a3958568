"""`klimaplan national`: the country as the sum of its municipalities."""

from __future__ import annotations

from typing import Annotated

import typer

from klimaplan.cli.answers import explain, language, print_json, print_table, records, say, sector_name, tonnes
from klimaplan.cli.figures import current_account
from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.inventory.account import Account, check, total
from klimaplan.domain.inventory.account import national as sum_of_municipalities
from klimaplan.domain.projection.national import cross_check
from klimaplan.reference import load


def national(
    year: Annotated[
        str | None, typer.Option(metavar="YEAR", help="One year; all years of the account without it.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """National picture from the accounts of the municipalities."""
    account = current_account()
    years = account.years if year is None else (_known(year, account),)
    by_sector = sum_of_municipalities(account.emissions).take(axes.YEAR, years)
    totals = by_sector.sum(axes.SECTOR)
    findings = (
        *check(account),
        *cross_check(sum_of_municipalities(total(account.emissions)), load.national_projection()),
    )
    sectors = [str(sector) for sector in by_sector.axis(axes.SECTOR).labels]
    if json:
        print_json({
            "years": {
                str(each): {
                    "total": totals.at(each),
                    "by_sector": {sector: by_sector.at(sector, each) for sector in sectors},
                }
                for each in years
            },
            "municipalities": len(account.codes),
            "unit": str(totals.unit),
            "explanation": totals.provenance.as_record(),
            "findings": records(findings),
        })  # fmt: skip
        return
    print_table(
        f"{len(account.codes)} " + say("kommuner, t CO2e", "municipalities, t CO2e"),
        ["", *map(str, years)],
        [
            *([sector_name(sector), *(tonnes(by_sector.at(sector, each)) for each in years)] for sector in sectors),
            [sector_name("total"), *(tonnes(totals.at(each)) for each in years)],
        ],
        [explain(totals), *(finding.message(language()) for finding in findings)],
    )


def _known(text: str, account: Account) -> int:
    known = {str(year): year for year in account.years}
    if text.strip() not in known:
        span = f"{account.years[0]}–{account.last_year}"
        raise InputError(Finding(
            "unknown-year", text or "∅",
            Text(f"Regnskabet dækker {span}.", f"The account covers {span}."),
            Text("", ""),
            Text("Vælg et af de år.", "Choose one of those years."),
        ))  # fmt: skip
    return known[text.strip()]
