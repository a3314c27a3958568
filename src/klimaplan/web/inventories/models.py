"""Snapshots of the account and their figures. Rows are written once, by `services`, and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Snapshot(models.Model):
    """One import of one edition of the account; the content digest is its identity."""

    source = models.CharField(max_length=80)
    """Key into the bibliography."""
    method_version = models.CharField(max_length=20)
    retrieved = models.DateField()
    imported_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, unique=True)
    demo = models.BooleanField(default=False)
    """Invented for the demonstration; never the snapshot the pages show."""

    complete = models.BooleanField()
    """Whether every figure is there; an account with holes has no national sum and is kept, but not shown."""

    class Meta:
        ordering: ClassVar = ["retrieved", "pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.method_version} ({self.retrieved}) {self.sha256[:12]}"


class Figure(models.Model):
    """One published figure: a sector or the total in t CO2e, or the population behind it."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="figures")
    municipality = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=20)
    """A sector code, ``total`` or ``population``."""
    value = models.FloatField(null=True)
    notation = models.CharField(max_length=2, blank=True)
    """Why the value is missing; empty where there is one."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["snapshot", "municipality", "year", "measure"], name="one_figure_a_place"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, notation="")
                | models.Q(value__isnull=True) & ~models.Q(notation=""),
                name="a_value_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}/{self.year}/{self.measure}"
