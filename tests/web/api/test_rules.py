"""What holds for every operation: tags, keys, pieces of lists, limits, languages, and findings for what is wrong."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from klimaplan.web.accounts.models import Invitation
from klimaplan.web.audit.models import Event
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.progress.models import LinkGrant
from klimaplan.web.tokens.models import PersonalToken
from web.api.conftest import Program, action

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def kajas(things: SimpleNamespace, people: SimpleNamespace) -> Program:
    return Program(people.kaja)


@pytest.fixture
def part(things: SimpleNamespace) -> str:
    """Where the action stands."""
    return f"/plans/{things.plan.pk}/parts/{things.part.pk}"


def codes(response: Any) -> list[str]:
    return [finding["code"] for finding in response.json()["findings"]]


# --- tags


def test_who_has_it_already_is_told_so(kajas: Program, part: str, things: SimpleNamespace) -> None:
    for path in (part, f"/plans/{things.plan.pk}", f"/plans/{things.plan.pk}/outcome", "/me", "/library"):
        first = kajas.get(path, Accept_Encoding="gzip")
        assert first["ETag"].startswith('"'), "compressed on the way out the tag would be weak"
        again = kajas.get(path, If_None_Match=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
    changed = kajas.put(part, {"content": action(owner="X")}, If_Match='"1"')
    assert kajas.get(part, If_None_Match=kajas.get(part)["ETag"]).status_code == 304
    assert kajas.get(part)["ETag"] == changed["ETag"]


def test_a_change_names_the_version_it_is_of(kajas: Program, part: str) -> None:
    for tag in ({}, {"If_Match": "*"}, {"If_Match": '"1", "2"'}, {"If_Match": "1"}):
        refused = kajas.put(part, {"content": action(owner="X")}, **tag)
        assert (refused.status_code, codes(refused)) == (428, ["version-missing"])
    seen = kajas.get(part)
    changed = kajas.put(part, {"content": action(owner="X")}, If_Match=seen["ETag"])
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert changed["ETag"].startswith('"2.')


def test_who_comes_too_late_gets_both_changes_and_puts_them_together(
    kajas: Program, part: str, people: SimpleNamespace
) -> None:
    karls = Program(people.karl)
    assert karls.put(part, {"content": action(owner="Karl", description="Ny")}, If_Match='"1"').status_code == 200
    mine = action(owner="Kaja", progress="done")
    late = kajas.put(part, {"content": mine}, If_Match='"1"')
    assert late.status_code == 412
    [clash] = late.json()["clashes"]
    assert (clash["base_version"], clash["current_version"], clash["by"]) == (1, 2, "Karl")
    assert "owner" not in clash["base"]
    assert (clash["theirs"]["owner"], clash["yours"]["owner"]) == ("Karl", "Kaja")
    [conflict] = clash["conflicts"]
    assert (conflict["field"], conflict["theirs"], conflict["yours"]) == ("owner", {"owner": "Karl"}, {"owner": "Kaja"})
    unchosen = kajas.post(f"{part}/merge", {"content": mine, "base_version": 1}, If_Match='"2"')
    assert unchosen.status_code == 412
    merged = kajas.post(
        f"{part}/merge", {"content": mine, "base_version": 1, "choices": {"owner": "yours"}}, If_Match='"2"'
    )
    content = merged.json()["content"]
    assert (content["owner"], content["description"], content["progress"]) == ("Kaja", "Ny", "done")


def test_a_bulk_change_that_comes_too_late_is_a_conflict(
    kajas: Program, part: str, things: SimpleNamespace, people: SimpleNamespace
) -> None:
    Program(people.karl).put(part, {"content": action(owner="Karl")}, If_Match='"1"')
    late = kajas.post(f"/plans/{things.plan.pk}/bulk-changes", {
        "kind": "action", "expected": {"a01": 1}, "fields": {"owner": "Kaja"},
    })  # fmt: skip
    assert (late.status_code, codes(late)) == (409, ["part-changed-meanwhile"])
    assert late.json()["clashes"][0]["theirs"]["owner"] == "Karl"


def test_a_plan_is_published_as_it_was_seen_or_not_at_all(
    kajas: Program, part: str, things: SimpleNamespace, people: SimpleNamespace
) -> None:
    plan = f"/plans/{things.plan.pk}"
    seen = kajas.get(plan)["ETag"]
    Program(people.karl).put(part, {"content": action(owner="Karl")}, If_Match='"1"')
    for path, body in ((f"{plan}/publish", {}), (f"{plan}/versions/1/restore", {})):
        late = kajas.post(path, body, If_Match=seen)
        assert (late.status_code, codes(late)) == (412, ["plan-changed-meanwhile"]), path
    assert kajas.put(f"{plan}/order/action", {"keys": ["a01"]}, If_Match=seen).status_code == 412
    assert kajas.post(f"{plan}/publish", {"name": "Vedtaget"}, If_Match=kajas.get(plan)["ETag"]).status_code == 200


# --- keys


def test_the_same_key_does_nothing_twice_and_answers_the_same(kajas: Program, things: SimpleNamespace) -> None:
    path = f"/plans/{things.plan.pk}/parts"
    body = {"kind": "vision", "content": {"text": "Grøn"}}
    first = kajas.post(path, body, Idempotency_Key="k1")
    again = kajas.post(path, body, Idempotency_Key="k1")
    assert (first.status_code, first.content, first["ETag"]) == (again.status_code, again.content, again["ETag"])
    assert PlanPart.objects.filter(kind="vision").count() == 1
    other = kajas.post(path, {"kind": "vision", "content": {"text": "Blå"}}, Idempotency_Key="k1")
    assert (other.status_code, codes(other)) == (422, ["idempotency-key-used"])
    assert PlanPart.objects.filter(kind="vision").count() == 1


def test_a_change_that_is_asked_again_after_it_was_made_is_no_conflict(kajas: Program, part: str) -> None:
    body = {"content": action(owner="X")}
    first = kajas.put(part, body, If_Match='"1"', Idempotency_Key="k2")
    again = kajas.put(part, body, If_Match='"1"', Idempotency_Key="k2")
    assert (again.status_code, again.content) == (200, first.content)
    assert Event.objects.filter(what="plan.part-changed").count() == 1


def test_a_plan_is_published_once_for_a_key(kajas: Program, things: SimpleNamespace) -> None:
    plan = f"/plans/{things.plan.pk}"
    tag = kajas.get(plan)["ETag"]
    answers = [kajas.post(f"{plan}/publish", {}, If_Match=tag, Idempotency_Key="k3") for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert Event.objects.filter(what="plan.published").count() == 2  # the first one made the fixture


def test_an_invitation_is_sent_once_for_a_key(
    kajas: Program, django_capture_on_commit_callbacks: Any
) -> None:  # fmt: skip
    body = {"email": "ane@example.org", "role": "reader", "language": "en"}
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            made = kajas.post("/organisations/hvidovre/invitations", body, Idempotency_Key="k4")
            assert made.status_code == 201
    assert Invitation.objects.filter(email="ane@example.org").count() == 1
    [letter] = mail.outbox
    assert letter.to == ["ane@example.org"]
    assert "/en/account/invitation/" in letter.body
    assert "token" not in made.json()


def test_the_address_of_a_link_is_told_once(kajas: Program, things: SimpleNamespace) -> None:
    path, body = f"/plans/{things.plan.pk}/links", {"action": "a01", "recipient": "Havnen", "language": "en"}
    first, again = (kajas.post(path, body, Idempotency_Key="k5").json() for _ in range(2))
    assert "/en/progress/link/" in first["address"]
    assert again == {**first, "address": None}
    assert LinkGrant.objects.filter(recipient="Havnen").count() == 1


# --- pieces of lists


def test_a_list_comes_in_pieces_without_a_gap_and_without_repetition(kajas: Program, things: SimpleNamespace) -> None:
    path = f"/plans/{things.plan.pk}/parts"
    for number in range(5):
        kajas.post(path, {"kind": "vision", "content": {"text": f"{number}"}})
    seen, cursor = [], ""
    while cursor is not None:
        answer = kajas.get(f"{path}?kind=vision&limit=2&cursor={cursor}")
        seen += [each["content"]["text"] for each in answer.json()["items"]]
        cursor = answer.json()["next"]
        if cursor is None:
            assert "Link" not in answer
        else:
            assert answer["Link"].endswith(f'cursor={cursor}>; rel="next"')
            assert "kind=vision" in answer["Link"]
        if len(seen) == 2:  # somebody adds one meanwhile
            kajas.post(path, {"kind": "vision", "content": {"text": "5"}})
    assert seen == ["0", "1", "2", "3", "4", "5"]


@pytest.mark.parametrize("wrong", ["limit=0", "limit=201", "limit=x", "cursor=zzz", "cursor=YWZ0ZXI6LTE", "cursor=%00"])
def test_a_piece_that_cannot_be_is_refused(kajas: Program, wrong: str) -> None:
    assert kajas.get(f"/organisations?{wrong}").status_code == 422


def test_who_keeps_a_copy_asks_for_what_has_changed_since(kajas: Program, part: str, things: SimpleNamespace) -> None:
    path = f"/plans/{things.plan.pk}/parts"
    moment = timezone.now().isoformat().replace("+00:00", "Z")
    assert kajas.get(f"{path}?updated_since={moment}").json()["items"] == []
    removed = kajas.delete(part, If_Match='"1"')
    assert removed.json()["removed"]
    assert kajas.get(f"{path}?updated_since={moment}").json()["items"] == []
    [gone] = kajas.get(f"{path}?updated_since={moment}&removed=true").json()["items"]
    assert (gone["key"], gone["removed"], gone["version"]) == ("a01", True, 2)
    assert kajas.get(f"{path}?updated_since=yesterday").status_code == 422


# --- what is wrong


def test_findings_speak_the_language_that_is_asked_for(kajas: Program, things: SimpleNamespace) -> None:
    path = f"/plans/{things.plan.pk}/parts"
    body = {"kind": "action", "content": action("a01")}
    danish, english = (kajas.post(path, body, Accept_Language=language) for language in ("da", "en-GB,en;q=0.9"))
    for response, language in ((danish, "da"), (english, "en")):
        [finding] = response.json()["findings"]
        assert response["Content-Language"] == language
        assert finding["text"] == finding["message"][language]
    assert "a01 findes allerede i planen." in danish.json()["findings"][0]["text"]
    assert "a01 is in the plan already." in english.json()["findings"][0]["text"]


def test_everything_that_is_wrong_with_a_part_is_said_at_once_and_where(
    kajas: Program, things: SimpleNamespace
) -> None:
    content = {"key": "a09", "titel": "X", "progress": "sometimes"}
    refused = kajas.post(f"/plans/{things.plan.pk}/parts", {"kind": "action", "content": content})
    assert refused.status_code == 422
    assert {"unknown-field", "field-missing", "unknown-choice"} <= set(codes(refused))


def test_unknown_fields_and_parameters_are_refused(kajas: Program, things: SimpleNamespace) -> None:
    plan = f"/plans/{things.plan.pk}"
    body = kajas.post(f"{plan}/versions", {"name": "x", "nmae": "y"})
    assert (body.status_code, codes(body)) == (422, ["unknown-field"])
    assert body.json()["findings"][0]["place"] == "nmae"
    query = kajas.get(f"{plan}/parts?updated_sinse=2026-01-01T00:00:00Z")
    assert (query.status_code, codes(query)) == (422, ["parameter-unknown"])


@pytest.mark.parametrize("sent", [
    b"{", b"\xff", b'{"name": NaN}', b'{"name": 1e999}', b'{"name": "a", "name": "b"}', b"[" * 100_000,
])  # fmt: skip
def test_what_is_no_json_is_refused(kajas: Program, things: SimpleNamespace, sent: bytes) -> None:
    refused = kajas.client.post(
        f"/api/v1/plans/{things.plan.pk}/versions", sent, content_type="application/json", headers=kajas.headers
    )
    assert (refused.status_code, codes(refused)) == (400, ["body-unreadable"])


def test_more_than_one_request_may_hold_is_refused_unread(kajas: Program, things: SimpleNamespace) -> None:
    refused = kajas.post(f"/plans/{things.plan.pk}/versions", {"name": "x" * 2_000_001})
    assert (refused.status_code, codes(refused)) == (413, ["body-too-large"])


@pytest.mark.parametrize("hidden", ["\x00", "\x1b[31m", "\ud800"])
def test_signs_that_nobody_sees_are_refused(kajas: Program, things: SimpleNamespace, hidden: str) -> None:
    plan = f"/plans/{things.plan.pk}"
    for path, body in (
        (f"{plan}/versions", {"name": f"x{hidden}"}),
        (f"{plan}/comments", {"text": f"x{hidden}"}),
        (f"{plan}/variants", {"title": f"x{hidden}"}),
        ("/organisations/hvidovre/invitations", {"email": f"x{hidden}@example.org", "role": "reader"}),
    ):
        assert kajas.post(path, body).status_code == 422, path


def test_what_one_may_not_know_of_is_not_there(
    kajas: Program, things: SimpleNamespace, people: SimpleNamespace
) -> None:
    strangers = Program(people.stranger)
    hidden = strangers.get(f"/plans/{things.plan.pk}")
    absent = strangers.get("/plans/999999")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content.replace(str(things.plan.pk).encode(), b"N") == absent.content.replace(b"999999", b"N")
    said = kajas.post(f"/plans/{things.plan.pk}/comments", {"text": "Hej", "mentions": [people.stranger.pk]})
    nobody = kajas.post(f"/plans/{things.plan.pk}/comments", {"text": "Hej", "mentions": [999_999]})
    assert said.status_code == nobody.status_code == 404
    assert "Stranger" not in said.content.decode()


def test_a_refusal_says_why_and_whom_to_ask(things: SimpleNamespace, people: SimpleNamespace) -> None:
    body = {"kind": "vision", "content": {"text": "x"}}
    refused = Program(people.reader).post(f"/plans/{things.plan.pk}/parts", body, Accept_Language="en")
    assert refused.status_code == 403
    [finding] = refused.json()["findings"]
    assert "None of your roles allows this here." in finding["text"]
    assert "Ask the climate coordinator of Hvidovre" in finding["text"]


def test_an_address_that_is_not_asked_for_in_that_way_answers_405(kajas: Program, part: str) -> None:
    assert kajas.ask("PATCH", part, {}).status_code == 405


# --- tokens


def test_an_expired_or_withdrawn_token_asks_nothing(kajas: Program) -> None:
    assert kajas.get("/me").status_code == 200
    PersonalToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert kajas.get("/me").status_code == 401
    PersonalToken.objects.update(expires_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now())
    assert kajas.get("/me").status_code == 401


def test_a_token_notes_the_day_it_was_used_and_nothing_more(kajas: Program) -> None:
    assert PersonalToken.objects.get().last_used is None
    kajas.get("/me")
    assert PersonalToken.objects.get().last_used == timezone.localdate()


def test_a_role_that_asks_for_a_second_factor_asks_for_it_here_too(people: SimpleNamespace) -> None:
    program = Program(people.administrator)
    assert program.get("/events").status_code == 200
    Authenticator.objects.filter(user=people.administrator).delete()
    refused = program.get("/events")
    assert (refused.status_code, refused.json()["findings"][0]["place"]) == (403, "second-factor")


def test_too_many_requests_wait(kajas: Program) -> None:
    for _ in range(300):
        last = kajas.get("/me")
    assert last.status_code == 200
    refused = kajas.get("/me")
    assert (refused.status_code, codes(refused)) == (429, ["too-many-requests"])
    assert int(refused["Retry-After"]) == 60


def test_too_many_tokens_that_do_not_work_wait(things: SimpleNamespace) -> None:
    nobody = Program(headers={"Authorization": "Bearer klp_" + "A" * 43})
    statuses = [nobody.get("/me").status_code for _ in range(61)]
    assert statuses == [401] * 60 + [429]


# --- whole plans and files


def test_a_whole_plan_goes_out_and_comes_in_again(kajas: Program, things: SimpleNamespace) -> None:
    path = f"/plans/{things.plan.pk}/file"
    out = kajas.get(path)
    file = out.json()["file"]
    assert file["plan"] == {"municipality": "167", "title": "Klimaplan for Hvidovre"}
    file["action"][0]["owner"] = "Teknik og Miljø"
    file["action"].append({"key": "a03", "title": "Nyt"})
    applied = kajas.put(path, {"file": file}, If_Match=out["ETag"])
    assert applied.status_code == 200
    owners = {part.key: part.content.get("owner") for part in PlanPart.objects.filter(kind="action", removed=False,
                                                                                     plan=things.plan)}  # fmt: skip
    assert owners == {"a01": "Teknik og Miljø", "a03": None}
    wrong = kajas.put(path, {"file": {**file, "action": [{"key": "a01"}]}}, If_Match=applied["ETag"])
    assert wrong.status_code == 422
    assert wrong.json()["findings"][0]["place"].startswith("plan.json!action")


def test_a_file_is_handed_in_and_comes_back_byte_by_byte(kajas: Program, things: SimpleNamespace) -> None:
    path = f"/plans/{things.plan.pk}/evidence"
    content = b"Referat af m\xc3\xb8det"
    given = {"file!": SimpleUploadedFile("../../referat.txt", content), "title": "Referat", "action": "a01"}
    made = kajas.post(path, given)
    assert made.status_code == 201
    digest = made.json()["content"]["file"]
    back = kajas.get(f"{path}/{digest}")
    assert (back.content, back["Content-Disposition"]) == (content, "attachment")
    assert back["X-Content-Type-Options"] == "nosniff"
    assert kajas.get(f"{path}/{digest}", If_None_Match=back["ETag"]).status_code == 304
    hostile = kajas.post(path, {"file!": SimpleUploadedFile("x.pdf", b"<script>alert(1)</script>")})
    assert hostile.status_code == 422


def test_the_outcome_adds_up(kajas: Program, things: SimpleNamespace) -> None:
    answer = kajas.get(f"/plans/{things.plan.pk}/outcome").json()
    assert answer["computed"]
    at = answer["years"].index(2030)
    # the only action takes 100 t from 2030 onwards
    assert answer["effects"]["a01"][at] == pytest.approx(-100.0)
    assert answer["pathway"]["total"][at] == pytest.approx(answer["baseline"]["total"][at] - 100.0)


def test_two_variants_and_two_versions_are_compared(
    kajas: Program, part: str, things: SimpleNamespace
) -> None:  # fmt: skip
    changed = services.change_part(part=things.part, content=action(), expected_version=1, by=things.part.updated_by)
    assert changed.version == 2
    for path in (f"comparison/{things.variant.pk}", "comparison?first=now&second=1"):
        told = kajas.get(f"/plans/{things.plan.pk}/{path}").json()
        # without its lever the action takes nothing; the variant and version 1 still take 100 t
        assert told["pathway"]["2030"]["difference"] == pytest.approx(-100.0), path
        assert any(each["key"] == "a01" and each["change"] == "changed" for each in told["parts"])


def test_actions_are_copied_from_a_published_plan(kajas: Program, things: SimpleNamespace) -> None:
    made = kajas.post(f"/plans/{things.variant.pk}/copies", {"published_plan": things.plan.pk, "keys": ["a01"]})
    assert made.status_code == 201
    [copied] = made.json()["parts"]
    assert (copied["origin"]["plan"], copied["origin"]["key"]) == (things.plan.pk, "a01")


def test_everything_that_was_done_to_a_plan_is_told_in_order(kajas: Program, things: SimpleNamespace) -> None:
    told = kajas.get(f"/plans/{things.plan.pk}/activity?limit=200").json()["items"]
    assert told[0]["what"] == "plan.created"
    assert [each["seq"] for each in told] == sorted(each["seq"] for each in told)
    assert Plan.objects.get(pk=things.plan.pk).revision > 0


def test_an_action_owner_reports_on_the_action_they_are_named_for_and_nothing_else(
    kajas: Program, part: str, people: SimpleNamespace, things: SimpleNamespace
) -> None:
    owners = Program(people.owner)
    content = kajas.get(part).json()["content"]
    report = {"content": {**content, "progress": "done"}}
    assert owners.put(part, report, If_Match='"1"').status_code == 403
    named = kajas.post(f"{part}/responsible", {"person": people.owner.pk})
    assert named.status_code == 200
    assert {each["person_id"] for each in kajas.get(f"{part}/responsible").json()["items"]} >= {people.owner.pk}
    assert owners.put(part, {"content": {**content, "title": "Andet"}}, If_Match='"1"').status_code == 403
    assert owners.put(part, report, If_Match='"1"').json()["content"]["progress"] == "done"
    kajas.post(f"{part}/responsible/end", {"person": people.owner.pk})
    assert owners.put(part, {"content": content}, If_Match='"2"').status_code == 403
