"""The table of the overview as files to take away, as it is filtered and sorted on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.exports.tables import About, to_csv, to_xlsx
from klimaplan.web.certification.overview import selectors, table
from klimaplan.web.certification.overview.circle import Circle
from klimaplan.web.certification.overview.table import Line, Wish
from klimaplan.web.config.errors import language
from klimaplan.web.public.charts import Link
from klimaplan.web.public.downloads import File

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality; None is not known, has not happened, or is closed to whoever took the file."""

    code: str
    name: str
    dgo: str
    region: str
    due: str | None
    due_certainty: str
    rule: str
    days_left: int | None
    case_state: str | None
    days_in_state: int | None
    past_deadline: bool
    case_closed_to_you: bool
    council: str | None
    last_published: str | None
    open_questions: int | None
    second_plan: bool
    demo: bool


def links(wish: Wish) -> list[Link]:
    """The files, one per format."""
    asked = table.parameters(wish)
    return [
        Link(
            reverse("certification-overview-file", args=[each]) + (f"?{asked}" if asked else ""),
            _("The table as %(format)s") % {"format": each.upper()},
        )
        for each in TYPES
    ]


def write(circle: Circle, format_: str, query: Mapping[str, str]) -> File:
    """The table in a format; `UnknownCodeError` for one that is not written."""
    if format_ not in TYPES:
        raise UnknownCodeError(Finding(
            "unknown-format", format_,
            Text("Det format skrives ikke.", "That format is not written."),
            Text("", ""),
            Text(f"Vælg: {', '.join(TYPES)}.", f"Choose: {', '.join(TYPES)}."),
        ))  # fmt: skip
    today = timezone.localdate()
    found = selectors.everything(circle, today).rows
    lines = table.table(found, table.read_wish(query, found), today).lines
    rows = list(_rows(lines))
    content = to_csv(rows) if format_ == "csv" else to_xlsx(rows, _about(), language())
    return File(f"klimaplan-overview-{today}.{format_}", TYPES[format_], content)


def _rows(lines: Iterable[Line]) -> Iterable[Row]:
    for each in lines:
        yield Row(
            each.code, each.name, each.dgo, each.region, str(each.due) if each.due else None, each.certainty, each.rule,
            each.days, each.state or None, each.waited, each.late, each.closed, each.adoption or None,
            str(timezone.localdate(each.published)) if each.published else None,
            None if each.closed else each.questions, each.second, each.demo,
        )  # fmt: skip


def _about() -> About:
    return About(
        "klimaplan: certification",
        [
            ("due", "the day by which the plan is to be revised; where due_certainty is not “exact”, an upper end"),
            ("due_certainty", "exact: of a certificate given here; else how sure the day of the first plan is"),
            ("days_left", "below zero where the day has gone by"),
            ("method", "certification-load"),
        ],
    )
