"""`klimaplan change --template`: a commented example of change details, in the reader's language."""

from __future__ import annotations

from string import Template

from klimaplan.cli.answers import language
from klimaplan.domain.errors import Text

WORDS = {
    "file": Text("Hvad kommunen selv ved om, hvorfor regnskabet ændrede sig. Brug:",
                 "What the municipality itself knows of why its account changed. Use:"),
    "name": Text("FIL", "FILE"),
    "invented": Text("Alle tal her er opfundne. Det, der ikke vides, udelades: manglende er ikke nul.",
                     "All figures here are invented. What is not known is left out: missing is not zero."),
    "people": Text("Egne indbyggertal; uden dem bruges regnskabets.",
                   "Own numbers of inhabitants; without them the account's."),
    "sector": Text("En sektor: energy, transport, agriculture, waste eller processes.",
                   "A sector: energy, transport, agriculture, waste or processes."),
    "activity": Text("Aktivitet, altid: begge år, enhed og kilde.",
                     "The activity, always: both years, unit and source."),
    "area": Text("opvarmet etageareal", "heated floor area"),
    "factor": Text("Desuden enten faktor eller [detail.energy]; uden dem står intensitet og faktor samlet.",
                   "Also either a factor or [detail.energy]; without them intensity and factor stand together."),
    "per_tj": Text("udledning pr. TJ fjernvarme og el", "emission per TJ of district heat and power"),
    "driven": Text("kørte kilometer", "kilometres driven"),
    "km": Text("mio. km", "million km"),
    "known": Text("Kendt i ton: national-policy eller local-action, og den del, den gemmer sig i. Et fald har minus.",
                  "Known in tonnes: national-policy or local-action, and where it hides. A fall has a minus."),
    "wind": Text("landets udbygning med vind og sol", "the build-out of wind and sun in the country"),
    "insulation": Text("efterisolering af kommunens bygninger", "insulation of the municipality's buildings"),
}  # fmt: skip

EXAMPLE = Template("""\
# $file
#   klimaplan change 167 --detail $name.toml
# $invented
format = "klimaplan-change/1"
municipality = "167"

# $people
[inhabitants]
by_year = { 2018 = 53300, 2023 = 53450 }
source = "Demo"

# $sector
[[detail]]
sector = "energy"

# $activity
[detail.activity]
what = "$area"
unit = "m2"
by_year = { 2018 = 3000000, 2023 = 3150000 }
source = "Demo"

# $factor
[detail.factor]
what = "$per_tj"
unit = "t CO2e/TJ"
by_year = { 2018 = 60, 2023 = 34 }
source = "Demo"

[[detail]]
sector = "transport"

[detail.activity]
what = "$driven"
unit = "$km"
by_year = { 2018 = 250, 2023 = 255 }
source = "Demo"

# $known
[[known]]
part = "national-policy"
sector = "energy"
taken_from = "factor"
tonnes = -20000
first_year = 2018
last_year = 2023
what = "$wind"
source = "Demo"

[[known]]
part = "local-action"
sector = "energy"
taken_from = "intensity"
tonnes = -1500
first_year = 2018
last_year = 2023
what = "$insulation"
source = "Demo"
""")


def template() -> str:
    """A whole file; every figure in it is invented and says so."""
    return EXAMPLE.substitute({name: text.read(language()) for name, text in WORDS.items()})
