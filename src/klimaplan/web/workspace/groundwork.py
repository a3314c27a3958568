"""The parts that a certification asks for besides targets, adaptation and actions: their page, and what names one."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

PAGE = "plan-groundwork"
KINDS = (
    "context", "risk_assessment", "powers", "consumption", "sector_strategy", "stakeholder", "fairness", "equity_goal",
    "priority_criterion", "indicator", "plan_link", "evaluation", "publication", "yearly_report",
)  # fmt: skip
"""In the order of the components that they answer."""

OF_ACTION_TOO = ("stakeholder", "indicator", "plan_link")
"""Kinds that may also hang on an action; then one comes back to its page."""

HEADINGS: Mapping[str, Promise] = {
    "context": gettext_lazy("Situation of the municipality"), "risk_assessment": gettext_lazy("Risk assessments"),
    "powers": gettext_lazy("Roles of the municipality, sector by sector"),
    "consumption": gettext_lazy("Consumption: avoid, shift, improve"),
    "sector_strategy": gettext_lazy("Sector strategies"), "stakeholder": gettext_lazy("Stakeholders and involvement"),
    "fairness": gettext_lazy("Who bears and who gains"), "equity_goal": gettext_lazy("Goals for fairness"),
    "priority_criterion": gettext_lazy("What actions are put in order by"), "indicator": gettext_lazy("Indicators"),
    "plan_link": gettext_lazy("Other plans"), "evaluation": gettext_lazy("Evaluations"),
    "publication": gettext_lazy("Public statuses"), "yearly_report": gettext_lazy("Yearly reports"),
}  # fmt: skip
WHY: Mapping[str, Promise] = {
    "context": gettext_lazy("People, economy, environment and vulnerable groups, as far as the plan must know."),
    "risk_assessment": gettext_lazy("When it was made, how old its data are, and how far its scenarios reach."),
    "powers": gettext_lazy(
        "One row for each sector, and one for phasing out fossil fuels: there all four roles are used or left out with "
        "a reason."
    ),
    "consumption": gettext_lazy("At least two categories; no full account of consumption is needed."),
    "sector_strategy": gettext_lazy("The way there, a target that can be measured, and what shows it."),
    "stakeholder": gettext_lazy(
        "Who is hit by climate change, who by climate action, and who has the power to change something; and what "
        "their involvement changed."
    ),
    "fairness": gettext_lazy("Burdens and benefits in every sector and at every hazard."),
    "equity_goal": gettext_lazy("At least one, tied to an action and an indicator."),
    "priority_criterion": gettext_lazy("Their weights come to 100 %, and every action has a score."),
    "indicator": gettext_lazy(
        "What is done for each prioritised action, what follows in each sector, and the impact for each target."
    ),
    "plan_link": gettext_lazy("Municipal plan, heat plan, waste plan and others, each with its sectors."),
    "evaluation": gettext_lazy("A thorough one at least every five years."),
    "publication": gettext_lazy("At least once a year."),
    "yearly_report": gettext_lazy("What was reported to the common monitoring system."),
}
NAMED: Mapping[str, tuple[str, ...]] = {
    "hazard": ("hazard",), "answer": ("hazards",), "context": ("theme",), "powers": ("sector",),
    "consumption": ("category",), "sector_strategy": ("sector",), "fairness": ("sector", "hazard"),
    "yearly_report": ("year",),
}  # fmt: skip
"""Kind → the fields of which the first that says something is its title."""

MATRICES: Mapping[str, tuple[str, Promise]] = {
    "powers": ("plan-roles", gettext_lazy("Matrix of roles")),
    "stakeholder": ("plan-stakeholders", gettext_lazy("Map of stakeholders")),
    "consumption": ("plan-consumption", gettext_lazy("Matrix of consumption")),
    "fairness": ("plan-equity", gettext_lazy("Tables of fairness")),
    "equity_goal": ("plan-equity", gettext_lazy("Tables of fairness")),
    "indicator": ("plan-indicators", gettext_lazy("Matrix of indicators")),
}
"""Kind → the page on which all of it is filled in side by side, and what the page is called."""
