"""What is said of the criteria of a case as the API shows it, and what is sent to say it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from klimaplan.domain.assessment.assess import Assessed
from klimaplan.domain.assessment.criteria import Criterion
from klimaplan.web.api.answers.assessed import VerdictSeen
from klimaplan.web.api.answers.shapes import Asked, Code, Seen, Spoken, Written, example
from klimaplan.web.certification.models import Question, ReviewerScore, Score, SelfScore
from klimaplan.web.certification.reviewing.selectors import Said

ScoreName = Literal["met", "partial", "not-met", "not-applicable"]
OWN = {"score": "met", "argument": "", "version": 1, "by": "Kaja", "at": "2026-11-24T09:00:00Z"}
REVIEWED = {
    "round": 1, "score": "partial", "comment": "Datoen mangler.", "argument_accepted": False, "reviewer": "Bent",
    "at": "2026-11-24T09:00:00Z",
}  # fmt: skip
MACHINE = {
    "verdict": "met", "counted_as": "met", "why": {"da": "Der er en dato.", "en": "There is a date."},
    "remedy": {"da": "", "en": ""}, "seen": [],
}  # fmt: skip
QUESTION = {
    "id": 1, "criterion": "A.1", "round": 1, "text": "Hvornår?", "by": "Bent", "at": "2026-11-24T09:00:00Z",
    "reply": "", "replied_by": None, "replied_at": None, "taken_back_at": None,
}  # fmt: skip


class OwnScoreSeen(Seen):
    """What the municipality says of a criterion, and its argument where it goes another way."""

    model_config = example(**OWN)

    score: str
    argument: str
    version: int
    by: str | None
    at: datetime

    @classmethod
    def of(cls, said: SelfScore) -> OwnScoreSeen:
        return cls(score=said.score, argument=said.argument, version=said.version, by=said.by and said.by.name,
                   at=said.at)  # fmt: skip


class ReviewScoreSeen(Seen):
    """What the reviewer says of a criterion; of a second reviewer, who scores blind, their own."""

    model_config = example(**REVIEWED)

    round: int
    score: str
    comment: str
    argument_accepted: bool
    reviewer: str
    at: datetime

    @classmethod
    def of(cls, said: ReviewerScore) -> ReviewScoreSeen:
        return cls(
            round=said.round, score=said.score, comment=said.comment, argument_accepted=said.argument_accepted,
            reviewer=said.reviewer.name, at=said.at,
        )  # fmt: skip


class CaseCriterion(Seen):
    """A criterion with what each side says of it; null where nobody has said anything, or not to this reader."""

    model_config = example(
        criterion="A.1", wording={"da": "Planen er vedtaget.", "en": "The plan is adopted."}, weight="essential",
        own=OWN, machine=MACHINE, review=REVIEWED, questions=1,
    )  # fmt: skip

    criterion: str
    wording: Spoken
    weight: str
    own: OwnScoreSeen | None
    machine: VerdictSeen | None
    review: ReviewScoreSeen | None
    questions: int

    @classmethod
    def of(cls, criterion: Criterion, said: Said, seen: Assessed | None) -> CaseCriterion:
        own, review = said.own.get(criterion.id), said.scores.get(criterion.id)
        asked = [each for each in said.questions.get(criterion.id, ()) if each.taken_back_at is None]
        return cls(
            criterion=criterion.id, wording=Spoken.of(criterion.wording), weight=criterion.weight,
            own=None if own is None else OwnScoreSeen.of(own), machine=None if seen is None else VerdictSeen.of(seen),
            review=None if review is None else ReviewScoreSeen.of(review), questions=len(asked),
        )  # fmt: skip


class CaseCriteria(Seen):
    """Every criterion of a case, in the order of its set."""

    model_config = example(criteria="cctf-2024-dk", items=[])

    criteria: str
    items: list[CaseCriterion]


class OwnScore(Asked):
    """The municipality's score; one that is not met or does not apply needs an argument."""

    model_config = Asked.model_config | example(score="not-applicable", argument="Kommunen har ingen havn.")

    score: ScoreName
    argument: Written = ""

    def kept(self) -> Score:
        return Score(self.score)


class ReviewScore(Asked):
    """A reviewer's score in this round; scoring again replaces it."""

    model_config = Asked.model_config | example(score="partial", comment="Datoen mangler.")

    score: ScoreName
    comment: Written = ""
    argument_accepted: bool = Field(False, description="The municipality goes another way, and its argument holds")

    def kept(self) -> Score:
        return Score(self.score)


class QuestionSeen(Seen):
    """What a reviewer asks about a criterion, and what the municipality replies."""

    model_config = example(**QUESTION)

    id: int
    criterion: str
    round: int
    text: str
    by: str
    at: datetime
    reply: str
    replied_by: str | None
    replied_at: datetime | None
    taken_back_at: datetime | None

    @classmethod
    def of(cls, asked: Question) -> QuestionSeen:
        return cls(
            id=asked.pk, criterion=asked.criterion, round=asked.round, text=asked.text, by=asked.by.name, at=asked.at,
            reply=asked.reply, replied_by=asked.replied_by and asked.replied_by.name, replied_at=asked.replied_at,
            taken_back_at=asked.taken_back_at,
        )  # fmt: skip


class NewQuestion(Asked):
    """A question about a criterion; the municipality sees it when the questions are sent."""

    model_config = Asked.model_config | example(criterion="A.1", text="Hvornår?")

    criterion: Code
    text: Written = Field(min_length=1)


class Reply(Asked):
    """The municipality's reply; it can be written anew until the answers are sent."""

    model_config = Asked.model_config | example(text="Den 24. november.")

    text: Written = Field(min_length=1)
