"""Run as a program: processes that record events at the same time, or one that does so without a transaction."""

from __future__ import annotations

import multiprocessing
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klimaplan.web.config.settings")


def record_many(process: int, events: int) -> None:
    from django.db import transaction

    from klimaplan.web.audit.services import record

    for number in range(events):
        with transaction.atomic():
            record(by=None, what="test.recorded", object_kind="process", object_key=f"{process}/{number}", label="test")


def at_the_same_time(processes: int, events: int) -> None:
    crowd = multiprocessing.get_context("fork")
    started = [crowd.Process(target=record_many, args=(process, events)) for process in range(processes)]
    for each in started:
        each.start()
    for each in started:
        each.join()
    assert [each.exitcode for each in started] == [0] * processes


def without_a_transaction() -> None:
    from django.db import transaction

    from klimaplan.web.audit.services import record

    try:
        record(by=None, what="test.recorded", object_kind="process", object_key="alone")
    except transaction.TransactionManagementError as refused:
        sys.stdout.write(f"{refused}\n")


if __name__ == "__main__":
    django.setup()
    if sys.argv[1:]:
        at_the_same_time(*map(int, sys.argv[1:]))
    else:
        without_a_transaction()
