"""Versions and variants of a plan: keep, compare in words and numbers, go back, publish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.config.errors import language
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.contents.asking import form_of
from klimaplan.web.plans.contents.kinds import kind_of
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.plans.results.comparing import Comparison, Pair, PartChange
from klimaplan.web.workspace.fields import last
from klimaplan.web.workspace.plan_page import Frame, Line, frame_of, lines_of
from klimaplan.web.workspace.telling import differing
from klimaplan.web.workspace.wording import STATES, read, spoken, tonnes, whole

NOW = "now"
VARIANT = "v"
"""What stands before the number of a plan in a choice, to tell variants from versions."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list."""

    number: int
    name: str
    state: str
    is_published: bool
    at: object
    by: str
    digest: str


@dataclass(frozen=True, slots=True)
class VariantLine:
    """One variant of the plan, or the plan beside the variant that is open."""

    pk: int
    title: str
    is_this: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Everything on the page; `hindering` is what stands in the way of publishing."""

    frame: Frame
    versions: tuple[VersionLine, ...]
    variants: tuple[VariantLine, ...]
    sides: tuple[tuple[str, str], ...]
    hindering: tuple[Line, ...]
    refused: tuple[str, ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One part that differs."""

    kind: str
    title: str
    change: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A figure on both sides, and the difference."""

    label: str
    first: str
    second: str
    difference: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two versions or variants beside each other."""

    frame: Frame
    sides: tuple[tuple[str, str], ...]
    first: str
    second: str
    first_name: str
    second_name: str
    sentence: str
    numbers: tuple[NumberLine, ...]
    effects: tuple[NumberLine, ...]
    changes: tuple[ChangeLine, ...]


def versions_page(
    user: User, plan: Plan, *, refused: tuple[Finding, ...] = (), posted: Mapping[str, Any] | None = None
) -> VersionsPage:
    figures = selectors.outcome(plan)
    first = plan.variant_of or plan
    variants = [first, *selectors.variants_of(plan)]
    return VersionsPage(
        frame_of(user, plan),
        tuple(_version(each) for each in selectors.versions(user, plan)),
        tuple(VariantLine(each.pk, each.title, each.pk == plan.pk, each.pk == first.pk) for each in variants),
        tuple(_sides(user, plan)),
        lines_of(plan, figures.errors),
        tuple(finding.message(language()) for finding in refused),
        last(posted, "name") if posted else "",
    )


def act(user: User, plan: Plan, posted: Mapping[str, Any]) -> Plan | PlanVersion | tuple[Finding, ...]:
    """Name, publish, or begin a variant; what comes of it, or what stands in the way."""
    name, asked = last(posted, "name").strip(), last(posted, "do")
    try:
        if asked == "publish":
            return services.publish_version(plan=plan, by=user, name=name, why=last(posted, "why")[:500])
        if asked == "variant":
            return services.create_variant(plan=plan, title=name or _("Variant"), by=user)
        return services.name_version(plan=plan, name=name, by=user)
    except InputError as refused:
        return refused.findings


def compare_page(user: User, plan: Plan, first: str, second: str) -> ComparePage:
    """The difference between two sides that the reader may see; the last version and the plan where none is chosen."""
    sides = list(_sides(user, plan))
    known = dict(sides)
    chosen_first = first if first in known else (sides[1][0] if len(sides) > 1 else NOW)
    chosen_second = second if second in known else NOW
    found = selectors.compare(_side(user, plan, chosen_first), _side(user, plan, chosen_second))
    names = known[chosen_first], known[chosen_second]
    return ComparePage(
        frame_of(user, plan), tuple(sides), chosen_first, chosen_second, *names,
        _sentence(found, *names), tuple(_numbers(found)), tuple(_effects(found)),
        tuple(_change(each) for each in found.parts),
    )  # fmt: skip


def told_of(found: Comparison, first: str, second: str) -> tuple[str, tuple[NumberLine, ...], tuple[ChangeLine, ...]]:
    """What differs between two, in a sentence, in numbers and in words."""
    return _sentence(found, first, second), tuple(_numbers(found)), tuple(_change(each) for each in found.parts)


def go_back(user: User, plan: Plan, number: int) -> PlanVersion:
    """Make the plan say what a version says."""
    version = selectors.version(user, plan, number)
    services.restore_version(version=version, by=user)
    return version


def _version(each: PlanVersion) -> VersionLine:
    return VersionLine(
        each.number, each.name, str(STATES[each.state]), each.state == PlanVersion.State.PUBLISHED, each.at,
        each.created_by.name if each.created_by else "", each.sha256[:12],
    )  # fmt: skip


def _sides(user: User, plan: Plan) -> Iterator[tuple[str, str]]:
    """Everything that can be compared: the plan now, its versions, its variants."""
    yield NOW, _("The plan as it is now")
    for each in selectors.versions(user, plan):
        yield str(each.number), _("Version %(number)d %(name)s") % {"number": each.number, "name": each.name}
    first = plan.variant_of or plan
    for other in (first, *selectors.variants_of(plan)):
        if other.pk != plan.pk:
            yield f"{VARIANT}{other.pk}", other.title


def _side(user: User, plan: Plan, code: str) -> Plan | PlanVersion:
    if code == NOW:
        return plan
    if code.startswith(VARIANT):
        return selectors.plan_for(user, int(code.removeprefix(VARIANT)))
    return selectors.version(user, plan, int(code))


def _sentence(found: Comparison, first: str, second: str) -> str:
    """What the difference comes to in the first year that is told."""
    year, pair = next(iter(found.pathway.items()))
    if not found.parts:
        return _("The two say the same.")
    if pair.difference is None:
        return _("One of the two cannot be computed; the words can still be compared.")
    words = {"year": year, "difference": tonnes(abs(pair.difference)), "first": first, "second": second}
    if pair.difference == 0.0:
        return _("In %(year)d both emit the same.") % words
    if pair.difference < 0.0:
        return _("%(second)s: %(difference)s less in %(year)d than %(first)s.") % words
    return _("%(second)s: %(difference)s more in %(year)d than %(first)s.") % words


def _numbers(found: Comparison) -> Iterator[NumberLine]:
    for year, pair in found.pathway.items():
        yield number_line(_("Emissions in %(year)d, t CO2e") % {"year": year}, pair)
    for year, pair in found.manko.items():
        if pair != Pair(None, None):
            yield number_line(_("Gap in %(year)d, t CO2e") % {"year": year}, pair)
    for each in found.costs:
        prices = {"year": each.price_year or _("unknown price year")}
        yield number_line(_("Investment, DKK (%(year)s)") % prices, each.capex)
        yield number_line(_("Running costs, DKK a year (%(year)s)") % prices, each.opex)


def _effects(found: Comparison) -> Iterator[NumberLine]:
    """The actions whose own effect moved; a change of one moves what others are worth as well."""
    for key, by_year in found.effects.items():
        for year, pair in by_year.items():
            if pair.difference is None or abs(pair.difference) >= 1.0:
                if pair == Pair(None, None):
                    continue
                yield number_line(_("%(key)s in %(year)d, t CO2e") % {"key": key, "year": year}, pair)


def number_line(label: str, pair: Pair) -> NumberLine:
    return NumberLine(
        label, whole(pair.first) or "–", whole(pair.second) or "–", whole(pair.difference, signed=True) or "–"
    )


def _title(part: PartChange) -> str:
    """What a part is called; a hazard by its name, which its key stands for."""
    if part.kind == "hazard":
        form = next(each for each in form_of(kind_of(part.kind)) if each.name == "hazard")
        return spoken(part.key, form)
    return f"{part.key} {part.title}" if part.kind == "action" else part.title


def _change(part: PartChange) -> ChangeLine:
    kind = kind_of(part.kind)
    named = {each.name: each for each in form_of(kind)}
    change = {"added": _("new"), "removed": _("removed"), "changed": _("changed")}[str(part.change)]
    return ChangeLine(
        read(kind.name), _title(part), change,
        tuple(
            FieldLine(*found)
            for each in part.fields
            for found in differing(read(each.label), each.before, each.after, form=named.get(each.name))
        ),
    )  # fmt: skip
