"""What can be wrong with a plan file, in words. One function per finding code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from klimaplan.domain.errors import Finding, Severity, Text, comma

NOTHING = Text("", "")
WRITE_ONCE = Text("Behold det ene.", "Keep one of them.")


def nearest(name: str, known: Iterable[str]) -> Text:
    """The names closest to what was written, else all of them."""
    names = list(known)
    close = get_close_matches(name, names, n=3, cutoff=0.7)
    if close:
        return Text(f"Mente du {', '.join(close)}?", f"Did you mean {', '.join(close)}?")
    return Text(f"Brug {', '.join(names)}.", f"Use {', '.join(names)}.") if names else NOTHING


# -- the file itself -------------------------------------------------------------------------------------------------


def kind_of_file_unknown(place: str) -> Finding:
    return Finding(
        "file-kind-unknown", place,
        Text("Filen er hverken TOML, JSON eller XLSX.", "The file is neither TOML, JSON nor XLSX."),
        NOTHING,
        Text("Kald den .toml, .json eller .xlsx.", "Call it .toml, .json or .xlsx."),
    )  # fmt: skip


def too_large(place: str, limit: int) -> Finding:
    return Finding(
        "file-too-large", place,
        Text(f"Filen er over {limit // 1_000_000} MB.", f"The file is above {limit // 1_000_000} MB."),
        Text("En plan fylder sjældent mere end nogle hundrede kB.", "A plan rarely takes more than a few hundred kB."),
        Text("Fjern billeder og ark, der ikke hører til planen.", "Remove pictures and sheets outside the plan."),
    )  # fmt: skip


def not_utf8(place: str) -> Finding:
    return Finding(
        "file-not-utf8", place,
        Text("Filen er ikke UTF-8.", "The file is not UTF-8."),
        Text("Så kan æ, ø og å ikke læses.", "So æ, ø and å cannot be read."),
        Text("Gem den som UTF-8.", "Save it as UTF-8."),
    )  # fmt: skip


def syntax(place: str, language: str, said: str) -> Finding:
    said = said.rstrip(".")
    return Finding(
        f"{language.lower()}-malformed", place,
        Text(f"Filen er ikke {language}: {said}.", f"The file is not {language}: {said}."),
        NOTHING,
        Text("Ret linjen.", "Correct the line."),
    )  # fmt: skip


def key_twice(place: str, key: str) -> Finding:
    return Finding(
        "key-twice", place,
        Text(f"{key} står to gange i samme del.", f"{key} stands twice in the same part."),
        Text("Så er det uvist, hvilket der gælder.", "So it is unknown which one holds."),
        WRITE_ONCE,
    )  # fmt: skip


# -- its shape -------------------------------------------------------------------------------------------------------


def unknown_format(place: str, given: object, known: str) -> Finding:
    return Finding(
        "format-unknown", place,
        Text("Filen siger ikke, hvilket format den har.", "The file does not say which format it has.")
        if given is None
        else Text(f"Formatet {given} kendes ikke.", f"The format {given} is not known."),
        NOTHING,
        Text(f'Skriv format = "{known}".', f'Write format = "{known}".'),
    )  # fmt: skip


def unknown_field(place: str, name: str, known: Iterable[str]) -> Finding:
    return Finding(
        "unknown-field", place,
        Text(f"Feltet {name} findes ikke her.", f"There is no field {name} here."),
        Text("Det ville ikke blive brugt.", "It would not be used."),
        nearest(name, known),
    )  # fmt: skip


def field_missing(place: str, name: str) -> Finding:
    return Finding(
        "field-missing", place,
        Text(f"{name} mangler.", f"{name} is missing."),
        Text("Klimaplan gætter ikke.", "klimaplan does not guess."),
        Text("Udfyld feltet.", "Fill in the field."),
    )  # fmt: skip


def not_a_number(place: str, given: object) -> Finding:
    return Finding(
        "not-a-number", place,
        Text(f"»{given}« er ikke et endeligt tal.", f"“{given}” is not a finite number."),
        NOTHING,
        Text("Skriv cifre uden enhed og tusindtalsskilletegn.", "Write digits without unit and thousands separator."),
    )  # fmt: skip


def not_whole(place: str, given: object) -> Finding:
    return Finding(
        "not-a-whole-number", place,
        Text(f"»{given}« er ikke et helt tal.", f"“{given}” is not a whole number."),
        NOTHING,
        Text("Skriv for eksempel 2030.", "Write for example 2030."),
    )  # fmt: skip


def not_text(place: str, given: object) -> Finding:
    return Finding(
        "not-a-text", place,
        Text(f"»{given}« er ikke en tekst.", f"“{given}” is not a text."),
        NOTHING,
        Text("Skriv en tekst; i TOML og JSON i anførselstegn.", "Write a text; in TOML and JSON in quotation marks."),
    )  # fmt: skip


def text_not_usable(place: str, given: object) -> Finding:
    return Finding(
        "text-not-usable", place,
        Text(f"»{given}« kan ikke bruges her.", f"“{given}” cannot be used here."),
        NOTHING,
        Text("Navne har bogstaver, cifre, - og _; tekster må ikke være tomme, og i lister intet semikolon.",
             "Names take letters, digits, - and _; texts must not be empty, and in lists hold no semicolon."),
    )  # fmt: skip


def not_yes_or_no(place: str, given: object) -> Finding:
    return Finding(
        "not-yes-or-no", place,
        Text(f"»{given}« er hverken ja eller nej.", f"“{given}” is neither yes nor no."),
        NOTHING,
        Text("Skriv ja eller nej; i TOML og JSON true eller false.",
             "Write yes or no; in TOML and JSON true or false."),
    )  # fmt: skip


def not_a_day(place: str, given: object) -> Finding:
    return Finding(
        "not-a-day", place,
        Text(f"»{given}« er ikke en dato.", f"“{given}” is not a date."),
        NOTHING,
        Text("Skriv for eksempel 2026-03-14.", "Write for example 2026-03-14."),
    )  # fmt: skip


def unknown_choice(place: str, given: object, known: Iterable[str]) -> Finding:
    return Finding(
        "unknown-choice", place,
        Text(f"»{given}« er ikke en mulighed her.", f"“{given}” is not a choice here."),
        NOTHING,
        nearest(str(given), known),
    )  # fmt: skip


def unknown_lever(place: str, given: object, known: Iterable[str]) -> Finding:
    return Finding(
        "unknown-lever", place,
        Text(f"Der er intet greb af typen {given}.", f"There is no lever of kind {given}."),
        NOTHING,
        nearest(str(given), known),
    )  # fmt: skip


def wrong_shape(place: str) -> Finding:
    return Finding(
        "shape-unknown", place,
        Text("Feltet har ikke den form, det skal have.", "The field does not have the form it must have."),
        NOTHING,
        Text("Se formatets skema i docs/reference.", "See the schema of the format in docs/reference."),
    )  # fmt: skip


def too_many(place: str, there: int, most: int) -> Finding:
    return Finding(
        "too-many-entries", place,
        Text(f"Der er {there} poster; der læses højst {most}.", f"There are {there} entries; at most {most} are read."),
        NOTHING,
        Text("Saml dem, eller del planen i flere.", "Put them together, or split the plan in several."),
    )  # fmt: skip


# -- its meaning -----------------------------------------------------------------------------------------------------


def number_unclear(place: str) -> Finding:
    return Finding(
        "number-unclear", place,
        Text("Tallet skal siges på én måde.", "The number must be said in one way."),
        Text("Klimaplan gætter ikke.", "klimaplan does not guess."),
        Text("Skriv ét tal, lav–central–høj, en fordeling eller navnet på en forudsætning.",
             "Write one figure, low–central–high, a distribution or the name of a parameter."),
    )  # fmt: skip


def unknown_parameter(place: str, name: str, known: Iterable[str]) -> Finding:
    return Finding(
        "unknown-parameter", place,
        Text(f"Der er ingen forudsætning {name}.", f"There is no parameter {name}."),
        NOTHING,
        nearest(name, known),
    )  # fmt: skip


def parameter_twice(place: str, name: str) -> Finding:
    return Finding(
        "parameter-twice", place,
        Text(f"Forudsætningen {name} står to gange.", f"The parameter {name} stands twice."),
        Text("En fælles forudsætning har én værdi i planen.", "A shared assumption has one value in the plan."),
        WRITE_ONCE,
    )  # fmt: skip


def parameter_unused(place: str, name: str) -> Finding:
    return Finding(
        "parameter-unused", place,
        Text(f"Ingen bruger forudsætningen {name}.", f"Nothing uses the parameter {name}."),
        NOTHING,
        Text("Brug navnet i et tiltag, eller fjern rækken.", "Use the name in an action, or remove the row."),
        Severity.WARNING,
    )  # fmt: skip


def unit_unexpected(place: str, given: str, wanted: Sequence[str]) -> Finding:
    choices = Text(" eller ".join(wanted), " or ".join(wanted))
    return Finding(
        "unit-unexpected", place,
        Text(f"Enheden er {given}; her regnes i {choices.da}.", f"The unit is {given}; here it is {choices.en}."),
        Text("Tallet kan være tusind gange forkert.", "The figure may be a thousand times off."),
        Text("Omregn tallet, og skriv den rigtige enhed.", "Convert the figure, and write the right unit."),
    )  # fmt: skip


def share_ambiguous(place: str, given: float) -> Finding:
    return Finding(
        "share-ambiguous", place,
        Text(f"{comma(given, 'g')} kan være en andel eller procent.", f"{given:g} may be a share or percent."),
        Text("Det ene er hundrede gange det andet.", "One is a hundred times the other."),
        Text('Skriv enheden: {value = 40, unit = "%"} eller {value = 0.4, unit = "share"}.',
             'Write the unit: {value = 40, unit = "%"} or {value = 0.4, unit = "share"}.'),
    )  # fmt: skip


def size_unclear(place: str) -> Finding:
    return Finding(
        "lever-size-unclear", place,
        Text("Grebet skal have enten en andel eller før, efter og enhed.",
             "The lever must have either a share, or before, after and unit."),
        NOTHING,
        Text("Udfyld det ene, og lad det andet stå tomt.", "Fill in the one, and leave the other empty."),
    )  # fmt: skip


def target_unclear(place: str) -> Finding:
    return Finding(
        "target-unclear", place,
        Text("Målet skal være en reduktion, et niveau eller ton pr. indbygger.",
             "The target must be a reduction, a level or tonnes per inhabitant."),
        Text("Klimaplan gætter ikke.", "klimaplan does not guess."),
        Text("Udfyld basisår, ton og procent; eller niveau; eller ton pr. indbygger og indbyggere.",
             "Fill in base year, tonnes and percent; or level; or tonnes per inhabitant and inhabitants."),
    )  # fmt: skip


def unknown_stream(place: str, key: str, known: Iterable[str]) -> Finding:
    return Finding(
        "unknown-stream", place,
        Text(f"Strømmen {key} findes ikke.", f"There is no stream {key}."),
        NOTHING,
        nearest(key, known),
    )  # fmt: skip


def sector_unclear(place: str, ref: str) -> Finding:
    return Finding(
        "stream-sector-unclear", place,
        Text(f"{ref} hører ikke til én sektor i landets opgørelse.",
             f"{ref} does not belong to one sector of the national inventory."),
        NOTHING,
        Text("Angiv sektoren.", "Give the sector."),
    )  # fmt: skip


def supply_twice(place: str, key: str) -> Finding:
    return Finding(
        "supply-twice", place,
        Text(f"{key} har to sæt faktorer.", f"{key} has two sets of factors."),
        NOTHING,
        WRITE_ONCE,
    )  # fmt: skip


def year_outside(place: str, year: int, first: int, last: int) -> Finding:
    return Finding(
        "year-outside-horizon", place,
        Text(f"{year} ligger uden for {first}–{last}.", f"{year} lies outside {first}–{last}."),
        Text("Planen regnes kun i de år.", "The plan is computed in those years only."),
        Text("Vælg et år inden for perioden.", "Choose a year within the period."),
    )  # fmt: skip


def factor_negative(place: str, year: int) -> Finding:
    return Finding(
        "supply-factor-negative", place,
        Text(f"Faktoren for {year} er negativ.", f"The factor of {year} is negative."),
        NOTHING,
        Text("Skriv nul eller mere.", "Write zero or more."),
    )  # fmt: skip


def driver_not_centred(place: str, central: float) -> Finding:
    return Finding(
        "driver-not-centred", place,
        Text(f"Usikkerheden har den centrale værdi {comma(central, 'g')} og ikke 0.",
             f"The uncertainty has the central value {central:g}, not 0."),
        Text("Den ville flytte selve basisfremskrivningen.", "It would move the baseline itself."),
        Text("Brug for eksempel lav −0,1, central 0, høj 0,1.", "Use for example low −0.1, central 0, high 0.1."),
    )  # fmt: skip


def gwp_differs(place: str, given: str, held: str) -> Finding:
    return Finding(
        "gwp-differs", place,
        Text(f"Planen er skrevet i {given}, regnskabet i {held}.",
             f"The plan is written in {given}, the account in {held}."),
        Text("Tonnene kan ikke lægges sammen.", "The tonnes cannot be added."),
        Text(f"Omregn planens tal til {held}.", f"Convert the figures of the plan to {held}."),
    )  # fmt: skip


def template_with_levers(place: str) -> Finding:
    return Finding(
        "template-with-levers", place,
        Text("Tiltaget har både en skabelon og egne greb.", "The action has both amounts of a template and levers."),
        Text("Så er det uvist, hvad der gælder.", "So it is unknown which holds."),
        Text("Lad skabelonens mængder eller grebene stå tomme.", "Leave the amounts or the levers empty."),
    )  # fmt: skip


def amounts_without_template(place: str) -> Finding:
    return Finding(
        "amounts-without-template", place,
        Text("Der er mængder, men ingen skabelon de hører til.", "There are amounts but no template they belong to."),
        NOTHING,
        Text("Angiv skabelonen, eller skriv et greb.", "Name the template, or write a lever."),
    )  # fmt: skip


def action_without_effect(place: str, why: Text) -> Finding:
    """An action without a lever; a template says why it has none."""
    return Finding(
        "action-without-effect", place,
        Text("Tiltaget har ingen beregnet virkning.", "The action has no computed effect."),
        why,
        NOTHING if why.en else Text("Tilføj et greb, hvis det skal regnes med.",
                                    "Add a lever if it is to be computed."),
        Severity.INFO,
    )  # fmt: skip
