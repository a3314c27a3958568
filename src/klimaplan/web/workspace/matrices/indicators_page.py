"""The matrix of indicators: from the target of a sector over its actions to what shows that they work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.web.plans import selectors
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.plans.contents.kinds import kind_of
from klimaplan.web.plans.models import PlanPart
from klimaplan.web.workspace.matrices.attributes import ATTRIBUTES, TOP_DOWN, attributes_of
from klimaplan.web.workspace.matrices.board import NEW, Board, FieldSet, Slot
from klimaplan.web.workspace.part_page import title_in
from klimaplan.web.workspace.wording import first_large, read

SETS = (
    FieldSet("about", "indicator", ("level", *ATTRIBUTES, "frequency", "owner")),
    FieldSet("new", "indicator", ("name", "unit", *ATTRIBUTES, "level", "sector", "target_year"),
             ("level", "sector", "target_year")),
    FieldSet("strategy", "sector_strategy", ("target", "target_year")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator wherever it is shown.

    Parameters
    ----------
    attributes : those of the four that are told
    open : how many of the four are not
    """

    name: str
    url: str
    level: str
    attributes: tuple[str, ...]
    open: int
    top_down: bool


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action with what is measured of what it does; without any there is a gap."""

    title: str
    url: str
    add: str
    priority: bool
    indicators: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class SectorBlock:
    """A sector from its target to its indicators.

    Parameters
    ----------
    first, rest : its actions; those that are measured or must be come first
    """

    code: str
    title: str
    strategy: Slot
    first: tuple[ActionLine, ...]
    rest: tuple[ActionLine, ...]
    outcomes: tuple[Shown, ...]
    impacts: tuple[Shown, ...]
    new: Slot


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target of the plan with what shows the impact in the end."""

    title: str
    url: str
    indicators: tuple[Shown, ...]
    new: Slot


@dataclass(frozen=True, slots=True)
class About:
    """An indicator with its attributes to fill in."""

    slot: Slot
    shown: Shown
    measures: str


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    """Everything on the page."""

    sentence: str
    sectors: tuple[SectorBlock, ...]
    others: tuple[ActionLine, ...]
    targets: tuple[TargetLine, ...]
    about: tuple[About, ...]
    top_down: int

    @property
    def slots(self) -> list[Slot]:
        new = [each.new for each in self.sectors] + [each.new for each in self.targets]
        return [*(each.strategy for each in self.sectors), *new, *(each.slot for each in self.about)]


def page(board: Board) -> IndicatorsPage:
    parts = board.of("indicator")
    details = selectors.parts(board.plan, "action_detail")
    priority = {str(part.content["action"]) for part in details if part.content.get("priority")}
    lines = {part.key: _action(board, part, parts, part.key in priority) for part in board.actions}
    of_sector = {part.key: selectors.sectors_of(part.content) for part in board.actions}
    sectors = tuple(
        _sector(board, code, read(word), parts, [lines[key] for key in lines if code in of_sector[key]])
        for code, word in CHOICES["sectors"].items()
    )
    targets = tuple(_target(board, part, parts) for part in selectors.parts(board.plan, "target"))
    about = tuple(_about(board, part) for part in parts)
    numbers = {
        "actions": sum(not each.indicators for each in lines.values()),
        "priority": sum(not each.indicators and each.priority for each in lines.values()),
        "sectors": sum(not each.outcomes for each in sectors),
        "targets": sum(not each.indicators for each in targets),
    }  # fmt: skip
    sentence = _(
        "Without an indicator: %(actions)d actions (output), %(priority)d of them prioritised, %(sectors)d sectors "
        "(outcome), %(targets)d targets (impact)."
    )
    return IndicatorsPage(
        sentence % numbers, sectors, tuple(line for key, line in lines.items() if not of_sector[key]), targets, about,
        sum(each.shown.top_down for each in about),
    )  # fmt: skip


def _sector(
    board: Board, code: str, word: str, parts: Iterable[PlanPart], actions: Sequence[ActionLine]
) -> SectorBlock:
    title = first_large(word)
    here = [part for part in parts if part.content.get("sector") == code]
    first = tuple(each for each in actions if each.indicators or each.priority)
    rest = tuple(each for each in actions if not each.indicators and not each.priority)
    return SectorBlock(
        code, title, board.slot("strategy", code, given={"sector": code}, title=title), first, rest,
        tuple(_shown(board, part) for part in here if _level(part) == "outcome"),
        tuple(_shown(board, part) for part in here if _level(part) == "impact"),
        board.slot("new", f"{NEW}{code}", given={"level": "outcome", "sector": code},
                   title=_("New indicator, %(what)s") % {"what": title}),
    )  # fmt: skip


def _action(board: Board, part: PlanPart, parts: Iterable[PlanPart], priority: bool) -> ActionLine:
    found = [_shown(board, each) for each in parts
             if each.content.get("action") == part.key and _level(each) == "output"]  # fmt: skip
    url = reverse("plan-action", args=[board.plan.pk, part.key])
    if said := part.content.get("indicator"):  # the line of the action itself
        found.append(Shown(str(said), url, "output", (), len(ATTRIBUTES), top_down=False))
    add = reverse("new-part", args=[board.plan.pk, "indicator"]) + f"?action={part.key}"
    return ActionLine(board.action_titles[part.key], url, add, priority, tuple(found))


def _target(board: Board, part: PlanPart, parts: Iterable[PlanPart]) -> TargetLine:
    """A target, measured by an indicator of impact for its year, or by one for no year at all."""
    title = title_in(kind_of("target"), part.key, part.content)
    year = int(part.content["year"])
    found = [
        _shown(board, each) for each in parts
        if _level(each) == "impact" and not each.content.get("action") and not each.content.get("topic")
        and each.content.get("target_year") in (None, year)
    ]  # fmt: skip
    return TargetLine(
        title, reverse("plan-part", args=[board.plan.pk, "target", part.key]), tuple(found),
        board.slot("new", f"{NEW}target-{part.position}", given={"level": "impact", "target_year": year},
                   title=_("New indicator, %(what)s") % {"what": title}),
    )  # fmt: skip


def _about(board: Board, part: PlanPart) -> About:
    content = part.content
    named = [
        board.action_titles.get(str(content.get("action", "")), ""),
        *(_word(name, content.get(field)) for name, field in (("sectors", "sector"), ("indicator_topics", "topic"))),
    ]
    return About(board.slot("about", part.key), _shown(board, part), ", ".join(each for each in named if each))


def _shown(board: Board, part: PlanPart) -> Shown:
    content = board.content("indicator", part.key)
    known = attributes_of(content)
    return Shown(
        str(content.get("name", part.key)), reverse("plan-part", args=[board.plan.pk, "indicator", part.key]),
        _level(part), known, len(ATTRIBUTES) - len(known), content.get("basis") == TOP_DOWN,
    )  # fmt: skip


def _level(part: PlanPart) -> str:
    return str(part.content.get("level") or "output")


def _word(vocabulary: str, code: object) -> str:
    words = CHOICES[vocabulary]
    return read(words[str(code)]) if code and str(code) in words else ""
