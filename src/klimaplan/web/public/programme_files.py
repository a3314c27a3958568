"""The course of the programme as files to take away: a row per municipality and cohort, with sources and certainty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Language, Text, UnknownCodeError
from klimaplan.exports.tables import About, to_csv, to_json, to_xlsx
from klimaplan.reference import load
from klimaplan.web.public.charts import Link
from klimaplan.web.public.downloads import File
from klimaplan.web.public.programme_course import Course, course


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality in a cohort, and its first plan; None is not known, or has not happened."""

    code: str
    name: str
    region: str
    cohort: str
    entered: str | None
    entered_precision: str
    left: str | None
    entered_certainty: str
    entered_source: str
    entered_note_da: str
    entered_note_en: str
    plan_no_later_than: str | None = None
    plan_precision: str | None = None
    plan_event: str | None = None
    plan_certainty: str | None = None
    plan_source: str | None = None
    plan_note_da: str | None = None
    plan_note_en: str | None = None


Writer = Callable[[Sequence[Row], About, Language], bytes]

WRITERS: dict[str, tuple[str, Writer]] = {
    "csv": ("text/csv; charset=utf-8", lambda rows, about, language: to_csv(rows)),
    "json": ("application/json", lambda rows, about, language: to_json(rows, about)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
}


def links() -> list[Link]:
    """The files, one per format."""
    return [
        Link(reverse("programme-download", args=[format_]), _("The table as %(format)s") % {"format": format_.upper()})
        for format_ in WRITERS
    ]


def write(format_: str, language: Language) -> File:
    """The table in a format; `UnknownCodeError` for one that is not written."""
    if format_ not in WRITERS:
        raise UnknownCodeError(Finding(
            "unknown-format", format_,
            Text("Det format skrives ikke.", "That format is not written."),
            Text("", ""),
            Text(f"Vælg: {', '.join(WRITERS)}.", f"Choose: {', '.join(WRITERS)}."),
        ))  # fmt: skip
    content_type, writer = WRITERS[format_]
    found = list(rows(course(localdate())))
    return File(f"klimaplan-programme.{format_}", content_type, writer(found, about(found), language))


def rows(course: Course) -> Iterator[Row]:
    """Every stay in a cohort, in the order of the codes."""
    for member in course.members:
        plan = member.plan
        for stay in member.intakes:
            row = Row(
                member.code, member.name, member.region, stay.cohort, _day(stay.entered), str(stay.precision),
                _day(stay.left), str(stay.certainty), stay.source, stay.note.da, stay.note.en,
            )  # fmt: skip
            if plan is not None:
                row = replace(
                    row, plan_no_later_than=str(plan.no_later_than), plan_precision=str(plan.precision),
                    plan_event=plan.event, plan_certainty=str(plan.certainty), plan_source=plan.source,
                    plan_note_da=plan.note.da, plan_note_en=plan.note.en,
                )  # fmt: skip
            yield row


def about(found: Sequence[Row]) -> About:
    """What the columns mean, and every source by its key."""
    keys = dict.fromkeys(key for row in found for key in (row.entered_source, row.plan_source) if key)
    entries = [load.bibliography()[key] for key in keys]
    return About(
        "klimaplan: DK2020, Klimaalliancen",
        [
            ("plan_no_later_than", "an upper end: the plan was there by then"),
            ("precision", "a day that stands for a month, a season or a year says so"),
            *((entry.key, f"{entry.title} ({entry.publisher}, {entry.version}) {entry.url}") for entry in entries),
        ],
    )


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)
