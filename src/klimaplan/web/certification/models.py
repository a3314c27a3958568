"""Cases of certification with their steps, scores and questions; and what councils decided."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from klimaplan.web.audit.models import CanonicalJSON
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanVersion

PERSON = settings.AUTH_USER_MODEL


class Case(models.Model):
    """A plan on its way to a certificate, under the set of criteria that was in force when it was first submitted."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="cases")
    criteria = models.CharField(max_length=40)
    """Slug of the set of criteria."""
    state = models.CharField(max_length=20)
    """A `State` of the domain's workflow."""
    round = models.PositiveSmallIntegerField(default=0)
    """Of review; 0 before the first."""
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, null=True, related_name="+")
    """What was submitted last; frozen."""
    deadline = models.DateField(null=True)
    """By when whoever's turn it is should act; set by the step that led here."""
    scoping_held_on = models.DateField(null=True)
    reviewer = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    second_reviewer = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    """Scores blind, for training; counts for nothing."""
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    steps_taken = models.PositiveIntegerField(default=0)
    """Who takes a step says how many they saw."""

    class Meta:
        ordering: ClassVar = ["plan", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan"], condition=~models.Q(state__in=["certified", "withdrawn"]), name="one_open_case_a_plan"
            )
        ]

    def __str__(self) -> str:
        return f"case {self.pk} of {self.plan}: {self.state}"


class StepTaken(models.Model):
    """A step of a case. Deadlines stand here as they were set, whatever is changed later."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, null=True, related_name="+")
    deadline = models.DateField(null=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_step_a_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.step}"


class Score(models.TextChoices):
    """What somebody says of a criterion."""

    MET = "met"
    PARTIAL = "partial"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"


class SelfScore(models.Model):
    """What the municipality says of a criterion, and its argument where it goes another way."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="self_scores")
    criterion = models.CharField(max_length=40)
    score = models.CharField(max_length=20, choices=Score)
    argument = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["case", "criterion"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "criterion"], name="one_self_score")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class ReviewerScore(models.Model):
    """What a reviewer says of a criterion in a round."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="scores")
    round = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=40)
    score = models.CharField(max_length=20, choices=Score)
    comment = models.TextField(blank=True)
    argument_accepted = models.BooleanField(default=False)
    """The municipality goes another way, and its argument holds."""
    reviewer = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["case", "round", "criterion", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "round", "criterion", "reviewer"], name="one_score_a_reviewer")
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class Question(models.Model):
    """What a reviewer asks about a criterion, and what the municipality replies."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="questions")
    round = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=40)
    text = models.TextField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["case", "round", "criterion", "pk"]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.text}"[:60]


class Certificate(models.Model):
    """What was certified, whole: anybody can compute its hash again. The database refuses to change one."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="certificate")
    content = CanonicalJSON()
    sha256 = models.CharField(max_length=64, unique=True)
    """Of the canonical JSON of the content."""
    issued_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["issued_at", "pk"]

    def __str__(self) -> str:
        return f"certificate {self.sha256[:12]}"


class Commitment(models.Model):
    """The letter that mayor and council signed to enter the programme."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="commitments")
    signed_on = models.DateField()
    case_reference = models.CharField(max_length=80)
    document = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["organisation", "signed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.signed_on}"


class Adoption(models.Model):
    """What a council decided about a version of a plan. It may come before or after certification."""

    class State(models.TextChoices):
        ADOPTED = "adopted"
        IN_PRINCIPLE = "in-principle"
        PENDING = "pending"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="adoptions")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State)
    decided_on = models.DateField(null=True)
    """None while it is pending."""
    case_number = models.CharField(max_length=80, blank=True)
    minutes = models.URLField(max_length=500, blank=True)
    amendments = models.TextField(blank=True)
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["plan", "recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.state}"


class RevisionRule(models.Model):
    """What a council has decided about when its plan is revised; the latest one holds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="revision_rules")
    own_years = models.PositiveSmallIntegerField(null=True)
    in_first_year_of_term = models.BooleanField(default=False)
    case_reference = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["organisation", "decided_on", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.decided_on}"


class Revision(models.Model):
    """A plan on its way to being a new one. The plan goes on, so what continues in it keeps its key."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions")
    old = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    """The version that was approved or adopted before."""
    causes = models.JSONField()
    """What called for it when it was opened, as text in both languages."""
    due_on = models.DateField()
    responsible = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    new = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, null=True, related_name="+")
    """The version that closed it."""
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["plan", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(closed_at__isnull=True), name="one_open_revision_a_plan"
            )
        ]

    def __str__(self) -> str:
        return f"revision {self.pk} of {self.plan}"


class Judged(models.Model):
    """What is said of one target or action of the old plan."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="judged")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    fate = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    successor = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["revision", "kind", "key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "kind", "key"], name="one_judgement_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.fate}"
