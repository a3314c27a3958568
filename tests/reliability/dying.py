"""Run as a program: work that is killed at random moments, and after each a look at what lies in the database.

It prints a line of JSON for each kill: whether the work was still going on, and what was found.
"""

from __future__ import annotations

import json
import math
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import django

SEED = 20261124
FIGURES_OF_A_SNAPSHOT = 98 * 6 * 7
"""Municipalities, years of the reference account, and five sectors with the total and the population."""


def main(work: str, first: int, kills: int) -> None:
    django.setup()
    from reliability import planning

    prepare, do, look = {
        "import": (made_whole, imported, after_import),
        "rebuild": (made_stale, rebuilt, after_rebuild),
        "import-in-two-parts": (made_whole, half_imported, after_import),
        "save": (planning.made, planning.saved, planning.after_save),
        "save-in-two-parts": (planning.made, planning.half_saved, planning.after_save),
        "publish": (planning.made, planning.published, planning.after_publish),
        "workbook": (planning.made, planning.applied, planning.after_workbook),
        "role": (planning.made, planning.role_given, planning.after_role),
    }[work]
    dice = random.Random(SEED)
    shortest = math.inf
    for number in range(first, first + kills):
        let_through = number == first
        prepare(let_through)
        before = look(number)
        # the first one is let through and says how long the work takes
        took = killed(lambda number=number: do(number), None if let_through else dice.uniform(0.0, shortest))
        alone()
        after = look(number)
        if after == "after":
            shortest = min(shortest, took)
        print(json.dumps({"before": before, "after": after}), flush=True)  # noqa: T201


def killed(work: Callable[[], None], after: float | None) -> float:
    """Do the work in a process of its own and kill it after some seconds; says how long it lived."""
    from django.db import connections

    connections.close_all()
    began = time.monotonic()
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert status == 0 or os.WTERMSIG(status) == signal.SIGKILL
    return time.monotonic() - began


def alone() -> None:
    """Wait until the server has noticed that the other one is gone."""
    from django.db import connection

    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND backend_type = 'client backend'"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.02)


def account(number: int):  # type: ignore[no-untyped-def]
    """The reference account, fetched on another day, with more from the energy of the first municipality."""
    from klimaplan.domain.inventory.account import SECTORS, Account, total
    from klimaplan.domain.series import Series
    from klimaplan.reference import load

    kept = load.account()
    values = kept.emissions.values.copy()
    values[0, SECTORS.position("energy"), -1] += 1000.0 * (number + 1)
    seen = kept.emissions.provenance
    assert seen.retrieved is not None
    seen = replace(seen, retrieved=seen.retrieved.replace(day=20))
    emissions = Series(values, kept.emissions.axes, kept.emissions.unit, seen)
    return Account(emissions, total(emissions), kept.population)


def imported(number: int) -> None:
    from klimaplan.cli.account import _import

    _import(account(number))


def half_imported(number: int) -> None:
    """What must not be: the snapshot without the pages that follow from it."""
    from klimaplan.web.inventories.services import import_account

    import_account(account(number))
    os.kill(os.getpid(), signal.SIGKILL)


def after_import(number: int) -> str:
    """``before`` or ``after`` the import of that number; ``between`` for anything else."""
    from django.db import transaction
    from django.db.models import Count

    from klimaplan.domain.inventory.account import fingerprint
    from klimaplan.web.audit.models import Event
    from klimaplan.web.audit.selectors import verify
    from klimaplan.web.inventories.models import Snapshot
    from klimaplan.web.public.services import rebuild

    sha256 = fingerprint(account(number))
    there = Snapshot.objects.filter(sha256=sha256).exists()
    whole = {count for (count,) in Snapshot.objects.annotate(n=Count("figures")).values_list("n")}
    with transaction.atomic():
        stale = rebuild()
        transaction.set_rollback(True)
    told = Event.objects.filter(object_kind="snapshot", object_key=sha256).count()
    if verify() or stale or whole != {FIGURES_OF_A_SNAPSHOT} or told != there:
        return "between"
    return "after" if there else "before"


def made_whole(first: bool) -> None:
    """What other work may have left behind is no matter of this one."""
    if first:
        rebuilt(0)


def made_stale(first: bool) -> None:
    from klimaplan.web.public.models import Picture

    Picture.objects.update(digest="stale")


def rebuilt(number: int) -> None:
    from klimaplan.web.public.services import rebuild

    rebuild()


def after_rebuild(number: int) -> str:
    from klimaplan.web.public.models import Picture

    stale = Picture.objects.filter(digest="stale").count()
    return {0: "after", Picture.objects.count(): "before"}.get(stale, "between")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
