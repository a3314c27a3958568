"""The chart of a plan: the account, the pathway with the plan beside the baseline, and the way to the targets."""

from __future__ import annotations

import hashlib

from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.exports import charts as drawn
from klimaplan.exports.charts import BySector, Chart, Line, TargetPath, Width
from klimaplan.exports.charts.drawing import SIZES
from klimaplan.web.config.errors import language
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.results.figures import ByName, Figures
from klimaplan.web.public import selectors as public
from klimaplan.web.public.charts import STYLE, Figure, Link, Size
from klimaplan.web.public.explaining import Explained
from klimaplan.web.workspace.sentences import next_target


def pathway_figure(plan: Plan, figures: Figures) -> Figure | None:
    """The chart with its words and its table; None where errors stand in the way."""
    if not figures.computed:
        return None
    chart = _chart(plan, figures, Width.HALF)
    behind = public.municipality(plan.organisation.code).picture.baseline.explanation
    stamp = f"{STYLE}-{_shape(plan, figures)[:16]}"
    addresses = {width: reverse("plan-chart", args=[plan.pk, stamp, width]) for width in Width}
    return Figure(
        id="figure-plan",
        title=chart.title,
        wide=addresses[Width.WIDE],
        half=addresses[Width.HALF],
        narrow=addresses[Width.NARROW],
        description=chart.description,
        table=chart.table,
        explanation=Explained(behind.source, behind.version, "calculated", behind.retrieved, behind.gwp, behind.method),
        downloads=[Link(addresses[Width.WIDE], _("Drawing (SVG)"))],
        wide_size=Size(*SIZES[Width.WIDE]),
        half_size=Size(*SIZES[Width.HALF]),
        narrow_size=Size(*SIZES[Width.NARROW]),
    )


def pathway_svg(plan: Plan, figures: Figures, width: str) -> str:
    """The drawing, made once for everything that looks the same: whoever changes words only draws nothing anew.

    Raises
    ------
    UnknownCodeError : there is no such width, or nothing to draw
    """
    if width not in list(Width) or not figures.computed:
        raise UnknownCodeError(_no_chart(width))
    named = "|".join(("plan", STYLE, _shape(plan, figures), width, language()))
    key = hashlib.sha256(named.encode()).hexdigest()
    kept = caches["charts"].get(key)
    if isinstance(kept, str):
        return kept
    image = drawn.svg(_chart(plan, figures, Width(width)))
    caches["charts"].set(key, image)
    return image


def _chart(plan: Plan, figures: Figures, width: Width) -> Chart:
    account = public.municipality(plan.organisation.code).picture.account
    years = list(figures.years)
    return drawn.pathway(
        BySector(account.years, account.emissions),
        BySector(years, _lists(figures.baseline)),
        _target(plan, figures),
        plan=BySector(years, _lists(figures.pathway)),
        title=_("The pathway of the plan"),
        language=language(),
        width=width,
    )


def _shape(plan: Plan, figures: Figures) -> str:
    """Digest of everything that a drawing of the pathway shows, whatever its width and language."""
    shown = (
        figures.years, figures.baseline, figures.pathway, figures.target_years, figures.target_path, figures.manko,
        figures.allowed, next_target(figures), figures.account, plan.organisation.code, plan.demo,
    )  # fmt: skip
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def _target(plan: Plan, figures: Figures) -> TargetPath | None:
    year = next_target(figures)
    excess = None if year is None else figures.manko_in(year)
    if year is None or excess is None or not figures.target_path:
        return None
    path = Line(list(figures.target_years), list(figures.target_path))
    return TargetPath(path, dict(figures.allowed or {}), year, excess, bool(plan.demo))


def _lists(table: ByName | None) -> dict[str, list[float | None]]:
    return {name: list(values) for name, values in (table or {}).items()}


def _no_chart(width: str) -> Finding:
    return Finding(
        "unknown-chart", width,
        Text("Den figur findes ikke.", "There is no such chart."),
        Text("", ""),
        Text("Gå tilbage til planen.", "Go back to the plan."),
    )  # fmt: skip
