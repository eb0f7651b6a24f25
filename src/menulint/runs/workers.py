"""Files spread over processes, when there is enough of them to pay for starting those.

A process has its own pack and linters. Reports come in the order of the files, whatever finishes first.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain
from typing import Any, TypeVar

from menulint.runs.garbage import collect_rarely

_AHEAD = 4
T = TypeVar("T")
R = TypeVar("R")
_work: Callable[[Any], Any] | None = None


def start_method() -> str:
    """A process forked from one that runs threads can hang, so it is one that was started afresh."""
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def spread(
    items: Iterable[T], make: Callable[..., Callable[[T], R]], arguments: tuple[Any, ...], jobs: int
) -> Iterator[R]:
    """``make(*arguments)`` is called in each process; what it returns is applied to the items, results in their order.

    If a process is killed, what it and the others had not finished is done here. If the run is broken off (Ctrl-C, nobody
    wants the rest), the processes are ended at once.
    """
    waiting: deque[tuple[T, Future[R]]] = deque()
    source = iter(items)
    context = multiprocessing.get_context(start_method())
    left: list[T] = []
    with ProcessPoolExecutor(jobs, context, start, (make, arguments)) as pool:
        try:
            for item in source:
                left = [item]
                with undisturbed():
                    waiting.append((item, pool.submit(answered, item)))
                left = []
                while len(waiting) > jobs * _AHEAD:
                    yield waiting[0][1].result()
                    waiting.popleft()
            while waiting:
                yield waiting[0][1].result()
                waiting.popleft()
            return
        except BrokenProcessPool:
            left = [*(item for item, _ in waiting), *left]
        except BaseException:
            end(pool)
            raise
    work = make(*arguments)
    yield from map(work, chain(left, source))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Processes started inside never hear Ctrl-C, which a terminal sends to all: it is for the one that started them to say.

    Here it is only put off, not lost.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end(pool: ProcessPoolExecutor) -> None:
    """Let a pool finish nothing more."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in multiprocessing.active_children():
        process.terminate()


def end_with_parent() -> None:
    """Let this process end when the one that started it does, and then only: it would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the parent, which ends this one
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def start(make: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...]) -> None:
    """In a process of its own: make what answers there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be put off
    collect_rarely()
    global _work
    _work = make(*arguments)


def answered(item: Any) -> Any:
    """In a process of its own: what ``make`` made, applied to an item."""
    assert _work is not None
    return _work(item)
