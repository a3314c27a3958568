"""What can be wrong with a reference table, in words. One function per finding code."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from klimaplan.domain.errors import Finding, Severity, Text
from klimaplan.reference.schema import CellType

NOTHING = Text("", "")

EXPECTED = {
    CellType.TEXT: Text("tekst uden mellemrum før og efter", "text without spaces before and after"),
    CellType.INTEGER: Text("et helt tal som 2023", "a whole number such as 2023"),
    CellType.NUMBER: Text("et tal med punktum som 1234.5", "a number with a decimal point such as 1234.5"),
    CellType.DATE: Text("en dato som 2026-11-24", "a date such as 2026-11-24"),
    CellType.BOOLEAN: Text("true eller false", "true or false"),
    CellType.UNIT: Text("en kendt enhed som t CO2e", "a known unit such as t CO2e"),
}


# -- one table by itself ---------------------------------------------------------------------------------------------


def table_absent(place: str) -> Finding:
    return Finding(
        "table-absent", place,
        Text("Tabellen findes ikke.", "There is no such table."),
        NOTHING,
        Text("Læg CSV-filen ved siden af sin TOML-fil.", "Put the CSV file beside its TOML file."),
    )  # fmt: skip


def schema_absent(place: str) -> Finding:
    return Finding(
        "schema-absent", place,
        Text("Tabellen har ingen beskrivelse.", "The table has no description."),
        Text("Så kan ingen se, hvad kolonnerne betyder.", "So nobody can see what its columns mean."),
        Text("Læg en TOML-fil med samme navn ved siden af.", "Put a TOML file of the same name beside it."),
    )  # fmt: skip


def edition_absent(place: str) -> Finding:
    return Finding(
        "edition-absent", place,
        Text("Beskrivelsen siger ikke, hvilken udgave tallene er.",
             "The description does not say which edition the figures are."),
        Text("Tal fra to udgaver kan ikke sammenlignes.", "Figures of two editions cannot be compared."),
        Text("Skriv udgave, dag og GWP under [edition].", "Write version, day and GWP under [edition]."),
    )  # fmt: skip


def table_empty(place: str) -> Finding:
    return Finding(
        "table-empty", place,
        Text("Tabellen har ingen rækker.", "The table has no rows."),
        NOTHING,
        Text("Skriv rækkerne ind, eller slet tabellen.", "Enter the rows, or delete the table."),
    )  # fmt: skip


def not_utf8(place: str) -> Finding:
    return Finding(
        "not-utf8", place,
        Text("Filen er ikke UTF-8.", "The file is not UTF-8."),
        Text("Så bliver æ, ø og å læst forkert.", "So æ, ø and å would be read wrongly."),
        Text("Gem den igen som UTF-8.", "Save it again as UTF-8."),
    )  # fmt: skip


def header_differs(place: str, found: list[str], expected: list[str]) -> Finding:
    return Finding(
        "header-differs", place,
        Text(f"Overskriften er {', '.join(found) or '∅'}.", f"The header is {', '.join(found) or '∅'}."),
        NOTHING,
        Text(f"Den skal være {', '.join(expected)}.", f"It must be {', '.join(expected)}."),
    )  # fmt: skip


def row_width_differs(place: str, found: int, expected: int) -> Finding:
    return Finding(
        "row-width-differs", place,
        Text(f"Rækken har {found} felter, overskriften {expected}.",
             f"The row has {found} cells, the header {expected}."),
        NOTHING,
        Text("Se efter et komma for meget eller for lidt; tekst med komma skal i anførselstegn.",
             "Look for a comma too many or too few; text with a comma needs quotation marks."),
    )  # fmt: skip


def cell_empty(place: str) -> Finding:
    return Finding(
        "cell-empty", place,
        Text("Feltet er tomt.", "The cell is empty."),
        Text("Manglende er ikke nul.", "Missing is not zero."),
        Text("Skriv værdien, eller tag rækken ud.", "Write the value, or take the row out."),
    )  # fmt: skip


def cell_unreadable(place: str, cell: str, expected: CellType) -> Finding:
    wanted = EXPECTED[expected]
    return Finding(
        "unknown-unit" if expected is CellType.UNIT else "cell-unreadable", place,
        Text(f"»{cell}« kan ikke læses.", f"“{cell}” cannot be read."),
        NOTHING,
        Text(f"Skriv {wanted.da}.", f"Write {wanted.en}."),
    )  # fmt: skip


def not_a_choice(place: str, cell: str, choices: tuple[str, ...]) -> Finding:
    return Finding(
        "not-a-choice", place,
        Text(f"»{cell}« er ikke en af mulighederne.", f"“{cell}” is not one of the choices."),
        NOTHING,
        Text(f"Brug en af {', '.join(choices)}.", f"Use one of {', '.join(choices)}."),
    )  # fmt: skip


def duplicate_key(place: str, key: str) -> Finding:
    return Finding(
        "duplicate-key", place,
        Text(f"{key} står to gange.", f"{key} stands twice."),
        Text("Ingen kan vide, hvilken række der gælder.", "Nobody can know which row holds."),
        Text("Behold én af dem.", "Keep one of them."),
    )  # fmt: skip


def not_sorted(place: str, key: str) -> Finding:
    return Finding(
        "not-sorted", place,
        Text(f"{key} står ikke på sin plads.", f"{key} is out of place."),
        Text("Sorterede tabeller kan sammenlignes linje for linje.", "Sorted tables can be compared line by line."),
        Text("Sortér rækkerne efter nøglen.", "Sort the rows by the key."),
    )  # fmt: skip


# -- a table and what surrounds it -----------------------------------------------------------------------------------


def unknown_source(place: str, cell: str, rows: int) -> Finding:
    return Finding(
        "unknown-source", place,
        Text(f"Kilden {cell} findes ikke (rækker: {rows}).", f"There is no source {cell} (rows: {rows})."),
        Text("Et tal uden kilde kan ikke efterprøves.", "A figure without a source cannot be checked."),
        Text("Skriv kilden ind i sources.toml.", "Enter the source in sources.toml."),
    )  # fmt: skip


def source_incomplete(place: str, field: str) -> Finding:
    return Finding(
        "source-incomplete", place,
        Text(f"Kilden mangler {field}.", f"The source has no {field}."),
        NOTHING,
        Text("Udfyld feltet; en note kan være tom.", "Fill in the field; a note may be empty."),
    )  # fmt: skip


def unknown_code(place: str, cell: str, where: str, rows: int) -> Finding:
    return Finding(
        "unknown-code", place,
        Text(f"{cell} findes ikke i {where} (rækker: {rows}).", f"{cell} does not exist in {where} (rows: {rows})."),
        NOTHING,
        Text("Ret koden, eller skriv den ind dér først.", "Correct the code, or enter it there first."),
    )  # fmt: skip


def method_page_absent(place: str, slug: str) -> Finding:
    return Finding(
        "method-page-absent", place,
        Text(f"Metodesiden {slug} findes ikke på begge sprog.",
             f"The method page {slug} does not exist in both languages."),
        NOTHING,
        Text("Skriv siden, eller ret navnet.", "Write the page, or correct its name."),
    )  # fmt: skip


def check_overdue(place: str, checked_on: date, rows: int) -> Finding:
    return Finding(
        "check-overdue", place,
        Text(f"{rows} rækker er sidst efterset {checked_on:%d.%m.%Y}.",
             f"{rows} rows were last checked on {checked_on.isoformat()}."),
        Text("Det er mere end 18 måneder siden.", "That is more than 18 months ago."),
        Text("Hold dem op mod kilden, og skriv dagens dato.", "Hold them against the source and write today's date."),
        Severity.WARNING,
    )  # fmt: skip


# -- what the figures must obey --------------------------------------------------------------------------------------


def figure_absent(place: str) -> Finding:
    return Finding(
        "figure-absent", place,
        Text("Tallet mangler.", "The figure is missing."),
        Text("Et regnskab skal have hver kommune, sektor og hvert år.",
             "An account must have every municipality, sector and year."),
        Text("Tilføj rækken.", "Add the row."),
    )  # fmt: skip


def parts_differ_from_total(place: str, parts: Decimal, total: Decimal, unit: str) -> Finding:
    return Finding(
        "parts-differ-from-total", place,
        Text(f"Delene giver {parts} {unit}, men i alt er {total} {unit}.",
             f"The parts add up to {parts} {unit}, but the total is {total} {unit}."),
        Text("Det er mere end afrunding.", "That is more than rounding."),
        Text("Hold rækkerne op mod kilden.", "Hold the rows against the source."),
    )  # fmt: skip


def counted_twice(place: str, sector: str) -> Finding:
    return Finding(
        "counted-twice", place,
        Text(f"{sector} er talt med to gange.", f"{sector} is counted twice."),
        Text("Så følger kommunerne mere, end landet udleder.",
             "So the municipalities follow more than the country emits."),
        Text("Lad hver nationale sektor stå ét sted.", "Let every national sector stand in one place."),
    )  # fmt: skip


def not_mapped(place: str, sector: str) -> Finding:
    return Finding(
        "not-mapped", place,
        Text(f"{sector} er hverken fordelt eller udeladt med en grund.",
             f"{sector} is neither mapped nor left out with a reason."),
        NOTHING,
        Text("Skriv den ind i en af de to tabeller.", "Enter it in one of the two tables."),
    )  # fmt: skip


def total_absent(place: str) -> Finding:
    return Finding(
        "total-absent", place,
        Text("Delene har ingen sum i tabellen.", "The parts have no total in the table."),
        Text("Så kan de ikke efterprøves.", "So they cannot be checked."),
        Text("Tilføj udgiverens sum.", "Add the publisher's total."),
    )  # fmt: skip


def shares_differ_from_one(place: str, code: str, total: Decimal) -> Finding:
    return Finding(
        "shares-differ-from-one", place,
        Text(f"Andelene af {code} giver {total}.", f"The shares of {code} add up to {total}."),
        Text("Så følger strømmene mere eller mindre, end landet udleder.",
             "So the streams follow more or less than the country emits."),
        Text("Ret andelene, så de giver 1.", "Correct the shares so that they add up to 1."),
    )  # fmt: skip


def stream_key_differs(place: str, expected: str) -> Finding:
    return Finding(
        "stream-key-differs", place,
        Text("Nøglen passer ikke til reference og bærer.", "The key does not fit its reference and carrier."),
        NOTHING,
        Text(f"Skriv {expected}, eller ret reference og bærer.",
             f"Write {expected}, or correct reference and carrier."),
    )  # fmt: skip


def validity_reversed(place: str) -> Finding:
    return Finding(
        "validity-reversed", place,
        Text("Perioden slutter, før den begynder.", "The period ends before it begins."),
        NOTHING,
        Text("Byt datoerne.", "Swap the dates."),
    )  # fmt: skip


def validity_overlaps(place: str, previous: str) -> Finding:
    return Finding(
        "validity-overlaps", place,
        Text(f"Perioden overlapper {previous}.", f"The period overlaps {previous}."),
        Text("En kommune hører kun til én gruppe ad gangen.", "A municipality belongs to one group at a time."),
        Text("Lad den ene slutte dagen før den anden.", "Let one end the day before the other."),
    )  # fmt: skip


def validity_gap(place: str, previous: str) -> Finding:
    return Finding(
        "validity-gap", place,
        Text(f"Der er et hul efter {previous}.", f"There is a gap after {previous}."),
        Text("I hullet hører kommunen ikke til nogen gruppe.", "In the gap the municipality belongs to no group."),
        Text("Lad den næste begynde dagen efter.", "Let the next one begin the day after."),
    )  # fmt: skip


def alias_ambiguous(place: str, alias: str, other: str) -> Finding:
    return Finding(
        "alias-ambiguous", place,
        Text(f"{alias} er også {other}.", f"{alias} is also {other}."),
        Text("Et navn må kun pege på én kommune.", "A name must point to one municipality only."),
        Text("Tag den ene ud.", "Take one of them out."),
    )  # fmt: skip


def target_incomplete(place: str, kind: str, needed: tuple[str, ...]) -> Finding:
    return Finding(
        "target-incomplete", place,
        Text(f"Et mål af typen {kind} skal have {' og '.join(needed)} og ikke andet.",
             f"A target of kind {kind} must have {' and '.join(needed)} and nothing else."),
        Text("En procent uden basisår siger ingenting.", "A percentage without a base year says nothing."),
        Text("Ret felterne efter kilden.", "Correct the cells by the source."),
    )  # fmt: skip
