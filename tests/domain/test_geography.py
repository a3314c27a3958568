from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.errors import UnknownCodeError
from klimaplan.domain.geography import Membership, Municipality, members, resolve

AARHUS = Municipality("751", "Aarhus", ("Århus",), "storby", 468.0)
KOBENHAVN = Municipality("101", "København", ("Copenhagen",), "hovedstad", 90.0)
HOLBAEK = Municipality("316", "Holbæk", (), "provinsby", 577.0)
ALL = (KOBENHAVN, HOLBAEK, AARHUS)

MERGER = (
    Membership("101", "hovedstaden", date(2007, 1, 1), date(2026, 12, 31)),
    Membership("316", "sjaelland", date(2007, 1, 1), date(2026, 12, 31)),
    Membership("316", "oestdanmark", date(2027, 1, 1), None),
    Membership("101", "oestdanmark", date(2027, 1, 1), None),
)


@pytest.mark.parametrize("text", ["751", "0751", "Aarhus", "aarhus", "ÅRHUS", " Århus "])
def test_a_municipality_is_found_by_code_name_or_alias(text: str) -> None:
    assert resolve(text, ALL) is AARHUS


def test_codes_take_the_three_forms_of_the_registers() -> None:
    assert (KOBENHAVN.code, KOBENHAVN.code4, KOBENHAVN.api_code) == ("101", "0101", 101)


def test_a_near_miss_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UnknownCodeError, match=r"Holbek: There is no such municipality. Did you mean 316 Holbæk\?"):
        resolve("Holbek", ALL)


@pytest.mark.parametrize(("text", "place"), [("", "∅"), ("411", "411"), ("xyz", "xyz")])
def test_what_resembles_nothing_is_told_the_span_of_codes(text: str, place: str) -> None:
    with pytest.raises(UnknownCodeError) as caught:
        resolve(text, (AARHUS,))
    (finding,) = caught.value.findings
    assert (finding.code, finding.place) == ("unknown-municipality", place)
    assert finding.remedy.en == "Use a municipality code from 101 to 860."


def test_membership_changes_overnight_at_the_merger() -> None:
    assert members(MERGER, "oestdanmark", on=date(2026, 12, 31)) == ()
    assert members(MERGER, "hovedstaden", on=date(2026, 12, 31)) == ("101",)
    assert members(MERGER, "hovedstaden", on=date(2027, 1, 1)) == ()
    assert members(MERGER, "oestdanmark", on=date(2027, 1, 1)) == ("101", "316")


@given(st.dates(date(2007, 1, 1), date(2060, 1, 1)))
def test_everybody_is_in_exactly_one_region_on_every_day(day: date) -> None:
    regions = ("hovedstaden", "sjaelland", "oestdanmark")
    assert sorted(code for region in regions for code in members(MERGER, region, on=day)) == ["101", "316"]
