"""Recording: what is kept of an event, and what cannot be kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klimaplan.web.audit.canonical import canonical, hash_of, in_utc
from klimaplan.web.audit.models import Event
from klimaplan.web.audit.selectors import head, verify
from klimaplan.web.audit.services import record
from klimaplan.web.inventories.services import import_account
from web.audit.behind import KAJA
from web.test_imports import small

pytestmark = pytest.mark.django_db

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def recorded(**changes: object) -> Event:
    return record(**{
        "by": KAJA, "what": "plan.part-changed", "object_kind": "plan-part", "object_key": "aarhus/1", **changes,
    })  # type: ignore[arg-type]  # fmt: skip


def test_an_event_keeps_who_what_from_what_to_what_and_why() -> None:
    before = datetime.now(UTC)
    recorded(before={"t": 0.1}, after=None, why="Budgettet blev vedtaget", organisation="aarhus")
    kept = Event.objects.last()
    assert kept is not None
    assert (kept.by_id, kept.by_label, kept.organisation) == (7, "Kaja Klimakoordinator (demo)", "aarhus")
    assert (kept.what, kept.object_kind, kept.object_key) == ("plan.part-changed", "plan-part", "aarhus/1")
    assert (kept.before, kept.after, kept.why) == ({"t": 0.1}, None, "Budgettet blev vedtaget")
    assert before <= kept.at <= datetime.now(UTC)


def test_who_has_no_account_is_kept_by_a_label() -> None:
    assert (recorded(by=None).by_id, recorded(by=None).by_label) == (None, "command line")
    assert recorded(by=None, label="link").by_label == "link"


def test_the_hash_is_that_of_the_text_written_by_hand() -> None:
    # the text of the event below, through `sha256sum`
    expected = "bcdf19e9b3977a221a432e3c41e77708d6464c9772f8b07629bf5abb989ecfda"
    text = {
        "seq": 2, "at": in_utc(datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=1)))),
        "by_id": 7, "by_label": "Kaja", "organisation": "aeroe", "what": "plan.part-changed",
        "object_kind": "plan-part", "object_key": "aeroe/1", "before": None, "after": canonical({"t": 0.1, "ø": []}),
        "why": "", "previous_hash": "0" * 64,
    }  # fmt: skip
    assert hash_of(text) == expected


def test_an_event_goes_back_with_the_transaction_it_tells_of() -> None:
    before = head()
    with transaction.atomic():
        recorded()
        assert head() != before
        transaction.set_rollback(True)
    assert head() == before
    assert verify() == ()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON)
def test_whatever_json_carries_comes_back_and_the_chain_stays_whole(content: object) -> None:
    event = recorded(after=content)
    kept = Event.objects.get(seq=event.seq).after
    assert kept == content
    assert canonical(kept) == canonical(content)
    assert verify() == ()


def test_times_numbers_and_keys_become_one_text() -> None:
    east = timezone(timedelta(hours=2))
    assert canonical(datetime(2026, 5, 1, 1, 0, 0, 5, tzinfo=east)) == '"2026-04-30T23:00:00.000005Z"'
    assert canonical([date(2026, 5, 1), Decimal("1.10"), UUID(int=1)]) == (
        '["2026-05-01","1.10","00000000-0000-0000-0000-000000000001"]'
    )
    assert canonical({"b": 1, "a": (1.0, -0.0, 1e22)}) == '{"a":[1.0,-0.0,1e+22],"b":1}'


@pytest.mark.parametrize(
    "content", [float("nan"), float("inf"), datetime(2026, 5, 1), {1: "a"}, [{"a": {None: 1}}], {1, 2}, b"a"]  # noqa: DTZ001
)  # fmt: skip
def test_what_json_cannot_carry_without_loss_is_refused(content: object) -> None:
    before = head()
    with pytest.raises(ValueError, match=r"not JSON|no text|Out of range|without a zone"), transaction.atomic():
        recorded(after=content)
    assert head() == before


@pytest.mark.parametrize("what", ["", "plan", "Plan.changed", "plan.", "plan changed", "plan.part_changed", "a.b.c"])
def test_what_was_done_has_one_form(what: str) -> None:
    with pytest.raises(ValueError, match=r"not of the form plan.part-changed"):
        recorded(what=what)


@pytest.mark.parametrize(
    ("field", "longest"), [("what", 60), ("object_kind", 40), ("object_key", 120), ("organisation", 80)]
)
def test_what_is_too_long_is_refused_on_every_database(field: str, longest: int) -> None:
    fitting = "a." + "b" * (longest - 2)
    assert getattr(recorded(**{field: fitting}), field) == fitting
    with pytest.raises(ValueError, match=f"{field} is longer than {longest}"):
        recorded(**{field: fitting + "b"})


@pytest.mark.usefixtures("afresh")
def test_an_import_is_recorded_once() -> None:
    snapshot = import_account(small()).snapshot
    [event] = Event.objects.filter(object_kind="snapshot", object_key=snapshot.sha256)
    assert (event.what, event.by_label) == ("account.imported", "command line")
    assert event.after == {"source": "made-up", "version": "1", "retrieved": "2026-05-01", "demo": False}
    before = head()
    import_account(small())
    assert head() == before


@pytest.mark.usefixtures("site", "afresh")
def test_an_installation_is_recorded_with_what_was_new() -> None:
    event = Event.objects.filter(what="installation.loaded").last()
    assert event is not None
    assert event.object_key == "demo"
    assert [line.partition(":")[0] for line in event.after[:2]] == ["demo account", "account"]
