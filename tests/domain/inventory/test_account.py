import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.small import SEEN, account, codes, emissions, people
from klimaplan.domain import axes, units
from klimaplan.domain.errors import AxisError, CoverageError, InputError, raise_errors
from klimaplan.domain.inventory.account import SECTORS, Account, Sector, check, fingerprint, national, of_group, total
from klimaplan.domain.series import NotationKey, Series

FIGURES = {
    #        energy        transport     agriculture      waste       processes
    "101": [[50.0, 40.0], [30.0, 30.0], [-90.0, -95.0], [4.0, 4.0], [1.0, 1.0]],
    "147": [[20.0, 10.0], [10.0, 15.0], [60.0, 55.0], [2.0, 3.0], [8.0, 7.0]],
}
PEOPLE = {"101": [20.0, 21.0], "147": [10.0, 9.0]}


def test_negative_sectors_and_totals_stand_as_they_are() -> None:
    # 50 + 30 − 90 + 4 + 1 = −5      40 + 30 − 95 + 4 + 1 = −20      20 + 10 + 60 + 2 + 8 = 100
    assert total(account(FIGURES, PEOPLE).emissions).values.tolist() == [[-5.0, -20.0], [100.0, 90.0]]


def test_the_country_is_the_sum_of_its_municipalities() -> None:
    country = national(account(FIGURES, PEOPLE).emissions)
    assert country.at(Sector.AGRICULTURE, 2020) == -30.0
    assert total(account(FIGURES, PEOPLE).emissions).sum(axes.MUNICIPALITY).values.tolist() == [95.0, 70.0]


def test_a_group_of_one_is_the_municipality_itself() -> None:
    figures = account(FIGURES, PEOPLE).emissions
    assert of_group(figures, ["147"]).values.tolist() == figures.select(municipality="147").values.tolist()


def test_an_account_that_adds_up_has_no_findings() -> None:
    assert check(account(FIGURES, PEOPLE)) == ()


@given(difference=st.floats(-1.0, 1.0))
def test_rounding_up_to_a_tonne_is_no_finding(difference: float) -> None:
    assert check(_off_by(difference * 0.999)) == ()


@given(difference=st.floats(1.01, 1e6), sign=st.sampled_from([-1.0, 1.0]))
def test_more_than_a_tonne_is_a_finding_that_names_the_place(difference: float, sign: float) -> None:
    (finding,) = check(_off_by(sign * difference))
    assert (finding.code, finding.place) == ("total-differs-from-sectors", "147/2021")
    with pytest.raises(InputError):
        raise_errors([finding])


def test_the_finding_shows_both_figures() -> None:
    (finding,) = check(_off_by(9.0))
    assert finding.what.en == "The sectors add up to 90.0 t, but the total is 99.0 t."
    assert finding.what.da == "Sektorerne giver 90,0 t, men Samlet er 99,0 t."


def test_a_hole_is_not_checked_and_hides_no_other_fault() -> None:
    holed = {code: [list(row) for row in rows] for code, rows in FIGURES.items()}
    holed["101"][0][0] = np.nan
    made = account(holed, PEOPLE, missing={("101", "energy", 2020): NotationKey.NOT_ESTIMATED})
    assert not made.is_complete
    assert check(made) == ()
    wrong = made.published_total.values.copy()
    wrong[1, 1] += 5.0
    published = Series(wrong, made.published_total.axes, units.TONNES, SEEN, made.published_total.missing)
    assert [finding.place for finding in check(Account(made.emissions, published, made.population))] == ["147/2021"]
    with pytest.raises(CoverageError, match="101/energy/2020: The value is missing"):
        national(made.emissions)


def test_the_two_look_alike_totals_are_told_apart() -> None:
    """The trap of the source: a second total that leaves out negative agriculture (50 + 30 + 4 + 1 = 85, not −5)."""
    made = account(FIGURES, PEOPLE)
    wrong = made.published_total.values.copy()
    wrong[0, 0] = 85.0
    published = Series(wrong, made.published_total.axes, units.TONNES, SEEN)
    assert [finding.place for finding in check(Account(made.emissions, published, made.population))] == ["101/2020"]


@pytest.mark.parametrize("part", ["published_total", "population", "sectors"])
def test_parts_that_do_not_fit_together_are_refused(part: str) -> None:
    made = account(FIGURES, PEOPLE)
    sectors, published, population = made.emissions, made.published_total, made.population
    if part == "published_total":
        published = published.take(axes.YEAR, (2021, 2020))
    elif part == "population":
        population = population.take(axes.MUNICIPALITY, ("101",))
    else:
        sectors = sectors.take(axes.SECTOR, tuple(reversed(SECTORS.labels)))
    with pytest.raises(AxisError):
        Account(sectors, published, population)


def test_an_account_knows_its_codes_and_years() -> None:
    made = account(FIGURES, PEOPLE)
    assert (made.codes, made.years, made.last_year, made.is_complete) == (("101", "147"), (2020, 2021), 2021, True)


def test_the_same_figures_have_the_same_fingerprint_whenever_they_were_fetched() -> None:
    from dataclasses import replace
    from datetime import date

    made = account(FIGURES, PEOPLE)
    later = replace(made.emissions, provenance=replace(SEEN, retrieved=date(2026, 11, 24)))
    assert fingerprint(made) == fingerprint(Account(later, made.published_total, made.population))
    newer = replace(made.emissions, provenance=replace(SEEN, version="2"))
    assert fingerprint(made) != fingerprint(Account(newer, made.published_total, made.population))


@given(st.integers(0, 1), st.integers(0, 4), st.integers(0, 1), st.floats(0.1, 1e6))
def test_any_figure_that_moves_moves_the_fingerprint(row: int, sector: int, year: int, by: float) -> None:
    moved = {code: [list(values) for values in rows] for code, rows in FIGURES.items()}
    moved[("101", "147")[row]][sector][year] += by
    assert fingerprint(account(moved, PEOPLE)) != fingerprint(account(FIGURES, PEOPLE))


def test_missing_and_zero_have_different_fingerprints() -> None:
    zero, hole = ({code: [list(row) for row in rows] for code, rows in FIGURES.items()} for _ in range(2))
    zero["101"][0][0], hole["101"][0][0] = 0.0, np.nan
    kinds = {
        fingerprint(account(zero, PEOPLE)),
        *(fingerprint(account(hole, PEOPLE, missing={("101", "energy", 2020): key})) for key in NotationKey),
    }
    assert len(kinds) == 1 + len(NotationKey)


def _off_by(difference: float) -> Account:
    """The account with the total of 147 in 2021 (10 + 15 + 55 + 3 + 7 = 90) off by so much."""
    sectors = emissions(FIGURES)
    published = total(sectors).values.copy()
    published[1, 1] += difference
    span = sectors.axis(axes.YEAR)
    return Account(sectors, Series(published, (codes("101", "147"), span), units.TONNES, SEEN), people(PEOPLE))
