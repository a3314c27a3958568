"""What can be wrong with a link or a report, in both languages."""

from __future__ import annotations

from klimaplan.domain.errors import Finding, Text


def link_not_usable() -> Finding:
    """The same for a link that was never made, has expired or was revoked: nobody learns which."""
    return Finding(
        "progress-link-not-usable", "",
        Text("Linket kan ikke bruges.", "The link cannot be used."),
        Text("Det kan være udløbet, trukket tilbage eller ikke kopieret helt.",
             "It may have expired, been withdrawn, or not been copied as a whole."),
        Text("Bed den, der sendte det, om et nyt.", "Ask whoever sent it for a new one."),
    )  # fmt: skip


def recipient_missing() -> Finding:
    return Finding(
        "recipient-missing", "recipient",
        Text("Linket mangler en modtager på 1 til 80 tegn.", "The link lacks a recipient of 1 to 80 characters."),
        Text("Modtageren står ved alt, hvad der meldes ind.", "The recipient stands beside everything reported."),
        Text("Skriv et navn eller en afdeling.", "Write a name or a department."),
    )  # fmt: skip


def days_out_of_range(most: int) -> Finding:
    return Finding(
        "days-out-of-range", "days",
        Text(f"Et link virker i 1 til {most} dage.", f"A link works for 1 to {most} days."),
        Text("", ""),
        Text("Vælg et færre antal dage.", "Choose fewer days."),
    )  # fmt: skip


def action_unknown(key: str) -> Finding:
    return Finding(
        "action-unknown", key[:80],
        Text("Planen har ikke det tiltag.", "The plan has no such action."),
        Text("", ""),
        Text("Vælg et fra listen.", "Choose one from the list."),
    )  # fmt: skip


def unit_missing() -> Finding:
    return Finding(
        "unit-missing", "unit",
        Text("Tallet mangler en enhed.", "The number lacks a unit."),
        Text("Uden enhed kan ingen se, hvad der er talt.", "Without a unit nobody sees what was counted."),
        Text("Skriv for eksempel stk., km eller m².", "Write for example pcs., km or m²."),
    )  # fmt: skip


def barrier_incomplete() -> Finding:
    return Finding(
        "barrier-incomplete", "barrier",
        Text("En barriere skal både have en slags og en beskrivelse.", "A barrier needs both kind and description."),
        Text("", ""),
        Text("Udfyld begge, eller ingen af dem.", "Fill in both, or neither."),
    )  # fmt: skip
