"""Markdown: CommonMark with tables, footnotes, front matter, template marks and the HTML that stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from menulint.readers.base import Run, SourceBuilder
from menulint.readers.contacts import report_contacts
from menulint.readers.frontmatter import Value, read_front_matter
from menulint.readers.markdown_blocks import BlockParser, Leaf, LeafKind, ListGroup, cells_of, leaf_text
from menulint.readers.markdown_html import HtmlBlocks
from menulint.readers.markdown_inline import InlineScanner
from menulint.readers.template_marks import Masked, comment_span, mask_template_marks
from menulint.source import OffsetMap, Role

_LOOKS_LIKE = re.compile(
    r"^(?:---[ \t]*\r?\n[\w-]+:|\+\+\+[ \t]*\r?\n|#{1,6} \S|\[[^\]\n]+\]\([^)\n]+\)|\|? ?:?-{3,}:? ?\||```)",
    re.MULTILINE,
)
_MARKUP = re.compile(r"[*_`\[\]<>&\\#{}]|\n|\r")


class MarkdownReader:
    """Reads Markdown, MDX and their like."""

    name = "markdown"
    extensions = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".mdoc", ".qmd"})

    def recognises(self, text: str) -> bool:
        """Front matter at the start, or a heading, link, fence or table rule somewhere."""
        return "<html" not in text[:500].lower() and bool(_LOOKS_LIKE.search(text))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of front matter and body."""
        start = 1 if text.startswith("\ufeff") else 0
        front = read_front_matter(text, start, build)
        for value in front.values:
            _read_value(value, build)
        build.restart_outline()
        read_markdown(text, front.end, build)
        report_contacts(text, build)


READER = MarkdownReader()


def read_markdown(text: str, start: int, build: SourceBuilder) -> None:
    """Report what a visitor sees of the Markdown that stands in ``text`` from ``start`` on."""
    masked = mask_template_marks(text, start)
    for mark in masked.marks:
        if mark.is_comment:
            build.comment(text[slice(*comment_span(text, mark))], mark.start, mark.end)
    parser = BlockParser(masked, build)
    parser.parse(start)
    writer = _Writer(masked, parser, build)
    for leaf in parser.leaves:
        writer.write(leaf)


def _read_value(value: Value, build: SourceBuilder) -> None:
    """Report a front matter value: as Markdown if it has several lines, else as one block."""
    inner = _Within(build, value)
    if value.has_lines:
        build.restart_outline()
        read_markdown(value.text, 0, inner)
        return
    if not _MARKUP.search(value.text):
        inner.add(value.role, [(value.text, 0, len(value.text))])
        return
    masked = mask_template_marks(value.text)
    found = InlineScanner(masked, {}, inner).scan(masked.text, 0)
    inner.add(value.role, found.runs)
    for role, runs in found.extras:
        inner.add(role, runs)


class _Within(SourceBuilder):
    """Reports what is found in a text that was itself decoded from a stretch of the file, at its place in the file."""

    def __init__(self, outer: SourceBuilder, value: Value) -> None:
        self._outer = outer
        self._map = value.map
        self._pointer = value.pointer
        self._role = value.role

    def new_group(self) -> int:
        return self._outer.new_group()

    def last_index(self) -> int | None:
        return self._outer.last_index()

    def add(self, role: Role, runs: Iterable[Run], *, level: int = 0, **place: Any) -> int | None:
        if role is Role.PARAGRAPH and self._role is not Role.STRING:
            role = self._role
        outer_runs = [outer for run in runs for outer in through(run, self._map)]
        return self._outer.add(role, outer_runs, level=level, pointer=self._pointer, **place)

    def comment(self, text: str, start: int, end: int) -> None:
        self._outer.comment(text, *self._map.span(start, end))

    def signal(self, kind: str, value: str, start: int, end: int) -> None:
        self._outer.signal(kind, value, *self._map.span(start, end))

    def leave_out(self, start: int, end: int, reason: str) -> None:
        self._outer.leave_out(*self._map.span(start, end), reason)

    def note(self, text: str) -> None:
        self._outer.note(text)


def through(run: Run, offsets: OffsetMap) -> list[Run]:
    """A run over a derived text, as runs over the text that one was made from."""
    text, start, end = run
    if len(text) != end - start:
        return [(text, *offsets.span(start, end))]
    cuts = [start, *(at for at, _, _ in offsets.segments if start < at < end), end]
    return [(text[cut - start : after - start], *offsets.span(cut, after)) for cut, after in pairwise(cuts)]


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
        place = self._place(leaf)
        found = self._inline.scan(leaf_text(self._text, leaf.lines), leaf.lines[0][0])
        index = self._build.add(role, found.runs, level=leaf.level, quoted=leaf.quoted, **place)
        if index is not None:
            self._last, self._last_leaf, self._last_is_plain = index, leaf, True
        self._extras(found.extras, leaf.quoted)

    def _extras(self, extras: list[tuple[Role, list[Run]]], quoted: bool) -> None:
        for role, runs in extras:
            self._build.add(role, runs, quoted=quoted)

    def _place(self, leaf: Leaf) -> dict[str, Any]:
        group = leaf.group
        if group is None:
            return {}
        if group.number is None:
            group.number = self._build.new_group()
            group.intro = self._intro(leaf, group.parent)
        return {"group": group.number, "row": leaf.row, "intro": group.intro}

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
                place: dict[str, Any] = {
                    "group": group,
                    "row": row,
                    "column": column,
                    "header": row == 0,
                    "intro": intro,
                }
                self._build.add(Role.TABLE_CELL, found.runs, quoted=leaf.quoted, **place)
                self._extras(found.extras, leaf.quoted)
        self._last_is_plain = False
