"""Reading the audit log: prove that its chain is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from klimaplan.domain.errors import Finding, Text
from klimaplan.web.audit import guards
from klimaplan.web.audit.canonical import GENESIS, hash_of, in_utc
from klimaplan.web.audit.models import Event, Head
from klimaplan.web.audit.services import PLAIN


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain: how many events, and the hash of the last of them."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


def head() -> Link:
    """Where the chain ends, by what was noted beside it."""
    kept = Head.objects.first()
    return Link(kept.seq, kept.hash) if kept else Link(0, GENESIS)


def verify(noted: Link | None = None) -> tuple[Finding, ...]:
    """What is wrong with the log: the first place where its chain is broken, and guards that are gone.

    `noted` is a head that was written down elsewhere earlier: the chain must still pass through it, which even somebody
    who makes the whole chain anew cannot bring about.
    """
    broken = _first_break([head(), noted] if noted else [head()])
    return (*((broken,) if broken else ()), *map(_guard_absent, guards.absent()))


def _first_break(known: list[Link]) -> Finding | None:
    """The first place where the chain is broken, or where it does not pass through a link that is known.

    Others may record meanwhile, so what stands beside the chain is read before it and once more after it.
    """
    last = Link(0, GENESIS)
    try:
        for event in _stored():
            if found := _broken_at(event, last):
                return found
            last = Link(event["seq"], event["hash"])
            if wrong := [link for link in known if link.seq == last.seq and link.hash != last.hash]:
                return _not_as_noted(wrong[0])
    except (ValueError, TypeError):  # what lies there is no time or no text any more
        return _changed(last.seq + 1)
    if beyond := [link for link in known if link.seq > last.seq]:
        return _cut(last, beyond[0])
    return None if last.seq <= head().seq else _not_as_noted(last)


def _broken_at(event: dict[str, Any], last: Link) -> Finding | None:
    if event["seq"] != last.seq + 1:
        return _absent(last.seq + 1)
    if event["previous_hash"] != last.hash:
        return _unlinked(last.seq + 1)
    hashed = {name: value for name, value in event.items() if name != "hash"}
    return None if hash_of(hashed) == event["hash"] else _changed(last.seq + 1)


def _stored() -> Iterator[dict[str, Any]]:
    """The events in order as they are hashed: times and JSON from the very text that lies in the database."""
    rows = Event.objects.annotate(**{f"{name}_text": Cast(name, TextField()) for name in ("at", "before", "after")})
    read = rows.order_by("seq").values(*PLAIN, "at_text", "before_text", "after_text", "hash")
    for row in read.iterator(chunk_size=2000):
        at = datetime.fromisoformat(row.pop("at_text"))
        # the embedded database keeps times in UTC without saying so
        row["at"] = in_utc(at if at.tzinfo else at.replace(tzinfo=UTC))
        row["before"], row["after"] = row.pop("before_text"), row.pop("after_text")
        yield row


def _absent(seq: int) -> Finding:
    return Finding(
        "audit-event-absent", _place(seq),
        Text("Hændelsen mangler eller står et andet sted.", "The event is absent or stands in another place."),
        _WHY, _REMEDY,
    )  # fmt: skip


def _unlinked(seq: int) -> Finding:
    return Finding(
        "audit-event-unlinked", _place(seq),
        Text("Hændelsen følger ikke den, der står før den.", "The event does not follow the one before it."),
        _WHY, _REMEDY,
    )  # fmt: skip


def _changed(seq: int) -> Finding:
    return Finding(
        "audit-event-changed", _place(seq),
        Text("Hændelsen er ændret, efter at den blev skrevet.", "The event was changed after it was written."),
        _WHY, _REMEDY,
    )  # fmt: skip


def _cut(last: Link, known: Link) -> Finding:
    return Finding(
        "audit-log-cut", _place(last.seq + 1),
        Text(f"Loggen ender ved hændelse {last.seq}, men den har haft {known.seq}.",
             f"The log ends at event {last.seq}, but it has had {known.seq}."),
        _WHY, _REMEDY,
    )  # fmt: skip


def _not_as_noted(noted: Link) -> Finding:
    return Finding(
        "audit-log-not-as-noted", _place(noted.seq),
        Text("Hændelsen er ikke den, der blev noteret.", "The event is not the one that was noted."),
        _WHY, _REMEDY,
    )  # fmt: skip


def _guard_absent(name: str) -> Finding:
    return Finding(
        "audit-guard-absent", name,
        Text("Databasens værn mod ændringer i loggen er væk.",
             "The database's guard against changes of the log is gone."),
        Text("Loggen kan ændres, uden at databasen siger fra.",
             "The log can be changed without a word from the database."),
        Text("Find ud af hvem, og genskab fra en sikkerhedskopi.", "Find out who, and restore from a backup."),
    )  # fmt: skip


def _place(seq: int) -> str:
    return f"audit/{seq}"


_WHY = Text("Fra dette sted kan loggen ikke bruges som bevis.", "From here on the log proves nothing.")
_REMEDY = Text(
    "Sammenlign med en sikkerhedskopi, og find ud af, hvem der har haft adgang til databasen.",
    "Compare it with a backup, and find out who had access to the database.",
)
