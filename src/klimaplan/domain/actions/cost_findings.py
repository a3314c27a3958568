"""What can be wrong with a cost, in both languages."""

from __future__ import annotations

from klimaplan.domain.errors import Finding, Text

NOTHING = Text("", "")


def not_an_amount(dkk: float) -> Finding:
    return Finding(
        "amount-unusable", "DKK",
        Text(f"{dkk} er ikke et beløb.", f"{dkk} is not an amount."),
        Text("Manglende er ikke nul.", "Missing is not zero."),
        Text("Skriv beløbet, eller udelad det.", "Write the amount, or leave it out."),
    )  # fmt: skip


def price_years_differ(one: int, other: int, *_more: int) -> Finding:
    return Finding(
        "price-years-differ", f"{one} / {other}",
        Text("Beløbene er i priser fra forskellige år.", "The amounts are in the prices of different years."),
        Text("De kan ikke lægges sammen.", "They cannot be added."),
        Text("Omregn dem først med et navngivet prisindeks.", "Convert them first with a named price index."),
    )  # fmt: skip


def index_not_positive(name: str, year: int) -> Finding:
    return Finding(
        "price-index-not-positive", f"{name}/{year}",
        Text("Prisindekset er ikke over nul.", "The price index is not above zero."),
        NOTHING,
        Text("Ret indekset.", "Correct the index."),
    )  # fmt: skip


def index_lacks_year(name: str, year: int) -> Finding:
    return Finding(
        "price-index-year-absent", f"{name}/{year}",
        Text(f"Prisindekset har ikke {year}.", f"The price index does not have {year}."),
        NOTHING,
        Text("Brug et indeks, der dækker begge år.", "Use an index that covers both years."),
    )  # fmt: skip


def perspective_unnamed() -> Finding:
    return Finding(
        "perspective-unnamed", "perspective",
        Text("Perspektivet har intet navn.", "The perspective has no name."),
        Text("En omkostning uden perspektiv siger ingenting.", "A cost without its perspective says nothing."),
        Text("Giv det et navn, f.eks. samfundsøkonomisk.", "Give it a name, such as socio-economic."),
    )  # fmt: skip


def rates_unordered(name: str) -> Finding:
    return Finding(
        "discount-rates-unordered", name,
        Text("De senere diskonteringsrenter følger ikke efter hinanden.", "The later discount rates are not in order."),
        NOTHING,
        Text("Skriv dem efter år, det tidligste først.", "Write them by year, the earliest first."),
    )  # fmt: skip


def rate_unusable(name: str, rate: float) -> Finding:
    return Finding(
        "discount-rate-unusable", name,
        Text(f"Diskonteringsrenten {rate} kan ikke bruges.", f"The discount rate {rate} cannot be used."),
        NOTHING,
        Text("Brug en andel på nul eller mere, f.eks. 0,035.", "Use a share of zero or more, such as 0.035."),
    )  # fmt: skip


def lifetime_unusable(years: int) -> Finding:
    return Finding(
        "lifetime-unusable", "lifetime",
        Text(f"En levetid på {years} år kan ikke bruges.", f"A lifetime of {years} years cannot be used."),
        NOTHING,
        Text("Brug mindst ét helt år.", "Use at least one whole year."),
    )  # fmt: skip


def taxes_not_given(perspective: str) -> Finding:
    return Finding(
        "taxes-not-given", perspective,
        Text("Ændringen i afgifter og tilskud er ikke oplyst.", "The change in taxes and subsidies is not given."),
        Text("Perspektivet regner med dem, og manglende er ikke nul.",
             "The perspective counts with them, and missing is not zero."),
        Text("Oplys den, også hvis den er nul, eller vælg et perspektiv uden afgifter.",
             "Give it, even if it is zero, or choose a perspective without taxes."),
    )  # fmt: skip


def cost_negative(place: str, dkk: float) -> Finding:
    return Finding(
        "cost-negative", place,
        Text(f"Omkostningen er negativ: {dkk:.0f} kr.", f"The cost is negative: {dkk:.0f} DKK."),
        Text("Det er ofte et fortegn, der er vendt.", "Often a sign is the wrong way round."),
        Text("Ret fortegnet, eller angiv, at det er ment (may_be_negative).",
             "Correct the sign, or say that it is meant (may_be_negative)."),
    )  # fmt: skip


def period_reversed(start: int, until: int) -> Finding:
    return Finding(
        "period-reversed", f"{start}–{until}",
        Text("Perioden slutter, før der er gået et år.", "The period ends before a year has passed."),
        NOTHING,
        Text("Vælg et senere slutår.", "Choose a later last year."),
    )  # fmt: skip


def no_payments() -> Finding:
    return Finding(
        "no-payments", "payments",
        Text("Der er ingen betalinger.", "There are no payments."),
        Text("Manglende er ikke nul.", "Missing is not zero."),
        Text("Angiv mindst ét år.", "Give at least one year."),
    )  # fmt: skip


def price_path_lacks_year(name: str, year: int, first: int, last: int) -> Finding:
    return Finding(
        "co2-price-year-absent", f"{name}/{year}",
        Text(f"Prisstien har ikke {year}.", f"The price path does not have {year}."),
        Text("Den føres ikke videre på gæt.", "It is not carried on by guess."),
        Text(f"Brug år fra {first} til {last}.", f"Use years from {first} to {last}."),
    )  # fmt: skip


def measure_twice(name: str) -> Finding:
    return Finding(
        "measure-named-twice", name,
        Text("Tiltaget står to gange i kurven.", "The measure stands twice in the curve."),
        Text("Så tælles det dobbelt.", "So it is counted twice."),
        Text("Behold ét af dem.", "Keep one of them."),
    )  # fmt: skip


NO_TONNES = Text(
    "Tiltaget sparer ingen ton efter overlap, så en pris pr. ton har ingen mening.",
    "The measure saves no tonnes after overlap, so a cost per tonne has no meaning.",
)
