"""Plain text: scraped pages, pasted menus, price lists, mail.

There is no markup, so what a line is follows from its shape and its neighbours: an outline of headings, lists with the
line that introduces them, rows of prices, and paragraphs, hard-wrapped or one line each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from menulint.late import LatePattern
from menulint.readers.base import Run, SourceBuilder
from menulint.readers.contacts import report_contacts
from menulint.readers.machine_data import machine_text_name
from menulint.source import Role

MAX_HEADING_WORDS = 12
MAX_WRAP_COLUMN = 130
"""Lines longer than this were not wrapped by hand or by a mailer: in such a file a line is a paragraph."""
_LONG_LINE = 200
_PROSE_LINE = 45
_SHARE_OF_LONG_LINES = 0.02

_LINE = LatePattern(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_BULLET = LatePattern(r"[-*+~•‣▪●○◦·–—✓✔☑✗✘➤►▶»→][ \t\u00a0]+(?=\S)|[•●▪✓✔➤►](?=\w)")
_NUMBER = LatePattern(r"(?:\(?\d{1,3}[.)]|\d{1,3}(?:\.?[-–]|[ºª°]\.?)|\(?[a-zA-Z]\))[ \t\u00a0]+(?=\S)")
_HASHES = LatePattern(r"(#{1,6})[ \t]+(?=\S)")
_RULE = LatePattern(r"(?:=[= \t]{2,}|-[- \t]{2,}|_[_ \t]{2,}|\*[* \t]{2,}|~[~ \t]{2,})\Z")
_QUOTE = LatePattern(r">[> \t]*")
_TABLE_RULE = LatePattern(r"[|:+ \t-]*-[|:+ \t-]*\Z")
_BUTTON = LatePattern(r"\[[^\[\]|]{2,40}\]\Z")
_MONEY = (
    r"(?:[£$€₹¥]|\b(?:GBP|USD|EUR|AUD|CAD|NZD|AED|CHF|Rs\.?|INR|US\$|A\$))[ \u00a0]?\d[\d.,]{0,12}"
    r"|\b\d[\d.,]{0,12}[ \u00a0]?(?:[£$€₹¥]|(?:GBP|USD|EUR|AUD|CAD|NZD|AED|CHF|euros?|kr|zł)\b)"
)
_PRICE = LatePattern(_MONEY, re.IGNORECASE)
_PRICE_CELL = LatePattern(
    rf"(?:[A-Za-zÀ-ÿ]{{2,8}}:?[ \u00a0]){{0,2}}(?:{_MONEY}|\d{{2,5}}(?:[.,]\d\d)?\Z|POA\b|free\b|gratis\b).{{0,24}}\Z",
    re.IGNORECASE,
)
_GAP = LatePattern(
    r"[ \t\u00a0]*(?:\.{3,}|…+|_{3,}|(?:\.[ ]){3,}|·{3,})[ \t\u00a0.…]*|[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{2,}"
)
_PIPE = LatePattern(r"\|")
_EMBEDDED = LatePattern(r"(?<=[.:;!?])[ \u00a0]{4,}|[ \u00a0]{2,}(?=[-•*][ \u00a0]+\S)")
_SPECIAL_STARTS = frozenset("-*+~•‣▪●○◦·–—✓✔☑✗✘➤►▶»→#=_>[(|0123456789")
_ENDS_SENTENCE = ".!?:;…"
_CLOSERS = "\"'”’»)]"
_OPENERS = "\"'“‘«„¿¡(["


class _Kind(Enum):
    TEXT = auto()
    BULLET = auto()
    NUMBER = auto()
    HASHES = auto()
    RULE = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end and margins; ``mark`` is how much of it is a bullet or number."""

    start: int
    end: int
    text: str
    indent: int
    kind: _Kind
    mark: int = 0
    quoted: bool = False
    cells: tuple[tuple[int, int], ...] = ()

    @property
    def content(self) -> str:
        return self.text[self.mark :]

    def run(self) -> Run:
        return self.content, self.start + self.mark, self.end


class PlainTextReader:
    """Reads text that has no markup of its own."""

    name = "text"
    extensions = frozenset({".txt", ".text"})

    def recognises(self, text: str) -> bool:
        """Any text is plain text, so it is the last to be asked."""
        return True

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report headings, paragraphs, list items and price rows, and the contacts that stand between them."""
        if machine_text_name(build.path):
            build.leave_out(0, len(text), "configuration: its name says that only programs read it")
            return
        _Page(text, build).read()
        report_contacts(text, build)


READER = PlainTextReader()


class _Page:
    """One text on its way through the reader: what came before decides what a line is."""

    def __init__(self, text: str, build: SourceBuilder) -> None:
        self._text = text
        self._build = build
        self._first = True
        self._capitals = False
        self._group: int | None = None
        self._group_kind: _Kind | None = None
        self._in_group = False
        self._row = 0
        self._intro: int | None = None
        self._spans = list(_line_spans(text))
        self._wrapped = _is_wrapped(self._spans)
        self._width = 0

    def read(self) -> None:
        paragraph: list[_Line] = []
        for start, end in [*self._spans, (len(self._text), len(self._text))]:
            line = self._line(start, end)
            if line is not None:
                paragraph.append(line)
            elif paragraph:
                self._paragraph(paragraph, self._next_text(end))
                paragraph = []

    def _line(self, start: int, end: int) -> _Line | None:
        raw = self._text[start:end]
        text = raw.strip()
        if not text:
            return None
        indent = raw.find(text[0])
        start += indent
        return _classified(start, text, indent)

    def _next_text(self, position: int) -> str:
        """The first line after a paragraph, to see what it would be the heading of."""
        following = self._text[position : position + 400].lstrip()
        return following.split("\n", 1)[0].strip()

    def _paragraph(self, lines: list[_Line], following: str) -> None:
        lines = _with_rows(_with_arrows(lines))
        self._width = max(line.indent + len(line.text) for line in lines)
        at = 0
        while at < len(lines):
            at = self._block(lines, at, following)

    def _block(self, lines: list[_Line], at: int, following: str) -> int:
        """Report the block that begins at line ``at``; the number of the first line after it."""
        line = lines[at]
        if line.kind is _Kind.ROW:
            return self._rows(lines, at)
        if line.kind is _Kind.RULE:
            return at + 1
        if level := self._heading_level(lines, at, following):
            return self._heading(lines, at, level)
        if line.kind in (_Kind.BULLET, _Kind.NUMBER):
            return self._item(lines, at)
        return self._prose(lines, at)

    # Headings

    def _heading_level(self, lines: list[_Line], at: int, following: str) -> int:
        line = lines[at]
        if line.kind is _Kind.HASHES:
            return len(line.text[: line.mark].rstrip())
        if line.quoted or line.kind is _Kind.BULLET:
            return 0
        if at + 1 < len(lines) and lines[at + 1].kind is _Kind.RULE and len(line.text) <= 120:
            return 1 if lines[at + 1].text[0] == "=" else 2
        if not _has_heading_shape(line.content):
            return 0
        if at + 1 < len(lines) and self._continues(line, line, lines[at + 1]):
            return 0
        return self._level(line, lines[at + 1] if at + 1 < len(lines) else None, lines, at, following)

    def _level(self, line: _Line, below: _Line | None, lines: list[_Line], at: int, following: str) -> int:
        capitals = _is_capitals(line.content)
        if line.kind is _Kind.NUMBER and (below is None or below.kind is not _Kind.TEXT):
            return 0
        asks = line.content.rstrip(_CLOSERS)[-1:] == "?"
        introduces = _introduces(below) if below else _is_body(following) or (asks and bool(following))
        starts_group = at == 0 or not _stands_in_short_lines(lines[at - 1], capitals)
        if self._first and at == 0 and (len(lines) == 1 or introduces or capitals):
            return 1
        if capitals and (below is not None or following):
            return 2
        if introduces and starts_group:
            return 3 if self._capitals else 2
        return 0

    def _heading(self, lines: list[_Line], at: int, level: int) -> int:
        line = lines[at]
        self._capitals = self._capitals or (level == 2 and _is_capitals(line.content))
        text, start, _ = line.run()
        if line.kind is _Kind.HASHES:
            text = text.rstrip("# \t") or text
        self._close_group()
        self._add(Role.HEADING, [(text, start, start + len(text))], level=level, quoted=line.quoted)
        underlined = at + 1 < len(lines) and lines[at + 1].kind is _Kind.RULE
        return at + 2 if underlined else at + 1

    # Lists and rows

    def _item(self, lines: list[_Line], at: int) -> int:
        line = lines[at]
        self._open_group(line.kind)
        runs, after = self._joined(lines, at)
        place = {"group": self._group, "row": self._row, "intro": self._intro}
        self._add(Role.LIST_ITEM, runs, quoted=line.quoted, **place)
        self._row += 1
        return after

    def _rows(self, lines: list[_Line], at: int) -> int:
        first = at
        self._close_group()
        self._open_group(_Kind.ROW)
        while at < len(lines) and lines[at].kind is _Kind.ROW:
            header = at == first and _heads_table(lines, at)
            if lines[at].cells:
                self._cells(lines[at], header)
            at += 1
        self._close_group()
        return at

    def _cells(self, line: _Line, header: bool) -> None:
        place = {"group": self._group, "row": self._row, "intro": self._intro, "header": header}
        for column, (start, end) in enumerate(line.cells):
            run = (self._text[start:end], start, end)
            self._add(Role.TABLE_CELL, [run], column=column, quoted=line.quoted, **place)
        self._row += 1

    def _open_group(self, kind: _Kind) -> None:
        if self._group is None or self._group_kind is not kind:
            self._intro = None if self._in_group else self._build.last_index()
            self._group, self._group_kind, self._row = self._build.new_group(), kind, 0

    def _close_group(self) -> None:
        self._group = None

    # Prose

    def _prose(self, lines: list[_Line], at: int) -> int:
        line = lines[at]
        self._close_group()
        if _BUTTON.match(line.text):
            self._add(Role.BUTTON, [(line.text[1:-1], line.start + 1, line.end - 1)])
            return at + 1
        if len(line.text) > _LONG_LINE and "   " in line.text:
            self._embedded(line)
            return at + 1
        runs, after = self._joined(lines, at)
        self._add(Role.PARAGRAPH, runs, quoted=line.quoted)
        return after

    def _embedded(self, line: _Line) -> None:
        """A whole page squeezed into one line, where wide gaps are all that is left of paragraphs and lists."""
        at = 0
        for gap in [*_EMBEDDED.finditer(line.text), None]:
            end = gap.start() if gap else len(line.text)
            piece = line.text[at:end].rstrip()
            if piece.strip():
                self._piece(piece, line.start + at, line.quoted)
            at = gap.end() if gap else end

    def _piece(self, piece: str, start: int, quoted: bool) -> None:
        mark = _BULLET.match(piece)
        if not mark:
            self._close_group()
            self._add(Role.PARAGRAPH, [(piece, start, start + len(piece))], quoted=quoted)
            return
        self._open_group(_Kind.BULLET)
        run = (piece[mark.end() :], start + mark.end(), start + len(piece))
        self._add(Role.LIST_ITEM, [run], quoted=quoted, group=self._group, row=self._row, intro=self._intro)
        self._row += 1

    def _joined(self, lines: list[_Line], at: int) -> tuple[list[Run], int]:
        """The runs of a line and of those that only continue it, and the number of the line after them."""
        runs = [lines[at].run()]
        after = at + 1
        while after < len(lines) and self._continues(lines[at], lines[after - 1], lines[after]):
            if not _is_hyphenated(lines[after - 1].text, lines[after].text):
                runs.append((" ", lines[after - 1].end, lines[after].start))
            runs.append(lines[after].run())
            after += 1
        return runs, after

    def _continues(self, first: _Line, line: _Line, below: _Line) -> bool:
        if below.kind is not _Kind.TEXT or below.quoted is not first.quoted:
            return False
        if first.kind is not _Kind.TEXT and below.indent >= first.indent + min(first.mark, 2):
            return True
        return self._runs_on(line, below)

    def _runs_on(self, line: _Line, below: _Line) -> bool:
        """Whether a line break is one of the wrapping kind: the sentence goes on, or the next word did not fit."""
        if _is_hyphenated(line.text, below.text):
            return True
        if below.text[0].islower() and line.text[-1] not in _ENDS_SENTENCE:
            return len(line.text) >= 40 or line.text[-1] in ",-–—"
        if not self._wrapped or len(line.text) < _PROSE_LINE or _BUTTON.match(below.text):
            return False
        word = below.text.split(None, 1)[0]
        return line.indent + len(line.text) + 1 + len(word) > max(self._width, self._wrapped * 3 // 4)

    def _add(self, role: Role, runs: list[Run], **place: object) -> None:
        if self._build.add(role, runs, **place) is not None:  # type: ignore[arg-type]
            self._first = False
            self._in_group = "group" in place


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 1 if text.startswith("\ufeff") else 0
    for match in _LINE.finditer(text, start):
        yield match.span(1)


def _is_wrapped(spans: list[tuple[int, int]]) -> int:
    """The column a text was wrapped at, 0 if it was not."""
    lengths = [end - start for start, end in spans if end > start]
    too_long = sum(length > MAX_WRAP_COLUMN for length in lengths)
    if not lengths or too_long > len(lengths) * _SHARE_OF_LONG_LINES:
        return 0
    return max(length for length in lengths if length <= MAX_WRAP_COLUMN)


def _classified(start: int, text: str, indent: int) -> _Line:
    quoted = False
    if text[0] == ">" and (mark := _QUOTE.match(text)) and mark.end() < len(text):
        start, text, quoted = start + mark.end(), text[mark.end() :], True
    kind, mark_length = _kind(text)
    return _Line(start, start + len(text), text, indent, kind, mark_length, quoted)


def _kind(text: str) -> tuple[_Kind, int]:
    if text[0] not in _SPECIAL_STARTS and text[1:2] not in (")", "."):
        return _Kind.TEXT, 0
    if _RULE.match(text) or (text[0] in "-=_*~" and not text.strip("-=_*~ ")):
        return _Kind.RULE, len(text)
    for kind, pattern in ((_Kind.BULLET, _BULLET), (_Kind.HASHES, _HASHES), (_Kind.NUMBER, _NUMBER)):
        if mark := pattern.match(text):
            return kind, mark.end()
    return _Kind.TEXT, 0


def _with_arrows(lines: list[_Line]) -> list[_Line]:
    """Short lines that begin with ``>`` below a line that ends with a colon are a list, not a quotation."""
    made: list[_Line] = []
    for line in lines:
        above = made[-1] if made else None
        listed = (
            above and not above.quoted and (above.text[-1] == ":" or (above.kind is _Kind.BULLET and above.mark == 0))
        )
        if line.quoted and listed and len(line.text) < 60:
            line = replace(line, kind=_Kind.BULLET, quoted=False)
        made.append(line)
    return made


def _with_rows(lines: list[_Line]) -> list[_Line]:
    """The lines with those that are rows of a table or price list cut into cells."""
    cut = [_cells(line) for line in lines]
    return [
        _as_row(line, cells) if _is_row(lines, cut, at) else line
        for at, (line, cells) in enumerate(zip(lines, cut, strict=True))
    ]


def _cells(line: _Line) -> tuple[tuple[int, int], ...]:
    """The spans of a line's cells; one span for a line that is not cut."""
    text = line.text
    if line.mark and line.kind is not _Kind.NUMBER:
        return ()
    if "|" in text:
        return _split(_PIPE, line)
    if (
        "\t" in text
        or "  " in text
        or "..." in text
        or "…" in text
        or "___" in text
        or "···" in text
        or ". . ." in text
    ):
        return _split(_GAP, line)
    return ()


def _split(separator: LatePattern[str], line: _Line) -> tuple[tuple[int, int], ...]:
    cells: list[tuple[int, int]] = []
    at = 0
    for match in [*separator.finditer(line.text), None]:
        end = match.start() if match else len(line.text)
        cells.append((line.start + at, line.start + end))
        at = match.end() if match else end
    return tuple(cells)


def _as_row(line: _Line, cells: tuple[tuple[int, int], ...]) -> _Line:
    text = line.text
    if "|" in text:
        cells = cells[1 if text[0] == "|" else 0 : -1 if text[-1] == "|" else None]
    return replace(line, kind=_Kind.ROW, mark=0, cells=() if _is_table_rule(text) else cells)


def _is_table_rule(text: str) -> bool:
    return text[0] in "|:-+" and not text.strip("|:+- \t") and "-" in text


def _is_row(lines: list[_Line], cut: list[tuple[tuple[int, int], ...]], at: int) -> bool:
    line, cells = lines[at], cut[at]
    if len(cells) < 2:
        return False
    if "|" in line.text:
        return (line.text[0] == "|" == line.text[-1] and len(line.text) > 2) or _has_like_neighbour(lines, cut, at)
    last = line.text[cells[-1][0] - line.start :]
    if _PRICE_CELL.match(last):
        return True
    return "\t" in line.text and _has_like_neighbour(lines, cut, at)


def _has_like_neighbour(lines: list[_Line], cut: list[tuple[tuple[int, int], ...]], at: int) -> bool:
    sign = "|" if "|" in lines[at].text else "\t"
    near = [other for other in (at - 1, at + 1) if 0 <= other < len(lines)]
    return any(sign in lines[other].text and len(cut[other]) >= 2 for other in near)


def _heads_table(lines: list[_Line], at: int) -> bool:
    """Whether a first row names the columns: a rule below it, or no figure in it above rows of prices."""
    line = lines[at]
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or below.kind is not _Kind.ROW or not line.cells:
        return False
    if not below.cells:
        return True
    if any(character.isdigit() for character in line.text) or len(line.cells) > len(below.cells) + 1:
        return False
    return bool(_PRICE.search(below.text)) or ("|" in line.text and len(line.text) < 0.7 * len(below.text))


def _has_heading_shape(text: str) -> bool:
    """Short, no sentence, no price, no address: what may stand above a text as its heading."""
    if len(text) > 100 or text[-1] in ".,;:…" or not _begins_like_heading(text):
        return False
    if text.count(" ") >= MAX_HEADING_WORDS or _PRICE.search(text) or _BUTTON.match(text):
        return False
    return "@" not in text and "://" not in text and not text.startswith("www.") and text[-1] != "!"


def _stands_in_short_lines(above: _Line, capitals: bool) -> bool:
    """Whether the line above is one of a list without marks, so that this one is no heading either."""
    return above.kind is _Kind.TEXT and _has_heading_shape(above.content) and _is_capitals(above.content) is capitals


def _begins_like_heading(text: str) -> bool:
    first = text.lstrip(_OPENERS)[:1]
    if text[0] in "\"“‘«„'" and text[-1] in "\"”’»'":
        return False
    return first.isupper() or first.isdigit() or (first.isalpha() and not first.islower())


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= 4


def _introduces(below: _Line) -> bool:
    """Whether the line below is something a heading stands over."""
    return below.kind in (_Kind.BULLET, _Kind.NUMBER, _Kind.ROW) or _is_body(below.text)


def _is_body(text: str) -> bool:
    """Whether a line is running text, a list or a row, rather than another short line of a list without marks."""
    if not text or _BULLET.match(text) or _NUMBER.match(text):
        return bool(text)
    if text.rstrip(_CLOSERS)[-1:] in _ENDS_SENTENCE and text.rstrip(_CLOSERS):
        return " " in text and text[-1] != "?"
    return len(text) >= 60 or text.count(" ") >= MAX_HEADING_WORDS or bool(_PRICE.search(text))


def _is_hyphenated(text: str, below: str) -> bool:
    """Whether a word is cut at the line end: ``micro-`` above ``needling``."""
    return text[-1] == "-" and text[-2:-1].isalpha() and below[0].islower()
