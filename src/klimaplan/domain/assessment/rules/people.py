"""Rules on people and powers: stakeholders, partners, the matrix of roles, other plans, and the municipality itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from klimaplan.domain.assessment.evidence import Evidence, PowersSeen, StakeholderSeen, Track
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
)
from klimaplan.domain.assessment.rules.rule import Rule
from klimaplan.domain.assessment.rules.words import (
    CONTEXT,
    FIELDS,
    GROUPS,
    LINKS,
    POWERS,
    ROLES,
    SECTORS,
    STAKEHOLDERS,
    THEMES,
    TRACKS,
)
from klimaplan.domain.errors import Text

FOSSIL = "fossil"


def stakeholder_map(evidence: Evidence, asked: Parameters) -> Result:
    """Every group has somebody on every track, or a reason why not."""
    if evidence.stakeholders is None:
        return no_place(STAKEHOLDERS)
    remedy = Text("Find interessenter til de felter, der er tomme, eller begrund dem.",
                  "Find stakeholders for the cells that are empty, or give the reason.")  # fmt: skip
    if not evidence.stakeholders:
        return none_there(STAKEHOLDERS, remedy)
    there = {(each.group, track) for each in evidence.stakeholders for track in each.tracks}
    found: list[Text] = []
    missing: list[Text] = []
    for group in asked["groups"]:
        for code in asked["tracks"]:
            track = Track(code)
            cell = Text(f"{GROUPS[group].da} ({TRACKS[track].da})", f"{GROUPS[group].en} ({TRACKS[track].en})")
            (found if (group, track) in there else missing).append(cell)
    return judge_missing(found, missing, remedy, [look(each) for each in evidence.stakeholders])


def involvement(evidence: Evidence, asked: Parameters) -> Result:
    """Each stakeholder: how involved and what it changed; or why not."""
    if evidence.stakeholders is None:
        return no_place(STAKEHOLDERS)
    remedy = Text("Skriv hvordan interessenten er inddraget, og hvad det ændrede; eller hvorfor ikke.",
                  "Write down how the stakeholder was involved and what it changed; or why not.")  # fmt: skip
    seen = [look(each, _without(each, asked["fields"])) for each in evidence.stakeholders]
    return judge_each(seen, STAKEHOLDERS, remedy)


def engagement(evidence: Evidence, asked: Parameters) -> Result:
    """Somebody of every group has been involved."""
    if evidence.stakeholders is None:
        return no_place(STAKEHOLDERS)
    remedy = Text("Inddrag nogen fra de grupper, der mangler, og skriv hvordan.",
                  "Involve somebody of the groups that are missing, and write down how.")  # fmt: skip
    if not evidence.stakeholders:
        return none_there(STAKEHOLDERS, remedy)
    involved = [each for each in evidence.stakeholders if "involvement" in each.said]
    there = {each.group for each in involved} | ({"vulnerable"} if any(each.vulnerable for each in involved) else set())
    words = {**GROUPS, "vulnerable": Text("udsatte grupper", "vulnerable groups")}
    found = [words[group] for group in asked["groups"] if group in there]
    missing = [words[group] for group in asked["groups"] if group not in there]
    return judge_missing(found, missing, remedy, [look(each) for each in involved or evidence.stakeholders])


def partners(evidence: Evidence, asked: Parameters) -> Result:
    """Others outside the municipality take part; where asked, also in the facilitator's cells of the matrix."""
    if evidence.stakeholders is None:
        return no_place(STAKEHOLDERS)
    remedy = Text("Skriv hvilke myndigheder, virksomheder og foreninger kommunen arbejder sammen med.",
                  "Write down the authorities, businesses and associations the municipality works with.")  # fmt: skip
    outside = [each for each in evidence.stakeholders
               if each.external and (each.group == "has-power" or "has-power" not in asked["groups"])]  # fmt: skip
    seen = [look(each) for each in outside]
    if len(outside) < asked["least"]:
        why = Text(
            f"Parter uden for kommunen: {len(outside)}; der ventes mindst {asked['least']}.",
            f"Parties outside the municipality: {len(outside)}; at least {asked['least']} are expected.",
        )
        return not_met(why, remedy, seen)
    told = Text(f"Parter uden for kommunen: {len(outside)}.",
                f"Parties outside the municipality: {len(outside)}.")  # fmt: skip
    if "facilitator" in asked.get("roles", ()):
        if evidence.powers is None:
            return no_place(POWERS)
        cells = [each for each in evidence.powers if "facilitator" in each.used]
        if not cells:
            why = Text(f"{told.da} Men kommunen optræder ingen steder som facilitator i rollematricen.",
                       f"{told.en} But the municipality is nowhere a facilitator in the matrix of roles.")  # fmt: skip
            return partial(why, Text("Udfyld facilitatorens felter i rollematricen.",
                                     "Fill in the facilitator's cells of the matrix of roles."), seen)  # fmt: skip
        seen += [look(each) for each in cells]
    return met(told, seen)


def roles_matrix(evidence: Evidence, asked: Parameters) -> Result:
    """Every sector has a row that is concluded, and every role is used somewhere."""
    if evidence.powers is None:
        return no_place(POWERS)
    remedy = Text("Udfyld rollematricen for de sektorer og roller, der mangler.",
                  "Fill in the matrix of roles for the sectors and roles that are missing.")  # fmt: skip
    rows = {each.sector: each for each in evidence.powers if each.sector != FOSSIL}
    if not rows:
        return none_there(POWERS, remedy)
    found: list[Text] = []
    missing: list[Text] = []
    for sector in asked["sectors"]:
        row = rows.get(sector)
        filled = row is not None and bool(row.used | row.justified)
        (found if filled and row is not None and row.concluded else missing).append(SECTORS[sector])
    used = {role for row in rows.values() for role in row.used}
    for role in asked.get("roles", ()):
        (found if role in used else missing).append(ROLES[role])
    return judge_missing(found, missing, remedy, [look(each) for each in rows.values()])


def fossil_column(evidence: Evidence, asked: Parameters) -> Result:
    """All roles are used to phase out fossil fuels, or their absence is justified."""
    if evidence.powers is None:
        return no_place(POWERS)
    remedy = Text(
        "Skriv hvad kommunen gør i hver rolle for at udfase fossile brændsler, eller hvorfor ikke.",
        "Write down what the municipality does in each role to phase out fossil fuels, or why not.",
    )
    row = _fossil(evidence.powers)
    if row is None:
        why = Text("Rollematricen har ingen række om fossile brændsler.",
                   "The matrix of roles has no row on fossil fuels.")  # fmt: skip
        return not_met(why, remedy)
    answered = row.used | row.justified
    found = [ROLES[role] for role in asked["roles"] if role in answered]
    missing = [ROLES[role] for role in asked["roles"] if role not in answered]
    return judge_missing(found, missing, remedy, [look(row)])


def coal_exit(evidence: Evidence, asked: Parameters) -> Result:
    """No coal is burnt from the year on, and no action brings new fossil supply."""
    if evidence.powers is None:
        return no_place(POWERS)
    before = asked["before"]
    remedy = Text(f"Skriv hvornår kul er udfaset (før {before}), og fjern ny fossil forsyning.",
                  f"Write down when coal is phased out (before {before}), and remove new fossil supply.")  # fmt: skip
    new = [each for each in evidence.actions or () if "new-fossil-supply" in each.tags]
    if new:
        why = Text("Planen har tiltag med ny fossil forsyning.", "The plan has actions with new fossil supply.")
        return not_met(why, remedy, [look(each, [SECTORS[FOSSIL]]) for each in new])
    row = _fossil(evidence.powers)
    if row is None or (row.coal_until is None and not row.no_coal):
        why = Text("Planen siger ikke, hvornår det sidste kul er brændt.",
                   "The plan does not say when the last coal is burnt.")  # fmt: skip
        return not_met(why, remedy, [] if row is None else [look(row)])
    if row.no_coal or row.coal_until is None:
        return met(Text("Der bruges ikke kul.", "No coal is used."), [look(row)])
    told = Text(f"Det sidste kul brændes i {row.coal_until}.", f"The last coal is burnt in {row.coal_until}.")
    return met(told, [look(row)]) if row.coal_until < before else not_met(told, remedy, [look(row)])


def linked_plans(evidence: Evidence, asked: Parameters) -> Result:
    """Another plan of the municipality is named for every sector that must have one."""
    if evidence.links is None:
        return no_place(LINKS)
    remedy = Text("Henvis til de planer, der mangler, med deres sektor.",
                  "Link the plans that are missing, with their sector.")  # fmt: skip
    if not evidence.links:
        return none_there(LINKS, remedy)
    there = {each.topic for each in evidence.links}
    found = [SECTORS[sector] for sector in asked["sectors"] if sector in there]
    missing = [SECTORS[sector] for sector in asked["sectors"] if sector not in there]
    if not found:
        why = Text(f"{len(evidence.links)} planer er nævnt, men ikke for hvilken sektor: {join(missing).da}.",
                   f"{len(evidence.links)} plans are named, but not for which sector: {join(missing).en}.")  # fmt: skip
        return partial(why, remedy, [look(each) for each in evidence.links])
    return judge_missing(found, missing, remedy, [look(each) for each in evidence.links])


def context(evidence: Evidence, asked: Parameters) -> Result:
    """Every theme of the municipality's situation is described."""
    if evidence.context is None:
        return no_place(CONTEXT)
    remedy = Text("Beskriv de forhold, der mangler.", "Describe what is missing.")
    there = {each.topic for each in evidence.context}
    found = [THEMES[theme] for theme in asked["themes"] if theme in there]
    missing = [THEMES[theme] for theme in asked["themes"] if theme not in there]
    return judge_missing(found, missing, remedy, [look(each) for each in evidence.context])


def _fossil(powers: Iterable[PowersSeen]) -> PowersSeen | None:
    return next((each for each in powers if each.sector == FOSSIL), None)


def _without(each: StakeholderSeen, fields: Iterable[str]) -> Iterator[Text]:
    if "reason" in each.said:
        return
    yield from (FIELDS[name] for name in fields if name not in each.said)


_GROUPS = frozenset(GROUPS)
_SECTORS = frozenset(SECTORS) - {FOSSIL}
RULES = (
    Rule("stakeholder-map", Text("Interessentkort", "Stakeholder map"), stakeholder_map,
         {"groups": Codes(_GROUPS), "tracks": Codes(frozenset(TRACKS))}),
    Rule("involvement", Text("Inddragelse", "Involvement"), involvement,
         {"fields": Codes(frozenset({"involvement", "effect-on-plan"}))}),
    Rule("engagement", Text("Inddragne grupper", "Groups involved"), engagement,
         {"groups": Codes(_GROUPS | {"vulnerable"})}),
    Rule("partners", Text("Partnere", "Partners"), partners,
         {"least": Number(1), "groups": Codes(frozenset({"has-power", "any"})),
          "roles": Codes(frozenset({"facilitator"}))}, frozenset({"roles"})),
    Rule("roles-matrix", Text("Rollematrice", "Matrix of roles"), roles_matrix,
         {"sectors": Codes(_SECTORS), "roles": Codes(frozenset(ROLES))}, frozenset({"roles"})),
    Rule("fossil-column", Text("Fossilkolonnen", "The fossil column"), fossil_column,
         {"roles": Codes(frozenset(ROLES))}),
    Rule("coal-exit", Text("Kul og ny fossil forsyning", "Coal and new fossil supply"), coal_exit,
         {"before": Number(1990)}),
    Rule("linked-plans", Text("Andre planer", "Other plans"), linked_plans, {"sectors": Codes(_SECTORS)}),
    Rule("context", Text("Kommunens forhold", "Situation of the municipality"), context,
         {"themes": Codes(frozenset(THEMES))}),
)  # fmt: skip
