"""What was sent from the forms of a discussion: said and asked, or what is wrong with it beside what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.config.errors import language
from klimaplan.web.plans import services
from klimaplan.web.plans.contents.kinds import ACTION
from klimaplan.web.plans.models import Comment, Plan, PlanPart, Task
from klimaplan.web.plans.together.readers import readers
from klimaplan.web.workspace.together.days import day_in
from klimaplan.web.workspace.together.mentions import called_in
from klimaplan.web.workspace.together.talk_page import CommentForm, TaskForm

SHORTEST_KEY, LONGEST_KEY = 8, 60


@dataclass(frozen=True, slots=True)
class SaidNow:
    """A comment that is kept, who sees it under *My work*, and what was meant as a call and is none."""

    comment: Comment
    told: tuple[str, ...]
    nobody: tuple[str, ...]


def say(user: User, plan: Plan, posted: QueryDict) -> SaidNow | CommentForm:
    """Keep a comment with everybody who is ticked or called by ``@`` and name; or the form again, with what is wrong.

    Raises
    ------
    NotAllowed
    """
    text, errors = posted.get("text", ""), []
    there = {each.pk: each for each in readers(plan)}
    ticked = {int(key) for key in posted.getlist("mention") if key.isdecimal()}
    called = called_in(text, there.values())
    part, errors_of_part = _about(plan, posted.get("about", ""))
    errors += errors_of_part
    answers, errors_of_answer = _answered(plan, posted.get("answers", ""))
    errors += errors_of_answer
    if ticked - set(there):
        # by name would tell who has an account here
        errors.append(_("Somebody who is mentioned cannot read the plan. Choose from the list."))
    if shared := [name for name in called.shared if not _one_is_ticked(name, ticked, there)]:
        errors += [_("More than one is called %(name)s. Choose in the list who is meant.") % {"name": each.title()}
                   for each in shared]  # fmt: skip
    mentioned = [there[key] for key in sorted((ticked | called.people) & set(there))]
    if not errors:
        try:
            made = services.comment(
                plan=plan, text=text, by=user, part=answers.part if answers else part, mentions=mentioned,
                answers=answers, idempotency_key=_key("say", posted),
            )  # fmt: skip
        except InputError as refused:
            errors = [finding.message(language()) for finding in refused.findings]
        else:
            return SaidNow(made, tuple(each.name for each in mentioned if each.pk != user.pk), tuple(called.nobody))
    return CommentForm(text, frozenset(ticked), posted.get("about", ""), answers.pk if answers else None, tuple(errors))


def ask(user: User, plan: Plan, posted: QueryDict) -> Task | TaskForm:
    """Make a task; or the form again, with what is wrong beside each field.

    Raises
    ------
    NotAllowed
    """
    errors: dict[str, str] = {}
    title, due, whose = posted.get("title", ""), posted.get("due", ""), posted.get("assigned_to", "")
    day = day_in(due)
    if not title.strip():
        errors["title"] = _("Write what is to be done.")
    if day is None:
        errors["due"] = _("Write the day as 1.3.2027 or 2027-03-01.")
    part, wrong = _about(plan, posted.get("about", ""))
    if wrong:
        errors["about"] = wrong[0]
    person = next((each for each in readers(plan) if str(each.pk) == whose), None)
    if whose and person is None:
        errors["assigned_to"] = _("This person cannot read the plan. Choose from the list.")
    if not errors and day is not None:
        try:
            return services.add_task(
                plan=plan, title=title, due=day, by=user, part=part, assigned_to=person,
                idempotency_key=_key("ask", posted),
            )  # fmt: skip
        except InputError as refused:
            errors["title"] = " ".join(finding.message(language()) for finding in refused.findings)
    return TaskForm(title, due, whose, posted.get("about", ""), errors)


def _about(plan: Plan, key: str) -> tuple[PlanPart | None, list[str]]:
    """The action that something is about; removed meanwhile, it is still what it was about."""
    if not key:
        return None, []
    part = PlanPart.objects.select_related("plan").filter(plan=plan, kind=ACTION, key=key).first()
    return part, [] if part else [_("This action is not in the plan. Choose from the list.")]


def _answered(plan: Plan, key: str) -> tuple[Comment | None, list[str]]:
    if not key:
        return None, []
    number = int(key) if key.isdecimal() and len(key) < 19 else -1
    comment = Comment.objects.select_related("plan", "part__plan").filter(plan=plan, pk=number).first()
    return comment, [] if comment else [_("What you answer is not there. Begin a discussion of its own.")]


def _one_is_ticked(name: str, ticked: set[int], there: dict[int, User]) -> bool:
    return any(key in there and " ".join(there[key].name.casefold().split()) == name for key in ticked)


def _key(what: str, posted: QueryDict) -> str:
    """What tells the same form sent twice from two that say the same; without one every sending counts."""
    once = posted.get("once", "")
    return f"{what}-{once}" if SHORTEST_KEY <= len(once) <= LONGEST_KEY and once.isalnum() else ""
