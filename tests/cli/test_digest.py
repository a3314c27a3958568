"""`digest`: letters for those who asked, printed where there is no mail server."""

from __future__ import annotations

import subprocess
import sys

from cli.running import Installation

ASK = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from klimaplan.web.accounts import services as accounts
from klimaplan.web.digest import services
from klimaplan.web.digest.models import Wish
from klimaplan.web.organisations.selectors import organisation
from klimaplan.web.plans import services as plans
hvidovre = organisation("hvidovre")
anna, bo = (
    accounts.add_person(by=None, email=f"{name}@example.org", name=name.title(), language="en", password=None)
    for name in ("anna", "bo")
)
for each in (anna, bo):
    accounts.give_role(by=None, user=each, role="coordinator", organisation=hvidovre)
services.set_pace(by=anna, pace="daily")
Wish.objects.update(told_until=timezone.now() - timedelta(days=1))
plan = plans.create_plan(organisation=hvidovre, title="Plan", by=bo)
plans.comment(plan=plan, text="Look", by=bo, mentions=[anna])
"""


def test_a_letter_is_sent_once_with_the_address_of_the_site(ready: Installation) -> None:
    environment = ready.environment(DJANGO_SETTINGS_MODULE="klimaplan.web.config.settings")
    subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, timeout=60)
    said = ready.run("digest", "--site", "https://plan.example.dk/", LANG="en_GB.UTF-8")
    assert (said.code, said.err) == (0, "")
    assert "To: anna@example.org\n" in said.out
    assert "\nhttps://plan.example.dk/en/account/letters/end/" in said.out
    assert said.out.endswith("1 letters sent; 0 with nothing new, 0 not due yet\n")
    assert ready.run("digest", "--json").answer == {"sent": 0, "nothing_new": 0, "not_due": 1, "failed": 0}


def test_a_mail_server_that_does_not_answer_is_told_and_nothing_is_lost(ready: Installation) -> None:
    environment = ready.environment(DJANGO_SETTINGS_MODULE="klimaplan.web.config.settings")
    subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, timeout=60)
    # nobody listens on the first port
    broken = ready.run("digest", KLIMAPLAN_SMTP_HOST="127.0.0.1", KLIMAPLAN_SMTP_PORT="1", LANG="en_GB.UTF-8")
    assert broken.code == 3
    [line] = broken.err.splitlines()
    assert "The letter could not be sent." in line
    assert "anna" not in line.lower()
    assert "To: anna@example.org\n" in ready.run("digest").out
