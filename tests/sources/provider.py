"""A provider on loopback that answers like the account's interface, and misbehaves when told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from klimaplan.sources.account.key_figures import Place
from sources.answers import published_answer

KEY = "f00d-cafe-0123456789-not-a-real-key"
PATH = "/api/municipality-data"


@dataclass(frozen=True)
class Reply:
    """One misbehaviour: a status, `seconds` of silence before it, or fewer bytes than its length promises."""

    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    sent: int | None = None


@dataclass
class Provider:
    """What was asked, and what to answer instead of the published figures: once per reply, in order."""

    address: str = ""
    asked: list[Place] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    script: dict[Place, list[Reply]] = field(default_factory=dict)
    always: Reply | None = None

    def reply_to(self, place: Place, key: str | None) -> Reply:
        self.asked.append(place)
        self.at.append(time.monotonic())
        if key != KEY:
            return Reply(401, b'{"error": "Invalid API key"}')
        if self.script.get(place):
            return self.script[place].pop(0)
        return self.always or Reply()


@contextmanager
def serving() -> Iterator[Provider]:
    """A provider that runs as long as the block."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            place = (asked["municipality"].zfill(3), int(asked["year"]))
            provider.types.add(asked["type"])
            reply = provider.reply_to(place, self.headers["x-api-key"])
            body = published_answer(place) if reply.body is None else reply.body
            time.sleep(reply.seconds)
            try:
                self.send_response(reply.status if parts.path == PATH else 404)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: reply.sent])
            except (BrokenPipeError, ConnectionResetError):
                pass  # the asker did not wait

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        provider.address = f"http://127.0.0.1:{server.server_port}{PATH}"
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
