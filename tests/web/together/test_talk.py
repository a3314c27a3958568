"""Saying something about a plan: who is called, what is refused and keeps what was typed, and that text stays text."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Comment, Plan
from web.reading import Element, page
from web.workspace.conftest import person, signed_in, the

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script>\n<img src=x onerror="alert(2)"> & {{ secret }}'


def talk_of(plan: Plan, query: str = "") -> str:
    return f"/arbejde/plan/{plan.pk}/samtale/{query}"


def say(client: Client, plan: Plan, text: str, **more: Any) -> Any:
    return client.post(talk_of(plan), {"do": "comment", "text": text, **more})


def words(answer: Any) -> str:
    return page(answer).one("main").text


def threads(answer: Any) -> list[str]:
    return [each.text for each in page(answer).all("article", class_="thread")]


def refusals(answer: Any) -> list[str]:
    return [each.text for each in page(answer).one("div", class_="form-summary").all("li")]


def test_what_is_said_stands_with_the_plan_and_beside_its_action(plan: Plan, kaja: User, karl: User) -> None:
    client = signed_in(kaja)
    done = say(client, plan, "Er tallet fra værket?\nJeg tvivler.", about="a01")
    said = Comment.objects.get()
    assert done["Location"] == f"{talk_of(plan)}?comment={said.pk}#comment-{said.pk}"
    [thread] = threads(client.get(done["Location"]))
    assert "Tiltag a01 Kaja" in thread
    assert "Er tallet fra værket? Jeg tvivler." in thread
    beside = client.get(f"/arbejde/plan/{plan.pk}/tiltag/a01/")
    assert "Er tallet fra værket?" in threads(beside)[0]
    answered = say(signed_in(karl), plan, "Ja, fra januar.", answers=said.pk, back="a01")
    reply = Comment.objects.latest("pk")
    assert answered["Location"] == f"/arbejde/plan/{plan.pk}/tiltag/a01/#comment-{reply.pk}"
    assert (reply.answers, reply.part) == (said, the(plan, "a01"))
    [thread] = threads(client.get(talk_of(plan)))
    assert thread.index("Jeg tvivler.") < thread.index("Ja, fra januar.")


def test_an_answer_to_an_answer_stands_in_the_same_discussion(plan: Plan, kaja: User) -> None:
    first = services.comment(plan=plan, text="Et", by=kaja)
    second = services.comment(plan=plan, text="To", by=kaja, answers=first)
    services.comment(plan=plan, text="Tre", by=kaja, answers=second)
    services.comment(plan=plan, text="Noget andet", by=kaja)
    told = threads(signed_in(kaja).get(talk_of(plan)))
    assert [sum(word in thread for word in ("Et", "To", "Tre")) for thread in told] == [0, 3]


def test_text_is_shown_as_text_with_its_line_breaks(plan: Plan, kaja: User) -> None:
    kaja.name = "<b>Kaja</b>"
    kaja.save()
    client = signed_in(kaja)
    say(client, plan, HOSTILE, about="a01")
    for path in (talk_of(plan), f"/arbejde/plan/{plan.pk}/tiltag/a01/", f"/arbejde/plan/{plan.pk}/aktivitet/"):
        answer = client.get(path)
        shown = page(answer)
        assert b"<script>alert" not in answer.content
        assert not [each for each in shown.all("img") if each.attributes.get("src") == "x"]
        assert "<b>Kaja</b>" in shown.one("main").text
        assert '<img src=x onerror="alert(2)"> & {{ secret }}' in shown.one("main").text
    said = page(client.get(talk_of(plan))).one("p", class_="said-text")
    assert [each.tag for each in said] == ["br"]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Karl se her", ["Karl"]),
        ("hej @karl, og @Rita.", ["Karl", "Rita"]),
        ("skriv til post@karl.dk", []),
        ("@Karla", []),
        ("@Ole", []),
    ],
)
def test_who_is_called_by_name_is_mentioned(
    plan: Plan, kaja: User, karl: User, reader: User, stranger: User, text: str, called: list[str]
) -> None:
    say(signed_in(kaja), plan, text)
    assert [each.name for each in Comment.objects.get().mentions.order_by("name")] == called


def test_of_two_names_that_begin_alike_the_longer_is_meant(plan: Plan, kaja: User, karl: User) -> None:
    longer = person("Karl Ove", reader="hvidovre")
    say(signed_in(kaja), plan, "@Karl Ove og @Nogen Anden")
    assert list(Comment.objects.get().mentions.all()) == [longer]


def test_whoever_calls_nobody_is_told_so(plan: Plan, kaja: User, karl: User) -> None:
    client = signed_in(kaja)
    said = client.get(say(client, plan, "@Karl og @Nogen, se").headers["Location"].split("#")[0])
    assert "Det står under Mit arbejde hos Karl" in words(said)
    assert "Ingen, der læser planen, hedder »Nogen«" in words(said)


def test_of_two_with_the_same_name_one_is_chosen_in_the_list(plan: Plan, kaja: User, karl: User) -> None:
    other = User.objects.create(email="karl2@example.org", name="Karl")
    other.roles.create(role="reader", organisation=plan.organisation, valid_from="2024-01-01")
    client = signed_in(kaja)
    refused = say(client, plan, "@Karl, se")
    assert (refused.status_code, Comment.objects.count()) == (422, 0)
    assert refusals(refused) == ["Flere hedder Karl. Sæt kryds i listen ved den, du mener."]
    say(client, plan, "@Karl, se", mention=[other.pk])
    assert list(Comment.objects.get().mentions.all()) == [other]


def test_who_may_not_read_the_plan_cannot_be_mentioned_and_is_not_named(
    plan: Plan, kaja: User, karl: User, stranger: User
) -> None:
    client, events = signed_in(kaja), Event.objects.count()
    refused = say(client, plan, "Kladde, der ikke må gå tabt", mention=[karl.pk, stranger.pk], about="a01")
    assert (refused.status_code, Comment.objects.count(), Event.objects.count()) == (422, 0, events)
    shown = page(refused)
    assert refusals(refused) == ["En af dem, der er nævnt, kan ikke læse planen. Vælg fra listen."]
    assert "Ole" not in shown.one("main").text
    form = shown.one("form", id="say")
    assert "Kladde, der ikke må gå tabt" in form.one("textarea").text
    assert form.one("input", id=f"say-mention-{karl.pk}").attributes.get("checked") == ""
    assert form.one("option", value="a01").attributes.get("selected") == ""


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_an_empty_or_endless_text_is_refused_and_kept_as_typed(plan: Plan, kaja: User, text: str) -> None:
    refused = say(signed_in(kaja), plan, text)
    assert (refused.status_code, Comment.objects.count()) == (422, 0)
    assert "Teksten skal have 1 til 5000 tegn." in refusals(refused)[0]
    typed = page(refused).one("form", id="say").one("textarea")
    assert "".join(str(each) for each in typed.inside).removeprefix("\n") == text


def test_what_is_about_another_plan_is_refused(plan: Plan, kaja: User) -> None:
    other = services.create_plan(organisation=plan.organisation, title="En anden", by=kaja)
    elsewhere = services.comment(plan=other, text="Her", by=kaja)
    for given in ({"answers": elsewhere.pk}, {"about": "a99"}, {"answers": "9" * 40}):
        refused = say(signed_in(kaja), plan, "Hej", **given)
        assert refused.status_code == 422
        assert "Hej" in page(refused).one("form", id="say").one("textarea").text
    assert Comment.objects.filter(plan=plan).count() == 0


def test_the_same_form_sent_twice_is_said_once(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    once = page(client.get(talk_of(plan))).one("form", id="say").one("input", name="once").attributes["value"]
    first, again = (say(client, plan, "Hej", once=once) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert Comment.objects.count() == 1
    refused = say(client, plan, "Noget andet", once=once)
    assert (refused.status_code, Comment.objects.count()) == (422, 1)
    assert "Noget andet" in page(refused).one("form", id="say").one("textarea").text


def test_a_discussion_is_closed_and_stands_apart(plan: Plan, kaja: User, karl: User) -> None:
    said = services.comment(plan=plan, text="Færdig?", by=kaja)
    client = signed_in(karl)
    close = f"/arbejde/plan/{plan.pk}/samtale/{said.pk}/afslut/"
    assert client.post(close).status_code == 302
    shown = client.get(talk_of(plan))
    assert "1 afsluttet samtale" in words(shown)
    assert not page(shown).all("form", action=close)
    resolved = Comment.objects.get().resolved_at
    client.post(close)
    assert Comment.objects.get().resolved_at == resolved


def test_an_adviser_comments_and_a_reader_reads(plan: Plan, kaja: User, adviser: User, reader: User) -> None:
    assert say(signed_in(adviser), plan, "Husk transporten").status_code == 302
    client = signed_in(reader)
    shown = client.get(talk_of(plan))
    assert "Husk transporten" in words(shown)
    assert "Din rolle kan ikke kommentere planen" in words(shown)
    assert not [form for form in page(shown).one("main").all("form") if form.attributes["method"] == "post"]
    events, said = Event.objects.count(), Comment.objects.get()
    for path, given in (
        (talk_of(plan), {"do": "comment", "text": "Nej"}),
        (talk_of(plan), {"do": "task", "title": "Nej", "due": "2027-01-01"}),
        (f"{talk_of(plan)}{said.pk}/afslut/", {}),
    ):
        assert client.post(path, given).status_code == 403
    said.refresh_from_db()
    assert (Comment.objects.count(), said.resolved_at, Event.objects.count()) == (1, None, events)


def test_nobody_else_sees_it_or_says_anything(plan: Plan, kaja: User, stranger: User) -> None:
    said = services.comment(plan=plan, text="Kun for os", by=kaja)
    client = signed_in(stranger)
    for path in (talk_of(plan), f"/arbejde/plan/{plan.pk}/aktivitet/"):
        refused = client.get(path)
        assert refused.status_code == 403
        assert "Kun for os" not in words(refused)
        assert Client().get(path)["Location"].startswith("/konto/log-ind/")
    assert say(client, plan, "Hej").status_code == 403
    assert client.post(f"{talk_of(plan)}{said.pk}/afslut/").status_code == 403
    assert Comment.objects.get().resolved_at is None


def test_of_a_hundred_comments_each_stands_on_a_page_and_is_found_by_its_address(plan: Plan, kaja: User) -> None:
    kaja.name = "Kajapernille " * 9
    kaja.save()
    said = [services.comment(plan=plan, text=f"Nummer {number} " + "langtord" * 40, by=kaja) for number in range(100)]
    client = signed_in(kaja)
    seen: list[Element] = []
    for number in range(1, 5):
        seen += page(client.get(talk_of(plan, f"?page={number}"))).all("article", class_="thread")
    assert len(seen) == 100
    oldest = client.get(talk_of(plan, f"?comment={said[0].pk}"))
    assert "Side 4 af 4" in words(oldest)
    assert page(oldest).all("div", id=f"comment-{said[0].pk}")
