"""Rules on commitment and follow-up: who has signed and adopted, strategies, consumption, fairness, indicators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from klimaplan.domain.assessment.evidence import DatedSeen, Evidence, IndicatorSeen, Part, TopicSeen
from klimaplan.domain.assessment.parameters import Codes, Number, Parameters
from klimaplan.domain.assessment.result import (
    Result,
    join,
    judge_each,
    judge_missing,
    look,
    met,
    no_place,
    none_there,
    not_met,
    partial,
    within,
)
from klimaplan.domain.assessment.rules.rule import Rule
from klimaplan.domain.assessment.rules.words import (
    ADOPTIONS,
    COMMITMENTS,
    CONSUMPTION,
    EQUITY_GOALS,
    FAIRNESS,
    FIELDS,
    INDICATORS,
    LEVELS,
    SECTORS,
    STRATEGIES,
)
from klimaplan.domain.errors import Text


def commitment(evidence: Evidence, asked: Parameters) -> Result:
    """A commitment with its day and document."""
    if evidence.commitments is None:
        return no_place(COMMITMENTS)
    remedy = Text("Skriv hvem der har forpligtet kommunen, hvornår, og i hvilket dokument.",
                  "Write down who has committed the municipality, when, and in which document.")  # fmt: skip
    return _best(evidence.commitments, asked["fields"], remedy)


def adoption(evidence: Evidence, asked: Parameters) -> Result:
    """The council has adopted the plan, with day and document."""
    if evidence.adoptions is None:
        return no_place(ADOPTIONS)
    remedy = Text("Skriv hvornår planen er vedtaget, og i hvilken sag.",
                  "Write down when the plan was adopted, and in which case.")  # fmt: skip
    if not evidence.adoptions:
        return none_there(ADOPTIONS, remedy)
    adopted = [each for each in evidence.adoptions if each.state == "adopted"
               and (each.on is None or each.on <= evidence.on)]  # fmt: skip
    if adopted:
        return _best(adopted, asked["fields"], remedy)
    seen = [look(each) for each in evidence.adoptions]
    if any(each.state == "in-principle" for each in evidence.adoptions):
        why = Text("Planen er kun vedtaget i princippet.", "The plan is adopted in principle only.")
        return partial(why, remedy, seen)
    return not_met(Text("Planen er endnu ikke vedtaget.", "The plan is not adopted yet."), remedy, seen)


def strategies(evidence: Evidence, asked: Parameters) -> Result:
    """Each sector has its way told, a target that can be measured, and an indicator."""
    if evidence.strategies is None:
        return no_place(STRATEGIES)
    remedy = Text("Skriv sektorens strategi færdig.", "Complete the strategy of the sector.")
    return _for_each_topic(evidence.strategies, asked, "sectors", remedy)


def consumption(evidence: Evidence, asked: Parameters) -> Result:
    """Enough categories of consumption, each with what is asked of it."""
    if evidence.consumption is None:
        return no_place(CONSUMPTION)
    remedy = Text("Tilføj forbrugskategorier, eller skriv det, der mangler.",
                  "Add consumption categories, or write down what is missing.")  # fmt: skip
    if not evidence.consumption:
        return none_there(CONSUMPTION, remedy)
    seen = [look(each, _lacking(each, asked["fields"])) for each in evidence.consumption]
    whole = [each for each in seen if not each.lacks]
    told = Text(f"{len(whole)} af {CONSUMPTION.of(len(seen)).da} er fyldt ud; mindst {asked['least']} kræves.",
                f"{len(whole)} of {CONSUMPTION.of(len(seen)).en} are filled in; "
                f"at least {asked['least']} are required.")  # fmt: skip
    if len(whole) >= asked["least"]:
        return met(told, seen)
    return (partial if whole or len(seen) >= asked["least"] else not_met)(told, remedy, seen)


def fairness(evidence: Evidence, asked: Parameters) -> Result:
    """Who bears and who gains is judged for every sector and every hazard, or left out with a reason."""
    if evidence.fairness is None or evidence.hazards is None:
        return no_place(FAIRNESS)
    remedy = Text("Vurdér fordelingen af byrder og gevinster for det, der mangler.",
                  "Judge who bears and who gains for what is missing.")  # fmt: skip
    if not evidence.fairness:
        return none_there(FAIRNESS, remedy)
    there = {(each.kind, each.topic) for each in evidence.fairness}
    wanted = [(("sector", sector), SECTORS[sector]) for sector in asked["sectors"]]
    wanted += [(("hazard", each.code), each.title) for each in evidence.hazards]
    found = [name for topic, name in wanted if topic in there]
    missing = [name for topic, name in wanted if topic not in there]
    return judge_missing(found, missing, remedy, [look(each) for each in evidence.fairness])


def equity_goals(evidence: Evidence, asked: Parameters) -> Result:
    """Enough goals for fairness, each tied to an action and an indicator where that is asked for."""
    if evidence.equity_goals is None:
        return no_place(EQUITY_GOALS)
    remedy = Text("Sæt et mål for retfærdighed, og knyt det til et tiltag og en indikator.",
                  "Set a fairness goal, and tie it to an action and an indicator.")  # fmt: skip
    if not evidence.equity_goals:
        return none_there(EQUITY_GOALS, remedy)
    seen = [look(each, _lacking(each, asked.get("fields", ()))) for each in evidence.equity_goals]
    whole = sum(not each.lacks for each in seen)
    told = Text(f"{whole} af {EQUITY_GOALS.of(len(seen)).da} er fyldt ud.",
                f"{whole} of {EQUITY_GOALS.of(len(seen)).en} are filled in.")  # fmt: skip
    return met(told, seen) if whole >= asked["least"] else partial(told, remedy, seen)


def indicator_levels(evidence: Evidence, asked: Parameters) -> Result:
    """Prioritised actions are measured by what is done, sectors by what follows, targets by the impact in the end."""
    if evidence.indicators is None or evidence.actions is None or evidence.targets is None:
        return no_place(INDICATORS)
    remedy = Text("Tilføj indikatorer på de niveauer, der mangler.", "Add indicators on the levels that are missing.")
    if not evidence.indicators:
        return none_there(INDICATORS, remedy)
    found: list[Text] = []
    missing: list[Text] = []
    for code in asked["levels"]:
        there = [each for each in evidence.indicators if each.level == code]
        lacking = _without_indicator(evidence, code, there)
        name = LEVELS[code]
        if there and not lacking:
            found.append(name)
        else:
            missing.append(within(name, join(lacking[:5])) if lacking else name)
    return judge_missing(found, missing, remedy, [look(each) for each in evidence.indicators])


def indicator_topics(evidence: Evidence, asked: Parameters) -> Result:
    """Every consumption category has an indicator, and fairness has one."""
    if evidence.indicators is None or evidence.consumption is None:
        return no_place(INDICATORS)
    remedy = Text("Tilføj indikatorer for det, der mangler.", "Add indicators for what is missing.")
    there = {each.topic for each in evidence.indicators}
    found: list[Text] = []
    missing: list[Text] = []
    if "consumption" in asked["topics"]:
        for each in evidence.consumption:
            (found if each.topic in there else missing).append(each.title)
        if not evidence.consumption:
            missing.append(CONSUMPTION.many)
    if "equity" in asked["topics"]:
        (found if "equity" in there else missing).append(Text("retfærdighed", "fairness"))
    return judge_missing(found, missing, remedy, [look(each) for each in evidence.indicators if each.topic])


def indicator_upkeep(evidence: Evidence, asked: Parameters) -> Result:
    """Every action and target is measured, and every indicator has somebody and a frequency."""
    if evidence.indicators is None or evidence.actions is None or evidence.targets is None:
        return no_place(INDICATORS)
    remedy = Text("Giv tiltag og mål indikatorer, og skriv hvem der måler og hvor ofte.",
                  "Give actions and targets indicators, and write down who measures and how often.")  # fmt: skip
    if not evidence.indicators:
        return none_there(INDICATORS, remedy)
    measured = {each.action for each in evidence.indicators} | {each.target for each in evidence.indicators}
    lacking = [FIELDS["indicator"]]
    things: list[Part] = [*evidence.actions, *evidence.targets]
    seen = [look(each, [] if each.at.key in measured else lacking) for each in things]
    seen += [look(each, _lacking(each, asked["fields"])) for each in evidence.indicators]
    return judge_each(seen, INDICATORS, remedy)


def _without_indicator(evidence: Evidence, level: str, there: Iterable[IndicatorSeen]) -> list[Text]:
    """What should be measured on a level and is not."""
    match level:
        case "output":
            measured = {each.action for each in there}
            return [each.title for each in evidence.actions or () if each.priority and each.at.key not in measured]
        case "outcome":
            measured = {each.sector for each in there}
            return [each.title for each in evidence.strategies or () if each.topic not in measured]
    measured = {each.target for each in there}
    return [each.title for each in evidence.targets or () if each.whole and each.at.key not in measured]


def _for_each_topic(topics: Iterable[TopicSeen], asked: Parameters, name: str, remedy: Text) -> Result:
    by_topic = {each.topic: each for each in topics}
    if not by_topic:
        return none_there(STRATEGIES, remedy)
    absent = [SECTORS[code] for code in asked[name] if code not in by_topic]
    seen = [look(each, _lacking(each, asked["fields"])) for each in by_topic.values()]
    if absent:
        lacking = [within(each.title, what)
                   for each in by_topic.values() for what in _lacking(each, asked["fields"])]  # fmt: skip
        found = [each.title for each in by_topic.values()]
        return judge_missing(found, [*absent, *lacking], remedy, seen)
    return judge_each(seen, STRATEGIES, remedy)


def _best(dated: Iterable[DatedSeen], fields: Iterable[str], remedy: Text) -> Result:
    """One of them says all that is asked for."""
    seen = [look(each, _lacking(each, fields)) for each in dated]
    if not seen:
        return none_there(COMMITMENTS, remedy)
    best = min(seen, key=lambda each: len(each.lacks))
    if best.lacks:
        return judge_missing([best.label], best.lacks, remedy, seen)
    return met(Text(f"{best.label.da}: dato og dokument er der.", f"{best.label.en}: day and document are there."),
               [best])  # fmt: skip


def _lacking(part: Part, fields: Iterable[str]) -> list[Text]:
    return [FIELDS[name] for name in fields if name not in part.said]


def _fields(*names: str) -> Any:
    return Codes(frozenset(names))


DOCUMENTED = _fields("date", "document", "signer")
RULES = (
    Rule("commitment", Text("Forpligtelse", "Commitment"), commitment, {"fields": DOCUMENTED}),
    Rule("adoption", Text("Vedtagelse", "Adoption"), adoption, {"fields": DOCUMENTED}),
    Rule("strategies", Text("Sektorstrategier", "Sector strategies"), strategies,
         {"sectors": Codes(frozenset(SECTORS) - {"fossil"}),
          "fields": _fields("overview", "smart-target", "indicator")}),
    Rule("consumption", Text("Forbrug", "Consumption"), consumption,
         {"least": Number(1), "fields": _fields("vision", "smart-target", "indicator")}),
    Rule("fairness", Text("Fordeling af byrder og gevinster", "Who bears and who gains"), fairness,
         {"sectors": Codes(frozenset(SECTORS) - {"fossil"})}),
    Rule("equity-goals", Text("Mål for retfærdighed", "Fairness goals"), equity_goals,
         {"least": Number(1), "fields": _fields("action", "indicator")}, frozenset({"fields"})),
    Rule("indicator-levels", Text("Indikatorer på tre niveauer", "Indicators on three levels"), indicator_levels,
         {"levels": Codes(frozenset(LEVELS))}),
    Rule("indicator-topics", Text("Indikatorer for forbrug og retfærdighed",
                                  "Indicators for consumption and fairness"), indicator_topics,
         {"topics": _fields("consumption", "equity")}),
    Rule("indicator-upkeep", Text("Hvem måler hvor ofte", "Who measures how often"), indicator_upkeep,
         {"fields": _fields("frequency", "owner")}),
)  # fmt: skip
