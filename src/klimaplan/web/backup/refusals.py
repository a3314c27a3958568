"""What can be wrong with a backup or with where it shall go, as findings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klimaplan.domain.errors import Finding, Text

_UNTOUCHED = Text("Intet er ændret.", "Nothing was changed.")
_ANOTHER = Text("Brug en anden sikkerhedskopi.", "Use another backup.")


def no_backup(file: Path) -> Finding:
    return Finding(
        "backup-malformed", str(file),
        Text("Filen er ingen sikkerhedskopi af klimaplan.", "The file is no backup of klimaplan."), _UNTOUCHED,
        Text("Brug en, som `klimaplan backup` har lavet.", "Use one that `klimaplan backup` made."),
    )  # fmt: skip


def manifest(file: Path, place: str, said: str) -> Finding:
    return Finding(
        "backup-manifest-malformed", f"{file}!manifest.json!{place}",
        Text(f"Fortegnelsen kan ikke læses ({said}).", f"The manifest cannot be read ({said})."), _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def name(file: Path, member: str) -> Finding:
    return Finding(
        "backup-member-name", f"{file}!{_shown(member)}",
        Text("Arkivet indeholder noget, som ingen sikkerhedskopi indeholder.",
             "The archive holds something that no backup holds."), _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def twice(file: Path, member: str) -> Finding:
    return Finding(
        "backup-member-twice", f"{file}!{_shown(member)}",
        Text("Navnet står der to gange.", "The name is there twice."), _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def bomb(file: Path) -> Finding:
    return Finding(
        "backup-too-large", str(file),
        Text("Arkivet vokser urimeligt, når det pakkes ud.", "The archive grows beyond reason when it is unpacked."),
        _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def absent(file: Path, member: str) -> Finding:
    return Finding(
        "backup-member-absent", f"{file}!{_shown(member)}",
        Text("Delen mangler.", "The member is absent."), _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def unknown(file: Path, member: str) -> Finding:
    return Finding(
        "backup-member-unknown", f"{file}!{_shown(member)}",
        Text("Fortegnelsen kender ikke delen.", "The manifest does not know the member."), _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def not_as_written(file: Path, member: str) -> Finding:
    return Finding(
        "backup-member-changed", f"{file}!{_shown(member)}",
        Text("Delen er ikke, som den blev skrevet.", "The member is not as it was written."), _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def exists(file: Path) -> Finding:
    return Finding(
        "file-exists", str(file),
        Text("Filen findes allerede.", "The file exists already."), Text("", ""),
        Text("Vælg et andet navn.", "Choose another name."),
    )  # fmt: skip


def no_room(folder: Path, wanted: int, free: int) -> Finding:
    sizes = f"{free // 2**20} MB < {wanted // 2**20} MB"
    return Finding(
        "disk-full", str(folder),
        Text(f"Der er ikke plads ({sizes}).", f"There is not room enough ({sizes})."), _UNTOUCHED,
        Text("Skaf plads.", "Make room."),
    )  # fmt: skip


def from_another_version(file: Path, version: str, migrations: Iterable[str]) -> Finding:
    names = ", ".join(migrations)
    return Finding(
        "backup-from-another-version", str(file),
        Text(f"Kopien er lavet med klimaplan {version} og kender noget, som denne ikke kender ({names}).",
             f"The backup was made with klimaplan {version} and knows what this one does not ({names})."), _UNTOUCHED,
        Text("Installer den udgave eller en nyere.", "Install that version or a later one."),
    )  # fmt: skip


def tables_differ(file: Path, labels: Iterable[str]) -> Finding:
    names = ", ".join(labels)
    return Finding(
        "backup-tables-differ", str(file),
        Text(f"Kopien har ikke de tabeller, som dens udgave har ({names}).",
             f"The backup does not have the tables of its version ({names})."), _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def rows(file: Path, label: str, line: int, said: str) -> Finding:
    return Finding(
        "backup-rows-malformed", f"{file}!rows/{label}.jsonl!{line}",
        Text(f"Linjen kan ikke blive til en række ({said}).", f"The line cannot become a row ({said})."),
        _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def count(file: Path, label: str, wanted: int, found: int) -> Finding:
    return Finding(
        "backup-count-differs", f"{file}!rows/{label}.jsonl",
        Text(f"Der er {found} rækker, men skal være {wanted}.", f"There are {found} rows, but should be {wanted}."),
        _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def not_loadable(file: Path, said: object) -> Finding:
    text = " ".join(str(said).split()).rstrip(".")
    return Finding(
        "backup-not-loadable", str(file),
        Text(f"Databasen afviser indholdet: {text}.", f"The database refuses the content: {text}."),
        _UNTOUCHED, _ANOTHER,
    )  # fmt: skip


def not_empty(place: str) -> Finding:
    return Finding(
        "restore-target-not-empty", place,
        Text("Her er der allerede noget.", "There is something here already."), _UNTOUCHED,
        Text("Brug en tom mappe og database, eller --replace, som gemmer det gamle ved siden af.",
             "Use an empty folder and database, or --replace, which keeps the old one aside."),
    )  # fmt: skip


def in_use(place: str) -> Finding:
    return Finding(
        "restore-target-in-use", place,
        Text("Andre skriver i databasen.", "Others are writing into the database."), _UNTOUCHED,
        Text("Stop webstedet, og prøv igen.", "Stop the site and try again."),
    )  # fmt: skip


def _shown(member: str) -> str:
    """A name from outside, without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else "?" for sign in member)[:120]
