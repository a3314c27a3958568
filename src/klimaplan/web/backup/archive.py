"""The file of a backup: a zip of members with a manifest; read only after every member was checked."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from klimaplan.domain.errors import InputError
from klimaplan.web.backup import refusals

FORMAT: Literal["klimaplan-backup/1"] = "klimaplan-backup/1"
MANIFEST = "manifest.json"
EVIDENCE = "evidence/"
_PART = r"(?!\.)[^/\\:\x00-\x1f\x7f]{1,200}"
NAME = re.compile(rf"rows/[a-z0-9_]+\.[a-z0-9_]+\.jsonl|evidence/{_PART}(?:/{_PART}){{0,4}}")
"""No member can leave its folder: no part begins with a point."""

LARGEST_MANIFEST = 16 * 2**20
LARGEST_GROWTH = 200
"""How many times larger than its file a backup may become; rows of figures grow about tenfold."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
"""What unpacking says of bytes that are no longer those that were packed."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Member(_Strict):
    sha256: Sha256
    bytes: Count


class Audit(_Strict):
    events: Count
    head: Sha256
    whole: bool


class Manifest(_Strict):
    """What a backup holds, and the state of the database it was made from."""

    format: Literal["klimaplan-backup/1"]
    klimaplan: str
    made: AwareDatetime
    database: Literal["sqlite", "postgresql"]
    migrations: dict[str, list[str]]
    tables: dict[str, Count]
    members: dict[str, Member]
    audit: Audit
    left_out: list[str]


class Writer:
    """Members one after the other; the manifest comes last."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self.members: dict[str, Member] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> int:
        """Write a member; says of how many chunks."""
        digest, size, count = hashlib.sha256(), 0, 0
        with self._zipped.open(name, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                count += 1
        self.members[name] = Member(sha256=digest.hexdigest(), bytes=size)
        return count

    def close(self, manifest: Manifest) -> None:
        self._zipped.writestr(MANIFEST, manifest.model_dump_json(indent=1))


@contextmanager
def written(file: Path) -> Iterator[Writer]:
    """A new file that its owner alone can read; whole under its name, or not there at all."""
    if file.exists():
        raise InputError(refusals.exists(file))
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
                yield Writer(zipped)
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


class Reader:
    """A backup of which every member is there, is as it was written, and has a harmless name."""

    def __init__(self, file: Path, zipped: zipfile.ZipFile, manifest: Manifest) -> None:
        self.file, self._zipped, self.manifest = file, zipped, manifest

    @contextmanager
    def rows(self, label: str) -> Iterator[Iterable[bytes]]:
        with self._zipped.open(f"rows/{label}.jsonl") as member:
            yield member

    def evidence(self) -> list[str]:
        """The paths of the evidence files below their folder."""
        return [name.removeprefix(EVIDENCE) for name in self.manifest.members if name.startswith(EVIDENCE)]

    def is_evidence(self, path: str, there: Path) -> bool:
        """Whether a file is there already, as it was."""
        if not there.is_file():
            return False
        with there.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.manifest.members[EVIDENCE + path].sha256

    def copy_evidence(self, path: str, there: Path) -> None:
        with self._zipped.open(EVIDENCE + path) as member, there.open("xb") as file:
            shutil.copyfileobj(member, file)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def opened(file: Path) -> Iterator[Reader]:
    """A backup for reading.

    Raises
    ------
    InputError : with everything that is wrong with the file
    """
    try:
        zipped = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise InputError(refusals.no_backup(file)) from None
    with zipped:
        _require_harmless(file, zipped)
        manifest = _manifest(file, zipped)
        _require_as_written(file, zipped, manifest)
        yield Reader(file, zipped, manifest)


def _require_harmless(file: Path, zipped: zipfile.ZipFile) -> None:
    """By what the directory of the archive says, before a byte is unpacked."""
    entries = zipped.infolist()
    names = [entry.filename for entry in entries]
    found = [
        refusals.name(file, entry.orig_filename)
        for entry in entries
        if entry.orig_filename != entry.filename
        or not (entry.filename == MANIFEST or NAME.fullmatch(entry.filename))
        or entry.flag_bits & 0x1
        or stat.S_ISLNK(entry.external_attr >> 16)
    ]
    found += [refusals.twice(file, name) for name in sorted({name for name in names if names.count(name) > 1})]
    packed, unpacked = file.stat().st_size, sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_GROWTH * packed + 2**20 or sum(entry.compress_size for entry in entries) > packed:
        found.append(refusals.bomb(file))
    if found:
        raise InputError(found)


def _manifest(file: Path, zipped: zipfile.ZipFile) -> Manifest:
    try:
        entry = zipped.getinfo(MANIFEST)
    except KeyError:
        raise InputError(refusals.no_backup(file)) from None
    if entry.file_size > LARGEST_MANIFEST:
        raise InputError(refusals.bomb(file))
    try:
        return Manifest.model_validate_json(zipped.read(entry))
    except ValidationError as refused:
        first = refused.errors()[0]
        place = "/".join(map(str, first["loc"]))
        raise InputError(refusals.manifest(file, place, first["msg"])) from None
    except _BROKEN:
        raise InputError(refusals.not_as_written(file, MANIFEST)) from None


def _require_as_written(file: Path, zipped: zipfile.ZipFile, manifest: Manifest) -> None:
    there, wanted = set(zipped.namelist()) - {MANIFEST}, set(manifest.members)
    wanted |= {f"rows/{label}.jsonl" for label in manifest.tables}
    found = [refusals.absent(file, name) for name in sorted(wanted - there)]
    found += [refusals.unknown(file, name) for name in sorted(there - set(manifest.members))]
    for name in sorted(there & set(manifest.members)):
        member = manifest.members[name]
        if zipped.getinfo(name).file_size != member.bytes or _digest(zipped, name) != member.sha256:
            found.append(refusals.not_as_written(file, name))
    if found:
        raise InputError(found)


def _digest(zipped: zipfile.ZipFile, name: str) -> str | None:
    digest = hashlib.sha256()
    try:
        with zipped.open(name) as member:
            while chunk := member.read(2**20):
                digest.update(chunk)
    except _BROKEN:
        return None
    return digest.hexdigest()
