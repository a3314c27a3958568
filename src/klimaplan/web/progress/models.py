"""Links that open one form for one action, and what was reported through them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from klimaplan.web.audit.models import CanonicalJSON
from klimaplan.web.plans.models import PlanPart


class LinkGrant(models.Model):
    """A link for one action. Its secret is kept nowhere: only its digest, so that it can be known again."""

    part = models.ForeignKey(PlanPart, on_delete=models.PROTECT, related_name="links")
    recipient = models.CharField(max_length=80)
    """Who gets it, as the one who made it wrote: a name or a department."""
    language = models.CharField(max_length=2, default="da")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    """It may do no more than this person may."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    """When something was last reported; to open it is no use of it, because readers of mail open links too."""

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.part} → {self.recipient}"

    @property
    def label(self) -> str:
        """Who a change is by that came through it, in words that are the same in both languages."""
        return f"via link: {self.recipient} ({self.made_by.name})"[:150]


class Report(models.Model):
    """What was reported through a link, as it was sent."""

    grant = models.ForeignKey(LinkGrant, on_delete=models.PROTECT, related_name="reports")
    form = models.CharField(max_length=32, db_index=True)
    """Which copy of the form it was: the same one sent twice is one report."""
    said = CanonicalJSON()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.grant} {self.at}"
