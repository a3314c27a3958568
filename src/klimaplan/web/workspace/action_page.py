"""The page of one action: its form, what a change would do, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from klimaplan.domain.errors import Finding
from klimaplan.web.accounts.models import User
from klimaplan.web.plans import selectors
from klimaplan.web.plans.contents.kinds import KINDS, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.results.comparing import title_of
from klimaplan.web.plans.stored import Piece
from klimaplan.web.workspace import action_form, begun, preview, saving
from klimaplan.web.workspace.action_form import ActionForm
from klimaplan.web.workspace.fields import field_at, last
from klimaplan.web.workspace.matrices.attributes import attributes_of
from klimaplan.web.workspace.of_action import OfAction, of_action
from klimaplan.web.workspace.plan_page import Frame, Line, action_in, frame_of, lines_of
from klimaplan.web.workspace.preview import Preview
from klimaplan.web.workspace.responsible_page import Responsible, responsible
from klimaplan.web.workspace.together.talk_page import Talk, talk_about
from klimaplan.web.workspace.wording import read


@dataclass(frozen=True, slots=True)
class Beside:
    """Something that hangs on an action; of an indicator with its attributes."""

    kind: str
    kind_name: str
    key: str
    title: str
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActionPage:
    """Everything on the page."""

    frame: Frame
    key: str
    title: str
    version: int
    form: ActionForm
    preview: Preview
    notes: tuple[Line, ...]
    beside: tuple[Beside, ...]
    to_add: tuple[tuple[str, str], ...]
    more: OfAction
    responsible: Responsible
    talk: Talk
    changed_at: object
    changed_by: str
    why: str
    refused: bool = False

    @property
    def reported(self) -> tuple[str, ...]:
        """The fields that somebody may change who reports progress only."""
        return ("progress", *action_form.KNOWN)

    @property
    def may_save(self) -> bool:
        return self.frame.may_edit or self.frame.may_report


def action_page(
    user: User,
    plan: Plan,
    part: PlanPart,
    *,
    posted: Mapping[str, Any] | None = None,
    findings: Sequence[Finding] = (),
) -> ActionPage:
    """The page as it is stored, or with what was typed and what is wrong with that."""
    figures, frame = selectors.outcome(plan), frame_of(user, plan, part)
    content, asked = dict(part.content), None
    seen = preview.compared(part.key, figures, figures)
    if posted is not None:
        content = typed(plan, part, posted, user, all_levers=True)
        seen = preview.preview(plan, part.key, typed(plan, part, posted, user))
    asked = action_form.form(plan, content, posted=posted, findings=findings)
    names = {each.name for each in asked.every_field}
    about = tuple(each for each in figures.findings if action_in(each.place) == part.key)
    if posted is None:  # what is wrong with the stored action stands beside its fields, too
        of_fields = [each for each in about if field_at(each.place, names)]
        asked = action_form.form(plan, content, findings=[each for each in of_fields if each.severity == "error"])
    return ActionPage(
        frame,
        part.key,
        str(part.content.get("title", "")),
        part.version if posted is None else begun.version_in(posted, part),
        asked,
        seen,
        lines_of(plan, about if posted is None else tuple(asked.rest)),
        tuple(_beside(plan, part.key)),
        tuple((kind.code, read(kind.name)) for kind in KINDS.values() if kind.of_action and kind.code != "evidence"),
        of_action(plan, part, may_hand_in=frame.may_report),
        responsible(plan, part, may_name=frame.may_edit),
        talk_about(user, plan, part),
        part.updated_at,
        selectors.changed_by(part),
        "" if posted is None else str(posted.get("why", "")),
        bool(findings),
    )


def typed(plan: Plan, part: PlanPart, posted: Mapping[str, Any], user: User, *, all_levers: bool = False) -> Plain:
    """The content that was typed; of somebody who only reports no more than that."""
    base = begun.base_of(part, posted)
    if frame_of(user, plan).may_edit:
        return action_form.posted_content(base, posted, all_levers=all_levers)
    return action_form.posted_progress(base, posted)


def saved(plan: Plan, part: PlanPart, posted: Mapping[str, Any], user: User) -> saving.Saved:
    """Whatever the form asks for: a change, a merge, another place in the list, or that the action goes."""
    asked = last(posted, "do")
    if asked in saving.MOVES:
        return saving.moved(plan, part, asked, user)
    if asked == "merge":
        return saving.merged(part, posted, user)
    if asked == "remove":
        return saving.removed(part, posted, user)
    return saving.changed(part, typed(plan, part, posted, user), posted, user)


def _beside(plan: Plan, key: str) -> list[Beside]:
    return [
        Beside(
            kind,
            read(kind_of(kind).name),
            part.key,
            title_of(Piece(kind, part.key, part.content)),
            attributes_of(part.content) if kind == "indicator" else (),
        )
        for kind, parts in selectors.beside(plan, key).items()
        if kind != "evidence"
        for part in parts
    ]
