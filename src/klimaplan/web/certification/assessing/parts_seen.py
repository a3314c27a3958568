"""The parts that are put together from several others: targets that cover all sectors, actions, powers, indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from klimaplan.domain.assessment.evidence import (
    ActionSeen,
    Course,
    IndicatorSeen,
    PowersSeen,
    TargetSeen,
    Track,
)
from klimaplan.domain.assessment.result import plain
from klimaplan.domain.errors import KlimaplanError
from klimaplan.domain.pathway.target import ALL_SECTORS, Target, allowed_by_year, scope_of
from klimaplan.sources.plan_files.assembly import target_in
from klimaplan.sources.plan_files.model import TargetEntry
from klimaplan.web.certification.assessing.said import Said, at, filled, of_kind, titled

ROLES = ("operator", "supplier", "authority", "advocacy", "partnership", "opinion")
NO_EFFECT_T = 0.5
AMOUNTS = ("capex_dkk", "opex_dkk", "saved_dkk")
BESIDE = {"funding": "funding", "measures": "sub_measure", "milestones": "milestone", "stakeholders": "stakeholder"}
"""What an action can be asked for → the kind of part that says it."""


def targets(parts: Sequence[Said]) -> Iterator[TargetSeen]:
    """Each target, those by sector as one where together they cover every sector in a year."""
    read = [(part, _target(part)) for part in of_kind(parts, "target")]
    covered = allowed_by_year(target for _, target in read if target is not None)
    for part, target in read:
        year, key = int(part["year"]), part["sectors"] or "total"
        whole = key == "total"
        if not whole and year in covered:
            first = next(other for other, _ in read if int(other["year"]) == year)
            if part is first:
                yield TargetSeen(at=at(part), title=plain(str(year)), year=year, whole=True, allowed=covered[year])
            continue
        title = plain(str(year) if whole else f"{year} {key}")
        yield TargetSeen(
            at=at(part), title=title, year=year, whole=whole, allowed=None if target is None else target.allowed
        )


def _target(part: Said) -> Target | None:
    try:
        entry = TargetEntry.model_validate(dict(part.content))
        return target_in(entry, scope_of(entry.sectors) or ALL_SECTORS)
    except (ValueError, KlimaplanError):
        return None


def actions(
    parts: Sequence[Said], course: Course | None, sectors: Mapping[str, frozenset[str]]
) -> Iterator[ActionSeen]:
    """Each action with all that hangs on it.

    Parameters
    ----------
    sectors : action → the sectors whose emissions it lessens
    """
    beside: dict[str, list[Said]] = defaultdict(list)
    for part in parts:
        if part.kind != "action" and (action := part["action"]):
            beside[action].append(part)
    for part in of_kind(parts, "action"):
        around = beside[part.key]
        details = of_kind(around, "action_detail")
        detail = details[0] if details else Said("action_detail", part.key, {})
        answers = of_kind(around, "answer")
        has_levers = bool(part["lever"] or part["template"])
        tracks = {Track.ADAPTATION} if answers else set()
        if has_levers or not answers:
            tracks.add(Track.MITIGATION)
        yield ActionSeen(
            at=at(part),
            title=plain(str(part["title"])),
            said=frozenset(_said(part, detail, around, course)),
            priority=bool(detail["priority"]),
            tracks=frozenset(tracks),
            sectors=sectors.get(part.key, frozenset()),
            hazards=frozenset(code for each in answers for code in each["hazards"] or ()),
            tags=frozenset(detail["tags"] or ()),
        )


def _said(part: Said, detail: Said, around: Sequence[Said], course: Course | None) -> Iterator[str]:
    there = {each.kind for each in around}
    resources, barriers, answers = part["resources"] or {}, of_kind(around, "barrier"), of_kind(around, "answer")
    told = {
        "timetable": _is_timed(part, [detail, *answers]),
        "effect": _has_effect(part, course) or bool(detail["effect"]) or any(each["effect"] for each in answers),
        "benefits": bool(part["co_benefits"] or detail["benefits"]) or "co_benefit" in there,
        "distribution": any(each["who"] for each in of_kind(around, "co_benefit")),
        "cost": "budget_line" in there or any(resources.get(name) is not None for name in AMOUNTS),
        "staff": "staff" in there or resources.get("staff_fte") is not None,
        "indicators": bool(part["indicator"]) or "indicator" in there,
        "barriers": bool(barriers),
        "responses": bool(barriers) and all(each["response"] for each in barriers),
        **{name: kind in there for name, kind in BESIDE.items()},
    }
    yield from filled(part, title="title", description="description", owner="owner", roles="roles")
    yield from filled(detail, communication="communication")
    yield from (name for name, is_told in told.items() if is_told)
    if detail["checked"]:
        yield "checked"


def _is_timed(part: Said, others: Iterable[Said]) -> bool:
    """Both ends are known: of a ramp, or as they were written beside it."""
    ramps = [part["ramp"], *(lever.get("ramp") for lever in part["lever"] or ())]
    if any(ramp and (ramp.get("table") or ramp.get("start") is not None) for ramp in ramps):
        return True
    return any(each["start"] is not None and each["end"] is not None for each in others)


def _has_effect(part: Said, course: Course | None) -> bool:
    """Whether tonnes are computed for it; where the plan cannot be computed, whether it has what they come from."""
    if course is None:
        return bool(part["lever"] or (part["template"] and part["amounts"]))
    return any(abs(tonnes) > NO_EFFECT_T for tonnes in course.effects.get(part.key, {}).values())


def powers(parts: Sequence[Said]) -> Iterator[PowersSeen]:
    """The rows of the matrix; the three ways of being a facilitator are one role."""
    for part in of_kind(parts, "powers"):
        used = {_role(name) for name in ROLES if part[name]}
        left_out = {_role(code.rpartition(".")[2]) for code in part["not_used"] or ()} if part["why_not"] else set()
        yield PowersSeen(
            **titled(part, ("sector", "matrix_rows")),
            sector=str(part["sector"]),
            used=frozenset(used),
            justified=frozenset(left_out - used),
            concluded=bool(part["conclusion"]),
            coal_until=part["coal_until"],
            no_coal=bool(part["no_coal"]),
        )


def _role(name: str) -> str:
    return name if name in ROLES[:3] else "facilitator"


def indicators(parts: Sequence[Said], seen: Sequence[TargetSeen]) -> Iterator[IndicatorSeen]:
    """Each indicator with what it measures; one of impact without a year measures every target."""
    for part in of_kind(parts, "indicator"):
        level = part["level"] or "output"
        told = {**titled(part), "said": filled(part, frequency="frequency", owner="owner"), "level": level}
        if level == "impact" and not part["action"] and not part["topic"]:
            of = [each for each in seen if part["target_year"] in (None, each.year)]
            for target in of:
                yield IndicatorSeen(**told, target=target.at.key)
            if of:
                continue
        yield IndicatorSeen(**told, action=part["action"] or "", sector=part["sector"] or "", topic=part["topic"] or "")
    for part in of_kind(parts, "action"):
        if part["indicator"]:
            yield IndicatorSeen(
                at=at(part, "indicator"), title=plain(str(part["indicator"])), said=filled(part, owner="owner"),
                level="output", action=part.key,
            )  # fmt: skip
