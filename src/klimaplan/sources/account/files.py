"""The interface's answers on disk: a folder of files, one per municipality and year, or one file with all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from klimaplan.domain.errors import Finding, InputError, UnknownCodeError
from klimaplan.reference import load
from klimaplan.sources.account import findings
from klimaplan.sources.account.edition import FIRST_YEAR, Edition
from klimaplan.sources.account.key_figures import Collected, Place, parse, read_rows, rows_of

NAME = re.compile(r"(\d{3,4})[-_](\d{4})")
AFTER_ALL_YEARS = 10_000
CLOCK = ZoneInfo("Europe/Copenhagen")


def file_name(place: Place) -> str:
    """
    >>> file_name(("657", 2023))
    '657-2023.json'
    """
    code, year = place
    return f"{code}-{year}.json"


def last_change(path: Path) -> date:
    """The day the newest of the files was written, in Denmark."""
    newest = max((each.stat().st_mtime for each in (_files(path) or [path])), default=0.0)
    return datetime.fromtimestamp(newest, CLOCK).date()


def read_files(path: Path, edition: Edition) -> Collected:
    """Read a folder (every ``*.json`` directly in it) or one file; faults are collected, not raised.

    A file says which municipality and year it answers by its name, ``657-2023.json``, or by keys ``municipality``
    and ``year`` beside ``data``. One file may hold a list of such answers.

    Raises
    ------
    InputError : there is nothing to read
    OSError : a file cannot be opened
    """
    if not path.exists():
        raise InputError(findings.path_absent(str(path)))
    files = _files(path)
    if not files:
        raise InputError(findings.folder_empty(str(path)))
    collected = Collected()
    for file in files:
        _read_file(file, edition, collected)
    return collected


def check_place(place: Place, edition: Edition, where: str) -> Iterator[Finding]:
    """Whether there is such a municipality, and whether the edition can know the year."""
    code, year = place
    if code not in {municipality.code for municipality in load.municipalities()}:
        yield findings.unknown_municipality(where, code)
    if not FIRST_YEAR <= year <= edition.last_possible_year:
        yield findings.unknown_year(where, year, FIRST_YEAR, edition.last_possible_year)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.iterdir() if each.suffix == ".json" and not each.name.startswith("."))


def _read_file(file: Path, edition: Edition, collected: Collected) -> None:
    try:
        document = parse(file.read_bytes(), file.name)
    except InputError as refused:
        collected.findings.extend(refused.findings)
        return
    answers = document if isinstance(document, list) else [document]
    for position, answer in enumerate(answers):
        where = f"{file.name}![{position}]" if isinstance(document, list) else file.name
        try:
            place = _place(answer, None if isinstance(document, list) else file.stem, where)
            rows = rows_of(answer, where)
        except InputError as refused:
            collected.findings.extend(refused.findings)
        else:
            _take(place, rows, edition, where, collected)


def _take(place: Place, rows: Iterable[Any], edition: Edition, where: str, collected: Collected) -> None:
    if faults := list(check_place(place, edition, where)):
        collected.findings.extend(faults)
    elif place in collected.figures:
        collected.findings.append(findings.duplicate_answer(where, *place))
    elif rows := list(rows):
        figures, found = read_rows(rows, where)
        collected.figures[place] = figures
        collected.findings.extend(found)
    else:
        collected.findings.append(findings.answer_empty(where))


def _place(answer: Any, stem: str | None, where: str) -> Place:
    """The municipality and year an answer says it is of, which its file's name may not contradict."""
    inside = _inside(answer, where)
    match = NAME.fullmatch(stem) if stem else None
    outside = (match[1].lstrip("0").zfill(3), int(match[2])) if match else None
    if inside and outside and inside != outside:
        raise InputError(findings.place_differs(where, *inside))
    place = inside or outside
    if place is None:
        raise InputError(findings.place_unknown(where))
    return place


def _inside(answer: Any, where: str) -> Place | None:
    if not isinstance(answer, dict) or not {"municipality", "year"} <= answer.keys():
        return None
    municipality, year = answer["municipality"], answer["year"]
    if not (isinstance(year, Decimal) and year.is_finite() and 0 < year < AFTER_ALL_YEARS and year % 1 == 0):
        raise InputError(findings.place_unknown(where))
    try:
        code = load.find_municipality(str(municipality)).code
    except UnknownCodeError:
        raise InputError(findings.unknown_municipality(where, str(municipality))) from None
    return code, int(year)
