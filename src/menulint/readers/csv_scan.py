"""The cells of comma-separated values with their place in the file, however well or badly they are quoted.

Follows RFC 4180, with other separators, and as spreadsheets do it: a quotation mark closes a cell only where a separator or
a line end follows, so that one that was not doubled does not swallow the rest of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

SEPARATORS = ",;\t|"
_SNIFFED = 50_000
_SNIFFED_ROWS = 30
_MOST_BROKEN = 8
"""Quotation marks without an end after which none is looked for any more: each look goes to the end of the file."""


class Cell(NamedTuple):
    """A cell that is not empty: its column, and the span of what it holds without quotation marks."""

    column: int
    start: int
    end: int
    quoted: bool


class Rows:
    """The rows of ``text[start:end]``; ``broken`` counts quotation marks that open a cell and never close."""

    def __init__(self, text: str, start: int, end: int, separator: str) -> None:
        self.broken = 0
        self._given_up: int | None = None
        self._text, self._start, self._end = text, start, end
        self._separator = re.escape(separator)

    def __iter__(self) -> Iterator[list[Cell]]:
        yield from self._read(self._start, quoting=True)
        if self._given_up is not None:
            yield from self._read(self._given_up, quoting=False)

    def _pattern(self, quoting: bool) -> re.Pattern[str]:
        mark = self._separator
        quoted = (
            rf'"((?:[^"]++|""|"(?![ \t]*+(?:{mark}|[\r\n]|\Z)))*+)"[ \t]*+(?={mark}|[\r\n]|\Z)|'
            if quoting
            else "(?!)()|"
        )
        return re.compile(rf"(?:{quoted}([^{mark}\r\n]*+))(?:({mark}++)|(\r\n|\n|\r)|\Z)")

    def _read(self, at: int, *, quoting: bool) -> Iterator[list[Cell]]:
        """The rows from ``at`` on; stops after a row with which too much is broken, and says where the next one begins."""
        text, end, column = self._text, self._end, 0
        row: list[Cell] = []
        for match in self._pattern(quoting).finditer(text, at, end):
            start, stop = match.span(1)
            if start >= 0:
                if start < stop:
                    row.append(Cell(column, start, stop, True))
            else:
                start, stop = match.span(2)
                if start < stop:
                    row.append(Cell(column, start, stop, False))
                    self.broken += quoting and text[start] == '"'
            if match.lastindex == 3:
                column += match.end(3) - match.start(3)
            elif match.end() < end or match.start() < end:
                yield row
                row, column = [], 0
                if self.broken > _MOST_BROKEN and quoting:
                    self._given_up = match.end()
                    return
        if row:
            yield row


def separator_of(text: str, start: int, path: str) -> str:
    """The separator under which the first rows come out most alike; a tab where the name says so."""
    if path.lower().endswith((".tsv", ".tab")):
        return "\t"
    end = min(len(text), start + _SNIFFED)
    return max(SEPARATORS, key=lambda separator: _likeness(text, start, end, separator))


def _likeness(text: str, start: int, end: int, separator: str) -> tuple[int, int]:
    """How many rows have the most usual number of columns, if that is more than one, and that number."""
    widths: Counter[int] = Counter()
    for number, row in enumerate(Rows(text, start, end, separator)):
        if number >= _SNIFFED_ROWS:
            break
        if row:
            widths[row[-1].column + 1] += 1
    shared, width = max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))
    wide = sum(rows for width, rows in widths.items() if width > 1)
    return (wide + shared, width)
