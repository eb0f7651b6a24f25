"""A stretch of a file as a parser of bytes sees it, and the way from its byte offsets back to code points."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Edit:
    """What must stand for ``[start, end)`` so that the parser understands it: as many characters, or some put in."""

    start: int
    end: int
    text: str


class CodeText:
    """``text[start:end]`` in UTF-8, between a prefix and a suffix that make it complete for the parser.

    A lone surrogate, which UTF-8 cannot write, is replaced by one character of as many bytes. ``edits`` are in order.
    """

    def __init__(
        self, text: str, start: int, end: int, prefix: bytes = b"", suffix: bytes = b"", edits: Sequence[Edit] = ()
    ) -> None:
        self._inserted: list[int] = []
        piece = self._edited(text, start, end, edits) if edits else text[start:end]
        self._end = end
        self._prefix = len(prefix)
        self._bytes: list[int] = []
        self._points: list[int] = []
        self._start = start
        self.at: Callable[[int], int] = self._traced
        if piece.isascii():
            self.data = prefix + piece.encode("ascii") + suffix
            if not prefix and not suffix and not edits:
                self.at = start.__add__
            return
        self.data = prefix + _SURROGATE.sub("\ufffd", piece).encode("utf-8") + suffix
        self._note_widths(piece)

    def _edited(self, text: str, start: int, end: int, edits: Sequence[Edit]) -> str:
        parts: list[str] = []
        at = start
        for edit in edits:
            parts += text[at : edit.start], edit.text
            if edit.start == edit.end:
                first = edit.start - start + len(self._inserted)
                self._inserted += range(first, first + len(edit.text))
            at = edit.end
        return "".join((*parts, text[at:end]))

    def _note_widths(self, piece: str) -> None:
        """Where each stretch beyond ASCII begins, in bytes and code points; such a stretch may hold several widths."""
        shift = 0
        for match in _BEYOND_ASCII.finditer(piece):
            for point, character in enumerate(match.group(), match.start()):
                width = 2 if character < "\u0800" else 3 if character < "\U00010000" else 4
                shift += width - 1
                self._bytes.append(point + 1 + shift)
                self._points.append(point + 1)

    def _traced(self, byte: int) -> int:
        """The offset in the file of a byte offset in ``data``; ``at`` is this, or an addition where one is enough."""
        point = byte - self._prefix
        if point <= 0:
            return self._start
        index = bisect_right(self._bytes, point) - 1
        if index >= 0:
            point = self._points[index] + point - self._bytes[index]
        if self._inserted:
            point -= bisect_left(self._inserted, point)
        return min(self._start + point, self._end)
