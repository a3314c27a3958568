"""The figures of a page as files to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Language, Text, UnknownCodeError
from klimaplan.exports.tables import About, Fact, to_csv, to_json, to_xlsx
from klimaplan.web.public.charts import Link
from klimaplan.web.public.explaining import title_of
from klimaplan.web.public.schema import Explanation, SubjectPicture, Values

TONNES = "t CO2e"
PER_HEAD = "t CO2e/inhabitant"


@dataclass(frozen=True, slots=True)
class File:
    """A file to send: its name, its kind and its bytes."""

    name: str
    content_type: str
    content: bytes


Writer = Callable[[Sequence[Fact], About, Language], bytes]

WRITERS: dict[str, tuple[str, Writer]] = {
    "csv": ("text/csv; charset=utf-8", lambda facts, about, language: to_csv(facts)),
    "json": ("application/json", lambda facts, about, language: to_json(facts, about)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
}


def links(picture: SubjectPicture) -> list[Link]:
    """The files of a municipality, one per format."""
    return [
        Link(
            reverse("download", args=[picture.key, format_]),
            _("All figures as %(format)s") % {"format": format_.upper()},
        )
        for format_ in WRITERS
    ]


def write(picture: SubjectPicture, format_: str, language: Language) -> File:
    """All figures of a subject in a format; `UnknownCodeError` for a format that is not written."""
    if format_ not in WRITERS:
        raise UnknownCodeError(Finding(
            "unknown-format", format_,
            Text("Det format skrives ikke.", "That format is not written."),
            Text("", ""),
            Text(f"Vælg: {', '.join(WRITERS)}.", f"Choose: {', '.join(WRITERS)}."),
        ))  # fmt: skip
    content_type, writer = WRITERS[format_]
    content = writer(list(facts(picture)), about(picture), language)
    return File(f"klimaplan-{picture.key}.{format_}", content_type, content)


def about(picture: SubjectPicture) -> About:
    """Where the figures come from, for the file itself."""
    seen = picture.account.explanation
    return About(
        f"klimaplan: {picture.name.da} ({picture.key})",
        [
            ("source", title_of(seen.source)),
            ("method version", seen.version),
            ("retrieved", f"{seen.retrieved}"),
            ("gwp", f"{seen.gwp}"),
            ("licence", "public figures, free use with source"),
            ("demo", "rows marked demo rest on invented targets"),
        ],
    )


def facts(picture: SubjectPicture) -> Iterator[Fact]:
    """Every number of a picture: account, per head, change, baseline, trends, target path and gap."""
    account, baseline = picture.account, picture.baseline
    seen, first = account.explanation, account.years[0]
    yield from _table(picture, "account", account.years, account.emissions, seen)
    yield from _table(picture, "account_per_head", account.years, account.per_head, _made(seen, "per-head"))
    changed = _made(seen, "base-year")
    yield from _table(picture, "change", account.years, account.change_pct, changed, base_year=first)
    yield from _table(picture, "baseline", baseline.years, baseline.emissions, baseline.explanation)
    driven = baseline.emissions_with_population
    yield from _table(picture, "baseline_with_population", baseline.years, driven, baseline.explanation)
    for trend, values in picture.forecasts.total.items():
        measure, behind = f"forecast_{trend}", picture.forecasts.explanation
        yield from _table(picture, measure, picture.forecasts.years, {"total": list(values)}, behind)
    if gap := picture.gap:
        demo = any(target.demo for target in picture.targets)
        path: Values = {"total": list(gap.path)}
        yield from _table(picture, "target_path", gap.years, path, gap.explanation, demo=demo)
        yield from _table(picture, "gap", gap.years, gap.by_sector, gap.explanation, demo=demo)
        yield from _table(picture, "gap_per_head", gap.years, {"total": gap.per_head}, gap.explanation, demo=demo)
        if gap.pct_of_base is not None:
            share: Values = {"total": list(gap.pct_of_base)}
            yield from _table(
                picture, "gap_of_base", gap.years, share, gap.explanation, base_year=gap.base_year, demo=demo
            )


def _table(
    picture: SubjectPicture, measure: str, years: list[int], values: Values, seen: Explanation,
    *, base_year: int | None = None, demo: bool = False,
) -> Iterator[Fact]:  # fmt: skip
    for sector, by_year in values.items():
        for year, value in zip(years, by_year, strict=True):
            yield Fact(
                picture.key, picture.name.da, year, sector, measure, value, _unit(measure), seen.kind, base_year,
                seen.source, seen.version, seen.method or "account", seen.gwp or "", demo,
            )  # fmt: skip


def _unit(measure: str) -> str:
    if measure in {"change", "gap_of_base"}:
        return "%"
    return PER_HEAD if measure.endswith("per_head") else TONNES


def _made(seen: Explanation, method: str) -> Explanation:
    return seen.model_copy(update={"kind": "calculated", "method": method})
