"""What the cells of a sheet are to somebody who reads it: titles, section lines, paragraphs, rows of a table.

The same for every kind of workbook. A row with one filled cell is a heading or a paragraph; rows with more are a table,
whose first row is its header if it names columns. A line between rows ("ANTI-WRINKLE") does not end the table: its
columns stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from menulint.readers.base import DocumentBuilder
from menulint.source import Role

_DEFAULT_NAME = re.compile(
    r"(?:sheet|tabelle|blatt|hoja|feuille?|foglio|planilha|blad|ark|taul|лист|シート|工作表) ?\d*", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\.{0,2}/\S+|[^\s/]\S*\.(?:jpe?g|png|webp|gif|svg|pdf|html?|php|mp4)", re.IGNORECASE
)
_LONGEST_HEADING = 80
_LONGEST_HEADER = 40
_LOOK_AHEAD = 12
_FIRST_COLUMNS = 702
"""Columns A to ZZ: what stands further right is shown by no screen."""


class Cell(NamedTuple):
    """A filled cell: row and column from 0, and what it shows."""

    row: int
    column: int
    text: str
    comment: str = ""
    is_number: bool = False


class _Row(NamedTuple):
    number: int
    cells: list[Cell]


@dataclass
class SheetWriter:
    """Reports the cells of one sheet, given row by row."""

    build: DocumentBuilder
    name: str
    _group: int = 0
    _row: int = 0
    _last_row: int = -1
    _intro: int | None = None
    _in_table: bool = False
    _left_out: int = 0
    _waiting: list[_Row] = field(default_factory=list)

    def write(self, cells: Iterable[Cell]) -> None:
        """Report the cells, which come in order of rows and columns."""
        if not _DEFAULT_NAME.fullmatch(self.name.strip()) and _WORD.search(self.name):
            self.build.put(Role.HEADING, self.name, level=1, cell=self.name)
        rows = _rows(cells)
        waiting = list(islice(rows, _LOOK_AHEAD))
        while waiting and not self.build.is_full:
            row = waiting.pop(0)
            waiting += islice(rows, 1)
            self._write(row, waiting)
            self._last_row = row.number

    def _write(self, row: _Row, following: Sequence[_Row]) -> None:
        if len(row.cells) == 1 and not row.cells[0].is_number:
            self._line(row.cells[0], following)
            return
        is_header = _is_header(row, following)
        if not self._in_table or (is_header and row.number > self._last_row + 1):
            self._group, self._row, self._in_table = self.build.new_group(), 0, True
        for cell in row.cells:
            if _ADDRESS.fullmatch(cell.text):
                if cell.text.lower().startswith(("http", "www.")):
                    self.build.signal_on(self.build.last_index(), "link", cell.text)
                continue
            place = {"group": self._group, "row": self._row, "column": cell.column, "intro": self._intro}
            self._put(Role.TABLE_CELL, cell, header=is_header and self._row == 0, **place)
        self._row += 1
        self._intro = None

    def _line(self, cell: Cell, following: Sequence[_Row]) -> None:
        """A row of one cell."""
        below = following[0] if following else None
        short = len(cell.text) <= _LONGEST_HEADING and cell.text.rstrip()[-1:] not in ".;,!" and "\n" not in cell.text
        heads = below is not None and (len(below.cells) > 1 or len(below.cells[0].text) > _LONGEST_HEADING)
        if short and _WORD.search(cell.text) and (heads or (self._last_row < 0 and below is not None)):
            self._put(Role.HEADING, cell, level=1 if self._last_row < 0 and not heads else 2)
            self._intro = None
            return
        for line in cell.text.split("\n"):
            self._intro = self._put(Role.PARAGRAPH, cell._replace(text=line))

    def _put(self, role: Role, cell: Cell, **place: object) -> int | None:
        name = f"{self.name}!{column_name(cell.column)}{cell.row + 1}"
        index = self.build.put(role, cell.text, cell=name, **place)  # type: ignore[arg-type]
        if index is not None and cell.comment:
            self.build.comment_on(index, cell.comment)
        return index


def column_name(column: int) -> str:
    """``A`` for 0, ``AB`` for 27."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def _rows(cells: Iterable[Cell]) -> Iterator[_Row]:
    row = _Row(-1, [])
    for cell in cells:
        if cell.column >= _FIRST_COLUMNS or not cell.text.strip():
            continue
        if cell.row != row.number:
            if row.cells:
                yield row
            row = _Row(cell.row, [])
        row.cells.append(cell)
    if row.cells:
        yield row


def _is_header(row: _Row, following: Sequence[_Row]) -> bool:
    """Whether a row names columns: short words over longer ones, or over numbers."""
    if any(cell.is_number or len(cell.text) > _LONGEST_HEADER or not _WORD.search(cell.text) for cell in row.cells):
        return False
    if any(re.search(r"\d", cell.text) for cell in row.cells):
        return False
    columns = {cell.column for cell in row.cells}
    below = [cell for other in following for cell in other.cells if len(other.cells) > 1 and cell.column in columns]
    return any(cell.is_number or re.search(r"\d", cell.text) or len(cell.text) > _LONGEST_HEADER for cell in below)
