"""Plans, their versions and their files as the API shows them, and what is sent to change them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import permissions_of
from klimaplan.web.accounts.roles import PlanState
from klimaplan.web.api.answers.people import HVIDOVRE, name_of
from klimaplan.web.api.answers.shapes import Asked, Id, Line, Seen, Slug, Spoken, Why, example
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.plans.versions.selectors import is_intact

PLAN = {
    "id": 1, "organisation": "hvidovre", "organisation_name": HVIDOVRE, "title": "Klimaplan for Hvidovre",
    "state": "draft", "demo": False, "variant_of": None, "revision": 7, "created_at": "2026-11-24T09:00:00Z",
}  # fmt: skip
VERSION = {
    "plan": 1, "number": 2, "name": "Til høring", "state": "named", "sha256": "6d1b…", "at": "2026-11-24T09:00:00Z",
    "by": "Kaja",
}  # fmt: skip


class PlanLine(Seen):
    """A working plan, or a variant of one; `revision` grows with every change of anything in it."""

    model_config = example(**PLAN)

    id: int
    organisation: str
    organisation_name: Spoken
    title: str
    state: str
    demo: bool
    variant_of: int | None
    revision: int
    created_at: datetime

    @classmethod
    def of(cls, plan: Plan) -> PlanLine:
        return cls(**_line(plan))


class PlanSeen(PlanLine):
    """A plan, with what the reader's roles allow in it."""

    model_config = example(**PLAN, may=["plan.comment", "plan.edit", "plan.read"])

    may: list[str]

    @classmethod
    def for_reader(cls, user: User, plan: Plan) -> PlanSeen:
        allowed = permissions_of(user, organisation=plan.organisation, state=PlanState(plan.state))
        return cls(**_line(plan), may=sorted(allowed))


class NewPlan(Asked):
    """A plan of a municipality, with nothing but its title."""

    model_config = Asked.model_config | example(organisation="hvidovre", title="Klimaplan for Hvidovre")

    organisation: Slug
    title: Line = Field(min_length=1)
    why: Why = ""


class NewVariant(Asked):
    """A copy of a plan to try something out in."""

    model_config = Asked.model_config | example(title="Uden biogas")

    title: Line = Field(min_length=1)
    why: Why = ""


class PlanFileIn(Asked):
    """A plan file, whole; parts of the plan that it does not name stay as they are."""

    model_config = Asked.model_config | example(
        file={"format": "klimaplan-plan/1", "plan": {"municipality": "167", "title": "Klimaplan for Hvidovre"}}
    )

    file: dict[str, Any] = Field(description="As plan-file.schema.json describes it")
    why: Why = ""


class PlanFileOut(Seen):
    """What the plan is computed with, as a plan file; what is said in words only has no place in it."""

    model_config = example(
        file={"format": "klimaplan-plan/1", "plan": {"municipality": "167", "title": "Klimaplan for Hvidovre"}}
    )

    file: dict[str, Any]


class VersionLine(Seen):
    """A version of a plan: named, or published and frozen; `sha256` is of its canonical JSON."""

    model_config = example(**VERSION)

    plan: int
    number: int
    name: str
    state: str
    sha256: str
    at: datetime
    by: str

    @classmethod
    def of(cls, version: PlanVersion) -> VersionLine:
        return cls(**_version(version))


class VersionSeen(VersionLine):
    """A version with all that it says; `intact` tells whether that still has the digest it was made with."""

    model_config = example(**VERSION, intact=True, content={"format": "klimaplan-stored-plan/1", "parts": []})

    intact: bool
    content: dict[str, Any]

    @classmethod
    def whole(cls, version: PlanVersion) -> VersionSeen:
        return cls(**_version(version), intact=is_intact(version), content=version.content)


class PublishedLine(VersionLine):
    """The latest published version of a plan, open to everyone and to be copied from."""

    model_config = example(**{**VERSION, "state": "published"}, organisation="hvidovre", organisation_name=HVIDOVRE,
                           title="Klimaplan for Hvidovre", demo=False)  # fmt: skip

    organisation: str
    organisation_name: Spoken
    title: str
    demo: bool

    @classmethod
    def of(cls, version: PlanVersion) -> PublishedLine:
        plan = version.plan
        return cls(
            **_version(version), organisation=plan.organisation.slug, organisation_name=name_of(plan.organisation),
            title=plan.title, demo=plan.demo,
        )  # fmt: skip


class NewVersion(Asked):
    """The plan as it is now, kept under a name."""

    model_config = Asked.model_config | example(name="Til høring")

    name: Line = Field(min_length=1, max_length=120)
    why: Why = ""


class Publication(Asked):
    """The plan as it is now, for everyone to read."""

    model_config = Asked.model_config | example(name="Vedtaget", why="Vedtaget af kommunalbestyrelsen")

    name: Line = Field("", max_length=120)
    why: Why = ""


class Reason(Asked):
    """Why something is done; it stands in the log."""

    model_config = Asked.model_config | example(why="Efter høringen")

    why: Why = ""


class Order(Seen):
    """The keys of the parts of a kind in their order."""

    model_config = example(kind="action", keys=["a01", "a02"])

    kind: str
    keys: list[str]


class NewOrder(Asked):
    """All parts of a kind in the order they shall stand in."""

    model_config = Asked.model_config | example(keys=["a02", "a01"])

    keys: list[Line] = Field(max_length=2_000)
    why: Why = ""


class Copying(Asked):
    """Actions of a published plan to take over, with what hangs on them."""

    model_config = Asked.model_config | example(published_plan=1, keys=["a01"])

    published_plan: Id
    keys: list[Line] = Field(min_length=1, max_length=200)
    leave_effect: bool = Field(False, description="Copy what cannot be computed here without its effect")
    why: Why = ""


def _line(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.pk, "organisation": plan.organisation.slug, "organisation_name": name_of(plan.organisation),
        "title": plan.title, "state": plan.state, "demo": plan.demo,
        "variant_of": None if plan.variant_of is None else plan.variant_of.pk, "revision": plan.revision,
        "created_at": plan.created_at,
    }  # fmt: skip


def _version(version: PlanVersion) -> dict[str, Any]:
    return {
        "plan": version.plan.pk, "number": version.number, "name": version.name, "state": version.state,
        "sha256": version.sha256, "at": version.at, "by": "" if version.created_by is None else version.created_by.name,
    }  # fmt: skip
