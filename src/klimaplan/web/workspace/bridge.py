"""What the domain knows of a municipality's streams, and what a plan would come to with one part changed."""

from __future__ import annotations

from functools import lru_cache

from klimaplan.domain.errors import KlimaplanError
from klimaplan.domain.inventory.streams import Stream
from klimaplan.domain.plan import set_out
from klimaplan.reference import load
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.plans import stored
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.results.bridge import ground_of
from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.plans.results.selectors import outcome_of
from klimaplan.web.plans.stored import Piece
from klimaplan.web.workspace.wording import read


def stream_choices(code: str) -> list[tuple[str, str]]:
    """The streams of a municipality, to choose from."""
    snapshot = inventories.current_snapshot()
    streams = _streams(code, snapshot.pk) if snapshot else load.national_streams().streams
    return [(each.key, f"{each.ref} · {read(each.name)}") for each in streams]


def outcome_with(plan: Plan, kind: str, key: str, content: Plain) -> Figures:
    """What the plan would come to if this part said that; nothing is stored."""
    pieces = stored.pieces_of(plan)
    changed = [Piece(kind, key, content, each.origin) if each.name == (kind, key) else each for each in pieces]
    if (kind, key) not in {each.name for each in pieces}:
        changed.append(Piece(kind, key, content))
    return outcome_of(stored.file_data(changed))


@lru_cache(maxsize=200)  # snapshots never change
def _streams(code: str, snapshot: int) -> tuple[Stream, ...]:
    ground = ground_of(snapshot)
    try:
        return set_out(ground.outlook, ground.national, code, supply={}).table.streams
    except KlimaplanError:
        return ground.national.streams
