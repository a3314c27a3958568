"""What a certification asks for besides targets and actions: powers, people, consumption, fairness and follow-up."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from klimaplan.sources.plan_files.model import Day
from klimaplan.sources.plan_files.model import Key as ActionKey
from klimaplan.sources.plan_files.numbers import Flag, Part, Real
from klimaplan.web.plans.contents.qualitative import MUST_OF_ACTION, Line, Prose, Title, Web, Year, ask, chosen

Code = Annotated[Line, Field(min_length=1)]
Score = Annotated[Line, Field(pattern=r"^[A-Za-z0-9æøåÆØÅ_-]+ *= *\d{1,3}([.,]\d{1,3})?$")]
WHY_NOT = ask("Begrundelse, hvis der ikke er noget", "Reason, if there is nothing", long=True)
Roles = Annotated[tuple[Annotated[Line, chosen("municipal_roles")], ...], Field(max_length=6)]


class ActionDetail(Part):
    """What a certification asks of an action beyond what it is computed from."""

    action: Annotated[ActionKey, MUST_OF_ACTION]
    priority: Annotated[
        Flag,
        ask("Prioriteret på kort sigt", "Prioritised for the short term",
            "Prioriterede tiltag skal beskrives mere udførligt.", "Prioritised actions are described more fully."),
    ] = False  # fmt: skip
    start: Annotated[Year | None, ask("Begynder", "Begins")] = None
    end: Annotated[Year | None, ask("Slutter", "Ends")] = None
    effect: Annotated[
        Prose,
        ask("Forventet virkning", "Expected effect", "Hvor den ikke er regnet ud: i ord, eller hvorfor den ikke er.",
            "Where it was not computed: in words, or why it was not.", long=True),
    ] = ""  # fmt: skip
    benefits: Annotated[Prose, ask("Merværdier", "Benefits", long=True)] = ""
    communication: Annotated[Prose, ask("Kommunikation", "Communication", long=True)] = ""
    tags: Annotated[
        tuple[Annotated[Line, chosen("action_tags")], ...], Field(max_length=5),
        ask("Tiltaget indeholder", "The action has", choices="action_tags"),
    ] = ()  # fmt: skip
    checked: Annotated[
        Flag,
        ask("Gennemgået for det, en plan ikke må have", "Gone through for what a plan may not have",
            "CCS for fossil energi, ny affaldsforbrænding og ny fossil forsyning.",
            "CCS for fossil energy, new waste incineration, and new fossil supply."),
    ] = False  # fmt: skip


class RiskAssessment(Part):
    """An assessment of the climate risk of the municipality."""

    title: Annotated[Title, ask("Risikovurdering", "Risk assessment")]
    made_on: Annotated[Day | None, ask("Udarbejdet eller gennemgået den", "Made or gone through on")] = None
    oldest_data: Annotated[Day | None, ask("De ældste data er fra", "The oldest data are from")] = None
    horizon: Annotated[Year | None, ask("Scenarierne når til år", "The scenarios reach the year")] = None
    scenario: Annotated[Line, ask("Klimascenarie", "Climate scenario")] = ""
    document: Annotated[Line, ask("Dokument eller sag", "Document or case")] = ""
    source: Annotated[Line, ask("Kilde", "Source")] = ""


class Powers(Part):
    """A row of the matrix of roles: what the municipality does in a sector, role by role."""

    sector: Annotated[Code, chosen("matrix_rows"), ask("Sektor", "Sector", choices="matrix_rows")]
    operator: Annotated[Prose, ask("Som driftsherre", "As operator", "Egne bygninger, biler og indkøb.",
                                   "Own buildings, fleet and procurement.", long=True)] = ""  # fmt: skip
    supplier: Annotated[
        Prose, ask("Som forsyner og ejer", "As supplier and owner", "Forsyning, affald og kollektiv trafik.",
                   "Utilities, waste and public transport.", long=True),
    ] = ""  # fmt: skip
    authority: Annotated[Prose, ask("Som myndighed", "As authority", "Planer, tilladelser og tilsyn.",
                                    "Plans, permits and supervision.", long=True)] = ""  # fmt: skip
    advocacy: Annotated[
        Prose, ask("Som facilitator over for staten", "As facilitator towards the state", long=True)
    ] = ""
    partnership: Annotated[
        Prose, ask("Som facilitator i partnerskaber", "As facilitator in partnerships",
                   "Partnerskaber, puljer og programmer.", "Partnerships, funds and programmes.", long=True),
    ] = ""  # fmt: skip
    opinion: Annotated[Prose, ask("Som lokal meningsdanner", "As local opinion former", long=True)] = ""
    not_used: Annotated[Roles, ask("Roller der ikke bruges", "Roles that are not used", choices="municipal_roles")] = ()
    why_not: Annotated[Prose, ask("Hvorfor de ikke bruges", "Why they are not used", long=True)] = ""
    conclusion: Annotated[Prose, ask("Konklusion", "Conclusion", long=True)] = ""
    no_coal: Annotated[Flag, ask("Fossile brændsler: der bruges ikke kul", "Fossil fuels: no coal is used")] = False
    coal_until: Annotated[Year | None, ask("Fossile brændsler: sidste kulår", "Fossil fuels: last year of coal")] = None


class Consumption(Part):
    """A category of consumption: what is avoided, shifted and improved, and in which roles."""

    category: Annotated[Code, chosen("consumption"), ask("Forbrugskategori", "Consumption category",
                                                         choices="consumption")]  # fmt: skip
    vision: Annotated[Prose, ask("Vision", "Vision", long=True)] = ""
    avoid: Annotated[Prose, ask("Undgå", "Avoid", long=True)] = ""
    avoid_roles: Annotated[Roles, ask("Undgå i rollerne", "Avoid in the roles", choices="municipal_roles")] = ()
    shift: Annotated[Prose, ask("Skift", "Shift", long=True)] = ""
    shift_roles: Annotated[Roles, ask("Skift i rollerne", "Shift in the roles", choices="municipal_roles")] = ()
    improve: Annotated[Prose, ask("Forbedr", "Improve", long=True)] = ""
    improve_roles: Annotated[Roles, ask("Forbedr i rollerne", "Improve in the roles", choices="municipal_roles")] = ()
    target: Annotated[Line, ask("Mål der kan måles", "Measurable target")] = ""
    target_year: Annotated[Year | None, ask("Målår", "Target year")] = None
    indicator: Annotated[Line, ask("Måles ved", "Measured by")] = ""


class Fairness(Part):
    """Who bears and who gains in a sector, or at a hazard."""

    sector: Annotated[Line, chosen("sectors"), ask("Sektor", "Sector", "Enten en sektor eller en klimafare.",
                                                   "Either a sector or a hazard.", choices="sectors")] = ""  # fmt: skip
    hazard: Annotated[Line, chosen("hazards"), ask("Klimafare", "Hazard", choices="hazards")] = ""
    who: Annotated[
        tuple[Annotated[Line, chosen("who")], ...], Field(max_length=20), ask("Hvem", "Who", choices="who")
    ] = ()
    burden: Annotated[Prose, ask("Byrder", "Burdens", long=True)] = ""
    gain: Annotated[Prose, ask("Gevinster", "Benefits", long=True)] = ""
    theme: Annotated[Line, chosen("distribution"), ask("Fordeling af", "Distribution of", choices="distribution")] = ""
    why_not: Annotated[Prose, WHY_NOT] = ""


class EquityGoal(Part):
    """A goal that makes climate action fairer."""

    title: Annotated[Title, ask("Mål", "Goal")]
    theme: Annotated[Line, chosen("distribution"), ask("Fordeling af", "Distribution of", choices="distribution")] = ""
    who: Annotated[
        tuple[Annotated[Line, chosen("who")], ...], Field(max_length=20), ask("Hvem", "Who", choices="who")
    ] = ()
    year: Annotated[Year | None, ask("Målår", "Target year")] = None
    action: Annotated[ActionKey | None, ask("Tiltag", "Action", choices="actions")] = None
    indicator: Annotated[Line, ask("Måles ved", "Measured by")] = ""
    description: Annotated[Prose, ask("Beskrivelse", "Description", long=True)] = ""


class SectorStrategy(Part):
    """How a sector changes, what it shall come to, and what shows it."""

    sector: Annotated[Code, chosen("sectors"), ask("Sektor", "Sector", choices="sectors")]
    overview: Annotated[Prose, ask("Omstillingen i overblik", "The transition at a glance", long=True)] = ""
    target: Annotated[Line, ask("Mål der kan måles", "Measurable target")] = ""
    target_year: Annotated[Year | None, ask("Målår", "Target year")] = None
    indicator: Annotated[Line, ask("Måles ved", "Measured by")] = ""


class Context(Part):
    """What the municipality is like, as far as the plan must know."""

    theme: Annotated[Code, chosen("context_themes"), ask("Emne", "Theme", choices="context_themes")]
    text: Annotated[Prose, Field(min_length=1), ask("Beskrivelse", "Description", long=True)]
    source: Annotated[Line, ask("Kilde", "Source")] = ""


class PriorityCriterion(Part):
    """Something that actions are put in order by, with its weight and their scores."""

    title: Annotated[Title, ask("Kriterium", "Criterion")]
    weight_pct: Annotated[Real, Field(ge=0.0, le=100.0), ask("Vægt, %", "Weight, %", "Alle kriterier giver 100 %.",
                                                             "All criteria come to 100 %.")]  # fmt: skip
    scores: Annotated[
        tuple[Score, ...], Field(max_length=2000),
        ask("Point", "Scores", "Tiltagets nøgle = point, med semikolon imellem: a01 = 3; a02 = 5.",
            "Key of the action = score, with semicolons between: a01 = 3; a02 = 5.", long=True),
    ] = ()  # fmt: skip
    description: Annotated[Prose, ask("Beskrivelse", "Description", long=True)] = ""


class Evaluation(Part):
    """The plan gone through, or planned to be."""

    title: Annotated[Title, ask("Evaluering", "Evaluation")]
    planned_on: Annotated[Day | None, ask("Planlagt til", "Planned for")] = None
    done_on: Annotated[Day | None, ask("Gennemført den", "Carried out on")] = None
    document: Annotated[Line, ask("Dokument eller sag", "Document or case")] = ""
    description: Annotated[Prose, ask("Hvad den viste", "What it showed", long=True)] = ""


class Publication(Part):
    """Status and progress told to the public."""

    title: Annotated[Title, ask("Offentlig status", "Public status")]
    on: Annotated[Day, ask("Offentliggjort den", "Published on")]
    address: Annotated[Web, ask("Adresse", "Address", "Begynder med https://", "Begins with https://")] = ""


class YearlyReport(Part):
    """What was reported to the common monitoring system for a year."""

    year: Annotated[Year, ask("Indberetning for år", "Report for the year")]
    sent_on: Annotated[Day | None, ask("Indsendt den", "Sent on")] = None
    events: Annotated[Prose, ask("Oplevede klimahændelser", "Climate events experienced", long=True)] = ""
    document: Annotated[Line, ask("Dokument eller sag", "Document or case")] = ""
