"""Reading what the pages show. A picture is parsed once per process; the database says which is in force."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.reference import load
from klimaplan.web.accounts.requests import once_a_request
from klimaplan.web.certification import decided
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.public.models import Picture
from klimaplan.web.public.rollup import KINDS_OF_GROUP, MUNICIPALITY, NATIONAL, OVERVIEW
from klimaplan.web.public.schema import Overview, SubjectPicture


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture and the digest of its content, which names what is cached from it."""

    digest: str
    picture: SubjectPicture


@dataclass(frozen=True, slots=True)
class SiteState:
    """What every page says at its foot, and the stamp that changes when any page does."""

    stamp: str
    snapshot: str
    source: str
    version: str
    retrieved: object
    demo: bool


def municipality(text: str) -> Shown:
    """A municipality by code, name or alias; `UnknownCodeError` with the nearest names."""
    return _shown(MUNICIPALITY, load.find_municipality(text).code)


def national() -> Shown:
    return _shown(NATIONAL, "dk")


def group(kind: str, slug: str) -> Shown:
    """A region, DGO or type; `UnknownCodeError` for anything else."""
    if kind not in KINDS_OF_GROUP:
        raise UnknownCodeError(_no_such(kind, slug))
    return _shown(kind, slug)


def subject(kind: str, key: str) -> Shown:
    """Whatever has a picture: the country, a municipality or a group."""
    if kind not in (NATIONAL, MUNICIPALITY, *KINDS_OF_GROUP):
        raise UnknownCodeError(_no_such(kind, key))
    return _shown(kind, key)


def groups(kind: str) -> list[SubjectPicture]:
    """All groups of a kind, by name."""
    found = [_picture(*row) for row in Picture.objects.filter(kind=kind).values_list("kind", "key", "digest")]
    return sorted(found, key=lambda picture: picture.name.da)


def overview() -> Overview:
    digest = _digest(OVERVIEW, "dk")
    return _overview(digest)


def site_state() -> SiteState | None:
    """None before the first account is loaded; asked for once a request."""
    return once_a_request("site-state", _site_state)


def _site_state() -> SiteState | None:
    snapshot = inventories.current_snapshot()
    if snapshot is None:
        return None
    digests = "".join(Picture.objects.order_by("kind", "key").values_list("digest", flat=True))
    return SiteState(
        stamp=hashlib.sha256(f"{digests}{decided.last_decided()}".encode()).hexdigest(),
        snapshot=snapshot.sha256[:12],
        source=snapshot.source,
        version=snapshot.method_version,
        retrieved=snapshot.retrieved,
        demo=any(row.demo for row in overview().rows),
    )


def _shown(kind: str, key: str) -> Shown:
    digest = _digest(kind, key)
    return Shown(digest, _picture(kind, key, digest))


def _digest(kind: str, key: str) -> str:
    digest = Picture.objects.filter(kind=kind, key=key).values_list("digest", flat=True).first()
    if digest is None:
        raise UnknownCodeError(_no_account() if inventories.current_snapshot() is None else _no_such(kind, key))
    return str(digest)


@lru_cache(maxsize=256)
def _picture(kind: str, key: str, digest: str) -> SubjectPicture:
    return SubjectPicture.model_validate_json(_content(kind, key))


@lru_cache(maxsize=2)
def _overview(digest: str) -> Overview:
    return Overview.model_validate_json(_content(OVERVIEW, "dk"))


def _content(kind: str, key: str) -> str:
    return str(Picture.objects.values_list("content", flat=True).get(kind=kind, key=key))


def _no_such(kind: str, key: str) -> Finding:
    return Finding(
        "unknown-group", f"{kind}/{key}",
        Text("Den gruppe findes ikke.", "There is no such group."),
        Text("", ""),
        Text("Vælg en fra listen over regioner og netværk.", "Choose one from the list of regions and networks."),
    )  # fmt: skip


def _no_account() -> Finding:
    return Finding(
        "no-account-yet", "klimaplan",
        Text("Der er ikke indlæst noget regnskab endnu.", "No account has been loaded yet."),
        Text("", ""),
        Text("Kør `klimaplan init`.", "Run `klimaplan init`."),
    )  # fmt: skip
