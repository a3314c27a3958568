"""Rules on the targets for emissions: net zero, interim targets, gases, and the sector intervals."""

from __future__ import annotations

from klimaplan.domain.assessment.evidence import Evidence, Pointer, TargetSeen
from klimaplan.domain.assessment.parameters import Codes, Number, Parameters
from klimaplan.domain.assessment.result import (
    Result,
    Seen,
    join,
    look,
    met,
    needs_person,
    no_place,
    none_there,
    not_met,
    partial,
    plain,
)
from klimaplan.domain.assessment.rules.rule import Rule
from klimaplan.domain.assessment.rules.words import TARGETS
from klimaplan.domain.errors import InputError, Text, comma
from klimaplan.domain.pathway.interval import REFERENCE_YEAR, TARGET_YEAR, Verdict, interval_test

GASES = {"CO2": plain("CO2"), "CH4": plain("CH4"), "N2O": plain("N2O"), "F-gases": Text("F-gasser", "F-gases")}
NET_ZERO_T = 0.5
"""Half a tonne is nothing, as everywhere where tonnes are shown without decimals."""


def net_zero(evidence: Evidence, asked: Parameters) -> Result:  # noqa: PLR0911  # an answer each
    """Net zero for the whole territory by the latest year; a date after the national one is a question."""
    if evidence.targets is None:
        return no_place(TARGETS)
    latest, national = asked["latest_year"], asked.get("national_year")
    remedy = Text(f"Sæt et mål om nettonul senest i {latest} for alle sektorer.",
                  f"Set a target of net zero by {latest} at the latest for all sectors.")  # fmt: skip
    whole = [each for each in evidence.targets if each.whole]
    if not whole:
        return none_there(TARGETS, remedy)
    if all(each.allowed is None for each in whole):
        return _no_tonnes(whole)
    year = _net_zero_year(whole)
    seen = [_target(each) for each in whole]
    if year is None:
        return not_met(Text("Intet mål når nettonul.", "No target reaches net zero."), remedy, seen)
    seen = [_target(each) for each in whole if each.year == year]
    told = Text(f"Planen når nettonul i {year}.", f"The plan reaches net zero in {year}.")
    if year > latest:
        return not_met(told, remedy, seen)
    if national is not None and year > national:
        return partial(
            Text(f"{told.da} Det er senere end landets {national} og accepteres sjældent.",
                 f"{told.en} That is later than the nation's {national}, and seldom accepted."),
            Text("Ryk målet frem, eller begrund det.", "Bring the target forward, or give the reason."), seen,
        )  # fmt: skip
    return met(told, seen)


def interim_targets(evidence: Evidence, asked: Parameters) -> Result:
    """A first target soon enough, and enough targets on the way to the last one."""
    if evidence.targets is None:
        return no_place(TARGETS)
    first_by, least = asked["first_by"], asked["least"]
    remedy = Text(
        f"Sæt det første mål senest i {first_by} og mindst {least} delmål.",
        f"Set the first target in {first_by} at the latest and at least {least} interim targets.",
    )
    years = sorted({each.year for each in evidence.targets if each.whole})
    if not years:
        return none_there(TARGETS, remedy)
    end = _net_zero_year(evidence.targets) or max(years)
    interim = [year for year in years if year < end] if len(years) > 1 else years
    seen = [_target(each) for each in evidence.targets if each.whole and each.year in interim]
    told = Text(
        f"Første mål er i {years[0]}; delmål før {end}: {', '.join(map(str, interim)) or 'ingen'}.",
        f"The first target is in {years[0]}; interim targets before {end}: {', '.join(map(str, interim)) or 'none'}.",
    )
    soon, enough = years[0] <= first_by, len(interim) >= least
    if soon and enough:
        return met(told, seen)
    return (partial if soon or enough else not_met)(told, remedy, seen)


def target_gases(evidence: Evidence, asked: Parameters) -> Result:
    """The targets speak of every gas that they must."""
    if evidence.targets is None:
        return no_place(TARGETS)
    remedy = Text("Regn målene af et regnskab med alle gasserne.", "Count the targets by an account with all gases.")
    if not evidence.targets:
        return none_there(TARGETS, remedy)
    if evidence.inventory is None or evidence.inventory.gases is None:
        return needs_person(
            Text("Regnskabet siger ikke, hvilke gasser det tæller.", "The account does not say which gases it counts.")
        )
    missing = [gas for gas in asked["gases"] if gas not in evidence.inventory.gases]
    counted = join(GASES[gas] for gas in GASES if gas in evidence.inventory.gases)
    seen = [_target(each) for each in evidence.targets]
    if missing:
        without = join(GASES[gas] for gas in missing)
        why = Text(f"Målene regnes uden {without.da}.", f"The targets are counted without {without.en}.")
        return not_met(why, remedy, seen)
    return met(Text(f"Målene regnes af et regnskab med {counted.da}.",
                    f"The targets are counted by an account with {counted.en}."), seen)  # fmt: skip


def sector_interval(evidence: Evidence, _asked: Parameters) -> Result:  # noqa: PLR0911  # an answer each
    """The 2030 target lies in or above the range that the municipality's own sectors give."""
    if evidence.targets is None:
        return no_place(TARGETS)
    remedy = Text(f"Sæt et mål for {TARGET_YEAR} i ton for alle sektorer under ét.",
                  f"Set a target for {TARGET_YEAR} in tonnes for all sectors together.")  # fmt: skip
    due = [each for each in evidence.targets if each.whole and each.year == TARGET_YEAR]
    if not due:
        why = Text(f"Planen har intet mål for {TARGET_YEAR} for alle sektorer under ét.",
                   f"The plan has no target for {TARGET_YEAR} for all sectors together.")  # fmt: skip
        return not_met(why, remedy)
    [target, *_] = due
    if target.allowed is None:
        return _no_tonnes(due)
    if evidence.weighing is None:
        return needs_person(
            Text(f"Der er intet regnskab for {REFERENCE_YEAR} at holde målet op mod.",
                 f"There is no account of {REFERENCE_YEAR} to hold the target against."), seen=[_target(target)],
        )  # fmt: skip
    try:
        held = interval_test(evidence.weighing.emitted, evidence.weighing.bounds, allowed_2030=target.allowed)
    except InputError as refused:
        [first, *_] = refused.findings
        return needs_person(first.what, first.remedy, [_target(target)])
    seen = [_target(target), Seen(Pointer("account", str(REFERENCE_YEAR)),
                                  Text(f"Regnskab for {REFERENCE_YEAR}", f"Account of {REFERENCE_YEAR}"))]  # fmt: skip
    low, mid, reduction = (_percent(share) for share in (held.low, held.mid, held.reduction))
    told = Text(
        f"Målet er {reduction.da} under {REFERENCE_YEAR}; intervallet begynder ved {low.da}, midten er {mid.da}.",
        f"The target is {reduction.en} below {REFERENCE_YEAR}; the range begins at {low.en}, its middle is {mid.en}.",
    )
    match held.verdict:
        case Verdict.ACCEPTED:
            return met(told, seen)
        case Verdict.NEEDS_REASON:
            return partial(
                told,
                Text(
                    "Begrund, at målet ligger i intervallets nedre halvdel.",
                    "Give the reason for a target in the lower half of the range.",
                ),
                seen,
            )
    return not_met(told, Text("Skærp målet, så det når intervallet.", "Sharpen the target to reach the range."),
                   seen)  # fmt: skip


def _net_zero_year(targets: list[TargetSeen] | tuple[TargetSeen, ...]) -> int | None:
    reached = [each.year for each in targets if each.whole and each.allowed is not None and each.allowed <= NET_ZERO_T]
    return min(reached, default=None)


def _no_tonnes(targets: list[TargetSeen]) -> Result:
    return needs_person(
        Text("Målet er ikke sat i ton, så det kan ikke prøves.", "The target names no tonnes, so it cannot be tested."),
        Text("Skriv basisårets ton til målet.", "Write down the tonnes of the base year."),
        [_target(each) for each in targets],
    )


def _target(each: TargetSeen) -> Seen:
    if each.allowed is None:
        return look(each)
    return Seen(each.at, Text(f"{each.year}: højst {_grouped(each.allowed, '.')} t CO2e",
                              f"{each.year}: at most {_grouped(each.allowed, ',')} t CO2e"))  # fmt: skip


def _grouped(tonnes: float, mark: str) -> str:
    return f"{tonnes:,.0f}".replace(",", mark)


def _percent(share: float) -> Text:
    return Text(f"{comma(100.0 * share, '.1f')} %", f"{100.0 * share:.1f} %")


RULES = (
    Rule("net-zero", Text("Nettonul i tide", "Net zero in time"), net_zero,
         {"latest_year": Number(1990), "national_year": Number(1990)}, frozenset({"national_year"})),
    Rule("interim-targets", Text("Delmål", "Interim targets"), interim_targets,
         {"first_by": Number(1990), "least": Number(1)}),
    Rule("target-gases", Text("Målenes gasser", "Gases of the targets"), target_gases,
         {"gases": Codes(frozenset(GASES))}),
    Rule("sector-interval", Text("Sektorintervallerne", "The sector intervals"), sector_interval),
)  # fmt: skip
