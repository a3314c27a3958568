"""What `klimaplan init --demo` adds: an invented plan for every municipality, published and as a draft to work on."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from klimaplan.domain.plan import look_ahead
from klimaplan.reference import load
from klimaplan.web.accounts.models import RoleAssignment
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans import stored
from klimaplan.web.plans.contents.kinds import ACTION
from klimaplan.web.plans.demonstration.writing import demonstration
from klimaplan.web.plans.models import PartRevision, Plan, PlanPart, PlanVersion, Responsibility
from klimaplan.web.plans.stored import Piece
from klimaplan.web.plans.writes.services import finish

BATCH = 500
NAME = "Demo"
ACTIONS_OF_AN_OWNER = 3


@transaction.atomic
def load_demo_plans() -> int:
    """Invented plans where a municipality has none; says how many are new."""
    wanted = {
        organisation.code: organisation
        for organisation in Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY).exclude(
            plans__demo=True, plans__variant_of=None
        )
    }
    if not wanted:
        return 0
    outlook = look_ahead(load.account(), load.national_projection())
    made: list[tuple[Plan, tuple[Piece, ...]]] = []
    now = timezone.now()
    for code, title, pieces in demonstration(outlook, codes=wanted):
        made.append((Plan(organisation=wanted[code], title=title, demo=True, created_at=now), pieces))
    Plan.objects.bulk_create([plan for plan, _ in made])
    parts = PlanPart.objects.bulk_create(
        [part for plan, pieces in made for part in _parts(plan, pieces)], batch_size=BATCH
    )
    PartRevision.objects.bulk_create(
        [PartRevision(part=part, version=part.version, content=part.content, at=now) for part in parts],
        batch_size=BATCH,
    )
    versions = PlanVersion.objects.bulk_create([_version(plan, pieces) for plan, pieces in made], batch_size=20)
    for (plan, pieces), version in zip(made, versions, strict=True):
        after = {"title": plan.title, "parts": len(pieces), "sha256": version.sha256}
        finish(plan, by=None, what="plan.published", after=after)
    _name_owners({plan.organisation.pk: plan for plan, _ in made})
    return len(made)


def _name_owners(plans: Mapping[int, Plan]) -> None:
    """An invented action owner keeps the first actions of the invented plan up to date."""
    owners = RoleAssignment.objects.filter(role="action_owner", user__demo=True, organisation__in=plans)
    for held in owners.select_related("user"):
        plan = plans[held.organisation.pk]
        for part in PlanPart.objects.filter(plan=plan, kind=ACTION).order_by("position")[:ACTIONS_OF_AN_OWNER]:
            Responsibility.objects.create(part=part, user=held.user, valid_from=timezone.localdate())
            finish(
                plan, by=None, what="plan.action-assigned", kind=ACTION, key=part.key, after={"person": held.user.pk}
            )


def _parts(plan: Plan, pieces: tuple[Piece, ...]) -> list[PlanPart]:
    positions: dict[str, int] = {}
    parts = []
    for each in pieces:
        position = positions[each.kind] = positions.get(each.kind, -1) + 1
        parts.append(PlanPart(
            plan=plan, kind=each.kind, key=each.key, content=each.content, position=position,
            updated_at=plan.created_at,
        ))  # fmt: skip
    return parts


def _version(plan: Plan, pieces: tuple[Piece, ...]) -> PlanVersion:
    content = stored.whole(pieces)
    return PlanVersion(
        plan=plan, number=1, name=NAME, state=PlanVersion.State.PUBLISHED, content=content,
        sha256=stored.digest(content), at=plan.created_at,
    )  # fmt: skip
