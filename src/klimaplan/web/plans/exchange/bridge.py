"""The workbook of a stored plan: what the domain knows of the municipality's streams, to choose from."""

from __future__ import annotations

from klimaplan.domain.errors import KlimaplanError, Language
from klimaplan.domain.inventory.streams import Stream
from klimaplan.domain.plan import set_out
from klimaplan.reference import load
from klimaplan.sources.plan_files import PlanFile
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.plans.exchange.base import PROPERTY
from klimaplan.web.plans.exchange.book import write_book
from klimaplan.web.plans.results.bridge import ground_of


def workbook(file: PlanFile, code: str, language: Language, *, base: str) -> bytes:
    """The file as a workbook that says what it was written from."""
    return write_book(file, _streams(code), load.measures(), language, properties={PROPERTY: base})


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
