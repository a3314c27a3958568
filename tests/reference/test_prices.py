"""The price of CO2 against the publisher's figures."""

from __future__ import annotations

import pytest

from klimaplan.domain.errors import InputError
from klimaplan.reference import load


def test_the_price_of_co2_is_the_published_one() -> None:
    # SØB25, DKK of 2025 per tonne
    path = load.co2_price_path()
    assert {year: path.at(year).dkk for year in (2025, 2030, 2040, 2050)} == {
        2025: 500,
        2030: 612,
        2040: 978,
        2050: 1652,
    }
    assert (path.name, path.price_year) == ("SØB25", 2025)
    assert load.bibliography()[path.source].publisher == "Energistyrelsen"


def test_years_between_lie_on_a_straight_line() -> None:
    # 500 + 112 · 2/5; 978 + 674 · 1/10
    path = load.co2_price_path()
    assert path.at(2027).dkk == pytest.approx(544.8)
    assert path.at(2041).dkk == pytest.approx(1045.4)


@pytest.mark.parametrize("year", [2024, 2051])
def test_the_price_is_not_carried_on_by_guess(year: int) -> None:
    with pytest.raises(InputError, match=f"SØB25/{year}"):
        load.co2_price_path().at(year)


def test_society_discounts_at_the_rate_of_the_ministry_and_nobody_else_has_one_by_default() -> None:
    # the ministry's note of 7 January 2021: 3.5 % in the years 0 to 35
    known = load.perspectives()
    assert {key: (each.discount_rate, each.with_taxes) for key, each in known.items()} == {
        "socio-economic": (0.035, False),
        "municipal": (None, True),
        "user": (None, True),
    }
    assert load.bibliography()[known["socio-economic"].source].publisher == "Finansministeriet"
    # then 2.5 % in the years 36 to 70, and 1.5 % after them
    assert {key: each.later_rates for key, each in known.items()} == {
        "socio-economic": ((35, 0.025), (70, 0.015)),
        "municipal": (),
        "user": (),
    }
