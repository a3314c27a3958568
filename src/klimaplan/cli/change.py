"""`klimaplan change`: why the account of one municipality changed between two years, in parts that add up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from klimaplan.cli import change_detail
from klimaplan.cli.answers import KINDS, language, print_json, print_table, records, say, sector_name, tonnes
from klimaplan.cli.figures import current_account
from klimaplan.domain.errors import Finding, InputError, Severity, Text
from klimaplan.domain.geography import Municipality
from klimaplan.domain.inventory.account import Account, Sector, check
from klimaplan.domain.inventory.explaining import Explanation, Part
from klimaplan.domain.projection.national import NationalProjection
from klimaplan.reference import load

PARTS = {
    Part.POPULATION: Text("befolkning", "population"),
    Part.NATIONAL_DEVELOPMENT: Text("landets udvikling pr. indbygger", "national development per inhabitant"),
    Part.LOCAL_REMAINDER: Text("lokal rest", "local remainder"),
    Part.ACTIVITY: Text("aktivitet", "activity"),
    Part.INTENSITY: Text("intensitet", "intensity"),
    Part.FACTOR: Text("emissionsfaktor", "emission factor"),
    Part.INTENSITY_AND_FACTOR: Text("intensitet og emissionsfaktor", "intensity and emission factor"),
    Part.NATIONAL_POLICY: Text("national politik", "national policy"),
    Part.LOCAL_ACTION: Text("lokale tiltag", "local action"),
    Part.NOT_DECOMPOSED: Text("ikke delt op", "not decomposed"),
}


def _print_template(wanted: bool) -> None:  # called by the parser
    if wanted:
        from klimaplan.cli.change_template import template

        _out(template())


def _print_schema(wanted: bool) -> None:  # called by the parser
    if wanted:
        from klimaplan.sources.change_details.schema import schema_text

        _out(schema_text())


def _out(text: str) -> None:
    """UTF-8 whatever the terminal's encoding, and then no command."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    raise typer.Exit


def change(
    code: Annotated[str, typer.Argument(help="The municipality: code (167, 0167) or name.")],
    *,
    first: Annotated[
        str | None, typer.Option("--from", metavar="YEAR", help="The earlier year; without it the account's first.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="YEAR", help="The later year; without it the account's last.")
    ] = None,
    detail: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What is known of activity, factors and effects: .toml or .json."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    _template: Annotated[
        bool,
        typer.Option(
            "--template", is_eager=True, callback=_print_template, help="Print an example of such a file, and end."
        ),
    ] = False,
    _schema: Annotated[
        bool,
        typer.Option(
            "--schema", is_eager=True, callback=_print_schema, help="Print the JSON Schema of such a file, and end."
        ),
    ] = False,
) -> None:
    """Why the account changed between two years: population, national development per inhabitant, local remainder.

    With --detail also activity, intensity, factor, national policy and local action, as far as the file knows them.
    The parts of a sector add up to its change. What cannot be split stays whole and says why.
    """
    municipality = load.find_municipality(code)
    account, projection = current_account(), load.national_projection()
    span = _span(first, last, account)
    found, read = change_detail.explained(account, projection, municipality, span, detail)
    own = [finding for finding in check(account) if finding.place.startswith(f"{municipality.code}/")]
    findings = (*own, *(_not_decomposed(sector, why) for sector, why in found.reasons.items()))
    if json:
        record = _as_record(municipality, found, projection, findings)
        print_json({**record, "detail": change_detail.as_record(read, "" if detail is None else detail.name)})
    else:
        _show(municipality, found, projection, findings, change_detail.notes(read, span))


def _as_record(
    municipality: Municipality, found: Explanation, projection: NationalProjection, findings: tuple[Finding, ...]
) -> dict[str, object]:
    """The answer with stable keys; a sector that cannot be split has the one part `not-decomposed`."""
    return {
        "municipality": {"code": municipality.code, "name": municipality.name},
        "from": found.first_year,
        "to": found.last_year,
        "change": found.total,
        "change_by_sector": {str(sector): found.change[sector] for sector in Sector},
        "by_sector": {
            str(sector): {str(part): tonnes for part, tonnes in found.parts[sector].items()} for sector in Sector
        },
        "totals": {str(part): tonnes for part, tonnes in found.by_part().items()},
        "unit": "t CO2e",
        "findings": records(findings),
        "explanation": {
            "change": found.provenance.as_record(),
            "national": projection.total.provenance.as_record(),
        },
    }


def _show(
    municipality: Municipality,
    found: Explanation,
    projection: NationalProjection,
    findings: tuple[Finding, ...],
    known: list[str],
) -> None:
    together = found.by_part()
    shown = tuple(together)
    span = f"{found.first_year}–{found.last_year}"
    seen = found.provenance
    told = (
        f"{KINDS[seen.kind].read(language())} · {seen.source} · version {seen.version} · GWP {seen.gwp} · "
        f"{projection.edition} · t CO2e; {'; '.join(seen.steps)}"
    )
    print_table(
        f"{municipality.name}: " + say(f"hvorfor udledningen ændrede sig {span}, t CO2e",
                                       f"why emissions changed {span}, t CO2e"),
        ["", say("ændring", "change"), *(PARTS[part].read(language()) for part in shown)],
        [
            *(
                [
                    sector_name(sector), tonnes(found.change[sector]),
                    *(tonnes(found.parts[sector].get(part)) for part in shown),
                ]
                for sector in Sector
            ),
            [sector_name("total"), tonnes(found.total), *(tonnes(together[part]) for part in shown)],
        ],
        [told, *known, *(finding.message(language()) for finding in findings)],
    )  # fmt: skip


def _span(first: str | None, last: str | None, account: Account) -> tuple[int, int]:
    """The two years, both of the account and in their order."""
    known = {str(year): year for year in account.years}
    given = [(first, account.years[0], "--from"), (last, account.last_year, "--to")]
    if refused := [
        _unknown_year(name, text, account) for text, _, name in given if text is not None and text.strip() not in known
    ]:
        raise InputError(refused)
    began, ended = (usual if text is None else known[text.strip()] for text, usual, _ in given)
    if began >= ended:
        raise InputError(_years_reversed(began, ended))
    return began, ended


def _not_decomposed(sector: Sector, why: Text) -> Finding:
    return Finding(
        "sector-not-decomposed", str(sector),
        why,
        Text("Hele ændringen står som ikke delt op.", "The whole change stands as not decomposed."),
        Text("", ""),
        Severity.INFO,
    )  # fmt: skip


def _unknown_year(option: str, text: str, account: Account) -> Finding:
    span = f"{account.years[0]}–{account.last_year}"
    return Finding(
        "unknown-year", option,
        Text(f"»{text}« er ikke et af regnskabets år, {span}.", f"“{text}” is none of the account's years, {span}."),
        Text("", ""),
        Text("Vælg et af de år.", "Choose one of those years."),
    )  # fmt: skip


def _years_reversed(first: int, last: int) -> Finding:
    return Finding(
        "years-reversed", f"{first}–{last}",
        Text("Der er ingen tid mellem de to år.", "There is no time between the two years."),
        Text("", ""),
        Text("Lad --to være et senere år end --from.", "Let --to be a later year than --from."),
    )  # fmt: skip
