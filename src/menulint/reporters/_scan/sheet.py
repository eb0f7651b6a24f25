"""An overview as a workbook: a sheet for each table, the first one saying what is counted.

Rows are written as they come and memory stays the same. All text is text: XlsxWriter makes no formula and no link of a string
here, and the quote prefix keeps a cell text when somebody edits it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from menulint.reporters._places import xml_text
from menulint.reporters._scan.overview import Overview
from menulint.reporters._scan.tables import TABLES, Value

LAST_ROW, LONGEST = 1_048_575, 32_767
"""What a sheet and a cell can hold."""

_WIDTHS = {"text": 40, "before": 30, "after": 30, "message": 40, "url": 40, "provisions": 40, "site": 28, "name": 28}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(path: Path, overview: Overview, said: Iterable[tuple[str, str]]) -> None:
    """Write the workbook; ``said`` are the rows of its first sheet.

    Raises:
        OSError: the file cannot be written.
    """
    book = xlsxwriter.Workbook(path.as_posix(), _OPTIONS)
    book.set_properties({"created": datetime(2000, 1, 1)})  # the same store gives the same bytes
    sheets = _Sheets(book)
    sheets.add("about", ("what", "value"), said, {"what": 70, "value": 40})
    for name, table in TABLES.items():
        sheets.add(name, table.columns, table.rows(overview), _WIDTHS)
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(error.args[0].errno, error.args[0].strerror) from error


class _Sheets:
    """The sheets of a book, with the formats of their cells."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._text = book.add_format({"quote_prefix": True})
        self._time = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})

    def add(self, name: str, columns: Iterable[str], rows: Iterable[Iterable[Value]], widths: dict[str, int]) -> None:
        columns = list(columns)
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, widths.get(column, 14))
            sheet.write_string(0, at, column, self._head)
        last = 0
        for last, row in enumerate(rows, 1):
            if last > LAST_ROW:
                break
            for at, value in enumerate(row):
                self._write(sheet, last, at, value)
        sheet.autofilter(0, 0, min(last, LAST_ROW), max(0, len(columns) - 1))

    def _write(self, sheet: Any, row: int, column: int, value: Value) -> None:
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._time)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self._day)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
        elif value:
            sheet.write_string(row, column, xml_text(value)[:LONGEST], self._text)
