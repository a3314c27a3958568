"""The digest in a workbook that says what it was written from; a spreadsheet keeps it and shows it to nobody."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

PROPERTY = "klimaplan-base"
PART = "docProps/custom.xml"
LARGEST = 100_000

_FOUND = re.compile(
    rb"<property\b[^>]*\bname=\"" + PROPERTY.encode() + rb"\"[^>]*>\s*<(?:\w+:)?lpwstr>([0-9a-f]{64})</"
)


def base_of(content: bytes) -> str | None:
    """SHA-256 of the plan that a workbook was written from; None where it says nothing, or is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(PART).file_size > LARGEST:
                return None
            found = _FOUND.search(archive.read(PART))
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return None
    return found[1].decode() if found else None
