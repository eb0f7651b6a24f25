"""The engine of a cluster: Ray, where one is at hand. Every node must see the inputs and the store under the same paths.

Work that was lost is told apart by what lost it. A process that ended by itself may have done so because of a page, so that its
unit is tried once more with every record checked in a process of its own. A node that left says nothing of the unit, which is
done again as it was.
"""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import ray
from ray.exceptions import LocalRayletDiedError, NodeDiedError, OutOfMemoryError, RayTaskError, WorkerCrashedError

from menulint.errors import MenulintError
from menulint.runs.garbage import collect_rarely
from menulint.scanning.engine import Progress
from menulint.scanning.isolation import IsolatedChecker
from menulint.scanning.judge import Checker
from menulint.scanning.plan import Unit
from menulint.scanning.store import Store
from menulint.scanning.unit import About, Mark, Spec, put_aside, scan_unit
from menulint.version import __version__

MOST_LOST = 10
"""How many nodes may leave while they are at the same unit until the run is given up."""

_AHEAD = 2
"""Units in the cluster's queue for each of its processors."""
_POLL_SECONDS = 1.0
_OBJECTS = 100 * 1024 * 1024
"""Memory for what tasks hand on, in bytes: a few kilobytes here, where Ray would take a third of the machine's."""


@dataclass(frozen=True)
class RayEngine:
    """See ``Engine``; on the cluster that runs already (RAY_ADDRESS) or else on one of this machine alone.

    ``jobs``: processors of that machine, or how many units the cluster is at; None for all there are.
    """

    jobs: int | None = None

    def run(
        self, units: Iterable[Unit], spec: Spec, store: Store, tell: Callable[[Progress], None]
    ) -> Iterator[tuple[Unit, About]]:
        """See ``Engine.run``.

        Raises:
            MenulintError: nodes have another version, or leave again and again.
        """
        begun = not ray.is_initialized()
        if begun:
            _connect(self.jobs)
        try:
            yield from _run(iter(units), _Given(spec, store, os.getcwd(), __version__), self.jobs, tell)
        finally:
            if begun:
                ray.shutdown()


def _connect(jobs: int | None) -> None:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # Ray would tell its makers; no scan opens a connection to anybody
    own: dict[str, Any] = {"num_cpus": jobs, "include_dashboard": False, "object_store_memory": _OBJECTS}
    ray.init(log_to_driver=False, configure_logging=False, **({} if os.environ.get("RAY_ADDRESS") else own))


@dataclass(frozen=True, slots=True)
class _Given:
    """What every process of the cluster needs; inputs and store may be named from ``folder`` on."""

    spec: Spec
    store: Store
    folder: str
    version: str


@dataclass(frozen=True, slots=True)
class _Task:
    """A unit that the cluster is at; ``lost``: how many nodes left meanwhile."""

    unit: Unit
    isolated: bool = False
    lost: int = 0


def _run(
    left: Iterator[Unit], given: _Given, jobs: int | None, tell: Callable[[Progress], None]
) -> Iterator[tuple[Unit, About]]:
    work, shared = ray.remote(max_retries=0)(_scan), ray.put(given)
    running: dict[Any, _Task] = {}

    def submit(task: _Task) -> None:
        running[work.remote(task.unit, shared, task.isolated)] = task

    while True:
        most = _at_once(jobs)
        while len(running) < most and (unit := next(left, None)):
            submit(_Task(unit))
        if not running:
            return
        done, _ = ray.wait(list(running), num_returns=1, timeout=_POLL_SECONDS)
        tell(Progress(0, 0))
        for reference in done:
            task = running.pop(reference)
            outcome = _outcome(reference, task, given.store)
            if isinstance(outcome, _Task):
                submit(outcome)
            else:
                yield task.unit, outcome


def _at_once(jobs: int | None) -> int:
    """How many units to hand out. Nodes come and go, so that it is asked anew each time."""
    cluster: Any = ray
    return jobs or _AHEAD * max(1, int(cluster.cluster_resources().get("CPU", 1)))


def _outcome(reference: Any, task: _Task, store: Store) -> About | _Task:
    """What is said of a unit that is done, or how it is to be tried again."""
    try:
        about: About = ray.get(reference)
    except (WorkerCrashedError, OutOfMemoryError):
        return put_aside(task.unit, store) if task.isolated else replace(task, isolated=True)
    except (NodeDiedError, LocalRayletDiedError):
        if task.lost == MOST_LOST:
            said = f"{MOST_LOST + 1} nodes left the cluster while they were at it; the same command goes on from here"
            raise MenulintError(f"{task.unit.files[0]}: {said}") from None
        return replace(task, lost=task.lost + 1)
    except RayTaskError as error:
        raise error.cause if isinstance(error.cause, MenulintError) else error from None
    return about


_ready: tuple[Spec, Checker] | None = None


def _scan(unit: Unit, given: _Given, isolated: bool) -> About:
    """In a process of the cluster, which keeps the checker for the next unit."""
    global _ready
    spec, store = given.spec, given.store
    if given.version != __version__:
        raise MenulintError(
            f"a node has menulint {__version__}, the scan was begun with {given.version}; install one version on all nodes"
        )
    os.chdir(given.folder)
    if isolated:
        checker = IsolatedChecker(spec)
        try:
            return scan_unit(unit, spec, checker, store, _unmarked)
        finally:
            checker.close()
    if _ready is None or _ready[0] != spec:
        collect_rarely()
        _ready = spec, spec.make(spec)
    try:
        return scan_unit(unit, spec, _ready[1], store, _watched(spec))
    finally:
        faulthandler.cancel_dump_traceback_later()


def _watched(spec: Spec) -> Mark:
    """Ends this process when it is at one record for much longer than it may: it cannot be told otherwise."""
    if not spec.time_limit:
        return _unmarked

    def mark(_: int, __: int) -> None:
        faulthandler.dump_traceback_later(spec.time_limit + spec.grace, exit=True)

    return mark


def _unmarked(_: int, __: int) -> None:
    """Ray tells nothing of what is not done."""
