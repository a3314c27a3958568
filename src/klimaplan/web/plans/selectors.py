"""Reading targets."""

from __future__ import annotations

from collections import defaultdict

from klimaplan.web.plans.models import Target


def targets_by_municipality() -> dict[str, list[Target]]:
    """All targets, published and invented, by municipality code; in order of year and sectors."""
    found: dict[str, list[Target]] = defaultdict(list)
    for row in Target.objects.all():
        found[row.municipality].append(row)
    return found
