import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.small import SEEN, account, by_year, people
from klimaplan.domain import axes
from klimaplan.domain.inventory.account import Account, Sector
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey, Series
from klimaplan.domain.status.comparison import change_since_first, most_similar, per_head, per_head_by_sector

BIG_AND_SMALL = account(
    {
        "101": [[900.0], [0.0], [0.0], [0.0], [0.0]],
        "147": [[10.0], [0.0], [-30.0], [0.0], [0.0]],
    },
    {"101": [300.0], "147": [10.0]},
)


def of_all(made: Account) -> Series:
    """The municipalities of an account taken together, per head, by sector."""
    return per_head_by_sector(made.emissions.sum(axes.MUNICIPALITY), made.population.sum(axes.MUNICIPALITY))


def test_a_group_per_head_is_the_quotient_of_sums_not_the_mean_of_quotients() -> None:
    together = of_all(BIG_AND_SMALL)
    # (900 + 10) / (300 + 10) = 2.935…; the mean of 3 and 1 would be 2
    assert together.at(Sector.ENERGY, 2020) == pytest.approx(910 / 310)
    assert together.at(Sector.AGRICULTURE, 2020) == pytest.approx(-30 / 310)
    assert str(together.unit) == "t CO2e/inhabitant"


def test_per_head_says_how_it_was_made() -> None:
    seen = of_all(BIG_AND_SMALL).provenance
    assert (seen.kind, seen.method, seen.steps) == (Kind.CALCULATED, "per-head", ("divided by the population",))


def test_per_head_of_a_missing_figure_is_missing() -> None:
    holed = people({"101": [np.nan]}, missing={("101", 2020): NotationKey.NOT_ESTIMATED})
    tonnes = Series(np.array([[5.0]]), holed.axes, BIG_AND_SMALL.emissions.unit, SEEN)
    assert per_head(tonnes, holed).missing == {("101", 2020): NotationKey.NOT_ESTIMATED}


@given(st.lists(st.tuples(st.floats(1.0, 1e6), st.floats(1.0, 1e5)), min_size=2, max_size=6))
def test_a_group_lies_between_its_members(rows: list[tuple[float, float]]) -> None:
    made = account(
        {f"{101 + row}": [[tonnes]] * 5 for row, (tonnes, _) in enumerate(rows)},
        {f"{101 + row}": [inhabitants] for row, (_, inhabitants) in enumerate(rows)},
    )
    together = of_all(made).at("energy", 2020)
    alone = [tonnes / inhabitants for tonnes, inhabitants in rows]
    assert min(alone) * (1 - 1e-12) <= together <= max(alone) * (1 + 1e-12)


def test_change_is_counted_from_the_first_year() -> None:
    change = change_since_first(by_year([80.0, 60.0, 100.0], first=2018))
    assert change.values.tolist() == [0.0, -25.0, 25.0]
    assert change.provenance.steps == ("percent change since 2018",)


def test_a_sink_has_no_percentage() -> None:
    """Læsø took up 8,013 t in 2018 and 9,374 t in 2023: +17 % would read as a rise in emissions."""
    change = change_since_first(by_year([-8_013.1, -9_374.2], first=2018))
    assert change.missing == {(2018,): NotationKey.NOT_ESTIMATED, (2019,): NotationKey.NOT_ESTIMATED}


def test_falling_below_zero_is_a_change_of_more_than_a_hundred_percent() -> None:
    assert change_since_first(by_year([40.0, -10.0])).at(2021) == -125.0


def test_a_hole_keeps_its_own_reason() -> None:
    holed = Series(
        np.array([80.0, np.nan]), (axes.years(2018, 2019),), by_year([1.0]).unit, SEEN, {(2019,): NotationKey("C")}
    )
    assert change_since_first(holed).missing == {(2019,): NotationKey.CONFIDENTIAL}


# -- the most similar --------------------------------------------------------------------------------------------

CODES = ("101", "147", "151", "153", "155", "157")


def like(inhabitants: list[float], farming: list[float], industry: list[float]) -> Account:
    """Municipalities that differ in size, farming and industry per head; energy and transport are noise."""
    noise = np.random.default_rng(1).uniform(0, 1e6, (len(CODES), 2))
    rows = zip(CODES, inhabitants, farming, industry, noise, strict=True)
    return account(
        {code: [[n[0]], [n[1]], [f * p], [1.0], [i * p]] for code, p, f, i, n in rows},
        dict(zip(CODES, [[p] for p in inhabitants], strict=True)),
    )


MADE_UP = like([100, 110, 1000, 1100, 10_000, 11_000], [9.0, 8.9, 3.0, 3.1, 0.0, 0.1], [0.1, 0.1, 0.1, 0.1, 4.0, 4.1])
AREA = dict(zip(CODES, [10.0, 11.0, 10.0, 11.0, 10.0, 11.0], strict=True))


@pytest.mark.parametrize(("code", "nearest"), list(zip(CODES, ("147", "101", "153", "151", "157", "155"), strict=True)))
def test_the_twin_is_found(code: str, nearest: str) -> None:
    assert most_similar(MADE_UP, AREA, code)[0] == nearest


@pytest.mark.parametrize("code", CODES)
def test_never_itself_and_no_more_than_asked_for(code: str) -> None:
    assert sorted(most_similar(MADE_UP, AREA, code)) == sorted(set(CODES) - {code})
    assert len(most_similar(MADE_UP, AREA, code, count=2)) == 2


@pytest.mark.parametrize("code", CODES)
def test_what_it_emits_from_energy_and_transport_does_not_choose_the_comparison(code: str) -> None:
    values = MADE_UP.emissions.values.copy()
    values[:, :2] *= np.arange(1.0, 7.0)[:, None, None]
    sectors = Series(values, MADE_UP.emissions.axes, MADE_UP.emissions.unit, SEEN)
    changed = Account(sectors, MADE_UP.published_total, MADE_UP.population)
    assert most_similar(changed, AREA, code) == most_similar(MADE_UP, AREA, code)


def test_ties_stand_in_code_order() -> None:
    """Two alike at one end and four alike at the other: the distances within each are all zero."""
    twins = like([100, 100, 1000, 1000, 1000, 1000], [9.0, 9.0, 0.0, 0.0, 0.0, 0.0], [0.1, 0.1, 4.0, 4.0, 4.0, 4.0])
    same_area = dict.fromkeys(CODES, 10.0)
    assert most_similar(twins, same_area, "155", count=3) == ["151", "153", "157"]
    assert most_similar(twins, same_area, "101") == ["147", "151", "153", "155", "157"]
