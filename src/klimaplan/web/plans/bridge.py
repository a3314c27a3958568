"""Between targets as the domain computes with them, as they are published, and as rows of the database."""

from __future__ import annotations

from collections.abc import Iterable

from klimaplan.domain.pathway import target as domain
from klimaplan.domain.pathway.target import scope_of, sectors_of, target_of
from klimaplan.reference.load import PublishedTarget
from klimaplan.web.plans.models import Target


def from_published(published: PublishedTarget) -> Target:
    """A published target as an unsaved row."""
    return Target(
        municipality=published.municipality,
        year=published.year,
        kind=published.kind,
        sectors=sectors_of(scope_of(published.sectors)),
        base_year=published.base_year,
        base_tonnes=published.base_tonnes,
        reduction_pct=published.reduction_pct,
        level=published.level,
        inhabitants=published.inhabitants,
        source=published.source,
    )


def to_domain(row: Target) -> domain.Target | None:
    """A row as a target to compute with; None where its plan names no tonnes for the base year."""
    return target_of(row)


def computable(rows: Iterable[Target]) -> list[domain.Target]:
    """The targets that name tonnes, and so can be held against a baseline."""
    return [target for row in rows if (target := to_domain(row)) is not None]
