"""What is in the way of a revision, in words."""

from __future__ import annotations

from datetime import date

from klimaplan.domain.certification.due import FRAMEWORK_YEARS
from klimaplan.domain.errors import Finding, Text

_NOTHING = Text("Intet er ændret.", "Nothing was changed.")


def _finding(code: str, place: str, what: Text, remedy: Text) -> Finding:
    return Finding(code, place, what, _NOTHING, remedy)


def years_out_of_range(years: int) -> Finding:
    return _finding(
        "revision-years-out-of-range", str(years),
        Text(f"Antal år skal ligge fra 1 til {FRAMEWORK_YEARS}.", f"The years must lie from 1 to {FRAMEWORK_YEARS}."),
        Text("Lad feltet stå tomt, hvis rådet intet har besluttet.",
             "Leave the field empty if the council has decided nothing."),
    )  # fmt: skip


def rule_says_nothing() -> Finding:
    return _finding(
        "revision-rule-empty", "own_years",
        Text("Beslutningen siger intet om, hvornår planen revideres.",
             "The decision says nothing of when the plan is revised."),
        Text("Skriv antal år, eller vælg valgperiodens første år.",
             "Write the years, or choose the first year of the council term."),
    )  # fmt: skip


def decided_ahead(day: date) -> Finding:
    return _finding(
        "decision-day-ahead", day.isoformat(),
        Text("Dagen ligger efter i dag.", "The day lies after today."),
        Text("Skriv det, når det er besluttet.", "Record it once it is decided."),
    )  # fmt: skip


def nothing_to_revise(title: str) -> Finding:
    return _finding(
        "nothing-to-revise", title[:80],
        Text("Der er ingen offentliggjort, vedtaget eller certificeret version at revidere.",
             "There is no published, adopted or certified version to revise."),
        Text("Gør den første plan færdig først.", "Finish the first plan first."),
    )  # fmt: skip


def already_open(title: str) -> Finding:
    return _finding(
        "revision-already-open", title[:80],
        Text("Planen er allerede under revision.", "The plan is being revised already."),
        Text("Arbejd videre i den sag.", "Go on with that case."),
    )  # fmt: skip


def nobody_responsible() -> Finding:
    return _finding(
        "nobody-responsible", "responsible",
        Text("Der er ingen ansvarlig.", "Nobody is responsible."),
        Text("Skriv afdelingen eller funktionen.", "Write the department or function."),
    )  # fmt: skip


def closed() -> Finding:
    return _finding(
        "revision-closed", "revision",
        Text("Revisionen er afsluttet.", "The revision has ended."),
        Text("Åbn en ny, hvis planen skal revideres igen.", "Open a new one if the plan is to be revised again."),
    )  # fmt: skip


def not_in_the_old_plan(what: str) -> Finding:
    return _finding(
        "not-in-the-old-plan", what,
        Text("Det står ikke i den gamle plan.", "It does not stand in the old plan."),
        Text("Vælg et mål eller et tiltag fra listen.", "Choose a target or an action from the list."),
    )  # fmt: skip


def judged_meanwhile(key: str) -> Finding:
    return _finding(
        "judged-meanwhile", key,
        Text("En kollega har taget stilling imens.", "A colleague has judged it meanwhile."),
        Text("Se kollegaens vurdering, og gem igen.", "Look at your colleague's judgement, and save again."),
    )  # fmt: skip


def no_new_version(number: int) -> Finding:
    return _finding(
        "version-not-frozen", str(number),
        Text("Der er ingen fast version med det nummer.", "There is no fixed version of that number."),
        Text("Gem planen som en navngiven version først.", "Keep the plan as a named version first."),
    )  # fmt: skip


def years_not_a_number(text: str) -> Finding:
    return _finding(
        "revision-years-not-a-number", "own_years",
        Text(f"»{text[:20]}« er ikke et antal år.", f"“{text[:20]}” is no number of years."),
        Text(f"Skriv et helt tal fra 1 til {FRAMEWORK_YEARS}.", f"Write a whole number from 1 to {FRAMEWORK_YEARS}."),
    )  # fmt: skip
