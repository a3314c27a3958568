"""Targets as municipalities have published them, and the plans that are written here: parts, versions, what is said."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from klimaplan.web.audit.models import CanonicalJSON
from klimaplan.web.organisations.models import Organisation


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


class Plan(models.Model):
    """The working plan of an organisation, or a variant of one. What it says stands in its parts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=300)
    """The title of its head, kept here to list plans."""
    state = models.CharField(max_length=12, default="draft")
    """What may be done with it, a `PlanState`; publishing freezes a version and leaves the working plan a draft."""
    demo = models.BooleanField(default=False)
    variant_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="variants")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    """Grows with every change of anything in the plan."""

    class Meta:
        ordering: ClassVar = ["organisation", "pk"]

    def __str__(self) -> str:
        return f"{self.title}"


class PlanPart(models.Model):
    """One part: an action, a target, a hazard … A part that is removed is kept, and can be brought back."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=20)
    """A key of `contents.KINDS`."""
    key = models.CharField(max_length=80)
    content = CanonicalJSON()
    """As the model of the kind writes it; of what is computed with exactly as in a plan file."""
    version = models.PositiveIntegerField(default=1)
    """Grows with every change of this part; who changes it says which one was changed."""
    position = models.PositiveIntegerField()
    removed = models.BooleanField(default=False)
    origin = CanonicalJSON(null=True)
    """Where it was copied from; None for what was written here."""
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["plan", "kind", "position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "kind", "key"], name="one_part_of_a_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Responsibility(models.Model):
    """Somebody keeps an action up to date, from one day to another; it is ended by a date, never removed."""

    part = models.ForeignKey(PlanPart, on_delete=models.PROTECT, related_name="responsibilities")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="responsibilities")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    """The last day; None means until further notice. Before the first day where it was taken back on that very day."""

    class Meta:
        ordering: ClassVar = ["part", "valid_from", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["part", "user"], condition=models.Q(valid_to__isnull=True), name="one_open_responsibility"
            )
        ]

    def __str__(self) -> str:
        return f"from {self.valid_from}"


class PartRevision(models.Model):
    """What a part said at one of its versions: what two changes of it are held against."""

    part = models.ForeignKey(PlanPart, on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    content = CanonicalJSON()
    removed = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["part", "version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["part", "version"], name="one_revision_a_version")]

    def __str__(self) -> str:
        return f"version {self.version} of {self.at}"


class PlanVersion(models.Model):
    """The whole of a plan at one moment. The database refuses to change one that was named or published."""

    class State(models.TextChoices):
        DRAFT = "draft"
        """Kept for what refers to it, such as a workbook that was exported."""
        NAMED = "named"
        PUBLISHED = "published"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State)
    content = CanonicalJSON()
    sha256 = models.CharField(max_length=64, db_index=True)
    """Of the canonical JSON of the content."""
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["plan", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"version {self.number} ({self.state}) {self.name}"


class Comment(models.Model):
    """What somebody says about a plan or a part of it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="comments")
    part = models.ForeignKey(PlanPart, on_delete=models.PROTECT, null=True, related_name="comments")
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replies")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentions")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["plan", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.at}: {self.text}"[:60]


class Task(models.Model):
    """Something that somebody is to do by a day."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    part = models.ForeignKey(PlanPart, on_delete=models.PROTECT, null=True, related_name="tasks")
    title = models.CharField(max_length=300)
    due = models.DateField()
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="plan_tasks"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["plan", "due", "pk"]

    def __str__(self) -> str:
        return f"{self.title}"


class EvidenceFile(models.Model):
    """A file that was handed in with a plan; its bytes lie in the store under their digest."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=10)
    """What its bytes are, whatever its name says."""
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    """What it was called; shown, and used for nothing else."""
    scanned = models.BooleanField()
    """Whether the installation's scanner has looked at it."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["plan", "at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "sha256"], name="one_file_a_plan")]

    def __str__(self) -> str:
        return f"{self.name}"


class Answered(models.Model):
    """What a request with an idempotency key was answered with, so that asking again does nothing again."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    request = models.CharField(max_length=64)
    """SHA-256 of what was asked."""
    answer = CanonicalJSON(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["by", "key"], name="one_answer_a_key")]

    def __str__(self) -> str:
        return f"{self.key}"
