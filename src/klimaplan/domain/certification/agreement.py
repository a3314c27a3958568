"""How far two reviewers who scored blind agree, beyond what chance would give: Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from klimaplan.domain.errors import Finding, InputError, Text


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers on the same criteria.

    Parameters
    ----------
    observed : share of the criteria on which both say the same
    kappa : (observed − by chance) / (1 − by chance); None where both give one and the same score throughout, because
        then chance alone explains it
    differing : the criteria on which they differ
    """

    observed: float
    kappa: float | None
    differing: tuple[str, ...]


def agreement(first: Mapping[str, str], second: Mapping[str, str]) -> Agreement:
    """Hold two sets of scores against each other.

    Parameters
    ----------
    first, second : criterion → score; the same criteria in both

    Raises
    ------
    InputError : they scored different criteria, or none

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1).

    >>> agreement({"a": "met", "b": "not-met"}, {"a": "met", "b": "met"}).differing
    ('b',)
    """
    if not first or set(first) != set(second):
        raise InputError(_not_the_same(sorted(set(first) ^ set(second))))
    number = len(first)
    differing = tuple(sorted(each for each in first if first[each] != second[each]))
    observed = 1.0 - len(differing) / number
    ones, others = Counter(first.values()), Counter(second.values())
    by_chance = sum(ones[score] * others[score] for score in ones) / number**2
    kappa = None if by_chance == 1.0 else (observed - by_chance) / (1.0 - by_chance)
    return Agreement(observed, kappa, differing)


def _not_the_same(differing: list[str]) -> Finding:
    return Finding(
        "scores-not-comparable", ", ".join(differing) or "∅",
        Text("De to har ikke vurderet de samme kriterier.", "The two have not scored the same criteria."),
        Text("Kun det, begge har vurderet, kan holdes op mod hinanden.",
             "Only what both have scored can be held against each other."),
        Text("Vent, til begge er færdige.", "Wait until both are done."),
    )  # fmt: skip
