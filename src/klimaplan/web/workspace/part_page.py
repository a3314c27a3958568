"""The other parts of a plan: what it aims at, and the adaptation half; one list and one form for every kind."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimaplan.domain.errors import Finding, InputError, Text, UnknownCodeError
from klimaplan.sources.plan_files.sheets import Cell
from klimaplan.web.accounts.models import User
from klimaplan.web.config.errors import language
from klimaplan.web.plans import selectors
from klimaplan.web.plans.contents.asking import FormField, form_of
from klimaplan.web.plans.contents.kinds import KINDS, Kind, kind_of
from klimaplan.web.plans.contents.reading import Plain, read_content
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.results.comparing import title_of
from klimaplan.web.plans.stored import Piece
from klimaplan.web.workspace import begun, bridge, fields, groundwork
from klimaplan.web.workspace.assumptions import figures, uses
from klimaplan.web.workspace.fields import Field
from klimaplan.web.workspace.plan_page import Frame, frame_of
from klimaplan.web.workspace.wording import read, spoken

LISTS: Mapping[str, tuple[str, ...]] = {
    "plan-aims": ("head", "vision", "commitment", "target"),
    "plan-assumptions": ("parameter", "stream", "supply", "driver"),
    "plan-evidence": ("evidence",),
    "plan-adaptation": ("hazard", "exposed_group", "adaptation_goal", "answer", "past_event"),
    groundwork.PAGE: groundwork.KINDS,
}
"""Page → the kinds that stand on it."""

HEADINGS = {
    "head": gettext_lazy("The plan itself"), "vision": gettext_lazy("Vision"),
    "commitment": gettext_lazy("Commitment"), "target": gettext_lazy("Targets for emissions"),
    "hazard": gettext_lazy("Hazards of the climate"), "exposed_group": gettext_lazy("Who and what is exposed"),
    "adaptation_goal": gettext_lazy("Goals of adaptation"), "answer": gettext_lazy("Actions that answer hazards"),
    "past_event": gettext_lazy("What has happened already"),
    "parameter": gettext_lazy("Shared assumptions"), "stream": gettext_lazy("The municipality's own figures"),
    "supply": gettext_lazy("What supply emits"), "driver": gettext_lazy("How sure the baseline is"),
    **groundwork.HEADINGS,
}  # fmt: skip
WHY = {
    "vision": gettext_lazy("Where the municipality wants to be, in a few sentences."),
    "commitment": gettext_lazy("Who has adopted it, when and in which case."),
    "target": gettext_lazy("The plan is held against its targets; without one there is no gap to close."),
    "hazard": gettext_lazy("How likely and how bad, now and later. The priority ones are answered by actions."),
    "exposed_group": gettext_lazy("People, buildings, nature and businesses that a hazard meets."),
    "adaptation_goal": gettext_lazy("What shall be reached by when, and what it is measured by."),
    "answer": gettext_lazy("An action of the list answers a hazard: so it belongs to both halves of the plan."),
    "parameter": gettext_lazy("A number that several actions use: change it here, and all of them follow."),
    "stream": gettext_lazy(
        "What the municipality knows better than the country; it takes the place of the national share."
    ),
    "supply": gettext_lazy("What a unit of energy emits year by year, where it is known locally."),
    "driver": gettext_lazy("How far the baseline may be off in the last year; it widens the range of the result."),
    "past_event": gettext_lazy("Storm surges, cloudbursts and heat that the municipality has been through."),
    **groundwork.WHY,
}
FIXED = {"head": ("municipality", "demo"), "evidence": ("file",)}
"""Fields that are settled and not asked for."""

Used = Mapping[tuple[str, str], list[tuple[str, str]]]
"""Kind and key of a part → the actions that use it."""

FIGURE = {"parameter": "", "driver": "size."}
"""Kind → where its number stands, which has fields of its own for how sure it is."""


@dataclass(frozen=True, slots=True)
class Item:
    """One part in a list: its title, what else it says, and the actions that use it."""

    key: str
    title: str
    facts: tuple[tuple[str, str], ...]
    version: int
    used_by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The parts of one kind.

    Parameters
    ----------
    matrix : the page on which all of them are filled in side by side, with its name; empty where there is none
    """

    kind: str
    heading: str
    why: str
    name: str
    items: tuple[Item, ...]
    removed: tuple[Item, ...]
    may_add: bool
    matrix: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ListPage:
    """All of them on one page."""

    frame: Frame
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class PartPage:
    """The form of one part; a new one has no key yet."""

    frame: Frame
    kind: str
    kind_name: str
    key: str
    title: str
    version: int
    fields: tuple[Field, ...]
    back: str
    action: str
    rest: tuple[str, ...]
    removable: bool
    used_by: tuple[tuple[str, str], ...] = ()

    @property
    def wrong(self) -> list[Field]:
        return [each for each in self.fields if each.error]


def list_page(user: User, plan: Plan, page: str) -> ListPage:
    frame = frame_of(user, plan)
    used = uses.users(plan) if set(LISTS[page]) & set(uses.KINDS) else {}
    return ListPage(frame, tuple(_group(plan, kind_of(code), frame, used) for code in LISTS[page]))


def part_page(
    user: User,
    plan: Plan,
    code: str,
    *,
    part: PlanPart | None = None,
    posted: Mapping[str, Any] | None = None,
    findings: Sequence[Finding] = (),
    action: str = "",
) -> PartPage:
    """The form of a part.

    Parameters
    ----------
    action : which a new part hangs on
    """
    kind = kind_of(code)
    content: Plain = dict(part.content) if part else {"action": action} if action and kind.of_action else {}
    if posted is not None:
        content = typed(kind, part, posted)
    shown, rest = fields.with_errors(_fields(plan, kind, content, part), [figures.placed(each) for each in findings])
    return PartPage(
        frame_of(user, plan),
        code,
        read(kind.name),
        part.key if part else "",
        title_in(kind, part.key, part.content) if part else _("New: %(kind)s") % {"kind": read(kind.name)},
        (begun.version_in(posted, part) if posted is not None else part.version) if part else 0,
        tuple(shown),
        page_of(code, content),
        str(content.get("action") or ""),
        tuple(" ".join((each.what.read(language()), each.remedy.read(language()))) for each in rest),
        part is not None and code != "head",
        tuple(uses.users(plan).get((code, part.key), ())) if part and code in uses.KINDS else (),
    )


def typed(kind: Kind, part: PlanPart | None, posted: Mapping[str, Any]) -> Plain:
    """The content that was typed, over the version that the form began with."""
    content = copy.deepcopy(begun.base_of(part, posted)) if part else {}
    for form in _asked(kind, part):
        fields.put(content, form, posted, default=fields.defaults_of(kind.model).get(form.name, ""))
    if kind.code in FIGURE:
        figures.put(content, FIGURE[kind.code], posted)
    return content


def faults(kind: Kind, content: Plain, place: str) -> tuple[Finding, ...]:
    """What is wrong with a number that is stored whatever it says, and then with everything else in the part."""
    found = figures.faults(content, FIGURE[kind.code], place) if kind.code in FIGURE else []
    if not found:
        return ()
    try:
        read_content(kind, content, place)
    except InputError as refused:
        known = {each.place for each in found}
        found += [each for each in refused.findings if figures.placed(each).place not in known]
    return tuple(found)


def page_of(code: str, content: Plain) -> str:
    """The page on which a part is listed; what hangs on an action stands with it."""
    if code in groundwork.OF_ACTION_TOO and content.get("action"):
        return "plan"
    return next((page for page, kinds in LISTS.items() if code in kinds), "plan")


def title_in(kind: Kind, key: str, content: Plain) -> str:
    """What a part is called in a list."""
    if kind.code == "target":
        sectors = _spoken(kind, "sectors", content.get("sectors", "total"))
        return _("%(year)s, sectors: %(sectors)s") % {"year": content.get("year", ""), "sectors": sectors}
    if kind.code in groundwork.NAMED:
        name = next((each for each in groundwork.NAMED[kind.code] if content.get(each)), "")
        spoken_name = _spoken(kind, name, content[name]) if name else key
        return spoken_name[:1].upper() + spoken_name[1:]
    if kind.named_by == ("action",):  # there is one for each action, and nothing in it is its name
        return read(kind.name)
    return title_of(Piece(kind.code, key, content))


def _spoken(kind: Kind, name: str, value: Any) -> str:
    return spoken(value, next(form for form in form_of(kind) if form.name == name))


def _group(plan: Plan, kind: Kind, frame: Frame, used: Used) -> Group:
    there = selectors.parts(plan, kind.code)
    gone = selectors.parts(plan, kind.code, removed=True) if frame.may_edit else []
    return Group(
        kind.code, str(HEADINGS[kind.code]), str(WHY.get(kind.code, "")), read(kind.name),
        tuple(_item(plan, kind, part, used) for part in there), tuple(_item(plan, kind, part, used) for part in gone),
        frame.may_edit and not kind.single, _matrix(plan, kind.code),
    )  # fmt: skip


def _matrix(plan: Plan, code: str) -> tuple[str, str]:
    address, name = groundwork.MATRICES.get(code, ("", ""))
    return (reverse(address, args=[plan.pk]), str(name)) if address else ("", "")


def _item(plan: Plan, kind: Kind, part: PlanPart, used: Used) -> Item:
    return Item(
        part.key, title_in(kind, part.key, part.content), tuple(_facts(plan, kind, part)), part.version,
        tuple(used.get((kind.code, part.key), ())),
    )  # fmt: skip


def _facts(plan: Plan, kind: Kind, part: PlanPart) -> Iterator[tuple[str, str]]:
    titles = {"actions": "action", "goals": "adaptation_goal"}
    hidden = ("year", "sectors") if kind.code == "target" else groundwork.NAMED.get(kind.code, ())
    if kind.code in FIGURE and (number := figures.said(part.content, FIGURE[kind.code])):
        yield _("The number"), number
    for form in _told(kind):
        value = fields.within(part.content, form.name)
        if value is None or form.name in (*FIXED.get(kind.code, ()), *hidden, "title", "name"):
            continue
        if form.name == "text" and title_in(kind, part.key, part.content) == str(value):
            continue  # the title says all of it
        if form.of_plan in titles:
            value = [_title(plan, titles[form.of_plan], key) for key in ([value] if isinstance(value, str) else value)]
        yield read(form.label), spoken(value, form)


def _told(kind: Kind) -> list[FormField]:
    """The fields that are told one by one; those of a number are told together."""
    together = {*figures.NAMES, "size"} if kind.code in FIGURE else set()
    return [
        form for form in form_of(kind) if form.name not in together and not form.name.startswith("distribution.")
    ]  # fmt: skip


def _title(plan: Plan, kind: str, key: str) -> str:
    try:
        return title_of(Piece(kind, key, selectors.part(plan, kind, key).content))
    except UnknownCodeError:
        return key


def _asked(kind: Kind, part: PlanPart | None = None) -> list[FormField]:
    """The fields that are asked for one by one; the name of an assumption is what actions know it by, and stays."""
    fixed = {*FIXED.get(kind.code, ()), *(("name",) if part is not None and kind.code == "parameter" else ())}
    if kind.code in FIGURE:
        fixed.update((*figures.NAMES, "size"))
    asked = [form for form in form_of(kind) if form.name not in fixed and not form.name.startswith("distribution.")]
    # several streams are ticked, not written with semicolons
    return [
        replace(form, cell=Cell.CHOICES, of_plan="streams", help=Text("", ""))
        if (kind.code, form.name) == ("driver", "streams") else form
        for form in asked
    ]  # fmt: skip


def _fields(plan: Plan, kind: Kind, content: Plain, part: PlanPart | None) -> Iterator[Field]:
    for form in _asked(kind, part):
        if kind.code in FIGURE and form.name == "source":  # the number before where it is from
            yield from figures.shown(content, FIGURE[kind.code])
        default = fields.defaults_of(kind.model).get(form.name, "")
        yield fields.shown(form, content, choices=_choices(plan, form), default=default)


def _choices(plan: Plan, form: FormField) -> list[tuple[str, str]]:
    if form.of_plan == "streams":
        return bridge.stream_choices(plan.organisation.code)
    kinds = {"actions": "action", "goals": "adaptation_goal"}
    if form.of_plan in kinds:
        kind = kinds[form.of_plan]
        return [(part.key, title_of(Piece(kind, part.key, part.content))) for part in selectors.parts(plan, kind)]
    return []


def is_editable(code: str) -> bool:
    """Whether a kind has a form here; actions have their own page."""
    return code in KINDS and code != "action"
