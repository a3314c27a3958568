"""Between targets as the domain computes with them, as they are published, and as rows of the database."""

from __future__ import annotations

from collections.abc import Iterable

from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.pathway import target as domain
from klimaplan.domain.pathway.target import ALL_BUT_AGRICULTURE, ALL_SECTORS, Scope, sectors_of
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
    scope = scope_of(row.sectors)
    if row.kind == Target.Kind.LEVEL and row.level is not None:
        return domain.LevelTarget(row.year, row.level, scope)
    if row.kind == Target.Kind.INTENSITY and row.level is not None and row.inhabitants is not None:
        return domain.IntensityTarget(row.year, row.level, row.inhabitants, scope)
    if row.base_year is not None and row.base_tonnes is not None and row.reduction_pct is not None:
        base = domain.BaseYear(row.base_year, row.base_tonnes, row.source)
        return domain.ReductionTarget(row.year, base, row.reduction_pct, scope)
    return None


def computable(rows: Iterable[Target]) -> list[domain.Target]:
    """The targets that name tonnes, and so can be held against a baseline."""
    return [target for row in rows if (target := to_domain(row)) is not None]


def scope_of(text: str) -> Scope:
    """The sectors behind a key: ``total``, ``other`` (all but agriculture), or sector codes joined by ``+``."""
    named = {"total": ALL_SECTORS, "other": ALL_BUT_AGRICULTURE}
    return named.get(text) or tuple(Sector(code) for code in text.split("+"))
