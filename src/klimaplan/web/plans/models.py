"""Targets as municipalities have published them, and the invented ones of the demonstration."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Target(models.Model):
    """What a municipality has decided to emit at most in a year, for all sectors or some."""

    class Kind(models.TextChoices):
        REDUCTION = "reduction"
        LEVEL = "level"
        INTENSITY = "intensity"

    municipality = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    sectors = models.CharField(max_length=80)
    """Sector codes joined by ``+``, or ``total``."""
    base_year = models.PositiveSmallIntegerField(null=True)
    base_tonnes = models.FloatField(null=True)
    """None where the plan names a base year but no tonnes: the target is shown, but cannot be computed."""
    base_estimated = models.BooleanField(default=False)
    reduction_pct = models.FloatField(null=True)
    level = models.FloatField(null=True)
    """Tonnes, or tonnes per inhabitant for an intensity."""
    inhabitants = models.FloatField(null=True)
    source = models.CharField(max_length=80)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["municipality", "year", "sectors"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "year", "sectors", "demo"], name="one_target_a_year_and_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.year} {self.sectors}"
