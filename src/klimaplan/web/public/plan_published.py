"""What of a published plan is for everyone: the version in force, and of its content all but what is internal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.reference import load
from klimaplan.sources.plan_files.model import PlanFile
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans import stored
from klimaplan.web.plans.contents.kinds import ACTION, COMPUTED, HEAD
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import PlanVersion
from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.plans.stored import Piece

OPEN = frozenset({*COMPUTED, "vision", "commitment", "sub_measure", "milestone", "co_benefit", "indicator"})
"""The kinds of parts that are shown. What is not named here stays inside: barriers, staff, funding, files …"""

KEPT_INSIDE: Mapping[str, frozenset[str]] = {HEAD: frozenset({"notes"})}
"""Kind → fields that are working notes."""

E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
REMOVED = "[e-mail]"


@dataclass(frozen=True, slots=True)
class Published:
    """A version that everyone may read, without what is internal."""

    code: str
    name: str
    title: str
    demo: bool
    number: int
    label: str
    """What the municipality calls the version."""
    at: datetime
    sha256: str
    pieces: tuple[Piece, ...]
    figures: Figures

    @property
    def actions(self) -> list[Plain]:
        return self.of(ACTION)

    def of(self, kind: str, *, action: str | None = None) -> list[Plain]:
        """The contents of a kind in their order; of one action where it is named."""
        return [
            each.content for each in self.pieces
            if each.kind == kind and (action is None or each.content.get("action") == action)
        ]  # fmt: skip

    def file(self) -> PlanFile:
        """What is computed with, as a plan file."""
        return stored.file_of(self.pieces)

    def action(self, key: str) -> Plain:
        """One action; `UnknownCodeError` where the version has none of that key."""
        for each in self.actions:
            if each["key"] == key:
                return each
        raise UnknownCodeError(_no_action(key))


@dataclass(frozen=True, slots=True)
class Teaser:
    """That there is a published plan, for the page of its municipality."""

    code: str
    title: str
    number: int
    at: datetime
    demo: bool


def published(text: str) -> Published:
    """The published plan of a municipality, by code, name or alias.

    Raises
    ------
    UnknownCodeError : there is no such municipality, or it has published none
    """
    municipality = load.find_municipality(text)
    row = _row(municipality.code)
    if row is None:
        raise UnknownCodeError(_nothing_published(municipality.name))
    pieces = tuple(opened(each) for each in stored.pieces_of(row) if each.kind in OPEN)
    head = next(each.content for each in pieces if each.kind == HEAD)
    return Published(
        municipality.code, municipality.name, head["title"], row.plan.demo, row.number, without_e_mail(row.name),
        row.at, row.sha256, pieces, plans.outcome(row),
    )  # fmt: skip


def teaser(code: str) -> Teaser | None:
    """None where nothing was published."""
    row = _row(code)
    return None if row is None else Teaser(code, without_e_mail(row.plan.title), row.number, row.at, row.plan.demo)


def opened(piece: Piece) -> Piece:
    """A part as everyone may read it."""
    inside = KEPT_INSIDE.get(piece.kind, frozenset())
    content = {name: without_e_mail(value) for name, value in piece.content.items() if name not in inside}
    return Piece(piece.kind, piece.key, content)


def without_e_mail(value: Any) -> Any:
    """The same with the addresses of people taken out, wherever they stand.

    >>> without_e_mail({"owner": "Ole, ole@hvidovre.dk", "year": 2030})
    {'owner': 'Ole, [e-mail]', 'year': 2030}
    """
    if isinstance(value, str):
        return E_MAIL.sub(REMOVED, value)
    if isinstance(value, dict):
        return {without_e_mail(name): without_e_mail(each) for name, each in value.items()}
    return [without_e_mail(each) for each in value] if isinstance(value, list) else value


def _row(code: str) -> PlanVersion | None:
    """The version in force: a real plan before an invented one."""
    found = plans.published_versions().filter(plan__organisation__code=code, plan__organisation__kind="municipality")
    return found.order_by("plan__demo", "plan_id").first()


def _nothing_published(name: str) -> Finding:
    return Finding(
        "no-published-plan", name,
        Text(f"{name} har ikke offentliggjort en plan her.", f"{name} has not published a plan here."),
        Text("", ""),
        Text("Se kommunens regnskab og mål i stedet.", "See the municipality's account and targets instead."),
    )  # fmt: skip


def _no_action(key: str) -> Finding:
    return Finding(
        "unknown-action", key[:80],
        Text("Planen har ikke det tiltag.", "The plan has no such action."),
        Text("", ""),
        Text("Vælg et fra planens liste.", "Choose one from the list of the plan."),
    )  # fmt: skip
