"""People who are signed in, for the load on the workspace; told as JSON. Argument: how many.

Every municipality gets a coordinator, then an action owner, and so on until there are enough. Their sessions are made
without the form, which lets in thirty people a minute from one address.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klimaplan.web.config.settings")
    import django

    django.setup()
    from klimaplan.web.plans.models import Plan

    plans = list(Plan.objects.filter(variant_of=None).select_related("organisation").order_by("pk"))
    print(json.dumps([visitor(number, plans[number % len(plans)], len(plans)) for number in range(count)]))


def visitor(number: int, plan: Any, municipalities: int) -> dict[str, Any]:
    """Somebody with a role, a session, and an action that nobody else changes."""
    from klimaplan.web.accounts import services as accounts
    from klimaplan.web.plans import services

    round_ = number // municipalities
    role = "action_owner" if round_ == 1 else "coordinator"
    user = accounts.add_person(by=None, email=f"nr{number}@load.example", name=f"Nr. {number}", language="da")
    accounts.give_role(by=None, user=user, role=role, organisation=plan.organisation)
    actions = list(plan.parts.filter(kind="action", removed=False).order_by("position"))
    own = actions[round_]
    if role == "action_owner":
        coordinator = plan.organisation.roles.get(role="coordinator", user__email__endswith="@load.example").user
        services.assign_action(part=own, user=user, by=coordinator)
    return {"cookie": session_of(user), "plan": plan.pk, "own": own.key, "actions": [each.key for each in actions]}


def session_of(user: Any) -> list[str]:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return [settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value]


if __name__ == "__main__":
    main(int(sys.argv[1]))
