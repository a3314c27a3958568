"""What can be done with organisations: bring them into line with the reference tables, and name departments."""

from __future__ import annotations

from django.db import transaction

from klimaplan.reference import partners
from klimaplan.web.organisations import bridge
from klimaplan.web.organisations.models import Belonging, Organisation, PartnerPeriod


@transaction.atomic
def load_organisations() -> int:
    """Bring organisations, their groups and the partner periods into line with the tables; says how many are new.

    Only what comes from the tables is touched, and no organisation is removed: plans and people hang on it.
    """
    before = Organisation.objects.count()
    for known in bridge.organisations():
        Organisation.objects.update_or_create(slug=known.slug, defaults=known.fields)
    by_slug = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    _load_belongings(by_slug)
    PartnerPeriod.objects.all().delete()
    PartnerPeriod.objects.bulk_create(
        PartnerPeriod(
            organisation=by_slug[period.organisation],
            programme=period.programme,
            role=period.role,
            valid_from=period.valid_from,
            valid_to=period.valid_to,
            source=period.source,
        )
        for period in partners.partner_periods()
    )
    return len(by_slug) - before


def _load_belongings(by_slug: dict[str, Organisation]) -> None:
    Belonging.objects.all().delete()
    Belonging.objects.bulk_create(
        Belonging(
            member=by_slug[each.member],
            group=by_slug[each.group],
            kind=each.kind,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
        )
        for each in bridge.belongings()
    )
