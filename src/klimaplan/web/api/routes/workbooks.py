"""Plans as workbooks: out, previewed when they come back, and applied."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query
from ninja.files import UploadedFile

from klimaplan.web.api import selectors
from klimaplan.web.api.answers.plans import PlanSeen
from klimaplan.web.api.answers.workbooks import WorkbookPreview, chosen_in
from klimaplan.web.api.door import who
from klimaplan.web.api.rooms import IfMatch, Key, Once, Room
from klimaplan.web.api.tags import answered, expected, private
from klimaplan.web.plans import services
from klimaplan.web.plans.exchange.base import base_of

room = Room("Workbooks")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Book = Annotated[UploadedFile, File(description="An XLSX workbook")]
Choices = Annotated[
    str,
    Form(
        max_length=200_000, examples=['{"action": {"a01": {"owner": "yours"}}}'],
        description="JSON: kind, key and field of each conflict, and whose holds; `yours` is what the workbook says",
    ),
]  # fmt: skip


@room.do("/plans/{plan_id}/workbook", bytes, scope="plan:read", needs="plan.read")
def write_workbook(
    request: HttpRequest, plan_id: Key,
    language: Annotated[Literal["da", "en"], Query(description="Of headings and lists")] = "da",
) -> HttpResponse:  # fmt: skip
    """The plan as a workbook that says inside which version it was written from.

    That version is kept, so that what comes back is held against it; the ETag is its SHA-256, under which it stands
    among the versions (`list_versions` with `drafts`).
    """
    user = who(request)
    content = services.export_workbook(plan=selectors.plan_seen(user, plan_id), language=language, by=user)
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="plan-{plan_id}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{base_of(content)}"'
    return private(request, response)


@room.do(
    "/plans/{plan_id}/workbook/preview", WorkbookPreview, scope="plan:write", needs="plan.edit", brings_file=True
)  # fmt: skip
def preview_workbook(request: HttpRequest, plan_id: Key, file: Book, choices: Choices = "{}") -> HttpResponse:
    """What a workbook would add, change and remove, and what both sides have changed; nothing is changed yet."""
    user = who(request)
    seen = services.preview(
        plan=selectors.plan_seen(user, plan_id), content=file.read(), name=file.name or "", by=user,
        choices=chosen_in(choices),
    )  # fmt: skip
    return answered(request, WorkbookPreview.of(seen), version=seen.revision)


@room.do("/plans/{plan_id}/workbook/apply", PlanSeen, scope="plan:write", needs="plan.edit", brings_file=True)
def apply_workbook(  # all of it is the change
    request: HttpRequest, plan_id: Key, file: Book, choices: Choices = "{}",
    why: Annotated[str, Form(max_length=500, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")] = "",
    if_match: IfMatch = "", idempotency_key: Once = "",
) -> HttpResponse:  # fmt: skip
    """Everything that a preview showed, with what was chosen; all of it or nothing.

    `If-Match` is the ETag of the preview; if the plan was changed since, the answer is 412.
    """
    user = who(request)
    services.apply_workbook(
        plan=selectors.plan_seen(user, plan_id), content=file.read(), name=file.name or "", by=user,
        choices=chosen_in(choices), expected_revision=expected(if_match), why=why, idempotency_key=idempotency_key,
    )  # fmt: skip
    now = selectors.plan_seen(user, plan_id)
    return answered(request, PlanSeen.for_reader(user, now), version=now.revision)
