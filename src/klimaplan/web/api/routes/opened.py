"""What everybody may read of certification without a token: sets of criteria, certificates, and revised plans."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router

from klimaplan.reference import load
from klimaplan.web.api.answers.assessed import CriteriaSetLine, CriteriaSets, CriteriaSetSeen
from klimaplan.web.api.answers.opened import CertificateSeen, RevisionCompared
from klimaplan.web.certification.cases import selectors as cases
from klimaplan.web.public.api import REFUSED, Code

router = Router()

Slug = Annotated[str, Path(max_length=40, pattern="^[a-z0-9-]+$", example="cctf-2024-dk")]
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$", example="0" * 64)]


@router.get("/criteria-sets", response={200: CriteriaSets, **REFUSED}, summary="The sets of criteria, the oldest first")
def list_criteria_sets(request: HttpRequest) -> CriteriaSets:
    return CriteriaSets(items=[CriteriaSetLine.of(each) for each in load.criteria_sets().values()])


@router.get(
    "/criteria-sets/{slug}",
    response={200: CriteriaSetSeen, **REFUSED},
    summary="A set of criteria, whole: each demand, how much it weighs, and what a machine checks",
)
def read_criteria_set(request: HttpRequest, slug: Slug) -> CriteriaSetSeen:
    return CriteriaSetSeen.whole(load.criteria_set(slug))


@router.get(
    "/certificates/{sha256}",
    response={200: CertificateSeen, **REFUSED},
    summary="A certificate by its hash, and whether everything in it is still as it was certified",
)
def read_certificate(request: HttpRequest, sha256: Digest) -> CertificateSeen:
    return CertificateSeen.of(cases.certificate(sha256))


@router.get(
    "/municipalities/{code}/revision",
    response={200: RevisionCompared, **REFUSED},
    summary="The published plan of a municipality beside the published one before it",
)
def compare_revised_plan(request: HttpRequest, code: Code) -> RevisionCompared:
    return RevisionCompared.of_municipality(code)
