"""The charts in words and as tables: what stands for a chart where it cannot be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klimaplan.domain.errors import Language, Text
from klimaplan.exports.charts import wording
from klimaplan.exports.charts.drawing import Table
from klimaplan.exports.charts.figures import Bar, BySector, Line, MovedBar, TargetPath, known
from klimaplan.exports.numbers import amount, plain

TONNES = Text("ton CO2e", "t CO2e")
PLACE = Text("Kommune eller gruppe", "Municipality or group")
BY = Text("Efter", "By")
PER_HEAD = Text("ton CO2e pr. indbygger", "t CO2e per inhabitant")


def tell_pathway(
    account: BySector,
    baseline: BySector,
    target: TargetPath | None,
    language: Language,
    plan: BySector | None = None,
) -> str:
    """The account, its largest sector, where the baseline (and the plan) ends, and the gap."""
    total = Line(account.years, account.amounts["total"])
    parts = [_from_to(total, language)]
    latest = {sector: account.amounts[sector][-1] for sector in wording.SECTORS}
    measured = {sector: value for sector, value in latest.items() if value is not None}
    if measured:
        largest = max(measured, key=lambda sector: measured[sector])
        parts.append(_say(
            language,
            "Største sektor i {year} er {sector} med {value}.",
            "The largest sector in {year} is {sector} with {value}.",
            year=account.years[-1], sector=wording.SECTORS[largest].read(language).lower(),
            value=amount(measured[largest], language),
        ))  # fmt: skip
    sinks = [wording.SECTORS[sector].read(language).lower() for sector, value in measured.items() if value < 0.0]
    if sinks:
        parts.append(_say(
            language, "Optager mere, end der udledes: {sinks}.", "Takes up more than is emitted: {sinks}.",
            sinks=", ".join(sinks),
        ))  # fmt: skip
    parts.append(_baseline(Line(baseline.years, baseline.amounts["total"]), language))
    if plan is not None:
        parts.append(_planned(Line(plan.years, plan.amounts["total"]), language))
    if target is not None:
        parts.append(_gap(target, language))
    return " ".join(parts)


def tell_curve(account: Line, baseline: Line, forecasts: Mapping[str, Line], language: Language) -> str:
    """The account, the baseline, and the trends in 2030 or their last year."""
    parts = [_from_to(account, language), _baseline(baseline, language)]
    for key, line in forecasts.items():
        pairs = known(line)
        year, value = next(((year, value) for year, value in pairs if year == 2030), pairs[-1])
        parts.append(_say(
            language, "{name} tendens i {year}: {value}.", "{name} trend in {year}: {value}.",
            name=wording.FORECASTS[key].read(language), year=year, value=amount(value, language),
        ))  # fmt: skip
    return " ".join(parts)


def tell_comparison(bars: Sequence[Bar], year: int, language: Language) -> str:
    """Every bar by name and amount, the subject first."""
    ordered = sorted(bars, key=lambda bar: not bar.is_subject)
    named = [f"{bar.name}: {_missing_or(bar.amount, language, 1)}" for bar in ordered]
    lead = _say(
        language,
        "Udledning pr. indbygger i {year}, i ton CO2e. ",
        "Emissions per inhabitant in {year}, t CO2e. ",
        year=year,
    )
    return lead + "; ".join(named) + "."


def tell_movements(bars: Sequence[MovedBar], language: Language) -> str:
    """Every bar with its two parts."""
    told = []
    for bar in bars:
        causes = (("new_data", bar.new_data), ("method_change", bar.method_change))
        parts = [
            f"{wording.CAUSES[cause].read(language).lower()} {amount(value, language, signed=True)}"
            for cause, value in causes
            if value
        ]
        told.append(f"{bar.label}: {', '.join(parts) if parts else _say(language, 'uændret', 'unchanged')}")
    return "; ".join(told) + "."


def table_by_sector(account: BySector, ahead: BySector, target: TargetPath | None, language: Language) -> Table:
    """One row per year: sectors, total, and the target path and gap where there are any."""
    headers = [
        f"{wording.YEAR.read(language)}",
        *(f"{name.read(language)}, {TONNES.read(language)}" for name in (*wording.SECTORS.values(), wording.TOTAL)),
    ]
    keys = [*wording.SECTORS, "total"]
    path = {} if target is None else dict(known(target.path))
    if target is not None:
        headers += [wording.TARGET_PATH.read(language), wording.GAP.read(language)]
    table = []
    for source in (account, ahead):
        for position, year in enumerate(source.years):
            row = [str(year), *(_tonnes(source.amounts[key][position], language) for key in keys)]
            if target is not None:
                expected, allowed = source.amounts["total"][position], path.get(year)
                over = None if expected is None or allowed is None else expected - allowed
                row += [_or_dash(allowed, language), _or_dash(over, language)]
            table.append(row)
    return Table(headers, table)


def table_of_lines(account: Line, baseline: Line, forecasts: Mapping[str, Line], language: Language) -> Table:
    """One row per year, one column per line."""
    lines = {
        wording.ACCOUNT.read(language): dict(known(account)),
        wording.BASELINE.read(language): dict(known(baseline)),
        **{wording.FORECASTS[key].read(language): dict(known(line)) for key, line in forecasts.items()},
    }
    years = sorted({year for line in lines.values() for year in line})
    headers = [wording.YEAR.read(language), *(f"{name}, {TONNES.read(language)}" for name in lines)]
    return Table(
        headers, [[str(year), *(_or_dash(line.get(year), language) for line in lines.values())] for year in years]
    )


def table_of_bars(bars: Sequence[Bar], language: Language) -> Table:
    return Table(
        [PLACE.read(language), PER_HEAD.read(language)],
        [[bar.name, plain(bar.amount, language, digits=2)] for bar in bars],
    )


def table_of_movements(bars: Sequence[MovedBar], language: Language) -> Table:
    headers = [
        BY.read(language),
        *(f"{cause.read(language)}, {TONNES.read(language)}" for cause in wording.CAUSES.values()),
    ]
    return Table(
        headers, [[bar.label, _tonnes(bar.new_data, language), _tonnes(bar.method_change, language)] for bar in bars]
    )


def _from_to(line: Line, language: Language) -> str:
    pairs = known(line)
    if not pairs:
        return _say(language, "Regnskabet mangler.", "The account is missing.")
    (first_year, first), (last_year, last) = pairs[0], pairs[-1]
    return _say(
        language,
        "Fra {first} i {first_year} til {last} i {last_year}.",
        "From {first} in {first_year} to {last} in {last_year}.",
        first=amount(first, language), first_year=first_year, last=amount(last, language), last_year=last_year,
    )  # fmt: skip


def _baseline(line: Line, language: Language) -> str:
    year, value = known(line)[-1]
    return _say(
        language,
        "Basisfremskrivningen ender på {value} i {year}.", "The baseline ends at {value} in {year}.",
        value=amount(value, language), year=year,
    )  # fmt: skip


def _planned(line: Line, language: Language) -> str:
    year, value = known(line)[-1]
    return _say(
        language,
        "Med planen ender den på {value} i {year}.", "With the plan it ends at {value} in {year}.",
        value=amount(value, language), year=year,
    )  # fmt: skip


def _gap(target: TargetPath, language: Language) -> str:
    return _say(
        language,
        "Manko i {year}: {value}.", "Gap in {year}: {value}.",
        year=target.gap_year, value=amount(target.excess, language, signed=True),
    )  # fmt: skip


def _say(language: Language, danish: str, english: str, **words: object) -> str:
    return Text(danish, english).read(language).format(**words)


def _tonnes(value: float | None, language: Language) -> str | None:
    return plain(value, language, digits=0)


def _or_dash(value: float | None, language: Language) -> str:
    """A line that has not begun or has ended is no missing figure."""
    return "–" if value is None else f"{plain(value, language, digits=0)}"


def _missing_or(value: float | None, language: Language, digits: int) -> str:
    return plain(value, language, digits=digits) or _say(language, "mangler", "missing")
