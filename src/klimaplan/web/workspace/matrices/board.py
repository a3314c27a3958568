"""A page on which parts of a plan are filled in side by side: its slots, what was typed, and what became of it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse

from klimaplan.domain.errors import Finding, InputError
from klimaplan.sources.plan_files.sheets import Cell
from klimaplan.web.accounts.models import User
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.contents.asking import FormField, form_of
from klimaplan.web.plans.contents.kinds import ACTION, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.merging import merge
from klimaplan.web.plans.models import PartRevision, Plan, PlanPart
from klimaplan.web.plans.parts.cells import Row
from klimaplan.web.plans.staleness import Clash, Stale
from klimaplan.web.workspace import begun, fields
from klimaplan.web.workspace.fields import Field, everything, last
from klimaplan.web.workspace.merge_page import MergePage, merge_page
from klimaplan.web.workspace.part_page import title_in
from klimaplan.web.workspace.plan_page import Frame, frame_of
from klimaplan.web.workspace.wording import spoken

NEW = "new-"
"""What the key of a slot begins with whose part gets its number when it is saved."""


@dataclass(frozen=True, slots=True)
class FieldSet:
    """Fields of a kind that stand together on a page.

    Parameters
    ----------
    marks : those that only say what a new part is about; nothing is added where nothing stands beside them
    """

    code: str
    kind: str
    fields: tuple[str, ...]
    marks: tuple[str, ...] = ()

    @property
    def forms(self) -> list[FormField]:
        named = {each.name: each for each in form_of(kind_of(self.kind))}
        return [named[name] for name in self.fields]


@dataclass(frozen=True, slots=True)
class Slot:
    """A part on the page, or the place of one that is not there yet.

    Parameters
    ----------
    token : what tells the server which part, which of its fields, and at which version
    said : field → what it says in words; empty where it says nothing
    url : of the part's own form; empty for a new one
    """

    kind: str
    key: str
    token: str
    title: str
    fields: Mapping[str, Field]
    said: Mapping[str, str]
    content: Plain
    url: str
    rest: tuple[str, ...] = ()

    @property
    def wrong(self) -> list[Field]:
        return [replace(each, label=f"{self.title}: {each.label}") for each in self.fields.values() if each.error]


@dataclass(frozen=True, slots=True)
class Clashing:
    """A row that somebody else has changed meanwhile, with both texts."""

    title: str
    merge: MergePage


@dataclass(frozen=True)
class Board:
    """What the slots of a page are made of.

    Parameters
    ----------
    typed : kind and key → content and version, where something was typed that is not stored
    editing : whether there are fields; else everything is text
    """

    plan: Plan
    frame: Frame
    sets: Mapping[str, FieldSet]
    editing: bool
    typed: Mapping[tuple[str, str], tuple[Plain, int]]
    findings: tuple[Finding, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @cached_property
    def actions(self) -> list[PlanPart]:
        return selectors.parts(self.plan, ACTION)

    @cached_property
    def action_titles(self) -> dict[str, str]:
        return {part.key: str(part.content.get("title", part.key)) for part in self.actions}

    @cached_property
    def removed(self) -> dict[tuple[str, str], PlanPart]:
        kinds = {each.kind for each in self.sets.values()}
        return {(kind, part.key): part for kind in kinds for part in selectors.parts(self.plan, kind, removed=True)}

    @cached_property
    def there(self) -> dict[tuple[str, str], PlanPart]:
        kinds = sorted({each.kind for each in self.sets.values()})
        return {(kind, part.key): part for kind in kinds for part in selectors.parts(self.plan, kind)}

    @property
    def clashing(self) -> list[Clashing]:
        return [
            Clashing(
                title_in(kind_of(each.kind), each.key, each.theirs or each.mine or each.base or {}), merge_page(each)
            )
            for each in self.clashes
        ]

    @property
    def rest(self) -> list[str]:
        """What is wrong with no field on the page."""
        names = {each.kind: set(each.fields) for each in self.sets.values()}
        return [
            f"{each.place.partition('!')[0]}: {fields.told(each)}" for each in self.findings
            if fields.field_at(each.place, names.get(each.place.partition(" ")[0], ())) is None
        ]  # fmt: skip

    def of(self, kind: str) -> list[PlanPart]:
        """The parts of a kind in their order."""
        return [part for (code, _), part in self.there.items() if code == kind]

    def content(self, kind: str, key: str) -> Plain:
        """What a part says, or shall say."""
        if (kind, key) in self.typed:
            return self.typed[kind, key][0]
        return dict(self.there[kind, key].content) if (kind, key) in self.there else {}

    def slot(self, code: str, key: str, *, given: Plain | None = None, title: str = "") -> Slot:
        """The slot of a part.

        Parameters
        ----------
        given : what a new one is about
        """
        each = self.sets[code]
        kind = kind_of(each.kind)
        part = self.there.get((each.kind, key))
        gone = self.removed.get((each.kind, key))
        version = part.version if part else gone.version if gone else 0
        content = {**(given or {}), **self.content(each.kind, key)}
        if (each.kind, key) in self.typed:
            version = self.typed[each.kind, key][1]
        default = fields.defaults_of(kind.model)
        mine = [finding for finding in self.findings if finding.place.partition("!")[0] == f"{each.kind} {key}"]
        shown, _ = fields.with_errors(
            [fields.shown(form, content, choices=self._choices(form), default=default.get(form.name, ""))
             for form in each.forms], mine,
        )  # fmt: skip
        values = {form.name: fields.within(content, form.name) for form in each.forms}
        return Slot(
            each.kind, key, f"{code}:{key}:{version}", title or title_in(kind, key, content),
            {field.name: replace(field, name=f"{each.kind}.{key}.{field.name}") for field in shown},
            {form.name: self._spoken(values[form.name], form) for form in each.forms}, content,
            reverse("plan-part", args=[self.plan.pk, each.kind, key]) if part else "",
        )  # fmt: skip

    def _choices(self, form: FormField) -> Sequence[tuple[str, str]]:
        return list(self.action_titles.items()) if form.of_plan == "actions" else ()

    def _spoken(self, value: Any, form: FormField) -> str:
        if value in (None, "", [], (), False):
            return ""
        return self.action_titles.get(value, value) if form.of_plan == "actions" else spoken(value, form)


def board_of(user: User, plan: Plan, sets: Iterable[FieldSet], *, as_text: bool = False) -> Board:
    frame = frame_of(user, plan)
    return Board(plan, frame, {each.code: each for each in sets}, frame.may_edit and not as_text, {})


def save(board: Board, posted: Mapping[str, Any], user: User) -> Board | None:
    """Store all that was typed; None when it is stored, else the page again with nothing lost.

    Raises
    ------
    NotAllowed : the person may not edit the plan, whatever was typed
    """
    rows = list(_rows(board, posted))
    try:
        services.put_parts(plan=board.plan, rows=rows, by=user)
    except Stale as stale:
        typed = {**_typed(rows), **{(each.kind, each.key): _over(each) for each in stale.clashes if each.mine}}
        return replace(board, typed=typed, clashes=stale.clashes)
    except InputError as refused:
        return replace(board, typed=_typed(rows), findings=refused.findings)
    return None


def _rows(board: Board, posted: Mapping[str, Any]) -> Iterator[Row]:
    """The parts that differ from what the form began with."""
    if gone := _slot_in(board, last(posted, "remove")):
        each, key, version = gone
        yield Row(each.kind, key, version, None)
        return
    found: dict[tuple[str, str], Row] = {}
    for token in everything(posted, "slot"):
        if named := _slot_in(board, token):
            each, key, version = named
            before = _before(board, each, key, version)
            content = _content(each, key, before, posted)
            if content != before and any(name not in each.marks for name in _differing(before, content)):
                found[each.kind, key] = Row(each.kind, key, version, content)
    yield from found.values()


def _slot_in(board: Board, token: str) -> tuple[FieldSet, str, int] | None:
    code, _, rest = token.partition(":")
    key, _, version = rest.rpartition(":")
    return (board.sets[code], key, begun.whole_in(version, 0)) if code in board.sets and key else None


def _before(board: Board, each: FieldSet, key: str, version: int) -> Plain:
    """What the part said at the version that the form began with; of one that was not there, what names it."""
    part = board.there.get((each.kind, key)) or board.removed.get((each.kind, key))
    kept: PlanPart | PartRevision | None = part
    if part is not None and part.version != version:
        kept = selectors.history(part).filter(version=version).first()
    if kept is None or kept.removed:
        named = kind_of(each.kind).named_by
        return {named[0]: key} if named else {}
    return copy.deepcopy(dict(kept.content))


def _content(each: FieldSet, key: str, before: Plain, posted: Mapping[str, Any]) -> Plain:
    content = copy.deepcopy(before)
    default = fields.defaults_of(kind_of(each.kind).model)
    for form in each.forms:
        name = f"{each.kind}.{key}.{form.name}"
        # a box that is not ticked is not sent; any other field that was not sent is left alone
        if name in posted or form.cell in (Cell.CHOICES, Cell.FLAG):
            given = {form.name: everything(posted, name)}
            fields.put(content, form, given, default=default.get(form.name, ""))
    return content


def _differing(before: Plain, after: Plain) -> list[str]:
    return [name for name in {*before, *after} if before.get(name) != after.get(name)]


def _typed(rows: Iterable[Row]) -> dict[tuple[str, str], tuple[Plain, int]]:
    return {(each.kind, each.key): (each.content, each.version) for each in rows if each.content is not None}


def _over(clash: Clash) -> tuple[Plain, int]:
    """Both changes in the fields, mine where they overlap; saving them again is knowing of the other's."""
    mine = clash.mine or {}
    if clash.theirs is None:
        return mine, clash.current_version
    kind = kind_of(clash.kind)
    put = merge(
        kind, base=clash.base or {}, mine=mine, theirs=clash.theirs,
        choices={overlap.field: "mine" for overlap in clash.overlaps},
    )  # fmt: skip
    return put.content, clash.current_version
