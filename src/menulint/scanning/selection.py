"""Which findings of a store are asked for: by the beginning of their ids, or all of a host, a page, a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from menulint.errors import UsageError
from menulint.scanning.query import dicts
from menulint.scanning.store import Row

MOST = 1000
"""Findings in one package; beyond that nobody reads it."""

SHORTEST = 4
_ID = re.compile(rf"[0-9a-f]{{{SHORTEST},20}}")
_FIELDS = ("host", "url", "rule")
_FINDINGS = """
SELECT * FROM (SELECT DISTINCT ON (finding_id) * FROM findings WHERE {where} ORDER BY finding_id, input, "offset")
ORDER BY input, "offset", page_id, start, "end", rule, finding_id LIMIT {most}
"""
_PAGES = """
SELECT DISTINCT ON (page_id) * FROM pages WHERE list_contains(?, page_id) ORDER BY page_id, input, "offset"
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; what is empty does not matter. ``ids`` are beginnings of ids that fit one finding each."""

    ids: tuple[str, ...] = ()
    host: str = ""
    url: str = ""
    rule: str = ""


def findings(database: duckdb.DuckDBPyConnection, wanted: Wanted) -> list[Row]:
    """The rows of the findings asked for, in the order of the pages; captures of the same bytes only once, unless by id.

    Raises:
        UsageError: an id fits none or several, nothing fits, or too much does.
    """
    if wanted.ids:
        found = {row["finding_id"]: row for part in wanted.ids for row in _by_id(database, part)}
        conditions, values = ["list_contains(?, finding_id)"], [list(found)]
    else:
        given = {name: getattr(wanted, name) for name in _FIELDS if getattr(wanted, name)}
        if not given:
            raise UsageError("nothing is asked for; name ids of findings, or --host, --url or --rule")
        conditions = ["duplicate_of IS NULL", *(f"{name} = ?" for name in given)]
        values = list(given.values())
    rows = list(dicts(database, _FINDINGS.format(where=" AND ".join(conditions), most=MOST + 1), values))
    if not rows:
        asked = ", ".join(map(str, values))
        raise UsageError(f"no finding of the store fits {asked}; see menulint query STORE unlawful-offers")
    if len(rows) > MOST:
        raise UsageError(f"more than {MOST} findings fit; narrow them by --host, --url and --rule")
    return rows


def pages(database: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[Row]:
    """The rows of the pages with these ids."""
    return list(dicts(database, _PAGES, [list(ids)]))


def _by_id(database: duckdb.DuckDBPyConnection, part: str) -> Iterator[Row]:
    if not _ID.fullmatch(part):
        raise UsageError(f"{part!r} is no id of a finding; expected at least {SHORTEST} of its 20 digits (0-9, a-f)")
    sql = "SELECT DISTINCT finding_id, host, text FROM findings WHERE starts_with(finding_id, ?) ORDER BY ALL LIMIT 6"
    found = list(dicts(database, sql, [part]))
    if not found:
        raise UsageError(
            f"no finding of the store has an id that begins with {part}; see menulint query STORE unlawful-offers"
        )
    if len(found) > 1:
        shown = "; ".join(f"{row['finding_id']} ({row['host']}: {row['text']})" for row in found[:5])
        raise UsageError(f"several findings have an id that begins with {part}: {shown}{' …' * (len(found) > 5)}")
    yield from found
