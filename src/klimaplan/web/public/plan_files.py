"""A published plan as files to take away: what is computed with, in the formats of plan files."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Language, Text, UnknownCodeError
from klimaplan.sources.plan_files.writing import to_json, to_toml
from klimaplan.web.plans.exchange.bridge import workbook
from klimaplan.web.public.charts import Link
from klimaplan.web.public.downloads import File
from klimaplan.web.public.plan_published import Published

Writer = Callable[[Published, Language], bytes]

WRITERS: dict[str, tuple[str, Writer]] = {
    "toml": ("application/toml", lambda plan, language: to_toml(plan.file()).encode()),
    "json": ("application/json", lambda plan, language: to_json(plan.file()).encode()),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda plan, language: workbook(plan.file(), plan.code, language, base=plan.sha256),
    ),
}


def links(plan: Published) -> list[Link]:
    """The files of a plan, one per format."""
    return [
        Link(
            reverse("public-plan-download", args=[plan.code, format_]),
            _("The plan as %(format)s") % {"format": format_.upper()},
        )
        for format_ in WRITERS
    ]


def write(plan: Published, format_: str, language: Language) -> File:
    """The plan in a format; `UnknownCodeError` for one that is not written."""
    if format_ not in WRITERS:
        raise UnknownCodeError(Finding(
            "unknown-format", format_,
            Text("Det format skrives ikke.", "That format is not written."),
            Text("", ""),
            Text(f"Vælg: {', '.join(WRITERS)}.", f"Choose: {', '.join(WRITERS)}."),
        ))  # fmt: skip
    content_type, writer = WRITERS[format_]
    demo = "-demo" if plan.demo else ""
    return File(f"klimaplan-{plan.code}-v{plan.number}{demo}.{format_}", content_type, writer(plan, language))
