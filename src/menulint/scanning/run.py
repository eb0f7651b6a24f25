"""A scan from its inputs to a finished store; a broken one is taken up where it stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow as pa

from menulint.errors import UsageError
from menulint.pack.model import Pack
from menulint.scanning import plan
from menulint.scanning.engine import Engine, Progress
from menulint.scanning.plan import Unit
from menulint.scanning.schema import VERSION
from menulint.scanning.store import Store
from menulint.scanning.unit import About, Spec
from menulint.version import __version__

RUNNING, COMPLETE = "running", "complete"


@dataclass
class Totals:
    """What a scan came to, over all its units."""

    units: int = 0
    files: int = 0
    bytes: int = 0
    records: int = 0
    pages: int = 0
    duplicates: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, about: About) -> None:
        """One more unit."""
        self.units += 1
        for name in ("files", "bytes", "records", "pages", "duplicates"):
            setattr(self, name, getattr(self, name) + about[name])
        for name in ("findings", "passed_over", "errors"):
            getattr(self, name).update(about[name])

    def values(self) -> dict[str, Any]:
        """As the manifest shows it."""
        counters = ("findings", "passed_over", "errors")
        plain = {name: value for name, value in vars(self).items() if name not in counters}
        return {**plain, **{name: dict(sorted(getattr(self, name).items())) for name in counters}}


@dataclass(frozen=True)
class Scan:
    """A scan that can be run, and run again until it is done."""

    paths: tuple[str, ...]
    store: Store
    spec: Spec
    pack: Pack

    def inputs(self) -> list[plan.Input]:
        """The inputs, looked over. See ``plan.survey``."""
        return plan.survey(self.paths, self.store.folder)

    def run(self, engine: Engine, tell: Callable[[Totals, Progress], None]) -> Totals:
        """Scan what is not scanned yet.

        Raises:
            UsageError: the folder holds no store, or one of other inputs, options, law or versions.
        """
        head = self._head(self.inputs())
        self._agree(head)
        self.store.write_manifest({**head, "state": RUNNING})
        self.store.prepare()
        totals = Totals()
        left = self._left(totals)
        for _, about in engine.run(left, self.spec, self.store, lambda progress: tell(totals, progress)):
            totals.add(about)
            tell(totals, Progress(0, 0))
        self.store.write_manifest({**head, "state": COMPLETE, "totals": totals.values()})
        return totals

    def _left(self, totals: Totals) -> Iterator[Unit]:
        for unit in plan.units(self.paths, self.store.folder):
            if about := self.store.done(unit.id):
                totals.add(about)
            else:
                yield unit

    def _head(self, inputs: Sequence[plan.Input]) -> dict[str, Any]:
        options = {**asdict(self.spec.options), "as_of": self.spec.as_of.isoformat() if self.spec.as_of else None}
        options["undated_as_of"] = self.spec.options.as_of.isoformat()
        return {
            "schema": VERSION,
            "menulint": __version__,
            "pack": {"version": self.pack.version, "sha256": self.pack.sha256, "added": list(self.spec.packs)},
            "libraries": {"pyarrow": pa.__version__},
            "options": options,
            "limits": {"bytes": self.spec.max_bytes, "seconds": self.spec.time_limit},
            "inputs": [asdict(found) for found in inputs],
        }

    def _agree(self, head: dict[str, Any]) -> None:
        """Refuse to mix what was judged in different ways."""
        known = self.store.manifest()
        if known is None:
            return
        for part, now in head.items():
            if known.get(part) != _plain(now):
                raise UsageError(
                    f"{self.store.folder}: was begun with other {part}: {known.get(part)!r}, now {now!r}; "
                    "name a new folder with -o, or repeat the first command to finish this one"
                )


def _plain(value: Any) -> Any:
    """``value`` as it comes back from JSON."""
    import json

    return json.loads(json.dumps(value, default=str))
