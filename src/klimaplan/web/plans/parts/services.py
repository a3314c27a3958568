"""What can be done with the parts of a plan. Nobody's change is lost: who changes says which version was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission
from klimaplan.web.plans.contents.kinds import ACTION, HEAD, Kind, kind_of
from klimaplan.web.plans.contents.reading import Plain, plain_of, read_content
from klimaplan.web.plans.merging import Side, changed_fields, merge
from klimaplan.web.plans.models import PartRevision, Plan, PlanPart
from klimaplan.web.plans.parts.checking import checked, key_for
from klimaplan.web.plans.parts.selectors import changed_by
from klimaplan.web.plans.staleness import Clash, Stale
from klimaplan.web.plans.writes.services import finish, locked, may, once, put_changed, put_new

PROGRESS_FIELDS = frozenset({"progress", "known"})
"""What an action owner may report of their own actions without being allowed to edit the plan."""


@once
def add_part(
    *, plan: Plan, kind: str, content: Mapping[str, Any], by: User, why: str = "", idempotency_key: str = ""
) -> PlanPart:
    """A new part, last among those of its kind.

    Raises
    ------
    NotAllowed : the person may not edit the plan
    InputError : what is wrong with the content, or its key is taken
    """
    plan = locked(plan)
    may(by, Permission.PLAN_EDIT, plan)
    form = kind_of(kind)
    plain = checked(plan, form, content, kind)
    key = key_for(plan, form, plain, kind)
    part = put_new(plan, kind, key, plain, position=next_position(plan, kind), by=by)
    finish(plan, by=by, what="plan.part-added", kind=kind, key=key, after=plain, why=why)
    return part


@once
def change_part(
    *, part: PlanPart, content: Mapping[str, Any], expected_version: int, by: User, why: str = "",
    idempotency_key: str = "",
) -> PlanPart:  # fmt: skip
    """What a part says from now on.

    Raises
    ------
    Stale : it is no longer at the version that was changed; carries what both said, and what they come to together
    NotAllowed, InputError
    """
    plan, part, form = _opened(part)
    mine = checked(plan, form, content, place_of(part))
    _may_change(by, plan, part, mine)
    if not part.removed and part.content == mine:
        return part
    if part.removed or part.version != expected_version:
        raise Stale([clash_of(part, mine, expected_version)])
    return _changed(plan, part, form, mine, by, why)


@once
def merge_part(  # noqa: PLR0913  # all of it is the change
    *, part: PlanPart, content: Mapping[str, Any], base_version: int, expected_version: int, by: User,
    choices: Mapping[str, Side] | None = None, why: str = "", idempotency_key: str = "",
) -> PlanPart:  # fmt: skip
    """My change put together with the others'.

    Parameters
    ----------
    content : what I want the part to say
    base_version : the one my change began with
    expected_version : the one I was shown as theirs
    choices : field in which both differ → whose change holds

    Raises
    ------
    Stale : something overlaps and is not chosen, or the part was changed once more since it was shown
    NotAllowed, InputError
    """
    plan, part, form = _opened(part)
    mine = plain_of(read_content(form, content, place_of(part)))
    clash = clash_of(part, mine, base_version, choices)
    if part.removed or part.version != expected_version or clash.overlaps or clash.merged is None:
        _may_change(by, plan, part, mine)
        raise Stale([clash])
    _may_change(by, plan, part, clash.merged)
    merged = checked(plan, form, clash.merged, place_of(part))
    return part if merged == part.content else _changed(plan, part, form, merged, by, why)


@once
def remove_part(
    *, part: PlanPart, expected_version: int, by: User, why: str = "", idempotency_key: str = ""
) -> PlanPart:
    """Take a part out of the plan, and what hangs on it; all of it is kept.

    Raises
    ------
    Stale : somebody has changed it meanwhile
    """
    plan, part, _form = _opened(part)
    may(by, Permission.PLAN_EDIT, plan)
    if part.kind == HEAD:
        raise InputError(_head_stays())
    if part.removed:
        return part
    if part.version != expected_version:
        raise Stale([clash_of(part, None, expected_version)])
    before, now = part.content, timezone.now()
    with_it = [] if part.kind != ACTION else _hanging(plan, part.key, removed=False)
    for each in (part, *with_it):
        put_changed(each, each.content, by=by, removed=True, at=now)
    finish(plan, by=by, what="plan.part-removed", kind=part.kind, key=part.key, before=before, why=why)
    return part


@once
def restore_part(*, part: PlanPart, by: User, why: str = "", idempotency_key: str = "") -> PlanPart:
    """Bring a removed part back, with what was removed together with it."""
    plan, part, form = _opened(part)
    may(by, Permission.PLAN_EDIT, plan)
    if not part.removed:
        return part
    checked(plan, form, part.content, place_of(part))
    removed_at = part.updated_at
    with_it = [] if part.kind != ACTION else _hanging(plan, part.key, removed=True)
    for each in (part, *(each for each in with_it if each.updated_at == removed_at)):
        put_changed(each, each.content, by=by)
    finish(plan, by=by, what="plan.part-restored", kind=part.kind, key=part.key, after=part.content, why=why)
    return part


@once
def reorder(
    *, plan: Plan, kind: str, keys: Sequence[str], by: User, why: str = "", idempotency_key: str = ""
) -> tuple[PlanPart, ...]:
    """The parts of a kind in another order; all of them are named, so that none is lost from sight.

    Raises
    ------
    InputError : one is missing, unknown or named twice
    """
    plan = locked(plan)
    may(by, Permission.PLAN_EDIT, plan)
    parts = {part.key: part for part in PlanPart.objects.filter(plan=plan, kind=kind_of(kind).code, removed=False)}
    if sorted(parts) != sorted(keys):
        raise InputError(_not_all(kind))
    before = list(parts)
    put_order([parts[key] for key in keys])
    finish(plan, by=by, what="plan.parts-reordered", kind=kind, before=before, after=list(keys), why=why)
    return tuple(parts[key] for key in keys)


@once
def bulk_change(
    *, plan: Plan, kind: str, expected: Mapping[str, int], fields: Mapping[str, Any], by: User, why: str = "",
    idempotency_key: str = "",
) -> tuple[PlanPart, ...]:  # fmt: skip
    """The same fields of several parts at once; all of them or none.

    Parameters
    ----------
    expected : key → version that was changed
    fields : name, with dots inside a field of fields → value; None puts it back to its default

    Raises
    ------
    Stale : those that somebody has changed meanwhile, all at once
    InputError : what is wrong with any of them, all at once
    """
    plan = locked(plan)
    may(by, Permission.PLAN_EDIT, plan)
    form = kind_of(kind)
    parts = {
        part.key: part
        for part in PlanPart.objects.filter(plan=plan, kind=kind, key__in=expected, removed=False)
        .select_related("plan", "updated_by").order_by("position")
    }  # fmt: skip
    faults = [_unknown(kind, key) for key in expected if key not in parts]
    wanted: dict[str, Plain] = {}
    for key, part in parts.items():
        try:
            wanted[key] = checked(plan, form, _with(part.content, fields), place_of(part))
            if (named := form.key_of(wanted[key])) and named != key:
                faults.append(_key_in_bulk(place_of(part)))
        except InputError as refused:
            faults += refused.findings
    if faults:
        raise InputError(faults)
    if stale := [
        clash_of(part, wanted[key], expected[key]) for key, part in parts.items() if part.version != expected[key]
    ]:
        raise Stale(stale)
    moved = [part for key, part in parts.items() if wanted[key] != part.content]
    before = {part.key: part.content for part in moved}
    for part in moved:
        put_changed(part, wanted[part.key], by=by)
    if moved:
        after = {part.key: part.content for part in moved}
        finish(plan, by=by, what="plan.parts-changed", kind=kind, before=before, after=after, why=why)
    return tuple(parts.values())


def put_order(parts: list[PlanPart]) -> None:
    """The order of parts; it is no change of any of them."""
    for position, part in enumerate(parts):
        part.position = position
    PlanPart.objects.bulk_update(parts, ["position"])


def next_position(plan: Plan, kind: str) -> int:
    last = PlanPart.objects.filter(plan=plan, kind=kind).order_by("position").values_list("position", flat=True).last()
    return 0 if last is None else last + 1


def place_of(part: PlanPart) -> str:
    """Where a part stands, as findings name it: ``action a07``."""
    return f"{part.kind} {part.key}"


def clash_of(part: PlanPart, mine: Plain | None, base_version: int, choices: Mapping[str, Side] | None = None) -> Clash:
    """My change of a version beside what the part says now.

    Raises
    ------
    InputError : there never was that version
    """
    kept = PartRevision.objects.filter(part=part, version=base_version).first()
    if kept is None:
        raise InputError(_version_unknown(place_of(part), base_version))
    theirs = None if part.removed else part.content
    by = changed_by(part)
    if mine is None or theirs is None:
        return Clash(part.kind, part.key, base_version, part.version, kept.content, mine, theirs, by=by)
    put = merge(kind_of(part.kind), base=kept.content, mine=mine, theirs=theirs, choices=choices)
    return Clash(
        part.kind, part.key, base_version, part.version, kept.content, mine, theirs, put.content, put.overlaps, by
    )


def _opened(part: PlanPart) -> tuple[Plan, PlanPart, Kind]:
    """The plan under its lock and the part as it stands now."""
    plan = locked(part.plan)
    part = PlanPart.objects.select_related("updated_by").get(pk=part.pk)
    part.plan = plan
    return plan, part, kind_of(part.kind)


def _may_change(by: User, plan: Plan, part: PlanPart, wanted: Plain) -> None:
    fields = {name.partition(".")[0] for name in changed_fields(kind_of(part.kind), part.content, wanted)}
    progress_only = part.kind == ACTION and fields and fields <= PROGRESS_FIELDS
    may(by, Permission.PLAN_UPDATE_ACTION if progress_only else Permission.PLAN_EDIT, plan, about=part)


def _changed(plan: Plan, part: PlanPart, form: Kind, content: Plain, by: User, why: str) -> PlanPart:
    place, before = place_of(part), part.content
    key = key_for(plan, form, content, place, but=part)
    if part.kind == ACTION and key != part.key and _hanging(plan, part.key, removed=None):
        raise InputError(_key_in_use(place))
    put_changed(part, content, by=by, key=key)
    finish(plan, by=by, what="plan.part-changed", kind=part.kind, key=part.key, before=before, after=content, why=why)
    return part


def _hanging(plan: Plan, action: str, *, removed: bool | None) -> list[PlanPart]:
    """What hangs on an action."""
    others = PlanPart.objects.filter(plan=plan).exclude(kind=ACTION)
    if removed is not None:
        others = others.filter(removed=removed)
    return [part for part in others if part.content.get("action") == action]


def _with(content: Plain, fields: Mapping[str, Any]) -> Plain:
    changed: Plain = {name: dict(value) if isinstance(value, dict) else value for name, value in content.items()}
    for name, value in fields.items():
        outer, _, inner = name.partition(".")
        holder, last = (changed, outer) if not inner else (changed.setdefault(outer, {}), inner)
        if value is None:
            holder.pop(last, None)
        else:
            holder[last] = value
    return changed


def _finding(code: str, place: str, what: Text, remedy: Text) -> Finding:
    return Finding(code, place, what, Text("Intet er ændret.", "Nothing was changed."), remedy)


def _unknown(kind: str, key: str) -> Finding:
    return _finding(
        "part-unknown", f"{kind} {key}",
        Text("Den findes ikke i planen.", "It is not in the plan."),
        Text("Hent planen igen.", "Fetch the plan again."),
    )  # fmt: skip


def _version_unknown(place: str, version: int) -> Finding:
    return _finding(
        "part-version-unknown", place,
        Text(f"Den har aldrig haft version {version}.", f"It never had version {version}."),
        Text("Hent den igen.", "Fetch it again."),
    )  # fmt: skip


def _not_all(kind: str) -> Finding:
    return _finding(
        "order-not-complete", kind,
        Text("Rækkefølgen nævner ikke netop dem, der er i planen.",
             "The order does not name exactly those in the plan."),
        Text("Hent listen igen; nogen kan have tilføjet eller fjernet en.",
             "Fetch the list again; somebody may have added or removed one."),
    )  # fmt: skip


def _head_stays() -> Finding:
    return _finding(
        "head-stays", HEAD,
        Text("Planens hoved kan ikke fjernes.", "The head of a plan cannot be removed."),
        Text("Ret titlen i stedet.", "Change its title instead."),
    )  # fmt: skip


def _key_in_use(place: str) -> Finding:
    return _finding(
        "key-in-use", place,
        Text("Andre dele af planen peger på nøglen.", "Other parts of the plan point to the key."),
        Text("Behold nøglen; titlen kan frit ændres.", "Keep the key; the title may be changed freely."),
    )  # fmt: skip


def _key_in_bulk(place: str) -> Finding:
    return _finding(
        "key-in-bulk", place,
        Text("Det, der navngiver en del, kan ikke ændres for flere på én gang.",
             "What names a part cannot be changed for several at once."),
        Text("Ret dem enkeltvis.", "Change them one by one."),
    )  # fmt: skip
