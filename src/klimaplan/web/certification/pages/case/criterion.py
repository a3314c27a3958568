"""The page of one criterion: the plan and the criterion side by side, and what each side may say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.domain.assessment.criteria import Criterion
from klimaplan.domain.assessment.result import Result
from klimaplan.domain.certification.workflow import State
from klimaplan.domain.errors import Finding, InputError, Text, UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.certification.models import Case, Question, Score
from klimaplan.web.certification.pages import criteria, evidence, words
from klimaplan.web.certification.pages.case.page import Frame, frame_of
from klimaplan.web.certification.pages.case.steps import too_long
from klimaplan.web.certification.pages.criteria import CriterionLine
from klimaplan.web.certification.reviewing import selectors as reviewing
from klimaplan.web.certification.reviewing import services
from klimaplan.web.certification.reviewing.services import ASSESSING
from klimaplan.web.workspace.fields import last
from klimaplan.web.workspace.wording import read

LONGEST = 4000
FIRST_SHOWN = 12
"""Parts that are opened in place before *all of them*."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its reply."""

    key: int
    round: int
    text: str
    by: str
    at: datetime
    reply: str
    replied_by: str
    taken_back: bool
    sent: bool
    may_reply: bool
    may_take_back: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class Judging:
    """A form in which somebody says how far a criterion is met."""

    score: str
    text: str
    accepted: bool
    seen: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class CriterionPage:
    """Everything on the page.

    Parameters
    ----------
    own, judging : the form of who may score; None for who only reads
    """

    frame: Frame
    line: CriterionLine
    asked_for: str
    weight: str
    source: str
    argument: str
    own_by: str
    comment: str
    result: Result | None
    why: str
    remedy: str
    shown: tuple[evidence.Shown, ...]
    files: tuple[evidence.FileShown, ...]
    version: int | None
    lines: tuple[CriterionLine, ...]
    filters: tuple[tuple[str, str], ...]
    filter: str
    before: str
    after: str
    questions: tuple[Asked, ...]
    own: Judging | None
    judging: Judging | None
    ask: str | None
    ask_error: str
    rest: tuple[str, ...]
    typed: str
    """What was typed into a form that is there no longer, so that it is not lost."""

    @property
    def scores(self) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in words.SCORES.items()]

    @property
    def first_shown(self) -> tuple[evidence.Shown, ...]:
        return self.shown[:FIRST_SHOWN]

    @property
    def more_shown(self) -> tuple[evidence.Shown, ...]:
        return self.shown[FIRST_SHOWN:]


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed and why it was not kept."""

    do: str
    findings: tuple[Finding, ...]

    @property
    def moved_on(self) -> bool:
        return any(each.code == "score-changed-meanwhile" for each in self.findings)

    def at(self, do: str) -> str:
        return " ".join(words.said(each) for each in self.findings) if do == self.do else ""


def criterion_page(
    user: User, case: Case, code: str, *, which: str = "", posted: Mapping[str, Any] | None = None,
    refused: Refused | None = None,
) -> CriterionPage:  # fmt: skip
    """The page, with what was typed and why it was refused."""
    of = criteria.set_of(case)
    wanted = next((each for each in of.criteria if each.id == code), None)
    if wanted is None:
        raise UnknownCodeError(_no_criterion(code))
    said, machine = reviewing.said_of(user, case), criteria.machine_of(user, case)
    lines = list(criteria.lines_of(case, said, machine))
    kept, typed = criteria.chosen(lines, which), posted or {}
    result = next((row.result for row in machine.rows if row.criterion.id == code), None) if machine else None
    whose = criteria.looked_at(user, case)
    frame, may = frame_of(user, case), _may(user, case)
    own, score = said.own.get(code), said.scores.get(code)
    wrong = refused or Refused("", ())
    asked = tuple(_asked(each, case, may, typed, wrong) for each in said.questions.get(code, ()))
    there = {name for name in ("own", "score", "ask") if may[name]}
    there |= {f"reply-{each.key}" for each in asked if each.may_reply}
    codes = [each.code for each in kept]
    at = codes.index(code) if code in codes else -1
    return CriterionPage(
        frame, next(each for each in lines if each.code == code), read(wanted.asked_for),
        str(words.WEIGHTS.get(str(wanted.weight), wanted.weight)),
_citations(wanted),
        own.argument if own else "", own.by.name if own and own.by else "", score.comment if score else "", result,
        read(result.why) if result else "", read(result.remedy) if result else "",
        tuple(evidence.looked_at_by(result.seen, whose, editable=frame.reads_plan and whose == case.plan))
        if result and whose else (),
        tuple(evidence.files_of(case)), case.version.number if case.version else None, tuple(kept),
        tuple(criteria.filters()), which if which in criteria.FILTERS else "all",
        codes[at - 1] if at > 0 else "", codes[at + 1] if 0 <= at < len(codes) - 1 else "",
        asked,
        _own(own, typed, wrong) if may["own"] else None,
        _judging(score, case, typed, wrong) if may["score"] else None,
        (last(typed, "question") if wrong.do == "ask" else "") if may["ask"] else None, wrong.at("ask"),
        () if wrong.do in there else tuple(words.said(each) for each in wrong.findings),
        "" if wrong.do in there else last(typed, "question" if wrong.do == "ask" else "text").strip(),
    )  # fmt: skip


def keep(user: User, case: Case, code: str, posted: Mapping[str, Any]) -> Refused | None:
    """Keep what was said; None when it is kept."""
    do = last(posted, "do")
    text = last(posted, "text").replace("\r\n", "\n")
    if do == "ask":
        text = last(posted, "question").replace("\r\n", "\n")
    if len(text) > LONGEST:
        return Refused(do, (too_long(code, LONGEST),))
    try:
        _carry_out(user, case, code, do, text, posted)
    except InputError as found:
        return Refused(do, found.findings)
    return None


def _carry_out(user: User, case: Case, code: str, do: str, text: str, posted: Mapping[str, Any]) -> None:
    name, _, key = do.partition("-")
    if do in ("own", "score"):
        chosen = last(posted, "score")
        if chosen not in Score.values:
            raise InputError(_no_score(code))
    if do == "own":
        seen = last(posted, "seen")
        services.assess_oneself(
            case=case, criterion=code, score=Score(chosen), by=user, argument=text,
            seen=int(seen) if re.fullmatch(r"\d{1,9}", seen) else -1,
        )  # fmt: skip
    elif do == "score":
        services.score(
            case=case, criterion=code, score=Score(chosen), by=user, comment=text,
            argument_accepted=bool(last(posted, "accepted")),
        )  # fmt: skip
    elif do == "ask":
        services.ask(case=case, criterion=code, text=text, by=user)
    elif name in ("reply", "back") and re.fullmatch(r"\d{1,12}", key):
        question = reviewing.questions_of(user, case).filter(pk=int(key), criterion=code).first()
        if question is None:
            raise InputError(_no_question())
        question.case = case
        if name == "reply":
            services.reply(question=question, text=text, by=user)
        else:
            services.take_back(question=question, by=user)
    else:
        raise InputError(_nothing_asked())


def address_of(case: Case, code: str, following: str, which: str) -> str:
    """The page of the criterion that follows, or the same again, with the filter one came with."""
    known = {each.id for each in criteria.set_of(case).criteria}
    path = reverse("case-criterion", args=[case.pk, following if following in known else code])
    return f"{path}?show={which}" if which in criteria.FILTERS and which != "all" else path


def _citations(wanted: Criterion) -> str:
    return "; ".join(
        _("%(source)s, p. %(page)s") % {"source": each.source, "page": each.page} if each.page else each.source
        for each in wanted.citations
    )


def _may(user: User, case: Case) -> dict[str, bool]:
    state = State(case.state)
    organisation = case.plan.organisation
    edits = decide(user, Permission.PLAN_EDIT, organisation=organisation, state=PlanState.DRAFT).allowed
    judges = decide(user, Permission.PLAN_ASSESS, organisation=organisation, state=PlanState.SUBMITTED).allowed
    reviews = judges and state is State.REVIEW
    return {
        "own": edits and state in ASSESSING,
        "reply": edits and state is State.REPLY,
        "score": reviews and user in (case.reviewer, case.second_reviewer),
        "ask": reviews and user == case.reviewer,
    }


def _own(own: Any, typed: Mapping[str, Any], wrong: Refused) -> Judging:
    seen = own.version if own else 0
    if wrong.do == "own":
        return Judging(last(typed, "score"), last(typed, "text"), False, seen, wrong.at("own"))
    return Judging(own.score if own else "", own.argument if own else "", False, seen)


def _judging(score: Any, case: Case, typed: Mapping[str, Any], wrong: Refused) -> Judging:
    if wrong.do == "score":
        return Judging(
            last(typed, "score"), last(typed, "text"), bool(last(typed, "accepted")), case.round, wrong.at("score")
        )
    if score is None:
        return Judging("", "", False, case.round)
    return Judging(score.score, score.comment, score.argument_accepted, case.round)


def _asked(each: Question, case: Case, may: dict[str, bool], typed: Mapping[str, Any], wrong: Refused) -> Asked:
    open_ = each.taken_back_at is None
    typing = wrong.do == f"reply-{each.pk}"
    return Asked(
        each.pk, each.round, each.text, each.by.name, each.at, last(typed, "text") if typing else each.reply,
        each.replied_by.name if each.replied_by else "", not open_, each.round <= reviewing.rounds_sent(case),
        may["reply"] and open_ and each.round == case.round, may["ask"] and open_ and not each.reply,
        wrong.at(f"reply-{each.pk}"),
    )  # fmt: skip


_NOTHING = Text("", "")


def _no_criterion(code: str) -> Finding:
    return Finding(
        "criterion-unknown", code[:40],
        Text("Kriteriesættet har intet sådant kriterium.", "The set of criteria has no such criterion."), _NOTHING,
        Text("Vælg et fra listen.", "Choose one from the list."),
    )  # fmt: skip


def _no_score(code: str) -> Finding:
    return Finding(
        "score-missing", code,
        Text("Der er ikke valgt en vurdering.", "No score was chosen."), _NOTHING,
        Text("Vælg en af de fire.", "Choose one of the four."),
    )  # fmt: skip


def _no_question() -> Finding:
    return Finding(
        "question-unknown", "question",
        Text("Spørgsmålet findes ikke.", "There is no such question."), _NOTHING,
        Text("Se siden igen.", "Look at the page again."),
    )  # fmt: skip


def _nothing_asked() -> Finding:
    return Finding(
        "nothing-to-do", "do",
        Text("Der blev ikke bedt om noget, som kan gøres.", "Nothing was asked for that can be done."), _NOTHING,
        Text("Brug knapperne på siden.", "Use the buttons on the page."),
    )  # fmt: skip
