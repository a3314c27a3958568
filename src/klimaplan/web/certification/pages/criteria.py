"""The criteria of a case as lines: what the municipality, the machine and the reviewer say of each, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from klimaplan.domain.assessment.criteria import CriteriaSet, Criterion
from klimaplan.domain.certification.workflow import State
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.certification.assessing.bridge import assessment
from klimaplan.web.certification.cases.facts import criteria_of
from klimaplan.web.certification.models import Case
from klimaplan.web.certification.pages.words import SCORES, VERDICTS
from klimaplan.web.certification.reviewing.selectors import Said
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.workspace.wording import read

if TYPE_CHECKING:
    from klimaplan.domain.assessment.assess import Assessed, Assessment

LOOKED_AT = frozenset({State.SUBMITTED, State.REVIEW, State.REPLY, State.RECOMMENDED, State.CERTIFIED})
"""Where the version that was handed in counts, and not the plan as it is now."""


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion in the list.

    Parameters
    ----------
    own, machine, score : in words; empty where nobody has said anything
    own_code, machine_code, score_code : the same as codes, for what is filtered and marked
    accepted : whether the reviewer accepts the argument
    open : questions without a reply
    """

    code: str
    wording: str
    component: str
    essential: bool
    own: str
    own_code: str
    machine: str
    machine_code: str
    score: str
    score_code: str
    accepted: bool
    asked: int
    open: int


FILTERS = ("all", "unscored", "asked", "not-met")


def set_of(case: Case) -> CriteriaSet:
    """The set a case is held against today."""
    return criteria_of(case, timezone.localdate())


def looked_at(user: User, case: Case) -> Plan | PlanVersion | None:
    """What is held against the criteria: the version that was handed in, or the plan for those who may read it."""
    if case.version is not None and State(case.state) in LOOKED_AT:
        return PlanVersion.objects.select_related("plan__organisation").get(pk=case.version.pk)
    reads = decide(user, Permission.PLAN_READ, organisation=case.plan.organisation, state=PlanState.DRAFT).allowed
    return case.plan if reads else None


def machine_of(user: User, case: Case) -> Assessment | None:
    """What a machine sees; None for who may not read what it would look at."""
    seen = looked_at(user, case)
    return None if seen is None else assessment(seen, set_of(case), timezone.localdate())


def lines_of(case: Case, said: Said, machine: Assessment | None) -> Iterator[CriterionLine]:
    """Every criterion, in the order of the set."""
    seen: Mapping[str, Assessed] = {row.criterion.id: row for row in machine.rows} if machine else {}
    of = set_of(case)
    for each in of.criteria:
        yield _line(each, of, said, seen.get(each.id))


def chosen(lines: list[CriterionLine], which: str) -> list[CriterionLine]:
    """Those that a filter lets through."""
    if which == "unscored":
        return [each for each in lines if not each.score_code]
    if which == "asked":
        return [each for each in lines if each.asked]
    if which == "not-met":
        return [each for each in lines if each.score_code in ("partial", "not-met")]
    return lines


def filters() -> list[tuple[str, str]]:
    """Code and name of each filter."""
    return list(zip(FILTERS, (_("All"), _("Not scored"), _("Asked about"), _("Not met")), strict=True))


def _line(criterion: Criterion, of: CriteriaSet, said: Said, seen: Assessed | None) -> CriterionLine:
    own, score = said.own.get(criterion.id), said.scores.get(criterion.id)
    questions = [each for each in said.questions.get(criterion.id, ()) if each.taken_back_at is None]
    verdict = str(seen.counted_as) if seen else ""
    return CriterionLine(
        criterion.id, read(criterion.wording), read(of.components[criterion.component]), criterion.is_essential,
        str(SCORES[own.score]) if own else "", own.score if own else "",
        str(VERDICTS[verdict]) if verdict else "", verdict,
        str(SCORES[score.score]) if score else "", score.score if score else "",
        score is not None and score.argument_accepted, len(questions),
        sum(each.replied_at is None for each in questions),
    )  # fmt: skip
