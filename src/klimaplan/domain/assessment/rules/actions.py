"""Rules on the actions: the fields that each must have, what they may not be, and whether they cover what matters."""

from __future__ import annotations

from math import fsum

from klimaplan.domain.assessment.evidence import ActionSeen, Evidence, Track
from klimaplan.domain.assessment.parameters import Codes, Number, Parameters
from klimaplan.domain.assessment.result import (
    Noun,
    Result,
    join,
    judge_each,
    judge_missing,
    look,
    met,
    needs_person,
    no_place,
    none_there,
    not_met,
    partial,
)
from klimaplan.domain.assessment.rules.rule import Rule
from klimaplan.domain.assessment.rules.words import (
    ACTION_FIELDS,
    ACTIONS,
    FIELDS,
    MITIGATION,
    PRIORITISED,
    SECTORS,
    TAGS,
    WEIGHTS,
)
from klimaplan.domain.errors import Text

WEIGHTS_OFF = 0.005
"""Weights written in whole per cent may miss 1 by this much in rounding."""


def action_fields(evidence: Evidence, asked: Parameters) -> Result:
    """Each action, or each of those that are meant, says what it must."""
    if evidence.actions is None:
        return no_place(ACTIONS)
    [which] = asked["which"]
    chosen, noun = _which(evidence.actions, which)
    if not evidence.actions:
        return none_there(ACTIONS, Text("Tilføj tiltag.", "Add actions."))
    wanted = (*asked["fields"], *(("priority",) if which == "priority" else ()))
    if unsayable := [FIELDS[name] for name in wanted if name in evidence.no_place]:
        return _cannot_say(join(unsayable))
    if not chosen and which == "priority":
        return not_met(
            Text("Ingen tiltag er markeret som prioriterede.", "No action is marked as a priority."),
            Text("Markér de prioriterede tiltag under tiltagets certificeringsoplysninger.",
                 "Mark the prioritised actions in their details for certification."),
        )  # fmt: skip
    remedy = Text("Åbn tiltagene, og skriv det, der mangler.", "Open the actions, and write down what is missing.")
    seen = [look(each, [FIELDS[name] for name in asked["fields"] if name not in each.said]) for each in chosen]
    return judge_each(seen, noun, remedy)


def _cannot_say(what: Text) -> Result:
    return needs_person(
        Text(f"Det, der er læst, kan ikke rumme {what.da}.", f"What was read has no place for {what.en}."),
        Text("Vurdér det ud fra planen selv, eller skriv det i klimaplan.",
             "Judge it by the plan itself, or write it down in klimaplan."),
    )  # fmt: skip


def forbidden_actions(evidence: Evidence, asked: Parameters) -> Result:
    """No action is marked as one of those that a plan may not have; unmarked ones are for a person to look at."""
    if evidence.actions is None:
        return no_place(ACTIONS)
    if not evidence.actions:
        return none_there(ACTIONS, Text("Tilføj tiltag.", "Add actions."))
    wrong = [look(each, [TAGS[tag] for tag in asked["tags"] if tag in each.tags])
             for each in evidence.actions if each.tags & set(asked["tags"])]  # fmt: skip
    if wrong:
        why = Text(f"{len(wrong)} tiltag er markeret som noget, planen ikke må have.",
                   f"{len(wrong)} actions are marked as something the plan may not have.")  # fmt: skip
        return not_met(why, Text("Tag dem ud, eller ret mærket.", "Take them out, or mend the mark."), wrong)
    unmarked = [each for each in evidence.actions if "checked" not in each.said]
    if unmarked:
        return needs_person(
            Text(f"{len(unmarked)} tiltag er ikke gennemgået for det, planen ikke må have.",
                 f"{len(unmarked)} actions were not gone through for what the plan may not have."),
            Text("Gennemgå dem, og skriv det i tiltagets certificeringsoplysninger.",
                 "Go through them, and say so in their details for certification."), [look(each) for each in unmarked],
        )  # fmt: skip
    return met(Text("Alle tiltag er gennemgået.", "Every action was gone through."),
               [look(each) for each in evidence.actions])  # fmt: skip


def coverage(evidence: Evidence, asked: Parameters) -> Result:
    """Each sector that weighs enough and each priority hazard has an action."""
    if evidence.actions is None:
        return no_place(ACTIONS)
    if evidence.inventory is None or not evidence.inventory.by_sector:
        return needs_person(Text("Der er intet regnskab at vægte sektorerne efter.",
                                 "There is no account to weigh the sectors by."))  # fmt: skip
    if evidence.hazards is None:
        return needs_person(Text("Det, der er læst, har ikke plads til klimafarer.",
                                 "What was read has no place for hazards."))  # fmt: skip
    emitted = {sector: tonnes for sector, tonnes in evidence.inventory.by_sector.items() if tonnes > 0.0}
    whole = fsum(emitted.values())
    found: list[Text] = []
    missing: list[Text] = []
    for sector, tonnes in emitted.items():
        if 100.0 * tonnes >= asked["least_percent"] * whole:
            there = any(sector in each.sectors for each in evidence.actions)
            (found if there else missing).append(SECTORS[sector])
    seen = []
    for hazard in evidence.hazards:
        if hazard.priority:
            there = any(hazard.code in each.hazards for each in evidence.actions)
            (found if there else missing).append(hazard.title)
            seen.append(look(hazard, [] if there else [FIELDS["action"]]))
    remedy = Text("Tilføj tiltag for det, der mangler.", "Add actions for what is missing.")
    return judge_missing(found, missing, remedy, seen)


def owners_by_sector(evidence: Evidence, asked: Parameters) -> Result:
    """Each sector has somebody who is responsible for an action in it."""
    if evidence.actions is None:
        return no_place(ACTIONS)
    owned = [each for each in evidence.actions if "owner" in each.said]
    there = {sector for each in owned for sector in each.sectors}
    found = [SECTORS[sector] for sector in asked["sectors"] if sector in there]
    missing = [SECTORS[sector] for sector in asked["sectors"] if sector not in there]
    remedy = Text("Skriv hvem der er ansvarlig i de sektorer, der mangler.",
                  "Write down who is responsible in the sectors that are missing.")  # fmt: skip
    return judge_missing(found, missing, remedy, [look(each) for each in owned])


def prioritisation(evidence: Evidence, asked: Parameters) -> Result:
    """The criteria of priority have weights that add up to one, and each action has a score for each."""
    if evidence.weights is None or evidence.actions is None:
        return no_place(WEIGHTS)
    remedy = Text("Vægt kriterierne, så de giver 100 %, og giv hvert tiltag point.",
                  "Weigh the criteria so that they come to 100 %, and score every action.")  # fmt: skip
    if len(evidence.weights) < asked["least"]:
        return none_there(WEIGHTS, remedy) if not evidence.weights else not_met(
            Text(f"Der er {len(evidence.weights)} kriterier; mindst {asked['least']} ventes.",
                 f"There are {len(evidence.weights)} criteria; at least {asked['least']} are expected."),
            remedy, [look(each) for each in evidence.weights],
        )  # fmt: skip
    whole = fsum(each.weight for each in evidence.weights)
    keys = {each.at.key for each in evidence.actions}
    lacking = Text("point for alle tiltag", "a score for every action")
    seen = [look(each, [] if keys <= each.scored else [lacking]) for each in evidence.weights]
    unscored = any(each.lacks for each in seen)
    told = Text(f"Vægtene giver {100.0 * whole:.0f} %.", f"The weights come to {100.0 * whole:.0f} %.")
    if abs(whole - 1.0) > WEIGHTS_OFF:
        return (not_met if unscored else partial)(told, remedy, seen)
    if unscored:
        return partial(Text("Ikke alle tiltag har point.", "Not every action has its scores."), remedy, seen)
    return met(told, seen)


def _which(actions: tuple[ActionSeen, ...], which: str) -> tuple[list[ActionSeen], Noun]:
    match which:
        case "priority":
            return [each for each in actions if each.priority], PRIORITISED
        case "mitigation":
            return [each for each in actions if Track.MITIGATION in each.tracks], MITIGATION
    return list(actions), ACTIONS


WHICH = frozenset({"all", "priority", "mitigation"})
_SECTORS = frozenset(SECTORS) - {"fossil"}
RULES = (
    Rule("action-fields", Text("Tiltagenes felter", "Fields of the actions"), action_fields,
         {"which": Codes(WHICH), "fields": Codes(ACTION_FIELDS)}),
    Rule("forbidden-actions", Text("Tiltag en plan ikke må have", "Actions that a plan may not have"),
         forbidden_actions, {"tags": Codes(frozenset(TAGS))}),
    Rule("coverage", Text("Dækning af sektorer og klimafarer", "Cover of sectors and hazards"), coverage,
         {"least_percent": Number(0)}),
    Rule("owners-by-sector", Text("Ansvarlige i hver sektor", "Responsible in each sector"), owners_by_sector,
         {"sectors": Codes(_SECTORS)}),
    Rule("prioritisation", Text("Prioritering", "Prioritisation"), prioritisation, {"least": Number(1)}),
)  # fmt: skip
