"""What calls for a revision, and how the old plan is judged: target by target, action by action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from klimaplan.domain.certification.due import FRAMEWORK_ONLY, Due, Revision, due_days
from klimaplan.domain.errors import Finding, Text, comma
from klimaplan.domain.inventory.recalculation import Cause as Moved
from klimaplan.domain.inventory.recalculation import Recalculation


class Cause(StrEnum):
    """Why a plan is revised."""

    DUE = "due"
    BASELINE_MOVED = "baseline-moved"
    GAP = "gap"
    CRITERIA = "criteria"
    RISK = "risk"
    NATIONAL_FRAME = "national-frame"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a plan that was approved.

    Parameters
    ----------
    baseline_moved : share by which the base year has moved since, by a change of method alone; None where not known
    gap_share : what is missing to the next target, as a share of the reduction it asks for; None where not known
    criteria_then, criteria_now : slugs of the sets in force at approval and today
    risk_assessed_on : the day of the risk assessment; None where there is none
    risk_data_published : the day the newest risk data appeared; None where not known
    frames : national frames that were decided since, with their days
    """

    approved: date
    today: date
    revision: Revision = FRAMEWORK_ONLY
    baseline_moved: float | None = None
    gap_share: float | None = None
    criteria_then: str = ""
    criteria_now: str = ""
    risk_assessed_on: date | None = None
    risk_data_published: date | None = None
    frames: tuple[tuple[date, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a movement calls for a revision: our own proposal, a share each."""

    baseline: float = 0.05
    gap: float = 0.10


@dataclass(frozen=True, slots=True)
class Trigger:
    """One reason to revise, in words; `since` is the day it began to hold, where it has one."""

    cause: Cause
    said: Text
    since: date | None = None


AHEAD_DAYS = 365
"""A due day calls for a revision a year before: that is how long one takes with hearing and adoption."""


def triggers(situation: Situation, thresholds: Thresholds = Thresholds()) -> tuple[Trigger, ...]:
    """Every reason that holds today, due days first. What is not known calls for nothing, and is not taken as fine.

    >>> found = triggers(Situation(approved=date(2021, 4, 30), today=date(2026, 11, 24)))
    >>> [str(each.cause) for each in found]
    ['due']
    """
    found = [_due(each) for each in due_days(situation.approved, situation.revision) if _is_near(each, situation.today)]
    moved = situation.baseline_moved
    if moved is not None and abs(moved) >= thresholds.baseline:
        found.append(Trigger(Cause.BASELINE_MOVED, _moved(moved)))
    if situation.gap_share is not None and situation.gap_share >= thresholds.gap:
        found.append(Trigger(Cause.GAP, _gap(situation.gap_share)))
    if situation.criteria_then and situation.criteria_now and situation.criteria_then != situation.criteria_now:
        found.append(Trigger(Cause.CRITERIA, _CRITERIA))
    assessed, published = situation.risk_assessed_on, situation.risk_data_published
    if assessed is not None and published is not None and published > assessed:
        found.append(Trigger(Cause.RISK, _RISK, published))
    frames = [(day, said) for day, said in situation.frames if situation.approved < day <= situation.today]
    found.extend(Trigger(Cause.NATIONAL_FRAME, said, day) for day, said in sorted(frames, key=lambda frame: frame[0]))
    return tuple(found)


def gap_share(emitted: float, allowed: float, missing: float) -> float | None:
    """What is missing to a target as a share of the reduction it asks for.

    Parameters
    ----------
    emitted : in the last year of the account, t CO2e
    allowed : by the target, t CO2e
    missing : with the plan carried out, t CO2e; negative where the plan does more

    Returns
    -------
    None where the target asks for no reduction: there is nothing to take a share of

    >>> gap_share(100.0, 60.0, 10.0)
    0.25
    """
    asked = emitted - allowed
    return missing / asked if asked > 0.0 else None


def moved_by_method(recalculation: Recalculation, municipality: str, year: int, *, was: float) -> float | None:
    """The share by which a year of a municipality moved between two editions because the publisher counts anew.

    Parameters
    ----------
    was : the year's total in the older edition, t CO2e

    Returns
    -------
    None where that total is not positive
    """
    if was <= 0.0:
        return None
    moved = [
        each.change
        for each in recalculation.changed
        if each.municipality == municipality and each.year == year and each.cause is Moved.METHOD_CHANGE
    ]
    return sum(change for change in moved if change is not None) / was


class Fate(StrEnum):
    """What became of an action of the old plan."""

    DONE = "done"
    CONTINUED = "continued"
    CHANGED = "changed"
    REPLACED = "replaced"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one target or action of the old plan.

    Parameters
    ----------
    successor : key of the action that replaces it
    """

    fate: Fate
    reason: str = ""
    successor: str = ""


def suggested(old: Mapping[str, object], new: Mapping[str, object], *, done: Iterable[str] = ()) -> dict[str, Fate]:
    """What the two plans themselves say of every old action; replaced or dropped is for a person to tell apart.

    Parameters
    ----------
    old, new : key → content of the actions
    done : keys of those reported as finished

    >>> suggested({"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 2}, done=["a"])
    {'a': <Fate.DONE: 'done'>, 'b': <Fate.CHANGED: 'changed'>, 'c': <Fate.DROPPED: 'dropped'>}
    """
    finished = set(done)

    def fate(key: str) -> Fate:
        if key in finished:
            return Fate.DONE
        if key not in new:
            return Fate.DROPPED
        return Fate.CONTINUED if old[key] == new[key] else Fate.CHANGED

    return {key: fate(key) for key in old}


def check_judgements(
    old: Iterable[str], judgements: Mapping[str, Judgement], new: Iterable[str]
) -> tuple[Finding, ...]:
    """What is missing before the evaluation of the old plan is whole: one finding per gap."""
    known, found = set(new), []
    for key in old:
        judgement = judgements.get(key)
        if judgement is None:
            found.append(_not_judged(key))
        elif judgement.fate is Fate.REPLACED and judgement.successor not in known:
            found.append(_no_successor(key, judgement.successor))
        elif judgement.fate not in (Fate.DONE, Fate.CONTINUED) and not judgement.reason.strip():
            found.append(_no_reason(key))
    return tuple(found)


def _is_near(due: Due, today: date) -> bool:
    return (due.day - today).days <= AHEAD_DAYS


def _due(due: Due) -> Trigger:
    return Trigger(
        Cause.DUE,
        Text(f"Planen skal være revideret senest {due.day:%d.%m.%Y}.", f"The plan is due for revision by {due.day}."),
        due.day,
    )


def _moved(share: float) -> Text:
    percent = f"{abs(share) * 100:.1f}"
    return Text(
        f"Basisåret har flyttet sig {comma(abs(share) * 100, '.1f')} %, fordi metoden er ændret.",
        f"The base year has moved by {percent} % because the method changed.",
    )


def _gap(share: float) -> Text:
    return Text(
        f"Der mangler {comma(share * 100, '.0f')} % af den reduktion, det næste mål kræver.",
        f"{share * 100:.0f} % of the reduction that the next target asks for is missing.",
    )


_CRITERIA = Text(
    "Der er kommet et nyt kriteriesæt, siden planen blev godkendt.",
    "A new set of criteria has come since the plan was approved.",
)
_RISK = Text(
    "Der er kommet nye data om klimarisiko, siden risikovurderingen blev lavet.",
    "New data on climate risk have come since the risk assessment was made.",
)


def _not_judged(key: str) -> Finding:
    return Finding(
        "not-judged", key,
        Text("Der er ikke taget stilling.", "It has not been judged."),
        Text("Evalueringen dækker hele den gamle plan.", "The evaluation covers the whole of the old plan."),
        Text("Vælg gennemført, fortsætter, ændret, erstattet eller opgivet.",
             "Choose done, continued, changed, replaced or dropped."),
    )  # fmt: skip


def _no_successor(key: str, successor: str) -> Finding:
    return Finding(
        "successor-unknown", key,
        Text(f"Den nye plan har intet tiltag »{successor}«.", f"The new plan has no action “{successor}”."),
        Text("Et erstattet tiltag skal kunne følges.", "An action that was replaced must be traceable."),
        Text("Vælg tiltaget, der erstatter det.", "Choose the action that replaces it."),
    )  # fmt: skip


def _no_reason(key: str) -> Finding:
    return Finding(
        "judgement-without-reason", key,
        Text("Begrundelsen mangler.", "The reason is missing."),
        Text("Det, der ændres, erstattes eller opgives, skal forklares.",
             "What is changed, replaced or dropped must be explained."),
        Text("Skriv hvorfor.", "Say why."),
    )  # fmt: skip
