"""What can be done with targets: load the published ones, add or remove the invented ones."""

from __future__ import annotations

from django.db import transaction

from klimaplan.domain.inventory.account import Account
from klimaplan.reference import load
from klimaplan.web.plans import bridge, demo
from klimaplan.web.plans.models import Target


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
