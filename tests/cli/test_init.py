"""From nothing to a green run: a configuration, and a baseline of what was there."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

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


def test_a_repository_gets_a_hook(menulint: Menulint, site: Path) -> None:
    """That runs the installed menulint on what is staged; what to do next is said."""
    (site / ".git").mkdir()
    done = menulint("init", "--yes", "--jurisdiction", "GB")
    (hook,) = yaml.safe_load(Path(".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == ("menulint check --staged", "system", False)
    assert "next: pre-commit install, then commit menulint.toml, .pre-commit-config.yaml, menulint-base" in done.out


@pytest.mark.parametrize(
    ("there", "said"),
    [("repos: []\n", "is there already; add to its repos:"), ("- id: menulint\n", "it runs menulint already")],
)
def test_hooks_that_are_there_are_left_alone(menulint: Menulint, site: Path, there: str, said: str) -> None:
    """Somebody wrote them; what to add is shown."""
    (site / ".git").mkdir()
    Path(".pre-commit-config.yaml").write_text(there, "utf-8")
    done = menulint("init", "--yes")
    assert said in done.out
    assert ("entry: menulint check --staged" in done.out) == (there == "repos: []\n")
    assert Path(".pre-commit-config.yaml").read_text("utf-8") == there


@pytest.mark.parametrize("options", [("--no-hook",), ()])
def test_without_a_repository_or_a_wish_there_is_no_hook(
    menulint: Menulint, site: Path, options: tuple[str, ...]
) -> None:
    """And no question about it."""
    if options:
        (site / ".git").mkdir()
    assert "next: menulint check" in menulint("init", "--yes", *options).out
    assert not Path(".pre-commit-config.yaml").exists()


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
