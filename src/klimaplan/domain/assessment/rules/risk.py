"""Rules on adaptation: hazards with likelihood and consequence, whom they meet, goals, and how far ahead is looked."""

from __future__ import annotations

from klimaplan.domain.assessment.evidence import Evidence, HazardSeen
from klimaplan.domain.assessment.parameters import Codes, Number, Parameters
from klimaplan.domain.assessment.result import (
    Noun,
    Result,
    judge_each,
    judge_missing,
    look,
    met,
    no_place,
    none_there,
    not_met,
    plain,
    within,
)
from klimaplan.domain.assessment.rules.rule import Rule
from klimaplan.domain.assessment.rules.words import (
    EXPOSED,
    FIELDS,
    GOALS,
    HAZARDS,
    HORIZONS,
    PRIORITY_HAZARDS,
    RISK,
    TARGETS,
)
from klimaplan.domain.errors import Text

PRIORITISE = Text("Markér de klimafarer, der er prioriteret.", "Mark the hazards that are priorities.")


def scenario_horizon(evidence: Evidence, asked: Parameters) -> Result:
    """The risk assessment looks far enough ahead."""
    if evidence.risk is None:
        return no_place(RISK)
    until = asked["until"]
    remedy = Text(f"Brug scenarier, der når mindst {until}.", f"Use scenarios that reach {until} at least.")
    if not evidence.risk:
        return none_there(RISK, remedy)
    seen = [look(each, label=within(each.title, plain(str(each.horizon)))) if each.horizon else look(each)
            for each in evidence.risk]  # fmt: skip
    farthest = max((each.horizon for each in evidence.risk if each.horizon is not None), default=None)
    if farthest is None:
        why = Text("Risikovurderingen siger ikke, hvor langt dens scenarier når.",
                   "The risk assessment does not say how far its scenarios reach.")  # fmt: skip
        return not_met(why, remedy, seen)
    told = Text(f"Scenarierne når {farthest}.", f"The scenarios reach {farthest}.")
    return met(told, seen) if farthest >= until else not_met(told, remedy, seen)


def hazards_described(evidence: Evidence, asked: Parameters) -> Result:
    """Each hazard is judged now and later."""
    if evidence.hazards is None:
        return no_place(HAZARDS)
    remedy = Text("Vurdér de klimafarer, der mangler noget.", "Judge the hazards that lack something.")
    seen = [look(each, [FIELDS[name] for name in asked["fields"] if name not in each.said])
            for each in evidence.hazards]  # fmt: skip
    return judge_each(seen, HAZARDS, remedy)


def hazard_impacts(evidence: Evidence, asked: Parameters) -> Result:
    """Each priority hazard has somebody or something it meets; vulnerable groups are among them."""
    if evidence.exposed is None or evidence.hazards is None:
        return no_place(EXPOSED)
    remedy = Text("Skriv hvem og hvad hver prioriteret klimafare rammer, også udsatte grupper.",
                  "Write down whom and what each priority hazard meets, vulnerable groups too.")  # fmt: skip
    lacking_any = Text("hvem den rammer", "whom it meets")
    lacking_group = Text("udsatte grupper", "vulnerable groups")
    priority = [each for each in evidence.hazards if each.priority]
    if not priority:
        return none_there(PRIORITY_HAZARDS, PRIORITISE)
    seen = []
    for hazard in priority:
        hit = [each for each in evidence.exposed if hazard.code in each.hazards]
        lacks = [] if hit else [lacking_any]
        if hit and "vulnerable" in asked["groups"] and not any(each.vulnerable for each in hit):
            lacks = [lacking_group]
        seen.append(look(hazard, lacks))
    return judge_each(seen, PRIORITY_HAZARDS, remedy)


def hazard_goals(evidence: Evidence, _asked: Parameters) -> Result:
    """Each priority hazard has a goal of adaptation."""
    if evidence.goals is None or evidence.hazards is None:
        return no_place(GOALS)
    remedy = Text("Sæt et mål for hver prioriteret klimafare.", "Set a goal for each priority hazard.")
    answered = {code for each in evidence.goals for code in each.hazards}
    return _each_answered(evidence.hazards, answered, Text("mål", "goal"), PRIORITY_HAZARDS, remedy)


def goal_horizons(evidence: Evidence, asked: Parameters) -> Result:
    """There is a goal on every horizon, and one that can be measured as well as one in words."""
    if evidence.goals is None:
        return no_place(GOALS)
    there = {each.horizon for each in evidence.goals}
    seen = [look(each) for each in evidence.goals]
    noun = GOALS
    if "emissions" in asked["counts"]:
        if evidence.targets is None:
            return no_place(TARGETS)
        there |= {_horizon_of(each.year) for each in evidence.targets}
        seen += [look(each) for each in evidence.targets]
        noun = TARGETS if not evidence.goals else GOALS
    remedy = Text("Sæt mål på de horisonter, der mangler, både i ord og med tal.",
                  "Set goals on the horizons that are missing, both in words and in figures.")  # fmt: skip
    if not seen:
        return none_there(noun, remedy)
    found = [HORIZONS[code] for code in asked["horizons"] if code in there]
    missing = [HORIZONS[code] for code in asked["horizons"] if code not in there]
    kinds = {"measurable": Text("mål med tal", "measurable targets"), "worded": Text("mål i ord", "goals in words")}
    have = {"measurable": any(each.measurable for each in evidence.goals),
            "worded": any(not each.measurable or "description" in each.said for each in evidence.goals)}  # fmt: skip
    for kind in asked.get("kinds", ()):
        (found if have[kind] else missing).append(kinds[kind])
    return judge_missing(found, missing, remedy, seen)


def _horizon_of(year: int) -> str:
    return "short" if year <= 2030 else "medium" if year <= 2040 else "long"


def _each_answered(hazards: tuple[HazardSeen, ...], answered: set[str], what: Text, noun: Noun, remedy: Text) -> Result:
    priority = [each for each in hazards if each.priority]
    if not priority:
        return none_there(noun, PRIORITISE)
    return judge_each([look(each, [] if each.code in answered else [what]) for each in priority], noun, remedy)


HAZARD_FIELDS = frozenset({"now", "later", "later-year"})
RULES = (
    Rule("scenario-horizon", Text("Hvor langt scenarierne når", "How far the scenarios reach"), scenario_horizon,
         {"until": Number(1990)}),
    Rule("hazards-described", Text("Vurderede klimafarer", "Judged hazards"), hazards_described,
         {"fields": Codes(HAZARD_FIELDS)}),
    Rule("hazard-impacts", Text("Hvem klimafarerne rammer", "Whom the hazards meet"), hazard_impacts,
         {"groups": Codes(frozenset({"any", "vulnerable"}))}),
    Rule("hazard-goals", Text("Mål for klimafarerne", "Goals for the hazards"), hazard_goals),
    Rule("goal-horizons", Text("Mål på alle horisonter", "Goals on every horizon"), goal_horizons,
         {"horizons": Codes(frozenset(HORIZONS)), "counts": Codes(frozenset({"adaptation", "emissions"})),
          "kinds": Codes(frozenset({"measurable", "worded"}))}, frozenset({"kinds"})),
)  # fmt: skip
