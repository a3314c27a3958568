"""Every address × everybody × reading and sending, held against a table written by hand; a refusal changes nothing."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from klimaplan.reference import load
from klimaplan.web.accounts import services as accounts
from klimaplan.web.accounts.closing import services as closing
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.certification.cases import services as certification
from klimaplan.web.certification.models import Case, Score
from klimaplan.web.certification.reviewing.services import assess_oneself
from klimaplan.web.digest import services as digest
from klimaplan.web.digest.tokens import token_for
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.results import selectors as results
from klimaplan.web.progress import services as progress
from web.accounts.crossing import Row, addresses, groups, rows
from web.plans.conftest import action

HOMES = {
    "coordinator": "hvidovre", "action_owner": "hvidovre", "department_contact": "hvidovre", "reader": "hvidovre",
    "council_secretary": "hvidovre", "dgo_adviser": "dgo-hovedstaden", "dgo_lead": "dgo-hovedstaden",
    "reviewer": "concito", "c40_signatory": "c40", "analyst": "realdania", "secretariat": "kl", "administrator": "kl",
}  # fmt: skip
LOGIN = "/konto/log-ind/"
NOT_OURS = frozenset({"sessions.session", "usersessions.usersession"})
"""Kept by every visit, whatever it may do."""
TOML = b'format = "klimaplan-plan/1"\n[plan]\nmunicipality = "167"\ntitle = "Fra fil"\n'


@pytest.fixture(scope="module")
def world(
    installed: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    """A plan with something to do at every address, and everybody signed in who can be."""
    kept = override_settings(HOME=tmp_path_factory.mktemp("home"))
    with kept, django_db_blocker.unblock(), transaction.atomic():
        results.forget()
        people = everybody()
        yield SimpleNamespace(
            there=things(people), cookies={name: signed_in(user) for name, user in people.items()}, people=people
        )
        transaction.set_rollback(True)
    results.forget()


def everybody() -> dict[str, User]:
    made = {role: somebody(role, {role: slug}) for role, slug in HOMES.items()}
    made["neighbour"] = somebody("neighbour", {"coordinator": "koebenhavn"})
    made["stranger"] = somebody("stranger", {})
    made["conflicted"] = somebody("conflicted", {"reviewer": "concito"})
    RoleAssignment.objects.create(
        user=made["conflicted"], role="reader", organisation=organisations.organisation("hvidovre"),
        valid_from=date(2020, 1, 1), valid_to=timezone.localdate() - timedelta(30),
    )  # fmt: skip
    return made


def somebody(name: str, roles: Mapping[str, str]) -> User:
    user = User.objects.create(email=f"{name}@example.org", name=name)
    user.set_password("torsk-cykel-lampe-42")
    user.save()
    for role, slug in roles.items():
        RoleAssignment.objects.create(
            user=user, role=role, organisation=organisations.organisation(slug), valid_from=date(2024, 1, 1)
        )
    # everybody has an app, so that only roles make a difference
    TOTP.activate(user, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    return user


def signed_in(user: User) -> str:
    """The cookie of somebody who has shown a moment ago who they are."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return str(session.session_key)


def things(people: Mapping[str, User]) -> dict[str, Any]:
    """Word in the table → what stands in its place."""
    by, hvidovre = people["coordinator"], organisations.organisation("hvidovre")
    plan = plans.create_plan(organisation=hvidovre, title="Klimaplan for Hvidovre", by=by)
    own, _other = (plans.add_part(plan=plan, kind="action", content=action(key), by=by) for key in ("a01", "a02"))
    plans.assign_action(part=own, user=people["action_owner"], by=by)
    plans.add_part(plan=plan, kind="vision", content={"text": "En vision"}, by=by)
    gone = plans.add_part(plan=plan, kind="vision", content={"text": "En til"}, by=by)
    plans.publish_version(plan=plan, by=by)
    plans.remove_part(part=gone, expected_version=1, by=by)
    task = plans.add_task(plan=plan, title="Ring", due=date(2027, 1, 1), by=by, assigned_to=by)
    made = progress.make_link(plan=plan, action="a01", recipient="Ole", days=30, by=by)
    offer = accounts.invite(by=None, email="bo@example.org", role="reader", organisation=hvidovre)
    held = RoleAssignment.objects.get(user=people["reader"])
    comment = plans.comment(plan=plan, text="Se her", by=by)
    evidence = plans.add_evidence(plan=plan, content=b"Referat", name="referat.txt", by=by)
    elsewhere = plans.create_plan(
        organisation=organisations.organisation("koebenhavn"), title="Klimaplan", by=people["neighbour"]
    )
    plans.add_part(plan=elsewhere, kind="action", content=action(), by=people["neighbour"])
    plans.publish_version(plan=elsewhere, by=people["neighbour"])
    digest.set_pace(by=by, pace="daily")
    gone = somebody("gone", {})
    closing.close_account(by=gone)
    case = certification.open_case(plan=plan, by=by)
    for each in load.criteria_set(case.criteria).criteria:
        assess_oneself(case=case, criterion=each.id, score=Score.MET, by=by)
    Case.objects.filter(pk=case.pk).update(version=plan.versions.get())
    plan.refresh_from_db()
    return {
        "case": case.pk,
        "plan": plan.pk, "revision": plan.revision, "the-task": task.pk, "link": made.token, "grant": made.grant.pk,
        "invitation": offer.token, "offer": offer.invitation.pk, "held": held.pk, "comment": comment.pk,
        "evidence": evidence.content["file"], "wish": token_for(by.pk), "gone": gone.pk,
        "upload": lambda: SimpleUploadedFile("notat.txt", b"Notat"),
        "owner": people["department_contact"].pk, "file": base64.b64encode(TOML).decode(),
    }  # fmt: skip


def tally() -> dict[str, int]:
    """How many rows every table has, and how often the plans have been changed."""
    tables = {
        model._meta.label_lower: model._meta.db_table
        for model in apps.get_models(include_auto_created=True) if model._meta.label_lower not in NOT_OURS
    }  # fmt: skip
    if not KNOWN:
        KNOWN.update(connection.introspection.table_names())
    asked = [f"SELECT '{label}', count(*) FROM {table}" for label, table in tables.items() if table in KNOWN]
    asked += [
        "SELECT 'revisions', sum(revision) FROM plans_plan",
        "SELECT 'versions', sum(version) FROM plans_planpart",
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return dict(cursor.fetchall())


KNOWN: set[str] = set()


def answer(world: SimpleNamespace, row: Row, name: str, method: str, address: str) -> HttpResponse:
    client = Client(REMOTE_ADDR=address)
    if name != "anonymous":
        client.cookies[settings.SESSION_COOKIE_NAME] = world.cookies[name]
    ask = client.get if method == "get" else client.post
    return ask(row.path(world.there), row.form(world.there) if method == "post" else {})


@pytest.mark.parametrize(
    ("row", "state"), [pytest.param(row, state, id=f"{row.name}-{state}") for row in rows() for state in row.states]
)
def test_everybody_gets_the_answer_of_the_table_and_a_refusal_changes_nothing(
    world: SimpleNamespace, db: None, row: Row, state: str
) -> None:
    Plan.objects.filter(pk=world.there["plan"]).update(state=state)
    told, before = {}, tally()
    for number, name in enumerate(["anonymous", *world.people], start=1):
        for method, rule in row.asked.items():
            allowed = name in groups()[rule.group, state]
            caches["default"].clear()
            with transaction.atomic():
                response = answer(world, row, name, method, f"10.0.0.{number}")
                changed = tally() != before
                transaction.set_rollback(True)
            led = next((status for group, status in rule.elsewhere if name in groups()[group, state]), None)
            wanted = rule.status if allowed else (led or rule.otherwise or (302 if name == "anonymous" else 403))
            if response.status_code != wanted:
                told[name, method] = (response.status_code, wanted, response.get("Location", ""))
            if not allowed and changed:
                told[name, method] = "changed something"
            if (
                not allowed
                and rule.otherwise is None
                and name == "anonymous"
                and not response.get("Location", "").startswith(LOGIN)
            ):
                told[name, method] = response.get("Location", "")
    assert told == {}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    there = {row.address for row in rows()}
    assert there == addresses()


def test_every_person_of_the_table_is_one_of_the_test() -> None:
    named = {name for people in groups().values() for name in people}
    assert named == {"anonymous", *HOMES, "neighbour", "stranger", "conflicted"}
