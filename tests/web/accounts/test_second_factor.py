"""The second step of signing in: who needs one, how it is set up, used and lost, and that its secrets are sealed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.utils.translation import override

from klimaplan.web.accounts import services
from klimaplan.web.accounts.middleware import ALWAYS_REACHABLE
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.urls import urlpatterns
from klimaplan.web.audit.models import Event
from klimaplan.web.organisations.selectors import organisation
from web.reading import page

Make = Callable[..., User]

PASSWORD = "torsk-cykel-lampe-42"
SET_UP = "/konto/to-trin/"
ADD_APP = "/konto/to-trin/app/tilfoej/"
WITH_SECOND_FACTOR = {"reviewer": "concito", "c40_signatory": "c40", "secretariat": "kl", "administrator": "kl"}


NOW = 1_800_000_000
"""The beginning of a half minute, in seconds since 1970: while a test runs no code gives way to the next."""


def code(secret: str, *, steps: int = 0) -> str:
    """What an app shows now, or some half minutes away (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, NOW // 30 + steps))


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the codes stands still."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: NOW))


def sign_in(client: Client, user: User) -> HttpResponse:
    return client.post("/konto/log-ind/", {"login": user.email, "password": PASSWORD})


def said(response: HttpResponse) -> str:
    return page(response).one("main").text


def add_app(client: Client) -> str:
    secret = page(client.get(ADD_APP)).one("code", class_="secret").text
    done = client.post(ADD_APP, {"code": code(secret)})
    assert done.status_code == 302, said(done)
    return secret


@pytest.fixture
def holder(member: User) -> Callable[[str], User]:
    """Gives the member one more role."""

    def give(role: str) -> User:
        services.give_role(by=None, user=member, role=role, organisation=organisation(WITH_SECOND_FACTOR[role]))
        return member

    return give


def test_codes_are_those_of_the_standard() -> None:
    # RFC 6238, appendix B, SHA-1, the last six digits
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    expected = {59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037"}
    assert {at: format_hotp_value(hotp_value(secret, at // 30)) for at in expected} == expected


@pytest.mark.parametrize("role", list(WITH_SECOND_FACTOR))
def test_a_role_that_asks_for_a_second_factor_lets_nobody_on_without_one(
    holder: Callable[[str], User], client: Client, role: str
) -> None:
    user = holder(role)
    sign_in(client, user)
    for path in ("/konto/", "/konto/logget-ind/", "/personer/hvidovre/", "/konto/adgangskode/", "/en/account/"):
        response = client.get(path)
        wanted = "/en/account/second-factor/" if path.startswith("/en/") else SET_UP
        assert (response.status_code, response["Location"]) == (302, wanted), path
    assert client.post("/personer/kl/", {"email": "x@example.org", "role": "reader"}).status_code == 302
    assert client.get("/api/v1/national").status_code == 403
    assert client.get(SET_UP).status_code == 200
    add_app(client)
    assert client.get("/konto/").status_code == 200
    # another answer: no account of the country has been loaded in this test
    assert client.get("/api/v1/national").status_code == 404


def test_every_address_of_an_account_is_either_for_setting_up_or_closed_until_then(
    holder: Callable[[str], User], client: Client
) -> None:
    user = holder("administrator")
    sign_in(client, user)
    samples = {"slug": "hvidovre", "key": "1", "pk": "1", "token": "x", "uidb36": "1", "provider_id": "elsewhere"}
    asked = 0
    for pattern in urlpatterns:
        if pattern.name in ALWAYS_REACHABLE or pattern.name == "account_reset_password_from_key":
            continue
        with override("da"):
            arguments = {name: samples[name] for name in pattern.pattern.converters}
            path = get_resolver().reverse(pattern.name, **arguments)
        assert client.get(f"/{path.lstrip('/')}").get("Location") == SET_UP, pattern.name
        asked += 1
    assert asked > 12


def test_other_roles_may_do_without(member: User, client: Client) -> None:
    sign_in(client, member)
    assert client.get("/konto/").status_code == 200


def test_whoever_has_an_app_is_asked_for_its_code_before_being_in(member: User, client: Client) -> None:
    sign_in(client, member)
    secret = add_app(client)
    again = Client()
    assert sign_in(again, member)["Location"] == "/konto/to-trin/kode/"
    assert again.get("/konto/").status_code == 302
    assert "Koden er ikke rigtig" in said(again.post("/konto/to-trin/kode/", {"code": "000000"}))
    assert again.get("/konto/").status_code == 302
    assert again.post("/konto/to-trin/kode/", {"code": code(secret)})["Location"] == "/arbejde/"
    assert again.get("/konto/").status_code == 200


def test_a_code_works_once(member: User, client: Client) -> None:
    sign_in(client, member)
    secret = add_app(client)
    used = code(secret)
    first, second = Client(), Client()
    for each in (first, second):
        sign_in(each, member)
    assert first.post("/konto/to-trin/kode/", {"code": used}).status_code == 302
    assert "Koden er ikke rigtig" in said(second.post("/konto/to-trin/kode/", {"code": used}))


def test_an_old_code_does_not_work(member: User, client: Client) -> None:
    sign_in(client, member)
    secret = add_app(client)
    again = Client()
    sign_in(again, member)
    for steps in (-10, -1, 1, 10):
        assert "Koden er ikke rigtig" in said(again.post("/konto/to-trin/kode/", {"code": code(secret, steps=steps)}))


def test_codes_cannot_be_tried_out(member: User, client: Client) -> None:
    sign_in(client, member)
    secret = add_app(client)
    again = Client()
    sign_in(again, member)
    for number in range(5):
        again.post("/konto/to-trin/kode/", {"code": f"{number:06}"})
    assert "for mange gange" in said(again.post("/konto/to-trin/kode/", {"code": code(secret)}))


def test_a_recovery_code_stands_in_once(member: User, client: Client) -> None:
    sign_in(client, member)
    add_app(client)
    shown = page(client.get("/konto/to-trin/koder/"))
    codes = [each.text for each in shown.one("ul", class_="codes").all("code")]
    assert len(set(codes)) == 10
    again = Client()
    sign_in(again, member)
    assert again.post("/konto/to-trin/kode/", {"code": codes[0]})["Location"] == "/arbejde/"
    third = Client()
    sign_in(third, member)
    assert "Koden er ikke rigtig" in said(third.post("/konto/to-trin/kode/", {"code": codes[0]}))
    assert third.post("/konto/to-trin/kode/", {"code": codes[1]}).status_code == 302


def test_the_last_second_factor_of_a_role_that_needs_one_cannot_be_removed(
    holder: Callable[[str], User], client: Client
) -> None:
    sign_in(client, holder("reviewer"))
    add_app(client)
    path = "/konto/to-trin/app/fjern/"
    assert "sidste andet trin" in said(client.get(path))
    assert client.post(path).status_code == 200
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_others_may_remove_it_and_are_told_by_letter(
    member: User, client: Client, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    sign_in(client, member)
    with django_capture_on_commit_callbacks(execute=True):
        add_app(client)
    assert client.post("/konto/to-trin/app/fjern/").status_code == 302
    assert not Authenticator.objects.exists()
    assert [letter.subject for letter in mail.outbox] == [
        "Der er føjet en godkendelsesapp til din konto",
        "Godkendelsesappen er fjernet fra din konto",
    ]
    kept = [what for what in Event.objects.order_by("seq").values_list("what", flat=True) if what.startswith("second")]
    assert kept == ["second-factor.app-added", "second-factor.app-removed"]


def test_what_matters_asks_again_who_one_is_after_five_minutes(
    member: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, member)
    assert client.get(ADD_APP).status_code == 200
    now = time.time()
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: now + 301)
    response = client.get(ADD_APP)
    assert response.status_code == 302
    assert response["Location"].startswith("/konto/bekraeft/?next=")
    assert "Adgangskoden er ikke rigtig." in said(client.post(response["Location"], {"password": "no"}))
    assert client.post(response["Location"], {"password": PASSWORD})["Location"] == ADD_APP


def test_secrets_of_second_factors_are_sealed_in_the_database(member: User, client: Client) -> None:
    sign_in(client, member)
    secret = add_app(client)
    shown = page(client.get("/konto/to-trin/koder/"))
    codes = [each.text for each in shown.one("ul", class_="codes").all("code")]
    kept = repr(list(Authenticator.objects.values()))
    assert secret not in kept
    assert not [each for each in codes if each in kept]
    assert len(re.findall(r"gAAAAA", kept)) == 2


def test_a_passkey_from_elsewhere_is_refused(member: User, client: Client) -> None:
    sign_in(client, member)
    path = "/konto/to-trin/adgangsnoegler/tilfoej/"
    assert client.get(path).status_code == 200
    for spoilt in ("{}", "[]", "null", '{"id": "x"}', "not json"):
        response = client.post(path, {"name": "Min", "credential": spoilt})
        assert response.status_code == 200
        assert len(page(response).all("div", role="alert")) == 1
    assert not Authenticator.objects.exists()
