"""One bad file per finding: the right code at the right place, complete in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from klimaplan.domain.errors import Finding, Severity
from klimaplan.sources.plan_files import Ground, read_plan, read_plan_file

MALFORMED = Path(__file__).resolve().parents[2] / "malformed" / "plan"

PLACES = {
    "action-twice.toml": "action 2!key",
    "amount-absent.toml": "action a07!amounts",
    "amount-negative.toml": "action a07!lever 1!energy_ratio",
    "amount-unknown.toml": "action a07!amounts!shar",
    "amounts-without-template.toml": "action a07!amounts",
    "change-upwards.toml": "action a07!lever 1!after",
    "circular-dependency.toml": "action a02!lever 1!target",
    "cost-negative.toml": "action a07!resources!capex_dkk",
    "distribution-reversed.toml": "parameter pace!low",
    "distribution-unknown.toml": "action a07!lever 1!share",
    "driver-not-centred.toml": "driver traffic!size",
    "field-missing.toml": "action a07!lever 1!ramp",
    "file-not-utf8.toml": "",
    "fixed-tonnes-without-reason.toml": "action a07!lever 1!reason",
    "format-unknown.toml": "format",
    "gwp-differs.toml": "plan!gwp",
    "json-malformed.json": "3",
    "key-twice.json": "",
    "lever-on-sink.toml": "action a07!lever 1!stream",
    "lever-size-unclear.toml": "action a07!lever 1!share",
    "lever-twice-on-stream.toml": "action a07!lever 2!stream",
    "measure-unknown.toml": "action a07!template",
    "more-removed-than-exists.toml": "action a07!lever 1!effects 1!stream",
    "not-a-day.toml": "action a07!decision!on",
    "not-a-number.toml": "action a07!lever 1!share!value",
    "not-a-text.toml": "action a07!owner",
    "not-a-whole-number.toml": "action a07!lever 1!ramp!start",
    "not-yes-or-no.toml": "plan!demo",
    "number-unclear.toml": "action a07!lever 1!share",
    "number-without-source.toml": "action a07!lever 1!share",
    "own-detail-twice.toml": "stream 2!ref",
    "own-exceeds-sector.toml": "stream I.1.1/oil!tonnes",
    "own-gases-differ.toml": "stream I.1.1/oil!gases",
    "own-year-outside.toml": "stream I.1.1/oil!year",
    "parameter-twice.toml": "parameter 2!name",
    "planting-outside-sink.toml": "action a07!lever 1!stream",
    "price-year-missing.toml": "action a07!resources!price_year",
    "ramp-absent.toml": "action a07!ramp",
    "ramp-backwards.toml": "action a07!lever 1!ramp!end",
    "ramp-before-account.toml": "action a07!lever 1!ramp!start",
    "ramp-incomplete.toml": "action a07!lever 1!ramp!end",
    "reduction-out-of-range.toml": "target 1!reduction_pct",
    "shape-unknown.toml": "action a07!roles",
    "share-ambiguous.toml": "action a07!lever 1!share",
    "share-out-of-range.toml": "action a07!lever 1!share",
    "shift-incomplete.toml": "action a07!lever 1!target",
    "shift-to-itself.toml": "action a07!lever 1!target",
    "stream-sector-unclear.toml": "stream I.9.9/oil!sector",
    "supply-factor-missing.toml": "action a07!lever 1!target",
    "supply-factor-negative.toml": "supply I.6.2/electricity!factors!2030",
    "supply-twice.toml": "supply 2!stream",
    "target-unclear.toml": "target 1",
    "target-year-not-ahead.toml": "target 1!year",
    "targets-overlap.toml": "target 2!year",
    "template-with-levers.toml": "action a07!amounts",
    "text-not-usable.toml": "action a 07!key",
    "toml-malformed.toml": "7",
    "unit-unexpected.toml": "action a07!lever 1!amount",
    "unknown-carrier.toml": "stream I.1.1/olie!carrier",
    "unknown-choice.toml": "action a07!progress",
    "unknown-field.toml": "action a07!lever 1!sorce",
    "unknown-lever.toml": "action a07!lever 1!kind",
    "unknown-municipality.toml": "plan!municipality",
    "unknown-parameter.toml": "action a07!lever 1!share",
    "unknown-sector.toml": "target 1!sectors",
    "unknown-stream.toml": "action a07!lever 1!stream",
    "variant-unknown.toml": "action a07!variant",
    "year-outside-horizon.toml": "action a07!lever 1!ramp!end",
}
"""File, named after its finding → place inside the file."""

MESSAGES = {
    "unknown-lever": "There is no lever of kind reduce-activty. Did you mean reduce-activity?",
    "unknown-field": "There is no field sorce here. It would not be used. Did you mean source?",
    "unknown-stream": "There is no stream I.2.1/fossil_heatin. "
                      "Did you mean I.2.1/fossil_heating, I.1.1/fossil_heating, I.5.1/fossil_fuels?",
    "unknown-parameter": "There is no parameter pase. Did you mean pace?",
    "unit-unexpected": "The unit is km2; here it is ha. The figure may be a thousand times off. "
                       "Convert the figure, and write the right unit.",
    "share-ambiguous": "40 may be a share or percent. One is a hundred times the other. "
                       'Write the unit: {value = 40, unit = "%"} or {value = 0.4, unit = "share"}.',
    "more-removed-than-exists": "Together they take 108% of 15790 t CO2 in 2028.",
    "circular-dependency": "The shifts go in a circle.",
    "year-outside-horizon": "2060 lies outside 2023–2050.",
    "share-out-of-range": "The share 1.4 does not lie between 0 and 1.",
    "cost-negative": "The amount is DKK -100.",
    "distribution-reversed": "The low end 0.5 lies above the central value 0.4.",
}  # fmt: skip
"""Finding → how its English message begins."""


def errors(path: Path, ground: Ground) -> list[Finding]:
    read = read_plan_file(path, ground)
    assert read.plan is None
    return [finding for finding in read.findings if finding.severity is Severity.ERROR]


def test_every_bad_file_is_expected_to_be_refused():
    assert {path.name for path in MALFORMED.iterdir()} == {*PLACES, "many-faults.toml"}


@pytest.mark.parametrize("name", PLACES)
def test_a_bad_file_has_one_finding_at_its_place(name: str, ground: Ground):
    [finding] = errors(MALFORMED / name, ground)
    assert (finding.code, finding.place) == (name.partition(".")[0], "!".join(filter(None, (name, PLACES[name]))))
    assert finding.message("en").removeprefix(f"{finding.place}: ").startswith(MESSAGES.get(finding.code, ""))
    for text in (finding.what, finding.why, finding.remedy):
        assert bool(text.da) == bool(text.en)
    assert finding.what.da != finding.what.en


def test_all_faults_of_a_file_are_named_at_once(ground: Ground):
    found = {
        (finding.code, finding.place.partition("!")[2]) for finding in errors(MALFORMED / "many-faults.toml", ground)
    }
    assert found == {
        ("not-yes-or-no", "plan!demo"),
        ("target-unclear", "target 1"),
        ("distribution-reversed", "parameter pace!low"),
        ("unknown-lever", "action a01!lever 1!kind"),
        ("unknown-stream", "action a01!lever 2!stream"),
        ("ramp-backwards", "action a02!lever 1!ramp!end"),
        ("share-ambiguous", "action a03!lever 1!share"),
        ("unknown-field", "action a03!ownr"),
        ("field-missing", "action a04!title"),
    }


@pytest.mark.parametrize("name", ["plan.csv", "plan", "plan.xls", "../../plan.exe"])
def test_a_file_of_another_kind_is_refused(name: str, ground: Ground):
    [finding] = read_plan(b"", name, ground).findings
    assert (finding.code, finding.place) == ("file-kind-unknown", name.rpartition("/")[2])


@pytest.mark.parametrize("name", ["plan.toml", "plan.json", "plan.xlsx"])
def test_a_file_of_more_than_five_megabytes_is_refused_unread(name: str, ground: Ground):
    [finding] = read_plan(b" " * 5_000_001, name, ground).findings
    assert (finding.code, finding.place) == ("file-too-large", name)


@pytest.mark.parametrize("content", [b"[" * 20_000, b'{"a":' * 20_000, b"a = " + b"[" * 20_000, b"1" * 10_000, b"[]"])
@pytest.mark.parametrize("name", ["plan.toml", "plan.json"])
def test_text_that_is_no_plan_ends_in_findings(name: str, content: bytes, ground: Ground):
    read = read_plan(content, name, ground)
    assert read.plan is None
    assert {finding.severity for finding in read.findings} == {Severity.ERROR}


def test_an_empty_file_is_told_what_it_lacks(ground: Ground):
    said = [finding.message("en") for finding in read_plan(b"", "plan.toml", ground).findings]
    assert said[0] == (
        'plan.toml!format: The file does not say which format it has. Write format = "klimaplan-plan/1".'
    )
    assert "plan.toml!plan: plan is missing." in said[1]


def test_a_list_without_end_is_cut_off_with_a_finding(ground: Ground):
    written = 'format = "klimaplan-plan/1"\n[plan]\nmunicipality = "167"\ntitle = "Demo"\n' + "[[action]]\n" * 2_001
    codes = [finding.code for finding in read_plan(written.encode(), "plan.toml", ground).findings]
    assert codes.count("too-many-entries") == 1
    assert codes.count("field-missing") == 2 * 2_000  # key and title of those that were read


@pytest.mark.parametrize("written", ["nan", "inf", "-inf", "true", '"12"'])
def test_what_is_not_a_finite_number_is_never_taken_for_one(written: str, ground: Ground):
    good = (MALFORMED / "target-unclear.toml").read_text()
    spoilt = good.replace("reduction_pct = 70", f"reduction_pct = {written}")
    [finding] = read_plan(spoilt.encode(), "plan.toml", ground).findings
    assert (finding.code, finding.place) == ("not-a-number", "plan.toml!target 1!reduction_pct")
