"""Hazards of the climate: the Danish terms first, with what they are called in the reporting formats, then the rest.

Danish term → types of the Common Reporting Framework (2018), items of CDP (2023) and of the EU taxonomy (Delegated
Regulation 2021/2139, Appendix A).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from klimaplan.domain.errors import Text


@dataclass(frozen=True, slots=True)
class HazardCode:
    """One hazard.

    Parameters
    ----------
    group : of the Common Reporting Framework
    crf, cdp, taxonomy : what it is called there; several where the Danish term covers several, none where it has none
    """

    code: str
    name: Text
    group: str
    crf: tuple[str, ...] = ()
    cdp: tuple[str, ...] = ()
    taxonomy: tuple[str, ...] = ()


RAIN, WIND, COLD, HOT = "Extreme precipitation", "Storm and wind", "Extreme cold temperature", "Extreme hot temperature"
SCARCE, FIRE, FLOOD, CHEMICAL = "Water scarcity", "Wild fire", "Flood and sea level rise", "Chemical change"
MASS, BIOLOGICAL = "Mass movement", "Biological hazards"


def _danish() -> tuple[HazardCode, ...]:
    return (
        HazardCode("cloudburst", Text("Skybrud", "Cloudburst"), FLOOD, ("Flash/surface flood", "Rain storm"),
                   ("Urban flooding", "Heavy precipitation"), ("Flood (pluvial)",)),
        HazardCode("river-flood", Text("Vandløbsoversvømmelse", "River flood"), FLOOD, ("River flood",),
                   ("River flooding",), ("Flood (fluvial)",)),
        HazardCode("storm-surge", Text("Stormflod", "Storm surge"), FLOOD, ("Coastal flood", "Storm surge"),
                   ("Coastal flooding (incl. sea level rise)",), ("Flood (coastal)",)),
        HazardCode("sea-level-rise", Text("Havvandsstigning", "Sea level rise"), FLOOD, ("Permanent inundation",),
                   ("Coastal flooding (incl. sea level rise)",), ("Sea level rise",)),
        HazardCode("groundwater", Text("Terrænnært grundvand", "Near-surface groundwater"), FLOOD,
                   ("Groundwater flood",), ("Other, please specify",), ("Flood (groundwater)",)),
        HazardCode("drought", Text("Tørke", "Drought"), SCARCE, ("Drought",), ("Drought",), ("Drought",)),
        HazardCode("heat-wave", Text("Hedebølge", "Heat wave"), HOT, ("Heat wave",), ("Extreme heat", "Heat stress"),
                   ("Heat wave", "Heat stress")),
        HazardCode("storm", Text("Storm", "Storm"), WIND, ("Severe wind",), ("Extreme wind", "Storm"), ("Storm",)),
        HazardCode("coastal-erosion", Text("Kysterosion", "Coastal erosion"), MASS, (), ("Other, please specify",),
                   ("Coastal erosion",)),
    )  # fmt: skip


_OTHERS = (
    ("monsoon", RAIN, "Monsun", "Monsoon"),
    ("heavy-snow", RAIN, "Kraftigt snefald", "Heavy snow"),
    ("fog", RAIN, "Tåge", "Fog"),
    ("hail", RAIN, "Hagl", "Hail"),
    ("tornado", WIND, "Skypumpe", "Tornado"),
    ("cyclone", WIND, "Orkan (cyklon)", "Cyclone (hurricane/typhoon)"),
    ("extra-tropical-storm", WIND, "Lavtryksstorm", "Extra tropical storm"),
    ("tropical-storm", WIND, "Tropisk storm", "Tropical storm"),
    ("lightning", WIND, "Lyn og torden", "Lightning/thunderstorm"),
    ("extreme-winter", COLD, "Ekstreme vinterforhold", "Extreme winter conditions"),
    ("cold-wave", COLD, "Kuldebølge", "Cold wave"),
    ("extreme-cold-days", COLD, "Dage med ekstrem kulde", "Extreme cold days"),
    ("extreme-hot-days", HOT, "Dage med ekstrem varme", "Extreme hot days"),
    ("forest-fire", FIRE, "Skovbrand", "Forest fire"),
    ("land-fire", FIRE, "Naturbrand", "Land fire"),
    ("salt-water-intrusion", CHEMICAL, "Indtrængen af saltvand", "Salt water intrusion"),
    ("ocean-acidification", CHEMICAL, "Forsuring af havet", "Ocean acidification"),
    ("atmospheric-co2", CHEMICAL, "CO2 i luften", "Atmospheric CO2 concentration"),
    ("landslide", MASS, "Jordskred", "Landslide"),
    ("avalanche", MASS, "Lavine", "Avalanche"),
    ("rock-fall", MASS, "Stenskred", "Rock fall"),
    ("subsidence", MASS, "Sætning af jorden", "Subsidence"),
    ("water-borne-disease", BIOLOGICAL, "Vandbåren sygdom", "Water-borne disease"),
    ("vector-borne-disease", BIOLOGICAL, "Sygdom båret af dyr", "Vector-borne disease"),
    ("air-borne-disease", BIOLOGICAL, "Luftbåren sygdom", "Air-borne disease"),
    ("insect-infestation", BIOLOGICAL, "Insektangreb", "Insect infestation"),
)

HAZARDS: Mapping[str, HazardCode] = MappingProxyType(
    {each.code: each for each in _danish()}
    | {code: HazardCode(code, Text(da, en), group, (en,)) for code, group, da, en in _OTHERS}
)
