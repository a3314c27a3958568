"""What keeps the pages in line with the figures: load an installation, and rebuild the roll-up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from klimaplan.reference import load
from klimaplan.web.audit.services import record
from klimaplan.web.inventories import demo
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.inventories.services import Import, import_account
from klimaplan.web.organisations.services import load_organisations
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans.services import load_demo_targets, load_published_targets
from klimaplan.web.public import rollup
from klimaplan.web.public.models import Picture


@transaction.atomic
def load_installation(*, demo_programme: bool) -> list[str]:
    """Load the reference account and the published targets, on demand also the invented ones; safe to run again.

    Gives a line for everything that was new. All of it is loaded, or nothing.
    """
    if news := list(_loaded(demo_programme=demo_programme)):
        record(
            by=None,
            what="installation.loaded",
            object_kind="installation",
            object_key="demo" if demo_programme else "reference",
            after=news,
        )
    return news


def _loaded(*, demo_programme: bool) -> Iterator[str]:
    account = load.account()
    if demo_programme:
        yield from _said("demo account", import_account(demo.earlier_edition(account), demo=True))
    yield from _said("account", import_account(account))
    load_published_targets()
    if demo_programme:
        load_demo_targets(account)
    if changed := rebuild():
        yield f"{changed} pages rebuilt"
    if new := load_organisations():
        yield f"{new} organisations"


@transaction.atomic
def rebuild() -> int:
    """Compute every picture from the current account and targets; says how many changed.

    Does nothing before the first import.
    """
    account = inventories.current_account()
    if account is None:
        return 0
    kept = {(kind, key): digest for kind, key, digest in Picture.objects.values_list("kind", "key", "digest")}
    changed = 0
    day = timezone.localdate()
    for kind, key, content in rollup.pictures(account, plans.targets_by_municipality(), day=day):
        text = content.model_dump_json()
        digest = hashlib.sha256(text.encode()).hexdigest()
        if kept.pop((kind, key), None) != digest:
            Picture.objects.update_or_create(kind=kind, key=key, defaults={"digest": digest, "content": text})
            changed += 1
    for kind, key in kept:
        Picture.objects.filter(kind=kind, key=key).delete()
    return changed + len(kept)


def _said(what: str, done: Import) -> Iterator[str]:
    if done.is_new:
        snapshot = done.snapshot
        yield f"{what}: {snapshot.source} {snapshot.method_version}, {snapshot.sha256[:12]}"
