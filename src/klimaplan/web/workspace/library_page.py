"""The library of measures: choose one, say how much and from when, and it becomes an action of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, InputError
from klimaplan.exports.numbers import percent
from klimaplan.reference import load
from klimaplan.reference.measures import Measure
from klimaplan.sources.plan_files.sheets import Cell
from klimaplan.web.accounts.models import User
from klimaplan.web.config.errors import language
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.copying.services import free_key
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.public.words import SECTORS
from klimaplan.web.workspace import fields, figures
from klimaplan.web.workspace.fields import Field, last
from klimaplan.web.workspace.plan_page import Frame, frame_of
from klimaplan.web.workspace.wording import read

CONSUMPTION = "consumption"


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure in the list."""

    slug: str
    title: str
    share: str
    asks: str
    has_effect: bool
    used: int


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """The measures by sector."""

    frame: Frame
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """One measure with what it asks for."""

    frame: Frame
    slug: str
    title: str
    variant: str
    variants: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    no_effect: str
    rest: tuple[str, ...] = ()

    @property
    def wrong(self) -> list[Field]:
        return [each for each in self.fields if each.error]


def library_page(user: User, plan: Plan, text: str) -> LibraryPage:
    used = [part.content.get("template", "") for part in selectors.parts(plan, "action")]
    wanted = text.strip().casefold()
    found = [
        each for each in load.measures()
        if not wanted or wanted in f"{each.title.da} {each.title.en} {each.published_as}".casefold()
    ]  # fmt: skip
    names = {**{code: str(name) for code, name in SECTORS.items()}, CONSUMPTION: _("Consumption")}
    groups = []
    for sector in dict.fromkeys(each.sector for each in load.measures()):
        entries = tuple(_entry(each, used) for each in found if each.sector == sector)
        if entries:
            groups.append((names.get(sector, sector), entries))
    return LibraryPage(frame_of(user, plan), tuple(groups), len(found), text)


def measure_page(
    user: User, plan: Plan, slug: str, posted: Mapping[str, Any], findings: tuple[Finding, ...] = ()
) -> MeasurePage:
    measure = load.measure(slug)
    variant = _variant(measure, posted)
    shown = tuple(_fields(plan, measure, variant, posted))
    if findings:
        told, rest = fields.with_errors(shown, [_on_amounts(each) for each in findings])
        lines = tuple(" ".join((each.what.read(language()), each.remedy.read(language()))) for each in rest)
        shown = tuple(told)
    else:
        lines = ()
    return MeasurePage(
        frame_of(user, plan), slug, read(measure.title), variant,
        tuple((each.code, read(each.title)) for each in measure.variants), shown,
        "" if measure.has_effect else read(measure.no_effect), lines,
    )  # fmt: skip


def add(user: User, plan: Plan, slug: str, posted: Mapping[str, Any]) -> PlanPart | tuple[Finding, ...]:
    """The new action, or what is wrong with what was typed."""
    measure = load.measure(slug)
    variant = _variant(measure, posted)
    content = _typed(measure, variant, posted)
    start = fields.understood(last(posted, "start").strip(), Cell.WHOLE)
    try:
        return services.add_from_library(
            plan=plan, slug=slug, amounts=content.get("amounts", {}), by=user, variant=variant,
            start=start if isinstance(start, int) else None, source=last(posted, "source").strip(),
            title=last(posted, "title").strip()[:300],
        )  # fmt: skip
    except InputError as refused:
        return refused.findings


def _typed(measure: Measure, variant: str, posted: Mapping[str, Any]) -> Plain:
    content: Plain = {}
    if measure.has_effect:
        for amount in measure.variant(variant).amounts:
            figures.put(content, f"amounts.{amount.code}", posted, unit=amount.unit)
    return content


def _fields(plan: Plan, measure: Measure, variant: str, posted: Mapping[str, Any]) -> Iterator[Field]:
    yield Field("title", _("Title of the action"), "line", last(posted, "title") or read(measure.title))
    if not measure.has_effect:
        return
    content = _typed(measure, variant, posted)
    parameters = [part.key for part in selectors.parts(plan, "parameter")]
    for amount in measure.variant(variant).amounts:
        yield figures.shown(
            f"amounts.{amount.code}", read(amount.name), content, unit=amount.unit, parameters=parameters
        )
    yield Field(
        "start", _("Last year with nothing in place"), "line", last(posted, "start"), numeric=True, required=True,
        help=_("From then on it grows for %(years)d years.") % {"years": measure.ramp_years}
        if measure.ramp_years else _("The year after all of it is in place."),
    )  # fmt: skip
    yield Field(
        "source", _("Source of the amount"), "line", last(posted, "source"), required=True,
        help=_("For example the case, the calculation or the person who knows."),
    )  # fmt: skip


def _variant(measure: Measure, posted: Mapping[str, Any]) -> str:
    if not measure.has_effect:
        return ""
    known = [each.code for each in measure.variants]
    chosen = last(posted, "variant")
    return chosen if chosen in known else known[0]


def _on_amounts(finding: Finding) -> Finding:
    """A finding of the library names the amount last; one about the ramp means the year."""
    if finding.code == "ramp-absent":
        return replace(finding, place="measure!start")
    name = finding.place.rpartition("/")[2]
    return replace(finding, place=f"{finding.place}!amounts!{name}") if "!" not in finding.place else finding


def _entry(measure: Measure, used: list[str]) -> Entry:
    amounts = dict.fromkeys(read(amount.name) for variant in measure.variants for amount in variant.amounts)
    return Entry(
        measure.slug, read(measure.title), percent(measure.share_of_plans * 100.0, language(), digits=0) or "",
        ", ".join(amounts), measure.has_effect, used.count(measure.slug),
    )  # fmt: skip


def own_action(user: User, plan: Plan) -> PlanPart:
    """An action with nothing but a title; its levers are added on its page."""
    content = {"key": free_key(plan), "title": _("New action")}
    return services.add_part(plan=plan, kind="action", content=content, by=user)
