"""The gap: what the baseline leaves above the target path, by year and sector. Positive means too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Finding, Severity, Text, comma
from klimaplan.domain.inventory.account import ROUNDING_T, Sector
from klimaplan.domain.pathway.target import (
    ALL_SECTORS,
    BaseYear,
    Scope,
    Target,
    allowed_by_year,
    require_valid,
    sectors_of,
)
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import Floats, NotationKey, Place, Series


@dataclass(frozen=True)
class Gap:
    """What a target leaves to be done in one municipality or group.

    Parameters
    ----------
    milestones : scope → target year → t CO2e allowed
    path : scope → Series (year), t CO2e: the target path, a straight line from the last observed year to each target
    excess : scope → Series (year), t CO2e: baseline minus path; negative where the baseline is below the path
    by_sector : Series (sector, year), t CO2e, or None without a target for all sectors: their excess, shared by
        `share_by_effort`, within the sectors of each target in the years in which targets by sector add up to it
    """

    milestones: Mapping[Scope, Mapping[int, float]]
    path: Mapping[Scope, Series]
    excess: Mapping[Scope, Series]
    by_sector: Series | None


def measure_gap(baseline: Series, targets: Sequence[Target]) -> Gap:
    """Hold a baseline against targets.

    A scope with targets of its own gets a path of its own. All sectors together get a path through the years in
    which the targets cover every sector once, whether by one target or by several.

    Parameters
    ----------
    baseline : Series (sector, year), t CO2e; its first year is the last observed one

    Raises
    ------
    InputError : a target year that is not ahead, overlapping targets, a base year without meaning
    CoverageError : a baseline value that a target needs is missing
    """
    span = [int(str(year)) for year in baseline.axis(axes.YEAR).labels]
    require_valid(targets, after=span[0])
    milestones: dict[Scope, dict[int, float]] = {}
    for target in targets:
        if target.scope != ALL_SECTORS:
            milestones.setdefault(target.scope, {})[target.year] = target.allowed
    if overall := allowed_by_year(targets):
        milestones[ALL_SECTORS] = overall
    paths, excesses = {}, {}
    for scope, points in milestones.items():
        followed = baseline.take(axes.SECTOR, scope).sum(axes.SECTOR)
        path = _straight_line(followed, points)
        paths[scope] = path
        excess = followed.take(axes.YEAR, path.axes[0].labels) - path
        excesses[scope] = excess.explained("baseline minus target path", kind=Kind.CALCULATED, method="gap")
    return Gap(milestones, paths, excesses, _share_by_sector(excesses, baseline) if overall else None)


def share_by_effort(excess: Series, baseline: Series) -> Series:
    """Share a gap over the sectors: each emitting sector the same percentage of its baseline, sinks nothing.

    x_s(t) = x(t) · max(E_s(t), 0) / Σ_s max(E_s(t), 0)

    One way among many to read a target that names no sectors; it adds up to the gap exactly. Where no sector
    emits, there is nothing to share and each value is missing (NO).

    Parameters
    ----------
    excess : Series (year), t CO2e
    baseline : Series (sector, year), t CO2e
    """
    kept = baseline.take(axes.YEAR, excess.axes[0].labels)
    emitting = np.maximum(kept.values, 0.0)
    together = emitting.sum(axis=0)
    share = np.divide(emitting, together, out=np.full_like(emitting, np.nan), where=together > 0.0)
    missing: dict[Place, NotationKey] = {
        (sector, year): NotationKey.NOT_OCCURRING
        for column, year in enumerate(kept.axis(axes.YEAR).labels)
        if together[column] <= 0.0
        for sector in kept.axis(axes.SECTOR).labels
    }
    provenance = excess.provenance.after("same percentage of every emitting sector", kind=Kind.CALCULATED, method="gap")
    return Series(share * excess.values, kept.axes, excess.unit, provenance, missing)


def _share_by_sector(excesses: Mapping[Scope, Series], baseline: Series) -> Series:
    """Share the gap of all sectors; in years in which gaps by sector add up to it, each stays within its sectors."""
    overall = excesses[ALL_SECTORS]
    shared = share_by_effort(overall, baseline)
    parts = {scope: excess for scope, excess in excesses.items() if scope != ALL_SECTORS}
    if sorted(sector for scope in parts for sector in scope) != sorted(Sector):
        return shared
    inside = np.full_like(shared.values, np.nan)
    for scope, excess in parts.items():
        known = min(len(excess.axes[0]), len(overall.axes[0]))
        own = share_by_effort(excess, baseline.take(axes.SECTOR, scope))
        inside[[ALL_SECTORS.index(sector) for sector in scope], :known] = own.values[:, :known]
    add_up = np.isclose(inside.sum(axis=0), overall.values, rtol=0.0, atol=ROUNDING_T)
    within = replace(shared, values=np.where(add_up, inside, shared.values))
    return within.explained("targets by sector stay within their sectors", kind=Kind.CALCULATED, method="gap")


def pct_of_base(excess: Series, base: BaseYear) -> Series | None:
    """The gap in percent of the base year; None where the base is zero or less and a percentage has no meaning."""
    if base.tonnes <= 0.0:
        return None
    share = Series(excess.values / base.tonnes * 100.0, excess.axes, excess.unit / excess.unit, excess.provenance)
    return share.explained(f"percent of {base.year}", kind=Kind.CALCULATED, method="gap")


def reduction_needed(target: Target, observed: BaseYear) -> float:
    """What must disappear between an observed year and the target, t CO2e.

    >>> from klimaplan.domain.pathway.target import ReductionTarget
    >>> hvidovre = ReductionTarget(2030, BaseYear(1990, 342_088.0, "climate plan 2022"), reduction_pct=80.0)
    >>> round(reduction_needed(hvidovre, BaseYear(2018, 192_202.0, "climate plan 2022")), 1)
    123784.4
    """
    return observed.tonnes - target.allowed


def check_gap(gap: Gap) -> tuple[Finding, ...]:
    """What must be said about a gap before it is read: whom it covers, and targets that already hold."""
    findings = [] if ALL_SECTORS in gap.path else [_not_all_sectors()]
    for scope, milestones in gap.milestones.items():
        start = gap.path[scope].axes[0].labels[0]
        observed = gap.path[scope].at(start)
        findings += [
            _holds_already(f"{year}/{sectors_of(scope)}", str(start), observed, allowed)
            for year, allowed in milestones.items()
            if observed <= allowed
        ]
    return tuple(findings)


def _straight_line(followed: Series, points: Mapping[int, float]) -> Series:
    """From the last observed value through the targets; the path ends at the last of them."""
    start = int(str(followed.axes[0].labels[0]))
    span: Axis = axes.years(start, max(points))
    known = [start, *sorted(points)]
    levels = [followed.at(start), *(points[year] for year in sorted(points))]
    values: Floats = np.interp(np.array(span.labels, dtype=np.float64), known, levels)
    path = Series(values, (span,), followed.unit, followed.provenance)
    return path.explained(f"straight line to the target of {max(points)}", kind=Kind.CALCULATED, method="gap")


def _not_all_sectors() -> Finding:
    return Finding(
        "no-target-for-all-sectors", "total",
        Text("Intet år har mål, der tilsammen dækker alle sektorer én gang.",
             "No year has targets that together cover every sector once."),
        Text("Derfor er der ingen samlet reduktionssti og manko.", "So there is no path and no gap of all sectors."),
        Text("Angiv et mål for alle sektorer eller for resten af dem.",
             "Give a target for all sectors, or for the rest of them."),
        Severity.INFO,
    )  # fmt: skip


def _holds_already(place: str, year: str, observed: float, allowed: float) -> Finding:
    return Finding(
        "target-holds-already", place,
        Text(f"Udledningen var {comma(observed, '.1f')} t i {year}, og målet tillader {comma(allowed, '.1f')} t.",
             f"Emissions were {observed:.1f} t in {year}, and the target allows {allowed:.1f} t."),
        Text("Reduktionsstien stiger mod målet.", "The target path rises to the target."),
        Text("Overvej et skrappere mål.", "Consider a stricter target."),
        Severity.INFO,
    )  # fmt: skip
