"""What `klimaplan init --demo` adds: one invented plan that has been revised and published again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from klimaplan.domain.actions.action import Progress
from klimaplan.domain.certification.revising import Fate
from klimaplan.web.audit.services import record
from klimaplan.web.certification.models import Judged, Revision
from klimaplan.web.certification.revisions.selectors import JUDGED, contents, situation_of, suggestions, triggers_of
from klimaplan.web.plans import stored
from klimaplan.web.plans.contents.kinds import ACTION
from klimaplan.web.plans.models import Plan, PlanPart, PlanVersion
from klimaplan.web.plans.versions.services import keep
from klimaplan.web.plans.writes.services import finish, put_changed

REVISED = "middelfart"
"""Among the first to adopt a plan, in December 2020, and so among the first to revise one."""

REASON = "Demo: Kortlægningen viste, at der er flere steder at tage fat end ventet."


@transaction.atomic
def load_demo_revision() -> int:
    """An invented revision where there is none; says how many are new."""
    plans = Plan.objects.filter(demo=True, variant_of=None, organisation__slug=REVISED, revisions=None)
    plan = plans.select_related("organisation").first()
    old = plan and PlanVersion.objects.filter(plan=plan, state=PlanVersion.State.PUBLISHED).last()
    if plan is None or old is None:
        return 0
    known, now = situation_of(plan), timezone.now()
    revision = Revision.objects.create(
        plan=plan, old=old, due_on=known.due.day, responsible="Demo: Plan og miljø", opened_at=now,
        causes=[
            {"cause": str(each.cause), "da": each.said.da, "en": each.said.en, "since": None}
            for each in triggers_of(known)
        ],
    )  # fmt: skip
    _change(plan)
    revision.new = keep(plan, stored.pieces_of(plan), PlanVersion.State.PUBLISHED, by=None, name="Demo: anden plan")
    finish(plan, by=None, what="plan.published", kind="version", key=str(revision.new.number),
           after={"name": revision.new.name, "sha256": revision.new.sha256})  # fmt: skip
    Judged.objects.bulk_create(
        Judged(revision=revision, kind=kind, key=key, fate=fate, at=now, reason=REASON if fate is Fate.CHANGED else "")
        for kind in JUDGED
        for key, fate in suggestions(revision, kind).items()
    )
    revision.closed_at = now
    revision.save(update_fields=["new", "closed_at"])
    record(
        by=None, what="revision.closed", object_kind="revision", object_key=str(revision.pk), label="demonstration",
        after={"new": revision.new.number}, organisation=plan.organisation.slug,
    )  # fmt: skip
    return 1


def _change(plan: Plan) -> None:
    """One action is done by now, and another is described anew; the figures stay as they were."""
    first, second = list(contents(plan, ACTION))[:2]
    for key, fields in ((first, {"progress": str(Progress.DONE)}), (second, {"description": REASON})):
        part = PlanPart.objects.get(plan=plan, kind=ACTION, key=key)
        put_changed(part, {**part.content, **fields}, by=None)
