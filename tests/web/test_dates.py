"""Dates in both languages: the day before the month."""

from datetime import date

import pytest
from django.utils import formats, translation


@pytest.mark.parametrize(("language", "written"), [("en", "18 May 2026"), ("da", "18. maj 2026")])
def test_a_day_is_written_as_its_reader_writes_it(language: str, written: str) -> None:
    with translation.override(language):
        assert formats.date_format(date(2026, 5, 18)) == written
