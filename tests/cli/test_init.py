"""From nothing to a green run: a configuration, and a baseline of what was there."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

Menulint = Any


def test_after_init_the_run_is_green_and_new_claims_are_not(menulint: Menulint, site: Path) -> None:
    """What a new user does: init, check; then writes a new offer."""
    assert menulint("init", "--yes", "--jurisdiction", "gb").code == 0
    assert menulint("check").code == 0
    (site / "new.md").write_text("Our exosome injections for hands. Book now.\n", "utf-8")
    done = menulint("check", "--quiet")
    assert done.code == 1
    assert "new.md:1" in done.out
    assert "menu.md" not in done.out


def test_what_is_written_is_what_was_answered(menulint: Menulint) -> None:
    """And nothing else is asked."""
    menulint("init", "--jurisdiction", "GB,IE", "--ui-lang", "es", "--no-baseline")
    assert tomllib.loads(Path("menulint.toml").read_text("utf-8")) == {
        "jurisdiction": ["GB", "IE"],
        "ui_lang": "es",
        "fail_on": "error",
        "exclude": [],
    }
    assert not Path("menulint-baseline.json").exists()


def test_a_configuration_that_is_there_is_not_overwritten(menulint: Menulint) -> None:
    """Somebody wrote it."""
    Path("menulint.toml").write_text("", "utf-8")
    done = menulint("init", "--yes")
    assert done.code == 2
    assert "is there already" in done.err


def test_a_place_that_does_not_exist_is_refused(menulint: Menulint) -> None:
    """Before anything is written."""
    assert menulint("init", "--yes", "--jurisdiction", "XQ").code == 2
    assert not Path("menulint.toml").exists()
