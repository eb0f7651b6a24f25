"""The contract of a reader, and the builder through which it reports what it sees.

A reader walks the decoded text of one file and calls the builder; the builder owns white space, offset maps, the
outline and numbering, so that every format gets them the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, NamedTuple, Protocol, runtime_checkable

from menulint.late import LatePattern
from menulint.source import GAP as GAP
from menulint.source import Block, Comment, LeftOut, OffsetMap, Role, Signal, Source

Run = tuple[str, int, int]
"""``(text, source_start, source_end)``: an identity run if the lengths are equal, else atomic (see ``OffsetMap``)."""

Segments = tuple[tuple[int, int, int], ...]
"""See ``OffsetMap.segments``."""

Part = tuple[bool, Role, str, int, int, int, Segments | None]
"""A block apart from its place: whether it is an element's own text and not that of an attribute, role, text and its length,
start and end in the source, and the segments of its map if it has several."""

Again = tuple[int, Sequence[Part], Sequence[Signal]]
"""An element that was read before: where it begins, its blocks and its signals; their offsets count from there."""

_SPACE = LatePattern(r"[ \t\r\n\f\v]+")
# Words with one plain space between each two: those spaces stay as they are.
_STRETCH = LatePattern(r"[^ \t\r\n\f\v]++(?: [^ \t\r\n\f\v]++)*+")
_HEADING = Role.HEADING
_PLACED = frozenset({_HEADING, Role.LIST_ITEM, Role.TABLE_CELL})
"""Blocks whose place tells something even where nothing can be read of them."""
_BLANKS = GAP + " "
_SPACES = " \t\r\n\f\v"
# What no page shows: control characters, halves of surrogate pairs.
_CONTROL = LatePattern("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")

_make = tuple.__new__  # half the price of Block(...) and the like, which go through a __new__ of their own

_COMMENT_PLACE, _SIGNAL_PLACE, _LEFT_OUT_PLACE = itemgetter(1), itemgetter(2, 3), itemgetter(0, 1)

MAX_DOCUMENT_TEXT = 4_000_000
"""How many characters are read of a file that is not text: some thousand pages."""
MAX_BLOCKS = 100_000
MAX_BLOCK_TEXT = 200_000
_BETWEEN, _BESIDE = "\n\n", "\t"


@runtime_checkable
class Reader(Protocol):
    """Reads one format. A module of this package that holds ``READER`` adds a format; nothing else has to know."""

    name: str
    """The format's name as the report shows it: ``markdown``."""
    extensions: frozenset[str]
    """File name endings in lower case, with their dot: ``{".md"}``."""

    def recognises(self, text: str) -> bool:
        """Whether text of unknown name looks like this format (called on its first 4,096 code points)."""
        ...

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the blocks, comments and signals of ``text`` to ``build``. Must not raise on any text."""
        ...


class Unread(Exception):
    """A file that a reader of bytes cannot read, for a reason that a person understands; the run goes on without it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@runtime_checkable
class ByteReader(Protocol):
    """Reads one format that is not text. Registered as a ``Reader`` is: by a module that holds ``READER``."""

    name: str
    extensions: frozenset[str]

    def recognises_bytes(self, data: bytes) -> bool:
        """Whether the bytes are of this format, whatever the file is called; also if they are damaged or cut off."""
        ...

    def read_bytes(self, data: bytes, build: DocumentBuilder) -> None:
        """Report blocks to ``build``. Must not raise anything else, whatever the bytes, and must come to an end soon.

        Raises:
            Unread: nothing of it can be read (encrypted, damaged, a library is missing).
        """
        ...


class Place(NamedTuple):
    """Where a block stands, the last fields of ``Block`` in their order: for readers that report many blocks alike."""

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
    quoted: bool = False

    def beside(self) -> Place:
        """The place of what an attribute says there: no part of a header, and nothing introduces it."""
        group, row, column, header, *_ = self
        if group is None and not header:
            return self
        return _make(Place, (group, row, column, False, None, *self[5:]))

    def said(self) -> dict[str, Any]:
        """The fields that say something; the others may be inherited from what the block is embedded in."""
        return {name: value for name, value in self._asdict().items() if value is not None and value is not False}


NOWHERE = Place()
"""The place of a block of which nothing is to be said."""


class SourceBuilder:
    """Collects what a reader sees and makes a ``Source`` of it."""

    takes_again = True
    """Whether ``add_again`` may be asked for; not of those that trace each block back to another text."""
    path = ""
    """The name of the file; "" where a reader is tried on a bare text. Its folders may name a language or a tool."""

    def __init__(self, text: str, path: str = "") -> None:
        self._text = text
        self.path = path
        self._blocks: list[Block] = []
        self._levels: list[int] = []
        self._section: tuple[int, ...] = ()
        self._outline_floor = 0
        self._comments: list[Comment] = []
        self._signals: dict[Signal, None] = {}
        self._again: list[Signal] = []
        self._left_out: list[LeftOut] = []
        self._notes: dict[str, None] = {}
        self._groups = 0

    def new_group(self) -> int:
        """A number for a new list or table."""
        self._groups += 1
        return self._groups - 1

    def add(self, role: Role, runs: Iterable[Run], *, level: int = 0, **place: Any) -> int | None:
        """Report a block; its index, or None if it has no text, or none but gaps.

        ``runs`` are its pieces of text in reading order; the builder collapses white space between and inside them.
        ``level`` (1–6) makes a heading part of the outline. ``place`` are further fields of ``Block``.
        """
        text, offsets = collapse(runs)
        if not text or (GAP in text and role not in _PLACED and not text.strip(_BLANKS)):
            return None
        index = len(self._blocks)
        if role is _HEADING:
            self._end_sections(level)
        section = place.pop("section", self._section)
        self._blocks.append(Block(index, role, text, offsets, level, section, **place))
        if role is _HEADING:
            self._begin_section(level, index)
        return index

    def add_at(self, place: Place, role: Role, runs: list[Run], level: int = 0) -> int | None:
        """Report a block as ``add`` does, at a place that is at hand: a third of the price."""
        text, offsets = (len(runs) == 1 and _plain(*runs[0])) or collapse(runs)
        if not text or (GAP in text and role not in _PLACED and not text.strip(_BLANKS)):
            return None
        blocks = self._blocks
        index = len(blocks)
        if role is _HEADING:
            self._end_sections(level)
        head = (index, role, text, offsets, level, self._section)
        blocks.append(_make(Block, head + place))
        if role is _HEADING:
            self._begin_section(level, index)
        return index

    def add_again(self, elements: Iterable[Again], at: int, place: Place) -> None:
        """Report elements that were read before where they stand again, ``at`` so many characters.

        The blocks of the first, no headings, stand at ``place``, which has a row, those of the others in the rows that follow;
        those of attributes beside it.
        """
        blocks, section = self._blocks, self._section
        group, row = place[:2]
        own, others = place[2:], place.beside()[2:]
        assert row is not None
        index = len(blocks)
        for by, parts, signals in elements:
            begun = at + by
            for is_own, role, text, length, start, end, segments in parts:
                if segments is None:
                    segments = ((0, begun + start, begun + end),)
                else:
                    segments = tuple([(first, begun + start, begun + end) for first, start, end in segments])
                offsets = _make(OffsetMap, (segments, length))
                head = (index, role, text, offsets, 0, section, group, row)
                blocks.append(_make(Block, head + (own if is_own else others)))
                index += 1
            self._again += [
                _make(Signal, (kind, value, begun + start, begun + end)) for kind, value, start, end in signals
            ]
            row += 1

    def _end_sections(self, level: int) -> None:
        """End the sections that a heading of that level does not stand in."""
        while len(self._levels) > self._outline_floor and self._levels[-1] >= level:
            self._levels.pop()
        self._section = self._section[: len(self._levels)]

    def _begin_section(self, level: int, heading: int) -> None:
        self._levels.append(level)
        self._section = (*self._section, heading)

    def restart_outline(self) -> None:
        """Begin a new outline: what follows stands under none of the headings so far (of the section entered last)."""
        del self._levels[self._outline_floor :]
        self._section = self._section[: self._outline_floor]

    def enter_section(self) -> int:
        """Begin a part that is complete in itself, such as an object of data: its headings stand under those around it,
        whatever their levels, and end with it. Give what is returned to ``leave_section``.
        """
        before, self._outline_floor = self._outline_floor, len(self._levels)
        return before

    def leave_section(self, before: int) -> None:
        """End the part that ``enter_section`` began."""
        self.restart_outline()
        self._outline_floor = before

    def last_index(self) -> int | None:
        """The index of the block reported last."""
        return len(self._blocks) - 1 if self._blocks else None

    def comment(self, text: str, start: int, end: int, next_end: int = 0) -> None:
        """Report a comment of the host format, without its marks."""
        self._comments.append(_make(Comment, (text, start, end, next_end)))

    def signal(self, kind: str, value: str, start: int, end: int) -> None:
        """Report a signal (see ``Signal`` for the kinds); the same one twice counts once."""
        if value := value.strip():
            self._signals[_make(Signal, (kind, value, start, end))] = None

    def leave_out(self, start: int, end: int, reason: str) -> None:
        """Say that a stretch of the file is not copy."""
        if start < end:
            self._left_out.append(_make(LeftOut, (start, end, reason)))

    def note(self, text: str) -> None:
        """Say something about the whole file, once."""
        self._notes[text] = None

    def source(self, *, path: str, format: str, encoding: str, sha256: str, notes: Sequence[str] = ()) -> Source:
        """The finished source. Comments, signals and stretches left out come in file order."""
        return Source(
            path=path,
            format=format,
            encoding=encoding,
            sha256=sha256,
            text=self._text,
            blocks=tuple(self._blocks),
            comments=tuple(sorted(self._comments, key=_COMMENT_PLACE)),
            signals=tuple(sorted((*self._signals, *self._again), key=_SIGNAL_PLACE)),
            left_out=tuple(sorted(self._left_out, key=_LEFT_OUT_PLACE)),
            notes=(*notes, *self._notes),
        )


class DocumentBuilder(SourceBuilder):
    """Collects the blocks of a file that is not text. Its text is that of the blocks, one below the other."""

    def __init__(self, path: str = "") -> None:
        super().__init__("", path)
        self._parts: list[str] = []
        self._length = 0

    @property
    def is_full(self) -> bool:
        """Whether so much was read that nothing more is taken."""
        return self._length > MAX_DOCUMENT_TEXT or len(self._blocks) >= MAX_BLOCKS

    def put(self, role: Role, text: str, *, level: int = 0, **place: Any) -> int | None:
        """Report a block of that text; its index, or None if there is nothing to read in it."""
        if self.is_full:
            self.note(
                f"it holds more than {MAX_DOCUMENT_TEXT:,} characters or {MAX_BLOCKS:,} passages; the rest was not read"
            )
            return None
        if len(text) > MAX_BLOCK_TEXT:
            self.note(f"a passage of {len(text):,} characters was cut after {MAX_BLOCK_TEXT:,}")
            text = text[:MAX_BLOCK_TEXT]
        text, _ = collapse([(_CONTROL.sub("", text), 0, len(text))])
        text = text.lstrip("\ufeff ")
        if not text:
            return None
        between = _BESIDE if self._goes_on_with_row(role, place) else _BETWEEN
        if self._parts:
            self._parts.append(between)
            self._length += len(between)
        start, self._length = self._length, self._length + len(text)
        self._parts.append(text)
        return self.add(role, [(text, start, start + len(text))], level=level, **place)

    def _goes_on_with_row(self, role: Role, place: dict[str, Any]) -> bool:
        """Whether a block is a further cell of the row that was begun: a row is a line, which a comment silences whole."""
        if role is not Role.TABLE_CELL or not self._blocks or place.get("row") is None:
            return False
        last = self._blocks[-1]
        return last.role is role and (last.group, last.row) == (place.get("group"), place["row"])

    def comment_on(self, block: int | None, text: str) -> None:
        """Report a comment that hangs on a block, or on the whole file."""
        self.comment(text, *self._span(block))

    def signal_on(self, block: int | None, kind: str, value: str) -> None:
        """Report a signal that belongs to a block, or to the whole file."""
        self.signal(kind, value, *self._span(block))

    def _span(self, block: int | None) -> tuple[int, int]:
        if block is None:
            return 0, 0
        return self._blocks[block].map.span(0, len(self._blocks[block].text))

    def source(self, **about: Any) -> Source:
        """The finished source, in which offsets count in the joined blocks."""
        from menulint.readers.contacts import report_contacts

        self._text = "".join(self._parts)
        report_contacts(self._text, self)
        return replace(super().source(**about), by_block=True)


def collapse(runs: Iterable[Run]) -> tuple[str, OffsetMap]:
    """The text of some runs with white space collapsed and trimmed, and its map to the source."""
    if not isinstance(runs, list):
        runs = list(runs)
    if len(runs) == 1 and (plain := _plain(*runs[0])):
        return plain
    joiner = _Joiner()
    for text, start, end in runs:
        if len(text) != end - start:
            joiner.atom(text, start, end)
        else:
            joiner.slice(text, start)
    return joiner.finish()


def _plain(text: str, start: int, end: int) -> tuple[str, OffsetMap] | None:
    """The text and map of a lone run that needs no more than trimming, as most do; None of any other."""
    length = len(text)
    if length != end - start:
        return None
    body = text.strip(_SPACES)
    if not body or "  " in body or "\n" in body or "\t" in body or "\r" in body or "\f" in body or "\v" in body:
        return None
    if len(body) != length:
        if text[0] in _SPACES:
            start += length - len(text.lstrip(_SPACES))
        text, length = body, len(body)
    return text, _make(OffsetMap, (((0, start, start + length),), length))


class _Joiner:
    """Collects the text and segments of runs; ``_space`` is the white space met since the last word."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._segments: list[tuple[int, int, int]] = []
        self._length = 0
        self._space: tuple[int, int] | None = None

    def slice(self, text: str, start: int) -> None:
        """An identity run: its words, with a space noted wherever white space stands."""
        at = 0
        for stretch in _STRETCH.finditer(text):
            begin, end = stretch.span()
            if at < begin:
                self._note_space(start + at, start + begin)
            self._put(stretch.group(), start + begin, start + end)
            at = end
        if at < len(text):
            self._note_space(start + at, start + len(text))

    def atom(self, text: str, start: int, end: int) -> None:
        """An atomic run; leading and trailing white space of it collapses with its neighbours."""
        if not text:
            return
        if not text.strip(_SPACES):
            self._note_space(start, end)
            return
        if text[0] in _SPACES:
            self._note_space(start, start)
        self._put(_SPACE.sub(" ", text.strip(_SPACES)), start, end)
        if text[-1] in _SPACES:
            self._note_space(end, end)

    def finish(self) -> tuple[str, OffsetMap]:
        return "".join(self._parts), _make(OffsetMap, (tuple(self._segments), self._length))

    def _note_space(self, start: int, end: int) -> None:
        self._space = (self._space[0], max(end, self._space[1])) if self._space else (start, end)

    def _put(self, text: str, start: int, end: int) -> None:
        at = self._length
        if self._space:
            if at:
                self._parts.append(" ")
                self._segment(at, at + 1, *self._space)
                at += 1
            self._space = None
        self._parts.append(text)
        self._length = at + len(text)
        self._segment(at, self._length, start, end)

    def _segment(self, text_start: int, text_end: int, start: int, end: int) -> None:
        """Add a segment, or lengthen the last one if it goes on character by character."""
        segments = self._segments
        if segments and text_end - text_start == end - start:
            last_at, last_start, last_end = segments[-1]
            if last_end == start and text_start - last_at == last_end - last_start:
                segments[-1] = (last_at, last_start, end)
                return
        segments.append((text_start, start, end))
