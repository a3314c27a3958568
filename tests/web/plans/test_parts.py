"""Parts of a plan: added, changed, put together, ordered, removed, brought back; each once, and each in the log."""

from __future__ import annotations

from typing import Any

import pytest

from klimaplan.domain.errors import InputError, UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.audit import selectors as audit
from klimaplan.web.audit.models import Event
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.models import PartRevision, Plan, PlanPart
from klimaplan.web.plans.services import Stale
from web.plans.conftest import action

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Any]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def add(plan: Plan, by: User, kind: str = "action", **content: Any) -> PlanPart:
    return services.add_part(plan=plan, kind=kind, content=content, by=by)


def test_a_new_plan_has_a_head_and_says_whose_it_is(plan: Plan) -> None:
    [head] = selectors.parts(plan, "head")
    assert head.content == {"municipality": "167", "title": "Klimaplan for Hvidovre"}
    assert (plan.title, plan.organisation.slug, plan.state, plan.demo) == (
        "Klimaplan for Hvidovre", "hvidovre", "draft", False,
    )  # fmt: skip
    assert selectors.document(plan).plan.municipality == "167"


def test_a_part_is_kept_as_a_plan_file_would_write_it(plan: Plan, kaja: User) -> None:
    part = add(plan, kaja, **action(progress="idea", owner=" Ejendomme ", resources={"capex_dkk": 100}))
    assert part.content == {
        "key": "a01",
        "title": "Tiltag a01",
        "owner": "Ejendomme",
        "resources": {"capex_dkk": 100.0},
    }
    assert (part.key, part.version, part.updated_by) == ("a01", 1, kaja)


def test_parts_without_a_name_are_numbered(plan: Plan, kaja: User) -> None:
    keys = [add(plan, kaja, "vision", text=text).key for text in ("Grøn by", "Ren luft")]
    assert keys == ["vision-1", "vision-2"]
    assert add(plan, kaja, "target", year=2030, level=1.0, source="s").key == "2030/total"
    assert add(plan, kaja, "stream", ref="II.1.1", carrier="bus", tonnes=1.0, year=2023, source="s").key == "II.1.1/bus"


def test_everything_wrong_with_a_part_is_named_at_once(plan: Plan, kaja: User) -> None:
    with pytest.raises(InputError) as refused:
        add(plan, kaja, key="a 1", title="", lever=[{"kind": "feed"}], colour="red")
    places = {finding.place for finding in refused.value.findings}
    assert {"action!action 1!key", "action!action 1!title", "action!action 1!colour"} <= {
        place.replace("action a 1!", "action 1!") for place in places
    }
    with pytest.raises(InputError) as refused:
        add(plan, kaja, "milestone", action="a09", title="Klar", due="snart")
    assert codes(refused) == ["not-a-day"]
    with pytest.raises(InputError) as refused:
        add(plan, kaja, "milestone", action="a09", title="Klar", due="2027-01-01")
    assert codes(refused) == ["reference-unknown"]
    assert PlanPart.objects.filter(plan=plan).count() == 1


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do(plan: Plan, kaja: User) -> None:
    with pytest.raises(UnknownCodeError, match="adaptation_goal"):
        add(plan, kaja, "wish", text="x")


def test_a_key_is_given_once(plan: Plan, kaja: User) -> None:
    part = add(plan, kaja, **action())
    with pytest.raises(InputError) as refused:
        add(plan, kaja, **action())
    assert codes(refused) == ["key-taken"]
    services.remove_part(part=part, expected_version=1, by=kaja)
    with pytest.raises(InputError, match="Bring it back"):
        add(plan, kaja, **action())


def test_a_plan_stays_that_of_its_municipality_and_as_real_as_it_is(plan: Plan, kaja: User) -> None:
    [head] = selectors.parts(plan, "head")
    with pytest.raises(InputError) as refused:
        services.change_part(
            part=head, content={"municipality": "101", "title": "København", "demo": True}, expected_version=1, by=kaja
        )
    assert codes(refused) == ["plan-of-another", "demo-fixed"]


def test_a_change_holds_and_is_told_with_before_and_after_and_why(plan: Plan, kaja: User) -> None:
    part = add(plan, kaja, **action())
    changed = services.change_part(
        part=part, content=action(owner="Vej og Trafik"), expected_version=1, by=kaja, why="Aftalt på mødet"
    )
    assert (changed.version, changed.content["owner"]) == (2, "Vej og Trafik")
    event = Event.objects.last()
    assert event is not None
    assert (event.what, event.object_kind, event.object_key, event.organisation, event.by_id, event.why) == (
        "plan.part-changed", "plan-action", f"{plan.pk}/a01", "hvidovre", kaja.pk, "Aftalt på mødet",
    )  # fmt: skip
    assert (event.before, event.after) == (action(), action(owner="Vej og Trafik"))
    assert [each.version for each in selectors.history(part)] == [2, 1]
    assert audit.verify() == ()


def test_the_same_content_again_is_no_change(plan: Plan, kaja: User) -> None:
    part = add(plan, kaja, **action())
    events = Event.objects.count()
    again = services.change_part(part=part, content=action(progress="idea"), expected_version=1, by=kaja)
    assert (again.version, Event.objects.count()) == (1, events)


def test_the_title_of_the_head_is_that_of_the_plan(plan: Plan, kaja: User) -> None:
    [head] = selectors.parts(plan, "head")
    services.change_part(part=head, content={**head.content, "title": "Ny plan"}, expected_version=1, by=kaja)
    plan.refresh_from_db()
    assert plan.title == "Ny plan"


def test_a_change_of_what_somebody_else_has_changed_is_stale_with_both_sides(
    plan: Plan, kaja: User, karl: User
) -> None:
    part = add(plan, kaja, **action(owner="Ejendomme"))
    services.change_part(part=part, content=action(owner="Vej og Trafik"), expected_version=1, by=karl)
    with pytest.raises(Stale) as stale:
        services.change_part(part=part, content=action(owner="Natur", indicator="MW"), expected_version=1, by=kaja)
    clash = stale.value.clash
    assert (clash.base_version, clash.current_version, clash.by) == (1, 2, "Karl")
    assert (clash.base, clash.mine, clash.theirs) == (
        action(owner="Ejendomme"), action(owner="Natur", indicator="MW"), action(owner="Vej og Trafik"),
    )  # fmt: skip
    assert clash.merged == action(owner="Vej og Trafik", indicator="MW")
    assert [overlap.field for overlap in clash.overlaps] == ["owner"]
    assert "Both you and Karl have changed owner." in str(stale.value)
    part.refresh_from_db()
    assert (part.version, part.content) == (2, action(owner="Vej og Trafik"))


def test_changes_that_do_not_overlap_are_put_together(plan: Plan, kaja: User, karl: User) -> None:
    part = add(plan, kaja, **action(owner="Ejendomme"))
    services.change_part(part=part, content=action(owner="Vej og Trafik"), expected_version=1, by=karl)
    merged = services.merge_part(
        part=part, content=action(owner="Ejendomme", indicator="MW"), base_version=1, expected_version=2, by=kaja
    )
    assert (merged.version, merged.content) == (3, action(owner="Vej og Trafik", indicator="MW"))


def test_an_overlap_is_merged_only_when_somebody_has_chosen(plan: Plan, kaja: User, karl: User) -> None:
    part = add(plan, kaja, **action(owner="Ejendomme"))
    services.change_part(part=part, content=action(owner="Vej og Trafik"), expected_version=1, by=karl)
    asked: dict[str, Any] = {
        "part": part, "content": action(owner="Natur"), "base_version": 1, "expected_version": 2, "by": kaja
    }  # fmt: skip
    with pytest.raises(Stale):
        services.merge_part(**asked)
    assert services.merge_part(**asked, choices={"owner": "mine"}).content["owner"] == "Natur"


def test_what_was_changed_once_more_since_it_was_shown_is_shown_again(plan: Plan, kaja: User, karl: User) -> None:
    part = add(plan, kaja, **action(owner="A"))
    for version, owner in ((1, "B"), (2, "C")):
        services.change_part(part=part, content=action(owner=owner), expected_version=version, by=karl)
    with pytest.raises(Stale) as stale:
        services.merge_part(
            part=part, content=action(owner="D"), base_version=1, expected_version=2, by=kaja, choices={"owner": "mine"}
        )
    assert (stale.value.clash.theirs, stale.value.clash.current_version) == (action(owner="C"), 3)


def test_a_change_of_what_was_removed_is_stale_too(plan: Plan, kaja: User, karl: User) -> None:
    part = add(plan, kaja, **action())
    services.remove_part(part=part, expected_version=1, by=karl)
    with pytest.raises(Stale, match="removed by Karl"):
        services.change_part(part=part, content=action(owner="A"), expected_version=1, by=kaja)


def test_removing_an_action_takes_what_hangs_on_it_along_and_brings_it_back(plan: Plan, kaja: User) -> None:
    part = add(plan, kaja, **action())
    other = add(plan, kaja, **action("a02"))
    gone_before = add(plan, kaja, "milestone", action="a01", title="Var væk", due="2027-01-01")
    services.remove_part(part=gone_before, expected_version=1, by=kaja)
    add(plan, kaja, "milestone", action="a01", title="Første spadestik", due="2027-06-01")
    add(plan, kaja, "milestone", action="a02", title="Den anden", due="2027-06-01")
    part = services.remove_part(part=part, expected_version=1, by=kaja)
    assert [each.key for each in selectors.parts(plan, "action")] == [other.key]
    assert [each.content["title"] for each in selectors.parts(plan, "milestone")] == ["Den anden"]
    services.restore_part(part=part, by=kaja)
    assert [each.key for each in selectors.parts(plan, "action")] == ["a01", "a02"]
    assert [each.content["title"] for each in selectors.parts(plan, "milestone")] == ["Første spadestik", "Den anden"]
    assert list(selectors.beside(plan, "a01")) == ["milestone"]


def test_removing_what_somebody_has_changed_is_stale(plan: Plan, kaja: User, karl: User) -> None:
    part = add(plan, kaja, **action())
    services.change_part(part=part, content=action(owner="A"), expected_version=1, by=karl)
    with pytest.raises(Stale):
        services.remove_part(part=part, expected_version=1, by=kaja)


def test_an_action_that_others_point_to_keeps_its_key(plan: Plan, kaja: User) -> None:
    part = add(plan, kaja, **action())
    renamed = services.change_part(part=part, content=action("a07"), expected_version=1, by=kaja)
    assert renamed.key == "a07"
    add(plan, kaja, "milestone", action="a07", title="Klar", due="2027-06-01")
    with pytest.raises(InputError) as refused:
        services.change_part(part=part, content=action("a08"), expected_version=2, by=kaja)
    assert codes(refused) == ["key-in-use"]


def test_the_order_names_all_or_nothing(plan: Plan, kaja: User) -> None:
    for key in ("a01", "a02", "a03"):
        add(plan, kaja, **action(key))
    services.reorder(plan=plan, kind="action", keys=["a03", "a01", "a02"], by=kaja)
    assert [each.key for each in selectors.parts(plan, "action")] == ["a03", "a01", "a02"]
    for keys in (["a01", "a02"], ["a01", "a02", "a03", "a03"], ["a01", "a02", "a04"]):
        with pytest.raises(InputError, match="order"):
            services.reorder(plan=plan, kind="action", keys=keys, by=kaja)
    assert [each.key for each in selectors.parts(plan, "action")] == ["a03", "a01", "a02"]


def test_many_are_changed_together_or_none(plan: Plan, kaja: User, karl: User) -> None:
    parts = [add(plan, kaja, **action(key)) for key in ("a01", "a02", "a03")]
    fields = {"owner": "Natur", "resources.staff_fte": 0.5, "progress": "decided"}
    services.bulk_change(plan=plan, kind="action", expected={"a01": 1, "a02": 1}, fields=fields, by=kaja)
    owners = [(each.key, each.content.get("owner")) for each in selectors.parts(plan, "action")]
    assert owners == [("a01", "Natur"), ("a02", "Natur"), ("a03", None)]
    services.change_part(part=parts[2], content=action("a03", owner="Karl"), expected_version=1, by=karl)
    with pytest.raises(Stale) as stale:
        services.bulk_change(
            plan=plan, kind="action", expected={"a01": 2, "a02": 1, "a03": 1}, fields={"owner": "X"}, by=kaja
        )
    assert [clash.key for clash in stale.value.clashes] == ["a02", "a03"]
    with pytest.raises(InputError) as refused:
        services.bulk_change(plan=plan, kind="action", expected={"a01": 2, "a09": 1}, fields={"key": "b"}, by=kaja)
    assert codes(refused) == ["part-unknown", "key-in-bulk"]
    services.bulk_change(plan=plan, kind="action", expected={"a01": 2}, fields={"owner": None}, by=kaja)
    assert "owner" not in selectors.part(plan, "action", "a01").content


def test_the_same_key_gives_the_same_answer_and_does_nothing_twice(plan: Plan, kaja: User, karl: User) -> None:
    asked: dict[str, Any] = {"plan": plan, "kind": "vision", "content": {"text": "Grøn by"}, "by": kaja}
    first = services.add_part(**asked, idempotency_key="k-1")
    services.change_part(part=first, content={"text": "Grønnere by"}, expected_version=1, by=karl)
    again = services.add_part(**asked, idempotency_key="k-1")
    assert (again.pk, again.version, again.content) == (first.pk, 1, {"text": "Grøn by"})
    assert PlanPart.objects.filter(plan=plan, kind="vision").count() == 1
    # another person's key is another one, another request with the key is refused
    assert services.add_part(**{**asked, "by": karl}, idempotency_key="k-1").pk != first.pk
    with pytest.raises(InputError) as refused:
        services.add_part(**{**asked, "content": {"text": "Andet"}}, idempotency_key="k-1")
    assert codes(refused) == ["idempotency-key-used"]


def test_a_request_that_failed_may_be_asked_again_with_its_key(plan: Plan, kaja: User) -> None:
    with pytest.raises(InputError):
        services.add_part(plan=plan, kind="vision", content={}, by=kaja, idempotency_key="k-2")
    part = services.add_part(plan=plan, kind="vision", content={"text": "Nu"}, by=kaja, idempotency_key="k-2")
    assert part.content == {"text": "Nu"}


def test_actions_are_found_by_sector_owner_progress_hazard_and_words(plan: Plan, kaja: User) -> None:
    heat = {"kind": "change-intensity", "stream": "I.1.1/fossil_heating", "share": {"value": 10, "unit": "%"},
            "ramp": {"shape": "linear", "start": 2025, "end": 2030}, "source": "s"}  # fmt: skip
    add(plan, kaja, **action("a01", lever=[heat], owner="Ejendomme"))
    add(
        plan,
        kaja,
        **action("a02", template="electric-cars-and-vans", progress="decided", description="Opladning ved SKOLER"),
    )
    add(plan, kaja, **action("a03", owner="Ejendomme"))
    add(plan, kaja, "answer", action="a03", hazards=["cloudburst"])

    def found(**filters: str) -> list[str]:
        return [each.key for each in selectors.parts(plan, "action", **filters)]  # type: ignore[arg-type]

    assert found(sector="energy") == ["a01"]
    assert found(owner="Ejendomme") == ["a01", "a03"]
    assert found(sector="transport") == ["a02"]
    assert found(progress="idea") == ["a01", "a03"]
    assert found(text="skoler") == ["a02"]
    assert found(hazard="cloudburst") == ["a03"]
    assert found(owner="Ejendomme", sector="energy", text="intet") == []
    assert selectors.owners(plan) == ["Ejendomme"]


def test_every_revision_stays_readable(plan: Plan, kaja: User) -> None:
    part = add(plan, kaja, **action())
    for version in range(1, 4):
        services.change_part(part=part, content=action(owner=f"Ejer {version}"), expected_version=version, by=kaja)
    kept = PartRevision.objects.filter(part=part).values_list("version", "content")
    assert [(version, content.get("owner")) for version, content in kept] == [
        (1, None), (2, "Ejer 1"), (3, "Ejer 2"), (4, "Ejer 3"),
    ]  # fmt: skip
