"""The adaptation half of a plan: hazards, who and what is exposed, goals, what happened, and which actions answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from klimaplan.sources.plan_files.model import Day
from klimaplan.sources.plan_files.model import Key as ActionKey
from klimaplan.sources.plan_files.numbers import Flag, Part, Real
from klimaplan.web.plans.contents.qualitative import (
    MUST_OF_ACTION,
    Line,
    Prose,
    Title,
    Year,
    ask,
    chosen,
)

HazardName = Annotated[Line, Field(min_length=1), chosen("hazards")]
Level = Annotated[Line, chosen("levels")]
UNKNOWN = ("Tom, når det ikke er vurderet.", "Empty where it was not judged.")


class Hazard(Part):
    """A hazard that the municipality has judged: how likely and how bad, now and later."""

    hazard: Annotated[HazardName, ask("Klimafare", "Hazard", choices="hazards")]
    priority: Annotated[Flag, ask("Prioriteret", "Priority")] = False
    probability_now: Annotated[Level, ask("Sandsynlighed nu", "Probability now", *UNKNOWN, choices="levels")] = ""
    consequence_now: Annotated[Level, ask("Konsekvens nu", "Consequence now", *UNKNOWN, choices="levels")] = ""
    probability_later: Annotated[
        Level, ask("Sandsynlighed senere", "Probability later", *UNKNOWN, choices="levels")
    ] = ""
    consequence_later: Annotated[Level, ask("Konsekvens senere", "Consequence later", *UNKNOWN, choices="levels")] = ""
    later_year: Annotated[Year | None, ask("Senere er år", "Later is the year")] = None
    scenario: Annotated[Line, ask("Klimascenarie", "Climate scenario")] = ""
    trend: Annotated[Line, chosen("trends"), ask("Udvikling", "Trend", choices="trends")] = ""
    description: Annotated[Prose, ask("Beskrivelse", "Description", long=True)] = ""
    judged_on: Annotated[Day | None, ask("Vurderet den", "Judged on")] = None
    source: Annotated[Line, ask("Kilde", "Source")] = ""


class Exposed(Part):
    """People or assets that a hazard meets."""

    name: Annotated[Title, ask("Gruppe eller værdi", "Group or asset")]
    kind: Annotated[Line, Field(min_length=1), chosen("asset_kinds"), ask("Slags", "Kind", choices="asset_kinds")]
    hazards: Annotated[
        tuple[HazardName, ...], Field(min_length=1, max_length=40), ask("Klimafarer", "Hazards", choices="hazards")
    ]
    who: Annotated[Line, chosen("who"), ask("Hvem", "Who", choices="who")] = ""
    vulnerability: Annotated[Level, ask("Sårbarhed", "Vulnerability", *UNKNOWN, choices="levels")] = ""
    number: Annotated[Real | None, Field(ge=0.0), ask("Antal", "Number")] = None
    unit: Annotated[Line, ask("Enhed", "Unit")] = ""
    place: Annotated[Line, ask("Sted", "Place")] = ""
    source: Annotated[Line, ask("Kilde", "Source")] = ""


class AdaptationGoal(Part):
    """What adaptation shall come to by when, and what shows it."""

    title: Annotated[Title, ask("Mål", "Goal")]
    hazards: Annotated[
        tuple[HazardName, ...], Field(min_length=1, max_length=40), ask("Klimafarer", "Hazards", choices="hazards")
    ]
    horizon: Annotated[Line, Field(min_length=1), chosen("horizons"), ask("Horisont", "Horizon", choices="horizons")]
    year: Annotated[Year, ask("Målår", "Target year")]
    indicator: Annotated[Line, ask("Måles ved", "Measured by")] = ""
    unit: Annotated[Line, ask("Enhed", "Unit")] = ""
    start_value: Annotated[Real | None, ask("Udgangspunkt", "Starting point")] = None
    target_value: Annotated[Real | None, ask("Målværdi", "Target value")] = None
    description: Annotated[Prose, ask("Beskrivelse", "Description", long=True)] = ""


class Answer(Part):
    """The hazards that an action answers: what makes it an action of adaptation."""

    action: Annotated[ActionKey, MUST_OF_ACTION]
    hazards: Annotated[
        tuple[HazardName, ...], Field(min_length=1, max_length=40), ask("Klimafarer", "Hazards", choices="hazards")
    ]
    goals: Annotated[tuple[Line, ...], Field(max_length=40), ask("Mål", "Goals", choices="goals")] = ()
    start: Annotated[Year | None, ask("Begynder", "Begins")] = None
    end: Annotated[Year | None, ask("Slutter", "Ends")] = None
    effect: Annotated[Prose, ask("Virkning", "Effect", long=True)] = ""


class PastEvent(Part):
    """Something that has happened already."""

    hazard: Annotated[HazardName, ask("Klimafare", "Hazard", choices="hazards")]
    on: Annotated[Day, ask("Dato", "Day")]
    title: Annotated[Title, ask("Hændelse", "Event")]
    place: Annotated[Line, ask("Sted", "Place")] = ""
    damage_dkk: Annotated[Real | None, Field(ge=0.0), ask("Skader, kr.", "Damage, DKK")] = None
    people: Annotated[Real | None, Field(ge=0.0), ask("Berørte personer", "People affected")] = None
    description: Annotated[Prose, ask("Beskrivelse", "Description", long=True)] = ""
    source: Annotated[Line, ask("Kilde", "Source")] = ""
