"""Why an action has no cost, and what can be wrong with the costs of a plan, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from klimaplan.domain.errors import Finding, Severity, Text

NO_COST = Text("Ingen omkostning er oplyst; det er ikke nul.", "No cost given; that is not zero.")
NO_PRICE_YEAR = Text("Prisåret er ikke oplyst.", "The price year is not given.")
NO_INVESTMENT = Text(
    "Anlægsudgiften er ikke oplyst. Skriv 0, hvis der ingen er.",
    "The investment is not given. Write 0 if there is none.",
)
NO_RUNNING_COST = Text(
    "Driftsudgiften er ikke oplyst. Skriv 0, hvis der ingen er.",
    "The running cost is not given. Write 0 if there is none.",
)
NO_LIFETIME = Text(
    "Investeringens levetid er ikke oplyst, så den kan ikke fordeles på år.",
    "The lifetime of the investment is not given, so it cannot be spread over years.",
)
NO_TAXES = Text(
    "Ændringen i afgifter og tilskud er ikke oplyst. Skriv 0, hvis der ingen er.",
    "The change in taxes and subsidies is not given. Write 0 if there is none.",
)


def taxes_not_given(perspective: str, actions: Sequence[str]) -> Finding:
    shown = ", ".join(actions)
    return Finding(
        "taxes-not-given", perspective,
        Text(f"Ændringen i afgifter og tilskud er ikke oplyst for {shown}.",
             f"The change in taxes and subsidies is not given for {shown}."),
        Text("Perspektivet regner med dem, og manglende er ikke nul, så de tiltag har ingen omkostning her.",
             "The perspective counts with them, and missing is not zero, so those actions have no cost here."),
        Text("Oplys taxes_dkk, også hvis den er nul, eller vælg det samfundsøkonomiske perspektiv.",
             "Give taxes_dkk, even if it is zero, or choose the socio-economic perspective."),
        Severity.WARNING,
    )  # fmt: skip


def price_years_differ(years: Sequence[int]) -> Finding:
    shown = " / ".join(map(str, years))
    return Finding(
        "price-years-differ", shown,
        Text("Tiltagenes beløb er i priser fra forskellige år.",
             "The amounts of the actions are in the prices of different years."),
        Text("De kan hverken lægges sammen eller ordnes, så der er ingen sum og ingen kurve.",
             "They can neither be added nor ordered, so there is no sum and no curve."),
        Text("Omregn beløbene til ét prisår.", "Convert the amounts to one price year."),
        Severity.WARNING,
    )  # fmt: skip


def value_in_other_prices(path: str, price_year: int, of_plan: int) -> Finding:
    return Finding(
        "price-years-differ", f"{path}/{price_year}",
        Text(f"Værdien af CO2 er i {price_year}-priser, men planen regner i {of_plan}-priser.",
             f"The value of CO2 is in prices of {price_year}, but the plan counts in prices of {of_plan}."),
        Text("De kan ikke lægges sammen.", "They cannot be added."),
        Text(f"Omregn planens beløb til {price_year}-priser, eller udelad værdien af CO2.",
             f"Convert the amounts of the plan to prices of {price_year}, or leave the value of CO2 out."),
    )  # fmt: skip


def year_outside(year: int, first: int, last: int) -> Finding:
    return Finding(
        "year-outside-horizon", str(year),
        Text(f"{year} ligger uden for {first}–{last}.", f"{year} lies outside {first}–{last}."),
        Text("Planen regnes kun i de år.", "The plan is computed in those years only."),
        Text("Vælg et år inden for perioden.", "Choose a year within the period."),
    )  # fmt: skip
