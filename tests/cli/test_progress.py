"""The bar of a long run: for a person at a terminal, and for nobody else."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from menulint.cli import _progress
from menulint.cli._progress import watched

Menulint = Any
pty = pytest.importorskip("pty", reason="no pseudo terminals here")
WIPED = "\r\x1b[2K\x1b[?25h"


class Terminal:
    """A pseudo terminal as standard error, from ``attach`` on, and what came out of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, output: io.TextIOBase) -> None:
        self._master, slave = pty.openpty()
        self.stream = os.fdopen(slave, "w")
        self._monkeypatch, self._output = monkeypatch, output

    def attach(self) -> None:
        """Put it in place; only a test itself can, for pytest sets its own streams after the fixtures."""
        self._monkeypatch.setattr(sys, "stderr", self.stream)
        self._monkeypatch.setattr(sys, "stdout", self._output)

    def text(self) -> str:
        """All that was written to it."""
        self.stream.close()
        said = b""
        while True:
            try:
                part = os.read(self._master, 65536)
            except OSError:
                break
            if not part:
                break
            said += part
        os.close(self._master)
        return said.decode()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Terminal]:
    """Standard output goes into a file."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(_progress, "_PATIENCE", 0)
    with (tmp_path / "out").open("w") as out:
        yield Terminal(monkeypatch, out)


def run(count: int, **options: Any) -> list[int]:
    return list(watched(iter(range(count)), lambda: count, **options))


def test_a_terminal_sees_how_far_the_run_is_and_then_nothing(terminal: Terminal) -> None:
    """Done and total; at the end the line is empty and the cursor back."""
    terminal.attach()
    assert run(4) == [0, 1, 2, 3]
    said = terminal.text()
    assert "checked" in said
    assert "3/4" in said
    assert said.endswith(WIPED)


def test_the_line_is_wiped_before_a_result_is_handed_on(terminal: Terminal) -> None:
    """Whoever takes it may write to the same terminal."""
    terminal.attach()
    for number in watched(iter(range(4)), lambda: 4):
        terminal.stream.write(f"<result {number}>")
    said = terminal.text()
    for number in range(4):
        assert said[: said.index(f"<result {number}>")].endswith(WIPED)


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb")])
def test_nobody_watches_a_build_server(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Even if it gives the run a terminal."""
    terminal.attach()
    monkeypatch.setenv(name, value)
    assert run(4) == [0, 1, 2, 3]
    assert terminal.text() == ""


def test_a_pager_at_the_end_of_a_pipe_is_not_drawn_over(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """It shares the terminal."""
    terminal.attach()
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as pipe, os.fdopen(reading):
        monkeypatch.setattr(sys, "stdout", pipe)
        run(4)
    assert terminal.text() == ""


@pytest.mark.parametrize(("count", "options"), [(4, {"quiet": True}), (2, {})])
def test_a_quiet_or_short_run_has_no_bar(terminal: Terminal, count: int, options: dict[str, Any]) -> None:
    """And is not counted beforehand."""
    terminal.attach()
    run(count, **options)
    assert terminal.text() == ""


def test_without_a_terminal_nothing_is_counted() -> None:
    """A run in a pipe does not walk the folders twice."""

    def counted() -> int:
        raise AssertionError

    assert list(watched(iter(range(9)), counted)) == list(range(9))


@pytest.mark.parametrize(
    "command",
    [
        ("check", ".", "--jurisdiction", "GB"),
        ("mentions", "."),
        ("substantiation", "."),
        ("baseline", "create", "--reason", "x"),
    ],
)
def test_commands_over_many_files_have_it(
    menulint: Menulint, terminal: Terminal, site: Path, command: tuple[str, ...]
) -> None:
    """Files done and files there are: the three pages of the site."""
    terminal.attach()
    menulint(*command)
    assert "3/3" in terminal.text()


SLOW = """
import sys, time
from menulint.runs.workers import spread

def waiting():
    return wait

def wait(number):
    time.sleep(number and 60)
    return number

if __name__ == "__main__":
    for number in spread(range(40), waiting, (), 2):
        print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupt_ends_all_processes_at_once(tmp_path: Path) -> None:
    """As Ctrl-C sends it, to the whole group; the processes that were working say nothing."""
    (tmp_path / "slow.py").write_text(SLOW, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "slow.py"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"
    os.killpg(process.pid, 2)
    _, error = process.communicate(timeout=30)
    assert error.count("KeyboardInterrupt") == 1
    assert "Process" not in error
    wait_for(lambda: not group_is_alive(process.pid))


def group_is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it holds; ten seconds are too long."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
