"""From the rows of one answer to figures: the two look-alike totals, nulls, and what is no figure at all."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.errors import Finding, InputError, Severity
from klimaplan.sources.account.key_figures import KeyFigures, is_sound, parse, read_rows, rows_of
from sources.answers import LOOK_ALIKE, Row, encode, published_answer, row, small_rows

LAESOE = ("825", 2018)


def read(rows: list[Row]) -> tuple[KeyFigures, list[Finding]]:
    return read_rows(rows_of(parse(encode(rows), "x.json"), "x.json"), "x.json")


def test_a_whole_answer_is_read_without_findings() -> None:
    figures, found = read(small_rows())
    assert found == []
    assert figures.sectors["Landbrug"] == -90
    # −5 t over −0.25 t per inhabitant
    assert (figures.total, figures.per_head, figures.population) == (-5, Decimal("-0.25"), 20)


def test_the_published_answer_of_laesoe_gives_the_negative_total() -> None:
    """The trap of the source: a program that takes the largest row has 4.72 t per inhabitant instead of −5.24."""
    answer = json.loads(published_answer(LAESOE))["data"]
    assert len(answer) == 58
    figures, found = read(answer)
    assert found == []
    assert figures.total is not None
    assert figures.total < 0
    assert figures.per_head is not None
    assert figures.per_head < 0


@pytest.mark.parametrize("other", [85, -95, -4.2])
@pytest.mark.parametrize("first", [True, False])
def test_of_two_totals_the_one_the_sectors_add_up_to_is_read(other: float, *, first: bool) -> None:
    # larger, smaller, or within a tonne of the right one; before or after it
    rows = small_rows()
    rows.insert(0 if first else len(rows), row("Samlet", other))
    figures, found = read(rows)
    assert (figures.total, found) == (-5, [])


def test_of_two_totals_per_head_the_one_the_sectors_add_up_to_is_read() -> None:
    # 20 inhabitants: 50/20 = 2.5 and so on; without agriculture 85/20 = 4.25
    per_head = {
        "Energi": 2.5, "Transport": 1.5, "Landbrug": -4.5, "Affaldsdeponi": 0.15, "Spildevand": 0.05,
        "Kemiske processer": 0.05,
    }  # fmt: skip
    rows = [*small_rows(), row("Samlet", 4.25, "Ton CO2e/indb.")]
    rows += [row(sector, value, "Ton CO2e/indb.") for sector, value in per_head.items()]
    figures, found = read(rows)
    assert (figures.per_head, figures.population, found) == (Decimal("-0.25"), 20, [])


def test_a_type_that_only_begins_like_the_total_is_not_the_total() -> None:
    rows = [row("Samlet", 85, type_=LOOK_ALIKE) if each["sektor"] == "Samlet" else each for each in small_rows()]
    figures, found = read(rows)
    assert (figures.total, figures.per_head) == (None, None)
    assert [finding.code for finding in found] == ["row-absent", "row-absent"]


def test_null_is_missing_and_no_zero() -> None:
    figures, [finding] = read(small_rows(Spildevand=None))
    assert figures.sectors["Spildevand"] is None
    assert (finding.code, finding.severity) == ("value-missing", Severity.WARNING)
    zero, nothing = read([*small_rows(Spildevand=0, Samlet=-6)])
    assert (zero.sectors["Spildevand"], nothing) == (0, [])


def test_a_null_that_nobody_reads_is_no_finding() -> None:
    figures, found = read([*small_rows(), row("Energi", None, "GJ/indb.", "Samlet slutenergiforbrug")])
    assert (figures.total, found) == (-5, [])


def test_renewable_electricity_is_a_ratio_whatever_its_unit_says() -> None:
    rows = [
        *small_rows(),
        row("Samlet", 1.11, "%", "VE-el selvforsyningsgrad (Vind-, sol- og vandbaseret-elproduktion)"),
    ]
    assert read(rows)[0].renewable_ratio == Decimal("1.11")


def test_sums_are_what_a_person_would_add_up() -> None:
    # 0.1 + 0.2 in binary floating point is not 0.3
    figures, _ = read(small_rows(Affaldsdeponi=0.1, Spildevand=0.2))
    assert sum(filter(None, (figures.sectors["Affaldsdeponi"], figures.sectors["Spildevand"]))) == Decimal("0.3")


@pytest.mark.parametrize("value", ['"12"', "true", "NaN", "Infinity", "1e400", "1e99999999999999999999", "[1]", "{}"])
def test_what_is_no_figure_is_a_finding_and_not_missed_besides(value: str) -> None:
    content = encode(small_rows()).replace(b'"v\xc3\xa6rdi": 50}', f'"værdi": {value}}}'.encode())
    _, [finding] = read_rows(rows_of(parse(content, "x"), "x"), "x")
    assert (finding.code, finding.place) == ("not-a-number", "x!data[0]")


@given(cut=st.integers(1, len(encode(small_rows())) - 1))
def test_an_answer_cut_anywhere_is_never_sound(cut: int) -> None:
    content = encode(small_rows())[:cut]
    assert not is_sound(content)
    with pytest.raises(InputError) as refused:
        parse(content, "x")
    assert {finding.code for finding in refused.value.findings} <= {"download-truncated", "not-utf8"}


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_content_whatever_ends_in_anything_but_findings(content: bytes) -> None:
    try:
        read_rows(rows_of(parse(content, "x"), "x"), "x")
    except InputError as refused:
        assert refused.findings  # noqa: PT017  # most contents are refused, and a few are empty answers


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["data", "sektor", "type", "enhed", "værdi", "x"]), inner, max_size=4
    ),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
def test_no_json_whatever_ends_in_anything_but_findings(document: object) -> None:
    content = json.dumps({"data": document}).encode()
    assert is_sound(content) in (True, False)


tenths = st.integers(-10_000_000, 10_000_000).map(lambda number: Decimal(number) / 10)


@given(parts=st.lists(tenths, min_size=6, max_size=6), off=st.decimals(-1, 1, places=2))
def test_any_total_within_a_tonne_of_its_sectors_is_read(parts: list[Decimal], off: Decimal) -> None:
    names = ("Energi", "Transport", "Landbrug", "Affaldsdeponi", "Spildevand", "Kemiske processer")
    total = sum(parts) + off
    without = total - parts[2]
    rows = [row(name, float(part)) for name, part in zip(names, parts, strict=True)]
    figures, found = read([*rows, row("Samlet", float(without)), row("Samlet", float(total))])
    assert figures.total in {total, without}
    assert figures.total is not None
    assert abs(figures.total - sum(parts)) <= abs(off)
    assert [finding.code for finding in found] == ["row-absent"]  # only the per-head figure is not there
