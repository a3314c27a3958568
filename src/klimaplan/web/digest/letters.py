"""The letter that tells what is new: plain text, names and titles only, and how to be rid of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from klimaplan.web.accounts.letters import Letter
from klimaplan.web.audit.models import Event
from klimaplan.web.digest import tokens
from klimaplan.web.digest.models import Pace, Wish
from klimaplan.web.digest.news import News
from klimaplan.web.plans.models import Comment, Plan, Task
from klimaplan.web.workspace.together import feed_page
from klimaplan.web.workspace.together.talk_page import when

MOST_CHANGES = 5
MOST_PLANS = 10


def letter(wish: Wish, news: News, site: str, now: datetime) -> EmailMessage:
    """The letter in the person's language; `site` stands before every address in it."""
    with override(wish.user.language):
        off = site + reverse("digest-off", args=[tokens.token_for(wish.user.pk)])
        written = Letter(_subject(news), tuple(_paragraphs(wish, news, site, off, now)))
        message = written.to(wish.user.email)
    message.extra_headers = {"List-Unsubscribe": f"<{off}>", "Auto-Submitted": "auto-generated"}
    return message


def _subject(news: News) -> str:
    """How much there is, and nothing of what it is: a subject is seen by many."""
    counts = [
        ngettext("%(number)d mention", "%(number)d mentions", len(news.mentions)) % {"number": len(news.mentions)},
        ngettext("%(number)d task", "%(number)d tasks", len(news.tasks)) % {"number": len(news.tasks)},
        ngettext("%(number)d change", "%(number)d changes", _changed(news)) % {"number": _changed(news)},
    ]
    told = [said for said, there in zip(counts, (news.mentions, news.tasks, news.changes), strict=True) if there]
    return _("News from klimaplan: %(counts)s") % {"counts": ", ".join(told)}


def _changed(news: News) -> int:
    return sum(len(events) for _plan, events in news.changes)


def _paragraphs(wish: Wish, news: News, site: str, off: str, now: datetime) -> Iterator[str]:
    yield _("Hello %(name)s") % {"name": _line(wish.user.name)}
    if news.mentions:
        yield _block(_("You were mentioned or answered"), (_mention(each, site) for each in news.mentions))
    if news.tasks:
        today = timezone.localtime(now).date()
        address = site + reverse("work")
        yield _block(_("Your tasks"), [*(_task(each, when(each.due, today)) for each in news.tasks), f"  {address}"])
    for plan, events in news.changes[:MOST_PLANS]:
        yield _block(_line(plan.title), _changes(plan, events, site))
    more = len(news.changes) - MOST_PLANS
    if more > 0:
        told = ngettext("%(number)d more plan was changed.", "%(number)d more plans were changed.", more)
        yield told % {"number": more}
    often = _("once a day at most") if wish.pace == Pace.DAILY else _("once a week at most")
    yield _("You asked for this letter %(often)s. Change it under My account:") % {"often": often}
    yield site + reverse("account")
    yield _("No more of these letters:")
    yield off


def _block(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([heading, *lines])


def _mention(comment: Comment, site: str) -> str:
    """Who, where and the way there; what was said is read on the page, by whoever may read it then."""
    told = {"who": _line(comment.by.name), "plan": _line(comment.plan.title)}
    title = "" if comment.part is None else _line(str(comment.part.content.get("title", "")))
    where = _("%(who)s in “%(plan)s”") % told
    if title:
        where = _("%(who)s about “%(title)s” in “%(plan)s”") % {**told, "title": title}
    address = f"{reverse('plan-talk', args=[comment.plan.pk])}?comment={comment.pk}#comment-{comment.pk}"
    return f"- {where}\n  {site}{address}"


def _task(task: Task, due: str) -> str:
    return f"- {_line(task.title)}: {due} ({_line(task.plan.title)})"


def _changes(plan: Plan, events: tuple[Event, ...], site: str) -> Iterator[str]:
    for each in feed_page.entries(events[:MOST_CHANGES]):
        yield f"- {_line(f'{each.who} {each.words}')}"
    more = len(events) - MOST_CHANGES
    if more > 0:
        yield "- " + ngettext("and %(number)d more change", "and %(number)d more changes", more) % {"number": more}
    yield f"  {site}{reverse('plan-activity', args=[plan.pk])}"


def _line(text: str) -> str:
    """What somebody wrote, on one line, so that it cannot look like a line of ours."""
    return " ".join(text.split())
