"""What the API answers of a published plan: the version, its actions and what they come to."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from klimaplan.web.plans.selectors import sectors_of
from klimaplan.web.public.plan_published import Published, published


class Words(Schema):
    da: str
    en: str


class PlanVersionLine(Schema):
    """Which version is shown, and the fingerprint it was frozen with."""

    number: int
    name: str
    published_at: datetime
    sha256: str


class PlanTarget(Schema):
    """A target of the plan for all sectors together; `manko` is negative where the plan does better."""

    year: int
    allowed: float
    planned: float | None
    manko: float | None


class PlanActionLine(Schema):
    """An action; `effect` is t CO2e in each of the years, negative where it lowers emissions; null: not computed."""

    key: str
    title: str
    description: str
    sectors: list[str]
    owner: str
    progress: str
    effect: list[float] | None


class PlanRemaining(Schema):
    """A stream that still emits, or takes up, in the last year."""

    stream: str
    name: Words
    tonnes: float
    reason: str
    solver: Words


class PlanAnswer(Schema):
    """A published plan with its results against the account in force. Amounts are t CO2e."""

    municipality: str
    name: str
    title: str
    demo: bool = Field(description="Whether the plan is invented")
    version: PlanVersionLine
    account: str = Field(description="Fingerprint of the account it was computed with")
    computed: bool = Field(description="False where the plan no longer fits the account; results are then empty")
    years: list[int]
    baseline: dict[str, list[float]]
    pathway: dict[str, list[float]]
    targets: list[PlanTarget]
    actions: list[PlanActionLine]
    residual_year: int | None
    emitted: float | None
    taken_up: float | None
    remaining: list[PlanRemaining]


def plan(code: str) -> PlanAnswer:
    """The published plan of a municipality; `UnknownCodeError` where there is none."""
    shown = published(code)
    figures = shown.figures
    return PlanAnswer(
        municipality=shown.code,
        name=shown.name,
        title=shown.title,
        demo=shown.demo,
        version=PlanVersionLine(
            number=shown.number, name=shown.label, published_at=shown.at, sha256=shown.sha256
        ),
        account=figures.account,
        computed=figures.computed,
        years=list(figures.years),
        baseline={name: list(values) for name, values in (figures.baseline or {}).items()},
        pathway={name: list(values) for name, values in (figures.pathway or {}).items()},
        targets=_targets(shown),
        actions=[_action(shown, each) for each in shown.actions],
        residual_year=figures.residual_year,
        emitted=figures.emitted,
        taken_up=figures.taken_up,
        remaining=[
            PlanRemaining(
                stream=each.stream, name=Words(da=each.name.da, en=each.name.en), tonnes=each.tonnes,
                reason=each.reason, solver=Words(da=each.solver.da, en=each.solver.en),
            )
            for each in figures.remaining
        ],
    )  # fmt: skip


def _targets(shown: Published) -> list[PlanTarget]:
    figures = shown.figures
    return [
        PlanTarget(year=year, allowed=allowed, planned=figures.pathway_in(year), manko=figures.manko_in(year))
        for year, allowed in sorted((figures.allowed or {}).items())
    ]


def _action(shown: Published, content: dict[str, object]) -> PlanActionLine:
    sectors = sorted(sectors_of(content))
    effect = (shown.figures.effects or {}).get(str(content["key"])) if sectors else None
    return PlanActionLine(
        key=str(content["key"]),
        title=str(content["title"]),
        description=str(content.get("description", "")),
        sectors=sectors,
        owner=str(content.get("owner", "")),
        progress=str(content.get("progress", "idea")),
        effect=None if effect is None else list(effect),
    )
