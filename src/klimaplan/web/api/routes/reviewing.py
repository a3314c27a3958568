"""What is said of the criteria of a case: the municipality's own scores, the reviewer's, questions and replies."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path

from klimaplan.web.api import certified
from klimaplan.web.api.answers.criteria import (
    CaseCriteria,
    CaseCriterion,
    NewQuestion,
    OwnScore,
    QuestionSeen,
    Reply,
    ReviewScore,
)
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, IfMatch, Key, Limit, Once, Room
from klimaplan.web.api.tags import answered, expected
from klimaplan.web.certification.reviewing import services

room = Room("Criteria of a case")

READ, WRITE = "certification:read", "certification:write"
Code = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9.-]+$", example="K1")]


@room.read("/cases/{case_id}/criteria", CaseCriteria, scope=READ, needs="plan.read")
def read_case_criteria(request: HttpRequest, case_id: Key) -> HttpResponse:
    """Every criterion with what the municipality, the machine and the reviewer say of it.

    Scores of a round are shown to the municipality when they have been sent.
    """
    user = who(request)
    return answered(request, certified.criteria_of(user, certified.case_seen(user, case_id)))


@room.read("/cases/{case_id}/criteria/{code}", CaseCriterion, scope=READ, needs="plan.read")
def read_case_criterion(request: HttpRequest, case_id: Key, code: Code) -> HttpResponse:
    """One of them; its tag holds the version of the municipality's own score."""
    return _criterion(request, case_id, code)


@room.do("/cases/{case_id}/criteria/{code}/own-score", CaseCriterion, scope=WRITE, needs="plan.edit", method="PUT")
def score_oneself(  # all of it is the change
    request: HttpRequest, case_id: Key, code: Code, given: OwnScore, if_match: IfMatch = "", idempotency_key: Once = ""
) -> HttpResponse:
    """The municipality's own score and argument.

    `If-Match` is the ETag of the criterion; if a colleague was faster, the answer is 412.
    """
    user = who(request)
    services.assess_oneself(
        case=certified.case_seen(user, case_id), criterion=code, score=given.kept(), argument=given.argument,
        seen=expected(if_match), by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return _criterion(request, case_id, code)


@room.do("/cases/{case_id}/criteria/{code}/score", CaseCriterion, scope=WRITE, needs="plan.assess", method="PUT")
def score_criterion(
    request: HttpRequest, case_id: Key, code: Code, given: ReviewScore, idempotency_key: Once = ""
) -> HttpResponse:
    """My score as the reviewer in this round; scoring again replaces it, and the log keeps both."""
    user = who(request)
    services.score(
        case=certified.case_seen(user, case_id), criterion=code, score=given.kept(), comment=given.comment,
        argument_accepted=given.argument_accepted, by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return _criterion(request, case_id, code)


@room.list("/cases/{case_id}/questions", Listed[QuestionSeen], scope=READ, needs="plan.read")
def list_questions(request: HttpRequest, case_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """What was asked and replied; questions that were not sent yet are the reviewer's."""
    user = who(request)
    found = certified.questions_of(user, certified.case_seen(user, case_id))
    return listed(request, found, QuestionSeen.of, cursor, limit)


@room.add("/cases/{case_id}/questions", QuestionSeen, scope=WRITE, needs="plan.assess")
def ask_question(request: HttpRequest, case_id: Key, given: NewQuestion, idempotency_key: Once = "") -> HttpResponse:
    """Ask about a criterion; the municipality sees it when the questions are sent."""
    user = who(request)
    made = services.ask(
        case=certified.case_seen(user, case_id), criterion=given.criterion, text=given.text, by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, QuestionSeen.of(made), status=201)


@room.do("/cases/{case_id}/questions/{question_id}/take-back", QuestionSeen, scope=WRITE, needs="plan.assess")
def take_back_question(
    request: HttpRequest, case_id: Key, question_id: Key, idempotency_key: Once = ""
) -> HttpResponse:  # fmt: skip
    """A question that needs no answer any more."""
    user = who(request)
    case = certified.case_seen(user, case_id)
    certified.require_reviewer(user, case)
    asked = certified.question_of(user, case, question_id)
    back = services.take_back(question=asked, by=user, idempotency_key=idempotency_key)
    return answered(request, QuestionSeen.of(back))


@room.do("/cases/{case_id}/questions/{question_id}/reply", QuestionSeen, scope=WRITE, needs="plan.edit")
def reply_to_question(
    request: HttpRequest, case_id: Key, question_id: Key, given: Reply, idempotency_key: Once = ""
) -> HttpResponse:
    """The municipality's reply; it can be written anew until the answers are sent."""
    user = who(request)
    asked = certified.question_of(user, certified.case_seen(user, case_id), question_id)
    replied = services.reply(question=asked, text=given.text, by=user, idempotency_key=idempotency_key)
    return answered(request, QuestionSeen.of(replied))


def _criterion(request: HttpRequest, case_id: int, code: str) -> HttpResponse:
    user = who(request)
    found = certified.criterion_of(user, certified.case_seen(user, case_id), code)
    return answered(request, found, version=0 if found.own is None else found.own.version)
