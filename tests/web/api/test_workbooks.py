"""Workbooks by programs, and what is one's own."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klimaplan.sources.plan_files import PlanFile
from klimaplan.web.plans.exchange.base import base_of
from klimaplan.web.plans.exchange.bridge import workbook
from klimaplan.web.plans.models import PlanPart
from web.api.conftest import Program, action
from web.api.test_rules import codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def test_a_workbook_goes_out_says_where_it_is_from_and_comes_back_unchanged(
    things: SimpleNamespace, people: SimpleNamespace
) -> None:
    kajas, plan = Program(people.kaja), f"/plans/{things.plan.pk}"
    written = kajas.post(f"{plan}/workbook?language=en")
    digest = base_of(written.content)
    assert (written.status_code, written["ETag"]) == (200, f'"{digest}"')
    versions = kajas.get(f"{plan}/versions?drafts=true").json()["items"]
    assert digest in {each["sha256"] for each in versions}
    back = {"file!": SimpleUploadedFile("plan.xlsx", written.content)}
    seen = kajas.post(f"{plan}/workbook/preview", back).json()
    assert (seen["base_known"], seen["rows"]) == (True, [])


def test_what_both_sides_have_changed_is_chosen_before_a_workbook_is_applied(
    things: SimpleNamespace, people: SimpleNamespace
) -> None:
    kajas, plan = Program(people.kaja), f"/plans/{things.plan.pk}"
    digest = base_of(kajas.post(f"{plan}/workbook").content) or ""
    part = f"{plan}/parts/{things.part.pk}"
    kept = kajas.get(part).json()["content"]
    kajas.put(part, {"content": {**kept, "owner": "Natur"}}, If_Match='"1"')
    head = {"municipality": "167", "title": kajas.get(plan).json()["title"]}
    file = PlanFile.model_validate({"format": "klimaplan-plan/1", "plan": head, "action": [
        {**kept, "owner": "Vej"}, action("a09"),
    ]})  # fmt: skip
    content = workbook(file, "167", "da", base=digest)

    def sent(path: str, tag: str = "", **fields: str) -> tuple[int, dict[str, object], str]:
        body = {"file!": SimpleUploadedFile("plan.xlsx", content), **fields}
        answer = kajas.post(f"{plan}/workbook/{path}", body, **({"If_Match": tag} if tag else {}))
        return answer.status_code, answer.json(), answer.headers.get("ETag", "")

    status, seen, tag = sent("preview")
    coming = {row["key"]: row["coming"] for row in seen["rows"]}  # type: ignore[attr-defined]
    assert (status, coming["a01"], coming["a09"]) == (200, "conflicting", "added")
    [row] = [row for row in seen["rows"] if row["key"] == "a01"]  # type: ignore[attr-defined]
    assert [(each["theirs"], each["yours"]) for each in row["conflicts"]] == [({"owner": "Natur"}, {"owner": "Vej"})]
    assert sent("apply")[0] == 428
    assert sent("apply", tag)[0] == 422
    assert sent("apply", '"1"', choices='{"action": {"a01": {"owner": "yours"}}}')[0] == 412
    assert sent("apply", tag, choices='{"action": {"a01": {"owner": "mine"}}}')[0] == 422
    assert sent("apply", tag, choices=json.dumps({"action": {"a01": {"owner": "yours"}}}))[0] == 200
    assert kajas.get(part).json()["content"]["owner"] == "Vej"
    assert PlanPart.objects.filter(plan=things.plan, key="a09", removed=False).exists()


def test_ones_name_language_and_letters_are_ones_own(people: SimpleNamespace) -> None:
    kajas = Program(people.kaja)
    changed = kajas.put("/me/profile", {"name": "Kaja K.", "language": "en"})
    assert (changed.status_code, kajas.get("/me").json()["name"]) == (200, "Kaja K.")
    refused = kajas.put("/me/profile", {"name": "Kaja", "language": "en", "email": "anden@example.org"})
    assert (refused.status_code, codes(refused)) == (422, ["unknown-field"])
    assert kajas.get("/me/letters").json() == {"pace": "off"}
    assert kajas.put("/me/letters", {"pace": "weekly"}).json() == {"pace": "weekly"}
    assert kajas.get("/me/letters").json() == {"pace": "weekly"}
    assert kajas.put("/me/letters", {"pace": "hourly"}).status_code == 422


def test_a_comment_one_was_called_to_is_unread_until_it_is_put_aside(
    things: SimpleNamespace, people: SimpleNamespace
) -> None:
    kajas, karls = Program(people.kaja), Program(people.karl)
    said = kajas.post(f"/plans/{things.plan.pk}/comments", {"text": "Karl?", "mentions": [people.karl.pk]}).json()
    assert [(each["id"], each["plan"]) for each in karls.get("/me/unread").json()["items"]] == [
        (said["id"], things.plan.pk)
    ]
    karls.post(f"/plans/{things.plan.pk}/comments/{said['id']}/put-aside")
    assert karls.get("/me/unread").json()["items"] == []


def test_a_department_is_renamed_and_gets_its_contact(things: SimpleNamespace, people: SimpleNamespace) -> None:
    kajas, home = Program(people.kaja), "/organisations/hvidovre"
    renamed = kajas.post(f"{home}/departments/{things.department.pk}/rename", {"name": "Vej, Park og Natur"})
    assert renamed.json()["name"] == "Vej, Park og Natur"
    [contact] = kajas.get(f"{home}/contacts").json()["items"]
    assert (contact["person"], contact["department"]) == ("Contact", None)
    placed = kajas.post(f"{home}/contacts/{contact['role']}/place", {"department": things.department.pk})
    assert placed.json()["department"] == things.department.pk
    assert kajas.post(f"{home}/contacts/{contact['role']}/place", {"department": 999_999}).status_code == 404
