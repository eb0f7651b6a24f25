"""Workbooks of Excel and of those that write its files (``.xlsx``, ``.xlsm``): cells as they are shown.

Read with the standard library alone: a workbook is a ZIP archive of XML parts, and only as a stream is it safe to read one
that somebody else made. Formulas show the value that was computed last. Sheets that are hidden are read too, with a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from menulint.readers import office_numbers
from menulint.readers.base import DocumentBuilder, Unread
from menulint.readers.office_archive import Archive, kind_of
from menulint.readers.office_xml import Attributes, Relation, Stop, main_part, read_part, relations
from menulint.readers.sheet_layout import Cell, SheetWriter

MAX_SHEETS = 200
MAX_CELLS = 100_000
MAX_SHARED_CHARACTERS = 24_000_000
MAX_CELL_CHARACTERS = 100_000
"""Excel holds 32,767."""

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class XlsxReader:
    """Reads the sheets of a workbook in their order."""

    name = "xlsx"
    extensions = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb"})

    def recognises_bytes(self, data: bytes) -> bool:
        """A ZIP archive whose main part is a workbook."""
        return kind_of(data) == "xlsx"

    def read_bytes(self, data: bytes, build: DocumentBuilder) -> None:
        """Report every sheet."""
        archive = Archive(data)
        part = main_part(archive, "xl/workbook.xml", build)
        if part.endswith(".bin") or "xl/workbook.bin" in archive:
            raise Unread("it is a binary workbook (.xlsb); save it as .xlsx to have it checked")
        workbook = _Workbook()
        if not read_part(archive, part, workbook, build) and not workbook.sheets:
            return
        _Sheets(archive, build, workbook, relations(archive, part, build)).read()


READER = XlsxReader()


@dataclass
class _Nothing:
    """A handler that ignores what it does not override."""

    def start(self, name: str, attributes: Attributes) -> None:
        pass

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


@dataclass
class _Workbook(_Nothing):
    """The list of sheets: name, relation, whether hidden."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    from_1904: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet" and len(self.sheets) < MAX_SHEETS:
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get("r:id", ""), hidden))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")


@dataclass
class _Styles(_Nothing):
    """The number format of each cell style."""

    formats: list[str] = field(default_factory=list)
    _own: dict[int, str] = field(default_factory=dict)
    _in_cells: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self._own[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells and len(self.formats) < 100_000:
            number = _number(attributes.get("numFmtId"))
            self.formats.append(self._own.get(number) or office_numbers.built_in(number))

    def end(self, name: str) -> None:
        self._in_cells = self._in_cells and name != "cellXfs"


class _Text(_Nothing):
    """Collects the characters of ``t`` elements: runs of rich text joined, phonetic guides (``rPh``) left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._taking = False
        self._guide = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "t":
            self._taking = not self._guide
        elif name == "rPh":
            self._guide = True

    def end(self, name: str) -> None:
        if name == "t":
            self._taking = False
        elif name == "rPh":
            self._guide = False

    def text(self, data: str) -> None:
        if self._taking and self._size < MAX_CELL_CHARACTERS:
            self._pieces.append(data)
            self._size += len(data)

    def taken(self) -> str:
        """What was collected since the last time."""
        text = "".join(self._pieces)
        self._pieces, self._size = [], 0
        return text


class _SharedStrings(_Text):
    """The texts that cells refer to by number."""

    def __init__(self, build: DocumentBuilder) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._build = build
        self._characters = 0

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.strings.append(self.taken())
            self._characters += len(self.strings[-1])
            if self._characters > MAX_SHARED_CHARACTERS:
                self._build.note("it holds so much text that not all of it was read")
                raise Stop


class _Comments(_Text):
    """The comments of a sheet by cell; those of threads come in the same shape."""

    def __init__(self) -> None:
        super().__init__()
        self.comments: dict[str, str] = {}
        self._cell = ""

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        if name in ("comment", "threadedComment"):
            self._cell = attributes.get("ref", "")
        elif name == "text":
            self._taking = True

    def end(self, name: str) -> None:
        super().end(name)
        if name == "text":
            self._taking = False
        elif name in ("comment", "threadedComment") and (text := self.taken()):
            before = self.comments.get(self._cell)
            self.comments[self._cell] = f"{before}\n{text}" if before else text


class _Sheet(_Text):
    """The filled cells of one sheet, in the order of the file."""

    def __init__(self, sheets: _Sheets, comments: dict[str, str]) -> None:
        super().__init__()
        self.cells: list[Cell] = []
        self.links: list[str] = []
        self._sheets, self._comments = sheets, comments
        self._row, self._column = -1, -1
        self._type = self._style = self._ref = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin(attributes)
        elif name == "row":
            self._row = _number(attributes.get("r")) - 1 if attributes.get("r") else self._row + 1
            self._column = -1
        elif name == "v":
            self._taking = True
        elif name == "hyperlink":
            self.links.append(attributes.get("r:id", ""))
        else:
            super().start(name, attributes)

    def _begin(self, attributes: Attributes) -> None:
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._ref = attributes.get("r", "")
        if place := _CELL.fullmatch(self._ref):
            self._row, self._column = int(place[2]) - 1, _column(place[1])
        else:
            self._column += 1
        self.taken()

    def end(self, name: str) -> None:
        super().end(name)
        if name == "v":
            self._taking = False
        elif name == "c":
            self._finish()

    def _finish(self) -> None:
        written = self.taken()
        text = self._sheets.shown(written, self._type, self._style)
        if not text.strip():
            return
        comment = self._comments.get(self._ref, "")
        self.cells.append(Cell(self._row, self._column, text, comment, self._type == "n"))
        if len(self.cells) >= MAX_CELLS:
            self._sheets.note(f"a sheet holds more than {MAX_CELLS:,} cells; the rest of it was not read")
            raise Stop


class _Sheets:
    """Reads the sheets of a workbook with what they share."""

    def __init__(
        self, archive: Archive, build: DocumentBuilder, workbook: _Workbook, found: dict[str, Relation]
    ) -> None:
        self._archive, self._build, self._workbook, self._relations = archive, build, workbook, found
        self._strings = _SharedStrings(build)
        self._styles = _Styles()
        self._read_shared("sharedStrings", self._strings)
        self._read_shared("styles", self._styles)

    def note(self, text: str) -> None:
        """Say something about the workbook."""
        self._build.note(text)

    def _read_shared(self, kind: str, handler: _Nothing) -> None:
        for relation in self._relations.values():
            if relation.kind == kind and relation.target in self._archive:
                read_part(self._archive, relation.target, handler, self._build)
                return

    def read(self) -> None:
        """Report all sheets; the outline begins anew in each."""
        for name, identifier, hidden in self._workbook.sheets:
            relation = self._relations.get(identifier)
            if relation is None or relation.kind != "worksheet" or relation.target not in self._archive:
                continue
            before = self._build.last_index()
            self._build.restart_outline()
            self._sheet(name, relation.target)
            if hidden and self._build.last_index() != before:
                self.note(f"sheet {name!r} is hidden; it was read as well")

    def _sheet(self, name: str, part: str) -> None:
        found = relations(self._archive, part, self._build)
        sheet = _Sheet(self, self._comments(found))
        read_part(self._archive, part, sheet, self._build)
        SheetWriter(self._build, name).write(_in_order(sheet.cells))
        for identifier in sheet.links:
            if (link := found.get(identifier)) and link.external:
                self._build.signal_on(self._build.last_index(), "link", link.target)

    def _comments(self, found: dict[str, Relation]) -> dict[str, str]:
        comments = _Comments()
        for relation in found.values():
            if relation.kind in ("comments", "threadedComment") and relation.target in self._archive:
                read_part(self._archive, relation.target, comments, self._build)
        return comments.comments

    def shown(self, written: str, kind: str, style: str) -> str:
        """What a cell shows."""
        if kind == "s":
            number = _number(written, -1)
            return self._strings.strings[number] if 0 <= number < len(self._strings.strings) else ""
        if kind == "b":
            return "TRUE" if written == "1" else "FALSE"
        if kind != "n":
            return "" if kind == "e" else written
        formats, number = self._styles.formats, _number(style)
        code = formats[number] if number < len(formats) else office_numbers.GENERAL
        return office_numbers.shown(written, code, from_1904=self._workbook.from_1904) if written else ""


def _in_order(cells: list[Cell]) -> Iterator[Cell]:
    """As a reader goes: some program writes rows in another order."""
    yield from sorted(cells, key=lambda cell: (cell.row, cell.column))


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
