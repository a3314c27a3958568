"""The certificate: everything that was certified, in one content with a hash anybody can compute again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from klimaplan.web.audit.canonical import in_utc
from klimaplan.web.certification.cases.facts import latest_scores
from klimaplan.web.certification.models import Case, Certificate, StepTaken
from klimaplan.web.plans.stored import digest

FORMAT = "klimaplan-certificate/1"


def content_of(case: Case, issued: datetime) -> dict[str, Any]:
    """What the certificate of a case that was signed just now says. Steps stand in it without the people's names."""
    if case.version is None:
        raise ValueError(f"case {case.pk} was signed without a version")
    steps = StepTaken.objects.filter(case=case).order_by("number")
    return {
        "format": FORMAT,
        "municipality": {"code": case.plan.organisation.code, "name": case.plan.organisation.name_da},
        "plan": {"title": case.plan.title, "version": case.version.number, "sha256": case.version.sha256,
                 "demo": case.plan.demo},
        "criteria": case.criteria,
        "rounds": case.round,
        "scores": {
            code: {"score": each.score, "argument_accepted": each.argument_accepted}
            for code, each in sorted(latest_scores(case).items())
        },
        "steps": [{"step": each.step, "state": each.after, "at": in_utc(each.at)} for each in steps],
        "issued_at": in_utc(issued),
    }  # fmt: skip


def is_intact(certificate: Certificate) -> bool:
    """Whether the content still has its hash, and the version it speaks of is still the one that was certified."""
    version = certificate.case.version
    return (
        digest(certificate.content) == certificate.sha256
        and version is not None
        and digest(version.content) == certificate.content["plan"]["sha256"]
    )
