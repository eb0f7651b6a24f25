"""How far a run over many files is, for a person who waits at a terminal.

A bar on standard error, and only there: it is gone when the run is done, nothing of it goes into a file, a pipe or the log of
a build server.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import click

T = TypeVar("T")
_PATIENCE = 0.7
"""Seconds before a bar appears: a short run needs none."""
_FEWEST = 3
_WIPE = "\r\x1b[2K\x1b[?25h"
"""Empties the line, and shows the cursor that the bar hides."""


def watched(results: Iterable[T], total: Callable[[], int], *, quiet: bool = False) -> Iterator[T]:
    """The results as they come, with a bar while the next one is awaited; ``total`` is asked for only if there is one.

    The bar is wiped before a result is handed on: whoever takes it may write to the same terminal.
    """
    length = 0 if quiet or not is_wanted() else total()
    if length < _FEWEST:
        yield from results
        return
    bar = None
    try:
        for result in results:
            wipe()
            yield result
            if bar is None:  # what comes before the first result is no measure of how long the others take
                bar, begun, done = _bar(length), time.monotonic(), 0
            done += 1
            if time.monotonic() - begun > _PATIENCE:
                bar.update(done)
                done = 0
    finally:
        wipe()


def _bar(length: int) -> Any:
    return click.progressbar(length=length, label="checked", show_pos=True, file=sys.stderr)


def wipe() -> None:
    """Empty the line of the bar."""
    click.echo(_WIPE, nl=False, err=True, color=True)


def is_wanted() -> bool:
    """Whether a person watches: standard error is a terminal, and what shares it is no pager at the end of a pipe."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false") or os.environ.get("TERM") == "dumb":
        return False
    try:
        return sys.stderr.isatty() and not stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except (AttributeError, OSError, ValueError):  # no streams at all, or some that are no files
        return False
