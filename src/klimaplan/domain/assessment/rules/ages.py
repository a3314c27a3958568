"""Rules on how old something may be: the account, the risk assessment and its data, evaluations, publications."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from klimaplan.domain.assessment.evidence import DatedSeen, Evidence, Pointer
from klimaplan.domain.assessment.parameters import Number, Parameters
from klimaplan.domain.assessment.result import (
    Noun,
    Result,
    Seen,
    in_words,
    met,
    needs_person,
    no_place,
    none_there,
    not_met,
    partial,
    within,
)
from klimaplan.domain.assessment.rules.rule import Rule
from klimaplan.domain.assessment.rules.words import EVALUATIONS, PUBLICATIONS, REPORTS, RISK
from klimaplan.domain.errors import Text


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th, so that no period is longer than it says.

    >>> years_after(date(2024, 2, 29), 5), years_after(date(2021, 11, 24), 5)
    (datetime.date(2029, 2, 28), datetime.date(2026, 11, 24))
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of a month that is too short.

    >>> months_after(date(2025, 11, 24), 12), months_after(date(2026, 8, 31), 6)
    (datetime.date(2026, 11, 24), datetime.date(2027, 2, 28))
    """
    ahead = day.month - 1 + months
    year, month = day.year + ahead // 12, ahead % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no such month: {year}-{month}")


LATEST = Text("Seneste dato er", "The latest day is")
OLDEST = Text("De ældste data er fra", "The oldest data are from")


def inventory_age(evidence: Evidence, asked: Parameters) -> Result:
    """The last year of the account lies at most so many years back, and its years lie close enough."""
    if evidence.inventory is None:
        return needs_person(Text("Der er intet regnskab at se på.", "There is no account to look at."))
    years = sorted(evidence.inventory.years)
    remedy = Text("Brug et nyere regnskab.", "Use a newer account.")
    if not years:
        return not_met(Text("Regnskabet har ingen år.", "The account has no years."), remedy)
    age, last = evidence.on.year - years[-1], years[-1]
    widest = max((later - earlier for earlier, later in pairwise(years)), default=None)
    seen = [Seen(Pointer("account", str(last)), Text(f"Regnskab for {last}", f"Account of {last}"))]
    told = Text(
        f"Seneste regnskabsår er {last}, {age} år tilbage; højst {asked['max_years']} er tilladt.",
        f"The last year of the account is {last}, {age} years back; at most {asked['max_years']} are allowed.",
    )
    if age > asked["max_years"]:
        return not_met(told, remedy, seen)
    if widest is None:
        return partial(
            Text(f"{told.da} Der er kun ét år, så det kan ikke ses, hvor tit der gøres regnskab.",
                 f"{told.en} There is one year only, so nobody can see how often an account is made."),
            Text("Vis også et tidligere regnskab.", "Show an earlier account, too."), seen,
        )  # fmt: skip
    spacing = Text(f" Der er højst {widest} år imellem.", f" They are at most {widest} years apart.")
    told = Text(told.da + spacing.da, told.en + spacing.en)
    if widest > asked["max_interval"]:
        remedy = Text(f"Gør regnskab mindst hvert {asked['max_interval']}. år.",
                      f"Make an account at least every {asked['max_interval']} years.")  # fmt: skip
        return partial(told, remedy, seen)
    return met(told, seen)


def risk_age(evidence: Evidence, asked: Parameters) -> Result:
    """The newest risk assessment is at most so many years old."""
    if evidence.risk is None:
        return no_place(RISK)
    remedy = Text("Gennemgå risikovurderingen, og skriv hvornår det skete.",
                  "Go through the risk assessment, and write down when that was.")  # fmt: skip
    dated = [DatedSeen(at=each.at, title=each.title, on=each.made_on) for each in evidence.risk]
    return _newest(dated, evidence.on, years=asked["max_years"], noun=RISK, remedy=remedy)


def risk_data_age(evidence: Evidence, asked: Parameters) -> Result:
    """The oldest data of the newest risk assessment are at most so many years old."""
    if evidence.risk is None:
        return no_place(RISK)
    remedy = Text("Brug nyere data, eller skriv hvor gamle de er.", "Use newer data, or write down how old they are.")
    made = [each for each in evidence.risk if each.made_on is not None] or list(evidence.risk)
    if not made:
        return none_there(RISK, remedy)
    newest = max(made, key=lambda each: each.made_on or date.min)
    dated = [DatedSeen(at=newest.at, title=newest.title, on=newest.oldest_data)]
    return _newest(dated, evidence.on, years=asked["max_years"], noun=RISK, remedy=remedy, said=OLDEST)


def evaluation_age(evidence: Evidence, asked: Parameters) -> Result:
    """The plan was adopted, evaluated or revised at most so many years ago."""
    if evidence.evaluations is None or evidence.adoptions is None:
        return no_place(EVALUATIONS)
    adopted = [each for each in evidence.adoptions if each.state == "adopted"]
    remedy = Text("Evaluér planen, eller skriv hvornår den er vedtaget.",
                  "Evaluate the plan, or write down when it was adopted.")  # fmt: skip
    return _newest([*evidence.evaluations, *adopted], evidence.on, years=asked["max_years"], noun=EVALUATIONS,
                   remedy=remedy)  # fmt: skip


def evaluation_planned(evidence: Evidence, _asked: Parameters) -> Result:
    """A day for evaluating effects and distribution is set, and lies ahead."""
    if evidence.evaluations is None:
        return no_place(EVALUATIONS)
    remedy = Text("Sæt en dato for næste evaluering.", "Set a day for the next evaluation.")
    ahead = [each for each in evidence.evaluations if each.planned is not None and each.planned >= evidence.on]
    if not evidence.evaluations:
        return none_there(EVALUATIONS, remedy)
    if not ahead:
        why = Text("Ingen evaluering er planlagt frem i tiden.", "No evaluation is planned ahead.")
        return not_met(why, remedy, [_dated(each) for each in evidence.evaluations])
    day = min(each.planned for each in ahead if each.planned is not None)
    told = in_words(day)
    return met(
        Text(f"Næste evaluering er planlagt til {told.da}.", f"The next evaluation is planned for {told.en}."),
               [_dated(each) for each in ahead])  # fmt: skip


def published(evidence: Evidence, asked: Parameters) -> Result:
    """Status and progress were published at most so many months ago."""
    if evidence.publications is None:
        return no_place(PUBLICATIONS)
    remedy = Text("Offentliggør en status, og skriv hvor og hvornår.",
                  "Publish a status, and write down where and when.")  # fmt: skip
    return _newest(evidence.publications, evidence.on, months=asked["max_months"], noun=PUBLICATIONS, remedy=remedy)


def reported(evidence: Evidence, asked: Parameters) -> Result:
    """Last year was reported to the common monitoring system."""
    if evidence.reports is None:
        return no_place(REPORTS)
    wanted = evidence.on.year - asked["years_back"]
    remedy = Text(f"Indberet {wanted}.", f"Report {wanted}.")
    sent = [each for each in evidence.reports if each.on is not None and each.on <= evidence.on]
    if not evidence.reports:
        return none_there(REPORTS, remedy)
    of_year = [each for each in sent if each.year == wanted]
    if not of_year:
        why = Text(f"{wanted} er ikke indberettet.", f"{wanted} was not reported.")
        return not_met(why, remedy, [_dated(each) for each in evidence.reports])
    return met(Text(f"{wanted} er indberettet.", f"{wanted} was reported."), [_dated(each) for each in of_year])


def _newest(
    dated: Sequence[DatedSeen],
    on: date,
    *,
    noun: Noun,
    remedy: Text,
    said: Text = LATEST,
    years: int = 0,
    months: int = 0,
) -> Result:
    """The newest that has happened is recent enough; on the very day it still is."""
    if not dated:
        return none_there(noun, remedy)
    happened = [each for each in dated if each.on is not None and each.on <= on]
    if not happened:
        why = Text(f"Ingen {noun.many.da} har en dato, der er gået.", f"No {noun.many.en} have a day that has passed.")
        return not_met(why, remedy, [_dated(each) for each in dated])
    newest = max(happened, key=lambda each: each.on or date.min)
    day = newest.on or date.min
    ends = months_after(day, months) if months else years_after(day, years)
    period = Text(f"{months} måneder", f"{months} months") if months else Text(f"{years} år", f"{years} years")
    latest, last = in_words(day), in_words(ends)
    why = Text(
        f"{said.da} {latest.da}; med {period.da} holder det til {last.da}.",
        f"{said.en} {latest.en}; with {period.en} that holds until {last.en}.",
    )
    return met(why, [_dated(newest)]) if on <= ends else not_met(why, remedy, [_dated(newest)])


def _dated(each: DatedSeen) -> Seen:
    day = each.on or each.planned
    return Seen(each.at, within(each.title, in_words(day)) if day else each.title)


YEARS = {"max_years": Number(1)}
RULES = (
    Rule("inventory-age", Text("Regnskabets alder", "Age of the account"), inventory_age,
         {"max_years": Number(1), "max_interval": Number(1)}),
    Rule("risk-age", Text("Risikovurderingens alder", "Age of the risk assessment"), risk_age, YEARS),
    Rule("risk-data-age", Text("Alder på risikovurderingens data", "Age of the data of the risk assessment"),
         risk_data_age, YEARS),
    Rule("evaluation-age", Text("Seneste evaluering eller vedtagelse", "Latest evaluation or adoption"),
         evaluation_age, YEARS),
    Rule("evaluation-planned", Text("Næste evaluering", "Next evaluation"), evaluation_planned),
    Rule("published", Text("Offentlig status", "Public status"), published, {"max_months": Number(1)}),
    Rule("reported", Text("Årlig indberetning", "Yearly report"), reported, {"years_back": Number(1)}),
)  # fmt: skip
