"""``menulint query``: SQL over the store of a scan."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from menulint.cli import _rows, _show
from menulint.cli._failure import complain
from menulint.cli._output import harmless, to_file, to_screen
from menulint.cli._scanning import library_missing
from menulint.errors import UsageError

if TYPE_CHECKING:
    from menulint.scanning.query import Answer

SHOWN = 100
"""Rows of a table that are shown unless more are asked for."""

_STANDARD_INPUT = "-"


@click.command(name="query", short_help="Ask the store of a scan: SQL, or a report by its name.")
@click.argument("store", required=False, type=click.Path(path_type=Path))
@click.argument("sql", required=False, metavar="[SQL|NAME|-]")
@click.option("--list", "listing", is_flag=True, help="List the reports that have a name, and what they show.")
@click.option("--format", "kind", type=click.Choice(_rows.FORMATS), help="Default: by the ending of -o, else a table.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the standard output."
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    help=f"Rows at most; 0 for all (default: {SHOWN} in a table, all in CSV and JSON).",
)
def command(store: Path | None, sql: str | None, listing: bool, **given: Any) -> None:
    """Run SQL, or a report by its name (--list), over the STORE that menulint scan wrote.

    The SQL is DuckDB's, and only reads: SELECT over the tables findings, pages, errors, places (a row for each finding and
    place that judges it), and of a finished scan hosts, claims and copies. "-" reads it from the standard input. Without
    any, the tables and their columns are listed. Times are UTC.
    """
    try:
        from menulint.scanning import query
        from menulint.scanning.store import Store
    except ModuleNotFoundError as missing:
        raise library_missing(missing) from None
    if listing:
        _show_reports()
        return
    if store is None:
        raise UsageError("no store is named; write: menulint query STORE NAME, or --list for the names")
    if not sql:
        with query.opened(Store(store)) as database:
            _show_tables(query.ask(database, _COLUMNS))
        return
    wanted = query.named(sys.stdin.read() if sql == _STANDARD_INPUT else sql)
    with query.opened(Store(store)) as database:
        if query.existing(Store(store)).get("state") != "complete":
            complain(f"menulint: {store}: the scan is not finished; this is what is there so far")
        _write(query.ask(database, wanted), given["kind"], given["output"], given["limit"])


_COLUMNS = """
SELECT table_name, list(column_name || ' ' || lower(data_type) ORDER BY column_index)
FROM duckdb_columns() WHERE NOT internal GROUP BY table_name ORDER BY table_name
"""


def _write(answer: Answer, kind: str | None, output: Path | None, limit: int | None) -> None:
    ending = output.suffix.lower().removeprefix(".") if output else ""
    kind = kind or (ending if ending in _rows.FORMATS else "table")
    most = (SHOWN if kind == "table" else 0) if limit is None else limit
    rows = _Limited(answer.rows, most)
    pieces = _rows.rendered(answer.columns, answer.types, rows, kind)
    if output:
        to_file(output, pieces)
    else:
        to_screen(harmless(pieces), color=False)
    if rows.more:
        complain(f"menulint: the first {most} rows; there are more (--limit 0 for all)")


class _Limited:
    """Rows up to a number; ``more`` says afterwards whether there were any behind it."""

    def __init__(self, rows: Iterator[tuple[Any, ...]], most: int) -> None:
        self._rows, self._most, self.more = rows, most, False

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        yield from islice(self._rows, self._most or None)
        self.more = bool(self._most) and next(self._rows, None) is not None


def _show_reports() -> None:
    from menulint.scanning.query import reports

    for report in reports().values():
        _show.labelled(report.name, report.shows)


def _show_tables(answer: Answer) -> None:
    for table, columns in answer.rows:
        _show.labelled(table, ", ".join(columns))
        _show.line()
    _show.paragraph("Reports with a name (menulint query --list shows more):")
    from menulint.scanning.query import reports

    _show.paragraph(", ".join(reports()), indent=2)
