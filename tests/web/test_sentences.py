"""The one sentence that opens a page, in both languages, for every case there is. All texts are written by hand."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override

from klimaplan.web.public import sentences
from klimaplan.web.public.schema import DevelopmentFacts, ProspectFacts
from web.addresses import address
from web.reading import page


def facts(first: float, last: float, direction: str, change_pct: float | None) -> DevelopmentFacts:
    return DevelopmentFacts(
        first_year=2018, last_year=2023, first=first, last=last, change=last - first, change_pct=change_pct,
        direction=direction,
    )  # fmt: skip


CASES = {
    "falling": (
        facts(208_937.8, 121_144.6, "falling", -42.019),
        "X Kommune udledte 121.000 ton CO2e i 2023, 42,0 % mindre end i 2018.",
        "X Municipality emitted 121,000 t CO2e in 2023, 42.0 % less than in 2018.",
    ),
    "growing": (
        facts(1_000_000.0, 1_125_000.0, "growing", 12.5),
        "X Kommune udledte 1,12 mio. ton CO2e i 2023, 12,5 % mere end i 2018.",
        "X Municipality emitted 1.12 million t CO2e in 2023, 12.5 % more than in 2018.",
    ),
    "flat": (
        facts(50_000.0, 50_100.0, "flat", 0.2),
        "X Kommune udledte 50.100 ton CO2e i 2023, omtrent det samme som i 2018.",
        "X Municipality emitted 50,100 t CO2e in 2023, about the same as in 2018.",
    ),
    "negative in both years": (
        facts(-8_013.1, -9_374.2, "falling", None),
        "X Kommune optog 9.370 ton CO2e mere, end der blev udledt i 2023; i 2018 var det 8.010 ton CO2e.",
        "X Municipality took up 9,370 t CO2e more than was emitted in 2023; in 2018 it was 8,010 t CO2e.",
    ),
    "from emitting to taking up": (
        facts(4_000.0, -500.0, "falling", -112.5),
        "X Kommune optog 500 ton CO2e mere, end der blev udledt i 2023; i 2018 blev der udledt 4.000 ton CO2e.",
        "X Municipality took up 500 t CO2e more than was emitted in 2023; in 2018 it emitted 4,000 t CO2e.",
    ),
    "from taking up to emitting": (
        facts(-4_000.0, 500.0, "growing", None),
        "X Kommune udledte 500 ton CO2e i 2023; i 2018 blev der optaget 4.000 ton CO2e mere, end der blev udledt.",
        "X Municipality emitted 500 t CO2e in 2023; in 2018 it took up 4,000 t CO2e more than was emitted.",
    ),
    "missing": (
        None,
        "Regnskabet for X Kommune har et hul i det første eller sidste år.",
        "The account of X Municipality has a hole in its first or last year.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_how_a_municipality_develops(case: str) -> None:
    known, danish, english = CASES[case]
    for language, name, expected in (("da", "X Kommune", danish), ("en", "X Municipality", english)):
        with override(language):
            assert spaced(sentences.development(name, known)) == expected


@pytest.mark.parametrize(
    ("verdict", "excess", "demo", "danish", "english"),
    [
        (
            "missed", 146_623.4, False,
            "Uden flere tiltag lander den 147.000 ton CO2e over sit mål for 2030.",
            "Without further action it is 147,000 t CO2e above its target for 2030.",
        ),
        (
            "met", -1_488.46, False,
            "Selv uden flere tiltag lander den 1.490 ton CO2e under sit mål for 2030.",
            "Even without further action it stays 1,490 t CO2e below its target for 2030.",
        ),
        (
            "missed", 7_930.0, True,
            "Uden flere tiltag lander den 7.930 ton CO2e over det opdigtede demomål for 2030.",
            "Without further action it is 7,930 t CO2e above the invented demo target for 2030.",
        ),
        (
            "met", -128_000.0, True,
            "Selv uden flere tiltag lander den 128.000 ton CO2e under det opdigtede demomål for 2030.",
            "Even without further action it stays 128,000 t CO2e below the invented demo target for 2030.",
        ),
    ],
)  # fmt: skip
def test_what_the_baseline_says_of_a_target(verdict: str, excess: float, demo: bool, danish: str, english: str) -> None:
    known = ProspectFacts(year=2030, expected=0.0, allowed=-excess, excess=excess, verdict=verdict, demo=demo)
    for language, expected in (("da", danish), ("en", english)):
        with override(language):
            assert spaced(sentences.prospect(known)) == expected


@pytest.mark.parametrize(
    ("kind", "danish", "english"),
    [
        (
            "municipality",
            (
                "Hvidovre Kommune udledte 121.000 ton CO2e i 2023, 42,0 % mindre end i 2018. "
                "Selv uden flere tiltag lander den 1.490 ton CO2e under sit mål for 2030."
            ),
            (
                "Hvidovre Municipality emitted 121,000 t CO2e in 2023, 42.0 % less than in 2018. "
                "Even without further action it stays 1,490 t CO2e below its target for 2030."
            ),
        ),
        (
            "municipality that takes up",
            (
                "Læsø Kommune optog 9.370 ton CO2e mere, end der blev udledt i 2023; i 2018 var det 8.010 ton CO2e. "
                "Selv uden flere tiltag lander den 15.800 ton CO2e under sit mål for 2050."
            ),
            (
                "Læsø Municipality took up 9,370 t CO2e more than was emitted in 2023; in 2018 it was 8,010 t CO2e. "
                "Even without further action it stays 15,800 t CO2e below its target for 2050."
            ),
        ),
        (
            # 18.8 Mt is the landmark of all municipalities for 2030
            "front",
            (
                "De 98 kommuner udledte 34,0 mio. ton CO2e i 2023, 25,2 % mindre end i 2018. "
                "Uden flere tiltag lander de 4,03 mio. ton CO2e over et pejlemærke for 2030: 18,8 mio. ton CO2e, "
                "som er planernes mål lagt sammen efter en ældre version af regnskabet."
            ),
            (
                "The 98 municipalities emitted 34.0 million t CO2e in 2023, 25.2 % less than in 2018. "
                "Without further action they are 4.03 million t CO2e above a landmark for 2030: 18.8 million t CO2e, "
                "the targets of the plans added up on an older version of the account."
            ),
        ),
    ],
)
def test_the_sentence_on_the_page(site: Client, kind: str, danish: str, english: str) -> None:
    for language, expected in (("da", danish), ("en", english)):
        read = page(site.get(address(kind, language)))
        assert spaced(read.one("p", data_lead="").text) == expected


def test_targets_that_somebody_added_up_are_a_landmark_also_where_they_are_met() -> None:
    known = ProspectFacts(year=2030, expected=18.0e6, allowed=18.8e6, excess=-0.8e6, verdict="met", demo=False)
    for language, expected in (
        (
            "da",
            (
                "Selv uden flere tiltag lander de 800.000 ton CO2e under et pejlemærke for 2030: 18,8 mio. ton CO2e, "
                "som er planernes mål lagt sammen efter en ældre version af regnskabet."
            ),
        ),
        (
            "en",
            (
                "Even without further action they stay 800,000 t CO2e below a landmark for 2030: "
                "18.8 million t CO2e, the targets of the plans added up on an older version of the account."
            ),
        ),
    ):
        with override(language):
            assert spaced(sentences.landmark(known)) == expected


def spaced(text: str) -> str:
    """With plain spaces, so that the expected texts can be typed."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
