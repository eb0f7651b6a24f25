"""What only a whole crawl shows: whose law a host is under, what a host says on many pages, which pages are copies.

Three tables are made of the finished units, in a few queries that go to the disk when memory ends. They are made anew each
time; nothing in the units changes.
"""

from __future__ import annotations

import tempfile
from importlib import resources
from string import Template

import duckdb
import pyarrow as pa

from menulint.scanning.judge import PERMUTATIONS
from menulint.scanning.schema import SUMMARIES, schema
from menulint.scanning.store import Store, TableWriter

SIMILAR = 0.9
"""From which share of equal shingles two pages of a host are near copies; below, they share little more than their frame."""

BAND = 8
"""Values of a signature that must agree for two pages to be compared at all."""

REPEATED_PAGES, REPEATED_SHARE = 5, 0.5
"""On how many pages, and on which share of its host's pages, a claim stands to be called repeated."""

MEMORY = "1GB"
_ROWS = 1000


def summarise(store: Store) -> None:
    """Write the tables of ``SUMMARIES``."""
    with tempfile.TemporaryDirectory(prefix="menulint-") as folder, duckdb.connect() as database:
        database.execute(f"SET memory_limit='{MEMORY}'; SET temp_directory='{folder}'; SET TimeZone='UTC'")
        for table in ("pages", "findings"):
            database.read_parquet((store.folder / table / "*.parquet").as_posix()).create_view(table)
        database.execute(_queries())
        for name in SUMMARIES:
            _write(store, name, database)


def _queries() -> str:
    return Template(resources.files(__package__).joinpath("summary.sql").read_text("utf-8")).substitute(
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
