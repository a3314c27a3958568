"""Another e-mail for an account: confirmed from the new address, told to the old one, and saying nothing of others."""

from __future__ import annotations

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.test import Client

from klimaplan.web.accounts import services
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.moving import services as moving
from klimaplan.web.audit.models import Event
from web.reading import page

PASSWORD = "torsk-cykel-lampe-42"
WHERE = "/konto/e-mail/"


@pytest.fixture
def signed_in(member: User) -> Client:
    client = Client()
    assert client.post("/konto/log-ind/", {"login": member.email, "password": PASSWORD}).status_code == 302
    return client


def link_in(letter: mail.EmailMessage) -> str:
    [found] = re.findall(r"http://testserver(\S+)", letter.body)
    return found


def test_the_new_address_logs_in_once_its_link_was_opened_and_the_old_one_is_told(
    member: User, signed_in: Client
) -> None:
    assert signed_in.post(WHERE, {"email": "Kaja.Ny@example.org"})["Location"] == "/konto/"
    [letter] = mail.outbox
    assert letter.to == ["kaja.ny@example.org"]
    link = link_in(letter)
    # nothing has changed yet
    assert Client().post("/konto/log-ind/", {"login": "kaja.ny@example.org", "password": PASSWORD}).status_code == 200
    said = page(signed_in.get(link)).one("main").text
    assert "kaja.ny@example.org i stedet for kaja@example.org" in said
    assert signed_in.post(link)["Location"] == "/konto/"
    assert mail.outbox[-1].to == ["kaja@example.org"]
    assert mail.outbox[-1].subject == "Din e-mail er blevet ændret"
    assert Client().post("/konto/log-ind/", {"login": "kaja.ny@example.org", "password": PASSWORD}).status_code == 302
    assert Client().post("/konto/log-ind/", {"login": "kaja@example.org", "password": PASSWORD}).status_code == 200
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("kaja.ny@example.org", True, True)
    ]
    # works once
    assert signed_in.post(link).status_code == 422
    told = Event.objects.filter(what__startswith="person.email").order_by("seq")
    assert [each.what for each in told] == ["person.email-asked-for", "person.email-changed"]
    assert "@" not in repr([each.__dict__ for each in told])


def test_an_address_with_an_account_gets_the_same_answer_and_a_letter_without_a_link(
    member: User, signed_in: Client
) -> None:
    services.add_person(by=None, email="bo@example.org", name="Bo", language="da", password=PASSWORD)
    answers = [signed_in.post(WHERE, {"email": email}) for email in ("bo@example.org", "free@example.org")]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, "/konto/")] * 2
    taken, free = mail.outbox
    assert (taken.subject, taken.to) == (free.subject, ["bo@example.org"])
    assert "http" not in taken.body
    assert "http" in free.body


def test_it_asks_again_who_one_is(member: User, signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: now + 301)
    for answer in (signed_in.get(WHERE), signed_in.post(WHERE, {"email": "x@example.org"})):
        assert answer["Location"].startswith("/konto/bekraeft/?next=")
    assert not mail.outbox


@pytest.mark.parametrize(
    "email", ["", "kaja", "kaja@example.org", "a b@example.org", "x@example.org\nBcc: all@example.org"]
)
def test_what_cannot_be_used_is_refused_beside_the_field_and_kept_there(
    member: User, signed_in: Client, email: str
) -> None:
    answer = signed_in.post(WHERE, {"email": email})
    assert answer.status_code == 422
    assert page(answer).one("p", id="id_email_error").text
    assert not mail.outbox


def test_a_link_of_somebody_else_an_old_one_and_an_invented_one_are_refused_alike(
    member: User, signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = services.add_person(by=None, email="bo@example.org", name="Bo", language="da", password=PASSWORD)
    of_bo = moving.ask_for_email(by=bo, email="bo.ny@example.org")
    own = moving.ask_for_email(by=member, email="kaja.ny@example.org")
    assert own is not None
    said = set()
    for token in (of_bo, "x", own[:-1] + ("a" if own[-1] != "a" else "b")):
        answer = signed_in.post(f"/konto/e-mail/bekraeft/{token}/")
        assert answer.status_code == 422
        said.add(page(answer).one("main").text)
    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 2 * 3600 + 2)
    said.add(page(signed_in.post(f"/konto/e-mail/bekraeft/{own}/")).one("main").text)
    assert len(said) == 1
    assert set(User.objects.values_list("email", flat=True)) == {"kaja@example.org", "bo@example.org"}


def test_who_comes_second_to_an_address_does_not_get_it(member: User, signed_in: Client) -> None:
    own = moving.ask_for_email(by=member, email="new@example.org")
    services.add_person(by=None, email="new@example.org", name="Bo", language="da", password=PASSWORD)
    assert signed_in.post(f"/konto/e-mail/bekraeft/{own}/").status_code == 422
    member.refresh_from_db()
    assert member.email == "kaja@example.org"


def test_nobody_writes_to_many_strangers(member: User, signed_in: Client) -> None:
    answers = [signed_in.post(WHERE, {"email": f"p{number}@example.org"}).status_code for number in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5
