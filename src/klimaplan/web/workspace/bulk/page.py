"""The page on which several actions are changed: which they are, what is typed, and what would become of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.plans import selectors, services, stored
from klimaplan.web.plans.contents.asking import form_of
from klimaplan.web.plans.contents.kinds import ACTION, kind_of
from klimaplan.web.plans.contents.reading import Plain, plain_of, read_content
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.parts.several import Wanted
from klimaplan.web.plans.results.comparing import Pair, field_changes
from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.plans.results.selectors import outcome_of
from klimaplan.web.plans.staleness import Clash, Stale
from klimaplan.web.plans.stored import Piece
from klimaplan.web.workspace import begun, fields
from klimaplan.web.workspace.bulk import edits
from klimaplan.web.workspace.bulk.edits import Edit
from klimaplan.web.workspace.fields import Field, everything, last
from klimaplan.web.workspace.listing import YEARS
from klimaplan.web.workspace.plan_page import Frame, frame_of
from klimaplan.web.workspace.telling import differing
from klimaplan.web.workspace.versions_page import FieldLine, NumberLine, number_line
from klimaplan.web.workspace.wording import read, spoken

REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One chosen action.

    Parameters
    ----------
    code : key and version, as the form carries them
    lines : what would change in it
    clash : what somebody else has changed in it since the list was shown
    """

    code: str
    key: str
    title: str
    lines: tuple[FieldLine, ...] = ()
    clash: tuple[FieldLine, ...] = ()
    by: str = ""
    gone: bool = False


@dataclass(frozen=True)
class BulkPage:
    """Everything on the page.

    Parameters
    ----------
    step : ``"form"``, ``"preview"`` or ``"stale"``
    """

    frame: Frame
    step: str
    chosen: tuple[Chosen, ...]
    fields: tuple[Field, ...]
    removing: bool
    carried: tuple[tuple[str, str], ...] = ()
    numbers: tuple[NumberLine, ...] = ()
    rest: tuple[str, ...] = ()
    why: str = ""

    @property
    def wrong(self) -> list[Field]:
        return [each for each in self.fields if each.error]

    @property
    def changing(self) -> tuple[Chosen, ...]:
        return tuple(each for each in self.chosen if each.lines or self.removing)

    @property
    def unchanged(self) -> tuple[Chosen, ...]:
        return tuple(each for each in self.chosen if not each.lines and not self.removing)

    @property
    def stale(self) -> tuple[Chosen, ...]:
        return tuple(each for each in self.chosen if each.clash or each.gone)


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of it: how many were changed, or the page again."""

    count: int = 0
    page: BulkPage | None = None


def bulk_page(user: User, plan: Plan, posted: Mapping[str, Any]) -> BulkPage:
    """The form for what was ticked; asked for a preview, what would become of each action."""
    parts = _parts(plan, posted)
    removing = last(posted, "what") == REMOVE or last(posted, "do") == REMOVE
    form = BulkPage(
        frame_of(user, plan), "form", tuple(_chosen(part, version) for part, version in parts),
        () if removing else tuple(edits.shown(posted)), removing, why=last(posted, "why")[:500],
    )  # fmt: skip
    if not parts:
        return replace(form, rest=(_("No action is ticked. Go back to the list, and tick those to change."),))
    if last(posted, "do") in ("choose", "again"):
        return form
    edit = edits.edit_in(posted)
    if not removing and edit.is_empty:
        return replace(form, rest=(_("Nothing is filled in yet, so nothing would change."),))
    return _previewed(plan, form, parts, edit, posted)


def apply(user: User, plan: Plan, posted: Mapping[str, Any]) -> Applied:
    """Change all of them, or show why none was changed."""
    page = bulk_page(user, plan, posted)
    if page.step != "preview":
        return Applied(page=page)
    edit, parts = edits.edit_in(posted), _parts(plan, posted)
    wanted = [
        Wanted(part.key, version, None if page.removing else edit.of(_base(part, version))) for part, version in parts
    ]
    hazards = () if page.removing else edit.hazards
    try:
        moved = services.change_several(plan=plan, wanted=wanted, by=user, hazards=hazards, why=page.why)
    except Stale as stale:
        return Applied(page=_stale(page, stale.clashes))
    except InputError as refused:
        return Applied(page=_refused(page, posted, refused.findings))
    return Applied(len(moved))


def _previewed(
    plan: Plan, form: BulkPage, parts: Sequence[tuple[PlanPart, int]], edit: Edit, posted: Mapping[str, Any]
) -> BulkPage:
    wanted: dict[str, Plain | None] = {}
    faults: list[Finding] = []
    for part, version in parts:
        try:
            wanted[part.key] = None if form.removing else _checked(part, edit.of(_base(part, version)))
        except InputError as refused:
            faults += refused.findings
    if faults or edit.wrong_shift:
        return _refused(form, posted, faults)
    chosen = tuple(
        _chosen(part, version, tuple(_lines(plan, _base(part, version), wanted[part.key], part.key, edit)))
        for part, version in parts
    )
    return replace(
        form, step="preview", chosen=chosen, carried=tuple(_carried(posted)),
        numbers=tuple(_numbers(selectors.outcome(plan), _outcome(plan, wanted))),
    )  # fmt: skip


def _refused(form: BulkPage, posted: Mapping[str, Any], faults: Sequence[Finding]) -> BulkPage:
    shown, rest = fields.with_errors([each for each in edits.shown(posted) if not each.error], faults)
    told = {each.name: each for each in shown}
    again = [told.get(each.name, each) for each in edits.shown(posted)]
    lines = tuple(dict.fromkeys(fields.told(each) for each in rest))
    return replace(form, step="form", fields=() if form.removing else tuple(again), rest=lines)


def _stale(page: BulkPage, clashes: Sequence[Clash]) -> BulkPage:
    """The page again, with what the others changed; the versions it carries are those that hold now."""
    by_key = {each.key: each for each in clashes}
    chosen = []
    for each in page.chosen:
        clash = by_key.get(each.key)
        if clash is None:
            chosen.append(each)
            continue
        theirs = tuple(_differing(clash.base or {}, clash.theirs)) if clash.theirs is not None else ()
        code = f"{each.key}:{clash.current_version}"
        chosen.append(replace(each, code=code, clash=theirs, by=clash.by, gone=clash.theirs is None))
    return replace(page, step="stale", chosen=tuple(chosen))


def _parts(plan: Plan, posted: Mapping[str, Any]) -> list[tuple[PlanPart, int]]:
    """The ticked actions that are in the plan, each with the version that the list showed."""
    asked = dict(each.partition(":")[::2] for each in everything(posted, "part"))
    there = [*selectors.parts(plan, ACTION), *selectors.parts(plan, ACTION, removed=True)]
    return [(part, begun.whole_in(asked[part.key], part.version)) for part in there if part.key in asked]


def _base(part: PlanPart, version: int) -> Plain:
    """What the action said when the list was shown."""
    return begun.base_of(part, {"version": str(version)})


def _checked(part: PlanPart, content: Plain) -> Plain:
    return plain_of(read_content(kind_of(ACTION), content, f"{ACTION} {part.key}"))


def _chosen(part: PlanPart, version: int, lines: tuple[FieldLine, ...] = ()) -> Chosen:
    return Chosen(f"{part.key}:{version}", part.key, str(part.content.get("title", part.key)), lines)


def _lines(plan: Plan, before: Plain, after: Plain | None, key: str, edit: Edit) -> Iterator[FieldLine]:
    if after is None:
        return
    yield from _differing(before, after)
    if edit.hazards:
        there = selectors.beside(plan, key).get("answer", [])
        known = [hazard for each in there for hazard in each.content["hazards"]]
        every = list(dict.fromkeys((*known, *edit.hazards)))
        if every != known:
            answer = next(each for each in form_of(kind_of("answer")) if each.name == "hazards")
            yield FieldLine(read(kind_of("answer").name), spoken(known, answer), spoken(every, answer))


def _differing(before: Plain, after: Plain) -> Iterator[FieldLine]:
    kind = kind_of(ACTION)
    named = {each.name: each for each in form_of(kind)}
    for each in field_changes(kind, before, after):
        for found in differing(read(each.label), each.before, each.after, form=named.get(each.name)):
            yield FieldLine(*found)


def _outcome(plan: Plan, wanted: Mapping[str, Plain | None]) -> Figures:
    pieces = []
    for each in stored.pieces_of(plan):
        content = wanted.get(each.key, each.content) if each.kind == ACTION else each.content
        if content is not None:
            pieces.append(Piece(each.kind, each.key, content, each.origin))
    return outcome_of(stored.file_data(pieces))


def _numbers(now: Figures, then: Figures) -> Iterator[NumberLine]:
    for year in YEARS:
        label = _("Emissions in %(year)d, t CO2e") % {"year": year}
        yield number_line(label, Pair(now.pathway_in(year), then.pathway_in(year)))
        if then.manko_in(year) is not None:
            gap = _("Gap in %(year)d, t CO2e") % {"year": year}
            yield number_line(gap, Pair(now.manko_in(year), then.manko_in(year)))


def _carried(posted: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What was typed, for the form that applies it."""
    if last(posted, "what") == REMOVE or last(posted, "do") == REMOVE:
        yield "what", REMOVE
        return
    for name in (*edits.SET, *edits.ADDED, edits.SHIFT, edits.HAZARDS):
        for value in everything(posted, name):
            if value:
                yield name, value
