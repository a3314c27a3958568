"""The steps of a case as forms: which ones a person may take, what each asks for, and what is in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimaplan.domain.certification.workflow import State, Step, ways_from
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import decide
from klimaplan.web.certification.cases import services
from klimaplan.web.certification.cases.services import Given
from klimaplan.web.certification.models import Case
from klimaplan.web.certification.pages.words import Line, lines, said, state_name, step_name
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans.models import Plan
from klimaplan.web.workspace.fields import Field, last, with_errors

ASKS: Mapping[Step, tuple[str, ...]] = {
    Step.HOLD_SCOPING: ("held_on",),
    Step.SUBMIT: ("version",),
    Step.TAKE_UP: ("deadline",),
    Step.ASK: ("deadline",),
    Step.ANSWER: ("version",),
    Step.RETURN: ("reason",),
    Step.WITHDRAW: ("reason", "sure"),
}
"""What each step asks for; the others are a button."""

HELP: Mapping[Step, object] = {
    Step.ASK_FOR_SCOPING: gettext_lazy("The reviewers are told that the municipality is ready to talk about its plan."),
    Step.HOLD_SCOPING: gettext_lazy("When the meeting has been held, the municipality goes on drafting."),
    Step.SUBMIT: gettext_lazy("The version you choose is frozen for the review. You can go on working in the plan."),
    Step.TAKE_UP: gettext_lazy("The case becomes yours, and the municipality sees by when you answer."),
    Step.ASK: gettext_lazy("The municipality sees the questions and your scores, and replies by the deadline."),
    Step.ANSWER: gettext_lazy("The reviewer sees the replies. Choose a newer version if the plan was changed."),
    Step.RECOMMEND: gettext_lazy("The plan goes on to C40 for the second signature."),
    Step.RETURN: gettext_lazy("The municipality gets the plan back with your reason and can submit it again."),
    Step.RESUME: gettext_lazy("The case goes back to drafting; what was said stays with it."),
    Step.SIGN: gettext_lazy("The second signature. The certificate is made, is public, and is never changed."),
    Step.WITHDRAW: gettext_lazy("The case ends without a certificate. The plan stays, and a new case can be opened."),
}
LABELS: Mapping[str, object] = {
    "held_on": gettext_lazy("Day of the meeting"), "version": gettext_lazy("Version"),
    "deadline": gettext_lazy("Deadline"), "reason": gettext_lazy("Reason"), "sure": gettext_lazy("Yes, withdraw it"),
}  # fmt: skip
SHAPES = {"held_on": "day", "deadline": "day", "version": "select", "reason": "long", "sure": "flag"}
PLACES = {"scoping": "held_on", "reason": "reason", "deadline": "deadline", "version": "version", "sure": "sure"}
"""Place of a finding → the field it is about."""

WEIGHTS = ("primary", "secondary", "apart")
"""In the order in which steps stand on the page."""

JUDGED = frozenset({Step.ASK, Step.RECOMMEND, Step.RETURN})
"""The steps that only the reviewer who has the case takes."""

LONGEST_REASON = 4000


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step that a person may take."""

    step: str
    name: str
    help: str
    fields: tuple[Field, ...]
    in_the_way: tuple[Line, ...]
    weight: str
    """``"primary"``, ``"secondary"`` or ``"apart"`` for the one that ends the case."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a step was not taken.

    Parameters
    ----------
    moved_on : whether the case stands elsewhere than its reader saw
    """

    step: str
    findings: tuple[Finding, ...]

    @property
    def moved_on(self) -> bool:
        return any(each.code == "case-moved-on" for each in self.findings)


def forms(
    user: User, case: Case, posted: Mapping[str, Any] | None = None, refused: Refused | None = None
) -> Iterator[StepForm]:
    """The steps that lead on, for this person, with what they typed."""
    versions = _versions(user, case.plan)
    for way in ways_from(State(case.state)):
        permission, state = services.NEEDS[way.actor]
        if user == case.second_reviewer and way.step in JUDGED:
            continue  # what is in the way would tell what the first one scores
        if not decide(user, permission, organisation=case.plan.organisation, state=state).allowed:
            continue
        fields = _fields(way.step, case, versions, posted or {})
        if refused is not None and refused.step == way.step:
            placed = [replace(each, place=f"!{way.step}.{_field_of(each)}") for each in refused.findings]
            fields, _rest = with_errors(fields, placed)
        weight = "apart" if way.step is Step.WITHDRAW else "secondary" if way.step in (Step.RETURN,) else "primary"
        yield StepForm(
            way.step, step_name(way.step), str(HELP[way.step]), tuple(fields),
            lines(services.in_the_way(case, way.step, user, _settled(case, versions))), weight,
        )  # fmt: skip


def take(user: User, case: Case, posted: Mapping[str, Any]) -> Case | Refused:
    """Take the step that was asked for, or say why not."""
    name = last(posted, "do")
    if name not in set(Step):
        return Refused(name, (_no_step(name),))
    step = Step(name)
    given, faults = _given(step, posted)
    if faults:
        return Refused(step, tuple(faults))
    seen = last(posted, "seen")
    try:
        return services.take_step(
            case=case, step=step, by=user, seen=int(seen) if re.fullmatch(r"\d{1,9}", seen) else -1, given=given,
            idempotency_key=last(posted, "form"),
        )  # fmt: skip
    except InputError as found:
        return Refused(step, found.findings)


def now_at(case: Case) -> str:
    """Where a case stands, in words."""
    return state_name(case.state)


def rest_of(refused: Refused | None, shown: tuple[StepForm, ...]) -> tuple[str, ...]:
    """What was refused and stands at no field of a form on the page."""
    if refused is None:
        return ()
    at = {field.name for form in shown for field in form.fields if field.error}
    return tuple(
        said(each) for each in refused.findings if f"{refused.step}.{_field_of(each)}" not in at
    )  # fmt: skip


def typed_without_form(posted: Mapping[str, Any], shown: tuple[StepForm, ...]) -> tuple[str, ...]:
    """Texts that were typed into a form which the page has no longer, so that they are not lost."""
    there = {field.name for form in shown for field in form.fields}
    names = [f"{step}.reason" for step in Step]
    return tuple(text for name in names if name not in there and (text := last(posted, name).strip()))


def _field_of(finding: Finding) -> str:
    """The field that a finding is about; empty where it is about none."""
    return "version" if finding.code == "version-unknown" else PLACES.get(finding.place, "")


def _fields(step: Step, case: Case, versions: list[tuple[str, str]], posted: Mapping[str, Any]) -> list[Field]:
    found = []
    for name in ASKS.get(step, ()):
        full = f"{step}.{name}"
        text = last(posted, full)
        if name == "version" and not text and case.version is not None:
            text = str(case.version.number)
        found.append(Field(
            full, str(LABELS[name]), SHAPES[name], text, _help(step, name), required=True,
            choices=tuple(versions) if name == "version" else (), most=LONGEST_REASON,
        ))  # fmt: skip
    return found


def _help(step: Step, name: str) -> str:
    if name == "deadline":
        return _("By when you answer.") if step is Step.TAKE_UP else _("By when the municipality replies.")
    if name == "version":
        return _("Only named and published versions can be chosen.")
    if step is Step.RETURN and name == "reason":
        return _("The municipality reads it.")
    return ""


def _versions(user: User, plan: Plan) -> list[tuple[str, str]]:
    """The frozen versions, latest first."""
    return [
        (str(each.number), _("Version %(number)d %(name)s") % {"number": each.number, "name": each.name})
        for each in plans.versions(user, plan)
    ]


def _settled(case: Case, versions: list[tuple[str, str]]) -> Given:
    """As if the fields were filled in: what is still in the way then is nothing the form can mend."""
    today = timezone.localdate()
    version = int(versions[0][0]) if versions else None
    return Given(version=version, deadline=today + timedelta(1), held_on=case.scoping_held_on or today, reason="…")


def _given(step: Step, posted: Mapping[str, Any]) -> tuple[Given, list[Finding]]:
    """What was typed for a step, and what cannot be understood of it."""
    faults: list[Finding] = []
    typed = {name: last(posted, f"{step}.{name}").replace("\r\n", "\n").strip() for name in ASKS.get(step, ())}
    days: dict[str, date | None] = {}
    for name in ("held_on", "deadline"):
        days[name] = None
        if text := typed.get(name, ""):
            try:
                days[name] = date.fromisoformat(text)
            except ValueError:
                faults.append(no_day("scoping" if name == "held_on" else name))
    version = typed.get("version", "")
    if version and not re.fullmatch(r"\d{1,9}", version):
        faults.append(_no_version())
    if len(typed.get("reason", "")) > LONGEST_REASON:
        faults.append(too_long("reason", LONGEST_REASON))
    if "sure" in typed and not typed["sure"]:
        faults.append(_not_sure())
    number = int(version) if version and version.isdigit() else None
    return Given(number, days["deadline"], days["held_on"], typed.get("reason", "")), faults


_NOTHING = Text("", "")


def no_day(place: str) -> Finding:
    return Finding(
        "not-a-day", place,
        Text("Datoen kan ikke læses.", "The date cannot be read."), _NOTHING,
        Text("Skriv den som 2026-11-24.", "Write it like 2026-11-24."),
    )  # fmt: skip


def too_long(place: str, most: int) -> Finding:
    return Finding(
        "text-too-long", place,
        Text(f"Teksten er længere end {most} tegn.", f"The text is longer than {most} characters."), _NOTHING,
        Text("Gør den kortere.", "Make it shorter."),
    )  # fmt: skip


def _no_version() -> Finding:
    return Finding(
        "version-unknown", "version",
        Text("Versionen findes ikke.", "There is no such version."), _NOTHING,
        Text("Vælg en fra listen.", "Choose one from the list."),
    )  # fmt: skip


def _not_sure() -> Finding:
    return Finding(
        "not-confirmed", "sure",
        Text("Det er ikke bekræftet, at sagen skal trækkes tilbage.", "The withdrawal was not confirmed."), _NOTHING,
        Text("Sæt kryds ved »Ja, træk den tilbage«.", "Tick “Yes, withdraw it”."),
    )  # fmt: skip


def _no_step(name: str) -> Finding:
    return Finding(
        "step-unknown", name[:40],
        Text("Det trin findes ikke.", "There is no such step."), _NOTHING,
        Text("Vælg et af trinene på siden.", "Choose one of the steps on the page."),
    )  # fmt: skip
