"""Texts of templates and code into the Danish catalogue, by Babel and the template reader of Django: no gettext."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
WEB = ROOT / "src/klimaplan/web"
CATALOGUE = WEB / "locale/da/LC_MESSAGES/django.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_noop": None, "gettext_lazy": None}


def collected() -> Catalog:
    """Every text there is, with the files it stands in."""
    catalogue = Catalog(locale="da", project="klimaplan", charset="utf-8", fuzzy=False)
    for path in sorted((*WEB.rglob("*.py"), *WEB.rglob("*.html"))):
        source = path.read_text(encoding="utf-8")
        code = _as_code(source) if path.suffix == ".html" else source
        place = str(path.relative_to(ROOT))
        for _line, message, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            if message and message != ("",):
                catalogue.add(message, locations=[(place, None)], context=context)
    return catalogue


def main() -> int:
    settings.configure()
    django.setup()
    wanted = collected()
    kept = read_po(CATALOGUE.open("rb"), locale="da") if CATALOGUE.exists() else Catalog(locale="da")
    if "--check" in sys.argv:
        lacking = [message.id for message in wanted if message.id and not _translated(kept, message.id)]
        gone = [message.id for message in kept if message.id and message.id not in wanted]
        for text in lacking:
            print(f"not in Danish: {text!r}")
        for text in gone:
            print(f"no longer used: {text!r}")
        return 1 if lacking or gone else 0
    for message in wanted:
        if message.id and (known := kept.get(message.id)):
            message.string = known.string
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, wanted, width=120, sort_output=True, ignore_obsolete=True, omit_header=False)
    return 0


def _as_code(template: str) -> str:
    """The texts of a template as calls of gettext; what Django leaves of the rest is no Python, so indents go."""
    return "\n".join(line.lstrip() for line in templatize(template).splitlines())


def _translated(catalogue: Catalog, identity: str | tuple[str, ...]) -> bool:
    known = catalogue.get(identity)
    if known is None or not known.string:
        return False
    return all(known.string) if isinstance(known.string, tuple) else True


if __name__ == "__main__":
    sys.exit(main())
