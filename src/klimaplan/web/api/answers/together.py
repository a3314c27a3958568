"""Comments, tasks, evidence, links and events as the API shows them, and what is sent to make them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from klimaplan.web.api.answers.shapes import Asked, Code, Id, Line, Paragraphs, Seen, Why, example
from klimaplan.web.audit.models import Event
from klimaplan.web.plans.models import Comment, EvidenceFile, Responsibility, Task
from klimaplan.web.progress.models import LinkGrant, Report
from klimaplan.web.progress.selectors import is_usable

LINK = {
    "id": 1, "action": "a01", "recipient": "Vej og Park", "language": "da", "made_by": "Kaja",
    "made_at": "2026-11-24T09:00:00Z", "expires_at": "2026-12-24T09:00:00Z", "revoked_at": None, "last_used_at": None,
    "usable": True,
}  # fmt: skip


class CommentSeen(Seen):
    """What somebody said about a plan, or one of its parts."""

    model_config = example(
        id=1, part=12, answers=None, text="Er det med drift?", by="Karl", by_id=2, at="2026-11-24T09:00:00Z",
        mentions=[1], resolved_at=None,
    )  # fmt: skip

    id: int
    part: int | None
    answers: int | None
    text: str
    by: str
    by_id: int
    at: datetime
    mentions: list[int]
    resolved_at: datetime | None

    @classmethod
    def of(cls, said: Comment) -> CommentSeen:
        return cls(
            id=said.pk, part=_key(said.part), answers=_key(said.answers), text=said.text, by=said.by.name,
            by_id=said.by.pk, at=said.at, mentions=sorted(user.pk for user in said.mentions.all()),
            resolved_at=said.resolved_at,
        )  # fmt: skip


class NewComment(Asked):
    """Something to say; who is mentioned must be able to read the plan."""

    model_config = Asked.model_config | example(text="Er det med drift?", part=12)

    text: Paragraphs = Field(min_length=1)
    part: Id | None = None
    answers: Id | None = Field(None, description="The comment that this one answers")
    mentions: list[Id] = Field(default_factory=list, max_length=50)


class TaskSeen(Seen):
    """Something that somebody is to do by a day."""

    model_config = example(
        id=1, part=12, title="Ring til forsyningen", due="2027-01-15", assigned_to=None, assigned_to_id=None,
        created_by="Kaja", created_at="2026-11-24T09:00:00Z", done_at=None,
    )  # fmt: skip

    id: int
    part: int | None
    title: str
    due: date
    assigned_to: str | None
    assigned_to_id: int | None
    created_by: str
    created_at: datetime
    done_at: datetime | None

    @classmethod
    def of(cls, task: Task) -> TaskSeen:
        asked = task.assigned_to
        return cls(
            id=task.pk, part=_key(task.part), title=task.title, due=task.due,
            assigned_to=None if asked is None else asked.name, assigned_to_id=_key(asked),
            created_by=task.created_by.name, created_at=task.created_at, done_at=task.done_at,
        )  # fmt: skip


class NewTask(Asked):
    """What is to be done, by when, and by whom; nobody named means whoever has time."""

    model_config = Asked.model_config | example(title="Ring til forsyningen", due="2027-01-15")

    title: Line = Field(min_length=1)
    due: date
    part: Id | None = None
    assigned_to: Id | None = None


class ResponsibleSeen(Seen):
    """Somebody who keeps an action up to date."""

    model_config = example(person_id=2, person="Ivan", valid_from="2026-11-24")

    person_id: int
    person: str
    valid_from: date

    @classmethod
    def of(cls, kept: Responsibility) -> ResponsibleSeen:
        return cls(person_id=kept.user.pk, person=kept.user.name, valid_from=kept.valid_from)


class Named(Asked):
    """A person by their number, as the people of an organisation are listed."""

    model_config = Asked.model_config | example(person=2)

    person: Id
    why: Why = ""


class FileSeen(Seen):
    """A file that was handed in with a plan."""

    model_config = example(
        sha256="9f86…", name="referat.pdf", kind="pdf", size=18_204, scanned=False, by="Kaja", at="2026-11-24T09:00:00Z"
    )

    sha256: str
    name: str
    kind: str
    size: int
    scanned: bool
    by: str
    at: datetime

    @classmethod
    def of(cls, file: EvidenceFile) -> FileSeen:
        return cls(
            sha256=file.sha256, name=file.name, kind=file.kind, size=file.size, scanned=file.scanned,
            by="" if file.by is None else file.by.name, at=file.at,
        )  # fmt: skip


class LinkSeen(Seen):
    """A link with which somebody without an account reports on one action."""

    model_config = example(**LINK)

    id: int
    action: str
    recipient: str
    language: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    usable: bool

    @classmethod
    def of(cls, grant: LinkGrant) -> LinkSeen:
        return cls(**_link(grant))


class LinkMade(LinkSeen):
    """A link that was just made; `address` is told this once, and null when the same key is used again."""

    model_config = example(**LINK, address="https://plan.example.dk/fremdrift/link/…")

    address: str | None

    @classmethod
    def with_address(cls, grant: LinkGrant, address: str | None) -> LinkMade:
        return cls(**_link(grant), address=address)


class NewLink(Asked):
    """Who gets a link, for which action, and for how many days."""

    model_config = Asked.model_config | example(action="a01", recipient="Vej og Park", days=30)

    action: Code
    recipient: Line
    days: int = Field(30, ge=1, le=180)
    language: Literal["da", "en"] = "da"


class ReportSeen(Seen):
    """What came in through a link."""

    model_config = example(
        id=1, link=1, action="a01", recipient="Vej og Park", said={"progress": "done"}, at="2026-11-24T09:00:00Z"
    )

    id: int
    link: int
    action: str
    recipient: str
    said: dict[str, Any]
    at: datetime

    @classmethod
    def of(cls, report: Report) -> ReportSeen:
        grant = report.grant
        return cls(id=report.pk, link=grant.pk, action=grant.part.key, recipient=grant.recipient, said=report.said,
                   at=report.at)  # fmt: skip


class EventSeen(Seen):
    """One thing that somebody did; the hashes chain the log."""

    model_config = example(
        seq=1, at="2026-11-24T09:00:00Z", by="Kaja", organisation="hvidovre", what="plan.part-changed",
        object_kind="plan-action", object_key="1/a01", before=None, after=None, why="", previous_hash="0…", hash="3a…",
    )  # fmt: skip

    seq: int
    at: datetime
    by: str
    organisation: str
    what: str
    object_kind: str
    object_key: str
    before: Any
    after: Any
    why: str
    previous_hash: str
    hash: str

    @classmethod
    def of(cls, event: Event) -> EventSeen:
        return cls(
            seq=event.seq, at=event.at, by=event.by_label, organisation=event.organisation, what=event.what,
            object_kind=event.object_kind, object_key=event.object_key, before=event.before, after=event.after,
            why=event.why, previous_hash=event.previous_hash, hash=event.hash,
        )  # fmt: skip


def _key(row: Any) -> int | None:
    return None if row is None else int(row.pk)


def _link(grant: LinkGrant) -> dict[str, Any]:
    return {
        "id": grant.pk, "action": grant.part.key, "recipient": grant.recipient, "language": grant.language,
        "made_by": grant.made_by.name, "made_at": grant.made_at, "expires_at": grant.expires_at,
        "revoked_at": grant.revoked_at, "last_used_at": grant.last_used_at, "usable": is_usable(grant),
    }  # fmt: skip
