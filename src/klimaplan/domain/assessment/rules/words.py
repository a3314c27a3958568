"""What rules call the things they look at."""

from __future__ import annotations

from collections.abc import Mapping

from klimaplan.domain.assessment.evidence import Track
from klimaplan.domain.assessment.result import Noun
from klimaplan.domain.errors import Text


def _noun(one_da: str, many_da: str, one_en: str, many_en: str) -> Noun:
    return Noun(Text(one_da, one_en), Text(many_da, many_en))


TARGETS = _noun("mål for udledningen", "mål for udledningen", "target for emissions", "targets for emissions")
ACTIONS = _noun("tiltag", "tiltag", "action", "actions")
PRIORITISED = _noun("prioriteret tiltag", "prioriterede tiltag", "prioritised action", "prioritised actions")
MITIGATION = _noun("reduktionstiltag", "reduktionstiltag", "mitigation action", "mitigation actions")
HAZARDS = _noun("klimafare", "klimafarer", "hazard", "hazards")
PRIORITY_HAZARDS = _noun("prioriteret klimafare", "prioriterede klimafarer", "priority hazard", "priority hazards")
EXPOSED = _noun("udsat gruppe eller værdi", "udsatte grupper eller værdier", "exposed group or asset",
                "exposed groups or assets")  # fmt: skip
GOALS = _noun("mål for tilpasning", "mål for tilpasning", "adaptation goal", "adaptation goals")
RISK = _noun("risikovurdering", "risikovurderinger", "risk assessment", "risk assessments")
STAKEHOLDERS = _noun("interessent", "interessenter", "stakeholder", "stakeholders")
POWERS = _noun("række i rollematricen", "rækker i rollematricen", "row of the matrix of roles",
               "rows of the matrix of roles")  # fmt: skip
CONSUMPTION = _noun("forbrugskategori", "forbrugskategorier", "consumption category", "consumption categories")
STRATEGIES = _noun("sektorstrategi", "sektorstrategier", "sector strategy", "sector strategies")
FAIRNESS = _noun("vurdering af fordelingen", "vurderinger af fordelingen", "judgement of the distribution",
                 "judgements of the distribution")  # fmt: skip
EQUITY_GOALS = _noun("mål for retfærdighed", "mål for retfærdighed", "fairness goal", "fairness goals")
CONTEXT = _noun("beskrivelse af kommunen", "beskrivelser af kommunen", "description of the municipality",
                "descriptions of the municipality")  # fmt: skip
WEIGHTS = _noun("prioriteringskriterium", "prioriteringskriterier", "criterion of priority", "criteria of priority")
INDICATORS = _noun("indikator", "indikatorer", "indicator", "indicators")
LINKS = _noun("henvisning til en anden plan", "henvisninger til andre planer", "link to another plan",
              "links to other plans")  # fmt: skip
COMMITMENTS = _noun("forpligtelse", "forpligtelser", "commitment", "commitments")
ADOPTIONS = _noun("vedtagelse", "vedtagelser", "adoption", "adoptions")
EVALUATIONS = _noun("evaluering", "evalueringer", "evaluation", "evaluations")
PUBLICATIONS = _noun("offentlig status", "offentlige statusser", "public status", "public statuses")
REPORTS = _noun("indberetning", "indberetninger", "report", "reports")
DRIVERS = _noun("usikkerhed i fremskrivningen", "usikkerheder i fremskrivningen", "uncertainty of the baseline",
                "uncertainties of the baseline")  # fmt: skip

FIELDS: Mapping[str, Text] = {
    "title": Text("titel", "title"), "description": Text("beskrivelse", "description"),
    "timetable": Text("tidsplan", "timetable"), "owner": Text("ansvarlig", "owner"),
    "effect": Text("forventet virkning", "expected effect"), "benefits": Text("merværdier", "benefits"),
    "roles": Text("kommunens rolle", "role of the municipality"), "cost": Text("økonomi", "cost"),
    "funding": Text("finansiering", "funding"), "staff": Text("bemanding", "staff"),
    "measures": Text("deltiltag", "supporting measures"), "milestones": Text("milepæle", "milestones"),
    "stakeholders": Text("interessenter", "stakeholders"), "distribution": Text("hvem der får gevinsterne",
                                                                              "who gets the benefits"),
    "indicators": Text("indikatorer", "indicators"), "barriers": Text("barrierer", "barriers"),
    "responses": Text("svar på barriererne", "responses to the barriers"),
    "communication": Text("kommunikation", "communication"),
    "priority": Text("hvilke tiltag der er prioriteret", "which actions are prioritised"),
    "now": Text("sandsynlighed og konsekvens nu", "probability and consequence now"),
    "later": Text("sandsynlighed og konsekvens senere", "probability and consequence later"),
    "later-year": Text("året senere gælder for", "the year that later stands for"),
    "date": Text("dato", "date"), "document": Text("dokument eller sag", "document or case"),
    "signer": Text("hvem der har underskrevet", "who has signed"),
    "involvement": Text("inddragelse", "involvement"), "effect-on-plan": Text("hvad det ændrede i planen",
                                                                             "what it changed in the plan"),
    "overview": Text("overblik over omstillingen", "overview of the transition"),
    "smart-target": Text("mål der kan måles", "measurable target"), "indicator": Text("indikator", "indicator"),
    "vision": Text("vision", "vision"), "frequency": Text("hvor ofte den måles", "how often it is measured"),
    "action": Text("tiltag", "action"), "source": Text("kilde", "source"), "method": Text("metode", "method"),
    "gwp": Text("opvarmningspotentialer", "warming potentials"), "quality": Text("datakvalitet", "data quality"),
    "notation": Text("notationskoder", "notation keys"), "notes": Text("metode og forudsætninger",
                                                                    "method and assumptions"),
}  # fmt: skip
"""Field → what it is called when it is missing."""

ACTION_FIELDS = frozenset({
    "title", "description", "timetable", "owner", "effect", "benefits", "roles", "cost", "funding", "staff", "measures",
    "milestones", "stakeholders", "distribution", "indicators", "barriers", "responses", "communication",
})  # fmt: skip
"""What can be asked of an action."""

SECTORS: Mapping[str, Text] = {
    "energy": Text("energi", "energy"), "transport": Text("transport", "transport"),
    "agriculture": Text("landbrug og arealer", "agriculture and land"), "waste": Text("affald og spildevand",
                                                                                  "waste and wastewater"),
    "processes": Text("processer", "processes"), "fossil": Text("udfasning af fossile brændsler",
                                                             "phasing out fossil fuels"),
}  # fmt: skip
TRACKS: Mapping[str, Text] = {
    Track.MITIGATION: Text("reduktion", "mitigation"), Track.ADAPTATION: Text("tilpasning", "adaptation"),
}  # fmt: skip
GROUPS: Mapping[str, Text] = {
    "hit-by-change": Text("ramt af klimaforandringer", "hit by climate change"),
    "hit-by-action": Text("ramt af klimatiltag", "hit by climate action"),
    "has-power": Text("magt til at mindske udledning eller risiko", "power to cut emissions or risk"),
}  # fmt: skip
ROLES: Mapping[str, Text] = {
    "operator": Text("driftsherre", "operator"), "supplier": Text("forsyner og ejer", "supplier and owner"),
    "authority": Text("myndighed", "authority"), "facilitator": Text("facilitator", "facilitator"),
}  # fmt: skip
"""The four roles; a facilitator is an advocate, a partner or a local opinion former."""

HORIZONS: Mapping[str, Text] = {
    "short": Text("kort sigt", "short term"), "medium": Text("mellemlangt sigt", "medium term"),
    "long": Text("langt sigt", "long term"),
}  # fmt: skip
LEVELS: Mapping[str, Text] = {
    "output": Text("det der er gjort", "output"), "outcome": Text("det der følger", "outcome"),
    "impact": Text("virkningen i sidste ende", "impact"),
}  # fmt: skip
TAGS: Mapping[str, Text] = {
    "fossil-ccs": Text("CCS, der holder fossil energi i live", "CCS that keeps fossil energy alive"),
    "new-incineration": Text("ny kapacitet til affaldsforbrænding", "new capacity for waste incineration"),
    "new-fossil-supply": Text("ny forsyning med fossil energi", "new supply of fossil energy"),
}  # fmt: skip
THEMES: Mapping[str, Text] = {
    "population": Text("befolkning", "population"), "economy": Text("økonomi og erhverv", "economy and business"),
    "environment": Text("miljø og natur", "environment and nature"), "vulnerable": Text("udsatte grupper",
                                                                                    "vulnerable groups"),
}  # fmt: skip
SERIES: Mapping[str, Text] = {
    "baseline": Text("basisfremskrivning", "baseline"), "pathway": Text("reduktionssti", "pathway"),
}  # fmt: skip
