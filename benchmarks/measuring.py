"""What a command costs: processor seconds, seconds on the clock, memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_KIB = 1 if sys.platform == "darwin" else 1024
"""What ``ru_maxrss`` counts in."""


class Failed(Exception):
    """A command ended as it should not have."""


@dataclass(frozen=True)
class Cost:
    """Seconds of processor and clock, and the most memory of the largest process in MB (a million bytes).

    Both are those of the command and of the processes it waited for. What starts it must be small itself: on Linux a process
    inherits the peak of the one that started it.
    """

    cpu: float
    wall: float
    peak: float


def cost(command: Sequence[str], *, folder: Path | None = None, allowed: Iterable[int] = (0,)) -> Cost:
    """Run a command to its end; what it prints is dropped.

    Raises:
        Failed: it ended with a code that is not allowed; the last of what it said is in the message.
    """
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    assert process.stderr
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise Failed(f"{' '.join(command)}: exit code {process.returncode}\n{said.decode(errors='replace')[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * _KIB / 1e6)


def progress(what: str) -> None:
    """Say to whoever waits how far it is."""
    print(what, file=sys.stderr, flush=True)


def median(costs: Sequence[Cost]) -> Cost:
    """Each figure's median."""
    rows = [(each.cpu, each.wall, each.peak) for each in costs]
    return Cost(*(statistics.median(column) for column in zip(*rows, strict=True)))
