"""What a change would do, before it is stored: the effect of the action and the gap of the plan, now and then."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from klimaplan.domain.errors import InputError
from klimaplan.web.plans import selectors
from klimaplan.web.plans.contents.kinds import ACTION, kind_of
from klimaplan.web.plans.contents.reading import Plain, plain_of, read_content
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.results.comparing import Pair
from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.workspace import bridge
from klimaplan.web.workspace.fields import told
from klimaplan.web.workspace.listing import YEARS
from klimaplan.web.workspace.sketch import Sketch, sketch
from klimaplan.web.workspace.wording import tonnes


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure as the plan stands, and as it would be."""

    label: str
    now: str
    then: str
    difference: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What is seen beside the form; `refused` where the change cannot be computed."""

    sentence: str
    rows: tuple[Moved, ...] = ()
    refused: tuple[str, ...] = ()
    typed: bool = False
    drawn: Sketch | None = None


def preview(plan: Plan, key: str, content: Plain) -> Preview:
    """What the plan would come to with this action as it was typed."""
    form = kind_of(ACTION)
    try:
        plain = plain_of(read_content(form, content, f"{ACTION} {key}"))
    except InputError as refused:
        lines = tuple(told(finding) for finding in refused.findings)
        return Preview(_("The effect cannot be computed yet."), refused=lines)
    return compared(key, selectors.outcome(plan), bridge.outcome_with(plan, ACTION, key, plain), typed=True)


def compared(key: str, now: Figures, then: Figures, *, typed: bool = False) -> Preview:
    """The effect of an action and the gap of its plan, in each year that is told."""
    if not then.computed:
        lines = tuple(told(finding) for finding in then.errors)
        return Preview(_("The effect cannot be computed yet."), refused=lines)
    rows = []
    for year in YEARS:
        effect = Pair(now.effect_in(key, year), then.effect_in(key, year))
        rows.append(_moved(_("Effect of the action in %(year)d") % {"year": year}, effect))
    for year in YEARS:
        if then.manko_in(year) is not None:
            gap = Pair(now.manko_in(year), then.manko_in(year))
            rows.append(_moved(_("Gap of the plan in %(year)d") % {"year": year}, gap))
    if then.residual_year is not None:
        left = _("Left in %(year)d") % {"year": then.residual_year}
        rows.append(_moved(left, Pair(now.emitted, then.emitted), signed=False))
    words = {"effect": tonnes(then.effect_in(key, YEARS[0]), signed=True), "year": YEARS[0]}
    if typed:
        said = _("With what is typed the action moves emissions by %(effect)s in %(year)d.") % words
    else:
        said = _("The action moves emissions by %(effect)s in %(year)d.") % words
    return Preview(said, tuple(rows), typed=typed, drawn=sketch(now, then, key))


def _moved(label: str, pair: Pair, *, signed: bool = True) -> Moved:
    difference = "–" if pair.difference is None else tonnes(pair.difference, signed=True)
    return Moved(label, tonnes(pair.first, signed=signed), tonnes(pair.second, signed=signed), difference)
