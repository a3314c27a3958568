"""What `klimaplan plan evaluate` says of the sector-interval test of the 2030 target. Unofficial, and said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import typer

from klimaplan.cli.answers import language, percent, print_table, say
from klimaplan.domain import axes
from klimaplan.domain.errors import KlimaplanError, Text
from klimaplan.domain.inventory.streams import split
from klimaplan.domain.pathway.interval import (
    REFERENCE_YEAR,
    TARGET_YEAR,
    IntervalSector,
    IntervalTest,
    Verdict,
    by_interval_sector,
    interval_test,
)
from klimaplan.domain.pathway.target import ALL_SECTORS
from klimaplan.domain.plan import Plan
from klimaplan.domain.provenance import Provenance
from klimaplan.reference import load
from klimaplan.sources.plan_files import Ground

VERDICTS = {
    Verdict.BELOW_LOW: Text("under intervallet: kan ikke ventes godkendt",
                            "below the range: not likely to be approved"),
    Verdict.NEEDS_REASON: Text("i intervallets nedre halvdel: kræver en begrundelse",
                               "in the lower half of the range: needs a reason"),
    Verdict.ACCEPTED: Text("mindst intervallets midte: kan ventes godkendt",
                           "at least the middle of the range: likely to be accepted"),
}  # fmt: skip
UNOFFICIAL = Text(
    "Uofficiel: Intervallerne er læst i et uddrag, og vægtningen med udledningen i 2019 er vores læsning.",
    "Unofficial: the ranges are read in an extract, and weighing them by the emissions of 2019 is our reading.",
)
NO_TARGET = Text(
    f"Planen har intet mål for {TARGET_YEAR} for alle sektorer under ét.",
    f"The plan has no target of {TARGET_YEAR} for all sectors together.",
)
NO_YEAR = Text(f"Regnskabet har ikke {REFERENCE_YEAR}.", f"The account does not have {REFERENCE_YEAR}.")


@dataclass(frozen=True)
class Held:
    """The test of a plan, or why it does not apply.

    Parameters
    ----------
    emitted : t CO2e in 2019 by sector of the test
    seen : where they come from
    """

    test: IntervalTest | None = None
    reason: Text | None = None
    allowed: float | None = None
    emitted: Mapping[IntervalSector, float] = field(default_factory=dict)
    seen: Provenance | None = None


def hold(plan: Plan, against: Ground) -> Held:
    """Hold the plan's 2030 target against the municipality's own account of 2019, split into streams."""
    allowed = next(
        (target.allowed for target in plan.targets if target.year == TARGET_YEAR and target.scope == ALL_SECTORS), None
    )
    if allowed is None:
        return Held(reason=NO_TARGET)
    account = against.outlook.account
    if REFERENCE_YEAR not in account.years:
        return Held(reason=NO_YEAR, allowed=allowed)
    try:
        by_sector = account.emissions.select(municipality=plan.code).take(axes.YEAR, (REFERENCE_YEAR,))
        inhabitants = account.population.at(plan.code, REFERENCE_YEAR)
        table = split(by_sector, against.national, inhabitants=inhabitants)
        emitted = by_interval_sector(table)
        tested = interval_test(emitted, load.sector_intervals(), allowed_2030=allowed)
    except KlimaplanError as refused:
        first = refused.findings[0]
        return Held(reason=Text(first.message("da"), first.message("en")), allowed=allowed)
    return Held(tested, None, allowed, emitted, table.emissions.provenance)


def as_record(held: Held) -> dict[str, object]:
    """Stable keys; figures are null where the test does not apply."""
    tested, source = held.test, load.interval_source()
    return {
        "applicable": tested is not None,
        "reason": None if held.reason is None else {"da": held.reason.da, "en": held.reason.en},
        "verdict": None if tested is None else str(tested.verdict),
        "low": None if tested is None else tested.low,
        "mid": None if tested is None else tested.mid,
        "high": None if tested is None else tested.high,
        "reduction": None if tested is None else tested.reduction,
        "allowed_2030": held.allowed,
        "emitted_2019": {str(sector): tonnes for sector, tonnes in held.emitted.items()},
        "official": False,
        "reservation": {"da": UNOFFICIAL.da, "en": UNOFFICIAL.en},
        "source": {
            "key": source.key, "title": source.title, "publisher": source.publisher, "version": source.version,
            "note": source.note,
        },
        "method": "interval",
        "explanation": None if held.seen is None else held.seen.as_record(),
    }  # fmt: skip


def show(held: Held, name: str) -> None:
    title = say(f"målet for {TARGET_YEAR} mod sektorintervallerne (uofficielt)",
                f"the target of {TARGET_YEAR} against the sector intervals (unofficial)")  # fmt: skip
    if held.test is None:
        why = "" if held.reason is None else held.reason.read(language())
        typer.echo(f"{name}: {title}: " + say(f"prøves ikke. {why}", f"not tested. {why}"))
        return
    tested, source = held.test, load.interval_source()
    shares = (tested.low, tested.mid, tested.high, tested.reduction)
    print_table(
        f"{name}: {title}",
        [
            say("reduktion siden 2019", "reduction since 2019"), say("nedre ende", "low"), say("midte", "mid"),
            say("øvre ende", "high"), say("målet", "the target"),
        ],
        [[VERDICTS[tested.verdict].read(language()), *(percent(100.0 * share).lstrip("+") for share in shares)]],
        [
            UNOFFICIAL.read(language()),
            f"{source.publisher}: {source.title}, {source.version}. {source.note}",
        ],
    )  # fmt: skip
