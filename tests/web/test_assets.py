"""What the browser loads: complete, small, and from nowhere else. `npm run build` has run before."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from klimaplan.reference import load

WEB = Path(__file__).resolve().parents[2] / "src" / "klimaplan" / "web"
STATIC = WEB / "static"
BUILT = STATIC / "built"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))

FIRST_VIEW_BYTES = 250_000
STYLES_BYTES = 60_000
SCRIPTS_BYTES = 10_000
MAP_BYTES = 60_000

BORNHOLM, LAESOE, FREDERIKSHAVN, GULDBORGSUND, ESBJERG, COPENHAGEN = "400", "825", "813", "376", "561", "101"
SMALL_ROUND_COPENHAGEN = {
    "101", "147", "151", "153", "155", "157", "159", "161", "163", "165", "167", "173", "175", "183", "185", "187",
}  # fmt: skip


@pytest.fixture(scope="module")
def styles() -> str:
    return (BUILT / "klimaplan.css").read_text()


@pytest.fixture(scope="module")
def country() -> dict[str, Any]:
    built: dict[str, Any] = json.loads((BUILT / "map.json").read_text())
    return built


def _corners(d: str) -> list[tuple[float, float]]:
    """The points of path data that is made of `M x y l dx dy … z` only."""
    points = []
    for ring in d.split("M")[1:]:
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", ring)]
        x, y = 0.0, 0.0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
    return points


def _within(box: dict[str, float], country: dict[str, Any]) -> set[str]:
    """The municipalities with a corner in the box."""
    return {
        code
        for code, outline in country["municipalities"].items()
        if any(
            box["x"] <= x <= box["x"] + box["width"] and box["y"] <= y <= box["y"] + box["height"]
            for x, y in _corners(outline["d"])
        )
    }


def _packed(*files: Path) -> int:
    return sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files)


def test_the_map_has_the_municipalities_of_the_reference_table(country: dict[str, Any]) -> None:
    assert set(country["municipalities"]) == {each.code for each in load.municipalities()}


def test_outlines_are_closed_and_inside_the_map(country: dict[str, Any]) -> None:
    _, _, width, height = (float(number) for number in country["viewBox"].split())
    for code, outline in country["municipalities"].items():
        assert re.fullmatch(r"(M-?[\d.]+[ -][\d.]+l[\d. -]+z)+", outline["d"]), code
        for x, y in [*_corners(outline["d"]), (outline["cx"], outline["cy"])]:
            assert 0 <= x <= width, code
            assert 0 <= y <= height, code


def test_bornholm_alone_stands_in_the_inset(country: dict[str, Any]) -> None:
    assert _within(country["inset"], country) == {BORNHOLM}


def test_the_small_ones_round_copenhagen_are_shown_again_where_the_sea_is_empty(country: dict[str, Any]) -> None:
    enlarged = country["enlarged"]
    assert _within(enlarged["to"], country) == set()
    assert _within(enlarged["from"], country) == set(enlarged["codes"])
    assert set(enlarged["codes"]) >= SMALL_ROUND_COPENHAGEN
    source, target = enlarged["from"], enlarged["to"]
    assert target["width"] / target["height"] == pytest.approx(source["width"] / source["height"], rel=1e-3)
    assert target["width"] / source["width"] > 2.5


def test_places_lie_where_they_lie_in_denmark(country: dict[str, Any]) -> None:
    at = country["municipalities"]
    mainland = {code: outline for code, outline in at.items() if code != BORNHOLM}
    northernmost = min(mainland, key=lambda code: min(y for _, y in _corners(mainland[code]["d"])))
    southernmost = max(mainland, key=lambda code: max(y for _, y in _corners(mainland[code]["d"])))
    assert northernmost == FREDERIKSHAVN  # Skagen
    assert southernmost == GULDBORGSUND  # Gedser
    assert at[ESBJERG]["cx"] < at[COPENHAGEN]["cx"]
    assert at[LAESOE]["cx"] > at[FREDERIKSHAVN]["cx"]


def test_the_map_is_light() -> None:
    assert (BUILT / "map.json").stat().st_size <= MAP_BYTES


def test_styles_and_scripts_are_light() -> None:
    assert _packed(BUILT / "klimaplan.css") <= STYLES_BYTES
    assert _packed(*BUILT.glob("*.js")) <= SCRIPTS_BYTES


def test_the_frame_of_a_page_leaves_room_for_its_content() -> None:
    fonts = sum(font.stat().st_size for font in (BUILT / "fonts").iterdir())
    frame = fonts + _packed(BUILT / "klimaplan.css", BUILT / "icons.svg", *BUILT.glob("*.js"))
    assert frame <= FIRST_VIEW_BYTES / 2


def test_nothing_comes_from_another_host() -> None:
    for file in [*BUILT.rglob("*.css"), *BUILT.rglob("*.js"), *STATIC.rglob("*.svg")]:
        addresses = re.findall(r"""(?:https?:)?//[^\s"')]+""", re.sub(r"(?m)^\s*//.*$", "", file.read_text()))
        assert set(addresses) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}, file.name


def test_nothing_is_written_into_the_styles_as_data(styles: str) -> None:
    """The content security policy refuses data: addresses."""
    assert "data:" not in styles
    assert "@import" not in styles


def test_every_file_that_the_styles_name_is_there(styles: str) -> None:
    named = {name for name in re.findall(r"""url\(["']?([^"')]+)""", styles) if not name.startswith("#")}
    assert any(name.startswith("fonts/") for name in named)
    assert {name for name in named if not (BUILT / name).is_file()} == set()


def test_only_the_fonts_that_the_styles_name_are_served(styles: str) -> None:
    served = {f"fonts/{font.name}" for font in (BUILT / "fonts").iterdir()}
    assert served == set(re.findall(r"fonts/[\w-]+\.woff2", styles))
    assert styles.count("font-display:swap") == len(served)


def test_every_file_that_the_templates_name_is_there() -> None:
    named = {name for page in TEMPLATES for name in re.findall(r"""{% static ["']([^"']+)""", page.read_text())}
    assert "built/klimaplan.css" in named
    assert {name for name in named if not (STATIC / name).is_file()} == set()


def test_every_icon_that_the_templates_name_is_drawn() -> None:
    named = {name for page in TEMPLATES for name in re.findall(r'icon\.html" with name="([\w-]+)"', page.read_text())}
    # findings name their icon by severity
    named |= {"error", "warning", "info"}
    assert named == set(re.findall(r'<symbol id="([\w-]+)"', (BUILT / "icons.svg").read_text()))


@pytest.mark.parametrize("part", [r"<style", r"\sstyle=", r"\son[a-z]+=", r"<script(?![^>]*\ssrc=)", r"javascript:"])
def test_templates_keep_to_the_content_security_policy(part: str) -> None:
    assert [page.name for page in TEMPLATES if re.search(part, page.read_text())] == []


def test_licences_of_all_that_is_served_are_named() -> None:
    notices = (BUILT / "notices.txt").read_text()
    for words in ("dkfds 11", "IBM Plex Sans", "SIL OPEN FONT LICENSE", "react-denmark-map 1", "MIT License"):
        assert words.casefold() in notices.casefold()


def test_the_lock_names_no_place_of_download() -> None:
    lock = (WEB.parents[2] / "package-lock.json").read_text()
    assert '"integrity"' in lock
    assert '"resolved"' not in lock
