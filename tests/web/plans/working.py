"""Run as a program: many people who work on one plan at the same time, as threads or as processes of their own.

What it finds in the end is written as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klimaplan.web.config.settings")

Work = Callable[[int, int, int], None]

ROUNDS = 5
BASE = {"key": "a01", "title": "Fælles tiltag"}


def made() -> tuple[int, int]:
    """A person and a plan with one action."""
    from klimaplan.web.accounts.models import RoleAssignment, User
    from klimaplan.web.organisations.models import Organisation
    from klimaplan.web.plans import services

    organisation = Organisation.objects.get(slug="hvidovre")
    user, new = User.objects.get_or_create(email="kaja@example.org", name="Kaja")
    if new:
        RoleAssignment.objects.create(
            user=user, role="coordinator", organisation=organisation, valid_from=date(2024, 1, 1)
        )
    plan = services.create_plan(organisation=organisation, title="Fælles plan", by=user)
    services.add_part(plan=plan, kind="action", content=BASE, by=user)
    return user.pk, plan.pk


def own_field(user: int, plan: int, worker: int) -> None:
    """Each changes a field of their own in the same action, and puts the others' changes together with it."""
    for number in range(1, ROUNDS + 1):
        _write(user, plan, lambda content, n=number: _observed(content, worker, n))


def same_field(user: int, plan: int, worker: int) -> None:
    """All add a word to the same text; who comes too late reads it anew, as one does with both before the eyes."""
    for number in range(ROUNDS):
        _write(user, plan, lambda content, n=number: {
            **content, "description": f"{content.get('description', '')} w{worker}-{n}".strip()
        })  # fmt: skip


def new_parts(user: int, plan: int, worker: int) -> None:
    """All add a part that gets the next number, and all ask once for the same one."""
    from klimaplan.web.accounts.models import User
    from klimaplan.web.plans import services
    from klimaplan.web.plans.models import Plan

    by, of = User.objects.get(pk=user), Plan.objects.get(pk=plan)
    services.add_part(plan=of, kind="commitment", content={"text": "Én"}, by=by, idempotency_key=f"same-{plan}")
    services.add_part(plan=of, kind="vision", content={"text": f"w{worker}"}, by=by)


def endlessly(user: int, plan: int) -> None:
    """Change and publish until somebody kills the process; every answer is written down."""
    from klimaplan.web.accounts.models import User
    from klimaplan.web.plans import services
    from klimaplan.web.plans.models import Plan, PlanPart

    by, of, number = User.objects.get(pk=user), Plan.objects.get(pk=plan), 0
    while True:
        number += 1
        part = PlanPart.objects.get(plan=of, kind="action")
        content = {**part.content, "description": f"{number}"}
        part = services.change_part(part=part, content=content, expected_version=part.version, by=by)
        version = services.name_version(plan=of, name=f"{number}", by=by)
        sys.stdout.write(f"{part.version} {version.number} {version.sha256}\n")
        sys.stdout.flush()


def _write(user: int, plan: int, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    from klimaplan.web.accounts.models import User
    from klimaplan.web.plans import services
    from klimaplan.web.plans.models import PlanPart

    by, part = User.objects.get(pk=user), PlanPart.objects.select_related("plan").get(plan=plan, kind="action")
    begun, mine = part.version, change(part.content)
    try:
        services.change_part(part=part, content=mine, expected_version=begun, by=by)
        return
    except services.Stale as stale:
        clash = stale.clash
    while True:
        choices: dict[str, Any] = {}
        if clash.overlaps:
            mine, begun = change(clash.theirs or {}), clash.current_version
            choices = {overlap.field: "mine" for overlap in clash.overlaps}
        try:
            services.merge_part(
                part=part, content=mine, base_version=begun, expected_version=clash.current_version, by=by,
                choices=choices,
            )  # fmt: skip
            return
        except services.Stale as again:
            clash = again.clash


def _observed(content: dict[str, Any], worker: int, number: int) -> dict[str, Any]:
    known = {**content.get("known", {})}
    known["observed"] = {**known.get("observed", {}), str(2030 + worker): float(number)}
    return {**content, "known": known}


def crowd(work: Work, user: int, plan: int, workers: int, how: str) -> None:
    from django.db import connections

    if how == "processes":
        connections.close_all()
        kind: Any = multiprocessing.get_context("fork").Process
    else:
        kind = threading.Thread
    failed: list[BaseException] = []

    def run(worker: int) -> None:
        try:
            work(user, plan, worker)
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            connections.close_all()

    started = [kind(target=run, args=(worker,)) for worker in range(workers)]
    for each in started:
        each.start()
    for each in started:
        each.join()
    assert not failed
    assert all(getattr(each, "exitcode", 0) == 0 for each in started)


def found(plan: int) -> dict[str, Any]:
    from klimaplan.web.audit.selectors import verify
    from klimaplan.web.plans.models import PartRevision, Plan, PlanPart, PlanVersion
    from klimaplan.web.plans.versions.selectors import is_intact

    parts = PlanPart.objects.filter(plan=plan)
    action = parts.get(kind="action")
    last = {each.part_id: each for each in PartRevision.objects.filter(part__in=parts).order_by("version")}
    return {
        "action": action.content,
        "version": action.version,
        "visions": sorted(parts.filter(kind="vision").values_list("key", flat=True)),
        "commitments": parts.filter(kind="commitment").count(),
        "revision": Plan.objects.get(pk=plan).revision,
        "revisions": PartRevision.objects.filter(part=action).count(),
        "torn": [str(each) for each in parts if (last[each.pk].version, last[each.pk].content) != (
            each.version, each.content)],
        "versions": list(PlanVersion.objects.filter(plan=plan).values_list("number", "sha256")),
        "broken": [each.number for each in PlanVersion.objects.filter(plan=plan) if not is_intact(each)],
        "audit": [finding.code for finding in verify()],
    }  # fmt: skip


WORK: dict[str, Work] = {"own-field": own_field, "same-field": same_field, "new-parts": new_parts}

if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "make":
        sys.stdout.write(json.dumps(made()))
    elif sys.argv[1] == "endlessly":
        endlessly(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "found":
        sys.stdout.write(json.dumps(found(int(sys.argv[2]))))
    else:
        by, of = made()
        crowd(WORK[sys.argv[1]], by, of, int(sys.argv[2]), sys.argv[3])
        sys.stdout.write(json.dumps(found(of)))
