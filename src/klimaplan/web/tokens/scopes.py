"""What a token can be good for. A scope gives nothing by itself: the roles of its owner must allow it too."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from klimaplan.domain.errors import Text


class Scope(StrEnum):
    """One thing a token can be good for."""

    PLAN_READ = "plan:read"
    PLAN_WRITE = "plan:write"
    COMMENT_WRITE = "comment:write"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    AUDIT_READ = "audit:read"


MEANING: Mapping[Scope, Text] = MappingProxyType(
    {
        Scope.PLAN_READ: Text(
            "Læse planer, versioner, resultater, kommentarer, opgaver og bilag",
            "Read plans, versions, results, comments, tasks and evidence",
        ),
        Scope.PLAN_WRITE: Text(
            "Ændre planer, versioner og bilag og sende links", "Change plans, versions and evidence, and send links"
        ),
        Scope.COMMENT_WRITE: Text("Skrive kommentarer og opgaver", "Write comments and tasks"),
        Scope.PEOPLE_READ: Text("Se roller og afdelinger", "See roles and departments"),
        Scope.PEOPLE_WRITE: Text(
            "Invitere, trække invitationer tilbage, afslutte roller og ændre afdelinger",
            "Invite, withdraw invitations, end roles and change departments",
        ),
        Scope.AUDIT_READ: Text("Læse hændelsesloggen", "Read the audit log"),
    }
)
