"""The client against a site that is really served: its examples, its changes, cut connections and refusals."""

from __future__ import annotations

import doctest
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace

import httpx
import pytest

import klimaplan.client
from klimaplan.client import (
    Client,
    Conflict,
    NotAllowed,
    NotThere,
    Part,
    Plan,
    Refused,
    TokenNotUsable,
    asking,
    certifying,
    charts,
    client,
    errors,
    shapes,
)


@pytest.fixture
def site(served: SimpleNamespace) -> Iterator[Client]:
    with Client(served.address, served.token) as made:
        yield made


@pytest.fixture
def variant(site: Client) -> Plan:
    """A plan to change."""
    [plan] = site.plans()
    return site.create_variant(plan, "Prøve")


@pytest.mark.parametrize(
    "module", [klimaplan.client, asking, certifying, charts, client, errors, shapes], ids=lambda each: each.__name__
)
def test_the_examples_in_the_words_of_the_client_are_true(module: object, served: SimpleNamespace) -> None:
    found = doctest.testmod(
        module, extraglobs={"address": served.address, "token": served.token, "Client": Client},
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE,
    )  # fmt: skip
    assert found.failed == 0
    assert found.attempted > 0 or module in (asking, errors, shapes)


def test_a_part_is_added_changed_removed_and_brought_back(site: Client, variant: Plan) -> None:
    added = site.add(variant, "vision", {"text": "Grøn i 2045"}, why="Prøve")
    assert (added.version, added.plan) == (1, variant.id)
    changed = site.change(added, text="Grøn i 2040")
    assert (changed.version, changed.content) == (2, {"text": "Grøn i 2040"})
    assert site.part(variant, "vision", added.key) == changed
    removed = site.remove(changed)
    assert added.key not in {part.key for part in site.parts(variant, "vision")}
    assert added.key in {part.key for part in site.parts(variant, "vision", removed=True)}
    assert site.restore(removed).version == 4


def test_a_change_that_comes_too_late_is_merged(site: Client, variant: Plan) -> None:
    first = site.add(variant, "action", {"key": "m1", "title": "Fælles"})
    site.change(first, owner="Karl")
    with pytest.raises(Conflict) as late:
        site.change(first, owner="Kaja", progress="done")
    [clash] = late.value.clashes
    assert clash["conflicts"][0]["field"] == "owner"
    merged = site.merge(first, clash, choices={"owner": "theirs"})
    assert (merged.content["owner"], merged.content["progress"]) == ("Karl", "done")


def test_what_a_change_does_is_seen_at_once_and_what_has_not_changed_is_not_sent_again(
    served: SimpleNamespace, variant: Plan
) -> None:
    seen: list[int] = []
    with Client(served.address, served.token, transport=Watched(seen)) as site:
        first, again = site.outcome(variant), site.outcome(variant)
        assert seen == [200, 304]
        assert first == again
        added = site.add(variant, "action", {"key": "u1", "title": "Kørsel", "lever": [{
            "kind": "fixed-tonnes", "stream": "II.1.1/passenger_cars", "tonnes": 100.0, "reason": "Skøn",
            "source": "test",
            "ramp": {"shape": "linear", "start": 2025, "end": 2030},
        }]})  # fmt: skip
        after = site.outcome(variant)
    assert added.version == 1
    # 100 t from 2030 onwards, less what other actions already take of the same cars
    assert -100.0 <= (after.effect_in("u1", 2030) or 0.0) < -50.0
    assert first.effect_in("u1", 2030) is None


def test_a_long_list_is_walked_to_its_end(site: Client) -> None:
    organisations = list(site.ask.every("/organisations"))
    assert len({each["slug"] for each in organisations}) == len(organisations) > 98


def test_a_request_whose_answer_is_lost_is_asked_again_and_carried_out_once(
    served: SimpleNamespace, variant: Plan
) -> None:
    lost = Losing(times=2)
    with Client(served.address, served.token, transport=lost, shortest_wait=0.01) as site:
        said = site.say(variant, "Kun én gang")
        assert lost.asked == 3
        assert [each.text for each in site.comments(variant)] == ["Kun én gang"]
        assert said.by == "Kaja Klimakoordinator (demo)"


def test_it_gives_up_after_four_attempts(served: SimpleNamespace) -> None:
    lost = Losing(times=9)
    with (
        Client(served.address, served.token, transport=lost, shortest_wait=0.01) as site,
        pytest.raises(httpx.ReadError),
    ):
        site.me()
    assert lost.asked == 4


def test_what_waits_is_asked_again_after_as_long_as_the_site_says(served: SimpleNamespace) -> None:
    busy = Busy()
    with Client(served.address, served.token, transport=busy, shortest_wait=30.0) as site:
        assert site.me().id > 0
    assert busy.asked == 2


def test_a_file_goes_up_and_comes_down(site: Client, variant: Plan) -> None:
    handed = site.upload(variant, "referat.txt", "Referat af mødet".encode())
    assert site.download(variant, handed.content["file"]).decode() == "Referat af mødet"


def test_a_version_is_kept_and_a_variant_is_not_published(site: Client, variant: Plan) -> None:
    kept = site.keep(variant, "Til høring")
    assert [version.name for version in site.versions(variant)] == [kept.name]
    with pytest.raises(Refused) as refused:
        site.publish(site.plan(variant))
    assert [finding.code for finding in refused.value.findings] == ["variant-not-published"]


def test_actions_are_copied_from_a_published_plan(site: Client, variant: Plan) -> None:
    other = next(each for each in site.published() if each.organisation == "aarhus")
    [part] = [each for each in site.ask.get(f"/published-plans/{other.plan}").body["content"]["parts"]
              if each["kind"] == "action"][:1]  # fmt: skip
    [copied] = site.copy(variant, other, [part["key"]])
    assert (copied.origin or {})["organisation"] == "aarhus"


def test_refusals_are_exceptions_with_what_is_wrong(served: SimpleNamespace, site: Client, variant: Plan) -> None:
    with Client(served.address) as nobody, pytest.raises(TokenNotUsable):
        nobody.me()
    with pytest.raises(NotThere) as absent:
        site.plan(999_999)
    assert absent.value.status == 404
    with pytest.raises(NotThere, match="no action a999"):
        site.part(variant, "action", "a999")
    with pytest.raises(NotAllowed, match="None of your roles"):
        list(site.ask.every("/events"))
    with pytest.raises(Refused) as wrong:
        site.add(variant, "action", {"titel": "x"})
    assert {"unknown-field", "field-missing"} <= {finding.code for finding in wrong.value.findings}
    with Client(served.address, language="da") as danish, pytest.raises(NotThere, match="Kommunen findes ikke"):
        danish.municipality("999")


def test_a_token_is_never_sent_in_the_open_to_another_machine() -> None:
    with pytest.raises(ValueError, match="https"):
        Client("http://plan.example.dk", "klp_x")
    Client("https://plan.example.dk", "klp_x").close()


def test_the_client_needs_nothing_of_klimaplan_but_itself() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, klimaplan.client; print(*(m for m in sys.modules if 'klimaplan.' in m))"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert {name.split(".")[1] for name in said.stdout.split()} == {"client"}


def test_fields_that_a_newer_site_adds_are_left_aside() -> None:
    known = {"id": 1, "kind": "vision", "key": "v", "version": 1, "removed": False, "content": {}, "updated_at": "",
             "updated_by": ""}  # fmt: skip
    assert shapes.made(Part, {**known, "colour": "green"}, '"1"').etag == '"1"'


class Through(httpx.BaseTransport):
    """Asks the real site, and does something on the way."""

    def __init__(self) -> None:
        self._real = httpx.HTTPTransport()
        self.asked = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        return self.on_the_way(request, self._real.handle_request)

    def on_the_way(self, request: httpx.Request, ask: Callable[[httpx.Request], httpx.Response]) -> httpx.Response:
        return ask(request)

    def close(self) -> None:
        self._real.close()


class Watched(Through):
    """Notes the status of what is read."""

    def __init__(self, seen: list[int]) -> None:
        super().__init__()
        self.seen = seen

    def on_the_way(self, request: httpx.Request, ask: Callable[[httpx.Request], httpx.Response]) -> httpx.Response:
        response = ask(request)
        if request.method == "GET":
            self.seen.append(response.status_code)
        return response


class Losing(Through):
    """The site does what is asked, but its answer is lost on the way back."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def on_the_way(self, request: httpx.Request, ask: Callable[[httpx.Request], httpx.Response]) -> httpx.Response:
        response = ask(request)
        if self.asked <= self.times:
            response.read()
            response.close()
            raise httpx.ReadError("the line was cut", request=request)
        return response


class Busy(Through):
    """Says once that one must wait no second."""

    def on_the_way(self, request: httpx.Request, ask: Callable[[httpx.Request], httpx.Response]) -> httpx.Response:
        if self.asked == 1:
            return httpx.Response(429, headers={"Retry-After": "0"}, request=request)
        return ask(request)


def test_a_plan_goes_out_as_a_workbook_and_comes_back(site: Client, variant: Plan) -> None:
    added = site.add(variant, "action", {"key": "w1", "title": "Fælles"})
    content = site.workbook(variant)
    assert site.preview_workbook(variant, content).rows == []
    site.remove(added)
    # it was removed here and is untouched in the workbook: it stays away
    seen = site.preview_workbook(variant, content)
    assert seen.rows == []
    assert site.apply_workbook(variant, content, seen).revision == seen.revision


def test_a_case_is_read_assessed_and_taken_a_step_further_from_where_it_was_seen(site: Client) -> None:
    [plan] = site.plans()
    seen = site.case(next(site.cases(plan)))
    assert (seen.state, seen.owner) == ("reply", "municipality")
    first = site.criteria(seen)[0]
    kept = site.score_oneself(seen, first, "partial", argument="Delvist")
    assert (kept["own"]["score"], kept["own"]["version"]) == ("partial", first["own"]["version"] + 1)
    with pytest.raises(Conflict):
        site.score_oneself(seen, first, "met")
    with pytest.raises(Conflict):
        site.take_step(replace(seen, steps_taken=0), "withdraw", reason="Prøve")
    asked = next(each for each in site.questions(seen) if not each["replied_at"])
    assert site.reply(seen, asked["id"], "Det står i afsnit 3")["reply"] == "Det står i afsnit 3"
    after = site.take_step(seen, "withdraw", reason="Prøve")
    assert (after.state, after.steps[-1]["reason"]) == ("withdrawn", "Prøve")
    assert site.open_case(plan).state == "self-assessment"
