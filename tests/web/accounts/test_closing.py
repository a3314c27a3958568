"""Closing one's account, what is left of it, and opening it again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.utils import timezone

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts import services
from klimaplan.web.accounts.closing import services as closing
from klimaplan.web.accounts.models import Invitation, RoleAssignment, User
from klimaplan.web.audit.models import Event
from klimaplan.web.organisations.selectors import organisation
from web.reading import page

Make = Callable[..., User]
PASSWORD = "torsk-cykel-lampe-42"
WHERE = "/konto/luk/"


def signed_in(email: str = "kaja@example.org") -> Client:
    client = Client()
    assert client.post("/konto/log-ind/", {"login": email, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def administrator(person: Make) -> Client:
    user = person("Asger", administrator="kl")
    TOTP.activate(user, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    client = Client()
    client.force_login(user)
    return client


def test_a_closed_account_keeps_the_name_and_forgets_the_rest(member: User) -> None:
    client, phone = signed_in(), signed_in()
    services.give_role(
        by=None, user=member, role="reader", organisation=organisation("dragoer"),
        valid_to=timezone.localdate() + timedelta(90),
    )  # fmt: skip
    services.invite(by=None, email=member.email, role="reader", organisation=organisation("koebenhavn"))
    TOTP.activate(member, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    assert client.post(WHERE, {}).status_code == 422
    assert User.objects.get(pk=member.pk).is_active
    done = client.post(WHERE, {"sure": "on"})
    assert done["Location"] == "/konto/lukket/"
    kept = User.objects.get(pk=member.pk)
    assert (kept.name, kept.email, kept.is_active) == ("Kaja", f"closed-{member.pk}@account.invalid", False)
    assert not kept.has_usable_password()
    assert "kaja@example.org" not in repr([list(model.objects.values()) for model in (
        User, EmailAddress, Authenticator, Invitation, Event
    )])  # fmt: skip
    assert not Authenticator.objects.exists()
    # the assignments stay and say until when
    assert {each.valid_to for each in RoleAssignment.objects.filter(user=member)} == {timezone.localdate()}
    assert not Invitation.objects.filter(withdrawn_at__isnull=True).exists()
    for device in (client, phone):
        assert device.get("/konto/").status_code == 302
    assert Client().post("/konto/log-ind/", {"login": "kaja@example.org", "password": PASSWORD}).status_code == 200
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (["kaja@example.org"], "Din konto er lukket")
    told = Event.objects.order_by("-seq").values_list("what", flat=True)[:4]
    assert "person.account-closed" in told
    assert Event.objects.filter(what="role.ended", by_label="Kaja").count() == 2


def test_closing_asks_again_who_one_is(member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = signed_in(), time.time()
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: now + 301)
    assert client.post(WHERE, {"sure": "on"})["Location"].startswith("/konto/bekraeft/?next=")
    assert User.objects.get(pk=member.pk).is_active


def test_the_last_administrator_stays(person: Make) -> None:
    asger = person("Asger", administrator="kl")
    with pytest.raises(InputError, match="only administrator"):
        closing.close_account(by=asger)
    person("Anna", administrator="kl")
    closing.close_account(by=asger)
    assert not User.objects.get(pk=asger.pk).is_active


def test_an_administrator_opens_it_again_under_an_address_of_today_and_without_roles(
    member: User, administrator: Client
) -> None:
    signed_in().post(WHERE, {"sure": "on"})
    shown = page(administrator.get("/personer/lukkede-konti/")).one("main").text
    assert "Kaja" in shown
    assert "account.invalid" not in shown
    opened = administrator.post("/personer/lukkede-konti/", {"person": member.pk, "email": "Kaja2@example.org"})
    assert opened["Location"] == "/personer/lukkede-konti/"
    kept = User.objects.get(pk=member.pk)
    assert (kept.email, kept.is_active, kept.closed_at) == ("kaja2@example.org", True, None)
    assert mail.outbox[-1].to == ["kaja2@example.org"]
    # the way of the letter: a new password for the address
    client = Client()
    client.post("/konto/adgangskode/glemt/", {"email": "kaja2@example.org"})
    [link] = re.findall(r"http://testserver(\S+)", mail.outbox[-1].body)
    path = client.get(link, follow=True).redirect_chain[-1][0]
    new = "gulerod-trappe-himmel-7"
    assert client.post(path, {"password1": new, "password2": new}).status_code == 302
    back = Client()
    assert back.post("/konto/log-ind/", {"login": "kaja2@example.org", "password": new}).status_code == 302
    assert back.get("/personer/hvidovre/").status_code in (200, 403)
    assert not RoleAssignment.objects.filter(user=member, valid_to__isnull=True).exists()


@pytest.mark.parametrize(
    ("email", "status"), [("", 422), ("bo@example.org", 422), ("x", 422), ("new@example.org", 302)]
)
def test_an_address_that_is_none_or_taken_is_refused(
    member: User, administrator: Client, email: str, status: int
) -> None:
    services.add_person(by=None, email="bo@example.org", name="Bo", language="da", password=PASSWORD)
    closing.close_account(by=member)
    answer = administrator.post("/personer/lukkede-konti/", {"person": member.pk, "email": email})
    assert answer.status_code == status
    assert User.objects.get(pk=member.pk).is_active == (status == 302)


def test_an_account_that_is_open_cannot_be_taken_over_by_opening_it(member: User, administrator: Client) -> None:
    answer = administrator.post("/personer/lukkede-konti/", {"person": member.pk, "email": "mine@example.org"})
    assert answer.status_code == 404
    assert User.objects.get(pk=member.pk).email == "kaja@example.org"
