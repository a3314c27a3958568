"""`invite`, and the invented people of a demonstration."""

from __future__ import annotations

import re

import pytest

from cli.running import Installation


def test_the_first_administrator_comes_by_a_link_from_the_command_line(ready: Installation) -> None:
    said = ready.run(
        "invite", "anna@example.org", "--role", "administrator", "--organisation", "kl", "--language", "en"
    )
    assert (said.code, said.err) == (0, "")
    assert re.fullmatch(r"http://localhost:8000/en/account/invitation/\S{60,}/\n", said.out)
    other = ready.run(
        "invite", "bo@example.org", "--role", "coordinator", "--organisation", "hvidovre",
        "--site", "https://plan.example.dk/", "--json",
    ).answer  # fmt: skip
    assert other["link"].startswith("https://plan.example.dk/konto/invitation/")
    assert set(other) == {"link", "expires"}


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("nobody", "--role", "reader", "--organisation", "hvidovre"), "email: nobody is not an e-mail address."),
        (("a@example.org", "--role", "king", "--organisation", "kl"), "king: There is no such role."),
        (
            ("a@example.org", "--role", "reader", "--organisation", "atlantis"),
            "atlantis: There is no such organisation.",
        ),
        (
            ("a@example.org", "--role", "reader", "--organisation", "kl"),
            "reader: The role Municipal reader cannot be given in KL",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(installed: Installation, arguments: tuple[str, ...], line: str) -> None:
    assert installed.run("invite", *arguments, LANG="en_GB.UTF-8").refusal.startswith(line)


def test_invented_people_come_with_a_password_of_their_own_that_is_told_once(ready: Installation) -> None:
    first = ready.run("init", "--demo")
    [told] = re.findall(r"12 invented people, such as kaja@demo.example, with the password (\S+)", first.out)
    assert re.fullmatch(r"[a-z]{8}-[a-z]{8}-\d{3}", told)
    assert "password" not in ready.run("init", "--demo").out
