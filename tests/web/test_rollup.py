"""The roll-up: everything the pages show, computed once, and again when its inputs change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from klimaplan.domain.inventory.account import SECTORS, Account, total
from klimaplan.domain.pathway.target import BaseYear, ReductionTarget
from klimaplan.domain.series import Series
from klimaplan.reference import load
from klimaplan.web.inventories.models import Snapshot
from klimaplan.web.inventories.services import import_account
from klimaplan.web.plans import bridge as plans
from klimaplan.web.plans.models import Target
from klimaplan.web.plans.services import load_demo_targets, load_published_targets
from klimaplan.web.public import rollup, selectors, services
from klimaplan.web.public.models import Picture
from web.addresses import address
from web.reading import numbers, page

NB = "\u00a0"


def corrected() -> Account:
    """The reference account, fetched a day later, with 10,000 t more from Hvidovre's energy in 2023."""
    account = load.account()
    values = account.emissions.values.copy()
    values[account.codes.index("167"), SECTORS.position("energy"), -1] += 10_000.0
    seen = replace(account.emissions.provenance, retrieved=date(2026, 5, 19))
    emissions = Series(values, account.emissions.axes, account.emissions.unit, seen)
    return Account(emissions, total(emissions), account.population)


@pytest.mark.usefixtures("site")
def test_every_municipality_group_and_the_country_have_a_picture() -> None:
    kept = Picture.objects.values_list("kind", flat=True)
    assert {kind: list(kept).count(kind) for kind in set(kept)} == {
        "municipality": 98, "region": 6, "dgo": 5, "type": 5, "national": 1, "overview": 1,
    }  # fmt: skip


@pytest.mark.usefixtures("site", "afresh")
def test_loading_again_changes_nothing() -> None:
    before = sorted(Picture.objects.values_list("pk", "digest"))
    assert list(services.load_installation(demo_programme=True)) == []
    assert services.rebuild() == 0
    assert sorted(Picture.objects.values_list("pk", "digest")) == before
    assert Snapshot.objects.count() == 2


@pytest.mark.usefixtures("site", "afresh")
def test_a_changed_figure_changes_the_pictures_it_is_part_of_and_no_others() -> None:
    before = dict(Picture.objects.filter(kind__in=["region", "type", "dgo"]).values_list("key", "digest"))
    import_account(corrected())
    services.rebuild()
    after = dict(Picture.objects.filter(kind__in=["region", "type", "dgo"]).values_list("key", "digest"))
    for key in ("hovedstaden", "dgo-hovedstaden", "hovedstad"):
        assert after[key] != before[key]
    assert selectors.municipality("167").picture.account.emissions["total"][-1] == pytest.approx(131_144.6)


@pytest.mark.usefixtures("afresh")
def test_a_kept_page_changes_with_its_figures(site: Client) -> None:
    for _ in range(2):  # the second answer is the kept one
        shown = numbers(page(site.get(address("municipality", "en"))))
        assert shown["Emitted in 2023"] == "121,000 t CO2e"
    import_account(corrected())
    services.rebuild()
    shown = numbers(page(site.get(address("municipality", "en"))))
    assert shown["Emitted in 2023"] == "131,000 t CO2e"


@pytest.mark.usefixtures("afresh")
def test_a_correction_is_told_on_the_front_page_as_new_data(site: Client) -> None:
    import_account(corrected())
    services.rebuild()
    text = page(site.get(address("front", "en"))).one("main").text
    assert f"2023: new data +10,000{NB}t CO2e." in text


@pytest.mark.usefixtures("site", "afresh")
def test_a_picture_without_a_subject_is_taken_away() -> None:
    Picture.objects.create(kind="region", key="gone", digest="0", content="{}")
    assert services.rebuild() == 1
    assert not Picture.objects.filter(key="gone").exists()


def test_region_oestdanmark_begins_on_new_years_day_2027() -> None:
    before, after = ({group.key: group for group in rollup.places_on(day).groups} for day in
                     (date(2026, 12, 31), date(2027, 1, 1)))  # fmt: skip
    assert before["oestdanmark"].valid_from == date(2027, 1, 1)
    assert len(before["oestdanmark"].codes) == 46
    assert after["oestdanmark"].valid_from is None
    assert "hovedstaden" in before
    assert not {"hovedstaden", "sjaelland"} & set(after)
    # the advisory networks are no regions and stay
    assert {"dgo-hovedstaden", "dgo-sjaelland"} <= set(after)


def test_a_municipality_changes_region_on_that_day() -> None:
    assert rollup.places_on(date(2026, 12, 31)).of("167")["region"].key == "hovedstaden"
    assert rollup.places_on(date(2027, 1, 1)).of("167")["region"].key == "oestdanmark"


@pytest.mark.usefixtures("site")
def test_per_head_of_a_group_is_the_quotient_of_its_sums() -> None:
    account = load.account()
    picture = selectors.group("region", "nordjylland").picture
    rows = [account.codes.index(code) for code in picture.members]
    tonnes = sum(account.emissions.values[row, :, -1].sum() for row in rows)
    people = sum(account.population.values[row, -1] for row in rows)
    assert picture.account.per_head["total"][-1] == pytest.approx(tonnes / people)
    mean = sum(account.emissions.values[row, :, -1].sum() / account.population.values[row, -1] for row in rows) / 11
    assert picture.account.per_head["total"][-1] != pytest.approx(mean, rel=0.01)


@pytest.mark.usefixtures("site")
def test_regions_add_up_to_the_country() -> None:
    now = [picture for picture in selectors.groups("region") if picture.valid_from is None]
    together = sum(picture.account.emissions["total"][-1] for picture in now)
    assert together == pytest.approx(34_039_454.0, abs=5)
    assert selectors.national().picture.account.emissions["total"][-1] == pytest.approx(together)


@pytest.mark.usefixtures("site")
def test_published_targets_are_loaded_as_they_stand() -> None:
    row = Target.objects.get(municipality="167", year=2030, demo=False)
    assert plans.to_domain(row) == ReductionTarget(2030, BaseYear(1990, 342_088.0, "hvidovre-climate-plan-2022"), 80.0)


@pytest.mark.usefixtures("site")
def test_invented_targets_are_marked_and_only_where_none_can_be_computed() -> None:
    invented = Target.objects.filter(demo=True)
    assert {row.source for row in invented} == {"klimaplan-demo"}
    assert {row.base_estimated for row in invented} == {True}
    # Hvidovre has its own, and a percentage has no meaning where more is taken up than emitted
    assert not invented.filter(municipality__in=["167", "825"]).exists()
    assert sorted(invented.filter(municipality="550").values_list("sectors", "reduction_pct")) == [
        ("agriculture", 55.0), ("energy+transport+waste+processes", 70.0),
    ]  # fmt: skip


@pytest.mark.usefixtures("site")
def test_loading_targets_again_keeps_their_number() -> None:
    before = Target.objects.count()
    load_published_targets()
    load_demo_targets(load.account())
    assert Target.objects.count() == before
