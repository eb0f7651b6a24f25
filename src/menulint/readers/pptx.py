"""Presentations of PowerPoint and of those that write its files (``.pptx``): treatment menus on screens and in print.

Each slide is a page. Its shapes are read from top to bottom and left to right, the title first. What stands in the notes is
for the speaker and is not read; slides that are hidden are, with a note.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from menulint.readers.base import DocumentBuilder
from menulint.readers.docx import read_title
from menulint.readers.office_archive import Archive, kind_of
from menulint.readers.office_xml import Attributes, Relation, main_part, read_part, relations
from menulint.readers.prose_layout import Paragraph, ProseWriter, Table
from menulint.source import Role

MAX_SLIDES = 2_000
MAX_PARAGRAPH = 200_000
_SAME_ROW = 360_000
"""Shapes whose tops differ by less than a centimetre stand side by side (in units of 1/360,000 cm)."""
_FURNITURE = frozenset({"sldNum", "dt", "ftr", "hdr"})


class PptxReader:
    """Reads the slides of a presentation in their order."""

    name = "pptx"
    extensions = frozenset({".pptx", ".pptm", ".potx", ".ppsx", ".ppsm"})

    def recognises_bytes(self, data: bytes) -> bool:
        """A ZIP archive whose main part is a presentation."""
        return kind_of(data) == "pptx"

    def read_bytes(self, data: bytes, build: DocumentBuilder) -> None:
        """Report every slide."""
        archive = Archive(data)
        part = main_part(archive, "ppt/presentation.xml", build)
        read_title(archive, build)
        order, found = _Order(), relations(archive, part, build)
        read_part(archive, part, order, build)
        for number, identifier in enumerate(order.slides, 1):
            relation = found.get(identifier)
            if relation and relation.kind == "slide" and relation.target in archive:
                _read_slide(archive, build, relation.target, number)


READER = PptxReader()


@dataclass
class _Order:
    """The slides by relation, in order."""

    slides: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sldId" and len(self.slides) < MAX_SLIDES:
            self.slides.append(attributes.get("r:id", ""))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


@dataclass
class _Shape:
    """Paragraphs or a table at a place on the slide."""

    top: int = 0
    left: int = 0
    kind: str = ""
    alt: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    table: Table | None = None


class _Slide:
    """The shapes of a slide."""

    def __init__(self, found: dict[str, Relation]) -> None:
        self.shapes: list[_Shape] = []
        self.hidden = False
        self._relations = found
        self._shape = _Shape()
        self._pieces: list[str] = []
        self._size = 0
        self._paragraph: Paragraph | None = None
        self._taking = False
        self._skipping = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipping or name == "Fallback":
            self._skipping += 1
        elif name == "sld":
            self.hidden = attributes.get("show") in ("0", "false")
        elif name in ("sp", "pic", "graphicFrame"):
            self._shape = _Shape()
            self.shapes.append(self._shape)
        elif name == "t":
            self._taking = True
        else:
            self._inside(name, attributes)

    def _inside(self, name: str, attributes: Attributes) -> None:
        shape = self._shape
        if name == "ph":
            shape.kind = attributes.get("type", "body")
        elif name == "off" and not shape.top and not shape.left:
            shape.top, shape.left = _whole(attributes.get("y")), _whole(attributes.get("x"))
        elif name == "cNvPr":
            shape.alt = attributes.get("descr", "").strip()
        elif name == "p":
            self._paragraph, self._pieces, self._size = Paragraph(), [], 0
        elif name == "br":
            self._pieces.append("\n")
        elif name in ("buChar", "buAutoNum") and self._paragraph:
            self._paragraph.in_list = True
        elif name == "hlinkClick" and (relation := self._relations.get(attributes.get("r:id", ""))):
            if relation.external and self._paragraph:
                self._paragraph.links.append(relation.target)
        else:
            self._tabular(name)

    def _tabular(self, name: str) -> None:
        table = self._shape.table
        if name == "tbl":
            self._shape.table = Table()
        elif name == "tr" and table:
            table.rows.append([])
        elif name == "tc" and table and table.rows:
            table.rows[-1].append([])

    def text(self, data: str) -> None:
        if self._taking and not self._skipping and self._size < MAX_PARAGRAPH:
            self._pieces.append(data)
            self._size += len(data)

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name == "t":
            self._taking = False
        elif name == "p" and self._paragraph:
            self._paragraph.text = "".join(self._pieces)
            self._keep(self._paragraph)
            self._paragraph = None

    def _keep(self, paragraph: Paragraph) -> None:
        table = self._shape.table
        if table is None:
            self._shape.paragraphs.append(paragraph)
        elif table.rows and table.rows[-1]:
            table.rows[-1][-1].append(paragraph)


def _read_slide(archive: Archive, build: DocumentBuilder, part: str, number: int) -> None:
    slide = _Slide(relations(archive, part, build))
    read_part(archive, part, slide, build)
    build.restart_outline()
    before = build.last_index()
    writer = ProseWriter(build, page=number)
    for shape in sorted(slide.shapes, key=_reading_order):
        if shape.kind in _FURNITURE:
            continue
        _write(shape, writer, build, number)
    if slide.hidden and build.last_index() != before:
        build.note(f"slide {number} is hidden; it was read as well")


def _reading_order(shape: _Shape) -> tuple[bool, int, int]:
    return shape.kind not in ("title", "ctrTitle"), shape.top // _SAME_ROW, shape.left


def _write(shape: _Shape, writer: ProseWriter, build: DocumentBuilder, number: int) -> None:
    if shape.table is not None:
        writer.table(shape.table)
    is_title = shape.kind in ("title", "ctrTitle")
    filled = sum(bool(p.text.strip()) for p in shape.paragraphs)
    for paragraph in shape.paragraphs:
        paragraph.heading = int(is_title)
        # A placeholder for the body shows its paragraphs as a list unless somebody changes that.
        paragraph.in_list = paragraph.in_list or (shape.kind in ("body", "obj") and filled > 1)
        writer.paragraph(paragraph)
    if shape.alt and not filled:
        build.put(Role.ALT, shape.alt, page=number)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.lstrip("-").isdigit() and len(text) < 15 else 0
