"""Archives that no backup made, or that were changed afterwards: refused before anything is touched."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from cli.running import Installation
from klimaplan.domain.errors import InputError
from klimaplan.web.backup.archive import opened
from web.backup.drill import database, filled, rewritten

Change = Callable[[dict[str, bytes]], None]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = filled(tmp_path_factory.mktemp("source"), {})
    file = tmp_path_factory.mktemp("copy") / "backup.zip"
    assert source.run("backup", str(file)).code == 0
    return file


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Installation]:
    with database("sqlite") as variables:
        yield Installation(tmp_path / "target", variables)


def adding(name: str, content: bytes = b"x") -> Change:
    def change(members: dict[str, bytes]) -> None:
        members[name] = content

    return change


def without(name: str) -> Change:
    def change(members: dict[str, bytes]) -> None:
        del members[name]

    return change


def replacing(name: str, old: bytes, new: bytes) -> Change:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)

    return change


def telling(**other: object) -> Change:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), **other}).encode()

    return change


def with_line(label: str, line: bytes) -> Change:
    def change(members: dict[str, bytes]) -> None:
        members[f"rows/{label}.jsonl"] += line + b"\n"

    return change


def assert_refused(file: Path, *lines: str) -> None:
    """Each finding begins so; nothing was unpacked yet."""
    with pytest.raises(InputError) as refused, opened(file):
        pass
    assert_begin([finding.message() for finding in refused.value.findings], file, lines)


def assert_not_restored(target: Installation, file: Path, *lines: str) -> None:
    """Each finding has a line that begins so, and nothing was made but the folder and its key."""
    done = target.run("restore", str(file))
    assert (done.code, done.out) == (2, "")
    assert_begin([line.removeprefix("klimaplan: ") for line in done.err.splitlines()], file, lines)
    assert not [path for path in target.home.rglob("*") if path.is_file() and path.name != "secret-key"]


def assert_begin(said: list[str], file: Path, lines: Sequence[str]) -> None:
    assert len(said) == len(lines), said
    for line, begin in zip(said, lines, strict=True):
        assert line.isprintable()
        assert line.startswith(f"{file}{begin}"), line


@pytest.mark.parametrize(
    "name",
    [
        "../outside", "evidence/../../outside", "/outside", "evidence//outside", "evidence/.hidden", "C:\\outside",
        "evidence/a\\..\\outside", "klimaplan.sqlite3", "secret-key", "rows/", "rows/../manifest.json",
        "evidence/a:b", "evidence/\x1b[2J", "evidence/1/2/3/4/5/6",
    ],
)  # fmt: skip
def test_a_name_that_no_backup_has_is_refused(copy: Path, tmp_path: Path, name: str) -> None:
    file = rewritten(copy, tmp_path / "other.zip", adding(name))
    assert_refused(file, "!")


def test_a_link_is_refused(copy: Path, tmp_path: Path) -> None:
    file = rewritten(copy, tmp_path / "other.zip", lambda members: None)
    link = zipfile.ZipInfo("evidence/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert_refused(file, "!evidence/link: The archive holds something that no backup holds.")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(copy: Path, tmp_path: Path) -> None:
    file = rewritten(copy, tmp_path / "other.zip", lambda members: None)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("rows/plans.target.jsonl", "[]")
    assert_refused(file, "!rows/plans.target.jsonl: The name is there twice.")


def test_what_grows_beyond_reason_is_refused(copy: Path, tmp_path: Path) -> None:
    file = rewritten(copy, tmp_path / "other.zip", adding("evidence/bomb", b"\0" * 400_000_000))
    assert_refused(file, ": The archive grows beyond reason when it is unpacked.")


def test_a_size_that_is_not_the_true_one_is_refused(copy: Path, tmp_path: Path) -> None:
    file = rewritten(copy, tmp_path / "other.zip", adding("evidence/liar", b"\0" * 100_000))
    raw = file.read_bytes()
    size = (100_000).to_bytes(4, "little")
    assert raw.count(size) >= 2
    file.write_bytes(raw.replace(size, (10).to_bytes(4, "little")))
    assert_refused(file, "!evidence/liar: The member is not as it was written.")


def test_every_change_is_found_at_once(copy: Path, tmp_path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        del members["rows/plans.target.jsonl"]
        members["rows/audit.event.jsonl"] += b" "
        members["evidence/new"] = b"x"

    file = rewritten(copy, tmp_path / "other.zip", change, rehash=False)
    assert_refused(
        file,
        "!rows/plans.target.jsonl: The member is absent.",
        "!evidence/new: The manifest does not know the member.",
        "!rows/audit.event.jsonl: The member is not as it was written.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "begin"),
    [
        (without("manifest.json"), ": The file is no backup of klimaplan."),
        (adding("manifest.json", b"[]"), "!manifest.json!: The manifest cannot be read"),
        (adding("manifest.json", b"{"), "!manifest.json!: The manifest cannot be read"),
        (telling(format="klimaplan-backup/2"), "!manifest.json!format: The manifest cannot be read"),
        (telling(tables={"plans.target": -1}), "!manifest.json!tables/plans.target: The manifest cannot be read"),
        (telling(more=1), "!manifest.json!more: The manifest cannot be read"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused(copy: Path, tmp_path: Path, change: Change, begin: str) -> None:
    assert_refused(rewritten(copy, tmp_path / "other.zip", change), begin)


@pytest.mark.parametrize(
    ("change", "begin"),
    [
        (
            telling(migrations={"plans": ["0001_initial", "9999_later"]}, klimaplan="9.0"),
            ": The backup was made with klimaplan 9.0 and knows what this one does not (plans.9999_later).",
        ),
        (with_line("plans.target", b"[1]"), "!rows/plans.target.jsonl!"),
        (with_line("plans.target", b"{}"), "!rows/plans.target.jsonl!"),
        (with_line("plans.target", b"[" * 100_000), "!rows/plans.target.jsonl!"),
        (with_line("auth.group", b'[1,"one"]'), "!rows/auth.group.jsonl: There are 1 rows, but should be 0."),
        (with_line("auth.group", b'["one","one"]'), "!rows/auth.group.jsonl!2: The line cannot become a row"),
        (replacing("rows/auth.group.jsonl", b'"name"', b'"title"'), "!rows/auth.group.jsonl!1: The line cannot"),
        (
            replacing("rows/inventories.snapshot.jsonl", b"[1,", b"[77,"),
            ": The database refuses the content:",
        ),
    ],
)
def test_content_that_cannot_be_loaded_is_refused_and_leaves_nothing(
    copy: Path, target: Installation, tmp_path: Path, change: Change, begin: str
) -> None:
    assert_not_restored(target, rewritten(copy, tmp_path / "other.zip", change), begin)


def test_a_log_that_was_changed_in_the_file_is_refused(copy: Path, target: Installation, tmp_path: Path) -> None:
    file = rewritten(
        copy, tmp_path / "other.zip", replacing("rows/audit.event.jsonl", b"command line", b"someone else")
    )
    line = target.run("restore", str(file)).refusal
    assert line.startswith("audit/1: The event was changed after it was written.")
    assert not (target.home / "klimaplan.sqlite3").exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.zip"
    file.write_bytes(content)
    assert_refused(file, ": The file is no backup of klimaplan.")


@pytest.mark.parametrize("position", range(1, 10))
def test_a_byte_that_was_changed_anywhere_is_found(copy: Path, tmp_path: Path, position: int) -> None:
    raw = bytearray(copy.read_bytes())
    raw[len(raw) * position // 10] ^= 0xFF
    file = tmp_path / "other.zip"
    file.write_bytes(raw)
    assert_refused(file, "!rows/")


def test_a_file_that_is_not_there_is_refused(target: Installation, tmp_path: Path) -> None:
    assert "The file or folder cannot be used" in target.run("restore", str(tmp_path / "none.zip")).refusal
