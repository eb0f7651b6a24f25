"""What a shell offers when somebody presses Tab, asked as the shells ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from menulint.cli import run
from menulint.pack import names
from menulint.pack.model import Pack

Offered = Callable[..., list[str]]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Offered:
    """What is offered for the last of some words behind ``menulint``."""

    def ask(*words: str, shell: str = "bash") -> list[str]:
        monkeypatch.setenv("_MENULINT_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(("menulint", *words)))
        monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words)))
        with pytest.raises(SystemExit):
            run([])
        return capsys.readouterr().out.splitlines()

    return ask


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("basel",), "plain,baseline"),
        (("check", "--sel"), "plain,--select"),
        (("check", "--select", "RTE00"), "plain,RTE001"),
        (("check", "--ignore", "cosmetic-for"), "plain,cosmetic-for-injection"),
        (("check", "--select", "RTE001,POM00"), "plain,RTE001,POM001"),
        (("check", "--jurisdiction", "GB-N"), "plain,GB-NIR"),
        (("check", "--format", "sa"), "plain,sarif"),
        (("check", "--lang", "e"), "plain,es"),
        (("check", "--ui-lang", "e"), "plain,es"),
        (("check", "pages/"), "file,pages/"),
        (("explain", "RTE00"), "plain,RTE001"),
        (("explain", "route.microneed"), "plain,route.microneedling"),
        (("explain", "UK-HMR-27"), "plain,UK-HMR-279"),
        (("explain", "menu.md"), "file,menu.md"),
        (("rules", "show", "RTE00"), "plain,RTE001"),
        (("lexicon", "list", "subst"), "plain,substance"),
        (("init", "--jurisdiction", "US-"), "plain,US-CA"),
        (("baseline", "au"), "plain,audit"),
    ],
)
def test_bash_is_offered_what_may_stand_there(offered: Offered, words: tuple[str, ...], expected: str) -> None:
    """Commands, options, codes, names, places, formats, languages, files."""
    assert expected in offered(*words)


def test_a_code_that_is_in_the_list_already_is_not_offered_again(offered: Offered) -> None:
    """And what does not begin as typed is not either."""
    found = offered("check", "--select", "RTE001,RTE00")
    assert "plain,RTE001,RTE001" not in found
    assert found
    assert all(line.startswith("plain,RTE001,RTE") for line in found)


def test_zsh_and_fish_are_told_what_a_code_means(offered: Offered) -> None:
    """They show it beside the code."""
    zsh = offered("check", "--select", "RTE001", shell="zsh")
    assert zsh[:3] == ["plain", "RTE001", "cosmetic-for-injection"]
    assert "plain,RTE001\tcosmetic-for-injection" in offered("check", "--select", "RTE001", shell="fish")


@pytest.mark.skipif(os.name != "posix" or shutil.which("bash") is None, reason="no bash here")
def test_a_real_bash_completes(tmp_path: Path) -> None:
    """With the script as it is installed, and the program by its name."""
    program = tmp_path / "menulint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m menulint "$@"\n', "utf-8")
    program.chmod(0o755)
    script = (
        'eval "$(_MENULINT_COMPLETE=bash_source menulint)"; COMP_WORDS=(menulint check --select cosmetic-for); '
        'COMP_CWORD=3; _menulint_completion menulint; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.split() == ["cosmetic-for-injection"], done.stderr


def test_no_pack_is_loaded_to_complete() -> None:
    """Nor what takes long to import: a person is waiting."""
    code = (
        "import sys; from menulint.cli import run\n"
        "try: run([])\n"
        "finally: print([m for m in ('spacy', 'yaml', 'numpy') if m in sys.modules])"
    )
    asked = {"_MENULINT_COMPLETE": "bash_complete", "COMP_WORDS": "menulint explain RTE001", "COMP_CWORD": "2"}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **asked}, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.splitlines() == ["file,RTE001", "plain,RTE001", "[]"]


def test_the_names_offered_are_those_of_the_pack(pack: Pack) -> None:
    """Read off the files without their parser, they are the same."""
    assert {(rule.id, rule.name, rule.category) for rule in names.rules()} == {
        (rule.id, rule.name, rule.category) for rule in pack.rules.values()
    }
    assert {code for code, _ in names.places()} == set(pack.jurisdictions)
    assert dict(names.places()) == {code: place.name for code, place in pack.jurisdictions.items()}
    assert set(names.concepts()) == set(pack.concepts)
    assert set(pack.provisions) <= set(names.provisions())
