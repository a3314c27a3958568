"""The figures of a plan while it is written: computed once for every content, and kept while somebody works on it."""

from __future__ import annotations

import threading
from collections import OrderedDict

from klimaplan.domain.errors import Finding, Text
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.plans import stored
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.plans.results import bridge
from klimaplan.web.plans.results.figures import Figures

KEPT = 200
"""Results that a process keeps: those of the plans that are worked on."""

_kept: OrderedDict[tuple[str, str], Figures] = OrderedDict()
_lock = threading.Lock()


def outcome(whose: Plan | PlanVersion) -> Figures:
    """What a plan or a version comes to, with everything there is to say of it."""
    return outcome_of(stored.file_data(stored.pieces_of(whose)))


def outcome_of(data: Plain) -> Figures:
    """What the plain values of a plan file come to against the account in force."""
    digest = stored.digest(data)
    snapshot = inventories.current_snapshot()
    if snapshot is None:
        return Figures(digest, "", (_no_account(),))
    known = digest, str(snapshot.sha256)
    with _lock:
        if known in _kept:
            _kept.move_to_end(known)
            return _kept[known]
    made = bridge.compute(data, snapshot.pk, digest=digest, account=snapshot.sha256)
    with _lock:
        _kept[known] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Empty what the process keeps; for tests that take rows back."""
    with _lock:
        _kept.clear()
    bridge.ground_of.cache_clear()


def _no_account() -> Finding:
    return Finding(
        "account-absent", "plan",
        Text("Der er endnu ikke importeret et regnskab.", "No account was imported yet."),
        Text("Planen kan ikke beregnes.", "The plan cannot be computed."),
        Text("Kør `klimaplan init`.", "Run `klimaplan init`."),
    )  # fmt: skip
