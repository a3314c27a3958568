"""What can be done with the audit log: record an event. Nothing else."""

from __future__ import annotations

import re
from typing import Protocol

from django.db import connection, transaction
from django.utils import timezone

from klimaplan.web.audit.canonical import canonical, hash_of, in_utc
from klimaplan.web.audit.models import Event, Head

COMMAND_LINE = "command line"
WHAT = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")
LOCK = 0x6B6C696D61
"""The advisory lock under which events get their numbers; any number that nothing else takes."""


class Person(Protocol):
    """Who does something, as far as the log keeps it."""

    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...


def record(  # noqa: PLR0913  # every field of an event has its name
    *,
    by: Person | None,
    what: str,
    object_kind: str,
    object_key: str,
    before: object = None,
    after: object = None,
    why: str = "",
    organisation: str = "",
    label: str = COMMAND_LINE,
) -> Event:
    """Add an event to the log; it stands or falls with the transaction of the caller.

    Call it last: others who record wait until the transaction ends.

    Parameters
    ----------
    by : the person; None for who has no account, and then `label` says who it was
    what : what was done to what, such as ``"plan.part-changed"``
    before, after : whatever JSON carries; no personal data beyond who did it
    organisation : the slug of whose plan it concerns

    Raises
    ------
    TransactionManagementError : there is no transaction
    ValueError : something cannot be kept without loss
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event is recorded inside the transaction it tells of")
    if not WHAT.fullmatch(what):
        raise ValueError(f"not of the form plan.part-changed: {what!r}")
    if connection.vendor == "postgresql":  # the other one begins every transaction as its only writer
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    head = Head.objects.filter(pk=1).first() or Head(pk=1)
    event = Event(
        seq=head.seq + 1, at=timezone.now(),
        by_id=by.pk if by else None, by_label=by.name if by else label, organisation=organisation,
        what=what, object_kind=object_kind, object_key=object_key,
        before=before, after=after, why=why, previous_hash=head.hash,
    )  # fmt: skip
    _require_fitting(event)
    event.hash = hash_of({
        **{name: getattr(event, name) for name in PLAIN},
        "at": in_utc(event.at),
        "before": None if before is None else canonical(before),
        "after": None if after is None else canonical(after),
    })  # fmt: skip
    event.save(force_insert=True)
    head.seq, head.hash = event.seq, event.hash
    head.save()
    return event


PLAIN = (
    "seq", "by_id", "by_label", "organisation", "what", "object_kind", "object_key", "why", "previous_hash",
)  # fmt: skip
"""The fields that are hashed as they are."""


def _require_fitting(event: Event) -> None:
    """One of the databases would cut or refuse what is too long, the other would keep it."""
    for field in Event._meta.concrete_fields:
        value = getattr(event, field.name)
        if field.max_length and isinstance(value, str) and len(value) > field.max_length:
            raise ValueError(f"{field.name} is longer than {field.max_length}: {value[:40]!r} …")
