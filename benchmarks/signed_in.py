"""The workspace with 200 people signed in at once. Goal: p95 of the page of a plan under 400 ms, and no error.

Each has a session, a plan with some 70 actions and an action of their own. They read for 5 to 10 seconds between two
pages, as people do, and one visit in twenty saves something. Counted is what a client waits, from connecting to the
last byte, with all the clients on the same two processors. Afterwards the same server is asked without any pause, and
then the same server with a page that holds nothing: that is what the machine can do at most.

The database is the embedded one, in a temporary folder. With the argument `given` it is that of `DATABASE_URL`, which
must be empty: `bin/with-postgres` gives one.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import numpy as np
from pages import free_port, wait_for

PEOPLE = 200
READS = (5.0, 10.0)
"""Seconds between two pages of one person, evenly spread."""
WARM_UP, MEASURED = 10.0, 60.0
VISITS = {"plan": 50, "work": 20, "action": 25, "save": 5}
"""Of a hundred visits; the drawing of a plan is fetched with its page, and whoever saves first fetches the form."""
WITHOUT_PAUSE = 8
"""Clients that ask again at once, for the limit: some in each queue, and few enough not to crowd out the server."""
LIMIT = 10.0

HERE = Path(__file__).parent


class Answer(NamedTuple):
    """One answer as its client met it; milliseconds."""

    kind: str
    status: int
    waited: float
    server: float


class Form(HTMLParser):
    """What a browser would send of the form of an action, and the choices of its progress."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.progress: list[str] = []
        self._inside = self._off = False
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value if value is not None else name for name, value in attributes}
        self._inside = self._inside or (tag == "form" and given.get("class") == "action-form")
        if not self._inside:
            return
        self._off = self._off or (tag == "fieldset" and "disabled" in given)
        name = "" if self._off or "disabled" in given else given.get("name", "")
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            self.sent.append((name, given.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if self._select == "progress":
                self.progress.append(given["value"])
            if "selected" in given or self._select not in dict(self.sent):
                self.sent = [each for each in self.sent if each[0] != self._select]
                self.sent.append((self._select, given["value"]))
        elif tag == "textarea" and name:
            self._area = name
            self.sent.append((name, ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[-1] = (self._area, self.sent[-1][1] + data.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "fieldset":
            self._off = False
        elif tag == "form":
            self._inside = False


class Person:
    """Somebody who is signed in and works on their plan."""

    def __init__(self, number: int, port: int, known: dict[str, Any]) -> None:
        self._chance = random.Random(number)
        self._port, self._cookies = port, dict([known["cookie"]])
        self._plan, self._own, self._actions = f"/arbejde/plan/{known['plan']}/", known["own"], known["actions"]
        self.answers: list[Answer] = []

    def works(self, until: float) -> None:
        """Visit after visit with pauses for reading, until the clock says so."""
        self._reads(0.0, READS[1])
        while time.monotonic() < until:
            [kind] = self._chance.choices(list(VISITS), list(VISITS.values()))
            self.visits(kind)
            self._reads(*READS)

    def visits(self, kind: str) -> None:
        if kind == "save":
            self._saves()
            return
        action = self._chance.choice(self._actions)
        path = {"plan": self._plan, "work": "/arbejde/", "action": f"{self._plan}tiltag/{action}/", "empty": "/"}[kind]
        page = self._asks(kind, path)
        if kind == "plan" and (drawing := re.search(r'(?:src|srcset)="(/[^"?]+/half\.svg)"', page)):
            self._asks("drawing", drawing[1])

    def _saves(self) -> None:
        """The progress of one's own action, one step or several further or back."""
        path = f"{self._plan}tiltag/{self._own}/"
        form = Form(self._asks("action", path))
        now = dict(form.sent).get("progress", "")
        other = self._chance.choice([each for each in form.progress if each != now])
        body = [(name, other if name == "progress" else value) for name, value in form.sent]
        self._asks("save", path, urlencode([*body, ("do", "save")]))

    def _asks(self, kind: str, path: str, body: str | None = None) -> str:
        """Ask and read to the last byte; whoever has saved is led on, as by a browser."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Accept-Encoding": "gzip",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        connection.request("GET" if body is None else "POST", path, body, headers)
        got = connection.getresponse()
        read = got.read()
        waited = (time.perf_counter() - began) * 1000
        connection.close()
        self._keeps(got.headers.get_all("Set-Cookie") or [])
        said = re.search(r"dur=([\d.]+)", got.headers.get("Server-Timing", ""))
        self.answers.append(Answer(kind, got.status, waited, float(said[1]) if said else float("nan")))
        if got.status == http.client.FOUND:
            return self._asks("action", got.headers["Location"])
        return (gzip.decompress(read) if got.headers.get("Content-Encoding") == "gzip" else read).decode()

    def _keeps(self, sent: list[str]) -> None:
        for cookie in sent:
            self._cookies |= {name: each.value for name, each in SimpleCookie(cookie).items()}

    def _reads(self, least: float, most: float) -> None:
        time.sleep(self._chance.uniform(least, most))


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "KLIMAPLAN_HOME": home}
        if sys.argv[1:] != ["given"]:
            environment.pop("DATABASE_URL", None)
        klimaplan = [sys.executable, "-m", "klimaplan"]
        subprocess.run([*klimaplan, "init", "--demo"], env=environment, check=True, capture_output=True)
        made = subprocess.run(
            [sys.executable, HERE / "visitors.py", str(PEOPLE)], env=environment, check=True, capture_output=True
        )
        known = json.loads(made.stdout)
        report: dict[str, Any] = {
            "goal_plan_p95_ms": 400,
            "database": environment.get("DATABASE_URL", "sqlite").partition(":")[0],
            "people": PEOPLE,
            "seconds_between_pages": READS,
            "load_before": os.getloadavg()[0],
        }
        with serving(lambda port: [*klimaplan, "serve", "--port", str(port)], environment) as port:
            report["working"] = working(port, known)
            limits = {f"{kind}_a_second": without_pause(port, known, kind) for kind in ("plan", "work", "action")}
        with serving(lambda port: [sys.executable, HERE / "empty_view.py", str(port)], environment) as port:
            limits["empty_a_second"] = without_pause(port, known, "empty")
        report["without_pause"] = limits
        report["plan_of_empty"] = round(limits["plan_a_second"] / limits["empty_a_second"], 3)
    print(json.dumps(report, indent=1))


@contextmanager
def serving(command: Callable[[int], list[Any]], environment: dict[str, str]) -> Iterator[int]:
    port = free_port()
    server = subprocess.Popen(command(port), env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def working(port: int, known: list[dict[str, Any]]) -> dict[str, Any]:
    """All of them at work with pauses: what each kind of answer took, and what failed."""
    people = [Person(number, port, each) for number, each in enumerate(known)]
    with ThreadPoolExecutor(WITHOUT_PAUSE) as clients:
        # both processes come to know every plan
        list(clients.map(lambda each: each.visits("plan"), people * 2))
    warm = time.monotonic() + WARM_UP
    at_once([lambda each=each: each.works(warm) for each in people])
    for each in people:
        each.answers.clear()
    began = time.monotonic()
    at_once([lambda each=each: each.works(began + MEASURED) for each in people])
    answers = [answer for each in people for answer in each.answers]
    found: dict[str, Any] = {
        "answers": len(answers),
        "a_second": round(len(answers) / (time.monotonic() - began), 1),
        "failed": [each for each in answers if each.status not in (http.client.OK, http.client.FOUND)],
    }
    for kind in dict.fromkeys(each.kind for each in answers):
        waited = [each.waited for each in answers if each.kind == kind]
        server = [each.server for each in answers if each.kind == kind]
        found[kind] = {
            "answers": len(waited),
            **{f"waited_p{part}_ms": round(float(np.percentile(waited, part)), 1) for part in (50, 95, 99)},
            "server_p95_ms": round(float(np.percentile(server, 95)), 1),
        }
    return found


def without_pause(port: int, known: list[dict[str, Any]], kind: str) -> float:
    """Answers a second when a few clients ask again at once."""
    people = [Person(number, port, each) for number, each in enumerate(known[:WITHOUT_PAUSE])]
    until = time.monotonic() + LIMIT

    def asks(person: Person) -> None:
        while time.monotonic() < until:
            person.visits(kind)

    at_once([lambda each=each: asks(each) for each in people])
    answers = [answer for each in people for answer in each.answers if answer.kind == kind]
    assert all(each.status == http.client.OK for each in answers)
    return round(len(answers) / LIMIT, 1)


def at_once(works: list[Callable[[], None]]) -> None:
    """Everybody in a thread of their own, until the last is done; whoever fails is heard."""
    with ThreadPoolExecutor(len(works)) as together:
        for done in [together.submit(work) for work in works]:
            done.result()


if __name__ == "__main__":
    main()
