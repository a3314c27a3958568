from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.small import account, by_year
from klimaplan.domain import units
from klimaplan.domain.errors import CoverageError, InputError
from klimaplan.domain.inventory.account import Account, Sector
from klimaplan.domain.inventory.explaining import Detail, Explanation, Known, Part, explain_change
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey

TONNES = st.floats(1.0, 1e7)
YEARS = (2020, 2021)

# per inhabitant the country halves its energy and keeps everything else; 101 grows from 100 to 200 of 400
PEOPLE = {"101": [100, 200], "147": [300, 200]}
FIGURES = {
    "101": [[800, 800], [100, 200], [50, -10], [0, 5], [40, 20]],
    "147": [[800, 400], [100, 200], [50, 50], [5, 5], [40, 20]],
}
NATIONAL = {
    Sector.ENERGY: by_year([1600, 800]),
    Sector.TRANSPORT: by_year([200, 200]),
    Sector.AGRICULTURE: by_year([100, 40]),
    Sector.WASTE: by_year([5, 10]),
    Sector.PROCESSES: by_year([-1, 40]),
}


def explain(**more: object) -> Explanation:
    return explain_change(account(FIGURES, PEOPLE), NATIONAL, code="101", span=YEARS, **more)  # type: ignore[arg-type]


def test_with_the_account_alone_the_change_has_three_parts() -> None:
    # energy 800 → 800: people ×2, nation per head ×1/2, so the remainder is ×1; L = 800
    parts = explain().parts[Sector.ENERGY]
    assert list(parts) == [Part.POPULATION, Part.NATIONAL_DEVELOPMENT, Part.LOCAL_REMAINDER]
    assert list(parts.values()) == pytest.approx([800 * log(2), -800 * log(2), 0.0])
    # transport 100 → 200: people ×2, the rest stays; all of it is people
    assert list(explain().parts[Sector.TRANSPORT].values()) == pytest.approx([100.0, 0.0, 0.0])


@pytest.mark.parametrize(("sector", "why"), [
    (Sector.AGRICULTURE, "The sector is zero or negative"),
    (Sector.WASTE, "The sector is zero or negative"),
    (Sector.PROCESSES, "The national figure of the sector is zero or negative"),
])  # fmt: skip
def test_what_has_no_logarithm_stays_whole_and_says_why(sector: Sector, why: str) -> None:
    found = explain()
    assert found.parts[sector] == {Part.NOT_DECOMPOSED: found.change[sector]}
    assert found.reasons[sector].en.startswith(why)


def test_the_parts_of_all_sectors_add_up() -> None:
    found = explain()
    assert found.total == (0 + 100 - 60 + 5 - 20)
    assert sum(found.by_part().values()) == pytest.approx(found.total)
    assert found.by_part()[Part.NOT_DECOMPOSED] == -60 + 5 - 20
    assert found.by_part()[Part.POPULATION] == pytest.approx(800 * log(2) + 100)
    assert (found.provenance.kind, found.provenance.method) == (Kind.CALCULATED, "decomposition")


def test_detail_replaces_the_country() -> None:
    # 800 → 800: people ×2, heated area ×2 (per head ×1), energy 40 → 20 (per area ×1/4), factor ×2
    area, energy = by_year([10, 20]), by_year([40, 20], unit=units.TERAJOULES)
    parts = explain(detail={Sector.ENERGY: Detail(area, energy)}).parts[Sector.ENERGY]
    assert list(parts) == [Part.POPULATION, Part.ACTIVITY, Part.INTENSITY, Part.FACTOR]
    assert list(parts.values()) == pytest.approx([800 * log(2), 0.0, -800 * log(4), 800 * log(2)])
    parts = explain(detail={Sector.ENERGY: Detail(area)}).parts[Sector.ENERGY]
    assert parts[Part.INTENSITY_AND_FACTOR] == pytest.approx(-800 * log(2))


def test_detail_does_without_the_national_figure() -> None:
    found = explain(detail={Sector.PROCESSES: Detail(by_year([1, 1]))})
    assert Sector.PROCESSES not in found.reasons
    assert sum(found.parts[Sector.PROCESSES].values()) == pytest.approx(-20.0)


def test_known_tonnes_are_taken_from_where_they_hide() -> None:
    known = [
        Known(Part.LOCAL_ACTION, Part.LOCAL_REMAINDER, {Sector.ENERGY: -30.0, Sector.WASTE: -2.0}),
        Known(Part.NATIONAL_POLICY, Part.NATIONAL_DEVELOPMENT, {Sector.ENERGY: -100.0}),
    ]
    found = explain(known=known)
    energy = found.parts[Sector.ENERGY]
    assert energy[Part.LOCAL_ACTION] == -30.0
    assert energy[Part.LOCAL_REMAINDER] == pytest.approx(30.0)
    assert energy[Part.NATIONAL_DEVELOPMENT] == pytest.approx(100.0 - 800 * log(2))
    assert found.parts[Sector.WASTE] == {Part.NOT_DECOMPOSED: 7.0, Part.LOCAL_ACTION: -2.0}
    assert sum(found.by_part().values()) == pytest.approx(found.total)


@given(st.lists(st.tuples(TONNES, TONNES), min_size=15, max_size=15), st.lists(st.integers(1, 10**6), min_size=4,
                                                                              max_size=4))  # fmt: skip
def test_it_always_adds_up_and_looking_back_flips_every_sign(
    pairs: list[tuple[float, float]], people: list[int]
) -> None:
    figures = {"101": [list(pair) for pair in pairs[:5]], "147": [list(pair) for pair in pairs[5:10]]}
    seen: Account = account(figures, {"101": people[:2], "147": people[2:]})
    national = {sector: by_year(list(pair)) for sector, pair in zip(Sector, pairs[10:], strict=True)}
    there = explain_change(seen, national, code="101", span=YEARS)
    back = explain_change(seen, national, code="101", span=YEARS[::-1])
    for sector, parts in there.parts.items():
        largest = max(abs(effect) for effect in parts.values()) + max(figures["101"][list(Sector).index(sector)])
        assert sum(parts.values()) == pytest.approx(there.change[sector], abs=1e-11 * largest)
        assert list(parts.values()) == pytest.approx(
            [-effect for effect in back.parts[sector].values()], abs=1e-11 * largest
        )


def test_a_missing_year_is_not_explained() -> None:
    figures = {**FIGURES, "101": [[800, np.nan], *FIGURES["101"][1:]]}
    holed = account(figures, PEOPLE, missing={("101", "energy", 2021): NotationKey.CONFIDENTIAL})
    with pytest.raises(CoverageError, match="energy/2021"):
        explain_change(holed, NATIONAL, code="101", span=YEARS)
    assert explain_change(holed, NATIONAL, code="147", span=YEARS).total != 0.0


def test_what_does_not_fit_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match="energy/activity/2021"):
        explain(detail={Sector.ENERGY: Detail(by_year([10, 0]))})
    with pytest.raises(InputError, match="has no part factor") as refused:
        explain(known=[Known(Part.POPULATION, Part.FACTOR, {Sector.ENERGY: -1.0})])
    assert [finding.code for finding in refused.value.findings] == [
        "part-not-known-in-tonnes",
        "taken-from-absent-part",
    ]
    with pytest.raises(InputError, match="101/population/2020"):
        explain_change(account(FIGURES, {**PEOPLE, "101": [0, 200]}), NATIONAL, code="101", span=YEARS)
