"""Certification by programs: steps with what was seen, scores with their version, and what stays unseen until sent."""

from __future__ import annotations

import hashlib
import json
from types import SimpleNamespace
from typing import Any

import pytest

from klimaplan.web.accounts.models import RoleAssignment
from klimaplan.web.audit.models import Event
from klimaplan.web.certification.models import Case, ReviewerScore
from klimaplan.web.organisations.selectors import organisation
from web.api.conftest import Program
from web.api.test_rules import codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

TAKES = {
    ("self-assessment", "ask-for-scoping"): "kaja",
    ("scoping", "hold-scoping"): "reviewer",
    ("drafting", "submit"): "kaja",
    ("submitted", "take-up"): "reviewer",
    ("review", "ask"): "reviewer",
    ("review", "recommend"): "reviewer",
    ("review", "return"): "reviewer",
    ("reply", "answer"): "kaja",
    ("recommended", "return"): "signatory",
    ("recommended", "sign"): "signatory",
    ("returned", "resume"): "kaja",
    ("review", "withdraw"): "kaja",
}
"""State and step → who takes it, of a coordinator, a reviewer and a signatory."""


def steps(case: Case) -> str:
    return f"/cases/{case.pk}/steps"


def test_a_case_is_opened_and_says_whose_turn_it_is_and_what_is_in_the_way(
    certified: SimpleNamespace, people: SimpleNamespace
) -> None:
    kajas = Program(people.kaja)
    path = f"/plans/{certified.plan.pk}/cases"
    opened, again = (kajas.post(path, {}, Idempotency_Key="k1") for _ in range(2))
    assert (opened.status_code, opened.content) == (201, again.content)
    case = opened.json()
    assert (case["state"], case["owner"], case["steps_taken"]) == ("self-assessment", "municipality", 0)
    first, last = case["next_steps"]
    assert (first["step"], first["yours"]) == ("ask-for-scoping", True)
    assert [each["code"] for each in first["in_the_way"]] == ["criteria-not-assessed"]
    # a reason can be sent, so it is asked for and not in the way
    assert (last["step"], last["asks"], last["in_the_way"]) == ("withdraw", ["reason"], [])
    second = kajas.post(path, {})
    assert (second.status_code, codes(second)) == (422, ["case-already-open"])
    assert [each["id"] for each in kajas.get(path).json()["items"]] == [case["id"]]


def test_who_decided_on_what_is_no_longer_so_is_told_what_is_possible_now(
    certified: SimpleNamespace, people: SimpleNamespace
) -> None:
    kajas = Program(people.kaja)
    body = {"step": "withdraw", "seen": 1, "reason": "Fortrudt"}
    late = kajas.post(steps(certified.answered), body, Accept_Language="en")
    assert (late.status_code, codes(late)) == (409, ["case-moved-on"])
    assert "send the answers" in late.json()["findings"][0]["text"]
    done = kajas.post(steps(certified.answered), {**body, "seen": 2}, Idempotency_Key="k2")
    assert (done.status_code, done.json()["state"], done.json()["steps_taken"]) == (200, "withdrawn", 3)
    again = kajas.post(steps(certified.answered), {**body, "seen": 2}, Idempotency_Key="k2")
    assert (again.status_code, again.content) == (200, done.content)
    assert Event.objects.filter(what="case.step-taken").count() == 1


@pytest.mark.parametrize("who", ["kaja", "reviewer", "signatory"])
def test_each_step_is_refused_to_all_but_those_whose_it_is(
    who: str, certified: SimpleNamespace, people: SimpleNamespace
) -> None:
    program = Program(getattr(people, who))
    for (state, step), taker in TAKES.items():
        Case.objects.filter(pk=certified.reviewed.pk).update(state=state)
        # one step too few was seen: whoever may is told that, and nobody takes it
        answer = program.post(steps(certified.reviewed), {"step": step, "seen": 0, "reason": "Prøve"})
        assert answer.status_code == (409 if taker == who else 403), (state, step)
    assert Case.objects.get(pk=certified.reviewed.pk).steps_taken == 1


def test_an_own_score_names_the_version_it_changes(certified: SimpleNamespace, people: SimpleNamespace) -> None:
    kajas, karls = Program(people.kaja), Program(people.karl)
    path = f"/cases/{certified.answered.pk}/criteria/K1"
    seen = kajas.get(path)
    assert (seen["ETag"][:3], seen.json()["own"]) == ('"0.', None)
    assert kajas.put(f"{path}/own-score", {"score": "met"}).status_code == 428
    bare = kajas.put(f"{path}/own-score", {"score": "not-met"}, If_Match=seen["ETag"])
    assert (bare.status_code, codes(bare)) == (422, ["argument-missing"])
    kept = karls.put(f"{path}/own-score", {"score": "met"}, If_Match=seen["ETag"])
    assert (kept.status_code, kept.json()["own"]["version"], kept["ETag"][:3]) == (200, 1, '"1.')
    late = kajas.put(f"{path}/own-score", {"score": "partial"}, If_Match=seen["ETag"])
    assert (late.status_code, codes(late)) == (412, ["score-changed-meanwhile"])
    own = kajas.get(path).json()["own"]
    assert (own["score"], own["by"]) == ("met", "Karl")


def test_scores_and_questions_of_a_round_are_the_reviewers_until_they_are_sent(
    certified: SimpleNamespace, people: SimpleNamespace
) -> None:
    case = f"/cases/{certified.reviewed.pk}"
    kajas, reviewers = Program(people.kaja), Program(people.reviewer)
    scored = reviewers.put(f"{case}/criteria/K1/score", {"score": "partial", "comment": "Dagen mangler"})
    assert scored.json()["review"]["score"] == "partial"
    assert kajas.get(f"{case}/criteria/K1").json()["review"] is None
    assert [each["id"] for each in reviewers.get(f"{case}/questions").json()["items"]] == [certified.unsent.pk]
    assert kajas.get(f"{case}/questions").json()["items"] == []
    assert kajas.post(f"{case}/questions/{certified.unsent.pk}/reply", {"text": "I går"}).status_code == 404


def test_a_second_reviewer_scores_blind(certified: SimpleNamespace, people: SimpleNamespace) -> None:
    case = f"/cases/{certified.reviewed.pk}"
    reviewers, second = Program(people.reviewer), Program(certified.colleague)
    assert [each["id"] for each in reviewers.get(f"{case}/colleagues").json()["items"]] == [certified.colleague.pk]
    nobody = reviewers.post(f"{case}/second-reviewer", {"person": people.kaja.pk})
    assert nobody.status_code == 404
    assert "Kaja" not in nobody.content.decode()
    for _ in range(2):
        asked = reviewers.post(f"{case}/second-reviewer", {"person": certified.colleague.pk})
        assert asked.status_code == 200
    assert Event.objects.filter(what="case.second-reviewer-added").count() == 1
    reviewers.put(f"{case}/criteria/K1/score", {"score": "met"})
    assert second.get(f"{case}/criteria/K1").json()["review"] is None
    # what is in the way of the first would tell what they have scored
    steps_told = {each["step"]: each["in_the_way"] for each in second.get(case).json()["next_steps"]}
    assert [each["code"] for each in steps_told["recommend"]] == ["another-reviewer"]
    for step in ("recommend", "ask", "return"):
        refused = second.post(f"{case}/steps", {"step": step, "seen": 1})
        assert (refused.status_code, codes(refused)) == (422, ["another-reviewer"]), step
    own = second.put(f"{case}/criteria/K1/score", {"score": "partial"}).json()["review"]
    assert (own["score"], own["reviewer"]) == ("partial", "Bente")
    # both have scored the one criterion, and differ on it
    agreed = reviewers.get(case).json()["agreement"]
    assert (agreed["observed"], agreed["differing"]) == (0.0, ["K1"])
    assert Program(people.kaja).get(case).json()["agreement"] is None


def test_a_reviewer_who_belonged_to_the_municipality_knows_of_no_case(
    certified: SimpleNamespace, people: SimpleNamespace
) -> None:
    reviewers = Program(certified.colleague)
    waiting = {each["id"] for each in reviewers.get("/desk").json()["items"]}
    assert waiting == {certified.reviewed.pk}
    RoleAssignment.objects.create(
        user=certified.colleague, role="reader", organisation=organisation("hvidovre"), valid_from="2025-01-01",
        valid_to="2025-12-31",
    )  # fmt: skip
    assert reviewers.get("/desk").json()["items"] == []
    for path in ("", "/criteria", "/questions", "/version"):
        assert reviewers.get(f"/cases/{certified.reviewed.pk}{path}").status_code == 404, path


def test_a_certificate_is_open_under_its_hash_and_can_be_computed_again(
    certified: SimpleNamespace, people: SimpleNamespace
) -> None:
    Case.objects.filter(pk=certified.reviewed.pk).update(state="recommended")
    ReviewerScore.objects.create(
        case=certified.reviewed, round=1, criterion="K1", score="met", reviewer=people.reviewer, at="2026-11-01T09:00Z"
    )
    signed = Program(people.signatory).post(steps(certified.reviewed), {"step": "sign", "seen": 1}).json()
    sha256 = signed["certificate"]
    shown = Program().get(f"/certificates/{sha256}").json()
    written = json.dumps(shown["content"], sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(written.encode("ascii")).hexdigest() == sha256
    assert (shown["sha256"], shown["intact"]) == (sha256, True)
    assert shown["content"]["scores"] == {"K1": {"score": "met", "argument_accepted": False}}
    assert Program().get("/certificates/" + "0" * 64).status_code == 404


def test_sets_of_criteria_are_open_to_everyone() -> None:
    listed = Program().get("/criteria-sets").json()["items"]
    # the guide of 7 November 2024 replaced the criteria of August 2020
    assert [(each["slug"], each["valid_from"]) for each in listed] == [
        ("capf-2020", "2020-08-01"), ("cctf-2024-dk", "2024-11-07"),
    ]  # fmt: skip
    whole = Program().get("/criteria-sets/cctf-2024-dk").json()
    assert (whole["criteria"][0]["id"], whole["follows"]) == ("K1", "capf-2020")
    assert Program().get("/criteria-sets/cctf-1999").status_code == 404


def test_the_assessment_of_a_plan_counts_every_criterion_once(
    certified: SimpleNamespace, people: SimpleNamespace
) -> None:
    kajas = Program(people.kaja)
    told = kajas.get(f"/plans/{certified.plan.pk}/assessment?criteria=capf-2020").json()
    wanted = [each["id"] for each in Program().get("/criteria-sets/capf-2020").json()["criteria"]]
    assert [each["criterion"] for each in told["items"]] == wanted
    assert sum(told["counts"].values()) == len(wanted)
    assert kajas.get(f"/plans/{certified.plan.pk}/assessment?criteria=none").status_code == 404


def test_decisions_are_recorded_all_faults_at_once_and_once_for_a_key(
    certified: SimpleNamespace, people: SimpleNamespace
) -> None:
    secretarys = Program(people.secretary)
    path = f"/plans/{certified.plan.pk}/adoptions"
    wrong = secretarys.post(path, {"version": 99, "state": "adopted", "minutes": "http://x"})
    assert set(codes(wrong)) == {
        "adoption-before-plan", "decision-day-missing", "case-number-not-usable", "minutes-not-an-address",
    }  # fmt: skip
    body = {"version": 1, "state": "adopted", "on": "2026-03-01", "case_number": "26/1"}
    made, again = (secretarys.post(path, body, Idempotency_Key="k3") for _ in range(2))
    assert (made.status_code, made.content) == (201, again.content)
    [listed] = secretarys.get(path).json()["items"]
    assert (listed["version"], listed["on"], listed["by"]) == (1, "2026-03-01", "Secretary")


def test_a_revision_is_judged_as_it_was_seen_and_closed(certified: SimpleNamespace, people: SimpleNamespace) -> None:
    kajas = Program(people.kaja)
    plan = f"/plans/{certified.revised.pk}"
    path = f"{plan}/revisions/{certified.revision.pk}"
    parts = {each["key"]: each for each in kajas.get(f"{plan}/revision").json()["parts"]}
    assert (parts["a01"]["fate"], parts["a01"]["version"]) == ("continued", 1)

    def judged(**said: Any) -> Any:
        return kajas.post(f"{path}/judgements", {"parts": [{"kind": "action", "key": "a01", **said}]})

    late = judged(fate="done", seen=0)
    assert (late.status_code, codes(late)) == (409, ["judged-meanwhile"])
    told = judged(fate="dropped", seen=1).json()
    # what is given up needs a reason
    assert [each["place"] for each in told["in_the_way"]] == ["a01"]
    assert kajas.post(f"{path}/close", {"version": 1}).status_code == 422
    judged(fate="dropped", reason="For dyrt", seen=2)
    closed, again = (kajas.post(f"{path}/close", {"version": 1}, Idempotency_Key="k4") for _ in range(2))
    assert (closed.json()["new"], closed.content) == (1, again.content)
    assert codes(kajas.post(f"{path}/close", {"version": 1})) == ["revision-closed"]
    assert kajas.post(f"{plan}/revisions/999999/close", {"version": 1}).status_code == 404


def test_the_overview_is_as_wide_as_ones_circle(certified: SimpleNamespace, people: SimpleNamespace) -> None:
    assert len(Program(people.reviewer).get("/overview").json()["municipalities"]) == 98
    assert [each["code"] for each in Program(people.reader).get("/overview").json()["municipalities"]] == ["167"]
    of_dgo = {each["dgo"] for each in Program(people.adviser).get("/overview").json()["municipalities"]}
    assert of_dgo == {"dgo-hovedstaden"}
