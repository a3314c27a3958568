"""The kinds of parts a plan has: what each is called, what it may say, and what names one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.sources.plan_files import model
from klimaplan.sources.plan_files.numbers import Part
from klimaplan.web.plans.contents import adaptation, certification, qualitative


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of part.

    Parameters
    ----------
    named_by : the fields that name a part; without any it gets the next number
    section : of a plan file, where it is computed with; empty where it is not
    single : whether a plan has one of it at most
    whole : groups of fields that only make sense together, each with the fields that turn the whole group: when one of
        those was changed, two people's changes of the group are not mixed
    """

    code: str
    name: Text
    model: type[Part]
    named_by: tuple[str, ...] = ()
    section: str = ""
    single: bool = False
    whole: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    @property
    def of_action(self) -> bool:
        """Whether such a part may hang on an action."""
        return "action" in self.model.model_fields

    def key_of(self, content: Mapping[str, Any]) -> str:
        """The key that the content itself gives; empty where it gives none."""
        return "/".join(str(content.get(name, _DEFAULTS.get(name, ""))) for name in self.named_by)


HEAD, TARGET, STREAM, PARAMETER, SUPPLY, DRIVER, ACTION = (
    "head", "target", "stream", "parameter", "supply", "driver", "action"
)  # fmt: skip
_DEFAULTS = {"sectors": "total"}


def _together(*fields: str, turned_by: tuple[str, ...] = ()) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(fields), frozenset(turned_by or fields)


_FIGURES = ("value", "low", "central", "high", "distribution", "unit", "group", "correlation", "shared")

_ALL = (
    Kind(HEAD, Text("Planen", "The plan"), model.Head, section="plan", single=True),
    Kind("vision", Text("Vision", "Vision"), qualitative.Vision),
    Kind("commitment", Text("Forpligtelse", "Commitment"), qualitative.Commitment),
    Kind(TARGET, Text("Mål", "Target"), model.TargetEntry, ("year", "sectors"), "target", whole=(
        _together("base_year", "base_tonnes", "reduction_pct", "level", "tonnes_per_inhabitant", "inhabitants"),
    )),
    Kind(STREAM, Text("Eget tal", "Own figure"), model.StreamEntry, ("ref", "carrier"), "stream", whole=(
        _together("tonnes", "year", "gases"),
    )),
    Kind(PARAMETER, Text("Forudsætning", "Parameter"), model.ParameterEntry, ("name",), "parameter", whole=(
        _together(*_FIGURES),
    )),
    Kind(SUPPLY, Text("Forsyning", "Supply"), model.SupplyEntry, ("stream",), "supply", whole=(
        _together("unit", "factors"),
    )),
    Kind(DRIVER, Text("Usikkerhed", "Uncertainty"), model.DriverEntry, ("name",), "driver"),
    Kind(ACTION, Text("Tiltag", "Action"), model.ActionEntry, ("key",), "action", whole=(
        _together("template", "variant", "amounts", "streams", "ramp", "lever", turned_by=("template", "variant")),
    )),
    Kind("answer", Text("Klimatilpasning", "Adaptation"), adaptation.Answer, ("action",)),
    Kind("sub_measure", Text("Deltiltag", "Sub-measure"), qualitative.SubMeasure),
    Kind("milestone", Text("Milepæl", "Milestone"), qualitative.Milestone),
    Kind("budget_line", Text("Budgetpost", "Budget line"), qualitative.BudgetLine),
    Kind("funding", Text("Finansiering", "Funding"), qualitative.Funding),
    Kind("staff", Text("Bemanding", "Staff"), qualitative.Staffing),
    Kind("stakeholder", Text("Interessent", "Stakeholder"), qualitative.Stakeholder),
    Kind("barrier", Text("Barriere", "Barrier"), qualitative.Barrier),
    Kind("co_benefit", Text("Sidegevinst", "Co-benefit"), qualitative.CoBenefit),
    Kind("indicator", Text("Indikator", "Indicator"), qualitative.Indicator),
    Kind("plan_link", Text("Anden plan", "Other plan"), qualitative.PlanLink),
    Kind("evidence", Text("Bilag", "Evidence"), qualitative.Evidence),
    Kind("hazard", Text("Klimafare", "Hazard"), adaptation.Hazard, ("hazard",)),
    Kind("exposed_group", Text("Udsat gruppe eller værdi", "Exposed group or asset"), adaptation.Exposed),
    Kind("adaptation_goal", Text("Mål for tilpasning", "Adaptation goal"), adaptation.AdaptationGoal),
    Kind("past_event", Text("Tidligere hændelse", "Past event"), adaptation.PastEvent),
    Kind("action_detail", Text("Oplysninger til certificering", "Details for certification"),
         certification.ActionDetail, ("action",)),
    Kind("context", Text("Kommunens forhold", "Situation of the municipality"), certification.Context, ("theme",)),
    Kind("risk_assessment", Text("Risikovurdering", "Risk assessment"), certification.RiskAssessment),
    Kind("powers", Text("Roller i en sektor", "Roles in a sector"), certification.Powers, ("sector",)),
    Kind("consumption", Text("Forbrugskategori", "Consumption category"), certification.Consumption, ("category",)),
    Kind("sector_strategy", Text("Sektorstrategi", "Sector strategy"), certification.SectorStrategy, ("sector",)),
    Kind("fairness", Text("Byrder og gevinster", "Burdens and benefits"), certification.Fairness),
    Kind("equity_goal", Text("Mål for retfærdighed", "Fairness goal"), certification.EquityGoal),
    Kind("priority_criterion", Text("Prioriteringskriterium", "Criterion of priority"),
         certification.PriorityCriterion),
    Kind("evaluation", Text("Evaluering", "Evaluation"), certification.Evaluation),
    Kind("publication", Text("Offentlig status", "Public status"), certification.Publication),
    Kind("yearly_report", Text("Årlig indberetning", "Yearly report"), certification.YearlyReport, ("year",)),
)  # fmt: skip

KINDS: Mapping[str, Kind] = MappingProxyType({kind.code: kind for kind in _ALL})
COMPUTED: tuple[str, ...] = tuple(kind.code for kind in _ALL if kind.section)
"""The kinds that a plan file has, and that its figures come from."""


def kind_of(code: str) -> Kind:
    """By code; `UnknownCodeError` where there is none."""
    if code not in KINDS:
        raise UnknownCodeError(Finding(
            "part-kind-unknown", code,
            Text("En plan har ingen dele af den slags.", "A plan has no parts of that kind."),
            Text("", ""),
            Text(f"Brug en af {', '.join(KINDS)}.", f"Use one of {', '.join(KINDS)}."),
        ))  # fmt: skip
    return KINDS[code]
