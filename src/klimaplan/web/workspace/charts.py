"""The chart of a plan: the account, the pathway with the plan beside the baseline, and the way to the targets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.exports import charts as drawn
from klimaplan.exports.charts import BySector, Chart, Line, TargetPath, Wedge, Width
from klimaplan.exports.charts.drawing import SIZES
from klimaplan.exports.charts.wedges import HEIGHTS
from klimaplan.web.config.errors import language
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.results.figures import ByName, Figures
from klimaplan.web.public import selectors as public
from klimaplan.web.public.charts import STYLE, Figure, Link, Size
from klimaplan.web.public.explaining import Explained
from klimaplan.web.workspace.sentences import next_target


def pathway_html(plan: Plan, figures: Figures) -> SafeString | None:
    """The chart as it stands on the page, written once for everything that looks the same; None as below."""
    key = f"plan-figure-{STYLE}-{plan.pk}-{language()}-{_shape(plan, figures)}"
    kept: SafeString | None = caches["pages"].get(key)
    if kept is None and (figure := pathway_figure(plan, figures)) is not None:
        kept = render_to_string("components/figure.html", {"figure": figure, "half": True, "eager": True})
        caches["pages"].set(key, kept)
    return kept


def pathway_figure(plan: Plan, figures: Figures) -> Figure | None:
    """The chart with its words and its table; None where errors stand in the way."""
    if not figures.computed:
        return None
    stamp = f"{STYLE}-{_shape(plan, figures)[:16]}"
    return _figure(plan, "figure-plan", "plan-chart", stamp, _chart(plan, figures, Width.HALF), SIZES)


def wedges_figure(plan: Plan, figures: Figures, titles: Mapping[str, str]) -> Figure | None:
    """What each action contributes; None where nothing can be computed, or no action does anything."""
    if not figures.computed or not any(any(values) for values in (figures.effects or {}).values()):
        return None
    stamp = f"{STYLE}-{_wedged(plan, figures, titles)[:16]}"
    sizes = {width: (SIZES[width][0], HEIGHTS[width]) for width in Width}
    return _figure(plan, "figure-wedges", "plan-wedges", stamp, _wedges(plan, figures, titles, Width.HALF), sizes)


def wedges_html(plan: Plan, figures: Figures, titles: Mapping[str, str]) -> SafeString | None:
    """What each action contributes, as it stands on the page; written once for everything that looks the same."""
    if not figures.computed:
        return None
    key = "|".join(("wedges", STYLE, str(plan.pk), _wedged(plan, figures, titles), language()))
    kept = caches["pages"].get(key)
    if isinstance(kept, str):
        return SafeString(kept)  # as the template below has written it
    figure = wedges_figure(plan, figures, titles)
    html = render_to_string("components/figure.html", {"figure": figure, "half": True}) if figure else SafeString("")
    caches["pages"].set(key, str(html))
    return html


def pathway_svg(plan: Plan, figures: Figures, width: str) -> str:
    """The drawing, made once for everything that looks the same: whoever changes words only draws nothing anew.

    Raises
    ------
    UnknownCodeError : there is no such width, or nothing to draw
    """
    if width not in list(Width) or not figures.computed:
        raise UnknownCodeError(_no_chart(width))
    return _drawn("plan", _shape(plan, figures), width, lambda: _chart(plan, figures, Width(width)))


def wedges_svg(plan: Plan, figures: Figures, titles: Mapping[str, str], width: str) -> str:
    """The drawing of what each action contributes.

    Raises
    ------
    UnknownCodeError : there is no such width, or nothing to draw
    """
    if width not in list(Width) or not figures.computed:
        raise UnknownCodeError(_no_chart(width))
    shape = _wedged(plan, figures, titles)
    return _drawn("wedges", shape, width, lambda: _wedges(plan, figures, titles, Width(width)))


def _figure(  # what a figure is made of
    plan: Plan, name: str, route: str, stamp: str, chart: Chart, sizes: Mapping[Width, tuple[int, int]]
) -> Figure:
    behind = public.municipality(plan.organisation.code).picture.baseline.explanation
    addresses = {width: reverse(route, args=[plan.pk, stamp, width]) for width in Width}
    return Figure(
        id=name,
        title=chart.title,
        wide=addresses[Width.WIDE],
        half=addresses[Width.HALF],
        narrow=addresses[Width.NARROW],
        description=chart.description,
        table=chart.table,
        explanation=Explained(behind.source, behind.version, "calculated", behind.retrieved, behind.gwp, behind.method),
        downloads=[Link(addresses[Width.WIDE], _("Drawing (SVG)"))],
        wide_size=Size(*sizes[Width.WIDE]),
        half_size=Size(*sizes[Width.HALF]),
        narrow_size=Size(*sizes[Width.NARROW]),
    )


def _drawn(name: str, shape: str, width: str, make: Callable[[], Chart]) -> str:
    named = "|".join((name, STYLE, shape, width, language()))
    key = hashlib.sha256(named.encode()).hexdigest()
    kept = caches["charts"].get(key)
    if isinstance(kept, str):
        return kept
    image = drawn.svg(make())
    caches["charts"].set(key, image)
    return image


def _wedges(plan: Plan, figures: Figures, titles: Mapping[str, str], width: Width) -> Chart:
    years = list(figures.years)
    return drawn.wedges(
        BySector(years, _lists(figures.baseline)),
        BySector(years, _lists(figures.pathway)),
        [Wedge(titles.get(key) or key, list(values)) for key, values in (figures.effects or {}).items()],
        title=_("What each action contributes"),
        language=language(),
        width=width,
    )


def _wedged(plan: Plan, figures: Figures, titles: Mapping[str, str]) -> str:
    """Digest of everything that the drawing of the wedges shows."""
    moved = [(titles.get(key), values) for key, values in (figures.effects or {}).items()]
    return hashlib.sha256(repr((_shape(plan, figures), moved)).encode()).hexdigest()


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
