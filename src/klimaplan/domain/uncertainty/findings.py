"""What can be wrong with a distribution, a sample or a question about the spread, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from klimaplan.domain.errors import Finding, Text, comma

NOTHING = Text("", "")


def unknown_kind(place: str, kind: str, known: Sequence[str]) -> Finding:
    return Finding(
        "distribution-unknown", place,
        Text(f"Fordelingen {kind} er ukendt.", f"The distribution {kind} is unknown."),
        NOTHING,
        Text(f"Brug en af {', '.join(known)}.", f"Use one of {', '.join(known)}."),
    )  # fmt: skip


def parameter_absent(place: str, name: str) -> Finding:
    return Finding(
        "distribution-parameter-absent", place,
        Text(f"Fordelingen mangler {name}.", f"The distribution lacks {name}."),
        Text("Klimaplan gætter ikke.", "klimaplan does not guess."),
        Text(f"Angiv {name}.", f"Give {name}."),
    )  # fmt: skip


def parameter_unknown(place: str, name: str, known: Sequence[str]) -> Finding:
    return Finding(
        "distribution-parameter-unknown", place,
        Text(f"Fordelingen har intet, der hedder {name}.", f"The distribution has nothing called {name}."),
        NOTHING,
        Text(f"Den har {', '.join(known)}.", f"It has {', '.join(known)}."),
    )  # fmt: skip


def not_a_number(place: str, name: str) -> Finding:
    return Finding(
        "distribution-not-a-number", place,
        Text(f"{name} er ikke et endeligt tal.", f"{name} is not a finite number."),
        NOTHING,
        Text("Skriv et tal, eller udelad fordelingen.", "Write a number, or leave the distribution out."),
    )  # fmt: skip


def low_above_central(place: str, low: float, central: float) -> Finding:
    return Finding(
        "distribution-reversed", place,
        Text(f"Den lave ende {comma(low)} ligger over den centrale værdi {comma(central)}.",
             f"The low end {low} lies above the central value {central}."),
        NOTHING,
        Text("Skriv lav, central og høj i stigende orden.", "Write low, central and high in rising order."),
    )  # fmt: skip


def central_above_high(place: str, central: float, high: float) -> Finding:
    return Finding(
        "distribution-reversed", place,
        Text(f"Den centrale værdi {comma(central)} ligger over den høje ende {comma(high)}.",
             f"The central value {central} lies above the high end {high}."),
        NOTHING,
        Text("Skriv lav, central og høj i stigende orden.", "Write low, central and high in rising order."),
    )  # fmt: skip


def low_above_high(place: str, low: float, high: float) -> Finding:
    return Finding(
        "distribution-reversed", place,
        Text(f"Den lave ende {comma(low)} ligger over den høje ende {comma(high)}.",
             f"The low end {low} lies above the high end {high}."),
        NOTHING,
        Text("Byt om på dem, eller ret tallet.", "Swap them, or correct the number."),
    )  # fmt: skip


def sd_negative(place: str, sd: float) -> Finding:
    return Finding(
        "distribution-spread-negative", place,
        Text(f"Standardafvigelsen {sd} er negativ.", f"The standard deviation {sd} is negative."),
        NOTHING,
        Text("Brug nul eller mere.", "Use zero or more."),
    )  # fmt: skip


def median_not_positive(place: str, median: float) -> Finding:
    return Finding(
        "distribution-median-not-positive", place,
        Text(f"Medianen {median} er ikke over nul.", f"The median {median} is not above zero."),
        Text("En lognormal størrelse er altid positiv.", "A lognormal quantity is always positive."),
        Text("Brug en anden fordeling.", "Use another distribution."),
    )  # fmt: skip


def spread_below_one(place: str, spread: float) -> Finding:
    return Finding(
        "distribution-spread-below-one", place,
        Text(f"Spredningen {spread} er under 1.", f"The spread {spread} is below 1."),
        Text("Den er den geometriske standardafvigelse, en faktor der ganges og deles med.",
             "It is the geometric standard deviation, a factor to multiply and divide by."),
        Text("Brug 1 eller mere; 1 er ingen spredning.", "Use 1 or more; 1 is no spread."),
    )  # fmt: skip


def not_one_each(place: str, values: int, probabilities: int) -> Finding:
    return Finding(
        "distribution-probabilities-uneven", place,
        Text(f"Der er {values} værdier og {probabilities} sandsynligheder.",
             f"There are {values} values and {probabilities} probabilities."),
        NOTHING,
        Text("Giv hver værdi én sandsynlighed.", "Give each value one probability."),
    )  # fmt: skip


def probability_negative(place: str) -> Finding:
    return Finding(
        "distribution-probability-negative", place,
        Text("En sandsynlighed er negativ.", "A probability is negative."),
        NOTHING,
        Text("Brug tal fra 0 til 1.", "Use numbers from 0 to 1."),
    )  # fmt: skip


def probabilities_off(place: str, total: float) -> Finding:
    return Finding(
        "distribution-probabilities-off", place,
        Text(f"Sandsynlighederne giver {comma(total, 'g')} tilsammen.", f"The probabilities add up to {total:g}."),
        NOTHING,
        Text("De skal give 1.", "They must add up to 1."),
    )  # fmt: skip


def outside_unit_interval(place: str) -> Finding:
    return Finding(
        "quantile-outside-unit-interval", place,
        Text("En fraktil ligger uden for 0 til 1.", "A quantile lies outside 0 to 1."),
        NOTHING,
        Text("Brug tal fra 0 til 1.", "Use numbers from 0 to 1."),
    )  # fmt: skip


def no_draws(draws: int) -> Finding:
    return Finding(
        "sample-no-draws", "draws",
        Text(f"{draws} udtræk giver ingen fordeling.", f"{draws} draws give no distribution."),
        NOTHING,
        Text("Brug mindst ét.", "Use at least one."),
    )  # fmt: skip


def too_many_draws(draws: int, most: int) -> Finding:
    return Finding(
        "sample-too-many-draws", "draws",
        Text(f"{draws} udtræk er for mange.", f"{draws} draws are too many."),
        Text("De fylder hukommelsen og gør svaret næppe sikrere.",
             "They fill the memory and hardly sharpen the answer."),
        Text(f"Brug højst {most}.", f"Use at most {most}."),
    )  # fmt: skip


def seed_unusable(seed: int) -> Finding:
    return Finding(
        "sample-seed-unusable", "seed",
        Text(f"Frøet {seed} kan ikke bruges.", f"The seed {seed} cannot be used."),
        NOTHING,
        Text("Brug et helt tal fra 0 til 4294967295.", "Use a whole number from 0 to 4294967295."),
    )  # fmt: skip


def study_reserved() -> Finding:
    return Finding(
        "sample-study-reserved", "study",
        Text("Nummer 0 hører til de fælles nationale drivere.", "Number 0 belongs to the shared national drivers."),
        NOTHING,
        Text("Brug kommunekoden.", "Use the code of the municipality."),
    )  # fmt: skip


def unknown_method(method: str, known: Sequence[str]) -> Finding:
    return Finding(
        "sample-method-unknown", "method",
        Text(f"Metoden {method} er ukendt.", f"The method {method} is unknown."),
        NOTHING,
        Text(f"Brug en af {', '.join(known)}.", f"Use one of {', '.join(known)}."),
    )  # fmt: skip


def sobol_needs_power(draws: int, below: int, above: int) -> Finding:
    return Finding(
        "sample-sobol-needs-power-of-two", "draws",
        Text(f"{draws} er ikke en potens af 2.", f"{draws} is not a power of 2."),
        Text("Sobolpunkter fylder kun rummet jævnt, når antallet er en potens af 2.",
             "Sobol points fill the space evenly only when their number is a power of 2."),
        Text(f"Brug {below} eller {above}, eller en anden metode.", f"Use {below} or {above}, or another method."),
    )  # fmt: skip


def parameter_twice(name: str) -> Finding:
    return Finding(
        "parameter-named-twice", name,
        Text("Parameteren står to gange.", "The parameter stands twice."),
        Text("Så er det uklart, hvilken der gælder.", "So it is unclear which one holds."),
        Text("Behold én af dem, eller giv dem hver sit navn.", "Keep one of them, or give each its own name."),
    )  # fmt: skip


def correlation_outside(name: str, correlation: float) -> Finding:
    return Finding(
        "correlation-outside", name,
        Text(f"Korrelationen {correlation} ligger uden for −1 til 1.",
             f"The correlation {correlation} lies outside −1 to 1."),
        NOTHING,
        Text("Brug et tal fra −1 til 1.", "Use a number from −1 to 1."),
    )  # fmt: skip


def correlation_without_group(name: str) -> Finding:
    return Finding(
        "correlation-without-group", name,
        Text("Parameteren har en korrelation, men ingen gruppe.", "The parameter has a correlation but no group."),
        Text("Så er der intet at følge.", "So there is nothing to follow."),
        Text("Angiv gruppen, eller udelad korrelationen.", "Name the group, or leave the correlation out."),
    )  # fmt: skip


def group_mixed(group: str) -> Finding:
    return Finding(
        "group-mixes-shared-and-own", group,
        Text("Gruppen har både fælles og egne parametre.", "The group holds shared and own parameters."),
        Text("De fælles ville da afhænge af kommunen.", "The shared ones would then depend on the municipality."),
        Text("Del gruppen i to.", "Split the group in two."),
    )  # fmt: skip


def named_as_group(name: str) -> Finding:
    return Finding(
        "parameter-named-as-group", name,
        Text("En parameter uden gruppe hedder det samme som en gruppe.",
             "A parameter without a group has the name of a group."),
        Text("Så kan deres følsomhed ikke skelnes.", "So their sensitivities cannot be told apart."),
        Text("Giv den ene et andet navn.", "Give one of them another name."),
    )  # fmt: skip
