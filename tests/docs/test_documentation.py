"""The documentation says what the program does: every command, every address, every method. No link leads nowhere."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from klimaplan.domain.certification import workflow
from klimaplan.reference import load

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SOURCES = ROOT / "src" / "klimaplan"
COMMANDS = (
    "init", "serve", "national", "forecast", "pathway", "change", "import-account",
    "plan", "plan new", "plan check", "plan evaluate", "plan compare", "plan template", "plan schema", "plan programme",
    "plan assess", "assess",
    "backup", "restore", "audit", "audit verify", "invite", "digest",
)  # fmt: skip
READ_AS_FILES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
NAMED_IN_CODE = re.compile(r"\bmethod=\"([a-z-]+)\"")
NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![A-Za-z])")
WITH_A_POINT = {"4.0", "4.1", "8.2"}
"""Versions and sections keep their point in Danish."""

WRITTEN_COMMAND = re.compile(
    r"^(?: {4,}|\$ )(?:[A-Z_]+=\S+ )?klimaplan ((?:(?:plan|audit) )?[a-z-]+)(.*)$", re.MULTILINE
)


@cache
def generator() -> ModuleType:
    found = spec_from_file_location("generate", DOCS / "generate.py")
    assert found
    assert found.loader
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module


@cache
def help_of(command: str) -> str:
    return generator().help_of(*command.split())


def slugs_in_code() -> set[str]:
    """Every slug that a calculation, a page or a table names as its method."""
    in_code = {slug for file in SOURCES.rglob("*.py") for slug in NAMED_IN_CODE.findall(file.read_text())}
    described = (tomllib.loads(file.read_text()) for file in (SOURCES / "reference").rglob("*.toml"))
    return in_code | {said["method"] for said in described if "method" in said}


def test_the_readme_names_both_commands():
    readme = (ROOT / "README.md").read_text()
    assert "    make run " in readme
    assert "    make test " in readme


def test_the_menu_of_the_contributors_is_that_of_make():
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)) - {"help"}
    described = set(re.findall(r"^\| `make ([a-z]+)` \|", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE))
    assert described == targets


def test_the_licence_is_whole():
    licence = (ROOT / "LICENSE").read_text()
    for article in range(1, 16):
        assert re.search(rf"^{article}\.\s?[A-Z]", licence, re.MULTILINE), article
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in licence
    assert licence.rstrip().endswith("require the production of a new EUPL version.")


def test_every_command_is_in_the_reference():
    page = generator().command_line()
    assert set(re.findall(r"^## klimaplan ([a-z -]+)$", page, re.MULTILINE)) >= set(COMMANDS)
    assert "--target" in page
    assert "YEAR[/SECTOR]=PERCENT" in page


def test_every_address_of_the_api_is_in_the_reference():
    page = generator().api()
    for address in ("national", "municipalities", "municipalities/{code}/pathway", "groups/{kind}/{slug}", "sources"):
        assert f"## GET /api/v1/{address}\n" in page
    assert "| `target_year` | query | integer | no |" in page
    assert "422 (`Refusal`)" in page


def test_the_pages_have_a_place_for_everything_that_is_generated():
    marks = {mark for page in DOCS.rglob("*.md") for mark in generator().MARK.findall(page.read_text())}
    assert marks == set(generator().GENERATED)


def test_the_workflow_of_certification_is_drawn_and_told_from_the_state_table():
    page = generator().certification()
    # each step stands at its arrows and in its row; withdrawing leads out of every open state and is only told
    arrows = sum(len(way.sources) for way in workflow.STEPS if way.step != "withdraw")
    assert page.count('marker-end="url(#tip)"') == arrows == 11
    assert page.count("<rect ") == len(workflow.State) - 1
    for way in workflow.STEPS:
        assert f"| {workflow.STEP_NAMES[way.step].en} (`{way.step}`) |" in page
    for named in workflow.STATE_NAMES.values():
        assert f"| {named.en} (" in page
    assert "The letter of commitment is missing. (`document-missing`)" in page


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_method_that_the_code_names_has_a_page(language):
    assert {"account", "baseline", "forecasts", "gap"} <= slugs_in_code()
    written = {path.name.removesuffix(f".{language}.md") for path in load.METHOD_PAGES.glob(f"*.{language}.md")}
    assert slugs_in_code() <= written


@pytest.mark.parametrize("path", sorted(load.METHOD_PAGES.glob("*.md")), ids=lambda path: path.name)
def test_a_method_page_has_title_summary_formula_symbols_limits_and_sources(path):
    text = path.read_text()
    title, _, body = text.partition("\n")
    summary = body.strip().partition("\n\n")[0]
    assert title.startswith("# ")
    # the summary also stands in lists and in the description of the page, as plain text
    assert not re.search(r"[`*\[|#\n]", summary)
    wanted = {
        "da": (
            "## Hvad det svarer på",
            "## Form",
            "| Symbol |",
            "## Forbehold",
            "## Kilder",
        ),
        "en": (
            "## What it answers",
            "## Form",
            "| Symbol |",
            "## Limits",
            "## Sources",
        ),
    }[path.name.split(".")[1]]
    for part in wanted:
        assert part in text


@pytest.mark.parametrize("slug", sorted({path.name.split(".")[0] for path in load.METHOD_PAGES.glob("*.md")}))
def test_both_languages_of_a_method_page_have_the_same_parts_and_figures(slug):
    danish, english = ((load.METHOD_PAGES / f"{slug}.{language}.md").read_text() for language in ("da", "en"))
    for part in (r"^## ", r"^- ", r"^\| ", r"\]\(\.\./", r"^```"):
        assert len(re.findall(part, danish, re.MULTILINE)) == len(re.findall(part, english, re.MULTILINE)), part
    in_english, in_danish = (NUMBER.findall(text) for text in (english, danish))
    swapped = [
        number if number in WITH_A_POINT else number.translate(str.maketrans(".,", ",.")) for number in in_danish
    ]
    assert sorted(swapped) == sorted(in_english)


def test_no_link_leads_nowhere():
    method_pages = {
        f"{folder}/{path.name.removesuffix(f'.{language}.md')}.md"
        for language, folder in generator().FOLDERS.items()
        for path in load.METHOD_PAGES.glob(f"*.{language}.md")
    }
    lost = []
    for page in READ_AS_FILES:
        for target in LINK.findall(page.read_text()):
            there = (page.parent / target).resolve()
            generated = there.is_relative_to(DOCS) and str(there.relative_to(DOCS)) in method_pages
            if "://" not in target and not there.exists() and not generated:
                lost.append(f"{page.relative_to(ROOT)}: {target}")
    assert lost == []


def test_links_between_method_pages_lead_to_a_page():
    for path in load.METHOD_PAGES.glob("*.md"):
        for slug in re.findall(r"\]\(\.\./([a-z-]+)/\)", path.read_text()):
            assert (load.METHOD_PAGES / f"{slug}.{path.name.split('.')[1]}.md").is_file(), f"{path.name}: {slug}"


def test_commands_and_options_that_the_documentation_writes_exist():
    seen = 0
    for page in READ_AS_FILES:
        for command, rest in WRITTEN_COMMAND.findall(page.read_text()):
            assert command in COMMANDS, f"{page.name}: klimaplan {command}"
            for option in re.findall(r"--[a-z][a-z-]+", rest):
                assert option in help_of(command), f"{page.name}: klimaplan {command} {option}"
                seen += 1
    assert seen > 15


def test_the_glossary_stands_in_both_languages_in_danish_order():
    rows = generator().glossary().splitlines()[2:]
    words = [row.split(" | ")[0].removeprefix("| ") for row in rows]
    assert "| manko | gap |" in "\n".join(rows)
    assert words == sorted(words, key=str.casefold)
    assert len(words) >= 30
