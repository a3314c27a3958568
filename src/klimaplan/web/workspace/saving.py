"""Saving what was typed: done, or what is wrong with it, or that somebody else was faster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from klimaplan.domain.errors import Finding, InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.contents.kinds import kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.staleness import Clash, Stale
from klimaplan.web.workspace import merge_page, part_page
from klimaplan.web.workspace.begun import version_in, whole_in
from klimaplan.web.workspace.fields import last
from klimaplan.web.workspace.plan_page import frame_of


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of it; exactly one of the three."""

    part: PlanPart | None = None
    findings: tuple[Finding, ...] = ()
    clash: Clash | None = None


def changed(part: PlanPart, content: Plain, posted: Mapping[str, Any], by: User) -> Saved:
    """A part as it was typed, over the version that the form began with."""
    try:
        done = services.change_part(
            part=part, content=content, expected_version=version_in(posted, part), by=by, why=last(posted, "why")[:500]
        )
    except Stale as stale:
        return Saved(clash=stale.clash)
    except InputError as refused:
        return Saved(findings=refused.findings)
    return Saved(done)


def merged(part: PlanPart, posted: Mapping[str, Any], by: User) -> Saved:
    """Two changes put together as was chosen."""
    try:
        done = services.merge_part(
            part=part,
            content=merge_page.content_in(last(posted, "content")),
            base_version=version_in(posted, part),
            expected_version=whole_in(last(posted, "expected"), part.version),
            by=by,
            choices=merge_page.chosen_in(posted),
        )
    except Stale as stale:
        return Saved(clash=stale.clash)
    except InputError as refused:
        return Saved(findings=refused.findings)
    return Saved(done)


def added(plan: Plan, kind: str, content: Plain, by: User) -> Saved:
    try:
        return Saved(services.add_part(plan=plan, kind=kind, content=content, by=by))
    except InputError as refused:
        return Saved(findings=refused.findings)


def removed(part: PlanPart, posted: Mapping[str, Any], by: User) -> Saved:
    try:
        return Saved(services.remove_part(part=part, expected_version=version_in(posted, part), by=by))
    except Stale as stale:
        return Saved(clash=stale.clash)
    except InputError as refused:
        return Saved(findings=refused.findings)


MOVES = ("up", "down", "first")


def moved(plan: Plan, part: PlanPart, where: str, by: User) -> Saved:
    """A part one up, one down, or first among those of its kind."""
    keys = [each.key for each in selectors.parts(plan, part.kind)]
    at = keys.index(part.key)
    keys.insert({"up": max(at - 1, 0), "down": at + 1, "first": 0}[where], keys.pop(at))
    services.reorder(plan=plan, kind=part.kind, keys=keys, by=by)
    return Saved(part)


def part_saved(plan: Plan, kind: str, part: PlanPart | None, posted: Mapping[str, Any], by: User) -> Saved:
    """Whatever the form of a part asks for: a new one, a change, a merge, or that it goes."""
    asked = last(posted, "do")
    if part is not None and asked == "merge":
        return merged(part, posted, by)
    if part is not None and asked == "remove":
        return removed(part, posted, by)
    content = part_page.typed(kind_of(kind), part, posted)
    place = kind if part is None else f"{kind} {part.key}"
    if frame_of(by, plan).may_edit and (wrong := part_page.faults(kind_of(kind), content, place)):
        return Saved(findings=wrong)
    return added(plan, kind, content, by) if part is None else changed(part, content, posted, by)
