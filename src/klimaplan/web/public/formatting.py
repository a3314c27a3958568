"""Template filters: names and figures in the language of the page."""

from __future__ import annotations

from django import template

from klimaplan.exports.numbers import percent, plain
from klimaplan.web.config.errors import language
from klimaplan.web.public.arrangement import Measure
from klimaplan.web.public.words import named

register = template.Library()
register.filter("named", named)


def measured(value: float | None, measure: str) -> str | None:
    """A figure of the map or the table as people read it; None stays None."""
    if measure == Measure.CHANGE:
        return percent(value, language(), signed=True)
    if measure == Measure.PER_HEAD:
        return plain(value, language(), digits=2)
    return plain(value, language(), digits=0, signed=measure == Measure.GAP)
