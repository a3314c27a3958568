"""Plans and parts that begin as a copy: a new plan, a variant, a measure of the library, another's published action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans import stored
from klimaplan.web.plans.contents.kinds import ACTION, HEAD, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.copying import bringing
from klimaplan.web.plans.copying.templates import filled_in
from klimaplan.web.plans.models import Plan, PlanPart, PlanVersion
from klimaplan.web.plans.parts.checking import checked, key_for
from klimaplan.web.plans.parts.services import next_position
from klimaplan.web.plans.responsible.services import keep_responsible
from klimaplan.web.plans.stored import Piece
from klimaplan.web.plans.writes.services import finish, locked, may, once, put_new

LOCAL = ("owner", "decision", "progress", "known")
"""What another municipality's action says of itself only."""

NOT_COPIED = frozenset({"evidence", "budget_line", "funding", "staff", "milestone"})
"""What hangs on an action and is of its municipality only."""


@once
def create_plan(
    *, organisation: Organisation, title: str, by: User, demo: bool = False, why: str = "", idempotency_key: str = ""
) -> Plan:
    """A plan with nothing but its head.

    Raises
    ------
    NotAllowed, InputError : the organisation is no municipality, or the title cannot be used
    """
    if organisation.kind != Organisation.Kind.MUNICIPALITY:
        raise InputError(_no_municipality(organisation))
    plan = Plan(organisation=organisation, title=title[:300], demo=demo, created_at=timezone.now(), created_by=by)
    may(by, Permission.PLAN_EDIT, plan)
    given = {"municipality": organisation.code, "title": title, **({"demo": True} if demo else {})}
    head = checked(plan, kind_of(HEAD), given, HEAD)
    plan.save()
    put_new(plan, HEAD, "plan", head, position=0, by=by)
    finish(plan, by=by, what="plan.created", after={"title": title}, why=why)
    return plan


@once
def create_variant(*, plan: Plan, title: str, by: User, why: str = "", idempotency_key: str = "") -> Plan:
    """A copy of a plan to try something out in; what is said about the plan stays with the plan."""
    plan = locked(plan)
    may(by, Permission.PLAN_EDIT, plan)
    first = plan.variant_of or plan
    variant = Plan(
        organisation=plan.organisation, title=title[:300], demo=plan.demo, variant_of=first,
        created_at=timezone.now(), created_by=by,
    )  # fmt: skip
    pieces = [each for each in stored.pieces_of(plan) if each.kind != "evidence"]
    head = next(each.content for each in pieces if each.kind == HEAD)
    checked(variant, kind_of(HEAD), {**head, "title": title}, HEAD)
    variant.save()
    positions: dict[str, int] = {}
    for each in pieces:
        content = {**each.content, "title": title} if each.kind == HEAD else each.content
        position = positions[each.kind] = positions.get(each.kind, -1) + 1
        part = put_new(variant, each.kind, each.key, content, position=position, by=by, origin=each.origin)
        if each.kind == ACTION:
            keep_responsible(origin=PlanPart.objects.get(plan=plan, kind=ACTION, key=each.key), copy=part)
    finish(variant, by=by, what="plan.variant-created", after={"title": title, "of": plan.pk}, why=why)
    return variant


@once
def add_from_library(  # noqa: PLR0913  # all that a measure asks for
    *, plan: Plan, slug: str, amounts: Mapping[str, Any], by: User, start: int | None = None, variant: str = "",
    source: str = "", title: str = "", key: str = "", why: str = "", idempotency_key: str = "",
) -> PlanPart:  # fmt: skip
    """An action by a measure of the library: the municipality says how much, the library the rest.

    Parameters
    ----------
    amounts : amount → number, as in a plan file
    start : the last year with nothing in place; a measure without an effect needs none

    Raises
    ------
    UnknownCodeError : no such measure or variant
    InputError : an amount that is absent, unknown or not a number; all of them at once
    NotAllowed
    """
    plan = locked(plan)
    may(by, Permission.PLAN_EDIT, plan)
    chosen = key or free_key(plan)
    given = filled_in(slug, chosen, amounts, start=start, variant=variant, source=source, title=title)
    content = checked(plan, kind_of(ACTION), given, f"{ACTION} {chosen}")
    _require_free(plan, chosen)
    part = put_new(plan, ACTION, chosen, content, position=next_position(plan, ACTION), by=by, origin={"measure": slug})
    finish(plan, by=by, what="plan.part-added", kind=ACTION, key=chosen, after=content, why=why)
    return part


@once
def copy_from_plan(
    *, plan: Plan, version: PlanVersion, keys: Iterable[str], by: User, leave_effect: bool = False, why: str = "",
    idempotency_key: str = "",
) -> tuple[PlanPart, ...]:  # fmt: skip
    """Actions of a published plan with what hangs on them; where they are from is kept with them.

    What the other municipality says of itself only (owner, decision, progress, money, people) is left behind. The
    shared assumptions that an action uses come along, those of a name that is taken under another one. Streams are
    those of this municipality: what it has not is told, never guessed.

    Parameters
    ----------
    leave_effect : copy what cannot be computed here without its effect, which is then written anew

    Raises
    ------
    NotAllowed, InputError : the version is not published, has no such action, or one cannot be computed here
    """
    plan = locked(plan)
    may(by, Permission.PLAN_EDIT, plan)
    if version.state != PlanVersion.State.PUBLISHED:
        raise InputError(_not_published(version))
    pieces, wanted = stored.pieces_of(version), list(dict.fromkeys(keys))
    actions = {each.key: each for each in pieces if each.kind == ACTION}
    if unknown := [key for key in wanted if key not in actions]:
        raise InputError([_no_action(key) for key in unknown])
    baggage = bringing.Baggage(plan, pieces, _origin(version), by)
    made, faults = [], []
    for key in wanted:
        part, wrong = _copied(baggage, actions[key], leave_effect=leave_effect)
        _keep_at_home(version, key, part)
        made.append(part)
        faults += wrong
    if faults:
        raise InputError(faults)  # and the transaction takes back what was copied
    after = {"from": _origin(version), "keys": {old: new.key for old, new in zip(wanted, made, strict=True)}}
    finish(plan, by=by, what="plan.parts-copied", kind=ACTION, after=after, why=why)
    return tuple(made)


def _keep_at_home(version: PlanVersion, key: str, copy: PlanPart) -> None:
    """Those who keep an action up to date keep its copy, unless it goes to another municipality."""
    there = PlanPart.objects.filter(plan=version.plan, kind=ACTION, key=key).first()
    if there is not None and version.plan.organisation == copy.plan.organisation:
        keep_responsible(origin=there, copy=copy)


def free_key(plan: Plan, wanted: str = "") -> str:
    """A key that no action of the plan has or had: the wanted one, or the next number."""
    taken = set(PlanPart.objects.filter(plan=plan, kind=ACTION).values_list("key", flat=True))
    if wanted and wanted not in taken:
        return wanted
    number = 1 + max((int(key[1:]) for key in taken if key[:1] == "a" and key[1:].isdigit()), default=0)
    return f"a{number:03d}"


def _copied(baggage: bringing.Baggage, action: Piece, *, leave_effect: bool) -> tuple[PlanPart, list[Finding]]:
    """The new action, and why it cannot be computed here."""
    plan, key = baggage.plan, free_key(baggage.plan, action.key)
    content: Plain = {name: value for name, value in action.content.items() if name not in LOCAL} | {"key": key}
    content, brought = baggage.parameters(content)
    wrong = baggage.faults(key, content)
    if any(each.code == "supply-factor-missing" for each in wrong) and (more := baggage.supply(content)):
        brought += more
        wrong = baggage.faults(key, content)
    origin: Plain = {**baggage.origin, "key": action.key}
    if wrong and leave_effect:
        baggage.leave()
        content, brought = bringing.without_effect(content), []
        origin["without_effect"] = [{"da": each.what.da, "en": each.what.en} for each in wrong]
        wrong = ()
    if brought:
        origin["brought"] = brought
    baggage.put()
    part = put_new(
        plan, ACTION, key, checked(plan, kind_of(ACTION), content, f"{ACTION} {action.key}"),
        position=next_position(plan, ACTION), by=baggage.by, origin=origin,
    )  # fmt: skip
    for each in baggage.pieces:
        if each.content.get("action") == action.key and each.kind not in NOT_COPIED:
            _copy_beside(plan, each, key, {**baggage.origin, "key": each.key}, baggage.by)
    title = str(action.content.get("title", action.key))
    return part, [replace(each, place=title) for each in wrong]


def _copy_beside(plan: Plan, piece: Piece, action: str, origin: Plain, by: User) -> None:
    """Something that hangs on a copied action."""
    kind = kind_of(piece.kind)
    content = {name: value for name, value in piece.content.items() if name != "goals"}
    content["action"] = action
    key = key_for(plan, kind, content, piece.kind)
    put_new(plan, piece.kind, key, content, position=next_position(plan, piece.kind), by=by, origin=origin)


def _origin(version: PlanVersion) -> Plain:
    plan = version.plan
    return {
        "organisation": plan.organisation.slug, "plan": plan.pk, "title": plan.title, "version": version.number,
        "sha256": version.sha256, "demo": plan.demo,
    }  # fmt: skip


def _require_free(plan: Plan, key: str) -> None:
    if PlanPart.objects.filter(plan=plan, kind=ACTION, key=key).exists():
        raise InputError(_finding("key-taken", key, Text(f"{key} findes allerede i planen.", f"{key} is in the plan.")))


def _finding(code: str, place: str, what: Text, remedy: Text = Text("", "")) -> Finding:  # noqa: B008  # it is frozen
    return Finding(code, place, what, Text("Intet er ændret.", "Nothing was changed."), remedy)


def _no_municipality(organisation: Organisation) -> Finding:
    return _finding(
        "plan-without-municipality", str(organisation.slug),
        Text("Kun kommuner har planer.", "Only municipalities have plans."),
        Text("Vælg en kommune.", "Choose a municipality."),
    )  # fmt: skip


def _not_published(version: PlanVersion) -> Finding:
    return _finding(
        "version-not-published", str(version.number),
        Text("Versionen er ikke offentliggjort.", "The version is not published."),
        Text("Vælg en offentliggjort version.", "Choose a published version."),
    )  # fmt: skip


def _no_action(key: str) -> Finding:
    return _finding(
        "action-unknown", key,
        Text("Den plan har intet sådant tiltag.", "That plan has no such action."),
        Text("Vælg fra listen over dens tiltag.", "Choose from the list of its actions."),
    )  # fmt: skip
