"""A stretch of a file as a parser of bytes sees it, and the way from its byte offsets back to code points."""

from __future__ import annotations

import re
from bisect import bisect_right

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class CodeText:
    """``text[start:end]`` in UTF-8, between a prefix and a suffix that make it complete for the parser.

    A lone surrogate, which UTF-8 cannot write, is replaced by one character of as many bytes.
    """

    def __init__(self, text: str, start: int, end: int, prefix: bytes = b"", suffix: bytes = b"") -> None:
        piece = text[start:end]
        self._end = end
        self._prefix = len(prefix)
        self._bytes: list[int] = []
        self._points: list[int] = []
        self._start = start
        if piece.isascii():
            self.data = prefix + piece.encode("ascii") + suffix
            return
        self.data = prefix + _SURROGATE.sub("\ufffd", piece).encode("utf-8") + suffix
        self._note_widths(piece)

    def _note_widths(self, piece: str) -> None:
        """Where each stretch beyond ASCII begins, in bytes and code points; such a stretch may hold several widths."""
        shift = 0
        for match in _BEYOND_ASCII.finditer(piece):
            for point, character in enumerate(match.group(), match.start()):
                width = 2 if character < "\u0800" else 3 if character < "\U00010000" else 4
                shift += width - 1
                self._bytes.append(point + 1 + shift)
                self._points.append(point + 1)

    def at(self, byte: int) -> int:
        """The offset in the file of a byte offset in ``data``."""
        byte -= self._prefix
        if byte <= 0:
            return self._start
        if not self._bytes:
            return min(self._start + byte, self._end)
        index = bisect_right(self._bytes, byte) - 1
        if index < 0:
            return self._start + byte
        return min(self._start + self._points[index] + byte - self._bytes[index], self._end)
