import pytest

from klimaplan.domain.errors import Finding, InputError, KlimaplanError, Severity, Text, raise_errors

FINDING = Finding(
    "unknown-code",
    "999",
    Text("Koden findes ikke.", "The code does not exist."),
    Text("Rækken kan ikke placeres.", "The row cannot be placed."),
    Text("Brug 101.", "Use 101."),
)
WARNING = Finding("odd", "101", Text("Sært.", "Odd."), Text("", ""), Text("Se efter.", "Look."), Severity.WARNING)


def test_a_finding_says_where_what_why_and_how_to_mend_it_in_both_languages() -> None:
    assert FINDING.message("en") == "999: The code does not exist. The row cannot be placed. Use 101."
    assert FINDING.message("da") == "999: Koden findes ikke. Rækken kan ikke placeres. Brug 101."


def test_a_part_that_is_empty_leaves_no_hole() -> None:
    assert WARNING.message("en") == "101: Odd. Look."


def test_the_record_for_machines_holds_both_languages() -> None:
    assert WARNING.as_record() == {
        "code": "odd",
        "severity": "warning",
        "place": "101",
        "message": {"da": "101: Sært. Se efter.", "en": "101: Odd. Look."},
    }


def test_every_finding_comes_along_when_one_is_an_error() -> None:
    with pytest.raises(InputError) as caught:
        raise_errors([WARNING, FINDING])
    assert caught.value.findings == (WARNING, FINDING)


def test_warnings_alone_stop_nothing() -> None:
    raise_errors([WARNING])


def test_an_error_carries_its_findings_and_is_one_of_ours() -> None:
    error = InputError([FINDING, WARNING])
    assert isinstance(error, KlimaplanError)
    assert str(error).splitlines() == [FINDING.message("en"), WARNING.message("en")]
