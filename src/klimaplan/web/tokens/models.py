"""Tokens of people. The secret itself is kept nowhere, only its digest."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class PersonalToken(models.Model):
    """What a program shows in place of a password; it works until it expires or is withdrawn."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    """What its owner knows it by."""
    scopes = models.CharField(max_length=200)
    """Keys of `scopes.Scope`, with blanks between them."""
    prefix = models.CharField(max_length=12)
    """How the secret begins: enough to know it again in a list, too little to guess the rest."""
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used = models.DateField(null=True)
    """The day only: enough to see which token is forgotten."""

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"

    @property
    def scope_set(self) -> frozenset[str]:
        return frozenset(str(self.scopes).split())
