"""What the paragraphs of a document are to somebody who reads it: headings, lists, prose, tables.

The same for every kind of document whose file says what a paragraph is called but not always what it means: many a heading is
a line in bold, and many a bullet a character somebody typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from menulint.readers.base import DocumentBuilder
from menulint.readers.sheet_layout import column_name
from menulint.source import Role

BULLET = re.compile(r"(?:[•‣▪▫■□●○◦◆◇★☆✓✔✗➢➤►▶·∙*\uf0a7\uf0b7\uf0d8\uf0fc]|[-–—](?=\s))\s*(?=\S)")
_LABELLED = re.compile(r"H([1-6])\s*[:–—-]\s*(?=\S)")
_PLACEHOLDER = re.compile(r"[<\[]\s*[A-Z][A-Z0-9 /&+,_–-]{2,60}\s*[>\]]")
_BUTTON = re.compile(r".{2,40}\s*[→›»>]+")
_JUNK_TITLE = re.compile(
    r"(?:untitled|document|word|microsoft|sin t[ií]tulo|ohne titel|sans titre|senza titolo|sem t[ií]tulo|documento)\b.{0,60}"
    r"|\S*\.(?:docx?|pdf|pptx?|xlsx?|indd|ai|pages|odt)\b.{0,20}|.*\.(?:docx?|pdf|pptx?|xlsx?|indd|ai|pages|odt)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST_HEADING = 80
_LONGEST_HEADER = 40
_MANY_PARAGRAPHS = 3
BOLD_LEVEL = 4
"""The level of a heading that is one only by its looks: below those that are headings by name."""


def put_title(title: str, build: DocumentBuilder) -> None:
    """Report the title in the properties of a document, which browsers show, unless a program made it up."""
    title = unicodedata.normalize("NFC", " ".join(title.split()))
    if len(title.split()) > 1 and not _JUNK_TITLE.fullmatch(title):
        build.signal_on(build.put(Role.TITLE, title, pointer="title"), "title", title)


@dataclass
class Paragraph:
    """A paragraph as its file has it."""

    text: str = ""
    heading: int = 0
    in_list: bool = False
    bold: bool = False
    comments: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)


@dataclass
class Table:
    """Rows of cells of paragraphs; ``header_rows`` is how many of them the file itself calls headers."""

    rows: list[list[list[Paragraph]]] = field(default_factory=list)
    header_rows: int = 0


class ProseWriter:
    """Reports the paragraphs and tables of a document in reading order."""

    def __init__(self, build: DocumentBuilder, **place: Any) -> None:
        self._build = build
        self._place = place
        self._numbered = "page" not in place and "pointer" not in place
        self._paragraphs = self._tables = 0
        self._group: int | None = None
        self._item = 0
        self._intro: int | None = None

    def paragraph(self, paragraph: Paragraph) -> None:
        """Report a paragraph by itself."""
        self._paragraphs += bool(paragraph.text.strip() or paragraph.alts)
        self._one(paragraph, self._named(f"paragraph {self._paragraphs}"))

    def table(self, table: Table) -> None:
        """Report a table: as rows of cells, or as plain paragraphs where it only arranges them."""
        self._tables += 1
        self._group = None
        if _only_arranges(table):
            for row in table.rows:
                for cell in row:
                    for paragraph in cell:
                        self._one(paragraph, self._named(f"table {self._tables}"))
                    self._group = None
            return
        group, intro = self._build.new_group(), self._build.last_index()
        header_rows = table.header_rows or int(_is_header(table))
        for number, row in enumerate(table.rows):
            place = {"group": group, "row": number, "intro": intro, "header": number < header_rows}
            for column, cell in enumerate(row):
                name = f"table {self._tables}!{column_name(column)}{number + 1}"
                own = place | self._place | ({"cell": name} if self._numbered else {})
                for paragraph in cell:
                    self._report(Role.TABLE_CELL, paragraph.text, paragraph, column=column, **own)

    def _named(self, pointer: str) -> dict[str, Any]:
        return self._place | ({"pointer": pointer} if self._numbered else {})

    def _one(self, paragraph: Paragraph, place: dict[str, Any]) -> None:
        text = paragraph.text.strip()
        if _PLACEHOLDER.fullmatch(text):
            return
        mark = BULLET.match(text)
        if len(text) <= 2 * _LONGEST_HEADING and (label := _LABELLED.match(text)):
            # A text written for a website says what will be a heading there.
            paragraph.heading, text = int(label[1]), text[label.end() :]
        if _BUTTON.fullmatch(text):
            self._group = None
            self._report(Role.BUTTON, text, paragraph, **place)
        elif paragraph.heading:
            self._group = None
            self._report(Role.HEADING, text, paragraph, level=min(paragraph.heading, 6), **place)
        elif paragraph.in_list or mark:
            self._list_item(text[mark.end() :] if mark else text, paragraph, place)
        elif paragraph.bold and len(text) <= _LONGEST_HEADING and text[-1:] not in ".,;:!" and _WORD.search(text):
            self._group = None
            self._report(Role.HEADING, text, paragraph, level=BOLD_LEVEL, **place)
        else:
            if text:
                self._group = None
            self._report(Role.PARAGRAPH, text, paragraph, **place)

    def _list_item(self, text: str, paragraph: Paragraph, place: dict[str, Any]) -> None:
        if self._group is None:
            self._intro = self._build.last_index()
            self._group, self._item = self._build.new_group(), 0
        place |= {"group": self._group, "row": self._item, "intro": self._intro}
        self._report(Role.LIST_ITEM, text, paragraph, **place)
        self._item += 1

    def _report(self, role: Role, text: str, paragraph: Paragraph, **place: Any) -> None:
        index = self._build.put(role, text, **place)
        at = index if index is not None else self._build.last_index()
        for comment in paragraph.comments:
            self._build.comment_on(at, comment)
        for link in paragraph.links:
            self._build.signal_on(at, "link", link)
        own = {key: value for key, value in place.items() if key in ("cell", "page", "pointer")}
        for alt in paragraph.alts:
            self._build.put(Role.ALT, alt, **own)


def _only_arranges(table: Table) -> bool:
    """Whether a table has nothing to compare: one row, one column, or whole passages in its cells."""
    widest = max((len(row) for row in table.rows), default=0)
    filled = [row for row in table.rows if any(p.text.strip() for cell in row for p in cell)]
    if widest < 2 or len(filled) < 2:
        return True
    return any(p.heading for row in table.rows for cell in row for p in cell) or any(
        sum(bool(p.text.strip()) for p in cell) > _MANY_PARAGRAPHS for row in table.rows for cell in row
    )


def _is_header(table: Table) -> bool:
    """Whether the first row names the columns: short words without numbers, over rows that say more."""
    first, others = table.rows[0], table.rows[1:]
    texts = [_text(cell) for cell in first]
    if sum(bool(text) for text in texts) < 2 or any(re.search(r"\d", t) or len(t) > _LONGEST_HEADER for t in texts):
        return False
    below = [_text(cell) for row in others for cell in row]
    return any(re.search(r"\d", text) or len(text) > _LONGEST_HEADER for text in below)


def _text(cell: Sequence[Paragraph]) -> str:
    return " ".join(paragraph.text.strip() for paragraph in cell if paragraph.text.strip())
