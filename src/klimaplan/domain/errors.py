"""What can go wrong, said so that the reader can mend it.

A :class:`Finding` is one observation about input: what, where, why it matters and what to do. Readers collect
all findings of a file before they give up; nothing is half-loaded. Texts are complete in Danish and English.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = Literal["da", "en"]


class Severity(StrEnum):
    """How much a finding weighs: an ``ERROR`` stops publication, the others are shown beside the number."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages of the system.

    >>> Text("ukendt kommune", "unknown municipality").read("da")
    'ukendt kommune'
    """

    da: str
    en: str

    def read(self, language: Language) -> str:
        return self.da if language == "da" else self.en


def comma(value: float, form: str = "") -> str:
    """A number for the Danish half of a text.

    >>> comma(78578.8, ".1f")
    '78578,8'
    """
    return format(value, form).replace(".", ",")


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation about input.

    Parameters
    ----------
    code : stable identifier in kebab-case, e.g. ``"total-differs-from-sectors"``
    place : where, as ``file!sheet!row`` or a field or ``municipality/year/sector``
    what, why, remedy : the observation, its consequence, and how to mend it
    """

    code: str
    place: str
    what: Text
    why: Text
    remedy: Text
    severity: Severity = Severity.ERROR

    def message(self, language: Language = "en") -> str:
        """The finding as one line of prose.

        >>> finding = Finding("unknown-code", "999", Text("Koden findes ikke.", "The code does not exist."),
        ...                   Text("", ""), Text("Brug 101.", "Use 101."))
        >>> finding.message("en")
        '999: The code does not exist. Use 101.'
        """
        parts = (self.what.read(language), self.why.read(language), self.remedy.read(language))
        return f"{self.place}: " + " ".join(part for part in parts if part)

    def as_record(self) -> dict[str, object]:
        """The finding for machines: stable keys, both languages."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "place": self.place,
            "message": {"da": self.message("da"), "en": self.message("en")},
        }


class KlimaplanError(Exception):
    """Base of every error that klimaplan raises on purpose; always carries findings."""

    def __init__(self, findings: Finding | Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("\n".join(finding.message("en") for finding in self.findings))

    def __reduce__(self) -> tuple[type[KlimaplanError], tuple[tuple[Finding, ...]]]:
        """From another process it arrives with its findings, not with its text."""
        return type(self), (self.findings,)


class InputError(KlimaplanError):
    """Input from outside (a file, an answer, a parameter) cannot be used."""


class UnknownCodeError(InputError):
    """A code, name, year or method that does not exist was asked for."""


class SourceError(KlimaplanError):
    """A provider did not deliver: wrong key, time-out, cut connection, too many requests."""


class UnitError(KlimaplanError):
    """Two quantities of different units met."""


class AxisError(KlimaplanError):
    """Two arrays do not carry identical labels on a shared axis, or an axis is absent."""


class CoverageError(KlimaplanError):
    """A value that the calculation needs is missing; missing is never taken as zero."""


def raise_errors(findings: Iterable[Finding]) -> None:
    """Raise one `InputError` with every finding if any of them is an error.

    >>> raise_errors([])
    """
    findings = tuple(findings)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise InputError(findings)
