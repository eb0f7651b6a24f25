"""Tables of pages are read whatever their columns are called, row by row."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from menulint.scanning.plan import Unit, kind_of
from menulint.scanning.record import Broken, Item, PassedOver, Record
from menulint.scanning.tables import records

LIMIT = 10_000


def read(path: Path) -> list[Item]:
    return list(records(Unit(0, kind_of(path.name), (str(path),), 0), LIMIT))


def lines(path: Path, *rows: Any) -> Path:
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz"])
def test_a_line_is_a_page_with_its_address_and_day(tmp_path: Path, name: str) -> None:
    (page,) = read(lines(tmp_path / name, {"url": "https://a.example/", "html": "<p>Ü", "date": "2019-05-04"}))
    assert isinstance(page, Record)
    assert (page.data, page.charset, page.format) == ("<p>Ü".encode(), "utf-8", "html")
    assert (page.url, page.captured) == ("https://a.example/", datetime(2019, 5, 4, tzinfo=UTC))


def test_a_line_that_is_no_page_is_an_error_at_its_byte_and_the_next_is_read(tmp_path: Path) -> None:
    first, second, third, _ = read(
        lines(tmp_path / "a.jsonl", "{", "[1]", {"url": "u", "html": None}, {"text": "Hello"})
    )
    assert [(one.offset, one.code) for one in (first, second) if isinstance(one, Broken)] == [
        (0, "broken-record"),
        (2, "broken-record"),
    ]
    assert third == PassedOver("row without page")


def test_a_line_without_end_is_refused_without_being_held(tmp_path: Path) -> None:
    huge, page = read(lines(tmp_path / "a.jsonl", {"html": "x" * LIMIT * 20}, {"html": "<p>Hello"}))
    assert isinstance(huge, Broken)
    assert huge.code == "too-large"
    assert isinstance(page, Record)
    assert (tmp_path / "a.jsonl").read_bytes()[page.offset :].startswith(b'{"html": "<p>Hello"}')


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2020, 1, 2, 3, 4), datetime(2020, 1, 2, 3, 4, tzinfo=UTC)),
        (date(2020, 1, 2), datetime(2020, 1, 2, tzinfo=UTC)),
        ("20200102030400", datetime(2020, 1, 2, 3, 4, tzinfo=UTC)),
        ("2020-01-02T04:04:00+01:00", datetime(2020, 1, 2, 3, 4, tzinfo=UTC)),
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        ("yesterday", None),
        (10**30, None),
    ],
)
def test_a_day_is_read_however_it_is_written(tmp_path: Path, value: Any, expected: datetime | None) -> None:
    column = pa.array([float(value)]) if isinstance(value, int) else pa.array([value])
    table = pa.table({"Link": ["https://a.example/"], "content": [b"<p>Hello"], "fetch_time": column})
    pq.write_table(table, tmp_path / "a.parquet")
    (page,) = read(tmp_path / "a.parquet")
    assert isinstance(page, Record)
    assert (page.url, page.data, page.captured) == ("https://a.example/", b"<p>Hello", expected)


def test_a_table_without_pages_says_which_columns_it_looked_for(tmp_path: Path) -> None:
    pq.write_table(pa.table({"x": [1]}), tmp_path / "a.parquet")
    (broken,) = read(tmp_path / "a.parquet")
    assert isinstance(broken, Broken)
    assert broken.whole
    assert "expected one called html," in broken.message
    assert broken.message.endswith("found x")
