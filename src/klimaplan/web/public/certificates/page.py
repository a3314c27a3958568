"""The page of a certificate: what was certified by which set, and how anybody can compute its hash again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from klimaplan.reference import load
from klimaplan.web.audit.canonical import canonical
from klimaplan.web.certification import decided
from klimaplan.web.certification.cases import selectors
from klimaplan.web.certification.cases.certificate import is_intact
from klimaplan.web.certification.models import Certificate
from klimaplan.web.certification.pages import words
from klimaplan.web.certification.pages.words import DECISIONS
from klimaplan.web.config.errors import language
from klimaplan.web.workspace.wording import read


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One criterion and what was found."""

    code: str
    wording: str
    score: str
    score_code: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """Everything on the page.

    Parameters
    ----------
    follows : hash of a later certificate of the same municipality; empty for the latest
    """

    sha256: str
    code: str
    name: str
    title: str
    demo: bool
    version: int
    version_sha256: str
    issued: datetime
    rounds: int
    criteria: str
    official: bool
    reservation: str
    intact: bool
    lines: tuple[ScoreLine, ...]
    counts: tuple[tuple[str, int], ...]
    steps: tuple[tuple[str, str, datetime], ...]
    follows: str


@dataclass(frozen=True, slots=True)
class Teaser:
    """What the page of a municipality says of certificate and council."""

    certified: decided.Certified | None
    council: decided.CouncilDecision | None
    decision: str

    def __bool__(self) -> bool:
        return self.certified is not None or self.council is not None


def certificate_page(sha256: str) -> CertificatePage:
    """The page; `UnknownCodeError` where there is no such certificate."""
    made = selectors.certificate(sha256)
    content = made.content
    of = load.criteria_set(content["criteria"])
    wordings = {each.id: read(each.wording) for each in of.criteria}
    lines = tuple(
        ScoreLine(
            each.id, wordings[each.id], str(words.SCORES[content["scores"][each.id]["score"]]),
            content["scores"][each.id]["score"], bool(content["scores"][each.id]["argument_accepted"]),
        )
        for each in of.criteria if each.id in content["scores"]
    )  # fmt: skip
    counts = Counter(each.score_code for each in lines)
    latest = selectors.certificates_of(made.case.plan.organisation).filter(case__plan=made.case.plan).first()
    return CertificatePage(
        made.sha256, content["municipality"]["code"], made.case.plan.organisation.name(language()),
        content["plan"]["title"], bool(content["plan"]["demo"]), content["plan"]["version"], content["plan"]["sha256"],
        made.issued_at, content["rounds"], read(of.name), of.official, read(of.reservation), is_intact(made), lines,
        tuple((str(name), counts[code]) for code, name in words.SCORES.items() if counts[code]),
        tuple(_step(each) for each in content["steps"]),
        latest.sha256 if latest and latest != made else "",
    )  # fmt: skip


def written(sha256: str) -> bytes:
    """The content as it is hashed: the SHA-256 of these bytes is the hash of the certificate."""
    made: Certificate = selectors.certificate(sha256)
    return canonical(made.content).encode("ascii")


def teaser(code: str) -> Teaser:
    """Certificate and decision of a municipality."""
    found = decided.decided(code)
    return Teaser(found.certified, found.council, str(DECISIONS[found.council.state]) if found.council else "")


def _step(step: dict[str, Any]) -> tuple[str, str, datetime]:
    return words.step_name(step["step"]), words.state_name(step["state"]), datetime.fromisoformat(step["at"])
