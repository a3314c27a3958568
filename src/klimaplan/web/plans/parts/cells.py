"""Parts of several kinds written at once, as a matrix is: all of them or none, each with its own line in the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission
from klimaplan.web.plans.contents.kinds import kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.merging import merge
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.parts.checking import checked, key_for
from klimaplan.web.plans.parts.selectors import changed_by
from klimaplan.web.plans.parts.services import clash_of, next_position
from klimaplan.web.plans.staleness import Clash, Stale
from klimaplan.web.plans.writes.services import finish, locked, may, once, put_changed, put_new


@dataclass(frozen=True, slots=True)
class Row:
    """What a part shall say.

    Parameters
    ----------
    key : of the part; of a new one that gets a number any word that no part has
    version : the one that was changed; 0 where there was none
    content : None takes it out of the plan
    """

    kind: str
    key: str
    version: int
    content: Plain | None

    @property
    def place(self) -> str:
        return f"{self.kind} {self.key}"


Found = Mapping[tuple[str, str], PlanPart]


@once
def put_parts(
    *, plan: Plan, rows: Sequence[Row], by: User, why: str = "", idempotency_key: str = ""
) -> tuple[PlanPart, ...]:
    """Add, change, bring back or remove parts; gives those that moved.

    Raises
    ------
    Stale : those that somebody has changed meanwhile, all at once
    InputError : what is wrong with any of them, all at once
    NotAllowed
    """
    plan = locked(plan)
    may(by, Permission.PLAN_EDIT, plan)
    there = {
        (part.kind, part.key): part
        for part in PlanPart.objects.filter(plan=plan, kind__in={each.kind for each in rows})
        .select_related("plan", "updated_by")
    }  # fmt: skip
    contents = _checked(plan, there, rows)
    if stale := [
        _clash(part, content, each.version)
        for each, content in zip(rows, contents, strict=True)
        if (part := there.get((each.kind, each.key))) is not None
        and part.version != each.version
        and not _is_so(part, content)
    ]:
        raise Stale(stale)
    moved = [
        _put(plan, there.get((each.kind, each.key)), each, content, by, why)
        for each, content in zip(rows, contents, strict=True)
    ]
    return tuple(part for part in moved if part is not None)


def _checked(plan: Plan, there: Found, rows: Sequence[Row]) -> list[Plain | None]:
    contents: list[Plain | None] = []
    faults: list[Finding] = []
    for each in rows:
        kind = kind_of(each.kind)
        if (each.kind, each.key) not in there and (each.version or each.content is None):
            faults.append(_unknown(each.place))
            continue
        if each.content is None:
            contents.append(None)
            continue
        try:
            content = checked(plan, kind, each.content, each.place)
        except InputError as refused:
            faults += refused.findings
            continue
        if (named := kind.key_of(content)) and named != each.key:
            faults.append(_renamed(each.place))
        contents.append(content)
    if faults:
        raise InputError(faults)
    return contents


def _is_so(part: PlanPart, content: Plain | None) -> bool:
    """Whether a part is already as it shall be."""
    return part.removed if content is None else not part.removed and part.content == content


def _clash(part: PlanPart, mine: Plain | None, version: int) -> Clash:
    """My change beside the other's; where there was nothing yet, both began with nothing."""
    if version:
        return clash_of(part, mine, version)
    theirs, by = None if part.removed else part.content, changed_by(part)
    if mine is None or theirs is None:
        return Clash(part.kind, part.key, 0, part.version, {}, mine, theirs, by=by)
    put = merge(kind_of(part.kind), base={}, mine=mine, theirs=theirs)
    return Clash(part.kind, part.key, 0, part.version, {}, mine, theirs, put.content, put.overlaps, by)


def _put(plan: Plan, part: PlanPart | None, row: Row, content: Plain | None, by: User, why: str) -> PlanPart | None:
    if part is None:
        if content is None:
            return None
        key = key_for(plan, kind_of(row.kind), content, row.place)
        part = put_new(plan, row.kind, key, content, position=next_position(plan, row.kind), by=by)
        finish(plan, by=by, what="plan.part-added", kind=row.kind, key=key, after=content, why=why)
        return part
    before, was_removed = part.content, part.removed
    if _is_so(part, content):
        return None
    put_changed(part, before if content is None else content, by=by, removed=content is None)
    what = "removed" if content is None else "restored" if was_removed else "changed"
    finish(
        plan, by=by, what=f"plan.part-{what}", kind=part.kind, key=part.key, before=None if was_removed else before,
        after=content, why=why,
    )  # fmt: skip
    return part


def _unknown(place: str) -> Finding:
    return Finding(
        "part-unknown", place,
        Text("Den findes ikke i planen.", "It is not in the plan."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Hent siden igen.", "Fetch the page again."),
    )  # fmt: skip


def _renamed(place: str) -> Finding:
    return Finding(
        "key-in-bulk", place,
        Text("Det, der navngiver en række, kan ikke ændres her.", "What names a row cannot be changed here."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Ret det på delens egen side.", "Change it on the page of the part itself."),
    )  # fmt: skip
