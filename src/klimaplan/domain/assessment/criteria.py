"""A set of criteria that plans are certified by: data, whichever set it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from klimaplan.domain.errors import Text


class Checkable(StrEnum):
    """How much of a criterion a machine can see."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Weight(StrEnum):
    """What a criterion means for the whole; only the essential ones count in the overall answer."""

    ESSENTIAL = "essential"
    C40_MEMBERS = "c40-members"
    DANISH_PRACTICE = "danish-practice"
    GUIDING = "guiding"
    GOING_FURTHER = "going-further"


@dataclass(frozen=True, slots=True)
class Citation:
    """A key of the bibliography and the page in it; empty where none is known."""

    source: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion, or one demand of it.

    Parameters
    ----------
    component : code of the component or heading it stands under
    wording, asked_for : the demand and the evidence for it, in our own words
    basis : where it is known from how much the criterion weighs
    rule, parameters : what a machine checks; empty for what only a person can judge
    confidence : how sure it is that the criterion reads like this
    """

    id: str
    component: str
    wording: Text
    asked_for: Text
    weight: Weight
    basis: str
    checkable: Checkable
    rule: str
    parameters: Mapping[str, Any]
    confidence: str
    citations: tuple[Citation, ...]

    @property
    def is_essential(self) -> bool:
        return self.weight is Weight.ESSENTIAL


@dataclass(frozen=True, slots=True)
class Predecessor:
    """Which criteria of an earlier set a criterion comes from; none for one that is new."""

    criterion: str
    earlier: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """Everything a plan is held against at a time.

    Parameters
    ----------
    valid_from, valid_to : first and last day on which plans are submitted under it; None while it goes on
    official : whether it was read in the original; a reconstructed one is shown as unofficial
    reservation : what to say beside a reconstructed one
    follows : slug of the set before it; empty for the first
    """

    slug: str
    name: Text
    publisher: str
    valid_from: date
    valid_to: date | None
    official: bool
    reservation: Text
    source: str
    components: Mapping[str, Text]
    criteria: tuple[Criterion, ...]
    follows: str = ""
    predecessors: tuple[Predecessor, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether a plan submitted that day is held against it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def criterion(self, code: str) -> Criterion:
        return next(each for each in self.criteria if each.id == code)
