"""The version of a case, whole, and what differs from the one of the round before."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.certification.models import Case
from klimaplan.web.certification.pages import evidence
from klimaplan.web.certification.pages.case.page import Frame, frame_of
from klimaplan.web.certification.reviewing import selectors as reviewing
from klimaplan.web.config.errors import language
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans.models import PlanVersion
from klimaplan.web.workspace import sentences
from klimaplan.web.workspace.versions_page import ChangeLine, NumberLine, told_of


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Everything on the page of the version."""

    frame: Frame
    number: int
    name: str
    digest: str
    intact: bool
    sentence: str
    kept: tuple[evidence.Kept, ...]
    files: tuple[evidence.FileShown, ...]


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    """Everything on the page of the differences."""

    frame: Frame
    first: str
    second: str
    sentence: str
    numbers: tuple[NumberLine, ...]
    changes: tuple[ChangeLine, ...]


def version_page(user: User, case: Case) -> VersionPage:
    """What was handed in, as it was frozen."""
    version = _version(case, case.version)
    name = case.plan.organisation.name(language())
    return VersionPage(
        frame_of(user, case), version.number, version.name, version.sha256, plans.is_intact(version),
        sentences.lands(plans.outcome(version), name, demo=bool(case.plan.demo)),
        tuple(evidence.whole(version)), tuple(evidence.files_of(case)),
    )  # fmt: skip


def differences_page(user: User, case: Case) -> DifferencesPage:
    """The version of this round against the one before it."""
    now, before = _version(case, case.version), _version(case, reviewing.handed_in_before(case))
    first, second = (
        _("Version %(number)d %(name)s") % {"number": each.number, "name": each.name} for each in (before, now)
    )
    sentence, numbers, changes = told_of(plans.compare(before, now), first, second)
    return DifferencesPage(frame_of(user, case), first, second, sentence, numbers, changes)


def _version(case: Case, version: PlanVersion | None) -> PlanVersion:
    if version is None:
        raise UnknownCodeError(Finding(
            "version-unknown", str(case.pk),
            Text("Sagen har ikke den version.", "The case has no such version."), Text("", ""),
            Text("Gå tilbage til sagen.", "Go back to the case."),
        ))  # fmt: skip
    return PlanVersion.objects.select_related("plan__organisation").get(pk=version.pk)
