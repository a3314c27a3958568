"""A plan out to a workbook and in again: nothing changes by itself, and nobody's change is lost on the way."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from klimaplan.domain.errors import InputError
from klimaplan.sources.plan_files import PlanFile, read_shape
from klimaplan.web.accounts.models import User
from klimaplan.web.plans import selectors, services, stored
from klimaplan.web.plans.contents.kinds import kind_of
from klimaplan.web.plans.contents.reading import plain_of
from klimaplan.web.plans.exchange.base import base_of
from klimaplan.web.plans.exchange.book import write_book
from klimaplan.web.plans.exchange.bridge import workbook
from klimaplan.web.plans.exchange.previewing import Coming, Preview, rows
from klimaplan.web.plans.models import Plan, PlanPart, PlanVersion
from klimaplan.web.plans.stored import Piece
from web.plans.conftest import action, fixed

pytestmark = pytest.mark.django_db

WASTE = "I.4.4/waste_incineration"
NAME = "plan.xlsx"


@pytest.fixture
def filled(plan: Plan, kaja: User) -> Plan:
    """Three actions, a target and a vision."""
    for kind, content in (
        ("target", {"year": 2030, "level": 50_000.0, "source": "Byrådet"}),
        ("action", action("a01", lever=[fixed(WASTE, 1000.0)], owner="Natur")),
        ("action", action("a02", resources={"capex_dkk": 5.0, "price_year": 2025})),
        ("action", action("a03")),
        ("vision", {"text": "Grøn by"}),
    ):
        services.add_part(plan=plan, kind=kind, content=content, by=kaja)
    return plan


def out(plan: Plan, by: User) -> tuple[PlanFile, str]:
    """What stands in the workbook that goes out, and the digest in it."""
    content = services.export_workbook(plan=plan, language="da", by=by)
    parts, findings = read_shape(content, NAME)
    digest = base_of(content)
    assert findings == ()
    assert digest is not None
    return parts.file, digest


def back(file: PlanFile, digest: str, **actions: dict[str, Any] | None) -> bytes:
    """The workbook as it comes back: actions changed, removed (None) or added."""
    data = file.model_dump(mode="json", exclude_defaults=True)
    kept = {each["key"]: each for each in data.get("action", [])}
    for key, content in actions.items():
        if content is None:
            del kept[key]
        else:
            kept[key] = content
    data["action"] = list(kept.values())
    return workbook(PlanFile.model_validate(data), "167", "da", base=digest)


def seen(plan: Plan, content: bytes, by: User, **choices: Any) -> Preview:
    return services.preview(plan=plan, content=content, name=NAME, by=by, **choices)


def keys(preview: Preview) -> dict[str, list[str]]:
    return {coming.value: [row.key for row in preview.of(coming)] for coming in Coming if preview.of(coming)}


def contents(plan: Plan) -> dict[str, dict[str, Any]]:
    return {part.key: part.content for part in selectors.parts(plan, "action")}


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_workbook_that_comes_back_as_it_went_out_changes_nothing(language: Any, filled: Plan, kaja: User) -> None:
    content = services.export_workbook(plan=filled, language=language, by=kaja)
    preview = seen(filled, content, kaja)
    assert (preview.rows, preview.base_known) == ((), True)
    before = contents(filled)
    services.apply_workbook(plan=filled, content=content, name=NAME, by=kaja, expected_revision=preview.revision)
    assert contents(filled) == before


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(figures=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3))
@example(figures=[34208.80000000001, 0.1 + 0.2, 1 / 3])
@example(figures=[5e-324, 1.7976931348623157e308, -0.0])
@example(figures=[-1e15 - 0.125, 1e22, 2.0**53 + 2])
def test_any_number_comes_back_as_it_went_out(figures: list[float]) -> None:
    # in a cell of its own, by year in a text, and inside braces
    value, by_year, inside = figures
    kinds = {
        "head": {"municipality": "167", "title": "x"},
        "parameter": {"name": "p", "unit": "t", "source": "x", "value": value},
        "supply": {"stream": WASTE, "unit": "t CO2e/TJ", "source": "x", "factors": {"2030": by_year}},
        "driver": {"name": "d", "streams": [WASTE], "size": {"low": inside, "central": 0.0, "high": 1.0}},
    }
    went = [Piece(code, kind_of(code).key_of(content) or "plan", content) for code, content in kinds.items()]
    for language in ("da", "en"):
        parts, findings = read_shape(write_book(stored.file_of(went), (), (), language), NAME)
        assert findings == ()
        file = parts.file
        back_again = {
            "head": file.plan, "parameter": file.parameter[0], "supply": file.supply[0], "driver": file.driver[0],
        }  # fmt: skip
        came = [Piece(each.kind, each.key, plain_of(back_again[each.kind])) for each in went]
        assert list(rows(went, came, went)) == []
        assert came[1].content["value"].hex() == (value + 0.0).hex() or value == 0.0


@pytest.mark.parametrize(("typed", "changes"), [(34208.8, False), (34208.80000001, True)])
def test_digits_that_a_spreadsheet_rounds_off_are_no_change(typed: float, changes: bool) -> None:
    # the next number after 34208.8 has sixteen digits; a spreadsheet keeps fifteen of what is typed
    parameter = {"name": "p", "unit": "t", "source": "x"}
    went = [Piece("parameter", "p", {**parameter, "value": 34208.80000000001})]
    came = [Piece("parameter", "p", {**parameter, "value": typed})]
    assert bool(list(rows(went, came, went))) is changes


def test_the_digest_in_the_workbook_is_that_of_a_version_that_is_kept_once(filled: Plan, kaja: User) -> None:
    digests = {out(filled, kaja)[1] for _ in range(2)}
    [version] = PlanVersion.objects.filter(plan=filled)
    assert digests == {version.sha256}
    assert version.state == "draft"


def test_what_the_workbook_would_do_is_told_before_it_does_it(filled: Plan, kaja: User, karl: User) -> None:
    file, digest = out(filled, kaja)
    changed = {**contents(filled)["a02"], "owner": "Vej"}
    content = back(file, digest, a02=changed, a03=None, a04=action("a04"))
    # Karl changes another field of the same action meanwhile, and adds an action of his own
    part = selectors.part(filled, "action", "a02")
    services.change_part(part=part, content={**part.content, "indicator": "MW"}, expected_version=1, by=karl)
    services.add_part(plan=filled, kind="action", content=action("a09"), by=karl)
    before = contents(filled)
    preview = seen(filled, content, kaja)
    assert keys(preview) == {"added": ["a04"], "changed": ["a02"], "removed": ["a03"]}
    [row] = preview.of(Coming.CHANGED)
    assert [(field.name, field.before, field.after) for field in row.fields] == [("owner", None, "Vej")]
    assert contents(filled) == before
    services.apply_workbook(plan=filled, content=content, name=NAME, by=kaja, expected_revision=preview.revision)
    after = contents(filled)
    assert sorted(after) == ["a01", "a02", "a04", "a09"]
    assert after["a02"] == {**changed, "indicator": "MW"}
    assert [part.content for part in selectors.parts(filled, "vision")] == [{"text": "Grøn by"}]
    assert selectors.part(filled, "action", "a03").removed


def test_what_both_changed_is_chosen_before_anything_is_applied(filled: Plan, kaja: User, karl: User) -> None:
    file, digest = out(filled, kaja)
    content = back(file, digest, a01={**contents(filled)["a01"], "owner": "Regnearket"}, a04=action("a04"))
    part = selectors.part(filled, "action", "a01")
    services.change_part(part=part, content={**part.content, "owner": "Karl"}, expected_version=1, by=karl)
    preview = seen(filled, content, kaja)
    assert keys(preview) == {"added": ["a04"], "conflicting": ["a01"]}
    asked: dict[str, Any] = {
        "plan": filled, "content": content, "name": NAME, "by": kaja, "expected_revision": preview.revision
    }  # fmt: skip
    before = contents(filled)
    with pytest.raises(InputError, match="have changed owner"):
        services.apply_workbook(**asked)
    assert contents(filled) == before
    services.apply_workbook(**asked, choices={("action", "a01"): {"owner": "mine"}})
    assert contents(filled)["a01"]["owner"] == "Regnearket"


@pytest.mark.parametrize(("side", "there"), [("mine", False), ("theirs", True)])
def test_what_one_removed_and_the_other_changed_is_chosen_as_a_whole(
    side: str, there: bool, filled: Plan, kaja: User, karl: User
) -> None:
    file, digest = out(filled, kaja)
    content = back(file, digest, a03=None)
    part = selectors.part(filled, "action", "a03")
    services.change_part(part=part, content={**part.content, "owner": "Karl"}, expected_version=1, by=karl)
    preview = seen(filled, content, kaja)
    assert keys(preview) == {"conflicting": ["a03"]}
    services.apply_workbook(
        plan=filled, content=content, name=NAME, by=kaja, expected_revision=preview.revision,
        choices={("action", "a03"): {"*": side}},
    )  # fmt: skip
    assert ("a03" in contents(filled)) is there


def test_what_somebody_removed_and_the_workbook_changed_is_chosen_too(filled: Plan, kaja: User, karl: User) -> None:
    file, digest = out(filled, kaja)
    content = back(file, digest, a03=action("a03", owner="Regnearket"))
    services.remove_part(part=selectors.part(filled, "action", "a03"), expected_version=1, by=karl)
    preview = seen(filled, content, kaja)
    assert keys(preview) == {"conflicting": ["a03"]}
    services.apply_workbook(
        plan=filled, content=content, name=NAME, by=kaja, expected_revision=preview.revision,
        choices={("action", "a03"): {"*": "mine"}},
    )  # fmt: skip
    assert contents(filled)["a03"]["owner"] == "Regnearket"


def test_a_plan_that_was_changed_since_the_preview_is_looked_at_again(filled: Plan, kaja: User, karl: User) -> None:
    file, digest = out(filled, kaja)
    content = back(file, digest, a04=action("a04"))
    preview = seen(filled, content, kaja)
    services.add_part(plan=filled, kind="vision", content={"text": "Ny"}, by=karl)
    with pytest.raises(InputError, match="changed since you saw"):
        services.apply_workbook(plan=filled, content=content, name=NAME, by=kaja, expected_revision=preview.revision)
    assert "a04" not in contents(filled)


def test_a_workbook_that_says_not_what_it_was_written_from_removes_nothing(filled: Plan, kaja: User) -> None:
    file, _digest = out(filled, kaja)
    content = back(file, "0" * 64, a02=None, a01=action("a01", owner="Vej"))
    preview = seen(filled, content, kaja)
    assert (preview.base_known, keys(preview)) == (False, {"changed": ["a01"]})


def test_a_text_file_is_taken_as_well(filled: Plan, kaja: User) -> None:
    toml = b'format = "klimaplan-plan/1"\n[plan]\nmunicipality = "0167"\ntitle = "Klimaplan for Hvidovre"\n'
    toml += b'[[action]]\nkey = "a07"\ntitle = "Fra TOML"\n'
    preview = services.preview(plan=filled, content=toml, name="p.toml", by=kaja)
    assert keys(preview) == {"added": ["a07"]}


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        ('municipality = "101"\ntitle = "x"', "plan-of-another"),
        ('municipality = "167"\ntitle = "x"\n[[action]]\nkey = "a1"\ntitle = "x"\n[[action]]\nkey = "a1"\ntitle = "y"',
         "part-twice"),
        ('municipality = "167"', "field-missing"),
        ("municipality = ", "toml-malformed"),
        ('municipality = "167"\ntitle = "x"\ndemo = true', "demo-fixed"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_fit_is_refused_and_changes_nothing(
    toml: str, code: str, filled: Plan, kaja: User
) -> None:
    before = PlanPart.objects.filter(plan=filled).values_list("pk", "version")
    kept, revision = list(before), Plan.objects.get(pk=filled.pk).revision
    with pytest.raises(InputError) as refused:
        services.apply_workbook(
            plan=filled, content=f'format = "klimaplan-plan/1"\n[plan]\n{toml}\n'.encode(), name="p.toml", by=kaja,
            expected_revision=revision,
        )  # fmt: skip
    assert code in {finding.code for finding in refused.value.findings}
    assert list(before.all()) == kept


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"MZ\x90\x00", b"<html>"])
def test_what_is_no_workbook_is_refused(content: bytes, filled: Plan, kaja: User) -> None:
    with pytest.raises(InputError):
        seen(filled, content, kaja)
    assert base_of(content) is None


def test_a_digest_is_read_from_what_a_spreadsheet_writes_and_from_nothing_else() -> None:
    digest = "ab" * 32
    head = '<?xml version="1.0"?><Properties xmlns:vt="x">'

    def book(part: str) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("docProps/custom.xml", part)
        return file.getvalue()

    said = f'<property fmtid="{{1}}" pid="2" name="klimaplan-base"><vt:lpwstr>{digest}</vt:lpwstr></property>'
    assert base_of(book(f"{head}{said}</Properties>")) == digest
    assert base_of(book(f"{head}{said.replace('klimaplan-base', 'other')}</Properties>")) is None
    assert base_of(book(f"{head}{said.replace(digest, digest[:-1])}</Properties>")) is None
    assert base_of(book(head + " " * 200_000 + said)) is None


def test_nothing_of_plans_is_written_by_looking(filled: Plan, kaja: User) -> None:
    content = services.export_workbook(plan=filled, language="da", by=kaja)
    counts = {model: model._default_manager.count() for model in apps.get_app_config("plans").get_models()}
    seen(filled, content, kaja)
    assert {model: model._default_manager.count() for model in counts} == counts
