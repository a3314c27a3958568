"""Events and the head of their chain. Only `services.record` adds one; the database itself refuses any other change."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models

from klimaplan.web.audit.canonical import GENESIS, canonical


class CanonicalJSON(models.TextField):  # type: ignore[type-arg]  # takes none when the program runs
    """JSON stored as the very text that is hashed; a JSON type of a database would order and round it anew."""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: object) -> Any:
        return value

    def get_prep_value(self, value: object) -> str | None:
        return None if value is None else canonical(value)


class Event(models.Model):
    """One thing that somebody did. No foreign keys: the log outlives what it tells of."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    """1, 2, 3 … without a gap."""
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    """The person's key; None for who has no account, such as the command line."""
    by_label = models.CharField(max_length=150)
    organisation = models.CharField(max_length=80, blank=True, db_index=True)
    """The slug; empty for what belongs to nobody's plan."""
    what = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_key = models.CharField(max_length=120)
    before = CanonicalJSON(null=True)
    after = CanonicalJSON(null=True)
    why = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        # made by its own migration, with its guards; `flush` leaves it alone
        managed = False
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [models.Index(fields=["object_kind", "object_key"], name="audit_event_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.what} {self.object_kind}/{self.object_key}"


class Head(models.Model):
    """The last event as it was recorded: what tells that events are missing at the end."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        managed = False

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"
