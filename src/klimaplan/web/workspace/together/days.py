"""Days as people write them, in Danish, in English and as ISO has it."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january", "feb februar february", "mar marts march", "apr april", "maj may", "jun juni june",
            "jul juli july", "aug august", "sep september sept", "okt oktober oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./ -]+(\d{1,2})[./ -]+(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\.?\s*([a-z]+)\.?\s*(\d{4})")


def day_in(text: str) -> date | None:
    """The day that somebody wrote, the day of the month first unless the year is; None for what is no day.

    >>> day_in("2027-03-01") == day_in("1.3.2027") == day_in("1/3-2027") == day_in(" 1. marts 2027 ")
    True
    >>> day_in("31.2.2027"), day_in("1.3.27"), day_in("i morgen")
    (None, None, None)
    """
    written = " ".join(text.strip().lower().split())
    try:
        if found := _ISO.fullmatch(written):
            return date(*map(int, found.groups()))
        if found := _NUMBERS.fullmatch(written):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        if (found := _WORDS.fullmatch(written)) and (named := MONTHS.get(found[2])):
            return date(int(found[3]), named, int(found[1]))
    except ValueError:
        return None
    return None
