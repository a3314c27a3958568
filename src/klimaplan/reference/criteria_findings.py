"""What can be wrong with a set of criteria, in words. One function per finding code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from klimaplan.domain.errors import Finding, Text

NOTHING = Text("", "")


def set_unknown(slug: str, known: Iterable[str], place: str = "") -> Finding:
    listed = ", ".join(known)
    return Finding(
        "criteria-set-unknown", place or slug or "∅",
        Text(f"Der er intet kriteriesæt {slug}.", f"There is no set of criteria {slug}."),
        NOTHING,
        Text(f"Brug et af {listed}.", f"Use one of {listed}."),
    )  # fmt: skip


def no_set_in_force(day: date, known: Iterable[str]) -> Finding:
    listed = ", ".join(known)
    return Finding(
        "no-criteria-set-in-force", str(day),
        Text("Intet kriteriesæt gjaldt den dag.", "No set of criteria held that day."),
        NOTHING,
        Text(f"Vælg en anden dag, eller nævn sættet: {listed}.", f"Choose another day, or name the set: {listed}."),
    )  # fmt: skip


def set_head_absent(place: str) -> Finding:
    return Finding(
        "criteria-set-head-absent", place,
        Text("Mappen har ingen set.toml.", "The folder has no set.toml."),
        Text("Så kan ingen se, hvad sættet er, og hvornår det gælder.",
             "So nobody can see what the set is and when it holds."),
        Text("Skriv en set.toml, eller fjern mappen.", "Write a set.toml, or remove the folder."),
    )  # fmt: skip


def set_head_unreadable(place: str, why: str) -> Finding:
    return Finding(
        "criteria-set-head-unreadable", place,
        Text(f"Filen er ikke TOML i UTF-8: {why}.", f"The file is no TOML in UTF-8: {why}."),
        NOTHING,
        Text("Ret filen.", "Mend the file."),
    )  # fmt: skip


def set_head_incomplete(place: str, field: str) -> Finding:
    return Finding(
        "criteria-set-head-incomplete", f"{place}!{field}",
        Text(f"Feltet {field} mangler eller har en forkert form.", f"The field {field} is missing or misshaped."),
        NOTHING,
        Text("Skriv det som i de andre sæt; tekster på både dansk og engelsk, dage som 2024-11-07.",
             "Write it as in the other sets; texts in Danish and in English, days as 2024-11-07."),
    )  # fmt: skip


def set_source_unknown(place: str, source: str) -> Finding:
    return Finding(
        "criteria-set-source-unknown", f"{place}!source",
        Text(f"Kilden {source} står ikke i sources.toml.", f"The source {source} is not in sources.toml."),
        Text("Et sæt uden kilde kan ingen efterprøve.", "A set without a source cannot be checked."),
        Text("Skriv kilden i sources.toml.", "Enter the source in sources.toml."),
    )  # fmt: skip


def period_reversed(place: str) -> Finding:
    return Finding(
        "criteria-set-period-reversed", place,
        Text("Sættet ophører, før det begynder.", "The set ends before it begins."),
        NOTHING,
        Text("Byt valid_from og valid_to, eller ret dem.", "Swap valid_from and valid_to, or mend them."),
    )  # fmt: skip


def periods_overlap(place: str, other: str) -> Finding:
    return Finding(
        "criteria-sets-overlap", place,
        Text(f"Sættet gælder samtidig med {other}.", f"The set holds at the same time as {other}."),
        Text("En plan holdes op mod ét sæt: det, der gjaldt, da den blev indsendt.",
             "A plan is held against one set: the one in force when it was submitted."),
        Text(f"Lad {other} ophøre dagen før.", f"Let {other} end the day before."),
    )  # fmt: skip


def criteria_absent(file: str) -> Finding:
    return Finding(
        "criteria-absent", file,
        Text("Sættet har ingen kriterier.", "The set has no criteria."),
        NOTHING,
        Text("Læg criteria.csv i mappen.", "Put criteria.csv into the folder."),
    )  # fmt: skip


def criterion_twice(place: str, code: str) -> Finding:
    return Finding(
        "criterion-twice", place,
        Text(f"{code} står to gange.", f"{code} stands twice."),
        Text("Ingen kan vide, hvilken række der gælder.", "Nobody can know which row holds."),
        Text("Giv dem hver sit nummer.", "Give each a number of its own."),
    )  # fmt: skip


def criterion_unknown(place: str, code: str) -> Finding:
    return Finding(
        "criterion-unknown", place,
        Text(f"Der er intet kriterium {code}.", f"There is no criterion {code}."),
        NOTHING,
        Text("Brug et nummer fra criteria.csv.", "Use a number of criteria.csv."),
    )  # fmt: skip


def component_unknown(place: str, code: str, known: Iterable[str]) -> Finding:
    listed = ", ".join(known)
    return Finding(
        "component-unknown", place,
        Text(f"Komponenten {code} står ikke i set.toml.", f"The component {code} is not in set.toml."),
        NOTHING,
        Text(f"Brug en af {listed}.", f"Use one of {listed}."),
    )  # fmt: skip


def pages_differ(place: str) -> Finding:
    return Finding(
        "pages-differ", place,
        Text("Der er ikke én side for hver kilde.", "There is not one page for each source."),
        NOTHING,
        Text("Skriv siderne i samme rækkefølge som kilderne med + imellem.",
             "Write the pages in the order of the sources, joined by +."),
    )  # fmt: skip


def rule_and_mark_differ(place: str, mark: str) -> Finding:
    return Finding(
        "rule-and-mark-differ", place,
        Text(f"checkable er {mark}, og det passer ikke med reglen.",
             f"checkable is {mark}, and that does not fit the rule."),
        Text("Et kriterium uden regel må ikke se ud, som om en maskine har set på det.",
             "A criterion without a rule must not look as if a machine had seen it."),
        Text("Skriv no, hvor der ingen regel er, og yes eller partly, hvor der er.",
             "Write no where there is no rule, and yes or partly where there is."),
    )  # fmt: skip


def rule_unknown(place: str, code: str, known: Iterable[str]) -> Finding:
    listed = ", ".join(known)
    return Finding(
        "rule-unknown", place,
        Text(f"Der er ingen regel {code}.", f"There is no rule {code}."),
        NOTHING,
        Text(f"Brug en af {listed}.", f"Use one of {listed}."),
    )  # fmt: skip
