"""What is one's own, as the API shows it: name, language, letters, and where one was called."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.api.answers.shapes import Asked, Id, Line, Seen, Why, example
from klimaplan.web.api.answers.together import CommentSeen
from klimaplan.web.plans.models import Comment


class ProfileSeen(Seen):
    """One's name and language."""

    model_config = example(name="Kaja", language="da")

    name: str
    language: str

    @classmethod
    def of(cls, user: User) -> ProfileSeen:
        return cls(name=user.name, language=user.language)


class ProfileIn(Asked):
    """One's name and language from now on."""

    model_config = Asked.model_config | example(name="Kaja", language="en")

    name: Line = Field(min_length=1, max_length=120)
    language: Literal["da", "en"]


class LettersSeen(Seen):
    """How often one gets a letter about what is new."""

    model_config = example(pace="weekly")

    pace: str


class LettersIn(Asked):
    """How often one wants a letter about what is new."""

    model_config = Asked.model_config | example(pace="weekly")

    pace: Literal["off", "daily", "weekly"]


class CalledSeen(CommentSeen):
    """A comment that one was mentioned in or that answers one's own, and the plan it is about."""

    model_config = example(
        id=1, part=12, answers=None, text="Er det med drift?", by="Karl", by_id=2, at="2026-11-24T09:00:00Z",
        mentions=[1], resolved_at=None, plan=1,
    )  # fmt: skip

    plan: int

    @classmethod
    def whole(cls, said: Comment) -> CalledSeen:
        return cls(**dict(CommentSeen.of(said)), plan=said.plan.pk)


class ContactSeen(Seen):
    """Somebody who holds the role of a department contact, and the department; null for none."""

    model_config = example(role=3, person_id=2, person="Dorte", department=1)

    role: int
    person_id: int
    person: str
    department: int | None

    @classmethod
    def of(cls, held: RoleAssignment) -> ContactSeen:
        return cls(
            role=held.pk, person_id=held.user.pk, person=held.user.name,
            department=None if held.department is None else held.department.pk,
        )  # fmt: skip


class Placing(Asked):
    """The department somebody is the contact of; null for none."""

    model_config = Asked.model_config | example(department=1)

    department: Id | None


class Renaming(Asked):
    """Another name; the log keeps the old one."""

    model_config = Asked.model_config | example(name="Vej, Park og Natur", why="Sammenlagt")

    name: Line = Field(min_length=1, max_length=120)
    why: Why = ""
