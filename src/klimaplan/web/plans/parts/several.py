"""Several actions changed at once, each in its own way: all of them or none, each with its own line in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission
from klimaplan.web.plans.contents.kinds import ACTION, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.parts.checking import checked
from klimaplan.web.plans.parts.selectors import beside
from klimaplan.web.plans.parts.services import clash_of, next_position, place_of
from klimaplan.web.plans.staleness import Stale
from klimaplan.web.plans.writes.services import finish, locked, may, once, put_changed, put_new

ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an action shall say.

    Parameters
    ----------
    version : the one that was changed
    content : None takes it out of the plan
    """

    key: str
    version: int
    content: Plain | None


@once
def change_several(
    *, plan: Plan, wanted: Sequence[Wanted], by: User, hazards: Iterable[str] = (), why: str = "",
    idempotency_key: str = "",
) -> tuple[PlanPart, ...]:  # fmt: skip
    """Change or remove several actions; gives those that moved.

    Parameters
    ----------
    hazards : that all of them answer from now on, besides those they answer already

    Raises
    ------
    Stale : those that somebody has changed meanwhile, all at once
    InputError : what is wrong with any of them, all at once
    NotAllowed
    """
    plan = locked(plan)
    may(by, Permission.PLAN_EDIT, plan)
    parts = _parts(plan, wanted)
    contents = _checked(plan, parts, wanted)
    stale = [
        clash_of(parts[each.key], contents[each.key], each.version)
        for each in wanted
        if parts[each.key].removed or parts[each.key].version != each.version
    ]
    if stale:
        raise Stale(stale)
    moved: dict[str, PlanPart] = {}
    for key, content in contents.items():
        if _put(plan, parts[key], content, by, why):
            moved[key] = parts[key]
    for key in [key for key, content in contents.items() if content is not None]:
        if _answered(plan, key, list(hazards), by, why):
            moved[key] = parts[key]
    return tuple(moved.values())


def _parts(plan: Plan, wanted: Sequence[Wanted]) -> dict[str, PlanPart]:
    found = {
        part.key: part
        for part in PlanPart.objects.filter(plan=plan, kind=ACTION, key__in=[each.key for each in wanted])
        .select_related("plan", "updated_by")
    }  # fmt: skip
    if absent := [each.key for each in wanted if each.key not in found]:
        raise InputError([_unknown(key) for key in absent])
    return found


def _checked(plan: Plan, parts: Mapping[str, PlanPart], wanted: Sequence[Wanted]) -> dict[str, Plain | None]:
    found: dict[str, Plain | None] = {}
    faults: list[Finding] = []
    for each in wanted:
        if each.content is None:
            found[each.key] = None
            continue
        try:
            # the key stays: it is what the others know an action by
            found[each.key] = checked(
                plan, kind_of(ACTION), {**each.content, "key": each.key}, place_of(parts[each.key])
            )
        except InputError as refused:
            faults += refused.findings
    if faults:
        raise InputError(faults)
    return found


def _put(plan: Plan, part: PlanPart, content: Plain | None, by: User, why: str) -> bool:
    before = part.content
    if content == before:
        return False
    if content is None:
        now = timezone.now()  # what went together comes back together
        for each in (part, *(one for parts in beside(plan, part.key).values() for one in parts)):
            put_changed(each, each.content, by=by, removed=True, at=now)
        finish(plan, by=by, what="plan.part-removed", kind=ACTION, key=part.key, before=before, why=why)
    else:
        put_changed(part, content, by=by)
        finish(plan, by=by, what="plan.part-changed", kind=ACTION, key=part.key, before=before, after=content, why=why)
    return True


def _answered(plan: Plan, action: str, hazards: list[str], by: User, why: str) -> bool:
    """The action answers these hazards, too."""
    if not hazards:
        return False
    there = PlanPart.objects.filter(plan=plan, kind=ANSWER, key=action).select_related("plan").first()
    before = there.content if there is not None and not there.removed else None
    known = list(before["hazards"]) if before else []
    if not set(hazards) - set(known):
        return False
    given = {**(before or {"action": action}), "hazards": list(dict.fromkeys((*known, *hazards)))}
    content = checked(plan, kind_of(ANSWER), given, f"{ANSWER} {action}")
    if there is None:
        put_new(plan, ANSWER, action, content, position=next_position(plan, ANSWER), by=by)
    else:
        put_changed(there, content, by=by)
    what = "plan.part-changed" if before else "plan.part-added"
    finish(plan, by=by, what=what, kind=ANSWER, key=action, before=before, after=content, why=why)
    return True


def _unknown(key: str) -> Finding:
    return Finding(
        "part-unknown", f"{ACTION} {key}",
        Text("Den findes ikke i planen.", "It is not in the plan."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Hent planen igen.", "Fetch the plan again."),
    )  # fmt: skip
