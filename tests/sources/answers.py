"""Answers in the shape of the account's interface: small ones by hand, and those of the published figures."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from klimaplan.sources.account.key_figures import Place

ACCOUNT = Path(__file__).resolve().parents[2] / "src" / "klimaplan" / "reference" / "account"
TYPE = "Samlet CO2-udledning"
LOOK_ALIKE = "Samlet CO2-udledning ekskl. landbrug"
RENEWABLE = "VE-el selvforsyningsgrad (Vind-, sol- og vandbaseret-elproduktion)"
PUBLISHED = {
    "Energi": "energy", "Transport": "transport", "Landbrug": "agriculture", "Kemiske processer": "processes",
}  # fmt: skip

Row = dict[str, Any]

SMALL: Mapping[str, float] = {
    "Energi": 50, "Transport": 30, "Landbrug": -90, "Affaldsdeponi": 3, "Spildevand": 1, "Kemiske processer": 1,
}  # fmt: skip
"""50 + 30 − 90 + 3 + 1 + 1 = −5 t; without agriculture 85 t. With 20 inhabitants −0.25 t each."""


def row(sector: str, value: object, unit: str = "Ton CO2e", type_: str = TYPE) -> Row:
    return {"sektor": sector, "type": type_, "enhed": unit, "værdi": value}


def small_rows(**changed: object) -> list[Row]:
    """The rows of the small answer, some sectors (spaces as underscores) with other figures; None is null."""
    told: dict[str, object] = {**SMALL, "Samlet": -5, **{name.replace("_", " "): to for name, to in changed.items()}}
    return [*(row(sector, value) for sector, value in told.items()), row("Samlet", -0.25, "Ton CO2e/indb.")]


def encode(rows: Sequence[Row], **beside: object) -> bytes:
    return json.dumps({**beside, "data": rows}, ensure_ascii=False).encode()


@cache
def published_answer(place: Place) -> bytes:
    """What the interface would answer for the figures of the reference table: 58 rows with every trap in them."""
    return encode(published_rows(place))


def published_rows(place: Place) -> list[Row]:
    sectors, total, per_head = _published()[place]
    people = float(total) / float(per_head)
    without = total - sectors["Landbrug"]
    return [
        *(row(sector, float(value)) for sector, value in sectors.items()),
        *(row(sector, round(float(value) / people, 3), "Ton CO2e/indb.") for sector, value in sectors.items()),
        *(row(sector, round(float(value) / 70, 1), "Ton CO2e/km²") for sector, value in sectors.items()),
        # the total without agriculture stands first and is labelled the same: neither order nor size tells them apart
        row("Samlet", float(without)),
        row("Samlet", float(total)),
        row("Samlet", round(float(without) / people, 3), "Ton CO2e/indb."),
        row("Samlet", float(per_head), "Ton CO2e/indb."),
        row("Samlet", float(without), type_=LOOK_ALIKE),
        row("Samlet", round(float(without) / people, 3), "Ton CO2e/indb.", LOOK_ALIKE),
        row("Samlet", float(_renewable()[place]), "%", RENEWABLE),
        *_energy_rows(),
    ]


def places() -> list[Place]:
    return sorted(_published())


def write_published(folder: Path, wanted: Sequence[Place] | None = None) -> Path:
    """The answers as files, one per municipality and year."""
    folder.mkdir(parents=True, exist_ok=True)
    for code, year in wanted or places():
        (folder / f"{code}-{year}.json").write_bytes(published_answer((code, year)))
    return folder


def _energy_rows() -> Iterator[Row]:
    names = (*SMALL, "Samlet")
    for type_ in ("Samlet slutenergiforbrug", "Samlet bruttoenergiforbrug"):
        yield from (row(name, 12.5, "TJ", type_) for name in names)
        yield from (row(name, None, "GJ/indb.", type_) for name in names)
    yield from (row("Samlet", 0.4, "%", type_) for type_ in ("VE-andel", "VE-andel i transport", "Fjernvarmeandel"))
    yield from (row("Energi", 3.5, "TJ", type_) for type_ in ("Vind", "Sol"))


@cache
def _published() -> dict[Place, tuple[dict[str, Decimal], Decimal, Decimal]]:
    by_place: dict[Place, dict[str, Decimal]] = {}
    for line in _table("figures-4.1.csv"):
        by_place.setdefault((line["municipality"], int(line["year"])), {})[line["sector"]] = Decimal(line["value"])
    per_head = {
        (line["municipality"], int(line["year"])): Decimal(line["value"]) for line in _table("per-head-4.1.csv")
    }
    found = {}
    for place, told in by_place.items():
        # waste is published as two sectors
        landfill = (told["waste"] * Decimal("0.3")).quantize(Decimal("0.1"))
        sectors = {name: told[code] for name, code in PUBLISHED.items()}
        sectors |= {"Affaldsdeponi": landfill, "Spildevand": told["waste"] - landfill}
        found[place] = (sectors, told["total"], per_head[place])
    return found


@cache
def _renewable() -> dict[Place, Decimal]:
    return {
        (line["municipality"], int(line["year"])): Decimal(line["value"])
        for line in _table("renewable-electricity-4.1.csv")
    }


def _table(name: str) -> Iterator[dict[str, str]]:
    with (ACCOUNT / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
