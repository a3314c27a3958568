"""The interface asked over a real connection: what is tried again, what is given up at once, and the key."""

from __future__ import annotations

import logging
import time
import traceback
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from klimaplan.domain.errors import InputError, KlimaplanError, SourceError
from klimaplan.sources.account import ADDRESS, Manner, Service
from klimaplan.sources.account.service import wait_asked_for
from sources.answers import published_answer
from sources.provider import KEY, Provider, Reply

HERNING = ("657", 2023)
QUICK = Manner(pause=0.0, timeout=5.0, attempts=3, first_wait=0.01, longest_wait=5.0)


def service(provider: Provider, *, key: str = KEY, manner: Manner = QUICK) -> Service:
    return Service(key, address=provider.address, manner=manner)


def code_of(error: KlimaplanError) -> str:
    return error.findings[0].code


def test_an_answer_comes_back_byte_for_byte(provider: Provider) -> None:
    with service(provider) as open_service:
        assert open_service.ask(HERNING) == published_answer(HERNING)
    assert (provider.asked, provider.types) == ([HERNING], {"Nøgletal"})


def test_a_wrong_key_is_refused_at_once_and_not_tried_again(provider: Provider) -> None:
    with service(provider, key="wrong") as open_service, pytest.raises(SourceError) as refused:
        open_service.ask(HERNING)
    assert (code_of(refused.value), len(refused.value.findings), len(provider.asked)) == ("key-refused", 1, 1)
    assert "401" in refused.value.findings[0].what.da


def test_a_forbidden_key_is_refused_at_once_too(provider: Provider) -> None:
    provider.script[HERNING] = [Reply(403, b"")]
    with service(provider) as open_service, pytest.raises(SourceError) as refused:
        open_service.ask(HERNING)
    assert (code_of(refused.value), len(provider.asked)) == ("key-refused", 1)


@pytest.mark.parametrize(
    "bad",
    [
        Reply(500, b"oops"),
        Reply(503, b""),
        Reply(429, b""),
        Reply(sent=300),
        Reply(body=b'{"data": [{"sektor": "En'),
        Reply(body=b"<html>maintenance</html>"),
    ],
    ids=["500", "503", "429", "cut connection", "truncated JSON", "no JSON"],
)
def test_what_may_be_over_the_next_time_is_tried_again(provider: Provider, bad: Reply) -> None:
    provider.script[HERNING] = [bad, bad]
    with service(provider) as open_service:
        assert open_service.ask(HERNING) == published_answer(HERNING)
    assert len(provider.asked) == 3


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (Reply(500, b""), "server-failed"),
        (Reply(429, b""), "too-many-requests"),
        (Reply(sent=300), "connection-cut"),
        (Reply(body=b'{"data": ['), "download-truncated"),
        (Reply(body=b'{"error": "none"}'), "answer-malformed"),
    ],
)
def test_what_is_not_over_after_all_attempts_is_said_in_one_finding(provider: Provider, bad: Reply, code: str) -> None:
    provider.always = bad
    with service(provider) as open_service, pytest.raises(SourceError) as failed:
        open_service.ask(HERNING)
    [finding] = failed.value.findings
    assert (finding.code, len(provider.asked)) == (code, 3)
    assert "657/2023" in finding.place
    assert finding.what.da != finding.what.en


def test_a_provider_that_does_not_answer_in_time_is_tried_again(provider: Provider) -> None:
    provider.script[HERNING] = [Reply(seconds=0.6)]
    impatient = Manner(pause=0.0, timeout=0.2, attempts=2, first_wait=0.01)
    with service(provider, manner=impatient) as open_service:
        assert open_service.ask(HERNING) == published_answer(HERNING)
    assert len(provider.asked) == 2


def test_a_provider_that_never_answers_in_time_has_timed_out(provider: Provider) -> None:
    provider.always = Reply(seconds=0.4)
    impatient = Manner(pause=0.0, timeout=0.1, attempts=2, first_wait=0.01)
    with service(provider, manner=impatient) as open_service, pytest.raises(SourceError) as failed:
        open_service.ask(HERNING)
    assert code_of(failed.value) == "timed-out"


def test_nobody_at_the_address_is_not_reachable(provider: Provider) -> None:
    gone = Service(KEY, address="http://127.0.0.1:9/api", manner=Manner(attempts=2, first_wait=0.01))
    with gone as open_service, pytest.raises(SourceError) as failed:
        open_service.ask(HERNING)
    assert code_of(failed.value) == "not-reachable"
    assert failed.value.findings[0].place == "127.0.0.1:9!657/2023"


@pytest.mark.parametrize("said", [Reply(429, b"", {"Retry-After": "1"}), Reply(429, b"Wait 1 second, please.")])
def test_the_wait_a_provider_asks_for_is_honoured(provider: Provider, said: Reply) -> None:
    provider.script[HERNING] = [said]
    with service(provider) as open_service:
        open_service.ask(HERNING)
    first, second = provider.at
    assert 1.0 <= second - first < 2.0


def test_a_wait_that_is_too_long_is_handed_on_to_the_reader(provider: Provider) -> None:
    provider.script[HERNING] = [Reply(429, b"", {"Retry-After": "3600"})]
    begun = time.monotonic()
    with service(provider) as open_service, pytest.raises(SourceError) as failed:
        open_service.ask(HERNING)
    assert time.monotonic() - begun < 2.0
    assert "3600 seconds" in failed.value.findings[0].what.en
    assert "3600 sekunders" in failed.value.findings[0].what.da


@pytest.mark.parametrize(
    ("header", "body", "seconds"),
    [
        ("12", "", 12.0),
        ("", '{"detail": "Expected available in 17 seconds."}', 17.0),
        ("", "Prøv igen om 2.5 sekunder", 2.5),
        ("", "Too many requests", None),
        ("", "Limit 100 per 60 seconds", None),
        ("soon", "", None),
    ],
)
def test_the_wait_asked_for_stands_in_the_header_or_in_the_body(header: str, body: str, seconds: float | None) -> None:
    headers = {"retry-after": header} if header else {}
    assert wait_asked_for(httpx.Response(429, headers=headers, text=body)) == seconds


def test_the_wait_asked_for_may_be_a_moment() -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    asked = wait_asked_for(httpx.Response(429, headers={"retry-after": until}))
    assert asked is not None
    assert 28.0 <= asked <= 30.0


def test_other_refusals_are_not_tried_again(provider: Provider) -> None:
    provider.script[HERNING] = [Reply(404, b"")]
    with service(provider) as open_service, pytest.raises(SourceError) as refused:
        open_service.ask(HERNING)
    assert (code_of(refused.value), len(provider.asked)) == ("answer-refused", 1)


def test_the_key_is_not_carried_to_where_a_redirection_points(provider: Provider) -> None:
    provider.script[HERNING] = [Reply(302, b"", {"Location": provider.address + "?municipality=101&year=2023&type=x"})]
    with service(provider) as open_service, pytest.raises(SourceError):
        open_service.ask(HERNING)
    assert provider.asked == [HERNING]


@pytest.mark.parametrize("bad", [Reply(500, b""), Reply(403, b""), Reply(sent=10), Reply(seconds=0.3), Reply(404, b"")])
def test_the_key_stands_in_no_log_and_no_error(
    provider: Provider, caplog: pytest.LogCaptureFixture, bad: Reply
) -> None:
    caplog.set_level(logging.DEBUG)
    provider.always = bad
    manner = Manner(pause=0.0, timeout=0.1, attempts=2, first_wait=0.01)
    with service(provider, manner=manner) as open_service, pytest.raises(SourceError) as failed:
        open_service.ask(HERNING)
    said = "".join(traceback.format_exception(failed.value))
    records = "".join(str(finding.as_record()) for finding in failed.value.findings)
    for text in (said, records, caplog.text, repr(open_service), str(vars(failed.value))):
        assert KEY not in text
    # what httpx raised holds the request with its headers, so it must not hang on the error
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None


@pytest.mark.parametrize("key", ["", "with space", "line\nbreak", "blåbær", "tab\t"])
def test_a_key_that_cannot_be_one_is_refused_without_being_repeated(key: str) -> None:
    with pytest.raises(InputError) as refused:
        Service(key)
    [finding] = refused.value.findings
    assert (finding.code, finding.place) == ("key-malformed", "KLIMAPLAN_ACCOUNT_KEY")
    assert not key or key not in finding.message("da") + finding.message("en")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://klimaregnskabet.dk/api", "address-not-safe"),
        ("klimaregnskabet.dk", "address-malformed"),
        ("ftp://klimaregnskabet.dk/", "address-malformed"),
        ("https://name:secret@klimaregnskabet.dk/", "address-malformed"),
        ("https://klimaregnskabet.dk/?key=secret", "address-malformed"),
        ("https://[::1", "address-malformed"),
        ("https://klimaregnskabet.dk:port/", "address-malformed"),
        ("", "address-malformed"),
    ],
)
def test_an_address_that_would_give_the_key_away_is_refused(address: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        Service(KEY, address=address)
    [finding] = refused.value.findings
    assert finding.code == code
    assert finding.message("da") != finding.message("en")
    assert "secret" not in finding.message("da") + finding.message("en")


def test_the_address_of_the_publisher_is_encrypted() -> None:
    with Service(KEY, address=ADDRESS):
        assert ADDRESS.startswith("https://klimaregnskabet.dk/")
