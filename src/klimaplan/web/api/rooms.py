"""How an operation is declared: which scope and permission it takes, what it answers, and what it can refuse."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from django.http import HttpResponse
from ninja import Header, Path, Query, Router

from klimaplan.web.api.answers.refused import Clashed, Refused
from klimaplan.web.api.answers.shapes import LARGEST_ID, Moment
from klimaplan.web.api.door import Bearer
from klimaplan.web.api.paging import MOST

View = TypeVar("View", bound=Callable[..., HttpResponse])

Key = Annotated[int, Path(ge=1, le=LARGEST_ID, example=1)]
Slug = Annotated[str, Path(max_length=60, pattern=r"^[a-z0-9-]+$", example="hvidovre")]
Cursor = Annotated[str, Query(max_length=60, description="`next` of the answer before")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most")]
Since = Annotated[Moment | None, Query(description="Only what was changed at this moment or later")]
IfMatch = Annotated[
    str,
    Header(
        alias="If-Match", max_length=60, example='"1"',
        description="The ETag of what is changed; needed, and answered with 428 without",
    ),
]  # fmt: skip
Once = Annotated[
    str,
    Header(
        alias="Idempotency-Key", max_length=80, pattern=r"^[!-~]*$",
        description="A key of your own: the same request with the same key is carried out once",
    ),
]  # fmt: skip

_TAG = {"description": "The version of what is answered", "schema": {"type": "string"}}
_LINK = {"description": "Where the rest is, as rel=next", "schema": {"type": "string"}}
_BYTES = {"type": "string", "format": "binary"}
ALWAYS: dict[int, Any] = {
    400: Refused,
    401: Refused,
    403: Refused,
    404: Refused,
    413: Refused,
    422: Refused,
    429: Refused,
}


class Room:
    """The operations on one kind of thing."""

    def __init__(self, tag: str) -> None:
        self.router = Router(tags=[tag])

    def read(self, path: str, answer: Any, *, scope: str = "", needs: str = "") -> Callable[[View], View]:
        """One thing, under its tag."""
        return self._operation("GET", path, {200: answer}, scope, needs, headers={"ETag": _TAG})

    def list(self, path: str, answer: Any, *, scope: str = "", needs: str = "") -> Callable[[View], View]:
        """Many things, in pieces."""
        return self._operation("GET", path, {200: answer}, scope, needs, headers={"Link": _LINK})

    def add(
        self, path: str, answer: Any, *, scope: str, needs: str, brings_file: bool = False
    ) -> Callable[[View], View]:  # fmt: skip
        """Something new."""
        return self._operation(
            "POST", path, {201: answer}, scope, needs, headers={"ETag": _TAG}, brings_file=brings_file
        )

    def do(
        self, path: str, answer: Any, *, scope: str, needs: str, method: str = "POST", brings_file: bool = False
    ) -> Callable[[View], View]:  # fmt: skip
        """A change of something that is there: of a version that is named, or one that can only go one way."""
        refuses = {409: Clashed, 412: Clashed, 428: Refused}
        return self._operation(
            method, path, {200: answer}, scope, needs, headers={"ETag": _TAG}, refuses=refuses, brings_file=brings_file
        )

    def _operation(  # noqa: PLR0913  # all of it is the operation
        self, method: str, path: str, answers: dict[int, Any], scope: str, needs: str, *, headers: dict[str, Any],
        refuses: dict[int, Any] | None = None, brings_file: bool = False,
    ) -> Callable[[View], View]:  # fmt: skip
        def declare(view: View) -> View:
            content = {"content": {"*/*": {"schema": _BYTES}}} if bytes in answers.values() else {}
            shapes = {status: None if answer is bytes else answer for status, answer in answers.items()}
            summary, _, rest = inspect.getdoc(view).partition("\n")  # type: ignore[union-attr]  # a test says it has one
            accepts = frozenset(inspect.signature(view).parameters)
            self.router.api_operation(
                [method], path, auth=Bearer(scope, accepts, brings_file=brings_file),
                response={**shapes, **ALWAYS, **(refuses or {})}, operation_id=view.__name__,
                summary=summary.rstrip("."), description="\n\n".join(filter(None, [rest.strip(), _asks(scope, needs)])),
                openapi_extra={
                    "x-scope": scope, "x-permission": needs,
                    "responses": {status: {"headers": headers, **content} for status in answers},
                },
            )(view)  # fmt: skip
            return view

        return declare


def _asks(scope: str, needs: str) -> str:
    token = f"a token with the scope `{scope}`" if scope else "any token"
    return f"Takes {token}" + (f" of a person who has the permission `{needs}` there." if needs else ".")
