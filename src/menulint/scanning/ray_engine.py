"""The engine of a cluster: Ray, where one is at hand. Every node must see the inputs and the store under the same paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import ray
from ray.exceptions import WorkerCrashedError

from menulint.scanning.engine import Progress
from menulint.scanning.isolation import IsolatedChecker
from menulint.scanning.judge import Checker
from menulint.scanning.plan import Unit
from menulint.scanning.store import Store
from menulint.scanning.unit import About, Spec, put_aside, scan_unit

_AHEAD = 2
"""Units in the cluster's queue for each of its processors."""
_POLL_SECONDS = 1.0


@dataclass(frozen=True)
class RayEngine:
    """See ``Engine``; ``jobs`` processors of a cluster of this machine, or all of one that runs already (RAY_ADDRESS)."""

    jobs: int | None = None

    def run(
        self, units: Iterable[Unit], spec: Spec, store: Store, tell: Callable[[Progress], None]
    ) -> Iterator[tuple[Unit, About]]:
        """See ``Engine.run``."""
        begun = not ray.is_initialized()
        if begun:
            ray.init(num_cpus=self.jobs, include_dashboard=False, log_to_driver=False, configure_logging=False)
        try:
            yield from _run(iter(units), spec, store, tell)
        finally:
            if begun:
                ray.shutdown()


def _run(
    left: Iterator[Unit], spec: Spec, store: Store, tell: Callable[[Progress], None]
) -> Iterator[tuple[Unit, About]]:
    cluster: Any = ray
    most = _AHEAD * max(1, int(cluster.cluster_resources().get("CPU", 1)))
    work, given = ray.remote(max_retries=0)(_scan), ray.put((spec, store))
    running: dict[Any, tuple[Unit, bool]] = {}

    def submit(unit: Unit, isolated: bool) -> None:
        running[work.remote(unit, given, isolated)] = unit, isolated

    while True:
        while len(running) < most and (unit := next(left, None)):
            submit(unit, False)
        if not running:
            return
        done, _ = ray.wait(list(running), num_returns=1, timeout=_POLL_SECONDS)
        tell(Progress(0, 0))
        for reference in done:
            unit, isolated = running.pop(reference)
            try:
                yield unit, ray.get(reference)
            except WorkerCrashedError:
                if isolated:
                    yield unit, put_aside(unit, store)
                else:
                    submit(unit, True)


_ready: tuple[Spec, Checker] | None = None


def _scan(unit: Unit, given: tuple[Spec, Store], isolated: bool) -> About:
    """In a process of the cluster, which keeps the checker for the next unit."""
    global _ready
    spec, store = given
    if isolated:
        checker = IsolatedChecker(spec)
        try:
            return scan_unit(unit, spec, checker, store, _unmarked)
        finally:
            checker.close()
    if _ready is None or _ready[0] != spec:
        _ready = spec, spec.make(spec)
    return scan_unit(unit, spec, _ready[1], store, _unmarked)


def _unmarked(_: int, __: int) -> None:
    """Ray tells nothing of what is not done."""
