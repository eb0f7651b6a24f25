"""What an engine is: something that has units scanned, wherever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from menulint.scanning.plan import Unit
from menulint.scanning.store import Store
from menulint.scanning.unit import About, Spec


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the units at work are: records and bytes of those not finished yet."""

    records: int
    bytes: int


class Engine(Protocol):
    """Has units scanned into a store."""

    def run(
        self, units: Iterable[Unit], spec: Spec, store: Store, tell: Callable[[Progress], None]
    ) -> Iterator[tuple[Unit, About]]:
        """Every unit, in whatever order they are done, with what is said of it.

        A unit is taken from ``units`` only when there is a worker for it. ``tell`` is called now and then.
        """
        ...
