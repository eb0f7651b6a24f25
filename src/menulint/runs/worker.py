"""One process that answers questions for as long as a server runs, so that no page can hold the server up or end it.

A question that takes too long ends the process, whatever it is at: also where no timer signal reaches it.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

from menulint.runs.limit import TooSlow
from menulint.runs.workers import answered, end, start, start_method, undisturbed

T = TypeVar("T")
R = TypeVar("R")


class WorkerDied(Exception):
    """The process ended over a question: killed, or out of memory. The next question has a new one."""


class Worker(Generic[T, R]):
    """Answers one question at a time, with ``make(*arguments)`` called once in a process of its own.

    Calls from several threads wait for one another.
    """

    def __init__(self, make: Callable[..., Callable[[T], R]], arguments: tuple[Any, ...]) -> None:
        self._make, self._arguments = make, arguments
        self._pool: ProcessPoolExecutor | None = None
        self._one_at_a_time = threading.Lock()

    def ask(self, question: T, seconds: float) -> R:
        """The answer; ``seconds`` is how long it may take, 0 for as long as it does.

        Raises:
            TooSlow: it took longer.
            WorkerDied: the process ended over it.
            Exception: what answering raised.
        """
        with self._one_at_a_time:
            with undisturbed():
                self._pool = pool = self._pool or self._started()
                future = pool.submit(answered, question)
            try:
                answer: R = future.result(seconds or None)
                return answer
            except BrokenProcessPool:
                self._pool = None
                raise WorkerDied from None
            except TimeoutError:
                if future.done():
                    raise
                self.close()
                raise TooSlow from None

    def close(self) -> None:
        """End the process, whatever it is at."""
        pool, self._pool = self._pool, None
        if pool:
            end(pool)

    def _started(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(start_method())
        return ProcessPoolExecutor(1, context, start, (self._make, self._arguments))
