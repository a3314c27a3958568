"""The pages of a published plan: the plan as a whole, and each of its actions in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimaplan.domain.errors import UnknownCodeError
from klimaplan.exports.charts.effects import NAMES as SECTOR_NAMES
from klimaplan.exports.numbers import amount, plain
from klimaplan.reference import load
from klimaplan.web.config.errors import language
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.public import plan_charts, plan_files, plan_sentences, selectors
from klimaplan.web.public.charts import Figure, Link
from klimaplan.web.public.explaining import Explained, Number, title_of
from klimaplan.web.public.plan_published import Published
from klimaplan.web.public.sheets import Sheet

EFFECT_YEARS = (2030, 2050)
MOST_REMAINING = 12
REASONS = {
    "no-action": gettext_lazy("no action"),
    "partly": gettext_lazy("partly solved"),
    "added-by-actions": gettext_lazy("added by actions"),
    "uptake": gettext_lazy("uptake"),
}


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action in the table of a plan; an effect that is not computed is None."""

    key: str
    title: str
    sector: str
    effects: list[str | None]
    progress: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything on the page of a published plan."""

    plan: Published
    lead: str
    visions: list[str]
    numbers: list[Number]
    figures: list[Figure]
    manko: Sheet | None
    actions: list[ActionLine]
    residual: Sheet | None
    residual_year: int | None
    smaller: int
    """Streams that are left besides those shown."""
    explanation: Explained
    downloads: list[Link]
    effect_years: tuple[int, ...] = EFFECT_YEARS


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what stands beside it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Everything on the page of one action."""

    plan: Published
    key: str
    title: str
    description: str
    lead: str
    numbers: list[Number]
    facts: list[Fact]
    steps: list[Fact]
    milestones: list[Fact]
    benefits: list[Fact]


def plan_page(plan: Published) -> PlanPage:
    """The plan as a whole."""
    figures, behind = plan.figures, _behind(plan)
    drawn = [plan_charts.figure(plan, name, behind) for name in plan_charts.NAMES] if figures.computed else []
    left = sorted((each for each in figures.remaining if each.tonnes > 0.0), key=lambda each: -each.tonnes)
    return PlanPage(
        plan=plan,
        lead=plan_sentences.lead(plan.name, figures),
        visions=[each["text"] for each in plan.of("vision")],
        numbers=_numbers(plan, behind),
        figures=drawn,
        manko=_manko(figures),
        actions=[_line(plan, each) for each in plan.actions],
        residual=_residual(left[:MOST_REMAINING]) if left else None,
        residual_year=figures.residual_year,
        smaller=max(0, len(left) - MOST_REMAINING),
        explanation=behind,
        downloads=plan_files.links(plan),
    )


def action_page(plan: Published, key: str) -> ActionPage:
    """One action in plain words; `UnknownCodeError` where there is none of that key."""
    content = plan.action(key)
    return ActionPage(
        plan=plan,
        key=key,
        title=content["title"],
        description=content.get("description", ""),
        lead=_action_lead(plan, content),
        numbers=[_effect_number(plan, content, year) for year in EFFECT_YEARS] if _sector(content) else [],
        facts=_facts(content),
        steps=[Fact(each["title"], _progress(each)) for each in plan.of("sub_measure", action=key)],
        milestones=[Fact(each["title"], _due(each)) for each in plan.of("milestone", action=key)],
        benefits=[Fact(each["benefit"], _benefit(each)) for each in plan.of("co_benefit", action=key)],
    )


def _behind(plan: Published) -> Explained:
    """What stands behind the figures of a plan: the version, and the account and baseline it starts from."""
    seen = selectors.municipality(plan.code).picture.baseline.explanation
    source = _("%(title)s, version %(number)d, on top of %(baseline)s") % {
        "title": plan.title, "number": plan.number, "baseline": title_of(seen.source),
    }  # fmt: skip
    version = f"{plan.number} ({plan.sha256[:12]}), {seen.version}"
    return Explained(source, version, "expected", seen.retrieved, seen.gwp, "actions")


def _numbers(plan: Published, behind: Explained) -> list[Number]:
    figures = plan.figures
    if not figures.computed:
        return []
    year = plan_sentences.next_target(figures)
    shown = []
    if year is not None:
        manko = figures.manko_in(year)
        tone = "" if manko is None else "excess" if manko > 0.0 else "met"
        shown += [
            _number(_("With the plan in %(year)d") % {"year": year}, figures.pathway_in(year), behind, plan),
            _number(_("The target allows"), (figures.allowed or {}).get(year), behind, plan),
            _number(_("Gap in %(year)d") % {"year": year}, manko, behind, plan, tone=tone, signed=True),
        ]
    left = _("Still emitted in %(year)d") % {"year": figures.residual_year}
    return [*shown, _number(left, figures.emitted, behind, plan)]


def _number(
    label: str, tonnes: float | None, behind: Explained, plan: Published, *, tone: str = "", signed: bool = False
) -> Number:
    value, unit = None, ""
    if tonnes is not None:
        value, _space, unit = amount(tonnes, language(), signed=signed).partition("\N{NO-BREAK SPACE}")
    return Number(label, value, unit, behind, tone=tone, demo=plan.demo)


def _manko(figures: Figures) -> Sheet | None:
    """Baseline, plan, target and manko in every target year; None without a target for all sectors."""
    years = [year for year in sorted(figures.allowed or {}) if year in figures.target_years and year in figures.years]
    if not years or not figures.baseline:
        return None
    at = [figures.years.index(year) for year in years]
    lines: list[tuple[str, list[float | None]]] = [
        (_("Without the plan (baseline)"), [figures.baseline["total"][place] for place in at]),
        (_("With the plan"), [figures.pathway_in(year) for year in years]),
        (_("The target allows"), [(figures.allowed or {}).get(year) for year in years]),
        (_("Gap"), [figures.manko_in(year) for year in years]),
    ]
    rows: list[list[str | None]] = [
        [name, *(plain(value, language(), digits=0, signed=name == _("Gap")) for value in values)]
        for name, values in lines
    ]
    headers = ["", *(_("%(year)d, t CO2e") % {"year": year} for year in years)]
    return Sheet(_("Baseline, plan and target in the target years"), [_("All sectors"), *headers[1:]], rows)


def _residual(left: list[Any]) -> Sheet:
    rows: list[list[str | None]] = [
        [
            each.name.read(language()), plain(each.tonnes, language(), digits=0), str(REASONS[each.reason]),
            each.solver.read(language()),
        ]
        for each in left
    ]  # fmt: skip
    headers = [_("What is left"), _("t CO2e"), _("Why"), _("Who could solve it")]
    return Sheet(_("What the plan leaves"), headers, rows)


def _line(plan: Published, content: Mapping[str, Any]) -> ActionLine:
    sector = _sector(content)
    effects = [_effect(plan, content, year) for year in EFFECT_YEARS]
    return ActionLine(
        content["key"],
        content["title"],
        SECTOR_NAMES[sector].read(language()) if sector else _("not computed"),
        [plain(each, language(), digits=0) for each in effects],
        _progress(content),
    )


def _sector(content: Mapping[str, Any]) -> str:
    return plan_charts.sector_of(dict(content))


def _effect(plan: Published, content: Mapping[str, Any], year: int) -> float | None:
    """None where nothing is computed for the action: that is not the same as no effect."""
    return plan.figures.effect_in(content["key"], year) if _sector(content) else None


def _effect_number(plan: Published, content: Mapping[str, Any], year: int) -> Number:
    label = _("Expected effect in %(year)d") % {"year": year}
    return _number(label, _effect(plan, content, year), _behind(plan), plan, signed=True)


def _action_lead(plan: Published, content: Mapping[str, Any]) -> str:
    """What an action comes to, in one sentence."""
    year = EFFECT_YEARS[0]
    effect = _effect(plan, content, year)
    if effect is None:
        return _("The plan computes no effect on emissions for this action.")
    words = {"year": year, "amount": amount(abs(effect), language())}
    if effect > 0.0:
        return _("The action is expected to add %(amount)s in %(year)d.") % words
    return _("The action is expected to lower emissions by %(amount)s in %(year)d.") % words


def _facts(content: Mapping[str, Any]) -> list[Fact]:
    """What is known of an action besides its effect; what the plan leaves open is left out."""
    decision, sector = content.get("decision", {}), _sector(content)
    ramps = [ramp for ramp in (content.get("ramp"), *(each.get("ramp") for each in content.get("lever", []))) if ramp]
    starts, ends = (
        [each["start"] for each in ramps if each.get("start")],
        [each["end"] for each in ramps if each.get("end")],
    )
    told = [
        (_("Progress"), _progress(content)),
        (_("Sector"), SECTOR_NAMES[sector].read(language()) if sector else ""),
        (_("Responsible"), content.get("owner", "")),
        (_("Decided by"), decision.get("by", "")),
        (_("Decided on"), _day(decision["on"]) if decision.get("on") else ""),
        (_("Begins to work"), str(min(starts)) if starts else ""),
        (_("Works in full from"), str(max(ends)) if ends else ""),
        (_("Built on the measure"), _measure(content.get("template", ""))),
    ]
    known = content.get("known", {})
    unit = known.get("activity_unit", "")
    for year, done in sorted(known.get("implemented_activity", {}).items()):
        figure = plain(done, language(), digits=0 if float(done).is_integer() else 2)
        told.append((_("Carried out in %(year)s") % {"year": year}, f"{figure} {unit}".strip()))
    return [Fact(name, value) for name, value in told if value]


def _measure(slug: str) -> str:
    if not slug:
        return ""
    try:
        return load.measure(slug).title.read(language())
    except UnknownCodeError:
        return slug


def _progress(content: Mapping[str, Any]) -> str:
    return CHOICES["progress"][content.get("progress", "idea")].read(language())


def _due(milestone: Mapping[str, Any]) -> str:
    if milestone.get("done_on"):
        return _("reached %(day)s") % {"day": _day(milestone["done_on"])}
    return _("by %(day)s") % {"day": _day(milestone["due"])}


def _benefit(content: Mapping[str, Any]) -> str:
    who = ", ".join(CHOICES["who"][each].read(language()) for each in content.get("who", []))
    direction = CHOICES["directions"][content.get("direction", "gain")].read(language())
    return f"{direction}: {who}" if who else direction


def _day(written: str) -> str:
    day = date.fromisoformat(str(written))
    return f"{day.day}.{day.month}.{day.year}" if language() == "da" else f"{day:%-d %B %Y}"
