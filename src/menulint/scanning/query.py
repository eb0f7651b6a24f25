"""SQL over a finished store, and nothing else: no statement changes anything, none reaches a file beside the store's.

Two locks, each enough by itself for most of it: DuckDB may open the Parquet files of the store and no others, with its
configuration locked; and a statement runs only if it is a single one that reads.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from menulint.errors import InputError, UsageError
from menulint.scanning import schema
from menulint.scanning.sites import declare
from menulint.scanning.store import MANIFEST, Store

_ROWS = 1000
_CONFIG: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
}
_SITES = "CREATE VIEW sites AS SELECT host, site_of(host) AS site FROM (SELECT DISTINCT host FROM pages)"
_PLACES = """
CREATE VIEW places AS
SELECT finding_id, place.code, place.verdict, place.severity, place.confidence, place.raises, place.provisions,
    host, url, capture_time, as_of, rule, name, category, text, fingerprint, speaker, stance, suppressed, duplicate_of,
    page_id
FROM (SELECT *, unnest(jurisdictions) AS place FROM findings)
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query as they come. ``types`` are DuckDB's names of the columns' types."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """A query with a name: a file in ``queries``, whose comments at the top say what it shows."""

    name: str
    shows: str
    sql: str


@cache
def reports() -> dict[str, Report]:
    """All queries that have a name, sorted."""
    folder = resources.files(__package__).joinpath("queries")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    found = (_report(file.name.removesuffix(".sql"), file.read_text("utf-8")) for file in files)
    return {report.name: report for report in found}


def _report(name: str, sql: str) -> Report:
    lines = sql.splitlines()
    comments = [line.removeprefix("--").strip() for line in lines if line.startswith("--")]
    return Report(name, " ".join(comments), sql)


def named(query: str) -> str:
    """The SQL of a report, or ``query`` itself if that is SQL.

    Raises:
        UsageError: a single word that is no report's name.
    """
    known = reports()
    if query in known:
        return known[query].sql
    if len(query.split()) > 1:
        return query
    near = get_close_matches(query, known, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise UsageError(f"no report is called {query!r}{hint}; expected SQL or one of {', '.join(known)}")


def existing(store: Store) -> dict[str, Any]:
    """The manifest of a store that must be there.

    Raises:
        UsageError: the folder does not exist, or holds no store.
    """
    found = store.manifest() if store.folder.is_dir() else None
    if found is None:
        raise UsageError(f"{store.folder}: holds no {MANIFEST}; expected the folder that menulint scan wrote (-o)")
    return found


@contextmanager
def opened(store: Store) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the tables of a store as views, locked.

    The views are ``findings``, ``pages``, ``errors``, ``places`` (a row for each finding in each place that judges it),
    ``sites`` (each host with its registrable domain), and those of ``schema.SUMMARIES`` that the store holds.

    Raises:
        InputError: a file of the store cannot be read as Parquet.
    """
    existing(store)
    with tempfile.TemporaryDirectory(prefix="menulint-") as spill, duckdb.connect(config=_CONFIG) as database:
        database.execute(f"SET temp_directory={_quoted(spill)}; SET TimeZone='UTC'; SET enable_progress_bar=false")
        try:
            files = list(_views(store, database))
        except duckdb.Error as error:
            raise InputError(str(store.folder), "not-readable", f"no store that can be read: {_first(error)}") from None
        declare(database)
        database.execute(_PLACES)
        database.execute(_SITES)
        database.execute(f"SET allowed_paths=[{', '.join(map(_quoted, files))}]")
        database.execute("SET enable_external_access=false; SET lock_configuration=true")
        yield database


def ask(database: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> Answer:
    """Run a single statement that reads.

    Args:
        database: as ``opened`` gives it.
        sql: ``SELECT``, ``FROM``, ``WITH``, ``DESCRIBE``, ``SHOW``, ``SUMMARIZE``.
        values: what its question marks stand for.

    Raises:
        UsageError: it is no such statement, or it is wrong; with the line and the place in it.
    """
    try:
        statements = database.extract_statements(sql)
        if len(statements) != 1:
            raise UsageError(f"one statement is run at a time; {len(statements)} were given")
        if statements[0].type != duckdb.StatementType.SELECT:
            kind = statements[0].type.name
            raise UsageError(f"a store is only read; {kind} is not run here: write SELECT, FROM, DESCRIBE or SUMMARIZE")
        found = database.execute(statements[0], list(values) or None)
    except duckdb.Error as error:
        raise UsageError(f"the query cannot be run: {str(error).strip()}") from None
    described = found.description or []
    return Answer(
        tuple(column[0] for column in described),
        tuple(str(column[1]) for column in described),
        _fetched(found),
    )


def dicts(database: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
    """The rows of a statement by the names of their columns. See ``ask``."""
    answer = ask(database, sql, values)
    return (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)


def _fetched(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    try:
        while rows := found.fetchmany(_ROWS):
            yield from rows
    except duckdb.Error as error:
        raise UsageError(f"the query cannot be finished: {str(error).strip()}") from None


def _views(store: Store, database: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Make a view of each table; gives the files behind them. Units that are not done have no part in it."""
    done = {path.name for path in store.files("pages")}
    for table in schema.TABLES:
        files = [_absolute(path) for path in store.files(table) if path.name in done]
        if files:
            database.read_parquet(files).create_view(table)
        else:
            _empty(table, database)
        yield from files
    for table in schema.SUMMARIES:
        if (path := store.folder / f"{table}.parquet").exists():
            database.read_parquet([_absolute(path)]).create_view(table)
            yield _absolute(path)


def _empty(table: str, database: duckdb.DuckDBPyConnection) -> None:
    database.register("nothing", pa.Table.from_pylist([], schema=schema.schema(table)))
    database.execute(f"CREATE TABLE {table} AS SELECT * FROM nothing")  # noqa: S608 - one of our own tables
    database.unregister("nothing")


def _absolute(path: Path) -> str:
    return path.resolve().as_posix()


def _quoted(text: str) -> str:
    """``text`` as a string of SQL."""
    return "'" + text.replace("'", "''") + "'"


def _first(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
