"""The page of the programme: who stood where on which day, how sure it is, and that every number names its source.

Expected counts are by hand from the intake lists of the partners: 20 pilots, 46 announced for round 1, 30 for round 2.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from klimaplan.domain.errors import Text
from klimaplan.reference import load
from klimaplan.web.public import programme_words
from klimaplan.web.public.programme_files import WRITERS
from web.addresses import at
from web.reading import Element, page, rows

STANDINGS = {
    # 20 pilots, København apart, the other 77 not in
    "Foråret 2019": ["0", "20", "1", "77"],
    # 20 + 46 = 66 in, of which Samsø, Sønderborg and Roskilde are done; 98 - 66 - København
    "19. november 2020": ["3", "63", "1", "31"],
    "April 2021": ["20", "46", "1", "31"],
    # round 2 brings 30 more: all but Glostrup
    "27. september 2021": ["20", "76", "1", "1"],
    # the 22 of Syddanmark are five pilots and 17 more; then Herning
    "Maj 2023": ["38", "58", "1", "1"],
    "Udgangen af 2023": ["97", "0", "0", "1"],
    "Februar 2024": ["97", "1", "0", "0"],
    "24. november 2026": ["98", "0", "0", "0"],
}


def ask(site: Client, language: str = "da", **wish: str) -> Element:
    response = site.get(at(language, "programme"), wish)
    assert response.status_code == 200
    return page(response)


def said(read: Element) -> str:
    return read.one("p", data_course_say="").text


def style(read: Element, name: str) -> str:
    """What the map says of a municipality by its colour."""
    area = read.one("svg", role="group").all("a", data_name=name)[0].one("path")
    return area.attributes["class"].removeprefix("area area--")


def test_every_moment_stands_in_the_table_with_its_counts(site: Client) -> None:
    [table] = ask(site).all("table", class_="course-table")
    found = {name: cells[:4] for name, cells in rows(table).items()}
    assert {name: found[name] for name in STANDINGS} == STANDINGS
    assert all(sum(map(int, cells)) == 98 for cells in found.values())


def test_the_first_sentence_says_where_it_ended_and_where_it_began(site: Client) -> None:
    danish, english = (ask(site, language).one("p", data_lead="").text for language in ("da", "en"))
    assert "Alle 98 kommuner har i dag en første klimaplan." in danish
    assert "De første 3 havde deres senest 19. november 2020." in danish
    assert "All 98 municipalities have a first climate plan today." in english
    assert "The first 3 had theirs by 19 November 2020." in english


def test_the_map_on_a_day_shows_standing_and_certainty(site: Client) -> None:
    read = ask(site, "en", on="2020-11-19")
    assert {style(read, name) for name in ("Samsø", "Sønderborg", "Roskilde")} == {"with-plan-found"}
    assert style(read, "Hvidovre") == "under-way-found"
    assert style(read, "København") == "own-way"
    assert style(read, "Glostrup") == style(read, "Bornholm") == "not-in"
    assert said(read) == (
        "19 November 2020: 3 with a plan, 63 under way, 31 not in. København goes its own way as a member of C40. "
        "46 municipalities enter. Roskilde, Samsø and Sønderborg have a plan now."
    )


def test_what_is_derived_or_not_confirmed_is_marked_on_the_map(site: Client) -> None:
    read = ask(site, on="2021-09-27")
    assert style(read, "Bornholm") == "under-way-not-confirmed"
    assert style(read, "Billund") == "under-way-derived"
    assert "30 kommuner kommer ind. Syddjurs flytter til en anden runde." in said(read)
    now = ask(site)
    assert (style(now, "Hvidovre"), style(now, "Glostrup")) == ("with-plan-derived", "with-plan-not-confirmed")
    assert style(now, "København") == "own-plan"


def test_the_legend_counts_every_municipality_once(site: Client) -> None:
    entries = {
        each.attributes["data-style"]: int(each.one("strong").text) for each in ask(site).all("li") if
        "data-style" in each.attributes
    }  # fmt: skip
    assert {state: count for state, count in entries.items() if count} == {
        # 58 rest on the evaluation's count of 95; of the 98 there remain København, Glostrup and what was found
        "with-plan-derived": 58, "with-plan-not-confirmed": 1, "own-plan": 1, "with-plan-found": 38,
    }  # fmt: skip


def test_the_digits_that_move_the_map_agree_with_the_legend(site: Client) -> None:
    read = ask(site, on="2021-09-27")
    digits = {
        each.attributes["data-course-state"]: each.attributes["data-style"]
        for each in read.all("li")
        if "data-style" in each.attributes
    }
    [current] = read.all("tr", aria_current="true")
    place = int(current.attributes["data-course-moment"])
    areas = [each for each in read.one("svg", role="group").all("a") if "data-course" in each.attributes]
    assert len({each.attributes["data-name"] for each in areas}) == 98
    for area in areas:
        shown = area.one("path").attributes["class"].removeprefix("area area--")
        assert digits[area.attributes["data-course"][place]] == shown


def test_a_day_between_two_moments_says_since_when_nothing_changed(site: Client) -> None:
    assert "Den 1. januar 2022 var intet ændret siden 27. september 2021." in ask(site, on="2022-01-01").text
    assert "var intet ændret siden" not in ask(site).text


def test_without_a_script_links_lead_from_moment_to_moment(site: Client) -> None:
    read = ask(site, on="2021-04-30")
    earlier, later = (read.one("a", data_course_step=step).attributes["href"] for step in ("-1", "1"))
    assert (earlier, later) == ("/programmet/?on=2021-03-26#map", "/programmet/?on=2021-09-27#map")
    assert "aria-disabled" not in read.one("a", data_course_step="1").attributes
    assert ask(site).one("a", data_course_step="1").attributes["aria-disabled"] == "true"


@pytest.mark.parametrize(
    "junk", ["tomorrow", "1999-01-01", "2019-03-31", "2020-02-30", "20201119", "2020-11-19T00:00", "9999-12-31", "<b>"]
)
def test_a_junk_day_is_refused_with_what_may_be_asked(site: Client, junk: str) -> None:
    response = site.get(at("da", "programme"), {"on": junk})
    assert response.status_code == 422
    told = page(response).one("main").text
    assert "Den værdi kan ikke bruges." in told
    assert f"on={junk}" in told
    assert "2019-04-01 … " in told


def test_all_faults_are_told_at_once(site: Client) -> None:
    told = page(site.get(at("en", "programme"), {"on": "soon", "cohort": "first", "region": "east", "sort": "age"}))
    assert len(told.one("main").all("p", class_="lead")) == 4


def test_the_table_has_every_municipality_with_days_as_exactly_as_known(site: Client) -> None:
    found = rows(ask(site).one("table", data_members=""))
    assert len(found) == 98
    assert [cell.split(" fundet")[0] for cell in found["Roskilde"][1:3]] == ["foråret 2019", "19. november 2020"]
    assert found["Glostrup"][1].startswith("februar 2024 fundet")
    assert found["Glostrup"][2].startswith("24. november 2026 ikke bekræftet")
    assert found["København"][1].startswith("ikke kendt")
    assert found["Hvidovre"][2].startswith("udgangen af 2023 udledt")
    assert found["Syddjurs"][0] == "Runde 2 fra Runde 1, 27. september 2021"
    assert found["Syddjurs"][1].startswith("19. november 2020")


def test_filters_and_order(site: Client) -> None:
    def names(**wish: str) -> list[str]:
        return list(rows(ask(site, "en", **wish).one("table", data_members="")))

    assert names(region="nordjylland", cohort="round-1") == ["Hjørring", "Vesthimmerlands", "Aalborg"]
    assert names(cohort="c40-member") == ["København"]
    # what is not known stands last in either direction
    assert names(sort="entered", desc="1")[0] == "Glostrup"
    assert names(sort="entered")[-1] == names(sort="entered", desc="1")[-1] == "København"
    assert set(names(sort="plan")[:3]) == {"Samsø", "Sønderborg", "Roskilde"}


def test_a_filter_asks_for_the_table_only(site: Client) -> None:
    response = site.get(at("en", "programme"), {"cohort": "pilot"}, headers={"X-Fragment": "members"})
    read = page(response)
    assert read.all("h1") == []
    assert len(rows(read.one("table", data_members=""))) == 20


def test_counts_that_contradict_each_other_stand_side_by_side(site: Client) -> None:
    lines = [
        [cell.text.split(" Kilde")[0] for cell in row.all("td")[:3]]
        for row in ask(site).one("table", data_counts="").all("tr")
        if row.all("td")
    ]
    assert ["27. september 2021", "94", "96"] in lines
    assert ["31. maj 2022", "96", "96"] in lines
    # one is not named who was still under way
    assert ["31. december 2023", "95", "96"] in lines
    assert ["31. december 2023", "95", "97"] in lines
    assert ["17. april 2023", "97", "–"] in lines
    assert ["24. november 2026", "98", "98"] in lines


def test_phases_and_cohorts_with_planned_and_actual_days(site: Client) -> None:
    found = {name.split(" Kilde")[0]: cells for name, cells in rows(ask(site).one("table", data_axis="")).items()}
    assert found["Runde 1"] == ["november 2020 – oktober 2022", "november 2020 – april 2022", "46", "45"]
    assert found["Klimaalliancen"][0] == "1. april 2023 – 31. marts 2028"
    assert "april 2023 – december 2023: begge faser på én gang" in ask(site).text


def test_every_number_leads_to_a_source(site: Client) -> None:
    for language in ("da", "en"):
        read = ask(site, language)
        listed = {each.attributes["id"]: each for each in read.all("li") if "id" in each.attributes}
        marks = [each.attributes["href"].removeprefix("#") for each in read.all("a", class_="mark")]
        assert set(marks) == set(listed)
        assert all(each.one("a").attributes["href"].startswith("http") for each in listed.values())
        for line in read.one("table", data_members="").one("tbody").all("tr"):
            assert len(line.all("a", class_="mark")) == 2
        for line in read.one("table", data_counts="").all("tr"):
            assert len(line.all("a", class_="mark")) == bool(line.all("td"))
        assert all(each.all("a", class_="mark") for each in read.one("ol", class_="milestones").all("li"))
        assert read.one("p", data_lead="").all("a", class_="mark")


def test_a_mark_leads_to_the_source_of_its_fact(site: Client) -> None:
    read = ask(site)
    [line] = [
        each for each in read.one("table", data_members="").one("tbody").all("tr") if each.one("th").text == "Greve"
    ]
    number = line.all("a", class_="mark")[0].attributes["href"].removeprefix("#")
    assert "Alle sjællandske kommuner er nu med i klimapartnerskab" in read.one("li", id=number).text


def test_reservations_are_told_by_their_letter(site: Client) -> None:
    read = ask(site)
    letters = {each.one("dt").text: each.one("dd").text for each in read.one("dl", class_="marked").all("div")}
    found = rows(read.one("table", data_members=""))["Bornholm"][1]
    letter = found.split("forbehold ")[1].split(" ")[0]
    assert letters[letter].startswith("Fundet ved udelukkelse, ikke bekræftet enkeltvis")


def test_every_reservation_has_both_languages() -> None:
    notes = [
        each.note
        for table in (load.phases(), load.cohorts(), load.intakes(), load.first_plans(), load.statements())
        for each in table
    ]
    assert all(isinstance(note, Text) and bool(note.da) == bool(note.en) for note in notes)
    assert sum(bool(note.da) for note in notes) > 100


WAYS = {
    "167": (
        "Med i DK2020 fra 19. november 2020 (Runde 1), første plan senest udgangen af 2023 (udledt).",
        "In DK2020 since 19 November 2020 (Round 1), first plan no later than the end of 2023 (derived).",
    ),
    "706": (
        "Med i DK2020 fra 19. november 2020 (Runde 1 og Runde 2), første plan senest udgangen af 2023 (udledt).",
        "In DK2020 since 19 November 2020 (Round 1 and Round 2), first plan no later than the end of 2023 (derived).",
    ),
    "161": (
        "Med i Klimaalliancen fra februar 2024, første plan senest 24. november 2026 (ikke bekræftet).",
        "In the Climate Alliance since February 2024, first plan no later than 24 November 2026 (not confirmed).",
    ),
    "101": (
        "Medlem af C40, uden for DK2020, første plan senest udgangen af 2023 (fundet).",
        "A member of C40, outside DK2020, first plan no later than the end of 2023 (found).",
    ),
}


@pytest.mark.parametrize("code", WAYS)
def test_the_page_of_a_municipality_says_its_way_in_a_line(site: Client, code: str) -> None:
    for language, words in zip(("da", "en"), WAYS[code], strict=True):
        read = page(site.get(at(language, "municipality", code)))
        [line] = [each for each in read.all("a") if each.text == words]
        assert line.attributes["href"] == f"{at(language, 'programme')}#municipalities"


def test_the_front_page_leads_to_it(site: Client) -> None:
    hrefs = [each.attributes.get("href") for each in page(site.get(at("da", "front"))).one("main").all("a")]
    assert at("da", "programme") in hrefs


def test_seasons_are_those_of_the_calendar() -> None:
    assert [programme_words.SEASONS[month % 12 // 3] for month in (1, 3, 5, 6, 11, 12)] == [
        programme_words.SEASONS[place] for place in (0, 1, 1, 2, 3, 0)
    ]


def fetch(site: Client, format_: str) -> list[dict[str, Any]]:
    response = site.get(at("da", "programme-download", format_))
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="klimaplan-programme.{format_}"'
    content = response.content
    if format_ == "csv":
        found = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    elif format_ == "json":
        found = json.loads(content)["facts"]
    else:
        head, *lines = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Tal").to_python()
        found = [dict(zip(head, line, strict=True)) for line in lines]
    return [{name: value or None for name, value in row.items()} for row in found]


def test_all_formats_hold_the_same_rows_with_their_sources(site: Client) -> None:
    in_csv, *others = (fetch(site, format_) for format_ in WRITERS)
    assert all(other == in_csv for other in others)
    # 98, and Syddjurs twice
    assert len(in_csv) == 99
    for row in in_csv:
        assert row["entered_source"] in load.bibliography()
        assert row["plan_source"] in load.bibliography()
        assert row["plan_certainty"] in {"found", "derived", "not-confirmed"}
    [copenhagen] = [row for row in in_csv if row["code"] == "101"]
    assert copenhagen["entered"] is None


def test_a_format_that_is_not_written_is_refused(site: Client) -> None:
    assert site.get(at("en", "programme-download", "pdf")).status_code == 404


def test_the_api_says_the_same(site: Client) -> None:
    answer = site.get("/api/v1/programme").json()
    counts = {each["day"]: each["with_plan"] for each in answer["moments"]}
    assert (counts["2020-11-19"], counts["2021-04-30"], answer["moments"][-1]["with_plan"]) == (3, 20, 98)
    [said_then] = [each for each in answer["statements"] if each["stated_on"] == "2021-09-27"]
    assert (said_then["value"], said_then["counted_here"]) == (94, 96)
    [syddjurs] = [each for each in answer["municipalities"] if each["code"] == "706"]
    assert [each["cohort"] for each in syddjurs["intakes"]] == ["round-1", "round-2"]
    assert syddjurs["first_plan"]["certainty"] == "derived"
    known = {each["key"] for each in answer["sources"]}
    rows_ = [*answer["phases"], *answer["cohorts"], *answer["statements"], *answer["milestones"]]
    assert {each["source"] for each in rows_} <= known
    assert all(each["source"] in known for member in answer["municipalities"] for each in member["intakes"])
