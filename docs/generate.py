"""What the documentation takes from the program itself: help of the commands, the API, the glossary, the method pages.

A hook of MkDocs. A page marks the place with ``<!-- generated: NAME -->``; what stands there is made when the pages are
built, so it cannot fall behind. The method pages are the files that ship with the package, not copies of them.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from klimaplan.client import Client
from klimaplan.domain.assessment.criteria import CriteriaSet
from klimaplan.domain.assessment.rules import RULES
from klimaplan.domain.certification import workflow
from klimaplan.domain.errors import Finding
from klimaplan.reference import load

FOLDERS = {"en": "method", "da": "metode"}
"""Language of a method page → its folder in the documentation."""

FLOW = (
    "account", "per-head", "base-year", "baseline", "drivers", "forecasts", "targets", "gap",
    "streams", "library", "actions", "attribution", "residual", "interval", "assessment", "budget", "uncertainty",
    "costs",
)  # fmt: skip
"""The order in which the pages are best read; the others follow by name."""

MARK = re.compile(r"<!-- generated: ([a-z-]+) -->")
ELSEWHERE = re.compile(
    r"<(?:script|img|iframe|source)[^>]*\ssrc=\"(?:https?:)?//|<link[^>]*stylesheet[^>]*\"(?:https?:)?//"
)

OPENAPI = """
import json, django
django.setup()
from klimaplan.web.api.site import api
print(json.dumps(api.get_openapi_schema()))
"""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let the menu list the method pages, whichever there are."""
    for section in config.nav or []:
        [pages] = section.values()
        for language, folder in FOLDERS.items():
            if f"{folder}/index.md" in _first(pages):
                pages += [{_title(path): f"{folder}/{_slug(path)}.md"} for path in method_pages(language)]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the method pages of both languages."""
    for language, folder in FOLDERS.items():
        for path in method_pages(language):
            content = _links_between_files(path.read_text())
            files.append(File.generated(config, f"{folder}/{_slug(path)}.md", content=content))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Fill in what is generated."""
    return MARK.sub(lambda mark: GENERATED[mark[1]](), markdown)


def on_post_page(output: str, page: Any, **_: object) -> str:
    """Refuse a page that fetches anything from elsewhere."""
    if fetched := ELSEWHERE.search(output):
        raise PluginError(f"{page.file.src_uri}: {fetched[0]} is fetched from elsewhere. Put it into the project.")
    return output


def command_line() -> str:
    """The help of every command."""
    return "\n\n".join(
        f"## klimaplan {name}\n\n```text\n{help_of(*name.split())}\n```" if name else f"```text\n{help_of()}\n```"
        for name in ("", *commands())
    )


def commands() -> list[str]:
    """The subcommands in the order of the help, those of a group after it."""
    from typer.main import get_command

    from klimaplan.cli.main import app

    found = []
    for name, command in get_command(app).commands.items():
        found += [name, *(f"{name} {each}" for each in getattr(command, "commands", ()))]
    return found


def help_of(*words: str) -> str:
    """What `klimaplan … --help` prints on a terminal of 100 columns."""
    with TemporaryDirectory() as home:
        surroundings = {**os.environ, "COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1", "KLIMAPLAN_HOME": home}
        printed = _run("-m", "klimaplan", *filter(None, words), "--help", surroundings=surroundings)
    return "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())


def api() -> str:
    """Every address of the API with its parameters and answers."""
    described = openapi()
    return "\n\n".join(
        "\n".join(_endpoint(method, path, operation))
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    )


def openapi() -> dict[str, Any]:
    """The description of the API as the site serves it."""
    with TemporaryDirectory() as home:
        surroundings = {
            **os.environ, "KLIMAPLAN_HOME": home, "DJANGO_SETTINGS_MODULE": "klimaplan.web.config.settings",
        }  # fmt: skip
        described: dict[str, Any] = json.loads(_run("-c", OPENAPI, surroundings=surroundings))
    return described


def client() -> str:
    """Every method of the client for Python with the first sentence of what it says."""
    methods = [
        each
        for part in Client.__mro__
        for name, each in vars(part).items()
        if inspect.isfunction(each) and not name.startswith("_")
    ]
    rows = (
        f"| `{each.__name__}{_plain(inspect.signature(each))}` | {(inspect.getdoc(each) or '').partition(chr(10))[0]} |"
        for each in methods
    )
    return "\n".join(("| method | what it does |", "| --- | --- |", *rows))


def glossary() -> str:
    """The words of the field, Danish beside English."""
    rows = (
        f"| {term.word.da} | {term.word.en} | {term.meaning.da} | {term.meaning.en} |"
        for term in sorted(load.glossary(), key=lambda term: term.word.da.casefold())
    )
    return "\n".join(("| Dansk | English | Betydning | Meaning |", "| --- | --- | --- | --- |", *rows))


def criteria() -> str:
    """Every set of criteria, row by row, with what a machine checks."""
    return "\n\n".join("\n".join(_criteria_of(each)) for each in load.criteria_sets().values())


def _criteria_of(criteria_set: CriteriaSet) -> Iterator[str]:
    until = criteria_set.valid_to or "further notice"
    yield f"## {criteria_set.name.en} (`{criteria_set.slug}`)\n"
    yield f"{criteria_set.publisher}; plans submitted from {criteria_set.valid_from} to {until}. "
    yield f"{'Official' if criteria_set.official else criteria_set.reservation.en}\n"
    yield "| | demand | krav | weight | rule and thresholds | known from |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for each in criteria_set.criteria:
        thresholds = "; ".join(f"{name}={_threshold(value)}" for name, value in each.parameters.items())
        rule = f"[`{each.rule}`](#{each.rule}) {thresholds}" if each.rule else "a person"
        mark = " (partly)" if each.checkable == "partly" else ""
        cited = ", ".join(f"{cite.source} {cite.page}".strip() for cite in each.citations)
        yield (
            f"| {each.id} | {each.wording.en} | {each.wording.da} | {each.weight} | {rule}{mark} "
            f"| {cited} ({each.confidence}) |"
        )


def _threshold(value: object) -> str:
    return "+".join(value) if isinstance(value, tuple) else str(value)


def criteria_rules() -> str:
    """Every rule with what it asks and the thresholds it takes."""
    rows = []
    for rule in RULES.values():
        asked = "; ".join(
            f"`{name}`{' (may be left out)' if name in rule.optional else ''}: {parameter.described.en}"
            for name, parameter in rule.asks.items()
        )
        said = (inspect.getdoc(rule.judge) or "").partition("\n")[0]
        rows.append(f"### {rule.code}\n\n{said}" + (f"\n\nThresholds: {asked}." if asked else ""))
    return "\n\n".join(rows)


def certification() -> str:
    """The workflow of certification: drawn, and every step with what must be in order first."""
    states = ["| state | tilstand | whose turn |", "| --- | --- | --- |"]
    for each, named in workflow.STATE_NAMES.items():
        turn = "nobody's: the case has ended" if each in workflow.ENDED else f"the {workflow.OWNER[each]}"
        states.append(f"| {named.en} (`{each}`) | {named.da} | {turn} |")
    steps = ["| step | trin | from | to | who | what must be in order |", "| --- | --- | --- | --- | --- | --- |"]
    for way in workflow.STEPS:
        named, target = workflow.STEP_NAMES[way.step], workflow.STATE_NAMES[way.target]
        sources = ", ".join(workflow.STATE_NAMES[each].en for each in way.sources)
        guarded = "<br>".join(f"{found.what.en} (`{found.code}`)" for found in _refusals_of(way))
        steps.append(
            f"| {named.en} (`{way.step}`) | {named.da} | {sources} | {target.en} | the {way.actor} | {guarded or '–'} |"
        )
    return "\n\n".join((_drawn(), "## The states", "\n".join(states), "## The steps", "\n".join(steps)))


_NOTHING_IN_ORDER = workflow.Facts(
    date(2000, 1, 1), unassessed=("K1",), version_frozen=False, commitment_documented=False, unscored=("K1",),
    unmet=("K1",), open_questions=("K1",), same_person=True,
)  # fmt: skip


def _refusals_of(way: workflow.Way) -> Iterator[Finding]:
    """What each guard says when it refuses."""
    for guard in way.guards:
        found = guard(_NOTHING_IN_ORDER) or guard(replace(_NOTHING_IN_ORDER, open_questions=()))
        if found is None:
            raise PluginError(f"a guard of {way.step} never refuses")
        yield found


_WIDE, _HIGH, _APART = 190, 36, 84
_ASIDE = {workflow.State.REPLY: 1, workflow.State.RETURNED: -1}
"""States that stand beside the way, right or left of it."""


def _drawn() -> str:
    """The states from top to bottom, each step as an arrow; withdrawing, which leads out of all, is only said."""
    way = [each for each in workflow.State if each not in _ASIDE and each is not workflow.State.WITHDRAWN]
    at = {each: (0, number) for number, each in enumerate(way)}
    at |= {each: (side, way.index(workflow.State.REVIEW)) for each, side in _ASIDE.items()}
    arrows = [
        _arrow(at[source], at[each.target], workflow.STEP_NAMES[each.step].en)
        for each in workflow.STEPS if each.step is not workflow.Step.WITHDRAW for source in each.sources
    ]  # fmt: skip
    boxes = [_box(place, workflow.STATE_NAMES[each].en) for each, place in at.items()]
    return (
        f'<svg role="img" aria-labelledby="drawn" viewBox="-300 -10 890 {_APART * len(way)}" '
        'xmlns="http://www.w3.org/2000/svg" font-size="13" fill="currentColor" stroke="currentColor">'
        '<title id="drawn">The states of a case from the self-assessment to the certificate</title>'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0L8 4L0 8z"/></marker></defs>{"".join(arrows)}{"".join(boxes)}</svg>'
    )


def _box(place: tuple[int, int], name: str) -> str:
    x, y = _corner(place)
    return (
        f'<rect x="{x}" y="{y}" width="{_WIDE}" height="{_HIGH}" rx="18" fill="none"/>'
        f'<text x="{x + _WIDE / 2:g}" y="{y + 23}" text-anchor="middle" stroke="none">{name}</text>'
    )


def _arrow(source: tuple[int, int], target: tuple[int, int], name: str) -> str:
    """Straight down on the way, and from side to side beside it, there and back on two heights."""
    (x, y), (to_x, to_y) = _corner(source), _corner(target)
    if source[0] == target[0]:
        middle, down, end = x + _WIDE / 2, y + _HIGH, to_y
        return _line(f"M{middle:g} {down}V{end - 1}", middle + 6, (down + end) / 2 + 4, name)
    right = to_x > x
    begin, end = (x + _WIDE, to_x - 1) if right else (x, to_x + _WIDE + 1)
    lower = 26 if right else 10
    slope = to_y + lower if source[1] == target[1] else to_y + 18
    label = 15 if right else -4
    height = (y + lower + slope) / 2 + label
    return _line(f"M{begin} {y + lower}L{end} {slope}", (begin + end) / 2 - 30, height, name)


def _line(path: str, x: float, y: float, name: str) -> str:
    return (
        f'<path d="{path}" fill="none" marker-end="url(#tip)"/>'
        f'<text x="{x:g}" y="{y:g}" stroke="none" font-size="12">{name}</text>'
    )


def _corner(place: tuple[int, int]) -> tuple[int, int]:
    side, row = place
    return 50 + side * 330, row * _APART


def method_pages(language: str) -> list[Path]:
    """The method pages of one language, in the order in which they are best read."""
    pages = load.METHOD_PAGES.glob(f"*.{language}.md")
    return sorted(pages, key=lambda path: (FLOW.index(_slug(path)) if _slug(path) in FLOW else len(FLOW), path.name))


def method_list(language: str) -> str:
    """Every method page with its first paragraph."""
    return "\n".join(f"- [{_title(path)}]({_slug(path)}.md): {_summary(path)}" for path in method_pages(language))


def _plain(signature: inspect.Signature) -> str:
    """The arguments without `self` and without what they answer."""
    given = [each.replace(annotation=inspect.Parameter.empty) for each in signature.parameters.values()][1:]
    return str(inspect.Signature(given))


def _first(pages: Any) -> list[str]:
    """The file of the first entry of a section of the menu."""
    return list(pages[0].values()) if isinstance(pages, list) and isinstance(pages[0], dict) else []


def _slug(path: Path) -> str:
    return path.name.partition(".")[0]


def _title(path: Path) -> str:
    return path.read_text().partition("\n")[0].removeprefix("# ")


def _summary(path: Path) -> str:
    return path.read_text().partition("\n")[2].strip().partition("\n\n")[0]


def _endpoint(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"## {method.upper()} {path}\n"
    yield f"{operation['summary']}.\n"
    if "description" in operation:
        yield f"{operation['description']}\n"
    if body := operation.get("requestBody", {}).get("content"):
        yield "Sent: " + ", ".join(f"{_type(sent['schema'])} ({media})" for media, sent in body.items()) + ".\n"
    if parameters := operation.get("parameters"):
        yield "| parameter | in | type | needed | meaning |"
        yield "| --- | --- | --- | --- | --- |"
        for each in parameters:
            needed = "yes" if each.get("required") else "no"
            yield f"| `{each['name']}` | {each['in']} | {_type(each['schema'])} | {needed} | {_meaning(each)} |"
        yield ""
    yield (
        "Answers: "
        + ", ".join(f"{status} ({_type(_content(answer))})" for status, answer in operation["responses"].items())
        + "."
    )


def _meaning(parameter: dict[str, Any]) -> str:
    return str(parameter.get("description") or parameter["schema"].get("description") or "")


def _content(answer: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if "enum" in schema:
        return " or ".join(f"`{each}`" for each in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"] if each.get("type") != "null")
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return str(schema.get("type", "nothing"))


def _links_between_files(text: str) -> str:
    """On the site a neighbouring page is ``../slug/``; in the documentation it is a file."""
    return re.sub(r"\]\(\.\./([a-z-]+)/\)", r"](\1.md)", text)


def _run(*words: str, surroundings: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, *words],
        env=surroundings, cwd=Path(__file__).parent, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise PluginError(done.stderr)
    return done.stdout


GENERATED: dict[str, Callable[[], str]] = {
    "command-line": command_line,
    "certification": certification,
    "criteria": criteria,
    "criteria-rules": criteria_rules,
    "api": api,
    "client": client,
    "glossary": glossary,
    "methods": lambda: method_list("en"),
    "metoder": lambda: method_list("da"),
}
