"""What `klimaplan plan evaluate` says of costs: the perspective that was asked for, as a record and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klimaplan.cli import plan_costs_years
from klimaplan.cli.answers import language, percent, print_table, say
from klimaplan.cli.answers import tonnes as whole
from klimaplan.cli.plan_options import SeenFrom, Wish
from klimaplan.domain.actions.abatement import Basis, CostCurve, PricePath, Step
from klimaplan.domain.actions.costs import Money, Perspective
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.pathway.costing import ActionCost, PlanCosts, plan_costs
from klimaplan.domain.pathway.costing_over_years import CostsOverYears, costs_over_years
from klimaplan.domain.plan import Outcome
from klimaplan.reference import load

OWN_RATE = "--discount-rate"
LEAST_PCT, MOST_PCT = 0.2, 100.0
"""Below it a rate was meant as a share: 0.035 for 3.5 %."""


@dataclass(frozen=True)
class Costing:
    """The costs of a plan, with what they rest on.

    Parameters
    ----------
    rate_source : key into the bibliography, or `OWN_RATE`
    """

    known: load.KnownPerspective
    rate_source: str
    path: PricePath | None
    costs: PlanCosts
    titles: dict[str, str]
    over_years: CostsOverYears | None = None


def perspective_of(wish: Wish) -> Perspective | None:
    """Who looks, and at which rate; None where costs were not asked for. Nothing is assumed about who pays.

    Raises
    ------
    InputError : options that need a perspective, a perspective that needs a rate, or a rate that cannot be used
    """
    if wish.seen_from is None:
        if given := _given(wish):
            raise InputError(_perspective_missing(given))
        return None
    known = load.perspectives()[wish.seen_from]
    if wish.rate_pct is not None and not (wish.rate_pct == 0.0 or LEAST_PCT <= wish.rate_pct <= MOST_PCT):
        raise InputError(_rate_unusable(wish.rate_pct))
    rate = known.discount_rate if wish.rate_pct is None else wish.rate_pct / 100.0
    if rate is None:
        raise InputError(_rate_missing(known))
    # a rate of one's own holds in all years
    return Perspective(known.key, rate, known.with_taxes, known.later_rates if wish.rate_pct is None else ())


def costing(outcome: Outcome, wish: Wish) -> Costing | None:
    """The costs as they are wished for; none without a perspective."""
    perspective = perspective_of(wish)
    if perspective is None:
        return None
    known = load.perspectives()[perspective.name]
    targets = [target.year for target in outcome.plan.targets]
    year = wish.year if wish.year is not None else min(targets, default=outcome.residual.year)
    path = load.co2_price_path() if wish.value_of_co2 else None
    costs = plan_costs(
        outcome.plan.actions,
        outcome.effects.by_action,
        perspective,
        year=year,
        path=path,
    )
    over_years = None
    if wish.until is not None:
        over_years = costs_over_years(
            outcome.plan.actions, outcome.effects.by_action, perspective, last=wish.until, path=path
        )
    titles = {action.key: action.title for action in outcome.plan.actions}
    return Costing(known, known.source if wish.rate_pct is None else OWN_RATE, path, costs, titles, over_years)


def as_record(found: Costing | None) -> dict[str, object]:
    """Stable keys; empty where no perspective was asked for, null where there is no figure."""
    if found is None:
        return {}
    costs, known = found.costs, found.known
    together = costs.together
    return {
        "perspective": {
            "key": known.key,
            "title": _text(known.title),
            "discount_rate": costs.perspective.discount_rate,
            "later_rates": [{"after_years": years, "rate": rate} for years, rate in costs.perspective.later_rates],
            "discount_rate_source": found.rate_source,
            "with_taxes": known.with_taxes,
            "note": _text(_note(found)),
        },
        "year": costs.year,
        "base_year": costs.base_year,
        "price_year": costs.price_year,
        "basis": str(Basis.ANNUAL),
        "value_of_co2": _value_record(found),
        "actions": [_action_record(found, each) for each in costs.actions],
        "without_cost": [
            {"action": key, "title": found.titles[key], "reason": _text(why)} for key, why in costs.without.items()
        ],
        "curve": [] if costs.curve is None else [
            *(_step_record(step, pays=True) for step in costs.curve.paying),
            *(_step_record(step, pays=False) for step in costs.curve.costing),
        ],
        "not_in_curve": {} if costs.curve is None else {
            key: _text(why) for key, why in costs.curve.without.items()
        },
        "total": {
            "actions": len(costs.actions),
            "annual_dkk": _dkk(together.annual),
            "annual_dkk_in_year": _dkk(together.in_year),
            "tonnes": together.tonnes,
            "dkk_per_tonne": _dkk(together.abatement.per_tonne) if together.abatement else None,
            "present_value_dkk": _dkk(together.present),
        },
        "over_years": plan_costs_years.as_record(found.over_years, found.titles),
        "method": "costs",
    }  # fmt: skip


def show(found: Costing, name: str) -> None:
    """The costs of every action, the curve, and what has no cost."""
    costs = found.costs
    if costs.actions:
        _show_actions(found, name)
    if costs.curve is not None:
        _show_curve(found, costs.curve, name)
    if found.over_years is not None:
        plan_costs_years.show(found.over_years, found.titles, name)
    if costs.without:
        print_table(
            f"{name}: " + say("tiltag uden omkostning", "actions without a cost"),
            ["", say("tiltag", "action"), say("hvorfor", "why")],
            [[key, found.titles[key], why.read(language())] for key, why in costs.without.items()],
            words=(0, 1, 2),
        )


def _show_actions(found: Costing, name: str) -> None:
    costs = found.costs
    print_table(
        f"{name}: " + say("omkostninger", "costs"),
        [
            "", say("tiltag", "action"), say("kr. om året", "DKK a year"),
            say(f"på plads {costs.year}", f"in place {costs.year}"), say(f"kr. i {costs.year}", f"DKK in {costs.year}"),
            say(f"sparet {costs.year}, t CO2e", f"saved {costs.year}, t CO2e"), say("kr. pr. t", "DKK per t"),
            say(f"nutidsværdi {costs.base_year}, kr.", f"present value {costs.base_year}, DKK"),
            say("prisår", "price year"),
        ],
        [*(_row(found, each) for each in costs.actions), *_total_row(found)],
        _notes(found),
        words=(0, 1),
    )  # fmt: skip


def _show_curve(found: Costing, curve: CostCurve, name: str) -> None:
    year = found.costs.year
    print_table(
        f"{name}: " + say(f"omkostningskurve {year}", f"cost curve {year}"),
        [
            "", say("tiltag", "action"), say("fra, t CO2e", "from, t CO2e"), say("ton", "tonnes"),
            say("kr. pr. t", "DKK per t"), say("nettogevinst, kr.", "net benefit, DKK"),
        ],
        [_step_row(found, step) for step in (*curve.paying, *curve.costing)],
        [
            say("Først de tiltag, der betaler sig selv, efter nettogevinst; så de andre efter prisen pr. ton.",
                "First the actions that pay for themselves, by net benefit; then the others by cost per tonne."),
            *(f"{key}: {why.read(language())}" for key, why in curve.without.items()),
        ],
        words=(0, 1),
    )  # fmt: skip


def _row(found: Costing, each: ActionCost) -> list[str]:
    abatement = each.abatement
    return [
        each.action, found.titles[each.action] + (say(" (før besparelse)", " (before savings)") if each.before_savings
                                                   else ""),
        _kroner(each.annual), percent(None if each.in_place is None else 100.0 * each.in_place).lstrip("+"),
        _kroner(each.in_year), whole(abatement.tonnes if abatement else None),
        _kroner(abatement.per_tonne if abatement else None), _kroner(each.present), str(each.annual.price_year),
    ]  # fmt: skip


def _total_row(found: Costing) -> list[list[str]]:
    together, price_year = found.costs.together, found.costs.price_year
    if price_year is None:
        return []
    per_tonne = together.abatement.per_tonne if together.abatement else None
    return [[
        "", say("i alt", "together"), _kroner(together.annual), "", _kroner(together.in_year), whole(together.tonnes),
        _kroner(per_tonne), _kroner(together.present), str(price_year),
    ]]  # fmt: skip


def _step_row(found: Costing, step: Step) -> list[str]:
    return [
        step.name, found.titles[step.name], whole(step.start), whole(step.tonnes), _kroner(step.per_tonne),
        _kroner(step.net_benefit),
    ]  # fmt: skip


def _note(found: Costing) -> Text:
    """The reservation of the perspective; a rate of one's own does not fall, whatever that of the perspective does."""
    if found.rate_source == OWN_RATE and found.known.later_rates:
        return Text("Den angivne rente gælder i alle år.", "The rate that was given holds in all years.")
    return found.known.note


def _notes(found: Costing) -> list[str]:
    costs, known = found.costs, found.known
    if found.rate_source == OWN_RATE:
        source = say("angivet med --discount-rate", "given by --discount-rate")
    else:
        held = load.bibliography()[found.rate_source]
        source = f"{held.publisher}: {held.title}, {held.version}"
    rate = percent(100.0 * costs.perspective.discount_rate).lstrip("+")
    taxes = say("med afgifter og tilskud", "with taxes and subsidies")
    if not known.with_taxes:
        taxes = say("uden afgifter og tilskud", "without taxes and subsidies")
    said = [
        say(f"Perspektiv: {known.title.da}, {taxes}; real diskonteringsrente {rate} ({source}).",
            f"Perspective: {known.title.en}, {taxes}; real discount rate {rate} ({source})."),
        _note(found).read(language()),
        say("Ton efter overlap; prisen er årlig omkostning pr. årligt ton af den del, der er på plads.",
            "Tonnes after overlap; the price is annual cost per annual tonne of the part in place."),
    ]  # fmt: skip
    if any(each.before_savings for each in costs.actions):
        said.append(
            say("Før besparelse: ingen har sagt, hvad tiltaget sparer om året, så omkostningen er uden det.",
                "Before savings: nobody has said what the action saves a year, so the cost is without it.")
        )  # fmt: skip
    if found.path is not None and costs.worth is not None:
        path, worth = found.path, whole(costs.worth.dkk)
        said.append(
            say(f"Nettogevinsten regner et ton CO2 til {worth} kr. i {costs.year} ({path.name}, "
                f"{path.price_year}-priser).",
                f"Net benefits value a tonne of CO2 at {worth} DKK in {costs.year} ({path.name}, prices of "
                f"{path.price_year}).")
        )  # fmt: skip
    return said


def _action_record(found: Costing, each: ActionCost) -> dict[str, object]:
    abatement = each.abatement
    return {
        "action": each.action,
        "title": found.titles[each.action],
        "price_year": each.annual.price_year,
        "annual_dkk": each.annual.dkk,
        "share_in_place": each.in_place,
        "annual_dkk_in_year": _dkk(each.in_year),
        "tonnes": abatement.tonnes if abatement else None,
        "dkk_per_tonne": _dkk(abatement.per_tonne) if abatement else None,
        "reason": _text(abatement.reason) if abatement and abatement.reason else None,
        "present_value_dkk": _dkk(each.present),
        "before_savings": each.before_savings,
    }


def _step_record(step: Step, *, pays: bool) -> dict[str, object]:
    return {
        "action": step.name,
        "start": step.start,
        "tonnes": step.tonnes,
        "annual_dkk": step.annual.dkk,
        "dkk_per_tonne": step.per_tonne.dkk,
        "net_benefit_dkk": step.net_benefit.dkk,
        "pays_for_itself": pays,
    }


def _value_record(found: Costing) -> dict[str, object]:
    if found.path is None or found.costs.worth is None:
        return {}
    return {
        "path": found.path.name,
        "dkk_per_tonne": found.costs.worth.dkk,
        "price_year": found.path.price_year,
        "source": found.path.source,
    }


def _dkk(amount: Money | None) -> float | None:
    return None if amount is None else amount.dkk


def _kroner(amount: Money | None) -> str:
    return whole(_dkk(amount))


def _text(text: Text) -> dict[str, str]:
    return {"da": text.da, "en": text.en}


def _given(wish: Wish) -> list[str]:
    options = {
        OWN_RATE: wish.rate_pct is not None, "--cost-year": wish.year is not None,
        "--cost-until": wish.until is not None, "--value-of-co2": wish.value_of_co2,
    }  # fmt: skip
    return [name for name, there in options.items() if there]


def _perspective_missing(options: Sequence[str]) -> Finding:
    known = ", ".join(SeenFrom)
    return Finding(
        "perspective-missing", ", ".join(options),
        Text("Omkostninger regnes kun fra et perspektiv.", "Costs are computed from a perspective only."),
        Text("Ingen er valgt på forhånd.", "None is chosen beforehand."),
        Text(f"Angiv også --perspective: {known}.", f"Also give --perspective: {known}."),
    )  # fmt: skip


def _rate_missing(known: load.KnownPerspective) -> Finding:
    return Finding(
        "discount-rate-missing", f"--perspective {known.key}",
        Text("Perspektivet har ingen fast diskonteringsrente.", "The perspective has no fixed discount rate."),
        Text("Den afhænger af, hvem der betaler, og gættes ikke.", "It depends on who pays, and is not guessed."),
        Text("Angiv --discount-rate i procent, for eksempel 3.5.",
             "Give --discount-rate in percent, for example 3.5."),
    )  # fmt: skip


def _rate_unusable(given: float) -> Finding:
    return Finding(
        "discount-rate-unusable", OWN_RATE,
        Text(f"{given:g} % om året kan ikke bruges.", f"{given:g} % a year cannot be used."),
        Text("Renten angives i procent og ikke som andel.", "The rate is given in percent and not as a share."),
        Text(f"Skriv 3.5 for 3,5 %; 0, eller fra {LEAST_PCT:g} til {MOST_PCT:g}.",
             f"Write 3.5 for 3.5 %; 0, or from {LEAST_PCT:g} to {MOST_PCT:g}."),
    )  # fmt: skip
