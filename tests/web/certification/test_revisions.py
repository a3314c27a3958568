"""From an old plan to a new one: when it is due, what became of the old one, and that the new one wants no less."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from klimaplan.domain.certification.due import Why
from klimaplan.domain.certification.revising import Fate
from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.refusal import NotAllowed
from klimaplan.web.audit.models import Event
from klimaplan.web.certification.models import Judged, Revision
from klimaplan.web.certification.revisions import selectors
from klimaplan.web.certification.revisions.services import Said, close_revision, open_revision, record_rule
from klimaplan.web.certification.revisions.services import judge as judge_all
from klimaplan.web.plans import selectors as plans_read
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan, PlanVersion
from web.plans.conftest import action, fixed

pytestmark = pytest.mark.django_db

WASTE = "I.4.4/waste_incineration"


def target(year: int, level: float) -> dict[str, Any]:
    return {"year": year, "level": level, "source": "byrådet"}


@pytest.fixture
def old(plan: Plan, kaja: User) -> PlanVersion:
    """A published plan: 80,000 t in 2030, nothing in 2050, two actions."""
    for content in (target(2030, 80_000.0), target(2050, 0.0)):
        plans.add_part(plan=plan, kind="target", content=content, by=kaja)
    for key in ("a01", "a02"):
        plans.add_part(plan=plan, kind="action", content=action(key, lever=[fixed(WASTE, 10.0)]), by=kaja)
    return plans.publish_version(plan=plan, by=kaja, name="Første plan")


@pytest.fixture
def revision(plan: Plan, old: PlanVersion, kaja: User) -> Revision:
    return open_revision(plan=plan, responsible="Plan og miljø", by=kaja)


def judge(  # one at a time, as most tests want it
    *, revision: Revision, kind: str, key: str, fate: Fate, by: User, reason: str = "", seen: int = 0
) -> None:
    judge_all(revision=revision, said={(kind, key): Said(fate, reason, seen=seen)}, by=by)


def change(plan: Plan, kind: str, key: str, by: User, **fields: Any) -> None:
    part = plans_read.part(plan, kind, key)
    plans.change_part(part=part, content={**part.content, **fields}, expected_version=part.version, by=by)


def test_hvidovre_is_due_five_years_after_its_first_plan(plan: Plan, people: SimpleNamespace) -> None:
    # a first plan no later than the end of 2023; the council has decided nothing
    assert selectors.situation_of(plan).due.day == date(2028, 12, 31)
    record_rule(plan=plan, decided_on=date(2026, 2, 1), in_first_year_of_term=True, by=people.secretary)
    known = selectors.situation_of(plan)
    # the first term to begin after it is 2026 to 2029
    assert (known.due.day, known.due.why) == (date(2026, 12, 31), Why.COUNCIL_TERM)


def test_a_revision_begins_with_the_published_plan_and_says_why(revision: Revision, old: PlanVersion) -> None:
    assert revision.old == old
    # the first plan is of 2023 at the latest; since then came new criteria, the tripartite and the target of 2035
    assert [each["cause"] for each in revision.causes] == ["criteria", "national-frame", "national-frame"]
    assert Event.objects.filter(what="revision.opened").count() == 1


def test_there_must_be_something_to_revise_and_somebody_responsible(plan: Plan, kaja: User) -> None:
    with pytest.raises(InputError) as refused:
        open_revision(plan=plan, responsible=" ", by=kaja)
    assert [each.code for each in refused.value.findings] == ["nothing-to-revise", "nobody-responsible"]
    assert not Revision.objects.exists()


def test_what_continues_keeps_its_key_and_is_suggested_so(revision: Revision, plan: Plan, kaja: User) -> None:
    change(plan, "action", "a02", kaja, title="Et andet navn")
    assert selectors.suggestions(revision, "action") == {"a01": Fate.CONTINUED, "a02": Fate.CHANGED}


def test_closing_says_everything_that_is_missing(revision: Revision, plan: Plan, kaja: User) -> None:
    change(plan, "target", "2030/total", kaja, level=90_000.0)
    version = plans.name_version(plan=plan, name="Ny plan", by=kaja)
    judge(revision=revision, kind="action", key="a01", fate=Fate.DROPPED, by=kaja)
    with pytest.raises(InputError) as refused:
        close_revision(revision=revision, version=version.number, by=kaja)
    found = [(each.code, each.place) for each in refused.value.findings]
    assert ("not-judged", "a02") in found
    assert ("judgement-without-reason", "a01") in found
    assert ("target-backslides", "2030/total") in found
    assert Revision.objects.get().closed_at is None


def test_a_weaker_target_passes_with_its_reason(revision: Revision, plan: Plan, kaja: User) -> None:
    change(plan, "target", "2030/total", kaja, level=90_000.0)
    version = plans.name_version(plan=plan, name="Ny plan", by=kaja)
    for key in ("a01", "a02"):
        judge(revision=revision, kind="action", key=key, fate=Fate.CONTINUED, by=kaja)
    judge(revision=revision, kind="target", key="2030/total", fate=Fate.CHANGED, reason="Nyt regnskab.", by=kaja)
    judge(revision=revision, kind="target", key="2050/total", fate=Fate.CONTINUED, by=kaja)
    closed = close_revision(revision=revision, version=version.number, by=kaja)
    assert (closed.new, closed.closed_at is not None) == (version, True)
    with pytest.raises(InputError) as refused:
        judge(revision=revision, kind="action", key="a01", fate=Fate.DONE, by=kaja, seen=1)
    assert [each.code for each in refused.value.findings] == ["revision-closed"]


def test_two_who_judge_the_same_action_do_not_lose_each_other(
    revision: Revision, kaja: User, people: SimpleNamespace
) -> None:
    judge(revision=revision, kind="action", key="a01", fate=Fate.DONE, by=kaja)
    with pytest.raises(InputError) as refused:
        judge(revision=revision, kind="action", key="a01", fate=Fate.CONTINUED, by=people.karl)
    assert [each.code for each in refused.value.findings] == ["judged-meanwhile"]
    assert Judged.objects.get().fate == "done"


def test_of_several_judgements_all_are_kept_or_none(revision: Revision, kaja: User, people: SimpleNamespace) -> None:
    judge(revision=revision, kind="action", key="a02", fate=Fate.DONE, by=people.karl)
    both = {("action", "a01"): Said(Fate.DONE), ("action", "a02"): Said(Fate.CONTINUED)}
    with pytest.raises(InputError) as refused:
        judge_all(revision=revision, said=both, by=kaja)
    assert [(each.code, each.place) for each in refused.value.findings] == [("judged-meanwhile", "a02")]
    assert [each.key for each in Judged.objects.all()] == ["a02"]


def test_only_what_stood_in_the_old_plan_is_judged(revision: Revision, plan: Plan, kaja: User) -> None:
    plans.add_part(plan=plan, kind="action", content=action("a03"), by=kaja)
    with pytest.raises(InputError) as refused:
        judge(revision=revision, kind="action", key="a03", fate=Fate.CONTINUED, by=kaja)
    assert [each.code for each in refused.value.findings] == ["not-in-the-old-plan"]


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"own_years": 6}, ["revision-years-out-of-range"]),
        ({}, ["revision-rule-empty"]),
        ({"own_years": 4, "decided_on": timezone.localdate() + timedelta(1)}, ["decision-day-ahead"]),
    ],
)
def test_rules_that_cannot_be(given: dict[str, Any], codes: list[str], plan: Plan, people: SimpleNamespace) -> None:
    with pytest.raises(InputError) as refused:
        record_rule(**{"plan": plan, "decided_on": date(2026, 1, 1), "by": people.secretary, **given})
    assert [each.code for each in refused.value.findings] == codes


def test_who_may_not_edit_the_plan_neither_opens_nor_judges_nor_closes(
    revision: Revision, plan: Plan, people: SimpleNamespace
) -> None:
    for name in (
        "owner",
        "contact",
        "reader",
        "secretary",
        "neighbour",
        "adviser",
        "reviewer",
        "signatory",
        "stranger",
    ):
        person = getattr(people, name)
        for tried in (
            lambda person=person: open_revision(plan=plan, responsible="x", by=person),
            lambda person=person: judge(revision=revision, kind="action", key="a01", fate=Fate.DONE, by=person),
            lambda person=person: close_revision(revision=revision, version=1, by=person),
        ):
            with pytest.raises(NotAllowed):
                tried()
    assert not Judged.objects.exists()


def test_a_gap_and_new_risk_data_call_for_a_revision_too(plan: Plan, kaja: User) -> None:
    plans.add_part(plan=plan, kind="target", content=target(2030, 50_000.0), by=kaja)
    plans.add_part(plan=plan, kind="risk_assessment", content={"title": "Risiko", "made_on": "2021-05-01"}, by=kaja)
    situation = selectors.situation_of(plan).situation
    # 121,145 t in 2023, 50,000 t allowed, 66,929 t expected without a plan: 16,929 of 71,145 t are missing
    assert situation.gap_share == pytest.approx(16_929 / 71_145, abs=1e-4)
    assert (situation.risk_assessed_on, situation.risk_data_published) == (date(2021, 5, 1), date(2025, 12, 31))
    causes = [str(each.cause) for each in selectors.triggers_of(selectors.situation_of(plan))]
    assert causes == ["gap", "criteria", "risk", "national-frame", "national-frame"]


def test_a_risk_assessment_after_the_data_calls_for_nothing(plan: Plan, kaja: User) -> None:
    plans.add_part(plan=plan, kind="risk_assessment", content={"title": "Risiko", "made_on": "2026-05-01"}, by=kaja)
    assert "risk" not in [str(each.cause) for each in selectors.triggers_of(selectors.situation_of(plan))]
