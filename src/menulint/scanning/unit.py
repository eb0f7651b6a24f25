"""One unit from its records to its files in the store: the work that every engine spreads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.runs.limit import SECONDS
from menulint.scanning.judge import Checker, PageChecker, host_of
from menulint.scanning.plan import JSONL, PAGES, PARQUET, WACZ, WARC, Unit
from menulint.scanning.record import Broken, Item, PassedOver, Record
from menulint.scanning.store import Store, UnitWriter

MAX_BYTES = 8 * 1024 * 1024
"""The largest page that is read, encodings undone: some four times the largest that people make."""

READERS = {PAGES: "folders", WARC: "archives", WACZ: "archives", JSONL: "tables", PARQUET: "tables"}
"""The module of this package that reads a kind of unit."""

About = dict[str, Any]
Mark = Callable[[int, int], None]
"""Told before each record: how many came before it, and how many bytes of the unit are read."""


def page_checker(spec: Spec) -> Checker:
    """The checker of a run: the pack is loaded, which takes a second or two."""
    pack = load_pack([Path(folder) for folder in spec.packs])
    stamp = {"pack_sha256": pack.sha256, "menulint": version("menulint")}
    return PageChecker(Linter(pack, spec.options), as_of=spec.as_of, time_limit=spec.time_limit, stamp=stamp)


@dataclass(frozen=True)
class Spec:
    """What a run does with every page; it goes to each worker.

    Attributes:
        as_of: the day for all pages; None: each is judged by the day of its capture.
        make: what builds the checker in a worker.
    """

    options: Options
    packs: tuple[str, ...] = ()
    as_of: date | None = None
    max_bytes: int = MAX_BYTES
    time_limit: float = SECONDS
    make: Callable[[Spec], Checker] = page_checker


def scan_unit(unit: Unit, spec: Spec, checker: Checker, store: Store, mark: Mark) -> About:
    """Read, judge and store a unit; what is said of it is also kept with it."""
    counted = _Counts()
    checker.begin()
    with UnitWriter(store, unit.id) as writer:
        for number, item in enumerate(_records(unit, spec)):
            mark(number, getattr(item, "offset", 0))
            _store(item, checker, writer, counted)
        about = {
            "unit": unit.id,
            "kind": unit.kind,
            "files": len(unit.files),
            "first": unit.files[0],
            "last": unit.files[-1],
        }
        about |= {"bytes": unit.size, **counted.values()}
        writer.finish(about)
    return about


def _records(unit: Unit, spec: Spec) -> Iterator[Item]:
    read: Callable[[Unit, int], Iterator[Item]] = import_module(f"menulint.scanning.{READERS[unit.kind]}").records
    return read(unit, spec.max_bytes)


def _store(item: Item, checker: Checker, writer: UnitWriter, counted: _Counts) -> None:
    counted.records += 1
    if isinstance(item, PassedOver):
        counted.passed_over[item.reason] += 1
        return
    judged = checker.check(item) if isinstance(item, Record) else item
    if isinstance(judged, Broken):
        counted.errors[judged.code] += 1
        writer.add("errors", _error_row(judged))
        return
    counted.add(judged.page)
    writer.add("pages", judged.page)
    for row in judged.findings:
        writer.add("findings", row)


def _error_row(broken: Broken) -> dict[str, Any]:
    return {
        "input": broken.input,
        "offset": broken.offset,
        "url": broken.url,
        "host": host_of(broken.url),
        "capture_time": broken.captured.replace(tzinfo=None) if broken.captured else None,
        "record_id": broken.record_id,
        "code": broken.code,
        "message": broken.message,
        "whole": broken.whole,
    }


@dataclass
class _Counts:
    records: int = 0
    pages: int = 0
    duplicates: int = 0
    of_findings: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, page: dict[str, Any]) -> None:
        self.pages += 1
        self.duplicates += page["duplicate_of"] is not None
        for kind in ("findings", "error", "warning", "info", "suppressed"):
            self.of_findings[kind] += page[kind]

    def values(self) -> About:
        return {
            "records": self.records,
            "pages": self.pages,
            "duplicates": self.duplicates,
            "findings": dict(self.of_findings),
            "passed_over": dict(self.passed_over),
            "errors": dict(self.errors),
        }
