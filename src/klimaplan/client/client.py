"""The client: what everybody may read, and with a token what its owner may read and change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Literal

import httpx

from klimaplan.client.asking import Asking
from klimaplan.client.certifying import Certifying
from klimaplan.client.errors import NotThere
from klimaplan.client.shapes import Comment, Me, Outcome, Part, Plan, Preview, Published, Version, made
from klimaplan.client.shapes import id_of as _id

Json = dict[str, Any]


class Client(Certifying):
    """A site of klimaplan.

    Parameters
    ----------
    address : of the site, such as ``https://plan.example.dk``
    token : a personal token, made on the page My account; None for what is open to everyone
    language : of what the site says when it refuses

    >>> site = Client(address)
    >>> len(site.municipalities())
    98
    >>> site.close()
    """

    def __init__(
        self, address: str, token: str | None = None, *, language: Literal["da", "en"] = "en",
        transport: httpx.BaseTransport | None = None, shortest_wait: float = 0.5,
    ) -> None:  # fmt: skip
        self.ask = Asking(address, token, language=language, transport=transport, shortest_wait=shortest_wait)
        """For every operation that has no method here: ``site.ask.get("/library")``."""

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self.ask.close()

    # --- open to everyone

    def national(self) -> Json:
        """The country as the sum of its municipalities."""
        body: Json = self.ask.get("/national").body
        return body

    def municipalities(self) -> list[Json]:
        """All municipalities side by side.

        >>> [row["name"] for row in Client(address).municipalities()][:2]
        ['København', 'Frederiksberg']
        """
        rows: list[Json] = self.ask.get("/municipalities").body["rows"]
        return rows

    def municipality(self, code: str) -> Json:
        """Everything about one: account, baseline, forecasts, targets and gap.

        >>> Client(address).municipality("Hvidovre")["account"]["emissions"]["energy"][-1]
        78578.8
        """
        body: Json = self.ask.get(f"/municipalities/{code}").body
        return body

    def try_out(self, code: str, **target: Any) -> Json:
        """A target held against the baseline: what must go, and the gap.

        >>> tried = Client(address).try_out(
        ...     "167", target_year=2030, percent=80, base_year=1990, base_tonnes=342088, base_source="Klimaplan"
        ... )
        >>> round(tried["target"]["allowed"], 1)
        68417.6
        """
        body: Json = self.ask.get(f"/municipalities/{code}/pathway", **target).body
        return body

    def published_plan(self, code: str) -> Json:
        """The published plan of a municipality with its results; `NotThere` where it has none."""
        body: Json = self.ask.get(f"/municipalities/{code}/plan").body
        return body

    # --- with a token

    def me(self) -> Me:
        """Who I am, my roles, and what the token is good for.

        >>> Client(address, token).me().name
        'Kaja Klimakoordinator (demo)'
        """
        return made(Me, self.ask.get("/me").body)

    def plans(self) -> Iterator[Plan]:
        """The working plans that I may read.

        >>> [plan.organisation for plan in Client(address, token).plans()]
        ['hvidovre']
        """
        return (made(Plan, each) for each in self.ask.every("/plans"))

    def plan(self, plan: int | Plan) -> Plan:
        """One plan as it is now."""
        answer = self.ask.get(f"/plans/{_id(plan)}")
        return made(Plan, answer.body, answer.etag)

    def published(self) -> Iterator[Published]:
        """The latest published version of every plan."""
        return (made(Published, each) for each in self.ask.every("/published-plans"))

    def create_variant(self, plan: int | Plan, title: str, *, why: str = "") -> Plan:
        """A copy of a plan to try something out in."""
        answer = self.ask.write("POST", f"/plans/{_id(plan)}/variants", {"title": title, "why": why})
        return made(Plan, answer.body, answer.etag)

    def outcome(self, plan: int | Plan) -> Outcome:
        """What a plan comes to; computed anew only where something that counts has changed."""
        return made(Outcome, self.ask.get(f"/plans/{_id(plan)}/outcome").body)

    def parts(
        self, plan: int | Plan, kind: str = "", *, updated_since: datetime | None = None, removed: bool = False
    ) -> Iterator[Part]:
        """The parts of a plan, of every kind or of one.

        >>> site = Client(address, token)
        >>> [plan] = site.plans()
        >>> {part.kind for part in site.parts(plan, "action")}
        {'action'}
        """
        since = None if updated_since is None else updated_since.isoformat()
        found = self.ask.every(
            f"/plans/{_id(plan)}/parts", kind=kind, updated_since=since, removed=str(removed).lower()
        )  # fmt: skip
        return (_part(plan, each) for each in found)

    def part(self, plan: int | Plan, kind: str, key: str) -> Part:
        """One part by its kind and key, removed or not; `NotThere` where there is none."""
        found = self.ask.get(f"/plans/{_id(plan)}/parts", kind=kind, key=key, removed="true").body["items"]
        if not found:
            raise NotThere(404, (), f"no {kind} {key} in plan {_id(plan)}")
        answer = self.ask.get(f"/plans/{_id(plan)}/parts/{found[0]['id']}")
        return _part(plan, answer.body, answer.etag)

    def add(self, plan: int | Plan, kind: str, content: Mapping[str, Any], *, why: str = "") -> Part:
        """A new part."""
        body = {"kind": kind, "content": dict(content), "why": why}
        answer = self.ask.write("POST", f"/plans/{_id(plan)}/parts", body)
        return _part(plan, answer.body, answer.etag)

    def change(self, part: Part, *, why: str = "", **fields: Any) -> Part:
        """Some fields of a part as I have seen it; None puts one back to its default.

        Raises
        ------
        Conflict : somebody has changed it since; its clashes say what, and `merge` puts both together
        """
        content = {name: value for name, value in {**part.content, **fields}.items() if value is not None}
        answer = self.ask.write("PUT", _where(part), {"content": content, "why": why}, etag=_tag(part))
        return _part(part.plan, answer.body, answer.etag)

    def merge(
        self, part: Part, conflict: Mapping[str, Any], *, choices: Mapping[str, str] | None = None, why: str = ""
    ) -> Part:
        """My change of a part together with theirs, as a clash of a `Conflict` shows them.

        Parameters
        ----------
        choices : name of what conflicts → ``yours`` or ``theirs``
        """
        body = {
            "content": conflict["yours"], "base_version": conflict["base_version"], "choices": dict(choices or {}),
            "why": why,
        }  # fmt: skip
        answer = self.ask.write("POST", f"{_where(part)}/merge", body, etag=f'"{conflict["current_version"]}"')
        return _part(part.plan, answer.body, answer.etag)

    def remove(self, part: Part) -> Part:
        """Take a part out of the plan; it is kept and can be brought back."""
        answer = self.ask.write("DELETE", _where(part), etag=_tag(part))
        return _part(part.plan, answer.body, answer.etag)

    def restore(self, part: Part, *, why: str = "") -> Part:
        """Bring a removed part back."""
        answer = self.ask.write("POST", f"{_where(part)}/restore", {"why": why})
        return _part(part.plan, answer.body, answer.etag)

    def add_from_library(self, plan: int | Plan, measure: str, **given: Any) -> Part:
        """A measure of the library as an action; `given` are its amounts, start, source and so on."""
        answer = self.ask.write("POST", f"/plans/{_id(plan)}/library", {"measure": measure, **given})
        return _part(plan, answer.body, answer.etag)

    def copy(self, plan: int | Plan, published: Published, keys: Iterable[str], *, why: str = "") -> list[Part]:
        """Actions of a published plan, with what hangs on them."""
        body = {"published_plan": published.plan, "keys": list(keys), "why": why}
        answer = self.ask.write("POST", f"/plans/{_id(plan)}/copies", body)
        return [_part(plan, each) for each in answer.body["parts"]]

    def versions(self, plan: int | Plan) -> Iterator[Version]:
        """The versions of a plan."""
        return (made(Version, each) for each in self.ask.every(f"/plans/{_id(plan)}/versions"))

    def keep(self, plan: int | Plan, name: str, *, why: str = "") -> Version:
        """The plan as it is now, kept under a name."""
        answer = self.ask.write("POST", f"/plans/{_id(plan)}/versions", {"name": name, "why": why})
        return made(Version, answer.body)

    def publish(self, plan: Plan, *, name: str = "", why: str = "") -> Version:
        """Freeze the plan for everybody to read, exactly as I have seen it."""
        body = {"name": name, "why": why}
        answer = self.ask.write("POST", f"/plans/{plan.id}/publish", body, etag=plan.etag or f'"{plan.revision}"')
        return made(Version, answer.body)

    def compare(self, first: int | Plan, second: int | Plan) -> Json:
        """What differs between two plans or variants, in words and in t CO2e."""
        body: Json = self.ask.get(f"/plans/{_id(first)}/comparison/{_id(second)}").body
        return body

    def file(self, plan: int | Plan) -> Json:
        """The plan as a plan file."""
        body: Json = self.ask.get(f"/plans/{_id(plan)}/file").body["file"]
        return body

    def workbook(self, plan: int | Plan, *, language: Literal["da", "en"] = "da") -> bytes:
        """The plan as an XLSX workbook that says which version it was written from."""
        return self.ask.download(f"/plans/{_id(plan)}/workbook", method="POST", language=language)

    def preview_workbook(
        self, plan: int | Plan, content: bytes, *, choices: Mapping[str, Any] | None = None, name: str = "plan.xlsx"
    ) -> Preview:
        """What a workbook would add, change and remove, and what both sides have changed; nothing is changed yet."""
        answer = self.ask.write(
            "POST", f"/plans/{_id(plan)}/workbook/preview", files={"file": (name, content)},
            data={"choices": json.dumps(dict(choices or {}))},
        )  # fmt: skip
        return made(Preview, answer.body, answer.etag)

    def apply_workbook(  # all of it is the change
        self, plan: int | Plan, content: bytes, preview: Preview, *, choices: Mapping[str, Any] | None = None,
        why: str = "", name: str = "plan.xlsx",
    ) -> Plan:  # fmt: skip
        """Everything that a preview showed.

        Parameters
        ----------
        choices : kind → key → field of what conflicts → ``yours`` (the workbook) or ``theirs``

        Raises
        ------
        Conflict : the plan was changed since the preview
        """
        answer = self.ask.write(
            "POST", f"/plans/{_id(plan)}/workbook/apply", etag=preview.etag, files={"file": (name, content)},
            data={"choices": json.dumps(dict(choices or {})), "why": why},
        )  # fmt: skip
        return made(Plan, answer.body, answer.etag)

    def comments(self, plan: int | Plan) -> Iterator[Comment]:
        """What is said about a plan."""
        return (made(Comment, each) for each in self.ask.every(f"/plans/{_id(plan)}/comments"))

    def say(self, plan: int | Plan, text: str, *, part: Part | None = None) -> Comment:
        """Say something about a plan or a part of it."""
        body = {"text": text, "part": None if part is None else part.id}
        return made(Comment, self.ask.write("POST", f"/plans/{_id(plan)}/comments", body).body)

    def upload(self, plan: int | Plan, name: str, content: bytes, *, title: str = "", action: str = "") -> Part:
        """Hand in a file as evidence."""
        answer = self.ask.write(
            "POST", f"/plans/{_id(plan)}/evidence", files={"file": (name, content)},
            data={"title": title, "action": action},
        )  # fmt: skip
        return _part(plan, answer.body, answer.etag)

    def download(self, plan: int | Plan, sha256: str) -> bytes:
        """The very bytes of a file that was handed in."""
        return self.ask.download(f"/plans/{_id(plan)}/evidence/{sha256}")


def _part(plan: int | Plan, data: Mapping[str, Any], etag: str = "") -> Part:
    return made(Part, {**data, "plan": _id(plan)}, etag)


def _where(part: Part) -> str:
    return f"/plans/{part.plan}/parts/{part.id}"


def _tag(part: Part) -> str:
    """The version that was seen; parts of a list come without a tag of their own."""
    return part.etag or f'"{part.version}"'
