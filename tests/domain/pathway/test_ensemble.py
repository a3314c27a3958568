"""Ensembles: how sure, how likely, and the same bits whoever does the work."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from domain.killing import killed_once
from domain.made_plan import electric_cars, green, heat_pumps, number, plan, save
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.pathway.ensemble import (
    Ensemble,
    Piece,
    Programme,
    Study,
    assumptions_that_matter,
    draw,
    draw_programme,
)
from klimaplan.domain.pathway.target import LevelTarget
from klimaplan.domain.plan import evaluate, study_of
from klimaplan.domain.uncertainty.distributions import Triangular, Uniform

UNSURE = (
    save("a", Uniform(0.2, 0.4)),
    heat_pumps("b", Triangular(0.3, 0.5, 0.6)),
    green("c", Uniform(0.1, 0.9)),
    electric_cars("d", Uniform(10.0, 30.0)),
)


def study(*, draws: int = 2000, seed: int = 5, code: str = "101", targets: Sequence[LevelTarget] = ()) -> Study:
    return replace(study_of(evaluate(plan(UNSURE, targets)), draws=draws, seed=seed), code=code)


def same(one: Ensemble, other: Ensemble) -> bool:
    """Bit by bit."""
    shares = one.quantiles.keys() == other.quantiles.keys() and all(
        np.array_equal(one.quantiles[share].values, other.quantiles[share].values) for share in one.quantiles
    )
    return shares and np.array_equal(one.mean.values, other.mean.values) and one.chances == other.chances


def test_one_uniform_saving_has_the_quantiles_of_its_share() -> None:
    ensemble = draw(study_of(evaluate(plan([save("a", Uniform(0.0, 1.0))])), draws=4000, seed=1))
    last = {share: series.at(2033) for share, series in ensemble.quantiles.items()}
    # between nought and all of the 100 t of homes goes: 260 − 100 · share
    assert last == pytest.approx({0.05: 165.0, 0.5: 210.0, 0.95: 255.0}, abs=0.2)
    assert ensemble.mean.at(2033) == pytest.approx(210.0, abs=0.05)


def test_the_chance_of_a_target_is_the_share_of_draws_within_it() -> None:
    homes = LevelTarget(2033, 200.0)
    energy = LevelTarget(2030, 100.0, (Sector.ENERGY,))
    outcome = evaluate(plan([save("a", Uniform(0.0, 1.0))], [homes, energy]))
    chances = {
        (each.limit.year, each.limit.scope): each for each in draw(study_of(outcome, draws=4000, seed=1)).chances
    }
    # 260 − 100 · share ≤ 200 from a share of 0.6 on; 140 − 100 · share ≤ 100 from 0.4 on
    assert chances[2033, tuple(Sector)].probability == pytest.approx(0.4, abs=0.005)
    assert chances[2030, (Sector.ENERGY,)].probability == pytest.approx(0.6, abs=0.005)
    assert 0.0 < chances[2033, tuple(Sector)].standard_error < 0.01


def test_the_same_seed_gives_the_same_bits_and_another_gives_others() -> None:
    assert same(draw(study()), draw(study()))
    assert not same(draw(study()), draw(study(seed=6)))


def test_municipalities_draw_independently() -> None:
    one, other = draw(study(code="101")), draw(study(code="147"))
    assert not np.array_equal(one.quantiles[0.5].values, other.quantiles[0.5].values)


def test_a_shared_driver_moves_all_municipalities_together() -> None:
    def spread(*, shared: bool) -> float:
        share = number("policy", Uniform(0.0, 1.0), shared=shared)
        alone = save("a", 0.1)
        unsure = replace(alone, levers=(replace(alone.levers[0], size=share),))  # type: ignore[arg-type]
        outcome = evaluate(plan([unsure]))
        studies = [replace(study_of(outcome, draws=500, seed=1), code=str(code)) for code in range(101, 141)]
        together = draw_programme(studies).together
        assert together is not None
        return together.quantiles[0.95].at(2033) - together.quantiles[0.05].at(2033)

    # forty municipalities: 40 times the width of one when they move together, about √40 times when they do not
    assert spread(shared=True) == pytest.approx(40 * 90.0, rel=0.01)
    assert spread(shared=False) < 40 * 90.0 / 3


def test_the_assumption_that_matters_most_is_named_first() -> None:
    found = assumptions_that_matter(study(draws=4000), year=2033)
    # from end to end: green power 0.8 of some 55 t of power (40, the pumps' 7 and the cars' 8), 44 t; the cars 20 times
    # 2 t less the power they use, 36 t; the savings 0.2 of the 100 t, of which the pumps would have taken half, 10 t
    assert found.ranked()[:2] == ("c.share", "d.cars")
    assert found.ranked()[-1] in {"a.share", "b.share"}
    assert sum(index.first for index in found.indices.values()) == pytest.approx(1.0, abs=0.1)


# -- spread over workers -----------------------------------------------------------------------------------------

STUDIES = [study(draws=200, code=str(code)) for code in range(101, 131)]


def same_programme(one: Programme, other: Programme) -> bool:
    assert one.together is not None
    assert other.together is not None
    pairs = zip((*one.ensembles, one.together), (*other.ensembles, other.together), strict=True)
    return len(one.ensembles) == len(STUDIES) and all(same(*pair) for pair in pairs)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_a_pool_of_any_size_gives_the_bits_of_the_loop(workers: int) -> None:
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        assert same_programme(draw_programme(STUDIES, spread=pool.map), draw_programme(STUDIES))


def test_a_worker_killed_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "killed"

    def tried_again(_work: object, pieces: Iterable[Sequence[Study]]) -> Iterator[Piece]:
        """The pieces of a broken pool go to a new one, as a cluster does."""
        waiting = list(pieces)
        for _attempt in range(2):
            try:
                with ProcessPoolExecutor(2, mp_context=get_context("forkserver")) as pool:
                    return iter(list(pool.map(killed_once(mark), waiting)))
            except BrokenProcessPool:
                continue
        raise AssertionError("killed more than once")

    again = draw_programme(STUDIES, spread=tried_again)
    assert mark.exists(), "somebody was killed"
    assert same_programme(again, draw_programme(STUDIES))


def test_no_municipality_gives_no_ensemble() -> None:
    assert draw_programme([]) == Programme((), None)
