"""What belongs to an action besides its form: where it was copied from, its evidence, the assumptions it counts on."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from klimaplan.web.plans.contents.kinds import kind_of
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.workspace.assumptions import uses
from klimaplan.web.workspace.copying.origin import Origin, origin_of
from klimaplan.web.workspace.evidence.page import FileLine, lines_of
from klimaplan.web.workspace.part_page import title_in
from klimaplan.web.workspace.wording import read


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that several actions count on."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class OfAction:
    """All of it."""

    pk: int
    key: str
    origin: Origin | None
    files: tuple[FileLine, ...]
    assumptions: tuple[Assumption, ...]
    may_hand_in: bool


def of_action(plan: Plan, part: PlanPart, *, may_hand_in: bool) -> OfAction:
    return OfAction(
        plan.pk, part.key, origin_of(plan, part), tuple(lines_of(plan, part.key)),
        tuple(
            Assumption(
                read(kind_of(each.kind).name), title_in(kind_of(each.kind), each.key, each.content),
                reverse("plan-part", args=[plan.pk, each.kind, each.key]),
            )
            for each in uses.used_by(plan, part)
        ),
        may_hand_in,
    )  # fmt: skip
