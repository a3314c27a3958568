"""What a password must not be, and the file of stolen ones that is searched by halving."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from klimaplan.web.accounts.passwords import NotKnown, NotTooLong


@pytest.mark.parametrize(
    "common",
    [
        "password",
        "Password2026!",
        "!!!sommer!!!2026",
        "k1im4pl4n2026",
        "P4ssw0rd1234!",
        "passwordpassword",
        "123456789012345",
        "Adgangskode123456",
        "velkommenvelkommen",
        "qwertyuiop2026",
    ],
)
def test_common_words_with_decoration_are_refused(common: str) -> None:
    with pytest.raises(ValidationError) as refused:
        NotKnown().validate(common)
    assert refused.value.code == "password_known"


@pytest.mark.parametrize(
    "good",
    [
        "torsk-cykel-lampe-42",
        "gulerod trappe himmel",
        "Xk7#qpLw9&zT",
        "password er ikke nok i dag",
        "æbleskiver og gløgg",
    ],
)
def test_words_that_have_nothing_to_do_with_each_other_are_good(good: str) -> None:
    NotKnown().validate(good)


def test_the_longest_password_is_allowed_and_one_more_is_not() -> None:
    NotTooLong(128).validate("æ" * 128)
    with pytest.raises(ValidationError):
        NotTooLong(128).validate("æ" * 129)


def test_every_line_of_a_file_of_stolen_passwords_is_found_and_nothing_else(tmp_path: Path) -> None:
    stolen = [f"stolen word number {number}" for number in range(500)]
    digests = sorted(hashlib.sha1(each.encode()).hexdigest().upper() for each in stolen)
    file = tmp_path / "stolen.txt"
    # lines of different length, as counts make them
    file.write_text("".join(f"{digest}:{7 ** (row % 9)}\n" for row, digest in enumerate(digests)))
    validator = NotKnown(str(file))
    for each in stolen:
        with pytest.raises(ValidationError):
            validator.validate(each)
    for number in range(500, 1000):
        validator.validate(f"stolen word number {number}")


@pytest.mark.parametrize("lines", [0, 1, 2])
def test_short_files_are_searched_as_well(tmp_path: Path, lines: int) -> None:
    stolen = sorted(
        (f"stolen word {n}" for n in range(lines)), key=lambda each: hashlib.sha1(each.encode()).hexdigest()
    )
    file = tmp_path / "stolen.txt"
    file.write_text("".join(f"{hashlib.sha1(each.encode()).hexdigest().upper()}:1\n" for each in stolen))
    for each in stolen:
        with pytest.raises(ValidationError):
            NotKnown(str(file)).validate(each)
    NotKnown(str(file)).validate("never stolen at all")
