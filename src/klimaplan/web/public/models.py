"""The roll-up: everything a page shows about one subject, computed once when its inputs change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Picture(models.Model):
    """All numbers of one subject (the country, a municipality, a group) as the pages and the API carry them."""

    kind = models.CharField(max_length=20)
    """``national``, ``municipality``, ``region``, ``dgo`` or ``type``."""
    key = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    """SHA-256 of the content: names cached charts and pages."""
    content = models.TextField()
    """JSON of a `schema.SubjectPicture` or `schema.Overview`."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="one_picture_a_subject")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"
