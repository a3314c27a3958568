"""The rows of the table as HTML. The same row is written once, however many look at it: half the cost of the page."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from klimaplan.web.config.errors import language
from klimaplan.web.workspace.listing import Listing, Row

KEPT = 8192
"""Rows that a process keeps: some more than 98 plans have."""


def table_rows(plan: int, listing: Listing, *, to_pick: bool) -> SafeString:
    """Every action that is shown; with a box to tick where the reader may change them."""
    picked = listing.wish.every if to_pick else None
    return format_html_join("", "{}", ((_written(plan, row, picked, language()),) for row in listing.rows))


@lru_cache(maxsize=KEPT)
def _written(plan: int, row: Row, picked: bool | None, _language: str) -> SafeString:
    """Everything that may be seen in a row is an argument, so what is kept never says anything old."""
    context = {"plan": plan, "row": row, "picked": picked}
    return render_to_string("workspace/fragments/table_row.html", context)
