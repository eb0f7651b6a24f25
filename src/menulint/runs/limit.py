"""An end to how long one file may take, so that a page made to be slow does not hold up the others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 120.0
"""How long one file may take: about a hundred times what the largest page of an ordinary site does."""


class TooSlow(Exception):
    """A file took longer than it may."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """End what runs inside after so many seconds with ``TooSlow``; 0 sets no limit.

    It needs a timer signal, which there is on POSIX systems and in the main thread only; elsewhere there is no limit.
    """
    usable = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not usable or seconds <= 0:
        yield
        return

    def ring(signum: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
