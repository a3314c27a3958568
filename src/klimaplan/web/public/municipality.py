"""The page of a municipality: where it stands, where it is heading without a plan, and what its target leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, InputError
from klimaplan.exports.numbers import amount, percent, plain
from klimaplan.reference import load
from klimaplan.web.config.errors import language
from klimaplan.web.public import charts, downloads, pathways, queries, sentences, words
from klimaplan.web.public.charts import Figure, Link
from klimaplan.web.public.explaining import Explained, Number, explained, title_of
from klimaplan.web.public.pathways import Wish
from klimaplan.web.public.schema import PathwayAnswer, ProspectFacts, SubjectPicture, TargetRow
from klimaplan.web.public.selectors import Shown
from klimaplan.web.public.sheets import Sheet, gap_sheet


@dataclass(frozen=True, slots=True)
class Attempt:
    """A target tried out with the sliders: the answer, or why there is none."""

    wish: Wish
    base_years: list[int]
    first_year: int
    answer: PathwayAnswer | None
    sentence: str
    base: str
    """The base year with its tonnes and source, in words."""
    figure: Figure | None
    """None as long as the page shows the municipality's own targets: they have a chart already."""
    numbers: list[Number]
    by_sector: Sheet | None
    findings: list[dict[str, str]]
    refused: bool
    """Whether the reader asked for what cannot be computed; the page itself may start there without blame."""
    percent: str
    """As the slider shows it."""
    base_tonnes: str
    base_source: str
    """Both as the reader typed them, so that nothing is lost when something else is wrong."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """How one sector of the baseline is projected, and what the mapping leaves out."""

    code: str
    sector: str
    rule: str
    note: str


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target in words, with its tonnes where they are known."""

    year: int
    sectors: str
    words: str
    allowed: str | None
    source: str
    demo: bool


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """Everything on the page."""

    shown: Shown
    lead: str
    numbers: list[Number]
    pathway: Figure
    curve: Figure
    comparison: Figure
    attempt: Attempt
    rules: list[RuleLine]
    left_out: list[str]
    targets: list[TargetLine]
    gap: Sheet | None
    gap_explanation: Explained | None
    downloads: list[Link]

    @property
    def name(self) -> str:
        return self.shown.picture.name.da

    @property
    def picture(self) -> SubjectPicture:
        return self.shown.picture


def municipality_page(shown: Shown, query: Mapping[str, str]) -> MunicipalityPage:
    """Everything on the page of one municipality."""
    picture = shown.picture
    return MunicipalityPage(
        shown=shown,
        lead=sentences.lead(picture),
        numbers=key_numbers(picture),
        pathway=charts.figure(shown, "pathway"),
        curve=charts.figure(shown, "curve"),
        comparison=charts.figure(shown, "comparison"),
        attempt=attempt(shown, query),
        rules=rule_lines(picture),
        left_out=[entry.reason.read(language()) for entry in load.left_out()],
        targets=target_lines(picture),
        gap=own_gap(picture),
        gap_explanation=own_gap_explanation(picture),
        downloads=downloads.links(picture),
    )


def attempt(shown: Shown, query: Mapping[str, str]) -> Attempt:
    """The target the sliders ask for, or the findings that say why it cannot be computed."""
    picture = shown.picture
    wish = pathways.starting_wish(picture)
    answer, findings = None, []
    try:
        wish = queries.target_wish(query, picture)
        answer = pathways.try_out(picture, wish)
    except InputError as error:
        findings = [_finding(each) for each in error.findings]
    years = picture.account.years
    published = {row.base_year for row in picture.targets if row.base_year and row.base_tonnes}
    return Attempt(
        wish=wish,
        base_years=sorted({queries.EARLIEST_BASE_YEAR, *years, *published, wish.base_year}),
        first_year=years[-1] + 1,
        answer=answer,
        sentence=sentences.attempt(answer) if answer else "",
        base=_base_words(answer.target, picture) if answer else "",
        figure=charts.attempt(shown, wish, answer) if answer and query else None,
        numbers=_attempt_numbers(answer) if answer else [],
        by_sector=gap_sheet(answer.gap, [answer.target.year], caption=_("The gap of the tried-out target by sector"))
        if answer
        else None,
        findings=findings,
        refused=bool(findings and query),
        percent=f"{wish.percent:g}",
        base_tonnes=query.get("base_tonnes", ""),
        base_source=query.get("base_source", ""),
    )


def key_numbers(picture: SubjectPicture) -> list[Number]:
    """The four figures under the sentence: amount, per inhabitant, change, and the gap to the first target."""
    account = picture.account
    first, last = account.years[0], account.years[-1]
    numbers = [
        Number(
            (_("Emitted in %(year)d") if _emits(account.emissions["total"][-1]) else _("Net in %(year)d"))
            % {"year": last},
            *_amount(account.emissions["total"][-1]),
            explained(account.explanation, method="account"),
        ),
        Number(
            _("Per inhabitant in %(year)d") % {"year": last},
            plain(account.per_head["total"][-1], language(), digits=2),
            _("t CO2e"),
            explained(account.explanation, method="per-head"),
        ),
        _change(picture, first, last),
    ]
    if picture.gap is None or not picture.prospects:
        return numbers
    behind = explained(picture.gap.explanation, base_year=picture.gap.base_year)
    return [*numbers, _gap(picture.prospects[0], behind)]


def own_gap(picture: SubjectPicture) -> Sheet | None:
    """The gap to the targets of a subject, in the year of each."""
    if picture.gap is None:
        return None
    return gap_sheet(picture.gap, [each.year for each in picture.prospects], caption=_("The gap by sector"))


def own_gap_explanation(picture: SubjectPicture) -> Explained | None:
    """What stands behind `own_gap`."""
    return explained(picture.gap.explanation, base_year=picture.gap.base_year) if picture.gap else None


def rule_lines(picture: SubjectPicture) -> list[RuleLine]:
    """The rule of every sector of the baseline, in words."""
    mapping = {str(sector): found for sector, found in load.national_projection().mapping.items()}
    return [
        RuleLine(sector, str(words.SECTORS[sector]), str(words.RULES[rule]), mapping[sector].note.read(language()))
        for sector, rule in picture.baseline.rules.items()
    ]


def _change(picture: SubjectPicture, first: int, last: int) -> Number:
    change = picture.account.change_pct["total"][-1]
    label = _("Change %(first)d–%(last)d") % {"first": first, "last": last}
    explanation = explained(picture.account.explanation, method="base-year", base_year=first)
    if change is None:
        note = _("A percentage of a year that is zero or less has no meaning.")
        return Number(label, None, "", explanation, note=note)
    return Number(label, percent(change, language(), signed=True), "", explanation)


def _gap(facts: ProspectFacts, explanation: Explained) -> Number:
    label = _("Gap to the target in %(year)d") % {"year": facts.year}
    value, unit = _amount(facts.excess, signed=True)
    return Number(
        label, value, unit, explanation, tone="excess" if facts.verdict == "missed" else "met", demo=facts.demo
    )


def _attempt_numbers(answer: PathwayAnswer) -> list[Number]:
    """The gap in the target year three ways, and what must disappear from today."""
    gap, year = answer.gap, answer.target.year
    at = gap.years.index(year)
    seen = explained(gap.explanation, base_year=gap.base_year)
    tone = "excess" if answer.prospect.verdict == "missed" else "met"
    of_base = None if gap.pct_of_base is None else percent(gap.pct_of_base[at], language(), signed=True)
    head = gap.per_head[at]
    return [
        Number(_("Gap in %(year)d") % {"year": year}, *_amount(gap.excess[at], signed=True), seen, tone=tone),
        Number(_("Of the base year %(year)s") % {"year": gap.base_year}, of_base, "", seen, tone=tone),
        Number(
            _("Per inhabitant in %(year)d") % {"year": year},
            None if head is None else plain(head, language(), digits=2, signed=True),
            _("t CO2e"),
            seen,
            tone=tone,
        ),
        Number(
            _("To be cut from %(year)d") % {"year": answer.needed_from},
            *_amount(answer.needed),
            explained(gap.explanation, method="targets", base_year=gap.base_year),
        ),
    ]


def target_lines(picture: SubjectPicture) -> list[TargetLine]:
    """The targets of a subject in words."""
    return [_target_line(row) for row in picture.targets]


def _target_line(row: TargetRow) -> TargetLine:
    return TargetLine(
        year=row.year,
        sectors=words.scope(row.sectors),
        words=_target_words(row),
        allowed=None if row.allowed is None else amount(row.allowed, language()),
        source=title_of(row.source),
        demo=row.demo,
    )


def _base_words(row: TargetRow, picture: SubjectPicture) -> str:
    """The base year of a tried-out target, who says so, and whether it can be compared with the account."""
    source = _("your own figure") if row.source == pathways.READER else title_of(row.source)
    words_of = {"year": row.base_year, "tonnes": plain(row.base_tonnes, language(), digits=0), "source": source}
    said = _("Base year %(year)d: %(tonnes)s t CO2e. Source: %(source)s.") % words_of
    if row.base_estimated or row.source == picture.account.explanation.source:  # the estimate looks back from there
        return said
    return " ".join((said, _("It is not from the account, so a change since then may hold a break in method.")))


def _emits(tonnes: float | None) -> bool:
    return tonnes is None or tonnes >= 0.0


def _target_words(row: TargetRow) -> str:
    """A target as its plan says it."""
    if row.kind == "level" and row.allowed == 0.0:
        return _("net zero")
    if row.reduction_pct is None:
        return _("at most %(allowed)s") % {"allowed": sentences.amount_words(row.allowed)}
    cut = percent(-row.reduction_pct, language(), signed=True)
    if row.base_tonnes is None:
        return _("%(cut)s since %(year)d; the plan names no tonnes for that year") % {"cut": cut, "year": row.base_year}
    base = amount(row.base_tonnes, language())
    if row.base_estimated:
        return _("%(cut)s since %(year)d (%(base)s, estimated)") % {"cut": cut, "year": row.base_year, "base": base}
    return _("%(cut)s since %(year)d (%(base)s)") % {"cut": cut, "year": row.base_year, "base": base}


def _finding(finding: Finding) -> dict[str, str]:
    reader = language()
    return {
        "severity": str(finding.severity),
        "what": finding.what.read(reader),
        "why": finding.why.read(reader),
        "remedy": finding.remedy.read(reader),
        "place": finding.place,
    }


def _amount(tonnes: float | None, *, signed: bool = False) -> tuple[str | None, str]:
    """A figure and its unit apart, as a number that stands by itself shows them."""
    if tonnes is None:
        return None, ""
    figure, _space, unit = amount(tonnes, language(), signed=signed).partition("\N{NO-BREAK SPACE}")
    return figure, unit
