"""What can be wrong with a token that is to be made, in both languages."""

from __future__ import annotations

from klimaplan.domain.errors import Finding, Text

NOTHING = Text("", "")


def name_not_usable(most: int) -> Finding:
    return Finding(
        "token-name-not-usable", "name",
        Text(f"Navnet skal have 1 til {most} tegn.", f"The name must have 1 to {most} characters."),
        NOTHING,
        Text("Skriv, hvad nøglen bruges til.", "Say what the token is for."),
    )  # fmt: skip


def scopes_missing() -> Finding:
    return Finding(
        "token-scopes-missing", "scopes",
        Text("Nøglen kan ikke bruges til noget.", "The token would be good for nothing."),
        NOTHING,
        Text("Vælg mindst én ting, den må.", "Choose at least one thing it may do."),
    )  # fmt: skip


def scope_unknown(scope: str) -> Finding:
    return Finding(
        "token-scope-unknown", "scopes",
        Text(f"»{scope}« findes ikke.", f"There is no “{scope}”."),
        NOTHING,
        Text("Vælg fra listen.", "Choose from the list."),
    )  # fmt: skip


def days_out_of_range(most: int) -> Finding:
    return Finding(
        "token-days-out-of-range", "days",
        Text(f"En nøgle virker i 1 til {most} dage.", f"A token works for 1 to {most} days."),
        NOTHING,
        Text("Vælg et færre antal dage.", "Choose fewer days."),
    )  # fmt: skip


def too_many(most: int) -> Finding:
    return Finding(
        "too-many-tokens", "name",
        Text(f"Du har allerede {most} nøgler.", f"You have {most} tokens already."),
        NOTHING,
        Text("Træk en tilbage, du ikke bruger.", "Withdraw one that you do not use."),
    )  # fmt: skip


def not_there(key: int) -> Finding:
    return Finding(
        "token-unknown", str(key),
        Text("Du har ingen sådan nøgle.", "You have no such token."),
        NOTHING,
        Text("Gå tilbage til listen.", "Go back to the list."),
    )  # fmt: skip
