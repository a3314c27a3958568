"""Every table and every rule, all findings at once: what `make check` and `python -m klimaplan.reference` ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from klimaplan.domain.errors import Finding, Severity
from klimaplan.domain.inventory.account import ROUNDING_T
from klimaplan.reference import findings, rules, tables
from klimaplan.reference.accounts import VERSION
from klimaplan.reference.bibliography import SOURCES, read_bibliography
from klimaplan.reference.tables import Columns

METHOD_PAGES = tables.FOLDER / "method"
PROJECTIONS = ("kf25",)

PROJECTION_ROUNDING_MT = Decimal("0.03")
"""The eight national sectors and their total are published with two decimals, in Mt CO2e."""


def validate_all(*, on: date | None = None) -> tuple[Finding, ...]:
    """Hold every table against its schema and every rule.

    Parameters
    ----------
    on : the day by which facts must have been checked lately; today without it

    Returns
    -------
    all findings in order of table; a fact that is due for another look is a warning, everything else an error
    """
    day = on or datetime.now(UTC).date()
    read: dict[str, Columns] = {}
    found: list[Finding] = []
    for name in tables.names():
        if not tables.path_of(name).is_file():
            found.append(findings.table_absent(f"{name}.csv"))
        elif not tables.path_of(name).with_suffix(".toml").is_file():
            found.append(findings.schema_absent(f"{name}.csv"))
        else:
            cells, faults = tables.inspect(tables.path_of(name), tables.schema(name))
            found.extend(faults)
            if not faults:
                read[name] = cells
    sources, faults = read_bibliography(SOURCES)
    found.extend(faults)
    for name, cells in read.items():
        found.extend(_surroundings(name, cells, read, sources, day))
    if not any(finding.severity is Severity.ERROR for finding in found):
        # the rules below read several tables together, so all of them must be sound
        found.extend(_figures(read))
    return tuple(found)


def _surroundings(
    name: str, cells: Columns, read: Mapping[str, Columns], sources: Iterable[str], on: date
) -> Iterator[Finding]:
    file, schema = f"{name}.csv", tables.schema(name)
    for column in schema.columns:
        if column.references == "sources":
            yield from rules.references(file, column, cells[column.name], sources)
        elif column.references:
            table, _, code = column.references.rpartition(".")
            if table in read:
                yield from rules.references(file, column, cells[column.name], read[table][code])
    yield from rules.checked_lately(file, schema, cells, on=on)
    yield from rules.method_page_there(file, schema, METHOD_PAGES)


def _figures(read: Mapping[str, Columns]) -> Iterator[Finding]:
    figures = f"account/figures-{VERSION}"
    yield from rules.complete(f"{figures}.csv", read[figures], "municipality", "year", "sector")
    yield from rules.parts_make_total(
        f"{figures}.csv", read[figures], "municipality", "year", tolerance=Decimal(ROUNDING_T)
    )
    for set_ in ("per-head", "population", "renewable-electricity"):
        name = f"account/{set_}-{VERSION}"
        yield from rules.complete(f"{name}.csv", read[name], "municipality", "year")
    for edition in PROJECTIONS:
        name = f"projection/{edition}"
        yield from rules.complete(f"{name}.csv", read[name], "year", "sector")
        yield from rules.parts_make_total(f"{name}.csv", read[name], "year", tolerance=PROJECTION_ROUNDING_MT)
        yield from rules.counted_once(
            f"{name}-mapping.csv",
            read[f"{name}-mapping"],
            read[f"{name}-left-out"]["national_sector"],
            read[name]["sector"],
        )
    yield from rules.one_group_at_a_time("denmark/memberships.csv", read["denmark/memberships"])
    municipalities = read["denmark/municipalities"]
    names = dict(zip(municipalities["name"], municipalities["code"], strict=True))
    yield from rules.aliases_point_to_one("denmark/aliases.csv", read["denmark/aliases"], names)
    for name in ("targets/municipal-targets", "targets/national-targets"):
        yield from rules.targets_say_enough(f"{name}.csv", read[name])
