"""The words for what rules answer, and where the things they ask for are written down."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klimaplan.domain.assessment.criteria import Weight
from klimaplan.domain.assessment.result import Verdict

VERDICTS: Mapping[Verdict, Promise] = {
    Verdict.MET: _("Met"), Verdict.PARTIAL: _("Partly met"), Verdict.NOT_MET: _("Not met"),
    Verdict.NEEDS_PERSON: _("For a person to judge"), Verdict.NOT_APPLICABLE: _("Does not apply"),
}  # fmt: skip
FOUND = _("Found; a person judges the rest")
"""What a machine saw all it can of, where that is not all."""

SHOWN = ("", "missing", "person", "met")
FILTERS: Mapping[str, Promise] = {
    "": _("Everything"), "missing": _("What is missing"), "person": _("What a person judges"), "met": _("What is met"),
}  # fmt: skip
KEPT: Mapping[str, frozenset[Verdict]] = {
    "": frozenset(Verdict), "missing": frozenset({Verdict.NOT_MET, Verdict.PARTIAL}),
    "person": frozenset({Verdict.NEEDS_PERSON}), "met": frozenset({Verdict.MET, Verdict.NOT_APPLICABLE}),
}  # fmt: skip
"""Filter → what stays."""

WEIGHTS: Mapping[Weight, Promise] = {
    Weight.ESSENTIAL: _("essential"), Weight.C40_MEMBERS: _("for members of C40"),
    Weight.DANISH_PRACTICE: _("Danish practice"), Weight.GUIDING: _("guiding"),
    Weight.GOING_FURTHER: _("going further"),
}  # fmt: skip
CONFIDENCE: Mapping[str, Promise] = {
    "original": _("read in the original"), "page-cited": _("read through an extract with page numbers"),
    "secondary": _("read through another source"), "reconstructed": _("reconstructed"),
    "recollection": _("put down from memory of the framework"),
}  # fmt: skip

WRITTEN_AT: Mapping[str, str] = {
    "risk-age": "risk_assessment", "risk-data-age": "risk_assessment", "scenario-horizon": "risk_assessment",
    "evaluation-age": "evaluation", "evaluation-planned": "evaluation", "published": "publication",
    "reported": "yearly_report", "net-zero": "target", "interim-targets": "target", "sector-interval": "target",
    "reaches-targets": "target", "gap-stated": "target", "linked-reductions": "action",
    "projection-documented": "driver", "hazards-described": "hazard", "hazard-impacts": "exposed_group",
    "hazard-goals": "adaptation_goal", "goal-horizons": "adaptation_goal", "stakeholder-map": "stakeholder",
    "involvement": "stakeholder", "engagement": "stakeholder", "partners": "stakeholder", "roles-matrix": "powers",
    "fossil-column": "powers", "coal-exit": "powers", "linked-plans": "plan_link", "context": "context",
    "action-fields": "action", "forbidden-actions": "action", "coverage": "action", "owners-by-sector": "action",
    "prioritisation": "priority_criterion", "commitment": "commitment", "strategies": "sector_strategy",
    "consumption": "consumption", "fairness": "fairness", "equity-goals": "equity_goal",
    "indicator-levels": "indicator", "indicator-topics": "indicator", "indicator-upkeep": "indicator",
}  # fmt: skip
"""Rule → the kind of part that is filled in to meet it; the others are met outside the plan."""

ELSEWHERE = frozenset({
    "adoption", "inventory-age", "inventory-complete", "inventory-disclosed", "target-gases", "trajectories",
})  # fmt: skip
"""Rules about what no form of the plan holds: the account, the council's decision, the projection."""
