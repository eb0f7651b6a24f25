"""The second look: a page that says nothing of whose law it is under is judged by the law of its host.

What a host is under, all of its pages say together, in whatever units they are, or those of all hosts of its site where they
say nothing; that is known when every unit is done. The pages that wait for it are then read once more, each unit by itself,
and take new findings in the unit's files. What a page says itself (``jurisdictions``) stays as it was, so that the hosts come
out the same however often this is broken off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, TypeAlias

import pyarrow.parquet as pq

from menulint.scanning.judge import BY_HOST, BY_REFERENCE, BY_SITE, COUNTED, Checker, Judged
from menulint.scanning.plan import Unit
from menulint.scanning.record import Item, Record
from menulint.scanning.store import VOTES, Row, Store, UnitWriter

_TABLES = ("findings", "pages")

_Law: TypeAlias = tuple[tuple[str, ...], str]
"""The places whose law a host is under, and whether the host says so or its site."""


def judge_again(unit: Unit, items: Iterable[Item], checker: Checker, store: Store) -> dict[str, Any]:
    """Judge the waiting pages of a unit by the law of their hosts; what is said of the unit from now on.

    A page that is not in its file any more, or cannot be judged this time, stays as it is.
    """
    places = _places(store, unit.id)
    captures = Captures(items, {_place(page) for page in _waiting(store, unit.id) if page["host"] in places})
    about = store.done(unit.id) or {}
    counted, ruled = Counter[str](), 0
    with UnitWriter(store, unit.id, _TABLES) as writer:
        findings = _Following(store.rows_of("findings", unit.id))
        for page in store.rows_of("pages", unit.id):
            own = findings.of(page)
            if waits(page) and (law := places.get(page["host"])):
                page, own = _judged(page, own, law, captures, checker)
            ruled += page["judged_by"] in (BY_HOST, BY_SITE)
            counted.update({name: page[name] for name in COUNTED})
            writer.add("pages", page)
            for row in own:
                writer.add("findings", row)
        about |= {"findings": dict(counted), "by_host": ruled}
        writer.finish(about)
    return about


def waits(page: Row) -> bool:
    """Whether a page needs its host's law: it says nothing itself, and there is something to judge."""
    return page["judged_by"] == BY_REFERENCE and bool(page["wordings"])


def _judged(page: Row, own: list[Row], law: _Law, captures: Captures, checker: Checker) -> tuple[Row, list[Row]]:
    """A page and its findings by the law of its host."""
    if (record := captures.of(page)) is None:
        return page, own
    codes, ruled_by = law
    judged = checker.check(replace(record, places=codes, places_by=ruled_by))
    if not isinstance(judged, Judged) or judged.page["page_id"] != page["page_id"]:
        return page, own
    kept = {name: page[name] for name in ("jurisdictions", "jurisdictions_by", "duplicate_of")}
    return judged.page | kept, [row | {"duplicate_of": page["duplicate_of"]} for row in judged.findings]


def _places(store: Store, unit: str) -> dict[str, _Law]:
    """The places of those hosts that pages of a unit wait for, and what says so."""
    hosts = {page["host"] for page in _waiting(store, unit)}
    table = pq.read_table(store.folder / VOTES, filters=[("host", "in", sorted(hosts))]) if hosts else None
    rows = table.to_pylist() if table else []
    return {row["host"]: (tuple(row["jurisdictions"]), row["ruled_by"]) for row in rows if row["jurisdictions"]}


def _waiting(store: Store, unit: str) -> Iterator[Row]:
    """The pages of a unit that wait, with what tells which they are."""
    columns = ("host", "judged_by", "wordings", "input", "offset")
    return filter(waits, store.rows_of("pages", unit, columns))


def _place(row: Row) -> tuple[str, int]:
    return row["input"], row["offset"]


class Captures:
    """The captures of waiting pages, in the order of the pages; one that is not there any more stops none of the others."""

    def __init__(self, items: Iterable[Item], waiting: set[tuple[str, int]]) -> None:
        self._found = (i for i in items if isinstance(i, Record) and (i.input, i.offset) in waiting)
        self._next = next(self._found, None)

    def of(self, page: Row) -> Record | None:
        """The capture of the next waiting page."""
        record = self._next
        if record is None or (record.input, record.offset) != _place(page):
            return None
        self._next = next(self._found, None)
        return record


class _Following:
    """The findings of each page in turn; they stand in the order of the pages."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._groups = groupby(rows, key=_place)
        self._next = next(self._groups, None)

    def of(self, page: Row) -> list[Row]:
        """The findings of the next page."""
        if self._next is None or self._next[0] != _place(page):
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows
