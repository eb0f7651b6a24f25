"""Takes the text of a PDF apart into pieces with their places. Runs as a program of its own, not as a part of menulint.

PDFium is a large C++ library that reads what strangers wrote. In a process of its own it can neither crash the run nor
take all its time and memory: the limits are set here, and whoever started it kills it when it takes too long. It
writes a line of JSON for each page as soon as it has it, so that what was read before the end is not lost.

Imports nothing of menulint: it must start fast.
"""

from __future__ import annotations

import ctypes
import json
import sys
import time
from typing import Any

MAX_PAGES = 1_000
MAX_CHARACTERS = 1_000_000
MAX_PAGE_CHARACTERS = 200_000
MAX_LINKS = 200
SECONDS = 6.0
"""How long (of the processor's time) pages are begun, and how long one call into PDFium may last beyond that."""
CPU_SECONDS = 9
MEMORY_BYTES = 400 * 1024 * 1024
"""What PDFium may take on top of what the process holds when it begins."""

_GAP = 1.3
"""White space wider than so many times the height of the letters separates columns, not words."""
_PASSWORD = 4
_BOLD = 600
_NOTE, _FREE_TEXT = 1, 3
_SPLIT = 2
"""What PDFium gives for a hyphen at the end of a line; the rest of the word follows at once."""
_BREAKS = frozenset({0, 9, 10, 13, 32, 160})

Piece = tuple[str, float, float, float, float, bool]
"""Text, left, top, right and bottom in points from the upper left corner, and whether it is bold."""


def main() -> None:
    """Read a PDF from standard input."""
    data = sys.stdin.buffer.read()
    try:
        import pypdfium2
    except ImportError:
        _say({"missing": True})
        return
    _limit()
    try:
        _Document(pypdfium2, data).say()
    except MemoryError:
        _say({"stopped": "memory"})


def _say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _limit() -> None:
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            held = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY_BYTES, held + MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return  # Windows and macOS: the time limit has to do


class _Document:
    """A document and what of it may still be read."""

    def __init__(self, library: Any, data: bytes) -> None:
        self._library, self._raw = library, library.raw
        self._data = data
        self._left = MAX_CHARACTERS
        self._until = time.process_time() + SECONDS

    def say(self) -> None:
        """Write all pages."""
        try:
            document = self._library.PdfDocument(self._data)
            count = len(document)
        except self._library.PdfiumError as error:
            encrypted = getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error)
            _say({"encrypted": True} if encrypted else {"damaged": True})
            return
        _say({"pages": count, "title": self._title(document)})
        for number in range(min(count, MAX_PAGES)):
            if time.process_time() > self._until or self._left <= 0:
                _say({"stopped": "time" if self._left > 0 else "size", "page": number})
                return
            try:
                _say({"page": number + 1, **self._page(document, number)})
            except (self._library.PdfiumError, ValueError, OSError):
                _say({"page": number + 1, "damaged": True})
        if count > MAX_PAGES:
            _say({"stopped": "pages", "page": MAX_PAGES})

    def _title(self, document: Any) -> str:
        try:
            return str(document.get_metadata_value("Title"))[:500]
        except (self._library.PdfiumError, UnicodeError):
            return ""

    def _page(self, document: Any, number: int) -> dict[str, Any]:
        page = document[number]
        try:
            text = page.get_textpage()
            try:
                place = _Place(page)
                pieces = self._pieces(text, place)
            finally:
                text.close()
            found: dict[str, Any] = {"size": place.size, "pieces": pieces}
            if not pieces:
                found["drawn"] = self._raw.FPDFPage_CountObjects(page) > 0
            return found | {"links": self._links(document, page), "notes": self._notes(page, place)}
        finally:
            page.close()

    def _pieces(self, text: Any, place: _Place) -> list[Piece]:
        """The text of a page in pieces. Only where a word begins and ends is looked up: that costs most."""
        count = min(text.count_chars(), MAX_PAGE_CHARACTERS, self._left)
        self._left -= max(count, 1)
        handle, get_unicode = text.raw, self._raw.FPDFText_GetUnicode
        joiner, word, first = _Joiner(), list[int](), 0
        for index in range(count):
            code = get_unicode(handle, index)
            if code not in _BREAKS:
                if not word:
                    first = index
                word.append(code)
                if code != _SPLIT:
                    continue
            if word:
                self._word(handle, word, first, index - (code in _BREAKS), place, joiner)
                word = []
            if index & 63 == 0 and time.process_time() > self._until:
                break
        if word:
            self._word(handle, word, first, count - 1, place, joiner)
        return joiner.finish()

    def _word(self, handle: Any, codes: list[int], first: int, last: int, place: _Place, joiner: _Joiner) -> None:
        box = self._raw.FS_RECTF()
        reference, get_box = ctypes.byref(box), self._raw.FPDFText_GetLooseCharBox
        if not get_box(handle, first, reference):
            return
        where = place.of(box.left, box.top, box.right, box.bottom)
        if last > first and get_box(handle, last, reference):
            end = place.of(box.left, box.top, box.right, box.bottom)
            where = min(where[0], end[0]), min(where[1], end[1]), max(where[2], end[2]), max(where[3], end[3])
        if not joiner.extends(where):
            weight = self._raw.FPDFText_GetFontWeight(handle, first)
            joiner.begin(where, weight >= _BOLD or self._named_bold(handle, first))
        joiner.add("".join(map(_character, codes)), where)

    def _named_bold(self, handle: Any, index: int) -> bool:
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        length = self._raw.FPDFText_GetFontInfo(handle, index, name, 128, ctypes.byref(flags))
        return 0 < length <= 128 and b"bold" in name.value.lower()

    def _links(self, document: Any, page: Any) -> list[str]:
        raw, found = self._raw, list[str]()
        position, link = ctypes.c_int(0), raw.FPDF_LINK()
        while len(found) < MAX_LINKS and raw.FPDFLink_Enumerate(page, position, ctypes.byref(link)):
            action = raw.FPDFLink_GetAction(link)
            size = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
            if 1 < size <= 2_048:
                target = ctypes.create_string_buffer(size)
                raw.FPDFAction_GetURIPath(document, action, target, size)
                found.append(target.value.decode("utf-8", "replace"))
        return found

    def _notes(self, page: Any, place: _Place) -> list[tuple[str, float, float]]:
        """What people wrote in notes on the page, and where those hang."""
        raw, found = self._raw, list[tuple[str, float, float]]()
        for index in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_LINKS)):
            note = raw.FPDFPage_GetAnnot(page, index)
            if not note:
                continue
            if raw.FPDFAnnot_GetSubtype(note) in (_NOTE, _FREE_TEXT):
                size, box = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0), raw.FS_RECTF()
                if 2 < size <= 8_192 and raw.FPDFAnnot_GetRect(note, ctypes.byref(box)):
                    buffer = (ctypes.c_ushort * (size // 2 + 1))()
                    raw.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size)
                    said = bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
                    left, top, _, _ = place.of(box.left, box.top, box.right, box.bottom)
                    found.append((said, left, top))
            raw.FPDFPage_CloseAnnot(note)
        return found


Box = tuple[float, float, float, float]


class _Place:
    """Turns places in the coordinates of a page into points from the upper left corner, as the page is shown."""

    def __init__(self, page: Any) -> None:
        left, bottom, right, top = page.get_mediabox()
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        self._rotation = page.get_rotation()
        width, height = right - left, top - bottom
        self.size = (height, width) if self._rotation in (90, 270) else (width, height)

    def of(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Left, top, right, bottom."""
        if self._rotation == 90:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self._rotation == 180:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        if self._rotation == 270:
            return self._top - top, self._right - right, self._top - bottom, self._right - left
        return left - self._left, self._top - top, right - self._left, self._top - bottom


class _Joiner:
    """Joins words that stand side by side into pieces."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._text: list[str] = []
        self._box: Box = (0.0, 0.0, 0.0, 0.0)
        self._bold = False

    def extends(self, where: Box) -> bool:
        """Whether a word goes on with the piece."""
        if not self._text:
            return False
        _, top, right, bottom = self._box
        height, own = bottom - top, where[3] - where[1]
        if not 0.7 <= (own + 0.01) / (height + 0.01) <= 1.4 or abs(where[3] - bottom) > 0.4 * height:
            return False
        return -0.6 * height <= where[0] - right <= _GAP * height

    def begin(self, where: Box, bold: bool) -> None:
        """Begin a new piece."""
        self._close()
        self._box, self._bold = where, bold

    def add(self, word: str, where: Box) -> None:
        """Take a word."""
        if len(self._text) == 1 and len(self._text[0]) == 1:
            # A bullet is often of another font, whose letters are higher: the line is as high as its words.
            self._box = self._box[0], where[1], self._box[2], where[3]
        self._text.append(word)
        left, top, right, bottom = self._box
        self._box = min(left, where[0]), min(top, where[1]), max(right, where[2]), max(bottom, where[3])

    def _close(self) -> None:
        if self._text:
            left, top, right, bottom = (round(value, 1) for value in self._box)
            self._pieces.append((" ".join(self._text), left, top, right, bottom, self._bold))
        self._text = []

    def finish(self) -> list[Piece]:
        """All pieces."""
        self._close()
        return self._pieces


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


if __name__ == "__main__":
    main()
