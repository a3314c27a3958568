"""What everybody may read of certification: certificates by their hash, and revised plans beside the old ones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.reference import load
from klimaplan.web.api.answers.decisions import COMPARED, TargetCompared, compared
from klimaplan.web.api.answers.shapes import Seen, example
from klimaplan.web.certification.cases.certificate import is_intact
from klimaplan.web.certification.models import Certificate
from klimaplan.web.certification.revisions import selectors
from klimaplan.web.organisations.selectors import organisation_of_municipality
from klimaplan.web.public.plan_published import without_e_mail

BECAME = {
    "key": "a01", "title": "Ladestandere", "fate": "replaced", "reason": "Samlet i ét", "successor": "a09",
}  # fmt: skip


class CertificateSeen(Seen):
    """A certificate, whole; `sha256` is of the canonical JSON of `content`, `intact` whether that still holds."""

    model_config = example(
        sha256="6d1b…", issued_at="2026-11-24T09:00:00Z", intact=True, content={"format": "klimaplan-certificate/1"}
    )

    sha256: str
    issued_at: datetime
    intact: bool
    content: dict[str, Any]

    @classmethod
    def of(cls, made: Certificate) -> CertificateSeen:
        return cls(sha256=made.sha256, issued_at=made.issued_at, intact=is_intact(made), content=made.content)


class ActionBecame(Seen):
    """An action of the old plan, and what became of it."""

    model_config = example(**BECAME)

    key: str
    title: str
    fate: str
    reason: str
    successor: str


class RevisionCompared(Seen):
    """The published plan of a municipality beside the published one before it."""

    model_config = example(
        code="167", demo=False, old=2, new=4, targets=[COMPARED], actions=[BECAME], added=["Varmepumper"],
    )  # fmt: skip

    code: str
    demo: bool
    old: int
    new: int
    targets: list[TargetCompared]
    actions: list[ActionBecame]
    added: list[str]

    @classmethod
    def of_municipality(cls, code: str) -> RevisionCompared:
        """Its latest revision that ended with a published plan; `UnknownCodeError` where there is none."""
        municipality = load.find_municipality(code)
        made = selectors.published_revision(organisation_of_municipality(municipality.code))
        if made is None or made.new is None:
            raise UnknownCodeError(_none(municipality.name))
        old, new = (selectors.contents(each, "action") for each in (made.old, made.new))
        judged = selectors.judgements_of(made, "action")
        return cls(
            code=municipality.code, demo=bool(made.plan.demo), old=made.old.number, new=made.new.number,
            targets=compared(made, made.new),
            actions=[
                ActionBecame(
                    key=key, title=without_e_mail(str(content["title"])), fate=judged[key].fate,
                    reason=without_e_mail(judged[key].reason), successor=judged[key].successor,
                )
                for key, content in old.items() if key in judged
            ],
            added=[without_e_mail(str(content["title"])) for key, content in new.items() if key not in old],
        )  # fmt: skip


def _none(name: str) -> Finding:
    return Finding(
        "nothing-to-compare", name,
        Text("Kommunen har ingen revideret og offentliggjort plan.",
             "The municipality has no revised and published plan."),
        Text("", ""),
        Text("Se den plan, der gælder.", "See the plan in force."),
    )  # fmt: skip
