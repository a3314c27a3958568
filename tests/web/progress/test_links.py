"""Links: who makes and withdraws them, what reports through them change, and what nobody learns from a bad one."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import NotAllowed
from klimaplan.web.audit.models import Event
from klimaplan.web.audit.selectors import verify
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import PartRevision, Plan, PlanPart
from klimaplan.web.progress import services
from klimaplan.web.progress.models import LinkGrant, Report
from web.addresses import at
from web.progress.conftest import Fill, person, the_action
from web.reading import page

pytestmark = pytest.mark.django_db


def test_only_the_digest_of_the_secret_is_kept(made: services.Made) -> None:
    secret = made.token.rpartition(":")[0]
    assert len(secret) >= 43  # 32 bytes in base64
    row = LinkGrant.objects.values().get()
    assert row["token_sha256"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(row)
    assert secret not in str(list(Event.objects.values()))


@pytest.mark.parametrize(
    ("role", "slug", "may"),
    [
        ("coordinator", "hvidovre", True), ("department_contact", "hvidovre", True),
        ("action_owner", "hvidovre", False),
        ("reader", "hvidovre", False), ("coordinator", "koebenhavn", False), ("dgo_adviser", "dgo-hovedstaden", False),
        ("secretariat", "kl", False), ("administrator", "kl", False),
    ],
)  # fmt: skip
def test_who_may_send_links(plan: Plan, role: str, slug: str, may: bool) -> None:
    by = person("Somebody", role, slug)
    if may:
        assert services.make_link(plan=plan, action="a01", recipient="Ole", days=7, by=by).token
        return
    with pytest.raises(NotAllowed):
        services.make_link(plan=plan, action="a01", recipient="Ole", days=7, by=by)
    assert not LinkGrant.objects.exists()


@pytest.mark.parametrize(("recipient", "days"), [("", 7), ("x" * 81, 7), ("Ole", 0), ("Ole", 181), ("O\x00le", 7)])
def test_a_link_has_a_recipient_and_an_end(plan: Plan, kaja: User, recipient: str, days: int) -> None:
    with pytest.raises(InputError):
        services.make_link(plan=plan, action="a01", recipient=recipient, days=days, by=kaja)


def test_a_report_changes_the_action_and_says_by_whom(client: Client, plan: Plan, path: str, fill: Fill) -> None:
    answer = client.post(path, fill(
        progress="under-way", activity="12,5", year=2026, spent="1.250.000", barrier_kind="economic",
        barrier="Prisen er steget.", note="Ring til mig.",
    ))  # fmt: skip
    assert answer.status_code == 200
    said = page(answer).one("dl").text
    assert said == (
        "Fremdrift i gang Gennemført i 2026 12,50 stk. Brugt indtil nu 1.250.000 kr. "
        "Barriere økonomi: Prisen er steget. Bemærkning Ring til mig."
    )
    part = the_action(plan)
    assert part.content["progress"] == "under-way"
    assert part.content["known"] == {
        "implemented_activity": {"2024": 3.0, "2026": 12.5}, "activity_unit": "stk."
    }  # fmt: skip
    barrier = PlanPart.objects.get(plan=plan, kind="barrier").content
    assert barrier == {"action": "a01", "kind": "economic", "description": "Prisen er steget."}
    event = Event.objects.get(what="plan.part-changed")
    assert (event.by_id, event.by_label) == (None, "via link: Vej og Park (Kaja)")
    assert event.why == "Ring til mig."
    reported = Event.objects.get(what="link.reported")
    assert reported.after["spent_dkk"] == 1_250_000.0
    assert verify() == ()


def test_what_is_left_empty_stays_as_it_was(client: Client, plan: Plan, path: str, fill: Fill) -> None:
    before = the_action(plan).content
    assert client.post(path, fill()).status_code == 200
    assert the_action(plan).content == before
    assert the_action(plan).version == 1
    assert Report.objects.count() == 1


def test_the_same_form_twice_is_one_report(client: Client, plan: Plan, path: str, fill: Fill) -> None:
    data = fill(progress="done", activity="20", barrier_kind="legal", barrier="Lokalplanen mangler.")
    first, second = client.post(path, data), client.post(path, data)
    assert page(first).one("dl").text == page(second).one("dl").text
    assert Report.objects.count() == 1
    assert PlanPart.objects.filter(plan=plan, kind="barrier").count() == 1
    assert PartRevision.objects.filter(part=the_action(plan)).count() == 2
    assert Event.objects.filter(what="link.reported").count() == 1


def test_the_same_barrier_reported_anew_is_named_once(client: Client, plan: Plan, path: str, fill: Fill) -> None:
    for _ in range(2):
        client.post(path, fill(barrier_kind="legal", barrier="Lokalplanen mangler."))
    assert Report.objects.count() == 2
    assert PlanPart.objects.filter(plan=plan, kind="barrier").count() == 1


def test_changes_of_other_fields_are_put_together(
    client: Client, plan: Plan, kaja: User, path: str, fill: Fill
) -> None:
    data = fill(activity="20", year=2026)
    part = the_action(plan)
    plans.change_part(
        part=part, content={**part.content, "owner": "Vej", "progress": "decided"}, expected_version=1, by=kaja
    )
    assert client.post(path, data).status_code == 200
    content = the_action(plan).content
    assert (content["owner"], content["progress"]) == ("Vej", "decided")
    assert content["known"]["implemented_activity"]["2026"] == 20.0


def test_a_stale_form_shows_both_and_loses_neither(
    client: Client, plan: Plan, kaja: User, path: str, fill: Fill
) -> None:
    data = fill(progress="done", note="Alle er sat op.")
    part = the_action(plan)
    plans.change_part(part=part, content={**part.content, "progress": "under-way"}, expected_version=1, by=kaja)
    answer = client.post(path, data)
    assert answer.status_code == 409
    shown = page(answer)
    [alert] = shown.all("div", role="alert")
    assert "planen siger nu »i gang«; du skrev »gennemført«" in alert.text
    assert the_action(plan).content["progress"] == "under-way"
    assert not Report.objects.exists()
    [progress] = shown.all("select", name="progress")
    assert [each.attributes["value"] for each in progress.all("option") if "selected" in each.attributes] == ["done"]
    assert shown.one("textarea", name="note").text == "Alle er sat op."
    again = {**data, "version": shown.one("input", name="version").attributes["value"]}
    assert client.post(path, again).status_code == 200
    assert the_action(plan).content["progress"] == "done"


def test_a_coordinator_who_was_slower_sees_that_it_came_by_link(
    client: Client, plan: Plan, kaja: User, path: str, fill: Fill
) -> None:
    assert client.post(path, fill(progress="done")).status_code == 200
    part = the_action(plan)
    with pytest.raises(plans.Stale) as stale:
        plans.change_part(part=part, content={**part.content, "progress": "dropped"}, expected_version=1, by=kaja)
    assert stale.value.clash.by == "via link: Vej og Park (Kaja)"


def test_a_stale_form_does_not_put_back_what_nobody_here_changed(
    client: Client, plan: Plan, kaja: User, path: str, fill: Fill
) -> None:
    data = fill(activity="20", year=2026)
    part = the_action(plan)
    theirs = {**part.content, "progress": "done"}
    theirs["known"] = {**theirs["known"], "implemented_activity": {"2024": 3.0, "2026": 7.0}}
    plans.change_part(part=part, content=theirs, expected_version=1, by=kaja)
    shown = page(client.post(path, data))
    [progress] = shown.all("select", name="progress")
    assert [each.attributes["value"] for each in progress.all("option") if "selected" in each.attributes] == ["done"]


def test_a_number_needs_a_unit(client: Client, plan: Plan, kaja: User) -> None:
    plans.add_part(plan=plan, kind="action", content={"key": "a02", "title": "Cykelsti"}, by=kaja)
    made = services.make_link(plan=plan, action="a02", recipient="Ole", days=7, by=kaja)
    path = at("da", "progress-report", made.token)
    year = timezone.localdate().year
    data = {"progress": "done", "activity": "4", "year": year, "version": "1", "form": "0" * 32}
    refused = client.post(path, data)
    assert refused.status_code == 422
    assert page(refused).one("input", name="activity").attributes["value"] == "4"
    assert page(refused).one("input", name="unit").attributes["aria-invalid"] == "true"
    assert client.post(path, {**data, "unit": "km"}).status_code == 200
    known = PlanPart.objects.get(plan=plan, key="a02").content["known"]
    assert known == {"implemented_activity": {str(year): 4.0}, "activity_unit": "km"}
    with pytest.raises(InputError):
        services.report(
            token=services.make_link(plan=plan, action="a02", recipient="Ole", days=7, by=kaja).token,
            said=services.Said("done", barrier="Uden slags"), base_version=2, form="1" * 32,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("activity", "mange"), ("activity", "-3"), ("activity", "1e9"), ("activity", "nan"), ("spent", "1,2,3"),
        ("progress", "finished"), ("year", "1999"), ("barrier_kind", "weather"), ("note", "x" * 2001),
        ("form", "x"), ("version", "0"), ("version", "99"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_and_changes_nothing(
    client: Client, plan: Plan, path: str, fill: Fill, field: str, written: str
) -> None:
    assert client.post(path, {**fill(), field: written}).status_code == 422
    assert the_action(plan).version == 1
    assert not Report.objects.exists()


def _gone(client: Client, path: str) -> tuple[int, str]:
    answers = {(each.status_code, each.content.decode()) for each in (client.get(path), client.post(path, {}))}
    [(status, body)] = answers
    # the address itself stands in the link to the other language
    return status, body.replace(path.rstrip("/").rpartition("/")[2], "TOKEN")


def test_wrong_expired_and_withdrawn_links_answer_alike(
    client: Client, plan: Plan, kaja: User, made: services.Made, path: str
) -> None:
    assert client.get(path).status_code == 200
    answers = [_gone(client, at("da", "progress-report", "nothing-of-ours"))]
    secret, _, signature = made.token.rpartition(":")
    answers.append(_gone(client, at("da", "progress-report", f"{secret}x:{signature}")))
    LinkGrant.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answers.append(_gone(client, path))
    LinkGrant.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert client.get(path).status_code == 200
    services.revoke_link(grant=made.grant, by=kaja)
    answers.append(_gone(client, path))
    assert {status for status, _ in answers} == {404}
    assert len({body for _, body in answers}) == 1
    assert "Bed den, der sendte det, om et nyt." in answers[0][1]


def test_a_link_may_no_more_than_who_made_it(client: Client, kaja: User, path: str) -> None:
    RoleAssignment.objects.filter(user=kaja).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert client.get(path).status_code == 404


def test_a_link_ends_with_its_action(client: Client, plan: Plan, kaja: User, path: str) -> None:
    plans.remove_part(part=the_action(plan), expected_version=1, by=kaja)
    assert client.get(path).status_code == 404


def test_to_open_a_link_changes_nothing(client: Client, made: services.Made, path: str) -> None:
    events = Event.objects.count()
    for _ in range(3):
        client.get(path)
        client.head(path)
    assert LinkGrant.objects.get().last_used_at is None
    assert Event.objects.count() == events


def test_nothing_tells_of_the_link(client: Client, path: str) -> None:
    for answer in (client.get(path), client.post(path, {}), client.get(path + "x/")):
        if answer.status_code == 404:
            continue
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
    gone = client.get(at("da", "progress-report", "nothing"))
    assert (gone["Referrer-Policy"], gone.status_code) == ("no-referrer", 404)


def test_a_form_from_a_browser_that_hides_where_it_was_is_taken(path: str, fill: Fill) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, fill(), headers={"Origin": "null"}).status_code == 200


def test_too_many_tries_are_refused_whether_or_not_there_is_such_a_link(client: Client, path: str) -> None:
    for there in (path, at("da", "progress-report", "nothing")):
        answers = [client.post(there, {}, REMOTE_ADDR=f"10.0.0.{number}").status_code for number in range(21)]
        assert answers[-1] == 429
        assert 429 not in answers[:20]
    mixed = [client.post(at("da", "progress-report", f"n{number}"), {}).status_code for number in range(31)]
    assert mixed == [404] * 30 + [429]


def test_a_coordinator_makes_and_withdraws_a_link(client: Client, plan: Plan, kaja: User) -> None:
    client.force_login(kaja)
    there = at("da", "progress-links", plan.pk)
    answer = client.post(there, {"action": "a01", "recipient": "Ole", "days": "30", "language": "en"})
    address = page(answer).one("input", id="link-address").attributes["value"]
    assert "/en/progress/link/" in address
    path = address.removeprefix("http://testserver")
    reader = Client()
    assert page(reader.get(path)).one("h1").text == "Ladestandere ved rådhuset"
    assert address not in client.get(there).content.decode()
    client.post(at("da", "progress-revoke", plan.pk, LinkGrant.objects.get().pk))
    assert reader.get(path).status_code == 404
    assert list(Event.objects.values_list("what", flat=True))[-2:] == ["link.made", "link.revoked"]


@pytest.mark.parametrize(("role", "slug"), [("reader", "hvidovre"), ("coordinator", "koebenhavn")])
def test_others_neither_see_nor_withdraw_links(
    client: Client, plan: Plan, made: services.Made, role: str, slug: str
) -> None:
    client.force_login(person("Other", role, slug))
    assert client.get(at("da", "progress-links", plan.pk)).status_code == 403
    assert client.post(at("da", "progress-revoke", plan.pk, made.grant.pk)).status_code == 403
    assert LinkGrant.objects.get().revoked_at is None


def test_the_form_says_nothing_of_the_rest_of_the_plan(client: Client, plan: Plan, kaja: User, path: str) -> None:
    plans.add_part(plan=plan, kind="action", content={"key": "a09", "title": "Hemmelig grund"}, by=kaja)
    plans.comment(plan=plan, text="Internt notat", by=kaja)
    shown = client.get(path).content.decode()
    assert "Hemmelig grund" not in shown
    assert "Internt notat" not in shown
    assert kaja.email not in shown


def test_words_of_the_form_are_no_markup(client: Client, plan: Plan, kaja: User, path: str, fill: Fill) -> None:
    said = client.post(path, fill(note="<script>alert(1)</script>")).content.decode()
    assert "<script>alert" not in said
    assert "&lt;script&gt;alert" in said
    client.force_login(kaja)
    assert "<script>alert" not in client.get(at("da", "progress-links", plan.pk)).content.decode()
