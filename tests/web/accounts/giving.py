"""Run as a program: several processes that do the same to people at once; writes what came of it as JSON."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klimaplan.web.config.settings")

WORKERS = 8


def give(number: int) -> None:
    """Everybody gives the same role to the same person."""
    from klimaplan.web.accounts import selectors, services
    from klimaplan.web.organisations.models import Organisation

    by, user = selectors.person(f"kaja{number % 2}@example.org"), selectors.person("bo@example.org")
    assert user is not None
    services.give_role(by=by, user=user, role="reader", organisation=Organisation.objects.get(slug="hvidovre"))


def accept(number: int) -> None:
    """Everybody opens the same link."""
    from klimaplan.web.accounts import services

    services.accept_invitation(token=os.environ["TOKEN"], name=f"N{number}", password="torsk-cykel-lampe-42")


def close(number: int) -> None:
    """All administrators close their account."""
    from klimaplan.web.accounts import selectors
    from klimaplan.web.accounts.closing import services

    by = selectors.person(f"admin{number}@example.org")
    assert by is not None
    services.close_account(by=by)


def prepare() -> None:
    from klimaplan.web.accounts import services
    from klimaplan.web.accounts.models import RoleAssignment, User
    from klimaplan.web.organisations.models import Organisation

    hvidovre, kl = (Organisation.objects.get(slug=slug) for slug in ("hvidovre", "kl"))

    def person(email: str, role: str = "", where: Any = None) -> None:
        user = User.objects.create(email=email, name=email)
        if role:
            RoleAssignment.objects.create(user=user, role=role, organisation=where, valid_from=date(2024, 1, 1))

    person("bo@example.org")
    for number in range(2):
        person(f"kaja{number}@example.org", "coordinator", hvidovre)
    for number in range(WORKERS):
        person(f"admin{number}@example.org", "administrator", kl)
    made = services.invite(by=None, email="ny@example.org", role="reader", organisation=hvidovre)
    os.environ["TOKEN"] = made.token


def at_once(work: Callable[[int], None]) -> Counter[str]:
    """What each process met: ``done``, or the finding it was refused with."""
    from django.db import connections

    connections.close_all()
    context: Any = multiprocessing.get_context("fork")
    told, start = context.Queue(), context.Barrier(WORKERS)

    def run(number: int) -> None:
        from klimaplan.domain.errors import KlimaplanError

        start.wait()
        try:
            work(number)
        except KlimaplanError as refused:
            told.put(refused.findings[0].code)
        except BaseException as failed:  # told to whoever started it
            told.put(repr(failed))
        else:
            told.put("done")

    processes = [context.Process(target=run, args=(number,)) for number in range(WORKERS)]
    for each in processes:
        each.start()
    answers = Counter(told.get(timeout=60) for _ in processes)
    for each in processes:
        each.join()
    return answers


def main() -> None:
    django.setup()
    from klimaplan.web.accounts.models import RoleAssignment, User
    from klimaplan.web.audit.models import Event
    from klimaplan.web.audit.selectors import verify

    prepare()
    found = {name: at_once(work) for name, work in {"give": give, "accept": accept, "close": close}.items()}
    readers = RoleAssignment.objects.filter(role="reader")
    sys.stdout.write(json.dumps({
        **found,
        "roles": sorted(readers.values_list("user__email", flat=True)),
        "people": User.objects.filter(email="ny@example.org").count(),
        "administrators": User.objects.filter(email__startswith="admin", is_active=True).count(),
        "given": Event.objects.filter(what="role.given").count(),
        "verify": [finding.code for finding in verify()],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
