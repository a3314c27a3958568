import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.errors import InputError
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.pathway.target import (
    ALL_BUT_AGRICULTURE,
    ALL_SECTORS,
    BaseYear,
    IntensityTarget,
    LevelTarget,
    ReductionTarget,
    Target,
    allowed_by_year,
    common_base,
    require_valid,
    sectors_of,
)

BASE = BaseYear(1990, 1000.0, "plan")
FARMS = (Sector.AGRICULTURE,)


def reduction(
    percent: float, *, year: int = 2030, base: BaseYear = BASE, scope: tuple = ALL_SECTORS
) -> ReductionTarget:
    return ReductionTarget(year, base, percent, scope)


def codes_of(targets: list[Target], *, after: int = 2023) -> list[str]:
    with pytest.raises(InputError) as caught:
        require_valid(targets, after=after)
    return [finding.code for finding in caught.value.findings]


# -- arithmetic --------------------------------------------------------------------------------------------------


def test_a_reduction_is_counted_from_its_base_year() -> None:
    assert reduction(70.0).allowed == pytest.approx(300.0)
    assert reduction(100.0).allowed == 0.0
    assert reduction(110.0).allowed == pytest.approx(-100.0)


def test_an_intensity_is_counted_with_the_people_of_the_target_year() -> None:
    # 1.5 t per inhabitant for 40,000 inhabitants
    assert IntensityTarget(2030, 1.5, 40_000.0).allowed == 60_000.0


@given(st.floats(1.0, 1e8), st.floats(0.1, 200.0))
def test_allowed_and_reduced_add_up_to_the_base(tonnes: float, percent: float) -> None:
    allowed = reduction(percent, base=BaseYear(1990, tonnes, "plan")).allowed
    assert allowed + tonnes * percent / 100.0 == pytest.approx(tonnes)


def test_targets_by_sector_add_up_where_they_cover_every_sector_once() -> None:
    # Tønder's shape: agriculture −55 % of 60 = 27, the rest −70 % of 40 = 12
    farms = reduction(55.0, base=BaseYear(1990, 60.0, "plan"), scope=FARMS)
    rest = reduction(70.0, base=BaseYear(1990, 40.0, "plan"), scope=ALL_BUT_AGRICULTURE)
    assert allowed_by_year([farms, rest, LevelTarget(2050, 0.0)]) == pytest.approx({2030: 39.0, 2050: 0.0})


def test_a_year_in_which_a_sector_has_no_target_has_no_overall_target() -> None:
    assert allowed_by_year([LevelTarget(2030, 10.0, FARMS)]) == {}


def test_the_base_of_all_sectors_is_known_where_the_targets_agree_on_one() -> None:
    assert common_base([reduction(70.0), reduction(100.0, year=2045)]) == BASE
    assert common_base([LevelTarget(2050, 0.0)]) is None
    assert common_base([reduction(70.0), reduction(100.0, year=2045, base=BaseYear(2018, 900.0, "plan"))]) is None
    assert common_base([reduction(55.0, scope=FARMS)]) is None


def test_the_base_of_sector_targets_does_not_depend_on_their_order() -> None:
    bases = (0.1, 0.2, 0.3, 0.4, 0.5)
    rows = [
        reduction(70.0, base=BaseYear(1990, tonnes, "plan"), scope=(sector,))
        for sector, tonnes in zip(Sector, bases, strict=True)
    ]
    later = [reduction(90.0, year=2040, base=row.base, scope=row.scope) for row in reversed(rows)]
    assert common_base([*rows, *later]) == BaseYear(1990, 1.5, "plan")


@pytest.mark.parametrize(
    ("scope", "key"),
    [(ALL_SECTORS, "total"), (FARMS, "agriculture"), ((Sector.ENERGY, Sector.WASTE), "energy+waste")],
)
def test_a_scope_has_a_stable_key(scope: tuple, key: str) -> None:
    assert sectors_of(scope) == key


# -- faults ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", [reduction(70.0), LevelTarget(2050, -5.0), IntensityTarget(2024, 1.0, 1.0)])
def test_a_sound_target_passes(target: Target) -> None:
    require_valid([target], after=2023)


@pytest.mark.parametrize("year", [2018, 2023, 2051, 9999])
def test_a_target_lies_ahead_of_the_account_and_not_beyond_2050(year: int) -> None:
    with pytest.raises(InputError, match=f"{year}: A target year must lie between 2024 and 2050") as caught:
        require_valid([LevelTarget(year, 0.0)], after=2023)
    assert [finding.code for finding in caught.value.findings] == ["target-year-not-ahead"]


@pytest.mark.parametrize("percent", [0.0, -10.0, 200.1, 7000.0])
def test_a_percentage_out_of_range_is_a_slip(percent: float) -> None:
    assert codes_of([reduction(percent)]) == ["reduction-out-of-range"]


@pytest.mark.parametrize("tonnes", [0.0, -8_013.1])
def test_percent_of_zero_or_less_is_refused_with_the_way_out(tonnes: float) -> None:
    with pytest.raises(
        InputError, match=r"A percentage of zero or less has no meaning\. Set a target in tonnes instead"
    ):
        require_valid([reduction(70.0, base=BaseYear(2018, tonnes, "account"))], after=2023)


@pytest.mark.parametrize("year", [2030, 2040])
def test_the_base_year_lies_before_the_target_year(year: int) -> None:
    assert codes_of([reduction(70.0, base=BaseYear(year, 1000.0, "plan"))]) == ["base-year-after-target"]


def test_two_targets_for_one_sector_and_year_overlap() -> None:
    with pytest.raises(InputError) as caught:
        require_valid([LevelTarget(2030, 10.0, FARMS), LevelTarget(2030, 20.0)], after=2023)
    assert [(finding.code, finding.place) for finding in caught.value.findings] == [
        ("targets-overlap", "2030/agriculture")
    ]


def test_every_fault_is_said_at_once() -> None:
    faulty = [
        LevelTarget(2020, 0.0),
        reduction(0.0),
        reduction(50.0, year=2040, base=BaseYear(2045, -1.0, "plan")),
        LevelTarget(2030, 1.0, FARMS),
    ]
    assert sorted(codes_of(faulty)) == [
        "base-year-after-target",
        "base-year-not-positive",
        "reduction-out-of-range",
        "target-year-not-ahead",
        "targets-overlap",
    ]


def test_every_fault_is_said_in_danish_too() -> None:
    with pytest.raises(InputError) as caught:
        require_valid([LevelTarget(2020, 0.0), LevelTarget(2020, 0.0, FARMS)], after=2023)
    assert [finding.message("da") for finding in caught.value.findings] == [
        "2020: Et målår skal ligge fra 2024 til 2050. Vælg et år, som regnskabet endnu ikke har nået, og senest 2050.",
        "2020: Et målår skal ligge fra 2024 til 2050. Vælg et år, som regnskabet endnu ikke har nået, og senest 2050.",
        "2020/agriculture: To mål gælder for samme sektor og år. Behold ét af dem.",
    ]
