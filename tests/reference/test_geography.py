"""Denmark's municipalities and their groups, against official counts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.errors import UnknownCodeError
from klimaplan.domain.geography import members
from klimaplan.reference import load, tables

TODAY = date(2026, 11, 24)
MERGER = date(2027, 1, 1)


def test_there_are_98_municipalities_with_area_and_population() -> None:
    rows = tables.rows("denmark/municipalities")
    assert len(load.municipalities()) == len(rows) == 98
    # Statistics Denmark: FOLK1A 2026K1 and ARE207 2026, both without Christiansø
    assert sum(int(row["population"]) for row in rows) == 6_025_511
    assert sum(municipality.area_km2 for municipality in load.municipalities()) == pytest.approx(42_956.7, abs=0.05)


def test_codes_agree_in_all_their_forms() -> None:
    for row, municipality in zip(tables.rows("denmark/municipalities"), load.municipalities(), strict=True):
        assert row["code4"] == municipality.code4 == f"0{row['code']}"
        assert int(row["api_code"]) == municipality.api_code
        # Denmark lies between 8.0 and 15.2 degrees east, 54.5 and 57.8 degrees north
        assert 8.0 < float(row["lon"]) < 15.2
        assert 54.5 < float(row["lat"]) < 57.8


def test_regions_before_the_merger() -> None:
    regions = load.memberships("region")
    sizes = {group.slug: len(members(regions, group.slug, on=MERGER - timedelta(1))) for group in load.groups("region")}
    assert sizes == {
        "hovedstaden": 29, "sjaelland": 17, "syddanmark": 22, "midtjylland": 19, "nordjylland": 11, "oestdanmark": 0,
    }  # fmt: skip


def test_regions_after_the_merger() -> None:
    regions = load.memberships("region")
    sizes = {group.slug: len(members(regions, group.slug, on=MERGER)) for group in load.groups("region")}
    assert sizes == {
        "hovedstaden": 0, "sjaelland": 0, "syddanmark": 22, "midtjylland": 19, "nordjylland": 11, "oestdanmark": 46,
    }  # fmt: skip


def test_no_code_is_invented_for_the_new_region() -> None:
    codes = {group.slug: group.code for group in load.groups("region")}
    assert codes == {
        "hovedstaden": "1084", "sjaelland": "1085", "syddanmark": "1083",
        "midtjylland": "1082", "nordjylland": "1081", "oestdanmark": None,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["dgo", "kkr"])
def test_advisory_networks_and_contact_councils_do_not_follow_the_merger(kind: str) -> None:
    held = load.memberships(kind)
    assert len(load.groups(kind)) == 5
    for day in (TODAY, MERGER):
        sizes = sorted(len(members(held, group.slug, on=day)) for group in load.groups(kind))
        assert sizes == [11, 17, 19, 22, 29]


def test_advisory_networks_begin_with_the_alliance() -> None:
    assert {membership.valid_from for membership in load.memberships("dgo")} == {date(2023, 4, 1)}


def test_types_of_municipality() -> None:
    counted = Counter(municipality.type for municipality in load.municipalities())
    assert counted == {"land": 31, "opland": 24, "provinsby": 16, "storby": 3, "hovedstad": 24}
    by_membership = {membership.municipality: membership.group for membership in load.memberships("type")}
    assert by_membership == {municipality.code: municipality.type for municipality in load.municipalities()}


@given(
    day=st.dates(min_value=date(2023, 4, 1), max_value=date(2050, 12, 31)),
    kind=st.sampled_from(["region", "dgo", "kkr", "type"]),
)
def test_every_municipality_is_in_exactly_one_group_of_each_kind_on_any_day(day: date, kind: str) -> None:
    held = load.memberships(kind)
    codes = [code for group in load.groups(kind) for code in members(held, group.slug, on=day)]
    assert sorted(codes) == [municipality.code for municipality in load.municipalities()]


def test_no_slug_names_two_groups() -> None:
    slugs = tables.columns("denmark/groups")["slug"]
    assert len(set(slugs)) == len(slugs)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("101", "101"), ("0101", "101"), ("København", "101"), ("københavn", "101"), ("Copenhagen", "101"),
        ("Koebenhavn", "101"), ("Kobenhavn", "101"), ("Københavns Kommune", "101"),
        ("Århus", "751"), ("Aarhus Kommune", "751"), ("Ålborg", "851"), ("Åbenrå", "580"),
        ("Nordfyn", "480"), ("Nordfyns Kommune", "480"), ("Høje Taastrup", "169"), ("Høje-Tåstrup", "169"),
        ("Faaborg-midtfyn", "430"), ("Fåborg-Midtfyn", "430"), ("Bornholms Regionskommune", "400"),
        ("Laesoe", "825"), ("  Læsø ", "825"), ("Aeroe", "492"), ("Vesthimmerland", "820"), ("Ikast Brande", "756"),
    ],
)  # fmt: skip
def test_spellings_met_in_registers_are_understood(text: str, code: str) -> None:
    assert load.find_municipality(text).code == code


@pytest.mark.parametrize(("text", "meant"), [("Aarhuus", "751 Aarhus"), ("Kopenhavn", "101 København")])
def test_a_misspelling_is_answered_with_the_nearest_names(text: str, meant: str) -> None:
    with pytest.raises(UnknownCodeError) as raised:
        load.find_municipality(text)
    assert meant in raised.value.findings[0].remedy.en


def test_christiansoe_is_not_a_municipality() -> None:
    with pytest.raises(UnknownCodeError):
        load.find_municipality("411")
