"""The account's interface: asks politely, tries again when that can help, and never tells anybody the key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
import tenacity

from klimaplan.domain.errors import Finding, InputError, SourceError
from klimaplan.sources.account import failures
from klimaplan.sources.account.key_figures import Place, parse, rows_of

ADDRESS = "https://klimaregnskabet.dk/api/municipality-data"
DATA_TYPE = "Nøgletal"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
WRONG_KEY = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class Manner:
    """How politely and how patiently to ask, in seconds.

    Parameters
    ----------
    pause : between two questions
    timeout : until the provider is taken not to answer
    attempts : how often one question is asked
    first_wait : after the first failure; doubled every time, with some jitter
    longest_wait : the provider may ask for a longer one, but then we give up
    """

    pause: float = 0.3
    timeout: float = 60.0
    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 120.0


class PassingError(SourceError):
    """A failure that may be over the next time; `seconds` is the wait the provider asks for."""

    def __init__(self, finding: Finding, seconds: float | None = None) -> None:
        super().__init__(finding)
        self.seconds = seconds


class Service:
    """An open connection to the interface. A class because a connection has to be closed.

    Raises
    ------
    InputError : the key cannot be a key, or the address would send it where others can read it
    """

    def __init__(self, key: str, *, address: str = ADDRESS, manner: Manner | None = None) -> None:
        self._host = _check_address(address)
        _check_key(key)
        self.manner = manner or Manner()
        self._address = address
        # redirections are not followed: the key is for this host only
        self._client = httpx.Client(headers={"x-api-key": key}, timeout=self.manner.timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def ask(self, place: Place) -> bytes:
        """The answer for a municipality and year, checked to be whole.

        Raises
        ------
        SourceError : the provider did not answer, after as many attempts as `Manner` allows
        """
        code, year = place
        where = f"{self._host}!{code}/{year}"
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self.manner.attempts),
            wait=self._wait,
            retry=tenacity.retry_if_exception_type(PassingError),
            reraise=True,
        )
        return retrying(self._ask_once, int(code), year, where)

    def _ask_once(self, api_code: int, year: int, where: str) -> bytes:
        answer = self._get(api_code, year, where)
        _judge(answer, where, longest_wait=self.manner.longest_wait)
        try:
            rows_of(parse(answer.content, where), where)
        except InputError as refused:
            raise PassingError(refused.findings[0]) from None
        return answer.content

    def _get(self, api_code: int, year: int, where: str) -> httpx.Response:
        try:
            return self._client.get(self._address, params={"municipality": api_code, "year": year, "type": DATA_TYPE})
        except httpx.TimeoutException:
            finding = failures.timed_out(where)
        except (httpx.ConnectError, httpx.ProxyError):
            finding = failures.not_reachable(where)
        except httpx.RequestError:
            finding = failures.connection_cut(where)
        # out here, because what httpx raised holds the request, and the request holds the key
        raise PassingError(finding)

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """What the provider asks for, else a doubling wait; jitter keeps many askers from coming back together."""
        failure = state.outcome and state.outcome.exception()
        if isinstance(failure, PassingError) and failure.seconds is not None:
            return failure.seconds
        first, longest = self.manner.first_wait, self.manner.longest_wait
        doubling = tenacity.wait_exponential(multiplier=first, max=longest) + tenacity.wait_random(0.0, first)
        return float(doubling(state))


def _judge(answer: httpx.Response, where: str, *, longest_wait: float) -> None:
    status = answer.status_code
    if status == httpx.codes.OK:
        return
    if status in WRONG_KEY:
        raise SourceError(failures.key_refused(where, status))
    if status == httpx.codes.TOO_MANY_REQUESTS:
        seconds = wait_asked_for(answer)
        finding = failures.too_many_requests(where, seconds)
        if seconds is not None and seconds > longest_wait:
            raise SourceError(finding)
        raise PassingError(finding, seconds)
    if answer.is_server_error:
        raise PassingError(failures.server_failed(where, status))
    raise SourceError(failures.answer_refused(where, status))


def wait_asked_for(answer: httpx.Response) -> float | None:
    """Seconds that a provider with too much to do asks for: in its header, else in words; None if it does not say."""
    said = answer.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d+", said):
        return float(said)
    if said:
        try:
            until = parsedate_to_datetime(said)
        except ValueError:
            pass
        else:
            aware = until if until.tzinfo else until.replace(tzinfo=UTC)
            return max(0.0, (aware - datetime.now(UTC)).total_seconds())
    numbers = re.findall(r"\d+(?:\.\d+)?", answer.text[:500])
    return float(numbers[0]) if len(numbers) == 1 else None


def _check_address(address: str) -> str:
    """The host of an address, without whatever else stands in it."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise InputError(failures.address_malformed("--url")) from None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query:
        raise InputError(failures.address_malformed(host or "--url"))
    if parts.scheme == "http" and host not in LOOPBACK:
        raise InputError(failures.address_not_safe(host))
    return f"{host}{port}"


def _check_key(key: str) -> None:
    if not (key and key.isascii() and key.isprintable()) or any(letter.isspace() for letter in key):
        raise InputError(failures.key_malformed())
