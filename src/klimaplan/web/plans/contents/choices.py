"""What may be chosen in the forms of a plan, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from klimaplan.domain.errors import Text
from klimaplan.sources.plan_files.sheets import PROGRESS_WORDS
from klimaplan.web.plans.contents.hazards import HAZARDS

SECTORS: Mapping[str, Text] = {
    "energy": Text("energi", "energy"), "transport": Text("transport", "transport"),
    "agriculture": Text("landbrug og arealer", "agriculture and land use"),
    "waste": Text("affald og spildevand", "waste and wastewater"), "processes": Text("processer", "processes"),
}  # fmt: skip
CONSUMPTION: Mapping[str, Text] = {
    "food": Text("fødevarer", "food"), "construction": Text("byggeri og anlæg", "construction"),
    "goods": Text("varer og tekstiler", "goods and textiles"), "electronics": Text("elektronik", "electronics"),
    "travel": Text("rejser og flytransport", "travel and aviation"), "vehicles": Text("køretøjer", "vehicles"),
    "procurement": Text("kommunens indkøb", "the municipality's procurement"),
    "services": Text("tjenester", "services"), "other": Text("andet forbrug", "other consumption"),
}  # fmt: skip

CHOICES: Mapping[str, Mapping[str, Text]] = {
    "progress": {str(code): word for code, word in PROGRESS_WORDS.items()},
    "hazards": {code: hazard.name for code, hazard in HAZARDS.items()},
    "levels": {
        "low": Text("lav", "low"), "medium-low": Text("middel-lav", "medium low"), "medium": Text("middel", "medium"),
        "medium-high": Text("middel-høj", "medium high"), "high": Text("høj", "high"),
    },
    "trends": {
        "falling": Text("aftager", "falling"), "steady": Text("uændret", "steady"),
        "rising": Text("tiltager", "rising"),
    },
    "horizons": {
        "short": Text("kort (til 2030)", "short (to 2030)"), "medium": Text("mellemlang (2030–2040)",
                                                                            "medium (2030–2040)"),
        "long": Text("lang (efter 2040)", "long (after 2040)"),
    },
    "cost_kinds": {
        "capex": Text("anlæg", "investment"), "opex": Text("drift", "running costs"),
        "income": Text("indtægt", "income"),
    },
    "funders": {
        "own": Text("kommunens eget budget", "the municipality's own budget"), "state": Text("staten", "the state"),
        "eu": Text("EU", "the EU"), "fund": Text("fond", "foundation"), "private": Text("privat part", "private party"),
        "loan": Text("lån", "loan"), "other": Text("andet", "other"),
    },
    "funding_states": {
        "wanted": Text("ønsket", "wanted"), "applied": Text("søgt", "applied for"),
        "granted": Text("bevilget", "granted"),
        "refused": Text("afslået", "refused"), "paid": Text("udbetalt", "paid"),
    },
    "stakeholder_groups": {
        "hit-by-change": Text("rammes af klimaforandringer", "hit by climate change"),
        "hit-by-action": Text("rammes af tiltaget", "hit by climate action"),
        "has-power": Text("kan mindske udledning eller risiko", "has power to cut emissions or risk"),
    },
    "involvement": {
        "inform": Text("orienteres", "informed"), "consult": Text("høres", "consulted"),
        "involve": Text("inddrages", "involved"), "collaborate": Text("samarbejder", "collaborates"),
    },
    "barriers": {
        "legal": Text("lovgivning", "legal"), "economic": Text("økonomi", "economic"),
        "technical": Text("teknik", "technical"), "political": Text("politik", "political"),
        "capacity": Text("ressourcer og kapacitet", "capacity"),
        "knowledge": Text("viden og data", "knowledge and data"),
        "acceptance": Text("lokal opbakning", "local acceptance"), "other": Text("andet", "other"),
    },
    "distribution": {
        "access": Text("adgang", "access"), "wealth": Text("velstand", "wealth"), "place": Text("sted", "place"),
    },
    "who": {
        "everyone": Text("alle borgere", "all citizens"), "low-income": Text("husstande med lav indkomst",
                                                                            "low-income households"),
        "elderly": Text("ældre", "the elderly"), "children": Text("børn og unge", "children and youth"),
        "minorities": Text("mindretal og udsatte grupper", "marginalised or minority communities"),
        "health": Text("syge og sårbare", "vulnerable health groups"), "women": Text("kvinder og piger",
                                                                                "women and girls"),
        "outdoor-workers": Text("folk der arbejder ude", "outdoor workers"), "rural": Text("landdistrikter",
                                                                                         "rural areas"),
        "businesses": Text("virksomheder", "businesses"), "farmers": Text("landmænd", "farmers"),
        "nature": Text("naturen", "nature"),
    },
    "directions": {"gain": Text("gevinst", "gain"), "loss": Text("ulempe", "loss")},
    "indicator_levels": {
        "output": Text("det der er gjort", "output"), "outcome": Text("det der følger", "outcome"),
        "impact": Text("virkningen i sidste ende", "impact"),
    },
    "indicator_reach": {"direct": Text("direkte", "direct"), "indirect": Text("indirekte", "indirect")},
    "indicator_detail": {
        "aggregated": Text("samlet", "aggregated"), "operational": Text("fra driften", "operational"),
    },
    "indicator_nature": {
        "quantitative": Text("kvantitativ", "quantitative"), "qualitative": Text("kvalitativ", "qualitative"),
    },
    "indicator_basis": {
        "bottom-up": Text("lokale data (bottom-up)", "local data (bottom-up)"),
        "top-down": Text("landsdækkende data (top-down)", "national data (top-down)"),
    },
    "link_kinds": {
        "part-of": Text("er en del af", "is part of"), "supports": Text("understøtter", "supports"),
        "depends-on": Text("afhænger af", "depends on"), "conflicts": Text("er i strid med", "conflicts with"),
        "see": Text("se også", "see also"),
    },
    "asset_kinds": {
        "people": Text("mennesker", "people"), "buildings": Text("bygninger", "buildings"),
        "infrastructure": Text("infrastruktur", "infrastructure"), "culture": Text("kulturarv", "cultural heritage"),
        "business": Text("erhverv", "business"), "nature": Text("natur", "nature"),
    },
    "sectors": SECTORS,
    "matrix_rows": {**SECTORS, "fossil": Text("udfasning af fossile brændsler", "phasing out fossil fuels")},
    "municipal_roles": {
        "operator": Text("driftsherre", "operator"), "supplier": Text("forsyner og ejer", "supplier and owner"),
        "authority": Text("myndighed", "authority"),
        "facilitator.advocacy": Text("facilitator over for staten", "facilitator towards the state"),
        "facilitator.partnership": Text("facilitator i partnerskaber", "facilitator in partnerships"),
        "facilitator.opinion": Text("lokal meningsdanner", "local opinion former"),
    },
    "tracks": {"mitigation": Text("reduktion", "mitigation"), "adaptation": Text("tilpasning", "adaptation")},
    "consumption": CONSUMPTION,
    "indicator_topics": {**CONSUMPTION, "equity": Text("retfærdighed", "fairness")},
    "frequencies": {
        "month": Text("hver måned", "every month"), "quarter": Text("hvert kvartal", "every quarter"),
        "year": Text("hvert år", "every year"), "two-years": Text("hvert andet år", "every second year"),
        "term": Text("hver byrådsperiode", "every council term"),
    },
    "context_themes": {
        "population": Text("befolkning", "population"), "economy": Text("økonomi og erhverv", "economy and business"),
        "environment": Text("miljø og natur", "environment and nature"),
        "vulnerable": Text("udsatte grupper", "vulnerable groups"),
    },
    "action_tags": {
        "fossil-ccs": Text("CCS, der holder fossil energi i live", "CCS that keeps fossil energy alive"),
        "new-incineration": Text("ny kapacitet til affaldsforbrænding", "new capacity for waste incineration"),
        "new-fossil-supply": Text("ny forsyning med fossil energi", "new supply of fossil energy"),
    },
}  # fmt: skip
