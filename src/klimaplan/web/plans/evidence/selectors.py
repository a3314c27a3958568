"""Reading evidence: who may, and only the very bytes that were handed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.web.accounts.permissions import Permission, PlanState, require
from klimaplan.web.accounts.permissions import Person as Reader
from klimaplan.web.plans.evidence import store
from klimaplan.web.plans.evidence.sniffing import MEDIA, FileKind
from klimaplan.web.plans.models import EvidenceFile, Plan


@dataclass(frozen=True, slots=True)
class Download:
    """A file to send out: always as an attachment, with `X-Content-Type-Options: nosniff`."""

    name: str
    media: str
    content: bytes


def files(plan: Plan) -> QuerySet[EvidenceFile]:
    return EvidenceFile.objects.filter(plan=plan).select_related("by")


def download(user: Reader, plan: Plan, digest: str) -> Download:
    """One file of a plan.

    Raises
    ------
    NotAllowed, UnknownCodeError
    InputError : the bytes are gone or changed
    """
    require(user, Permission.PLAN_READ, organisation=plan.organisation, state=PlanState(plan.state))
    found = EvidenceFile.objects.filter(plan=plan, sha256=digest).first()
    if found is None:
        raise UnknownCodeError(Finding(
            "evidence-unknown", digest[:12],
            Text("Planen har ingen sådan fil.", "The plan has no such file."),
            Text("", ""),
            Text("Vælg en fra listen.", "Choose one from the list."),
        ))  # fmt: skip
    return Download(found.name, MEDIA[FileKind(found.kind)], store.fetch(found.sha256))
