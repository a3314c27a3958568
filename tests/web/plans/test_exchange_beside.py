"""What is not computed with, out to the sheets of a workbook and in again: a sheet for every kind, a cell a field."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from klimaplan.domain.errors import InputError
from klimaplan.sources.plan_files import read_shape
from klimaplan.sources.plan_files.sheets import BESIDE, SHEETS
from klimaplan.web.accounts.models import User
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.contents.kinds import COMPUTED, KINDS
from klimaplan.web.plans.exchange.base import PROPERTY, base_of
from klimaplan.web.plans.exchange.beside import KINDS_BESIDE, sheet_of
from klimaplan.web.plans.exchange.bridge import workbook
from klimaplan.web.plans.exchange.previewing import Coming, Preview, rows
from klimaplan.web.plans.exchange.reading import pieces_in_file
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.stored import Piece, file_of
from web.plans.conftest import action

pytestmark = pytest.mark.django_db

NAME = "plan.xlsx"
HOSTILE = '=HYPERLINK("http://example.org","klik")'

CONTENTS: dict[str, dict[str, Any]] = {
    "vision": {"text": "Grøn by\n\nI 2045 er vi der.", "year": 2045},
    "commitment": {"text": "Vi vil.", "by": "Byrådet", "on": "2026-03-14"},
    "answer": {"action": "a01", "hazards": ["cloudburst", "storm"], "goals": ["adaptation_goal-1"], "start": 2027},
    "sub_measure": {"action": "a01", "title": HOSTILE, "start": "2026-01-01", "progress": "decided"},
    "milestone": {"action": "a01", "title": "+1 meter", "due": "2027-06-01", "owner": "-2"},
    "budget_line": {"action": "a01", "title": "Anlæg", "year": 2027, "kind": "capex", "amount_dkk": -0.1 - 0.2},
    "funding": {"action": "a01", "funder": "eu", "name": "@LIFE", "amount_dkk": 0.0, "state": "granted"},
    "staff": {"action": "a01", "department": "Miljø; Teknik", "fte": 1 / 3, "from_year": 2026},
    "stakeholder": {"name": "Grundejere", "group": "hit-by-action", "involvement": "consult"},
    "barrier": {"kind": "economic", "description": "Der mangler penge."},
    "co_benefit": {"action": "a01", "benefit": "Mindre støj", "who": ["children", "elderly"], "theme": "place"},
    "indicator": {"name": "Varmepumper", "unit": "stk.", "target_value": 400.0, "target_year": 2030, "level": "impact"},
    "plan_link": {"title": "Varmeplan", "kind": "supports", "address": "https://example.org/plan"},
    "hazard": {"hazard": "cloudburst", "priority": True, "probability_now": "high", "trend": "rising"},
    "exposed_group": {"name": "Plejehjem", "kind": "people", "hazards": ["heat-wave"], "number": 12.0},
    "adaptation_goal": {"title": "Ingen vand i kældre", "hazards": ["cloudburst"], "horizon": "long", "year": 2050},
    "past_event": {"hazard": "cloudburst", "on": "2011-07-02", "title": "Skybruddet", "damage_dkk": 6e9},
    "action_detail": {"action": "a01", "priority": True, "tags": ["new-incineration"], "end": 2030},
    "context": {"theme": "population", "text": "Flere ældre; færre børn."},
    "risk_assessment": {"title": "Risici", "made_on": "2025-03-01", "oldest_data": "2020-02-29", "horizon": 2100},
    "powers": {"sector": "fossil", "operator": "Egne biler på el", "not_used": ["supplier"], "why_not": "Intet værk"},
    "consumption": {"category": "food", "avoid": "Mindre spild", "avoid_roles": ["operator", "facilitator.opinion"]},
    "sector_strategy": {"sector": "transport", "overview": "El", "target": "50 % elbiler", "target_year": 2030},
    "fairness": {"hazard": "cloudburst", "who": ["low-income"], "burden": "Ingen forsikring"},
    "equity_goal": {"title": "Varme alle har råd til", "theme": "wealth", "action": "a01", "indicator": "kr./md."},
    "priority_criterion": {"title": "Virkning", "weight_pct": 60.0, "scores": ["a01 = 3"]},
    "evaluation": {"title": "Midtvejs", "planned_on": "2028-06-01"},
    "publication": {"title": "Klimastatus", "on": "2026-06-01", "address": "https://example.org/status"},
    "yearly_report": {"year": 2025, "sent_on": "2026-03-01", "events": "Skybrud i juli"},
}
"""One part of every kind, some of them with text that a spreadsheet would take for a formula."""

Grids = dict[str, list[list[Any]]]


@pytest.fixture
def filled(plan: Plan, kaja: User) -> Plan:
    services.add_part(plan=plan, kind="action", content=action("a01"), by=kaja)
    for kind in sorted(CONTENTS, key=lambda kind: kind == "answer"):
        services.add_part(plan=plan, kind=kind, content=CONTENTS[kind], by=kaja)
    return plan


def changed(content: bytes, change: Callable[[Grids], None]) -> bytes:
    """The workbook as somebody saves it who has changed cells of it."""
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    change(grids)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as again:
        again.set_custom_property(PROPERTY, base_of(content) or "", "text")
        day = again.add_format({"num_format": "yyyy-mm-dd"})
        for name, grid in grids.items():
            sheet = again.add_worksheet(name)
            for number, row in enumerate(grid):
                for column, value in enumerate(row):
                    if isinstance(value, (date, datetime)):
                        sheet.write_datetime(number, column, value, day)
                    elif isinstance(value, str):
                        sheet.write_string(number, column, value)
                    else:
                        sheet.write(number, column, value)
    return file.getvalue()


def put(sheet: str, heading: str, value: Any, row: int = 1) -> Callable[[Grids], None]:
    def change(grids: Grids) -> None:
        grids[sheet][row][grids[sheet][0].index(heading)] = value

    return change


def added(sheet: str, **cells: Any) -> Callable[[Grids], None]:
    def change(grids: Grids) -> None:
        grids[sheet].append([cells.get(heading, "") for heading in grids[sheet][0]])

    return change


def out(plan: Plan, by: User, language: Any = "da") -> bytes:
    return services.export_workbook(plan=plan, language=language, by=by)


def seen(plan: Plan, content: bytes, by: User) -> Preview:
    return services.preview(plan=plan, content=content, name=NAME, by=by)


def named(preview: Preview) -> dict[str, list[str]]:
    return {coming.value: [row.key for row in preview.of(coming)] for coming in Coming if preview.of(coming)}


def apply(plan: Plan, content: bytes, by: User) -> None:
    revision = seen(plan, content, by).revision
    services.apply_workbook(plan=plan, content=content, name=NAME, by=by, expected_revision=revision)


def refused(plan: Plan, content: bytes, by: User) -> set[tuple[str, str]]:
    with pytest.raises(InputError) as faults:
        seen(plan, content, by)
    return {(finding.code, finding.place) for finding in faults.value.findings}


# -- the sheets themselves -------------------------------------------------------------------------------------------


def test_every_kind_that_is_not_computed_with_has_a_sheet_but_the_files() -> None:
    assert {kind.code for kind in KINDS_BESIDE} == set(BESIDE) == set(KINDS) - set(COMPUTED) - {"evidence"}
    assert set(CONTENTS) == set(BESIDE)
    names = [spelling.casefold() for text in (*BESIDE.values(), *(sheet.name for sheet in SHEETS)) for spelling in
             {text.da, text.en}]  # fmt: skip
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 31


@pytest.mark.parametrize("kind", KINDS_BESIDE, ids=lambda kind: kind.code)
def test_no_heading_and_no_word_of_a_sheet_means_two_things(kind: Any) -> None:
    columns = sheet_of(kind).columns
    headings = [spelling.casefold() for each in columns for spelling in {each.name.da, each.name.en}]
    assert len(headings) == len(set(headings))
    assert {each.field for each in columns} - {"key"} == set(kind.model.model_fields)
    for column in columns:
        spelt = [{code.casefold(), word.da.casefold(), word.en.casefold()} for code, word in column.words]
        assert len(set().union(*spelt)) == sum(map(len, spelt)), column.field


def test_what_can_be_chosen_is_chosen_from_a_list_and_hostile_text_stays_text(filled: Plan, kaja: User) -> None:
    content = out(filled, kaja)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    book = parts["xl/workbook.xml"]
    titles = re.findall(r'<sheet name="([^"]+)"', book)
    sheet = parts[f"xl/worksheets/sheet{titles.index('Klimafarer') + 1}.xml"]
    assert {"list_hazards", "list_levels", "list_trends", "list_flags"} <= set(
        re.findall(r"<formula1>(\w+)</formula1>", sheet)
    )
    assert "list_actions" in parts[f"xl/worksheets/sheet{titles.index('Milepæle') + 1}.xml"]
    assert not any("<f>" in part for name, part in parts.items() if name.startswith("xl/worksheets/"))
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as read:
        lists = read.get_sheet_by_name("Lister").to_python()
        measures = read.get_sheet_by_name("Deltiltag").to_python()
    at = lists[0].index("actions")
    assert lists[1][at] == "a01 · Tiltag a01"
    assert measures[1][measures[0].index("Titel")] == HOSTILE
    assert measures[1][measures[0].index("Begynder")] == date(2026, 1, 1)
    assert measures[1][measures[0].index("Fremdrift")] == "besluttet"


# -- out and in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_kind_comes_back_as_it_went_out(language: Any, filled: Plan, kaja: User) -> None:
    content = out(filled, kaja, language)
    assert seen(filled, content, kaja).rows == ()
    assert seen(filled, changed(content, lambda _grids: None), kaja).rows == ()
    # what computes a plan file passes the other sheets over
    _parts, findings = read_shape(content, NAME)
    assert findings == ()


TEXTS = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x7f\u202a\u202b\u202c\u202d\u202e\u2066\u2067"
                  "\u2068\u2069\ufffe\uffff", min_codepoint=32) | st.sampled_from("\n\t"), min_size=1, max_size=40,
).map(lambda text: f"x{text}x")  # fmt: skip


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(text=TEXTS, figure=st.floats(allow_nan=False, allow_infinity=False))
@example(text="a\r\nb", figure=0.1 + 0.2)
@example(text="_x0041_ \N{FIRE}", figure=-5e-324)
@example(text="{not = toml", figure=1e22)
def test_any_text_and_any_number_comes_back_as_it_went_out(text: str, figure: float, plan: Plan) -> None:
    pieces = [
        Piece("head", "plan", {"municipality": "167", "title": "x"}),
        Piece("vision", "vision-1", {"text": text}),
        Piece("budget_line", "budget_line-1", {
            "action": "a1", "title": "x", "year": 2030, "kind": "capex", "amount_dkk": figure
        }),
    ]  # fmt: skip
    content = workbook(file_of(pieces), "167", "da", base="0" * 64, pieces=pieces)
    taken = {"vision": ["vision-1"], "budget_line": ["budget_line-1"]}
    came = read_without_a_plan(content, taken)
    assert list(rows(pieces, came, pieces, kinds={"vision", "budget_line"})) == []
    assert {each.kind: each.key for each in came} == {"vision": "vision-1", "budget_line": "budget_line-1"}


def read_without_a_plan(content: bytes, taken: dict[str, list[str]]) -> list[Piece]:
    from klimaplan.sources.plan_files import read_shape_beside
    from klimaplan.web.plans.exchange.beside import pieces_beside

    findings: list[Any] = []
    _parts, document, _found = read_shape_beside(content, NAME, [sheet_of(kind) for kind in KINDS_BESIDE])
    pieces = list(pieces_beside(document, taken, findings))
    assert findings == []
    return pieces


def test_rows_are_added_changed_and_removed_after_a_preview(filled: Plan, kaja: User) -> None:
    content = out(filled, kaja)

    def change(grids: Grids) -> None:
        added("Milepæle", Tiltag="a01 · Tiltag a01", Milepæl="Spatestik", Senest=date(2028, 5, 1))(grids)
        added("Klimafarer", Klimafare="Tørke", Prioriteret="nej")(grids)
        put("Budgetposter", "Beløb, kr.", 2_000_000)(grids)
        put("Sidegevinster", "Hvem får den", "ældre; kvinder og piger")(grids)
        del grids["Barrierer"][1]

    preview = seen(filled, changed(content, change), kaja)
    assert named(preview) == {
        "added": ["milestone-2", "drought"], "changed": ["budget_line-1", "co_benefit-1"], "removed": ["barrier-1"]
    }  # fmt: skip
    assert {row.key: [(field.name, field.after) for field in row.fields] for row in preview.of(Coming.CHANGED)} == {
        "budget_line-1": [("amount_dkk", 2_000_000.0)],
        "co_benefit-1": [("who", ["elderly", "women"])],
    }
    assert [part.key for part in selectors.parts(filled, "milestone")] == ["milestone-1"]
    apply(filled, changed(content, change), kaja)
    assert [part.content for part in selectors.parts(filled, "milestone")] == [
        CONTENTS["milestone"], {"action": "a01", "title": "Spatestik", "due": "2028-05-01"},
    ]  # fmt: skip
    assert selectors.part(filled, "hazard", "drought").content == {"hazard": "drought"}
    assert selectors.part(filled, "barrier", "barrier-1").removed
    # everything else is as it was
    for kind in set(CONTENTS) - {"milestone", "hazard", "budget_line", "co_benefit", "barrier"}:
        assert [part.content for part in selectors.parts(filled, kind)] == [CONTENTS[kind]], kind


def test_what_both_changed_is_chosen(filled: Plan, kaja: User, karl: User) -> None:
    content = changed(out(filled, kaja), put("Bemanding", "Årsværk", 2))
    part = selectors.part(filled, "staff", "staff-1")
    services.change_part(part=part, content={**part.content, "fte": 3.0}, expected_version=1, by=karl)
    [row] = seen(filled, content, kaja).rows
    assert (row.coming, row.key) == (Coming.CONFLICTING, "staff-1")
    [overlap] = row.overlaps
    assert (overlap.field, overlap.mine, overlap.theirs) == ("fte", {"fte": 2.0}, {"fte": 3.0})


def test_a_sheet_that_is_not_there_removes_nothing(filled: Plan, kaja: User) -> None:
    def without(grids: Grids) -> None:
        del grids["Milepæle"], grids["Klimafarer"]
        del grids["Visioner"][1]

    assert named(seen(filled, changed(out(filled, kaja), without), kaja)) == {"removed": ["vision-1"]}


def test_an_action_that_goes_takes_what_hangs_on_it_whether_or_not_its_rows_went_too(filled: Plan, kaja: User) -> None:
    def change(grids: Grids) -> None:
        del grids["Tiltag"][1]
        del grids["Milepæle"][1]

    apply(filled, changed(out(filled, kaja), change), kaja)
    for kind in ("milestone", "budget_line", "staff", "answer"):
        assert not selectors.parts(filled, kind)
    assert [part.content for part in selectors.parts(filled, "stakeholder")] == [CONTENTS["stakeholder"]]


def test_a_new_action_and_what_hangs_on_it_come_in_together(filled: Plan, kaja: User) -> None:
    def change(grids: Grids) -> None:
        added("Tiltag", Nøgle="a02", Titel="Skov")(grids)
        added("Milepæle", Tiltag="a02", Milepæl="Plantet", Senest=date(2029, 1, 1))(grids)

    apply(filled, changed(out(filled, kaja), change), kaja)
    assert selectors.part(filled, "milestone", "milestone-2").content["action"] == "a02"


# -- what is wrong ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sheet", "heading", "value", "code", "cell"), [
    ("Milepæle", "Senest", "snart", "not-a-day", "D2"),
    ("Milepæle", "Milepæl", "", "field-missing", "C2"),
    ("Milepæle", "Nr.", "milestone-9", "part-number-unknown", "A2"),
    ("Budgetposter", "Beløb, kr.", "mange", "not-a-number", "F2"),
    ("Budgetposter", "Art", "gave", "value-not-usable", "E2"),
    ("Budgetposter", "År", 20.5, "not-a-whole-number", "D2"),
    ("Klimafarer", "Prioriteret", "måske", "not-yes-or-no", "B2"),
    ("Klimafarer", "Udvikling", "opad", "value-not-usable", "I2"),
    ("Andre planer", "Adresse", "javascript:alert(1)", "value-not-usable", "E2"),
    ("Visioner", "Vision", "skjult \u202e tekst", "value-not-usable", "B2"),
    ("Visioner", "Vision", "x" * 20_001, "text-too-long", "B2"),
])  # fmt: skip
def test_what_cannot_be_used_is_told_with_sheet_and_cell(
    sheet: str, heading: str, value: Any, code: str, cell: str, filled: Plan, kaja: User
) -> None:
    content = changed(out(filled, kaja), put(sheet, heading, value))
    assert refused(filled, content, kaja) == {(code, f"{NAME}!{sheet}!{cell}")}


def test_everything_that_is_wrong_is_told_at_once(filled: Plan, kaja: User) -> None:
    def change(grids: Grids) -> None:
        put("Milepæle", "Senest", "snart")(grids)
        put("Klimafarer", "Klimafare", "regn")(grids)
        put("Bemanding", "Årsværk", -1)(grids)
        grids["Interessenter"][0][3] = "Telefon"

    found = refused(filled, changed(out(filled, kaja), change), kaja)
    assert {("not-a-day", f"{NAME}!Milepæle!D2"), ("value-not-usable", f"{NAME}!Klimafarer!A2"),
            ("unknown-field", f"{NAME}!Interessenter!D1")} <= found  # fmt: skip
    assert any(place == f"{NAME}!Bemanding!D2" for _, place in found)


def test_what_stands_twice_is_refused(filled: Plan, kaja: User) -> None:
    content = changed(out(filled, kaja), added("Klimafarer", Klimafare="Skybrud"))
    assert {code for code, _ in refused(filled, content, kaja)} == {"part-twice"}


def test_what_refers_to_nothing_is_refused_and_nothing_is_changed(filled: Plan, kaja: User) -> None:
    content = changed(out(filled, kaja), put("Milepæle", "Tiltag", "a99"))
    with pytest.raises(InputError, match="There is no a99 in the plan"):
        apply(filled, content, kaja)
    assert selectors.part(filled, "milestone", "milestone-1").content == CONTENTS["milestone"]


def test_a_misspelt_sheet_is_named_with_what_was_meant(filled: Plan, kaja: User) -> None:
    def change(grids: Grids) -> None:
        grids["Milepale"] = grids.pop("Milepæle")

    found = refused(filled, changed(out(filled, kaja), change), kaja)
    assert found == {("unknown-sheet", f"{NAME}!Milepale")}


def test_a_text_file_speaks_of_nothing_else(filled: Plan, kaja: User) -> None:
    toml = b'format = "klimaplan-plan/1"\n[plan]\nmunicipality = "167"\ntitle = "x"\n'
    assert pieces_in_file(toml, "p.toml", filled).kinds == frozenset(COMPUTED)
