"""The workbook of a plan: the sheets of the format, with the streams and measures to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klimaplan.domain.errors import Language, Text
from klimaplan.domain.inventory.streams import Stream
from klimaplan.exports.plan_workbook import Book, Form, Heading, to_xlsx
from klimaplan.reference.measures import Measure
from klimaplan.sources.plan_files import sheets
from klimaplan.sources.plan_files.model import PlanFile
from klimaplan.sources.plan_files.sheets import NAME_SEPARATOR, VOCABULARIES, Cell, Column
from klimaplan.sources.plan_files.to_sheets import rows_of

CHECKS = {Cell.NUMBER: "number", Cell.WHOLE: "whole", Cell.DAY: "day"}
YEARS = {
    "year", "base_year", "price_year", "start", "end", "until", "later_year", "from_year", "to_year", "start_year",
    "target_year",
}  # fmt: skip

READ_ME = (
    Text("Klimaplan: skabelon til en plan", "klimaplan: template of a plan"),
    Text("Udfyld arket Plan og mindst ét tiltag. Kør derefter `klimaplan plan check FIL`: alle fejl nævnes på én "
         "gang, hver med ark og celle.",
         "Fill in the sheet Plan and at least one action. Then run `klimaplan plan check FILE`: all faults are named "
         "at once, each with sheet and cell."),
    Text("Tiltag: en række pr. greb. Samme nøgle på alle rækker af et tiltag, titel kun på den første. Virker grebet "
         "på flere strømme, står de næste på rækker uden greb.",
         "Actions: a row per lever. The same key on all rows of an action, title on the first only. If the lever acts "
         "on several streams, the next ones stand on rows without a lever."),
    Text("Tal: skriv cifre uden enhed. Andele skrives 0,4 eller 40 %. I stedet for et tal kan stå navnet på en "
         "forudsætning fra arket Forudsætninger.",
         "Numbers: write digits without unit. Shares are written 0.4 or 40 %. In place of a number the name of a "
         "parameter of the sheet Parameters may stand."),
    Text("Tomme felter er ukendte, ikke nul. Hvert tal skal have en kilde.",
         "Empty fields are unknown, not zero. Every number must have a source."),
    Text("Formler må gerne bruges; det er deres gemte værdi, der læses. Makroer og henvisninger til andre filer bruges "
         "ikke.",
         "Formulas may be used; what is read is their stored value. Macros and links to other files are not used."),
    Text("Alle overskrifter har en note, og listerne står på arket Lister.",
         "All headings have a note, and the lists stand in the sheet Lists."),
)  # fmt: skip


BESIDE_TOLD = Text(
    "Arkene efter Usikkerhed rummer det, der ikke regnes med: milepæle, budget, klimafarer og mere. En ny række står "
    "uden nummer. De læses kun, når filen lægges op igen i planen.",
    "The sheets after Uncertainty hold what is not computed with: milestones, budget, hazards and more. A new row "
    "stands without a number. They are read only when the file is brought back to the plan.",
)

OPEN = {"streams", "actions", "goals"}
"""Lists of what the plan itself has: what is new in the workbook may be missing in them."""


def write_book(
    file: PlanFile | None, streams: Sequence[Stream], measures: Sequence[Measure], language: Language,
    *, properties: Mapping[str, str] | None = None, beside: Sequence[Form] = (),
    more_lists: Mapping[str, Sequence[str]] | None = None,
) -> bytes:  # fmt: skip
    """The workbook of a plan; without one it is empty.

    Parameters
    ----------
    streams : what may be chosen as a stream
    measures : what may be chosen as a template
    properties : what the file says of itself without showing it
    beside, more_lists : sheets of what is not computed with, and what may be chosen in them
    """
    rows = rows_of(file, language) if file is not None else {}
    lists: dict[str, Sequence[str]] = {
        name: [word.read(language) for word in words.values()] for name, words in VOCABULARIES.items()
    }
    lists["streams"] = [f"{stream.key}{NAME_SEPARATOR}{stream.name.read(language)}" for stream in streams]
    lists["templates"] = [f"{measure.slug}{NAME_SEPARATOR}{measure.title.read(language)}" for measure in measures]
    forms = [
        Form(
            sheet.name.read(language),
            [heading(column, language) for column in sheet.columns],
            rows.get(sheet.section, []),
            upright=sheet is sheets.PLAN,
        )
        for sheet in sheets.SHEETS
    ]
    told = [text.read(language) for text in (*READ_ME, *((BESIDE_TOLD,) if beside else ()))]
    lists |= more_lists or {}
    return to_xlsx(
        Book(
            sheets.README.read(language), told, [*forms, *beside], sheets.LISTS.read(language), lists, properties or {}
        ),
        language,
    )


def heading(column: Column, language: Language) -> Heading:
    """The head of a column, with what a spreadsheet checks below it."""
    last = column.way[-1]
    check = "year" if last in YEARS and column.cell is Cell.WHOLE else CHECKS.get(column.cell, "")
    choices = "flags" if column.cell is Cell.FLAG else column.choices
    if column.cell is Cell.CHOICES:
        choices = ""  # several at once cannot be picked from a list
    return Heading(column.name.read(language), column.note.read(language), choices, column.choices not in OPEN, check)
