"""How commands answer: JSON for machines, a table for people in their own language."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, Language, Text
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Series
from klimaplan.reference import load

WIDEST = 1000
"""Columns a table may take: a cut number is a wrong number, so a narrow terminal wraps the line instead."""

THIN_SPACE = "\u202f"

KINDS = {
    Kind.OBSERVED: Text("observeret", "observed"),
    Kind.ESTIMATED: Text("skønnet", "estimated"),
    Kind.CALCULATED: Text("beregnet", "calculated"),
    Kind.EXPECTED: Text("forventet", "expected"),
    Kind.PROJECTED: Text("fremskrevet", "projected"),
}


def language() -> Language:
    """The reader's language: `KLIMAPLAN_LANGUAGE`, else the locale; English unless it says Danish."""
    variables = ("KLIMAPLAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    named = next((value for name in variables if (value := os.environ.get(name))), "")
    return "da" if named.lower().startswith("da") else "en"


def say(da: str, en: str) -> str:
    """One of two texts, in the reader's language."""
    return Text(da, en).read(language())


def print_json(record: Mapping[str, object]) -> None:
    """UTF-8, stable keys, numbers as numbers."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1)
    sys.stdout.flush()
    # past the text layer, whose encoding is the terminal's
    sys.stdout.buffer.write(text.encode() + b"\n")


def by_year(series: Series) -> dict[str, float | None]:
    """A series over years as a JSON object; a missing year is null, never zero."""
    years = series.axis(axes.YEAR).labels
    return {str(year): None if (year,) in series.missing else series.at(year) for year in years}


def by_sector(series: Series) -> dict[str, dict[str, float | None]]:
    """A series over sectors and years as a JSON object of objects."""
    return {str(sector): by_year(series.select(sector=sector)) for sector in series.axis(axes.SECTOR).labels}


def records(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [finding.as_record() for finding in findings]


def print_table(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    notes: Iterable[str] = (),
    words: Collection[int] = (0,),
) -> None:
    """A table for people, with its explanation under it; `words` are the columns that hold no numbers."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for position, name in enumerate(header):
        table.add_column(name, justify="left" if position in words else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    console = Console(width=WIDEST, markup=False, highlight=False)
    console.print(table)
    for note in notes:
        console.print(note, style="dim")


def tonnes(value: float | None) -> str:
    """Whole tonnes for people; a missing value is a dash with a reason beside it, not a zero. No zero is negative."""
    if value is None:
        return "–"
    grouped = f"{value:z,.0f}"
    return grouped.replace(",", ".") if language() == "da" else grouped


def tonnes_per_head(value: float | None) -> str:
    """Two decimals for people."""
    if value is None:
        return "–"
    shown = f"{value:z.2f}"
    return shown.replace(".", ",") if language() == "da" else shown


def percent(value: float | None) -> str:
    """One decimal and the sign for people, in the reader's language."""
    if value is None:
        return "–"
    shown = f"{value:+z.1f}{THIN_SPACE}%"
    return shown.replace(".", ",") if language() == "da" else shown


def sector_name(code: str) -> str:
    """The name of a sector, of ``total``, or of several sectors joined by ``+``."""
    names = {label.code: label.name for label in load.sectors()}
    return " + ".join(names[each].read(language()) for each in code.split("+"))


def explain(series: Series) -> str:
    """Where the numbers of a table come from, in one line."""
    seen = series.provenance
    parts = (KINDS[seen.kind].read(language()), seen.source, f"version {seen.version}", f"GWP {seen.gwp}", "t CO2e")
    return " · ".join(parts) + _made(seen)


def _made(seen: Provenance) -> str:
    """How it was calculated: its steps, which are written in English; in Danish the method page that tells them."""
    if language() == "da" and seen.method is not None:
        title = (load.METHOD_PAGES / f"{seen.method}.da.md").read_text(encoding="utf-8").splitlines()[0]
        return f"; metode: {title.removeprefix('# ')}"
    return "".join(f"; {step}" for step in seen.steps)
