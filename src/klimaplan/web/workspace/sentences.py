"""The sentence that opens the page of a plan: where it lands against its next target. Rules are few, each tested."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.workspace.wording import tonnes

WITHOUT_TARGET_YEAR = 2030
"""The year that is told where no target says which."""


def lands(figures: Figures, name: str, *, demo: bool = False, today: int | None = None) -> str:
    """Where the plan lands, in plain words, in the language of the page."""
    if not figures.computed:
        count = len(figures.errors)
        return ngettext(
            "The plan cannot be computed until %(count)d error is mended.",
            "The plan cannot be computed until %(count)d errors are mended.",
            count,
        ) % {"count": count}
    year = next_target(figures, today)
    if year is None:
        expected = figures.pathway_in(WITHOUT_TARGET_YEAR)
        return _(
            "With the plan %(name)s emits %(expected)s in %(year)d. There is no target yet to hold this against."
        ) % {"name": name, "expected": tonnes(expected), "year": WITHOUT_TARGET_YEAR}
    excess, expected = figures.manko_in(year), figures.pathway_in(year)
    if excess is None:
        return _("With the plan %(name)s emits %(expected)s in %(year)d.") % {
            "name": name, "expected": tonnes(expected), "year": year,
        }  # fmt: skip
    words = {"name": name, "expected": tonnes(expected), "year": year, "excess": tonnes(abs(excess))}
    if demo:
        return {
            True: _(
                "With the plan %(name)s emits %(expected)s in %(year)d, %(excess)s above the invented demo target."
            ),
            False: _(
                "With the plan %(name)s emits %(expected)s in %(year)d, %(excess)s below the invented demo target."
            ),
        }[excess > 0.0] % words
    return {
        True: _("With the plan %(name)s emits %(expected)s in %(year)d, %(excess)s above its target."),
        False: _("With the plan %(name)s emits %(expected)s in %(year)d, %(excess)s below its target."),
    }[excess > 0.0] % words


def next_target(figures: Figures, today: int | None = None) -> int | None:
    """The first target year that is still ahead, or the last one; None without targets for all sectors."""
    years = sorted(figures.allowed or ())
    now = timezone.localdate().year if today is None else today
    return next((year for year in years if year >= now), years[-1] if years else None)
