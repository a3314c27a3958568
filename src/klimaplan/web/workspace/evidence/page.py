"""The evidence of a plan as lines of a table, and the form that hands in another file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.exports.numbers import THIN, plain
from klimaplan.web.accounts.models import User
from klimaplan.web.config.errors import language
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.contents.asking import form_of
from klimaplan.web.plans.contents.kinds import kind_of
from klimaplan.web.plans.evidence import store
from klimaplan.web.plans.evidence.services import too_large
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanPart
from klimaplan.web.plans.results.comparing import title_of
from klimaplan.web.plans.stored import Piece
from klimaplan.web.workspace import fields
from klimaplan.web.workspace.fields import Field, last
from klimaplan.web.workspace.plan_page import Frame, frame_of

KIND, FILE = "evidence", "file"
ASKED = ("title", "action", "note", "public")


@dataclass(frozen=True, slots=True)
class FileLine:
    """One piece of evidence with the file behind it.

    Parameters
    ----------
    digest : all of the SHA-256
    action_url : empty where it holds for the whole plan
    """

    key: str
    version: int
    title: str
    name: str
    kind: str
    size: str
    digest: str
    scanned: bool
    public: bool
    by: str
    at: object
    note: str
    action: str
    action_url: str

    @property
    def short(self) -> str:
        return self.digest[:12]


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Everything on the page."""

    frame: Frame
    lines: tuple[FileLine, ...]
    removed: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    most: str
    error: str = ""
    rest: tuple[str, ...] = ()

    @property
    def wrong(self) -> list[Field]:
        own = [Field(FILE, _("File"), "line", error=self.error)] if self.error else []
        return [*own, *(each for each in self.fields if each.error)]


def evidence_page(user: User, plan: Plan, asked: Mapping[str, Any], findings: Sequence[Finding] = ()) -> EvidencePage:
    """The page, with what was typed and why the file was refused."""
    frame, own = frame_of(user, plan), None
    if not frame.may_report:  # whoever keeps some actions up to date hands in for these only
        own = [each for each in selectors.actions_of(user) if each.plan == plan]
        frame = frame_of(user, plan, own[0]) if own else frame
    of_file = [each for each in findings if each.place == FILE]
    shown, rest = fields.with_errors(
        _fields(asked, selectors.parts(plan, "action") if own is None else own),
        [each for each in findings if each.place != FILE],
    )
    gone = selectors.parts(plan, KIND, removed=True) if frame.may_edit else []
    return EvidencePage(
        frame, tuple(lines_of(plan)),
        tuple((each.key, title_of(Piece(KIND, each.key, each.content))) for each in gone),
        tuple(shown), megabytes(store.largest()), " ".join(fields.told(each) for each in of_file),
        tuple(fields.told(each) for each in rest),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of a file: a part of the plan, or why there is none."""

    part: PlanPart | None = None
    findings: tuple[Finding, ...] = ()


def handed_in(
    user: User, plan: Plan, posted: Mapping[str, Any], content: bytes | None, name: str, *, oversized: bool
) -> HandedIn:
    """Keep a file as evidence."""
    if oversized:
        return HandedIn(findings=(too_large(),))
    if content is None:
        return HandedIn(findings=(_no_file(),))
    try:
        return HandedIn(services.add_evidence(
            plan=plan, content=content, name=name, by=user, title=last(posted, "title").strip(),
            action=last(posted, "action") or None, note=last(posted, "note").replace("\r\n", "\n").strip(),
            public=bool(last(posted, "public")),
        ))  # fmt: skip
    except InputError as refused:
        return HandedIn(findings=refused.findings)


def lines_of(plan: Plan, action: str | None = None) -> Iterator[FileLine]:
    """The evidence of a plan, or of one of its actions; the latest first."""
    evidence = selectors.parts(plan, KIND, action=action)
    if not evidence:
        return
    kept = {each.sha256: each for each in selectors.files(plan)}
    titles = {each.key: str(each.content.get("title", each.key)) for each in selectors.parts(plan, "action")}
    for part in reversed(evidence):
        if (file := kept.get(part.content["file"])) is not None:
            yield _line(plan, part, file, titles)


def megabytes(size: int) -> str:
    """A size in words: ``1,5 MB``, ``12 kB``, ``76 B``."""
    if size < 1_000:
        return f"{size}{THIN}B"
    unit, by = ("MB", 1_000_000) if size >= 1_000_000 else ("kB", 1_000)
    return f"{plain(size / by, language(), digits=0 if size % by == 0 else 1)}{THIN}{unit}"


def _line(plan: Plan, part: PlanPart, file: EvidenceFile, titles: Mapping[str, str]) -> FileLine:
    key = str(part.content.get("action", ""))
    return FileLine(
        part.key, part.version, title_of(Piece(KIND, part.key, part.content)), file.name, file.kind.upper(),
        megabytes(file.size), file.sha256, file.scanned, bool(part.content.get("public")),
        file.by.name if file.by else "", file.at, str(part.content.get("note", "")), titles.get(key, key),
        reverse("plan-action", args=[plan.pk, key]) if key in titles else "",
    )  # fmt: skip


def _fields(asked: Mapping[str, Any], of: Sequence[PlanPart]) -> Iterator[Field]:
    """What is asked about a file; `of` are the actions it may be about."""
    named = {each.name: each for each in form_of(kind_of(KIND))}
    content = {name: value for name in ASKED if (value := last(asked, name))}
    actions = [(each.key, str(each.content.get("title", each.key))) for each in of]
    for name in ASKED:
        field = fields.shown(named[name], content, choices=actions if name == "action" else ())
        yield field if name != "title" else replace(field, required=False, help=_("Empty for the name of the file."))


def _no_file() -> Finding:
    return Finding(
        "evidence-no-file", FILE,
        Text("Der er ikke valgt en fil.", "No file is chosen."),
        Text("", ""),
        Text("Vælg den fil, der skal lægges op.", "Choose the file to hand in."),
    )  # fmt: skip
