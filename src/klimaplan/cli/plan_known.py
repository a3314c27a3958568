"""What `klimaplan plan evaluate` says of planned and measured effects: four records side by side, never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klimaplan.cli.answers import KINDS, by_year, language, percent, print_table, say, tonnes
from klimaplan.domain.actions.action import Action
from klimaplan.domain.errors import Finding, Text
from klimaplan.domain.plan import Outcome
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import Series
from klimaplan.domain.status.known_effects import check_known, known_records
from klimaplan.domain.status.planned_and_measured import Records, compare

SIGN = Text(
    "Ton sparet: positive tal mindsker udledningen.",
    "Tonnes saved: positive figures lessen emissions.",
)


@dataclass(frozen=True)
class Measured:
    """An action of which somebody knows more than the plan computes.

    Parameters
    ----------
    years : those of the plan in which something is known
    """

    action: Action
    records: Records
    years: tuple[int, ...]


def measured(outcome: Outcome, source: str) -> tuple[tuple[Measured, ...], tuple[Finding, ...]]:
    """The records of a plan's actions, and what is to be said of them."""
    actions = outcome.plan.actions
    span = [int(str(year)) for year in outcome.problem.years.labels]
    by_key = {action.key: action for action in actions}
    found = []
    for each in known_records(actions, outcome.effects.by_action, source=source):
        known = by_key[each.action].known
        named = set(known.implemented_activity) | set(known.calculated) | set(known.observed)
        found.append(Measured(by_key[each.action], each, tuple(year for year in span if year in named)))
    return tuple(found), tuple(check_known(actions, span))


def as_record(found: Sequence[Measured]) -> list[dict[str, object]]:
    """Stable keys; only years in which something is known, and null where one of the records has nothing."""
    return [
        {
            "action": each.action.key,
            "title": each.action.title,
            "unit": str(each.records.expected.unit),
            "activity_unit": each.action.known.activity_unit,
            "expected": _in(each, each.records.expected),
            "implemented_activity": _in(each, each.records.activity),
            "calculated": _in(each, each.records.calculated),
            "observed": _in(each, each.records.observed),
            "calculated_against_expected": _against(each, each.records.calculated, each.records.expected),
            "observed_against_expected": _against(each, each.records.observed, each.records.expected),
            "observed_against_calculated": _against(each, each.records.observed, each.records.calculated),
            "sign": {"da": SIGN.da, "en": SIGN.en},
            "explanation": {
                name: series.provenance.as_record()
                for name, series in (
                    ("expected", each.records.expected),
                    ("implemented_activity", each.records.activity),
                    ("calculated", each.records.calculated),
                    ("observed", each.records.observed),
                )
            },
        }
        for each in found
    ]


def show(found: Sequence[Measured], name: str) -> None:
    rows = []
    for each in found:
        held = each.records
        calculated, observed = compare(held.calculated, held.expected), compare(held.observed, held.expected)
        for year in each.years:
            rows.append([
                each.action.key, each.action.title, str(year), tonnes(_at(held.expected, year)),
                f"{tonnes(_at(held.activity, year))} {each.action.known.activity_unit}".rstrip(),
                tonnes(_at(held.calculated, year)), tonnes(_at(held.observed, year)),
                _share(calculated.ratio, year), _share(observed.ratio, year),
            ])  # fmt: skip
    print_table(
        f"{name}: " + say("planlagt og målt, t CO2e sparet", "planned and measured, t CO2e saved"),
        [
            "", say("tiltag", "action"), say("år", "year"), KINDS[Kind.EXPECTED].read(language()),
            say("gennemført", "implemented"), KINDS[Kind.CALCULATED].read(language()),
            KINDS[Kind.OBSERVED].read(language()), say("beregnet / forventet", "calculated / expected"),
            say("observeret / forventet", "observed / expected"),
        ],
        rows,
        [SIGN.read(language())],
        words=(0, 1),
    )  # fmt: skip


def _in(each: Measured, series: Series) -> dict[str, float | None]:
    told = by_year(series)
    return {str(year): told[str(year)] for year in each.years}


def _against(each: Measured, this: Series, that: Series) -> dict[str, object]:
    held = compare(this, that)
    return {"difference": _in(each, held.difference), "ratio": _in(each, held.ratio)}


def _at(series: Series, year: int) -> float | None:
    return None if (year,) in series.missing else series.at(year)


def _share(ratio: Series, year: int) -> str:
    at = _at(ratio, year)
    return percent(None if at is None else 100.0 * at).lstrip("+")
