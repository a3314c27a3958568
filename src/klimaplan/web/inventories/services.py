"""What a person can do with snapshots: import one. Nothing else: a snapshot is never changed or removed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from klimaplan.domain.errors import raise_errors
from klimaplan.domain.inventory.account import Account, check, fingerprint
from klimaplan.web.audit.services import Person, record
from klimaplan.web.inventories import bridge
from klimaplan.web.inventories.models import Figure, Snapshot


@dataclass(frozen=True, slots=True)
class Import:
    """The outcome of an import: the snapshot, and whether it is new."""

    snapshot: Snapshot
    is_new: bool


@transaction.atomic
def import_account(account: Account, *, demo: bool = False, by: Person | None = None) -> Import:
    """Keep an account as a snapshot; the same content again adds nothing.

    Raises
    ------
    InputError : the account fails its own checks; nothing is kept
    """
    raise_errors(check(account))
    sha256 = fingerprint(account)
    if kept := Snapshot.objects.filter(sha256=sha256).first():
        return Import(kept, is_new=False)
    seen = account.emissions.provenance
    now = timezone.now()
    snapshot = Snapshot.objects.create(
        source=seen.source,
        method_version=seen.version,
        retrieved=seen.retrieved or now.date(),
        imported_at=now,
        sha256=sha256,
        demo=demo,
        complete=account.is_complete,
    )
    Figure.objects.bulk_create(bridge.to_figures(account, snapshot), batch_size=500)
    record(
        by=by,
        what="account.imported",
        object_kind="snapshot",
        object_key=sha256,
        after={"source": seen.source, "version": seen.version, "retrieved": snapshot.retrieved, "demo": demo},
    )
    return Import(snapshot, is_new=True)
