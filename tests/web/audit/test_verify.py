"""The chain of the log: whatever is done to it, the first broken place is named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from klimaplan.web.audit import guards
from klimaplan.web.audit.canonical import hash_of, in_utc
from klimaplan.web.audit.models import Event, Head
from klimaplan.web.audit.selectors import Link, head, verify
from klimaplan.web.audit.services import PLAIN, record
from web.audit.behind import KAJA, off_guard

pytestmark = pytest.mark.django_db

OTHER = {
    "seq": 1_000_000,
    "at": datetime(2020, 1, 1, tzinfo=UTC),
    "by_id": 8,
    "by_label": "Somebody else",
    "organisation": "fanoe",
    "what": "plan.part-kept",
    "object_kind": "plan",
    "object_key": "other",
    "before": {"t": 1},
    "after": {"t": 2.0},
    "why": "for another reason",
    "previous_hash": "f" * 64,
    "hash": "e" * 64,
}
"""Another value for each field."""


@pytest.fixture
def third() -> int:
    """The number of the third of five events, which are the last of the log."""
    for tonnes in range(5):
        record(
            by=KAJA, what="plan.part-changed", object_kind="plan-part", object_key=f"aarhus/{tonnes}",
            organisation="aarhus", after={"t": tonnes + 0.5, "name": "Fjernvarme på Ærø"}, why="meeting",
        )  # fmt: skip
    assert verify() == ()
    return head().seq - 2


def found(noted: Link | None = None) -> list[tuple[str, str]]:
    return [(finding.code, finding.place) for finding in verify(noted)]


def test_every_field_of_an_event_has_another_value() -> None:
    assert set(OTHER) == {field.name for field in Event._meta.concrete_fields}


@pytest.mark.parametrize("field", sorted(OTHER))
def test_another_value_in_any_field_is_found_at_its_event(third: int, field: str) -> None:
    value = Event._meta.get_field(field).get_db_prep_save(OTHER[field], connection)
    off_guard(f"UPDATE audit_event SET {connection.ops.quote_name(field)} = %s WHERE seq = %s", [value, third])
    code = {"seq": "audit-event-absent", "previous_hash": "audit-event-unlinked"}.get(field, "audit-event-changed")
    assert found() == [(code, f"audit/{third}")]


def test_json_that_means_the_same_but_was_written_anew_is_found(third: int) -> None:
    off_guard("UPDATE audit_event SET after = after || ' ' WHERE seq = %s", [third])
    assert found() == [("audit-event-changed", f"audit/{third}")]


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="a time of PostgreSQL is a time")
@pytest.mark.parametrize("value", ["yesterday", "2026-13-45 00:00:00", 5, b"\x00"])
def test_a_time_that_is_none_is_found(third: int, value: object) -> None:
    off_guard("UPDATE audit_event SET at = %s WHERE seq = %s", [value, third])
    assert found() == [("audit-event-changed", f"audit/{third}")]


@pytest.mark.parametrize("offset", [-2, -1, 0, 1])
def test_a_removed_event_is_found_at_its_place(third: int, offset: int) -> None:
    off_guard("DELETE FROM audit_event WHERE seq = %s", [third + offset])
    assert found() == [("audit-event-absent", f"audit/{third + offset}")]


def test_events_cut_off_the_end_are_found(third: int) -> None:
    off_guard("DELETE FROM audit_event WHERE seq >= %s", [third])
    assert found() == [("audit-log-cut", f"audit/{third}")]


def test_a_removed_event_whose_followers_moved_up_is_found(third: int) -> None:
    off_guard("DELETE FROM audit_event WHERE seq = %s", [third])
    for seq in (third + 1, third + 2):
        off_guard("UPDATE audit_event SET seq = %s WHERE seq = %s", [seq - 1, seq])
    assert found() == [("audit-event-unlinked", f"audit/{third}")]


def test_two_events_that_changed_places_are_found_at_the_first(third: int) -> None:
    for old, new in ((third, 10**9), (third + 1, third), (10**9, third + 1)):
        off_guard("UPDATE audit_event SET seq = %s WHERE seq = %s", [new, old])
    assert found() == [("audit-event-unlinked", f"audit/{third}")]


def test_an_event_that_was_put_in_at_the_end_is_found(third: int) -> None:
    last = Event.objects.get(seq=third + 2)
    Event(**{**_fields(last), "seq": last.seq + 1, "previous_hash": last.hash}).save(force_insert=True)
    assert found() == [("audit-event-changed", f"audit/{third + 3}")]


def test_an_event_with_a_right_hash_that_nobody_recorded_is_found(third: int) -> None:
    _forge(Event.objects.get(seq=third + 2), seq=third + 3)
    assert found() == [("audit-log-not-as-noted", f"audit/{third + 3}")]


def test_a_chain_made_anew_is_whole_but_does_not_pass_through_a_head_that_was_noted(third: int) -> None:
    noted = head()
    kept = list(Event.objects.filter(seq__gte=third))
    off_guard("DELETE FROM audit_event WHERE seq >= %s", [third])
    previous = Event.objects.get(seq=third - 1)
    for event in kept:
        event.why = "nothing happened"
        previous = _forge(previous, event)
    off_guard("UPDATE audit_head SET hash = %s", [previous.hash])
    assert found() == []
    assert found(noted) == [("audit-log-not-as-noted", f"audit/{noted.seq}")]


def test_a_head_noted_earlier_is_passed_through(third: int) -> None:
    noted = Link(third, Event.objects.get(seq=third).hash)
    assert found(noted) == []
    assert found(Link(third + 3, noted.hash)) == [("audit-log-cut", f"audit/{third + 3}")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET why = 'other' WHERE seq = {}",
        "DELETE FROM audit_event WHERE seq = {}",
        "UPDATE audit_head SET seq = {}",
        "UPDATE audit_head SET id = id + 1",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_event(third: int, statement: str) -> None:
    assert_refused(statement.format(third))


def test_the_database_refuses_to_put_an_event_in_the_place_of_another(third: int) -> None:
    columns = "seq, at, by_label, organisation, what, object_kind, object_key, why, previous_hash, hash"
    other = "'other'"
    values = f"SELECT {columns.replace('why', other)} FROM audit_event WHERE seq = {third}"
    assert_refused({
        "sqlite": f"INSERT OR REPLACE INTO audit_event ({columns}) {values}",
        "postgresql": f"INSERT INTO audit_event ({columns}) {values} ON CONFLICT (seq) DO UPDATE SET why = 'other'",
    }[connection.vendor])  # fmt: skip


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="only PostgreSQL can empty a table at once")
@pytest.mark.parametrize("table", ["audit_event", "audit_head"])
def test_the_database_refuses_to_empty_the_log(third: int, table: str) -> None:
    assert_refused(f"TRUNCATE {table}")


def assert_refused(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="can be added to and nothing else"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert found() == []


@pytest.mark.parametrize("position", range(4))
def test_a_guard_that_is_gone_is_found(position: int) -> None:
    names = guards.POSTGRESQL if connection.vendor == "postgresql" else guards.SQLITE
    name = sorted(names)[position]
    table = "_".join(name.split("_")[:2])
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {name} ON {table}" if connection.vendor == "postgresql" else f"DROP TRIGGER {name}"
        )
    assert found() == [("audit-guard-absent", name)]


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="triggers of SQLite cannot be switched off")
def test_a_guard_that_is_switched_off_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_head DISABLE TRIGGER USER")
    assert {code for code, _ in found()} == {"audit-guard-absent"}


def test_a_log_without_its_head_is_found(third: int) -> None:
    off_guard("DELETE FROM audit_head")
    assert not Head.objects.exists()
    assert found() == [("audit-log-not-as-noted", f"audit/{third + 2}")]


def _fields(event: Event) -> dict[str, object]:
    return {field.name: getattr(event, field.name) for field in Event._meta.concrete_fields}


def _forge(previous: Event, event: Event | None = None, **changes: object) -> Event:
    """An event with a right hash, put in behind another without the head."""
    made = Event(**{**_fields(event or previous), "previous_hash": previous.hash, **changes})
    text = {name: Event._meta.get_field(name).get_prep_value(getattr(made, name)) for name in ("before", "after")}
    made.hash = hash_of({**{name: getattr(made, name) for name in PLAIN}, "at": in_utc(made.at), **text})
    made.save(force_insert=True)
    return made
