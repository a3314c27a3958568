"""Signing in and out, forgotten passwords and other places, as the browser sees them."""

from __future__ import annotations

import re
import statistics
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klimaplan.web.accounts import services
from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event
from web.reading import page

PASSWORD = "torsk-cykel-lampe-42"
LOGIN = "/konto/log-ind/"
WRONG = "E-mail og adgangskode passer ikke sammen."


def sign_in(
    client: Client, email: str = "kaja@example.org", password: str = PASSWORD, path: str = LOGIN
) -> HttpResponse:
    return client.post(path, {"login": email, "password": password})


def events() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("what", flat=True))


def said(response: HttpResponse) -> str:
    return page(response).one("main").text


def test_who_knows_the_password_comes_in_and_finds_their_roles(member: User, client: Client) -> None:
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/arbejde/")
    shown = page(client.get("/konto/"))
    assert "Klimakoordinator, Hvidovre Kommune" in " ".join(shown.one("main").text.split()).replace(" ,", ",")
    assert [link.text for link in shown.all("a", class_="site-account")] == ["Kaja"]
    assert events()[-1] == "session.begun"


def test_the_letters_of_an_email_do_not_matter(member: User, client: Client) -> None:
    assert sign_in(client, " Kaja@Example.ORG ").status_code == 302


def test_a_person_who_reads_english_comes_to_english_pages(member: User, client: Client) -> None:
    services.change_profile(by=member, name="Kaja", language="en")
    assert sign_in(client)["Location"] == "/en/work/"


def test_after_signing_in_one_comes_to_where_one_wanted_but_never_to_another_site(member: User, client: Client) -> None:
    assert client.get("/personer/hvidovre/")["Location"] == f"{LOGIN}?next=/personer/hvidovre/"
    wanted = client.post(LOGIN, {"login": member.email, "password": PASSWORD, "next": "/personer/hvidovre/"})
    assert wanted["Location"] == "/personer/hvidovre/"
    other = Client()
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = other.post(LOGIN, {"login": member.email, "password": PASSWORD, "next": elsewhere})
        assert answer["Location"] == "/arbejde/"
        other.post("/konto/log-ud/")


@pytest.mark.parametrize("email", ["kaja@example.org", "nobody@example.org"])
def test_a_wrong_pair_is_refused_in_the_same_words_whether_there_is_an_account_or_not(
    member: User, client: Client, email: str
) -> None:
    response = sign_in(client, email, "wrong-wrong-wrong")
    assert response.status_code == 200
    assert WRONG in said(response)
    # what was typed is kept, but for the password
    assert page(response).one("input", name="login").attributes["value"] == email
    assert "value" not in page(response).one("input", name="password").attributes
    assert settings.SESSION_COOKIE_NAME not in response.cookies
    assert events()[-1] == "session.refused"


def test_whether_there_is_an_account_does_not_show_in_the_time_of_a_refusal(member: User) -> None:
    def seconds(email: str) -> float:
        client = Client(REMOTE_ADDR=f"10.1.{tried // 250}.{tried % 250}")
        began = time.perf_counter()
        sign_in(client, email, f"wrong-wrong-{tried}")
        return time.perf_counter() - began

    known, unknown = [], []
    for tried in range(8):
        # another person each time, so that no limit cuts it short
        services.add_person(by=None, email=f"p{tried}@example.org", name="P", language="da", password=PASSWORD)
        known.append(seconds(f"p{tried}@example.org"))
        unknown.append(seconds(f"nobody{tried}@example.org"))
    ratio = statistics.median(known) / statistics.median(unknown)
    # hashing is what takes the time; without it an answer takes less than a fifth
    assert 0.5 < ratio < 2.0, (known, unknown)


def test_the_sixth_attempt_on_one_account_waits_even_with_the_right_password(member: User, client: Client) -> None:
    for _ in range(5):
        assert WRONG in said(sign_in(client, password="wrong-wrong-wrong"))
    refused = sign_in(client)
    assert "Der er forsøgt for mange gange. Vent fem minutter, og prøv igen." in said(refused)
    # from another address as well: the account is what is guarded
    assert "for mange gange" in said(sign_in(Client(REMOTE_ADDR="10.0.0.9")))


def test_one_address_cannot_try_many_accounts(member: User) -> None:
    client = Client(REMOTE_ADDR="10.0.0.7")
    answers = [said(sign_in(client, f"a{number}@example.org", "wrong-wrong-wrong")) for number in range(11)]
    assert [WRONG in answer for answer in answers] == [True] * 10 + [False]
    # somebody else is not held up by it
    assert sign_in(Client(REMOTE_ADDR="10.0.0.8")).status_code == 302


def test_a_closed_account_stays_out(member: User, client: Client) -> None:
    member.is_active = False
    member.save()
    assert sign_in(client)["Location"] == "/konto/lukket/"
    assert client.get("/konto/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(member: User, client: Client) -> None:
    sign_in(client)
    key = client.session.session_key
    assert client.get("/konto/log-ud/").status_code == 200
    assert client.get("/konto/").status_code == 200
    assert client.post("/konto/log-ud/")["Location"] == "/"
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get("/konto/")["Location"].startswith(LOGIN)
    assert events()[-1] == "session.ended"


def test_the_session_gets_a_new_key_when_one_signs_in(member: User, client: Client) -> None:
    session = client.session
    session["before"] = "x"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_session_ends_after_eight_hours(member: User, client: Client) -> None:
    sign_in(client)
    kept = Session.objects.get(session_key=client.session.session_key)
    left = kept.expire_date - timezone.now()
    assert timedelta(hours=7, minutes=59) < left <= timedelta(hours=8)
    kept.expire_date = timezone.now() - timedelta(seconds=1)
    kept.save()
    assert client.get("/konto/").status_code == 302


def test_cookies_are_for_this_site_and_no_script_and_end_with_the_browser(member: User, client: Client) -> None:
    client.get(LOGIN)
    response = sign_in(client)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = response.cookies[name]
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Lax"
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""


def test_a_form_from_elsewhere_is_refused(member: User) -> None:
    client = Client(enforce_csrf_checks=True)
    response = sign_in(client)
    assert response.status_code == 403
    assert "kom ikke herfra" in said(response)


def test_no_cache_keeps_a_page_of_an_account(member: User, client: Client) -> None:
    for path in (LOGIN, "/konto/", "/konto/logget-ind/"):
        assert "no-store" in client.get(path)["Cache-Control"], path
        sign_in(client)


@pytest.mark.parametrize("path", ["/", "/kommune/167/", "/data/", "/om/", "/nowhere/"])
def test_open_pages_ask_nobody_who_they_are(member: User, site: Client, path: str) -> None:
    anonymous = site.get(path)
    assert not anonymous.cookies
    assert "Cookie" not in anonymous.get("Vary", "")
    assert "no-store" not in anonymous.get("Cache-Control", "")
    sign_in(site)
    assert site.get(path).content == anonymous.content


def test_an_open_page_reads_no_session_even_when_there_is_one(member: User, site: Client) -> None:
    sign_in(site)
    for path in ("/kommune/167/", "/en/municipality/167/download.csv", "/en/data/"):
        with CaptureQueriesContext(connection) as asked:
            assert site.get(path).status_code == 200
        assert not [each["sql"] for each in asked if "session" in each["sql"] or "accounts_" in each["sql"]]


@pytest.mark.parametrize("email", ["kaja@example.org", "nobody@example.org"])
def test_asking_for_a_new_password_gets_the_same_answer_whether_there_is_an_account_or_not(
    member: User, client: Client, email: str
) -> None:
    response = client.post("/konto/adgangskode/glemt/", {"email": email})
    assert (response.status_code, response["Location"]) == (302, "/konto/adgangskode/sendt/")
    # both get a letter, so that the time is the same too; only one has a link
    [letter] = mail.outbox
    assert letter.to == [email]
    assert ("http://testserver/konto/adgangskode/ny/" in letter.body) == (email == member.email)


def link_in(letter: mail.EmailMessage) -> str:
    [found] = re.findall(r"http://testserver(\S+)", letter.body)
    return found


def test_a_new_password_is_chosen_by_a_link_that_works_once(member: User, client: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    client.post("/konto/adgangskode/glemt/", {"email": member.email})
    link = link_in(mail.outbox[0])
    form = client.get(link, follow=True)
    # the secret does not stay in the address
    path = form.redirect_chain[-1][0]
    assert path.endswith("-set-password/")
    new = "gulerod-trappe-himmel-7"
    assert client.post(path, {"password1": new, "password2": new})["Location"] == "/konto/adgangskode/aendret/"
    assert "Linket kan ikke længere bruges" in said(Client().get(link))
    assert sign_in(Client(), password=PASSWORD).status_code == 200
    assert sign_in(Client(), password=new).status_code == 302
    # whoever was signed in elsewhere with the old one is out
    assert elsewhere.get("/konto/").status_code == 302
    assert mail.outbox[-1].subject == "Din adgangskode er blevet ændret"
    assert "password.reset" in events()


def test_a_link_for_a_new_password_works_for_two_hours(
    member: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/konto/adgangskode/glemt/", {"email": member.email})
    link = link_in(mail.outbox[0])
    assert client.get(link).status_code == 302
    with pytest.MonkeyPatch.context() as later:
        from django.contrib.auth.tokens import PasswordResetTokenGenerator

        now = PasswordResetTokenGenerator()._now()
        later.setattr(PasswordResetTokenGenerator, "_now", lambda self: now + timedelta(hours=2, seconds=2))
        assert "Linket kan ikke længere bruges" in said(Client().get(link))


def test_changing_the_password_asks_for_the_present_one_and_tells_the_person(member: User, client: Client) -> None:
    sign_in(client)
    new = "gulerod-trappe-himmel-7"
    wrong = client.post("/konto/adgangskode/", {"oldpassword": "no", "password1": new, "password2": new})
    assert "Den nuværende adgangskode er ikke rigtig." in said(wrong)
    right = client.post("/konto/adgangskode/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert right.status_code == 302
    assert mail.outbox[-1].subject == "Din adgangskode er blevet ændret"
    assert events()[-1] == "password.changed"
    assert sign_in(Client(), password=new).status_code == 302


@pytest.mark.parametrize(
    ("weak", "reason"),
    [
        ("kort-kode-1", "mindst 12 tegn"),
        ("Sommer2026!!!!", "lister over stjålne adgangskoder"),
        ("kaja@example.org", "minder for meget om dit navn eller din e-mail"),
        ("x7" * 65, "højst være på 128 tegn"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason_beside_the_field(
    member: User, client: Client, weak: str, reason: str
) -> None:
    sign_in(client)
    response = client.post("/konto/adgangskode/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    shown = page(response)
    assert reason in shown.one("p", id="id_password1_error").text
    assert "id_password1_error" in shown.one("input", id="id_password1").attributes["aria-describedby"]
    assert sign_in(Client()).status_code == 302


def test_one_sees_where_one_is_signed_in_and_ends_it(member: User, client: Client) -> None:
    sign_in(client)
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/604.1", REMOTE_ADDR="10.9.8.7")
    sign_in(phone)
    shown = page(client.get("/konto/logget-ind/"))
    assert "Safari, iPhone" in shown.one("main").text
    assert "10.9.8.7" in shown.one("main").text
    [end] = [button for button in shown.all("button", name="end") if button.attributes["value"] != "others"]
    client.post("/konto/logget-ind/", {"end": end.attributes["value"]})
    assert phone.get("/konto/").status_code == 302
    assert client.get("/konto/").status_code == 200


def test_nobody_ends_the_session_of_another(member: User, client: Client) -> None:
    other = services.add_person(by=None, email="bo@example.org", name="Bo", language="da", password=PASSWORD)
    theirs = Client()
    sign_in(theirs, other.email)
    sign_in(client)
    from klimaplan.web.accounts import selectors

    [session] = selectors.sessions_of(other)
    client.post("/konto/logget-ind/", {"end": str(session.pk)})
    client.post("/konto/logget-ind/", {"end": "others"})
    assert theirs.get("/konto/").status_code == 200


def test_nobody_signs_up_by_themselves(client: Client, attempts_forgotten: None, db: None) -> None:
    assert "Man bliver" not in (text := said(client.get("/konto/ny/")))
    assert "Du bliver inviteret på mail" in text
    assert client.post("/konto/ny/", {"email": "x@example.org", "password1": PASSWORD}).status_code == 405
    assert not User.objects.exists()


def test_passwords_are_kept_as_argon2_and_stand_nowhere_else(member: User, client: Client) -> None:
    assert member.password.startswith("argon2$argon2id$")
    sign_in(client)
    for event in Event.objects.all():
        assert PASSWORD not in repr(event.__dict__)
        assert member.email not in repr(event.__dict__)
