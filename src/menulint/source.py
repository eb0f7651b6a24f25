"""What a reader makes of one file: blocks of visible copy, and the map from each of them back to the file.

All offsets are code points, end exclusive. Three coordinate systems meet here and only here:

* *file* offsets count in the decoded file (a byte order mark counts as one, CR LF as two);
* *block* offsets count in ``Block.text``, what a visitor of the page reads;
* line and column are made from file offsets, and only for what is reported.

A file that is not text (a workbook, a PDF) has no characters to count. There the texts of its blocks, joined by blank
lines, stand for the file until something is reported: then ``BlockIndex`` says in which block, and where in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

GAP = "\ufffc"
"""Stands in copy for a part that is only known when the page is built (``{{ treatment }}``): a word nobody can read here."""

SHOWN_GAP = "…"
"""What people are shown for it; as long as it, so that offsets in a block hold in what is shown."""


def shown(text: str) -> str:
    """A piece of a block's text as people read it in a report."""
    return text.replace(GAP, SHOWN_GAP)


class Role(StrEnum):
    """The part a block plays on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"
    BUTTON = "button"
    ALT = "alt"
    TITLE = "title"
    META = "meta"
    STRUCTURED = "structured"
    CAPTION = "caption"
    STRING = "string"


class OffsetMap(NamedTuple):
    """Maps spans of a derived text to spans of the text it was made from.

    ``segments`` are ``(text_start, source_start, source_end)``, sorted by ``text_start``, the first at 0. A segment
    whose two lengths are equal is an identity run (character by character). Any other one is *atomic*: the whole of it
    stands for the whole of its source (``&amp;`` for ``&``, CR LF for a space, ``fi`` for a ligature, nothing at all
    for a soft hyphen or an inserted space).
    """

    segments: tuple[tuple[int, int, int], ...]
    length: int

    @classmethod
    def identity(cls, length: int, source_start: int = 0) -> OffsetMap:
        """The map of a text that is a plain slice of its source."""
        return cls(((0, source_start, source_start + length),), length)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of ``[start, end)``; an empty span maps to an empty one.

        Raises:
            ValueError: the span does not lie in the text.
        """
        if not 0 <= start <= end <= self.length:
            raise ValueError(f"span must lie in 0..{self.length}, got {start}..{end}")
        if start == end:
            at = self._edge(start)
            return at, at
        return self._first(start), self._last(end - 1)

    def _at(self, position: int) -> tuple[tuple[int, int, int], int]:
        """The segment that holds ``position``, and the text offset at which it ends."""
        index = bisect_left(self.segments, (position + 1,)) - 1
        following = self.segments[index + 1][0] if index + 1 < len(self.segments) else self.length
        return self.segments[index], following

    def _first(self, position: int) -> int:
        (start, source_start, source_end), following = self._at(position)
        return source_start + (position - start if following - start == source_end - source_start else 0)

    def _last(self, position: int) -> int:
        (start, source_start, source_end), following = self._at(position)
        return source_start + (position - start) + 1 if following - start == source_end - source_start else source_end

    def _edge(self, position: int) -> int:
        if not self.length:
            return self.segments[0][1] if self.segments else 0
        return self._first(position) if position < self.length else self._last(position - 1)


class Block(NamedTuple):
    """A piece of visible copy with one role.

    ``text`` has runs of white space collapsed to one space and none at its ends; a no-break space stays one.
    ``section`` holds the indexes of the heading blocks it stands under, outermost first (a heading's own is that of
    its parent). ``group`` numbers the list or table a block belongs to, ``row`` and ``column`` its place there
    (a list item has a row and no column), ``header`` marks a table's header cell. ``intro`` is the index of the block that
    introduces a list or table, if it stands right before it.
    """

    index: int  # type: ignore[assignment]  # a method of tuples that nobody calls on a block
    role: Role
    text: str
    map: OffsetMap
    level: int = 0
    section: tuple[int, ...] = ()
    group: int | None = None
    row: int | None = None
    column: int | None = None
    header: bool = False
    intro: int | None = None
    lang: str | None = None
    pointer: str | None = None
    cell: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom on the page, in points from its upper left corner."""
    quoted: bool = False

    @property
    def place(self) -> str:
        """What the block is called in a file that is not text: ``Menu!B7``, ``page 3``, ``paragraph 12``."""
        return place_name(self.cell, self.page, self.pointer)


def place_name(cell: str | None, page: int | None, pointer: str | None) -> str:
    """What a block with that cell, page or pointer is called."""
    return cell or (f"page {page}" if page is not None else pointer or "")


class Comment(NamedTuple):
    """A comment of the host format; ``text`` without its marks. Only suppression reads these.

    ``next_end``: where the entry ends that it stands before, if that and not a line is what follows it (a message, a cue).
    """

    text: str
    start: int
    end: int
    next_end: int = 0


class Signal(NamedTuple):
    """Something the file says beside its copy, in file offsets.

    Kinds: ``link`` (a target), ``tel``, ``mail``, ``lang``, ``title``, ``site-name``, ``author``, ``date``, ``type``
    (a schema.org or Open Graph type), ``country`` (an address's), ``currency``, ``canonical``, ``form`` (an action).
    """

    kind: str
    value: str
    start: int
    end: int


class PlaceSign(NamedTuple):
    """Words of the copy, a telephone prefix or a currency sign in it that point to a jurisdiction."""

    code: str
    kind: str
    text: str


class LeftOut(NamedTuple):
    """A stretch of the file that was not read as copy, and why (for ``menulint extract``)."""

    start: int
    end: int
    reason: str


class Position(NamedTuple):
    """A place in the decoded file: ``offset`` from 0, ``line`` and ``column`` from 1, all in code points."""

    offset: int
    line: int
    column: int


LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Source:
    """One file as its reader sees it.

    ``text`` is the whole decoded file, byte order mark included. ``by_block``: the file is not text; ``text`` is that of
    its blocks, one below the other, and what is reported counts in the text of a block.
    """

    path: str
    format: str
    encoding: str
    sha256: str
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    comments: tuple[Comment, ...] = field(default=(), repr=False)
    signals: tuple[Signal, ...] = field(default=(), repr=False)
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    by_block: bool = False
    _values: dict[str, tuple[str, ...]] | None = field(default=None, init=False, repr=False, compare=False)
    """The values of signals by their kind, made when they are first asked for."""

    def with_signal(self, signal: Signal) -> Source:
        """The same file with one more signal behind all others."""
        head = self.path, self.format, self.encoding, self.sha256, self.text, self.blocks, self.comments
        return Source(*head, (*self.signals, signal), self.left_out, self.notes, self.by_block)

    def file_span(self, block: int, start: int, end: int) -> tuple[int, int]:
        """The file offsets of a span given in block offsets."""
        return self.blocks[block].map.span(start, end)

    def index(self) -> LineIndex:
        """What turns offsets of this file into the places that are reported."""
        return BlockIndex(self) if self.by_block else LineIndex(self.text)

    def signal_values(self, kind: str) -> tuple[str, ...]:
        """The values of the signals of one kind, in file order."""
        return self.values_by_kind().get(kind, ())

    def values_by_kind(self) -> Mapping[str, tuple[str, ...]]:
        """The values of all signals by their kind, in file order."""
        if self._values is None:
            values = defaultdict[str, list[str]](list)
            for kind, value, _, _ in self.signals:
                values[kind].append(value)
            object.__setattr__(self, "_values", {kind: tuple(of_kind) for kind, of_kind in values.items()})
        assert self._values is not None
        return self._values


def _line_starts(text: str) -> list[int]:
    if "\r" in text:
        return [0, *(match.end() for match in LINE_END.finditer(text))]
    lengths = accumulate(map(len, text.split("\n")[:-1]))  # a third of the time
    return [0, *[length + number for number, length in enumerate(lengths, 1)]]


class LineIndex:
    """Turns file offsets into lines and columns. Build one per file that has something to report.

    A byte order mark counts in ``offset`` and not in ``column``. Lines end at LF, CR LF or CR.
    """

    def __init__(self, text: str) -> None:
        self._starts = _line_starts(text)
        self._bom = 1 if text.startswith("\ufeff") else 0
        self._text = text

    def position(self, offset: int) -> Position:
        """The line and column of a file offset."""
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return Position(offset, line, max(1, column - self._bom) if line == 1 else column)

    def line_text(self, line: int) -> str:
        """The text of a line (counted from 1) without its end."""
        start = self._starts[line - 1] + (self._bom if line == 1 else 0)
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")

    def line_name(self, line: int) -> str:
        """What a line is called in a note."""
        return f"line {line}"

    def shown(self, position: Position) -> Position:
        """A position as it is reported."""
        return position

    def block_at(self, position: Position) -> Block | None:
        """The block that a report has to name beside a position; None where line and column say it all."""
        return None

    def start(self, line: int) -> int:
        """The file offset at which a line (counted from 1) begins; behind a byte order mark."""
        return self._starts[line - 1] + (self._bom if line == 1 else 0)

    def __len__(self) -> int:
        return len(self._starts)


class BlockIndex(LineIndex):
    """The index of a file that is not text: it knows lines of the joined blocks, and reports places in a block."""

    def __init__(self, source: Source) -> None:
        super().__init__(source.text)
        self._blocks = source.blocks
        self._block_starts = [source.file_span(block.index, 0, 0)[0] for block in source.blocks]

    def line_name(self, line: int) -> str:
        """The place of the block that stands on a line."""
        index = bisect_right(self._block_starts, self._starts[line - 1]) - 1
        return self._blocks[index].place if index >= 0 else super().line_name(line)

    def shown(self, position: Position) -> Position:
        """The same place counted in the text of its block, which is one line."""
        index = bisect_right(self._block_starts, position.offset) - 1
        offset = position.offset - self._block_starts[index] if index >= 0 else 0
        return Position(offset, 1, offset + 1)

    def block_at(self, position: Position) -> Block | None:
        """The block a position (not yet ``shown``) stands in."""
        index = bisect_right(self._block_starts, position.offset) - 1
        return self._blocks[index] if index >= 0 else None
