"""Who asks, what they may, and whom there is."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query

from klimaplan.web.api.answers.people import MayDo, Me, OrganisationLine
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, Limit, Room, Slug
from klimaplan.web.api.tags import answered
from klimaplan.web.organisations import selectors as organisations

room = Room("Who and what")

State = Literal["draft", "submitted", "certified", "published"]
OrganisationKind = Literal["", "municipality", "region", "dgo", "kl", "realdania", "concito", "c40", "other"]


@room.read("/me", Me)
def who_am_i(request: HttpRequest) -> HttpResponse:
    """Who I am, my roles today, and what my token is good for."""
    return answered(request, Me.of(request.auth))  # type: ignore[attr-defined]  # put there by the door


@room.read("/organisations/{slug}/permissions", MayDo)
def what_may_i(
    request: HttpRequest, slug: Slug, state: Annotated[State, Query(description="Of the plan")] = "draft"
) -> HttpResponse:
    """What my roles allow with what belongs to an organisation."""
    return answered(request, MayDo.of(who(request), organisations.organisation(slug), state))


@room.list("/organisations", Listed[OrganisationLine])
def list_organisations(
    request: HttpRequest, kind: Annotated[OrganisationKind, Query(description="Only those of a kind")] = "",
    cursor: Cursor = "", limit: Limit = USUAL,
) -> HttpResponse:  # fmt: skip
    """The organisations: municipalities, regions, networks and partners."""
    return listed(request, organisations.organisations(kind=kind or None), OrganisationLine.of, cursor, limit)
