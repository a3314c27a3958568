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
    CERTIFICATION_READ = "certification:read"
    CERTIFICATION_WRITE = "certification:write"
    DECISIONS_WRITE = "decisions:write"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    AUDIT_READ = "audit:read"
    PROFILE_WRITE = "profile:write"


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
        Scope.CERTIFICATION_READ: Text(
            "Læse sager om certificering, vurderinger, beslutninger og revisioner",
            "Read cases of certification, assessments, decisions and revisions",
        ),
        Scope.CERTIFICATION_WRITE: Text(
            "Åbne sager, tage trin, vurdere, spørge, svare og revidere",
            "Open cases, take steps, score, ask, reply and revise",
        ),
        Scope.DECISIONS_WRITE: Text(
            "Notere tilsagn og byrådets beslutninger", "Record commitments and decisions of the council"
        ),
        Scope.PEOPLE_READ: Text("Se roller og afdelinger", "See roles and departments"),
        Scope.PEOPLE_WRITE: Text(
            "Invitere, trække invitationer tilbage, afslutte roller og ændre afdelinger",
            "Invite, withdraw invitations, end roles and change departments",
        ),
        Scope.AUDIT_READ: Text("Læse hændelsesloggen", "Read the audit log"),
        Scope.PROFILE_WRITE: Text(
            "Ændre mit navn, mit sprog og mine breve om nyt", "Change my name, my language and my letters about news"
        ),
    }
)
