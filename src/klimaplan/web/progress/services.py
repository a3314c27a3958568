"""What can be done with links: make one, withdraw it, and report through it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from klimaplan.domain.errors import InputError, UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, require
from klimaplan.web.audit.services import record
from klimaplan.web.plans.contents.kinds import ACTION, kind_of
from klimaplan.web.plans.contents.reading import plain_of, read_content
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.parts.checking import checked, key_for
from klimaplan.web.plans.parts.services import clash_of, next_position, place_of
from klimaplan.web.plans.staleness import Clash, Stale
from klimaplan.web.plans.writes.services import finish, locked, may, put_changed, put_new
from klimaplan.web.progress import findings, tokens
from klimaplan.web.progress.models import LinkGrant, Report
from klimaplan.web.progress.saying import Said, with_report
from klimaplan.web.progress.selectors import open_link

MOST_DAYS = 180
LONGEST_RECIPIENT = 80

__all__ = ["Clash", "Made", "Said", "Stale", "make_link", "report", "revoke_link"]


@dataclass(frozen=True, slots=True)
class Made:
    """A link and the token that only it carries: it is shown once, and kept nowhere."""

    grant: LinkGrant
    token: str


@transaction.atomic
def make_link(*, plan: Plan, action: str, recipient: str, days: int, by: User, language: str = "da") -> Made:
    """A link with which the recipient reports on one action, for some days.

    Raises
    ------
    NotAllowed : the person may not send links, or could not report on the action themselves
    InputError : no recipient, or too long a time
    UnknownCodeError : the plan has no such action
    """
    plan = locked(plan)
    require(by, Permission.LINK_SEND, organisation=plan.organisation)
    part = PlanPart.objects.filter(plan=plan, kind=ACTION, key=action, removed=False).first()
    may(by, Permission.PLAN_UPDATE_ACTION, plan, about=part)
    if part is None:
        raise UnknownCodeError(findings.action_unknown(action))
    recipient = " ".join(recipient.split())
    faults = []
    if not 1 <= len(recipient) <= LONGEST_RECIPIENT or not recipient.isprintable():
        faults.append(findings.recipient_missing())
    if not 1 <= days <= MOST_DAYS:
        faults.append(findings.days_out_of_range(MOST_DAYS))
    if faults:
        raise InputError(faults)
    token, digest = tokens.new()
    now = timezone.now()
    grant = LinkGrant.objects.create(
        part=part, recipient=recipient, language=language, token_sha256=digest, made_by=by, made_at=now,
        expires_at=now + timedelta(days=days),
    )  # fmt: skip
    record(
        by=by, what="link.made", object_kind="plan-action", object_key=f"{plan.pk}/{part.key}",
        after={"link": grant.pk, "expires": grant.expires_at.date()}, organisation=plan.organisation.slug,
    )  # fmt: skip
    return Made(grant, token)


@transaction.atomic
def revoke_link(*, grant: LinkGrant, by: User, why: str = "") -> LinkGrant:
    """Make a link stop working at once; what was reported through it stays.

    Raises
    ------
    NotAllowed
    """
    plan = locked(grant.part.plan)
    require(by, Permission.LINK_SEND, organisation=plan.organisation)
    kept = LinkGrant.objects.select_related("part").get(pk=grant.pk)
    if kept.revoked_at is None:
        kept.revoked_at = timezone.now()
        kept.save(update_fields=["revoked_at"])
        record(
            by=by, what="link.revoked", object_kind="plan-action", object_key=f"{plan.pk}/{kept.part.key}",
            after={"link": kept.pk}, why=why, organisation=plan.organisation.slug,
        )  # fmt: skip
    return kept


@transaction.atomic
def report(*, token: str, said: Said, base_version: int, form: str) -> Report:
    """What somebody without an account says of the action of their link. The same form sent twice is one report.

    Parameters
    ----------
    base_version : of the action as the form showed it
    form : which copy of the form it is

    Raises
    ------
    UnknownCodeError : the link cannot be used (any more)
    Stale : somebody has changed the same fields meanwhile; nothing is written
    InputError : what is wrong with what was said
    """
    plan = locked(open_link(token).part.plan)
    grant = open_link(token)  # as it is now that nobody else changes the plan
    wanted = said.as_record()
    for known in Report.objects.filter(grant=grant, form=form):
        if known.said == wanted:
            return known
    part = grant.part
    part.plan = plan
    _require_whole(part, said)
    content = _merged(part, said, base_version)
    barrier = _barrier(plan, part, said)
    if content != part.content:
        before = part.content
        put_changed(part, content, by=None)
        finish(plan, by=None, label=grant.label, what="plan.part-changed", kind=ACTION, key=part.key, before=before,
               after=content, why=said.note)  # fmt: skip
    if barrier is not None:
        key = key_for(plan, kind_of("barrier"), barrier, "barrier")
        put_new(plan, "barrier", key, barrier, position=next_position(plan, "barrier"), by=None)
        finish(plan, by=None, label=grant.label, what="plan.part-added", kind="barrier", key=key, after=barrier)
    made = Report.objects.create(grant=grant, form=form, said=wanted, at=timezone.now())
    grant.last_used_at = made.at
    grant.save(update_fields=["last_used_at"])
    record(
        by=None, label=grant.label, what="link.reported", object_kind="plan-action",
        object_key=f"{plan.pk}/{part.key}", after={"link": grant.pk, **wanted}, organisation=plan.organisation.slug,
    )  # fmt: skip
    return made


def _require_whole(part: PlanPart, said: Said) -> None:
    """A number has a unit, and a barrier a kind."""
    unit = said.unit or part.content.get("known", {}).get("activity_unit", "")
    faults = [findings.unit_missing()] if said.activity is not None and not unit else []
    if bool(said.barrier) != bool(said.barrier_kind):
        faults.append(findings.barrier_incomplete())
    if faults:
        raise InputError(faults)


def _merged(part: PlanPart, said: Said, base_version: int) -> dict[str, object]:
    """The action with what was said and what others have changed since the form was shown."""
    kept = clash_of(part, part.content, base_version).base or {}
    mine = plain_of(read_content(kind_of(ACTION), with_report(kept, said), place_of(part)))
    clash = clash_of(part, mine, base_version)
    if clash.overlaps or clash.merged is None:
        raise Stale([clash])
    return checked(part.plan, kind_of(ACTION), clash.merged, place_of(part))


def _barrier(plan: Plan, part: PlanPart, said: Said) -> dict[str, object] | None:
    """The barrier that was named, unless the plan names it already."""
    if not said.barrier:
        return None
    wanted = {"action": part.key, "kind": said.barrier_kind, "description": said.barrier}
    content = checked(plan, kind_of("barrier"), wanted, "barrier")
    there = PlanPart.objects.filter(plan=plan, kind="barrier", removed=False).values_list("content", flat=True)
    alike = {(each.get("action"), each["kind"], each["description"]) for each in there}
    return None if (part.key, said.barrier_kind, said.barrier) in alike else content
