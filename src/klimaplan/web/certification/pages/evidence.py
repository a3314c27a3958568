"""What the rule of a criterion looked at, opened in place: the very parts of the plan, and the files beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from klimaplan.domain.assessment.result import Seen
from klimaplan.domain.errors import InputError
from klimaplan.web.certification.models import Case
from klimaplan.web.plans import stored
from klimaplan.web.plans.contents.asking import form_of
from klimaplan.web.plans.contents.kinds import KINDS, kind_of
from klimaplan.web.plans.evidence import store
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanVersion
from klimaplan.web.plans.results.comparing import title_of
from klimaplan.web.plans.stored import Piece
from klimaplan.web.workspace import fields
from klimaplan.web.workspace.part_page import title_in
from klimaplan.web.workspace.wording import read, spoken

OF_PLAN = {"actions": "action", "goals": "adaptation_goal"}
HIDDEN = frozenset({"title", "name", "key", "file", "demo"})
PICTURES = frozenset({"png", "jpeg"})
TEXTS = frozenset({"txt", "csv"})
FIRST_CHARACTERS = 4000
"""Of a text that are shown in place; the file has the rest."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that was looked at: what it is called, what it lacks, and what it says.

    Parameters
    ----------
    kind : the name of the kind of part; empty for what is no part, such as the account
    url : where the municipality mends it; empty for who only reads
    """

    label: str
    kind: str
    lacks: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    url: str


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file that goes with the version; pictures and PDFs are shown in place, and the beginning of texts."""

    digest: str
    title: str
    name: str
    action: str
    picture: bool
    document: bool
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The parts of one kind, as the whole version is read."""

    heading: str
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def looked_at_by(seen: tuple[Seen, ...], whose: Plan | PlanVersion, *, editable: bool) -> Iterator[Shown]:
    """What a rule saw, each with the part behind it."""
    pieces = stored.pieces_of(whose)
    known = {each.name: each for each in pieces}
    plan = whose.plan if isinstance(whose, PlanVersion) else whose
    for each in seen:
        piece = known.get((each.at.kind, each.at.key))
        yield Shown(
            read(each.label), read(kind_of(each.at.kind).name) if each.at.kind in KINDS else "",
            tuple(read(lack) for lack in each.lacks),
            tuple(facts_of(piece, known)) if piece else (),
            _url(plan, piece) if editable and piece else "",
        )  # fmt: skip


def files_of(case: Case) -> Iterator[FileShown]:
    """The files that the version of a case names as evidence."""
    if case.version is None:
        return
    pieces = stored.pieces_of(case.version)
    titles = {each.key: title_of(each) for each in pieces if each.kind == "action"}
    kept = {each.sha256: each for each in EvidenceFile.objects.filter(plan=case.plan)}
    for each in pieces:
        if each.kind == "evidence" and (file := kept.get(each.content["file"])) is not None:
            yield FileShown(
                file.sha256, title_of(each), file.name, titles.get(each.content.get("action", ""), ""),
                file.kind in PICTURES, file.kind == "pdf", _beginning(file),
            )  # fmt: skip


def _beginning(file: EvidenceFile) -> str:
    """The first characters of a text; empty for anything else, and where the bytes are gone."""
    if file.kind not in TEXTS:
        return ""
    try:
        return store.fetch(file.sha256).decode("utf-8", errors="replace")[:FIRST_CHARACTERS]
    except InputError:
        return ""


def whole(version: PlanVersion) -> Iterator[Kept]:
    """Everything a version says, kind by kind."""
    pieces = stored.pieces_of(version)
    known = {each.name: each for each in pieces}
    for code, kind in KINDS.items():
        parts = [each for each in pieces if each.kind == code]
        if parts and code != "evidence":
            name = read(kind.name)
            yield Kept(
                name[:1].upper() + name[1:],
                tuple((title_in(kind, each.key, each.content), tuple(facts_of(each, known))) for each in parts),
            )


def facts_of(piece: Piece, known: Mapping[tuple[str, str], Piece]) -> Iterator[tuple[str, str]]:
    """Label and value of every field that says something; other parts by their titles."""
    for form in form_of(kind_of(piece.kind)):
        value = fields.within(piece.content, form.name)
        if value in (None, "", [], {}) or form.name in HIDDEN:
            continue
        if form.of_plan in OF_PLAN:
            keys = [value] if isinstance(value, str) else value
            found = [known.get((OF_PLAN[form.of_plan], key)) for key in keys]
            value = [title_of(each) if each else key for each, key in zip(found, keys, strict=True)]
        yield read(form.label), spoken(value, form)


def _url(plan: Plan, piece: Piece) -> str:
    if piece.kind == "action":
        return reverse("plan-action", args=[plan.pk, piece.key])
    return reverse("plan-part", args=[plan.pk, piece.kind, piece.key])
