"""Organisations, their departments, who belongs to which group when, and who was a partner when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


def _in_order(name: str) -> models.CheckConstraint:
    """A period ends no earlier than it begins; both days are in it."""
    condition = Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
    return models.CheckConstraint(condition=condition, name=name)


class Organisation(models.Model):
    """One that people belong to and plans are made by; it is closed by a date, never removed."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality"
        REGION = "region"
        DGO = "dgo"
        KL = "kl"
        REALDANIA = "realdania"
        CONCITO = "concito"
        C40 = "c40"
        OTHER = "other"

    kind = models.CharField(max_length=20, choices=Kind)
    slug = models.SlugField(max_length=60, unique=True)
    name_da = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    code = models.CharField(max_length=10, blank=True)
    """The official code where there is one: three digits for a municipality, four for a region."""
    valid_from = models.DateField(null=True)
    """None where the day is not recorded."""
    valid_to = models.DateField(null=True)
    """The last day; None means still."""

    class Meta:
        ordering: ClassVar = ["kind", "slug"]
        constraints: ClassVar = [_in_order("organisation_ends_after_it_begins")]

    def __str__(self) -> str:
        return str(self.slug)

    def name(self, language: str) -> str:
        return str(self.name_en if language == "en" else self.name_da)


class Department(models.Model):
    """A part of an organisation that owns actions; it is closed by a date, never removed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField(max_length=120)
    valid_from = models.DateField(null=True)
    """None where the day is not recorded."""
    valid_to = models.DateField(null=True)
    """The last day; None means still."""

    class Meta:
        ordering: ClassVar = ["organisation", "name", "pk"]
        constraints: ClassVar = [
            # an old name may come again once the one that bore it is closed
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=models.Q(valid_to__isnull=True),
                name="one_open_department_of_a_name",
            ),
            _in_order("department_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Belonging(models.Model):
    """A municipality belongs to a region or a geographic organisation from one day to another."""

    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="belongings")
    group = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    kind = models.CharField(max_length=20, choices=[("region", "region"), ("dgo", "dgo")])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["member", "kind", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "kind", "valid_from"], name="one_group_from_a_day"),
            _in_order("belonging_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.valid_from}"


class PartnerPeriod(models.Model):
    """An organisation was a partner of a programme in a role, from one day to another."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partner_periods")
    programme = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=80)
    """Key into the bibliography."""

    class Meta:
        ordering: ClassVar = ["programme", "organisation", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "programme", "role", "valid_from"], name="one_partner_period_from_a_day"
            ),
            _in_order("partnership_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.programme} from {self.valid_from}"
