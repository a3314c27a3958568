"""From plain values to the model, entry by entry, so that one faulty entry does not hide the faults of the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from klimaplan.domain.actions.lever import Kind
from klimaplan.domain.errors import Finding
from klimaplan.sources.plan_files import findings as said
from klimaplan.sources.plan_files import model
from klimaplan.sources.plan_files.document import Document, Path
from klimaplan.sources.plan_files.numbers import Distribution, Number, Part

_T = TypeVar("_T", bound=Part)


@dataclass(frozen=True)
class Entry(Generic[_T]):
    """An entry that has the right shape, with its number in the file."""

    at: int
    value: _T


@dataclass(frozen=True)
class ActionAt:
    """An action with those of its levers that have the right shape, and their numbers in the file.

    Parameters
    ----------
    written : how many levers the file has, those of the wrong shape included
    """

    at: int
    value: model.ActionEntry
    levers_at: tuple[int, ...]
    written: int


@dataclass
class Parts:
    """Everything of a file that has the right shape."""

    head: model.Head | None = None
    targets: list[Entry[model.TargetEntry]] = field(default_factory=list)
    streams: list[Entry[model.StreamEntry]] = field(default_factory=list)
    parameters: list[Entry[model.ParameterEntry]] = field(default_factory=list)
    supplies: list[Entry[model.SupplyEntry]] = field(default_factory=list)
    drivers: list[Entry[model.DriverEntry]] = field(default_factory=list)
    actions: list[ActionAt] = field(default_factory=list)

    @property
    def file(self) -> model.PlanFile:
        """All of it as one model; only meaningful without findings."""
        if self.head is None:
            raise ValueError("a file without a head is not a plan")
        return model.PlanFile(
            format=model.FORMAT,
            plan=self.head,
            target=tuple(each.value for each in self.targets),
            stream=tuple(each.value for each in self.streams),
            parameter=tuple(each.value for each in self.parameters),
            supply=tuple(each.value for each in self.supplies),
            driver=tuple(each.value for each in self.drivers),
            action=tuple(each.value for each in self.actions),
        )


MOST_LEVERS = 100
MOST_ENTRIES = 2_000
"""Of one list: more is no plan, and would only keep the machine busy."""

LEVER: TypeAdapter[model.LeverEntry] = TypeAdapter(model.LeverEntry)
SECTIONS: Mapping[str, type[Part]] = {
    "plan": model.Head, "target": model.TargetEntry, "stream": model.StreamEntry, "parameter": model.ParameterEntry,
    "supply": model.SupplyEntry, "driver": model.DriverEntry, "action": model.ActionEntry, "ramp": model.RampEntry,
    "effects": model.EffectEntry, "burdens": model.BurdenEntry, "decision": model.DecisionEntry,
    "resources": model.ResourcesEntry, "known": model.KnownEntry, "distribution": Distribution,
}  # fmt: skip
LEVERS: Mapping[str, type[Part]] = {
    kind: form
    for form in (
        model.RelativeLever, model.ShiftLever, model.UnitsLever, model.PlantingLever, model.FixedLever,
    )
    for kind in form.model_fields["kind"].annotation.__args__  # type: ignore[union-attr]
}  # fmt: skip


def shape(document: Document, findings: list[Finding]) -> Parts:
    """What has the right shape; what has not leaves its findings."""
    data, parts = document.data, Parts()
    if data.get("format") != model.FORMAT:
        findings.append(said.unknown_format(document.place(("format",)), data.get("format"), model.FORMAT))
    known = list(model.PlanFile.model_fields)
    findings += [said.unknown_field(document.place((name,)), name, known) for name in data if name not in known]
    if "plan" in data:
        parts.head = next(iter(_one(document, model.Head, ("plan",), data["plan"], findings)), None)
    else:
        findings.append(said.field_missing(document.place(("plan",)), "plan"))
    parts.targets = _entries(document, "target", model.TargetEntry, findings)
    parts.streams = _entries(document, "stream", model.StreamEntry, findings)
    parts.parameters = _entries(document, "parameter", model.ParameterEntry, findings)
    parts.supplies = _entries(document, "supply", model.SupplyEntry, findings)
    parts.drivers = _entries(document, "driver", model.DriverEntry, findings)
    for at, given in listed(document, "action", findings):
        parts.actions += _action(document, at, given, findings)
    return parts


def listed(document: Document, section: str, findings: list[Finding]) -> Iterable[tuple[int, Any]]:
    """The entries of a list with their numbers, as far as they are read."""
    given = document.data.get(section, [])
    if not isinstance(given, list):
        findings.append(said.wrong_shape(document.place((section,))))
        return []
    if len(given) > MOST_ENTRIES:
        findings.append(said.too_many(document.place((section,)), len(given), MOST_ENTRIES))
    return list(enumerate(given[:MOST_ENTRIES]))


def _entries(document: Document, section: str, kind: type[_T], findings: list[Finding]) -> list[Entry[_T]]:
    return [
        Entry(at, value)
        for at, given in listed(document, section, findings)
        for value in _one(document, kind, (section, at), given, findings)
    ]


def _one(document: Document, kind: type[_T], path: Path, given: Any, findings: list[Finding]) -> list[_T]:
    """The entry; a head or an action of which only optional fields are wrong without them, as much hangs on it."""
    try:
        return [kind.model_validate(given)]
    except ValidationError as refused:
        errors = once(refused)
        findings += [finding_of(document, path, error) for error in errors]
        wrong = {error["loc"][0] for error in errors if error["loc"]}
    if kind not in (model.Head, model.ActionEntry) or not isinstance(given, Mapping):
        return []
    try:
        return [kind.model_validate({name: value for name, value in given.items() if name not in wrong})]
    except ValidationError:
        return []


def _action(document: Document, at: int, given: Any, findings: list[Finding]) -> list[ActionAt]:
    if not isinstance(given, Mapping):
        findings.append(said.wrong_shape(document.place(("action", at))))
        return []
    levers = given.get("lever", [])
    if not isinstance(levers, list):
        findings.append(said.wrong_shape(document.place(("action", at, "lever"))))
        levers = []
    if len(levers) > MOST_LEVERS:
        findings.append(said.too_many(document.place(("action", at, "lever")), len(levers), MOST_LEVERS))
        levers = levers[:MOST_LEVERS]
    found = []
    for number, lever in enumerate(levers):
        try:
            found.append((number, LEVER.validate_python(lever)))
        except ValidationError as refused:
            path = ("action", at, "lever", number)
            findings += [finding_of(document, path, error) for error in once(refused)]
    without = {name: value for name, value in given.items() if name != "lever"}
    usable = {"lever": tuple(lever for _, lever in found)}
    return [
        ActionAt(at, action.model_copy(update=usable), tuple(number for number, _ in found), len(levers))
        for action in _one(document, model.ActionEntry, ("action", at), without, findings)
    ]


def once(refused: ValidationError) -> list[ErrorDetails]:
    """A wrong year of a table is one fault, however often the validator names it."""
    errors = refused.errors(include_url=False)
    wrong_years = {error["loc"][:-1] for error in errors if error["loc"][-1:] == ("[key]",)}
    return [error for error in errors if error["loc"] not in wrong_years]


def finding_of(  # one for each refusal
    document: Document,
    path: Path,
    error: ErrorDetails,
    fields_at: Callable[[Document, Path], Sequence[str]] | None = None,
) -> Finding:
    """A refusal of the validator in words; `fields_at` names the fields that are known at a place."""
    inside = tuple(step for step in error["loc"] if step != "[key]")
    if path[2:3] == ("lever",) and inside[:1] and inside[0] in LEVERS:
        inside = inside[1:]  # the validator names the kind it chose
    way = (*path, *inside)
    place, kind, given = document.place(way), error["type"], str(error["input"])[:60]
    match kind:
        case "extra_forbidden":
            return said.unknown_field(place, str(way[-1]), (fields_at or _fields_at)(document, way[:-1]))
        case "missing":
            return said.field_missing(place, str(way[-1]))
        case "union_tag_invalid":
            return said.unknown_lever(document.place((*way, "kind")), error["ctx"]["tag"], list(Kind))
        case "union_tag_not_found":
            return said.field_missing(document.place((*way, "kind")), "kind")
        case "enum" | "literal_error":
            choices = error["ctx"]["expected"].replace(" or ", ",").split(",")
            return said.unknown_choice(place, given, [each.strip("' ") for each in choices])
    known = next((say for start, say in _SAID.items() if kind.startswith(start)), None)
    return said.wrong_shape(place) if known is None else known(place, given)


_SAID = {
    "float": said.not_a_number, "finite": said.not_a_number, "int": said.not_whole, "string_type": said.not_text,
    "string": said.text_not_usable, "bool": said.not_yes_or_no, "date": said.not_a_day,
}  # fmt: skip
"""How the kind of a refusal begins → what is said of it."""


def _fields_at(document: Document, way: Path) -> list[str]:
    """The names that are known where an unknown one stands."""
    section = next((step for step in reversed(way) if isinstance(step, str)), "")
    if section == "lever":
        at: Any = document.data
        for step in way:
            at = at[step]
        return list(LEVERS[at["kind"]].model_fields)
    return list(SECTIONS.get(section, Number).model_fields)
