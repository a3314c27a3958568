"""What invented plans say besides targets and actions, so that a self-assessment has something to read.

A third of the municipalities have all of it, a third have begun, a third have nothing yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from klimaplan.web.plans.contents.choices import SECTORS

Written = tuple[str, dict[str, Any]]
"""Kind and content."""

INVENTED = "Opdigtet"
DEPTHS = 3
PRIORITISED = 3
"""How many actions are a priority."""

GROUPS = (
    ("Grundejere ved kysten", "hit-by-change", ["adaptation"]), ("Beboere i etageboliger", "hit-by-change",
                                                                 ["mitigation", "adaptation"]),
    ("Landmænd", "hit-by-action", ["mitigation", "adaptation"]),
    ("Forsyningsselskabet", "has-power", ["mitigation", "adaptation"]),
)  # fmt: skip
THEMES = ("population", "economy", "environment", "vulnerable")


def groundwork(code: str, actions: Sequence[str]) -> Iterator[Written]:
    """The parts of the plan of a municipality in no particular order.

    Parameters
    ----------
    actions : keys of its actions, the first of them the most important
    """
    depth = int(code) % DEPTHS
    if depth > 0:
        yield from _begun()
    if depth > 1:
        yield from _whole(actions)


def _begun() -> Iterator[Written]:
    """What most municipalities have ready: the risk assessment, other plans, and a first look at themselves."""
    yield "risk_assessment", {
        "title": f"{INVENTED} risikovurdering", "made_on": "2023-03-01", "oldest_data": "2019-01-01", "horizon": 2100,
        "scenario": "SSP2-4.5",
    }  # fmt: skip
    for theme in THEMES[:2]:
        yield "context", {"theme": theme, "text": f"{INVENTED} beskrivelse."}
    yield "plan_link", {"title": f"{INVENTED} varmeplan", "kind": "supports", "sectors": ["energy"]}
    yield "plan_link", {"title": f"{INVENTED} kommuneplan", "kind": "see", "sectors": ["transport", "agriculture"]}
    yield "publication", {"title": f"{INVENTED} klimastatus", "on": "2026-05-01"}


def _whole(actions: Sequence[str]) -> Iterator[Written]:
    for theme in THEMES[2:]:
        yield "context", {"theme": theme, "text": f"{INVENTED} beskrivelse."}
    yield "plan_link", {"title": f"{INVENTED} affaldsplan", "kind": "supports", "sectors": ["waste", "processes"]}
    yield "evaluation", {"title": f"{INVENTED} midtvejsevaluering", "planned_on": "2028-06-01"}
    yield "yearly_report", {"year": 2025, "sent_on": "2026-03-01", "events": f"{INVENTED}: ingen"}
    for name, group, tracks in GROUPS:
        yield "stakeholder", {
            "name": f"{INVENTED}: {name}", "group": group, "tracks": tracks, "involvement": "involve",
            "external": True, "effect_on_plan": f"{INVENTED}: et tiltag blev flyttet frem.",
        }  # fmt: skip
    yield from _by_sector()
    for category in ("food", "procurement"):
        yield "consumption", {
            "category": category, "vision": f"{INVENTED} vision", "avoid": "Mindre spild", "avoid_roles": ["operator"],
            "target": "20 % mindre i 2030", "target_year": 2030, "indicator": "kg pr. indbygger",
        }  # fmt: skip
        yield "indicator", {"name": "Opdigtet: kg pr. indbygger", "unit": "kg", "level": "outcome", "topic": category,
                            "frequency": "year", "owner": "Klima og Bæredygtighed"}  # fmt: skip
    yield (
        "equity_goal",
        {"title": f"{INVENTED}: billig varme til alle", "theme": "wealth", "indicator": "kr. om måneden"},
    )
    yield "indicator", {"name": "Opdigtet: samlet udledning", "unit": "t CO2e", "level": "impact", "frequency": "year",
                        "owner": "Klima og Bæredygtighed"}  # fmt: skip
    for key in actions[:PRIORITISED]:
        yield (
            "action_detail",
            {"action": key, "priority": True, "checked": True, "communication": f"{INVENTED} hjemmeside"},
        )


def _by_sector() -> Iterator[Written]:
    for code, word in SECTORS.items():
        yield "powers", {
            "sector": code, "operator": f"{INVENTED}: egne anlæg", "authority": f"{INVENTED}: planer",
            "partnership": f"{INVENTED}: et netværk", "conclusion": f"{INVENTED} konklusion",
        }  # fmt: skip
        yield "sector_strategy", {
            "sector": code, "overview": f"{INVENTED} vej for {word.da}", "target": "50 % mindre i 2035",
            "target_year": 2035, "indicator": "t CO2e om året",
        }  # fmt: skip
        yield "fairness", {"sector": code, "who": ["low-income"], "gain": f"{INVENTED}: lavere udgifter",
                           "theme": "wealth"}  # fmt: skip
    yield "powers", {
        "sector": "fossil", "operator": f"{INVENTED}: egne biler på el", "authority": f"{INVENTED}: varmeplan",
        "advocacy": f"{INVENTED}: brev til staten", "no_coal": True,
    }  # fmt: skip
