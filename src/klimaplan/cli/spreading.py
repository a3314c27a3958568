"""How the work of many municipalities is spread: in this process, over a pool of processes, or on a Dask cluster.

All three hand back the same results in the same order. A few pieces are begun ahead of the one that is waited for and
no more, so that memory does not grow with the number of municipalities.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_all_start_methods, get_context
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from klimaplan.domain.errors import Finding, InputError, KlimaplanError, Text
from klimaplan.domain.pathway.ensemble import Piece, Spread, Study

if TYPE_CHECKING:  # an optional extra
    from distributed import Client

Work = Callable[[Sequence[Study]], Piece]

AHEAD = 2
"""Pieces begun for each worker: one that it does, and one that lies ready."""

TRIES = 3
"""How often workers may be killed without any result in between."""

PATIENCE_S = 10.0
"""How long a scheduler may take to answer, and to have a worker."""

SHARED = ("klimaplan.domain.pathway.ensemble", "scipy.special")
"""Imported once, before the workers are forked, so that they share the memory of it."""


@contextmanager
def spread(workers: int | None, scheduler: str | None, *, municipalities: int | None = None) -> Iterator[Spread]:
    """What spreads the pieces of a programme, ready for `draw_programme`.

    Parameters
    ----------
    workers : 1 works in this process; None takes as many as there are processors
    scheduler : address of a Dask scheduler, as in ``"tcp://10.0.0.5:8786"``; None stays on this machine
    municipalities : how many there are, for the bar that a terminal shows

    Raises
    ------
    InputError : workers and scheduler contradict each other, or the scheduler cannot be used
    KlimaplanError : while it works: workers were killed too often
    """
    if scheduler is not None:
        if workers is not None:
            raise InputError(_both_given())
        with _client(scheduler) as client:
            yield _shown(_Cluster(client), municipalities)
        return
    if workers is not None and workers < 1:
        raise InputError(_no_workers(workers))
    count = workers or _processors()
    if count == 1:
        yield _shown(map, municipalities)
        return
    pool = _Pool(count)
    try:
        yield _shown(pool, municipalities)
    finally:
        pool.close()


class _Begun(Protocol):
    """A piece that somebody works on."""

    def result(self) -> Piece: ...


class _Pool:
    """Processes of this machine; a class for the executor, which is a new one after a worker was killed."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None

    def __call__(self, work: Work, pieces: Iterable[Sequence[Study]], /) -> Iterator[Piece]:
        rest, waiting, begun = iter(pieces), deque[Sequence[Study]](), deque[Future[Piece]]()
        tries = 0
        while True:
            waiting.extend(islice(rest, AHEAD * self._workers - len(waiting)))
            if not waiting:
                return
            try:
                begun.extend(self._begin(work, piece) for piece in islice(waiting, len(begun), None))
                done = begun[0].result()
            except BrokenProcessPool:
                tries += 1
                if tries == TRIES:
                    raise KlimaplanError(_workers_killed("--workers", tries)) from None
                self.close()
                begun.clear()
                continue
            tries = 0
            waiting.popleft()
            begun.popleft()
            yield done

    def _begin(self, work: Work, piece: Sequence[Study]) -> Future[Piece]:
        if self._executor is None:
            method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
            context = get_context(method)
            if method == "forkserver":
                context.set_forkserver_preload(list(SHARED))
            self._executor = ProcessPoolExecutor(self._workers, context, initializer=_leave_interrupts)
        return self._executor.submit(work, piece)

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


class _Cluster:
    """Workers of a Dask cluster, which gives the pieces of a lost worker to another by itself."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def __call__(self, work: Work, pieces: Iterable[Sequence[Study]], /) -> Iterator[Piece]:
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        rest, begun = iter(pieces), deque[_Begun]()
        try:
            while True:
                threads: int = sum(self._client.nthreads().values())  # type: ignore[no-untyped-call]
                wanted = AHEAD * max(1, threads) - len(begun)
                begun.extend(self._client.submit(work, piece, pure=False) for piece in islice(rest, max(0, wanted)))
                if not begun:
                    return
                yield begun.popleft().result()
        except KilledWorker:
            raise KlimaplanError(_workers_killed("--scheduler")) from None
        except (FutureCancelledError, OSError) as lost:
            raise KlimaplanError(_scheduler_lost(str(lost))) from None


@contextmanager
def _client(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise InputError(_extra_missing()) from None
    try:
        _knock(scheduler)
        client = Client(scheduler, timeout=PATIENCE_S)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError, TypeError) as refused:
        raise InputError(_scheduler_unreachable(scheduler, str(refused))) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_S)
        except TimeoutError:
            raise InputError(_no_workers_there(scheduler)) from None
        yield client


def _knock(address: str) -> None:
    """Whether somebody answers there. A client that finds nobody is left half made, and can stop the next one."""
    place = urlsplit(address if "://" in address else f"tcp://{address}")
    if place.hostname is None or place.port is None:
        raise ValueError("host:port?")
    socket.create_connection((place.hostname, place.port), timeout=PATIENCE_S).close()


def _shown(inner: Spread, municipalities: int | None) -> Spread:
    """The same, with a bar on a terminal while it goes on."""

    def counted(work: Work, pieces: Iterable[Sequence[Study]], /) -> Iterable[Piece]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        console = Console(file=sys.stderr)
        if not console.is_terminal:
            yield from inner(work, pieces)
            return
        with Progress(
            BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True
        ) as progress:
            bar = progress.add_task("", total=municipalities)
            for done in inner(work, pieces):
                progress.advance(bar, len(done[0]))
                yield done

    return counted


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; the one that was called tells the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _both_given() -> Finding:
    return Finding(
        "workers-and-scheduler", "--workers",
        Text("Arbejdet kan ikke både fordeles på denne maskine og på en klynge.",
             "The work cannot be spread both on this machine and on a cluster."),
        Text("", ""),
        Text("Udelad enten --workers eller --scheduler.", "Leave out either --workers or --scheduler."),
    )  # fmt: skip


def _no_workers(workers: int) -> Finding:
    return Finding(
        "workers-too-few", "--workers",
        Text(f"{workers} processer kan ikke arbejde.", f"{workers} processes can do no work."),
        Text("", ""),
        Text("Angiv 1 eller flere.", "Give 1 or more."),
    )  # fmt: skip


def _workers_killed(place: str, times: int | None = None) -> Finding:
    da, en = (f" {times} gange i træk", f" {times} times in a row") if times else (" flere gange", " several times")
    return Finding(
        "workers-killed", place,
        Text(f"En arbejdsproces blev standset{da} midt i arbejdet.",
             f"A worker was killed{en} in the middle of its work."),
        Text("Som regel fordi hukommelsen slap op.", "Usually because memory ran out."),
        Text("Brug færre processer eller færre udtræk (--draws).", "Use fewer workers or fewer draws (--draws)."),
    )  # fmt: skip


def _extra_missing() -> Finding:
    return Finding(
        "cluster-extra-missing", "--scheduler",
        Text("Dask er ikke installeret.", "Dask is not installed."),
        Text("Uden det kan arbejdet ikke fordeles på en klynge.", "Without it the work cannot be spread on a cluster."),
        Text("Installér klimaplan[cluster], eller brug --workers.", "Install klimaplan[cluster], or use --workers."),
    )  # fmt: skip


def _scheduler_unreachable(address: str, said: str) -> Finding:
    line = said.partition("\n")[0]
    return Finding(
        "scheduler-unreachable", "--scheduler",
        Text(f"Klyngen på {address} svarer ikke ({line}).", f"The cluster at {address} does not answer ({line})."),
        Text("", ""),
        Text("Ret adressen (tcp://vært:port), eller start klyngen.",
             "Mend the address (tcp://host:port), or start the cluster."),
    )  # fmt: skip


def _no_workers_there(address: str) -> Finding:
    return Finding(
        "cluster-without-workers", "--scheduler",
        Text(f"Klyngen på {address} har ingen arbejdsprocesser.", f"The cluster at {address} has no workers."),
        Text("", ""),
        Text("Start mindst én (dask worker).", "Start at least one (dask worker)."),
    )  # fmt: skip


def _scheduler_lost(said: str) -> Finding:
    line = said.partition("\n")[0]
    return Finding(
        "scheduler-lost", "--scheduler",
        Text(f"Forbindelsen til klyngen blev afbrudt ({line}).", f"The connection to the cluster was lost ({line})."),
        Text("Beregningen er ikke færdig.", "The calculation is not finished."),
        Text("Kør den igen: samme frø giver samme tal.", "Run it again: the same seed gives the same figures."),
    )  # fmt: skip
