"""What a file is by its bytes; its name is never asked. What is not on the list, or hides something, is refused."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from enum import StrEnum

from klimaplan.domain.errors import Finding, InputError, Text


class FileKind(StrEnum):
    """The kinds that are kept."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    XLSX = "xlsx"
    DOCX = "docx"
    CSV = "csv"
    TXT = "txt"


MEDIA = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.TXT: "text/plain; charset=utf-8",
}
"""What they are sent out as; always as a download, never shown in the page."""

MOST_ENTRIES = 5_000
LARGEST_UNPACKED = 300_000_000

_PNG = b"\x89PNG\r\n\x1a\n"
_ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def sniff(content: bytes) -> FileKind:
    """The kind of a file.

    Raises
    ------
    InputError : none that is kept, broken, or one that does something when it is opened
    """
    if not content:
        raise InputError(_empty())
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(_PNG):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _text(content)


def _pdf(content: bytes) -> FileKind:
    if b"%%EOF" not in content[-2048:]:
        raise InputError(_broken("PDF"))
    if _ACTIVE_PDF.search(content):
        raise InputError(_active("PDF"))
    return FileKind.PDF


def _png(content: bytes) -> FileKind:
    """The chunks one by one to the last; what stands behind it is no picture."""
    at, kinds = len(_PNG), []
    while at + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        kinds.append(kind)
        at += 12 + length
        if kind == b"IEND":
            break
    if at != len(content) or kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"]:
        raise InputError(_broken("PNG"))
    return FileKind.PNG


def _jpeg(content: bytes) -> FileKind:
    if b"\xff\xd9" not in content[-65_536:]:
        raise InputError(_broken("JPEG"))
    return FileKind.JPEG


def _office(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(each.file_size for each in entries) > LARGEST_UNPACKED:
                raise InputError(_too_much())
            names = [each.filename for each in entries]
            if any(_leads_out(name) for name in names) or any(each.flag_bits & 1 for each in entries):
                raise InputError(_active("ZIP"))
            if any(re.search(r"vbaProject|activeX|embeddings/|oleObject", name, re.IGNORECASE) for name in names):
                raise InputError(_active("Office"))
            for each in entries:
                if each.filename.endswith(".rels") and _reaches_out(archive.read(each)):
                    raise InputError(_active("Office"))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise InputError(_broken("XLSX/DOCX")) from None
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return FileKind.DOCX
    raise InputError(_unknown())


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name or "\x00" in name


def _reaches_out(relations: bytes) -> bool:
    """Whether opening the file would fetch something; a link that somebody must click is none."""
    return any(
        b"External" in each and not re.search(rb"Type=[\"'][^\"']*/hyperlink[\"']", each)
        for each in _RELATION.findall(relations)
    )


def _text(content: bytes) -> FileKind:
    """Text that can be read: UTF-8, or what older spreadsheets write; no markup and no program."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if _UNSEEN.search(text) or "\ufffd" in text:
        raise InputError(_unknown())
    if text.lstrip()[:1] == "<" or text.startswith("#!") or "<script" in text.casefold():
        raise InputError(_active("text"))
    return FileKind.CSV if _is_table(text) else FileKind.TXT


def _is_table(text: str) -> bool:
    """Lines with the same separator the same number of times."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    return any(
        len(lines) > 1 and lines[0].count(mark) > 0 and len({line.count(mark) for line in lines}) == 1
        for mark in (";", ",", "\t")
    )


_REMEDY = Text("Brug PDF, PNG, JPEG, XLSX, DOCX, CSV eller tekst.", "Use PDF, PNG, JPEG, XLSX, DOCX, CSV or text.")
_KEPT_OUT = Text("Den er ikke gemt.", "It was not kept.")


def _empty() -> Finding:
    return Finding("evidence-empty", "file", Text("Filen er tom.", "The file is empty."), _KEPT_OUT, _REMEDY)


def _unknown() -> Finding:
    return Finding(
        "evidence-kind-refused", "file",
        Text("Filens indhold er ikke af en art, der modtages.", "The content of the file is of no kind that is taken."),
        _KEPT_OUT, _REMEDY,
    )  # fmt: skip


def _broken(kind: str) -> Finding:
    return Finding(
        "evidence-broken", "file",
        Text(f"Filen begynder som {kind}, men er ikke hel.", f"The file begins as {kind} but is not whole."),
        _KEPT_OUT,
        Text("Gem den igen, og prøv en gang til.", "Save it again, and try once more."),
    )  # fmt: skip


def _active(kind: str) -> Finding:
    return Finding(
        "evidence-active", "file",
        Text(f"Filen ({kind}) har indhold, der kan køre eller hente noget, når den åbnes.",
             f"The file ({kind}) has content that can run or fetch something when it is opened."),
        _KEPT_OUT,
        Text("Gem den uden makroer, scripts og indlejrede filer, for eksempel som PDF.",
             "Save it without macros, scripts and embedded files, for example as PDF."),
    )  # fmt: skip


def _too_much() -> Finding:
    return Finding(
        "evidence-unpacks-too-large", "file",
        Text("Pakket ud fylder filen for meget.", "Unpacked the file takes too much room."),
        _KEPT_OUT,
        Text("Del den, eller gem den som PDF.", "Split it, or save it as PDF."),
    )  # fmt: skip
