"""A scan from its inputs to a finished store; a broken one is taken up where it stopped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

from menulint.errors import UsageError
from menulint.pack.model import Pack
from menulint.scanning import plan
from menulint.scanning.engine import Engine, Progress
from menulint.scanning.plan import Unit
from menulint.scanning.schema import VERSION
from menulint.scanning.store import Store
from menulint.scanning.summary import summarise, vote
from menulint.scanning.unit import About, Spec
from menulint.version import __version__

RUNNING, COMPLETE = "running", "complete"


@dataclass
class Totals:
    """What a scan came to, over all its units.

    ``by_host`` are pages judged by the law of their host, ``duplicates`` those whose payload came before in their unit;
    ``unread`` are inputs that could not be read to their end. ``archives`` are the inputs that are no folders of pages, with
    their digests.
    """

    units: int = 0
    files: int = 0
    bytes: int = 0
    records: int = 0
    pages: int = 0
    duplicates: int = 0
    unread: int = 0
    by_host: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    archives: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, about: About) -> None:
        """One more unit."""
        self.units += 1
        for name in ("files", "bytes", "records", "pages", "duplicates", "unread", "by_host"):
            setattr(self, name, getattr(self, name) + about[name])
        for name in ("findings", "passed_over", "errors"):
            getattr(self, name).update(about[name])
        if "sha256" in about:
            archive = {"path": about["first"], "bytes": about["bytes"], "sha256": about["sha256"]}
            self.archives[about["unit"]] = archive

    def values(self) -> dict[str, Any]:
        """As the manifest shows it."""
        counters = ("findings", "passed_over", "errors")
        plain = {name: value for name, value in vars(self).items() if name not in (*counters, "archives")}
        return {**plain, **{name: dict(sorted(getattr(self, name).items())) for name in counters}}


@dataclass(frozen=True)
class Scan:
    """A scan that can be run, and run again until it is done."""

    paths: tuple[str, ...]
    store: Store
    spec: Spec
    pack: Pack

    @cached_property
    def inputs(self) -> list[plan.Input]:
        """The inputs, looked over. See ``plan.survey``."""
        return plan.survey(self.paths, self.store.folder)

    def run(self, engine: Engine, tell: Callable[[Totals, Progress], None]) -> Totals:
        """Scan what is not scanned yet.

        Raises:
            UsageError: the folder holds no store, or one of other inputs, options, law or versions.
        """
        head = self._head(self.inputs)
        self._agree(head)
        self.store.write_manifest({**head, "state": RUNNING})
        self.store.prepare()
        totals = Totals()
        left = self._left(totals)
        for _, about in engine.run(left, self.spec, self.store, lambda progress: tell(totals, progress)):
            totals.add(about)
            tell(totals, Progress(0, 0))
        if "auto" in self.spec.options.jurisdiction and (waiting := vote(self.store)):
            totals = self._again(waiting, engine, totals, tell)
        self.store.tidy()
        summarise(self.store)
        archives = [totals.archives[unit] for unit in sorted(totals.archives)]
        self.store.write_manifest({**head, "state": COMPLETE, "archives": archives, "totals": totals.values()})
        return totals

    def _again(
        self, waiting: Collection[str], engine: Engine, totals: Totals, tell: Callable[[Totals, Progress], None]
    ) -> Totals:
        """Have pages that say nothing of whose law they are under judged by that of their host. See ``again``."""
        units = (replace(unit, again=True) for unit in self._units() if unit.id in waiting)
        for _ in engine.run(units, self.spec, self.store, lambda _: tell(totals, Progress(0, 0))):
            tell(totals, Progress(0, 0))
        made = Totals()
        for about in filter(None, (self.store.done(unit.id) for unit in self._units())):
            made.add(about)
        return made

    def _units(self) -> Iterator[Unit]:
        return plan.units(self.paths, self.store.folder)

    def _left(self, totals: Totals) -> Iterator[Unit]:
        for unit in self._units():
            if about := self.store.done(unit.id):
                totals.add(about)
            else:
                yield unit

    def _head(self, inputs: Sequence[plan.Input]) -> dict[str, Any]:
        from importlib.metadata import version  # 20 ms that a list of all commands does not need

        options = {**asdict(self.spec.options), "as_of": self.spec.as_of.isoformat() if self.spec.as_of else None}
        options["undated_as_of"] = self.spec.options.as_of.isoformat()
        return {
            "schema": VERSION,
            "menulint": __version__,
            "pack": {
                "version": self.pack.version,
                "sha256": self.pack.sha256,
                "added": list(self.spec.packs),
                "rules": sorted(self.pack.rules),
            },
            "libraries": {
                name: version(name) for name in ("duckdb", "fastwarc", "publicsuffixlist", "pyarrow", "rensa")
            },
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
    return json.loads(json.dumps(value, default=str))
