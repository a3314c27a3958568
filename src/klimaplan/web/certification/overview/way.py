"""What a municipality still lacks before its plan can be certified: in which order, and who helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klimaplan.domain.assessment.criteria import CriteriaSet
from klimaplan.domain.assessment.result import Verdict
from klimaplan.domain.certification.remaining import Ahead, Effort, Piece, Standing, ahead, together
from klimaplan.domain.errors import Text
from klimaplan.exports.numbers import plain
from klimaplan.reference import load, way_tables
from klimaplan.reference.guides import guide
from klimaplan.web.accounts import selectors as accounts
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, require
from klimaplan.web.certification.assessing.page import Link, Row, assessment_page
from klimaplan.web.certification.models import Case, Score, SelfScore
from klimaplan.web.certification.overview.circle import own_municipality
from klimaplan.web.certification.overview.selectors import short_name
from klimaplan.web.config.errors import language
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans.models import Plan
from klimaplan.web.workspace import work
from klimaplan.web.workspace.plan_page import Frame, frame_of
from klimaplan.web.workspace.wording import read

GUIDE = "revision"
ELSEWHERE = "elsewhere"
"""Where criteria stand that no piece of work is known for; a set of criteria may be newer than our order."""

HELPERS = ("dgo_adviser", "dgo_lead")


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion that lacks something or is to be judged: what a machine says, and where it is mended."""

    id: str
    wording: str
    said: str
    remedy: str
    where: Link | None
    judge: bool


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece of the work, ready to read."""

    key: str
    name: str
    is_next: bool
    waits_for: str
    effort: str
    lines: tuple[CriterionLine, ...]
    lacking: int
    done: int
    of: int
    guide_url: str
    guide_title: str


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody of the DGO who can be asked."""

    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class WayPage:
    """Everything on the page.

    Parameters
    ----------
    frame : of the plan; None where there is none yet
    effort, at_most : of all that lacks something, and what the rest may add, in words
    helpers : shown to people of the municipality only
    """

    slug: str
    name: str
    frame: Frame | None
    may_begin: bool
    sentence: str
    effort: str
    at_most: str
    pieces: tuple[PieceLine, ...]
    finished: tuple[PieceLine, ...]
    set_name: str
    reservation: str
    dgo: str
    helpers: tuple[Helper, ...]
    subject: str


def way_page(user: User, slug: str) -> WayPage:
    """What is missing in the plan of a municipality, for who may read its draft.

    Raises
    ------
    NotAllowed
    UnknownCodeError : there is no such municipality
    """
    organisation = organisations.organisation(slug)
    require(user, Permission.PLAN_READ, organisation=organisation, state=PlanState.DRAFT)
    plan = main_plan(organisation)
    criteria = load.set_in_force(timezone.localdate())
    rows = _rows(user, plan)
    stands = {code: _standing(row, own) for code, (row, own) in _beside(rows, plan).items()}
    order, names = _order(criteria)
    found = ahead(order, _belongs(criteria), stands, way_tables.effort())
    lines = tuple(_piece(each, names, criteria, rows, stands) for each in found)
    whole, at_most = together(each.effort for each in found), sum(each.at_most for each in found)
    dgo = organisations.belongs_on(organisation, "dgo", timezone.localdate())
    return WayPage(
        slug, short_name(organisation), frame_of(user, plan) if plan else None,
        plan is None and work.may_begin(user, organisation), _sentence(found, plan), effort_words(whole),
        _days(at_most) if at_most else "", tuple(each for each in lines if each.lines),
        tuple(each for each in lines if not each.lines), read(criteria.name),
        "" if criteria.official else read(criteria.reservation), dgo.name(language()) if dgo else "",
        _helpers(user, organisation, dgo), _("Climate plan of %(name)s") % {"name": short_name(organisation)},
    )  # fmt: skip


def main_plan(organisation: Organisation) -> Plan | None:
    """The working plan of a municipality, as `plan_of` has it; None where there is none yet."""
    plans = Plan.objects.filter(organisation=organisation, variant_of=None).select_related("organisation")
    return plans.order_by("demo", "pk").first()


def own_address(user: User) -> str:
    """Where somebody of a municipality finds its case; what is missing where there is no plan to certify yet."""
    own = own_municipality(user)
    if own is None:
        return reverse("work")
    plan = main_plan(own)
    return reverse("plan-certification", args=[plan.pk]) if plan else reverse("certification-way", args=[own.slug])


def effort_words(effort: Effort) -> str:
    """Person-days as a likely number with its ends; empty where nothing is missing."""
    if not effort.high:
        return ""
    said = {"days": _days(effort.days), "low": _days(effort.low), "high": _days(effort.high)}
    return _("about %(days)s person-days (%(low)s to %(high)s)") % said


def _days(days: float) -> str:
    return plain(days, language(), digits=0 if days == int(days) else 1) or ""


def _rows(user: User, plan: Plan | None) -> dict[str, Row]:
    """Criterion → what a machine sees; empty without a plan."""
    if plan is None:
        return {}
    return {row.id: row for component in assessment_page(user, plan, {}).components for row in component.rows}


def _beside(rows: Mapping[str, Row], plan: Plan | None) -> dict[str, tuple[Row, SelfScore | None]]:
    """The same with what the municipality itself has said in its last case."""
    case = Case.objects.filter(plan=plan).order_by("pk").last() if plan else None
    own = {each.criterion: each for each in SelfScore.objects.filter(case=case)} if case else {}
    return {code: (row, own.get(code)) for code, row in rows.items()}


def _standing(row: Row, own: SelfScore | None) -> Standing:
    """Rules advise and people decide: what is argued for another way is for a person to judge."""
    machine = row.verdict
    if own is not None and own.score in (Score.PARTIAL, Score.NOT_MET):
        return Standing.LACKS
    if machine in (Verdict.NOT_MET, Verdict.PARTIAL):
        return Standing.TO_JUDGE if own is not None and own.argument.strip() else Standing.LACKS
    if machine is Verdict.NEEDS_PERSON and own is None:
        return Standing.TO_JUDGE
    return Standing.DONE


def _belongs(criteria: CriteriaSet) -> dict[str, str]:
    known = way_tables.piece_of()
    return {each.id: known.get(each.id, ELSEWHERE) for each in criteria.criteria}


def _order(criteria: CriteriaSet) -> tuple[tuple[Piece, ...], dict[str, way_tables.WayPiece]]:
    pieces = list(way_tables.way())
    if way_tables.unplaced(criteria):
        pieces.append(way_tables.WayPiece(Piece(ELSEWHERE), Text("Andre kriterier", "Other criteria"), ""))
    return tuple(each.piece for each in pieces), {each.piece.key: each for each in pieces}


def _piece(
    each: Ahead, names: Mapping[str, way_tables.WayPiece], criteria: CriteriaSet, rows: Mapping[str, Row],
    stands: Mapping[str, Standing],
) -> PieceLine:  # fmt: skip
    known = names[each.piece.key]
    section = next((one for one in guide(GUIDE, language()).sections if one.step == known.guide_step), None)
    open_ = [*each.lacking, *each.to_judge]
    return PieceLine(
        each.piece.key, read(known.name), each.is_next,
        ", ".join(read(names[key].name) for key in each.waits_for), effort_words(each.effort),
        tuple(
            _criterion(code, criteria, rows.get(code), judge=stands.get(code) is Standing.TO_JUDGE) for code in open_
        ),
        len(each.lacking), len(each.done), len(open_) + len(each.done),
        f"{reverse('guide', args=[GUIDE])}#{section.step}" if section else "", section.title if section else "",
    )  # fmt: skip


def _criterion(code: str, criteria: CriteriaSet, row: Row | None, *, judge: bool) -> CriterionLine:
    criterion = criteria.criterion(code)
    if row is None:
        asked = _("Show: %(what)s.") % {"what": read(criterion.asked_for)}
        return CriterionLine(code, read(criterion.wording), "", asked, None, judge)
    return CriterionLine(code, read(criterion.wording), row.why, row.remedy, row.where, judge)


def _sentence(found: tuple[Ahead, ...], plan: Plan | None) -> str:
    if plan is None:
        return _("There is no plan here yet. This is the way to an approved one, from the beginning.")
    lacking, judge = sum(len(each.lacking) for each in found), sum(len(each.to_judge) for each in found)
    if lacking:
        said = ngettext("%(count)d demand lacks something.", "%(count)d demands lack something.", lacking)
        more = ngettext("%(count)d is for you to judge.", "%(count)d are for you to judge.", judge)
        return " ".join([said % {"count": lacking}, *([more % {"count": judge}] if judge else [])])
    if judge:
        return ngettext(
            "A machine finds nothing missing; %(count)d demand is for you to judge.",
            "A machine finds nothing missing; %(count)d demands are for you to judge.", judge,
        ) % {"count": judge}  # fmt: skip
    return _("Nothing is missing. The plan can be handed in.")


def _helpers(user: User, organisation: Organisation, dgo: Organisation | None) -> tuple[Helper, ...]:
    """The people of the DGO, for the people of the municipality; nobody else is given their addresses."""
    today = timezone.localdate()
    belongs = any(each.organisation == organisation for each in accounts.roles_held(user.pk, today))
    if dgo is None or not belongs:
        return ()
    people = [each for each in accounts.people_of(dgo, today) if each.role in HELPERS and each.user.is_active]
    return tuple(
        Helper(each.user.name, each.user.email, _("leads the advice") if each.role == "dgo_lead" else _("adviser"))
        for each in people
    )
