"""What a rule answers: a verdict, what it saw and where that stands, why, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from klimaplan.domain.assessment.evidence import Part, Pointer
from klimaplan.domain.errors import Text

NOTHING = Text("", "")
MONTHS = (
    ("jan.", "Jan"), ("feb.", "Feb"), ("mar.", "Mar"), ("apr.", "Apr"), ("maj", "May"), ("jun.", "Jun"),
    ("jul.", "Jul"), ("aug.", "Aug"), ("sep.", "Sep"), ("okt.", "Oct"), ("nov.", "Nov"), ("dec.", "Dec"),
)  # fmt: skip


class Verdict(StrEnum):
    """What a machine can say of a criterion; a failed rule is a question, not a judgement."""

    NOT_MET = "not-met"
    PARTIAL = "partial"
    NEEDS_PERSON = "needs-person"
    MET = "met"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that was looked at: where it stands, what it says, and what it lacks."""

    at: Pointer
    label: Text
    lacks: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of one rule.

    Parameters
    ----------
    seen : what it rests on; what lacks something comes first
    remedy : what to do; empty where nothing is asked
    """

    verdict: Verdict
    why: Text
    remedy: Text = NOTHING
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, one and several."""

    one: Text
    many: Text

    def of(self, number: int) -> Text:
        """A number of them.

        >>> Noun(Text("mål", "target"), Text("mål", "targets")).of(2)
        Text(da='2 mål', en='2 targets')
        """
        word = self.one if number == 1 else self.many
        return Text(f"{number} {word.da}", f"{number} {word.en}")


def plain(text: str) -> Text:
    """What reads the same in both languages."""
    return Text(text, text)


def join(texts: Iterable[Text], sign: str = ", ") -> Text:
    """Several texts as one."""
    texts = tuple(texts)
    return Text(sign.join(each.da for each in texts), sign.join(each.en for each in texts))


def in_words(day: date) -> Text:
    """A day as people write it.

    >>> in_words(date(2026, 3, 1))
    Text(da='1. mar. 2026', en='1 Mar 2026')
    """
    danish, english = MONTHS[day.month - 1]
    return Text(f"{day.day}. {danish} {day.year}", f"{day.day} {english} {day.year}")


def within(whole: Text, part: Text) -> Text:
    """A part of something that has a name.

    >>> within(Text("mål", "target"), plain("2030")).da
    'mål: 2030'
    """
    return Text(f"{whole.da}: {part.da}", f"{whole.en}: {part.en}")


def met(why: Text, seen: Iterable[Seen] = ()) -> Result:
    return Result(Verdict.MET, why, NOTHING, tuple(seen))


def partial(why: Text, remedy: Text, seen: Iterable[Seen] = ()) -> Result:
    return Result(Verdict.PARTIAL, why, remedy, _worst_first(seen))


def not_met(why: Text, remedy: Text, seen: Iterable[Seen] = ()) -> Result:
    return Result(Verdict.NOT_MET, why, remedy, _worst_first(seen))


def needs_person(why: Text, remedy: Text = NOTHING, seen: Iterable[Seen] = ()) -> Result:
    return Result(Verdict.NEEDS_PERSON, why, remedy, _worst_first(seen))


def not_applicable(why: Text) -> Result:
    return Result(Verdict.NOT_APPLICABLE, why)


def no_place(noun: Noun) -> Result:
    """What was read has no place for it, so nobody can say from it."""
    return needs_person(
        Text(f"Det, der er læst, kan ikke rumme {noun.many.da}.",
             f"What was read has no place for {noun.many.en}."),
        Text("Vurdér det ud fra planen selv, eller skriv det i klimaplan.",
             "Judge it by the plan itself, or write it down in klimaplan."),
    )  # fmt: skip


def none_there(noun: Noun, remedy: Text) -> Result:
    """There is a place for it and nothing stands there."""
    return not_met(Text(f"Planen har ingen {noun.many.da}.", f"The plan has no {noun.many.en}."), remedy)


def look(part: Part, lacks: Iterable[Text] = (), label: Text | None = None) -> Seen:
    """A part as something that was looked at."""
    return Seen(part.at, part.title if label is None else label, tuple(lacks))


def judge_each(seen: Sequence[Seen], noun: Noun, remedy: Text) -> Result:
    """Each must lack nothing: met when none does, partial when some do, not met when all do."""
    if not seen:
        return none_there(noun, remedy)
    lacking = [each for each in seen if each.lacks]
    if not lacking:
        count = noun.of(len(seen))
        return met(Text(f"{count.da} har det, der spørges om.", f"{count.en}: all that is asked for is there."), seen)
    counted = Counter(what for each in lacking for what in each.lacks).most_common()
    missing = join(Text(f"{what.da} ({number})", f"{what.en} ({number})") for what, number in counted)
    count = noun.of(len(seen))
    why = Text(
        f"{len(lacking)} af {count.da} mangler noget: {missing.da}.",
        f"{len(lacking)} of {count.en} lack something: {missing.en}.",
    )
    return (not_met if len(lacking) == len(seen) else partial)(why, remedy, seen)


def judge_missing(found: Sequence[Text], missing: Sequence[Text], remedy: Text, seen: Iterable[Seen]) -> Result:
    """All of a list must be there: met when none is missing, partial when some are, not met when all are."""
    if not missing:
        there = join(found)
        return met(Text(f"Der er svar for: {there.da}.", f"There is an answer for: {there.en}."), seen)
    absent = join(missing)
    why = Text(f"Der mangler: {absent.da}.", f"Missing: {absent.en}.")
    return (partial if found else not_met)(why, remedy, seen)


def _worst_first(seen: Iterable[Seen]) -> tuple[Seen, ...]:
    return tuple(sorted(seen, key=lambda each: not each.lacks))
