"""Where a copied action is from, and what came along with it, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.domain.errors import KlimaplanError
from klimaplan.web.config.errors import language
from klimaplan.web.organisations.selectors import organisation as organisation_of
from klimaplan.web.plans.models import Plan, PlanPart


@dataclass(frozen=True, slots=True)
class Brought:
    """A shared assumption or a supply that the action came with; `url` leads to it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The plan that an action was copied from.

    Parameters
    ----------
    without_effect : why its effect was left behind; empty where it came along
    """

    municipality: str
    version: int
    title: str
    demo: bool
    url: str
    brought: tuple[Brought, ...]
    without_effect: tuple[str, ...]


def origin_of(plan: Plan, part: PlanPart) -> Origin | None:
    """None for what was written here, or came from the library."""
    kept = part.origin or {}
    if "organisation" not in kept or "version" not in kept:
        return None
    try:
        organisation = organisation_of(kept["organisation"])
        name, url = organisation.name(language()), reverse("public-plan", args=[organisation.code])
    except KlimaplanError:
        name, url = str(kept["organisation"]), ""
    return Origin(
        name, kept["version"], str(kept.get("title", "")), bool(kept.get("demo")), url,
        tuple(_brought(plan, kept.get("brought", ()))),
        tuple(each[language()] for each in kept.get("without_effect", ())),
    )  # fmt: skip


def _brought(plan: Plan, kept: Any) -> Iterator[Brought]:
    for each in kept:
        words = {"name": each["key"], "theirs": each["theirs"]}
        said = {
            ("parameter", "brought"): _("The assumption %(name)s came along."),
            ("parameter", "same"): _("The plan had the assumption %(name)s already, with the same value."),
            ("parameter", "renamed"): _(
                "The assumption %(theirs)s came along as %(name)s: the plan has another of the first name."
            ),
            ("supply", "brought"): _("The supply of %(name)s came along: the plan had none for that stream."),
        }.get((each["kind"], each["how"]))
        if said is not None:
            yield Brought(said % words, reverse("plan-part", args=[plan.pk, each["kind"], each["key"]]))
