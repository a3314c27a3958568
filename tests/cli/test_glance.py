"""The glance at the embedded database says which account is in force, and stays silent where it cannot know."""

from datetime import date
from pathlib import Path

from cli.running import Installation
from klimaplan.domain.inventory.account import fingerprint
from klimaplan.reference import load
from klimaplan.web.inventories.glance import in_force


def test_after_init_the_reference_account_is_in_force(bare: Installation) -> None:
    assert bare.run("init", "--demo").code == 0
    # the demonstration keeps an invented edition too, which is never shown
    seen = in_force(bare.home / "klimaplan.sqlite3")
    assert seen == (fingerprint(load.account()), date(2026, 5, 18))


def test_without_a_database_nothing_is_said(tmp_path: Path) -> None:
    assert in_force(tmp_path / "nowhere.sqlite3") is None
    (tmp_path / "broken.sqlite3").write_text("no database")
    assert in_force(tmp_path / "broken.sqlite3") is None
    assert not (tmp_path / "nowhere.sqlite3").exists(), "looking leaves nothing behind"
