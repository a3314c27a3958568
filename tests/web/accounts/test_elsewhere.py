"""Signing in at a certified OpenID Connect provider that runs on this machine (npm oidc-provider)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client, override_settings

from klimaplan.web.accounts import services
from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event
from klimaplan.web.config import signing_in
from klimaplan.web.organisations.selectors import organisation
from web.reading import page

ROOT = Path(__file__).parents[3]
BACK = "http://testserver/account/elsewhere/elsewhere/callback/"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    script = Path(__file__).parent / "provider" / "provider.js"
    provider = subprocess.Popen(
        [ROOT / "bin" / "with-node", "npm", "exec", "--", "node", script, str(port), BACK],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert provider.stdout
        said = []
        while "ready\n" not in said:
            line = provider.stdout.readline()
            assert line, "".join(said)
            said.append(line)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(provider.pid, signal.SIGTERM)
        provider.wait(timeout=10)
        provider.stdout.close()


@pytest.fixture
def set_up(issuer: str, monkeypatch: pytest.MonkeyPatch, attempts_forgotten: None) -> Iterator[None]:
    monkeypatch.setenv("KLIMAPLAN_OIDC_ISSUER", issuer)
    monkeypatch.setenv("KLIMAPLAN_OIDC_NAME", "Prøvelogin")
    monkeypatch.setenv("KLIMAPLAN_OIDC_SECRET", "a secret of the test")
    with override_settings(SOCIALACCOUNT_PROVIDERS=signing_in.elsewhere()["PROVIDERS"]):
        yield


def through(client: Client, who: str, *, start: str = "/konto/andetsteds/elsewhere/") -> HttpResponse:
    """From the button on our page through the pages of the provider back to ours."""
    there = client.post(start)
    assert there.status_code == 302
    asked = parse_qs(urlsplit(there["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [BACK]
    with httpx.Client(follow_redirects=False, timeout=10) as browser:
        answer = browser.get(there["Location"])
        for _ in range(12):
            while answer.is_redirect:
                target = str(answer.next_request.url) if answer.next_request else ""
                if target.startswith(BACK):
                    return client.get(target.removeprefix("http://testserver"))
                answer = browser.get(target)
            form = (
                {"prompt": "login", "login": who, "password": "x"}
                if 'name="login"' in answer.text
                else {"prompt": "consent"}
            )
            answer = browser.post(str(answer.url), data=form)
    raise AssertionError(answer.text)


def test_whoever_has_an_account_comes_in_by_the_other_provider(member: User, client: Client, set_up: None) -> None:
    login = client.get("/konto/log-ind/")
    assert "Log ind med Prøvelogin" in page(login).one("main").text
    assert through(client, member.email)["Location"] == "/arbejde/"
    assert page(client.get("/konto/")).one("a", class_="site-account").text == "Kaja"
    assert SocialAccount.objects.get().user == member
    client.post("/konto/log-ud/")
    # known from now on by what the provider calls them
    assert through(client, member.email, start="/en/account/elsewhere/elsewhere/")["Location"] == "/arbejde/"
    assert SocialAccount.objects.count() == 1
    assert "session.provider-connected" in Event.objects.values_list("what", flat=True)


@pytest.mark.parametrize("who", ["nobody@example.org", "unverified@example.org"])
def test_nobody_comes_in_without_an_account_or_with_an_address_that_is_not_verified(
    member: User, client: Client, set_up: None, who: str
) -> None:
    if who.startswith("unverified"):
        services.add_person(by=None, email=who, name="U", language="da")
    people = User.objects.count()
    response = through(client, who)
    assert response.status_code == 403
    assert client.get("/konto/").status_code == 302
    assert (User.objects.count(), SocialAccount.objects.count()) == (people, 0)


def test_a_closed_account_stays_out_here_too(member: User, client: Client, set_up: None) -> None:
    through(client, member.email)
    client.post("/konto/log-ud/")
    User.objects.update(is_active=False)
    assert through(client, member.email)["Location"] == "/konto/lukket/"
    assert client.get("/konto/").status_code == 302


def test_the_second_factor_is_asked_for_here_too(member: User, client: Client, set_up: None) -> None:
    services.give_role(by=None, user=member, role="administrator", organisation=organisation("kl"))
    through(client, member.email)
    assert client.get("/konto/")["Location"] == "/konto/to-trin/"


def test_an_answer_that_nobody_asked_for_is_refused(member: User, client: Client, set_up: None) -> None:
    back = urlsplit(BACK).path
    for forged in ("?code=abc&state=abc", "?error=access_denied&state=abc", ""):
        assert client.get(back + forged).status_code == 403
    assert client.get("/konto/").status_code == 302


def test_only_the_page_of_logging_in_may_lead_to_the_provider(
    client: Client, set_up: None, issuer: str, db: None
) -> None:
    assert f"form-action 'self' {issuer}" in client.get("/konto/log-ind/")["Content-Security-Policy"]
    assert issuer not in client.get("/konto/ny/")["Content-Security-Policy"]


def test_without_a_provider_there_is_no_such_button(client: Client, attempts_forgotten: None, db: None) -> None:
    response = client.get("/konto/log-ind/")
    assert "Log ind med" not in page(response).one("main").text
    assert "form-action 'self';" in response["Content-Security-Policy"] + ";"
    assert client.post("/konto/andetsteds/elsewhere/").status_code == 404
