"""What the charts are drawn from: plain lists of t CO2e, year by year."""

from __future__ import annotations

from dataclasses import dataclass

Amounts = list[float | None]


@dataclass(frozen=True, slots=True)
class BySector:
    """Sector code (and ``total``) → one amount per year."""

    years: list[int]
    amounts: dict[str, Amounts]


@dataclass(frozen=True, slots=True)
class Line:
    """One line over years: an account, a baseline or a forecast."""

    years: list[int]
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class TargetPath:
    """A straight path to the targets; `milestones` are target year → allowed, `gap_year` is where the gap is drawn."""

    path: Line
    milestones: dict[int, float]
    gap_year: int
    excess: float
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """A level of one year, t CO2e; a landmark is nobody's own target."""

    allowed: float
    is_landmark: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a comparison: its name, its amount per inhabitant, and whether it is the one the page is about."""

    name: str
    relation: str
    amount: float | None
    is_subject: bool


@dataclass(frozen=True, slots=True)
class MovedBar:
    """One bar of what moved, t CO2e by cause."""

    label: str
    new_data: float
    method_change: float


def known(line: Line) -> list[tuple[int, float]]:
    """The years that have an amount."""
    return [(year, amount) for year, amount in zip(line.years, line.amounts, strict=True) if amount is not None]
