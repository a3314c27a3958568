"""What can be wrong with a workbook and its cells, in words."""

from __future__ import annotations

from klimaplan.domain.errors import Finding, Severity, Text

NOTHING = Text("", "")


def sheet_missing(place: str, name: Text) -> Finding:
    return Finding(
        "sheet-missing", place,
        Text(f"Arket {name.da} mangler.", f"The sheet {name.en} is missing."),
        NOTHING,
        Text("Begynd med `klimaplan plan template`.", "Begin with `klimaplan plan template`."),
    )  # fmt: skip


def sheet_twice(place: str, title: str) -> Finding:
    return Finding(
        "sheet-twice", place,
        Text(f"Arket {title} findes også på det andet sprog.", f"The sheet {title} also stands in the other language."),
        Text("Så er det uvist, hvilket der gælder.", "So it is unknown which one holds."),
        Text("Slet det ene.", "Delete one of them."),
    )  # fmt: skip


def unknown_sheet(place: str, title: str, likely: Text | None) -> Finding:
    """A misspelt sheet stops the plan; one that looks like nothing of ours is only named."""
    if likely is None:
        return Finding(
            "sheet-not-read", place,
            Text(f"Arket {title} hører ikke til planen.", f"The sheet {title} is no part of the plan."),
            Text("Det er ikke læst.", "It was not read."),
            NOTHING,
            Severity.WARNING,
        )  # fmt: skip
    return Finding(
        "unknown-sheet", place,
        Text(f"Arket {title} kendes ikke.", f"The sheet {title} is not known."),
        Text("Det ville ikke blive læst.", "It would not be read."),
        Text(f"Mente du {likely.da}?", f"Did you mean {likely.en}?"),
    )  # fmt: skip


def formula_without_value(place: str) -> Finding:
    return Finding(
        "formula-without-value", place,
        Text("Formlen har ingen gemt værdi.", "The formula has no stored value."),
        Text("Klimaplan regner ikke formler ud.", "klimaplan does not work formulas out."),
        Text("Åbn filen i et regneark og gem den, eller skriv tallet.",
             "Open the file in a spreadsheet and save it, or write the number."),
    )  # fmt: skip


def cell_error(place: str) -> Finding:
    return Finding(
        "cell-error", place,
        Text("Cellen viser en fejl.", "The cell shows an error."),
        Text("Manglende er ikke nul.", "Missing is not zero."),
        Text("Ret formlen, eller skriv tallet.", "Correct the formula, or write the number."),
    )  # fmt: skip


def table_malformed(place: str, given: str) -> Finding:
    return Finding(
        "cell-malformed", place,
        Text(f"»{given}« kan ikke læses som tal.", f"“{given}” cannot be read as numbers."),
        NOTHING,
        Text("Skriv år og tal som 2026: 0,2; 2030: 1, eller tal som 1,5; 2. Brug intet tusindtalsskilletegn.",
             "Write years and figures as 2026: 0.2; 2030: 1, or figures as 1.5; 2. Use no thousands separator."),
    )  # fmt: skip


def braces_malformed(place: str, given: str) -> Finding:
    return Finding(
        "cell-malformed", place,
        Text(f"»{given}« kan ikke læses.", f"“{given}” cannot be read."),
        NOTHING,
        Text("Skriv for eksempel {low = 0.2, central = 0.3, high = 0.4}, eller brug arket Forudsætninger.",
             "Write for example {low = 0.2, central = 0.3, high = 0.4}, or use the sheet Parameters."),
    )  # fmt: skip
