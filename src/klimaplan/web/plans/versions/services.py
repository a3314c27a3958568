"""What can be done with versions: name the plan as it is now, publish it, go back to an earlier one."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState
from klimaplan.web.plans import stored
from klimaplan.web.plans.models import Plan, PlanPart, PlanVersion
from klimaplan.web.plans.parts.services import put_order
from klimaplan.web.plans.results.selectors import outcome_of
from klimaplan.web.plans.stored import Piece
from klimaplan.web.plans.writes.services import finish, locked, may, once, put_changed, put_new

LONGEST_NAME = 120


@once
def name_version(*, plan: Plan, name: str, by: User, why: str = "", idempotency_key: str = "") -> PlanVersion:
    """Keep the plan as it is now under a name.

    Raises
    ------
    NotAllowed, InputError : the name is empty or too long
    """
    plan = locked(plan)
    may(by, Permission.PLAN_EDIT, plan)
    if not name.strip() or len(name) > LONGEST_NAME:
        raise InputError(_name(name))
    version = keep(plan, stored.pieces_of(plan), PlanVersion.State.NAMED, name=name.strip(), by=by)
    finish(plan, by=by, what="plan.version-named", kind="version", key=str(version.number),
           after={"name": version.name, "sha256": version.sha256}, why=why)  # fmt: skip
    return version


@once
def publish_version(*, plan: Plan, by: User, name: str = "", why: str = "", idempotency_key: str = "") -> PlanVersion:
    """Freeze the plan as it is now for everybody to read; work goes on with a draft beside it.

    Raises
    ------
    InputError : the errors that stand in the way of computing it, all of them; or it is a variant
    NotAllowed
    """
    plan = locked(plan)
    may(by, Permission.PLAN_PUBLISH, plan)
    if plan.variant_of is not None:
        raise InputError(_variant(plan))
    if len(name) > LONGEST_NAME:
        raise InputError(_name(name))
    pieces = stored.pieces_of(plan)
    figures = outcome_of(stored.file_data(pieces))
    if not figures.computed:
        raise InputError(figures.errors or figures.findings)
    version = keep(plan, pieces, PlanVersion.State.PUBLISHED, name=name.strip(), by=by)
    plan.state = str(PlanState.DRAFT)
    finish(plan, by=by, what="plan.published", kind="version", key=str(version.number),
           after={"name": version.name, "sha256": version.sha256, "account": figures.account}, why=why)  # fmt: skip
    return version


@once
def restore_version(*, version: PlanVersion, by: User, why: str = "", idempotency_key: str = "") -> Plan:
    """Make the working plan say what a version says; what it says now stays among the versions."""
    plan = locked(version.plan)
    may(by, Permission.PLAN_EDIT, plan)
    before = keep_draft(plan, by=by)
    if before.sha256 != version.sha256:
        put_pieces(plan, stored.pieces_of(version), by=by)
        finish(plan, by=by, what="plan.version-restored", kind="version", key=str(version.number),
               before={"sha256": before.sha256}, after={"sha256": version.sha256}, why=why)  # fmt: skip
    return plan


def keep_draft(plan: Plan, *, by: User | None) -> PlanVersion:
    """The plan as it is now, kept for what refers to it; the same content is kept once."""
    pieces = stored.pieces_of(plan)
    known = PlanVersion.objects.filter(plan=plan, sha256=stored.digest(stored.whole(pieces))).last()
    return known or keep(plan, pieces, PlanVersion.State.DRAFT, by=by)


def keep(plan: Plan, pieces: Iterable[Piece], state: str, *, by: User | None, name: str = "") -> PlanVersion:
    """A version of a plan that is locked."""
    content = stored.whole(pieces)
    last = PlanVersion.objects.filter(plan=plan).order_by("number").values_list("number", flat=True).last()
    return PlanVersion.objects.create(
        plan=plan, number=1 if last is None else last + 1, name=name, state=state, content=content,
        sha256=stored.digest(content), created_by=by, at=timezone.now(),
    )  # fmt: skip


def put_pieces(plan: Plan, pieces: Iterable[Piece], *, by: User | None) -> None:
    """Make the parts of a plan say what the pieces say: some change, some come back, some are new, the rest go."""
    parts = {(part.kind, part.key): part for part in PlanPart.objects.filter(plan=plan)}
    order: dict[str, list[PlanPart]] = {}
    wanted = list(pieces)
    for each in wanted:
        part = parts.get(each.name)
        if part is None:
            part = put_new(plan, each.kind, each.key, each.content, position=0, by=by, origin=each.origin)
        elif part.removed or part.content != each.content:
            put_changed(part, each.content, by=by)
        order.setdefault(each.kind, []).append(part)
    staying = {each.name for each in wanted}
    for name, part in parts.items():
        if name not in staying and not part.removed:
            put_changed(part, part.content, by=by, removed=True)
    for ordered in order.values():
        put_order(ordered)


def _name(name: str) -> Finding:
    return Finding(
        "version-name-not-usable", name[:40] or "∅",
        Text(f"Navnet skal have 1 til {LONGEST_NAME} tegn.", f"The name must have 1 to {LONGEST_NAME} characters."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Vælg et kort navn, for eksempel »Til høring«.", "Choose a short name, such as “For hearing”."),
    )  # fmt: skip


def _variant(plan: Plan) -> Finding:
    return Finding(
        "variant-not-published", plan.title[:80],
        Text("En variant kan ikke offentliggøres.", "A variant cannot be published."),
        Text("Kommunen har én plan; varianter er til at regne på.",
             "The municipality has one plan; variants are for trying out."),
        Text("Overfør det, der skal gælde, til planen, og offentliggør den.",
             "Carry what shall hold over to the plan, and publish that."),
    )  # fmt: skip
