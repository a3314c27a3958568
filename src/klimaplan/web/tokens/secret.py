"""The secret of a token: random, with a beginning by which a leaked one is recognised, and kept as its digest only."""

from __future__ import annotations

import hashlib
import re
import secrets

BEGINNING = "klp_"
SHOWN = len(BEGINNING) + 4
FORM = re.compile(rf"{BEGINNING}[A-Za-z0-9_-]{{43}}")


def new() -> str:
    """256 random bits as text."""
    return BEGINNING + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept. The secret is random, so a plain digest cannot be searched through."""
    return hashlib.sha256(secret.encode()).hexdigest()


def digest_of(shown: str) -> str | None:
    """The digest of what somebody shows; None for what can be no token of ours.

    >>> digest_of("klp_short") is None
    True
    """
    return digest(shown) if FORM.fullmatch(shown) else None
