"""How often somebody wants a letter and until when they have been told, and what they have read."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from klimaplan.web.plans.models import Comment


class Pace(models.TextChoices):
    """How often; nobody gets a letter who has not asked for it."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


class Wish(models.Model):
    """What one person has asked for. Who never asked has none, and gets no letter."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digest_wish")
    pace = models.CharField(max_length=6, choices=Pace)
    told_until = models.DateTimeField()
    """Everything before this moment has been told, or was there already when the person asked for letters."""
    sending_since = models.DateTimeField(null=True)
    """When somebody began to send a letter that is not known to have left."""

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.pace}, told until {self.told_until}"


class Seen(models.Model):
    """A comment that somebody was called to and has put aside."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "comment"], name="one_seen_a_comment")]

    def __str__(self) -> str:
        return f"seen {self.at}"
