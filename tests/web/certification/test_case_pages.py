"""The pages of a case: what stands on them for whom, what their forms do, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from klimaplan.domain.certification.workflow import State, Step
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.audit.models import Event
from klimaplan.web.certification.cases.services import add_second_reviewer, open_case
from klimaplan.web.certification.models import Case, Question, ReviewerScore, Score, SelfScore, StepTaken
from klimaplan.web.certification.reviewing.services import score
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan, PlanVersion
from web.addresses import at as address
from web.certification.conftest import CODES, Standing
from web.plans.conftest import person
from web.plans.test_evidence import PNG
from web.reading import Element, page

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>'\"&{{ 7*7 }}"
As = Callable[[User], Client]


@pytest.fixture(scope="module")
def grounded(installed: None) -> None:
    """The whole site, because pages are looked at."""


@pytest.fixture
def signed_in() -> As:
    """A browser of somebody, with the second step that some roles ask for."""

    def sign_in(user: User) -> Client:
        TOTP.activate(user, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def at(case: Case, rest: str = "") -> str:
    return f"/en/work/case/{case.pk}/{rest}"


def buttons(response: HttpResponse) -> list[str]:
    """The steps that a page offers."""
    found = [each.attributes.get("value", "") for each in page(response).all("button", name="do")]
    return [each for each in found if each in set(Step)]


def way(response: HttpResponse) -> list[tuple[str, bool]]:
    """The step line: each state, and whether the case is there."""
    [line] = page(response).all("ol", class_="way")
    return [(each.text.removesuffix(" (done)").strip(), "aria-current" in each.attributes) for each in line.all("li")]


def said(response: HttpResponse) -> str:
    return page(response).one("main").text


def everything() -> tuple[Any, ...]:
    tables = (Case, StepTaken, SelfScore, ReviewerScore, Question)
    return Event.objects.count(), *(list(table.objects.values_list()) for table in tables)


STEPS = {
    State.SELF_ASSESSMENT: {"kaja": ["ask-for-scoping", "withdraw"]},
    State.SCOPING: {"kaja": ["withdraw"], "reviewer": ["hold-scoping"]},
    State.DRAFTING: {"kaja": ["submit", "withdraw"]},
    State.SUBMITTED: {"kaja": ["withdraw"], "reviewer": ["take-up"]},
    State.REVIEW: {"kaja": ["withdraw"], "reviewer": ["ask", "recommend", "return"]},
    State.REPLY: {"kaja": ["answer", "withdraw"]},
    State.RECOMMENDED: {"kaja": ["withdraw"], "signatory": ["sign", "return"]},
    State.RETURNED: {"kaja": ["resume", "withdraw"]},
    State.CERTIFIED: {},
    State.WITHDRAWN: {},
}
"""State → who is offered which steps; all others of those who may read the case are offered none."""
NOW = {
    State.SELF_ASSESSMENT: "Self-assessment", State.SCOPING: "Scoping meeting", State.DRAFTING: "Drafting with advice",
    State.SUBMITTED: "Submitted", State.REVIEW: "Under review", State.REPLY: "The municipality replies",
    State.RECOMMENDED: "Recommended", State.CERTIFIED: "Certified", State.RETURNED: "Returned",
    State.WITHDRAWN: "Withdrawn",
}  # fmt: skip
READERS = ("kaja", "owner", "reader", "secretary", "adviser", "reviewer", "signatory", "secretariat")


@pytest.mark.parametrize("state", list(State))
def test_everybody_sees_where_a_case_stands_and_is_offered_their_own_steps(
    state: State, standing: Standing, people: SimpleNamespace, signed_in: As
) -> None:
    case = standing(state)
    for name in READERS:
        response = signed_in(getattr(people, name)).get(at(case))
        assert buttons(response) == STEPS[state].get(name, []), name
        assert [name for name, is_now in way(response) if is_now] == [NOW[state]]


def test_the_line_of_a_case_that_waits_for_a_reply_has_the_reply_after_the_review(
    standing: Standing, people: SimpleNamespace, signed_in: As
) -> None:
    case = standing(State.REPLY)
    StepTaken.objects.create(case=case, number=2, step="ask", before="review", after="reply", at=timezone.now())
    assert [name for name, _ in way(signed_in(people.kaja).get(at(case)))] == [
        "Self-assessment", "Scoping meeting", "Drafting with advice", "Submitted", "Under review",
        "The municipality replies", "Recommended", "Certified",
    ]  # fmt: skip


def test_a_step_is_taken_with_what_its_form_asks_for(
    standing: Standing, people: SimpleNamespace, signed_in: As, tomorrow: date
) -> None:
    case, client = standing(State.SUBMITTED), signed_in(people.reviewer)
    answer = client.post(at(case), {"do": "take-up", "seen": "1", "take-up.deadline": tomorrow.isoformat()})
    assert (answer.status_code, answer["Location"]) == (302, at(case))
    case.refresh_from_db()
    assert (case.state, case.deadline, case.reviewer) == ("review", tomorrow, people.reviewer)


def test_the_form_sent_twice_takes_the_step_once(
    standing: Standing, people: SimpleNamespace, signed_in: As, tomorrow: date
) -> None:
    case, client = standing(State.SUBMITTED), signed_in(people.reviewer)
    sent = {"do": "take-up", "seen": "1", "take-up.deadline": tomorrow.isoformat(), "form": "a" * 32}
    assert [client.post(at(case), sent).status_code for _ in range(2)] == [302, 302]
    assert StepTaken.objects.filter(case=case, step="take-up").count() == 1


@pytest.mark.parametrize(
    ("state", "who", "sent", "told"),
    [
        (State.SUBMITTED, "reviewer", {"do": "take-up", "take-up.deadline": "2020-01-01"}, "missing or past"),
        (State.SUBMITTED, "reviewer", {"do": "take-up", "take-up.deadline": "soon"}, "cannot be read"),
        (State.DRAFTING, "kaja", {"do": "submit", "submit.version": "99"}, "The plan has no version 99"),
        (State.DRAFTING, "kaja", {"do": "submit", "submit.version": "x"}, "There is no such version"),
        (State.REVIEW, "reviewer", {"do": "return", "return.reason": "  "}, "The reason is missing"),
        (State.REVIEW, "reviewer", {"do": "return", "return.reason": "a" * 4001}, "longer than 4000"),
        (State.REVIEW, "reviewer", {"do": "ask", "ask.deadline": "2099-01-01"}, "no question to send"),
        (State.DRAFTING, "kaja", {"do": "withdraw", "withdraw.reason": "Derfor."}, "not confirmed"),
        (State.DRAFTING, "kaja", {"do": "answer"}, "cannot be taken now"),
        (State.DRAFTING, "kaja", {"do": "fly"}, "no such step"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_remedy_and_changes_nothing(  # a row each
    state: State, who: str, sent: dict[str, str], told: str,
    standing: Standing, people: SimpleNamespace, signed_in: As,
) -> None:  # fmt: skip
    case, client = standing(state), signed_in(getattr(people, who))
    before = everything()
    answer = client.post(at(case), {"seen": "1", **sent})
    assert answer.status_code == 422
    assert told in said(answer)
    assert everything() == before


def test_a_plan_without_a_frozen_version_has_that_in_the_way(
    plan: Plan, people: SimpleNamespace, signed_in: As
) -> None:
    case = open_case(plan=plan, by=people.kaja)
    Case.objects.filter(pk=case.pk).update(state=State.DRAFTING)
    told = said(signed_in(people.kaja).get(at(case)))
    assert "There is no fixed version to submit." in told
    assert "The letter of commitment is missing." in told
    assert "The self-assessment lacks criteria." in told


def test_who_saw_an_earlier_state_keeps_what_was_typed(
    standing: Standing, people: SimpleNamespace, signed_in: As
) -> None:
    case, client = standing(State.REVIEW), signed_in(people.reviewer)
    sent = {"do": "return", "seen": "1", "return.reason": "Risikoen er gammel."}
    Case.objects.filter(pk=case.pk).update(state=State.REPLY, steps_taken=2)
    before = everything()
    answer = client.post(at(case), sent)
    assert answer.status_code == 409
    assert "The case has moved on and is now in “The municipality replies”." in said(answer)
    # the form is gone with the state, the text is not
    assert "Risikoen er gammel." in said(answer)
    assert everything() == before
    Case.objects.filter(pk=case.pk).update(state=State.REVIEW)
    answer = client.post(at(case), sent)
    [reason] = page(answer).all("textarea", name="return.reason")
    assert reason.text == "Risikoen er gammel."


def test_withdrawing_asks_twice_and_says_why(standing: Standing, people: SimpleNamespace, signed_in: As) -> None:
    case, client = standing(State.REVIEW), signed_in(people.kaja)
    sent = {"do": "withdraw", "seen": "1", "withdraw.reason": HOSTILE, "withdraw.sure": "1"}
    assert client.post(at(case), sent).status_code == 302
    response = client.get(at(case))
    assert "<script>alert(1)" not in response.content.decode()
    assert HOSTILE in said(response)


# one criterion


def test_the_municipality_scores_itself_and_goes_on(plan: Plan, people: SimpleNamespace, signed_in: As) -> None:
    case, client = open_case(plan=plan, by=people.kaja), signed_in(people.kaja)
    sent = {"do": "own", "seen": "0", "score": "partial", "text": HOSTILE, "next": CODES[1]}
    answer = client.post(at(case, f"criterion/{CODES[0]}/"), sent)
    assert answer["Location"] == at(case, f"criterion/{CODES[1]}/")
    kept = SelfScore.objects.get(case=case)
    assert (kept.score, kept.argument) == ("partial", HOSTILE)
    response = client.get(at(case, f"criterion/{CODES[0]}/"))
    assert "<script>alert(1)" not in response.content.decode()
    assert page(response).one("textarea", name="text").text == HOSTILE


def test_a_next_criterion_that_is_none_leads_back_to_the_same(
    plan: Plan, people: SimpleNamespace, signed_in: As
) -> None:
    case, client = open_case(plan=plan, by=people.kaja), signed_in(people.kaja)
    sent = {"do": "own", "seen": "0", "score": "met", "next": "../../elsewhere"}
    answer = client.post(at(case, f"criterion/{CODES[0]}/"), sent)
    assert answer["Location"] == at(case, f"criterion/{CODES[0]}/")


def test_own_score_and_machine_stand_apart(plan: Plan, people: SimpleNamespace, signed_in: As) -> None:
    case, client = open_case(plan=plan, by=people.kaja), signed_in(people.kaja)
    client.post(at(case, f"criterion/{CODES[0]}/"), {"do": "own", "seen": "0", "score": "met"})
    [row] = [each for each in page(client.get(at(case))).all("tr") if each.text.startswith(f"{CODES[0]} ")]
    assert row.all("td")[0].text == "Met"
    # K1 wants a dated commitment with document and signer, and there is none
    assert row.all("td")[1].text == "Not met"


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({"do": "own", "seen": "0", "text": "Min tekst"}, 422, "No score was chosen"),
        ({"do": "own", "seen": "0", "score": "not-met", "text": ""}, 422, "needs an argument"),
        ({"do": "own", "seen": "7", "score": "met", "text": "Min tekst"}, 409, "A colleague has changed the score"),
        ({"do": "own", "seen": "0", "score": "met", "text": "a" * 4001}, 422, "longer than 4000"),
        ({"do": "score", "score": "met"}, 403, ""),
        ({"do": "ask", "question": "Hvor?"}, 403, ""),
        ({"do": "reply-1", "text": "Her."}, 422, "There is no such question"),
        ({"do": "sing"}, 422, "Nothing was asked for"),
    ],
)
def test_what_cannot_be_said_of_a_criterion_is_refused_and_kept_in_the_form(
    sent: dict[str, str], status: int, told: str, plan: Plan, people: SimpleNamespace, signed_in: As
) -> None:
    case, client = open_case(plan=plan, by=people.kaja), signed_in(people.kaja)
    before = everything()
    answer = client.post(at(case, f"criterion/{CODES[0]}/"), sent)
    assert answer.status_code == status
    assert told in said(answer)
    assert everything() == before
    if sent.get("do") == "own":
        assert page(answer).one("textarea", name="text").text == sent["text"]


def test_a_reply_that_comes_too_late_is_shown_so_that_it_is_not_lost(
    standing: Standing, people: SimpleNamespace, signed_in: As
) -> None:
    case = standing(State.REPLY)
    Case.objects.filter(pk=case.pk).update(state=State.REVIEW, round=2)
    before = everything()
    sent = {"do": f"reply-{Question.objects.get().pk}", "text": "Et langt svar."}
    answer = signed_in(people.kaja).post(at(case, f"criterion/{CODES[0]}/"), sent)
    assert answer.status_code == 422
    assert "no reply can be given now" in said(answer)
    assert "Et langt svar." in said(answer)
    assert everything() == before


def test_a_criterion_that_is_none_is_not_found(standing: Standing, people: SimpleNamespace, signed_in: As) -> None:
    case = standing(State.REVIEW)
    assert signed_in(people.kaja).get(at(case, "criterion/K99/")).status_code == 404


def test_the_reviewer_asks_the_municipality_replies_and_neither_sees_too_early(
    standing: Standing, people: SimpleNamespace, signed_in: As, tomorrow: date
) -> None:
    case = standing(State.REVIEW)
    reviewer, kaja = signed_in(people.reviewer), signed_in(people.kaja)
    here = at(case, f"criterion/{CODES[0]}/")
    reviewer.post(here, {"do": "score", "score": "not-met", "text": "Mangler dato."})
    reviewer.post(here, {"do": "ask", "question": HOSTILE})
    early = kaja.get(here).content.decode()
    assert "alert(1)" not in early
    assert "Mangler dato." not in early
    reviewer.post(at(case), {"do": "ask", "seen": "1", "ask.deadline": tomorrow.isoformat()})
    seen = kaja.get(here)
    assert HOSTILE in said(seen)
    assert "<script>alert(1)" not in seen.content.decode()
    assert "Mangler dato." in said(seen)
    question = Question.objects.get()
    assert kaja.post(here, {"do": f"reply-{question.pk}", "text": ""}).status_code == 422
    kaja.post(here, {"do": f"reply-{question.pk}", "text": "På side 12."})
    answer = kaja.post(at(case), {"do": "answer", "seen": "2", "answer.version": str(case.version.number)})
    assert answer.status_code == 302
    assert "På side 12." in said(reviewer.get(here))
    case.refresh_from_db()
    assert (case.state, case.round) == ("review", 2)


def test_a_question_is_taken_back(standing: Standing, people: SimpleNamespace, signed_in: As) -> None:
    case, reviewer = standing(State.REVIEW), signed_in(people.reviewer)
    here = at(case, f"criterion/{CODES[0]}/")
    reviewer.post(here, {"do": "ask", "question": "Hvor?"})
    reviewer.post(here, {"do": f"back-{Question.objects.get().pk}"})
    assert Question.objects.get().taken_back_at is not None
    assert "taken back" in said(reviewer.get(here))


def listed(response: HttpResponse) -> list[str]:
    [found] = page(response).all("ol", class_="criteria-list")
    return [each.all("a")[0].text for each in found.all("li")]


def test_the_list_of_criteria_is_narrowed_down(standing: Standing, people: SimpleNamespace, signed_in: As) -> None:
    case, reviewer = standing(State.REVIEW), signed_in(people.reviewer)
    ReviewerScore.objects.filter(case=case, criterion__in=CODES[:2]).delete()
    ReviewerScore.objects.filter(case=case, criterion=CODES[4]).update(score=Score.NOT_MET)
    reviewer.post(at(case, f"criterion/{CODES[3]}/"), {"do": "ask", "question": "Hvor?"})
    here = at(case, f"criterion/{CODES[5]}/")
    assert listed(reviewer.get(here)) == CODES
    assert listed(reviewer.get(here, {"show": "unscored"})) == CODES[:2]
    assert listed(reviewer.get(here, {"show": "asked"})) == [CODES[3]]
    assert listed(reviewer.get(here, {"show": "not-met"})) == [CODES[4]]
    assert listed(reviewer.get(here, {"show": "<b>"})) == CODES


def test_the_rule_of_a_criterion_opens_the_part_of_the_version_it_looked_at(
    standing: Standing, people: SimpleNamespace, signed_in: As
) -> None:
    case = standing(State.REVIEW)
    # K12.1 looks at every action; the version has one
    response = signed_in(people.reviewer).get(at(case, "criterion/K12.1/"))
    opened = page(response).all("details", class_="shown-part")
    assert any("Tiltag" in each.text for each in opened)
    # a reviewer reads it there, and is not sent to a page that is closed to them
    assert address("en", "plan", str(case.plan.pk)) not in response.content.decode()


# versions, files, reviewers


def test_the_whole_version_and_what_differs_from_the_round_before(
    standing: Standing, plan: Plan, frozen: PlanVersion, people: SimpleNamespace, signed_in: As
) -> None:
    case, client = standing(State.REVIEW), signed_in(people.reviewer)
    assert frozen.sha256 in said(client.get(at(case, "version/")))
    assert client.get(at(case, "differences/")).status_code == 404
    plans.add_part(plan=plan, kind="vision", content={"text": f"Et nyt syn {HOSTILE}"}, by=people.kaja)
    newer = plans.name_version(plan=plan, name="Runde to", by=people.kaja)
    Case.objects.filter(pk=case.pk).update(version=newer)
    differing = client.get(at(case, "differences/"))
    assert "Et nyt syn" in said(differing)
    assert "<script>alert(1)" not in differing.content.decode()


def test_files_of_the_version_are_fetched_from_the_case_and_others_are_not(
    standing: Standing, plan: Plan, frozen: PlanVersion, people: SimpleNamespace, signed_in: As
) -> None:
    case = standing(State.REVIEW)
    part = plans.add_evidence(plan=plan, content=b"Et referat\n", name="referat.txt", by=people.kaja)
    client, digest = signed_in(people.reviewer), part.content["file"]
    assert client.get(at(case, f"file/{digest}/")).status_code == 404
    newer = plans.name_version(plan=plan, name="Med referat", by=people.kaja)
    Case.objects.filter(pk=case.pk).update(version=newer)
    answer = client.get(at(case, f"file/{digest}/"), {"show": ""})
    assert answer.content == b"Et referat\n"
    # only pictures and PDFs are shown in place
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_text_is_read_in_place_and_a_picture_is_seen_there(
    standing: Standing, plan: Plan, frozen: PlanVersion, people: SimpleNamespace, signed_in: As
) -> None:
    case = standing(State.REVIEW)
    plans.add_evidence(plan=plan, content=b"Referat & <em>fed</em>\n", name="referat.txt", by=people.kaja)
    picture = plans.add_evidence(plan=plan, content=PNG, name="kort.png", by=people.kaja)
    Case.objects.filter(pk=case.pk).update(version=plans.name_version(plan=plan, name="Bilag", by=people.kaja))
    client = signed_in(people.reviewer)
    response = client.get(at(case, f"criterion/{CODES[0]}/"))
    assert page(response).one("pre").text == "Referat & <em>fed</em>"
    shown = client.get(page(response).one("img", class_="evidence-picture").attributes["src"])
    assert shown.content == PNG
    assert shown["Content-Type"] == "image/png"
    assert shown["Content-Disposition"].startswith("inline")
    digest = picture.content["file"]
    assert client.get(at(case, f"file/{digest}/"))["Content-Disposition"].startswith("attachment")


def test_a_pdf_is_read_in_place_and_framed_by_the_site_alone(
    standing: Standing, plan: Plan, frozen: PlanVersion, people: SimpleNamespace, signed_in: As
) -> None:
    case = standing(State.REVIEW)
    plans.add_evidence(plan=plan, content=PDF, name="referat.pdf", by=people.kaja)
    Case.objects.filter(pk=case.pk).update(version=plans.name_version(plan=plan, name="Bilag", by=people.kaja))
    client = signed_in(people.reviewer)
    frame = page(client.get(at(case, f"criterion/{CODES[0]}/"))).one("iframe", class_="evidence-document")
    assert frame.attributes["title"] == "referat.pdf"
    shown = client.get(frame.attributes["src"])
    assert (shown.content, shown["Content-Type"]) == (PDF, "application/pdf")
    assert shown["Content-Disposition"].startswith("inline")
    assert (shown["X-Frame-Options"], shown["Content-Security-Policy"]) == ("SAMEORIGIN", "frame-ancestors 'self'")
    assert shown["X-Content-Type-Options"] == "nosniff"
    taken = client.get(frame.attributes["src"].partition("?")[0])
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken["X-Frame-Options"] == "DENY"


def test_a_case_is_handed_over_only_to_who_may_have_it(
    standing: Standing, people: SimpleNamespace, signed_in: As
) -> None:
    case, client = standing(State.REVIEW), signed_in(people.reviewer)
    free, close = person("bent", reviewer="concito"), person("clara", reviewer="concito")
    RoleAssignment.objects.create(
        user=close, role="reader", organisation=organisations.organisation("hvidovre"), valid_from=date(2025, 1, 1)
    )
    response = client.get(at(case))
    [choice] = page(response).all("select", name="person")
    assert [each.text for each in choice.all("option")] == ["Bent"]
    client.post(at(case, "reviewers/"), {"do": "hand-over", "person": str(close.pk)})
    assert Case.objects.get(pk=case.pk).reviewer == people.reviewer
    client.post(at(case, "reviewers/"), {"do": "hand-over", "person": str(free.pk)})
    assert Case.objects.get(pk=case.pk).reviewer == free


def test_two_blind_reviewers_and_how_far_they_agree(standing: Standing, people: SimpleNamespace, signed_in: As) -> None:
    case, second = standing(State.REVIEW), person("bent", reviewer="concito")
    case = add_second_reviewer(case=case, to=second, by=people.reviewer)
    first_client, second_client = signed_in(people.reviewer), signed_in(second)
    ReviewerScore.objects.filter(case=case, criterion=CODES[2]).update(score=Score.NOT_MET)
    blind = second_client.get(at(case))
    assert "neither met nor" not in said(blind)
    assert buttons(blind) == []
    ReviewerScore.objects.filter(case=case, criterion=CODES[2]).update(score=Score.MET)
    [row] = [each for each in page(blind).all("tr") if each.text.startswith(f"{CODES[2]} ")]
    assert row.all("td")[2].text == "–"
    for number, code in enumerate(CODES):
        score(case=case, criterion=code, score=Score.NOT_MET if number == 0 else Score.MET, by=second)
    # the first says met throughout: 30 of 31 alike, and chance alone explains as much, so kappa is nought
    assert len(CODES) == 31
    told = said(first_client.get(at(case)))
    assert "They agree on 97 % of the criteria." in told
    assert "Beyond chance (Cohen's kappa): 0.00." in told
    assert f"They differ on: {CODES[0]}" in told
    assert "kappa" not in said(signed_in(people.kaja).get(at(case)))


def test_whoever_has_a_conflict_is_refused_every_page(
    standing: Standing, people: SimpleNamespace, signed_in: As
) -> None:
    case = standing(State.REVIEW)
    RoleAssignment.objects.create(
        user=people.reviewer, role="reader", organisation=organisations.organisation("hvidovre"),
        valid_from=timezone.localdate() - timedelta(500), valid_to=timezone.localdate() - timedelta(365),
    )  # fmt: skip
    client = signed_in(people.reviewer)
    for rest in ("", f"criterion/{CODES[0]}/", "version/", "differences/", "assessment.pdf"):
        assert client.get(at(case, rest)).status_code == 403, rest
    desk = client.get("/en/work/desk/")
    assert "One more case waits." in said(desk)
    assert not page(desk).all("table")


def rows_of(response: HttpResponse, caption: str) -> list[list[str]]:
    tables: list[Element] = page(response).all("table")
    [table] = [each for each in tables if each.one("caption").text == caption]
    return [[cell.text for cell in row.inside if isinstance(cell, Element)] for row in table.one("tbody").all("tr")]


def test_the_desk_of_a_reviewer(standing: Standing, people: SimpleNamespace, signed_in: As) -> None:
    case = standing(State.SUBMITTED)
    StepTaken.objects.create(
        case=case, number=2, step="submit", before="drafting", after="submitted", at=timezone.now() - timedelta(0)
    )
    client = signed_in(people.reviewer)
    assert rows_of(client.get("/en/work/desk/"), "Not taken up yet") == [
        ["Hvidovre Municipality", "Submitted", "none", "0", "–", "–"]
    ]
    Case.objects.filter(pk=case.pk).update(
        state=State.REVIEW, reviewer=people.reviewer, round=1, deadline=timezone.localdate() - timedelta(1)
    )
    [row] = rows_of(client.get("/en/work/desk/"), "Waiting for you")
    assert row[1] == "Under review"
    assert row[2].endswith("(past)")
    assert row[4:] == ["1", "Reviewer"]
    assert "On your desk 1" in said(client.get("/en/work/desk/"))


def test_the_desk_of_a_signatory_has_what_was_recommended(
    standing: Standing, people: SimpleNamespace, signed_in: As, frozen: PlanVersion
) -> None:
    case, client = standing(State.RECOMMENDED), signed_in(people.signatory)
    assert rows_of(client.get("/en/work/desk/"), "Waiting for you")[0][1] == "Recommended"
    told = said(client.get(at(case)))
    assert frozen.sha256 in told
    assert "Met: 31" in told


@pytest.mark.parametrize("name", ["kaja", "secretary", "adviser", "secretariat", "stranger"])
def test_the_desk_is_for_who_judges(name: str, people: SimpleNamespace, signed_in: As) -> None:
    assert signed_in(getattr(people, name)).get("/en/work/desk/").status_code == 403


def test_my_work_leads_who_judges_to_the_desk(people: SimpleNamespace, signed_in: As) -> None:
    assert "/en/work/desk/" in signed_in(people.reviewer).get("/en/work/").content.decode()
    assert "/en/work/desk/" not in signed_in(people.kaja).get("/en/work/").content.decode()
