"""How the command line starts and how it ends when something goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

from menulint.cli import COMMANDS
from menulint.finding import FileResult
from menulint.linter import Linter
from menulint.runs import workspace

Menulint = Any


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_every_command_has_help(menulint: Menulint, command: tuple[str, ...]) -> None:
    """And ends well with it."""
    done = menulint(*command, "--help")
    assert (done.code, done.out.startswith("Usage: menulint")) == (0, True)


def test_version(menulint: Menulint) -> None:
    """Name and number."""
    assert menulint("--version").out.startswith("menulint, version 0.")


@pytest.mark.parametrize(
    ("command", "hint"), [("chek", "did you mean check?"), ("menu.md", "to check a file write: menulint check menu.md")]
)
def test_an_unknown_command_ends_with_2(menulint: Menulint, command: str, hint: str) -> None:
    """With what was likely meant."""
    done = menulint(command)
    assert (done.code, hint in done.err) == (2, True)


def raising(error: BaseException) -> Any:
    def results(_: object) -> NoReturn:
        raise error

    return results


def test_an_internal_error_ends_with_4_and_no_bare_traceback(
    menulint: Menulint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message, and how to get the rest."""
    monkeypatch.delenv("MENULINT_DEBUG", raising=False)
    monkeypatch.setattr(workspace.Workspace, "results", raising(ZeroDivisionError("by hand")))
    done = menulint("check", "menu.md", "--jurisdiction", "GB")
    assert done.code == 4
    assert "internal error: ZeroDivisionError: by hand" in done.err
    assert "MENULINT_DEBUG=1" in done.err
    assert "Traceback" not in done.err


def test_a_defect_on_one_page_does_not_hide_the_others(menulint: Menulint, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is an error row, the rest is reported, and the exit code is 4."""
    monkeypatch.delenv("MENULINT_DEBUG", raising=False)
    check_bytes = Linter.check_bytes

    def fails_on_about(linter: Linter, path: str, data: bytes) -> FileResult:
        if path == "about.md":
            raise RecursionError("too deep")
        return check_bytes(linter, path, data)

    monkeypatch.setattr(Linter, "check_bytes", fails_on_about)
    done = menulint("check", ".", "--jurisdiction", "GB", "--format", "json")
    report = json.loads(done.out)
    assert done.code == 4
    assert [(error["path"], error["code"]) for error in report["errors"]] == [("about.md", "internal")]
    assert report["summary"]["error"] == 1
    assert "about.md: internal error: RecursionError: too deep" in done.err


def test_debug_shows_the_traceback(menulint: Menulint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same error."""
    monkeypatch.setenv("MENULINT_DEBUG", "1")
    monkeypatch.setattr(workspace.Workspace, "results", raising(ZeroDivisionError("by hand")))
    done = menulint("check", "menu.md", "--jurisdiction", "GB")
    assert (done.code, "Traceback" in done.err) == (4, True)


def test_an_interrupt_ends_with_130(menulint: Menulint, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a shell expects."""
    monkeypatch.setattr(workspace.Workspace, "results", raising(KeyboardInterrupt()))
    done = menulint("check", "menu.md", "--jurisdiction", "GB")
    assert (done.code, done.err.strip()) == (130, "menulint: interrupted; what was not checked is not reported")


def test_a_closed_pipe_is_no_error_message(site: Path) -> None:
    """``menulint … | head`` says nothing on standard error."""
    process = subprocess.Popen(
        [sys.executable, "-m", "menulint", "extract", "menu.md"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=site,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    error = process.stderr.read().decode()
    process.stderr.close()
    assert (process.wait(60), error) == (141, "")
