"""What a password must not be: oneself, too long to hash in peace, or one that others have lost before."""

from __future__ import annotations

import hashlib
import os
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_LEET = str.maketrans("0134578@$!", "oleastbasi")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_DANISH = frozenset(
    {
        "adgangskode", "kodeord", "hemmelig", "klimaplan", "klimaalliancen", "kommune", "kommunen", "danmark",
        "københavn", "aarhus", "odense", "aalborg", "sommer", "sommeren", "vinter", "vinteren", "forår", "foråret",
        "efterår", "efteråret", "velkommen", "fodbold", "brøndby", "liverpool",
    }
)  # fmt: skip
"""Words that Danish passwords are made of and that the international list lacks."""


class NotOneself(UserAttributeSimilarityValidator):
    """Neither one's own name nor one's own e-mail."""

    def validate(self, password: str, user: Any = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError:
            said = _("The password is too much like your name or e-mail. Choose another one.")
            raise ValidationError(said, code="password_too_similar") from None


class NotTooLong:
    """Hashing takes time by length: nobody may keep a processor busy with a novel."""

    def __init__(self, longest: int) -> None:
        self._longest = longest

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > self._longest:
            said = _("The password is too long. It may have %(longest)d characters at most.")
            raise ValidationError(said % {"longest": self._longest}, code="password_too_long")

    def get_help_text(self) -> str:
        return ""


class NotKnown:
    """Neither a password that was lost in a breach nor a common word with digits and signs around it.

    Works offline: Django's list of the 20,000 most common, and on demand a file of SHA-1 digests in order, as the
    collection of Have I Been Pwned is published, one `DIGEST:COUNT` a line.
    """

    def __init__(self, breached: str | None = None) -> None:
        self._breached = Path(breached) if breached else None

    def validate(self, password: str, user: object = None) -> None:
        if self._is_common(password) or self._is_breached(password):
            said = _("This password, or a variant of it, stands in lists of stolen passwords. Choose another one.")
            raise ValidationError(said, code="password_known")

    def get_help_text(self) -> str:
        return _("Not a common word with digits or signs around it, and not a password that has been stolen before.")

    @cached_property
    def _common(self) -> frozenset[str]:
        return frozenset(CommonPasswordValidator().passwords) | _DANISH

    def _is_common(self, password: str) -> bool:
        lowered = password.lower()
        words = {lowered, core(lowered), core(lowered.translate(_LEET)), core(lowered).translate(_LEET)}
        return any(_repeated(word) in self._common for word in words if word) or core(lowered) == ""

    def _is_breached(self, password: str) -> bool:
        if self._breached is None:
            return False
        wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        return _stands_in(self._breached, wanted)


def core(password: str) -> str:
    """What is left without digits and signs at both ends.

    >>> core("sommer2026!!"), core("123456789012")
    ('sommer', '')
    """
    return _EDGES.sub("", password)


def _repeated(word: str) -> str:
    """The shortest part that a word repeats.

    >>> _repeated("passwordpassword"), _repeated("klima")
    ('password', 'klima')
    """
    return word[: (word + word).find(word, 1)]


def _stands_in(file: Path, wanted: bytes) -> bool:
    """Look a line up in a sorted file by halving it: some thirty reads also in forty gigabytes."""
    with file.open("rb") as lines:
        low, high = 0, lines.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.readline()
            found = lines.readline()[: len(wanted)].upper()
            if found == wanted:
                return True
            if found and found < wanted:
                low = middle + 1
            else:
                high = middle
    return False
