"""The block half of Markdown: which lines belong together, and in which list, quotation or heading.

Follows CommonMark 0.31.2 (containers, lazy continuation, seven kinds of HTML block), with pipe tables and footnotes.
A leaf is a list of spans of the file, one per line, so nothing is copied and every offset stays the file's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from itertools import pairwise

from msgspec import Struct

from menulint.late import LatePattern
from menulint.readers.base import SourceBuilder
from menulint.readers.markdown_html import report_target
from menulint.readers.markdown_inline import Reference, link_tail, normalised_label, reference_label
from menulint.readers.template_marks import Masked

MAX_DEPTH = 64
"""Containers nested deeper are read as one; a page has five, a file made to hurt has ten thousand."""

CODE_INDENT = 4

_LINE_END = LatePattern(r"[\r\n]")
_LINE = LatePattern(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_LINE_BREAK = r"(?:\r\n|\n|\r)"
# Empty lines, a heading, or lines that begin as prose does.
_SIMPLE_LINES = LatePattern(
    rf"((?:[ \t]*{_LINE_BREAK})+)|(#{{1,6}})(?=[ \t])([^\r\n]*)(?:{_LINE_BREAK}|\Z)"
    r"|(?:[A-Za-z\"'“‘(£€À-ÖØ-öø-ÿ][^\r\n]*(?:\r\n|\n|\r|\Z))+"
)
_TABLE_ROWS = LatePattern(rf"(?:\|[^\r\n]*(?:{_LINE_BREAK}|\Z))+")
_INDENT = LatePattern(r"[ \t]*")
_QUOTES = LatePattern(r"[> \t]*")
_ATX = LatePattern(r"(#{1,6})(?=[ \t]|\Z)")
_ATX_END = LatePattern(r"[ \t]+#+[ \t]*\Z")
_FENCE = LatePattern(r"(`{3,})[^`]*\Z|(~{3,})")
_FENCE_END = LatePattern(r"(`{3,}|~{3,})[ \t]*\Z")
_THEMATIC = LatePattern(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_SETEXT = LatePattern(r"(?:=+|-+)[ \t]*\Z")
_MARKER = LatePattern(r"(?:([-+*])|(\d{1,9})([.)]))(?=[ \t]|\Z)")
_TASK = LatePattern(r"\[[ xX]\][ \t]+(?=\S)")
_FOOTNOTE = LatePattern(r"\[\^([^\]\s\[]{1,200})\]:")
_DEFINITION = LatePattern(r":[ \t]+(?=\S)")
_ALERT = LatePattern(r"\[![A-Za-z]+\][+-]?[ \t]*\Z")
_MODULE = LatePattern(
    r"(?:import\b.{0,400}?['\"][^'\"]{1,200}['\"];?[ \t]*\Z|import[ \t]*\{"
    r"|export[ \t]+(?:const|let|default|function|async|\{))"
)
_HTML_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_HTML_STARTS = (
    (
        LatePattern(r"<(?:script|pre|style|textarea)(?=[ \t>]|\Z)", re.IGNORECASE),
        LatePattern(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    (LatePattern(r"<!--"), LatePattern(r"-->")),
    (LatePattern(r"<\?"), LatePattern(r"\?>")),
    (LatePattern(r"<![A-Za-z]"), LatePattern(r">")),
    (LatePattern(r"<!\[CDATA\["), LatePattern(r"\]\]>")),
    (LatePattern(rf"</?(?:{_HTML_NAMES})(?=[ \t>]|/>|\Z)", re.IGNORECASE), None),
)
_ATTRIBUTE = r"""[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+"""
_HTML_LONE_TAG = LatePattern(
    r"<(?:/[A-Za-z][A-Za-z0-9-]*+\s*+|"
    rf"(?:[A-Za-z][A-Za-z0-9-]*+|[A-Z][A-Za-z0-9.]*+)(?:\s++{_ATTRIBUTE})*+\s*+/?)>[ \t]*\Z"
)


class LeafKind(Enum):
    """What a leaf is."""

    PARAGRAPH = auto()
    HEADING = auto()
    TABLE = auto()
    HTML = auto()
    CODE = auto()
    MODULE = auto()


class ListGroup(Struct, eq=False):
    """A list: its kind of marker, the list its items stand in, and the number of items so far."""

    marker: str
    parent: ListGroup | None
    items: int = 0
    number: int | None = None
    intro: int | None = None


class Leaf(Struct):
    """A block without blocks inside: the spans of its lines, without line ends and container marks."""

    kind: LeafKind
    lines: list[tuple[int, int]]
    quoted: bool
    group: ListGroup | None = None
    row: int = 0
    level: int = 0


class _Container(Struct):
    """A block quotation (``indent`` 0), or an item or footnote whose content is indented so far."""

    indent: int
    group: ListGroup | None = None
    row: int = 0
    is_empty: bool = False


class _Cursor:
    """A place in a line, in columns: a tab runs to the next multiple of four and may be taken in part."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.at, self.end, self.column = text, start, end, 0
        self.find_word()

    def find_word(self) -> None:
        """Find the next character that is no space."""
        match = _INDENT.match(self.text, self.at, self.end)
        self.word = match.end() if match else self.at
        self.word_column = self.column + self.word - self.at
        if self.word > self.at and "\t" in self.text[self.at : self.word]:
            self.word_column = _column_after(self.text[self.at : self.word], self.column)

    @property
    def indent(self) -> int:
        return self.word_column - self.column

    @property
    def is_blank(self) -> bool:
        return self.word == self.end

    def skip_columns(self, columns: int) -> None:
        """Move over white space."""
        goal = self.column + columns
        while self.column < goal and self.at < self.word:
            width = CODE_INDENT - self.column % CODE_INDENT if self.text[self.at] == "\t" else 1
            if self.column + width > goal:
                self.column = goal
                return
            self.column += width
            self.at += 1

    def skip_mark(self, length: int) -> None:
        """Move over a mark that begins at the next word."""
        self.at, self.column = self.word + length, self.word_column + length
        self.find_word()


def _column_after(space: str, column: int) -> int:
    for character in space:
        column += CODE_INDENT - column % CODE_INDENT if character == "\t" else 1
    return column


class BlockParser:
    """Cuts a Markdown text into leaves and gathers its reference definitions."""

    def __init__(self, masked: Masked, build: SourceBuilder) -> None:
        self._text = masked.text
        self._build = build
        self.leaves: list[Leaf] = []
        self.references: dict[str, Reference] = {}
        self._stack: list[_Container] = []
        self._siblings: list[ListGroup | None] = []
        self._leaf: Leaf | None = None
        self._fence: tuple[str, int] | None = None
        self._html_end: LatePattern[str] | None = None

    def parse(self, start: int) -> None:
        """Parse the text from ``start`` to its end."""
        at, text = start, self._text
        while at < len(text):
            if not self._stack and (after := self._simple_lines(at)):
                at = after
                continue
            line = _LINE.match(text, at)
            if line is None:
                break
            self._line(_Cursor(text, *line.span(1)))
            at = line.end()
        self._close()

    def _simple_lines(self, at: int) -> int | None:
        """Take lines, outside of lists and quotations, of which the first character says all; the offset after them."""
        if self._leaf is not None and self._leaf.kind is not LeafKind.PARAGRAPH:
            return self._table_rows(at) if self._leaf.kind is LeafKind.TABLE else None
        match = _SIMPLE_LINES.match(self._text, at)
        if match is None:
            return None
        empty, heading, _ = match.groups()
        if empty:
            self._close()
        elif heading:
            self._heading(len(heading), *match.span(3))
        elif self._text.startswith(("import", "export"), at):
            return None
        else:
            self._paragraph(_spans_of_lines(self._text, at, match.end()))
        return match.end()

    def _table_rows(self, at: int) -> int | None:
        """Lines that begin with a pipe go on a table."""
        match = _TABLE_ROWS.match(self._text, at)
        if match is None or self._leaf is None:
            return None
        self._leaf.lines += _spans_of_lines(self._text, at, match.end())
        return match.end()

    # Lines

    def _line(self, cursor: _Cursor) -> None:
        matched = self._match_containers(cursor)
        if matched == len(self._stack) and self._goes_on(cursor):
            return
        if self._leaf is not None and self._leaf.kind is not LeafKind.PARAGRAPH:
            self._close()
        depth = matched
        while True:
            opened = self._open_container(cursor, depth)
            if opened is None:
                break
            depth = opened
        if not self._open_leaf(cursor, depth):
            self._text_line(cursor, depth)

    def _match_containers(self, cursor: _Cursor) -> int:
        """How many of the open containers the line goes on."""
        for depth, container in enumerate(self._stack):
            if container.indent == 0:
                if cursor.indent >= CODE_INDENT or cursor.is_blank or cursor.text[cursor.word] != ">":
                    return depth
                self._skip_quote(cursor, depth)
            elif cursor.is_blank:
                if container.is_empty:
                    return depth
            elif cursor.indent >= container.indent:
                cursor.skip_columns(container.indent)
            else:
                return depth
        return len(self._stack)

    def _skip_quote(self, cursor: _Cursor, depth: int) -> None:
        cursor.skip_mark(1)
        if cursor.indent:
            cursor.skip_columns(1)
        if depth >= MAX_DEPTH - 1 and (rest := _QUOTES.match(cursor.text, cursor.at, cursor.end)):
            cursor.at = rest.end()
            cursor.find_word()

    def _goes_on(self, cursor: _Cursor) -> bool:
        """Whether the line belongs to an open leaf that takes lines as they are."""
        leaf = self._leaf
        if leaf is None or leaf.kind in (LeafKind.PARAGRAPH, LeafKind.HEADING):
            return False
        if leaf.kind is LeafKind.HTML:
            return self._html_line(cursor, leaf)
        if leaf.kind is LeafKind.CODE:
            return self._code_line(cursor, leaf)
        if cursor.is_blank:
            return False
        if leaf.kind is LeafKind.MODULE:
            leaf.lines.append((cursor.at, cursor.end))
            return True
        return self._table_line(cursor, leaf)

    def _html_line(self, cursor: _Cursor, leaf: Leaf) -> bool:
        if self._html_end is None and cursor.is_blank:
            return False
        leaf.lines.append((cursor.at, cursor.end))
        if self._html_end and self._html_end.search(cursor.text, cursor.at, cursor.end):
            self._close()
        return True

    def _code_line(self, cursor: _Cursor, leaf: Leaf) -> bool:
        if self._fence is None:
            if cursor.indent < CODE_INDENT and not cursor.is_blank:
                return False
            leaf.lines.append((cursor.at, cursor.end))
            return True
        leaf.lines.append((cursor.at, cursor.end))
        mark, length = self._fence
        end = _FENCE_END.match(cursor.text, cursor.word, cursor.end) if cursor.indent < CODE_INDENT else None
        if end and end[1][0] == mark and len(end[1]) >= length:
            self._close()
        return True

    def _table_line(self, cursor: _Cursor, leaf: Leaf) -> bool:
        if cursor.indent >= CODE_INDENT or self._begins_block(cursor):
            return False
        leaf.lines.append((cursor.word, cursor.end))
        return True

    def _begins_block(self, cursor: _Cursor) -> bool:
        text, at, end = cursor.text, cursor.word, cursor.end
        starts = (_ATX, _FENCE, _THEMATIC, _MARKER)
        return (
            text[at] == ">"
            or any(start.match(text, at, end) for start in starts)
            or self._html_start(cursor) is not None
        )

    # Containers

    def _open_container(self, cursor: _Cursor, depth: int) -> int | None:
        """Open the container that begins here; the new depth, None if there is none."""
        if cursor.is_blank or cursor.indent >= CODE_INDENT or depth >= MAX_DEPTH:
            return None
        if cursor.text[cursor.word] == ">":
            self._push(depth, _Container(0))
            self._skip_quote(cursor, depth)
            self._skip_alert(cursor)
            return depth + 1
        if _THEMATIC.match(cursor.text, cursor.word, cursor.end):
            return None
        if note := _FOOTNOTE.match(cursor.text, cursor.word, cursor.end):
            self.references.setdefault(normalised_label("^" + note[1]), Reference("", None))
            self._push(depth, _Container(CODE_INDENT))
            cursor.skip_mark(note.end() - note.start())
            cursor.skip_columns(cursor.indent)
            return depth + 1
        return self._open_item(cursor, depth)

    def _skip_alert(self, cursor: _Cursor) -> None:
        if alert := _ALERT.match(cursor.text, cursor.word, cursor.end):
            cursor.at = alert.end()
            cursor.find_word()

    def _open_item(self, cursor: _Cursor, depth: int) -> int | None:
        marker = _MARKER.match(cursor.text, cursor.word, cursor.end)
        if marker is None or not self._may_open(marker, cursor, depth):
            return None
        indent_before = cursor.indent
        length = marker.end() - marker.start()
        cursor.skip_mark(length)
        is_empty = cursor.is_blank
        padding = 1 if is_empty or cursor.indent > CODE_INDENT else cursor.indent
        cursor.skip_columns(padding)
        group = self._group(depth, marker[1] or marker[3])
        self._push(depth, _Container(indent_before + length + padding, group, group.items, is_empty))
        self._siblings[depth] = group
        group.items += 1
        if task := _TASK.match(cursor.text, cursor.word, cursor.end):
            cursor.at = task.end()
            cursor.find_word()
        return depth + 1

    def _may_open(self, marker: re.Match[str], cursor: _Cursor, depth: int) -> bool:
        """An item that would interrupt a paragraph must have text and begin at one."""
        interrupts = self._leaf is not None and depth == len(self._stack)
        if not interrupts:
            return True
        is_blank = not cursor.text[marker.end() : cursor.end].strip(" \t")
        return not is_blank and (marker[2] is None or int(marker[2]) == 1)

    def _group(self, depth: int, marker: str) -> ListGroup:
        sibling = self._siblings[depth] if depth < len(self._siblings) else None
        if sibling is not None and sibling.marker == marker:
            return sibling
        parent = next((c.group for c in reversed(self._stack[:depth]) if c.group), None)
        return ListGroup(marker, parent)

    def _push(self, depth: int, container: _Container) -> None:
        self._unwind(depth)
        if self._stack:
            self._stack[-1].is_empty = False
        self._stack.append(container)
        del self._siblings[depth + 1 :]
        self._siblings += [None] * (depth + 1 - len(self._siblings))
        if container.group is None:
            self._siblings[depth] = None

    def _unwind(self, depth: int) -> None:
        """Close the open leaf and the containers below ``depth``."""
        self._close()
        del self._stack[depth:]

    # Leaves

    def _open_leaf(self, cursor: _Cursor, depth: int) -> bool:
        """Open the leaf that begins here and is no paragraph."""
        if cursor.is_blank:
            self._blank(depth)
            return True
        continues = self._leaf is not None and depth == len(self._stack)
        if cursor.indent >= CODE_INDENT:
            return self._leaf is None and self._indented(cursor, depth)
        if continues and (self._setext(cursor) or self._table(cursor)):
            return True
        text, at, end = cursor.text, cursor.word, cursor.end
        if _THEMATIC.match(text, at, end):
            self._begin(depth)
            return True
        if heading := _ATX.match(text, at, end):
            return self._atx(heading, cursor, depth)
        if fence := _FENCE.match(text, at, end):
            return self._open_fence(fence, cursor, depth)
        return self._open_html(cursor, depth, continues=self._leaf is not None) or self._module(cursor, depth)

    def _begin(self, depth: int) -> None:
        self._unwind(depth)
        del self._siblings[depth:]
        if self._stack:
            self._stack[-1].is_empty = False

    def _start(self, kind: LeafKind, depth: int, span: tuple[int, int], level: int = 0) -> None:
        self._begin(depth)
        if not self._stack:
            self._leaf = Leaf(kind, [span], False, None, 0, level)
            return
        item = next((c for c in reversed(self._stack) if c.group), None)
        quoted = any(container.indent == 0 for container in self._stack)
        group, row = (item.group, item.row) if item else (None, 0)
        self._leaf = Leaf(kind, [span], quoted, group, row, level)

    def _blank(self, depth: int) -> None:
        self._unwind(depth)

    def _indented(self, cursor: _Cursor, depth: int) -> bool:
        if self.leaves and self.leaves[-1].kind is LeafKind.HTML and cursor.text[cursor.word] == "<":
            # An element indented below another one is meant as HTML, though CommonMark calls it code.
            self._start(LeafKind.HTML, depth, (cursor.word, cursor.end))
            self._html_end = None
            return True
        cursor.skip_columns(CODE_INDENT)
        self._start(LeafKind.CODE, depth, (cursor.at, cursor.end))
        self._fence = None
        return True

    def _setext(self, cursor: _Cursor) -> bool:
        leaf = self._leaf
        if leaf is None or not _SETEXT.match(cursor.text, cursor.word, cursor.end):
            return False
        self._define(leaf)
        if not leaf.lines:
            self._leaf = None
            return False
        leaf.kind, leaf.level = LeafKind.HEADING, 1 if cursor.text[cursor.word] == "=" else 2
        self._close()
        return True

    def _table(self, cursor: _Cursor) -> bool:
        leaf = self._leaf
        delimiter = cursor.text[cursor.word : cursor.end]
        if (
            leaf is None
            or "-" not in delimiter
            or delimiter.strip("|:- \t")
            or not ("|" in delimiter or ":" in delimiter)
        ):
            return False
        header = leaf.lines[-1]
        if not _is_delimiter(delimiter) or count_cells(self._text[slice(*header)]) != count_cells(delimiter):
            return False
        leaf.lines.pop()
        quoted, group, row = leaf.quoted, leaf.group, leaf.row
        self._close()
        self._leaf = Leaf(LeafKind.TABLE, [header], quoted, group, row)
        return True

    def _atx(self, heading: re.Match[str], cursor: _Cursor, depth: int) -> bool:
        self._heading(len(heading[1]), heading.end(), cursor.end, depth)
        return True

    def _heading(self, level: int, start: int, end: int, depth: int = 0) -> None:
        if self._text[start:end].endswith(("#", " ", "\t")) and (closing := _ATX_END.search(self._text[start:end])):
            end = start + closing.start()
        self._start(LeafKind.HEADING, depth, (start, end), level)
        self._close()

    def _open_fence(self, fence: re.Match[str], cursor: _Cursor, depth: int) -> bool:
        self._start(LeafKind.CODE, depth, (cursor.at, cursor.end))
        mark = fence[1] or fence[2]
        self._fence = (mark[0], len(mark))
        return True

    def _html_start(self, cursor: _Cursor) -> tuple[LatePattern[str] | None] | None:
        if cursor.text[cursor.word] != "<":
            return None
        for start, end in _HTML_STARTS:
            if start.match(cursor.text, cursor.word, cursor.end):
                return (end,)
        return None

    def _open_html(self, cursor: _Cursor, depth: int, *, continues: bool) -> bool:
        found = self._html_start(cursor)
        if found is None:
            alone = not continues and cursor.text[cursor.word] == "<"
            if not (alone and _HTML_LONE_TAG.match(cursor.text, cursor.word, cursor.end)):
                return False
            found = (None,)
        self._start(LeafKind.HTML, depth, (cursor.at, cursor.end))
        self._html_end = found[0]
        if self._html_end and self._html_end.search(cursor.text, cursor.word, cursor.end):
            self._close()
        return True

    def _module(self, cursor: _Cursor, depth: int) -> bool:
        if self._leaf is not None or not _MODULE.match(cursor.text, cursor.word, cursor.end):
            return False
        self._start(LeafKind.MODULE, depth, (cursor.at, cursor.end))
        return True

    # Paragraphs

    def _text_line(self, cursor: _Cursor, depth: int) -> None:
        leaf = self._leaf
        span = (cursor.word, cursor.end)
        if leaf is None:
            self._start(LeafKind.PARAGRAPH, depth, span)
        elif definition := _DEFINITION.match(cursor.text, cursor.word, cursor.end):
            self._start(LeafKind.PARAGRAPH, depth, (definition.end(), cursor.end))
        else:
            leaf.lines.append(span)

    def _paragraph(self, spans: list[tuple[int, int]]) -> None:
        if self._leaf is None:
            self._start(LeafKind.PARAGRAPH, 0, spans[0])
            spans = spans[1:]
        if self._leaf is not None:
            self._leaf.lines += spans

    def _close(self) -> None:
        leaf, self._leaf = self._leaf, None
        if leaf is None:
            return
        if leaf.kind is LeafKind.PARAGRAPH:
            self._define(leaf)
        if leaf.lines:
            self.leaves.append(leaf)

    def _define(self, leaf: Leaf) -> None:
        """Take the reference definitions from the beginning of a paragraph."""
        if not leaf.lines or self._text[leaf.lines[0][0]] != "[":
            return
        text, base = leaf_text(self._text, leaf.lines), leaf.lines[0][0]
        at = 0
        while (end := self._definition(text, at, base)) is not None:
            at = end
        leaf.lines = [span for span in leaf.lines if span[0] >= base + at]

    def _definition(self, text: str, at: int, base: int) -> int | None:
        label = reference_label(text, at)
        if label is None or text[label[1] : label[1] + 1] != ":":
            return None
        start = _after_space(text, label[1] + 1)
        tail = link_tail(text, start) if start < len(text) else None
        if tail is None or (tail[0][0] == tail[0][1] and text[start] != "<"):
            return None
        target, end, title = tail
        line_end = _line_end(text, end)
        if line_end is None and title:
            end, title = target[1] + (text[start] == "<"), None
            line_end = _line_end(text, end)
        if line_end is None:
            return None
        self._refer(label[0], text, target, title, base)
        self._build.leave_out(base + at, base + line_end, "link definition")
        return line_end

    def _refer(self, label: str, text: str, target: tuple[int, int], title: tuple[int, int] | None, base: int) -> None:
        if label == "//" and title:
            # The usual way to write a comment in Markdown: a definition nobody can refer to.
            self._build.comment(text[slice(*title)], base + title[0], base + title[1])
            return
        place = (base + title[0], base + title[1]) if title else None
        self.references.setdefault(normalised_label(label), Reference(text[slice(*target)], place))
        report_target(text[slice(*target)], base + target[0], self._build)


def _spans_of_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the lines of ``text[start:end]``, which is not empty and ends where a line does."""
    if not _LINE_END.search(text, start, end - 2):  # one line, as most paragraphs are
        return [(start, start + len(text[start:end].rstrip("\r\n")))]
    return [line.span(1) for line in _LINE.finditer(text, start, end) if line.start() < end]


def leaf_text(text: str, lines: list[tuple[int, int]]) -> str:
    """The text from the first line of a leaf to its last, the marks of containers masked by spaces."""
    parts = [text[slice(*lines[0])]]
    if len(lines) == 1:
        return parts[0]
    for (_, before), (start, end) in pairwise(lines):
        gap = text[before:start]
        parts += (gap if gap.isspace() else _masked_gap(gap), text[start:end])
    return "".join(parts)


def _masked_gap(gap: str) -> str:
    return "".join(character if character in "\r\n\t" else " " for character in gap)


def cells_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the cells of a table row."""
    row = text[start:end].rstrip()
    at = 1 if row.startswith("|") else 0
    for pipe in _CELL_PIPE.finditer(row, at):
        if pipe.group() == "|":
            yield start + at, start + pipe.start()
            at = pipe.end()
    if at < len(row):
        yield start + at, start + len(row)


_CELL_PIPE = LatePattern(r"\\.|\|", re.DOTALL)


def count_cells(row: str) -> int:
    """The number of cells of a table row."""
    row = row.strip()
    return sum(1 for _ in cells_of(row, 0, len(row)))


def _is_delimiter(row: str) -> bool:
    cells = [row[start:end].strip() for start, end in cells_of(row, 0, len(row))]
    return bool(cells) and all(_DELIMITER_CELL.match(cell) for cell in cells)


_DELIMITER_CELL = LatePattern(r":?-+:?\Z")


def _after_space(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t\r\n":
        start += 1
    return start


def _line_end(text: str, start: int) -> int | None:
    """The offset after the line end that follows ``start``; None if something else stands before it."""
    while start < len(text) and text[start] in " \t":
        start += 1
    if start == len(text):
        return start
    if text[start] not in "\r\n":
        return None
    return start + (2 if text.startswith("\r\n", start) else 1)
