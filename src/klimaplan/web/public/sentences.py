"""The one sentence that opens a page, from facts the domain has decided. Rules are few, so each can be tested."""

from __future__ import annotations

from django.utils.translation import gettext as _

from klimaplan.exports.numbers import amount, percent
from klimaplan.reference import load
from klimaplan.web.config.errors import language
from klimaplan.web.public.schema import DevelopmentFacts, PathwayAnswer, ProspectFacts, SubjectPicture


def lead(picture: SubjectPicture) -> str:
    """Where it stands and where it is heading, in plain words, in the language of the page."""
    name = subject(picture)
    parts = [development(name, picture.development)]
    if picture.prospects:
        first = picture.prospects[0]
        if picture.kind == "national" and first.year in load.landmark_years():
            parts.append(landmark(first))
        else:
            parts.append(prospect(first, several=picture.kind != "municipality"))
    return " ".join(parts)


def subject(picture: SubjectPicture) -> str:
    """How the subject is named in a sentence."""
    name = picture.name.en if language() == "en" else picture.name.da
    if picture.kind == "municipality":
        return _("%(name)s Municipality") % {"name": name}
    if picture.kind == "national":
        return _("The %(count)d municipalities") % {"count": len(picture.members)}
    return _("The %(count)d municipalities in %(name)s") % {"count": len(picture.members), "name": name}


def development(name: str, facts: DevelopmentFacts | None) -> str:
    """The account in one sentence: falling, growing, flat, taking up more than it emits, or missing."""
    if facts is None:
        return _("The account of %(name)s has a hole in its first or last year.") % {"name": name}
    words = {
        "name": name,
        "last": amount_words(abs(facts.last)),
        "last_year": facts.last_year,
        "first": amount_words(abs(facts.first)),
        "first_year": facts.first_year,
    }
    if facts.last < 0.0 and facts.first > 0.0:
        return (
            _(
                "%(name)s took up %(last)s more than was emitted in %(last_year)d; "
                "in %(first_year)d it emitted %(first)s."
            )
            % words
        )
    if facts.last < 0.0:
        return (
            _("%(name)s took up %(last)s more than was emitted in %(last_year)d; in %(first_year)d it was %(first)s.")
            % words
        )
    if facts.change_pct is None:
        return (
            _(
                "%(name)s emitted %(last)s in %(last_year)d; "
                "in %(first_year)d it took up %(first)s more than was emitted."
            )
            % words
        )
    words["change"] = percent(abs(facts.change_pct), language())
    return {
        "falling": _("%(name)s emitted %(last)s in %(last_year)d, %(change)s less than in %(first_year)d."),
        "growing": _("%(name)s emitted %(last)s in %(last_year)d, %(change)s more than in %(first_year)d."),
        "flat": _("%(name)s emitted %(last)s in %(last_year)d, about the same as in %(first_year)d."),
    }[facts.direction] % words


def prospect(facts: ProspectFacts, *, several: bool = False) -> str:
    """What the baseline says of a target year: missed or met, by one municipality or by several together."""
    words = {"excess": amount_words(abs(facts.excess)), "year": facts.year}
    if several and not facts.demo:
        return {
            "missed": _("Without further action they are %(excess)s above their target for %(year)d."),
            "met": _("Even without further action they stay %(excess)s below their target for %(year)d."),
        }[facts.verdict] % words
    if facts.demo:
        return {
            "missed": _("Without further action it is %(excess)s above the invented demo target for %(year)d."),
            "met": _("Even without further action it stays %(excess)s below the invented demo target for %(year)d."),
        }[facts.verdict] % words
    return {
        "missed": _("Without further action it is %(excess)s above its target for %(year)d."),
        "met": _("Even without further action it stays %(excess)s below its target for %(year)d."),
    }[facts.verdict] % words


def landmark(facts: ProspectFacts) -> str:
    """What the baseline says of the plans' targets added up by others, which is nobody's own target."""
    words = {
        "excess": amount_words(abs(facts.excess)),
        "allowed": amount_words(facts.allowed),
        "year": facts.year,
    }
    if facts.verdict == "missed":
        return (
            _(
                "Without further action they are %(excess)s above a landmark for %(year)d: %(allowed)s, "
                "the targets of the plans added up on an older version of the account."
            )
            % words
        )
    return (
        _(
            "Even without further action they stay %(excess)s below a landmark for %(year)d: %(allowed)s, "
            "the targets of the plans added up on an older version of the account."
        )
        % words
    )


def attempt(answer: PathwayAnswer) -> str:
    """A tried-out target in one sentence."""
    target, facts = answer.target, answer.prospect
    words = {
        "year": target.year,
        "allowed": amount_words(target.allowed),
        "expected": amount_words(facts.expected),
        "excess": amount_words(abs(facts.excess)),
    }
    if facts.verdict == "missed":
        return (
            _("In %(year)d at most %(allowed)s may be emitted. The baseline gives %(expected)s, %(excess)s too much.")
            % words
        )
    return (
        _("In %(year)d at most %(allowed)s may be emitted. The baseline gives %(expected)s, %(excess)s less.") % words
    )


def amount_words(tonnes: float | None) -> str:
    """An amount in the language of the page; a missing one is called so."""
    return _("missing") if tonnes is None else amount(tonnes, language())
