"""The form of an action: every field of its entry, grouped as people think of it, and what was typed as content."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, UnknownCodeError
from klimaplan.reference import load
from klimaplan.reference.measures import Measure
from klimaplan.web.plans import selectors
from klimaplan.web.plans.contents.asking import FormField, form_of
from klimaplan.web.plans.contents.kinds import ACTION, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import Plan
from klimaplan.web.workspace import bridge, fields, figures, levers
from klimaplan.web.workspace.fields import Field, last
from klimaplan.web.workspace.levers import LeverShown
from klimaplan.web.workspace.wording import read

BASICS = ("title", "description", "owner", "progress", "roles", "indicator", "co_benefits")
DECISION = ("decision.by", "decision.on", "decision.document")
RESOURCES = (
    "resources.price_year", "resources.capex_dkk", "resources.opex_dkk", "resources.saved_dkk", "resources.taxes_dkk",
    "resources.lifetime_years", "resources.staff_fte", "resources.may_be_negative",
)  # fmt: skip
KNOWN = ("known.implemented_activity", "known.activity_unit", "known.calculated", "known.observed")
TEMPLATE = ("source", "streams")
DEFAULTS = fields.defaults_of(kind_of(ACTION).model)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under one heading."""

    code: str
    title: str
    fields: tuple[Field, ...]
    open: bool = True

    @property
    def has_errors(self) -> bool:
        return any(each.error for each in self.fields)


@dataclass(frozen=True)
class ActionForm:
    """The form, and what is wrong that belongs to no field."""

    groups: tuple[Group, ...]
    template: str
    variants: Field | None
    amounts: tuple[Field, ...]
    template_fields: tuple[Field, ...]
    ramp: tuple[Field, ...]
    levers: tuple[LeverShown, ...]
    kinds: list[tuple[str, str]]
    rest: tuple[Finding, ...] = ()

    @property
    def every_field(self) -> Iterator[Field]:
        for group in self.groups:
            yield from group.fields
        yield from (self.variants,) if self.variants else ()
        yield from (*self.amounts, *self.template_fields, *self.ramp)
        for lever in self.levers:
            yield from lever.every_field

    @property
    def wrong(self) -> list[Field]:
        return [each for each in self.every_field if each.error]


def form(
    plan: Plan, content: Plain, *, posted: Mapping[str, Any] | None = None, findings: Sequence[Finding] = ()
) -> ActionForm:
    """The form with what the content says, and beside each field what is wrong with it."""
    asked = _asked()
    streams = bridge.stream_choices(plan.organisation.code)
    parameters = [part.key for part in selectors.parts(plan, "parameter")]
    own = [
        levers.shown(
            number, lever, streams, parameters, removed=bool(posted) and levers.is_removed(number, posted or {})
        )
        for number, lever in enumerate(content.get("lever", []), start=1)
    ]
    measure = _measure(content) if not own else None
    made = ActionForm(
        tuple(_groups(asked, content)),
        read(measure.title) if measure else "",
        _variants(measure, content),
        tuple(_amounts(measure, content, parameters)),
        tuple(fields.shown(asked[name], content) for name in TEMPLATE) if measure and measure.has_effect else (),
        tuple(levers.ramp_fields("ramp", content)) if measure and measure.has_effect else (),
        tuple(own),
        levers.kinds() if measure is None or not measure.has_effect else [],
    )
    return _with_errors(made, findings)


def posted_content(before: Plain, posted: Mapping[str, Any], *, all_levers: bool = False) -> Plain:
    """The content that was typed, over the version that the form began with."""
    asked, content = _asked(), copy.deepcopy(before)
    for name in (*BASICS, *DECISION, *RESOURCES, *KNOWN):
        fields.put(content, asked[name], posted, default=DEFAULTS.get(name, ""))
    found = levers.posted_levers(before.get("lever", []), posted, all_of_them=all_levers)
    if found:
        content["lever"] = found
    else:
        content.pop("lever", None)
    measure = _measure(content) if not found else None
    if measure is not None and measure.has_effect:
        _put_template(content, measure, asked, posted)
    return content


def posted_progress(before: Plain, posted: Mapping[str, Any]) -> Plain:
    """Only what somebody may report who does not write the plan."""
    asked, content = _asked(), copy.deepcopy(before)
    for name in ("progress", *KNOWN):
        fields.put(content, asked[name], posted, default=DEFAULTS.get(name, ""))
    return content


def _put_template(content: Plain, measure: Measure, asked: Mapping[str, FormField], posted: Mapping[str, Any]) -> None:
    chosen = last(posted, "variant")
    if chosen and chosen != content.get("variant", "") and any(each.code == chosen for each in measure.variants):
        content["variant"] = chosen
    variant = measure.variant(content.get("variant", ""))
    known = {amount.code for amount in variant.amounts}
    if isinstance(content.get("amounts"), dict):
        content["amounts"] = {code: value for code, value in content["amounts"].items() if code in known}
    for amount in variant.amounts:
        figures.put(content, f"amounts.{amount.code}", posted, unit=amount.unit)
    for name in TEMPLATE:
        fields.put(content, asked[name], posted)
    levers.put_ramp(content, "ramp", posted)


def _asked() -> dict[str, FormField]:
    return {each.name: each for each in form_of(kind_of(ACTION))}


def _groups(asked: Mapping[str, FormField], content: Plain) -> Iterator[Group]:
    for code, title, names in (
        ("basics", _("The action"), BASICS),
        ("decision", _("Decision"), DECISION),
        ("resources", _("Resources"), RESOURCES),
        ("known", _("What is known of its progress and effect"), KNOWN),
    ):
        found = tuple(fields.shown(asked[name], content, default=DEFAULTS.get(name, "")) for name in names)
        yield Group(code, title, found, code == "basics")


def _measure(content: Plain) -> Measure | None:
    """The measure of the library that the action stands on; None where it has levers of its own or none."""
    if not content.get("template"):
        return None
    try:
        measure = load.measure(content["template"])
        if measure.has_effect:
            measure.variant(content.get("variant", ""))
    except UnknownCodeError:
        return None
    return measure


def _variants(measure: Measure | None, content: Plain) -> Field | None:
    if measure is None or len(measure.variants) < 2:
        return None
    choices = tuple((each.code, read(each.title)) for each in measure.variants)
    return Field("variant", _("Variant"), "select", content.get("variant", ""), choices=choices)


def _amounts(measure: Measure | None, content: Plain, parameters: Sequence[str]) -> Iterator[Field]:
    if measure is None or not measure.has_effect:
        return
    for amount in measure.variant(content.get("variant", "")).amounts:
        yield figures.shown(
            f"amounts.{amount.code}", read(amount.name), content, unit=amount.unit, parameters=parameters
        )


def _with_errors(made: ActionForm, findings: Sequence[Finding]) -> ActionForm:
    if not findings:
        return made
    told, rest = fields.with_errors(made.every_field, findings)
    by_name = {each.name: each for each in told}

    def again(of: Sequence[Field]) -> tuple[Field, ...]:
        return tuple(by_name[each.name] for each in of)

    return replace(
        made,
        groups=tuple(replace(each, fields=again(each.fields)) for each in made.groups),
        variants=by_name["variant"] if made.variants else None,
        amounts=again(made.amounts),
        template_fields=again(made.template_fields),
        ramp=again(made.ramp),
        levers=tuple(
            replace(
                each, fields=again(each.fields), ramp=again(each.ramp),
                parts=tuple(replace(part, fields=again(part.fields)) for part in each.parts),
            )
            for each in made.levers
        ),
        rest=tuple(rest),
    )  # fmt: skip
