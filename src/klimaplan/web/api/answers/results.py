"""What a plan comes to and what differs between two, as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from klimaplan.web.api.answers.shapes import FindingSeen, Seen, Spoken, example
from klimaplan.web.plans.results import comparing
from klimaplan.web.plans.results.figures import Figures


class RemainingSeen(Seen):
    """A stream that still emits, or takes up, in the last year; t CO2e."""

    model_config = example(
        stream="V.3/total", name={"da": "Dyr", "en": "Livestock"}, tonnes=812.5, baseline=1020.0, reason="no-action",
        solver={"da": "Kommunen", "en": "The municipality"}, estimated=False,
    )  # fmt: skip

    stream: str
    name: Spoken
    tonnes: float
    baseline: float
    reason: str
    solver: Spoken
    estimated: bool


class OutcomeSeen(Seen):
    """The live result of a plan in t CO2e; `computed` is false where errors stand in the way, which `findings` name."""

    model_config = example(
        digest="6d1b…", account="2f0c…", computed=True, findings=[], years=[2023, 2024],
        baseline={"total": [150_000.0, 148_000.0]}, pathway={"total": [150_000.0, 146_500.0]},
        effects={"a01": [0.0, -1_500.0]}, overlap=[0.0, 0.0], target_years=[2024], target_path=[145_000.0],
        manko=[1_500.0], allowed={"2024": 145_000.0}, residual_year=2024, emitted=146_500.0, taken_up=0.0, remaining=[],
    )  # fmt: skip

    digest: str = Field(description="Of what was computed with; with the same digest and account the same figures")
    account: str = Field(description="The snapshot of the account; empty where there is none")
    computed: bool
    findings: list[FindingSeen]
    years: list[int]
    baseline: dict[str, list[float]] | None
    pathway: dict[str, list[float]] | None
    effects: dict[str, list[float]] | None = Field(description="Action → its share; they add up to pathway − baseline")
    overlap: list[float]
    target_years: list[int]
    target_path: list[float]
    manko: list[float]
    allowed: dict[int, float] | None
    residual_year: int | None
    emitted: float | None
    taken_up: float | None
    remaining: list[RemainingSeen]

    @classmethod
    def of(cls, figures: Figures) -> OutcomeSeen:
        return cls(
            digest=figures.digest, account=figures.account, computed=figures.computed,
            findings=[FindingSeen.of(each) for each in figures.findings], years=list(figures.years),
            baseline=_listed(figures.baseline), pathway=_listed(figures.pathway), effects=_listed(figures.effects),
            overlap=list(figures.overlap), target_years=list(figures.target_years),
            target_path=list(figures.target_path), manko=list(figures.manko), allowed=figures.allowed,
            residual_year=figures.residual_year, emitted=figures.emitted, taken_up=figures.taken_up,
            remaining=[
                RemainingSeen(
                    stream=each.stream, name=Spoken.of(each.name), tonnes=each.tonnes, baseline=each.baseline,
                    reason=each.reason, solver=Spoken.of(each.solver), estimated=each.estimated,
                )
                for each in figures.remaining
            ],
        )  # fmt: skip


class PairSeen(Seen):
    """A number on both sides; the difference is the second less the first, null where one is missing."""

    model_config = example(first=150_000.0, second=146_500.0, difference=-3_500.0)

    first: float | None
    second: float | None
    difference: float | None

    @classmethod
    def of(cls, pair: comparing.Pair) -> PairSeen:
        return cls(first=pair.first, second=pair.second, difference=pair.difference)


class FieldDiffers(Seen):
    """One field before and after; null where it is at its default."""

    model_config = example(name="owner", label={"da": "Ansvarlig", "en": "Owner"}, before="Teknik", after="Miljø")

    name: str
    label: Spoken
    before: Any
    after: Any


class PartDiffers(Seen):
    """One part that was added, removed or changed."""

    model_config = example(kind="action", key="a01", title="Ladestandere", change="changed", fields=[])

    kind: str
    key: str
    title: str
    change: str
    fields: list[FieldDiffers]


class SpendingDiffers(Seen):
    """What the actions cost together, in DKK of one price year; how many have a figure on each side."""

    model_config = example(
        price_year=2026, capex={"first": None, "second": 2e6, "difference": None},
        opex={"first": None, "second": None, "difference": None}, named_first=0, named_second=1,
    )  # fmt: skip

    price_year: int | None
    capex: PairSeen
    opex: PairSeen
    named_first: int
    named_second: int


class ComparisonSeen(Seen):
    """Two plans or versions, in words and in t CO2e."""

    model_config = example(
        words=[{"da": "Tiltag a01, Ladestandere: er ny.", "en": "Action a01, Ladestandere: is new."}], parts=[],
        pathway={"2030": {"first": 150_000.0, "second": 146_500.0, "difference": -3_500.0}}, manko={}, effects={},
        costs=[],
    )  # fmt: skip

    words: list[Spoken]
    parts: list[PartDiffers]
    pathway: dict[int, PairSeen]
    manko: dict[int, PairSeen]
    effects: dict[str, dict[int, PairSeen]]
    costs: list[SpendingDiffers]

    @classmethod
    def of(cls, found: comparing.Comparison) -> ComparisonSeen:
        return cls(
            words=[Spoken.of(each) for each in found.words],
            parts=[_part(each) for each in found.parts],
            pathway=_pairs(found.pathway),
            manko=_pairs(found.manko),
            effects={key: _pairs(pairs) for key, pairs in found.effects.items()},
            costs=[
                SpendingDiffers(
                    price_year=each.price_year, capex=PairSeen.of(each.capex), opex=PairSeen.of(each.opex),
                    named_first=each.named_first, named_second=each.named_second,
                )
                for each in found.costs
            ],
        )  # fmt: skip


def _pairs(pairs: Mapping[int, comparing.Pair]) -> dict[int, PairSeen]:
    return {year: PairSeen.of(pair) for year, pair in pairs.items()}


def _part(change: comparing.PartChange) -> PartDiffers:
    return PartDiffers(
        kind=change.kind, key=change.key, title=change.title, change=str(change.change),
        fields=[
            FieldDiffers(name=each.name, label=Spoken.of(each.label), before=each.before, after=each.after)
            for each in change.fields
        ],
    )  # fmt: skip


def _listed(table: dict[str, tuple[float, ...]] | None) -> dict[str, list[float]] | None:
    return None if table is None else {name: list(values) for name, values in table.items()}
