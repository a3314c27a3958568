"""Snapshots: kept as they came, added to and never changed; what moved is told by cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.small import account
from klimaplan.domain.errors import InputError
from klimaplan.domain.inventory.account import Account, fingerprint
from klimaplan.domain.inventory.recalculation import Cause
from klimaplan.domain.series import NotationKey, Series
from klimaplan.web.inventories import bridge, selectors
from klimaplan.web.inventories.models import Figure, Snapshot
from klimaplan.web.inventories.services import import_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afresh")]

FIGURES = {
    #        energy                transport     agriculture      waste       processes
    "101": [[50.0, 40.0], [30.0, 30.0], [-90.0, -95.0], [4.0, 4.0], [1.0, 1.0]],
    "147": [[20.0, 10.0], [10.0, 15.0], [60.0, 55.0], [2.0, 3.0], [8.0, 7.0]],
}
PEOPLE = {"101": [20.0, 21.0], "147": [10.0, 9.0]}


def small(figures: dict[str, list[list[float]]] = FIGURES, *, version: str = "1", day: int = 1) -> Account:
    """A small account of 2020 and 2021, fetched on a day in May."""
    made = account(figures, PEOPLE)
    seen = replace(made.emissions.provenance, version=version, retrieved=date(2026, 5, day))
    return Account(
        replace(made.emissions, provenance=seen), replace(made.published_total, provenance=seen), made.population
    )


def with_energy_of_2021(tonnes: float) -> dict[str, list[list[float]]]:
    return {**FIGURES, "101": [[50.0, tonnes], *FIGURES["101"][1:]]}


def test_an_account_comes_back_as_it_was_imported() -> None:
    made = small()
    back = selectors.account_of(import_account(made).snapshot)
    assert back.emissions.values.tolist() == made.emissions.values.tolist()
    assert back.published_total.values.tolist() == made.published_total.values.tolist()
    assert back.population.values.tolist() == made.population.values.tolist()
    assert (back.codes, back.years) == (("101", "147"), (2020, 2021))
    seen = back.emissions.provenance
    assert (seen.source, seen.version, seen.retrieved, seen.gwp) == ("made-up", "1", date(2026, 5, 1), "AR5")
    assert fingerprint(back) == fingerprint(made)


def test_a_hole_keeps_its_reason() -> None:
    holed = {**FIGURES, "147": [[20.0, np.nan], *FIGURES["147"][1:]]}
    made = account(holed, PEOPLE, missing={("147", "energy", 2021): NotationKey.CONFIDENTIAL})
    done = import_account(made)
    assert not done.snapshot.complete
    back = selectors.account_of(done.snapshot)
    assert back.emissions.missing == {("147", "energy", 2021): NotationKey.CONFIDENTIAL}
    assert back.published_total.missing == {("147", 2021): NotationKey.CONFIDENTIAL}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 1)), min_size=20, max_size=20))
def test_every_figure_survives_the_way_through_the_database(values: list[float]) -> None:
    codes = ("101", "147")
    block = {code: [values[10 * i + 2 * s : 10 * i + 2 * s + 2] for s in range(5)] for i, code in enumerate(codes)}
    made = account(block, PEOPLE)
    with transaction.atomic():
        back = bridge.to_account(snapshot := import_account(made).snapshot, _rows(snapshot))
        transaction.set_rollback(True)
    assert back.emissions.values.tolist() == made.emissions.values.tolist()
    assert fingerprint(back) == fingerprint(made)


def test_the_same_content_again_adds_nothing() -> None:
    first = import_account(small(day=1))
    again = import_account(small(day=20))
    assert (first.is_new, again.is_new) == (True, False)
    assert again.snapshot == first.snapshot
    assert Snapshot.objects.count() == 1
    # 2 municipalities × 2 years × (5 sectors, total, population)
    assert Figure.objects.count() == 28
    assert Snapshot.objects.get().retrieved == date(2026, 5, 1)


def test_a_changed_figure_makes_a_new_snapshot_and_leaves_the_old_one_alone() -> None:
    old = import_account(small(day=1)).snapshot
    before = sorted(_rows(old))
    new = import_account(small(with_energy_of_2021(47.0), day=2)).snapshot
    assert new.sha256 != old.sha256
    assert selectors.current_snapshot() == new
    assert selectors.previous_snapshot(new) == old
    assert sorted(_rows(old)) == before
    assert selectors.account_of(old).emissions.at("101", "energy", 2021) == 40.0
    assert selectors.account_of(new).emissions.at("101", "energy", 2021) == 47.0


def test_a_change_under_the_same_method_is_new_data() -> None:
    old = import_account(small(day=1)).snapshot
    new = import_account(small(with_energy_of_2021(47.0), day=2)).snapshot
    [moved] = selectors.recalculation(old, new).movements
    assert (moved.municipality, moved.sector, moved.year) == ("101", "energy", 2021)
    assert (moved.old, moved.new, moved.change) == (40.0, 47.0, 7.0)
    assert moved.cause is Cause.NEW_DATA


def test_a_change_under_another_method_is_a_method_change() -> None:
    old = import_account(small(day=1)).snapshot
    new = import_account(small(with_energy_of_2021(47.0), version="2", day=2)).snapshot
    moved = selectors.recalculation(old, new)
    assert moved.change_by("sector", Cause.METHOD_CHANGE) == {"energy": 7.0}
    assert moved.change_by("sector", Cause.NEW_DATA) == {}


def test_an_account_that_does_not_add_up_is_refused_and_nothing_is_kept() -> None:
    made = small()
    wrong = Series(made.published_total.values + 2.0, made.published_total.axes, made.published_total.unit, _seen(made))
    with pytest.raises(InputError, match=r"101/2020: The sectors add up to -5\.0 t, but the total is -3\.0 t\."):
        import_account(Account(made.emissions, wrong, made.population))
    assert Snapshot.objects.count() == 0
    assert Figure.objects.count() == 0


def test_a_difference_within_rounding_is_accepted() -> None:
    made = small()
    near = Series(made.published_total.values + 1.0, made.published_total.axes, made.published_total.unit, _seen(made))
    assert import_account(Account(made.emissions, near, made.population)).is_new


def test_an_import_that_breaks_half_way_keeps_nothing() -> None:
    # the snapshot is written before its figures, and the database refuses a year before our era
    with pytest.raises(IntegrityError), transaction.atomic():
        import_account(account(FIGURES, PEOPLE, first=-1))
    assert Snapshot.objects.count() == 0
    assert Figure.objects.count() == 0


def test_a_place_has_one_figure_only() -> None:
    snapshot = import_account(small()).snapshot
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(snapshot=snapshot, municipality="101", year=2020, measure="energy", value=1.0)


@pytest.mark.parametrize(("value", "notation"), [(None, ""), (1.0, "NE")])
def test_the_database_itself_wants_a_value_or_a_reason(value: float | None, notation: str) -> None:
    snapshot = import_account(small()).snapshot
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(
            snapshot=snapshot, municipality="999", year=2020, measure="energy", value=value, notation=notation
        )


def test_a_snapshot_cannot_be_removed_while_it_has_figures() -> None:
    snapshot = import_account(small()).snapshot
    with pytest.raises(IntegrityError):
        snapshot.delete()


def test_an_account_with_holes_is_kept_but_not_shown() -> None:
    shown = import_account(small(day=1)).snapshot
    holed = {**FIGURES, "147": [[20.0, np.nan], *FIGURES["147"][1:]]}
    import_account(account(holed, PEOPLE, missing={("147", "energy", 2021): NotationKey.NOT_ESTIMATED}))
    assert Snapshot.objects.count() == 2
    assert selectors.current_snapshot() == shown


def test_an_invented_account_is_never_the_one_on_show() -> None:
    import_account(small(), demo=True)
    assert selectors.current_snapshot() is None
    assert selectors.current_account() is None


def _rows(snapshot: Snapshot) -> list[bridge.Row]:
    return list(snapshot.figures.values_list("municipality", "year", "measure", "value", "notation"))


def _seen(made: Account):
    return made.published_total.provenance
