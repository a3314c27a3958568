"""The workbook of a stored plan: what the domain knows of the municipality's streams, to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from klimaplan.domain.errors import KlimaplanError, Language
from klimaplan.domain.inventory.streams import Stream
from klimaplan.domain.plan import set_out
from klimaplan.exports.plan_workbook import Form
from klimaplan.reference import load
from klimaplan.sources.plan_files import PlanFile
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.plans.contents.kinds import Kind
from klimaplan.web.plans.exchange.base import PROPERTY
from klimaplan.web.plans.exchange.beside import KINDS_BESIDE, lists_of, rows_of, sheet_of
from klimaplan.web.plans.exchange.book import heading, write_book
from klimaplan.web.plans.results.bridge import ground_of
from klimaplan.web.plans.stored import Piece


def workbook(
    file: PlanFile, code: str, language: Language, *, base: str, pieces: Sequence[Piece] | None = None
) -> bytes:
    """The file as a workbook that says what it was written from.

    Parameters
    ----------
    pieces : of the whole plan; with them the workbook has a sheet for every kind that is not computed with
    """
    forms = [] if pieces is None else [_form(kind, pieces, language) for kind in KINDS_BESIDE]
    lists = None if pieces is None else lists_of(pieces, language)
    said = {PROPERTY: base}
    return write_book(file, _streams(code), load.measures(), language, properties=said, beside=forms, more_lists=lists)


def _form(kind: Kind, pieces: Sequence[Piece], language: Language) -> Form:
    sheet = sheet_of(kind)
    headings = [heading(column, language) for column in sheet.columns]
    return Form(sheet.name.read(language), headings, rows_of(kind, pieces, language))


def _streams(code: str) -> tuple[Stream, ...]:
    """The streams of a municipality, those of the country before there is an account."""
    snapshot = inventories.current_snapshot()
    if snapshot is None:
        return load.national_streams().streams
    ground = ground_of(snapshot.pk)
    try:
        return set_out(ground.outlook, ground.national, code, supply={}).table.streams
    except KlimaplanError:
        return ground.national.streams
