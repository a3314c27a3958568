"""Bad input: exit code 2 and one clear line in the reader's language, never a traceback."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cli.running import Ran

Run = Callable[..., Ran]

BAD = {
    ("national", "--year", "1989"): (
        "1989: The account covers 2018–2023. Choose one of those years.",
        "1989: Regnskabet dækker 2018–2023. Vælg et af de år.",
    ),
    ("national", "--year", "x"): (
        "x: The account covers 2018–2023. Choose one of those years.",
        "x: Regnskabet dækker 2018–2023. Vælg et af de år.",
    ),
    ("forecast", "--years", "2020-2030"): (
        "2020-2030: The years must lie between 2024 and 2050. Write for example 2024-2030.",
        "2020-2030: Årene skal ligge fra 2024 til 2050. Skriv for eksempel 2024-2030.",
    ),
    ("forecast", "--years", "2040-2030"): (
        "2040-2030: The years must lie between 2024 and 2050. Write for example 2024-2030.",
        "2040-2030: Årene skal ligge fra 2024 til 2050. Skriv for eksempel 2024-2030.",
    ),
    ("pathway", "999"): (
        "999: There is no such municipality. Use a municipality code from 101 to 860.",
        "999: Kommunen findes ikke. Brug en kommunekode fra 101 til 860.",
    ),
    ("pathway", "Hvidøvre"): (
        "Hvidøvre: There is no such municipality. Did you mean 167 Hvidovre?",
        "Hvidøvre: Kommunen findes ikke. Mente du 167 Hvidovre?",
    ),
    ("pathway", "167", "--target", "soon"): (
        "--target soon: Must be written YEAR[/SECTOR]=PERCENT[@BASEYEAR]. For example --target 2030=70@1990.",
        "--target soon: Skal skrives YEAR[/SECTOR]=PERCENT[@BASEYEAR]. For eksempel --target 2030=70@1990.",
    ),
    ("pathway", "167", "--target", "2030=70@1990"): (
        ("1990/total: The emissions in the base year are not known. "
        "Give --base 1990=TONNES, or choose a base year within the account."),
        ("1990/total: Udledningen i basisåret kendes ikke. "
        "Angiv --base 1990=TONNES, eller vælg et basisår i regnskabet."),
    ),
    ("pathway", "167", "--level", "2030=68.418"): (
        ("--level 2030=68.418: 68.418 may be 68418 or a decimal number. One is a thousand times the other. "
        "Write 68418 or 68.4180."),
        ("--level 2030=68.418: 68.418 kan være både 68418 og et decimaltal. Det ene er tusind gange det andet. "
        "Skriv 68418 eller 68.4180."),
    ),
    ("national", "--jsn"): (
        "--jsn: There is no such option. See `klimaplan --help`.",
        "--jsn: Tilvalget findes ikke. Se `klimaplan --help`.",
    ),
    ("pathway",): (
        "code: This argument is required. See `klimaplan --help`.",
        "code: Angivelsen mangler. Se `klimaplan --help`.",
    ),
}  # fmt: skip
"""Command line → what is said in English and in Danish."""


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_input_is_refused_in_one_clear_line(here: Run, arguments: tuple[str, ...]) -> None:
    english, danish = BAD[arguments]
    assert here(*arguments).refusal == english
    assert here(*arguments, language="da").refusal == danish


@pytest.mark.parametrize(
    "arguments",
    [
        ("forecast", "--method", "magic"), ("national", "--year"), ("serve", "--port", "70000"), ("nothing",),
        ("import-account", "--pause", "-1"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_the_parser_refuses_is_one_line_in_either_language(here: Run, arguments: tuple[str, ...]) -> None:
    english, danish = here(*arguments).refusal, here(*arguments, language="da").refusal
    assert english != danish
    assert "Traceback" not in english + danish


def test_all_faults_of_a_command_line_are_said_at_once(here: Run) -> None:
    refused = here("pathway", "999", "--target", "soon", "--level", "never")
    assert refused.code == 2
    assert [line.split(":")[1].strip() for line in refused.err.splitlines()] == [
        "999", "--target soon", "--level never",
    ]  # fmt: skip


def test_bad_input_leaves_nothing_on_standard_output_even_for_machines(here: Run) -> None:
    assert here("national", "--year", "1989", "--json").refusal.startswith("1989: ")


@pytest.mark.parametrize("command", ["init", "serve", "national", "forecast", "pathway", "import-account"])
def test_every_command_has_help(here: Run, command: str) -> None:
    told = here(command, "--help")
    assert (told.code, told.err) == (0, "")
    assert f"Usage: klimaplan {command}" in told.out


@pytest.mark.parametrize("arguments", [("--help",), ()])
def test_the_program_lists_its_commands(here: Run, arguments: tuple[str, ...]) -> None:
    told = here(*arguments)
    assert told.code == 0
    for command in ("init", "serve", "national", "forecast", "pathway", "import-account"):
        assert command in told.out
