"""Values of data: a string decoded from a stretch of the file, with the way back, and whatever format its copy is in.

Front matter, JSON, YAML, string literals of code and table cells all hold copy of this kind: the host decides what a value
says and where it stands, this module what is read of it: a page, HTML, Markdown, lines with bullets, or one piece of text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from menulint.late import LatePattern
from menulint.readers.base import GAP, Place, Run, SourceBuilder
from menulint.readers.wording import role_of_key
from menulint.source import OffsetMap, Role

_PAGE = LatePattern(r"\s{0,500}(?:<!--.{0,500}?-->\s{0,500})?<(?:!doctype|html)\b", re.IGNORECASE | re.DOTALL)
_BLOCK_TAG = LatePattern(
    r"<(?:p|div|section|h[1-6]|ul|ol|li|table|tr|td|th|br|blockquote|figure|dl|dt|dd|article|header|footer|nav|main)\b",
    re.IGNORECASE,
)
_MARKDOWN_LINE = LatePattern(r"^ {0,3}(?:#{1,6} |[-*+] |\d{1,3}\. |> )|\*\*\S|\]\(", re.MULTILINE)
_BULLET = LatePattern(r"^[ \t]*[•·▪◦‣●✓✔✅]", re.MULTILINE)
_INSIDE_TAG = LatePattern(r"""[^<>"']{0,200}["'][^<>]{0,500}>""")
_UNNAMED_TAG = LatePattern(f"(</?[hH]?){GAP}")
"""A tag whose name is a gap: ``'<' . $tag . ' class="a">'``."""
_MARKUP = LatePattern(r"[*_`\[\]<>&\\#{}]|\n|\r")


class Value(NamedTuple):
    """A string value: where it stands in the data (``/seo/description``), what it says, and its map to the file.

    ``has_lines`` says that its line ends are part of what it says, so that it may hold paragraphs and lists.
    ``said_as`` is its role where the host knows better than the key.
    """

    pointer: str
    text: str
    map: OffsetMap
    has_lines: bool = False
    said_as: Role | None = None

    @property
    def key(self) -> str:
        """The nearest name above it; an item of a list stands under the list's name."""
        names = [part for part in self.pointer.split("/") if part and not part.isdigit()]
        return names[-1].replace("~1", "/").replace("~0", "~") if names else ""

    @property
    def role(self) -> Role:
        """The role its host or its key gives it."""
        return self.said_as or role_of_key(self.key)

    @property
    def span(self) -> tuple[int, int]:
        """Its place in the file."""
        return self.map.span(0, self.map.length)


class Decoded:
    """Puts a decoded value together from the pieces it is written in."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._segments: list[tuple[int, int, int]] = []
        self._length = 0
        self.has_lines = False

    def put(self, text: str, start: int, end: int) -> None:
        """Add a piece; one of another length than its source stands for it as a whole."""
        if text:
            self._parts.append(text)
            self._segments.append((self._length, start, end))
            self._length += len(text)

    def value(self, pointer: str, at: int) -> Value:
        """What was put together, as the value under ``pointer``; ``at`` is its place if it is empty."""
        segments = tuple(self._segments) or ((0, at, at),)
        return Value(pointer, "".join(self._parts), OffsetMap(segments, self._length), self.has_lines)


class _Relay(SourceBuilder):
    """Passes on what it is told; notes only if ``hears_notes``."""

    hears_notes = True
    takes_again = False

    def __init__(self, outer: SourceBuilder) -> None:
        self._outer = outer
        self.path = outer.path

    def new_group(self) -> int:
        return self._outer.new_group()

    def last_index(self) -> int | None:
        return self._outer.last_index()

    def add_at(self, place: Place, role: Role, runs: list[Run], level: int = 0) -> int | None:
        return self.add(role, runs, level=level, **place.said())

    def restart_outline(self) -> None:
        self._outer.restart_outline()

    def enter_section(self) -> int:
        return self._outer.enter_section()

    def leave_section(self, before: int) -> None:
        self._outer.leave_section(before)

    def comment(self, text: str, start: int, end: int, next_end: int = 0) -> None:
        self._outer.comment(text, start, end, next_end)

    def signal(self, kind: str, value: str, start: int, end: int) -> None:
        self._outer.signal(kind, value, start, end)

    def leave_out(self, start: int, end: int, reason: str) -> None:
        self._outer.leave_out(start, end, reason)

    def note(self, text: str) -> None:
        if self.hears_notes:
            self._outer.note(text)


class Embedded(_Relay):
    """Reports what is found in a text that was itself decoded from a stretch of the file, at its place in the file."""

    def __init__(
        self, outer: SourceBuilder, value: Value, level: int = 0, place: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(outer)
        self._map = value.map
        self._pointer = value.pointer
        self._role = value.role
        self._level = level
        self._place = place or {}

    def add(self, role: Role, runs: Iterable[Run], *, level: int = 0, **place: Any) -> int | None:
        """A block, its runs traced back; a paragraph gets the role of the key it stands under."""
        if role is Role.PARAGRAPH and self._role is not Role.STRING:
            role = self._role
        if role is Role.HEADING:
            level = level or self._level
        outer_runs = [outer for run in runs for outer in through(run, self._map)]
        return self._outer.add(role, outer_runs, level=level, **{"pointer": self._pointer, **self._place, **place})

    def comment(self, text: str, start: int, end: int, next_end: int = 0) -> None:
        """A comment, at its place in the file."""
        super().comment(text, *self._map.span(start, end))

    def signal(self, kind: str, value: str, start: int, end: int) -> None:
        """A signal, at its place in the file."""
        super().signal(kind, value, *self._map.span(start, end))

    def leave_out(self, start: int, end: int, reason: str) -> None:
        """A stretch left out, at its place in the file."""
        super().leave_out(*self._map.span(start, end), reason)


class Within(_Relay):
    """Reports what stands in one place of some data: under its headings, in its cell, in its language.

    ``roles`` gives blocks another role than they would have by themselves. Headings met inside make an outline of their own
    below ``section``; nothing that follows stands under them. ``level`` is that of what becomes a heading by ``roles``.
    """

    def __init__(
        self,
        outer: SourceBuilder,
        section: tuple[int, ...] = (),
        place: Mapping[str, Any] | None = None,
        roles: Mapping[Role, Role] | None = None,
        level: int = 0,
    ) -> None:
        super().__init__(outer)
        self._above, self._place, self._roles, self._level = section, place or {}, roles or {}, level
        self._levels, self._section, self._outline_floor = [], (), 0

    restart_outline = SourceBuilder.restart_outline
    enter_section = SourceBuilder.enter_section
    leave_section = SourceBuilder.leave_section

    def add(self, role: Role, runs: Iterable[Run], *, level: int = 0, **place: Any) -> int | None:
        """A block, with the fields of its place."""
        if role is Role.HEADING:
            self._end_sections(level)
        fields = {"section": (*self._above, *self._section), **place, **self._place}
        shown = self._roles.get(role, role)
        level = level or (self._level if shown is Role.HEADING else 0)
        index = self._outer.add(shown, runs, level=level, **fields)
        if role is Role.HEADING and index is not None:
            self._begin_section(level, index)
        return index


def through(run: Run, offsets: OffsetMap) -> list[Run]:
    """A run over a derived text, as runs over the text that one was made from."""
    text, start, end = run
    if len(text) != end - start:
        return [(text, *offsets.span(start, end))]
    first = bisect_right(offsets.segments, start, key=_text_start)
    last = bisect_left(offsets.segments, end, key=_text_start)
    cuts = [start, *(at for at, _, _ in offsets.segments[first:last]), end]
    return [(text[cut - start : after - start], *offsets.span(cut, after)) for cut, after in pairwise(cuts)]


def _text_start(segment: tuple[int, int, int]) -> int:
    return segment[0]


def read_value(value: Value, build: SourceBuilder, *, level: int = 0, as_html: bool = False, **place: Any) -> None:
    """Report the copy of a value. Whether it is copy at all (``wording.reads_like_words``) is for the caller to ask.

    ``level`` is that of a heading, ``place`` the fields its blocks get that do not say better themselves. ``as_html``: the
    host writes HTML into its strings, whole or in parts.
    """
    inner, text = Embedded(build, value, level, place), value.text
    if as_html:
        _read_markup(value, inner)
    elif _PAGE.match(text):
        build.restart_outline()
        _read_html(text, inner)
        build.restart_outline()
    elif _BLOCK_TAG.search(text) and not _MARKDOWN_LINE.search(text):
        _read_html(text, inner)
    elif value.has_lines:
        build.restart_outline()
        (_read_lines if _BULLET.search(text) else _read_markdown)(text, inner)
    elif _MARKUP.search(text):
        _read_inline(value, inner)
    else:
        inner.add(value.role, [(text, 0, len(text))])


def is_markup(text: str) -> bool:
    """Whether a value is HTML or Markdown, as far as that shows without reading it."""
    return bool(_BLOCK_TAG.search(text) or _MARKDOWN_LINE.search(text))


def read_lines(value: Value, build: SourceBuilder) -> None:
    """Report a value each of whose lines stands for itself, as in a cell of a spreadsheet."""
    _read_lines(value.text, Embedded(build, value))


def _read_html(text: str, inner: SourceBuilder) -> None:
    from menulint.readers.html import read_fragment

    read_fragment(text, 0, len(text), inner)


def _read_markup(value: Value, inner: Embedded) -> None:
    """Read a string of code that writes HTML: it may begin inside a tag (``" class="a">Book``), or end in one."""
    text = value.text
    if "<" not in text and "&" not in text and ">" not in text:
        inner.add(value.role, [(text, 0, len(text))])
        return
    from menulint.readers.html import mask_page, read_fragment
    from menulint.readers.template_marks import HTML

    inner.hears_notes = False
    begun = _INSIDE_TAG.match(text)
    start = begun.end() if begun else 0
    named = _UNNAMED_TAG.sub(lambda tag: tag[1] + ("2" if tag[1].endswith(("h", "H")) else "x"), text)
    masked = mask_page(named, start, len(text), HTML)
    masked.original = text
    read_fragment(text, start, len(text), inner, masked=masked)


def _read_lines(text: str, inner: SourceBuilder) -> None:
    from menulint.readers.plain_text import READER

    READER.read(text, inner)


def _read_markdown(text: str, inner: SourceBuilder) -> None:
    from menulint.readers.markdown import read_markdown

    read_markdown(text, 0, inner)


def _read_inline(value: Value, inner: SourceBuilder) -> None:
    from menulint.readers.markdown_inline import InlineScanner
    from menulint.readers.template_marks import mask_template_marks

    masked = mask_template_marks(value.text)
    found = InlineScanner(masked, {}, inner).scan(masked.text, 0)
    inner.add(value.role, found.runs)
    for role, runs in found.extras:
        inner.add(role, runs)
