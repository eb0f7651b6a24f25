"""Rows of a query as a table for people, as CSV or as JSON; in pieces, so that their number costs no memory."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec

from menulint.errors import UsageError
from menulint.reporters import csv
from menulint.reporters._snippet import safe

FORMATS = ("table", "csv", "json")
WIDEST = 60
"""Characters of a cell that a table shows."""

_LARGEST = 2**63 - 1
_NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL")


def rendered(columns: Sequence[str], types: Sequence[str], rows: Iterable[Sequence[Any]], kind: str) -> Iterator[str]:
    """Rows in one of ``FORMATS``. A table is laid out as a whole, the others are made row by row."""
    if kind == "table":
        return _table(columns, types, rows)
    return _csv(columns, rows) if kind == "csv" else _json(columns, rows)


def _table(columns: Sequence[str], types: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    cells = [[_cut(_in_words(value)) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(map(safe, columns), *cells, strict=True)]
    right = [any(number in kind for number in _NUMBERS) and "[" not in kind for kind in types]
    for line in ([safe(column) for column in columns], ["-" * width for width in widths], *cells):
        laid = (
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(line, widths, right, strict=True)
        )
        yield "  ".join(laid).rstrip() + "\n"


def _cut(text: str) -> str:
    text = safe(text[: WIDEST + 1])
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield csv.line(map(csv.inert, columns))
    for row in rows:
        yield csv.line(csv.inert(_in_words(value)) if isinstance(value, str) else _in_words(value) for value in row)


def _json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    if twice := sorted(name for name, times in Counter(columns).items() if times > 1):
        raise UsageError(f"several columns are called {', '.join(twice)}; name them apart with AS, or ask for CSV")
    separator = "[\n"
    for row in rows:
        values = dict(zip(columns, map(plain, row), strict=True))
        yield separator + msgspec.json.encode(values, enc_hook=str).decode()
        separator = ",\n"
    yield "\n]\n" if separator != "[\n" else "[]\n"


def _in_words(value: Any) -> str:
    """A value for a cell: times as short as they are, lists with commas, structures as JSON, nothing for null."""
    value = plain(value)
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return msgspec.json.encode(value, enc_hook=str).decode().strip('"')


def plain(value: Any) -> Any:
    """A value of the database as JSON holds it: times as ISO 8601 in UTC, what is no number as null."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat().replace("+00:00", "Z")
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and abs(value) > _LARGEST:
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(own) for key, own in value.items()}
    return [plain(own) for own in value] if isinstance(value, list | tuple) else value
