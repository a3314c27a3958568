"""Reading versions, and comparing two of them."""

from __future__ import annotations

from django.db.models import Max, OuterRef, QuerySet, Subquery

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.web.accounts.permissions import Permission, PlanState, decide, require
from klimaplan.web.accounts.permissions import Person as Reader
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans import stored
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.plans.results.comparing import Comparison, compared
from klimaplan.web.plans.results.selectors import outcome

PUBLISHED = PlanVersion.State.PUBLISHED


def versions(user: Reader, plan: Plan, *, drafts: bool = False) -> QuerySet[PlanVersion]:
    """The versions of a plan that somebody may read, latest first; of others than its own people the published ones.

    Their content is fetched when it is asked for.
    """
    found = PlanVersion.objects.filter(plan=plan).defer("content").order_by("-number")
    if not _reads_drafts(user, plan):
        return found.filter(state=PUBLISHED)
    return found if drafts else found.exclude(state=PlanVersion.State.DRAFT)


def version(user: Reader, plan: Plan, number: int) -> PlanVersion:
    """One version; a published one is open to everyone.

    Raises
    ------
    UnknownCodeError, NotAllowed
    """
    found = PlanVersion.objects.filter(plan=plan, number=number).select_related("plan__organisation").first()
    if found is None:
        raise UnknownCodeError(_unknown(number))
    if found.state != PUBLISHED:
        require(user, Permission.PLAN_READ, organisation=plan.organisation, state=PlanState(plan.state))
    return found


def published_versions(organisation: Organisation | None = None) -> QuerySet[PlanVersion]:
    """The latest published version of every plan, for everyone to read and copy from."""
    found = PlanVersion.objects.filter(state=PUBLISHED)
    if organisation is not None:
        found = found.filter(plan__organisation=organisation)
    latest = found.filter(plan=OuterRef("plan")).order_by("-number").values("pk")[:1]
    return (
        found.filter(pk=Subquery(latest))
        .select_related("plan__organisation")
        .defer("content")
        .order_by("plan__organisation__name_da", "plan_id")
    )


def last_published() -> int:
    """Changes whenever anything is published: what is made from published plans is kept until then."""
    return PlanVersion.objects.filter(state=PUBLISHED).aggregate(last=Max("pk"))["last"] or -1


def compare(first: Plan | PlanVersion, second: Plan | PlanVersion) -> Comparison:
    """What differs between two versions, two plans, two variants, or a version and the plan as it is now."""
    return compared(stored.pieces_of(first), stored.pieces_of(second), outcome(first), outcome(second))


def is_intact(kept: PlanVersion) -> bool:
    """Whether a version still says what it said when it was made."""
    return bool(stored.digest(kept.content) == kept.sha256)


def _reads_drafts(user: Reader, plan: Plan) -> bool:
    return decide(user, Permission.PLAN_READ, organisation=plan.organisation, state=PlanState(plan.state)).allowed


def _unknown(number: int) -> Finding:
    return Finding(
        "version-unknown", str(number),
        Text("Planen har ingen sådan version.", "The plan has no such version."),
        Text("", ""),
        Text("Vælg en fra listen over versioner.", "Choose one from the list of versions."),
    )  # fmt: skip
