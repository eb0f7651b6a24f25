"""Comma-separated values: price lists, treatment menus, exports of products from shops.

A file is a table with one row of headings; a row is one item. Where cells hold a text of several paragraphs, as the
descriptions of shops do, the name in the row is the heading of what stands in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from menulint.readers.base import SourceBuilder
from menulint.readers.contacts import report_contacts
from menulint.readers.csv_scan import Cell, Rows, separator_of
from menulint.readers.data_copy import plain_name
from menulint.readers.values import Decoded, Value, Within, is_markup, read_lines, read_value
from menulint.readers.wording import is_code_key, is_price, reads_like_words, role_of_key
from menulint.source import OffsetMap, Role

_NAMES = (
    "title", "name", "treatment", "treatment_name", "service", "service_name", "product", "product_name", "procedure", "item",
    "tratamiento", "nombre", "servicio", "producto",
)  # fmt: skip
_NO_COPY = frozenset(
    """handle vendor published status gift_card product_category product_type barcode variant_barcode tax_class tax_status
    option1_linked_to option2_linked_to option3_linked_to option1_name option2_name option3_name variant_tax_code
    created_at updated_at url_handle collection
    google_shopping_gender google_shopping_age_group google_shopping_condition google_shopping_google_product_category
    image_folder_link video_link requires_shipping taxable inventory parent grouped_products upsells cross_sells""".split()
)
_ROLES = {
    "image_alt_text": Role.ALT, "alt_text": Role.ALT, "seo_description": Role.META, "seo_title": Role.META,
    "meta_description": Role.META, "meta_title": Role.META,
}  # fmt: skip
_EXPORTS = (frozenset({"handle", "title"}), frozenset({"sku", "name", "type"}), frozenset({"handleid", "fieldtype"}))
"""Names of columns by which the export of a shop is known: its headings are a program's."""
_SEP_LINE = re.compile(r"sep=(.)(?:\r\n|\n|\r)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[/(\[].*")
_DOUBLED = re.compile('""')
_LONGEST_HEADING = 60
_HEADING_ROWS = 5
_MOST_IN_ROW = 40
"""Blocks of one row that are bound to each other as cells; what follows stands under the row's name only."""
_NO_VARIANT = "Default Title"
"""What shops export as the variant of a product that has none."""
_REMARK = re.compile(r"\s*#")


@dataclass(frozen=True, slots=True)
class _Column:
    """What the heading of a column says of its cells."""

    key: str = ""
    is_code: bool = False
    role: Role = Role.TABLE_CELL


class CsvReader:
    """Reads CSV and TSV."""

    name = "csv"
    extensions = frozenset({".csv", ".tsv", ".tab"})

    def recognises(self, text: str) -> bool:
        """Never by the text alone: prose has commas too."""
        return False

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the cells that read like words, row by row."""
        start = 1 if text.startswith("\ufeff") else 0
        told = _SEP_LINE.match(text, start)
        separator = told[1] if told else separator_of(text, start, build.path)
        rows = Rows(text, told.end() if told else start, len(text), separator)
        table = _Table(text, build, first=2 if told else 1)
        for row in rows:
            table.take(row)
        table.finish()
        if rows.broken:
            build.note("quotation marks that open a cell and never close were read as they stand")
        report_contacts(text, build)


class _Table:
    """Reports rows, once it knows which of them holds the headings."""

    def __init__(self, text: str, build: SourceBuilder, first: int) -> None:
        self._text, self._build = text, build
        self._group = build.new_group()
        self._record = first - 1
        self._waiting: list[tuple[int, list[Cell]]] = []
        self._columns: list[_Column] | None = None
        self._name = -1
        self._handle = -1
        self._row = 0
        self._item: tuple[str, int | None, int] = ("", None, 0)

    def take(self, row: list[Cell]) -> None:
        """Take the next row."""
        self._record += 1
        if not row:
            return
        if _REMARK.match(self._text, row[0].start) and "menulint:" in self._text[row[0].start : row[-1].end]:
            self._build.comment(self._text[row[0].start : row[-1].end], row[0].start, row[-1].end)
        elif self._columns is not None:
            self._report(self._record, row)
        else:
            self._waiting.append((self._record, row))
            if len(self._waiting) >= _HEADING_ROWS:
                self._begin()

    def finish(self) -> None:
        """There are no more rows."""
        if self._columns is None:
            self._begin()

    def _begin(self) -> None:
        """Choose the row of headings among the first: the widest of those whose cells are all short, if it is the first."""
        widest = max((len(row) for _, row in self._waiting), default=0)
        head = next((n for n, (_, row) in enumerate(self._waiting) if len(row) * 2 > widest), None)
        if head is not None and not self._is_heading(self._waiting[head][1]):
            head = None
        waiting, self._waiting = self._waiting, []
        self._columns = []
        for number, (record, row) in enumerate(waiting):
            if number == head:
                self._head(record, row)
            else:
                self._report(record, row)

    def _is_heading(self, row: list[Cell]) -> bool:
        texts = [self._value(cell).text.strip() for cell in row]
        if len(row) == 1 and len(texts[0].split()) > 3:
            return False
        return all(
            len(text) <= _LONGEST_HEADING * 2 and text[:1] not in "•-" and "://" not in text and not is_price(text)
            and not text.replace(".", "").isdigit() for text in texts
        )  # fmt: skip

    def _head(self, record: int, row: list[Cell]) -> None:
        names = {cell.column: self._value(cell).text.strip() for cell in row}
        keys = {column: plain_name(_BRACKETS.sub("", name) or name) for column, name in names.items()}
        whole = {column: plain_name(name).replace("_/_", "_") for column, name in names.items()}
        self._columns = [_Column()] * (max(names) + 1)
        for column, key in keys.items():
            is_code = (
                key in _NO_COPY
                or whole[column] in _NO_COPY
                or (is_code_key(key) and not key.endswith(("from", "price")))
            )
            self._columns[column] = _Column(key, is_code, _ROLES.get(key, _role(key)))
        found = [column for name in _NAMES for column, key in keys.items() if key == name]
        first = [column for column, said in enumerate(self._columns) if said.key and not said.is_code]
        self._name = next(iter([*found, *first]), -1)
        self._handle = next((column for column, key in keys.items() if key == "handle"), -1)
        if any(marks <= set(keys.values()) for marks in _EXPORTS):
            self._build.leave_out(row[0].start, row[-1].end, "headings of an export, which only programs read")
        else:
            for cell in row:
                self._build.add(Role.TABLE_CELL, _runs(self._value(cell)), header=True, **self._place(record, cell))
        self._row += 1

    def _place(self, record: int, cell: Cell, row: int | None = None) -> dict[str, Any]:
        at = self._row if row is None else row
        return {"group": self._group, "row": at, "column": cell.column, "cell": f"{letters(cell.column)}{record}"}

    def _column(self, number: int) -> _Column:
        columns = self._columns or []
        return columns[number] if number < len(columns) else _Column()

    def _report(self, record: int, row: list[Cell]) -> None:
        values = []
        for cell in row:
            column = self._column(cell.column)
            if not column.is_code:
                value = self._value(cell)
                if value.text != _NO_VARIANT and (reads_like_words(value.text, column.key) or is_price(value.text)):
                    values.append((cell, column, value))
        if not values:
            return
        values.sort(key=lambda found: found[0].column != self._name)
        number, heading = self._item_of(row, values)
        is_item = heading is not None or any(_is_long(value) for _, _, value in values)
        first = self._build.last_index()
        for cell, column, value in values:
            place = self._place(record, cell, number)
            if cell.column == self._name and is_item and not _is_long(value):
                heading = self._build.add(Role.HEADING, _runs(value), level=2, section=(), **place)
                self._item = (self._item[0], heading, number)
                continue
            last = self._build.last_index()
            if last is not None and last - (-1 if first is None else first) > _MOST_IN_ROW:
                place = {"cell": place["cell"]}
            self._cell(column, value, () if heading is None else (heading,), place)
        self._row += 1

    def _item_of(self, row: list[Cell], values: list[tuple[Cell, _Column, Value]]) -> tuple[int, int | None]:
        """The row number and heading of the item: a row without a name goes on with the one before that has its handle."""
        handle = next((self._text[cell.start : cell.end] for cell in row if cell.column == self._handle), "")
        named = any(cell.column == self._name for cell, _, _ in values)
        if handle and handle == self._item[0] and not named:
            return self._item[2], self._item[1]
        self._item = (handle, None, self._row)
        return self._row, None

    def _cell(self, column: _Column, value: Value, section: tuple[int, ...], place: dict[str, Any]) -> None:
        if "<" not in value.text and "\n" not in value.text and "\r" not in value.text and "&" not in value.text:
            self._build.add(column.role, _runs(value), section=section, **place)
            return
        roles = dict.fromkeys((value.role, Role.PARAGRAPH, Role.STRING), column.role)
        inner = _Cell(self._build, section, place, roles)
        if value.has_lines and not is_markup(value.text):
            read_lines(value, inner)
        else:
            read_value(value, inner)

    def _value(self, cell: Cell) -> Value:
        text = self._text[cell.start : cell.end]
        has_lines = "\n" in text or "\r" in text
        if not cell.quoted or '""' not in text:
            return Value("", text, OffsetMap.identity(len(text), cell.start), has_lines)
        made, at = Decoded(), cell.start
        for match in _DOUBLED.finditer(self._text, cell.start, cell.end):
            made.put(self._text[at : match.start()], at, match.start())
            made.put('"', *match.span())
            at = match.end()
        made.put(self._text[at : cell.end], at, cell.end)
        made.has_lines = has_lines
        return made.value("", cell.start)


class _Cell(Within):
    """The inside of a cell: bound to its row for as many blocks as a row may have."""

    def __init__(
        self, outer: SourceBuilder, section: tuple[int, ...], place: dict[str, Any], roles: dict[Role, Role]
    ) -> None:
        super().__init__(outer, section, place, roles)
        self._left = _MOST_IN_ROW

    def add(self, role: Role, runs: Any, *, level: int = 0, **place: Any) -> int | None:
        """A block of the cell."""
        self._left -= 1
        if self._left == 0:
            self._place = {"cell": self._place["cell"]}
        place.pop("pointer", None)
        return super().add(role, runs, level=level, **place)


def _role(key: str) -> Role:
    role = role_of_key(key)
    return role if role in (Role.ALT, Role.CAPTION, Role.BUTTON) else Role.TABLE_CELL


def _is_long(value: Value) -> bool:
    return len(value.text) > 1 and ("\n" in value.text.strip() or is_markup(value.text))


def _runs(value: Value) -> list[tuple[str, int, int]]:
    segments = value.map.segments
    ends = [*(at for at, _, _ in segments[1:]), value.map.length]
    return [(value.text[at:end], start, stop) for (at, start, stop), end in zip(segments, ends, strict=True)]


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The name a spreadsheet gives a column, counted from 0: A, B, …, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


READER = CsvReader()
