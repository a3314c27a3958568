"""People with tokens, a plan of Hvidovre with something of every kind in it, and a program that asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from klimaplan.reference.load import set_in_force
from klimaplan.web.accounts import services as accounts
from klimaplan.web.accounts.models import User
from klimaplan.web.certification.models import Case, Commitment, Judged, Question, Revision, StepTaken
from klimaplan.web.certification.revisions.selectors import JUDGED
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.organisations.departments import services as departments
from klimaplan.web.plans import services
from klimaplan.web.plans.evidence import store
from klimaplan.web.plans.models import EvidenceFile, Plan
from klimaplan.web.progress import services as progress
from klimaplan.web.tokens.scopes import Scope
from klimaplan.web.tokens.services import make_token
from web.plans.conftest import (
    action,
    fixed,
    grounded,
    home,
    kaja,
    karl,
    person,
    plan,
)
from web.plans.conftest import people as everybody

__all__ = ["action", "fixed", "grounded", "home", "kaja", "karl", "plan"]

EVERY_SCOPE = tuple(str(scope) for scope in Scope)


@dataclass
class Program:
    """Asks in somebody's name, with a token that has some scopes; without a person with no token at all."""

    user: User | None = None
    scopes: tuple[str, ...] = EVERY_SCOPE
    headers: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        if self.user is not None:
            made = make_token(by=self.user, name="test", scopes=self.scopes, days=30)
            self.headers["Authorization"] = f"Bearer {made.secret}"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        given = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        ways = {"data": body, "content_type": "application/json"} if body is not None else {}
        if isinstance(body, dict) and "file!" in body:
            ways = {"data": {("file" if name == "file!" else name): value for name, value in body.items()}}
        return getattr(self.client, method.lower())(f"/api/v1{path}", headers=given, **ways)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.ask("POST", path, {} if body is None else body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.ask("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("DELETE", path, **headers)


@pytest.fixture(scope="module")
def people(grounded: None, django_db_blocker: DjangoDbBlocker) -> SimpleNamespace:
    """One person for every role, each with a second factor, so that the roles alone decide."""
    made = everybody.__wrapped__(grounded, django_db_blocker)
    made.lead = person("lead", dgo_lead="dgo-hovedstaden")
    for user in vars(made).values():
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return made


@pytest.fixture(autouse=True)
def attempts_forgotten() -> Iterator[None]:
    caches["default"].clear()
    yield
    caches["default"].clear()


@pytest.fixture
def things(plan: Plan, kaja: User, home: Any, people: SimpleNamespace) -> SimpleNamespace:
    """The plan with an action, one that was removed, a published version, and something of all else."""
    part = services.add_part(
        plan=plan, kind="action", content=action(lever=[fixed("II.1.1/passenger_cars", 100.0)]), by=kaja
    )
    gone = services.add_part(plan=plan, kind="action", content=action("a02"), by=kaja)
    published = services.publish_version(plan=plan, by=kaja)
    services.remove_part(part=gone, expected_version=1, by=kaja)
    variant = services.create_variant(plan=plan, title="Variant", by=kaja)
    comment = services.comment(plan=plan, text="Se her", by=kaja)
    task = services.add_task(plan=plan, title="Ring", due=date(2027, 1, 1), by=kaja)
    services.add_evidence(plan=plan, content=b"Referat", name="referat.txt", by=kaja)
    done = services.add_task(plan=plan, title="Skriv", due=date(2027, 1, 1), by=kaja)
    services.complete_task(task=done, by=kaja)
    services.assign_action(part=part, user=people.contact, by=kaja)
    link = progress.make_link(plan=plan, action="a01", recipient="Vej og Park", days=30, by=kaja).grant
    hvidovre = organisations.organisation("hvidovre")
    invited = accounts.invite(by=kaja, email="ny@example.org", role="reader", organisation=hvidovre).invitation
    plan.refresh_from_db()
    return SimpleNamespace(
        plan=plan, part=part, gone=gone, published=published, variant=variant, comment=comment, task=task, link=link,
        invitation=invited, done=done, keeper=people.contact, reporter=people.owner,
        department=departments.add_department(organisation=hvidovre, name="Vej og Park", by=kaja),
        role=people.reader.roles.get(), file=EvidenceFile.objects.get(plan=plan).sha256,
    )  # fmt: skip


@pytest.fixture
def certified(things: SimpleNamespace, kaja: User, people: SimpleNamespace) -> SimpleNamespace:
    """The same with a case that waits for replies, one under review, and a revision that only needs to be closed."""
    now, named = timezone.now(), services.name_version(plan=things.plan, name="Svar", by=kaja)
    services.add_part(plan=things.plan, kind="vision", content={"text": "Nyere end det"}, by=kaja)
    things.plan.refresh_from_db()
    answered, reviewed = (_case(things, people, state, now) for state in ("reply", "review"))
    Case.objects.filter(pk=answered.pk).update(version=named, steps_taken=2)
    StepTaken.objects.create(
        case=answered, number=2, step="answer", before="reply", after="review", version=named, by=kaja, at=now
    )
    questions = [
        Question.objects.create(case=case, round=1, criterion="K1", text="Hvornår?", by=people.reviewer, at=now)
        for case in (answered, reviewed)
    ]
    letter, _scanned = store.keep(b"Et tilsagn")
    Commitment.objects.create(
        organisation=things.plan.organisation, signed_on=date(2020, 10, 1), case_reference="20/1", recorded_at=now,
        document=EvidenceFile.objects.create(
            plan=things.plan, sha256=letter, kind="txt", size=10, name="tilsagn.txt", scanned=False, at=now
        ),
    )  # fmt: skip
    bente = person("bente", reviewer="concito")
    Authenticator.objects.create(user=bente, type=Authenticator.Type.TOTP, data={"secret": "x"})
    services.name_version(plan=things.variant, name="Ny", by=kaja)
    revision = Revision.objects.create(
        plan=things.variant, old=things.published, causes=[], due_on=date(2027, 1, 1), responsible="Kaja",
        opened_at=now,
    )  # fmt: skip
    for part in things.published.content["parts"]:
        if part["kind"] in JUDGED:
            Judged.objects.create(revision=revision, kind=part["kind"], key=part["key"], fate="continued", at=now)
    return SimpleNamespace(
        **vars(things), answered=answered, reviewed=reviewed, question=questions[0], unsent=questions[1],
        revised=things.variant, revision=revision, colleague=bente, placed=people.contact.roles.get(),
        letter=letter,
    )  # fmt: skip


def _case(things: SimpleNamespace, people: SimpleNamespace, state: str, now: datetime) -> Case:
    """A case of a variant, so that none is open on the plan itself."""
    plan = services.create_variant(plan=things.plan, title=state, by=people.kaja)
    case = Case.objects.create(
        plan=plan, criteria=set_in_force(date(2026, 11, 24)).slug, state=state, round=1, version=things.published,
        reviewer=people.reviewer, opened_at=now, steps_taken=1,
    )  # fmt: skip
    StepTaken.objects.create(
        case=case, number=1, step="submit", before="drafting", after="submitted", version=things.published, at=now
    )
    return case
