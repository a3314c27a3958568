"""Sets of criteria, and what a machine sees of a plan, as the API shows them."""

from __future__ import annotations

from datetime import date
from typing import Any

from klimaplan.domain.assessment.assess import Assessed, Assessment
from klimaplan.domain.assessment.criteria import CriteriaSet, Criterion
from klimaplan.domain.assessment.result import Seen as LookedAt
from klimaplan.web.api.answers.shapes import Seen, Spoken, example

NOBODY = {"da": "", "en": ""}
NAME = {"da": "CCTF 2024 i dansk brug", "en": "CCTF 2024 in Danish use"}
SET = {
    "slug": "cctf-2024-dk", "name": NAME, "publisher": "C40", "valid_from": "2024-01-01", "valid_to": None,
    "official": False, "reservation": {"da": "Rekonstrueret.", "en": "Reconstructed."}, "source": "cctf-2024",
    "follows": "capf-2020",
}  # fmt: skip
CRITERION = {
    "id": "A.1", "component": "A", "component_name": {"da": "Tilsagn", "en": "Commitment"},
    "wording": {"da": "Planen er vedtaget.", "en": "The plan is adopted."},
    "asked_for": {"da": "beslutningen", "en": "the decision"}, "weight": "essential", "checkable": "yes",
    "rule": "adopted", "parameters": {}, "confidence": "found", "earlier": [],
}  # fmt: skip
SEEN = {"kind": "target", "key": "m1", "field": "", "label": {"da": "Mål 2030", "en": "Target 2030"}, "lacks": []}
VERDICT = {
    "verdict": "met", "counted_as": "met", "why": {"da": "Der er en dato.", "en": "There is a date."},
    "remedy": NOBODY, "seen": [SEEN],
}  # fmt: skip


class CriteriaSetLine(Seen):
    """A set of criteria; `reservation` is what to say beside one that is not official."""

    model_config = example(**SET)

    slug: str
    name: Spoken
    publisher: str
    valid_from: date
    valid_to: date | None
    official: bool
    reservation: Spoken
    source: str
    follows: str

    @classmethod
    def of(cls, found: CriteriaSet) -> CriteriaSetLine:
        return cls(**_line(found))


class CriteriaSets(Seen):
    """All sets of criteria, the oldest first."""

    model_config = example(items=[SET])

    items: list[CriteriaSetLine]


class CriterionSeen(Seen):
    """One criterion, or one demand of it; `earlier` are those of the set before that it comes from."""

    model_config = example(**CRITERION)

    id: str
    component: str
    component_name: Spoken
    wording: Spoken
    asked_for: Spoken
    weight: str
    checkable: str
    rule: str
    parameters: dict[str, Any]
    confidence: str
    earlier: list[str]

    @classmethod
    def of(cls, criterion: Criterion, of: CriteriaSet) -> CriterionSeen:
        before = next((each.earlier for each in of.predecessors if each.criterion == criterion.id), ())
        return cls(
            id=criterion.id, component=criterion.component,
            component_name=Spoken.of(of.components[criterion.component]), wording=Spoken.of(criterion.wording),
            asked_for=Spoken.of(criterion.asked_for), weight=criterion.weight, checkable=criterion.checkable,
            rule=criterion.rule, parameters=dict(criterion.parameters), confidence=criterion.confidence,
            earlier=list(before),
        )  # fmt: skip


class CriteriaSetSeen(CriteriaSetLine):
    """A set of criteria, whole."""

    model_config = example(**SET, criteria=[CRITERION])

    criteria: list[CriterionSeen]

    @classmethod
    def whole(cls, found: CriteriaSet) -> CriteriaSetSeen:
        return cls(**_line(found), criteria=[CriterionSeen.of(each, found) for each in found.criteria])


class EvidenceSeen(Seen):
    """One thing a rule looked at: where it stands, what it says, and what it lacks."""

    model_config = example(**SEEN)

    kind: str
    key: str
    field: str
    label: Spoken
    lacks: list[Spoken]

    @classmethod
    def of(cls, found: LookedAt) -> EvidenceSeen:
        return cls(kind=found.at.kind, key=found.at.key, field=found.at.field, label=Spoken.of(found.label),
                   lacks=[Spoken.of(each) for each in found.lacks])  # fmt: skip


class VerdictSeen(Seen):
    """What a machine can say of a criterion: a question to people, not a judgement.

    `counted_as` is `needs-person` where a machine saw what it can and a person is left with the rest.
    """

    model_config = example(**VERDICT)

    verdict: str
    counted_as: str
    why: Spoken
    remedy: Spoken
    seen: list[EvidenceSeen]

    @classmethod
    def of(cls, found: Assessed) -> VerdictSeen:
        result = found.result
        return cls(
            verdict=result.verdict, counted_as=found.counted_as, why=Spoken.of(result.why),
            remedy=Spoken.of(result.remedy), seen=[EvidenceSeen.of(each) for each in result.seen],
        )  # fmt: skip


class AssessedSeen(VerdictSeen):
    """A criterion with what a machine says of it."""

    model_config = example(**VERDICT, criterion="A.1", wording=CRITERION["wording"], weight="essential")

    criterion: str
    wording: Spoken
    weight: str

    @classmethod
    def whole(cls, found: Assessed) -> AssessedSeen:
        of = found.criterion
        return cls(**dict(VerdictSeen.of(found)), criterion=of.id, wording=Spoken.of(of.wording), weight=of.weight)


class AssessmentSeen(Seen):
    """A plan held against a set of criteria; `overall` is the weakest of the essential ones."""

    model_config = example(set=SET, on="2026-11-24", overall="not-met", counts={"met": 12, "not-met": 3}, items=[])

    set: CriteriaSetLine
    on: date
    overall: str | None
    counts: dict[str, int]
    items: list[AssessedSeen]

    @classmethod
    def of(cls, found: Assessment, on: date) -> AssessmentSeen:
        return cls(
            set=CriteriaSetLine.of(found.criteria_set), on=on, overall=found.overall,
            counts={str(verdict): number for verdict, number in found.counts.items()},
            items=[AssessedSeen.whole(each) for each in found.rows],
        )  # fmt: skip


def _line(found: CriteriaSet) -> dict[str, Any]:
    return {
        "slug": found.slug, "name": Spoken.of(found.name), "publisher": found.publisher,
        "valid_from": found.valid_from, "valid_to": found.valid_to, "official": found.official,
        "reservation": Spoken.of(found.reservation), "source": found.source, "follows": found.follows,
    }  # fmt: skip
