"""Texts, workbooks and presentations of LibreOffice and its kin (``.odt``, ``.ods``, ``.odp``).

One part holds everything, cells with the text they show included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from menulint.readers.base import DocumentBuilder, Unread
from menulint.readers.office_archive import Archive, kind_of
from menulint.readers.office_xml import Attributes, read_part
from menulint.readers.prose_layout import Paragraph, ProseWriter, Table
from menulint.readers.sheet_layout import Cell, SheetWriter
from menulint.source import Role

MAX_CELLS = 100_000
MAX_PARAGRAPH = 200_000
MAX_ROWS = 1_048_576
_CONTENT = "content.xml"
_SKIPPED = frozenset("tracked-changes notes scripts ruby-text desc title forms".split())
_NUMBERS = frozenset({"float", "currency", "percentage", "date", "time"})
_LEVEL = re.compile(r"[1-9]")


class OdfReader:
    """Reads OpenDocument files of all kinds."""

    name = "odf"
    extensions = frozenset({".odt", ".ods", ".odp", ".ott", ".ots"})

    def recognises_bytes(self, data: bytes) -> bool:
        """A ZIP archive that begins by saying so."""
        return kind_of(data) == "odf"

    def read_bytes(self, data: bytes, build: DocumentBuilder) -> None:
        """Report paragraphs, tables and sheets in the order of the file."""
        archive = Archive(data)
        if "META-INF/manifest.xml" in archive:
            manifest = _Manifest()
            read_part(archive, "META-INF/manifest.xml", manifest, build)
            if manifest.encrypted:
                raise Unread("it is encrypted; save it without a password to have it checked")
        content = _Content(build)
        read_part(archive, _CONTENT, content, build)
        content.close()


READER = OdfReader()


@dataclass
class _Manifest:
    """Whether any part is encrypted."""

    encrypted: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        self.encrypted = self.encrypted or name == "encryption-data"

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


@dataclass
class _Grid:
    """A table or sheet while it is read."""

    name: str
    row: int = -1
    column: int = 0
    row_repeated: int = 1
    cell_repeated: int = 1
    is_number: bool = False
    cells: list[Cell] = field(default_factory=list)
    table: Table = field(default_factory=Table)
    pieces: list[Paragraph] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


class _Content:
    """The events of ``content.xml``."""

    def __init__(self, build: DocumentBuilder) -> None:
        self._build = build
        self._writer = ProseWriter(build)
        self._open: list[tuple[Paragraph, list[str]]] = []
        self._grid: _Grid | None = None
        self._depth = self._lists = self._skipping = self._pages = self._size = 0
        self._in_sheets = self._in_alt = False
        self._comment: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("desc", "title") and not self._skipping:
            self._in_alt = True
            self._open.append((Paragraph(), []))
        elif self._skipping or name in _SKIPPED:
            self._skipping += 1
        elif name in ("p", "h"):
            level = attributes.get("outline-level", "1") if name == "h" else ""
            heading = int(level) if _LEVEL.fullmatch(level) else 0
            self._open.append((Paragraph(heading=heading, in_list=self._lists > 0 and not heading), []))
            self._size = 0
        elif name == "spreadsheet":
            self._in_sheets = True
        elif name == "annotation":
            self._comment = []
        elif name in ("list-item", "list-header"):
            self._lists += 1
        elif name == "page":
            self._begin_page()
        elif not self._tabular(name, attributes):
            self._inline(name, attributes)

    def _begin_page(self) -> None:
        self._pages += 1
        self._build.restart_outline()
        self._writer = ProseWriter(self._build, page=self._pages)

    def _inline(self, name: str, attributes: Attributes) -> None:
        if name in ("s", "tab", "line-break") and self._open:
            self._open[-1][1].append("\n" if name == "line-break" else " ")
        elif name == "a" and self._open and (target := attributes.get("href", "")):
            self._open[-1][0].links.append(target)

    def _tabular(self, name: str, attributes: Attributes) -> bool:
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                self._grid = _Grid(attributes.get("name", ""))
            return True
        grid = self._grid
        if grid is None or self._depth != 1:
            return False
        if name == "table-row":
            grid.row += 1
            grid.column, grid.row_repeated = 0, _count(attributes.get("number-rows-repeated"))
            grid.table.rows.append([])
        elif name in ("table-cell", "covered-table-cell"):
            grid.cell_repeated = _count(attributes.get("number-columns-repeated"))
            grid.is_number = attributes.get("value-type") in _NUMBERS
            grid.pieces, grid.comments = [], []
        return name in ("table-row", "table-cell", "covered-table-cell")

    def text(self, data: str) -> None:
        if self._open and (not self._skipping or self._in_alt) and self._size < MAX_PARAGRAPH:
            self._open[-1][1].append(data)
            self._size += len(data)

    def end(self, name: str) -> None:
        if name in ("desc", "title") and self._in_alt:
            self._in_alt = False
            self._end_alt()
        elif self._skipping:
            self._skipping -= 1
        elif name in ("p", "h") and self._open:
            self._end_paragraph()
        elif name == "annotation":
            self._end_comment()
        elif name in ("list-item", "list-header"):
            self._lists -= 1
        elif name == "table":
            self._end_table()
        elif self._grid is not None and self._depth == 1:
            self._end_in_table(name, self._grid)

    def _end_alt(self) -> None:
        if self._open:
            _, pieces = self._open.pop()
            if text := "".join(pieces).strip():
                (self._open[-1][0].alts.append if self._open else self._put_alt)(text)

    def _put_alt(self, text: str) -> None:
        self._build.put(Role.ALT, text, page=self._pages or None, pointer="picture")

    def _end_paragraph(self) -> None:
        paragraph, pieces = self._open.pop()
        paragraph.text = "".join(pieces)
        if self._comment is not None:
            self._comment.append(paragraph.text)
        elif self._grid is not None:
            self._grid.pieces.append(paragraph)
        else:
            self._writer.paragraph(paragraph)

    def _end_comment(self) -> None:
        text, self._comment = "\n".join(self._comment or ()), None
        if self._open:
            self._open[-1][0].comments.append(text)
        elif self._grid is not None:
            self._grid.comments.append(text)

    def _end_in_table(self, name: str, grid: _Grid) -> None:
        if name in ("table-cell", "covered-table-cell"):
            if any(paragraph.text.strip() for paragraph in grid.pieces):
                text = "\n".join(paragraph.text for paragraph in grid.pieces)
                comment = "\n".join([*grid.comments, *(said for p in grid.pieces for said in p.comments)])
                self._keep(grid, Cell(grid.row, grid.column, text, comment, grid.is_number))
            if grid.table.rows and len(grid.table.rows[-1]) < 1_000:
                grid.table.rows[-1].append(grid.pieces)
            grid.column += grid.cell_repeated
            grid.pieces = []
        elif name == "table-row":
            grid.row = min(grid.row + grid.row_repeated - 1, MAX_ROWS)

    def _keep(self, grid: _Grid, cell: Cell) -> None:
        if len(grid.cells) < MAX_CELLS:
            grid.cells.append(cell)
        else:
            self._build.note(f"a sheet holds more than {MAX_CELLS:,} cells; the rest of it was not read")

    def _end_table(self) -> None:
        self._depth -= 1
        if self._depth or self._grid is None:
            return
        grid, self._grid = self._grid, None
        if self._in_sheets:
            self._build.restart_outline()
            SheetWriter(self._build, grid.name).write(grid.cells)
        else:
            self._writer.table(grid.table)

    def close(self) -> None:
        """What a damaged file left open."""
        self._comment = None
        while self._open:
            self._end_paragraph()
        if self._grid is not None:
            self._depth = 1
            self._end_table()


def _count(text: str | None) -> int:
    return min(int(text), MAX_ROWS) if text and text.isascii() and text.isdigit() and len(text) < 12 else 1
