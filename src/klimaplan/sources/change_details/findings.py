"""What can be wrong with change details besides what can be wrong with any file, in words. One function per code."""

from __future__ import annotations

from collections.abc import Iterable

from klimaplan.domain.errors import Finding, Text
from klimaplan.sources.plan_files.findings import NOTHING, WRITE_ONCE, nearest


def file_missing(place: str) -> Finding:
    return Finding(
        "file-missing", place,
        Text("Filen findes ikke.", "The file does not exist."),
        NOTHING,
        Text("Ret stien. `klimaplan change --template` skriver et eksempel.",
             "Mend the path. `klimaplan change --template` writes an example."),
    )  # fmt: skip


def kind_of_file_unknown(place: str) -> Finding:
    return Finding(
        "file-kind-unknown", place,
        Text("Filen er hverken TOML eller JSON.", "The file is neither TOML nor JSON."),
        NOTHING,
        Text("Kald den .toml eller .json.", "Call it .toml or .json."),
    )  # fmt: skip


def too_large(place: str, limit: int) -> Finding:
    return Finding(
        "file-too-large", place,
        Text(f"Filen er over {limit // 1_000} kB.", f"The file is above {limit // 1_000} kB."),
        Text("Fem sektorer fylder sjældent mere end nogle få kB.", "Five sectors rarely take more than a few kB."),
        Text("Fjern det, der ikke hører til.", "Remove what does not belong to it."),
    )  # fmt: skip


def unit_missing(place: str) -> Finding:
    return Finding(
        "unit-missing", place,
        Text("Tallet har ingen enhed.", "The figure has no unit."),
        Text("Et tal uden enhed kan ikke efterprøves.", "A figure without a unit cannot be checked."),
        Text('Skriv for eksempel unit = "m2".', 'Write for example unit = "m2".'),
    )  # fmt: skip


def source_missing(place: str) -> Finding:
    return Finding(
        "source-missing", place,
        Text("Tallet har ingen kilde.", "The figure has no source."),
        Text("Et tal uden kilde kan ikke efterprøves.", "A figure without a source cannot be checked."),
        Text("Skriv, hvor tallet kommer fra.", "Write where the figure comes from."),
    )  # fmt: skip


def unknown_sector(place: str, given: str, known: Iterable[str]) -> Finding:
    return Finding(
        "unknown-sector", place,
        Text(f"Der er ingen sektor {given}.", f"There is no sector {given}."),
        NOTHING,
        nearest(given, known),
    )  # fmt: skip


def unknown_part(place: str, given: str, known: Iterable[str]) -> Finding:
    return Finding(
        "unknown-part", place,
        Text(f"{given} er ikke en del, der kan stå her.", f"{given} is not a part that can stand here."),
        NOTHING,
        nearest(given, known),
    )  # fmt: skip


def municipality_differs(place: str, given: str, asked: str) -> Finding:
    return Finding(
        "municipality-differs", place,
        Text(f"Filen er om {given}, men der er spurgt om {asked}.",
             f"The file is about {given}, but {asked} was asked for."),
        Text("En andens tal ville forklare ændringen forkert.", "Figures of another would explain it wrongly."),
        Text("Vælg den rigtige fil, eller ret feltet.", "Choose the right file, or correct the field."),
    )  # fmt: skip


def sector_twice(place: str, sector: str) -> Finding:
    return Finding(
        "sector-twice", place,
        Text(f"Sektoren {sector} står to gange.", f"The sector {sector} stands twice."),
        Text("Så er det uvist, hvad der gælder.", "So it is unknown which holds."),
        WRITE_ONCE,
    )  # fmt: skip


def energy_and_factor(place: str) -> Finding:
    return Finding(
        "energy-and-factor", place,
        Text("Sektoren har både energi og faktor.", "The sector has both an energy and a factor."),
        Text("Den ene følger af den anden og af regnskabet, og de to kan være uenige.",
             "One follows from the other and the account, and the two may disagree."),
        WRITE_ONCE,
    )  # fmt: skip


def year_missing(place: str, year: int) -> Finding:
    return Finding(
        "year-missing", place,
        Text(f"Tallet for {year} mangler.", f"The figure of {year} is missing."),
        Text("Klimaplan gætter ikke.", "klimaplan does not guess."),
        Text("Angiv det, eller sammenlign to andre år med --from og --to.",
             "Give it, or compare two other years with --from and --to."),
    )  # fmt: skip


def known_of_other_years(place: str, there: tuple[int, int], asked: tuple[int, int]) -> Finding:
    given, wanted = (f"{first}–{last}" for first, last in (there, asked))
    return Finding(
        "known-of-other-years", place,
        Text(f"Virkningen er fra {given}, men {wanted} sammenlignes.",
             f"The effect is of {given}, but {wanted} are compared."),
        Text("Klimaplan omregner den ikke.", "klimaplan does not convert it."),
        Text("Angiv den for de år, eller vælg årene med --from og --to.",
             "Give it for those years, or choose the years with --from and --to."),
    )  # fmt: skip
