"""How far a revision has come, step by step of the guide: what the system can see of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klimaplan.domain.certification.due import years_after
from klimaplan.domain.certification.workflow import STATE_NAMES, State
from klimaplan.domain.errors import Text
from klimaplan.web.certification.models import Adoption, Case, Judged, Revision
from klimaplan.web.certification.revisions.selectors import JUDGED, compared, contents, is_weaker, risk_assessed_on
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans.models import PlanVersion

INVENTORY_YEARS = 3
RISK_YEARS = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the guide, and what is known of it.

    Parameters
    ----------
    done : True or False where the system can tell; None where a person must
    """

    step: str
    said: Text
    done: bool | None


def course(revision: Revision, today: date) -> tuple[Stage, ...]:
    """The ten steps in the order of the guide."""
    return (
        Stage("trigger", _due(revision.due_on), True),
        _evaluation(revision),
        _account(revision, today),
        _risk(revision, today),
        _targets(revision),
        _actions(revision),
        _involvement(revision),
        _adoption(revision),
        _recertification(revision),
        _comparison(revision),
    )


def _due(day: date) -> Text:
    return Text(f"Frist {day:%d.%m.%Y}.", f"Due by {day}.")


def _evaluation(revision: Revision) -> Stage:
    wanted = sum(len(contents(revision.old, kind)) for kind in JUDGED)
    judged = Judged.objects.filter(revision=revision).count()
    return Stage(
        "evaluation",
        Text(
            f"{judged} af {wanted} mål og tiltag er vurderet.", f"{judged} of {wanted} targets and actions are judged."
        ),
        judged >= wanted,
    )


def _account(revision: Revision, today: date) -> Stage:
    account = inventories.current_account()
    if account is None:
        return Stage("account", Text("Der er intet regnskab endnu.", "There is no account yet."), False)
    year, age = account.last_year, today.year - account.last_year
    return Stage(
        "account",
        Text(f"Regnskabet er for {year}: {age} år gammelt, højst {INVENTORY_YEARS} er tilladt.",
             f"The account is of {year}: {age} years old, {INVENTORY_YEARS} at most are allowed."),
        age <= INVENTORY_YEARS,
    )  # fmt: skip


def _risk(revision: Revision, today: date) -> Stage:
    latest = risk_assessed_on(revision.plan)
    if latest is None:
        return Stage("risk", Text("Planen har ingen dateret risikovurdering.",
                                  "The plan has no dated risk assessment."), False)  # fmt: skip
    return Stage(
        "risk",
        Text(f"Risikovurderingen er fra {latest:%d.%m.%Y}.", f"The risk assessment is of {latest}."),
        today <= years_after(latest, RISK_YEARS),
    )


def _targets(revision: Revision) -> Stage:
    held = compared(revision, revision.new or revision.plan)
    weaker = sum(is_weaker(each) for each in held)
    if not held:
        said = Text(
            "Den gamle plan har ingen mål, der kan sammenlignes.", "The old plan has no target to compare with."
        )
        return Stage("targets", said, None)
    if weaker:
        said = Text(f"{weaker} af {len(held)} mål vil mindre end før.", f"{weaker} of {len(held)} targets want less.")
    else:
        said = Text("Intet mål vil mindre end før.", "No target wants less than before.")
    return Stage("targets", said, weaker == 0)


def _actions(revision: Revision) -> Stage:
    figures = plans.outcome(revision.plan)
    over = [year for year in sorted(figures.allowed or ()) if (figures.manko_in(year) or -1.0) > 0.0]
    if not figures.computed:
        return Stage("actions", Text("Planen kan ikke regnes endnu.", "The plan cannot be computed yet."), False)
    years = ", ".join(map(str, over))
    said = (
        Text(f"Der er manko i {years}.", f"There is a gap in {years}.")
        if over
        else Text("Der er ingen manko i målårene.", "There is no gap in the target years.")
    )
    return Stage("actions", said, None if over else True)


def _involvement(revision: Revision) -> Stage:
    number = len(contents(revision.plan, "stakeholder"))
    said = Text(f"{number} interessenter er skrevet ind.", f"{number} stakeholders are written down.")
    return Stage("involvement", said, None if number else False)


def _adoption(revision: Revision) -> Stage:
    found = Adoption.objects.filter(plan=revision.plan, version__number__gt=revision.old.number).last()
    if found is None or found.state == Adoption.State.PENDING:
        return Stage("adoption", Text("Rådet har ikke besluttet noget om den nye plan endnu.",
                                      "The council has decided nothing about the new plan yet."), False)  # fmt: skip
    day = found.decided_on
    return Stage(
        "adoption",
        Text(f"Besluttet {day:%d.%m.%Y}, sag {found.case_number}.", f"Decided on {day}, case {found.case_number}."),
        True,
    )


def _recertification(revision: Revision) -> Stage:
    case = Case.objects.filter(plan=revision.plan, opened_at__gte=revision.opened_at).last()
    if case is None:
        return Stage("recertification", Text("Ingen sag om certificering er åbnet.",
                                             "No case of certification has been opened."), False)  # fmt: skip
    name = STATE_NAMES[State(case.state)]
    return Stage("recertification", Text(f"Sagen: {name.da}.", f"The case: {name.en}."), case.state == State.CERTIFIED)


def _comparison(revision: Revision) -> Stage:
    shown = revision.new is not None and revision.new.state == PlanVersion.State.PUBLISHED
    said = (
        Text("Den nye plan er offentliggjort, og forskellen kan ses af alle.",
             "The new plan is published, and everybody can see the difference.")
        if shown
        else Text("Den nye plan er ikke offentliggjort.", "The new plan is not published.")
    )  # fmt: skip
    return Stage("comparison", said, shown)
