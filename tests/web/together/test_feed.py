"""What was done, in words: a sentence for every code of the log, and nobody reads of what they may not see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from klimaplan.web import audit
from klimaplan.web.accounts import services as accounts
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.audit.services import WHAT, record
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.together import feed
from klimaplan.web.plans.writes.services import finish
from klimaplan.web.workspace.together import feed_page, told
from web.plans.conftest import action
from web.reading import page
from web.together.test_talk import HOSTILE, words
from web.workspace.conftest import person, signed_in, the

SOURCE = Path(audit.__file__).parents[1]


def recorded_in(text: str) -> Iterator[str]:
    """The codes that a module records: given as `what` or first, and those looked up where a name is given instead."""
    tree = ast.parse(text)
    given = [
        keyword.value for call in ast.walk(tree) if isinstance(call, ast.Call)
        for keyword in call.keywords if keyword.arg == "what"
    ]  # fmt: skip
    given += [
        argument for call in ast.walk(tree) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        and call.func.id.strip("_") in ("record", "finish", "note") for argument in call.args
    ]  # fmt: skip
    looked_up = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    places = [*given, *(looked_up if any(isinstance(value, ast.Name) for value in given) else [])]
    for place in places:
        for node in ast.walk(place):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and WHAT.fullmatch(node.value):
                yield node.value


CODES = {code for path in SOURCE.rglob("*.py") for code in recorded_in(path.read_text())}


def test_codes_are_found_as_they_are_given_and_as_they_are_looked_up() -> None:
    assert set(recorded_in('record(what="plan.made" if a else "plan.gone")')) == {"plan.made", "plan.gone"}
    assert set(recorded_in('TABLE = {"x": "password.changed"}\nwhat = TABLE["x"]\nnote(what=what)')) == {
        "password.changed"
    }
    assert set(recorded_in('_record(by, "department.added", made)')) == {"department.added"}
    assert {
        "plan.part-changed",
        "department.closed",
        "password.reset",
        "session.refused",
        "link.reported",
        "plan.task-reopened",
    } <= CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_of_the_log_has_a_sentence_in_both_languages(code: str) -> None:
    text = told.SENTENCES[code]
    assert text.da
    assert text.en
    assert text.da != text.en
    open_in_danish, open_in_english = (set(re.findall(r"{(\w+)}", words)) for words in (text.da, text.en))
    assert open_in_danish == open_in_english <= set(told.FILLED_IN)


@pytest.fixture
def changes(plan: Plan, kaja: User, karl: User) -> None:
    """The plan of the tests, and one thing of most kinds done to it."""
    part = services.add_part(plan=plan, kind="action", content=action("a02", title="Cykelstier"), by=karl)
    services.change_part(
        part=part, content=action("a02", title="Cykelstier", owner="Teknik"), expected_version=1, by=kaja,
        why="Ny afdeling",
    )  # fmt: skip
    said = services.comment(plan=plan, part=part, text="Hvor lange?", by=karl, mentions=[kaja])
    services.resolve_comment(comment=said, by=kaja)
    task = services.add_task(plan=plan, title="Mål dem", due=date(2027, 3, 1), by=kaja, assigned_to=karl)
    services.complete_task(task=task, by=karl)
    services.name_version(plan=plan, name="Til høring", by=kaja)
    services.bulk_change(
        plan=plan, kind="action", expected={"a01": 1, "a02": 2}, fields={"owner": "Miljø"}, by=kaja
    )  # fmt: skip
    services.remove_part(part=the(plan, "a02"), expected_version=3, by=karl)


def told_of(plan: Plan, language: str = "da") -> list[str]:
    with override(language):
        return [f"{each.who} {each.words}" for each in feed_page.entries(list(feed.events_of([plan])))]


@pytest.mark.usefixtures("changes")
@pytest.mark.django_db
def test_each_is_told_in_danish(plan: Plan) -> None:
    assert told_of(plan) == [
        "Karl fjernede tiltag »Cykelstier«",
        "Kaja ændrede flere på én gang: tiltag »Tiltag a01«, tiltag »Cykelstier«",
        "Kaja gemte version 1 »Til høring«",
        "Karl meldte opgaven »Mål dem« udført",
        "Kaja lavede opgaven »Mål dem«, senest 1. marts 2027, til Karl",
        "Kaja afsluttede en samtale om tiltag »Cykelstier«",
        "Karl skrev om tiltag »Cykelstier«",
        "Kaja ændrede tiltag »Cykelstier«",
        "Karl tilføjede tiltag »Cykelstier«",
        "Kaja tilføjede tiltag »Tiltag a01«",
        "Kaja tilføjede mål »2030, sektorer: alle«",
        "Kaja oprettede planen »Klimaplan for Hvidovre«",
    ]


@pytest.mark.usefixtures("changes")
@pytest.mark.django_db
def test_and_in_english(plan: Plan) -> None:
    english = told_of(plan, "en")
    assert english[0] == "Karl removed action “Cykelstier”"
    assert english[3] == "Karl reported the task “Mål dem” done"
    assert english[-1] == "Kaja made the plan “Klimaplan for Hvidovre”"


@pytest.mark.usefixtures("changes")
@pytest.mark.django_db
def test_a_change_says_from_what_to_what_and_why(plan: Plan, kaja: User) -> None:
    shown = page(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/aktivitet/"))
    [entry] = [each for each in shown.one("ol", class_="feed").all("li") if "Ny afdeling" in each.text]
    assert entry.one("del").text.removeprefix("før: ") == "intet"
    assert entry.one("ins").text.removeprefix("efter: ") == "Teknik"
    assert "Ansvarlig" in entry.one("dt").text
    assert "Hvorfor: Ny afdeling" in entry.text


@pytest.mark.usefixtures("changes")
@pytest.mark.django_db
def test_it_is_narrowed_by_person_and_by_part(plan: Plan, kaja: User, karl: User) -> None:
    client = signed_in(kaja)

    def shown(query: str) -> list[str]:
        answer = page(client.get(f"/arbejde/plan/{plan.pk}/aktivitet/?{query}"))
        return [" ".join(each.all("p")[0].text.split()[:2]) for each in answer.one("ol", class_="feed").all("li")]

    assert shown(f"by={karl.pk}") == ["Karl fjernede", "Karl meldte", "Karl skrev", "Karl tilføjede"]
    assert shown("part=action/a01") == ["Kaja ændrede", "Kaja tilføjede"]
    assert shown("part=action/a02") == [
        "Karl fjernede", "Kaja ændrede", "Kaja afsluttede", "Karl skrev", "Kaja ændrede", "Karl tilføjede",
    ]  # fmt: skip
    assert shown(f"part=action/a02&by={kaja.pk}") == ["Kaja ændrede", "Kaja afsluttede", "Kaja ændrede"]
    assert len(shown("part=nonsense&by=nonsense&page=nonsense")) == 12


@pytest.mark.usefixtures("changes")
@pytest.mark.django_db
def test_nobody_reads_of_a_plan_or_of_people_that_are_not_theirs(
    plan: Plan, kaja: User, reader: User, adviser: User, stranger: User
) -> None:
    accounts.invite(by=kaja, email="ny@example.org", role="reader", organisation=organisations.organisation("hvidovre"))
    told_to = {who.name: words(signed_in(who).get("/arbejde/aktivitet/")) for who in (kaja, reader, adviser)}
    assert all("fjernede tiltag »Cykelstier«" in said for said in told_to.values())
    assert [name for name, said in told_to.items() if "inviterede en" in said] == ["Kaja"]
    assert "ny@example.org" not in told_to["Kaja"]
    refused = words(signed_in(stranger).get("/arbejde/aktivitet/"))
    assert "Cykelstier" not in refused
    assert "Kaja" not in refused


@pytest.mark.usefixtures("changes")
@pytest.mark.django_db
def test_a_role_that_has_ended_ends_the_reading(plan: Plan, reader: User) -> None:
    RoleAssignment.objects.filter(user=reader).update(valid_to=date(2026, 1, 1))
    assert not feed.events_for(reader).exists()
    assert "Cykelstier" not in words(signed_in(reader).get("/arbejde/aktivitet/"))


@pytest.mark.django_db
def test_a_long_feed_stands_on_pages(plan: Plan, kaja: User) -> None:
    for number in range(60):
        services.comment(plan=plan, text=f"{HOSTILE} {number}", by=kaja)
    client = signed_in(kaja)
    sizes = []
    for number in (1, 2):
        answer = client.get(f"/arbejde/plan/{plan.pk}/aktivitet/?by={kaja.pk}&page={number}")
        assert b"<script>alert" not in answer.content
        sizes.append(len(page(answer).one("ol", class_="feed").all("li")))
    assert sizes == [50, 13]
    older = page(client.get(f"/arbejde/plan/{plan.pk}/aktivitet/?by={kaja.pk}")).one("nav", class_="paging").one("a")
    assert older.attributes["href"] == f"?by={kaja.pk}&page=2"


@pytest.mark.django_db
def test_a_variant_is_told_of_apart_and_to_whoever_may_read_it(plan: Plan, kaja: User, reader: User) -> None:
    variant = services.create_variant(plan=plan, title="Uden damp", by=kaja)
    services.comment(plan=variant, text="Kun her", by=kaja)
    assert "Kun her" not in words(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/aktivitet/"))
    assert "Kun her" in words(signed_in(reader).get("/arbejde/aktivitet/"))


@pytest.mark.django_db
def test_what_an_unknown_edition_recorded_is_still_told(plan: Plan, kaja: User) -> None:
    record(by=kaja, what="plan.made-of-cheese", object_kind="plan", object_key=str(plan.pk), organisation="hvidovre")
    assert "gjorde noget (plan.made-of-cheese)" in words(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/aktivitet/"))


@pytest.mark.django_db
def test_changes_of_many_parts_at_once_are_told_of_each_of_them(plan: Plan, kaja: User) -> None:
    changed = {"added": ["action a01"], "changed": ["action a011"], "removed": [], "conflicting": []}
    finish(plan, by=kaja, what="plan.workbook-applied", after=changed)
    finish(plan, by=kaja, what="plan.version-restored", kind="version", key="1")
    copied = {"from": {"title": "En anden"}, "keys": {"x": "a01"}}
    finish(plan, by=kaja, what="plan.parts-copied", kind="action", after=copied)
    other = services.add_part(plan=plan, kind="action", content=action("a0"), by=kaja)
    every = feed.events_of([plan])
    assert [each.words for each in feed_page.entries(list(feed.about(every, plan, the(plan, "a01"))))] == [
        "kopierede fra »En anden«: tiltag »Tiltag a01«",
        "satte planen tilbage til version 1",
        "læste et regneark ind: 1 nye, 1 ændrede, 0 fjernede",
        "tilføjede tiltag »Tiltag a01«",
    ]
    assert [each.words for each in feed_page.entries(list(feed.about(every, plan, other)))] == [
        "tilføjede tiltag »Tiltag a0«", "satte planen tilbage til version 1",
    ]  # fmt: skip


@pytest.mark.django_db
def test_who_had_no_account_is_called_in_words(plan: Plan, kaja: User) -> None:
    finish(plan, by=None, what="plan.published", label="demonstration", after={"title": plan.title})
    finish(plan, by=None, what="link.reported", kind="action", key="a01", label="via link: Per (Kaja)")
    client = signed_in(kaja)
    shown = page(client.get(f"/arbejde/plan/{plan.pk}/aktivitet/"))
    first = [each.all("p")[0].text for each in shown.one("ol", class_="feed").all("li")]
    assert first[:2] == [
        "via link: Per (Kaja) meldte fremdrift på tiltag »Tiltag a01«",
        "Demonstrationen offentliggjorde planen »Klimaplan for Hvidovre«",
    ]
    only = page(client.get(f"/arbejde/plan/{plan.pk}/aktivitet/?by=~via link: Per (Kaja)"))
    assert len(only.one("ol", class_="feed").all("li")) == 1


@pytest.mark.django_db
def test_a_person_who_was_named_is_called_by_name(plan: Plan, kaja: User, karl: User) -> None:
    services.assign_action(part=the(plan, "a01"), user=karl, by=kaja)
    accounts.give_role(by=kaja, user=karl, role="reader", organisation=organisations.organisation("hvidovre"))
    seen = words(signed_in(person("Lis", coordinator="hvidovre")).get("/arbejde/aktivitet/"))
    assert "Kaja satte Karl til at holde tiltag »Tiltag a01« opdateret" in seen
    assert "Kaja gav Karl rollen læser i kommunen" in seen
