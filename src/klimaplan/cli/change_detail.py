"""What `klimaplan change --detail` adds: the file that was read, as a record and as notes under the table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from klimaplan.cli.answers import language, say, sector_name, tonnes
from klimaplan.domain.errors import InputError
from klimaplan.domain.geography import Municipality
from klimaplan.domain.inventory.account import Account, Sector
from klimaplan.domain.inventory.explaining import Explanation, explain_change
from klimaplan.domain.projection.national import NationalProjection

if TYPE_CHECKING:  # what reads files takes a while to import, and only the option needs it
    from klimaplan.sources.change_details import ChangeDetails
    from klimaplan.sources.change_details.model import Measured


def explained(
    account: Account,
    projection: NationalProjection,
    municipality: Municipality,
    span: tuple[int, int],
    path: Path | None,
) -> tuple[Explanation, ChangeDetails | None]:
    """The change in its parts, with what the file knows of it.

    Raises
    ------
    InputError : everything that is wrong with the file, its meaning against the account included
    """
    national = {sector: projection.of_sector(sector) for sector in Sector}
    if path is None:
        return explain_change(account, national, code=municipality.code, span=span), None
    from klimaplan.sources.change_details import read_change_file

    read = read_change_file(path, municipality, span)
    faults = [*read.findings]
    try:
        found = explain_change(
            account, national, code=municipality.code, span=span, detail=read.detail, known=read.known,
            people=read.people,
        )  # fmt: skip
    except InputError as refused:
        faults += refused.findings
    if faults:
        raise InputError(faults)
    return found, read


def as_record(read: ChangeDetails | None, name: str) -> dict[str, object]:
    """The figures that were put in, each with unit and source; empty where there is no file."""
    if read is None:
        return {}
    people = read.people_entry
    return {
        "file": name,
        "inhabitants": None if people is None else {"by_year": _years(people.by_year), "source": people.source},
        "by_sector": {
            str(entry.sector): {
                what: None if held is None else {
                    "what": held.what, "unit": held.unit, "by_year": _years(held.by_year), "source": held.source,
                }
                for what, held in (("activity", entry.activity), ("energy", entry.energy), ("factor", entry.factor))
            }
            for entry in read.entries
        },
        "known": [
            {
                "part": each.part, "sector": str(each.sector), "taken_from": each.taken_from, "tonnes": each.tonnes,
                "what": each.what, "source": each.source,
            }
            for each in read.known_entries
        ],
    }  # fmt: skip


def notes(read: ChangeDetails | None, span: tuple[int, int]) -> list[str]:
    """Where every figure of the file comes from, one line for each."""
    if read is None:
        return []
    said = []
    if (people := read.people_entry) is not None:
        said.append(f"{say('Indbyggere', 'Inhabitants')}: {_change(people.by_year, span)} ({people.source})")
    named = (say("aktivitet", "activity"), say("energi", "energy"), say("emissionsfaktor", "emission factor"))
    for entry in read.entries:
        for name, held in zip(named, (entry.activity, entry.energy, entry.factor), strict=True):
            if held is not None:
                said.append(f"{sector_name(entry.sector)}, {name}: {_told(held, span)}")
    for each in read.known_entries:
        said.append(f"{sector_name(each.sector)}: {each.what}, {tonnes(each.tonnes)} t CO2e ({each.source})")
    return said


def _told(held: Measured, span: tuple[int, int]) -> str:
    what = f"{held.what}, " if held.what else ""
    return f"{what}{_change(held.by_year, span)} {held.unit} ({held.source})"


def _change(by_year: dict[int, float], span: Sequence[int]) -> str:
    return " → ".join(_figure(by_year[year]) for year in span)


def _figure(value: float) -> str:
    """As many digits as were written."""
    shown = f"{value:,.15g}"
    return shown.translate(str.maketrans(",.", ".,")) if language() == "da" else shown


def _years(by_year: dict[int, float]) -> dict[str, float]:
    return {str(year): figure for year, figure in sorted(by_year.items())}
