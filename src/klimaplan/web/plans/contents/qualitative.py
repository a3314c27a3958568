"""What is said around the actions: vision and commitment, the way there, money and people, and who gets what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from klimaplan.domain.errors import Text
from klimaplan.sources.plan_files.model import Day
from klimaplan.sources.plan_files.model import Key as ActionKey
from klimaplan.sources.plan_files.numbers import Flag, Part, Real, Whole
from klimaplan.web.plans.contents.asking import NOTHING, Ask
from klimaplan.web.plans.contents.choices import CHOICES

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def _plain(text: str) -> str:
    """Characters that nobody sees would hide what a text says."""
    if _UNSEEN.search(text):
        raise ValueError("control characters")
    return text


def _web(address: str) -> str:
    if address and not re.fullmatch(r"https?://[^\s<>\"']+", address):
        raise ValueError("no address of the web")
    return address


Line = Annotated[str, Field(strict=True, max_length=300), AfterValidator(_plain)]
Prose = Annotated[str, Field(strict=True, max_length=20_000), AfterValidator(_plain)]
Year = Annotated[Whole, Field(ge=1900, le=2200)]
Web = Annotated[Line, AfterValidator(_web)]


def chosen(vocabulary: str) -> Any:
    """A validator: one of the codes of a vocabulary, or nothing where the field may be empty."""
    known: Mapping[str, Text] = CHOICES[vocabulary]

    def check(code: str) -> str:
        if code and code not in known:
            raise ValueError(f"not one of {', '.join(known)}")
        return code

    return AfterValidator(check)


def ask(da: str, en: str, help_da: str = "", help_en: str = "", *, choices: str = "", long: bool = False) -> Ask:
    said = Text(help_da, help_en) if help_en else NOTHING
    return Ask(Text(da, en), said, choices, long)


OF_ACTION = ask("Tiltag", "Action", "Tom, når det gælder hele planen.", "Empty where it holds for the whole plan.",
                 choices="actions")  # fmt: skip
MUST_OF_ACTION = ask("Tiltag", "Action", choices="actions")
Title = Annotated[Line, Field(min_length=1)]


class Vision(Part):
    """Where the municipality wants to be."""

    text: Annotated[Prose, Field(min_length=1), ask("Vision", "Vision", long=True)]
    year: Annotated[Year | None, ask("Gælder for år", "For the year")] = None


class Commitment(Part):
    """Who has committed the municipality to it."""

    text: Annotated[Prose, Field(min_length=1), ask("Forpligtelse", "Commitment", long=True)]
    by: Annotated[Line, ask("Vedtaget af", "Adopted by")] = ""
    on: Annotated[Day | None, ask("Vedtaget den", "Adopted on")] = None
    document: Annotated[Line, ask("Dokument eller sag", "Document or case")] = ""


class SubMeasure(Part):
    """A smaller piece of an action, without an effect of its own."""

    action: Annotated[ActionKey, MUST_OF_ACTION]
    title: Annotated[Title, ask("Titel", "Title")]
    description: Annotated[Prose, ask("Beskrivelse", "Description", long=True)] = ""
    owner: Annotated[Line, ask("Ansvarlig", "Owner")] = ""
    start: Annotated[Day | None, ask("Begynder", "Begins")] = None
    end: Annotated[Day | None, ask("Slutter", "Ends")] = None
    progress: Annotated[Line, chosen("progress"), ask("Fremdrift", "Progress", choices="progress")] = "idea"


class Milestone(Part):
    """Something to be reached by a day."""

    action: Annotated[ActionKey, MUST_OF_ACTION]
    title: Annotated[Title, ask("Milepæl", "Milestone")]
    due: Annotated[Day, ask("Senest", "Due")]
    done_on: Annotated[Day | None, ask("Nået den", "Reached on")] = None
    owner: Annotated[Line, ask("Ansvarlig", "Owner")] = ""


class BudgetLine(Part):
    """What is spent or earned on an action in a year."""

    action: Annotated[ActionKey, MUST_OF_ACTION]
    title: Annotated[Title, ask("Post", "Item")]
    year: Annotated[Year, ask("År", "Year")]
    kind: Annotated[Line, Field(min_length=1), chosen("cost_kinds"), ask("Art", "Kind", choices="cost_kinds")]
    amount_dkk: Annotated[Real, ask("Beløb, kr.", "Amount, DKK")]
    price_year: Annotated[Year | None, ask("Prisår", "Price year", "Tom for løbende priser.",
                                            "Empty for current prices.")] = None  # fmt: skip
    account: Annotated[Line, ask("Konto", "Account")] = ""
    source: Annotated[Line, ask("Kilde", "Source")] = ""


class Funding(Part):
    """Who pays for an action."""

    action: Annotated[ActionKey, MUST_OF_ACTION]
    funder: Annotated[Line, Field(min_length=1), chosen("funders"), ask("Finansiering", "Funder", choices="funders")]
    name: Annotated[Line, ask("Pulje eller part", "Scheme or party")] = ""
    amount_dkk: Annotated[Real | None, ask("Beløb, kr.", "Amount, DKK")] = None
    state: Annotated[Line, chosen("funding_states"), ask("Stadie", "State", choices="funding_states")] = "wanted"
    document: Annotated[Line, ask("Dokument", "Document")] = ""


class Staffing(Part):
    """Who works on an action."""

    action: Annotated[ActionKey, MUST_OF_ACTION]
    department: Annotated[Title, ask("Afdeling", "Department")]
    fte: Annotated[Real, Field(ge=0.0, le=10_000.0), ask("Årsværk", "Full-time equivalents")]
    from_year: Annotated[Year | None, ask("Fra år", "From year")] = None
    to_year: Annotated[Year | None, ask("Til år", "To year")] = None


class Stakeholder(Part):
    """Who is touched by it, or can help it along."""

    action: Annotated[ActionKey | None, OF_ACTION] = None
    name: Annotated[Title, ask("Interessent", "Stakeholder")]
    group: Annotated[Line, chosen("stakeholder_groups"), ask("Gruppe", "Group", choices="stakeholder_groups")] = ""
    involvement: Annotated[Line, chosen("involvement"), ask("Inddragelse", "Involvement", choices="involvement")] = ""
    heard_on: Annotated[Day | None, ask("Inddraget den", "Involved on")] = None
    description: Annotated[Prose, ask("Rolle", "Part", long=True)] = ""
    tracks: Annotated[
        tuple[Annotated[Line, chosen("tracks")], ...], Field(max_length=2), ask("Spor", "Track", choices="tracks")
    ] = ()
    external: Annotated[Flag, ask("Uden for kommunen", "Outside the municipality")] = False
    vulnerable: Annotated[Flag, ask("Udsat gruppe", "Vulnerable group")] = False
    effect_on_plan: Annotated[Prose, ask("Hvad det ændrede i planen", "What it changed in the plan", long=True)] = ""
    why_not: Annotated[Prose, ask("Begrundelse, hvis ikke inddraget", "Reason, if not involved", long=True)] = ""


class Barrier(Part):
    """What stands in the way, and what is done about it."""

    action: Annotated[ActionKey | None, OF_ACTION] = None
    kind: Annotated[Line, Field(min_length=1), chosen("barriers"), ask("Slags", "Kind", choices="barriers")]
    description: Annotated[Prose, Field(min_length=1), ask("Barriere", "Barrier", long=True)]
    response: Annotated[Prose, ask("Hvad gøres der", "What is done", long=True)] = ""


class CoBenefit(Part):
    """What else comes of an action, for better or worse, and for whom."""

    action: Annotated[ActionKey, MUST_OF_ACTION]
    benefit: Annotated[Title, ask("Gevinst eller ulempe", "Benefit or harm")]
    direction: Annotated[Line, chosen("directions"), ask("Retning", "Direction", choices="directions")] = "gain"
    who: Annotated[
        tuple[Annotated[Line, chosen("who")], ...],
        Field(max_length=20),
        ask("Hvem får den", "Who gets it", choices="who"),
    ] = ()
    theme: Annotated[Line, chosen("distribution"), ask("Fordeling af", "Distribution of", choices="distribution")] = ""
    description: Annotated[Prose, ask("Beskrivelse", "Description", long=True)] = ""


class Indicator(Part):
    """What progress is measured by."""

    action: Annotated[ActionKey | None, OF_ACTION] = None
    name: Annotated[Title, ask("Indikator", "Indicator")]
    level: Annotated[Line, chosen("indicator_levels"), ask("Niveau", "Level", choices="indicator_levels")] = "output"
    unit: Annotated[Line, Field(min_length=1), ask("Enhed", "Unit")]
    start_value: Annotated[Real | None, ask("Udgangspunkt", "Starting point")] = None
    start_year: Annotated[Year | None, ask("År for udgangspunkt", "Year of the starting point")] = None
    target_value: Annotated[Real | None, ask("Mål", "Target")] = None
    target_year: Annotated[Year | None, ask("Målår", "Target year")] = None
    source: Annotated[Line, ask("Kilde", "Source")] = ""
    owner: Annotated[Line, ask("Ansvarlig", "Owner")] = ""
    frequency: Annotated[Line, chosen("frequencies"), ask("Måles", "Measured", choices="frequencies")] = ""
    sector: Annotated[Line, chosen("sectors"), ask("Sektor", "Sector", choices="sectors")] = ""
    topic: Annotated[
        Line, chosen("indicator_topics"), ask("Forbrug eller retfærdighed", "Consumption or fairness",
                                              choices="indicator_topics"),
    ] = ""  # fmt: skip
    reach: Annotated[
        Line, chosen("indicator_reach"), ask("Måler direkte eller indirekte", "Measures directly or indirectly",
                                             choices="indicator_reach"),
    ] = ""  # fmt: skip
    detail: Annotated[
        Line, chosen("indicator_detail"), ask("Samlet eller fra driften", "Aggregated or operational",
                                              choices="indicator_detail"),
    ] = ""  # fmt: skip
    nature: Annotated[
        Line, chosen("indicator_nature"), ask("Tal eller beskrivelse", "Quantitative or qualitative",
                                              choices="indicator_nature"),
    ] = ""  # fmt: skip
    basis: Annotated[
        Line, chosen("indicator_basis"),
        ask("Lokale eller landsdækkende data", "Local or national data",
            "Landsdækkende data regnet ned til kommunen siger kun lidt om det, der ændrer sig lokalt.",
            "National data scaled down to the municipality say little about local change.", choices="indicator_basis"),
    ] = ""  # fmt: skip


class PlanLink(Part):
    """Another plan that this one or an action hangs together with."""

    action: Annotated[ActionKey | None, OF_ACTION] = None
    title: Annotated[Title, ask("Plan", "Plan")]
    kind: Annotated[Line, chosen("link_kinds"), ask("Sammenhæng", "Relation", choices="link_kinds")] = "see"
    address: Annotated[Web, ask("Adresse", "Address", "Begynder med https://", "Begins with https://")] = ""
    sectors: Annotated[
        tuple[Annotated[Line, chosen("sectors")], ...],
        Field(max_length=5),
        ask("Sektorer", "Sectors", choices="sectors"),
    ] = ()


class Evidence(Part):
    """A file that shows something; the file itself is kept by its digest."""

    action: Annotated[ActionKey | None, OF_ACTION] = None
    title: Annotated[Title, ask("Titel", "Title")]
    file: Annotated[
        str, Field(strict=True, pattern=r"^[0-9a-f]{64}$"), ask("Fil", "File", "Filens SHA-256.", "The file's SHA-256.")
    ]
    note: Annotated[Prose, ask("Hvad den viser", "What it shows", long=True)] = ""
    public: Annotated[Flag, ask("Må offentliggøres", "May be published")] = False
