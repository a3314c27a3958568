"""What can be done with plans, all in one place; and with targets: load the published ones, add the invented ones."""

from __future__ import annotations

from django.db import transaction

from klimaplan.domain.inventory.account import Account
from klimaplan.reference import load
from klimaplan.web.plans import bridge, demo
from klimaplan.web.plans.copying.services import add_from_library, copy_from_plan, create_plan, create_variant
from klimaplan.web.plans.demonstration.services import load_demo_plans
from klimaplan.web.plans.evidence.services import add_evidence
from klimaplan.web.plans.exchange.workbooks import apply_workbook, export_workbook, preview
from klimaplan.web.plans.models import Target
from klimaplan.web.plans.parts.cells import put_parts
from klimaplan.web.plans.parts.services import (
    add_part,
    bulk_change,
    change_part,
    merge_part,
    remove_part,
    reorder,
    restore_part,
)
from klimaplan.web.plans.parts.several import change_several
from klimaplan.web.plans.responsible.services import assign_action, unassign_action
from klimaplan.web.plans.staleness import Clash, Stale
from klimaplan.web.plans.together.services import add_task, comment, complete_task, reopen_task, resolve_comment
from klimaplan.web.plans.versions.services import name_version, publish_version, restore_version

__all__ = [
    "Clash", "Stale", "add_evidence", "add_from_library", "add_part", "add_task", "apply_workbook", "assign_action",
    "bulk_change", "change_part", "change_several", "comment", "complete_task", "copy_from_plan", "create_plan",
    "create_variant", "export_workbook", "load_demo_plans", "load_demo_targets", "load_published_targets",
    "merge_part", "name_version", "preview", "publish_version", "put_parts", "remove_part", "reopen_task", "reorder",
    "resolve_comment", "restore_part", "restore_version", "unassign_action",
]  # fmt: skip


@transaction.atomic
def load_published_targets() -> int:
    """Bring the published targets into line with the reference tables; says how many there are."""
    rows = [bridge.from_published(published) for published in load.municipal_targets()]
    Target.objects.filter(demo=False).delete()
    return len(Target.objects.bulk_create(rows))


@transaction.atomic
def load_demo_targets(account: Account) -> int:
    """Invent targets where none can be computed; says how many."""
    averages = {average.type: average.reduction_pct for average in load.type_averages()}
    by_code = {municipality.code: averages[municipality.type] for municipality in load.municipalities()}
    rows = demo.invent_targets(
        account,
        load.national_projection(),
        reduction_pct=by_code,
        published=list(Target.objects.filter(demo=False)),
    )
    invented = list(rows)
    Target.objects.filter(demo=True).delete()
    return len(Target.objects.bulk_create(invented))
