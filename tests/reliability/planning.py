"""Work on a plan and on roles that is killed, and what is looked for after it."""

from __future__ import annotations

import os
import signal
from datetime import date
from typing import Any

EMAIL = "kaja@example.org"
ROWS = 30
"""New actions in a workbook: enough that some are in and some are not while it is applied."""


def made(first: bool) -> None:
    """A coordinator with a plan that can be published."""
    from klimaplan.web.accounts.models import RoleAssignment, User
    from klimaplan.web.organisations.models import Organisation
    from klimaplan.web.plans import services

    if User.objects.filter(email=EMAIL).exists():
        return
    hvidovre = Organisation.objects.get(slug="hvidovre")
    by = User.objects.create(email=EMAIL, name="Kaja")
    RoleAssignment.objects.create(user=by, role="coordinator", organisation=hvidovre, valid_from=date(2024, 1, 1))
    plan = services.create_plan(organisation=hvidovre, title="Plan", by=by)
    services.add_part(plan=plan, kind="action", content={"key": "a01", "title": "Tiltag"}, by=by)


def there() -> Any:
    """Person, plan and action."""
    from klimaplan.web.accounts.models import User
    from klimaplan.web.plans.models import Plan, PlanPart

    plan = Plan.objects.get(title="Plan", variant_of=None)
    return User.objects.get(email=EMAIL), plan, PlanPart.objects.select_related("plan").get(plan=plan, key="a01")


def saved(number: int) -> None:
    from klimaplan.web.plans import services

    by, _plan, part = there()
    content = {**part.content, "description": f"n{number}"}
    services.change_part(part=part, content=content, expected_version=part.version, by=by)


def half_saved(number: int) -> None:
    """What must not be: the change without its revision and its event."""
    from klimaplan.web.plans.models import PlanPart

    _by, _plan, part = there()
    PlanPart.objects.filter(pk=part.pk).update(
        content={**part.content, "description": f"n{number}"}, version=part.version + 1
    )
    os.kill(os.getpid(), signal.SIGKILL)


def after_save(number: int) -> str:
    from klimaplan.web.plans.models import PartRevision

    _by, plan, part = there()
    last = PartRevision.objects.filter(part=part).order_by("version").last()
    assert last is not None
    told = [each for each in events(plan) if each.what == "plan.part-changed"]
    is_told = any((each.after or {}).get("description") == f"n{number}" for each in told)
    is_there = part.content.get("description") == f"n{number}"
    whole = (last.version, last.content) == (part.version, part.content) and len(told) == part.version - 1
    return found(plan, is_there, is_told, whole=whole)


def published(number: int) -> None:
    from klimaplan.web.plans import services

    by, plan, _part = there()
    services.publish_version(plan=plan, name=f"n{number}", by=by)


def after_publish(number: int) -> str:
    from klimaplan.web.plans.models import PlanVersion
    from klimaplan.web.plans.versions.selectors import is_intact

    _by, plan, _part = there()
    versions = list(PlanVersion.objects.filter(plan=plan))
    is_there = any(each.name == f"n{number}" for each in versions)
    is_told = any((each.after or {}).get("name") == f"n{number}" for each in events(plan))
    return found(plan, is_there, is_told, whole=all(map(is_intact, versions)))


def applied(number: int) -> None:
    from klimaplan.web.plans import services

    by, plan, _part = there()
    actions = "".join(f'[[action]]\nkey = "{key}"\ntitle = "Tiltag {key}"\n' for key in keys(number))
    content = f'format = "klimaplan-plan/1"\n[plan]\nmunicipality = "167"\ntitle = "Plan"\n{actions}'
    services.apply_workbook(
        plan=plan, content=content.encode(), name="p.toml", expected_revision=plan.revision, by=by
    )  # fmt: skip


def after_workbook(number: int) -> str:
    from klimaplan.web.plans.models import PartRevision, PlanPart

    _by, plan, _part = there()
    parts = PlanPart.objects.filter(plan=plan, key__in=keys(number), removed=False).count()
    revisions = PartRevision.objects.filter(part__plan=plan, part__key__in=keys(number)).count()
    told = [each for each in events(plan) if each.what == "plan.workbook-applied"]
    is_told = any(f"action {keys(number)[0]}" in (each.after or {}).get("added", []) for each in told)
    return found(plan, parts > 0, is_told, whole=parts in (0, ROWS) and revisions >= parts)


def role_given(number: int) -> None:
    from klimaplan.web.accounts import services
    from klimaplan.web.organisations.models import Organisation

    user = services.add_person(by=None, email=f"n{number}@example.org", name=f"N{number}", language="da")
    services.give_role(
        by=None, user=user, role="reader", organisation=Organisation.objects.get(slug="hvidovre")
    )  # fmt: skip


def after_role(number: int) -> str:
    """A person and a role are two services; each of them is whole, and the first may be there without the second."""
    from klimaplan.web.accounts.models import RoleAssignment, User
    from klimaplan.web.audit.models import Event
    from klimaplan.web.audit.selectors import verify

    user = User.objects.filter(email=f"n{number}@example.org").first()
    people = set(Event.objects.filter(what="person.added").values_list("object_key", flat=True))
    given = Event.objects.filter(what="role.given").count()
    roles = RoleAssignment.objects.exclude(user__email=EMAIL)
    all_told = people == {str(pk) for pk in User.objects.exclude(email=EMAIL).values_list("pk", flat=True)}
    if verify() or not all_told or given != roles.count():
        return "between"
    return "after" if user is not None and roles.filter(user=user).exists() else "before"


def keys(number: int) -> list[str]:
    return [f"n{number}-{each}" for each in range(ROWS)]


def events(plan: Any) -> list[Any]:
    """What the log tells of a plan; each change of it grows its revision by one."""
    from django.db.models import Q

    from klimaplan.web.audit.models import Event

    own = Q(object_kind="plan", object_key=str(plan.pk)) | Q(object_key__startswith=f"{plan.pk}/")
    return list(Event.objects.filter(own).order_by("seq"))


def found(plan: Any, is_there: bool, is_told: bool, *, whole: bool) -> str:
    from klimaplan.web.audit.selectors import verify

    if verify() or not whole or is_there != is_told or plan.revision != len(events(plan)):
        return "between"
    return "after" if is_there else "before"
