"""The assessment and the certificate as PDF: tagged, set from data, the same bytes for the same content."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klimaplan.web.accounts.models import User
from klimaplan.web.certification.models import Case
from klimaplan.web.certification.pages import criteria, words
from klimaplan.web.certification.reviewing import selectors as reviewing
from klimaplan.web.config.errors import language
from klimaplan.web.workspace.wording import read

if TYPE_CHECKING:
    from klimaplan.web.public.certificates.page import CertificatePage

SOURCE = Path(__file__).with_name("document.typ")
WIDTHS = [6, 2, 2, 2]


def assessment_pdf(user: User, case: Case) -> bytes:
    """The whole assessment of a case, as far as a person may read it."""
    said, machine = reviewing.said_of(user, case), criteria.machine_of(user, case)
    of = criteria.set_of(case)
    lines = list(criteria.lines_of(case, said, machine))
    seen = {row.criterion.id: row.result for row in machine.rows} if machine else {}
    today = timezone.localdate()
    facts = [
        [_("Municipality"), case.plan.organisation.name(language())],
        [_("Plan"), case.plan.title],
        [_("Stands at"), words.state_name(case.state)],
        [_("Whose turn"), words.whose_turn(case)],
        [_("Criteria"), _named(read(of.name), official=of.official)],
    ]
    if case.version is not None:
        number = _("Version %(number)d %(name)s") % {"number": case.version.number, "name": case.version.name}
        facts += [[_("Version handed in"), number], [_("Fingerprint (SHA-256)"), case.version.sha256]]
    table = _section(
        _("The criteria"), [] if of.official else [read(of.reservation)],
        [_("Criterion"), _("The municipality"), _("The machine"), _("The reviewer")],
        [[f"{each.code} {each.wording}", each.own or "–", each.machine or "–", each.score or "–"] for each in lines],
    )  # fmt: skip
    details = [
        _section(each.code, list(_details(each, said, seen.get(each.code))), level=2) for each in lines
    ]  # fmt: skip
    heading = _section(_("Criterion by criterion"), [])
    title = _("Assessment of %(title)s") % {"title": case.plan.title}
    return _set(title, today, facts, [table, heading, *details, _history(case)], demo=bool(case.plan.demo))


def certificate_pdf(page: CertificatePage) -> bytes:
    """A certificate, as everybody may read it."""
    facts = [
        [_("Municipality"), page.name],
        [_("Plan"), page.title],
        [_("Version"), f"{page.version} ({page.version_sha256})"],
        [_("Certified"), date_format(timezone.localtime(page.issued), "DATE_FORMAT")],
        [_("Criteria"), _named(page.criteria, official=page.official)],
        [_("Fingerprint of the certificate (SHA-256)"), page.sha256],
        [_("Result"), "; ".join(f"{name}: {count}" for name, count in page.counts)],
    ]
    accepted = _("argument accepted")
    rows = [
        [f"{each.code} {each.wording}", f"{each.score} ({accepted})" if each.accepted else each.score]
        for each in page.lines
    ]
    table = _section(
        _("Criterion by criterion"), [] if page.official else [page.reservation], [_("Criterion"), _("Score")], rows
    )  # fmt: skip
    title = _("Certificate, %(name)s") % {"name": page.name}
    return _set(title, timezone.localdate(page.issued), facts, [table], demo=page.demo)


def _named(criteria_set: str, *, official: bool) -> str:
    unofficial = _("unofficial")
    return criteria_set if official else f"{criteria_set} ({unofficial})"


def name_of(case: Case) -> str:
    return f"klimaplan-{case.plan.organisation.slug}-assessment-{case.pk}.pdf"


def _details(line: criteria.CriterionLine, said: reviewing.Said, result: Any) -> Iterator[str]:
    """What each side says of a criterion, a paragraph each."""
    yield line.wording
    own, score = said.own.get(line.code), said.scores.get(line.code)
    yield _told(_("The municipality"), line.own or _("not assessed"), own.argument if own else "")
    if result is not None:
        yield _told(_("The machine"), line.machine, read(result.why))
    if score is not None:
        accepted = _("argument accepted")
        found = f"{line.score} ({accepted})" if score.argument_accepted else line.score
        yield _told(_("The reviewer"), found, score.comment)
    for each in said.questions.get(line.code, ()):
        if each.taken_back_at is None:
            yield _told(_("Question of round %(number)d") % {"number": each.round}, each.text)
            yield _told(_("Reply"), each.reply or _("no reply yet"))


def _told(who: str, what: str, more: str = "") -> str:
    return f"{who}: {what}. {more}" if more else f"{who}: {what}"


def _history(case: Case) -> dict[str, Any]:
    rows = [
        [
            date_format(timezone.localtime(each.at), "DATE_FORMAT"), words.step_name(each.step),
            words.state_name(each.after), each.by.name if each.by else "–",
        ]
        for each in reviewing.steps_of(case)
    ]  # fmt: skip
    return _section(_("What has happened"), [], [_("Day"), _("Step"), _("Stands at"), _("Who")], rows)


def _section(
    title: str, lines: list[str], headers: list[str] | None = None, rows: list[list[str]] | None = None, *,
    level: int = 1,
) -> dict[str, Any]:  # fmt: skip
    named = headers or []
    widths = [5, *([2] * (len(named) - 1))] if len(named) != len(WIDTHS) else WIDTHS
    return {"title": title, "lines": lines, "headers": named, "rows": rows or [], "widths": widths, "level": level}


def _set(title: str, day: date, facts: list[list[str]], sections: list[dict[str, Any]], *, demo: bool) -> bytes:
    import typst

    made = _("Made by klimaplan as of %(day)s.") % {"day": date_format(day, "DATE_FORMAT")}
    data = {
        "lang": language(), "title": title, "day": [day.year, day.month, day.day], "facts": facts,
        "sections": sections, "lead": [made], "mark": _("Demo: everything here is invented") if demo else "",
    }  # fmt: skip
    answer = typst.compile(
        _source(), format="pdf", sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True, font_paths=[],
        pdf_standards=["ua-1"],
    )  # fmt: skip
    return bytes(answer)


@cache
def _source() -> bytes:
    return SOURCE.read_bytes()
