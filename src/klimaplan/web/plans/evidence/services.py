"""What can be done with evidence: hand in a file for a plan or one of its actions."""

from __future__ import annotations

import re

from django.utils import timezone

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission
from klimaplan.web.plans.contents.kinds import ACTION, kind_of
from klimaplan.web.plans.evidence import store
from klimaplan.web.plans.evidence.sniffing import sniff
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanPart
from klimaplan.web.plans.parts.checking import checked, key_for
from klimaplan.web.plans.parts.services import next_position
from klimaplan.web.plans.writes.services import finish, locked, may, once, put_new

KIND = "evidence"
LONGEST_NAME = 200
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069<>]")


@once
def add_evidence(  # noqa: PLR0913  # what a piece of evidence is made of
    *, plan: Plan, content: bytes, name: str, by: User, title: str = "", action: str | None = None, note: str = "",
    public: bool = False, why: str = "", idempotency_key: str = "",
) -> PlanPart:  # fmt: skip
    """A file as evidence; the same file again is kept once.

    Raises
    ------
    NotAllowed
    InputError : it is too large, of no kind that is taken, broken, active or infected; nothing is kept then
    """
    plan = locked(plan)
    of_action = action and PlanPart.objects.filter(plan=plan, kind=ACTION, key=action).first()
    may(by, Permission.PLAN_UPDATE_ACTION, plan, about=of_action or None)
    if len(content) > store.largest():
        raise InputError(too_large())
    kind, called = sniff(content), shown_name(name)
    digest, scanned = store.keep(content)
    if not EvidenceFile.objects.filter(plan=plan, sha256=digest).exists():
        EvidenceFile.objects.create(
            plan=plan, sha256=digest, kind=str(kind), size=len(content), name=called, scanned=scanned, by=by,
            at=timezone.now(),
        )  # fmt: skip
    given = {"title": title or called, "file": digest, "note": note, "public": public}
    form = kind_of(KIND)
    plain = checked(plan, form, given if action is None else {**given, "action": action}, KIND)
    key = key_for(plan, form, plain, KIND)
    part = put_new(plan, KIND, key, plain, position=next_position(plan, KIND), by=by)
    finish(plan, by=by, what="plan.evidence-added", kind=KIND, key=key, after={**plain, "size": len(content)}, why=why)
    return part


def shown_name(name: str) -> str:
    """A name that can be shown: the last part of a path, without what nobody sees.

    >>> shown_name("..\\\\..\\\\budget 2027.xlsx"), shown_name("/etc/passwd"), shown_name("\\x00")
    ('budget 2027.xlsx', 'passwd', 'file')
    """
    last = re.split(r"[/\\]", name)[-1]
    return _UNSEEN.sub("", last).strip()[:LONGEST_NAME] or "file"


def too_large() -> Finding:
    most = f"{store.largest() / 1_000_000:g}"
    return Finding(
        "evidence-too-large", "file",
        Text(f"Filen er større end {most.replace('.', ',')} MB.", f"The file is larger than {most} MB."),
        Text("Den er ikke gemt.", "It was not kept."),
        Text("Del den, eller gem den i lavere opløsning.", "Split it, or save it at a lower resolution."),
    )  # fmt: skip
