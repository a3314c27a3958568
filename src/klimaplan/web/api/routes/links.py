"""Links with which somebody without an account reports progress on one action, and what came in through them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from klimaplan.web.api import changes, selectors
from klimaplan.web.api.answers.plans import Reason
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.answers.together import LinkMade, LinkSeen, NewLink, ReportSeen
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, Key, Limit, Once, Room
from klimaplan.web.api.tags import answered
from klimaplan.web.progress import selectors as progress

room = Room("Progress by link")

READ, WRITE = "plan:read", "plan:write"


@room.list("/plans/{plan_id}/links", Listed[LinkSeen], scope=READ, needs="link.send")
def list_links(request: HttpRequest, plan_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The links of a plan, and which of them work."""
    user = who(request)
    found = selectors.links_of(user, selectors.plan_seen(user, plan_id))
    return listed(request, found, LinkSeen.of, cursor, limit)


@room.add("/plans/{plan_id}/links", LinkMade, scope=WRITE, needs="link.send")
def make_link(request: HttpRequest, plan_id: Key, given: NewLink, idempotency_key: Once = "") -> HttpResponse:
    """A link for one action; its address is answered this once, and kept nowhere."""
    user = who(request)
    made = changes.make_link(
        plan=selectors.plan_seen(user, plan_id), by=user, idempotency_key=idempotency_key, **given.model_dump()
    )
    address = None
    if made.token is not None:
        with override(given.language):
            address = request.build_absolute_uri(reverse("progress-report", args=[made.token]))
    return answered(request, LinkMade.with_address(made.grant, address), status=201)


@room.do("/plans/{plan_id}/links/{link_id}/revoke", LinkSeen, scope=WRITE, needs="link.send")
def revoke_link(
    request: HttpRequest, plan_id: Key, link_id: Key, given: Reason, idempotency_key: Once = ""
) -> HttpResponse:
    """Make a link stop working at once; what was reported through it stays."""
    user = who(request)
    grant = progress.link(user, selectors.plan_seen(user, plan_id), link_id)
    revoked = changes.revoke_link(grant=grant, why=given.why, by=user, idempotency_key=idempotency_key)
    return answered(request, LinkSeen.of(revoked))


@room.list("/plans/{plan_id}/reports", Listed[ReportSeen], scope=READ, needs="link.send")
def list_reports(request: HttpRequest, plan_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """What came in through the links of a plan."""
    user = who(request)
    found = selectors.reports_of(user, selectors.plan_seen(user, plan_id))
    return listed(request, found, ReportSeen.of, cursor, limit)
