"""Whose plan to copy from, which of its published versions, and which of its actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, InputError, Text, UnknownCodeError
from klimaplan.reference import load
from klimaplan.web.accounts.models import User
from klimaplan.web.config.errors import language
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.organisations.selectors import organisation as organisation_of
from klimaplan.web.plans import selectors, services, stored
from klimaplan.web.plans.models import Plan, PlanPart, PlanVersion
from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.plans.stored import Piece
from klimaplan.web.public.words import SECTORS
from klimaplan.web.workspace.fields import everything, last
from klimaplan.web.workspace.listing import YEARS
from klimaplan.web.workspace.plan_page import Frame, frame_of
from klimaplan.web.workspace.wording import read, whole

OWN_LEVERS = "own"
"""What is chosen for actions that stand on no measure of the library."""


@dataclass(frozen=True, slots=True)
class Source:
    """A municipality with published plans."""

    slug: str
    name: str
    title: str
    version: int
    at: object
    demo: bool


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """All municipalities one can copy from."""

    frame: Frame
    sources: tuple[Source, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One action of the other plan.

    Parameters
    ----------
    effects : there, in each of the years shown; None where it has no computed effect
    copied : how many times this plan has it already
    """

    key: str
    title: str
    description: str
    sectors: tuple[tuple[str, str], ...]
    measure: str
    effects: tuple[str | None, ...]
    copied: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for, and what is ticked so far."""

    text: str = ""
    sector: str = ""
    measure: str = ""
    keys: frozenset[str] = frozenset()
    leave_effect: bool = False


@dataclass(frozen=True)
class OffersPage:
    """The actions of one version.

    Parameters
    ----------
    versions : of all published plans of the municipality, as codes to choose from
    kept : ticked actions that the filter hides; they stay ticked
    """

    frame: Frame
    slug: str
    name: str
    title: str
    demo: bool
    code: str
    versions: tuple[tuple[str, str], ...]
    wish: Wish
    offers: tuple[Offer, ...]
    kept: tuple[str, ...]
    count: int
    measures: tuple[tuple[str, str], ...]
    refused: tuple[tuple[str, str], ...] = ()
    years: tuple[int, ...] = YEARS

    @property
    def sectors(self) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in SECTORS.items() if code != "total"]

    @property
    def ticked(self) -> int:
        return len(self.wish.keys)


def sources_page(user: User, plan: Plan, text: str) -> SourcesPage:
    wanted = text.strip().casefold()
    found = [
        Source(
            each.plan.organisation.slug, each.plan.organisation.name(language()), each.plan.title, each.number, each.at,
            bool(each.plan.demo),
        )
        for each in selectors.published_versions()
        if each.plan.pk != plan.pk and wanted in f"{each.plan.organisation.name_da} {each.plan.title}".casefold()
    ]  # fmt: skip
    return SourcesPage(frame_of(user, plan), tuple(found), text.strip())


def offers_page(
    user: User, plan: Plan, slug: str, asked: Mapping[str, Any], *, every: bool = False, refused: Sequence[Finding] = ()
) -> OffersPage:
    """The actions of a version that fit what is looked for.

    Parameters
    ----------
    every : tick all of those that are shown

    Raises
    ------
    UnknownCodeError : the municipality has published nothing
    """
    organisation, wish = organisation_of(slug), wish_in(asked)
    there = list(_versions(user, organisation, plan))
    if not there:
        raise UnknownCodeError(_nothing_published(organisation))
    version = version_in(there, last(asked, "version"))
    actions = [each for each in stored.pieces_of(version) if each.kind == "action"]
    shown = [each for each in actions if _fits(each, wish)]
    known = {each.key for each in actions}
    ticked = frozenset((*(key for key in wish.keys if key in known), *(each.key for each in shown if every)))
    wish = Wish(wish.text, wish.sector, wish.measure, ticked, wish.leave_effect)
    figures, copied = selectors.outcome(version), _copied(plan, version)
    seen = {each.key for each in shown}
    return OffersPage(
        frame_of(user, plan), slug, organisation.name(language()), version.plan.title, bool(version.plan.demo),
        code_of(version), tuple((code_of(each), _named(each)) for each in there), wish,
        tuple(_offer(each, figures, copied.count(each.key), chosen=each.key in ticked) for each in shown),
        tuple(sorted(ticked - seen)), len(actions), tuple(_measures(actions)),
        tuple((each.place, each.what.read(language())) for each in refused),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of it: new actions, or why there are none."""

    parts: tuple[PlanPart, ...] = ()
    refused: tuple[Finding, ...] = ()


def copied(user: User, plan: Plan, slug: str, asked: Mapping[str, Any]) -> Copied:
    """Copy what is ticked."""
    there = list(_versions(user, organisation_of(slug), plan))
    if not there:
        raise UnknownCodeError(_nothing_published(organisation_of(slug)))
    wish = wish_in(asked)
    version = version_in(there, last(asked, "version"))
    order = [each.key for each in stored.pieces_of(version) if each.key in wish.keys and each.kind == "action"]
    try:
        made = services.copy_from_plan(
            plan=plan,
            version=version,
            keys=order,
            by=user,
            leave_effect=wish.leave_effect,
            why=last(asked, "why")[:500],
        )
    except InputError as refused:
        return Copied(refused=refused.findings)
    return Copied(made)


def wish_in(asked: Mapping[str, Any]) -> Wish:
    sector = last(asked, "sector")
    return Wish(
        last(asked, "text").strip()[:200], sector if sector in SECTORS and sector != "total" else "",
        last(asked, "measure"), frozenset(everything(asked, "key")), bool(last(asked, "leave_effect")),
    )  # fmt: skip


def code_of(version: PlanVersion) -> str:
    """A version among those of all plans of a municipality."""
    return f"{version.plan.pk}-{version.number}"


def version_in(there: Sequence[PlanVersion], code: str) -> PlanVersion:
    """The version that is asked for; without one the first, which is the latest."""
    return next((each for each in there if code_of(each) == code), there[0])


def _versions(user: User, organisation: Organisation, plan: Plan) -> Iterator[PlanVersion]:
    """Every published version, those of real plans first, the latest first."""
    plans = [each.plan for each in selectors.published_versions(organisation) if each.plan.pk != plan.pk]
    for each in sorted(plans, key=lambda plan: (plan.demo, plan.pk)):
        for version in selectors.versions(user, each):
            if version.state == PlanVersion.State.PUBLISHED:
                version.plan = each
                yield version


def _named(version: PlanVersion) -> str:
    words = {"number": version.number, "title": version.plan.title, "name": version.name}
    said = _("%(title)s, version %(number)d") % words
    return f"{said} ({version.name})" if version.name else said


def _fits(piece: Piece, wish: Wish) -> bool:
    content = piece.content
    words = " ".join(str(content.get(name, "")) for name in ("title", "description", "indicator")).casefold()
    measure = "" if content.get("lever") else content.get("template", "")
    return (
        (not wish.text or wish.text.casefold() in words)
        and (not wish.sector or wish.sector in selectors.sectors_of(content))
        and (not wish.measure or wish.measure == (measure or OWN_LEVERS))
    )


def _offer(piece: Piece, figures: Figures, copied: int, *, chosen: bool) -> Offer:
    content = piece.content
    order = list(SECTORS)
    sectors = sorted(selectors.sectors_of(content), key=order.index)
    effects = (
        tuple(whole(figures.effect_in(piece.key, year), signed=True) for year in YEARS) if sectors else (None, None)
    )
    return Offer(
        piece.key, str(content.get("title", piece.key)), str(content.get("description", "")),
        tuple((sector, str(SECTORS[sector])) for sector in sectors), _measure(content), effects, copied, chosen,
    )  # fmt: skip


def _measures(actions: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    found = {each.content.get("template", "") for each in actions if not each.content.get("lever")} - {""}
    yield from sorted(((slug, _measure({"template": slug})) for slug in found), key=lambda each: each[1].casefold())
    if any(each.content.get("lever") for each in actions):
        yield OWN_LEVERS, _("levers of its own")


def _measure(content: Mapping[str, Any]) -> str:
    if content.get("lever") or not content.get("template"):
        return ""
    try:
        return read(load.measure(content["template"]).title)
    except UnknownCodeError:
        return str(content["template"])


def _copied(plan: Plan, version: PlanVersion) -> list[str]:
    """The actions of the other plan that this one has already."""
    origins = [part.origin or {} for part in selectors.parts(plan, "action")]
    return [str(each["key"]) for each in origins if each.get("plan") == version.plan.pk and "key" in each]


def _nothing_published(organisation: Organisation) -> Finding:
    return Finding(
        "nothing-published", organisation.name(language()),
        Text("Kommunen har ingen offentliggjort plan at kopiere fra.", "The municipality has no published plan."),
        Text("", ""),
        Text("Vælg en anden.", "Choose another."),
    )  # fmt: skip
