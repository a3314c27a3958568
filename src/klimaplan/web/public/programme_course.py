"""The course of the programme, put together once a day: who, when, and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from klimaplan.domain import programme
from klimaplan.domain.programme import FirstPlan, Intake, Moment, Precision, Standing
from klimaplan.reference import load

DK2020 = ("pilot", "round-1", "round-2")
"""The cohorts of DK2020; who came later entered the alliance, and the member of C40 was in neither."""
FINEST = tuple(Precision)


@dataclass(frozen=True, slots=True)
class Member:
    """A municipality on its way: the region it lies in now, its cohorts in their order, and its first plan."""

    code: str
    name: str
    region: str
    intakes: tuple[Intake, ...]
    plan: FirstPlan | None

    @property
    def entered(self) -> Intake:
        """The first cohort, which says since when it has been in."""
        return self.intakes[0]

    @property
    def now(self) -> Intake:
        """The cohort it is counted in."""
        return self.intakes[-1]

    def state(self, moment: Moment) -> str:
        """Standing and certainty at a moment, as one word; what is outside the programme has words of its own."""
        if self.plan is not None and self.plan.no_later_than <= moment.day:
            is_apart = self.now.cohort == programme.OUTSIDE
            return "own-plan" if is_apart else f"{Standing.WITH_PLAN}-{self.plan.certainty}"
        standing = moment.standings[self.code]
        found = programme.cohort_on(self.intakes, self.code, on=moment.day)
        if standing is Standing.UNDER_WAY and found is not None:
            return f"{standing}-{found.certainty}"
        return str(standing)


@dataclass(frozen=True, slots=True)
class Course:
    """Everything up to a day; `states` has a word per municipality and moment."""

    members: tuple[Member, ...]
    moments: tuple[Moment, ...]
    states: Mapping[str, tuple[str, ...]]

    @property
    def first(self) -> date:
        return self.moments[0].day

    def at(self, day: date) -> int:
        """The place of the last moment up to a day."""
        return max(place for place, moment in enumerate(self.moments) if moment.day <= day)

    def precision(self, moment: Moment) -> Precision:
        """How exactly a moment is known: as its best known event is."""
        plans = (each.plan for each in self.members if each.plan is not None)
        known = [
            *(each.precision for member in self.members for each in member.intakes if each.entered == moment.day),
            *(plan.precision for plan in plans if plan.no_later_than == moment.day),
        ]
        return min(known, key=FINEST.index)


@lru_cache(maxsize=2)
def course(until: date) -> Course:
    """The course up to a day."""
    intakes, plans = load.intakes(), {plan.municipality: plan for plan in load.first_plans()}
    regions = {each.municipality: each.group for each in load.memberships("region") if each.covers(until)}
    members = tuple(
        Member(
            each.code, each.name, regions[each.code],
            tuple(intake for intake in intakes if intake.municipality == each.code), plans.get(each.code),
        )
        for each in load.municipalities()
    )  # fmt: skip
    moments = programme.timeline(intakes, list(plans.values()), until=until)
    return Course(members, moments, {each.code: tuple(map(each.state, moments)) for each in members})


def counted(about: str, day: date, course: Course) -> int | None:
    """What our tables count where a source counts the same; None where they hold nothing to count."""
    match about:
        case "approved-plans":
            return course.moments[course.at(day)].count(Standing.WITH_PLAN)
        case "dk2020-participants":
            return len(programme.members_on(load.intakes(), DK2020, on=day))
        case "dk2020-round-1":
            return len(programme.members_on(load.intakes(), ("round-1",), on=day))
        case _:
            return None
