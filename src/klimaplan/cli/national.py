"""`klimaplan national`: the country as the sum of its municipalities."""

from __future__ import annotations

from typing import Annotated

import typer

from klimaplan.cli.answers import explain, print_json, print_table, records, tonnes
from klimaplan.cli.figures import current_account
from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.inventory.account import Account, check, total
from klimaplan.domain.inventory.account import national as sum_of_municipalities
from klimaplan.domain.projection.national import cross_check
from klimaplan.reference import load


def national(
    year: Annotated[int | None, typer.Option(help="One year; all years of the account without it.")] = None,
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
    sectors = by_sector.axis(axes.SECTOR).labels
    if json:
        print_json({
            "years": {
                str(each): {
                    "total": totals.at(each),
                    "by_sector": {str(sector): by_sector.at(sector, each) for sector in sectors},
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
        f"{len(account.codes)} municipalities, t CO2e",
        ["", *map(str, years)],
        [
            *([str(sector), *(tonnes(by_sector.at(sector, each)) for each in years)] for sector in sectors),
            ["total", *(tonnes(totals.at(each)) for each in years)],
        ],
        [explain(totals), *(finding.message() for finding in findings)],
    )


def _known(year: int, account: Account) -> int:
    if year not in account.years:
        span = f"{account.years[0]}–{account.last_year}"
        raise InputError(Finding(
            "unknown-year", str(year),
            Text(f"Regnskabet dækker {span}.", f"The account covers {span}."),
            Text("", ""),
            Text("Vælg et af de år.", "Choose one of those years."),
        ))  # fmt: skip
    return year
