"""How the map turned green: its colours at a moment, what lets it move, its legend, and the moments as rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.domain.programme import Standing
from klimaplan.web.public import map_shapes, programme_words
from klimaplan.web.public.map_shapes import DrawnMap, Shape
from klimaplan.web.public.programme_course import Course

STATES = tuple(programme_words.STATES)
PATTERNED = ("with-plan", "under-way")
"""What is striped where it is derived, and dotted where it is not confirmed."""
GROUPS = {
    "with-plan": ("with-plan-found", "with-plan-derived", "with-plan-not-confirmed", "own-plan"),
    "under-way": ("under-way-found", "under-way-derived", "under-way-not-confirmed"),
    "outside": ("own-way", "not-in"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality as the map names it; nobody is ranked here."""

    code: str
    name: str
    rank: int | None = None
    shown: bool = True


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A state: its digit in the course of every municipality, its style, its words, and how many are in it."""

    digit: int
    style: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A moment, ready to read; `counts` has a number per state, for the script."""

    place: int
    day: date
    when: str
    url: str
    with_plan: int
    under_way: int
    own_way: int
    not_in: int
    entered: str
    moved: str
    finished: str
    sentence: str
    counts: str
    current: bool


def draw(course: Course, place: int) -> DrawnMap:
    """The map at a moment."""
    digits = {state: str(digit) for digit, state in enumerate(STATES)}
    return map_shapes.drawn({
        each.code: Shape(
            **map_shapes.outline(each.code),
            line=Place(each.code, each.name),
            style=course.states[each.code][place],
            value=str(programme_words.STATES[course.states[each.code][place]]),
            course="".join(digits[state] for state in course.states[each.code]),
        )
        for each in course.members
    })  # fmt: skip


def legend(course: Course, place: int) -> list[list[LegendEntry]]:
    """Every state with its count, those of one standing together."""
    counts = _counts(course, place)
    return [
        [LegendEntry(STATES.index(state), state, str(programme_words.STATES[state]), counts[state]) for state in group]
        for group in GROUPS.values()
    ]


def rows(course: Course, shown: int) -> list[MomentRow]:
    """Every moment, the one that is shown marked."""
    return [_row(course, place, current=place == shown) for place in range(len(course.moments))]


def _row(course: Course, place: int, *, current: bool) -> MomentRow:
    moment, names = course.moments[place], {each.code: each.name for each in course.members}
    new, moved = programme_words.came(course, place)
    counts = _counts(course, place)
    return MomentRow(
        place=place,
        day=moment.day,
        when=programme_words.by(moment.day, course.precision(moment)),
        url=f"{reverse('programme')}?on={moment.day}#map",
        with_plan=moment.count(Standing.WITH_PLAN),
        under_way=moment.count(Standing.UNDER_WAY),
        own_way=moment.count(Standing.OWN_WAY),
        not_in=moment.count(Standing.NOT_IN),
        entered=", ".join(programme_words.by_name(new, names)),
        moved=_("moves here: %(names)s") % {"names": ", ".join(programme_words.by_name(moved, names))} if moved else "",
        finished=", ".join(programme_words.by_name(moment.finished, names)),
        sentence=programme_words.sentence(course, place),
        counts=" ".join(str(counts[state]) for state in STATES),
        current=current,
    )


def _counts(course: Course, place: int) -> Counter[str]:
    return Counter(states[place] for states in course.states.values())
