"""The method pages: Markdown in both languages beside the reference tables, drawn as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from klimaplan.domain.errors import Finding, Language, Text, UnknownCodeError
from klimaplan.reference import load


@dataclass(frozen=True, slots=True)
class MethodPage:
    """A method page: its title, its first paragraph as plain text, and its body as HTML without the title."""

    slug: str
    title: str
    summary: str
    html: str


@cache
def slugs() -> tuple[str, ...]:
    return tuple(sorted(path.name.removesuffix(".en.md") for path in load.METHOD_PAGES.glob("*.en.md")))


@cache
def page(slug: str, language: Language) -> MethodPage:
    """A method page; `UnknownCodeError` when there is none of that name."""
    if slug not in slugs():
        raise UnknownCodeError(Finding(
            "unknown-method", slug,
            Text("Der er ingen metodeside med det navn.", "There is no method page of that name."),
            Text("", ""),
            Text("Vælg en fra listen over metoder.", "Choose one from the list of methods."),
        ))  # fmt: skip
    title, _, body = (load.METHOD_PAGES / f"{slug}.{language}.md").read_text().partition("\n")
    body = body.strip()
    # raw HTML stays off: the pages are ours, but a page is no place to run anything
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(body)
    for token in tokens:
        if token.attrs.pop("style", None) == "text-align:right":  # the content policy forbids inline styles
            token.attrJoin("class", "to-the-right")
    html = _reachable(markdown.renderer.render(tokens, markdown.options, {}))
    return MethodPage(slug, title.removeprefix("# ").strip(), body.partition("\n\n")[0], html)


def _reachable(html: str) -> str:
    """What may scroll sideways on a narrow screen is reached by the keyboard, and a table keeps its name as one."""
    before, *tables = html.split("<table>")
    region = '<div class="table-region" role="region" tabindex="0" aria-label="{} {}"><table class="table">{}'
    regions = [region.format(_("Table"), number, table) for number, table in enumerate(tables, start=1)]
    named = "".join([before, *regions]).replace("</table>", "</table></div>")
    return named.replace("<pre>", '<pre tabindex="0">')


def all_pages(language: Language) -> list[MethodPage]:
    """Every method page, by title."""
    return sorted((page(slug, language) for slug in slugs()), key=lambda found: found.title)
