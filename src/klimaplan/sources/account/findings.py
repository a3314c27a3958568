"""What can be wrong with the answers of the account's interface, in words. One function per finding code."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from klimaplan.domain.errors import Finding, Severity, Text

NOTHING = Text("", "")
HOLE = Text("Manglende er ikke nul; tallet står som NE.", "Missing is not zero; the figure stands as NE.")
FETCH_AGAIN = Text("Hent filen igen.", "Fetch the file again.")


# -- what was asked for ----------------------------------------------------------------------------------------------


def version_malformed(version: str) -> Finding:
    return Finding(
        "version-malformed", f"--method-version {version}",
        Text("Det kan ikke være en metodeversion.", "This cannot be a method version."),
        NOTHING,
        Text("Skriv den som udgiveren, for eksempel 4.1.", "Write it as the publisher does, for example 4.1."),
    )  # fmt: skip


def path_absent(path: str) -> Finding:
    return Finding(
        "path-absent", path,
        Text("Filen eller mappen findes ikke.", "There is no such file or folder."),
        NOTHING,
        Text("Ret stien.", "Correct the path."),
    )  # fmt: skip


def folder_empty(path: str) -> Finding:
    return Finding(
        "folder-empty", path,
        Text("Der er ingen JSON-filer i mappen.", "There are no JSON files in the folder."),
        NOTHING,
        Text("Læg dem der som kommune-år.json, for eksempel 657-2023.json.",
             "Put them there as municipality-year.json, for example 657-2023.json."),
    )  # fmt: skip


def nothing_found() -> Finding:
    return Finding(
        "nothing-found", "import-account",
        Text("Der var ingen tal at hente.", "There were no figures to import."),
        NOTHING,
        Text("Vælg en anden fil eller andre år.", "Choose another file or other years."),
    )  # fmt: skip


# -- one answer by itself --------------------------------------------------------------------------------------------


def not_utf8(place: str) -> Finding:
    return Finding(
        "not-utf8", place,
        Text("Svaret er ikke UTF-8.", "The answer is not UTF-8."),
        Text("Så kan æ, ø og å ikke læses.", "So æ, ø and å cannot be read."),
        FETCH_AGAIN,
    )  # fmt: skip


def json_malformed(place: str, line: int) -> Finding:
    return Finding(
        "json-malformed", f"{place}!{line}",
        Text("Svaret er ikke JSON.", "The answer is not JSON."),
        NOTHING,
        FETCH_AGAIN,
    )  # fmt: skip


def download_truncated(place: str) -> Finding:
    return Finding(
        "download-truncated", place,
        Text("Svaret er skåret af.", "The answer is cut off."),
        Text("Resten af tallene mangler.", "The rest of the figures is missing."),
        FETCH_AGAIN,
    )  # fmt: skip


def answer_malformed(place: str) -> Finding:
    return Finding(
        "answer-malformed", place,
        Text('Svaret har ikke formen {"data": […]}.', 'The answer does not have the form {"data": […]}.'),
        NOTHING,
        Text("Gem svaret, som det kommer fra klimaregnskabet.dk.", "Keep the answer as klimaregnskabet.dk gives it."),
    )  # fmt: skip


def answer_empty(place: str) -> Finding:
    return Finding(
        "answer-empty", place,
        Text("Svaret har ingen rækker.", "The answer has no rows."),
        HOLE,
        Text("Året er måske ikke offentliggjort endnu; prøv senere.",
             "The year may not be published yet; try again later."),
        Severity.WARNING,
    )  # fmt: skip


def row_malformed(place: str, fields: Sequence[str]) -> Finding:
    return Finding(
        "row-malformed", place,
        Text(f"Rækken skal have felterne {', '.join(fields)}.", f"The row must have the fields {', '.join(fields)}."),
        NOTHING,
        Text("Gem svaret, som det kommer fra klimaregnskabet.dk.", "Keep the answer as klimaregnskabet.dk gives it."),
    )  # fmt: skip


def row_absent(place: str, row: str) -> Finding:
    return Finding(
        "row-absent", place,
        Text(f"Rækken {row} mangler.", f"There is no row {row}."),
        HOLE,
        FETCH_AGAIN,
        Severity.WARNING,
    )  # fmt: skip


def value_missing(place: str, row: str) -> Finding:
    return Finding(
        "value-missing", place,
        Text(f"{row} er null.", f"{row} is null."),
        HOLE,
        Text("Spørg udgiveren.", "Ask the publisher."),
        Severity.WARNING,
    )  # fmt: skip


def not_a_number(place: str, value: str) -> Finding:
    shown = value if len(value) <= 40 else f"{value[:40]}…"
    return Finding(
        "not-a-number", place,
        Text(f"»{shown}« kan ikke være en udledning.", f"“{shown}” cannot be an emission."),
        NOTHING,
        Text("Skriv et tal som 1234.5, eller null hvor tallet mangler.",
             "Write a number such as 1234.5, or null where it is missing."),
    )  # fmt: skip


def unknown_unit(place: str, unit: str, expected: Sequence[str]) -> Finding:
    return Finding(
        "unknown-unit", place,
        Text(f"Enheden er »{unit}«.", f"The unit is “{unit}”."),
        Text("Tallet kan være tusind gange for stort eller småt.", "The figure may be a thousand times off."),
        Text(f"Den skal være »{'« eller »'.join(expected)}«.", f"It must be “{'” or “'.join(expected)}”."),
    )  # fmt: skip


def unknown_sector(place: str, sector: str, known: Sequence[str]) -> Finding:
    return Finding(
        "unknown-sector", place,
        Text(f"Sektoren »{sector}« er ukendt.", f"The sector “{sector}” is unknown."),
        Text("Så ved vi ikke, hvor tallet hører til.", "So nobody knows where the figure belongs."),
        Text(f"Den skal være en af {', '.join(known)}.", f"It must be one of {', '.join(known)}."),
    )  # fmt: skip


def duplicate_row(place: str, row: str, first: str) -> Finding:
    return Finding(
        "duplicate-row", place,
        Text(f"{row} står også i {first}.", f"{row} also stands in {first}."),
        Text("Ingen kan vide, hvilken række der gælder.", "Nobody can know which row holds."),
        Text("Hent filen igen, eller behold den rigtige.", "Fetch the file again, or keep the right one."),
    )  # fmt: skip


def totals_not_told_apart(place: str, unit: str, totals: Sequence[Decimal]) -> Finding:
    shown = _shown(totals)
    return Finding(
        "totals-not-told-apart", place,
        Text(f"Flere rækker ligner Samlet ({unit}): {shown}.", f"Several rows look like Samlet ({unit}): {shown}."),
        Text("Kun summen af sektorerne kan skelne dem, og en sektor mangler. Tallet står som NE.",
             "Only the sum of the sectors tells them apart, and a sector is missing. The figure stands as NE."),
        Text("Spørg udgiveren om den manglende sektor.", "Ask the publisher for the missing sector."),
        Severity.WARNING,
    )  # fmt: skip


def no_total_fits(place: str, unit: str, summed: Decimal, totals: Sequence[Decimal]) -> Finding:
    shown = _shown(totals)
    return Finding(
        "no-total-fits", place,
        Text(f"Sektorerne giver {summed} {unit}, men Samlet er {shown}.",
             f"The sectors add up to {summed} {unit}, but Samlet is {shown}."),
        Text("Så er mindst ét af tallene læst eller leveret forkert.",
             "So at least one of the figures was read or delivered wrongly."),
        Text("Hent kommunens tal igen, eller ret filen.", "Fetch the municipality again, or correct the file."),
    )  # fmt: skip


def per_head_zero(place: str) -> Finding:
    return Finding(
        "per-head-zero", place,
        Text("Samlet pr. indbygger er 0.", "The total per inhabitant is 0."),
        Text("Så kan folketallet ikke regnes ud; det står som NE.",
             "So the population cannot be worked out; it stands as NE."),
        Text("Spørg udgiveren.", "Ask the publisher."),
        Severity.WARNING,
    )  # fmt: skip


def population_not_positive(place: str, total: Decimal, per_head: Decimal) -> Finding:
    return Finding(
        "population-not-positive", place,
        Text(f"Samlet er {total} t, men {per_head} t pr. indbygger.",
             f"The total is {total} t, but {per_head} t per inhabitant."),
        Text("Det ville give et folketal på nul eller derunder.", "That would make a population of zero or less."),
        Text("Hent kommunens tal igen, eller ret filen.", "Fetch the municipality again, or correct the file."),
    )  # fmt: skip


# -- which municipality and year -------------------------------------------------------------------------------------


def place_unknown(place: str) -> Finding:
    return Finding(
        "place-unknown", place,
        Text("Det står ingen steder, hvilken kommune og hvilket år svaret gælder.",
             "Nothing says which municipality and year the answer is of."),
        NOTHING,
        Text("Kald filen kommune-år.json, for eksempel 657-2023.json, eller skriv municipality og year i svaret.",
             "Call the file municipality-year.json, for example 657-2023.json, or put municipality and year in it."),
    )  # fmt: skip


def place_differs(place: str, code: str, year: int) -> Finding:
    return Finding(
        "place-differs", place,
        Text(f"Indholdet gælder {code} i {year}.", f"The content is of {code} in {year}."),
        Text("Navn og indhold modsiger hinanden.", "Name and content contradict each other."),
        Text("Ret filens navn.", "Correct the name of the file."),
    )  # fmt: skip


def unknown_municipality(place: str, code: str) -> Finding:
    return Finding(
        "unknown-municipality", place,
        Text(f"Kommunen {code} findes ikke.", f"There is no municipality {code}."),
        NOTHING,
        Text("Brug en kommunekode fra 101 til 860.", "Use a municipality code from 101 to 860."),
    )  # fmt: skip


def unknown_year(place: str, year: int, first: int, last: int) -> Finding:
    return Finding(
        "unknown-year", place,
        Text(f"Regnskabet kan ikke have {year}.", f"The account cannot have {year}."),
        NOTHING,
        Text(f"Vælg et år fra {first} til {last}.", f"Choose a year from {first} to {last}."),
    )  # fmt: skip


def duplicate_answer(place: str, code: str, year: int) -> Finding:
    return Finding(
        "duplicate-answer", place,
        Text(f"{code} i {year} er allerede læst fra et andet svar.",
             f"{code} in {year} has been read from another answer."),
        Text("Ingen kan vide, hvilket svar der gælder.", "Nobody can know which answer holds."),
        Text("Behold én af dem.", "Keep one of them."),
    )  # fmt: skip


def answer_absent(code: str, years: Sequence[str]) -> Finding:
    shown = ", ".join(years)
    return Finding(
        "answer-absent", code,
        Text(f"Der er intet svar for {shown}.", f"There is no answer for {shown}."),
        Text("Manglende er ikke nul; tallene står som NE.", "Missing is not zero; the figures stand as NE."),
        Text("Hent dem, og importér igen.", "Fetch them and import again."),
        Severity.WARNING,
    )  # fmt: skip


def year_not_published(year: str) -> Finding:
    return Finding(
        "year-not-published", year,
        Text("Ingen kommune har tal for året.", "No municipality has figures for the year."),
        NOTHING,
        Text("Vælg andre år med --years.", "Choose other years with --years."),
    )  # fmt: skip


def _shown(totals: Sequence[Decimal]) -> str:
    return " · ".join(map(str, totals))
