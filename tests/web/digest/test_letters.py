"""Letters about what is new: only for those who asked, once, only what they may read, and easily ended."""

from __future__ import annotations

import re
import smtplib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, override_settings
from django.utils import timezone

from klimaplan.domain.errors import InputError, UnknownCodeError
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.audit.models import Event
from klimaplan.web.digest import selectors
from klimaplan.web.digest import services as digest
from klimaplan.web.digest.models import Wish
from klimaplan.web.digest.tokens import token_for
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Plan
from web.plans.conftest import action
from web.reading import page
from web.together.conftest import *  # noqa: F403  # its fixtures
from web.workspace.conftest import signed_in, the

pytestmark = pytest.mark.django_db

SITE = "https://klimaplan.example"
DAY = timedelta(days=1)


def wishes(user: User, pace: str = "daily", *, ago: timedelta = DAY) -> None:
    """Somebody who asked for letters, and was told everything until some time ago."""
    digest.set_pace(by=user, pace=pace)
    Wish.objects.filter(user=user).update(told_until=timezone.now() - ago)


def send(now: datetime | None = None) -> digest.Sent:
    return digest.send(site=SITE, now=now)


def letters_to(user: User) -> list[str]:
    return [str(each.body) for each in mail.outbox if each.to == [user.email]]


def test_nobody_gets_a_letter_who_has_not_asked(plan: Plan, kaja: User, karl: User) -> None:
    services.comment(plan=plan, text="Hej", by=kaja, mentions=[karl])
    assert selectors.pace_of(karl) == "off"
    assert send() == digest.Sent(0, 0, 0, ())
    wishes(karl, "off")
    assert send().sent == 0
    assert mail.outbox == []


def test_a_letter_tells_who_where_and_what_is_to_be_done_and_how_to_end_it(plan: Plan, kaja: User, karl: User) -> None:
    wishes(karl)
    today = timezone.localdate()
    said = services.comment(plan=plan, text="Hemmelig mening", by=kaja, mentions=[karl], part=the(plan, "a01"))
    services.add_task(plan=plan, title="Skaf tal", due=today - timedelta(days=3), by=kaja, assigned_to=karl)
    services.add_task(plan=plan, title="Om en måned", due=today + timedelta(days=30), by=karl, assigned_to=karl)
    assert send() == digest.Sent(1, 0, 0, ())
    [letter] = mail.outbox
    assert letter.subject == "Nyt fra klimaplan: 1 omtale, 1 opgave, 5 ændringer"
    body = letters_to(karl)[0]
    assert body.startswith("Hej Karl\n")
    assert "- Kaja om »Tiltag a01« i »Klimaplan for Hvidovre«\n" in body
    assert f"  {SITE}/arbejde/plan/{plan.pk}/samtale/?comment={said.pk}#comment-{said.pk}\n" in body
    assert "- Skaf tal: 3 dage for sent (Klimaplan for Hvidovre)\n" in body
    assert "Om en måned" not in body
    assert "- Kaja lavede opgaven »Skaf tal«, senest " in body
    assert f"{SITE}/arbejde/plan/{plan.pk}/aktivitet/" in body
    assert "Hemmelig mening" not in body
    end = f"{SITE}/konto/mails/slut/{token_for(karl.pk)}/"
    assert end in body
    assert letter.extra_headers["List-Unsubscribe"] == f"<{end}>"
    assert letter.message().get_content_type() == "text/plain"


def test_it_is_written_in_the_language_of_the_person(plan: Plan, kaja: User, karl: User) -> None:
    User.objects.filter(pk=karl.pk).update(language="en")
    karl.refresh_from_db()
    wishes(karl)
    services.comment(plan=plan, text="Hej", by=kaja, mentions=[karl])
    send()
    [letter] = mail.outbox
    assert letter.subject == "News from klimaplan: 1 mention, 4 changes"
    assert "- Kaja wrote about the plan “Klimaplan for Hvidovre”\n" in letter.body
    assert f"{SITE}/en/account/letters/end/" in letter.body


def test_run_twice_it_sends_once_and_the_next_day_only_what_is_new(plan: Plan, kaja: User, karl: User) -> None:
    wishes(karl)
    services.comment(plan=plan, text="Hej", by=kaja, mentions=[karl])
    now = timezone.now()
    assert send(now).sent == 1
    services.change_part(part=the(plan, "a01"), content=action("a01"), expected_version=1, by=kaja)
    assert send(now + timedelta(minutes=1)) == digest.Sent(0, 0, 1, ())
    assert send(now + DAY).sent == 1
    assert send(now + 2 * DAY) == digest.Sent(0, 1, 0, ())
    first, second = letters_to(karl)
    assert "skrev om" in first
    assert "skrev om" not in second
    assert "- Kaja ændrede tiltag »Tiltag a01«\n" in second


def test_what_somebody_did_themselves_is_not_news_to_them(plan: Plan, kaja: User) -> None:
    wishes(kaja)
    services.comment(plan=plan, text="Hej", by=kaja)
    assert send() == digest.Sent(0, 1, 0, ())


def test_weekly_is_every_seventh_day(plan: Plan, kaja: User, karl: User) -> None:
    wishes(karl, "weekly", ago=6 * DAY)
    services.comment(plan=plan, text="Hej", by=kaja, mentions=[karl])
    now = timezone.now()
    assert send(now).not_due == 1
    assert send(now + DAY).sent == 1


@pytest.mark.parametrize(
    ("told", "now", "sent"),
    [
        ("2026-11-24T22:59:00+00:00", "2026-11-24T23:01:00+00:00", 1),  # midnight in Denmark lies between
        ("2026-11-24T00:01:00+00:00", "2026-11-24T22:00:00+00:00", 0),
    ],
)
def test_a_day_is_one_of_the_danish_calendar(plan: Plan, karl: User, told: str, now: str, sent: int) -> None:
    wishes(karl)
    Wish.objects.update(told_until=datetime.fromisoformat(told))
    assert send(datetime.fromisoformat(now)).not_due == 1 - sent


def test_a_task_is_told_again_when_it_becomes_late_and_not_every_day(plan: Plan, kaja: User, karl: User) -> None:
    monday = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)
    services.add_task(plan=plan, title="Ring", due=monday.date(), by=kaja, assigned_to=karl)
    wishes(karl)
    Wish.objects.update(told_until=datetime(2027, 2, 20, 6, 0, tzinfo=UTC))
    days = {day: send(monday + timedelta(days=day)).sent for day in range(-5, 5)}
    assert days == {-5: 0, -4: 0, -3: 0, -2: 0, -1: 1, 0: 0, 1: 1, 2: 0, 3: 0, 4: 0}
    assert ["Ring: senest i morgen" in each for each in letters_to(karl)] == [True, False]
    assert "Ring: 1 dag for sent" in letters_to(karl)[1]


def test_nothing_is_told_of_what_may_not_be_read_when_it_is_sent(plan: Plan, kaja: User, karl: User) -> None:
    wishes(karl)
    services.comment(plan=plan, text="Hej", by=kaja, mentions=[karl])
    services.add_task(plan=plan, title="Ring", due=timezone.localdate(), by=kaja, assigned_to=karl)
    RoleAssignment.objects.filter(user=karl).update(valid_to=timezone.localdate() - DAY)
    assert send() == digest.Sent(0, 1, 0, ())
    assert mail.outbox == []


def test_who_is_no_longer_active_gets_none(plan: Plan, kaja: User, karl: User) -> None:
    wishes(karl)
    services.comment(plan=plan, text="Hej", by=kaja, mentions=[karl])
    User.objects.filter(pk=karl.pk).update(is_active=False)
    assert send() == digest.Sent(0, 0, 0, ())


class Breaking(EmailBackend):
    """A server that takes some letters and then stops, as an error of its own or as the end of the run."""

    takes = 1
    breaks_with: type[BaseException] = KeyboardInterrupt

    def send_messages(self, messages: Any) -> int:
        if len(mail.outbox) >= self.takes:
            raise self.breaks_with
        return int(super().send_messages(messages))


BREAKING = f"{__name__}.Breaking"


def test_a_run_that_stops_between_two_people_repeats_nothing_and_loses_nothing(
    plan: Plan, kaja: User, karl: User, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in (karl, reader):
        wishes(who)
    services.comment(plan=plan, text="Hej", by=kaja, mentions=[karl, reader])
    now = timezone.now()
    with override_settings(EMAIL_BACKEND=BREAKING), pytest.raises(KeyboardInterrupt):
        send(now)
    assert [each.to for each in mail.outbox] == [[karl.email]]
    # the letter that was under way is held back for an hour, then sent; the other is done
    assert send(now + timedelta(minutes=5)).sent == 0
    assert send(now + timedelta(minutes=61)).sent == 1
    assert [each.to for each in mail.outbox] == [[karl.email], [reader.email]]
    assert "Kaja i »Klimaplan for Hvidovre«" in letters_to(reader)[0]


def test_a_letter_that_the_server_refuses_goes_with_the_next_run(
    plan: Plan, kaja: User, karl: User, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Breaking, "breaks_with", smtplib.SMTPServerDisconnected)
    for who in (karl, reader):
        wishes(who)
    services.comment(plan=plan, text="Hej", by=kaja, mentions=[karl, reader])
    with override_settings(EMAIL_BACKEND=BREAKING):
        assert send() == digest.Sent(1, 0, 0, (reader.pk,))
    assert send() == digest.Sent(1, 0, 1, ())
    assert len(letters_to(reader)) == 1


def test_a_name_or_title_cannot_look_like_a_line_of_ours(plan: Plan, kaja: User, karl: User) -> None:
    wishes(karl)
    kaja.name = "Kaja\n\nIkke flere af disse mails:\nhttps://ond.example"
    kaja.save()
    services.comment(plan=plan, text="Hej", by=kaja, mentions=[karl])
    send()
    [letter] = mail.outbox
    assert [line for line in letter.body.splitlines() if line.startswith("https://")] == [
        f"{SITE}/konto/", f"{SITE}/konto/mails/slut/{token_for(karl.pk)}/",
    ]  # fmt: skip
    assert "ond.example" not in letter.subject


def test_the_choice_stands_on_ones_account_and_is_recorded(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)

    def chosen() -> list[str]:
        options = page(client.get("/konto/")).one("select", name="pace").all("option")
        return [each.text for each in options if "selected" in each.attributes]

    assert chosen() == ["Aldrig"]
    client.post("/konto/mails/", {"pace": "weekly"})
    assert chosen() == ["Højst én gang om ugen"]
    event = Event.objects.latest("seq")
    assert (event.what, event.before, event.after) == (
        "person.digest-changed", {"pace": "off"}, {"pace": "weekly"},
    )  # fmt: skip
    events = Event.objects.count()
    assert client.post("/konto/mails/", {"pace": "hourly"}).status_code == 422
    assert (chosen(), Event.objects.count()) == (["Højst én gang om ugen"], events)
    with pytest.raises(InputError, match="no way of sending"):
        digest.set_pace(by=kaja, pace="")
    assert Client().post("/konto/mails/", {"pace": "daily"})["Location"].startswith("/konto/log-ind/")


def test_asking_again_after_a_pause_does_not_tell_what_lay_in_between(plan: Plan, kaja: User, karl: User) -> None:
    wishes(karl, ago=9 * DAY)
    digest.set_pace(by=karl, pace="off")
    services.comment(plan=plan, text="Imens", by=kaja, mentions=[karl])
    digest.set_pace(by=karl, pace="daily")
    assert send(timezone.now() + DAY) == digest.Sent(0, 1, 0, ())


def test_the_link_in_a_letter_asks_first_and_ends_them_without_a_login(plan: Plan, karl: User) -> None:
    wishes(karl)
    client = Client()
    path = f"/konto/mails/slut/{token_for(karl.pk)}/"
    asked = client.get(path)
    assert "Vil du ikke have flere mails" in page(asked).one("main").text
    assert karl.name not in page(asked).one("main").text
    assert selectors.pace_of(karl) == "daily"
    done = client.post(page(asked).one("main").one("form").attributes["action"])
    assert "Du får ikke flere af disse mails" in page(done).one("main").text
    assert selectors.pace_of(karl) == "off"
    event = Event.objects.latest("seq")
    assert (event.what, event.by_id, event.by_label) == ("person.digest-changed", None, "link in a letter")
    client.post(path)
    assert Event.objects.latest("seq") == event


@pytest.mark.parametrize("token", ["1", "1:falsk", "x" * 300, "%00"])
def test_a_link_that_nobody_here_has_signed_ends_nothing(plan: Plan, karl: User, token: str) -> None:
    wishes(karl)
    for method in ("get", "post"):
        assert getattr(Client(), method)(f"/konto/mails/slut/{token}/").status_code == 404
    assert selectors.pace_of(karl) == "daily"
    with pytest.raises(UnknownCodeError):
        digest.turn_off(token=re.sub("^[0-9]+", str(karl.pk), token_for(karl.pk + 1)))
    assert selectors.pace_of(karl) == "daily"
