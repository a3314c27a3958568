"""The secret in a link: random, signed, and kept as its digest only."""

from __future__ import annotations

import hashlib
import secrets

from django.core import signing
from django.utils.crypto import constant_time_compare

SALT = "klimaplan.progress-link"
LONGEST = 200


def new() -> tuple[str, str]:
    """A token for a link, and the digest that is kept of it."""
    secret = secrets.token_urlsafe(32)
    return signing.Signer(salt=SALT).sign(secret), digest(secret)


def digest_of(token: str) -> str | None:
    """The digest under which a token of ours is kept; None for what nobody here has signed."""
    if len(token) > LONGEST:
        return None
    try:
        return digest(signing.Signer(salt=SALT).unsign(token))
    except signing.BadSignature:
        return None


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """In the same time, however much of the two is alike."""
    return constant_time_compare(one, other)
