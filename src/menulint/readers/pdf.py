"""PDF files: brochures, price lists, leaflets. PDFium reads them (in the extra ``office``), in a process of its own.

A PDF holds letters at places, nothing else: what is a column, a paragraph or a heading is worked out in ``pdf_layout``. A page
without a letter is most likely a picture, and a note says so.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from menulint.readers import pdf_layout
from menulint.readers.base import DocumentBuilder, Unread
from menulint.readers.pdf_layout import Box, Passage, Piece
from menulint.readers.prose_layout import put_title
from menulint.source import Role

SECONDS = 30.0
"""How long the process may take before it is ended; what it has read by then is kept. It ends itself after a few seconds of
the processor's time: this is for machines that do much else."""
MISSING = "reading .pdf needs: pip install 'menulint[office]'"
_HEAD_BYTES = 1024
_ROLES = {"heading": Role.HEADING, "item": Role.LIST_ITEM, "paragraph": Role.PARAGRAPH}
_STOPPED = {
    "time": "reading it took too long; only the first {page} pages were read",
    "size": "it holds more text than is read of one file; only the first {page} pages were read",
    "pages": "it has more than {page} pages; only these were read",
    "memory": "reading it took too much memory; not all of it was read",
}
_LOWEST = 5


class PdfReader:
    """Reads a PDF page by page."""

    name = "pdf"
    extensions = frozenset({".pdf"})

    def recognises_bytes(self, data: bytes) -> bool:
        """The mark of a PDF, which other programs may have put something before."""
        return b"%PDF-" in data[:_HEAD_BYTES]

    def read_bytes(self, data: bytes, build: DocumentBuilder) -> None:
        """Report every page."""
        if importlib.util.find_spec("pypdfium2") is None:
            raise Unread(MISSING)
        document = _Document()
        for said in _said_by_worker(data):
            document.hear(said)
        document.report(build)


READER = PdfReader()


def _said_by_worker(data: bytes) -> Iterator[dict[str, Any]]:
    """The lines of the worker; those it wrote before it had to be ended, too."""
    # -P: the folder of the readers must not be searched for modules; html.py there is not the one of Python.
    command = [sys.executable, "-P", str(Path(__file__).with_name("pdf_worker.py"))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        output, ended = done.stdout, done.returncode != 0
    except subprocess.TimeoutExpired as error:
        output, ended = error.stdout or b"", True
    except OSError:
        raise Unread("reading a PDF takes a process of its own, and none could be started") from None
    for line in output.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            ended = True
    if ended:
        yield {"stopped": "ended"}


@dataclass
class _Page:
    """A page as the worker took it apart."""

    number: int
    height: float
    pieces: list[Piece]
    drawn: bool
    links: list[str]
    notes: list[tuple[str, float, float]]


@dataclass
class _Document:
    """All that the worker said of a file."""

    pages: list[_Page] = field(default_factory=list)
    title: str = ""
    count: int = 0
    notes: list[str] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)

    def hear(self, said: dict[str, Any]) -> None:
        """Take one line of the worker."""
        if said.get("missing"):
            raise Unread(MISSING)
        if said.get("encrypted"):
            raise Unread("it is encrypted; save it without a password to have it checked")
        if "pieces" in said:
            self._page(said)
        elif "pages" in said:
            self.title, self.count = said["title"], said["pages"]
        elif "stopped" in said:
            self._stopped(said)
        elif "page" in said:
            self.damaged.append(said["page"])
        else:
            raise Unread("it is a damaged or incomplete PDF")

    def _page(self, said: dict[str, Any]) -> None:
        pieces = [Piece(*piece) for piece in said["pieces"]]
        notes = [(str(text), float(left), float(top)) for text, left, top in said["notes"]]
        height = float(said["size"][1])
        self.pages.append(_Page(said["page"], height, pieces, bool(said.get("drawn")), said["links"], notes))

    def _stopped(self, said: dict[str, Any]) -> None:
        if said["stopped"] in _STOPPED:
            self.notes.append(_STOPPED[said["stopped"]].format(page=said.get("page", 0)))
        elif not self.pages:
            raise Unread("reading it took too long or too much memory; it was given up")
        elif len(self.pages) + len(self.damaged) < self.count:
            self.notes.append(_STOPPED["time"].format(page=len(self.pages)))

    def report(self, build: DocumentBuilder) -> None:
        """Report the pages in their order."""
        put_title(self.title, build)
        for note in self.notes:
            build.note(note)
        if self.damaged:
            build.note(f"{_pages(self.damaged)} could not be read")
        if blank := [page.number for page in self.pages if not page.pieces and page.drawn]:
            build.note(f"{_pages(blank)} {'holds' if len(blank) == 1 else 'hold'} no text (a picture?)")
        _Writer(build, self.pages).write()


class _Writer:
    """Reports passages to a builder."""

    def __init__(self, build: DocumentBuilder, pages: Sequence[_Page]) -> None:
        self._build, self._pages = build, pages
        pieces = [page.pieces for page in pages]
        self._body = pdf_layout.body_height(pieces)
        kept = pdf_layout.without_repeats(pieces, [page.height for page in pages])
        self._passages = [list(pdf_layout.passages(page, self._body)) for page in kept]
        headings = [p.height for page in self._passages for p in page if p.kind == "heading"]
        self._levels = pdf_layout.heading_levels(headings, self._body)
        self._group: int | None = None
        self._kind = ""
        self._row = 0
        self._intro: int | None = None

    def write(self) -> None:
        """Report all pages."""
        for page, passages in zip(self._pages, self._passages, strict=True):
            placed: list[tuple[int, Box]] = []
            for passage in passages:
                placed += self._passage(passage, page.number)
            for link in page.links:
                self._build.signal_on(placed[-1][0] if placed else None, "link", link)
            for text, _, top in page.notes:
                nearest = min(placed, key=lambda found: _distance(found[1], top), default=(None, None))
                self._build.comment_on(nearest[0], text)

    def _passage(self, passage: Passage, page: int) -> list[tuple[int, Box]]:
        if passage.kind == "row":
            return self._cells(passage, page)
        place: dict[str, Any] = {"page": page, "box": passage.box}
        level = 0
        if passage.kind == "item":
            self._open("item", again=False)
            place |= {"group": self._group, "row": self._row, "intro": self._intro}
            self._row += 1
        elif passage.kind == "heading":
            level = self._levels.get(round(passage.height), _LOWEST)
        if passage.kind == "paragraph" or (passage.kind == "heading" and self._kind == "item"):
            self._kind = ""
        index = self._build.put(_ROLES[passage.kind], passage.text, level=level, **place)
        return [] if index is None else [(index, passage.box)]

    def _cells(self, passage: Passage, page: int) -> list[tuple[int, Box]]:
        self._open("row", again=passage.new_table)
        place: dict[str, Any] = {"page": page, "group": self._group, "row": self._row, "intro": self._intro}
        found = []
        for column, text, box in passage.cells:
            index = self._build.put(Role.TABLE_CELL, text, column=column, box=box, **place)
            if index is not None:
                found.append((index, box))
        self._row += 1
        return found

    def _open(self, kind: str, *, again: bool) -> None:
        if self._kind != kind or again:
            self._intro = self._build.last_index()
            self._group, self._row, self._kind = self._build.new_group(), 0, kind


def _distance(box: Box, top: float) -> float:
    return 0.0 if box.top - 2 <= top <= box.bottom + 2 else min(abs(box.top - top), abs(box.bottom - top))


def _pages(numbers: Sequence[int]) -> str:
    """``page 3``, ``pages 3-5, 9``."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    named = ", ".join("-".join(map(str, found)) for found in ranges[:20])
    return f"page{'s' if len(numbers) > 1 else ''} {named}{' and more' if len(ranges) > 20 else ''}"
