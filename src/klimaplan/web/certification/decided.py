"""What everybody may see of certification: certificates, what councils decided, and when either changed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from klimaplan.web.certification.models import Adoption, Certificate, Revision
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans.models import PlanVersion


@dataclass(frozen=True, slots=True)
class Certified:
    """That a plan was certified."""

    sha256: str
    on: datetime
    version: int
    demo: bool


@dataclass(frozen=True, slots=True)
class CouncilDecision:
    """The latest decision of the council."""

    state: str
    on: date | None
    version: int
    case_number: str
    minutes: str
    demo: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What is known of a municipality; None for what there is not."""

    certified: Certified | None
    council: CouncilDecision | None


def decided(code: str) -> Decided:
    """The latest certificate of a municipality and the latest decision of its council; real ones before invented."""
    there = {"organisation__code": code, "organisation__kind": Organisation.Kind.MUNICIPALITY}
    of_case = {f"case__plan__{name}": value for name, value in there.items()}
    made = (
        Certificate.objects.filter(**of_case).select_related("case__plan", "case__version")
        .defer("content", "case__version__content").order_by("case__plan__demo", "-issued_at").first()
    )  # fmt: skip
    adopted = (
        Adoption.objects.filter(**{f"plan__{name}": value for name, value in there.items()})
        .select_related("version", "plan").defer("version__content")
        .order_by("plan__demo", "-recorded_at", "-pk").first()
    )  # fmt: skip
    certified = None
    if made is not None and made.case.version is not None:
        certified = Certified(made.sha256, made.issued_at, made.case.version.number, bool(made.case.plan.demo))
    council = None
    if adopted is not None:
        council = CouncilDecision(
            adopted.state,
            adopted.decided_on,
            adopted.version.number,
            adopted.case_number,
            adopted.minutes,
            bool(adopted.plan.demo),
        )
    return Decided(certified, council)


def last_decided() -> str:
    """Changes when a plan is published or certified, a decision recorded or a revision ends: pages are kept until then.

    One question to the database, because every open page asks it.
    """
    asked = [
        f"SELECT max(id) FROM {PlanVersion._meta.db_table} WHERE state = 'published'",  # noqa: S608  # our own names
        f"SELECT max(id) FROM {Certificate._meta.db_table}",  # noqa: S608
        f"SELECT max(id) FROM {Adoption._meta.db_table}",  # noqa: S608
        f"SELECT max(id) FROM {Revision._meta.db_table} WHERE closed_at IS NOT NULL",  # noqa: S608
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"({each})" for each in asked))
        return "-".join(map(str, cursor.fetchone()))
