"""Files spread over processes: the same report, in the same order, whatever happens to a process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from menulint.linter import Linter
from menulint.runs import workers, workspace
from menulint.runs.jobs import PAYS_FROM_BYTES, workers_for
from menulint.runs.limit import TooSlow, limited
from menulint.runs.workers import spread

Menulint = Any


def _doubling(folder: str) -> Callable[[int], int]:
    def double(number: int) -> int:
        time.sleep(0.01 * (number % 3))
        if number == 5 and folder and not Path(folder, "killed").exists():
            Path(folder, "killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number * 2

    return double


def test_results_come_in_the_order_of_the_files() -> None:
    """Whatever finishes first."""
    assert list(spread(range(30), _doubling, ("",), 2)) == [n * 2 for n in range(30)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_nothing_is_lost_when_a_process_is_killed(tmp_path: Path) -> None:
    """What it had not finished is done by the process that started it."""
    assert list(spread(range(30), _doubling, (str(tmp_path),), 2)) == [n * 2 for n in range(30)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the small pack of these tests is only known to a forked process")
def test_two_processes_say_what_one_says(menulint: Menulint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte."""
    monkeypatch.setattr(workers, "start_method", lambda: "fork")
    options = ("check", "--format", "json", "--jurisdiction", "GB", "--no-cache")
    one = menulint(*options, "--jobs", "1")
    two = menulint(*options, "--jobs", "2")
    assert one.out == two.out
    assert '"rule": "RTE001"' in two.out


def test_few_files_are_not_spread() -> None:
    """Starting a process costs more than a page does."""
    assert workers_for(None, PAYS_FROM_BYTES - 1) == 1
    assert workers_for(3, 10) == 3


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer here")
def test_a_file_that_takes_too_long_is_an_error_of_its_own(
    menulint: Menulint, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are still checked."""
    check = Linter.check_bytes

    def slow(self: Linter, path: str, data: bytes, *, format: str | None = None) -> Any:
        while path == "about.md":
            time.sleep(0.01)
        return check(self, path, data, format=format)

    monkeypatch.setattr(Linter, "check_bytes", slow)
    monkeypatch.setattr(workspace, "SECONDS", 0.5)
    done = menulint("check", "--jurisdiction", "GB", "--quiet", "--no-cache")
    assert done.code == 3
    assert "menu.md:3" in done.out
    assert "about.md: not read: it took more than 0.5 seconds" in done.out


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer here")
def test_the_limit_ends_with_what_it_was_set_for() -> None:
    """No alarm rings later."""
    with pytest.raises(TooSlow), limited(0.05):
        time.sleep(5)
    with limited(0.05):
        pass
    time.sleep(0.1)
