"""The words of the workflow on the pages, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimaplan.domain.assessment.result import Verdict
from klimaplan.domain.certification.workflow import OWNER, STATE_NAMES, STEP_NAMES, Actor, State, Step
from klimaplan.domain.errors import Finding
from klimaplan.web.certification.models import Case
from klimaplan.web.config.errors import language
from klimaplan.web.workspace.wording import read

SCORES: Mapping[str, object] = {
    "met": gettext_lazy("Met"),
    "partial": gettext_lazy("Partly met"),
    "not-met": gettext_lazy("Not met"),
    "not-applicable": gettext_lazy("Does not apply"),
}
VERDICTS: Mapping[str, object] = {**SCORES, Verdict.NEEDS_PERSON: gettext_lazy("A person must judge")}
DECISIONS: Mapping[str, object] = {
    "adopted": gettext_lazy("Adopted"),
    "in-principle": gettext_lazy("Adopted in principle"),
    "pending": gettext_lazy("Awaiting a decision"),
}
WEIGHTS: Mapping[str, object] = {
    "essential": gettext_lazy("essential"),
    "c40-members": gettext_lazy("C40 members only"),
    "danish-practice": gettext_lazy("Danish practice"),
    "guiding": gettext_lazy("guiding"),
    "going-further": gettext_lazy("going further"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is in the way, in words; `places` are the criteria it speaks of."""

    what: str
    remedy: str
    places: tuple[str, ...] = ()


def state_name(state: str) -> str:
    return read(STATE_NAMES[State(state)])


def step_name(step: str) -> str:
    """The name of a step as it stands on a button.

    >>> from django.utils.translation import override
    >>> with override("en"): step_name("take-up")
    'Take up for review'
    """
    name = read(STEP_NAMES[Step(step)])
    return name[:1].upper() + name[1:]


def whose_turn(case: Case) -> str:
    """Who is to act, in words."""
    owner = OWNER[State(case.state)]
    if owner is Actor.MUNICIPALITY:
        return str(case.plan.organisation.name(language()))
    if owner is Actor.SIGNATORY:
        return _("the signatory of C40")
    return str(case.reviewer.name) if case.reviewer else _("the reviewers of CONCITO")


def lines(findings: tuple[Finding, ...]) -> tuple[Line, ...]:
    """Findings as the lines of a list; a place is shown where it names criteria."""
    listed = ("criteria-not-assessed", "criteria-not-scored", "criteria-not-met", "questions-open")
    return tuple(
        Line(read(each.what), read(each.remedy), tuple(each.place.split(", ")) if each.code in listed else ())
        for each in findings
    )


def said(finding: Finding) -> str:
    """A finding as one text, with what it means."""
    return " ".join(filter(None, (read(finding.what), read(finding.why), read(finding.remedy))))


def decimal(value: float) -> str:
    """A number with two decimals and the comma of the reader."""
    text = f"{value:.2f}"
    return text.replace(".", ",") if language() == "da" else text
