"""The one sentence that opens the page of a published plan: where it lands, and what its next target asks."""

from __future__ import annotations

from django.utils.translation import gettext as _

from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.public.sentences import amount_words


def lead(name: str, figures: Figures) -> str:
    """In plain words, in the language of the page."""
    if not figures.computed:
        return _("The plan of %(name)s cannot be computed with the account that is in force now.") % {"name": name}
    year = next_target(figures)
    if year is None:
        return _("%(landing)s The plan has no target for all sectors together.") % {
            "landing": _landing(name, figures, figures.years[-1])
        }
    return f"{_landing(name, figures, year)} {_against(figures, year)}"


def next_target(figures: Figures) -> int | None:
    """The first year ahead of the account with a target for all sectors that can be computed."""
    ahead = [year for year in sorted(figures.allowed or {}) if year in figures.target_years and year in figures.years]
    return next((year for year in ahead if year > figures.years[0]), None)


def _landing(name: str, figures: Figures, year: int) -> str:
    planned = figures.pathway_in(year)
    words = {"name": name, "year": year, "amount": amount_words(None if planned is None else abs(planned))}
    if planned is not None and planned < 0.0:
        return _("With the plan, %(name)s takes up %(amount)s more than is emitted in %(year)d.") % words
    return _("With the plan, %(name)s emits %(amount)s in %(year)d.") % words


def _against(figures: Figures, year: int) -> str:
    manko, allowed = figures.manko_in(year), (figures.allowed or {}).get(year)
    if manko is None or allowed is None:
        return ""
    words = {"manko": amount_words(abs(manko)), "allowed": amount_words(allowed)}
    if manko > 0.0:
        return _("That is %(manko)s more than the target of at most %(allowed)s.") % words
    return _("The target of at most %(allowed)s is met, with %(manko)s to spare.") % words
