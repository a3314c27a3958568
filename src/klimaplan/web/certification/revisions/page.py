"""The pages of a revision: why and by when, how far it has come, and the old plan judged part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from klimaplan.domain.certification.backsliding import Compared, Verdict
from klimaplan.domain.certification.due import Why
from klimaplan.domain.certification.revising import Fate
from klimaplan.domain.errors import Finding, Text
from klimaplan.domain.pathway.target import sectors_of
from klimaplan.reference.guides import guide
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.certification.models import Judged, Revision
from klimaplan.web.certification.revisions import selectors
from klimaplan.web.certification.revisions.course import course
from klimaplan.web.config.errors import language
from klimaplan.web.plans.contents.kinds import kind_of
from klimaplan.web.plans.models import Plan
from klimaplan.web.public.words import SECTORS
from klimaplan.web.workspace.fields import last
from klimaplan.web.workspace.part_page import title_in
from klimaplan.web.workspace.plan_page import Frame, frame_of
from klimaplan.web.workspace.wording import read, tonnes

FATES = {
    Fate.DONE: Text("Gennemført", "Done"),
    Fate.CONTINUED: Text("Fortsætter", "Continued"),
    Fate.CHANGED: Text("Ændret", "Changed"),
    Fate.REPLACED: Text("Erstattet", "Replaced"),
    Fate.DROPPED: Text("Opgivet", "Dropped"),
}
RULES = {
    Why.FRAMEWORK: Text("rammens krav om højst fem år", "the framework's five years at most"),
    Why.OWN_YEARS: Text("rådets egen beslutning om antal år", "the council's own number of years"),
    Why.COUNCIL_TERM: Text(
        "rådets beslutning om valgperiodens første år", "the council's decision on the first year of its term"
    ),
}
VERDICTS = {
    Verdict.KEPT: Text("det samme", "the same"),
    Verdict.SHARPENED: Text("skærpet", "sharpened"),
    Verdict.WEAKENED: Text("mindre ambitiøst", "less ambitious"),
    Verdict.DROPPED: Text("intet mål for året", "no target for that year"),
}


@dataclass(frozen=True, slots=True)
class StageLine:
    """A step of the guide, how far it is, and where its text stands."""

    step: str
    title: str
    said: str
    state: str


@dataclass(frozen=True, slots=True)
class Row:
    """A target or action of the old plan, and what is said of it.

    Parameters
    ----------
    suggested : what the two plans themselves say
    seen : version of the judgement that is shown; 0 where there is none
    """

    name: str
    title: str
    suggested: str
    fate: str
    reason: str
    successor: str
    seen: int
    by: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target then and now."""

    year: int
    sectors: str
    old: str
    new: str
    verdict: str
    weaker: bool


@dataclass(frozen=True)
class RevisionPage:
    """Everything on the page of a plan's revision; most of it is empty while none is open."""

    frame: Frame
    due: object
    rule: str
    may_record: bool
    triggers: tuple[str, ...]
    revision: Revision | None
    stages: tuple[StageLine, ...] = ()
    groups: tuple[tuple[str, str, tuple[Row, ...]], ...] = ()
    targets: tuple[TargetLine, ...] = ()
    successors: tuple[tuple[str, str], ...] = ()
    versions: tuple[tuple[int, str], ...] = ()
    refused: tuple[str, ...] = ()
    typed: Mapping[str, str] | None = None
    closed: tuple[Revision, ...] = ()

    @property
    def fates(self) -> list[tuple[str, str]]:
        return [(str(fate), read(name)) for fate, name in FATES.items()]

    @property
    def unjudged(self) -> int:
        return sum(not row.seen for _, _, rows in self.groups for row in rows)


def revision_page(
    user: User, plan: Plan, *, refused: tuple[Finding, ...] = (), posted: Mapping[str, Any] | None = None
) -> RevisionPage:
    """The page as it is, with what was typed where something was refused."""
    known, revision = selectors.situation_of(plan), selectors.revision_of(plan)
    state = PlanState(plan.state)
    may_record = decide(user, Permission.PLAN_RECORD_DECISION, organisation=plan.organisation, state=state).allowed
    faults = tuple(finding.message(language()) for finding in refused)
    common: dict[str, Any] = {
        "frame": frame_of(user, plan), "due": known.due.day, "rule": read(RULES[known.due.why]),
        "may_record": may_record, "refused": faults,
        "triggers": tuple(read(each.said) for each in selectors.triggers_of(known)),
        "typed": None if posted is None else {name: last(posted, name) for name in posted},
        "closed": tuple(each for each in selectors.revisions_of(plan) if each.closed_at is not None),
    }  # fmt: skip
    if revision is None:
        return RevisionPage(**common, revision=None)
    places = {each.place: each.what.read(language()) for each in refused}
    actions = selectors.contents(plan, "action")
    return RevisionPage(
        **common,
        revision=revision,
        stages=tuple(_stages(revision)),
        groups=tuple(
            (kind, read(kind_of(kind).name), tuple(_rows(revision, kind, places, posted))) for kind in selectors.JUDGED
        ),
        targets=tuple(target_line(each) for each in selectors.compared(revision, plan)),
        successors=tuple((key, str(each.get("title", key))) for key, each in actions.items()),
        versions=tuple(
            (each.number, each.name or str(each.state)) for each in selectors.closing_versions(revision)
        ),
    )  # fmt: skip


def said_in(revision: Revision, posted: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str, str, str, int]]:
    """What a form says: (kind, key), fate, reason, successor, version seen; only where it differs from what is kept."""
    for kind in selectors.JUDGED:
        kept = selectors.judgements_of(revision, kind)
        for key in selectors.contents(revision.old, kind):
            name = f"{kind}:{key}"
            fate, reason = last(posted, f"fate:{name}"), last(posted, f"reason:{name}").strip()
            successor, seen = last(posted, f"successor:{name}"), last(posted, f"seen:{name}")
            before = kept.get(key)
            was = ("", "", "") if before is None else (before.fate, before.reason, before.successor)
            if fate in set(Fate) and (fate, reason, successor) != was:
                yield (kind, key), fate, reason, successor, int(seen) if seen.isdigit() else 0


def _stages(revision: Revision) -> Iterator[StageLine]:
    sections = {each.step: each.title for each in guide("revision", language()).sections}
    for each in course(revision, timezone.localdate()):
        state = "person" if each.done is None else "done" if each.done else "open"
        yield StageLine(each.step, sections[each.step], read(each.said), state)


def _rows(
    revision: Revision, kind: str, places: Mapping[str, str], posted: Mapping[str, Any] | None
) -> Iterator[Row]:  # fmt: skip
    kept, suggested = selectors.judgements_of(revision, kind), selectors.suggestions(revision, kind)
    for key, content in selectors.contents(revision.old, kind).items():
        name, judged = f"{kind}:{key}", kept.get(key)
        shown = _shown(name, judged, posted)
        yield Row(
            name, title_in(kind_of(kind), key, content), read(FATES[suggested[key]]), *shown,
            judged.version if judged else 0, judged.by.name if judged and judged.by else "", places.get(key, ""),
        )  # fmt: skip


def _shown(name: str, judged: Judged | None, posted: Mapping[str, Any] | None) -> tuple[str, str, str]:
    """What was typed, else what is kept."""
    if posted is not None and f"fate:{name}" in posted:
        return last(posted, f"fate:{name}"), last(posted, f"reason:{name}"), last(posted, f"successor:{name}")
    return ("", "", "") if judged is None else (judged.fate, judged.reason, judged.successor)


def target_line(each: Compared) -> TargetLine:
    """A target of the old plan, and what the new one allows in its year."""
    new = _("none") if each.new_allowed is None else tonnes(each.new_allowed)
    sectors = sectors_of(each.scope)
    named = (
        _("all but agriculture") if sectors == "other" else ", ".join(str(SECTORS[one]) for one in sectors.split("+"))
    )
    return TargetLine(each.year, named, tonnes(each.old_allowed), new, read(VERDICTS[each.verdict]),
                      selectors.is_weaker(each))  # fmt: skip
