"""What everybody may see of revisions: the old plan beside the new one, and the guides."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdown_it import MarkdownIt

from klimaplan.domain.certification.revising import Fate
from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.reference import guides as texts
from klimaplan.reference import load
from klimaplan.web.certification.models import Revision
from klimaplan.web.certification.revisions import selectors
from klimaplan.web.certification.revisions.page import FATES, TargetLine, target_line
from klimaplan.web.config.errors import language
from klimaplan.web.organisations.selectors import organisation_of_municipality
from klimaplan.web.public.charts import Link
from klimaplan.web.public.plan_published import without_e_mail
from klimaplan.web.workspace.wording import read

FATES_IN_ORDER = (Fate.DONE, Fate.CONTINUED, Fate.CHANGED, Fate.REPLACED, Fate.DROPPED)


@dataclass(frozen=True, slots=True)
class Line:
    """An action of the old plan, and what became of it."""

    title: str
    reason: str
    successor: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Two published plans of a municipality beside each other."""

    code: str
    name: str
    demo: bool
    old: str
    new: str
    sentence: str
    targets: tuple[TargetLine, ...]
    fates: tuple[tuple[str, tuple[Line, ...]], ...]
    added: tuple[str, ...]
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One step of a guide as HTML."""

    step: str
    number: int
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A guide in the reader's language."""

    slug: str
    title: str
    lead: str
    version: str
    published: object
    publisher: str
    official: bool
    note: str
    sections: tuple[SectionLine, ...]


def comparison(code: str) -> ComparisonPage:
    """The latest revision that ended with a published plan.

    Raises
    ------
    UnknownCodeError : no such municipality, or nothing to compare
    """
    municipality = load.find_municipality(code)
    organisation = organisation_of_municipality(municipality.code)
    revision = selectors.published_revision(organisation)
    if revision is None or revision.new is None:
        raise UnknownCodeError(_none(municipality.name))
    old, new = (selectors.contents(each, "action") for each in (revision.old, revision.new))
    judged = selectors.judgements_of(revision, "action")
    fates = tuple(
        (read(FATES[fate]), tuple(_line(key, old, new, judged[key].reason, judged[key].successor)
                                  for key in old if key in judged and judged[key].fate == fate))
        for fate in FATES_IN_ORDER
    )  # fmt: skip
    added = tuple(str(each["title"]) for key, each in new.items() if key not in old)
    targets = tuple(target_line(each) for each in selectors.compared(revision, revision.new))
    return ComparisonPage(
        municipality.code, municipality.name, bool(revision.plan.demo), _named(revision, old=True),
        _named(revision, old=False), _sentence(targets), targets, tuple(each for each in fates if each[1]), added,
        tuple(each[language()] for each in revision.causes),
    )  # fmt: skip


def is_compared(code: str) -> bool:
    """Whether a municipality has a published plan that replaced a published one."""
    return selectors.published_revision(organisation_of_municipality(code)) is not None


def guide_page(slug: str) -> GuidePage:
    """A guide; `UnknownCodeError` where there is none."""
    found = texts.guide(slug, language())
    markdown = MarkdownIt("commonmark", {"html": False})
    return GuidePage(
        slug, found.title, found.lead, found.version, found.published, found.publisher, found.official,
        read(found.note),
        tuple(
            SectionLine(each.step, number, each.title, markdown.render(each.markdown))
            for number, each in enumerate(found.sections, start=1)
        ),
    )  # fmt: skip


def guides() -> tuple[GuidePage, ...]:
    return tuple(guide_page(slug) for slug in texts.guides())


def trail(page: ComparisonPage) -> list[Link]:
    return [
        Link(reverse("municipality", args=[page.code]), page.name),
        Link(reverse("public-plan", args=[page.code]), _("The climate plan")),
    ]


def guide_trail() -> list[Link]:
    return [Link(reverse("guides"), _("Guides"))]


def _line(
    key: str, old: dict[str, dict[str, object]], new: dict[str, dict[str, object]], reason: str, successor: str
) -> Line:  # fmt: skip
    by = new.get(successor, {}).get("title", "")
    return Line(without_e_mail(str(old[key]["title"])), without_e_mail(reason), str(by))


def _named(revision: Revision, *, old: bool) -> str:
    version = revision.old if old else revision.new
    said = _("version %(number)d") % {"number": version.number if version else 0}
    return f"{said} ({version.name})" if version and version.name else said


def _sentence(targets: tuple[TargetLine, ...]) -> str:
    weaker = sum(each.weaker for each in targets)
    if not targets:
        return _("The old plan has no target that can be compared.")
    if not weaker:
        return _("No target of the new plan wants less than before.")
    return ngettext(
        "%(count)d target wants less than before; the reason stands beside it.",
        "%(count)d targets want less than before; the reasons stand beside them.", weaker,
    ) % {"count": weaker}  # fmt: skip


def _none(name: str) -> Finding:
    return Finding(
        "nothing-to-compare", name,
        Text("Kommunen har ingen revideret og offentliggjort plan.",
             "The municipality has no revised and published plan."),
        Text("", ""),
        Text("Se den plan, der gælder.", "See the plan in force."),
    )  # fmt: skip
