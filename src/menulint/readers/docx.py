"""Documents of Word and of those that write its files (``.docx``, ``.docm``), as they are printed.

Read with the standard library alone, as a stream (see ``office_archive``). What tracked changes take away is left out and what
they add is read; hidden text and the instructions of fields are no copy. Comments are not read as copy: suppressions
stand in them. Headers, footers, footnotes and endnotes follow the body, each text once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from menulint.readers.base import DocumentBuilder
from menulint.readers.office_archive import Archive, kind_of
from menulint.readers.office_xml import Attributes, Relation, main_part, read_part, relations
from menulint.readers.prose_layout import Paragraph, ProseWriter, Table, put_title

MAX_PARAGRAPH = 200_000
MAX_HEADERS = 100

_SKIPPED = frozenset(
    "del moveFrom Fallback instrText delText delInstrText rPrChange pPrChange sectPrChange tblPrChange tcPrChange "
    "trPrChange numberingChange ruby-rt rt".split()
)
"""What is not shown: taken away by tracked changes, a second version for older programs, how it was before."""
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad", "ptab": "\t"}
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})


class DocxReader:
    """Reads body, notes, headers and footers of a document."""

    name = "docx"
    extensions = frozenset({".docx", ".docm", ".dotx", ".dotm"})

    def recognises_bytes(self, data: bytes) -> bool:
        """A ZIP archive whose main part is a document."""
        return kind_of(data) == "docx"

    def read_bytes(self, data: bytes, build: DocumentBuilder) -> None:
        """Report the document."""
        archive = Archive(data)
        part = main_part(archive, "word/document.xml", build)
        _Document(archive, build, part).read()


READER = DocxReader()


class Style(NamedTuple):
    """A paragraph style as far as it tells what a paragraph is."""

    name: str = ""
    based_on: str = ""
    outline: int = 0
    in_list: bool = False


@dataclass
class _Styles:
    """The styles by id."""

    found: dict[str, Style] = field(default_factory=dict)
    language: str = ""
    _id: str = ""
    _in_defaults: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if name == "style" and len(self.found) < 20_000:
            self._id = attributes.get("styleId", "")
            self.found[self._id] = Style()
        elif name == "docDefaults":
            self._in_defaults = True
        elif name == "lang" and self._in_defaults:
            self.language = value
        elif self._id:
            self._property(name, value)

    def _property(self, name: str, value: str) -> None:
        style = self.found[self._id]
        if name == "name":
            self.found[self._id] = style._replace(name=value)
        elif name == "basedOn":
            self.found[self._id] = style._replace(based_on=value)
        elif name == "outlineLvl" and value.isdigit():
            self.found[self._id] = style._replace(outline=int(value) + 1)
        elif name == "numId":
            self.found[self._id] = style._replace(in_list=value != "0")

    def end(self, name: str) -> None:
        if name == "style":
            self._id = ""
        elif name == "docDefaults":
            self._in_defaults = False

    def text(self, data: str) -> None:
        pass

    def heading(self, identifier: str) -> int:
        """The level of heading a style makes, 0 for none; the title of the document is above all."""
        for _ in range(12):
            style = self.found.get(identifier, Style())
            if match := _HEADING.fullmatch(style.name):
                return int(match[1]) + 1
            if style.name.lower() in ("title", "subtitle"):
                return 1 if style.name.lower() == "title" else 2
            if style.outline:
                return style.outline + 1 if style.outline <= 9 else 0
            identifier = style.based_on
            if not identifier:
                return 0
        return 0

    def in_list(self, identifier: str) -> bool:
        """Whether a style makes list items."""
        style = self.found.get(identifier, Style())
        return style.in_list or style.name.lower().startswith("list ")


@dataclass
class _Open:
    """A paragraph while it is read."""

    paragraph: Paragraph = field(default_factory=Paragraph)
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    runs: int = 0
    bold_runs: int = 0
    numbered: bool | None = None
    style: str = ""


class _Body:
    """Paragraphs and tables of a part, told to a writer as soon as each is whole."""

    def __init__(
        self, styles: _Styles, found: dict[str, Relation], comments: dict[str, str], writer: ProseWriter
    ) -> None:
        self._styles, self._relations, self._comments, self._writer = styles, found, comments, writer
        self._open: list[_Open] = []
        self._skipping = self._tables = 0
        self._table: Table | None = None
        self._taking = self._hidden = self._bold = self._in_run_properties = False

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
        elif name == "p":
            self._open.append(_Open())
        elif name == "t":
            self._taking = True
        elif name == "r":
            self._hidden = self._bold = False
        elif name in ("tbl", "tr", "tc", "tblHeader"):
            self._start_table(name)
        elif self._open:
            self._inside(name, attributes, self._open[-1])

    def _inside(self, name: str, attributes: Attributes, at: _Open) -> None:
        value = attributes.get("val", "")
        if name == "rPr":
            self._in_run_properties = True
        elif name == "b":
            self._bold = value not in _OFF
        elif name in ("vanish", "webHidden"):
            self._hidden = value not in _OFF
        elif name in _CHARACTERS and not self._in_run_properties:
            self._add(_CHARACTERS[name])
        elif name == "pStyle":
            at.style = value
        elif name == "numId":
            at.numbered = value != "0"
        elif name == "outlineLvl" and value.isdigit() and int(value) < 9:
            at.paragraph.heading = int(value) + 2
        else:
            self._reference(name, attributes, at.paragraph)

    def _reference(self, name: str, attributes: Attributes, paragraph: Paragraph) -> None:
        if name == "commentReference" and (said := self._comments.get(attributes.get("id", ""))):
            paragraph.comments.append(said)
        elif name == "hyperlink":
            relation = self._relations.get(attributes.get("r:id", ""))
            if relation and relation.external:
                paragraph.links.append(relation.target)
        elif name == "docPr" and (alt := attributes.get("descr", "").strip()):
            paragraph.alts.append(alt)

    def text(self, data: str) -> None:
        if self._taking and not self._skipping and not self._hidden:
            self._add(data)

    def _add(self, text: str) -> None:
        if not self._open or self._open[-1].size > MAX_PARAGRAPH:
            return
        at = self._open[-1]
        at.pieces.append(text)
        at.size += len(text)
        if text.strip():
            at.runs += 1
            at.bold_runs += self._bold

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name == "t":
            self._taking = False
        elif name == "rPr":
            self._in_run_properties = False
        elif name == "p" and self._open:
            self._finish(self._open.pop())
        elif name == "tbl":
            self._end_table()

    def _finish(self, at: _Open) -> None:
        paragraph = at.paragraph
        paragraph.text = "".join(at.pieces)
        paragraph.heading = paragraph.heading or self._styles.heading(at.style)
        paragraph.in_list = self._styles.in_list(at.style) if at.numbered is None else at.numbered
        paragraph.bold = 0 < at.runs == at.bold_runs
        if self._table is None:
            self._writer.paragraph(paragraph)
        elif self._table.rows and self._table.rows[-1]:
            self._table.rows[-1][-1].append(paragraph)

    def _start_table(self, name: str) -> None:
        if name == "tbl":
            self._tables += 1
            if self._table is None:
                self._table = Table()
        elif self._table is not None and self._tables == 1:
            # What a table inside a table holds is read as part of the cell it stands in.
            if name == "tr":
                self._table.rows.append([])
            elif name == "tblHeader":
                self._table.header_rows = len(self._table.rows)
            elif self._table.rows:
                self._table.rows[-1].append([])

    def _end_table(self) -> None:
        self._tables -= 1
        if self._tables == 0 and self._table is not None:
            table, self._table = self._table, None
            self._writer.table(table)

    def close(self) -> None:
        """What a damaged part left open."""
        while self._open:
            self._finish(self._open.pop())
        if self._table is not None:
            self._writer.table(self._table)


class _Comments:
    """The texts of comments by id: their paragraphs one below the other."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._id: str | None = None
        self._taking = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "comment" and len(self.found) < 20_000:
            self._id = attributes.get("id", "")
            self.found[self._id] = ""
        elif name == "t":
            self._taking = True

    def end(self, name: str) -> None:
        if name == "comment":
            self._id = None
        elif name == "p" and self._id is not None:
            self.found[self._id] += "\n"
        elif name == "t":
            self._taking = False

    def text(self, data: str) -> None:
        if self._taking and self._id is not None and len(self.found[self._id]) < 10_000:
            self.found[self._id] += data


class _Title:
    """The title in the properties of a document."""

    def __init__(self) -> None:
        self.title = ""
        self._in_title = False

    def start(self, name: str, attributes: Attributes) -> None:
        self._in_title = name == "title"

    def end(self, name: str) -> None:
        self._in_title = False

    def text(self, data: str) -> None:
        if self._in_title and len(self.title) < 1_000:
            self.title += data


def read_title(archive: Archive, build: DocumentBuilder) -> None:
    """Report the title of an office document."""
    if "docProps/core.xml" in archive:
        found = _Title()
        read_part(archive, "docProps/core.xml", found, build)
        put_title(found.title, build)


class _Document:
    """Reads the parts of a document one after the other."""

    def __init__(self, archive: Archive, build: DocumentBuilder, part: str) -> None:
        self._archive, self._build, self._part = archive, build, part
        self._relations = relations(archive, part, build)
        self._styles, self._comments = _Styles(), _Comments()
        for kind, handler in (("styles", self._styles), ("comments", self._comments)):
            for relation in self._related(kind):
                read_part(archive, relation.target, handler, build)

    def _related(self, *kinds: str) -> list[Relation]:
        found = [r for r in self._relations.values() if r.kind in kinds and r.target in self._archive]
        return list({relation.target: relation for relation in found}.values())

    def read(self) -> None:
        """Report everything."""
        language = self._styles.language.partition("-")[0].lower()
        if language and language != "en":  # English is what programs write when nobody chose
            self._build.signal_on(None, "lang", language)
        read_title(self._archive, self._build)
        self._read(self._part, ProseWriter(self._build))
        for kind in ("footnotes", "endnotes"):
            for relation in self._related(kind):
                self._build.restart_outline()
                self._read(relation.target, ProseWriter(self._build, pointer=kind.removesuffix("s")))
        seen: set[str] = set()
        for relation in self._related("header", "footer")[:MAX_HEADERS]:
            self._build.restart_outline()
            self._read(relation.target, _Once(self._build, seen, pointer=relation.kind))

    def _read(self, part: str, writer: ProseWriter) -> None:
        own = self._relations if part == self._part else relations(self._archive, part, self._build)
        body = _Body(self._styles, own, self._comments.found, writer)
        read_part(self._archive, part, body, self._build)
        body.close()


class _Once(ProseWriter):
    """Reports each text once: the first page, odd and even pages have headers of their own that say the same."""

    def __init__(self, build: DocumentBuilder, seen: set[str], *, pointer: str) -> None:
        super().__init__(build, pointer=pointer)
        self._seen = seen

    def paragraph(self, paragraph: Paragraph) -> None:
        """Report a paragraph unless it was reported before."""
        text = " ".join(paragraph.text.split())
        if text not in self._seen:
            self._seen.add(text)
            super().paragraph(paragraph)
