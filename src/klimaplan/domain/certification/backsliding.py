"""No backsliding: a changed target may not want less than the old one, compared like with like.

Targets with different base years are compared in the tonnes they allow. Where the account has been recalculated, the
old percentage is taken of the base year as it is counted now: what was promised is a share of what was emitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.pathway.target import BaseYear, ReductionTarget, Scope, Target, sectors_of

ROUNDING_T = 0.5
"""Tonnes below which two targets are the same."""


class Verdict(StrEnum):
    """What the comparison says of one old target."""

    KEPT = "kept"
    SHARPENED = "sharpened"
    WEAKENED = "weakened"
    DROPPED = "dropped"
    """The new plan says nothing of these sectors from that year on."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An old target, and what the new plan allows in its year, t CO2e; None where it says nothing."""

    year: int
    scope: Scope
    old_allowed: float
    new_allowed: float | None
    verdict: Verdict


def compare(
    old: Sequence[Target], new: Sequence[Target], *, rebased: Mapping[tuple[int, Scope], BaseYear] | None = None
) -> tuple[Compared, ...]:
    """Every old target against the new ones of the same sectors.

    Between two new targets the allowed tonnes go in a straight line; after the last one they stay. Before the first one
    the new plan promises nothing, so an old target that comes earlier is dropped.

    Parameters
    ----------
    rebased : (year, sectors) → the base year as it is counted today; used for old targets where it is given

    Raises
    ------
    InputError : the old plan has no target; there is nothing to hold the new one against

    >>> from klimaplan.domain.pathway.target import LevelTarget
    >>> [(each.year, str(each.verdict)) for each in compare([LevelTarget(2030, 30.0), LevelTarget(2050, 0.0)],
    ...                                                     [LevelTarget(2030, 25.0), LevelTarget(2045, 0.0)])]
    [(2030, 'sharpened'), (2050, 'kept')]
    """
    if not old:
        raise InputError(_nothing_to_compare())
    as_counted_now = [_rebased(target, rebased or {}) for target in old]
    return tuple(_compared(target, new) for target in sorted(as_counted_now, key=lambda each: (each.year, each.scope)))


def backslides(compared: Iterable[Compared]) -> tuple[Finding, ...]:
    """One finding for every old target that the new plan weakens or drops."""
    return tuple(_backslides(each) for each in compared if each.verdict in (Verdict.WEAKENED, Verdict.DROPPED))


def _rebased(target: Target, rebased: Mapping[tuple[int, Scope], BaseYear]) -> Target:
    if isinstance(target, ReductionTarget) and (base := rebased.get((target.base.year, target.scope))):
        return replace(target, base=base)
    return target


def _compared(target: Target, new: Sequence[Target]) -> Compared:
    allowed = _allowed_in(target.year, [each for each in new if each.scope == target.scope])
    return Compared(target.year, target.scope, target.allowed, allowed, _verdict(target.allowed, allowed))


def _allowed_in(year: int, targets: Sequence[Target]) -> float | None:
    """What targets of the same sectors allow in a year, t CO2e."""
    ordered = sorted(targets, key=lambda each: each.year)
    if not ordered or year < ordered[0].year:
        return None
    after = next((each for each in ordered if each.year >= year), None)
    if after is None:
        return ordered[-1].allowed
    if after.year == year:
        return after.allowed
    before = ordered[ordered.index(after) - 1]
    share = (year - before.year) / (after.year - before.year)
    return before.allowed + share * (after.allowed - before.allowed)


def _verdict(old: float, new: float | None) -> Verdict:
    if new is None:
        return Verdict.DROPPED
    if new > old + ROUNDING_T:
        return Verdict.WEAKENED
    return Verdict.SHARPENED if new < old - ROUNDING_T else Verdict.KEPT


def _backslides(compared: Compared) -> Finding:
    place = f"{compared.year}/{sectors_of(compared.scope)}"
    if compared.new_allowed is None:
        what = Text(
            f"Den nye plan har intet mål for {compared.year} eller før.",
            f"The new plan has no target for {compared.year} or before.",
        )
    else:
        more = compared.new_allowed - compared.old_allowed
        what = Text(
            f"Den nye plan tillader {more:.0f} t CO2e mere i {compared.year} end den gamle.",
            f"The new plan allows {more:.0f} t CO2e more in {compared.year} than the old one.",
        )
    return Finding(
        "target-backslides", place,
        what,
        Text("Et ændret mål må ikke være mindre ambitiøst end det gamle.",
             "A changed target may not be less ambitious than the old one."),
        Text("Skærp målet, eller begrund ændringen over for dem, der vurderer planen.",
             "Sharpen the target, or give the reviewers the reason for the change."),
    )  # fmt: skip


def _nothing_to_compare() -> Finding:
    return Finding(
        "no-old-target", "targets",
        Text("Den gamle plan har intet mål at sammenligne med.", "The old plan has no target to compare with."),
        Text("Så kan det ikke vises, at den nye ikke vil mindre.",
             "So it cannot be shown that the new one wants no less."),
        Text("Indtast målene fra den gamle plan.", "Enter the targets of the old plan."),
    )  # fmt: skip
