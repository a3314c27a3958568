"""The open API: the same pictures as the pages, as JSON. Read-only, no key."""

from __future__ import annotations

from copy import deepcopy
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from klimaplan.web.config.errors import KlimaplanError, status_of
from klimaplan.web.public import answers, plan_answers, programme_answers, schema


class DescribedOnce(NinjaAPI):
    """An API whose description is made once: it is long, and it does not change while the program runs."""

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        """As it was made for the same routers before; a copy, which whoever gets it may change."""
        for_what = (len(self._routers), repr(sorted(asked.items())))
        if for_what not in _descriptions:
            _descriptions[for_what] = super().get_openapi_schema(**asked)
        return deepcopy(_descriptions[for_what])


_descriptions: dict[tuple[int, str], OpenAPISchema] = {}

api = DescribedOnce(
    title="klimaplan",
    version="1",
    description="Emissions, baselines, targets and gaps of the 98 Danish municipalities. Amounts are t CO2e.",
    docs_url=None,
    urls_namespace="api",
)

Code = Annotated[
    str,
    # `examples` would stand both in the parameter and in its schema, which want them in different shapes
    Path(description="Municipality code, name or alias", max_length=60, example="167"),
]
Digest = Annotated[str, Query(description="First characters of a snapshot's fingerprint", max_length=64)]
Kind = Literal["region", "dgo", "type"]


class Message(Schema):
    da: str
    en: str


class FindingAnswer(Schema):
    code: str
    severity: str
    place: str
    message: Message


class Refusal(Schema):
    """What was wrong, where, and what to do, in both languages."""

    findings: list[FindingAnswer]


REFUSED = {404: Refusal, 422: Refusal}


@api.get(
    "/national",
    response={200: schema.SubjectPicture, **REFUSED},
    summary="The country as the sum of its municipalities",
)
def national(request: HttpRequest) -> schema.SubjectPicture:
    return answers.national()


@api.get("/municipalities", response={200: schema.Overview, **REFUSED}, summary="All municipalities side by side")
def municipalities(request: HttpRequest) -> schema.Overview:
    return answers.overview()


@api.get(
    "/municipalities/{code}",
    response={200: schema.SubjectPicture, **REFUSED},
    summary="Everything about one municipality",
)
def municipality(request: HttpRequest, code: Code) -> schema.SubjectPicture:
    return answers.municipality(code)


@api.get(
    "/municipalities/{code}/pathway",
    response={200: schema.PathwayAnswer, **REFUSED},
    summary="A target tried out against the baseline: what must go, and the gap",
)
def pathway(request: HttpRequest, code: Code, wish: Annotated[answers.PathwayQuery, Query()]) -> schema.PathwayAnswer:
    return answers.pathway(code, wish)


@api.get(
    "/municipalities/{code}/plan",
    response={200: plan_answers.PlanAnswer, **REFUSED},
    summary="The published plan: its version, actions and results",
)
def plan(request: HttpRequest, code: Code) -> plan_answers.PlanAnswer:
    return plan_answers.plan(code)


@api.get(
    "/groups/{kind}",
    response={200: list[answers.GroupLine], **REFUSED},
    summary="The groups of a kind and their members",
)
def groups(request: HttpRequest, kind: Kind) -> list[answers.GroupLine]:
    return answers.groups(kind)


@api.get(
    "/groups/{kind}/{slug}",
    response={200: schema.SubjectPicture, **REFUSED},
    summary="A region, an advisory network or a type",
)
def group(request: HttpRequest, kind: Kind, slug: Annotated[str, Path(max_length=60)]) -> schema.SubjectPicture:
    return answers.group(kind, slug)


@api.get(
    "/programme",
    response={200: programme_answers.ProgrammeAnswer, **REFUSED},
    summary="The course of the programme: phases, cohorts, who entered when, first plans, and what sources count",
)
def programme(request: HttpRequest) -> programme_answers.ProgrammeAnswer:
    return programme_answers.programme()


@api.get("/snapshots", response={200: list[answers.SnapshotLine], **REFUSED}, summary="Every import of the account")
def snapshots(request: HttpRequest) -> list[answers.SnapshotLine]:
    return answers.snapshots()


@api.get(
    "/differences",
    response={200: answers.Differences, **REFUSED},
    summary="What moved between two snapshots: by year, sector and municipality, and every figure",
)
def differences(request: HttpRequest, old: Digest, new: Digest) -> answers.Differences:
    return answers.differences(old, new)


@api.get("/sources", response={200: list[answers.SourceLine], **REFUSED}, summary="The bibliography")
def sources(request: HttpRequest) -> list[answers.SourceLine]:
    return answers.sources()


@api.exception_handler(KlimaplanError)
def findings_as_json(request: HttpRequest, error: KlimaplanError) -> HttpResponse:
    return api.create_response(request, answers.refusal(error.findings), status=status_of(error))


@api.exception_handler(ValidationError)
def parameters_as_findings(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return api.create_response(request, answers.refused_parameters(error.errors), status=422)
