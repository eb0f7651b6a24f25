"""The store: a folder of Parquet files, three for each unit, and a manifest.

A unit's files get a temporary name until they are on the disk whole, then their own; the one in ``pages`` comes last and
says that the unit is done. They hold no time of writing: the same unit gives the same bytes.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from menulint.errors import UsageError
from menulint.scanning.schema import TABLES, VERSION, schema

MANIFEST = "manifest.json"
VOTES = "votes.parquet"
"""What law each host is under, as long as pages wait for it."""
_PARTIAL = ".partial"
_UNIT_KEY = "menulint.unit"
_SURROGATE = re.compile("[\ud800-\udfff]")
_ROWS = 1000
"""Rows held in memory until they are written as a row group."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Store:
    """A folder of findings."""

    folder: Path

    def manifest(self) -> dict[str, Any] | None:
        """What the store says of itself; None if there is none yet.

        Raises:
            UsageError: the folder holds something else, or a store of another schema.
        """
        path = self.folder / MANIFEST
        if not path.exists():
            if self.folder.is_dir() and any(self.folder.iterdir()):
                raise UsageError(f"{self.folder}: not empty and no store of menulint; name a new folder with -o")
            return None
        try:
            found: dict[str, Any] = json.loads(path.read_text("utf-8"))
            version = found["schema"]
        except (OSError, ValueError, KeyError, TypeError):
            raise UsageError(
                f"{path}: cannot be read as the manifest of a store; name another folder with -o"
            ) from None
        if version != VERSION:
            raise UsageError(f"{path}: has schema {version}, expected {VERSION}; scan again into a new folder")
        return found

    def write_manifest(self, values: dict[str, Any]) -> None:
        """Replace the manifest in one step."""
        text = json.dumps(values, ensure_ascii=False, indent=2, default=str) + "\n"
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / (MANIFEST + _PARTIAL)
        with partial.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _rename(partial, self.folder / MANIFEST)

    def prepare(self) -> None:
        """Make the folders, and drop what a broken run left half done."""
        for table in TABLES:
            (self.folder / table).mkdir(parents=True, exist_ok=True)
        self.tidy()
        for table in TABLES:
            for path in (self.folder / table).iterdir():
                if not self._is_whole(path.stem):
                    path.unlink()

    def tidy(self) -> None:
        """Drop what processes that were killed left half written."""
        for table in TABLES:
            for path in (self.folder / table).glob(f"*{_PARTIAL}"):
                path.unlink(missing_ok=True)
        (self.folder / VOTES).unlink(missing_ok=True)

    def _is_whole(self, unit: str) -> bool:
        return all((self.folder / table / f"{unit}.parquet").exists() for table in TABLES)

    def done(self, unit: str) -> dict[str, Any] | None:
        """What a finished unit says of itself; None if it is not finished."""
        if not self._is_whole(unit):
            return None
        path = self.folder / "pages" / f"{unit}.parquet"
        metadata = pq.read_metadata(path).metadata or {}
        found: dict[str, Any] = json.loads(metadata[_UNIT_KEY.encode()])
        return found

    def files(self, table: str) -> list[Path]:
        """The Parquet files of a table, in the order of the units."""
        return sorted((self.folder / table).glob("*.parquet"))

    def rows(self, table: str) -> Iterator[Row]:
        """All rows of a table, one after the other."""
        for path in self.files(table):
            yield from self.rows_of(table, path.stem)

    def rows_of(self, table: str, unit: str, columns: Sequence[str] | None = None) -> Iterator[Row]:
        """The rows of a unit in a table, of all columns or some."""
        path = self.folder / table / f"{unit}.parquet"
        for batch in pq.ParquetFile(path).iter_batches(batch_size=_ROWS, columns=columns):
            yield from batch.to_pylist()

    def summary(self) -> dict[str, int]:
        """How many hosts, claims and copies the finished store holds."""
        counts = {name: pq.read_metadata(self.folder / f"{name}.parquet").num_rows for name in ("hosts", "claims")}
        hosts = pq.read_table(self.folder / "hosts.parquet", columns=["copies", "near_copies"])
        return {**counts, **{name: sum(hosts[name].to_pylist()) for name in ("copies", "near_copies")}}


class UnitWriter:
    """The files of one unit while they are written, of all tables or some of them, ``pages`` last.

    Leaving the context without ``finish`` drops them.
    """

    def __init__(self, store: Store, unit: str, tables: Iterable[str] = TABLES) -> None:
        self._tables = {table: TableWriter(store.folder / table / f"{unit}.parquet", table) for table in tables}

    def __enter__(self) -> UnitWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        for table in self._tables.values():
            table.drop()

    def add(self, table: str, row: Row) -> None:
        """One more row."""
        self._tables[table].add(row)

    def finish(self, about: dict[str, Any]) -> None:
        """Bring all to the disk under the right names; ``about`` is what ``Store.done`` gives from now on."""
        self._tables["pages"].describe(about)
        for table in self._tables.values():
            table.close()
        for table in self._tables.values():
            table.publish()


@dataclass
class TableWriter:
    """One Parquet file while it is written."""

    path: Path
    table: str
    _rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.partial = self.path.with_name(f"{self.path.name}.{os.getpid()}{_PARTIAL}")
        self._file = self.partial.open("wb")
        self._writer = pq.ParquetWriter(self._file, schema(self.table), compression="zstd")

    def add(self, row: Row) -> None:
        """One more row."""
        self._rows.append(row)
        if len(self._rows) == _ROWS:
            self._flush()

    def write(self, rows: pa.Table) -> None:
        """More rows, as a row group of their own."""
        self._writer.write_table(rows)

    def describe(self, about: dict[str, Any]) -> None:
        """What ``Store.done`` is to give."""
        self._writer.add_key_value_metadata({_UNIT_KEY: json.dumps(about, sort_keys=True)})

    def close(self) -> None:
        """Bring it to the disk."""
        self._flush()
        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def publish(self) -> None:
        """Give it its own name."""
        _rename(self.partial, self.path)

    def drop(self) -> None:
        """Remove what was not published."""
        if not self._file.closed:
            self._writer.close()
            self._file.close()
        self.partial.unlink(missing_ok=True)

    def _flush(self) -> None:
        if self._rows:
            try:
                rows = pa.Table.from_pylist(self._rows, schema=schema(self.table))
            except UnicodeEncodeError:  # half a surrogate pair, which a page may well hold as an escape
                rows = pa.Table.from_pylist(_encodable(self._rows), schema=schema(self.table))
            self.write(rows)
            self._rows.clear()


def _encodable(value: Any) -> Any:
    """``value`` with what UTF-8 cannot hold as U+FFFD."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _encodable(own) for key, own in value.items()}
    return [_encodable(own) for own in value] if isinstance(value, list) else value


def _rename(partial: Path, path: Path) -> None:
    partial.replace(path)
    if hasattr(os, "O_DIRECTORY"):  # where a folder can be opened, its entry is brought to the disk as well
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
