"""Which criteria a page serves, each with its place in the self-assessment."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from klimaplan.reference import load
from klimaplan.web.certification.assessing.wording import WRITTEN_AT
from klimaplan.web.plans.models import Plan
from klimaplan.web.public.charts import Link


def criteria(plan: Plan, kinds: Iterable[str]) -> list[Link]:
    """Those of the set in force whose rule reads what is written on the page."""
    wanted = set(kinds)
    page = reverse("plan-assessment", args=[plan.pk])
    return [
        Link(f"{page}#{each.id}", each.id) for each in load.set_in_force(timezone.localdate()).criteria
        if WRITTEN_AT.get(each.rule) in wanted
    ]  # fmt: skip
