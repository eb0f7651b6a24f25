"""A store as the values that a report over it shows: what is counted is counted here, once.

The queries stand in ``counted.sql`` and ``gather.sql``. They run in DuckDB and go to the disk when memory ends; only the
claims that are shown come into memory one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb

from menulint.finding import CONFIDENCES, SEVERITIES, Provision
from menulint.reporters._scan.overview import (
    About,
    Cell,
    Claim,
    Content,
    LanguageRow,
    Overview,
    Period,
    RuleRow,
    RuleText,
    Ruling,
    Share,
    Site,
    Timeline,
    Totals,
    Unread,
    Wording,
)
from menulint.scanning import query
from menulint.scanning.shares import wilson
from menulint.scanning.store import Store

MIRROR_WORDS = 50
"""Words of copy from which two sites with the same copy are one that is mirrored; shorter pages are alike by chance."""

WORDINGS, UNREAD = 200, 200
"""How many wordings and unread records are listed; all are counted."""

MOST_DAYS, MOST_MONTHS = 62, 96
"""Bars of a timeline; more days are shown as months, more months as years."""

_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings count: the least severity and confidence, rules, the places whose law is asked, hosts of a sample.

    An empty tuple is no restriction. ``hosts`` are hosts or sites in lower case, without
    ``www.``.
    """

    min_severity: str = "info"
    min_confidence: str = "low"
    rules: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    def said(self) -> tuple[tuple[str, str], ...]:
        """The restrictions, as option and value."""
        parts = {
            "min-severity": self.min_severity if self.min_severity != "info" else "",
            "min-confidence": self.min_confidence if self.min_confidence != "low" else "",
            "select": ", ".join(self.rules),
            "jurisdiction": ", ".join(self.places),
            "hosts": f"{len(self.hosts)}" if self.hosts else "",
        }
        return tuple((name, value) for name, value in parts.items() if value)


@dataclass(frozen=True, slots=True)
class Law:
    """What the pack at hand says: the texts a report cites, and the digest that tells whether the scan used the same."""

    sha256: str
    provisions: Mapping[str, Provision]
    rules: Mapping[str, RuleText]


@dataclass
class Gathered:
    """The tables of a store, counted; each method is a query."""

    database: duckdb.DuckDBPyConnection
    choice: Choice = field(default_factory=Choice)

    def rows(self, view: str, limit: int | None = None) -> list[tuple[Any, ...]]:
        """The rows of a view of ``gather.sql``."""
        found = self.database.table(view) if limit is None else self.database.table(view).limit(limit)
        return found.fetchall()

    def claims(self, limit: int | None = None) -> Iterator[Claim]:
        """The claims, worst first."""
        yield from map(_claim, self.stream("claim_rows", limit))

    def stream(self, view: str, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a view as they come."""
        table = self.database.table(view)
        found = table if limit is None else table.limit(limit)
        for batch in found.to_arrow_reader(_ROWS):
            yield from batch.to_pylist()

    def run(self, file: str) -> None:
        """Make the tables and views of a file of this package."""
        self.database.execute(resources.files(__package__).joinpath(file).read_text("utf-8"))

    def one(self, query: str) -> tuple[Any, ...]:
        """The only row of a query."""
        (row,) = self.database.sql(query).fetchall()
        return tuple(row)


@contextmanager
def opened(store: Store, choice: Choice) -> Iterator[Gathered]:
    """The store in a database, with what the choice lets count.

    Raises:
        UsageError: there is no store.
    """
    with query.opened(store) as database:
        variables = {
            "places": list(choice.places),
            "rules": list(choice.rules),
            "hosts": list(choice.hosts),
            "severity": SEVERITIES.index(choice.min_severity) + 1,
            "confidence": CONFIDENCES.index(choice.min_confidence) + 1,
            "mirror_words": MIRROR_WORDS,
        }
        for name, value in variables.items():
            as_type = "::VARCHAR[]" if isinstance(value, list) else ""
            database.execute(f"SET VARIABLE {name} = (SELECT ?{as_type})", [value])
        found = Gathered(database, choice)
        found.run("counted.sql")
        yield found


def gather(store: Store, choice: Choice, law: Law, *, limit: int | None) -> Overview:
    """Everything a report shows of a store.

    Args:
        store: a store that a scan has written, finished or not.
        choice: which findings count.
        law: the pack whose texts are cited.
        limit: how many claims come along, the worst first; None for all.

    Raises:
        UsageError: there is no store in the folder.
    """
    about = query.existing(store)
    with opened(store, choice) as found:
        found.run("gather.sql")
        unread = _unread(found)
        totals = Totals(*found.rows("total_row")[0])
        rules = tuple(RuleRow(*row) for row in found.rows("rule_rows"))
        return Overview(
            about=_about(store, about, choice, law),
            totals=totals,
            sites=tuple(_site(row) for row in found.rows("site_rows")),
            rules=rules,
            wordings=tuple(Wording(*row) for row in found.rows("wording_rows", WORDINGS)),
            cells=tuple(Cell(*row) for row in found.rows("cell_rows")),
            languages=tuple(LanguageRow(*row) for row in found.rows("language_rows")),
            timeline=timeline(found.rows("day_rows"), totals.captures, _by_file(found)),
            content=_content(found, choice),
            unread=unread[0],
            unread_by_code=unread[1],
            claims=tuple(found.claims(limit)),
        )


def _about(store: Store, found: Mapping[str, Any], choice: Choice, law: Law) -> About:
    pack = found["pack"]
    return About(
        name=Path(store.folder).resolve().name,
        complete=found.get("state") == "complete",
        menulint=found["menulint"],
        pack_version=pack["version"],
        pack_sha256=pack["sha256"],
        same_pack=pack["sha256"] == law.sha256,
        as_of=found["options"].get("as_of") or "",
        inputs=len(found.get("inputs", ())),
        passed_over=dict(found.get("totals", {}).get("passed_over", {})),
        choice=choice.said(),
        provisions=dict(law.provisions),
        rules=dict(law.rules),
    )


def _claim(row: dict[str, Any]) -> Claim:
    rulings = tuple(Ruling(**{**ruling, "provisions": tuple(ruling["provisions"])}) for ruling in row.pop("rulings"))
    return Claim(**{**row, "section": tuple(row["section"] or ()), "rulings": rulings})


def _site(row: tuple[Any, ...]) -> Site:
    *counts, places, languages, first, last = row
    return Site(*(*counts, tuple(places or ()), tuple(languages or ()), first, last))


def _unread(found: Gathered) -> tuple[tuple[Unread, ...], dict[str, int]]:
    counted = found.database.sql("SELECT code, count(*) AS many FROM errors GROUP BY code ORDER BY many DESC, code")
    listed = found.database.sql(
        'SELECT code, message, url, input, "offset" FROM errors ORDER BY input, "offset", code'
    ).limit(UNREAD)
    return tuple(Unread(*row) for row in listed.fetchall()), dict(counted.fetchall())


def _by_file(found: Gathered) -> int:
    return int(found.one("SELECT count(*) FROM dated WHERE capture_by = 'file-time'")[0])


# Time


def timeline(days: Iterable[tuple[date, int, int, int, int]], captures: int, by_file: int) -> Timeline:
    """Captures over time in the finest step that gives a readable number of bars.

    Args:
        days: for each day with captures those with an error, a warning, an info and without any claim, in order.
        captures: all captures, with those that have no usable time.
        by_file: how many times are those of files.
    """
    known = list(days)
    undated = captures - sum(sum(row[1:]) for row in known)
    if not known:
        return Timeline("day", (), undated, by_file)
    step = _step(known[0][0], known[-1][0])
    counts: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for day, *worst in known:
        counts[_start(day, step)].update(dict(zip(("error", "warning", "info", "clean"), worst, strict=True)))
    starts = _starts(_start(known[0][0], step), _start(known[-1][0], step), step)
    return Timeline(step, tuple(Period(start, **counts[start]) for start in starts), undated, by_file)


def _step(first: date, last: date) -> str:
    if (last - first).days < MOST_DAYS:
        return "day"
    return "month" if (last.year - first.year) * 12 + last.month - first.month < MOST_MONTHS else "year"


def _start(day: date, step: str) -> date:
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[step]


def _starts(first: date, last: date, step: str) -> Iterator[date]:
    """Every start from the first to the last, also those in which nothing was captured."""
    at = first
    while at <= last:
        yield at
        at = _start(at + timedelta(days={"day": 1, "month": 31, "year": 366}[step]), step)


# The content analysis


def _content(found: Gathered, choice: Choice) -> Content:
    own, mirrors, silent = found.one(
        "SELECT count(*) FILTER (own), count(*) FILTER (speaks AND NOT own), count(*) FILTER (NOT speaks) FROM population"
    )
    read = {name for row in found.rows("names_read") for name in row} if choice.hosts else set()
    by_place: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for code, category, n in found.rows("place_shares"):
        by_place[code].append((category, n))
    return Content(
        sites=own,
        mirrors=mirrors,
        silent=silent,
        missing=tuple(host for host in choice.hosts if host not in read),
        categories=tuple(_share("category", name, n, own) for name, n in found.rows("category_shares")),
        rules=tuple(_share("rule", name, n, own) for name, n in found.rows("rule_shares")),
        places=tuple(
            (code, tuple(_share("category", name, n, of) for name, n in by_place[code]))
            for code, of in found.rows("place_populations")
            if by_place[code]
        ),
    )


def _share(kind: str, name: str, n: int, of: int) -> Share:
    return Share(kind, name, n, of, *wilson(n, of))
