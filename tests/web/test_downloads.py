"""The files of a municipality: three formats, the same numbers, each with its explanation."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from klimaplan.domain.inventory.account import Account
from klimaplan.reference import load
from klimaplan.web.public import downloads
from klimaplan.web.public.schema import SubjectPicture
from klimaplan.web.public.selectors import municipality as shown_of
from web.addresses import at

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Rows = list[dict[str, Any]]


def fetch(site: Client, code: str, format_: str, language: str = "da") -> bytes:
    response = site.get(at(language, "download", code, format_))
    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[format_]
    assert response["Content-Disposition"] == f'attachment; filename="klimaplan-{code}.{format_}"'
    return response.content


def from_csv(content: bytes) -> Rows:
    return [_typed(row) for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def from_xlsx(content: bytes, sheet: str = "Tal") -> Rows:
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()
    return [_typed(dict(zip(header, row, strict=True))) for row in rows]


def from_json(content: bytes) -> Rows:
    return [_typed(fact) for fact in json.loads(content)["facts"]]


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    def number(cell: Any) -> float | None:
        return None if cell in ("", None) else float(cell)

    return {
        **row,
        "value": number(row["value"]),
        "year": int(float(row["year"])),
        "base_year": number(row["base_year"]),
        "demo": str(row["demo"]).lower(),
    }


@pytest.mark.parametrize("code", ["167", "825", "550"])
def test_all_formats_hold_the_same_facts(site: Client, code: str) -> None:
    in_csv = from_csv(fetch(site, code, "csv"))
    assert from_json(fetch(site, code, "json")) == in_csv
    in_xlsx = from_xlsx(fetch(site, code, "xlsx"))
    assert len(in_xlsx) == len(in_csv)
    for one, other in zip(in_csv, in_xlsx, strict=True):
        value, written = one.pop("value"), other.pop("value")
        # a spreadsheet keeps 15 digits and more
        assert written == (None if value is None else pytest.approx(value, rel=1e-14))
        assert one == other


@pytest.mark.parametrize("code", ["167", "825", "550"])
def test_the_account_in_a_file_is_the_published_one(site: Client, code: str) -> None:
    account: Account = load.account()
    facts = {
        (row["sector"], row["year"]): row["value"]
        for row in from_csv(fetch(site, code, "csv"))
        if row["measure"] == "account" and row["sector"] != "total"
    }
    assert len(facts) == 5 * 6
    for (sector, year), value in facts.items():
        assert value == account.emissions.at(code, sector, year)


def test_what_has_no_percentage_is_empty_and_not_zero(site: Client) -> None:
    rows = [
        row for row in from_csv(fetch(site, "825", "csv")) if (row["measure"], row["sector"]) == ("change", "total")
    ]
    assert [row["value"] for row in rows] == [None] * 6
    assert {row["base_year"] for row in rows} == {2018.0}


def test_every_fact_explains_itself(site: Client) -> None:
    rows = from_csv(fetch(site, "550", "csv"))
    for row in rows:
        assert row["source"] == "energy-account-4.1"
        assert (row["version"], row["gwp"]) == ("4.1", "AR5")
        assert row["kind"] in {"observed", "calculated", "projected"}
        assert row["unit"] in {"t CO2e", "t CO2e/inhabitant", "%"}
        assert row["method"]
    assert {row["kind"] for row in rows if row["measure"] == "account"} == {"observed"}
    assert {row["kind"] for row in rows if row["measure"] == "baseline"} == {"projected"}


def test_percentages_name_their_base_year(site: Client) -> None:
    rows = [row for row in from_csv(fetch(site, "167", "csv")) if row["unit"] == "%"]
    assert rows
    assert {row["base_year"] for row in rows} <= {2018.0, 1990.0}


def test_what_rests_on_an_invented_target_is_marked(site: Client) -> None:
    def marks(code: str) -> dict[str, set[str]]:
        told: dict[str, set[str]] = {}
        for row in from_csv(fetch(site, code, "csv")):
            told.setdefault(row["measure"], set()).add(row["demo"])
        return told

    assert marks("550")["gap"] == {"true"}
    assert marks("550")["account"] == marks("550")["baseline"] == {"false"}
    # Hvidovre has published its own
    assert marks("167")["gap"] == {"false"}


def test_the_gap_in_the_file_is_the_gap_by_hand(site: Client) -> None:
    [gap] = [
        row["value"]
        for row in from_csv(fetch(site, "167", "csv"))
        if (row["measure"], row["sector"], row["year"]) == ("gap", "total", 2030)
    ]
    # 66,929.14 − 68,417.6
    assert gap == pytest.approx(-1488.46, abs=0.01)


def test_a_spreadsheet_speaks_the_language_of_the_page(site: Client) -> None:
    names = [
        CalamineWorkbook.from_filelike(io.BytesIO(fetch(site, "167", "xlsx", language))).sheet_names
        for language in ("da", "en")
    ]
    assert names == [["Tal", "Om tallene"], ["Figures", "About the figures"]]


def test_a_name_that_looks_like_a_formula_is_harmless(site: Client) -> None:
    picture: SubjectPicture = shown_of("167").picture
    named = picture.model_copy(update={"name": picture.name.model_copy(update={"da": "=1+1"})})
    rows = from_csv(downloads.write(named, "csv", "da").content)
    assert {row["name"] for row in rows} == {"'=1+1"}
    in_xlsx = from_xlsx(downloads.write(named, "xlsx", "da").content)
    assert {row["name"] for row in in_xlsx} == {"=1+1"}


def test_the_page_links_its_files(site: Client) -> None:
    html = site.get(at("da", "municipality", "167")).content.decode()
    for format_ in FORMATS:
        assert f'href="{at("da", "download", "167", format_)}" download' in html
