"""Tables of pages: JSON lines and Parquet, with a column for the address, one for HTML or text, and one for the date."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from menulint.scanning.plan import PARQUET, Unit
from menulint.scanning.record import COLUMN, Broken, Item, PassedOver, Record

URL = ("url", "uri", "address", "link")
HTML = ("html", "raw_html", "content", "body")
TEXT = ("text", "plain_text", "markdown")
DATE = ("date", "timestamp", "captured", "capture_time", "crawl_date", "fetch_time", "warc_date")
"""Names a column may have, any case; the first that is there counts."""

_BATCH = 64
_JSON = msgspec.json.Decoder()
_ESCAPES = 6
"""An escape of JSON takes up to six bytes for one of the text."""


def records(unit: Unit, max_bytes: int) -> Iterator[Item]:
    """The rows of a table, in its order."""
    (name,) = unit.files
    rows = _parquet if unit.kind == PARQUET else _json_lines
    try:
        yield from rows(name, max_bytes)
    except (OSError, pa.ArrowException) as error:
        yield Broken(name, 0, "not-readable", f"it cannot be read to its end: {error}", whole=True)


def _json_lines(name: str, max_bytes: int) -> Iterator[Item]:
    """One object on each line; ``offset`` counts in the file once it is decompressed."""
    at, longest = 0, max_bytes * _ESCAPES
    with pa.input_stream(name, compression="detect") as stream, io.BufferedReader(stream) as lines:
        while line := lines.readline(longest):
            begun, at = at, at + len(line)
            if len(line) == longest:
                while (rest := lines.readline(longest)) and len(rest) == longest:
                    at += len(rest)
                at += len(rest)
                yield _too_large(name, begun, max_bytes)
            elif line.strip():
                yield _of_line(name, begun, line, max_bytes)


def _of_line(name: str, at: int, line: bytes, max_bytes: int) -> Item:
    try:
        row = _JSON.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        return Broken(name, at, "broken-record", f"the line is no JSON: {error}")
    if not isinstance(row, dict):
        return Broken(name, at, "broken-record", 'the line holds no object; expected {"url": …, "html": …}')
    return _record(name, at, {key.lower(): value for key, value in row.items()}, max_bytes)


def _parquet(name: str, max_bytes: int) -> Iterator[Item]:
    """``offset`` is the number of the row."""
    with pq.ParquetFile(name) as file:
        known = {column.lower(): column for column in file.schema_arrow.names}
        wanted = [column for names in (URL, HTML, TEXT, DATE) if (column := _first(names, known))]
        if not _first((*HTML, *TEXT), known):
            said = f"no column holds pages; expected one called {', '.join((*HTML, *TEXT))}, found {', '.join(known)}"
            yield Broken(name, 0, "no-pages", said[:1000], whole=True)
            return
        at = 0
        for batch in file.iter_batches(_BATCH, columns=[known[column] for column in wanted]):
            for row in batch.to_pylist():
                yield _record(name, at, {key.lower(): value for key, value in row.items()}, max_bytes)
                at += 1


def _first(names: Sequence[str], known: Mapping[str, Any]) -> str:
    return next((name for name in names if known.get(name) is not None), "")


def _record(name: str, at: int, row: Mapping[str, Any], max_bytes: int) -> Item:
    column = _first((*HTML, *TEXT), row)
    page = row.get(column)
    data = page.encode("utf-8", "surrogatepass") if isinstance(page, str) else page
    url = row.get(_first(URL, row))
    captured = _when(row.get(_first(DATE, row)))
    if data is None:
        return PassedOver("row without page")
    if not isinstance(data, bytes):
        return Broken(name, at, "broken-record", f"{column} holds no text")
    if len(data) > max_bytes:
        return _too_large(name, at, max_bytes)
    return Record(
        name,
        at,
        data,
        url=url if isinstance(url, str) else "",
        url_by="record" if isinstance(url, str) and url else "",
        captured=captured,
        captured_by=COLUMN if captured else "",
        format="html" if column in HTML else "markdown" if column == "markdown" else "text",
        charset="utf-8" if isinstance(page, str) else None,
    )


def _too_large(name: str, at: int, max_bytes: int) -> Broken:
    return Broken(name, at, "too-large", f"the page is larger than {max_bytes:,} bytes")


def _when(value: Any) -> datetime | None:
    """A date as tables hold it: a time, a day, ISO 8601, the fourteen digits of archives, seconds since 1970."""
    try:
        if isinstance(value, str):
            digits = value.strip()
            value = (
                datetime.strptime(digits, "%Y%m%d%H%M%S")
                if len(digits) == 14 and digits.isdigit()
                else (datetime.fromisoformat(digits))
            )
        elif isinstance(value, date) and not isinstance(value, datetime):
            value = datetime(value.year, value.month, value.day)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            value = datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    if not isinstance(value, datetime):
        return None
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
