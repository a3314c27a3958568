"""People, the roles they hold in organisations, and the invitations that bring them in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from klimaplan.web.organisations.models import Department, Organisation


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail as Django asks for it; adding one is a service."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who can sign in. The e-mail is the login; there are no user names and no rights beside the roles."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=[("da", "Dansk"), ("en", "English")], default="da")
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    """Invented for the demonstration."""
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    """When the person closed the account; of what they did the name remains, nothing else."""

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_an_email")]

    def __str__(self) -> str:
        return str(self.name or self.email)


class RoleAssignment(models.Model):
    """A person holds a role in an organisation from one day to another; it is ended by a date, never removed."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30)
    """A key of `roles.ROLES`."""
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="roles")
    """The one of a department contact; None where none is named."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    """The last day; None means until further notice."""
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """None where the role was given from the command line."""

    class Meta:
        ordering: ClassVar = ["user", "organisation", "valid_from", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="role_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(valid_to__isnull=True),
                name="one_open_role_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} from {self.valid_from}"


class Invitation(models.Model):
    """A role offered to an e-mail address by a link that works once and for some days; only its digest is kept."""

    email = models.EmailField()
    role = models.CharField(max_length=30)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, default="da")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    token_sha256 = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.role}, made {self.made_at}"
