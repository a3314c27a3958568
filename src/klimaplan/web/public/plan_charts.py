"""The charts of a published plan: where it leads, and what each action changes."""

from __future__ import annotations

import hashlib

from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.exports import charts as drawn
from klimaplan.exports.charts import BySector, Chart, Line, TargetPath, Width
from klimaplan.exports.charts.drawing import SIZES
from klimaplan.exports.charts.effects import SEVERAL, ActionEffect, as_demo, effects
from klimaplan.web.config.errors import language
from klimaplan.web.plans.results.figures import ByName
from klimaplan.web.plans.selectors import sectors_of
from klimaplan.web.public import selectors
from klimaplan.web.public.charts import STYLE, Figure, Link, Size
from klimaplan.web.public.explaining import Explained
from klimaplan.web.public.plan_published import Published
from klimaplan.web.public.plan_sentences import next_target

NAMES = ("pathway", "effects")
STEP = 5
"""Years between the bars of the actions."""


def figure(plan: Published, name: str, explanation: Explained) -> Figure:
    """A chart on the page."""
    chart = _chart(plan, name, Width.WIDE)
    addresses = {width: reverse("public-plan-chart", args=[stamp(plan), plan.code, name, width]) for width in Width}
    sizes = {width: Size(*SIZES[width]) for width in Width}
    return Figure(
        id=f"figure-plan-{name}",
        title=chart.title,
        wide=addresses[Width.WIDE],
        half=addresses[Width.HALF],
        narrow=addresses[Width.NARROW],
        description=chart.description,
        table=chart.table,
        explanation=explanation,
        downloads=[Link(addresses[Width.WIDE], _("Drawing (SVG)"))],
        wide_size=sizes[Width.WIDE],
        half_size=sizes[Width.HALF],
        narrow_size=sizes[Width.NARROW],
    )


def svg(plan: Published, name: str, width: str) -> str:
    """The drawing, made once for every version and account.

    Raises
    ------
    UnknownCodeError : there is no such chart or width, or nothing to draw
    """
    if name not in NAMES or width not in list(Width) or not plan.figures.computed:
        raise UnknownCodeError(_no_chart(f"{name}-{width}"))
    key = hashlib.sha256("|".join(("published", stamp(plan), plan.code, name, width, language())).encode()).hexdigest()
    kept = caches["charts"].get(key)
    if isinstance(kept, str):
        return kept
    image = drawn.svg(_chart(plan, name, Width(width)))
    caches["charts"].set(key, image)
    return image


def stamp(plan: Published) -> str:
    """Changes whenever a drawing does."""
    return f"{STYLE}-{plan.sha256[:12]}{plan.figures.account[:8]}{'-demo' if plan.demo else ''}"


def effect_years(plan: Published) -> list[int]:
    """Every fifth year ahead, and the last."""
    years = plan.figures.years
    return sorted({year for year in years if year % STEP == 0 and year > years[0]} | {years[-1]})


def sector_of(action: dict[str, object]) -> str:
    """The sector an action works on, `SEVERAL`, or nothing where its effect is not computed."""
    found = sorted(sectors_of(action))
    return found[0] if len(found) == 1 else SEVERAL if found else ""


def _chart(plan: Published, name: str, width: Width) -> Chart:
    chart = _pathway(plan, width) if name == "pathway" else _effects(plan, width)
    return as_demo(chart) if plan.demo else chart


def _pathway(plan: Published, width: Width) -> Chart:
    account, figures = selectors.municipality(plan.code).picture.account, plan.figures
    years = list(figures.years)
    return drawn.pathway(
        BySector(account.years, account.emissions),
        BySector(years, _lists(figures.baseline)),
        _target(plan),
        plan=BySector(years, _lists(figures.pathway)),
        title=_("Where the plan leads"),
        language=language(),
        width=width,
    )


def _effects(plan: Published, width: Width) -> Chart:
    years, figures = effect_years(plan), plan.figures
    at = [figures.years.index(year) for year in years]
    shown = [
        ActionEffect(each["title"], sector_of(each), [(figures.effects or {})[each["key"]][place] for place in at])
        for each in plan.actions
        if sector_of(each) and each["key"] in (figures.effects or {})
    ]
    return effects(shown, years, title=_("What the actions change"), language=language(), width=width)


def _target(plan: Published) -> TargetPath | None:
    figures, year = plan.figures, next_target(plan.figures)
    excess = None if year is None else figures.manko_in(year)
    if year is None or excess is None or not figures.target_path:
        return None
    path = Line(list(figures.target_years), list(figures.target_path))
    return TargetPath(path, dict(figures.allowed or {}), year, excess, plan.demo)


def _lists(table: ByName | None) -> dict[str, list[float | None]]:
    return {name: list(values) for name, values in (table or {}).items()}


def _no_chart(name: str) -> Finding:
    return Finding(
        "unknown-chart", name,
        Text("Den figur findes ikke.", "There is no such chart."),
        Text("", ""),
        Text("Gå tilbage til planen.", "Go back to the plan."),
    )  # fmt: skip
