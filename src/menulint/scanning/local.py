"""The engine of one machine: worker processes, each started anew when it is killed.

A slot is an executor with a single process, so that it is known which unit a killed process was at. That unit is tried once
more with every record checked in a process of its own; if reading it kills again, it is put aside and said to be broken.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from typing import Any

from menulint.errors import MenulintError
from menulint.runs.garbage import collect_rarely
from menulint.runs.workers import end_with_parent, start_method
from menulint.scanning.engine import Progress
from menulint.scanning.isolation import IsolatedChecker
from menulint.scanning.judge import Checker
from menulint.scanning.plan import Unit
from menulint.scanning.store import Store
from menulint.scanning.unit import About, Spec, put_aside, scan_unit

_POLL_SECONDS = 0.5
_STARTS = 3
"""How often a process is started that ends before it has begun: killed once, or not able to begin at all."""
_RECORDS, _BYTES, _PROCESS = range(3)


@dataclass(frozen=True)
class LocalEngine:
    """See ``Engine``; ``jobs`` processes."""

    jobs: int

    def run(
        self, units: Iterable[Unit], spec: Spec, store: Store, tell: Callable[[Progress], None]
    ) -> Iterator[tuple[Unit, About]]:
        """See ``Engine.run``."""
        left = iter(units)
        slots: list[_Slot] = []
        try:
            for unit in left:
                slots.append(_Slot(spec, store, unit))
                if len(slots) == self.jobs:
                    break
            busy = list(slots)
            while busy:
                wait([slot.future for slot in busy], _POLL_SECONDS, FIRST_COMPLETED)
                for slot in busy:
                    unit = slot.unit
                    if (about := slot.outcome()) is not None:
                        yield unit, about
                        slot.take(next(left, None))
                busy = [slot for slot in busy if not slot.idle]
                tell(Progress(sum(slot.mark[_RECORDS] for slot in busy), sum(slot.mark[_BYTES] for slot in busy)))
        finally:
            for slot in slots:
                slot.close()


@dataclass
class _Slot:
    """A worker process and what it is at. ``mark`` is shared with it: what it has read of its unit, and its process."""

    spec: Spec
    store: Store
    unit: Unit
    idle: bool = False
    context: BaseContext = field(default_factory=lambda: multiprocessing.get_context(start_method()))

    def __post_init__(self) -> None:
        self.mark = self.context.Array("q", 3, lock=False)
        self._failed = 0
        self._pool = self._start()
        self.take(self.unit)

    def take(self, unit: Unit | None) -> None:
        """Begin with a unit, or with none."""
        self.idle = unit is None
        if unit:
            self.unit, self._killed = unit, False
            self._submit()

    def outcome(self) -> About | None:
        """What is said of the unit once it is done; None as long as it is not."""
        if not self.future.done():
            self._end_if_stuck()
            return None
        try:
            return self.future.result()
        except BrokenProcessPool:
            begun = self.mark[_PROCESS] != 0
            self._pool.shutdown()
            self._failed = 0 if begun else self._failed + 1
            if self._failed == _STARTS:
                raise MenulintError(
                    f"a worker process of the scan ended {_STARTS} times before it had begun; see above for why"
                ) from None
            self._pool = self._start()
        if not begun:
            self._submit()
            return None
        if self._killed:
            return put_aside(self.unit, self.store)
        self._killed = True
        self._submit()
        return None

    def close(self) -> None:
        """End the process, whatever it is at."""
        if not self.idle and self.mark[_PROCESS]:
            self._kill()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self) -> None:
        self.mark[_RECORDS] = self.mark[_BYTES] = 0
        self._seen, self._since = -1, time.monotonic()
        self.future: Future[About] = self._pool.submit(_scan, self.unit, self._killed)

    def _start(self) -> ProcessPoolExecutor:
        self.mark[_PROCESS] = 0
        return ProcessPoolExecutor(1, self.context, _begin, (self.spec, self.store, self.mark))

    def _end_if_stuck(self) -> None:
        """Kill a process that has been at one record for much longer than it may: it cannot be told otherwise."""
        limit = self.spec.time_limit
        if self._killed or not limit or not self.mark[_PROCESS]:
            return
        if self._seen != self.mark[_RECORDS]:
            self._seen, self._since = self.mark[_RECORDS], time.monotonic()
        elif time.monotonic() - self._since > limit + self.spec.grace:
            self._kill()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.kill(self.mark[_PROCESS], getattr(signal, "SIGKILL", signal.SIGTERM))


@dataclass
class _Worker:
    """What a worker process has ready."""

    spec: Spec
    store: Store
    mark: Any
    checker: Checker


_worker: _Worker | None = None


def _begin(spec: Spec, store: Store, mark: Any) -> None:
    collect_rarely()
    global _worker
    end_with_parent()
    _worker = _Worker(spec, store, mark, spec.make(spec))
    mark[_PROCESS] = os.getpid()


def _scan(unit: Unit, isolated: bool) -> About:
    assert _worker
    own = _worker

    def mark(records: int, read: int) -> None:
        own.mark[_RECORDS], own.mark[_BYTES] = records, read

    if not isolated:
        return scan_unit(unit, own.spec, own.checker, own.store, mark)
    checker = IsolatedChecker(own.spec)
    try:
        return scan_unit(unit, own.spec, checker, own.store, mark)
    finally:
        checker.close()
