"""What can be wrong with an invitation, a role or a person, with what to do about it."""

from __future__ import annotations

from klimaplan.domain.errors import Finding, Text
from klimaplan.web.accounts.roles import Role
from klimaplan.web.organisations.models import Organisation


def role_unknown(role: str) -> Finding:
    return Finding(
        "role-unknown", role,
        Text("Rollen findes ikke.", "There is no such role."),
        Text("", ""),
        Text("Vælg en rolle fra listen.", "Choose a role from the list."),
    )  # fmt: skip


def role_does_not_fit(role: Role, organisation: Organisation) -> Finding:
    return Finding(
        "role-does-not-fit", role.key,
        Text(
            f"Rollen {role.name.da} kan ikke gives i {organisation.name_da}.",
            f"The role {role.name.en} cannot be given in {organisation.name_en}.",
        ),
        Text("", ""),
        Text("Vælg en rolle, der findes i organisationen.", "Choose a role that the organisation has."),
    )  # fmt: skip


def role_already_held(role: Role) -> Finding:
    return Finding(
        "role-already-held", role.key,
        Text("Personen har allerede rollen i den periode.", "The person already holds the role in that period."),
        Text("", ""),
        Text("Vælg en anden rolle eller en anden periode.", "Choose another role or another period."),
    )  # fmt: skip


def email_not_usable(email: str) -> Finding:
    return Finding(
        "email-not-usable", "email",
        Text(f"{email} er ikke en e-mailadresse.", f"{email} is not an e-mail address."),
        Text("", ""),
        Text("Skriv adressen som navn@kommune.dk.", "Write the address as name@municipality.dk."),
    )  # fmt: skip


def person_exists(email: str) -> Finding:
    return Finding(
        "person-exists", "email",
        Text(f"{email} har allerede en konto.", f"{email} already has an account."),
        Text("", ""),
        Text("Giv personen en rolle i stedet.", "Give the person a role instead."),
    )  # fmt: skip


def link_not_usable() -> Finding:
    """One text for all reasons."""
    return Finding(
        "link-not-usable", "link",
        Text(
            "Linket kan ikke bruges. Det er brugt, udløbet, skrevet forkert eller til en anden konto.",
            "The link cannot be used. It was used, has expired, is misspelt or is for another account.",
        ),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Bed om et nyt fra din konto.", "Ask for a new one from your account."),
    )  # fmt: skip


def email_is_the_same() -> Finding:
    return Finding(
        "email-is-the-same", "email",
        Text("Det er allerede din e-mail.", "That is your e-mail already."),
        Text("", ""),
        Text("Skriv den nye adresse.", "Write the new address."),
    )  # fmt: skip


def last_administrator() -> Finding:
    return Finding(
        "last-administrator", "account",
        Text("Du er den eneste administrator.", "You are the only administrator."),
        Text("Uden en kan ingen åbne kontoen igen.", "Without one nobody can open the account again."),
        Text("Giv rollen til en anden først.", "Give the role to somebody else first."),
    )  # fmt: skip


def account_not_closed() -> Finding:
    return Finding(
        "account-not-closed", "account",
        Text("Kontoen er ikke lukket.", "The account is not closed."),
        Text("", ""),
        Text("Vælg en fra listen over lukkede konti.", "Choose one from the list of closed accounts."),
    )  # fmt: skip


def dates_backwards(place: str) -> Finding:
    return Finding(
        "dates-backwards", place,
        Text("Den sidste dag ligger før den første.", "The last day is before the first."),
        Text("", ""),
        Text("Vælg en senere sidste dag.", "Choose a later last day."),
    )  # fmt: skip


def invitation_not_usable() -> Finding:
    """One text for all reasons: who found a link in the bin learns nothing from it."""
    return Finding(
        "invitation-not-usable", "link",
        Text(
            "Invitationen kan ikke bruges. Den er brugt, trukket tilbage, udløbet eller skrevet forkert.",
            "The invitation cannot be used. It was used, withdrawn, has expired or is misspelt.",
        ),
        Text("", ""),
        Text("Bed den, der inviterede dig, om en ny.", "Ask whoever invited you for a new one."),
    )  # fmt: skip


def not_there(key: str) -> Finding:
    return Finding(
        "not-there", key,
        Text("Det findes ikke her.", "There is no such thing here."),
        Text("", ""),
        Text("Gå tilbage til listen.", "Go back to the list."),
    )  # fmt: skip
