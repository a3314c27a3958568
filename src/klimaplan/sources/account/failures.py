"""What can go wrong between us and the provider of the account, in words. One function per finding code."""

from __future__ import annotations

from klimaplan.domain.errors import Finding, Severity, Text

NOTHING = Text("", "")
TRY_LATER = Text("Prøv igen senere.", "Try again later.")


def key_malformed() -> Finding:
    return Finding(
        "key-malformed", "KLIMAPLAN_ACCOUNT_KEY",
        Text("Nøglen mangler eller har mellemrum eller særlige tegn.",
             "The key is absent, or has spaces or special characters."),
        NOTHING,
        Text("Bed info@klimaregnskabet.dk om en nøgle, og sæt den i miljøet; eller brug --from.",
             "Ask info@klimaregnskabet.dk for a key and set it in the environment; or use --from."),
    )  # fmt: skip


def address_malformed(place: str) -> Finding:
    return Finding(
        "address-malformed", place,
        Text("Adressen kan ikke bruges.", "The address cannot be used."),
        NOTHING,
        Text("Skriv den som https://vært/sti uden navn, kodeord og spørgsmålstegn.",
             "Write it as https://host/path without name, password and question mark."),
    )  # fmt: skip


def address_not_safe(host: str) -> Finding:
    return Finding(
        "address-not-safe", host,
        Text("Adressen er ikke krypteret.", "The address is not encrypted."),
        Text("Så kan andre læse nøglen undervejs.", "So others can read the key on its way."),
        Text("Brug https.", "Use https."),
    )  # fmt: skip


def key_refused(place: str, status: int) -> Finding:
    return Finding(
        "key-refused", place,
        Text(f"Nøglen blev afvist ({status}).", f"The key was refused ({status})."),
        NOTHING,
        Text("Ret KLIMAPLAN_ACCOUNT_KEY, eller bed info@klimaregnskabet.dk om en ny.",
             "Correct KLIMAPLAN_ACCOUNT_KEY, or ask info@klimaregnskabet.dk for a new one."),
    )  # fmt: skip


def too_many_requests(place: str, seconds: float | None) -> Finding:
    da = "" if seconds is None else f" og beder om {seconds:.0f} sekunders pause"
    en = "" if seconds is None else f" and asks for a pause of {seconds:.0f} seconds"
    return Finding(
        "too-many-requests", place,
        Text(f"Udgiveren får for mange forespørgsler{da}.", f"The provider gets too many requests{en}."),
        NOTHING,
        Text("Prøv igen senere, eller sæt --pause op.", "Try again later, or raise --pause."),
    )  # fmt: skip


def server_failed(place: str, status: int) -> Finding:
    return Finding(
        "server-failed", place,
        Text(f"Udgiverens server fejlede ({status}).", f"The provider's server failed ({status})."),
        NOTHING,
        TRY_LATER,
    )  # fmt: skip


def answer_refused(place: str, status: int) -> Finding:
    return Finding(
        "answer-refused", place,
        Text(f"Udgiveren ville ikke svare ({status}).", f"The provider would not answer ({status})."),
        NOTHING,
        Text("Se, om adressen og årene er rigtige.", "See whether the address and the years are right."),
    )  # fmt: skip


def timed_out(place: str) -> Finding:
    return Finding(
        "timed-out", place,
        Text("Udgiveren svarede ikke i tide.", "The provider did not answer in time."),
        NOTHING,
        TRY_LATER,
    )  # fmt: skip


def connection_cut(place: str) -> Finding:
    return Finding(
        "connection-cut", place,
        Text("Forbindelsen blev afbrudt midt i svaret.", "The connection was cut in the middle of the answer."),
        NOTHING,
        TRY_LATER,
    )  # fmt: skip


def not_reachable(place: str) -> Finding:
    return Finding(
        "not-reachable", place,
        Text("Udgiveren kan ikke nås.", "The provider cannot be reached."),
        NOTHING,
        Text("Se, om der er forbindelse til nettet, og om adressen er rigtig.",
             "See whether there is a connection to the network and whether the address is right."),
    )  # fmt: skip


def download_unfinished(folder: str, done: int, wanted: int, day: str) -> Finding:
    return Finding(
        "download-unfinished", f"downloads/{folder}",
        Text(f"{done} af {wanted} svar er hentet og gemt.", f"{done} of {wanted} answers are fetched and kept."),
        NOTHING,
        Text(f"Fortsæt med samme kommando og --retrieved {day}.",
             f"Go on with the same command and --retrieved {day}."),
        Severity.INFO,
    )  # fmt: skip
