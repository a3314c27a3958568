"""The page of what was done: who, when, what, from what to what and why, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator

from klimaplan.domain.errors import UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.roles import ROLES
from klimaplan.web.audit.models import Event
from klimaplan.web.config.errors import language
from klimaplan.web.plans.contents.asking import form_of
from klimaplan.web.plans.contents.kinds import KINDS, kind_of
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.results.comparing import field_changes
from klimaplan.web.plans.together import feed
from klimaplan.web.workspace.part_page import title_in
from klimaplan.web.workspace.plan_page import Frame, frame_of
from klimaplan.web.workspace.telling import differing
from klimaplan.web.workspace.together import told
from klimaplan.web.workspace.together.known import Known, key_in, keys_in, kind_in, known_of, plan_of, said_in
from klimaplan.web.workspace.versions_page import FieldLine
from klimaplan.web.workspace.wording import read

ON_A_PAGE = 50
NAMED = 3
"""Parts of a change of several that are called by name."""
LONGEST_QUOTE = 300
BY_LABEL = "~"
"""What stands before the name of somebody without an account, where others have their number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done; `said` is a comment's own words, `changes` are the fields before and after."""

    at: datetime
    who: str
    words: str
    url: str
    plan: str
    plan_url: str
    changes: tuple[FieldLine, ...]
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of the feed, and what it can be narrowed by."""

    frame: Frame | None
    entries: tuple[Entry, ...]
    page: Page[Event]
    people: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    by: str
    part: str

    @property
    def query(self) -> str:
        """What stands in the address of another page of the same feed."""
        chosen = {name: value for name, value in (("by", self.by), ("part", self.part)) if value}
        return f"{urlencode(chosen)}&" if chosen else ""


def plan_feed(user: User, plan: Plan, query: Mapping[str, str]) -> FeedPage:
    """What was done to one plan."""
    every = feed.events_of([plan])
    chosen = _part_in(plan, query.get("part", ""))
    events = every if chosen is None else feed.about(every, plan, chosen)
    part = "" if chosen is None else f"{chosen.kind}/{chosen.key}"
    return _page(frame_of(user, plan), every, events, query, parts=tuple(_parts(plan)), part=part)


def own_feed(user: User, query: Mapping[str, str]) -> FeedPage:
    """What was done to everything that somebody may read."""
    every = feed.events_for(user)
    return _page(None, every, every, query)


def latest(user: User, most: int) -> tuple[Entry, ...]:
    """The last things that were done, for the page where one begins."""
    return entries(list(feed.events_for(user)[:most]))


def entries(events: Sequence[Event]) -> tuple[Entry, ...]:
    """Events in words, in their order."""
    known = known_of(events)
    return tuple(_entry(each, known) for each in events)


def words(event: Event, known: Known) -> str:
    """What was done, without who did it."""
    given = dict.fromkeys(told.FILLED_IN, "") | {name: str(value) for name, value in _fillers(event, known)}
    return " ".join(read(told.sentence(event.what)).format_map(given).split())


def who(event: Event) -> str:
    """Whoever did it, as they were called then."""
    label = str(event.by_label)
    return read(told.NOBODY[label]) if event.by_id is None and label in told.NOBODY else label


def _page(
    frame: Frame | None, every: QuerySet[Event], events: QuerySet[Event], query: Mapping[str, str], *,
    parts: tuple[tuple[str, str], ...] = (), part: str = "",
) -> FeedPage:  # fmt: skip
    people = tuple(_people(every))
    by = query.get("by", "")
    if by not in dict(people):
        by = ""
    if by:
        events = (
            events.filter(by_id=None, by_label=by.removeprefix(BY_LABEL)) if by.startswith(BY_LABEL)
            else events.filter(by_id=int(by))
        )  # fmt: skip
    page = Paginator(events, ON_A_PAGE).get_page(query.get("page", "1"))
    return FeedPage(frame, entries(list(page)), page, people, parts, by, part)


def _people(events: QuerySet[Event]) -> Iterator[tuple[str, str]]:
    """Who has done something, each once under the name they had last."""
    named: dict[str, str] = {}
    for by_id, label in events.order_by("by_id", "by_label").values_list("by_id", "by_label").distinct():
        shown = read(told.NOBODY[label]).rstrip(",") if by_id is None and label in told.NOBODY else label
        named[f"{BY_LABEL}{label}" if by_id is None else str(by_id)] = shown
    yield from sorted(named.items(), key=lambda each: each[1].casefold())


def _parts(plan: Plan) -> Iterator[tuple[str, str]]:
    """The parts of a plan, those that were removed among them: their feed tells who did."""
    order = list(KINDS)
    there = PlanPart.objects.filter(plan=plan).order_by("position", "pk")
    for each in sorted(there, key=lambda part: order.index(part.kind)):
        yield f"{each.kind}/{each.key}", Truncator(_called(each.kind, each.key, each.content)).chars(80)


def _part_in(plan: Plan, code: str) -> PlanPart | None:
    kind, _, key = code.partition("/")
    return PlanPart.objects.filter(plan=plan, kind=kind, key=key).first() if key else None


def _entry(event: Event, known: Known) -> Entry:
    plan = _plan(event, known)
    return Entry(
        event.at, who(event), words(event, known), _url(event, plan),
        plan.title if plan else "", reverse("plan", args=[plan.pk]) if plan else "",
        tuple(_changes(event)), _quoted(event, known), str(event.why),
    )  # fmt: skip


def _plan(event: Event, known: Known) -> Plan | None:
    key = plan_of(event)
    return None if key is None else known.plans.get(key)


def _url(event: Event, plan: Plan | None) -> str:
    """Where what was done can be seen."""
    if plan is None:
        return ""
    kind, key = kind_in(event), key_in(event)
    if kind == "action" and key:
        return reverse("plan-action", args=[plan.pk, key])
    if kind == "comment" and key.isdigit():
        return f"{reverse('plan-talk', args=[plan.pk])}?comment={key}#comment-{key}"
    if kind == "task":
        return f"{reverse('plan-talk', args=[plan.pk])}?tasks=all#task-{key}"
    return reverse("plan-versions", args=[plan.pk]) if kind == "version" else ""


def _fillers(event: Event, known: Known) -> Iterator[tuple[str, object]]:
    said, kind, key, plan = said_in(event), kind_in(event), key_in(event), plan_of(event)
    there = _plan(event, known)
    yield "what", event.what
    yield "title", said.get("title") or said.get("name") or (there.title if there else "")
    yield "version", _version(event, known)
    yield "terms", _terms(event, known)
    yield "kind", _kind(kind)
    yield "part", _quoted_part(kind, key, said if event.what.startswith("plan.part") else {}, plan, known)
    yield "about", _about(event, known)
    yield "parts", _several(event, known)
    yield "origin", said["from"].get("title", "") if isinstance(said.get("from"), dict) else ""
    for name in ("added", "changed", "removed"):
        yield name, len(said.get(name, ())) if event.what == "plan.workbook-applied" else ""
    if kind == "task" and key.isdigit() and (task := known.tasks.get(int(key))):
        yield "title", task.title
    if (role := ROLES.get(str(said.get("role", "")))) is not None:
        yield "role", read(role.name).lower()
    person = (
        int(event.object_key) if event.object_kind == "person" and event.object_key.isdigit() else said.get("person")
    )
    if isinstance(person, int) and person in known.people:
        yield "person", known.people[person].name


def _kind(code: str) -> str:
    name = read(KINDS[code].name) if code in KINDS else code
    return name[:1].lower() + name[1:]


def _called(kind: str, key: str, content: Mapping[str, Any]) -> str:
    """The kind and the title of a part, as a reader knows it; one of an older shape by its key."""
    if kind not in KINDS:
        return key
    try:
        title = title_in(kind_of(kind), key, dict(content))
    except (KeyError, TypeError, StopIteration, UnknownCodeError):
        title = key
    return f"{_kind(kind)} »{title}«" if language() == "da" else f"{_kind(kind)} “{title}”"


def _quoted_part(kind: str, key: str, content: Mapping[str, Any], plan: int | None, known: Known) -> str:
    """A part as it was called then, or as it is called now where the event does not say."""
    if not content and plan is not None and (part := known.parts.get((plan, kind, key))):
        content = part.content
    return _called(kind, key, content)


def _about(event: Event, known: Known) -> str:
    """What a comment is about: a part, or the plan."""
    there, key = _plan(event, known), key_in(event)
    comment = known.comments.get(int(key)) if key.isdigit() and kind_in(event) == "comment" else None
    if comment is not None and comment.part is not None:
        return _called(comment.part.kind, comment.part.key, comment.part.content)
    if there is not None:
        return f"planen »{there.title}«" if language() == "da" else f"the plan “{there.title}”"
    return key


def _terms(event: Event, known: Known) -> str:
    """By when a task was to be done, and by whom."""
    said = said_in(event)
    if event.what != "plan.task-added" or not said.get("due"):
        return ""
    day = date_format(date.fromisoformat(str(said["due"])), "DATE_FORMAT")
    whom = known.people.get(said.get("assigned_to") or -1)
    until = f", senest {day}" if language() == "da" else f", due {day}"
    asked = "" if whom is None else (f", til {whom.name}" if language() == "da" else f", for {whom.name}")
    return until + asked


def _version(event: Event, known: Known) -> str:
    """A version by number and name; the plan itself where it was published whole."""
    number, name = key_in(event), str(said_in(event).get("name") or "")
    if not number:
        return _about(event, known)
    quoted = (f"»{name}«" if language() == "da" else f"“{name}”") if name else ""
    return f"version {number} {quoted}".strip()


def _several(event: Event, known: Known) -> str:
    keys, plan, kind = keys_in(event), plan_of(event), kind_in(event)
    named = [_quoted_part(kind, key, {}, plan, known) for key in keys[:NAMED]]
    rest = len(keys) - len(named)
    if rest > 0:
        named.append(f"og {rest} mere" if language() == "da" else f"and {rest} more")
    return ", ".join(named)


def _quoted(event: Event, known: Known) -> str:
    """The words of a comment, shortened; who reads the feed may read the plan, and with it what is said of it."""
    key = key_in(event)
    comment = known.comments.get(int(key)) if kind_in(event) == "comment" and key.isdigit() else None
    return "" if comment is None else Truncator(comment.text).chars(LONGEST_QUOTE)


def _changes(event: Event) -> Iterator[FieldLine]:
    """From what to what."""
    before, after = event.before, event.after
    if event.what == "plan.part-changed" and kind_in(event) in KINDS:
        yield from _fields(kind_in(event), before, after)
    elif event.what == "plan.parts-changed" and isinstance(before, dict) and isinstance(after, dict):
        for key in after:
            for line in _fields(kind_in(event), before.get(key), after[key]):
                yield FieldLine(f"{key}: {line.label}", line.before, line.after)


def _fields(kind: str, before: object, after: object) -> Iterable[FieldLine]:
    if not isinstance(before, dict) or not isinstance(after, dict) or kind not in KINDS:
        return
    form = kind_of(kind)
    named = {each.name: each for each in form_of(form)}
    for each in field_changes(form, before, after):
        for found in differing(read(each.label), each.before, each.after, form=named.get(each.name)):
            yield FieldLine(*found)
