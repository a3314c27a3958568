"""A plan held against a set of criteria: what the machine sees, beside which people judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from klimaplan.domain.assessment.criteria import Checkable, CriteriaSet, Criterion, Weight
from klimaplan.domain.assessment.evidence import Evidence
from klimaplan.domain.assessment.result import Result, Verdict, needs_person, not_applicable
from klimaplan.domain.assessment.rules import RULES
from klimaplan.domain.errors import Text

WEAKEST = (Verdict.NOT_MET, Verdict.PARTIAL, Verdict.NEEDS_PERSON, Verdict.MET)
"""In the order in which they decide the whole; what does not apply decides nothing."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A criterion and what its rule answers."""

    criterion: Criterion
    result: Result

    @property
    def person_judges_rest(self) -> bool:
        """Whether a machine saw what it can and a person is left with the rest."""
        return self.criterion.checkable is Checkable.PARTLY and self.result.verdict is Verdict.MET

    @property
    def counted_as(self) -> Verdict:
        """What it weighs in the whole: what a person is still to judge is not met yet."""
        return Verdict.NEEDS_PERSON if self.person_judges_rest else self.result.verdict


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole set.

    Parameters
    ----------
    overall : the weakest of the essential criteria; None where none of them applies
    """

    criteria_set: CriteriaSet
    rows: tuple[Assessed, ...]
    overall: Verdict | None

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many of each, met in part by machine counted where a person judges the rest."""
        counted = Counter(row.counted_as for row in self.rows)
        return {verdict: counted[verdict] for verdict in Verdict}


def assess(criteria_set: CriteriaSet, evidence: Evidence) -> Assessment:
    """Hold what is known of a plan against every criterion of a set."""
    rows = tuple(Assessed(each, _result(each, evidence)) for each in criteria_set.criteria)
    decisive = {row.counted_as for row in rows if row.criterion.is_essential}
    return Assessment(criteria_set, rows, next((verdict for verdict in WEAKEST if verdict in decisive), None))


def _result(criterion: Criterion, evidence: Evidence) -> Result:
    if criterion.weight is Weight.C40_MEMBERS and evidence.c40_member is False:
        return not_applicable(Text("Kravet gælder kun medlemmer af C40.", "The demand holds for members of C40 only."))
    if not criterion.rule:
        return needs_person(
            Text("Det kan kun et menneske vurdere.", "Only a person can judge this."),
            Text(f"Vis: {criterion.asked_for.da}.", f"Show: {criterion.asked_for.en}."),
        )
    return RULES[criterion.rule].judge(evidence, criterion.parameters)
