"""Personal tokens: made on the page, shown once, kept as a digest, withdrawn, and good for no more than they say."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from klimaplan.domain.errors import InputError, UnknownCodeError
from klimaplan.web.accounts.closing.services import close_account, open_account
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import NotAllowed
from klimaplan.web.audit.models import Event
from klimaplan.web.tokens import selectors, services
from klimaplan.web.tokens.models import PersonalToken
from klimaplan.web.tokens.scopes import MEANING, Scope
from web.accounts.conftest import PASSWORD
from web.reading import page

Make = Callable[..., User]

LIST, NEW = "/konto/adgangsnoegler/", "/konto/adgangsnoegler/ny/"
WANTED = {"name": "Natlig rapport", "scopes": ["plan:read"], "days": "90"}


def signed_in(client: Client) -> Client:
    client.post("/konto/log-ind/", {"login": "kaja@example.org", "password": PASSWORD})
    return client


def test_a_token_is_made_on_the_page_and_its_secret_is_shown_once(member: User, client: Client) -> None:
    signed_in(client)
    made = client.post(NEW, WANTED)
    secret = page(made).one("input", id="token-secret").attributes["value"]
    assert len(secret) == 47  # four letters, and 32 bytes as 43 signs
    assert "no-store" in made["Cache-Control"]
    token = PersonalToken.objects.get()
    assert token.sha256 == hashlib.sha256(secret.encode()).hexdigest()
    assert selectors.shown(secret) == token
    listed = page(client.get(LIST)).one("main").text
    assert "Natlig rapport" in listed
    assert secret[:8] in listed
    assert secret not in client.get(LIST).content.decode()


def test_the_secret_stands_nowhere_in_the_database(member: User) -> None:
    secret = services.make_token(by=member, name="x", scopes=["plan:read"], days=30).secret
    kept = repr(list(PersonalToken.objects.values())) + repr(list(Event.objects.values()))
    assert secret not in kept
    assert secret[8:] not in kept


def test_what_is_made_and_withdrawn_stands_in_the_log(member: User, client: Client) -> None:
    signed_in(client)
    client.post(NEW, WANTED)
    token = PersonalToken.objects.get()
    client.post(f"/konto/adgangsnoegler/{token.pk}/traek-tilbage/")
    made, revoked = Event.objects.filter(object_kind="token").order_by("seq")
    assert (made.what, made.by_id, made.after["scopes"]) == ("token.made", member.pk, ["plan:read"])
    assert (revoked.what, revoked.by_id) == ("token.revoked", member.pk)
    assert "trukket tilbage" in page(client.get(LIST)).one("main").text


def test_making_one_asks_again_who_one_is_after_five_minutes(member: User, client: Client) -> None:
    client.force_login(member)
    asked = client.post(NEW, WANTED)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/konto/bekraeft/")
    assert not PersonalToken.objects.exists()


def test_what_cannot_be_used_is_said_beside_the_field(member: User, client: Client) -> None:
    signed_in(client)
    refused = client.post(NEW, {"name": "", "days": "90"})
    assert refused.status_code == 422
    assert len(page(refused).all("p", class_="form-error-message")) == 2
    assert not PersonalToken.objects.exists()


def test_nobody_withdraws_the_token_of_another(member: User, person: Make, client: Client) -> None:
    token = services.make_token(by=person("Karl"), name="x", scopes=["plan:read"], days=30).token
    assert signed_in(client).post(f"/konto/adgangsnoegler/{token.pk}/traek-tilbage/").status_code == 404
    with pytest.raises(UnknownCodeError):
        services.revoke_token(by=member, key=token.pk)
    token.refresh_from_db()
    assert token.revoked_at is None


@pytest.mark.parametrize("days", [0, 366])
def test_no_token_outlives_a_year(member: User, days: int) -> None:
    with pytest.raises(InputError, match="1 to 365 days"):
        services.make_token(by=member, name="x", scopes=["plan:read"], days=days)
    services.make_token(by=member, name="x", scopes=["plan:read"], days=365)


def test_everything_that_is_wrong_is_said_at_once(member: User) -> None:
    with pytest.raises(InputError) as refused:
        services.make_token(by=member, name=" ", scopes=["plan:burn"], days=999)
    assert [finding.code for finding in refused.value.findings] == [
        "token-scope-unknown", "token-name-not-usable", "token-days-out-of-range"
    ]  # fmt: skip
    assert not Event.objects.filter(what="token.made").exists()


def test_one_has_twenty_tokens_at_most_and_those_withdrawn_do_not_count(member: User) -> None:
    made = [services.make_token(by=member, name="x", scopes=["plan:read"], days=30).token for _ in range(20)]
    with pytest.raises(InputError, match="20 tokens"):
        services.make_token(by=member, name="x", scopes=["plan:read"], days=30)
    services.revoke_token(by=member, key=made[0].pk)
    services.make_token(by=member, name="x", scopes=["plan:read"], days=30)


def test_an_expired_or_withdrawn_token_and_that_of_a_closed_account_are_no_tokens(person: Make) -> None:
    user = person("Karl")
    expired, revoked, closed = (services.make_token(by=user, name="x", scopes=["plan:read"], days=30) for _ in range(3))
    assert selectors.shown(expired.secret) is not None
    PersonalToken.objects.filter(pk=expired.token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    services.revoke_token(by=user, key=revoked.token.pk)
    assert selectors.shown(expired.secret) is None
    assert selectors.shown(revoked.secret) is None
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert selectors.shown(closed.secret) is None
    assert selectors.shown("klp_" + "A" * 43) is None
    assert selectors.shown("x" * 10_000) is None


def test_a_role_that_asks_for_a_second_factor_makes_no_token_without_one(person: Make) -> None:
    with pytest.raises(NotAllowed):
        services.make_token(by=person("Asger", administrator="kl"), name="x", scopes=["audit:read"], days=30)


def test_every_scope_says_what_it_means_in_both_languages() -> None:
    assert set(MEANING) == set(Scope)
    assert all(text.da and text.en and text.da != text.en for text in MEANING.values())


def test_who_gets_a_token_is_told_by_letter_without_its_secret(
    member: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = services.make_token(by=member, name="Natlig rapport", scopes=["plan:read"], days=30)
    [letter] = mail.outbox
    assert letter.to == ["kaja@example.org"]
    assert "Natlig rapport" in letter.body
    assert made.secret not in letter.body


def test_the_tokens_of_a_closed_account_do_not_come_back_with_it(person: Make) -> None:
    user, administrator = person("Karl"), person("Asger", administrator="kl")
    made = services.make_token(by=user, name="x", scopes=["plan:read"], days=30)
    close_account(by=user)
    open_account(by=administrator, user=user, email="karl@example.org")
    assert selectors.shown(made.secret) is None
