"""What the API itself refuses, before anything of the plan is asked; in both languages."""

from __future__ import annotations

from klimaplan.domain.errors import Finding, Text

NOTHING = Text("", "")
UNCHANGED = Text("Intet er ændret.", "Nothing was changed.")


def token_not_usable() -> Finding:
    """The same whether there is none, it is misspelt, has expired or was withdrawn, or the account is closed."""
    return Finding(
        "token-not-usable", "Authorization",
        Text("Det kræver en personlig nøgle, der virker.", "This takes a personal token that works."),
        UNCHANGED,
        Text("Lav en på siden Min konto, og send den som »Authorization: Bearer …«.",
             "Make one on the page My account, and send it as “Authorization: Bearer …”."),
    )  # fmt: skip


def scope_missing(scope: str) -> tuple[Text, Text]:
    """The reason, and what to do."""
    return (
        Text(f"Nøglen må ikke »{scope}«.", f"The token does not have the scope “{scope}”."),
        Text("Lav en nøgle, der må.", "Make a token that has it."),
    )


def too_many_requests() -> Finding:
    return Finding(
        "too-many-requests", "Authorization",
        Text("Der er kommet for mange forespørgsler.", "There have been too many requests."),
        UNCHANGED,
        Text("Vent så mange sekunder, som Retry-After siger.", "Wait for as many seconds as Retry-After says."),
    )  # fmt: skip


def body_too_large(most: int) -> Finding:
    megabytes = most / 1_000_000
    return Finding(
        "body-too-large", "body",
        Text(f"Der er sendt mere end {megabytes:g} MB.", f"More than {megabytes:g} MB were sent."),
        UNCHANGED,
        Text("Del det op.", "Split it."),
    )  # fmt: skip


def body_unreadable() -> Finding:
    return Finding(
        "body-unreadable", "body",
        Text("Det sendte er ikke gyldig JSON.", "What was sent is not valid JSON."),
        UNCHANGED,
        Text("Send ét JSON-objekt i UTF-8 med endelige tal, og hvert navn én gang.",
             "Send one JSON object in UTF-8 with finite numbers, and each name once."),
    )  # fmt: skip


def parameter_unknown(name: str) -> Finding:
    return Finding(
        "parameter-unknown", name[:60],
        Text("Der er ingen sådan parameter her.", "There is no such parameter here."),
        UNCHANGED,
        Text("Se OpenAPI for dem, der er.", "See OpenAPI for those there are."),
    )  # fmt: skip


def field_unknown(place: str) -> Finding:
    return Finding(
        "unknown-field", place,
        Text("Der er intet sådant felt her.", "There is no such field here."),
        UNCHANGED,
        Text("Fjern det, eller ret stavningen.", "Remove it, or mend the spelling."),
    )  # fmt: skip


def value_not_usable(place: str, expected: str) -> Finding:
    return Finding(
        "bad-parameter", place,
        Text("Værdien kan ikke bruges.", "The value cannot be used."),
        UNCHANGED,
        Text(f"Forventet (på engelsk): {expected}.", f"Expected: {expected}."),
    )  # fmt: skip


def version_missing() -> Finding:
    return Finding(
        "version-missing", "If-Match",
        Text("Du siger ikke, hvilken version du ændrer.", "You do not say which version you change."),
        Text("Så kunne en andens ændring gå tabt.", "So somebody else's change could be lost."),
        Text("Hent det først, og send dets ETag som »If-Match«; én, og ikke *.",
             "Fetch it first, and send its ETag as “If-Match”; one, and not *."),
    )  # fmt: skip


def plan_changed(now: int) -> Finding:
    return Finding(
        "plan-changed-meanwhile", "If-Match",
        Text(f"Planen er ændret siden; den er nu ved revision {now}.",
             f"The plan was changed since; it is at revision {now} now."),
        UNCHANGED,
        Text("Hent planen igen, se hvad der er nyt, og send det igen.",
             "Fetch the plan again, look at what is new, and send it once more."),
    )  # fmt: skip


def cursor_unreadable() -> Finding:
    return Finding(
        "cursor-unreadable", "cursor",
        Text("Mærket kan ikke læses.", "The cursor cannot be read."),
        NOTHING,
        Text("Brug »next« fra det forrige svar, som det er.", "Use “next” of the answer before, as it is."),
    )  # fmt: skip


def unknown(what: str, key: object) -> Finding:
    """Of what is not there, and of what the person may not know of."""
    return Finding(
        f"{what}-unknown", str(key)[:80],
        Text("Det findes ikke, eller det er ikke for dig.", "It does not exist, or it is not for you."),
        NOTHING,
        Text("Vælg fra listen.", "Choose from the list."),
    )  # fmt: skip
