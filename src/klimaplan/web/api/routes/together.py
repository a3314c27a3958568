"""Working together: comments, tasks and evidence files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Path, Query
from ninja.files import UploadedFile

from klimaplan.web.api import selectors
from klimaplan.web.api.answers.parts import PartSeen
from klimaplan.web.api.answers.plans import Reason
from klimaplan.web.api.answers.shapes import LARGEST_ID, Listed
from klimaplan.web.api.answers.together import (
    CommentSeen,
    FileSeen,
    Named,
    NewComment,
    NewTask,
    ResponsibleSeen,
    TaskSeen,
)
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, Key, Limit, Once, Room
from klimaplan.web.api.tags import answered, private
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans import services

room = Room("Working together")

READ, SAY, WRITE = "plan:read", "comment:write", "plan:write"
About = Annotated[int | None, Query(ge=1, le=LARGEST_ID, description="Only about this part")]
OpenOnly = Annotated[bool, Query(description="Only those that are not dealt with")]
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$", example="0" * 64)]
Words = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


@room.list("/plans/{plan_id}/comments", Listed[CommentSeen], scope=READ, needs="plan.read")
def list_comments(  # a filter each
    request: HttpRequest, plan_id: Key, part: About = None, open_only: OpenOnly = False, cursor: Cursor = "",
    limit: Limit = USUAL,
) -> HttpResponse:  # fmt: skip
    """What is said about a plan and its parts."""
    plan = selectors.plan_seen(who(request), plan_id)
    return listed(request, selectors.comments_of(plan, part=part, open_only=open_only), CommentSeen.of, cursor, limit)


@room.add("/plans/{plan_id}/comments", CommentSeen, scope=SAY, needs="plan.comment")
def say(request: HttpRequest, plan_id: Key, given: NewComment, idempotency_key: Once = "") -> HttpResponse:
    """Say something about a plan or a part of it."""
    user = who(request)
    plan = selectors.plan_seen(user, plan_id)
    made = services.comment(
        plan=plan, text=given.text, by=user, mentions=selectors.readers(plan, given.mentions),
        part=None if given.part is None else selectors.part_of(plan, given.part),
        answers=None if given.answers is None else selectors.comment_of(plan, given.answers),
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, CommentSeen.of(made), status=201)


@room.do("/plans/{plan_id}/comments/{comment_id}/resolve", CommentSeen, scope=SAY, needs="plan.comment")
def resolve_comment(request: HttpRequest, plan_id: Key, comment_id: Key, idempotency_key: Once = "") -> HttpResponse:
    """Mark what was said as dealt with."""
    user = who(request)
    said = selectors.comment_of(selectors.plan_seen(user, plan_id), comment_id)
    done = services.resolve_comment(comment=said, by=user, idempotency_key=idempotency_key)
    return answered(request, CommentSeen.of(done))


@room.list("/plans/{plan_id}/tasks", Listed[TaskSeen], scope=READ, needs="plan.read")
def list_tasks(
    request: HttpRequest, plan_id: Key, open_only: OpenOnly = True, cursor: Cursor = "", limit: Limit = USUAL
) -> HttpResponse:
    """What is to be done in a plan, by when and by whom."""
    plan = selectors.plan_seen(who(request), plan_id)
    return listed(request, plans.tasks(plan, open_only=open_only), TaskSeen.of, cursor, limit)


@room.add("/plans/{plan_id}/tasks", TaskSeen, scope=SAY, needs="plan.update-action")
def add_task(request: HttpRequest, plan_id: Key, given: NewTask, idempotency_key: Once = "") -> HttpResponse:
    """Ask somebody to do something by a day."""
    user = who(request)
    plan = selectors.plan_seen(user, plan_id)
    asked = [] if given.assigned_to is None else selectors.readers(plan, [given.assigned_to])
    made = services.add_task(
        plan=plan, title=given.title, due=given.due, by=user, assigned_to=asked[0] if asked else None,
        part=None if given.part is None else selectors.part_of(plan, given.part), idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, TaskSeen.of(made), status=201)


@room.do("/plans/{plan_id}/tasks/{task_id}/complete", TaskSeen, scope=SAY, needs="plan.update-action")
def complete_task(
    request: HttpRequest, plan_id: Key, task_id: Key, given: Reason, idempotency_key: Once = ""
) -> HttpResponse:
    """Say that a task is done; whoever it was given to may, too."""
    user = who(request)
    task = selectors.task_of(selectors.plan_seen(user, plan_id), task_id)
    done = services.complete_task(task=task, why=given.why, by=user, idempotency_key=idempotency_key)
    return answered(request, TaskSeen.of(done))


@room.do("/plans/{plan_id}/tasks/{task_id}/reopen", TaskSeen, scope=SAY, needs="plan.update-action")
def reopen_task(
    request: HttpRequest, plan_id: Key, task_id: Key, given: Reason, idempotency_key: Once = ""
) -> HttpResponse:
    """Say that a task is not done after all."""
    user = who(request)
    task = selectors.task_of(selectors.plan_seen(user, plan_id), task_id)
    done = services.reopen_task(task=task, why=given.why, by=user, idempotency_key=idempotency_key)
    return answered(request, TaskSeen.of(done))


@room.list("/plans/{plan_id}/parts/{part_id}/responsible", Listed[ResponsibleSeen], scope=READ, needs="plan.read")
def list_responsible(
    request: HttpRequest, plan_id: Key, part_id: Key, cursor: Cursor = "", limit: Limit = USUAL
) -> HttpResponse:
    """Who keeps an action up to date today."""
    part = selectors.part_of(selectors.plan_seen(who(request), plan_id), part_id)
    return listed(request, plans.responsible_for(part), ResponsibleSeen.of, cursor, limit)


@room.do("/plans/{plan_id}/parts/{part_id}/responsible", PartSeen, scope=WRITE, needs="plan.edit")
def assign_action(
    request: HttpRequest, plan_id: Key, part_id: Key, given: Named, idempotency_key: Once = ""
) -> HttpResponse:
    """From today somebody keeps an action up to date, and may report its progress."""
    return _named(request, services.assign_action, plan_id, part_id, given, idempotency_key)


@room.do("/plans/{plan_id}/parts/{part_id}/responsible/end", PartSeen, scope=WRITE, needs="plan.edit")
def unassign_action(
    request: HttpRequest, plan_id: Key, part_id: Key, given: Named, idempotency_key: Once = ""
) -> HttpResponse:
    """Somebody no longer keeps an action up to date; that they did stays."""
    return _named(request, services.unassign_action, plan_id, part_id, given, idempotency_key)


@room.list("/plans/{plan_id}/evidence", Listed[FileSeen], scope=READ, needs="plan.read")
def list_evidence(request: HttpRequest, plan_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The files that were handed in with a plan."""
    plan = selectors.plan_seen(who(request), plan_id)
    return listed(request, plans.files(plan), FileSeen.of, cursor, limit)


@room.add(
    "/plans/{plan_id}/evidence", PartSeen, scope=WRITE, needs="plan.update-action", brings_file=True
)  # fmt: skip
def add_evidence(  # noqa: PLR0913, PLR0917  # what a piece of evidence is made of
    request: HttpRequest, plan_id: Key,
    file: Annotated[UploadedFile, File(description="20 MB at most, unless the installation says otherwise")],
    title: Annotated[str, Form(max_length=200, pattern=Words)] = "",
    action: Annotated[str, Form(max_length=80, pattern=Words, description="Key of the action it belongs to")] = "",
    note: Annotated[str, Form(max_length=2_000, pattern=Words)] = "",
    public: Annotated[bool, Form(description="Whether it is shown with the published plan")] = False,
    idempotency_key: Once = "",
) -> HttpResponse:  # fmt: skip
    """Hand in a file as evidence; what it is, its bytes say and not its name."""
    user = who(request)
    made = services.add_evidence(
        plan=selectors.plan_seen(user, plan_id), content=file.read(), name=file.name or "", title=title,
        action=action or None, note=note, public=public, by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, PartSeen.of(made), version=made.version, status=201)


@room.read("/plans/{plan_id}/evidence/{sha256}", bytes, scope=READ, needs="plan.read")
def read_evidence(request: HttpRequest, plan_id: Key, sha256: Digest) -> HttpResponse:
    """The very bytes that were handed in, always as an attachment."""
    user = who(request)
    file = plans.download(user, selectors.plan_seen(user, plan_id), sha256)
    response = HttpResponse(file.content, content_type=file.media)
    response.headers["Content-Disposition"] = "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{sha256}"'
    return private(request, response)


def _named(  # what is asked, and of what
    request: HttpRequest, service: Callable[..., Any], plan_id: int, part_id: int, given: Named, key: str
) -> HttpResponse:
    user = who(request)
    plan = selectors.plan_seen(user, plan_id)
    [person] = selectors.readers(plan, [given.person])
    part = service(
        part=selectors.part_of(plan, part_id), user=person, why=given.why, by=user, idempotency_key=key
    )  # fmt: skip
    return answered(request, PartSeen.of(part), version=part.version)
