"""Reading snapshots and the accounts in them."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Q

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.domain.inventory.account import Account
from klimaplan.domain.inventory.recalculation import Recalculation, compare
from klimaplan.web.inventories import bridge
from klimaplan.web.inventories.models import Figure, Snapshot


def snapshots() -> list[Snapshot]:
    """All snapshots, in the order the publisher's figures were retrieved."""
    return list(Snapshot.objects.all())


def current_snapshot() -> Snapshot | None:
    """The snapshot the pages show: the latest that is complete and no demonstration."""
    return Snapshot.objects.filter(demo=False, complete=True).last()


def previous_snapshot(snapshot: Snapshot) -> Snapshot | None:
    """The complete snapshot before this one; None for the first."""
    earlier = Q(retrieved__lt=snapshot.retrieved) | Q(retrieved=snapshot.retrieved, pk__lt=snapshot.pk)
    return Snapshot.objects.filter(earlier, complete=True).last()


def snapshot_by_digest(start: str) -> Snapshot:
    """A snapshot by the first characters of its digest; `UnknownCodeError` when none or several begin so."""
    found = list(Snapshot.objects.filter(sha256__startswith=start)[:2]) if start else []
    if len(found) != 1:
        raise UnknownCodeError(Finding(
            "unknown-snapshot", start or "∅",
            Text("Intet øjebliksbillede har dette fingeraftryk.", "No snapshot has this fingerprint."),
            Text("", ""),
            Text("Vælg et fra datasiden.", "Choose one from the data page."),
        ))  # fmt: skip
    return found[0]


def account_of(snapshot: Snapshot) -> Account:
    """The account in a snapshot."""
    return account_with(snapshot.pk)


def current_account() -> Account | None:
    """The account the pages show; None before the first import."""
    snapshot = current_snapshot()
    return account_of(snapshot) if snapshot else None


def recalculation(old: Snapshot, new: Snapshot) -> Recalculation:
    """What moved between two snapshots, split into new data and method change."""
    return compare(account_of(old), account_of(new))


@lru_cache(maxsize=4)  # snapshots never change, so neither does what is kept here
def account_with(pk: int) -> Account:
    """The account in the snapshot of that primary key."""
    rows = Figure.objects.filter(snapshot_id=pk).values_list("municipality", "year", "measure", "value", "notation")
    return bridge.to_account(Snapshot.objects.get(pk=pk), rows.iterator(chunk_size=5000))
