"""What only a whole crawl shows: whose law a host is under, what a host says on many pages, which pages are copies.

Three tables are made of the finished units, in a few queries that go to the disk when memory ends. They are made anew each
time; nothing in the units changes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from string import Template

import duckdb
import pyarrow as pa

from menulint.scanning.judge import BY_REFERENCE, PERMUTATIONS
from menulint.scanning.schema import SUMMARIES, schema
from menulint.scanning.sites import declare
from menulint.scanning.store import VOTES, Store, TableWriter

SIMILAR = 0.9
"""From which share of equal shingles two pages of a host are near copies; below, they share little more than their frame."""

BAND = 8
"""Values of a signature that must agree for two pages to be compared at all."""

REPEATED_PAGES, REPEATED_SHARE = 5, 0.5
"""On how many pages, and on which share of its host's pages, a claim stands to be called repeated."""

BRANCHES = 3
"""How many hosts of a site may have names of their own before they are taken for strangers on a platform."""

MEMORY = "1GB"
_ROWS = 1000


def summarise(store: Store) -> None:
    """Write the tables of ``SUMMARIES``."""
    with _opened(store) as database:
        database.execute(_queries("votes.sql"))
        database.execute(_queries("summary.sql"))
        for name in SUMMARIES:
            _write(store, name, database)


def vote(store: Store) -> set[str]:
    """Write down for ``again`` what law each host is under; the units with pages that wait for it."""
    with _opened(store) as database:
        database.execute(_queries("votes.sql"))
        database.sql("SELECT * FROM ruled WHERE host <> '' ORDER BY host").write_parquet(str(store.folder / VOTES))
        waiting = database.execute(
            r"SELECT DISTINCT regexp_extract(filename, '([0-9]+)\.parquet$', 1) FROM pages JOIN ruled USING (host) "
            "WHERE host <> '' AND judged_by = ? AND wordings > 0",
            [BY_REFERENCE],
        )
        return {unit for (unit,) in waiting.fetchall()}


@contextmanager
def _opened(store: Store) -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory(prefix="menulint-") as folder, duckdb.connect() as database:
        database.execute(f"SET memory_limit='{MEMORY}'; SET temp_directory='{folder}'; SET TimeZone='UTC'")
        for table in ("pages", "findings"):
            files = (store.folder / table / "*.parquet").as_posix()
            database.read_parquet(files, filename=True).create_view(table)
        declare(database)
        yield database


def _queries(name: str) -> str:
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    return Template(text).substitute(
        branches=BRANCHES,
        length=PERMUTATIONS,
        bands=PERMUTATIONS // BAND,
        band_length=BAND,
        similar=SIMILAR,
        repeated_pages=REPEATED_PAGES,
        repeated_share=REPEATED_SHARE,
    )


def _write(store: Store, name: str, database: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join(f'"{column.name}"' for column in SUMMARIES[name])
    writer = TableWriter(store.folder / f"{name}.parquet", name)
    try:
        for batch in database.sql(f"SELECT {columns} FROM {name} ORDER BY ALL").to_arrow_reader(_ROWS):  # noqa: S608 - our own names
            writer.write(pa.Table.from_batches([batch]).cast(schema(name)))
        writer.close()
        writer.publish()
    finally:
        writer.drop()
