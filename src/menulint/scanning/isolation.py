"""A checker in a process of its own: what kills it costs one record, and not the unit."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from menulint.runs.workers import end_with_parent
from menulint.scanning.judge import Judged, broken
from menulint.scanning.record import Broken, Record
from menulint.scanning.unit import Spec

TRIES = 2
START_SECONDS = 300.0
"""How long a process may take to have the pack ready."""


class IsolatedChecker:
    """See ``Checker``. A record that kills the process twice, or holds it up, is said to be broken."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._pool: ProcessPoolExecutor | None = None
        self._process = 0

    def check(self, record: Record) -> Judged | Broken:
        """See ``Checker.check``."""
        for _ in range(TRIES):
            try:
                pool = self._ready()
                return self._answer(pool.submit(_check, record), record)
            except BrokenProcessPool:
                self.close()
        return broken(record, "killed", f"the process that checked it was killed {TRIES} times; it was left out")

    def close(self) -> None:
        """End the process."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None

    def _ready(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, _begin, (self._spec,))
            self._process = self._pool.submit(os.getpid).result(START_SECONDS)
        return self._pool

    def _answer(self, future: Future[Judged | Broken], record: Record) -> Judged | Broken:
        limit = self._spec.time_limit
        try:
            return future.result(limit + self._spec.grace if limit else None)
        except TimeoutError:
            os.kill(self._process, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
            self.close()
            return broken(record, "too-slow", f"it took more than {limit:g} seconds, and could not be interrupted")


_checker: Any = None


def _begin(spec: Spec) -> None:
    global _checker
    end_with_parent()
    _checker = spec.make(spec)


def _check(record: Record) -> Judged | Broken:
    answer: Judged | Broken = _checker.check(record)
    return answer
