"""A matrix as a file to take away: a part in each row, a field in each column, in the words of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import make_dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.exports.tables import About, to_csv, to_xlsx
from klimaplan.web.config.errors import language
from klimaplan.web.plans import selectors
from klimaplan.web.plans.contents.asking import FormField, form_of
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.plans.contents.kinds import Kind, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import Plan
from klimaplan.web.public.charts import Link
from klimaplan.web.public.downloads import File
from klimaplan.web.workspace.groundwork import MATRICES
from klimaplan.web.workspace.wording import read, spoken

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ALWAYS = {"powers": ("sector", "matrix_rows"), "fairness": ("sector", "sectors")}
"""Kind → what has a row even where nothing is said of it: the field and its vocabulary."""


def links(plan: Plan, kinds: Iterable[str]) -> list[Link]:
    """The files of a page, one per kind and format."""
    return [
        Link(
            reverse("plan-table-file", args=[plan.pk, kind, each]),
            _("%(what)s as %(format)s") % {"what": read(kind_of(kind).name), "format": each.upper()},
        )
        for kind in kinds for each in TYPES
    ]  # fmt: skip


def write(plan: Plan, code: str, format_: str) -> File:
    """The parts of a kind in a format; `UnknownCodeError` for one that is not written."""
    if format_ not in TYPES or code not in MATRICES:
        raise UnknownCodeError(Finding(
            "unknown-format", f"{code}.{format_}",
            Text("Den fil skrives ikke.", "That file is not written."),
            Text("", ""),
            Text(f"Vælg: {', '.join(TYPES)}.", f"Choose: {', '.join(TYPES)}."),
        ))  # fmt: skip
    kind = kind_of(code)
    forms = form_of(kind)
    columns = ["key", *(form.name for form in forms), "demo"]
    row = make_dataclass("Row", [(name, Any) for name in columns])
    actions = {part.key: str(part.content.get("title", part.key)) for part in selectors.parts(plan, "action")}
    rows = [
        row(key, *(_cell(content.get(form.name), form, actions) for form in forms), plan.demo)
        for key, content in _contents(plan, kind)
    ]
    about = About(f"klimaplan: {plan.title}", [(form.name, read(form.label)) for form in forms])
    content = to_csv(rows, columns) if format_ == "csv" else to_xlsx(rows, about, language(), columns)
    day = timezone.localdate()
    return File(f"klimaplan-{plan.organisation.slug}-{code}-{day}.{format_}", TYPES[format_], content)


def _contents(plan: Plan, kind: Kind) -> Iterator[tuple[str, Plain]]:
    """What is said, and an empty row for what ought to be."""
    there = [(part.key, part.content) for part in selectors.parts(plan, kind.code)]
    yield from there
    field, vocabulary = ALWAYS.get(kind.code, ("", "sectors"))
    told = {content.get(field) for _key, content in there}
    if field:
        yield from (("", {field: code}) for code in CHOICES[vocabulary] if code not in told)


def _cell(value: Any, form: FormField, actions: dict[str, str]) -> Any:
    if value in (None, "", [], ()):
        return None
    if form.of_plan == "actions":
        return actions.get(value, value)
    return value if isinstance(value, bool | int | float) else spoken(value, form)
