"""Numbers as people read them; the expected texts are written by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.errors import Language
from klimaplan.exports.numbers import MINUS, amount, percent, plain

NB, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("tonnes", "danish", "english"),
    [
        (121_144.7, f"121.000{NB}ton CO2e", f"121,000{NB}t CO2e"),
        (34_039_454.0, f"34,0{NB}mio. ton CO2e", f"34.0{NB}million t CO2e"),
        (-9_374.2, f"−9.370{NB}ton CO2e", f"−9,370{NB}t CO2e"),
        (-1_234_567.0, f"−1,23{NB}mio. ton CO2e", f"−1.23{NB}million t CO2e"),
        (999_400.0, f"999.000{NB}ton CO2e", f"999,000{NB}t CO2e"),
        # rounding carries over into the next unit
        (999_600.0, f"1,00{NB}mio. ton CO2e", f"1.00{NB}million t CO2e"),
        (7.254, f"7,25{NB}ton CO2e", f"7.25{NB}t CO2e"),
        (0.0, f"0{NB}ton CO2e", f"0{NB}t CO2e"),
    ],
)
def test_amounts_have_three_significant_figures(tonnes: float, danish: str, english: str) -> None:
    assert amount(tonnes, "da") == danish
    assert amount(tonnes, "en") == english


def test_a_gap_says_its_sign() -> None:
    assert amount(123_784.4, "da", signed=True) == f"+124.000{NB}ton CO2e"
    assert amount(-1_488.46, "en", signed=True) == f"−1,490{NB}t CO2e"
    assert amount(0.0, "da", signed=True) == f"0{NB}ton CO2e"


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [(-43.815, "−43,8", "−43.8"), (0.04, "0,0", "0.0"), (-0.04, "0,0", "0.0"), (1234.55, "1.234,6", "1,234.6")],
)
def test_percentages(value: float, danish: str, english: str) -> None:
    assert percent(value, "da") == f"{danish}{THIN}%"
    assert percent(value, "en") == f"{english}{THIN}%"


def test_halves_go_to_the_even_neighbour_of_the_figure_as_it_is_written() -> None:
    assert plain(0.125, "da", digits=2) == "0,12"
    assert plain(2.675, "en", digits=2) == "2.68"


@pytest.mark.parametrize("language", ["da", "en"])
def test_missing_stays_missing(language: Language) -> None:
    assert plain(None, language, digits=0) is None
    assert percent(None, language) is None


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_a_negative_number_has_a_minus_sign_and_never_a_hyphen(value: float) -> None:
    for text in (amount(value, "da"), f"{plain(value, 'en', digits=1)}"):
        assert "-" not in text
        assert text.count(MINUS) <= 1


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_both_languages_write_the_same_digits(value: int) -> None:
    def digits(text: str | None) -> str:
        return "".join(letter for letter in f"{text}" if letter.isdigit() or letter == MINUS)

    assert digits(plain(value, "da", digits=0)) == digits(plain(value, "en", digits=0)) == str(value).replace("-", "−")
