"""Markdown: CommonMark with tables, footnotes, front matter, template marks and the HTML that stands in it."""

from __future__ import annotations

import re

from menulint.late import LatePattern
from menulint.readers.base import NOWHERE, Place, Run, SourceBuilder
from menulint.readers.contacts import report_contacts
from menulint.readers.frontmatter import read_front_matter
from menulint.readers.markdown_blocks import BlockParser, Leaf, LeafKind, ListGroup, cells_of, leaf_text
from menulint.readers.markdown_html import HtmlBlocks
from menulint.readers.markdown_inline import InlineScanner
from menulint.readers.template_marks import Masked, mask_template_marks
from menulint.readers.values import read_value
from menulint.source import Role

_LOOKS_LIKE = LatePattern(
    r"^(?:---[ \t]*\r?\n[\w-]+:|\+\+\+[ \t]*\r?\n|#{1,6} \S|\[[^\]\n]+\]\([^)\n]+\)|\|? ?:?-{3,}:? ?\||```)",
    re.MULTILINE,
)
_QUOTED = Place(quoted=True)


class MarkdownReader:
    """Reads Markdown and its like."""

    name = "markdown"
    extensions = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdoc", ".qmd"})

    def recognises(self, text: str) -> bool:
        """Front matter at the start, or a heading, link, fence or table rule somewhere."""
        return "<html" not in text[:500].lower() and bool(_LOOKS_LIKE.search(text))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of front matter and body."""
        start = 1 if text.startswith("\ufeff") else 0
        front = read_front_matter(text, start, build)
        for value in front.values:
            read_value(value, build)
        build.restart_outline()
        read_markdown(text, front.end, build)
        report_contacts(text, build)


READER = MarkdownReader()


def read_markdown(text: str, start: int, build: SourceBuilder, *, masked: Masked | None = None) -> None:
    """Report what a visitor sees of the Markdown that stands in ``text`` from ``start`` on.

    ``masked`` is for hosts that know their marks: ``text`` with them masked; else the usual ones are looked for.
    """
    masked = mask_template_marks(text, start) if masked is None else masked
    masked.report(build)
    parser = BlockParser(masked, build)
    parser.parse(start)
    writer = _Writer(masked, parser, build)
    for leaf in parser.leaves:
        writer.write(leaf)


class _Writer:
    """Turns leaves into blocks."""

    def __init__(self, masked: Masked, parser: BlockParser, build: SourceBuilder) -> None:
        self._text = masked.text
        self._build = build
        self._inline = InlineScanner(masked, parser.references, build)
        self._html = HtmlBlocks(masked, build)
        self._last: int | None = None
        self._last_leaf: Leaf | None = None
        self._last_is_plain = False

    def write(self, leaf: Leaf) -> None:
        """Report one leaf."""
        match leaf.kind:
            case LeafKind.CODE:
                self._leave_out(leaf, "code")
            case LeafKind.MODULE:
                self._leave_out(leaf, "module code")
            case LeafKind.TABLE:
                self._table(leaf)
            case LeafKind.HTML:
                self._html.read(leaf_text(self._text, leaf.lines), leaf.lines[0][0], quoted=leaf.quoted)
                self._last_is_plain = False
            case LeafKind.HEADING:
                self._prose(leaf, Role.HEADING)
            case LeafKind.PARAGRAPH:
                self._prose(leaf, Role.LIST_ITEM if leaf.group else Role.PARAGRAPH)

    def _leave_out(self, leaf: Leaf, reason: str) -> None:
        self._build.leave_out(leaf.lines[0][0], leaf.lines[-1][1], reason)
        self._last_is_plain = False

    def _prose(self, leaf: Leaf, role: Role) -> None:
        found = self._inline.scan(leaf_text(self._text, leaf.lines), leaf.lines[0][0])
        index = self._build.add_at(self._place(leaf), role, found.runs, leaf.level)
        if index is not None:
            self._last, self._last_leaf, self._last_is_plain = index, leaf, True
        self._extras(found.extras, leaf.quoted)

    def _extras(self, extras: list[tuple[Role, list[Run]]], quoted: bool) -> None:
        for role, runs in extras:
            self._build.add_at(_QUOTED if quoted else NOWHERE, role, runs)

    def _place(self, leaf: Leaf) -> Place:
        group = leaf.group
        if group is None:
            return _QUOTED if leaf.quoted else NOWHERE
        if group.number is None:
            group.number = self._build.new_group()
            group.intro = self._intro(leaf, group.parent)
        return Place(group.number, leaf.row, intro=group.intro, quoted=leaf.quoted)

    def _intro(self, leaf: Leaf, parent: ListGroup | None) -> int | None:
        """The block right before a list or table, unless that one belongs to another list or table."""
        last = self._last_leaf
        if last is None or not self._last_is_plain or last.group is not parent or last.quoted is not leaf.quoted:
            return None
        return self._last

    def _table(self, leaf: Leaf) -> None:
        group, intro = self._build.new_group(), self._intro(leaf, leaf.group)
        for row, line in enumerate(leaf.lines):
            for column, (start, end) in enumerate(cells_of(self._text, *line)):
                found = self._inline.scan(self._text[start:end], start)
                place = Place(group, row, column, row == 0, intro, quoted=leaf.quoted)
                self._build.add_at(place, Role.TABLE_CELL, found.runs)
                self._extras(found.extras, leaf.quoted)
        self._last_is_plain = False
