"""A session ends after hours, for some roles after one without use, and is written with the event that tells of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.test import Client

from klimaplan.web.accounts import services
from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event

Make = Callable[..., User]
PASSWORD = "torsk-cykel-lampe-42"


def with_app(user: User) -> Client:
    TOTP.activate(user, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    client = Client()
    client.force_login(user)
    client.get("/konto/")
    return client


def moved(client: Client, **seconds: float) -> None:
    """As if it were so many seconds later."""
    session = client.session
    for name, ago in seconds.items():
        session[name] -= ago
    session.save()


@pytest.mark.parametrize(("minutes", "in_still"), [(59, True), (61, False)])
def test_who_needs_a_second_factor_is_out_after_an_hour_without_use(person: Make, minutes: int, in_still: bool) -> None:
    client = with_app(person(secretariat="kl"))
    moved(client, seen=minutes * 60)
    answer = client.get("/personer/kl/")
    if in_still:
        assert answer.status_code == 200
        return
    assert answer["Location"] == "/konto/log-ind/?next=/personer/kl/"
    assert client.get("/konto/").status_code == 302
    assert Event.objects.order_by("seq").last().what == "session.expired"  # type: ignore[union-attr]


def test_use_keeps_it_open_and_is_noted_once_a_minute(person: Make) -> None:
    client = with_app(person(secretariat="kl"))
    for _ in range(3):
        moved(client, seen=40 * 60)
        assert client.get("/konto/").status_code == 200
    noted = client.session["seen"]
    client.get("/konto/")
    assert client.session["seen"] == noted


def test_other_roles_may_be_away_for_longer(person: Make) -> None:
    client = with_app(person(coordinator="hvidovre"))
    moved(client, seen=7 * 3600)
    assert client.get("/konto/").status_code == 200


@pytest.mark.parametrize("role", [{"coordinator": "hvidovre"}, {"secretariat": "kl"}])
def test_nobody_is_in_for_more_than_eight_hours_however_much_they_do(person: Make, role: dict[str, str]) -> None:
    client = with_app(person(**role))
    moved(client, begun=8 * 3600 - 60)
    assert client.get("/konto/").status_code == 200
    moved(client, begun=61)
    # what was being sent is not sent again by itself
    assert client.post("/konto/", {"name": "X", "language": "da"})["Location"] == "/konto/log-ind/?next=/konto/"
    assert not Session.objects.exists()


def test_an_open_page_ends_nothing_and_asks_nothing(person: Make, site: Client) -> None:
    client = with_app(person(secretariat="kl"))
    moved(client, seen=3 * 3600)
    assert client.get("/om/").status_code == 200
    assert Session.objects.count() == 1


def failing(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """The log fails at an event of that kind."""
    real = services.note

    def note(*, by: Any, what: str) -> None:
        if what == wanted:
            raise RuntimeError("the log failed")
        real(by=by, what=what)

    wanted = what
    monkeypatch.setattr(services, "note", note)


def test_without_its_event_nobody_is_signed_in(member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, "session.begun")
    client = Client()
    with suppress(RuntimeError):
        client.post("/konto/log-ind/", {"login": member.email, "password": PASSWORD})
    assert not Session.objects.exists()
    assert client.get("/konto/").status_code == 302
    member.refresh_from_db()
    assert member.last_login is None


def test_without_its_event_no_second_factor_is_removed_and_no_password_changed(
    member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.post("/konto/log-ind/", {"login": member.email, "password": PASSWORD})
    TOTP.activate(member, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    before = member.password
    for event, path, form in (
        ("second-factor.app-removed", "/konto/to-trin/app/fjern/", {}),
        ("password.changed", "/konto/adgangskode/",
         {"oldpassword": PASSWORD, "password1": "gulerod-trappe-himmel-7", "password2": "gulerod-trappe-himmel-7"}),
    ):  # fmt: skip
        with pytest.MonkeyPatch.context() as broken:
            failing(broken, event)
            with suppress(RuntimeError):
                client.post(path, form)
    member.refresh_from_db()
    assert Authenticator.objects.filter(user=member).count() == 1
    assert member.password == before


def test_the_clock_of_a_session_starts_when_one_signs_in(member: User, client: Client) -> None:
    client.post("/konto/log-ind/", {"login": member.email, "password": PASSWORD})
    assert 0 <= time.time() - client.session["begun"] < 30
