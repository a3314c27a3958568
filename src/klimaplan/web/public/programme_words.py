"""The words of the programme page: days as exactly as they are known, how sure a fact is, and what a moment brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klimaplan.domain.errors import Text
from klimaplan.domain.programme import Moment, Precision, Standing
from klimaplan.web.config.errors import language
from klimaplan.web.public.arrangement import alphabetical
from klimaplan.web.public.programme_course import Course

CERTAINTIES = {
    "found": gettext_lazy("found"),
    "derived": gettext_lazy("derived"),
    "not-confirmed": gettext_lazy("not confirmed"),
}
STATES = {
    "with-plan-found": gettext_lazy("has a plan, the day was found"),
    "with-plan-derived": gettext_lazy("has a plan, the day is derived"),
    "with-plan-not-confirmed": gettext_lazy("has a plan, the day is not confirmed"),
    "own-plan": gettext_lazy("has a plan as a member of C40, outside DK2020"),
    "under-way-found": gettext_lazy("under way, the entry was found"),
    "under-way-derived": gettext_lazy("under way, the entry is derived"),
    "under-way-not-confirmed": gettext_lazy("under way, the entry is not confirmed"),
    "own-way": gettext_lazy("goes its own way as a member of C40"),
    "not-in": gettext_lazy("not in yet"),
}
"""Every state of the map, in the order of its legend."""
SUBJECTS = {
    "dk2020-round-1": gettext_lazy("Municipalities in round 1"),
    "dk2020-participants": gettext_lazy("Municipalities in DK2020"),
    "alliance-members": gettext_lazy("Members of the Climate Alliance"),
    "approved-plans": gettext_lazy("Approved plans"),
}
NAMED_AT_MOST = 6
"""More names than these make a sentence that nobody reads to its end; the table has them all."""
SEASONS = (
    gettext_lazy("winter %(year)d"), gettext_lazy("spring %(year)d"), gettext_lazy("summer %(year)d"),
    gettext_lazy("autumn %(year)d"),
)  # fmt: skip


def read(text: Text) -> str:
    return text.read(language())


def when(day: date, precision: Precision) -> str:
    """A time as exactly as it is known: a day, a month, a season or a year."""
    match precision:
        case Precision.DAY:
            return date_format(day, "DATE_FORMAT")
        case Precision.MONTH:
            return date_format(day, "F Y")
        case Precision.SEASON:
            return str(SEASONS[day.month % 12 // 3]) % {"year": day.year}
        case Precision.YEAR:
            return str(day.year)


def by(day: date, precision: Precision) -> str:
    """The same as an upper end: a year means its end."""
    return _("the end of %(year)d") % {"year": day.year} if precision is Precision.YEAR else when(day, precision)


def listed(names: Sequence[str]) -> str:
    """Names in a sentence."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def sentence(course: Course, place: int) -> str:
    """A moment in words: the day, how many stand where, and who entered, moved and finished."""
    moment, names = course.moments[place], {each.code: each.name for each in course.members}
    counts = {
        "day": capfirst(by(moment.day, course.precision(moment))),
        "with_plan": moment.count(Standing.WITH_PLAN),
        "under_way": moment.count(Standing.UNDER_WAY),
        "not_in": moment.count(Standing.NOT_IN),
    }
    said = [_("%(day)s: %(with_plan)d with a plan, %(under_way)d under way, %(not_in)d not in.") % counts]
    if apart := [code for code, standing in moment.standings.items() if standing is Standing.OWN_WAY]:
        form = ngettext("%(who)s goes its own way as a member of C40.", "%(who)s go their own way.", len(apart))
        said.append(_who(apart, names, form))
    new, moved = came(course, place)
    if new:
        said.append(_who(new, names, ngettext("%(who)s enters.", "%(who)s enter.", len(new))))
    if moved:
        said.append(_who(moved, names, ngettext("%(who)s moves to another round.", "%(who)s move.", len(moved))))
    if moment.finished:
        finish = ngettext("%(who)s has a plan now.", "%(who)s have a plan now.", len(moment.finished))
        said.append(_who(moment.finished, names, finish))
    return " ".join(said)


def came(course: Course, place: int) -> tuple[list[str], list[str]]:
    """Who entered at a moment for the first time, and who came from another cohort."""
    moment: Moment = course.moments[place]
    before = course.moments[place - 1].standings if place else {}
    new = [code for code in moment.entered if before.get(code, Standing.NOT_IN) is Standing.NOT_IN]
    return new, [code for code in moment.entered if code not in new]


def by_name(codes: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """The names of municipalities in the order of the alphabet."""
    return sorted((names[code] for code in codes), key=alphabetical)


def _who(codes: Sequence[str], names: Mapping[str, str], form: str) -> str:
    if len(codes) > NAMED_AT_MOST:
        return form % {"who": _("%(count)d municipalities") % {"count": len(codes)}}
    return form % {"who": listed(by_name(codes, names))}
