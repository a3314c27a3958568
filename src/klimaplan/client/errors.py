"""What the site refuses, as exceptions that carry its findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was wrong: what, where, and what to do, in the language of the client."""

    code: str
    place: str
    text: str
    severity: str = "error"


class Refused(Exception):  # noqa: N818  # reads as what it says where it is caught
    """The site did not do what was asked; nothing was changed there.

    Attributes
    ----------
    status : of the answer
    findings : everything that was wrong, all at once
    wait : seconds after which to ask again, where the site says so
    """

    def __init__(self, status: int, findings: Sequence[Finding], said: str = "") -> None:
        self.status, self.findings = status, tuple(findings)
        self.wait: float | None = None
        super().__init__("\n".join(each.text for each in findings) or said or f"status {status}")


class TokenNotUsable(Refused):
    """There is no token, or it no longer works."""


class NotAllowed(Refused):
    """The token has not the scope, or no role of its owner allows it; the findings say whom to ask."""


class NotThere(Refused):
    """It does not exist, or it is not for the owner of the token."""


class TooManyRequests(Refused):
    """More was asked than the site answers, even after waiting."""


class Conflict(Refused):
    """Somebody else was faster.

    Attributes
    ----------
    clashes : for each part what both began with, theirs, yours, and what conflicts
    """

    def __init__(self, status: int, findings: Sequence[Finding], clashes: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(status, findings)
        self.clashes = tuple(clashes)


_KINDS: Mapping[int, type[Refused]] = {
    401: TokenNotUsable, 403: NotAllowed, 404: NotThere, 429: TooManyRequests,
}  # fmt: skip


def refusal(status: int, body: object, language: str) -> Refused:
    """The exception for an answer that is none."""
    told: Mapping[str, Any] = body if isinstance(body, Mapping) else {}
    findings = [
        Finding(each["code"], each["place"], each.get("text") or each["message"][language], each["severity"])
        for each in told.get("findings", [])
    ]
    if status in (409, 412):
        return Conflict(status, findings, told.get("clashes", []))
    return _KINDS.get(status, Refused)(status, findings)
