"""How a plan is changed: once per request, under its lock, by somebody who may, with a revision of every part."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import IntegrityError, transaction
from django.utils import timezone

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, require
from klimaplan.web.audit.services import record
from klimaplan.web.plans.contents.kinds import HEAD
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import Answered, PartRevision, Plan, PlanPart
from klimaplan.web.plans.responsible.selectors import keeps
from klimaplan.web.plans.writes.once import answer_at, digest_of, reference_to

_P = ParamSpec("_P")
_R = TypeVar("_R")

LONGEST_KEY = 80


def once(service: Callable[_P, _R]) -> Callable[_P, _R]:
    """One transaction; with an `idempotency_key` the same request of the same person is carried out only once."""

    @wraps(service)
    def answered(*args: _P.args, **given: _P.kwargs) -> _R:
        key, by = given.get("idempotency_key"), given.get("by")
        if not key:
            with transaction.atomic():
                return service(*args, **given)
        if not isinstance(by, User) or not isinstance(key, str):
            raise TypeError("who asks once must be known by account")
        if len(key) > LONGEST_KEY:
            raise InputError(_key_too_long(key))
        asked = digest_of(service.__name__, {name: each for name, each in given.items() if name != "idempotency_key"})
        try:
            with transaction.atomic():
                if known := Answered.objects.filter(by=by, key=key).first():
                    return cast("_R", _again(known, asked))
                # made before the work, so that a second request that arrives meanwhile waits here
                claim = Answered.objects.create(by=by, key=key, request=asked, at=timezone.now())
                answer = service(*args, **given)
                claim.answer = reference_to(answer)
                claim.save(update_fields=["answer"])
                return answer
        except IntegrityError:
            known = Answered.objects.filter(by=by, key=key).first()
            if known is None:
                raise
            return cast("_R", _again(known, asked))

    return answered


def locked(plan: Plan) -> Plan:
    """The plan as it stands, with everybody else who changes it waiting until the transaction ends."""
    return Plan.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=plan.pk)


def may(by: User, permission: Permission, plan: Plan, *, about: PlanPart | None = None) -> None:
    """Go on if the person may; `NotAllowed` otherwise.

    Parameters
    ----------
    about : the action it is about, or a part that hangs on one; whoever keeps it up to date may more than others
    """
    mine = permission is Permission.PLAN_UPDATE_ACTION and about is not None and keeps(by, about)
    require(by, permission, organisation=plan.organisation, state=PlanState(plan.state), mine=mine)


def put_new(
    plan: Plan, kind: str, key: str, content: Plain, *, position: int, by: User | None, origin: Any = None
) -> PlanPart:
    """A new part with its first revision."""
    now = timezone.now()
    part = PlanPart.objects.create(
        plan=plan, kind=kind, key=key, content=content, position=position, origin=origin, updated_at=now, updated_by=by,
    )  # fmt: skip
    PartRevision.objects.create(part=part, version=part.version, content=content, at=now, by=by)
    return part


def put_changed(
    part: PlanPart, content: Plain, *, by: User | None, removed: bool = False, key: str | None = None, at: Any = None
) -> PlanPart:
    """A part as it is now, with the revision of it."""
    part.content, part.removed, part.key = content, removed, key or part.key
    part.version += 1
    part.updated_at, part.updated_by = at or timezone.now(), by
    part.save()
    PartRevision.objects.create(
        part=part, version=part.version, content=content, removed=removed, at=part.updated_at, by=by
    )
    return part


def finish(  # noqa: PLR0913  # what an event is made of
    plan: Plan, *, by: User | None, what: str, kind: str = "", key: str = "", before: Any = None, after: Any = None,
    why: str = "", label: str = "demonstration",
) -> None:  # fmt: skip
    """What a change ends with: the plan is at a new revision, and the log knows why."""
    plan.revision += 1
    head = PlanPart.objects.filter(plan=plan, kind=HEAD).first()
    if head is not None:
        plan.title = str(head.content["title"])[:300]
    plan.save(update_fields=["revision", "title", "state"])
    record(
        by=by,
        what=what,
        object_kind=f"plan-{kind}" if kind else "plan",
        object_key=f"{plan.pk}/{key}" if key else str(plan.pk),
        before=before,
        after=after,
        why=why,
        organisation=plan.organisation.slug,
        label=label,
    )


def _again(known: Answered, asked: str) -> Any:
    if known.request != asked:
        raise InputError(_key_used(known.key))
    return answer_at(known.answer)


def _key_used(key: str) -> Finding:
    return Finding(
        "idempotency-key-used", key,
        Text("Nøglen er brugt til noget andet.", "The key was used for something else."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Brug en ny nøgle for hver ændring.", "Use a new key for every change."),
    )  # fmt: skip


def _key_too_long(key: str) -> Finding:
    return Finding(
        "idempotency-key-too-long", key[:40],
        Text(f"Nøglen er længere end {LONGEST_KEY} tegn.", f"The key is longer than {LONGEST_KEY} characters."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Brug for eksempel et UUID.", "Use a UUID, for example."),
    )  # fmt: skip
