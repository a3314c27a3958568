"""First and second plans side by side: the targets then and now, the actions, and the criteria they were held to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klimaplan.domain.certification.backsliding import compare
from klimaplan.domain.certification.workflow import State
from klimaplan.reference import load
from klimaplan.web.certification.models import Case, Revision
from klimaplan.web.certification.overview.circle import Circle
from klimaplan.web.certification.overview.selectors import short_name
from klimaplan.web.certification.revisions import selectors as revisions
from klimaplan.web.certification.revisions.page import TargetLine, target_line
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.public.arrangement import alphabetical
from klimaplan.web.workspace.wording import read

OPEN_TO_ALL = PlanVersion.State.PUBLISHED


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the two plans: which version, from which day, how many actions, and the criteria it was certified under.

    Parameters
    ----------
    certified : name of the set of criteria; empty for a plan that was not certified here
    """

    number: int
    name: str
    on: date
    actions: int
    certified: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The first and the second plan of a municipality.

    Parameters
    ----------
    kept, added, gone : actions by their key, which they keep for as long as they live
    is_public : whether everybody may read both
    is_compared : whether there is an open page with every action of the two
    """

    code: str
    name: str
    demo: bool
    old: Edition
    new: Edition
    targets: tuple[TargetLine, ...]
    kept: int
    added: int
    gone: int
    is_public: bool
    is_compared: bool


@dataclass(frozen=True, slots=True)
class GenerationsPage:
    """Everything on the page; `whose` says of whom, and is empty on the open page."""

    sentence: str
    pairs: tuple[Pair, ...]
    first: tuple[tuple[str, str], ...]
    whose: str


def public_page() -> GenerationsPage:
    """The plans that everybody may read."""
    found = [each for each in _pairs(Plan.objects.all()) if each.is_public]
    everybody = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)
    return _page(found, everybody, "")


def page_for(circle: Circle) -> GenerationsPage:
    """The plans of the municipalities somebody oversees, also what is not published yet."""
    seen = [each for each in circle.organisations if each.pk not in circle.closed]
    found = list(_pairs(Plan.objects.filter(organisation__in=[each.pk for each in seen])))
    whose = _("all municipalities") if circle.whole else _("your DGO's municipalities")
    return _page(found, circle.organisations, whose)


def _page(found: Iterable[Pair], organisations: Iterable[Organisation], whose: str) -> GenerationsPage:
    pairs = tuple(sorted(found, key=lambda each: (alphabetical(each.name), each.code)))
    second, with_plan = {each.code for each in pairs}, {each.municipality for each in load.first_plans()}
    first = [
        (each.code, short_name(each)) for each in organisations if each.code in with_plan and each.code not in second
    ]
    first.sort(key=lambda named: alphabetical(named[1]))
    return GenerationsPage(_sentence(len(first), len(pairs)), pairs, tuple(first), whose)


def _sentence(first: int, second: int) -> str:
    on_first = ngettext(
        "%(count)d municipality is on its first plan", "%(count)d municipalities are on their first plan", first
    ) % {"count": first}  # fmt: skip
    on_second = ngettext(
        "%(count)d is on its second", "%(count)d are on their second", second
    ) % {"count": second}  # fmt: skip
    return _("%(first)s, and %(second)s.") % {"first": on_first, "second": on_second}


def _pairs(plans: QuerySet[Plan]) -> Iterator[Pair]:
    """The last two plans of everybody with two: the ends of the last revision, else the first and last certified."""
    certified = _certified(plans)
    sets = {case.version.pk: case.criteria for cases in certified.values() for case in cases if case.version}
    ended = Revision.objects.filter(plan__in=plans, plan__variant_of=None, closed_at__isnull=False, new__isnull=False)
    revised = {each.plan.pk: each for each in ended.select_related("old", "new", "plan__organisation").order_by("pk")}
    for each in revised.values():
        if each.new is not None:
            yield _pair(each.plan, each.old, each.new, sets, revised=True)
    for key, cases in certified.items():
        first, last = cases[0], cases[-1]
        if key not in revised and first.version and last.version and first.version != last.version:
            yield _pair(first.plan, first.version, last.version, sets, revised=False)


def _certified(plans: QuerySet[Plan]) -> dict[int, list[Case]]:
    found: dict[int, list[Case]] = {}
    rows = Case.objects.filter(plan__in=plans, state=State.CERTIFIED).select_related("plan__organisation", "version")
    for each in rows.order_by("pk"):
        found.setdefault(each.plan.pk, []).append(each)
    return found


def _pair(plan: Plan, old: PlanVersion, new: PlanVersion, sets: dict[int, str], *, revised: bool) -> Pair:
    before, after = (set(revisions.contents(each, "action")) for each in (old, new))
    wanted = list(revisions.targets_of(old).values())
    compared = compare(wanted, list(revisions.targets_of(new).values())) if wanted else ()
    is_public = old.state == OPEN_TO_ALL and new.state == OPEN_TO_ALL
    return Pair(
        plan.organisation.code, short_name(plan.organisation), bool(plan.demo),
        _edition(old, len(before), sets), _edition(new, len(after), sets), tuple(map(target_line, compared)),
        len(before & after), len(after - before), len(before - after), is_public, is_public and revised,
    )  # fmt: skip


def _edition(version: PlanVersion, actions: int, sets: dict[int, str]) -> Edition:
    slug = sets.get(version.pk)
    return Edition(
        version.number, version.name, timezone.localdate(version.at), actions,
        read(load.criteria_set(slug).name) if slug else "",
    )  # fmt: skip
