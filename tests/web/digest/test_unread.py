"""What stands under *My work* until it is read, answered or closed; and what was done last."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.digest.models import Seen
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Comment, Plan
from web.reading import page
from web.together.conftest import *  # noqa: F403  # its fixtures
from web.together.test_talk import HOSTILE
from web.workspace.conftest import signed_in

pytestmark = pytest.mark.django_db


def called(user: User) -> list[str]:
    """The comments under *My work*, by what they say."""
    section = page(signed_in(user).get("/arbejde/")).one("section", aria_labelledby="mentions")
    return [each.one("a").text for each in section.all("li")]


def test_whoever_is_mentioned_or_answered_sees_it_until_they_put_it_aside(plan: Plan, kaja: User, karl: User) -> None:
    first = services.comment(plan=plan, text="Hvor mange?", by=kaja, mentions=[karl])
    assert (called(karl), called(kaja)) == (["Hvor mange?"], [])
    services.comment(plan=plan, text="Tolv.", by=karl, answers=first)
    assert (called(karl), called(kaja)) == ([], ["Tolv."])
    client = signed_in(kaja)
    form = page(client.get("/arbejde/")).one("section", aria_labelledby="mentions").one("form")
    assert client.post(form.attributes["action"])["Location"] == "/arbejde/"
    assert called(kaja) == []
    client.post(form.attributes["action"])
    assert Seen.objects.count() == 1


def test_what_is_said_after_ones_answer_is_new_again(plan: Plan, kaja: User, karl: User) -> None:
    first = services.comment(plan=plan, text="Et", by=kaja, mentions=[karl])
    services.comment(plan=plan, text="To", by=karl, answers=first)
    services.comment(plan=plan, text="Tre", by=kaja, answers=first, mentions=[karl])
    assert called(karl) == ["Tre"]


def test_a_closed_discussion_asks_nothing_of_anybody(plan: Plan, kaja: User, karl: User) -> None:
    first = services.comment(plan=plan, text="Et", by=kaja)
    services.comment(plan=plan, text="To", by=kaja, answers=first, mentions=[karl])
    assert called(karl) == ["To"]
    services.resolve_comment(comment=first, by=kaja)
    assert called(karl) == []


def test_the_link_leads_to_the_comment_itself(plan: Plan, kaja: User, karl: User) -> None:
    said = services.comment(plan=plan, text="Se her", by=kaja, mentions=[karl])
    for number in range(40):
        services.comment(plan=plan, text=f"Nyere {number}", by=kaja)
    client = signed_in(karl)
    link = page(client.get("/arbejde/")).one("section", aria_labelledby="mentions").one("li").one("a")
    path, _, place = link.attributes["href"].partition("#")
    assert place == f"comment-{said.pk}"
    assert page(client.get(path)).one("div", id=place).one("p", class_="said-text").text == "Se her"


def test_nothing_is_shown_of_a_plan_that_may_no_longer_be_read(plan: Plan, kaja: User, karl: User) -> None:
    services.comment(plan=plan, text="Se her", by=kaja, mentions=[karl])
    RoleAssignment.objects.filter(user=karl).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert called(karl) == []


def test_what_somebody_else_is_called_to_cannot_be_put_aside(plan: Plan, kaja: User, karl: User, reader: User) -> None:
    said = services.comment(plan=plan, text="Se her", by=kaja, mentions=[karl])
    for key in (said.pk, said.pk + 1):
        signed_in(reader).post(f"/arbejde/laest/{key}/")
    assert not Seen.objects.exists()
    assert called(karl) == ["Se her"]
    assert signed_in(karl).get(f"/arbejde/laest/{said.pk}/").status_code == 405


def test_hostile_text_stays_text_under_my_work(plan: Plan, kaja: User, karl: User) -> None:
    services.comment(plan=plan, text=HOSTILE, by=kaja, mentions=[karl])
    answer = signed_in(karl).get("/arbejde/")
    assert b"<script>alert" not in answer.content
    assert called(karl) == [" ".join(HOSTILE.split())]


def test_of_very_many_the_latest_are_shown(plan: Plan, kaja: User, karl: User) -> None:
    for number in range(60):
        services.comment(plan=plan, text=f"Nummer {number}", by=kaja, mentions=[karl])
    assert called(karl) == [f"Nummer {number}" for number in range(59, 9, -1)]
    assert Comment.objects.count() == 60


def test_what_was_done_last_stands_where_one_begins(plan: Plan, kaja: User, reader: User, stranger: User) -> None:
    services.comment(plan=plan, text="Se her", by=kaja)
    section = page(signed_in(reader).get("/arbejde/")).one("section", aria_labelledby="latest")
    assert section.one("ol").all("li")[0].all("p")[0].text == "Kaja skrev om planen »Klimaplan for Hvidovre«"
    assert not page(signed_in(stranger).get("/arbejde/")).all("section", aria_labelledby="latest")
