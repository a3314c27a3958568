"""The workbook of a plan, out and in: what comes back is shown against the plan before anything changes."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.config.errors import language
from klimaplan.web.plans import services
from klimaplan.web.plans.contents.asking import FormField, form_of
from klimaplan.web.plans.contents.kinds import Kind, kind_of
from klimaplan.web.plans.exchange.previewing import WHOLE, Coming, Preview, Row
from klimaplan.web.plans.models import Plan
from klimaplan.web.workspace.fields import last
from klimaplan.web.workspace.merge_page import Choice, choice_of
from klimaplan.web.workspace.plan_page import Frame, frame_of
from klimaplan.web.workspace.telling import differing
from klimaplan.web.workspace.versions_page import FieldLine
from klimaplan.web.workspace.wording import read

LARGEST = 1_500_000
"""Bytes of a workbook; one of a hundred actions takes a hundred thousand."""


@dataclass(frozen=True, slots=True)
class RowLine:
    """One part that the workbook would change."""

    kind: str
    title: str
    fields: tuple[FieldLine, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class WorkbookPage:
    """The page, with what an uploaded workbook would change.

    Parameters
    ----------
    content : the workbook, which travels with the form until it is applied
    """

    frame: Frame
    name: str = ""
    content: str = ""
    revision: int = 0
    base_known: bool = True
    seen: bool = False
    groups: tuple[tuple[str, str, tuple[RowLine, ...]], ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        return self.seen and not self.groups


def workbook_page(user: User, plan: Plan) -> WorkbookPage:
    return WorkbookPage(frame_of(user, plan))


def without_file(user: User, plan: Plan) -> WorkbookPage:
    return WorkbookPage(frame_of(user, plan), refused=(_("Choose a workbook first."),))


def written(user: User, plan: Plan) -> bytes:
    return services.export_workbook(plan=plan, language=language(), by=user)


def seen(user: User, plan: Plan, content: bytes, name: str, posted: Mapping[str, Any] | None = None) -> WorkbookPage:
    """What the workbook would change, with what was chosen so far; or what is wrong with it."""
    frame = frame_of(user, plan)
    chosen = choices_in(posted or {})
    try:
        if len(content) > LARGEST:
            raise InputError(_too_large(name))
        found = services.preview(plan=plan, content=content, name=name, by=user, choices=chosen)
        bare = services.preview(plan=plan, content=content, name=name, by=user) if chosen else found
    except InputError as refused:
        return WorkbookPage(frame, name, refused=_told(refused.findings))
    return WorkbookPage(
        frame, name, base64.b64encode(content).decode("ascii"), found.revision, found.base_known, True,
        tuple(_groups(bare, chosen)),
    )  # fmt: skip


def apply(user: User, plan: Plan, posted: Mapping[str, Any]) -> WorkbookPage | None:
    """Apply what was shown; None when it is done, else the page again with what stands in the way."""
    content, name = _content(posted), last(posted, "filename")[:200]
    revision = last(posted, "revision")
    try:
        services.apply_workbook(
            plan=plan, content=content, name=name, by=user, choices=choices_in(posted),
            expected_revision=int(revision) if revision.isdigit() else -1,
        )  # fmt: skip
    except InputError as refused:
        again = seen(user, plan, content, name, posted)
        return again if again.refused else _with(again, _told(refused.findings))
    return None


def choices_in(posted: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Part → overlap → whose holds; ``mine`` is the workbook."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name in posted:
        if name.startswith("choice|") and name.count("|") == 3 and last(posted, name) in ("mine", "theirs"):
            _start, kind, key, overlap = name.split("|")
            found.setdefault((kind, key), {})[overlap] = last(posted, name)
    return found


def _groups(
    found: Preview, chosen: Mapping[tuple[str, str], Mapping[str, str]]
) -> Iterator[tuple[str, str, tuple[RowLine, ...]]]:
    titles = {
        Coming.CONFLICTING: _("Changed on both sides: choose"), Coming.ADDED: _("New in the workbook"),
        Coming.CHANGED: _("Changed in the workbook"), Coming.REMOVED: _("Removed in the workbook"),
    }  # fmt: skip
    for coming, title in titles.items():
        if rows := found.of(coming):
            yield str(coming), title, tuple(_row(row, chosen.get(row.name, {})) for row in rows)


def _row(row: Row, chosen: Mapping[str, str]) -> RowLine:
    kind = kind_of(row.kind)
    named = {each.name: each for each in form_of(kind)}
    choices = []
    for overlap in row.overlaps:
        name = f"choice|{row.kind}|{row.key}|{overlap.field}"
        if overlap.field == WHOLE:
            sides = [_("removed") if not side else _("changed") for side in (overlap.mine, overlap.theirs)]
            mine, theirs = sides
            choices.append(Choice(name, _("All of it"), _("unchanged"), mine, theirs, chosen.get(WHOLE, "")))
        else:
            choices.append(choice_of(kind, overlap, chosen, name))
    return RowLine(
        read(kind.name), _title(row, kind, named),
        tuple(
            FieldLine(*found)
            for each in row.fields
            for found in differing(read(each.label), each.before, each.after, form=named.get(each.name))
        ),
        tuple(choices),
    )  # fmt: skip


def _title(row: Row, kind: Kind, named: Mapping[str, FormField]) -> str:
    """What a reader knows the part by; one that is named by a choice by the word of it."""
    if row.kind == "action":
        return f"{row.key} {row.title}"
    words = dict(named[kind.named_by[0]].choices) if kind.named_by else {}
    return read(words[row.key]) if row.key in words else row.title


def _content(posted: Mapping[str, Any]) -> bytes:
    try:
        return base64.b64decode(last(posted, "content"), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _with(page: WorkbookPage, refused: tuple[str, ...]) -> WorkbookPage:
    return WorkbookPage(
        page.frame, page.name, page.content, page.revision, page.base_known, page.seen, page.groups, refused
    )


def _told(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(finding.message(language()) for finding in findings)


def _too_large(name: str) -> Finding:
    return Finding(
        "workbook-too-large", name[:80],
        Text("Filen er større end 1,5 MB.", "The file is larger than 1.5 MB."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Fjern billeder og fremmede ark fra den.", "Remove pictures and foreign sheets from it."),
    )  # fmt: skip
