"""A source line made safe to print, cut to the width of the screen, with carets under a span of it.

Pages are hostile: whatever a terminal would obey (escape sequences, overrides of the writing direction, invisible
characters) is shown as a mark. Widths are terminal columns: wide East Asian characters take two, combining marks none.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

TAB_COLUMNS = 4
_ELLIPSIS = "…"
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_IDEOGRAPHS = 0x3000
_JOINER = "\u200d"


def safe(text: str) -> str:
    """``text`` on one line with nothing in it that a terminal obeys."""
    return text if text.isprintable() else text.translate(_ON_ONE_LINE)


class _Marks(dict[int, str]):
    """What each character is shown as; of alphabets, where there are few, it is kept in mind."""

    def __missing__(self, point: int) -> str:
        shown = _mark(chr(point))
        if point < _IDEOGRAPHS:
            self[point] = shown
        return shown


_ON_ONE_LINE = _Marks(dict.fromkeys(map(ord, "\t\r\n"), " "))


class Snippet(NamedTuple):
    """A line as printed, and the columns ``[start, end)`` of it that carry the carets."""

    line: str
    start: int
    end: int

    @property
    def carets(self) -> str:
        """The line that goes below."""
        return " " * self.start + "^" * (self.end - self.start)


def snippet(line: str, start: int, end: int, width: int) -> Snippet:
    """``line`` with the span ``[start, end)`` (code points) in view, in no more than ``width`` columns.

    Only the stretch around the span is looked at, so that a page on one line costs no more than any other.
    """
    start = min(start, len(line))
    end = max(min(end, len(line)), start)
    cut_from = max(0, start - width) if _columns(line[: min(end, 2 * width)]) > width or end > 2 * width else 0
    cells = _cells(line[cut_from : start + 2 * width])
    span = range(start - cut_from, min(end - cut_from, len(cells)))
    first, last = _window(cells, span, width, more_before=cut_from > 0, more_after=start + 2 * width < len(line))
    before = _ELLIPSIS if first or cut_from else ""
    after = _ELLIPSIS if last < len(cells) or start + 2 * width < len(line) else ""
    at = len(before) + sum(columns for _, columns in cells[first : span.start])
    under = sum(columns for _, columns in cells[span.start : min(span.stop, last)])
    return Snippet(before + "".join(shown for shown, _ in cells[first:last]) + after, at, at + max(1, under))


def _window(
    cells: list[tuple[str, int]], span: range, width: int, *, more_before: bool, more_after: bool
) -> tuple[int, int]:
    """The stretch of cells to show: all if they fit, else the span with what fits before and after it."""
    if not (more_before or more_after) and sum(columns for _, columns in cells) <= width:
        return 0, len(cells)
    room = width - 2 * len(_ELLIPSIS)
    first, last = span.start, span.start
    while last < span.stop and room >= cells[last][1]:
        room -= cells[last][1]
        last += 1
    context = room // 3
    while first > 0 and context >= cells[first - 1][1]:
        first -= 1
        context -= cells[first][1]
        room -= cells[first][1]
    while last < len(cells) and room >= cells[last][1]:
        room -= cells[last][1]
        last += 1
    return first, last


def _cells(text: str) -> list[tuple[str, int]]:
    """Each character as it is shown and the columns it takes."""
    if "\t" not in text:
        return [_CELLS[char] for char in text]
    cells = []
    at = 0
    for char in text:
        columns = TAB_COLUMNS - at % TAB_COLUMNS
        cells.append((" " * columns, columns) if char == "\t" else _CELLS[char])
        at += cells[-1][1]
    return cells


class _Cells(dict[str, tuple[str, int]]):
    """How a character is shown and the columns that takes; of alphabets, where there are few, it is kept in mind."""

    def __missing__(self, char: str) -> tuple[str, int]:
        shown = _mark(char)
        cell = shown, _columns(shown)
        if ord(char) < _IDEOGRAPHS:
            self[char] = cell
        return cell


_CELLS = _Cells()


def _mark(char: str) -> str:
    if char.isprintable() or char in (" ", "\u00a0", _JOINER):
        return char
    if char < " ":
        return chr(0x2400 + ord(char))
    return f"<U+{ord(char):04X}>" if unicodedata.category(char) in _HIDDEN or char == "\x7f" else char


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(map(_char_columns, text))


def _char_columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me") or char == _JOINER:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
