"""What can be wrong with a department, with what to do about it."""

from __future__ import annotations

from klimaplan.domain.errors import Finding, Text

NOTHING_CHANGED = Text("Intet er ændret.", "Nothing was changed.")


def name_not_usable(most: int) -> Finding:
    return Finding(
        "department-name-not-usable", "name",
        Text(f"Navnet skal have 1 til {most} tegn.", f"The name must have 1 to {most} characters."),
        NOTHING_CHANGED,
        Text("Skriv afdelingens navn.", "Write the name of the department."),
    )  # fmt: skip


def name_taken(name: str) -> Finding:
    return Finding(
        "department-exists", name,
        Text("Der er allerede en afdeling med det navn.", "There is a department of that name already."),
        NOTHING_CHANGED,
        Text("Vælg et andet navn.", "Choose another name."),
    )  # fmt: skip


def closed(name: str) -> Finding:
    return Finding(
        "department-closed", name,
        Text("Afdelingen er lukket.", "The department is closed."),
        NOTHING_CHANGED,
        Text("Vælg en afdeling fra listen.", "Choose a department from the list."),
    )  # fmt: skip


def last_day_too_early() -> Finding:
    return Finding(
        "dates-backwards", "on",
        Text("Den sidste dag ligger før den første.", "The last day is before the first."),
        NOTHING_CHANGED,
        Text("Vælg en senere dag.", "Choose a later day."),
    )  # fmt: skip


def no_contact(name: str) -> Finding:
    return Finding(
        "no-department-contact", name,
        Text(
            f"{name} er ikke kontakt i en afdeling her.", f"{name} does not hold the role of a department contact here."
        ),
        NOTHING_CHANGED,
        Text("Giv dem rollen først.", "Give them the role first."),
    )  # fmt: skip


def unknown(key: str) -> Finding:
    return Finding(
        "department-unknown", key[:40],
        Text("Afdelingen findes ikke her.", "There is no such department here."),
        Text("", ""),
        Text("Vælg en fra listen.", "Choose one from the list."),
    )  # fmt: skip
