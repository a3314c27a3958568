"""The workbook form of a plan: its sheets, columns and words, in both languages. Reader and writer share them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from klimaplan.domain.actions.action import Progress, Role
from klimaplan.domain.actions.lever import Kind
from klimaplan.domain.actions.ramp import Shape
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.inventory.streams import Gas

NO_NOTE = Text("", "")


class Cell(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    FLAG = "flag"
    DAY = "day"
    FIGURE = "figure"
    """A number, the name of a parameter, or a distribution in braces."""
    BY_YEAR = "by-year"
    ITEMS = "items"
    NUMBERS = "numbers"
    CHOICE = "choice"
    CHOICES = "choices"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Parameters
    ----------
    field : where the value belongs, with dots: ``"decision.by"``
    choices : the vocabulary of `VOCABULARIES`, or ``"streams"``, ``"templates"``
    words : code and word of a vocabulary that is not among those
    """

    field: str
    name: Text
    cell: Cell = Cell.TEXT
    note: Text = NO_NOTE
    choices: str = ""
    words: tuple[tuple[str, Text], ...] = ()

    @property
    def vocabulary(self) -> Mapping[str, Text]:
        """Code → word; empty where anything may be written."""
        return dict(self.words) or VOCABULARIES.get(self.choices, {})

    @property
    def way(self) -> tuple[str, ...]:
        return tuple(self.field.split("."))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `section` is the list of the file its rows belong to."""

    section: str
    name: Text
    columns: tuple[Column, ...]


KIND_WORDS = {
    Kind.REDUCE_ACTIVITY: Text("mindre aktivitet", "less activity"),
    Kind.CHANGE_INTENSITY: Text("lavere intensitet", "lower intensity"),
    Kind.CHANGE_SUPPLY: Text("renere forsyning", "cleaner supply"),
    Kind.SHIFT_SHARE: Text("flyt en andel", "shift a share"),
    Kind.REPLACE_UNITS: Text("udskift enheder", "replace units"),
    Kind.TAKE_OUT_SOIL: Text("udtag kulstofrig jord", "take out organic soil"),
    Kind.LIVESTOCK: Text("færre husdyr", "fewer livestock"),
    Kind.FEED: Text("foder", "feed additive"),
    Kind.SLURRY: Text("gylleteknologi", "slurry technology"),
    Kind.BIOGAS: Text("biogasanlæg", "biogas plant"),
    Kind.PROCESS: Text("industriproces", "industrial process"),
    Kind.CAPTURE: Text("CO2-fangst", "CO2 capture"),
    Kind.WASTE: Text("mindre affald", "less waste"),
    Kind.AFFOREST: Text("skovrejsning", "afforestation"),
    Kind.FIXED_TONNES: Text("faste ton (nødløsning)", "fixed tonnes (last resort)"),
}
SHAPE_WORDS = {
    Shape.LINEAR: Text("lineær", "linear"), Shape.S_CURVE: Text("S-kurve", "S-curve"),
    Shape.STEP: Text("spring", "step"), Shape.TABLE: Text("tabel", "table"),
}  # fmt: skip
ROLE_WORDS = {
    Role.OPERATOR: Text("drift", "operator"), Role.SUPPLIER: Text("forsyning", "supplier"),
    Role.AUTHORITY: Text("myndighed", "authority"),
    Role.ADVOCATE: Text("facilitator: fortaler", "facilitator: advocate"),
    Role.PARTNER: Text("facilitator: partner", "facilitator: partner"),
    Role.OPINION_FORMER: Text("facilitator: holdningsskaber", "facilitator: opinion former"),
}  # fmt: skip
PROGRESS_WORDS = {
    Progress.IDEA: Text("idé", "idea"), Progress.DECIDED: Text("besluttet", "decided"),
    Progress.UNDER_WAY: Text("i gang", "under way"), Progress.DONE: Text("gennemført", "done"),
    Progress.DROPPED: Text("opgivet", "dropped"),
}  # fmt: skip
GAS_WORDS = {gas: Text(str(gas), str(gas)) for gas in Gas}
SECTOR_WORDS = {
    "total": Text("alle", "all"), "other": Text("alle undtagen landbrug", "all but agriculture"),
    Sector.ENERGY: Text("energi", "energy"), Sector.TRANSPORT: Text("transport", "transport"),
    Sector.AGRICULTURE: Text("landbrug", "agriculture"), Sector.WASTE: Text("affald", "waste"),
    Sector.PROCESSES: Text("processer", "processes"),
}  # fmt: skip
DISTRIBUTION_WORDS = {
    "fixed": Text("fast", "fixed"), "triangular": Text("trekant", "triangular"), "pert": Text("PERT", "PERT"),
    "normal": Text("normal", "normal"), "lognormal": Text("lognormal", "lognormal"),
    "uniform": Text("jævn", "uniform"), "discrete": Text("diskret", "discrete"),
}  # fmt: skip
FLAG_WORDS = {"true": Text("ja", "yes"), "false": Text("nej", "no")}

VOCABULARIES: Mapping[str, Mapping[str, Text]] = {
    "kinds": {str(kind): word for kind, word in KIND_WORDS.items()},
    "shapes": {str(shape): word for shape, word in SHAPE_WORDS.items()},
    "roles": {str(role): word for role, word in ROLE_WORDS.items()},
    "progress": {str(progress): word for progress, word in PROGRESS_WORDS.items()},
    "gases": {str(gas): word for gas, word in GAS_WORDS.items()},
    "sectors": {str(sector): word for sector, word in SECTOR_WORDS.items()},
    "distributions": DISTRIBUTION_WORDS,
    "flags": FLAG_WORDS,
}

FIGURE_NOTE = Text(
    "Et tal, eller navnet på en forudsætning fra arket Forudsætninger.",
    "A number, or the name of a parameter of the sheet Parameters.",
)
SHARE_NOTE = Text(
    '0,4 eller 40 %. For det hele skrives {value = 1, unit = "share"}. Eller navnet på en forudsætning.',
    '0.4 or 40 %. For all of it write {value = 1, unit = "share"}. Or the name of a parameter.',
)
BY_YEAR_NOTE = Text("For eksempel 2026: 0,2; 2030: 1", "For example 2026: 0.2; 2030: 1")
ITEMS_NOTE = Text("Flere med semikolon imellem.", "Several with semicolons between.")
ROW_NOTE = Text(
    "Samme nøgle på hver række af et tiltag. Titel kun på den første. En række med et greb begynder et nyt greb.",
    "The same key on every row of an action. Title on the first only. A row with a lever begins a new lever.",
)

PLAN = Sheet("plan", Text("Plan", "Plan"), (
    Column("municipality", Text("Kommune", "Municipality"), note=Text("Kode eller navn.", "Code or name.")),
    Column("title", Text("Titel", "Title")),
    Column("demo", Text("Demo", "Demo"), Cell.FLAG, Text("Ja, når planen er opdigtet.", "Yes, if it is invented.")),
    Column("gwp", Text("GWP-sæt", "GWP set"), note=Text("For eksempel AR5.", "For example AR5.")),
    Column("price_year", Text("Prisår", "Price year"), Cell.WHOLE),
    Column("notes", Text("Noter", "Notes")),
))  # fmt: skip

ACTIONS = Sheet("action", Text("Tiltag", "Actions"), (
    Column("key", Text("Nøgle", "Key"), note=ROW_NOTE),
    Column("title", Text("Titel", "Title")),
    Column("lever.kind", Text("Greb", "Lever"), Cell.CHOICE, choices="kinds"),
    Column("lever.stream", Text("Strøm", "Stream"), Cell.CHOICE, choices="streams"),
    Column("lever.share", Text("Andel", "Share"), Cell.FIGURE, SHARE_NOTE),
    Column("lever.target", Text("Flyttes til", "Shifted to"), Cell.CHOICE, choices="streams"),
    Column("lever.energy_ratio", Text("Energiforhold", "Energy ratio"), Cell.FIGURE,
           Text("TJ ny energi pr. TJ gammel, f.eks. 0,3 for varmepumpe.",
                "TJ of the new per TJ of the old, e.g. 0.3 for a heat pump.")),
    Column("lever.before", Text("Før", "Before"), Cell.NUMBER),
    Column("lever.after", Text("Efter", "After"), Cell.FIGURE, FIGURE_NOTE),
    Column("lever.amount", Text("Antal", "Amount"), Cell.FIGURE, FIGURE_NOTE),
    Column("lever.unit", Text("Enhed", "Unit"), note=Text("Af før og efter, eller af antal: ha, head, t, bil …",
                                                         "Of before and after, or of the amount: ha, head, t, car …")),
    Column("effect.stream", Text("Virker på", "Acts on"), Cell.CHOICE, choices="streams"),
    Column("effect.per_unit", Text("Ton pr. enhed", "Tonnes per unit"), Cell.FIGURE,
           Text("t CO2e om året, som én enhed fjerner.", "t CO2e a year that one unit takes away.")),
    Column("effect.gas", Text("Gas", "Gas"), Cell.CHOICE, choices="gases"),
    Column("burden.stream", Text("Belaster", "Adds to"), Cell.CHOICE, choices="streams"),
    Column("burden.per_unit", Text("Tillæg pr. enhed", "Added per unit"), Cell.FIGURE,
           Text("t CO2e eller TJ om året.", "t CO2e or TJ a year.")),
    Column("burden.gas", Text("Tillæggets gas", "Gas added"), Cell.CHOICE, choices="gases"),
    Column("burden.energy", Text("Tillæg i TJ", "Added in TJ"), Cell.FLAG),
    Column("lever.hectares", Text("Hektar skov", "Hectares of forest"), Cell.FIGURE, FIGURE_NOTE),
    Column("lever.uptake", Text("Optag efter alder", "Uptake by age"), Cell.NUMBERS,
           Text("t CO2/ha om året fra alder 0: 1; 3; 8; 12", "t CO2/ha a year from age 0: 1; 3; 8; 12")),
    Column("lever.scale", Text("Faktor på optag", "Factor on uptake"), Cell.FIGURE, FIGURE_NOTE),
    Column("lever.tonnes", Text("Faste ton", "Fixed tonnes"), Cell.FIGURE, FIGURE_NOTE),
    Column("lever.reason", Text("Begrundelse for faste ton", "Reason for fixed tonnes")),
    Column("lever.gases", Text("Kun gasserne", "Gases only"), Cell.CHOICES, ITEMS_NOTE, choices="gases"),
    Column("lever.source", Text("Kilde", "Source")),
    Column("ramp.shape", Text("Indfasning", "Ramp"), Cell.CHOICE, choices="shapes"),
    Column("ramp.start", Text("Start", "Start"), Cell.WHOLE),
    Column("ramp.end", Text("Slut", "End"), Cell.WHOLE),
    Column("ramp.until", Text("Virker til", "Works until"), Cell.WHOLE),
    Column("ramp.table", Text("Indfasningstabel", "Ramp table"), Cell.BY_YEAR, BY_YEAR_NOTE),
    Column("template", Text("Skabelon", "Template"), Cell.CHOICE, choices="templates"),
    Column("variant", Text("Variant", "Variant")),
    Column("amounts.name", Text("Skabelonens mængde", "Amount of the template")),
    Column("amounts.value", Text("Mængde", "Quantity"), Cell.FIGURE, FIGURE_NOTE),
    Column("source", Text("Kilde til mængder", "Source of quantities")),
    Column("streams", Text("Skabelonens strømme", "Streams of the template"), Cell.PAIRS,
           Text("I.1.1/fossil_heating = I.1.1/oil", "I.1.1/fossil_heating = I.1.1/oil")),
    Column("description", Text("Beskrivelse", "Description")),
    Column("roles", Text("Kommunens rolle", "Role"), Cell.CHOICES, ITEMS_NOTE, choices="roles"),
    Column("owner", Text("Ansvarlig", "Owner")),
    Column("decision.by", Text("Besluttet af", "Decided by")),
    Column("decision.on", Text("Besluttet den", "Decided on"), Cell.DAY),
    Column("decision.document", Text("Dokument", "Document")),
    Column("progress", Text("Fremdrift", "Progress"), Cell.CHOICE, choices="progress"),
    Column("resources.price_year", Text("Prisår", "Price year"), Cell.WHOLE),
    Column("resources.capex_dkk", Text("Anlæg, kr.", "Investment, DKK"), Cell.NUMBER),
    Column("resources.opex_dkk", Text("Drift, kr. om året", "Running costs, DKK a year"), Cell.NUMBER),
    Column("resources.saved_dkk", Text("Sparet, kr. om året", "Saved, DKK a year"), Cell.NUMBER),
    Column("resources.taxes_dkk", Text("Afgifter fratrukket tilskud, kr. om året", "Taxes less subsidies, DKK a year"),
           Cell.NUMBER),
    Column("resources.lifetime_years", Text("Levetid, år", "Lifetime, years"), Cell.WHOLE),
    Column("resources.staff_fte", Text("Årsværk", "Staff, FTE"), Cell.NUMBER),
    Column("resources.may_be_negative", Text("Må være negativ", "May be negative"), Cell.FLAG),
    Column("known.implemented_activity", Text("Gennemført", "Implemented"), Cell.BY_YEAR, BY_YEAR_NOTE),
    Column("known.activity_unit", Text("Enhed af gennemført", "Unit of implemented")),
    Column("known.calculated", Text("Beregnet effekt, t", "Calculated effect, t"), Cell.BY_YEAR, BY_YEAR_NOTE),
    Column("known.observed", Text("Målt effekt, t", "Observed effect, t"), Cell.BY_YEAR, BY_YEAR_NOTE),
    Column("co_benefits", Text("Sidegevinster", "Co-benefits"), Cell.ITEMS, ITEMS_NOTE),
    Column("indicator", Text("Indikator", "Indicator")),
))  # fmt: skip

PARAMETERS = Sheet("parameter", Text("Forudsætninger", "Parameters"), (
    Column("name", Text("Navn", "Name"), note=Text("Bogstaver, cifre, - og _.", "Letters, digits, - and _.")),
    Column("value", Text("Værdi", "Value"), Cell.NUMBER),
    Column("low", Text("Lav", "Low"), Cell.NUMBER),
    Column("central", Text("Central", "Central"), Cell.NUMBER),
    Column("high", Text("Høj", "High"), Cell.NUMBER),
    Column("unit", Text("Enhed", "Unit")),
    Column("source", Text("Kilde", "Source")),
    Column("distribution.kind", Text("Fordeling", "Distribution"), Cell.CHOICE,
           Text("Tom: værdi, eller trekant over lav–central–høj.",
                "Empty: value, or a triangle over low–central–high."),
           "distributions"),
    Column("distribution.mean", Text("Middel", "Mean"), Cell.NUMBER),
    Column("distribution.sd", Text("Standardafvigelse", "Standard deviation"), Cell.NUMBER),
    Column("distribution.median", Text("Median", "Median"), Cell.NUMBER),
    Column("distribution.spread", Text("Spredning (faktor)", "Spread (factor)"), Cell.NUMBER),
    Column("distribution.values", Text("Værdier", "Values"), Cell.NUMBERS, ITEMS_NOTE),
    Column("distribution.probabilities", Text("Sandsynligheder", "Probabilities"), Cell.NUMBERS, ITEMS_NOTE),
    Column("group", Text("Gruppe", "Group")),
    Column("correlation", Text("Korrelation", "Correlation"), Cell.NUMBER),
    Column("shared", Text("Fælles for kommuner", "Shared by municipalities"), Cell.FLAG),
))  # fmt: skip

TARGETS = Sheet("target", Text("Mål", "Targets"), (
    Column("year", Text("År", "Year"), Cell.WHOLE),
    Column("sectors", Text("Sektorer", "Sectors"), Cell.CHOICE, choices="sectors"),
    Column("base_year", Text("Basisår", "Base year"), Cell.WHOLE),
    Column("base_tonnes", Text("Ton i basisår", "Tonnes in base year"), Cell.NUMBER),
    Column("reduction_pct", Text("Reduktion, procent", "Reduction, percent"), Cell.NUMBER,
           Text("70 for 70 %.", "70 for 70 %.")),
    Column("level", Text("Niveau, t", "Level, t"), Cell.NUMBER),
    Column("tonnes_per_inhabitant", Text("Ton pr. indbygger", "Tonnes per inhabitant"), Cell.NUMBER),
    Column("inhabitants", Text("Indbyggere i målår", "Inhabitants in target year"), Cell.NUMBER),
    Column("source", Text("Kilde", "Source")),
))  # fmt: skip

STREAMS = Sheet("stream", Text("Egne tal", "Own figures"), (
    Column("ref", Text("GPC-reference", "GPC reference")),
    Column("carrier", Text("Bærer eller kilde", "Carrier or source")),
    Column("sector", Text("Sektor", "Sector"), Cell.CHOICE, choices="sectors"),
    Column("tonnes", Text("Ton CO2e", "Tonnes CO2e"), Cell.NUMBER),
    Column("year", Text("År", "Year"), Cell.WHOLE),
    Column("gases.CO2", Text("Del CO2", "Part CO2"), Cell.NUMBER),
    Column("gases.CH4", Text("Del CH4", "Part CH4"), Cell.NUMBER),
    Column("gases.N2O", Text("Del N2O", "Part N2O"), Cell.NUMBER),
    Column("gases.F-gases", Text("Del F-gasser", "Part F-gases"), Cell.NUMBER),
    Column("source", Text("Kilde", "Source")),
))  # fmt: skip

SUPPLY = Sheet("supply", Text("Forsyning", "Supply"), (
    Column("stream", Text("Strøm", "Stream"), Cell.CHOICE, choices="streams"),
    Column("unit", Text("Enhed", "Unit"), note=Text("t CO2e/TJ", "t CO2e/TJ")),
    Column("factors", Text("Faktorer", "Factors"), Cell.BY_YEAR, BY_YEAR_NOTE),
    Column("source", Text("Kilde", "Source")),
))  # fmt: skip

DRIVERS = Sheet("driver", Text("Usikkerhed", "Uncertainty"), (
    Column("name", Text("Navn", "Name")),
    Column("streams", Text("Strømme", "Streams"), Cell.ITEMS, ITEMS_NOTE),
    Column("size", Text("Udsving i slutåret", "Swing in the last year"), Cell.FIGURE,
           Text("{low = -0.1, central = 0, high = 0.1}", "{low = -0.1, central = 0, high = 0.1}")),
    Column("source", Text("Kilde", "Source")),
))  # fmt: skip

README = Text("Læs mig", "Read me")
LISTS = Text("Lister", "Lists")

SHEETS = (PLAN, ACTIONS, PARAMETERS, TARGETS, STREAMS, SUPPLY, DRIVERS)
REQUIRED = (PLAN, ACTIONS)

BESIDE: Mapping[str, Text] = {
    "vision": Text("Visioner", "Visions"),
    "commitment": Text("Forpligtelser", "Commitments"),
    "sub_measure": Text("Deltiltag", "Sub-measures"),
    "milestone": Text("Milepæle", "Milestones"),
    "budget_line": Text("Budgetposter", "Budget lines"),
    "funding": Text("Finansiering", "Funding"),
    "staff": Text("Bemanding", "Staff"),
    "stakeholder": Text("Interessenter", "Stakeholders"),
    "barrier": Text("Barrierer", "Barriers"),
    "co_benefit": Text("Sidegevinster", "Co-benefits"),
    "indicator": Text("Indikatorer", "Indicators"),
    "plan_link": Text("Andre planer", "Other plans"),
    "hazard": Text("Klimafarer", "Hazards"),
    "exposed_group": Text("Udsatte grupper og værdier", "Exposed groups and assets"),
    "adaptation_goal": Text("Mål for tilpasning", "Adaptation goals"),
    "answer": Text("Tiltag for tilpasning", "Adaptation actions"),
    "past_event": Text("Tidligere hændelser", "Past events"),
    "action_detail": Text("Tiltag til certificering", "Actions for certification"),
    "context": Text("Kommunens forhold", "Situation"),
    "risk_assessment": Text("Risikovurderinger", "Risk assessments"),
    "powers": Text("Rollematrice", "Matrix of roles"),
    "consumption": Text("Forbrug", "Consumption"),
    "sector_strategy": Text("Sektorstrategier", "Sector strategies"),
    "fairness": Text("Byrder og gevinster", "Burdens and benefits"),
    "equity_goal": Text("Mål for retfærdighed", "Fairness goals"),
    "priority_criterion": Text("Prioritering", "Prioritisation"),
    "evaluation": Text("Evalueringer", "Evaluations"),
    "publication": Text("Offentlige statusser", "Public statuses"),
    "yearly_report": Text("Årlige indberetninger", "Yearly reports"),
}
"""Kind of part → the sheet it stands in beside those that are computed with; only a stored plan has them."""

NAME_SEPARATOR = " · "
"""Between the key of a stream and its name in a drop-down."""
