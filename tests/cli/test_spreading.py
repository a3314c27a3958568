"""Loop, processes and a real cluster: the same bits, also when a worker is killed; and what they refuse."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cli.running import Ran
from domain.killing import killed_once
from domain.made_plan import electric_cars, green, heat_pumps, plan, save
from klimaplan.cli import programme
from klimaplan.cli.spreading import TRIES, spread
from klimaplan.domain.errors import InputError, KlimaplanError
from klimaplan.domain.pathway.ensemble import (
    Piece,
    Programme,
    Spread,
    Study,
    draw_piece,
    draw_programme,
)
from klimaplan.domain.plan import evaluate, study_of
from klimaplan.domain.uncertainty.distributions import Triangular, Uniform
from klimaplan.domain.uncertainty.sample import Sampling

OUTCOME = evaluate(
    plan([
        save("a", Uniform(0.2, 0.4)),
        heat_pumps("b", Triangular(0.3, 0.5, 0.6)),
        green("c", Uniform(0.1, 0.9)),
        electric_cars("d", Uniform(10.0, 30.0)),
    ])
)  # fmt: skip
STUDIES = [replace(study_of(OUTCOME, draws=200, seed=5), code=str(code)) for code in range(101, 161)]
"""Eight pieces: more than are begun at once."""


def bits(drawn: Programme) -> list[bytes]:
    assert drawn.together is not None
    return [
        values.tobytes()
        for ensemble in (*drawn.ensembles, drawn.together)
        for values in (ensemble.mean.values, *(series.values for series in ensemble.quantiles.values()))
    ]


SOBOL = [replace(study, draws=64, sampling=Sampling.SOBOL) for study in STUDIES[:16]]
"""Two pieces of points whose dimensions are handed out anew in every process."""

IN_A_LOOP = bits(draw_programme(STUDIES))


def killing(inner: Spread, mark: Path) -> Spread:
    """The same spread, except that the first process that begins a piece is killed."""
    return lambda _work, pieces: inner(killed_once(mark), pieces)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a Dask cluster of two processes on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as local:
        yield local.scheduler_address


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_processes_gives_the_bits_of_the_loop(workers: int) -> None:
    with spread(workers, None) as over:
        assert bits(draw_programme(STUDIES, spread=over)) == IN_A_LOOP


def test_a_process_killed_in_the_middle_changes_no_bit(tmp_path: Path) -> None:
    with spread(2, None) as over:
        assert bits(draw_programme(STUDIES, spread=killing(over, tmp_path / "killed"))) == IN_A_LOOP
    assert (tmp_path / "killed").exists(), "somebody was killed"


def test_a_cluster_gives_the_bits_of_the_loop_also_when_a_worker_is_killed(cluster: str, tmp_path: Path) -> None:
    with spread(None, cluster) as over:
        assert bits(draw_programme(STUDIES, spread=over)) == IN_A_LOOP
        assert bits(draw_programme(SOBOL, spread=over)) == bits(draw_programme(SOBOL))
        assert bits(draw_programme(STUDIES, spread=killing(over, tmp_path / "killed"))) == IN_A_LOOP
    assert (tmp_path / "killed").exists(), "somebody was killed"


def test_sobol_points_are_the_same_bits_in_processes_and_not_those_of_the_hypercube() -> None:
    with spread(2, None) as over:
        assert bits(draw_programme(SOBOL, spread=over)) == bits(draw_programme(SOBOL))
    usual = [replace(study, sampling=Sampling.LATIN_HYPERCUBE) for study in SOBOL]
    assert bits(draw_programme(SOBOL)) != bits(draw_programme(usual))


def test_pieces_are_taken_only_a_few_ahead() -> None:
    taken = 0

    def counted() -> Iterator[Sequence[Study]]:
        nonlocal taken
        for at in range(20):
            taken = at + 1
            yield STUDIES[:1]

    with spread(2, None) as over:
        results = iter(over(draw_piece, counted()))
        next(results)
        assert taken == 4, "two for each process"
        next(results)
        assert taken == 5


# -- what goes wrong ---------------------------------------------------------------------------------------------


def die(_studies: Sequence[Study]) -> Piece:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def test_workers_that_are_killed_again_and_again_are_given_up_with_a_reason() -> None:
    with spread(2, None) as over, pytest.raises(KlimaplanError) as refused:
        list(over(die, [STUDIES[:1]]))
    (finding,) = refused.value.findings
    assert finding.code == "workers-killed"
    assert f"killed {TRIES} times in a row" in finding.message("en")


def test_what_a_worker_refuses_arrives_as_its_finding() -> None:
    with spread(2, None) as over, pytest.raises(InputError) as refused:
        draw_programme([replace(STUDIES[0], draws=0)], spread=over)
    assert [finding.code for finding in refused.value.findings] == ["sample-no-draws"]


@pytest.mark.parametrize(
    ("workers", "scheduler", "code"),
    [
        (0, None, "workers-too-few"),
        (2, "tcp://127.0.0.1:8786", "workers-and-scheduler"),
        (None, "nowhere", "scheduler-unreachable"),
        (None, "tcp://127.0.0.1:1", "scheduler-unreachable"),
    ],
)
def test_what_cannot_work_is_refused(
    monkeypatch: pytest.MonkeyPatch, workers: int | None, scheduler: str | None, code: str
) -> None:
    monkeypatch.setattr("klimaplan.cli.spreading.PATIENCE_S", 0.5)
    with pytest.raises(InputError) as refused, spread(workers, scheduler):
        pass
    assert [finding.code for finding in refused.value.findings] == [code]


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)  # as where it is not installed
    with pytest.raises(InputError, match=r"klimaplan\[cluster\]"), spread(None, "tcp://127.0.0.1:8786"):
        pass


# -- the command -------------------------------------------------------------------------------------------------


def test_a_plan_of_one_saving_has_its_pathway_and_its_quantiles() -> None:
    one = plan([save("a", Uniform(0.0, 1.0))])
    with spread(1, None) as over:
        record = programme.as_record(programme.run_programme([one, one], draws=4000, seed=1, spread=over))
    first, _second = record["municipalities"]  # type: ignore[misc]
    # 260 t, of which between nought and all of the 100 t of homes goes
    assert (first["actions"], first["baseline"]["2033"], first["pathway"]["2033"]) == (1, 260.0, 210.0)
    last = {name: series["2033"] for name, series in first["quantiles"].items()}
    assert last == pytest.approx({"p05": 165.0, "p50": 210.0, "p95": 255.0}, abs=0.2)
    # the same municipality twice draws the same twice
    assert record["together"]["quantiles"]["p50"]["2033"] == pytest.approx(420.0, abs=0.4)  # type: ignore[index]


def test_the_command_answers_for_all_municipalities_and_says_that_it_is_invented(here: Callable[..., Ran]) -> None:
    answer = here("plan", "programme", "--draws", "20", "--seed", "3", "--workers", "1", "--json").answer
    assert answer["demo"]
    assert (answer["draws"], answer["seed"], answer["unit"]) == (20, 3, "t CO2e")
    assert len({each["code"] for each in answer["municipalities"]}) == 98
    for each in answer["municipalities"]:
        assert 40 <= each["actions"] <= 100
        assert each["quantiles"]["p05"]["2050"] < each["quantiles"]["p50"]["2050"] < each["quantiles"]["p95"]["2050"]
    # the means add up, whatever moves together
    assert sum(each["mean"]["2050"] for each in answer["municipalities"]) == pytest.approx(
        answer["together"]["mean"]["2050"], rel=1e-9
    )


def test_draws_are_refused_before_anything_is_computed(here: Callable[..., Ran]) -> None:
    assert here("plan", "programme", "--draws", "0").refusal.endswith("Use at least one.")


def test_a_terminal_sees_how_far_it_is_and_a_pipe_does_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for forced, seen in (("1", "60/60"), ("", "")):
        monkeypatch.setenv("FORCE_COLOR", forced)
        with spread(1, None, municipalities=len(STUDIES)) as over:
            draw_programme(STUDIES, spread=over)
        told = capsys.readouterr()
        assert told.out == ""
        assert seen in told.err if seen else told.err == ""
