"""What is one's own: name and language, letters about what is new, and where one was called."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from klimaplan.web.api import own_changes, selectors
from klimaplan.web.api.answers.mine import CalledSeen, LettersIn, LettersSeen, ProfileIn, ProfileSeen
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.answers.together import CommentSeen
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, Key, Limit, Once, Room
from klimaplan.web.api.tags import answered
from klimaplan.web.digest import selectors as digest

room = Room("My own")

WRITE = "profile:write"


@room.do("/me/profile", ProfileSeen, scope=WRITE, needs="", method="PUT")
def change_profile(request: HttpRequest, given: ProfileIn, idempotency_key: Once = "") -> HttpResponse:
    """My name and language from now on; e-mail and password are changed on the site only."""
    user = own_changes.change_profile(
        by=who(request), name=given.name, language=given.language, idempotency_key=idempotency_key
    )
    return answered(request, ProfileSeen.of(user))


@room.read("/me/letters", LettersSeen)
def read_letters(request: HttpRequest) -> HttpResponse:
    """How often I get a letter about what is new."""
    return answered(request, LettersSeen(pace=digest.pace_of(who(request))))


@room.do("/me/letters", LettersSeen, scope=WRITE, needs="", method="PUT")
def change_letters(request: HttpRequest, given: LettersIn, idempotency_key: Once = "") -> HttpResponse:
    """How often I want a letter from now on; what was there before I asked is not news."""
    wish = own_changes.set_pace(by=who(request), pace=given.pace, idempotency_key=idempotency_key)
    return answered(request, LettersSeen(pace=wish.pace))


@room.list("/me/unread", Listed[CalledSeen], scope="plan:read")
def list_unread(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The comments that I was mentioned in or that answer mine, and that I have neither answered nor put aside."""
    return listed(request, digest.unread(who(request)), CalledSeen.whole, cursor, limit)


@room.do("/plans/{plan_id}/comments/{comment_id}/put-aside", CommentSeen, scope="comment:write", needs="plan.read")
def put_comment_aside(request: HttpRequest, plan_id: Key, comment_id: Key) -> HttpResponse:
    """A comment that I was called to is no longer unread."""
    user = who(request)
    said = selectors.comment_of(selectors.plan_seen(user, plan_id), comment_id)
    own_changes.put_aside(comment=said, by=user)
    return answered(request, CommentSeen.of(said))
