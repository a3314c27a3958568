"""What the pages of links show, ready for the templates."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from klimaplan.exports.numbers import plain
from klimaplan.web.accounts.models import User
from klimaplan.web.config.errors import language
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.plans.contents.kinds import ACTION
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.selectors import parts
from klimaplan.web.plans.staleness import Clash
from klimaplan.web.progress import forms, selectors
from klimaplan.web.progress.models import LinkGrant, Report
from klimaplan.web.progress.saying import Said

YEARS_BACK = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what stands beside it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What stands above and in the form of a link."""

    action: str
    municipality: str
    plan: str
    demo: bool
    description: str
    sender: str
    recipient: str
    expires: datetime
    known: list[Line]
    """What was reported before."""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link in the list of a plan."""

    key: int
    action: str
    recipient: str
    sender: str
    made: datetime
    expires: datetime
    used: datetime | None
    state: str
    usable: bool


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in the list of a plan."""

    action: str
    recipient: str
    at: datetime
    lines: list[Line]


def report_page(grant: LinkGrant) -> ReportPage:
    """The action of a link as whoever opens it sees it: no more of the plan than that."""
    content, plan = grant.part.content, grant.part.plan
    known = content.get("known", {})
    unit = known.get("activity_unit", "")
    lines = [
        Line(year, _with_unit(amount, unit)) for year, amount in sorted(known.get("implemented_activity", {}).items())
    ]
    return ReportPage(
        action=content["title"],
        municipality=plan.organisation.name(language()),
        plan=plan.title,
        demo=plan.demo,
        description=content.get("description", ""),
        sender=grant.made_by.name,
        recipient=grant.recipient,
        expires=grant.expires_at,
        known=lines[-YEARS_BACK:],
    )


def report_form(grant: LinkGrant, data: Any = None) -> forms.Report:
    """The form, filled with what the plan says now."""
    content = grant.part.content
    this_year = timezone.localdate().year
    return forms.Report(
        data,
        progress=_words("progress"),
        years=list(range(this_year, this_year - YEARS_BACK, -1)),
        unit=content.get("known", {}).get("activity_unit", ""),
        barriers=_words("barriers"),
        initial={
            "progress": content.get("progress", "idea"), "year": this_year, "version": grant.part.version,
            "form": uuid.uuid4().hex,
        },
    )  # fmt: skip


def said_in(form: forms.Report) -> Said:
    """What a valid form says."""
    given = form.cleaned_data
    has_activity = given["activity"] is not None
    return Said(
        progress=given["progress"],
        year=given["year"] if has_activity else None,
        activity=given["activity"],
        unit=given.get("unit", "").strip() if has_activity else "",
        spent_dkk=given["spent"],
        barrier_kind=given["barrier_kind"],
        barrier=given["barrier"].strip(),
        note=given["note"].strip(),
    )


def filled_again(grant: LinkGrant, data: Any, clash: Clash) -> forms.Report:
    """The form with what was typed, and with what others wrote where nothing was; it now begins with theirs."""
    base, mine, theirs = clash.base or {}, clash.mine or {}, clash.theirs or {}
    again = data.copy()
    again["version"] = str(clash.current_version)
    if mine.get("progress") == base.get("progress"):
        again["progress"] = theirs.get("progress", "idea")
    return report_form(grant, again)


def differences(clash: Clash) -> list[str]:
    """What both have changed, in words: what stands in the plan now, and what is about to take its place."""
    said = []
    for overlap in clash.overlaps:
        for field in overlap.fields:
            theirs, mine = (_value(field, side.get(field)) for side in (overlap.theirs, overlap.mine))
            words = {"field": _field(field), "theirs": theirs, "mine": mine}
            said.append(_("%(field)s: the plan now says “%(theirs)s”; you wrote “%(mine)s”.") % words)
    return said


def sent(report: Report) -> list[Line]:
    """What was saved, so that a slip is seen."""
    return _told(report.said, report.grant.part.content.get("known", {}).get("activity_unit", ""))


def link_lines(user: User, plan: Plan) -> list[LinkLine]:
    """The links of a plan."""
    return [_line(each) for each in selectors.links(user, plan)]


def report_lines(user: User, plan: Plan) -> list[ReportLine]:
    """What came in through them."""
    return [
        ReportLine(each.grant.part.content["title"], each.grant.recipient, each.at, sent(each))
        for each in selectors.reports(user, plan)[:50]
    ]


def make_form(plan: Plan, data: Any = None, *, action: str = "") -> forms.Make:
    """The form for a new link."""
    actions = [(part.key, f"{part.key}: {part.content['title']}"[:120]) for part in parts(plan, kind=ACTION)]
    return forms.Make(data, actions=actions, initial={"action": action, "language": language()})


def _line(grant: LinkGrant) -> LinkLine:
    usable = selectors.is_usable(grant)
    if usable:
        state = _("works")
    elif grant.revoked_at is not None:
        state = _("withdrawn")
    elif grant.expires_at <= timezone.now():
        state = _("expired")
    else:
        state = _("stopped: the action or the sender's role is gone")
    return LinkLine(
        grant.pk, grant.part.content["title"], grant.recipient, grant.made_by.name, grant.made_at, grant.expires_at,
        grant.last_used_at, state, usable,
    )  # fmt: skip


def _told(said: dict[str, Any], unit: str) -> list[Line]:
    lines = [Line(_("Progress"), _value("progress", said["progress"]))]
    if "activity" in said:
        name = _("Carried out in %(year)s") % {"year": said["year"]}
        lines.append(Line(name, _with_unit(said["activity"], said.get("unit") or unit)))
    if "spent_dkk" in said:
        lines.append(Line(_("Cost so far"), _with_unit(said["spent_dkk"], _("DKK"))))
    if "barrier" in said:
        kind = CHOICES["barriers"][said["barrier_kind"]].read(language())
        lines.append(Line(_("Barrier"), f"{kind}: {said['barrier']}"))
    if "note" in said:
        lines.append(Line(_("Note"), said["note"]))
    return lines


def _words(vocabulary: str) -> list[tuple[str, str]]:
    return [(code, word.read(language())) for code, word in CHOICES[vocabulary].items()]


def _field(name: str) -> str:
    if name == "progress":
        return _("Progress")
    if name.startswith("known.implemented_activity."):
        return _("Carried out in %(year)s") % {"year": name.rpartition(".")[2]}
    return _("Unit")


def _value(name: str, value: Any) -> str:
    if name == "progress":
        return CHOICES["progress"]["idea" if value is None else str(value)].read(language())
    if value is None:
        return _("missing")
    return plain(value, language(), digits=_digits(value)) or "" if isinstance(value, int | float) else str(value)


def _digits(value: float) -> int:
    return 0 if float(value).is_integer() else 2


def _with_unit(amount: float, unit: str) -> str:
    return f"{plain(amount, language(), digits=_digits(amount))} {unit}".strip()
