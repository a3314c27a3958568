"""Run as a program: one form of one link sent by several threads at once. What it finds is written as JSON."""

from __future__ import annotations

import json
import os
import sys
import threading
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klimaplan.web.config.settings")

SENDERS = 8


def main() -> None:
    from django.db import connections

    from klimaplan.web.accounts.models import RoleAssignment, User
    from klimaplan.web.audit.models import Event
    from klimaplan.web.audit.selectors import verify
    from klimaplan.web.organisations.models import Organisation
    from klimaplan.web.plans import services as plans
    from klimaplan.web.plans.models import PartRevision, PlanPart
    from klimaplan.web.progress import services
    from klimaplan.web.progress.models import Report

    organisation = Organisation.objects.get(slug="hvidovre")
    user = User.objects.create(email="kaja@example.org", name="Kaja")
    RoleAssignment.objects.create(user=user, role="coordinator", organisation=organisation, valid_from=date(2024, 1, 1))
    plan = plans.create_plan(organisation=organisation, title="Plan", by=user)
    part = plans.add_part(plan=plan, kind="action", content={"key": "a01", "title": "Tiltag"}, by=user)
    token = services.make_link(plan=plan, action="a01", recipient="Ole", days=7, by=user).token
    said = services.Said("done", 2026, 4.0, "km", barrier_kind="legal", barrier="Lokalplanen mangler.")
    failed: list[str] = []

    def send() -> None:
        try:
            services.report(token=token, said=said, base_version=part.version, form="0" * 32)
        except Exception as error:
            failed.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(SENDERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    found = {
        "failed": failed,
        "reports": Report.objects.count(),
        "revisions": PartRevision.objects.filter(part=part).count(),
        "barriers": PlanPart.objects.filter(plan=plan, kind="barrier").count(),
        "events": Event.objects.filter(what="link.reported").count(),
        "audit": [finding.code for finding in verify()],
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    django.setup()
    main()
