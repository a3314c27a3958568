"""Workbooks out and in: one of a plan is written, and one that comes back is applied, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from klimaplan.domain.errors import Finding, InputError, Language, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission
from klimaplan.web.plans import stored
from klimaplan.web.plans.contents.kinds import ACTION, HEAD, KINDS, kind_of
from klimaplan.web.plans.exchange.base import base_of
from klimaplan.web.plans.exchange.bridge import workbook
from klimaplan.web.plans.exchange.previewing import Choices, Coming, Preview, Row, rows
from klimaplan.web.plans.exchange.reading import pieces_in_file
from klimaplan.web.plans.models import Plan, PlanPart, PlanVersion
from klimaplan.web.plans.parts.checking import checked
from klimaplan.web.plans.parts.services import next_position
from klimaplan.web.plans.versions.services import keep_draft
from klimaplan.web.plans.writes.services import finish, locked, may, once, put_changed, put_new


@transaction.atomic
def export_workbook(*, plan: Plan, language: Language, by: User) -> bytes:
    """The plan as a workbook, with what it was written from noted inside; that is kept, to compare with later.

    Raises
    ------
    NotAllowed
    """
    plan = locked(plan)
    may(by, Permission.PLAN_READ, plan)
    pieces = stored.pieces_of(plan)
    known = PlanVersion.objects.filter(plan=plan, sha256=stored.digest(stored.whole(pieces))).last()
    base = known or keep_draft(plan, by=by)
    if known is None:
        finish(plan, by=by, what="plan.exported", kind="version", key=str(base.number), after={"sha256": base.sha256})
    return workbook(stored.file_of(pieces), str(plan.organisation.code), language, base=base.sha256, pieces=pieces)


def preview(*, plan: Plan, content: bytes, name: str, by: User, choices: Choices | None = None) -> Preview:
    """What a workbook would change; nothing is changed yet.

    Raises
    ------
    NotAllowed
    InputError : everything that is wrong with the file, each with sheet and cell
    """
    may(by, Permission.PLAN_EDIT, plan)
    file = pieces_in_file(content, name, plan)
    digest = base_of(content)
    base = PlanVersion.objects.filter(plan=plan, sha256=digest).last() if digest else None
    known = None if base is None else stored.pieces_in(base.content)
    return Preview(
        tuple(rows(known, file.pieces, stored.pieces_of(plan), choices, file.kinds)), base is not None,
        Plan.objects.values_list("revision", flat=True).get(pk=plan.pk),
    )  # fmt: skip


@once
def apply_workbook(  # noqa: PLR0913  # all of it is the change
    *, plan: Plan, content: bytes, name: str, by: User, expected_revision: int, choices: Choices | None = None,
    why: str = "", idempotency_key: str = "",
) -> Plan:  # fmt: skip
    """Everything that a preview showed, with what was chosen; all of it or nothing.

    Raises
    ------
    NotAllowed
    InputError : the plan was changed since the preview, something is still to be chosen, or does not fit
    """
    plan = locked(plan)
    seen = preview(plan=plan, content=content, name=name, by=by, choices=choices)
    if seen.revision != expected_revision:
        raise InputError(_seen_anew())
    if conflicting := seen.of(Coming.CONFLICTING):
        raise InputError([_to_choose(row) for row in conflicting])
    if not seen.rows:
        return plan
    _put(plan, seen.rows, by)
    after = {coming.value: [f"{row.kind} {row.key}" for row in seen.of(coming)] for coming in Coming}
    finish(plan, by=by, what="plan.workbook-applied", after=after, why=why)
    return plan


def _put(plan: Plan, coming: tuple[Row, ...], by: User) -> None:
    order = list(KINDS)
    parts = {(part.kind, part.key): part for part in PlanPart.objects.filter(plan=plan)}
    faults: list[Finding] = []
    for row in sorted(coming, key=lambda row: order.index(row.kind)):
        part = parts.get(row.name)
        try:
            result = (
                None if row.result is None else checked(plan, kind_of(row.kind), row.result, f"{row.kind} {row.key}")
            )
        except InputError as refused:
            faults += refused.findings
            continue
        if result is not None and part is not None:
            put_changed(part, result, by=by)
        elif result is not None:
            put_new(plan, row.kind, row.key, result, position=next_position(plan, row.kind), by=by)
        elif part is not None and row.kind != HEAD and not part.removed:
            _remove(part, parts.values(), by)
    if faults:
        raise InputError(faults)


def _remove(part: PlanPart, parts: Iterable[PlanPart], by: User) -> None:
    """A part, and of an action what hangs on it."""
    hanging = []
    if part.kind == ACTION:
        others = (each for each in parts if not each.removed and each.kind != ACTION)
        hanging = [each for each in others if each.content.get("action") == part.key]
    put_changed(part, part.content, by=by, removed=True)
    for each in hanging:
        put_changed(each, each.content, by=by, removed=True, at=part.updated_at)


def _seen_anew() -> Finding:
    return Finding(
        "plan-changed-meanwhile", "plan",
        Text("Planen er ændret, siden du så forskellene.", "The plan was changed since you saw the differences."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Se forskellene igen, og godkend dem.", "Look at the differences again, and approve them."),
    )  # fmt: skip


def _to_choose(row: Row) -> Finding:
    named = ", ".join(field for overlap in row.overlaps for field in overlap.fields)
    return Finding(
        "workbook-conflict", f"{row.kind} {row.key}",
        Text(f"Både regnearket og planen har ændret {named}.", f"Both the workbook and the plan have changed {named}."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Vælg, hvad der skal gælde.", "Choose which shall hold."),
    )  # fmt: skip
