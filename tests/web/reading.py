"""Reads pages as a reader does: by headings, labels, rows and links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Element:
    """One element with what is inside it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """Everything inside, from the top down."""
        for each in self.inside:
            if isinstance(each, Element):
                yield each
                yield from each

    @property
    def text(self) -> str:
        """The words inside, with single spaces; a no-break space stays one."""
        written = "".join(each if isinstance(each, str) else f" {each.text} " for each in self.inside)
        return " ".join(part for part in written.replace("\n", " ").split(" ") if part)

    def all(self, tag: str, **wanted: str) -> list[Element]:
        """Elements by tag and attributes; ``class_`` asks for one of the classes, ``data_x`` for ``data-x``."""
        return [each for each in self if each.tag == tag and _fits(each, wanted)]

    def one(self, tag: str, **wanted: str) -> Element:
        [found] = self.all(tag, **wanted)
        return found


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Element("document")
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def page(response: HttpResponse) -> Element:
    """The page in a response; its elements must be closed in order."""
    builder = _Builder()
    builder.feed(response.content.decode())
    builder.close()
    assert builder._open == [builder.top]
    return builder.top


def numbers(page: Element) -> dict[str, str]:
    """The figures that stand by themselves: label → value with its unit."""
    return {
        _own_words(number.one("p", class_="number-label")): number.all("p", class_="number-value")[0].text
        for number in page.all("div", class_="number")
    }


def rows(table: Element) -> dict[str, list[str]]:
    """A table by the heading of its rows."""
    return {
        row.one("th", scope="row").text: [cell.text for cell in row.all("td")] for row in table.one("tbody").all("tr")
    }


def _own_words(element: Element) -> str:
    return "".join(each for each in element.inside if isinstance(each, str)).strip()


def _fits(element: Element, wanted: dict[str, str]) -> bool:
    for name, value in wanted.items():
        if name == "class_":
            if value not in element.attributes.get("class", "").split():
                return False
        elif element.attributes.get(name.replace("_", "-")) != value:
            return False
    return True
