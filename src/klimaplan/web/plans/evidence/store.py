"""Where evidence lies: in the home of the installation, under its own digest, readable by its owner only."""

from __future__ import annotations

import hashlib
import os
import secrets
import shlex
import subprocess
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from klimaplan.domain.errors import Finding, InputError, Text

SCAN_SECONDS = 120
INFECTED = 1
"""What scanners of viruses answer with when they have found one; 0 means clean, all else that they did not look."""


def largest() -> int:
    """Bytes of one file; 20 MB unless `KLIMAPLAN_EVIDENCE_MB` says otherwise."""
    return int(float(os.environ.get("KLIMAPLAN_EVIDENCE_MB", "20")) * 1_000_000)


def scanner() -> list[str]:
    """The command of `KLIMAPLAN_SCAN_COMMAND`, without a shell; empty where there is none."""
    return shlex.split(os.environ.get("KLIMAPLAN_SCAN_COMMAND", ""))


def keep(content: bytes) -> tuple[str, bool]:
    """Scan a file and put it in its place; gives its SHA-256 and whether it was scanned.

    Raises
    ------
    InputError : the scanner found something, or could not look
    """
    digest = hashlib.sha256(content).hexdigest()
    place = path_of(digest)
    incoming = folder() / "incoming"
    for each in (incoming, place.parent):
        each.mkdir(parents=True, exist_ok=True, mode=0o700)
    waiting = incoming / secrets.token_hex(16)
    try:
        with os.fdopen(os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        scanned = _scan(waiting)
        # either all of it is in its place or none: a name is given in one step
        waiting.replace(place)
    finally:
        with suppress(FileNotFoundError):
            waiting.unlink()
    return digest, scanned


def fetch(digest: str) -> bytes:
    """The bytes of a file; `InputError` where they are gone or no longer those that were handed in."""
    try:
        content = path_of(digest).read_bytes()
    except FileNotFoundError:
        raise InputError(_gone(digest)) from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise InputError(_gone(digest))
    return content


def folder() -> Path:
    return Path(settings.HOME) / "evidence"


def path_of(digest: str) -> Path:
    """Nothing but a digest ever becomes part of a path."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not a digest")
    return folder() / digest[:2] / digest[2:]


def _scan(waiting: Path) -> bool:
    command = scanner()
    if not command:
        return False
    try:
        done = subprocess.run(  # noqa: S603  # the command is the installation's own, and there is no shell
            [*command, str(waiting)], check=False, capture_output=True, timeout=SCAN_SECONDS, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        raise InputError(_not_scanned()) from None
    if done.returncode == INFECTED:
        raise InputError(_infected())
    if done.returncode != 0:
        raise InputError(_not_scanned())
    return True


def _infected() -> Finding:
    return Finding(
        "evidence-infected", "file",
        Text("Scanneren har fundet noget skadeligt i filen.", "The scanner has found something harmful in the file."),
        Text("Den er ikke gemt.", "It was not kept."),
        Text("Kontakt jeres it-afdeling.", "Contact your IT department."),
    )  # fmt: skip


def _not_scanned() -> Finding:
    return Finding(
        "evidence-not-scanned", "file",
        Text("Scanneren kunne ikke undersøge filen.", "The scanner could not examine the file."),
        Text("Den er ikke gemt.", "It was not kept."),
        Text("Prøv igen om lidt.", "Try again in a while."),
    )  # fmt: skip


def _gone(digest: str) -> Finding:
    return Finding(
        "evidence-gone", digest[:12],
        Text("Filen er ikke længere den, der blev lagt op.", "The file is no longer the one that was uploaded."),
        Text("", ""),
        Text("Genskab den fra en sikkerhedskopi.", "Restore it from a backup."),
    )  # fmt: skip
