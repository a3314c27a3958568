"""A target that a reader tries out with the sliders, held against the baseline of a municipality."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.inventory.account import of_group, total
from klimaplan.domain.pathway.gap import reduction_needed
from klimaplan.domain.pathway.target import BaseYear, ReductionTarget
from klimaplan.reference import load
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.plans.models import Target
from klimaplan.web.public import bridge, schema

READER = "reader"
"""Source of a base year that the reader has typed in."""

FALLBACK_YEAR = 2030
FALLBACK_PERCENT = 70.0
"""Where a municipality has no reduction target of its own the sliders start at the national one of the climate act."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the sliders say; `base_tonnes` None takes the base year from the account or from the targets.

    `base_source` says where tonnes typed in come from, in the words of the reader.
    """

    year: int
    percent: float
    base_year: int
    base_tonnes: float | None = None
    base_source: str = ""
    population: bool = False


def starting_wish(picture: schema.SubjectPicture) -> Wish:
    """Where the sliders stand when the page opens: at the municipality's own first target."""
    for target in picture.targets:
        if target.sectors == "total" and target.base_year and target.reduction_pct and target.allowed is not None:
            return Wish(target.year, target.reduction_pct, target.base_year)
    return Wish(FALLBACK_YEAR, FALLBACK_PERCENT, picture.account.years[0])


def try_out(picture: schema.SubjectPicture, wish: Wish) -> schema.PathwayAnswer:
    """Hold a tried-out target against the baseline.

    Raises
    ------
    InputError : a base year without figures, or one of zero or less; a target year that is not ahead
    """
    snapshot = inventories.current_snapshot()
    if snapshot is None:
        raise InputError(_no_base(wish.base_year))
    computed = _basis(snapshot.pk)
    emissions = computed.with_population if wish.population else computed.outlook.baseline.emissions
    baseline = of_group(emissions, (picture.key,))
    row = _row(picture, wish)
    gap = bridge.gap_between(baseline, [row])
    people = of_group(computed.population_ahead, (picture.key,))
    if gap is None or row.base_tonnes is None or (table := bridge.gap_table(gap, [row], people)) is None:
        raise InputError(_no_base(wish.base_year))
    target = ReductionTarget(wish.year, BaseYear(wish.base_year, row.base_tonnes, row.source), wish.percent)
    last = computed.account.last_year
    observed = BaseYear(last, of_group(total(computed.account.emissions), (picture.key,)).at(last), row.source)
    return schema.PathwayAnswer(
        target=bridge.target_row(row),
        population=wish.population,
        needed_from=last,
        needed=reduction_needed(target, observed),
        gap=table,
        prospect=bridge.prospect(total(baseline), gap, wish.year, [row]),
    )


def _row(picture: schema.SubjectPicture, wish: Wish) -> Target:
    """The wish as a target, with the base year from the reader, the account or the municipality's own targets."""
    tonnes, source, estimated = wish.base_tonnes, wish.base_source or READER, False
    if tonnes is None and wish.base_year in picture.account.years:
        tonnes = picture.account.emissions["total"][picture.account.years.index(wish.base_year)]
        source = picture.account.explanation.source
    if tonnes is None:
        known = next(
            (row for row in picture.targets if row.sectors == "total" and row.base_year == wish.base_year), None
        )
        if known is None or known.base_tonnes is None:
            raise InputError(_no_base(wish.base_year))
        tonnes, source, estimated = known.base_tonnes, known.source, known.base_estimated
    return Target(
        municipality=picture.key,
        year=wish.year,
        kind=Target.Kind.REDUCTION,
        sectors="total",
        base_year=wish.base_year,
        base_tonnes=tonnes,
        base_estimated=estimated,
        reduction_pct=wish.percent,
        source=source,
    )


@lru_cache(maxsize=2)  # snapshots never change
def _basis(snapshot_pk: int) -> bridge.Basis:
    account = inventories.account_with(snapshot_pk)
    return bridge.basis(account, load.national_projection())


def _no_base(year: int) -> Finding:
    return Finding(
        "base-year-unknown", str(year),
        Text("Udledningen i basisåret kendes ikke.", "The emissions in the base year are not known."),
        Text("", ""),
        Text("Angiv udledningen i ton, eller vælg et basisår i regnskabet.",
             "Give the emissions in tonnes, or choose a base year within the account."),
    )  # fmt: skip
