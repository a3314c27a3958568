"""Every operation × every role × no token, one without the scope, one with it: held against the table of permissions.

What each operation asks for stands here once more, written by hand; who has it, in `accounts/permissions.csv`.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from klimaplan.web.api.site import api
from klimaplan.web.plans.models import Plan
from web.api.conftest import EVERY_SCOPE, Program, action

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

TABLE = Path(__file__).parents[1] / "accounts" / "permissions.csv"

ROLES = {
    "kaja": "coordinator", "owner": "action_owner", "contact": "department_contact", "reader": "reader",
    "secretary": "council_secretary", "adviser": "dgo_adviser", "lead": "dgo_lead", "reviewer": "reviewer",
    "signatory": "c40_signatory", "analyst": "analyst", "secretariat": "secretariat", "administrator": "administrator",
}  # fmt: skip
"""The people around Hvidovre; `neighbour` and `stranger` have nothing to do with it."""

NEVER, ANYBODY = "", "anybody"


@dataclass(frozen=True)
class Op:
    """What an operation asks for: a scope, a permission, and whether the plan or case must be one that may be read.

    `state` is that of the plan the permission is asked for: a draft, or S for what was handed in. `only` are the people
    who may where no permission alone says so; `told` is what the description says instead of the permission.
    """

    method: str
    path: str
    scope: str
    needs: str = ANYBODY
    body: Any = None
    match: str = ""
    in_plan: bool = True
    in_case: bool = False
    state: str = "D"
    only: frozenset[str] | None = None
    told: str = ""
    writes: bool = True


PR, PW, CW, HR, HW = "plan:read", "plan:write", "comment:write", "people:read", "people:write"
P, PART = "/plans/{plan}", "/plans/{plan}/parts/{part}"
CR, TW, DW, MW = "certification:read", "certification:write", "decisions:write", "profile:write"
ANSWERED, REVIEWED = "/cases/{answered}", "/cases/{reviewed}"
HOME = "/organisations/hvidovre"
OVERSEES = frozenset({*ROLES, "neighbour"}) - {"analyst", "administrator"}
"""The overview shows nobody a municipality whose plan they may not read before it is published."""
FILE = {"format": "klimaplan-plan/1", "plan": {"municipality": "167", "title": "Fra fil"}}
WHY = {"why": "Prøve"}
BOOK = json.dumps(FILE).encode()

OPERATIONS: dict[str, Op] = {
    "who_am_i": Op("GET", "/me", "", in_plan=False),
    "what_may_i": Op("GET", "/organisations/hvidovre/permissions", "", in_plan=False),
    "list_organisations": Op("GET", "/organisations", "", in_plan=False),
    "list_published_plans": Op("GET", "/published-plans", "", in_plan=False),
    "read_published_plan": Op("GET", "/published-plans/{plan}", "", in_plan=False),
    "list_part_kinds": Op("GET", "/part-kinds", "", in_plan=False),
    "read_library": Op("GET", "/library", "", in_plan=False),
    "list_plans": Op("GET", "/plans", PR, in_plan=False),
    "create_plan": Op("POST", "/plans", PW, "plan.edit", {"organisation": "hvidovre", "title": "Ny"}, in_plan=False),
    "read_plan": Op("GET", P, PR, "plan.read"),
    "list_variants": Op("GET", f"{P}/variants", PR, "plan.read"),
    "create_variant": Op("POST", f"{P}/variants", PW, "plan.edit", {"title": "Uden"}),
    "read_outcome": Op("GET", f"{P}/outcome", PR, "plan.read"),
    "compare_plans": Op("GET", f"{P}/comparison/{{variant}}", PR, "plan.read"),
    "read_plan_file": Op("GET", f"{P}/file", PR, "plan.read"),
    "apply_plan_file": Op("PUT", f"{P}/file", PW, "plan.edit", {"file": FILE}, "plan"),
    "list_activity": Op("GET", f"{P}/activity", PR, "plan.read"),
    "list_parts": Op("GET", f"{P}/parts", PR, "plan.read"),
    "add_part": Op("POST", f"{P}/parts", PW, "plan.edit", {"kind": "vision", "content": {"text": "x"}}),
    "read_part": Op("GET", PART, PR, "plan.read"),
    "change_part": Op("PUT", PART, PW, "plan.edit", {"content": action(owner="X")}, "part"),
    "remove_part": Op("DELETE", PART, PW, "plan.edit", None, "part"),
    "restore_part": Op("POST", f"{P}/parts/{{gone}}/restore", PW, "plan.edit", WHY),
    "merge_part": Op("POST", f"{PART}/merge", PW, "plan.edit",
                     {"content": action(owner="X"), "base_version": 1}, "part"),
    "list_part_history": Op("GET", f"{PART}/history", PR, "plan.read"),
    "change_parts": Op("POST", f"{P}/bulk-changes", PW, "plan.edit",
                       {"kind": "action", "expected": {"a01": 1}, "fields": {"owner": "X"}}),
    "read_order": Op("GET", f"{P}/order/action", PR, "plan.read"),
    "change_order": Op("PUT", f"{P}/order/action", PW, "plan.edit", {"keys": ["a01"]}, "plan"),
    "add_from_library": Op("POST", f"{P}/library", PW, "plan.edit", {"measure": "business-accounts"}),
    "copy_actions": Op("POST", f"{P}/copies", PW, "plan.edit", {"published_plan": "{plan}", "keys": ["a01"]}),
    "list_versions": Op("GET", f"{P}/versions", PR, "plan.read"),
    "keep_version": Op("POST", f"{P}/versions", PW, "plan.edit", {"name": "Til høring"}),
    "read_version": Op("GET", f"{P}/versions/1", PR, "plan.read"),
    "restore_version": Op("POST", f"{P}/versions/1/restore", PW, "plan.edit", WHY, "plan"),
    "publish_plan": Op("POST", f"{P}/publish", PW, "plan.publish", {"name": "Vedtaget"}, "plan"),
    "compare_versions": Op("GET", f"{P}/comparison?first=1&second=now", PR, "plan.read"),
    "list_comments": Op("GET", f"{P}/comments", PR, "plan.read"),
    "say": Op("POST", f"{P}/comments", CW, "plan.comment", {"text": "Godt"}),
    "resolve_comment": Op("POST", f"{P}/comments/{{comment}}/resolve", CW, "plan.comment"),
    "list_tasks": Op("GET", f"{P}/tasks", PR, "plan.read"),
    "add_task": Op("POST", f"{P}/tasks", CW, "plan.update-action", {"title": "Ring", "due": "2027-01-01"}),
    "complete_task": Op("POST", f"{P}/tasks/{{task}}/complete", CW, "plan.update-action", WHY),
    "reopen_task": Op("POST", f"{P}/tasks/{{done}}/reopen", CW, "plan.update-action", WHY),
    "list_responsible": Op("GET", f"{PART}/responsible", PR, "plan.read"),
    "assign_action": Op("POST", f"{PART}/responsible", PW, "plan.edit", {"person": "{reporter}"}),
    "unassign_action": Op("POST", f"{PART}/responsible/end", PW, "plan.edit", {"person": "{keeper}"}),
    "list_evidence": Op("GET", f"{P}/evidence", PR, "plan.read"),
    "add_evidence": Op("POST", f"{P}/evidence", PW, "plan.update-action", {"file!": b"Mere"}),
    "read_evidence": Op("GET", f"{P}/evidence/{{file}}", PR, "plan.read"),
    "list_links": Op("GET", f"{P}/links", PR, "link.send"),
    "make_link": Op("POST", f"{P}/links", PW, "link.send", {"action": "a01", "recipient": "Vej og Park"}),
    "revoke_link": Op("POST", f"{P}/links/{{link}}/revoke", PW, "link.send", WHY),
    "list_reports": Op("GET", f"{P}/reports", PR, "link.send"),
    "list_people": Op("GET", "/organisations/hvidovre/people", HR, "people.read", in_plan=False),
    "list_invitations": Op("GET", "/organisations/hvidovre/invitations", HR, "people.invite", in_plan=False),
    "invite": Op("POST", "/organisations/hvidovre/invitations", HW, "people.invite",
                 {"email": "anden@example.org", "role": "reader"}, in_plan=False),
    "withdraw_invitation": Op("POST", "/organisations/hvidovre/invitations/{invitation}/withdraw", HW, "people.invite",
                              in_plan=False),
    "end_role": Op("POST", "/organisations/hvidovre/roles/{role}/end", HW, "people.invite", WHY, in_plan=False),
    "list_departments": Op("GET", "/organisations/hvidovre/departments", HR, "people.read", in_plan=False),
    "add_department": Op("POST", "/organisations/hvidovre/departments", HW, "organisation.edit", {"name": "Natur"},
                         in_plan=False),
    "close_department": Op("POST", "/organisations/hvidovre/departments/{department}/close", HW, "organisation.edit",
                           WHY, in_plan=False),
    "list_events": Op("GET", "/events", "audit:read", "audit.read", in_plan=False),
}  # fmt: skip


def of_case(method: str, path: str, scope: str, needs: str, body: Any = None, match: str = "", **more: Any) -> Op:
    return Op(method, path, scope, needs, body, match, in_plan=False, in_case=True, **more)


def of_reviewers(method: str, path: str, scope: str, body: Any = None, **more: Any) -> Op:
    return of_case(method, path, scope, "plan.assess", body, state="S", **more)


OPERATIONS |= {
    "change_profile": Op("PUT", "/me/profile", MW, body={"name": "Ny", "language": "en"}, in_plan=False),
    "read_letters": Op("GET", "/me/letters", "", in_plan=False),
    "change_letters": Op("PUT", "/me/letters", MW, body={"pace": "daily"}, in_plan=False),
    "list_unread": Op("GET", "/me/unread", PR, in_plan=False),
    "put_comment_aside": Op("POST", f"{P}/comments/{{comment}}/put-aside", CW, "plan.read"),
    "rename_department": Op("POST", f"{HOME}/departments/{{department}}/rename", HW, "organisation.edit",
                            {"name": "Park"}, in_plan=False),
    "list_contacts": Op("GET", f"{HOME}/contacts", HR, "people.read", in_plan=False),
    "place_contact": Op("POST", f"{HOME}/contacts/{{placed}}/place", HW, "organisation.edit",
                        {"department": "{department}"}, in_plan=False),
    "write_workbook": Op("POST", f"{P}/workbook", PR, "plan.read"),
    "preview_workbook": Op("POST", f"{P}/workbook/preview", PW, "plan.edit", {"file!": BOOK}, writes=False),
    "apply_workbook": Op("POST", f"{P}/workbook/apply", PW, "plan.edit", {"file!": BOOK}, "plan"),
    "list_cases": Op("GET", f"{P}/cases", CR, "plan.read"),
    "list_desk": Op("GET", "/desk", CR, in_plan=False),
    "open_case": Op("POST", f"{P}/cases", TW, "plan.submit", {}),
    "read_case": of_case("GET", ANSWERED, CR, ANYBODY),
    "take_step": of_case("POST", f"{ANSWERED}/steps", TW, "plan.submit",
                         {"step": "withdraw", "seen": 2, "reason": "Fortrudt"},
                         told="plan.submit, plan.assess or plan.sign"),
    "read_case_version": of_case("GET", f"{ANSWERED}/version", CR, ANYBODY),
    "read_case_differences": of_case("GET", f"{ANSWERED}/differences", CR, ANYBODY),
    "read_case_file": of_case("GET", f"{ANSWERED}/files/{{letter}}", CR, ANYBODY),
    "list_colleagues": of_reviewers("GET", f"{REVIEWED}/colleagues", CR),
    "hand_over": of_reviewers("POST", f"{REVIEWED}/reviewer", TW, {"person": "{colleague}"}),
    "add_second_reviewer": of_reviewers("POST", f"{REVIEWED}/second-reviewer", TW, {"person": "{colleague}"}),
    "read_case_criteria": of_case("GET", f"{ANSWERED}/criteria", CR, ANYBODY),
    "read_case_criterion": of_case("GET", f"{ANSWERED}/criteria/K1", CR, ANYBODY),
    "score_oneself": of_case("PUT", f"{ANSWERED}/criteria/K1/own-score", TW, "plan.edit", {"score": "met"}, "nothing"),
    "score_criterion": of_reviewers("PUT", f"{REVIEWED}/criteria/K1/score", TW, {"score": "met"}),
    "list_questions": of_case("GET", f"{ANSWERED}/questions", CR, ANYBODY),
    "ask_question": of_reviewers("POST", f"{REVIEWED}/questions", TW, {"criterion": "K1", "text": "Hvem?"}),
    "take_back_question": of_reviewers("POST", f"{REVIEWED}/questions/{{unsent}}/take-back", TW),
    "reply_to_question": of_case("POST", f"{ANSWERED}/questions/{{question}}/reply", TW, "plan.edit", {"text": "Ja."}),
    "list_adoptions": Op("GET", f"{P}/adoptions", CR, "plan.read"),
    "record_adoption": Op("POST", f"{P}/adoptions", DW, "plan.record-decision",
                          {"version": 1, "state": "adopted", "on": "2026-03-01", "case_number": "26/1"}),
    "list_commitments": Op("GET", f"{P}/commitments", CR, "plan.read"),
    "record_commitment": Op("POST", f"{P}/commitments", DW, "plan.record-decision",
                            {"file!": b"Tilsagn", "signed_on": "2020-10-01", "case_reference": "20/1"}),
    "record_revision_rule": Op("POST", f"{P}/revision-rules", DW, "plan.record-decision",
                               {"decided_on": "2026-03-01", "own_years": 4}),
    "list_revisions": Op("GET", f"{P}/revisions", CR, "plan.read"),
    "open_revision": Op("POST", f"{P}/revisions", TW, "plan.edit", {"responsible": "Kaja"}),
    "read_revision": Op("GET", "/plans/{revised}/revision", CR, "plan.read"),
    "judge_old_plan": Op("POST", "/plans/{revised}/revisions/{revision}/judgements", TW, "plan.edit",
                         {"parts": [{"kind": "action", "key": "a01", "fate": "done", "seen": 1}]}),
    "close_revision": Op("POST", "/plans/{revised}/revisions/{revision}/close", TW, "plan.edit", {"version": 1}),
    "read_assessment": Op("GET", f"{P}/assessment", CR, "plan.read"),
    "read_overview": Op("GET", "/overview", CR, "plan.read", in_plan=False, only=OVERSEES),
}  # fmt: skip

READS_ONLY = {name for name, op in OPERATIONS.items() if op.method == "GET" or not op.writes}


def table() -> dict[tuple[str, str], str]:
    with TABLE.open(newline="", encoding="utf-8") as file:
        return {
            (role, row["permission"]): cell
            for row in csv.DictReader(file)
            for role, cell in row.items()
            if role != "permission"
        }


def has(role: str, permission: str, state: str = "D") -> bool:
    """Whether a role has a permission on Hvidovre, whose plan is in a state; on what is not its own action."""
    scope, _, states = table()[role, permission].partition(" ")
    return scope in ("own", "members", "all") and (not states or state in states) and not (
        # what they hold in their own organisation is not held in Hvidovre
        scope == "own" and role in ("dgo_adviser", "dgo_lead")
    )  # fmt: skip


def expected(name: str, op: Op) -> int:
    """The status of the answer to a token with the scope."""
    role = ROLES.get(name)
    if op.in_plan and (role is None or not has(role, "plan.read")):
        return 404
    if op.in_case and (role is None or not (has(role, "plan.read", "D") or has(role, "plan.read", "S"))):
        return 404
    if op.only is not None:
        return 200 if name in op.only else 403
    if op.needs != ANYBODY and (role is None or not has(role, op.needs, op.state)):
        return 403
    return 201 if op.method == "POST" and operation_of(op)["responses"].keys() >= {201} else 200


def described() -> dict[str, dict[str, Any]]:
    """The operations of the description that ask for a token, by their id."""
    return {
        operation["operationId"]: {**operation, "method": method.upper()}
        for methods in api.get_openapi_schema()["paths"].values()
        for method, operation in methods.items()
        if "security" in operation
    }


DESCRIBED = described()


def operation_of(op: Op) -> dict[str, Any]:
    return DESCRIBED[next(name for name, each in OPERATIONS.items() if each is op)]


def rows() -> str:
    """How many rows every table has, and at which revision every plan is."""
    tables = sorted({
        model._meta.db_table for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in ("sessions.Session",)
    })  # fmt: skip
    counts = ", ".join(f'(SELECT COUNT(*) FROM "{name}")' for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        found = dict(zip(tables, cursor.fetchone(), strict=True))
    return repr((found, list(Plan.objects.order_by("pk").values_list("pk", "revision", "state"))))


def ask(program: Program, op: Op, things: SimpleNamespace) -> Any:
    named = {name: value if isinstance(value, str) else value.pk for name, value in vars(things).items()}
    body = op.body
    if isinstance(body, dict) and "file!" in body:
        name = "plan.json" if body["file!"] is BOOK else "mere.txt"
        body = {**body, "file!": SimpleUploadedFile(name, body["file!"])}
    elif isinstance(body, dict):
        body = {
            key: named[value[1:-1]] if isinstance(value, str) and value[:1] == "{" else value
            for key, value in body.items()
        }
    match = {"plan": f'"{things.plan.revision}"', "part": '"1"', "nothing": '"0"'}.get(op.match)
    headers = {} if match is None else {"If_Match": match}
    return program.ask(op.method, op.path.format(**named), body, **headers)


def test_the_table_names_every_operation_with_its_scope_and_permission() -> None:
    assert set(OPERATIONS) == set(DESCRIBED)
    for name, op in OPERATIONS.items():
        told = DESCRIBED[name]
        assert (told["method"], told["x-scope"]) == (op.method, op.scope), name
        needs = op.told or (op.needs if op.needs != ANYBODY else told["x-permission"])
        assert told["x-permission"] == needs, name


@pytest.mark.parametrize("name", [*ROLES, "neighbour", "stranger"])
def test_scope_and_role_are_both_needed_and_a_refusal_changes_nothing(
    name: str, certified: SimpleNamespace, people: SimpleNamespace
) -> None:
    things = certified
    user = getattr(people, name)
    programs = {scope: Program(user, tuple(each for each in EVERY_SCOPE if each != scope)) for scope in EVERY_SCOPE}
    everything = Program(user)
    ask(everything, OPERATIONS["who_am_i"], things)
    before = rows()
    for called, op in OPERATIONS.items():
        if op.scope:
            refused = ask(programs[op.scope], op, things)
            assert refused.status_code == 403, called
            assert refused.json()["findings"][0]["place"] == op.scope
            assert rows() == before, called
        with transaction.atomic():
            answer = ask(everything, op, things)
            assert answer.status_code == expected(name, op), f"{name} {called}: {answer.content[:300]}"
            if answer.status_code >= 400:
                finding = answer.json()["findings"][0]
                assert len(finding["message"]["da"]) > 20, called
                assert rows() == before, called
            elif called not in READS_ONLY:
                assert rows() != before, called
            else:
                assert rows() == before, called
            transaction.set_rollback(True)


@pytest.mark.parametrize("authorization", ["", "Bearer klp_" + "A" * 43, "Basic a2FqYTpoZW1tZWxpZw==", "Bearer x" * 90])
def test_without_a_token_that_works_every_operation_says_the_same(
    authorization: str, certified: SimpleNamespace
) -> None:  # fmt: skip
    nobody = Program()
    if authorization:
        nobody.headers["Authorization"] = authorization
    before, answers = rows(), set()
    for called, op in OPERATIONS.items():
        caches["default"].clear()
        answer = ask(nobody, op, certified)
        assert answer.status_code == 401, called
        assert answer["WWW-Authenticate"] == 'Bearer realm="klimaplan"'
        answers.add(answer.content)
    assert len(answers) == 1
    assert rows() == before


def test_whoever_is_logged_in_in_a_browser_asks_nothing_here(things: SimpleNamespace, people: SimpleNamespace) -> None:
    browser = Program()
    browser.client.force_login(people.kaja)
    before = rows()
    for called in ("read_plan", "say", "publish_plan"):
        assert ask(browser, OPERATIONS[called], things).status_code == 401, called
    assert rows() == before
