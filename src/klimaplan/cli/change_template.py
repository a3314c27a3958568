"""`klimaplan change --template`: a commented example of change details, in the reader's language."""

from __future__ import annotations

from klimaplan.cli.answers import say


def template() -> str:
    """A whole file; every figure in it is invented and says so."""
    return f"""\
# {
        say(
            "Hvad kommunen selv ved om, hvorfor regnskabet ændrede sig. Brug:",
            "What the municipality itself knows of why its account changed. Use:",
        )
    }
#   klimaplan change 167 --detail FIL.toml
# {
        say(
            "Alle tal her er opfundne. Det, der ikke vides, udelades: manglende er ikke nul.",
            "All figures here are invented. What is not known is left out: missing is not zero.",
        )
    }
format = "klimaplan-change/1"
municipality = "167"

# {say("Egne indbyggertal; uden dem bruges regnskabets.", "Own numbers of inhabitants; without them the account's.")}
[inhabitants]
by_year = {{ 2018 = 53300, 2023 = 53450 }}
source = "Demo"

# {
        say(
            "En sektor: energy, transport, agriculture, waste eller processes.",
            "A sector: energy, transport, agriculture, waste or processes.",
        )
    }
[[detail]]
sector = "energy"

# {say("Aktivitet, altid: begge år, enhed og kilde.", "The activity, always: both years, unit and source.")}
[detail.activity]
what = "{say("opvarmet etageareal", "heated floor area")}"
unit = "m2"
by_year = {{ 2018 = 3000000, 2023 = 3150000 }}
source = "Demo"

# {
        say(
            "Desuden enten faktor eller [detail.energy]; uden dem står intensitet og faktor samlet.",
            "Also either a factor or [detail.energy]; without them intensity and factor stand together.",
        )
    }
[detail.factor]
what = "{say("udledning pr. TJ fjernvarme og el", "emission per TJ of district heat and power")}"
unit = "t CO2e/TJ"
by_year = {{ 2018 = 60, 2023 = 34 }}
source = "Demo"

[[detail]]
sector = "transport"

[detail.activity]
what = "{say("kørte kilometer", "kilometres driven")}"
unit = "mio. km"
by_year = {{ 2018 = 250, 2023 = 255 }}
source = "Demo"

# {
        say(
            "Kendt i ton: national-policy eller local-action, og den del, den ellers gemmer sig i. Et fald har minus.",
            "Known in tonnes: national-policy or local-action, and the part in which it hides. A fall has a minus.",
        )
    }
[[known]]
part = "national-policy"
sector = "energy"
taken_from = "factor"
tonnes = -20000
first_year = 2018
last_year = 2023
what = "{say("landets udbygning med vind og sol", "the build-out of wind and sun in the country")}"
source = "Demo"

[[known]]
part = "local-action"
sector = "energy"
taken_from = "intensity"
tonnes = -1500
first_year = 2018
last_year = 2023
what = "{say("efterisolering af kommunens bygninger", "insulation of the municipality's buildings")}"
source = "Demo"
"""
