"""`klimaplan plan compare`: what differs between two plan files, in figures and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klimaplan.cli.answers import by_year, language, print_table, records, say, tonnes
from klimaplan.cli.plan_answer import Answer, notable_years
from klimaplan.domain.errors import Text
from klimaplan.domain.pathway.target import sectors_of
from klimaplan.domain.series import Series
from klimaplan.sources.plan_files import PlanFile
from klimaplan.sources.plan_files.writing import inline, plain


@dataclass(frozen=True)
class Side:
    """One of the two files."""

    path: Path
    file: PlanFile
    answer: Answer

    @property
    def titles(self) -> dict[str, str]:
        return {action.key: action.title for action in self.answer.outcome.plan.actions}

    def effect(self, key: str) -> Series | None:
        effects = self.answer.outcome.effects.by_action
        return effects.select(action=key) if key in self.titles else None

    @property
    def targets(self) -> dict[str, float]:
        return {
            f"{target.year}/{sectors_of(target.scope)}": target.allowed for target in self.answer.outcome.plan.targets
        }


def as_record(first: Side, second: Side) -> dict[str, object]:
    """Both plans and what differs; a difference is the second less the first."""
    return {
        "a": _side_record(first),
        "b": _side_record(second),
        "difference": {
            "baseline": by_year(second.answer.baseline - first.answer.baseline),
            "pathway": by_year(second.answer.pathway - first.answer.pathway),
        },
        "effects": [_effect_record(key, first, second) for key in _keys(first, second)],
        "targets": [
            {"target": name, "a": first.targets.get(name), "b": second.targets.get(name)}
            for name in dict.fromkeys((*first.targets, *second.targets))
        ],
        "words": [{"da": text.da, "en": text.en} for text in in_words(first, second)],
        "unit": str(first.answer.pathway.unit),
    }


def show(first: Side, second: Side) -> None:
    aims = {target.year for side in (first, second) for target in side.answer.outcome.plan.targets}
    years = notable_years(first.answer.years, aims)
    moved = second.answer.pathway - first.answer.pathway
    title = f"{first.path.name} → {second.path.name}: "
    print_table(
        title + say("med planen, t CO2e", "with the plan, t CO2e"),
        [say("år", "year"), first.path.name, second.path.name, say("forskel", "difference")],
        [
            [str(year), *(tonnes(series.at(year)) for series in (first.answer.pathway, second.answer.pathway, moved))]
            for year in years
        ],
    )
    at = min(aims, default=years[-1])
    print_table(
        title + say(f"virkning i {at}, t CO2e", f"effect in {at}, t CO2e"),
        ["", say("tiltag", "action"), first.path.name, second.path.name],
        [
            [
                key, second.titles.get(key, first.titles.get(key, "")),
                *(tonnes(effect.at(at) if effect else None) for effect in (first.effect(key), second.effect(key))),
            ]
            for key in _keys(first, second)
        ],
        [text.read(language()) for text in in_words(first, second)],
        words=(0, 1),
    )  # fmt: skip


def in_words(first: Side, second: Side) -> list[Text]:
    """What was added, removed and changed, one sentence each."""
    before, after = plain(first.file), plain(second.file)
    said = [*_differences(before["plan"], after["plan"], "plan")]
    for section, named in (
        ("target", _target_name), ("stream", _stream_name), ("parameter", _named("name")),
        ("supply", _named("stream")), ("driver", _named("name")), ("action", _named("key")),
    ):  # fmt: skip
        old = {named(entry): entry for entry in before.get(section, [])}
        new = {named(entry): entry for entry in after.get(section, [])}
        said += [
            Text(f"{section} {name} er fjernet.", f"{section} {name} was removed.") for name in old if name not in new
        ]
        said += [Text(f"{section} {name} er ny.", f"{section} {name} is new.") for name in new if name not in old]
        for name, entry in old.items():
            if name in new:
                said += _differences(entry, new[name], f"{section} {name}")
    return said


def _differences(before: Any, after: Any, place: str) -> Iterator[Text]:
    """The single fields that differ."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys((*before, *after)):
            yield from _differences(before.get(name), after.get(name), f"{place} {name}")
    elif isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)) and len(before) == len(after):
        for number, (old, new) in enumerate(zip(before, after, strict=True), start=1):
            yield from _differences(old, new, f"{place} {number}")
    elif before != after:
        yield Text(f"{place}: {_shown(before, 'intet')} → {_shown(after, 'intet')}.",
                   f"{place}: {_shown(before, 'nothing')} → {_shown(after, 'nothing')}.")  # fmt: skip


def _shown(value: Any, nothing: str) -> str:
    return nothing if value is None else inline(value)


def _target_name(entry: Mapping[str, Any]) -> str:
    return f"{entry['year']}/{entry.get('sectors', 'total')}"


def _stream_name(entry: Mapping[str, Any]) -> str:
    return f"{entry['ref']}/{entry['carrier']}"


def _named(field: str) -> Any:
    def name(entry: Mapping[str, Any]) -> str:
        return str(entry[field])

    return name


def _keys(first: Side, second: Side) -> list[str]:
    return list(dict.fromkeys((*first.titles, *second.titles)))


def _side_record(side: Side) -> dict[str, object]:
    answer = side.answer
    return {
        "file": side.path.name,
        "municipality": answer.municipality.code,
        "title": answer.outcome.plan.title,
        "demo": answer.outcome.plan.demo,
        "baseline": by_year(answer.baseline),
        "pathway": by_year(answer.pathway),
        "manko": {} if answer.excess is None else by_year(answer.excess),
        "findings": records(answer.findings),
    }


def _effect_record(key: str, first: Side, second: Side) -> dict[str, object]:
    one, other = first.effect(key), second.effect(key)
    return {
        "action": key,
        "title_a": first.titles.get(key),
        "title_b": second.titles.get(key),
        "a": None if one is None else by_year(one),
        "b": None if other is None else by_year(other),
        "difference": None if one is None or other is None else by_year(other - one),
    }
