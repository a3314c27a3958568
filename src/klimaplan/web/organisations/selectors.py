"""Reading organisations: by short name, and who belongs to whom on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from klimaplan.web.organisations import bridge
from klimaplan.web.organisations.models import Belonging, Organisation, PartnerPeriod


def organisation(slug: str) -> Organisation:
    """By short name; `UnknownCodeError` where there is none."""
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise bridge.unknown_organisation(slug)
    return found


def organisation_of_municipality(code: str) -> Organisation:
    """By the three digits of a municipality."""
    found = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY, code=code).first()
    if found is None:
        raise bridge.unknown_organisation(code)
    return found


def organisations(*, kind: str | None = None, on: date | None = None) -> QuerySet[Organisation]:
    """All of a kind, or of every kind; with a day only those there are on it."""
    found = Organisation.objects.all()
    if kind is not None:
        found = found.filter(kind=kind)
    return found if on is None else found.filter(on_day(on))


def members_on(group: Organisation, day: date) -> QuerySet[Organisation]:
    """The municipalities of a region or DGO on a day, in order of name."""
    there = Belonging.objects.filter(on_day(day), group=group)
    return Organisation.objects.filter(pk__in=there.values("member")).order_by("name_da")


def belongs_on(member: Organisation, kind: str, day: date) -> Organisation | None:
    """The region or DGO a municipality belongs to on a day; None where it belongs to none."""
    there = Belonging.objects.filter(on_day(day), member=member, kind=kind).select_related("group").first()
    return there.group if there else None


def belonged_since(member: Organisation, kind: str, since: date, until: date) -> QuerySet[Organisation]:
    """Every group of a kind that a municipality belonged to on some day of a period."""
    overlapping = Q(valid_from__lte=until) & (Q(valid_to__isnull=True) | Q(valid_to__gte=since))
    there = Belonging.objects.filter(overlapping, member=member, kind=kind)
    return Organisation.objects.filter(pk__in=there.values("group"))


def partners_on(programme: str, day: date) -> QuerySet[PartnerPeriod]:
    """Who is a partner of a programme on a day, in which role."""
    return PartnerPeriod.objects.filter(on_day(day), programme=programme).select_related("organisation")


def on_day(day: date) -> Q:
    """Rows whose period has a day in it; the last day counts, and a day that is not recorded does not bound."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
