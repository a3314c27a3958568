"""What differs inside a field: of a lever only what was changed, in the words of its form."""

from __future__ import annotations

from django.utils.translation import override

from klimaplan.web.workspace.telling import differing

RAMP = {"shape": "linear", "start": 2025, "end": 2030}
LEVER = {"kind": "fixed-tonnes", "stream": "I.4.4/waste_incineration", "tonnes": 1000.0, "ramp": RAMP}


def told(*sides: object) -> list[tuple[str, ...]]:
    with override("da"):
        return list(differing("Greb 1", *sides))


def test_of_a_lever_only_what_was_changed_is_told() -> None:
    other = {**LEVER, "tonnes": 2500.5, "ramp": {**RAMP, "end": 2035}}
    assert told(LEVER, other) == [("Greb 1, Faste ton", "1000", "2500,5"), ("Greb 1, Slut", "2030", "2035")]


def test_the_order_in_which_fields_stand_is_no_difference() -> None:
    assert told(LEVER, dict(reversed(LEVER.items()))) == []


def test_three_sides_stand_beside_each_other() -> None:
    sides = LEVER, {**LEVER, "tonnes": 2000.0}, {**LEVER, "tonnes": {"low": 1.0, "central": 2.0, "high": 3.0}}
    assert told(*sides) == [("Greb 1, Faste ton", "1000", "2000", "1 – 2 – 3")]


def test_a_lever_that_is_new_is_told_in_words() -> None:
    found = {line[0]: line[1:] for line in told(None, LEVER)}
    assert found["Greb 1, Greb"] == ("intet", "faste ton (nødløsning)")
    assert found["Greb 1, Indfasning"] == ("intet", "lineær")


def test_what_is_no_lever_is_told_as_it_is() -> None:
    assert told("Natur", None) == [("Greb 1", "Natur", "intet")]
    assert told({"value": 5.0, "unit": "%"}, 0.2) == [("Greb 1", "5\u202f%", "0,2")]


def test_large_figures_are_grouped_and_years_are_not() -> None:
    assert told(342088.0, 34208.8) == [("Greb 1", "342.088", "34.208,8")]
    assert told(2030, 9999.5) == [("Greb 1", "2030", "9999,5")]
