"""`klimaplan plan new`: the beginning of a plan, with the published targets and the streams of a municipality."""

from __future__ import annotations

from klimaplan.cli.answers import say
from klimaplan.domain import axes
from klimaplan.domain.geography import Municipality
from klimaplan.domain.inventory.account import of_group
from klimaplan.domain.inventory.streams import StreamTable
from klimaplan.domain.pathway.base_year import BaseYears
from klimaplan.domain.pathway.target import scope_of
from klimaplan.reference import load
from klimaplan.sources.plan_files import FORMAT, Ground, PlanFile
from klimaplan.sources.plan_files.model import Head, TargetEntry
from klimaplan.sources.plan_files.writing import to_toml


def skeleton(municipality: Municipality | None, against: Ground) -> PlanFile:
    """A plan without actions; what a published target lacks stands in the notes."""
    gwp = against.outlook.account.emissions.provenance.gwp
    if municipality is None:
        return PlanFile(format=FORMAT, plan=Head(municipality="", title=say("Klimaplan", "Climate plan"), gwp=gwp))
    title = say(f"Klimaplan for {municipality.name}", f"Climate plan of {municipality.name}")
    targets, notes = _targets(municipality, against)
    head = Head(municipality=municipality.code, title=title, gwp=gwp, notes=" ".join(notes))
    return PlanFile(format=FORMAT, plan=head, target=tuple(targets))


def as_toml(file: PlanFile, table: StreamTable | None) -> str:
    """The skeleton as text, with an example of an action and the streams as comments."""
    lines = [to_toml(file), f"# {say('Et tiltag, som eksempel:', 'An action, as an example:')}", *_EXAMPLE]
    if table is not None:
        year = table.emissions.axis(axes.YEAR).labels[0]
        lines += ["", f"# {say('Kommunens strømme', 'The streams of the municipality')}, {year}, t CO2e"]
        tonnes = table.emissions.sum(axes.GAS)
        for stream in table.streams:
            mark = say("skønnet efter landet", "estimated from the country") if stream.key in table.estimated else ""
            name = say(stream.name.da, stream.name.en)
            lines.append(f"#   {stream.key:<32} {tonnes.at(stream.key, year):>12.1f}  {name}  {mark}".rstrip())
    return "\n".join(lines) + "\n"


_EXAMPLE = (
    "# [[action]]",
    '# key = "a01"',
    f'# title = "{"…"}"',
    '# roles = ["operator"]',
    "# [[action.lever]]",
    '# kind = "reduce-activity"',
    '# stream = "I.2.1/fossil_heating"',
    "# share = { low = 0.1, central = 0.2, high = 0.3 }",
    '# source = "…"',
    '# ramp = { shape = "linear", start = 2025, end = 2035 }',
)


def _targets(municipality: Municipality, against: Ground) -> tuple[list[TargetEntry], list[str]]:
    targets, notes = [], []
    bases = BaseYears({}, of_group(against.outlook.account.emissions, [municipality.code]))
    for row in load.municipal_targets():
        if row.municipality != municipality.code:
            continue
        base_tonnes = row.base_tonnes
        if base_tonnes is None and row.base_year is not None:
            found = bases.find(row.base_year, scope_of(row.sectors))
            base_tonnes = None if found is None else found.tonnes
        if row.kind == "reduction" and base_tonnes is None:
            what = f"{row.year}, {row.sectors}, {row.reduction_pct:g} %, {row.base_year}, {row.source}"
            notes.append(
                say(f"Målet ({what}) mangler ton i basisåret.", f"The target ({what}) lacks tonnes of its base year.")
            )
            continue
        is_intensity = row.kind == "intensity"
        targets.append(TargetEntry(
            year=row.year, sectors=row.sectors, source=row.source,
            base_year=row.base_year, base_tonnes=base_tonnes, reduction_pct=row.reduction_pct,
            level=None if is_intensity else row.level,
            tonnes_per_inhabitant=row.level if is_intensity else None, inhabitants=row.inhabitants,
        ))  # fmt: skip
    return targets, notes
