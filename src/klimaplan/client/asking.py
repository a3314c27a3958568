"""One request, asked until it is answered: again where nothing can be done twice, and not anew what is known."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from klimaplan.client.errors import Refused, refusal

ATTEMPTS, LONGEST_WAIT = 4, 60.0
REMEMBERED = 200
AGAIN = frozenset({429, 502, 503, 504})
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Answer:
    """What came back, under which tag."""

    body: Any
    etag: str = ""
    next: str | None = None


class Asking:
    """A connection to the API of a site."""

    def __init__(
        self, address: str, token: str | None, *, language: str, transport: httpx.BaseTransport | None = None,
        shortest_wait: float = 0.5,
    ) -> None:  # fmt: skip
        parts = urlsplit(address)
        if token is not None and parts.scheme != "https" and parts.hostname not in HERE:
            raise ValueError("a token is sent over https, or to this very machine")
        headers = {"Accept-Language": language, "User-Agent": "klimaplan-client"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        self.language, self._shortest_wait = language, shortest_wait
        # nobody is followed elsewhere with the token
        self._http = httpx.Client(
            base_url=f"{address.rstrip('/')}/api/v1", headers=headers, timeout=60.0, transport=transport
        )
        self._known: OrderedDict[str, Answer] = OrderedDict()

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **query: Any) -> Answer:
        """Read one thing; what is known already comes from memory if the site says that it still holds."""
        params = {name: value for name, value in query.items() if value is not None}
        name = str(httpx.URL(path, params=params))
        known = self._known.get(name)
        response = self._sent("GET", path, params=params, headers={"If-None-Match": known.etag} if known else {})
        if known is not None and response.status_code == 304:
            self._known.move_to_end(name)
            return known
        answer = Answer(response.json(), response.headers.get("ETag", ""))
        if answer.etag:
            self._known[name] = answer
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return answer

    def every(self, path: str, **query: Any) -> Iterator[Any]:
        """Everything in a list, piece by piece."""
        cursor: str | None = None
        while True:
            body = self.get(path, **query, limit=200, cursor=cursor).body
            yield from body["items"]
            cursor = body["next"]
            if cursor is None:
                return

    def write(self, method: str, path: str, body: Any = None, *, etag: str = "", **sent: Any) -> Answer:
        """Change something, once: asked again after a cut connection, the site answers what it has done already."""
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        if etag:
            headers["If-Match"] = etag
        if body is not None:
            sent["json"] = body
        response = self._sent(method, path, headers=headers, **sent)
        return Answer(response.json(), response.headers.get("ETag", ""))

    def download(self, path: str, *, method: str = "GET", **query: Any) -> bytes:
        """The bytes of a file, or of one that is made for us."""
        return self._sent(method, path, params=query).content

    def _sent(self, method: str, path: str, **sent: Any) -> httpx.Response:
        again = Retrying(
            retry=retry_if_exception(_may_pass), stop=stop_after_attempt(ATTEMPTS), wait=self._wait, reraise=True
        )
        return again(lambda: self._answered(self._http.request(method, path, **sent)))

    def _answered(self, response: httpx.Response) -> httpx.Response:
        if response.is_success or response.status_code == 304:
            return response
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        refused = refusal(response.status_code, response.json() if is_json else {}, self.language)
        wait = response.headers.get("Retry-After", "")
        refused.wait = float(wait) if wait.isdecimal() else None
        raise refused

    def _wait(self, state: RetryCallState) -> float:
        """As long as the site says, else twice as long each time, and never all at the same moment."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, Refused) and error.wait is not None:
            return min(error.wait, LONGEST_WAIT)
        return wait_random_exponential(multiplier=self._shortest_wait, max=LONGEST_WAIT)(state)


def _may_pass(error: BaseException) -> bool:
    """Whether asking again can help: the line was cut, or the site is busy."""
    return isinstance(error, httpx.TransportError) or (isinstance(error, Refused) and error.status in AGAIN)
