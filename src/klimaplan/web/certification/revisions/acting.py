"""What the forms of a revision's page do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from klimaplan.domain.certification.revising import Fate
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.certification.models import Revision
from klimaplan.web.certification.revisions import findings, selectors, services
from klimaplan.web.certification.revisions.page import said_in
from klimaplan.web.plans.models import Plan
from klimaplan.web.workspace.fields import last
from klimaplan.web.workspace.together.days import day_in


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a form."""

    what: str
    count: int = 1
    refused: tuple[Finding, ...] = ()


def act(user: User, plan: Plan, posted: Mapping[str, Any]) -> Done:
    """Do what the form asks; what is refused comes back with what is in the way."""
    asked = last(posted, "do")
    try:
        if asked == "rule":
            _rule(user, plan, posted)
            return Done("rule")
        if asked == "open":
            due = last(posted, "due_on")
            services.open_revision(
                plan=plan, responsible=last(posted, "responsible"), due_on=_day(due, "due_on") if due else None, by=user
            )
            return Done("open")
        revision = selectors.revision_of(plan)
        if revision is None:
            raise InputError(findings.closed())
        if asked == "close":
            number = last(posted, "version")
            version = int(number) if number.isdigit() else 0
            services.close_revision(revision=revision, version=version, by=user)
            return Done("close")
        return Done("judge", _judge(user, revision, posted, agree=asked == "agree"))
    except InputError as refused:
        return Done(asked, refused=refused.findings)


def _rule(user: User, plan: Plan, posted: Mapping[str, Any]) -> None:
    years = last(posted, "own_years").strip()
    if years and not years.isdigit():
        raise InputError(findings.years_not_a_number(years))
    services.record_rule(
        plan=plan, decided_on=_day(last(posted, "decided_on"), "decided_on"), by=user,
        own_years=int(years) if years else None, in_first_year_of_term=bool(last(posted, "in_first_year_of_term")),
        case_reference=last(posted, "case_reference"),
    )  # fmt: skip


def _judge(user: User, revision: Revision, posted: Mapping[str, Any], *, agree: bool) -> int:
    said = {
        name: services.Said(Fate(fate), reason, successor, seen)
        for name, fate, reason, successor, seen in said_in(revision, posted)
    }
    if agree:
        said |= _agreed(revision, said)
    if said:
        services.judge(revision=revision, said=said, by=user)
    return len(said)


def _agreed(
    revision: Revision, said: Mapping[tuple[str, str], services.Said]
) -> dict[tuple[str, str], services.Said]:  # fmt: skip
    """What nobody has judged and the plans themselves show as done or going on: that needs no reason."""
    return {
        (kind, key): services.Said(fate)
        for kind in selectors.JUDGED
        for key, fate in selectors.suggestions(revision, kind).items()
        if fate in (Fate.DONE, Fate.CONTINUED)
        and (kind, key) not in said
        and key not in selectors.judgements_of(revision, kind)
    }


def _day(text: str, place: str) -> date:
    day = day_in(text)
    if day is None:
        raise InputError(Finding(
            "day-not-read", place,
            Text(f"»{text}« er ikke en dag.", f"“{text}” is no day."),
            Text("Intet er ændret.", "Nothing was changed."),
            Text("Skriv den som 31-12-2026.", "Write it like 2026-12-31."),
        ))  # fmt: skip
    return day
