"""What is new to somebody on *My work*: where they were mentioned or answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import Truncator

from klimaplan.web.accounts.models import User
from klimaplan.web.digest.selectors import unread
from klimaplan.web.plans.models import Comment

LONGEST = 160
LATEST = 8
"""Things that were done, on the page where one begins; the rest is on a page of its own."""


@dataclass(frozen=True, slots=True)
class MentionLine:
    """A comment that somebody was called to and has not read yet."""

    key: int
    who: str
    at: datetime
    text: str
    about: str
    plan: str
    url: str


def mention_lines(user: User) -> tuple[MentionLine, ...]:
    return tuple(_line(each) for each in unread(user))


def _line(comment: Comment) -> MentionLine:
    address = reverse("plan-talk", args=[comment.plan.pk])
    return MentionLine(
        comment.pk,
        comment.by.name,
        comment.at,
        Truncator(" ".join(comment.text.split())).chars(LONGEST),
        "" if comment.part is None else str(comment.part.content.get("title", "")),
        comment.plan.title,
        f"{address}?comment={comment.pk}#comment-{comment.pk}",
    )
