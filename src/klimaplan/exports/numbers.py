"""Numbers as people read them, in Danish and English. Three significant figures in text; a minus is a minus sign."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from klimaplan.domain.errors import Language

SPACE = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DANISH_MARKS = str.maketrans({",": ".", ".": ","})
MILLION = 1_000_000
SIGNIFICANT = 3


def amount(tonnes: float, language: Language, *, signed: bool = False) -> str:
    """An amount in words: three significant figures, millions from a million up.

    >>> amount(338_912.0, "da"), amount(34_039_454.0, "en")
    ('339.000\\xa0ton CO2e', '34.0\\xa0million t CO2e')
    """
    unit = {"da": "ton CO2e", "en": "t CO2e"}[language]
    rounded = _significant(tonnes)
    if abs(rounded) < MILLION:
        return f"{_written(rounded, language, _decimals(rounded), signed)}{SPACE}{unit}"
    millions = _significant(tonnes / MILLION)
    word = {"da": "mio.", "en": "million"}[language]
    return f"{_written(millions, language, _decimals(millions), signed)}{SPACE}{word} {unit}"


def percent(value: float | None, language: Language, *, digits: int = 1, signed: bool = False) -> str | None:
    """A percentage with a thin space; None stays None.

    >>> percent(-43.82, "da"), percent(5.0, "en", signed=True)
    ('−43,8\\u202f%', '+5.0\\u202f%')
    """
    written = plain(value, language, digits=digits, signed=signed)
    return None if written is None else f"{written}{THIN}%"


def plain(value: float | None, language: Language, *, digits: int, signed: bool = False) -> str | None:
    """A bare figure with so many decimals; None stays None, because missing is not zero.

    >>> plain(-17821.44, "da", digits=0), plain(1234.5, "en", digits=1)
    ('−17.821', '1,234.5')
    """
    return None if value is None else _written(Decimal(repr(value)), language, digits, signed)


def _written(value: Decimal | float, language: Language, digits: int, signed: bool) -> str:
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    if rounded == 0:
        rounded = abs(rounded)  # there is no minus nought
    text = f"{abs(rounded):,.{digits}f}"
    if language == "da":
        text = text.translate(DANISH_MARKS)
    if rounded < 0:
        return MINUS + text
    return f"+{text}" if signed and rounded > 0 else text


def _significant(value: float) -> Decimal:
    exact = Decimal(repr(value))
    if exact == 0:
        return exact
    return round(exact, SIGNIFICANT - 1 - exact.adjusted())


def _decimals(value: Decimal) -> int:
    """Decimals that three significant figures leave."""
    return max(0, SIGNIFICANT - 1 - value.adjusted()) if value else 0
