"""What can be done with news: wish for letters or no more of them, put something aside, and send what is due."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.audit.services import record
from klimaplan.web.digest import selectors
from klimaplan.web.digest.letters import letter
from klimaplan.web.digest.models import Pace, Seen, Wish
from klimaplan.web.digest.news import news_for
from klimaplan.web.plans.models import Comment

DAYS = {Pace.DAILY: 1, Pace.WEEKLY: 7}
GIVEN_UP = timedelta(hours=1)
"""After so long a letter that is not known to have left is sent once more: whoever sent it has stopped."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the letters of one run, in numbers; `failed` are the keys of the people they did not leave for."""

    sent: int
    nothing_new: int
    not_due: int
    failed: tuple[int, ...]


@transaction.atomic
def set_pace(*, by: User, pace: str) -> Wish:
    """How often a person wants a letter from now on; what was there before they asked is not news.

    Raises
    ------
    InputError : there is no such pace
    """
    if pace not in Pace.values:
        raise InputError(_unknown(pace))
    return _put(by, pace, by=by)


@transaction.atomic
def turn_off(*, token: str) -> Wish:
    """No more letters, for whoever the link in one was signed.

    Raises
    ------
    UnknownCodeError : the link is not ours
    """
    return _put(selectors.wish_behind(token).user, Pace.OFF, by=None)


@transaction.atomic
def put_aside(*, comment: Comment, by: User) -> None:
    """A comment that somebody was called to no longer stands under their *My work*."""
    Seen.objects.get_or_create(user=by, comment=comment, defaults={"at": timezone.now()})


def send(*, site: str, now: datetime | None = None) -> Sent:
    """Send every letter that is due, each by itself: what stops the run loses and repeats nothing of those before.

    Somebody is told what is new since their last letter. A run that is stopped between sending a letter and noting it
    sends that one letter again when an hour has passed; better twice than never.

    Parameters
    ----------
    site : where the site is, as it stands in the letters
    now : the moment until which is told; tests name one
    """
    moment = now or timezone.now()
    counts = {"sent": 0, "nothing_new": 0, "not_due": 0}
    failed = []
    for key in Wish.objects.exclude(pace=Pace.OFF).filter(user__is_active=True).values_list("pk", flat=True):
        wish = _claimed(key, moment)
        if wish is None:
            counts["not_due"] += 1
            continue
        news = news_for(wish.user, wish.pace, wish.told_until, moment)
        if news.is_worth_a_letter:
            try:
                letter(wish, news, site.rstrip("/"), moment).send()
            except (smtplib.SMTPException, OSError):
                Wish.objects.filter(pk=key).update(sending_since=None)
                failed.append(wish.user.pk)
                continue
        counts["sent" if news.is_worth_a_letter else "nothing_new"] += 1
        Wish.objects.filter(pk=key).update(told_until=moment, sending_since=None)
    return Sent(**counts, failed=tuple(failed))


def _claimed(key: int, moment: datetime) -> Wish | None:
    """A wish that is due and that nobody else is sending a letter for; from now on this run does."""
    wish = Wish.objects.select_related("user").get(pk=key)
    if wish.pace not in DAYS or not _is_due(wish, moment):
        return None
    free = Q(sending_since=None) | Q(sending_since__lt=moment - GIVEN_UP)
    taken = Wish.objects.filter(free, pk=key, told_until=wish.told_until).update(sending_since=moment)
    return wish if taken else None


def _is_due(wish: Wish, moment: datetime) -> bool:
    """By days of the calendar, so that a run a little earlier than yesterday's still counts."""
    passed = timezone.localtime(moment).date() - timezone.localtime(wish.told_until).date()
    return passed.days >= DAYS[Pace(wish.pace)]


def _put(user: User, pace: str, *, by: User | None) -> Wish:
    wish = Wish.objects.select_for_update().filter(user=user).first()
    before = str(wish.pace) if wish else str(Pace.OFF)
    if wish is None:
        wish = Wish(user=user, pace=Pace.OFF, told_until=timezone.now())
    if before == Pace.OFF:
        wish.told_until, wish.sending_since = timezone.now(), None
    wish.pace = pace
    wish.save()
    if before != pace:
        record(
            by=by, what="person.digest-changed", object_kind="person", object_key=str(user.pk),
            before={"pace": before}, after={"pace": pace}, label="link in a letter",
        )  # fmt: skip
    return wish


def _unknown(pace: str) -> Finding:
    return Finding(
        "pace-unknown", pace[:20] or "∅",
        Text("Det kan ikke vælges, hvor tit der kommer mail.", "This is no way of sending letters."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Vælg aldrig, dagligt eller ugentligt.", "Choose never, daily or weekly."),
    )  # fmt: skip
