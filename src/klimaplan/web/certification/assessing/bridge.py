"""A stored plan held against a set of criteria: from rows to evidence, and on to what the rules answer."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from klimaplan.domain.assessment.assess import Assessment, assess
from klimaplan.domain.assessment.criteria import CriteriaSet
from klimaplan.domain.assessment.evidence import Course, DatedSeen, Evidence, Inventory, Pointer, Weighing
from klimaplan.domain.assessment.result import plain
from klimaplan.web.certification.assessing.account import account_of, is_c40_member
from klimaplan.web.certification.assessing.gathering import Surroundings, from_stored
from klimaplan.web.certification.assessing.said import Said
from klimaplan.web.certification.models import Adoption, Commitment
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans import stored
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.plans.parts.selectors import sectors_of
from klimaplan.web.plans.results.bridge import ground_of
from klimaplan.web.plans.results.figures import Figures


def assessment(whose: Plan | PlanVersion, criteria_set: CriteriaSet, on: date) -> Assessment:
    """What a machine sees of a plan as it is now, or of a version as it was."""
    return assess(criteria_set, evidence(whose, on))


def evidence(whose: Plan | PlanVersion, on: date) -> Evidence:
    """Everything that is on record about a plan on a day."""
    plan = whose.plan if isinstance(whose, PlanVersion) else whose
    parts = [Said(each.kind, each.key, each.content) for each in stored.pieces_of(whose)]
    figures = plans.outcome(whose)
    inventory, weighing = _account(plan.organisation.code)
    around = Surroundings(
        inventory=inventory,
        weighing=weighing,
        course=_course(figures),
        no_course=None if figures.computed or not figures.errors else figures.errors[0].what,
        sectors={part.key: sectors_of(dict(part.content)) for part in parts if part.kind == "action"},
        c40_member=is_c40_member(plan.organisation.code),
        letters=tuple(_letter(each) for each in Commitment.objects.filter(organisation=plan.organisation)),
        adoptions=tuple(_adoption(each) for each in Adoption.objects.filter(plan=plan.variant_of or plan)),
    )
    return from_stored(parts, around, on)


def _account(code: str) -> tuple[Inventory | None, Weighing | None]:
    snapshot = inventories.current_snapshot()
    return (None, None) if snapshot is None else _account_in(code, snapshot.pk)


@lru_cache(maxsize=200)  # snapshots never change
def _account_in(code: str, snapshot: int) -> tuple[Inventory | None, Weighing | None]:
    return account_of(ground_of(snapshot), code)


def _course(figures: Figures) -> Course | None:
    if figures.pathway is None or figures.baseline is None:
        return None
    years = figures.years
    return Course(
        baseline=dict(zip(years, figures.baseline["total"], strict=True)),
        pathway=dict(zip(years, figures.pathway["total"], strict=True)),
        allowed=figures.allowed or {},
        manko=dict(zip(figures.target_years, figures.manko, strict=True)) if figures.target_years else None,
        effects={key: dict(zip(years, values, strict=True)) for key, values in (figures.effects or {}).items()},
        residual_year=figures.residual_year,
    )


def _letter(letter: Commitment) -> DatedSeen:
    """The letter of the programme always has its signers and its document."""
    return DatedSeen(
        at=Pointer("letter", str(letter.pk)), title=plain(letter.case_reference), on=letter.signed_on,
        said=frozenset({"date", "document", "signer"}),
    )  # fmt: skip


def _adoption(adoption: Adoption) -> DatedSeen:
    said = {"signer"} | ({"date"} if adoption.decided_on else set())
    said |= {"document"} if adoption.case_number or adoption.minutes else set()
    name = adoption.case_number or adoption.minutes or adoption.state
    return DatedSeen(
        at=Pointer("adoption", str(adoption.pk)), title=plain(name),
        on=adoption.decided_on, state=adoption.state, said=frozenset(said),
    )  # fmt: skip
