"""The organisations of the reference tables in the database, with their days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from klimaplan.domain.errors import UnknownCodeError
from klimaplan.web.organisations import selectors, services
from klimaplan.web.organisations.models import Belonging, Department, Organisation, PartnerPeriod

LAST_DAY_OF_FIVE_REGIONS = date(2026, 12, 31)
MERGER = date(2027, 1, 1)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        assert services.load_organisations() == 113
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def there(loaded: None, db: None) -> None:
    """Every test reads what was loaded, and takes back what it writes."""


def test_there_are_as_many_of_each_kind_as_in_denmark() -> None:
    counted = {kind: selectors.organisations(kind=kind).count() for kind in Organisation.Kind.values}
    # five regions until the end of 2026, and the one that follows two of them
    assert counted == {
        "municipality": 98, "region": 6, "dgo": 5, "kl": 1, "realdania": 1, "concito": 1, "c40": 1, "other": 0,
    }  # fmt: skip


def test_loading_again_adds_nothing_and_keeps_the_keys_that_people_hang_on() -> None:
    before = dict(Organisation.objects.values_list("slug", "pk"))
    belongings, periods = Belonging.objects.count(), PartnerPeriod.objects.count()
    assert services.load_organisations() == 0
    assert dict(Organisation.objects.values_list("slug", "pk")) == before
    assert (Belonging.objects.count(), PartnerPeriod.objects.count()) == (belongings, periods)


def test_loading_again_leaves_departments_and_organisations_of_ones_own_alone() -> None:
    hvidovre = selectors.organisation("hvidovre")
    Department.objects.create(organisation=hvidovre, name="Vej og park")
    Organisation.objects.create(kind="other", slug="forsyningen", name_da="Forsyningen", name_en="The utility")
    services.load_organisations()
    assert hvidovre.departments.get().name == "Vej og park"
    assert selectors.organisation("forsyningen").name("en") == "The utility"


@pytest.mark.parametrize(
    ("slug", "code", "danish"),
    [
        ("hvidovre", "167", "Hvidovre Kommune"),
        ("koebenhavn", "101", "København Kommune"),
        ("aeroe", "492", "Ærø Kommune"),
        ("hoeje-taastrup", "169", "Høje-Taastrup Kommune"),
        ("aarhus", "751", "Aarhus Kommune"),
    ],
)
def test_municipalities_have_short_names_without_danish_letters(slug: str, code: str, danish: str) -> None:
    found = selectors.organisation(slug)
    assert (found.code, found.name_da) == (code, danish)
    assert selectors.organisation_of_municipality(code) == found


def test_what_does_not_exist_is_said() -> None:
    with pytest.raises(UnknownCodeError, match="atlantis: There is no such organisation"):
        selectors.organisation("atlantis")
    with pytest.raises(UnknownCodeError, match="999"):
        selectors.organisation_of_municipality("999")


def test_46_municipalities_move_to_the_new_region_and_keep_where_they_were() -> None:
    new = selectors.organisation("oestdanmark")
    sizes = {
        region.slug: selectors.members_on(region, LAST_DAY_OF_FIVE_REGIONS).count()
        for region in selectors.organisations(kind="region", on=LAST_DAY_OF_FIVE_REGIONS)
    }
    # the five regions since 2007; Christiansø is no municipality
    assert sizes == {"hovedstaden": 29, "sjaelland": 17, "syddanmark": 22, "midtjylland": 19, "nordjylland": 11}
    moved = set(selectors.members_on(new, MERGER))
    assert len(moved) == 29 + 17 == 46
    for municipality in moved:
        before = selectors.belongs_on(municipality, "region", LAST_DAY_OF_FIVE_REGIONS)
        assert before is not None
        assert before.slug in {"hovedstaden", "sjaelland"}
        assert selectors.belongs_on(municipality, "region", MERGER) == new
        # the geographic organisation stays: that it follows the regions is not documented
        assert selectors.belongs_on(municipality, "dgo", LAST_DAY_OF_FIVE_REGIONS) == selectors.belongs_on(
            municipality, "dgo", MERGER
        )


def test_nobody_is_in_two_regions_or_in_none_on_any_day_around_the_merger() -> None:
    for day in (date(2007, 1, 1), LAST_DAY_OF_FIVE_REGIONS, MERGER):
        members = [
            member.pk
            for region in selectors.organisations(kind="region")
            for member in selectors.members_on(region, day)
        ]
        assert len(members) == len(set(members)) == 98


def test_regions_that_end_are_gone_from_the_day_after() -> None:
    before = {each.slug for each in selectors.organisations(kind="region", on=LAST_DAY_OF_FIVE_REGIONS)}
    after = {each.slug for each in selectors.organisations(kind="region", on=MERGER)}
    assert before - after == {"hovedstaden", "sjaelland"}
    assert after - before == {"oestdanmark"}


def test_the_geographic_organisations_begin_with_the_alliance() -> None:
    hvidovre = selectors.organisation("hvidovre")
    assert selectors.belongs_on(hvidovre, "dgo", date(2023, 3, 31)) is None
    begun = selectors.belongs_on(hvidovre, "dgo", date(2023, 4, 1))
    assert begun is not None
    assert begun.slug == "dgo-hovedstaden"
    assert selectors.members_on(begun, date(2023, 4, 1)).count() == 29


def test_dk2020_and_the_alliance_overlap_in_2023() -> None:
    def partners(programme: str, day: date) -> set[str]:
        return {period.organisation.slug for period in selectors.partners_on(programme, day)}

    regions = {"hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland"}
    always = {"kl", "realdania", "concito", "c40"}
    assert partners("dk2020", date(2020, 9, 16)) == set()
    assert partners("dk2020", date(2023, 6, 1)) == partners("klimaalliancen", date(2023, 6, 1)) == always | regions
    assert partners("dk2020", date(2024, 1, 1)) == set()
    assert partners("klimaalliancen", MERGER) == always | {"oestdanmark", "syddanmark", "midtjylland", "nordjylland"}
    assert partners("klimaalliancen", date(2028, 4, 1)) == set()


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    hvidovre, kl = selectors.organisation("hvidovre"), selectors.organisation("kl")
    backwards = {"valid_from": date(2030, 1, 2), "valid_to": date(2030, 1, 1)}
    for make in (
        lambda: Belonging.objects.create(member=hvidovre, group=kl, kind="dgo", **backwards),
        lambda: PartnerPeriod.objects.create(organisation=kl, programme="p", role="r", source="s", **backwards),
        lambda: Organisation.objects.create(kind="other", slug="x", name_da="x", name_en="x", **backwards),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


def test_members_are_read_in_one_question(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    group = selectors.organisation("dgo-hovedstaden")
    with django_assert_num_queries(1):
        assert len(selectors.members_on(group, MERGER)) == 29
