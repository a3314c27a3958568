"""Rules on what the plan computes: baseline and pathway, the gap, and whether actions carry the reduction."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from klimaplan.domain.assessment.evidence import Course, Evidence, Pointer
from klimaplan.domain.assessment.parameters import Codes, Number, Parameters
from klimaplan.domain.assessment.result import (
    Result,
    Seen,
    join,
    judge_missing,
    look,
    met,
    needs_person,
    no_place,
    not_met,
    partial,
)
from klimaplan.domain.assessment.rules.rule import Rule
from klimaplan.domain.assessment.rules.words import DRIVERS, FIELDS, SERIES
from klimaplan.domain.errors import Text

ROUNDING_T = 0.5
NO_COURSE = Text("Planen kan ikke beregnes.", "The plan cannot be computed.")
MEND = Text("Ret de fejl, planens side nævner.", "Mend the errors that the page of the plan names.")


def trajectories(evidence: Evidence, asked: Parameters) -> Result:
    """The series there must be reach the year they must."""
    if evidence.course is None:
        return _no_course(evidence)
    until = asked["until"]
    found: list[Text] = []
    missing: list[Text] = []
    seen = []
    for name in asked["series"]:
        values = evidence.course.baseline if name == "baseline" else evidence.course.pathway
        reach = max(values, default=None)
        (found if reach is not None and reach >= until else missing).append(SERIES[name])
        if reach is not None:
            to = Text(f"{SERIES[name].da} til {reach}", f"{SERIES[name].en} to {reach}")
            seen.append(Seen(Pointer("pathway", str(reach), name), to))
    remedy = Text(f"Regn frem til mindst {until}.", f"Compute to {until} at least.")
    return judge_missing(found, missing, remedy, seen)


def reaches_targets(evidence: Evidence, asked: Parameters) -> Result:
    """The pathway goes to the last year and comes down to every target; a gap is a question that is put openly."""
    if evidence.course is None:
        return _no_course(evidence)
    course, until = evidence.course, asked["until"]
    held = sorted(year for year in course.allowed if year in course.pathway)
    remedy = Text("Find flere tiltag, eller begrund mankoen.", "Find more actions, or give the reason for the gap.")
    if not held:
        return not_met(Text("Planen har ingen mål at nå.", "The plan has no targets to reach."),
                       Text("Sæt mål for udledningen.", "Set targets for emissions."))  # fmt: skip
    above = [year for year in held if course.pathway[year] > course.allowed[year] + ROUNDING_T]
    seen = _in_years(course, above or held)
    if max(course.pathway) < until:
        why = Text(f"Stien ender i {max(course.pathway)}.", f"The pathway ends in {max(course.pathway)}.")
        return partial(why, Text(f"Regn frem til {until}.", f"Compute to {until}."), seen)
    if not above:
        years = ", ".join(map(str, held))
        return met(Text(f"Stien når målene i {years}.", f"The pathway reaches the targets of {years}."), seen)
    years = ", ".join(map(str, above))
    why = Text(f"Stien når ikke målet i {years}.", f"The pathway does not reach the target of {years}.")
    return (not_met if len(above) == len(held) else partial)(why, remedy, seen)


def gap_stated(evidence: Evidence, _asked: Parameters) -> Result:
    """The gap in every target year, and what is left in the last year, are told."""
    if evidence.course is None:
        return _no_course(evidence)
    course = evidence.course
    if course.manko is None or not course.allowed:
        return not_met(Text("Uden mål for alle sektorer er der ingen manko at vise.",
                            "Without targets for all sectors there is no gap to show."),
                       Text("Sæt mål for udledningen.", "Set targets for emissions."))  # fmt: skip
    if course.residual_year is None:
        return partial(Text("Restudledningen er ikke gjort op.", "What is left was not told."),
                       Text("Regn planen helt ud.", "Compute the whole plan."))  # fmt: skip
    years = sorted(year for year in course.allowed if year in course.manko)
    told = ", ".join(map(str, years))
    return met(
        Text(f"Mankoen er vist for {told} og restudledningen for {course.residual_year}.",
             f"The gap is shown for {told}, and what is left for {course.residual_year}."), _in_years(course, years),
    )  # fmt: skip


def linked_reductions(evidence: Evidence, _asked: Parameters) -> Result:
    """What the actions do together is at least what the targets ask for below the baseline."""
    if evidence.course is None:
        return _no_course(evidence)
    course = evidence.course
    held = sorted(year for year in course.allowed if year in course.baseline)
    if not held:
        return not_met(Text("Planen har ingen mål at holde tiltagene op mod.",
                            "The plan has no targets to hold the actions against."),
                       Text("Sæt mål for udledningen.", "Set targets for emissions."))  # fmt: skip
    short = []
    for year in held:
        asked_for = course.baseline[year] - course.allowed[year]
        done = -fsum(effect[year] for effect in course.effects.values() if year in effect)
        if done + ROUNDING_T < asked_for:
            short.append(year)
    seen = _in_years(course, short or held)
    if not short:
        return met(Text("Tiltagene bærer hele reduktionen.", "The actions carry all of the reduction."), seen)
    years = ", ".join(map(str, short))
    why = Text(f"Tiltagene bærer ikke hele den reduktion, målet kræver i {years}.",
               f"The actions do not carry all of the reduction that the target asks for in {years}.")  # fmt: skip
    remedy = Text("Knyt tiltag til resten, eller vis det som manko.", "Link actions to the rest, or show it as a gap.")
    return (not_met if len(short) == len(held) else partial)(why, remedy, seen)


def projection_documented(evidence: Evidence, asked: Parameters) -> Result:
    """Method and assumptions of the projection are told, and how far it may be off."""
    if evidence.course is None:
        return _no_course(evidence)
    if evidence.drivers is None:
        return no_place(DRIVERS)
    remedy = Text(
        "Skriv metode og forudsætninger i planens noter, og sæt usikkerheder på fremskrivningen.",
        "Write method and assumptions into the notes of the plan, and say how far the baseline may be off.",
    )
    told = {"notes": evidence.notes is not None and "notes" in evidence.notes.said, "drivers": bool(evidence.drivers)}
    words = {"notes": FIELDS["notes"], "drivers": DRIVERS.many}
    found = [words[name] for name in asked["told"] if told[name]]
    missing = [words[name] for name in asked["told"] if not told[name]]
    seen = [look(each) for each in (evidence.notes, *evidence.drivers) if each is not None]
    return judge_missing(found, missing, remedy, seen)


def inventory_complete(evidence: Evidence, asked: Parameters) -> Result:
    """Every reference that must be there has a value or a notation key."""
    if evidence.inventory is None:
        return needs_person(Text("Der er intet regnskab at se på.", "There is no account to look at."))
    if evidence.inventory.refs is None:
        return needs_person(
            Text("Regnskabet er ikke ført efter GPC-referencer.", "The account is not kept by GPC references."),
            Text("Læg opgørelsen efter GPC ved som bilag.", "Attach the inventory by GPC as evidence."),
        )
    missing = [ref for ref in asked["refs"] if ref not in evidence.inventory.refs]
    remedy = Text("Udfyld rækkerne med tal eller notationskode.", "Fill in the rows with a figure or a notation key.")
    if not missing:
        return met(Text("Alle rækker har tal eller notationskode.", "Every row has a figure or a notation key."))
    told = ", ".join(missing)
    why = Text(f"Der mangler {told}.", f"Missing: {told}.")
    return (not_met if len(missing) == len(asked["refs"]) else partial)(why, remedy)


def inventory_disclosed(evidence: Evidence, asked: Parameters) -> Result:
    """The account tells of its method, its sources and its quality."""
    if evidence.inventory is None:
        return needs_person(Text("Der er intet regnskab at se på.", "There is no account to look at."))
    said = evidence.inventory.said
    found = [FIELDS[name] for name in asked["fields"] if name in said]
    missing = [FIELDS[name] for name in asked["fields"] if name not in said]
    remedy = Text("Læg det, der mangler, ved som bilag.", "Attach what is missing as evidence.")
    last = str(max(evidence.inventory.years, default=""))
    seen = [Seen(Pointer("account", last), Text(f"Regnskab for {last}", f"Account of {last}"))]
    return judge_missing(found, missing, remedy, seen)


def _no_course(evidence: Evidence) -> Result:
    return needs_person(join([NO_COURSE, evidence.no_course], " ") if evidence.no_course else NO_COURSE, MEND)


def _in_years(course: Course, years: Iterable[int]) -> list[Seen]:
    return [
        Seen(Pointer("pathway", str(year)), Text(
            f"{year}: {_grouped(course.pathway[year], '.')} t med planen, mål {_grouped(course.allowed[year], '.')} t",
            f"{year}: {_grouped(course.pathway[year], ',')} t with the plan, target "
            f"{_grouped(course.allowed[year], ',')} t",
        ))
        for year in years if year in course.pathway
    ]  # fmt: skip


def _grouped(tonnes: float, mark: str) -> str:
    return f"{tonnes:,.0f}".replace(",", mark)


DISCLOSED = frozenset({"source", "method", "gwp", "quality", "notation"})
RULES = (
    Rule("trajectories", Text("Fremskrivninger", "Trajectories"), trajectories,
         {"series": Codes(frozenset(SERIES)), "until": Number(1990)}),
    Rule("reaches-targets", Text("Stien når målene", "The pathway reaches the targets"), reaches_targets,
         {"until": Number(1990)}),
    Rule("gap-stated", Text("Manko og restudledning", "Gap and what is left"), gap_stated),
    Rule("linked-reductions", Text("Reduktioner knyttet til tiltag", "Reductions linked to actions"),
         linked_reductions),
    Rule("projection-documented", Text("Fremskrivningens forudsætninger", "Assumptions of the projection"),
         projection_documented, {"told": Codes(frozenset({"notes", "drivers"}))}),
    Rule("inventory-complete", Text("Regnskabets rækker", "Rows of the account"), inventory_complete,
         {"refs": Codes()}),
    Rule("inventory-disclosed", Text("Regnskabets metode og kilder", "Method and sources of the account"),
         inventory_disclosed, {"fields": Codes(DISCLOSED)}),
)  # fmt: skip
