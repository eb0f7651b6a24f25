"""From pieces of text with their places on a page to what somebody reads: columns, lines, paragraphs, price rows.

Three steps. A page is cut into *panels*: stretches with white space down their middle are columns if both sides read as
running text, or as lists of their own; they are rows of a table if the right side answers the left. Pieces of a panel become
*lines*. Lines become headings, list items, paragraphs and table rows. All of it takes time in proportion to the pieces,
times the depth of columns within columns, which is bounded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from menulint.readers.prose_layout import BULLET

MAX_PIECES = 20_000
_MAX_DEPTH = 5
_MIN_GUTTER = 7.0
_FAR = 3.0
"""White space of so many lines ends what stands side by side above it."""
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_HYPHEN = re.compile(r"[\x02\u00ad]\Z")
_REAL_HYPHEN = re.compile(r"[^\W\d_]-\Z")
_LEADERS = re.compile(r"\s*(?:\.{4,}|(?:\. ){3,}\.?|…{2,}|_{4,}|·{4,}|(?:· ){3,}·?)\s*")
_AMOUNT = re.compile(
    r"(?:(?:from|ab|desde|à partir de|p\.?p\.?|ca\.?|approx\.?|only|now|was)\s*)?[£$€¥₹]?\s*\+?[\d.,’' ]*\d\s*[%+]?"
    r"(?:\s*(?:[£$€¥₹]|GBP|USD|EUR|AED|CHF|zł|kr))?(?:\s*(?:each|pp|per \w+|p/\w+|mins?|minutes?|ml|h|hours?)\.?)?"
    r"|[£$€]?\s*(?:POA|TBC|free|on request|on consultation|gratis|consultar)|[-–—]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)]*\Z")
_LONGEST_HEADING = 90
_PROSE_LINE = 24
_LONGEST_CELL = 200


class Box(NamedTuple):
    """A place on a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Piece(NamedTuple):
    """A piece of text on one line, written in one go."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    bold: bool

    @property
    def height(self) -> float:
        """How high the letters are, which stands for their size."""
        return max(self.bottom - self.top, 0.1)


@dataclass
class Line:
    """The pieces of a line from left to right. One with ``cells`` is a row of a table."""

    pieces: list[Piece]
    cells: list[list[Piece]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the line."""
        return _joined(self.pieces)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return box_of(self.pieces)

    @property
    def height(self) -> float:
        """The size of most of its letters."""
        return max(self.pieces, key=lambda piece: len(piece.text)).height

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(piece.bold for piece in self.pieces)


@dataclass
class Passage:
    """Something to report: a heading (with the height of its letters), list item, paragraph, or a row of cells."""

    kind: str
    text: str
    box: Box
    height: float = 0.0
    bold: bool = False
    cells: list[tuple[int, str, Box]] = field(default_factory=list)
    new_table: bool = False


def box_of(pieces: Sequence[Piece]) -> Box:
    """The smallest box around some pieces."""
    return Box(
        min(p.left for p in pieces),
        min(p.top for p in pieces),
        max(p.right for p in pieces),
        max(p.bottom for p in pieces),
    )


def _joined(pieces: Sequence[Piece]) -> str:
    parts: list[str] = []
    last: Piece | None = None
    for piece in pieces:
        if last is not None and piece.left - last.right > 0.12 * last.height:
            parts.append(" ")
        parts.append(piece.text)
        last = piece
    return "".join(parts).translate(_LIGATURES)


# Panels


class _Panel(NamedTuple):
    """Pieces that belong together; ``columns`` are where its cells begin, if it is a table."""

    pieces: list[Piece]
    gutters: list[tuple[float, float]]


def panels(pieces: Sequence[Piece], body: float, depth: int = 0) -> Iterator[_Panel]:
    """The pieces of a page in panels, in reading order."""
    for run, gutters in _runs(_bands(pieces), body):
        if not gutters:
            yield _Panel(run, [])
            continue
        breaks = _breaks(run, gutters) if depth < _MAX_DEPTH else []
        if not breaks:
            yield _Panel(run, gutters)
            continue
        for column in _split(run, breaks):
            yield from panels(column, body, depth + 1)


def _bands(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces cut wherever white space runs across."""
    bands: list[list[Piece]] = []
    reach = float("-inf")
    for piece in sorted(pieces, key=lambda p: (p.top, p.left)):
        # Boxes of letters include their line's leading: those of neighbouring lines may touch.
        if not bands or piece.top + 0.25 * piece.height >= reach:
            bands.append([])
            reach = piece.bottom
        bands[-1].append(piece)
        reach = max(reach, piece.bottom)
    return bands


Gaps = list[tuple[float, float]]


def _runs(bands: Sequence[list[Piece]], body: float) -> Iterator[tuple[list[Piece], Gaps]]:
    """Bands joined as long as the same white space runs down through all of them, with that space.

    A heading with nothing beside it begins anew, and so does what stands far below: two columns of prose and a price list
    further down may well share a gutter.
    """
    run: list[Piece] = []
    free: Gaps = []
    left, right, bottom = float("inf"), float("-inf"), float("inf")
    for band in bands:
        own, box = _free(band), box_of(band)
        both = _common(free, own) if run else []
        is_new = _is_solitary_heading(band, body) and not (
            _is_solitary_heading(run[-1:], body) and abs(run[-1].height - band[0].height) < 1
        )
        apart = box.top - bottom > _FAR * body or is_new
        wide = min(left, box.left), max(right, box.right)
        plain = not _inner(free, left, right) and not _inner(own, box.left, box.right)
        if run and not apart and (plain or _inner(both, *wide)):
            run += band
            free, (left, right), bottom = both, wide, max(bottom, box.bottom)
            continue
        if run:
            yield run, _inner(free, left, right)
        run, free, left, right, bottom = list(band), own, box.left, box.right, box.bottom
    if run:
        yield run, _inner(free, left, right)


def _is_solitary_heading(band: Sequence[Piece], body: float) -> bool:
    return len(band) == 1 and (band[0].bold or band[0].height >= 1.15 * body)


def _free(pieces: Sequence[Piece]) -> Gaps:
    """The white space beside and between pieces, from far left to far right."""
    gaps, reach = [], float("-inf")
    for piece in sorted(pieces, key=lambda p: p.left):
        if piece.left - reach >= _MIN_GUTTER:
            gaps.append((reach, piece.left))
        reach = max(reach, piece.right)
    return [*gaps, (reach, float("inf"))]


def _common(one: Gaps, other: Gaps) -> Gaps:
    found, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if end - start >= _MIN_GUTTER:
            found.append((start, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found


def _inner(gaps: Gaps, left: float, right: float) -> Gaps:
    """Those gaps that have something on either side."""
    return [gap for gap in gaps if gap[0] >= left and gap[1] <= right]


class _Look(NamedTuple):
    """What a column looks like."""

    amounts: float
    prose: bool
    rows: list[float]


def _breaks(pieces: Sequence[Piece], gutters: Gaps) -> Gaps:
    """Those of the gutters that part columns to be read one after the other; the others part cells of a row."""
    columns = _split(pieces, gutters)
    looks = [_look(column) for column in columns]
    return [gutter for number, gutter in enumerate(gutters) if _parts(looks[number], looks[number + 1])]


def _look(column: Sequence[Piece]) -> _Look:
    texts = [piece.text for piece in column]
    lower = sum(text[:1].islower() for text in texts)
    long = sum(len(text) >= _PROSE_LINE for text in texts)
    amounts = sum(bool(_AMOUNT.fullmatch(text.strip())) for text in texts)
    prose = len(texts) > 2 and lower >= 0.25 * len(texts) and long >= 0.5 * len(texts)
    return _Look(amounts / len(texts), prose, sorted((p.top + p.bottom) / 2 for p in column))


def _parts(left: _Look, right: _Look) -> bool:
    if left.amounts >= 0.6:
        return right.amounts < 0.6
    if right.amounts >= 0.5:
        return False
    if left.prose and right.prose:
        return True
    shorter, longer = sorted((left.rows, right.rows), key=len)
    return _aligned(shorter, longer) < 0.7


def _aligned(some: Sequence[float], others: Sequence[float]) -> float:
    """Which share of some heights is found among others."""
    found, at = 0, 0
    for height in some:
        while at < len(others) and others[at] < height - 3:
            at += 1
        found += at < len(others) and others[at] <= height + 3
    return found / len(some)


def _split(pieces: Sequence[Piece], gutters: Gaps) -> list[list[Piece]]:
    middles = [(start + end) / 2 for start, end in gutters]
    columns: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    for piece in pieces:
        columns[sum(piece.left > middle for middle in middles)].append(piece)
    return [column for column in columns if column]


# Lines


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces of a panel in lines from top to bottom, each from left to right."""
    lines: list[list[Piece]] = []
    top = bottom = 0.0
    for piece in sorted(pieces, key=lambda p: (p.top + p.bottom, p.left)):
        overlap = min(bottom, piece.bottom) - max(top, piece.top)
        if lines and overlap >= 0.5 * min(piece.height, bottom - top):
            lines[-1].append(piece)
            continue
        lines.append([piece])
        top, bottom = piece.top, piece.bottom
    return [sorted(line, key=lambda p: p.left) for line in lines]


def _as_line(pieces: list[Piece], gutters: Gaps) -> Line:
    if gutters:
        cells = _split_cells(pieces, gutters)
        return Line(pieces, cells) if sum(map(bool, cells)) > 1 else Line(pieces)
    apart = len(pieces) > 1 and pieces[-1].left - pieces[-2].right > 2 * pieces[-1].height
    priced = apart and _AMOUNT.fullmatch(pieces[-1].text.strip())
    return Line(pieces, [pieces[:-1], pieces[-1:]] if priced else [])


def _split_cells(pieces: Sequence[Piece], gutters: Gaps) -> list[list[Piece]]:
    middles = [(start + end) / 2 for start, end in gutters]
    cells: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    for piece in pieces:
        cells[sum(piece.left > middle for middle in middles)].append(piece)
    return cells


# Passages


def passages(pieces: Sequence[Piece], body_height: float) -> Iterator[Passage]:
    """What a page says, in reading order. ``body_height`` is the size of most letters of the document."""
    for panel in panels(pieces[:MAX_PIECES], body_height):
        lines = [_as_line(line, panel.gutters) for line in _lines(panel.pieces)]
        yield from _Panelist(lines, body_height, panel.gutters).passages()


class _Panelist:
    """Makes passages of the lines of one panel."""

    def __init__(self, lines: list[Line], body_height: float, gutters: Gaps) -> None:
        self._lines, self._body, self._gutters = lines, body_height, gutters
        self._right = max((line.box.right for line in lines), default=0.0)
        self._left = min((line.box.left for line in lines), default=0.0)
        self._in_table = False

    def passages(self) -> Iterator[Passage]:
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if line.cells:
                row, at = self._row(at)
                yield row
                continue
            if parts := _by_leaders(line.text):
                yield self._leader_row(line, parts)
                at += 1
                continue
            passage, at = self._prose(at)
            self._in_table = self._in_table and passage.kind == "heading"
            yield passage

    # Rows

    def _row(self, at: int) -> tuple[Passage, int]:
        """A row with the lines that only go on with its cells."""
        line = self._lines[at]
        cells = [list(cell) for cell in line.cells]
        texts = [_joined(cell) for cell in cells]
        after = at + 1
        while self._gutters and after < len(self._lines) and self._goes_on(self._lines[after - 1], self._lines[after]):
            for number, more in enumerate(_split_cells(self._lines[after].pieces, self._gutters)):
                if more:
                    texts[number] = _glued(texts[number], _joined(more))
                    cells[number] += more
            after += 1
        found = [(n, text, box_of(cell)) for n, (text, cell) in enumerate(zip(texts, cells, strict=True)) if cell]
        row = Passage("row", "", line.box, cells=found, new_table=not self._in_table)
        self._in_table = True
        return row, after

    def _goes_on(self, line: Line, below: Line) -> bool:
        """Whether a line in a table is the rest of wrapped cells: no first cell of its own, or a small letter in it."""
        if below.box.top - line.box.bottom > 0.5 * line.height or abs(below.height - line.height) > 0.15 * line.height:
            return False
        first = _split_cells(below.pieces, self._gutters)[0]
        return not below.cells and (not first or first[0].text[:1].islower())

    def _leader_row(self, line: Line, parts: list[str]) -> Passage:
        cells = [(number, part, line.box) for number, part in enumerate(parts)]
        row = Passage("row", "", line.box, cells=cells, new_table=not self._in_table)
        self._in_table = True
        return row

    # Prose

    def _prose(self, at: int) -> tuple[Passage, int]:
        first = self._lines[at]
        text = first.text
        mark = BULLET.match(text.strip())
        level_by_looks = not mark and self._looks_like_heading(first)
        pieces, after = list(first.pieces), at + 1
        while after < len(self._lines) and self._continues(self._lines[at], self._lines[after - 1], self._lines[after]):
            text = _glued(text, self._lines[after].text)
            pieces += self._lines[after].pieces
            after += 1
        box = box_of(pieces)
        text = text.strip()
        if mark:
            return Passage("item", text[mark.end() :], box, first.height), after
        if level_by_looks and len(text) <= 2 * _LONGEST_HEADING:
            return Passage("heading", text, box, first.height, first.bold), after
        return Passage("paragraph", text, box, first.height), after

    def _looks_like_heading(self, line: Line) -> bool:
        text = line.text.strip()
        if len(text) > _LONGEST_HEADING or not _WORD.search(text):
            return False
        if line.height >= 1.15 * self._body:
            return True
        if text[-1:] in ".,;:" or line.height < 0.9 * self._body:
            return False
        return line.bold or (text.isupper() and len(text) > 3)

    def _continues(self, first: Line, line: Line, below: Line) -> bool:
        """Whether ``below`` goes on with the paragraph, item or heading that began with ``first``."""
        text, following = line.text.rstrip(), below.text.lstrip()
        if below.cells or not following or BULLET.match(following) or _by_leaders(following):
            return False
        if abs(below.height - first.height) > 0.12 * first.height or below.bold != first.bold:
            return False
        gap = below.box.top - line.box.bottom
        if gap > 0.6 * line.height or gap < -0.8 * line.height:
            return False
        if _HYPHEN.search(text) or following[0].islower():
            return True
        is_full = line.box.right - self._left >= 0.75 * (self._right - self._left)
        ends = _SENTENCE_END.search(text) is not None
        if self._looks_like_heading(first):
            return (is_full or first.height >= 1.15 * self._body) and not ends
        return is_full and (not ends or line.box.right - self._left >= 0.85 * (self._right - self._left))


def _by_leaders(text: str) -> list[str]:
    """``Lip filler ........ £150`` in its parts; none without leaders."""
    if "...." not in text and ". . ." not in text and "……" not in text and "____" not in text and "··" not in text:
        return []
    parts = [part.strip() for part in _LEADERS.split(text)]
    return [part for part in parts if part] if len(parts) > 1 and all(map(_not_long, parts)) else []


def _not_long(text: str) -> bool:
    return len(text) <= _LONGEST_CELL


def _glued(text: str, more: str) -> str:
    """A line and the next one: a word that was hyphenated at the line's end is one again."""
    text, more = text.rstrip(), more.lstrip()
    if _HYPHEN.search(text):
        return text[:-1] + more
    if _REAL_HYPHEN.search(text) and more[:1].islower():
        return text + more
    return f"{text} {more}" if text and more else text or more


# The document


def body_height(pages: Sequence[Sequence[Piece]]) -> float:
    """The size of most letters of a document."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for piece in page:
            sizes[round(piece.height * 2) / 2] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def without_repeats(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> list[list[Piece]]:
    """Pages without page numbers, and with what stands at the top or bottom of most of them only where it stands first."""
    counted: Counter[str] = Counter()
    for page, height in zip(pages, heights, strict=True):
        counted.update({key for piece in page if (key := _edge_key(piece, height))})
    often = {key for key, times in counted.items() if times > 1 and times >= 0.4 * len(pages)}
    seen: set[str] = set()
    kept: list[list[Piece]] = []
    for page, height in zip(pages, heights, strict=True):
        kept.append([])
        here: set[str] = set()
        for piece in page:
            key = _edge_key(piece, height)
            if key and (key in seen or _is_page_number(key)):
                continue
            if key in often:
                here.add(key)
            kept[-1].append(piece)
        seen |= here
    return kept


_PAGE_NUMBER = re.compile(r"(?:page|seite|página|pag\.?|p\.?|[-–—|])?\s*0+\s*(?:(?:of|von|de|/)\s*0+)?\s*[-–—|]?", re.I)
_DIGITS = re.compile(r"\d+")


def _edge_key(piece: Piece, height: float) -> str:
    """What a piece near the edge says, its numbers as 0; "" for any other."""
    if piece.bottom > 0.11 * height and piece.top < 0.89 * height:
        return ""
    return " ".join(_DIGITS.sub("0", piece.text).lower().split())


def _is_page_number(key: str) -> bool:
    return _PAGE_NUMBER.fullmatch(key) is not None


def heading_levels(heights: Sequence[float], body: float) -> dict[float, int]:
    """Levels by size of letters: the largest is 1; what is as small as the body gets the last."""
    larger = sorted({round(height) for height in heights if height >= 1.15 * body}, reverse=True)
    return {height: min(level, 4) for level, height in enumerate(larger, 1)}
