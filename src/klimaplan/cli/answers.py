"""How commands answer: JSON for machines, a table for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding
from klimaplan.domain.series import Series


def print_json(record: Mapping[str, object]) -> None:
    """UTF-8, stable keys, numbers as numbers."""
    json.dump(record, sys.stdout, ensure_ascii=False, allow_nan=False, indent=1)
    sys.stdout.write("\n")


def by_year(series: Series) -> dict[str, float | None]:
    """A series over years as a JSON object; a missing year is null, never zero."""
    years = series.axis(axes.YEAR).labels
    return {str(year): None if (year,) in series.missing else series.at(year) for year in years}


def records(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [finding.as_record() for finding in findings]


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], notes: Iterable[str] = ()) -> None:
    """A table for people, with its explanation under it."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for position, name in enumerate(header):
        table.add_column(name, justify="left" if position == 0 else "right")
    for row in rows:
        table.add_row(*row)
    console = Console()
    console.print(table)
    for note in notes:
        console.print(note, style="dim", highlight=False)


def tonnes(value: float | None) -> str:
    """Whole tonnes for people; a missing value is a dash with a reason beside it, not a zero."""
    return "–" if value is None else f"{value:,.0f}"


def explain(series: Series) -> str:
    """Where the numbers of a table come from, in one line."""
    seen = series.provenance
    steps = f"; {'; '.join(seen.steps)}" if seen.steps else ""
    return f"{seen.kind} · {seen.source} · version {seen.version} · GWP {seen.gwp} · t CO2e{steps}"
