"""Reading plans, all in one place; and targets."""

from __future__ import annotations

from collections import defaultdict

from klimaplan.sources.plan_files.model import PlanFile
from klimaplan.web.plans import stored
from klimaplan.web.plans.evidence.selectors import download, files
from klimaplan.web.plans.models import Plan, PlanVersion, Target
from klimaplan.web.plans.parts.selectors import (
    activity,
    beside,
    changed_by,
    history,
    owners,
    part,
    parts,
    parts_of_kinds,
    plan_for,
    plan_of,
    plans_for,
    sectors_of,
    variants_of,
)
from klimaplan.web.plans.responsible.selectors import actions_of, keeps, reporters, responsible_for
from klimaplan.web.plans.results.selectors import outcome
from klimaplan.web.plans.together.selectors import comments, mentions_of, tasks, tasks_of
from klimaplan.web.plans.versions.selectors import compare, is_intact, published_versions, version, versions

__all__ = [
    "actions_of", "activity", "beside", "changed_by", "comments", "compare", "document", "download", "files",
    "history", "is_intact", "keeps", "mentions_of", "outcome", "owners", "part", "parts", "parts_of_kinds",
    "plan_for", "plan_of", "plans_for", "published_versions", "reporters", "responsible_for", "sectors_of",
    "targets_by_municipality", "tasks", "tasks_of", "variants_of", "version", "versions",
]  # fmt: skip


def document(whose: Plan | PlanVersion) -> PlanFile:
    """A plan or a version as a plan file: what is computed with, and nothing else."""
    return stored.file_of(stored.pieces_of(whose))


def targets_by_municipality() -> dict[str, list[Target]]:
    """All targets, published and invented, by municipality code; in order of year and sectors, published first."""
    found: dict[str, list[Target]] = defaultdict(list)
    # a total order: each database would break a tie in its own way, and the pages would differ
    for row in Target.objects.order_by("municipality", "year", "sectors", "demo"):
        found[row.municipality].append(row)
    return found
