"""One unit from its records to its files in the store: the work that every engine spreads."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.runs.limit import SECONDS
from menulint.scanning.again import judge_again
from menulint.scanning.judge import COUNTED, Checker, Judged, PageChecker, Row, host_of
from menulint.scanning.plan import JSONL, PAGES, PARQUET, WACZ, WARC, Unit
from menulint.scanning.record import Broken, Item, PassedOver, Record
from menulint.scanning.store import Store, UnitWriter
from menulint.version import __version__

MAX_BYTES = 8 * 1024 * 1024
"""The largest page that is read, encodings undone: some four times the largest that people make."""

READERS = {PAGES: "folders", WARC: "archives", WACZ: "archives", JSONL: "tables", PARQUET: "tables"}
"""The module of this package that reads a kind of unit."""

MOST_REASONS = 200
"""Reasons for passing over that are told apart in one unit; crawls hold content types without end."""

REMEMBERED = 200_000
"""Payloads remembered in one unit: a copy further behind its first is not known as one."""

About = dict[str, Any]
Mark = Callable[[int, int], None]
"""Told before each record: how many came before it, and how many bytes of the unit are read."""


def page_checker(spec: Spec) -> Checker:
    """The checker of a run, with everything loaded, which takes seconds: no page's time is spent on it."""
    pack = load_pack([Path(folder) for folder in spec.packs])
    stamp = {"pack_sha256": pack.sha256, "menulint": __version__}
    linter = Linter(pack, spec.options)
    for rule in linter.rules[:1]:
        linter.check_bytes("example.txt", rule.flagged[0].text.encode() if rule.flagged else b"")
    return PageChecker(linter, as_of=spec.as_of, time_limit=spec.time_limit, stamp=stamp)


@dataclass(frozen=True)
class Spec:
    """What a run does with every page; it goes to each worker.

    Attributes:
        as_of: the day for all pages; None: each is judged by the day of its capture.
        grace: seconds beyond the time limit after which a process that could not be interrupted is ended.
        make: what builds the checker in a worker.
    """

    options: Options
    packs: tuple[str, ...] = ()
    as_of: date | None = None
    max_bytes: int = MAX_BYTES
    time_limit: float = SECONDS
    grace: float = 60.0
    make: Callable[[Spec], Checker] = page_checker


def scan_unit(unit: Unit, spec: Spec, checker: Checker, store: Store, mark: Mark) -> About:
    """Read, judge and store a unit; what is said of it is also kept with it."""
    if unit.again:
        return judge_again(unit, _marked(unit, spec, mark), checker, store)
    counted = _Counts()
    with UnitWriter(store, unit.id) as writer:
        for item in _marked(unit, spec, mark):
            counted.store(checker.check(item) if isinstance(item, Record) else item, writer)
        about = _about(unit, counted)
        writer.finish(about)
    return about


def _marked(unit: Unit, spec: Spec, mark: Mark) -> Iterator[Item]:
    for number, item in enumerate(_records(unit, spec)):
        mark(number, _read_so_far(unit, number, item))
        yield item


def _read_so_far(unit: Unit, number: int, item: Item) -> int:
    """About how many bytes of a unit are read; 0 where that cannot be told."""
    if unit.kind == PAGES:
        return unit.size * number // len(unit.files)
    return min(unit.size, getattr(item, "offset", 0))


def put_aside(unit: Unit, store: Store) -> About:
    """Store that a unit cannot be read: it killed what read it. One that was read before stays as it was."""
    if unit.again:
        return store.done(unit.id) or {}
    counted = _Counts()
    with UnitWriter(store, unit.id) as writer:
        for name in unit.files:
            said = "the process that read it was killed twice; nothing of it was kept"
            counted.store(Broken(name, 0, "killed", said, whole=True), writer)
        about = _about(unit, counted)
        writer.finish(about)
    return about


def _records(unit: Unit, spec: Spec) -> Iterator[Item]:
    read: Callable[[Unit, int], Iterator[Item]] = import_module(f"menulint.scanning.{READERS[unit.kind]}").records
    return read(unit, spec.max_bytes)


def _about(unit: Unit, counted: _Counts) -> About:
    about = {"unit": unit.id, "kind": unit.kind, "files": len(unit.files), "bytes": unit.size}
    own = {"sha256": _digest(unit.files[0])} if unit.kind != PAGES else {"last": unit.files[-1]}
    return {**about, "first": unit.files[0], **own, **counted.values()}


def _digest(name: str) -> str:
    """SHA-256 of an archive as it lies on the disk; empty if it cannot be read."""
    try:
        with open(name, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _error_row(broken: Broken) -> Row:
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
    """What a unit came to, and the payloads it has seen."""

    records: int = 0
    pages: int = 0
    duplicates: int = 0
    unread: int = 0
    of_findings: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    _first: dict[tuple[bytes, str], str] = field(default_factory=dict)

    def store(self, item: Judged | Broken | PassedOver, writer: UnitWriter) -> None:
        """Count it, and write what there is to write of it."""
        self.records += 1
        if isinstance(item, PassedOver):
            is_known = item.reason in self.passed_over or len(self.passed_over) < MOST_REASONS
            self.passed_over[item.reason if is_known else "other"] += 1
        elif isinstance(item, Broken):
            self.errors[item.code] += 1
            self.unread += item.whole
            writer.add("errors", _error_row(item))
        else:
            self._store_page(item, writer)

    def _store_page(self, judged: Judged, writer: UnitWriter) -> None:
        page = judged.page
        self.pages += 1
        for kind in COUNTED:
            self.of_findings[kind] += page[kind]
        own = {"duplicate_of": self._seen(page)}
        writer.add("pages", page | own)
        for row in judged.findings:
            writer.add("findings", row | own)

    def _seen(self, page: Row) -> str | None:
        """The first page with the same payload on the same host, if this is not it."""
        key = (bytes.fromhex(page["payload_sha256"])[:16], page["host"])
        first = self._first.setdefault(key, page["page_id"])
        if first is not page["page_id"]:
            self.duplicates += 1
            return first
        if len(self._first) > REMEMBERED:
            del self._first[next(iter(self._first))]
        return None

    def values(self) -> About:
        return {
            "records": self.records,
            "pages": self.pages,
            "duplicates": self.duplicates,
            "unread": self.unread,
            "by_host": 0,
            "findings": dict(self.of_findings),
            "passed_over": dict(self.passed_over),
            "errors": dict(self.errors),
        }
