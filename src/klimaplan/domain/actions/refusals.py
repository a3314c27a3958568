"""What can be wrong with an action, in words. One function per finding code."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from klimaplan.domain.errors import Finding, Text, comma

NOTHING = Text("", "")


def key_twice(key: str) -> Finding:
    return Finding(
        "action-twice", key,
        Text(f"To tiltag hedder {key}.", f"Two actions are called {key}."),
        Text("Så kan deres virkning ikke skilles ad.", "So their effects cannot be told apart."),
        Text("Giv det ene et andet navn.", "Give one of them another key."),
    )  # fmt: skip


def unknown_stream(place: str, key: str, known: Sequence[str]) -> Finding:
    close = get_close_matches(key, known, n=3) or list(known[:6])
    return Finding(
        "unknown-stream", place,
        Text(f"Strømmen {key} findes ikke.", f"There is no stream {key}."),
        NOTHING,
        Text(f"Mente du {', '.join(close)}?", f"Did you mean {', '.join(close)}?"),
    )  # fmt: skip


def wrong_form(place: str, kind: str) -> Finding:
    return Finding(
        "lever-form-differs", place,
        Text(f"Et greb af typen {kind} beskrives ikke sådan.", f"A lever of kind {kind} is not described like this."),
        NOTHING,
        Text("Se skabelonen for typen.", "See the template of the kind."),
    )  # fmt: skip


def no_source(place: str) -> Finding:
    return Finding(
        "number-without-source", place,
        Text("Tallet har ingen kilde.", "The number has no source."),
        Text("Et tal uden kilde kan ikke efterprøves.", "A figure without a source cannot be checked."),
        Text("Skriv, hvor det står.", "Write where it stands."),
    )  # fmt: skip


def share_outside(place: str, share: float) -> Finding:
    return Finding(
        "share-out-of-range", place,
        Text(f"Andelen {comma(share, 'g')} ligger ikke mellem 0 og 1.",
             f"The share {share:g} does not lie between 0 and 1."),
        Text("Mere end det hele kan ikke forsvinde.", "More than the whole cannot disappear."),
        Text("Skriv 0,4 for 40 %.", "Write 0.4 for 40 %."),
    )  # fmt: skip


def not_positive(place: str, value: float) -> Finding:
    return Finding(
        "amount-negative", place,
        Text(f"Mængden {comma(value, 'g')} kan ikke bruges.", f"The amount {value:g} cannot be used."),
        NOTHING,
        Text("Skriv et tal over nul.", "Write a number above zero."),
    )  # fmt: skip


def change_upwards(place: str, before: float, after: float) -> Finding:
    return Finding(
        "change-upwards", place,
        Text(f"Fra {comma(before, 'g')} til {comma(after, 'g')} er ikke et fald til mindst nul.",
             f"From {before:g} to {after:g} is no fall to zero or above."),
        Text("Et tiltag skal mindske det, det virker på.", "An action must lessen what it works on."),
        Text("Byt tallene, eller brug et andet greb.", "Swap the numbers, or use another lever."),
    )  # fmt: skip


def shift_to_itself(place: str, stream: str) -> Finding:
    return Finding(
        "shift-to-itself", place,
        Text(f"Der flyttes fra {stream} til {stream}.", f"It shifts from {stream} to {stream}."),
        Text("Så sker der ingenting.", "So nothing happens."),
        Text("Vælg en anden modtager.", "Choose another target."),
    )  # fmt: skip


def shift_incomplete(place: str) -> Finding:
    return Finding(
        "shift-incomplete", place,
        Text("Modtager og energiforhold hører sammen.", "Target and energy ratio belong together."),
        Text("Uden dem begge kendes den nye udledning ikke.", "Without both, the new emissions are not known."),
        Text("Angiv begge, eller ingen af dem når intet udledes i stedet.",
             "Give both, or neither where nothing is emitted instead."),
    )  # fmt: skip


def no_effect(place: str) -> Finding:
    return Finding(
        "lever-without-effect", place,
        Text("Grebet virker ikke på nogen strøm.", "The lever works on no stream."),
        NOTHING,
        Text("Angiv, hvad en enhed fjerner, og hvor.", "Say what one unit takes away, and where."),
    )  # fmt: skip


def no_reason(place: str) -> Finding:
    return Finding(
        "fixed-tonnes-without-reason", place,
        Text("Faste ton har ingen begrundelse.", "Fixed tonnes have no reason."),
        Text("De er en nødløsning, for ingen kan følge dem.", "They are a last resort: nobody can follow them."),
        Text("Skriv, hvorfor der ingen fysisk mængde er bag.", "Write why no physical quantity is behind them."),
    )  # fmt: skip


def planting_outside_sink(place: str, stream: str) -> Finding:
    return Finding(
        "planting-outside-sink", place,
        Text(f"{stream} kan ikke optage.", f"{stream} cannot take up."),
        NOTHING,
        Text("Plant i skovens strøm.", "Plant in the stream of the forest."),
    )  # fmt: skip


def lever_on_sink(place: str, stream: str) -> Finding:
    return Finding(
        "lever-on-sink", place,
        Text(f"{stream} optager mere, end der udledes.", f"{stream} takes up more than it emits."),
        Text("En andel af et optag ville gøre det mindre.", "A share of an uptake would make it smaller."),
        Text("Brug skovrejsning, eller angiv kommunens egne tal for strømmen.",
             "Use afforestation, or give the municipality's own figures for the stream."),
    )  # fmt: skip


def nothing_to_take(place: str, stream: str, gas: str) -> Finding:
    return Finding(
        "more-removed-than-exists", place,
        Text(f"{stream} udleder ikke {gas}.", f"{stream} emits no {gas}."),
        Text("Der er intet at fjerne.", "There is nothing to take away."),
        Text("Vælg en anden strøm, eller angiv kommunens egne tal.",
             "Choose another stream, or give the municipality's own figures."),
    )  # fmt: skip


def more_than_exists(stream: str, actions: Sequence[str], gas: str, year: str, share: float, there: float) -> Finding:
    named = ", ".join(actions)
    return Finding(
        "more-removed-than-exists", f"{named}/{stream}",
        Text(f"Tilsammen fjernes {share:.0%} af {there:.0f} t {gas} i {year}.",
             f"Together they take {share:.0%} of {there:.0f} t {gas} in {year}."),
        Text("En strøm kan højst miste det, den har.", "A stream can lose at most what it has."),
        Text("Sæt mængderne ned, eller angiv kommunens egne tal for strømmen.",
             "Lower the amounts, or give the municipality's own figures for the stream."),
    )  # fmt: skip


def no_supply_factor(place: str, stream: str) -> Finding:
    return Finding(
        "supply-factor-missing", place,
        Text(f"Der er ingen faktor for energien i {stream}.", f"There is no factor for the energy of {stream}."),
        Text("Så kendes udledningen af det, der flyttes, ikke.", "So the emissions of what is shifted are not known."),
        Text("Angiv faktoren i planen, med kilde.", "Give the factor in the plan, with its source."),
    )  # fmt: skip


def parameter_differs(place: str, name: str) -> Finding:
    return Finding(
        "parameter-differs", f"{place}/{name}",
        Text(f"{name} har to forskellige værdier.", f"{name} has two different values."),
        Text("En fælles forudsætning har én værdi i planen.", "A shared assumption has one value in the plan."),
        Text("Ret den ene, eller giv dem hvert sit navn.", "Correct one of them, or give each its own name."),
    )  # fmt: skip


def lever_twice(action: str, stream: str) -> Finding:
    return Finding(
        "lever-twice-on-stream", f"{action}/{stream}",
        Text("Tiltaget virker på samme strøm to gange.", "The action works on the same stream twice."),
        Text("Så kan dets virkning ikke skilles ud.", "So its effect cannot be told apart from others."),
        Text("Saml det i ét greb, eller del tiltaget i to.", "Put it into one lever, or split the action in two."),
    )  # fmt: skip


def circle(streams: Sequence[str]) -> Finding:
    way = " → ".join(reversed(streams))
    return Finding(
        "circular-dependency", way,
        Text("Der flyttes i ring.", "The shifts go in a circle."),
        Text("Så afhænger strømmene af hinanden.", "So the streams depend on each other."),
        Text("Fjern ét af skiftene.", "Remove one of the shifts."),
    )  # fmt: skip


def cost_negative(place: str, amount: float) -> Finding:
    return Finding(
        "cost-negative", place,
        Text(f"Beløbet er {amount:.0f} kr.", f"The amount is DKK {amount:.0f}."),
        Text("Et minus er oftest en tastefejl.", "A minus is most often a slip of the keyboard."),
        Text("Ret beløbet, eller sæt »må være negativ«.", "Correct the amount, or set “may be negative”."),
    )  # fmt: skip


def no_price_year(place: str) -> Finding:
    return Finding(
        "price-year-missing", place,
        Text("Beløbene har intet prisår.", "The amounts have no price year."),
        Text("Kroner fra to år kan ikke lægges sammen.", "Money of two years cannot be added."),
        Text("Angiv prisåret.", "Give the price year."),
    )  # fmt: skip
