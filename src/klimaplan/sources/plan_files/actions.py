"""The actions of a file: with levers of their own, or built by a template of the library."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from klimaplan.domain.actions.action import Action, Decision, KnownEffect, Resources
from klimaplan.domain.actions.lever import Quantity
from klimaplan.domain.errors import Finding, KlimaplanError
from klimaplan.domain.uncertainty.distributions import Fixed
from klimaplan.reference import load
from klimaplan.reference.measures import Measure
from klimaplan.sources.plan_files import findings as said
from klimaplan.sources.plan_files import model
from klimaplan.sources.plan_files.document import Path
from klimaplan.sources.plan_files.levers import Numbers, lever_of, ramp_of
from klimaplan.sources.plan_files.relocating import Placed
from klimaplan.sources.plan_files.shaping import ActionAt, Parts

FIELD_OF = {
    "measure-unknown": "template", "variant-unknown": "variant", "ramp-absent": "ramp", "amount-absent": "amounts",
    "amount-unknown": "amounts", "share-without-ends": "amounts",
}  # fmt: skip
"""Finding of the library → the field that mends it."""


def place_actions(parts: Parts, numbers: Numbers) -> list[Placed]:
    """Every action that can be made, with the ways to what it is made of."""
    return [placed for entry in parts.actions if (placed := _placed(entry, parts.head, numbers)) is not None]


def _placed(entry: ActionAt, head: model.Head | None, numbers: Numbers) -> Placed | None:
    given, path = entry.value, ("action", entry.at)
    details = _details(given, head)
    by_template = given.template and not entry.written
    if not by_template:
        _check_unused(given, path, numbers)
        return _own(entry, details, path, numbers)
    try:
        measure = load.measure(given.template)
        action = _built(measure, given, details, path, numbers)
    except KlimaplanError as refused:
        numbers.findings += [_moved(finding, path, numbers) for finding in refused.findings]
        return None
    if not action.levers:
        place = numbers.document.place((*path, "template"))
        numbers.findings.append(said.action_without_effect(place, measure.no_effect))
    named: Path = (*path, "template")
    return Placed(action, path, (named,) * len(action.levers), (None,) * len(action.levers))


def _own(entry: ActionAt, details: dict[str, Any], path: Path, numbers: Numbers) -> Placed:
    given = entry.value
    levers, ways, entries = [], [], []
    for lever, at in zip(given.lever, entry.levers_at, strict=True):
        way = (*path, "lever", at)
        levers.append(lever_of(lever, numbers, way, f"{given.key}.{at + 1}"))
        ways.append(way)
        entries.append(lever)
    if not entry.written:
        numbers.findings.append(said.action_without_effect(numbers.document.place((*path, "key")), said.NOTHING))
    action = Action(given.key, given.title, tuple(levers), given.template, **details)
    return Placed(action, path, tuple(ways), tuple(entries))


def _built(measure: Measure, given: model.ActionEntry, details: dict[str, Any], path: Path, numbers: Numbers) -> Action:
    """The action of a template."""
    units = {}
    if measure.has_effect:
        units = {amount.code: amount.unit for amount in measure.variant(given.variant).amounts}
    amounts: dict[str, Quantity] = {}
    for code, number in given.amounts.items():
        name = f"{given.key}.{code}"
        if code not in units:  # the library says so, with all else that is wrong
            amounts[code] = Quantity(name, Fixed(0.0), "", "")
            continue
        amounts[code] = numbers.quantity(number, (*path, "amounts", code), name, units[code], given.source)
    usual = {"roles", "co_benefits", "indicator"}  # those of the library, unless the file says otherwise
    kept = {name: value for name, value in details.items() if value or name not in usual}
    return measure.build(
        given.key,
        amounts=amounts,
        ramp=None if given.ramp is None else ramp_of(given.ramp),
        variant=given.variant,
        source=given.source,
        streams=given.streams,
        title=given.title,
        **kept,
    )


def _details(given: model.ActionEntry, head: model.Head | None) -> dict[str, Any]:
    resources = given.resources.model_dump()
    if resources["price_year"] is None and head is not None:
        resources["price_year"] = head.price_year
    return {
        "description": given.description,
        "roles": given.roles,
        "owner": given.owner,
        "decision": Decision(given.decision.by, given.decision.on, given.decision.document),
        "resources": Resources(**resources),
        "progress": given.progress,
        "known": KnownEffect(**given.known.model_dump()),
        "co_benefits": given.co_benefits,
        "indicator": given.indicator,
    }


def _check_unused(given: model.ActionEntry, path: Path, numbers: Numbers) -> None:
    """What belongs to a template has no use beside levers of the action's own, or without a template."""
    fields = ("variant", "amounts", "streams", "ramp", "source")
    for name in (name for name in fields if getattr(given, name)):
        place = numbers.document.place((*path, name))
        found = said.template_with_levers(place) if given.template else said.amounts_without_template(place)
        numbers.findings.append(found)


def _moved(finding: Finding, path: Path, numbers: Numbers) -> Finding:
    field = FIELD_OF.get(finding.code, "template")
    way: Path = (*path, field)
    if finding.code in ("amount-unknown", "share-without-ends"):
        way = (*way, finding.place.rpartition("/")[2])
    return replace(finding, place=numbers.document.place(way))
