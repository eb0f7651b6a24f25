"""The engine of one machine: worker processes, each started anew when it is killed.

A slot is an executor with a single process, so that it is known which unit a killed process was at.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from typing import Any

from menulint.runs.workers import start_method
from menulint.scanning.engine import Progress
from menulint.scanning.judge import Checker
from menulint.scanning.plan import Unit
from menulint.scanning.store import Store
from menulint.scanning.unit import About, Spec, scan_unit

_POLL_SECONDS = 0.5


@dataclass(frozen=True)
class LocalEngine:
    """See ``Engine``; ``jobs`` processes."""

    jobs: int

    def run(
        self, units: Iterable[Unit], spec: Spec, store: Store, tell: Callable[[Progress], None]
    ) -> Iterator[tuple[Unit, About]]:
        """See ``Engine.run``."""
        left = iter(units)
        context = multiprocessing.get_context(start_method())
        slots = [_Slot(context, spec, store) for _ in range(self.jobs)]
        try:
            busy = [slot for slot in slots if slot.take(left)]
            while busy:
                wait([slot.future for slot in busy], _POLL_SECONDS, FIRST_COMPLETED)
                for slot in busy:
                    if slot.unit and slot.future.done():
                        yield slot.unit, slot.future.result()
                        slot.take(left)
                busy = [slot for slot in busy if slot.unit]
                tell(Progress(sum(slot.mark[0] for slot in busy), sum(slot.mark[1] for slot in busy)))
        finally:
            for slot in slots:
                slot.close()


@dataclass
class _Slot:
    """A worker process and what it is at. ``mark`` is shared with it: records and bytes it has read of its unit."""

    context: BaseContext
    spec: Spec
    store: Store
    mark: Any = field(init=False)
    unit: Unit | None = None
    future: Future[About] = field(default_factory=Future)

    def __post_init__(self) -> None:
        self.mark = self.context.Array("q", 2, lock=False)
        self._pool = self._start()

    def take(self, left: Iterator[Unit]) -> bool:
        """Begin with the next unit, if there is one."""
        self.unit = next(left, None)
        self.mark[:] = (0, 0)
        if self.unit:
            self.future = self._pool.submit(_scan, self.unit)
        return self.unit is not None

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, self.context, _begin, (self.spec, self.store, self.mark))


@dataclass
class _Worker:
    """What a worker process has ready."""

    spec: Spec
    store: Store
    mark: Any
    checker: Checker


_worker: _Worker | None = None


def _begin(spec: Spec, store: Store, mark: Any) -> None:
    global _worker
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = _Worker(spec, store, mark, spec.make(spec))


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _scan(unit: Unit) -> About:
    assert _worker
    own = _worker

    def mark(records: int, read: int) -> None:
        own.mark[0], own.mark[1] = records, read

    return scan_unit(unit, own.spec, own.checker, own.store, mark)
