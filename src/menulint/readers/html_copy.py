"""The copy of an HTML page as it piles up between two borders of blocks, and how it is cut into blocks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from menulint.late import LatePattern
from menulint.readers.base import Place, Run, SourceBuilder
from menulint.readers.contacts import find_contacts
from menulint.readers.html_context import Context
from menulint.readers.html_text import shown_runs
from menulint.readers.masks import GAP_MASK, HAS_MASK, MASK, SPACE_MASK
from menulint.source import Role

_LONGEST_CALL_WORDS = 5
_PRICE = LatePattern(
    r"[£€$¥₩₹₽]\s?\d|\d\s?[£€$¥₩₹₽]|\b(?:AED|AUD|CAD|CHF|EUR|GBP|NZD|SGD|USD|kr)\b|\d\s?(?:kr|zł)\b"
    r"|[.…–—\s-]\d{2,5}$"
)


class Copy:
    """Collects runs of text and reports them as blocks.

    ``before`` is the block reported last that was no text of an attribute: its index and role.
    """

    def __init__(self, text: str, build: SourceBuilder) -> None:
        self.before: tuple[int, Role] | None = None
        self._text, self._build = text, build
        self._is_masked = not text.isascii() and (MASK in text or GAP_MASK in text or SPACE_MASK in text)
        self._runs: list[Run] = []
        self._breaks: list[int] = []
        self._link: list[int] = []
        self._outside: list[Run] | None = None
        self._spoken: list[tuple[Role, Iterable[Run], Place]] = []

    def show(self, piece: str, start: int) -> None:
        """Text without tags, ``piece``, stands at ``start``."""
        runs = self._runs
        if not runs and piece.isspace():
            return
        end = start + len(piece)
        if "&" in piece or "\0" in piece or (self._is_masked and HAS_MASK.search(piece)):
            runs.extend(shown_runs(self._text, start, end))
        else:
            runs.append((piece, start, end))
        if "0" in piece or "@" in piece or "+" in piece:
            self._report_contacts(piece, start)

    def _report_contacts(self, piece: str, start: int) -> None:
        for kind, at, to in find_contacts(piece):
            self._build.signal(kind, piece[at:to], start + at, start + to)

    def block(self, piece: str, start: int, context: Context) -> None:
        """Text without tags, ``piece``, stands at ``start`` and is a block; nothing waits before it."""
        if self._link or self._breaks or "&" in piece or "\0" in piece or (self._is_masked and HAS_MASK.search(piece)):
            self.show(piece, start)
            self.flush(context)
            return
        self._add(context.role, context, [(piece, start, start + len(piece))])
        if "0" in piece or "@" in piece or "+" in piece:
            self._report_contacts(piece, start)

    def show_raw(self, start: int, end: int) -> None:
        """Text without tags and references stands at ``start``."""
        self._runs.extend(shown_runs(self._text, start, end, references=False))

    def put(self, shown: str, start: int, end: int) -> None:
        """``shown`` is what a visitor reads for ``text[start:end]``, as it stands."""
        self._runs.append((shown, start, end))

    def gap(self, start: int, end: int) -> None:
        """Something that is no text parts two words."""
        if self._runs:
            self._runs.append((" ", start, end))

    def line_break(self, start: int, end: int) -> None:
        """A ``<br>``."""
        if self._runs:
            self._breaks.append(len(self._runs))
            self._runs.append((" ", start, end))

    def begin_link(self) -> None:
        """A link begins."""
        self._link.append(len(self._runs))

    def end_link(self) -> None:
        """The link ends, if one is open."""
        if len(self._link) % 2:
            self._link.append(len(self._runs))

    def begin_aside(self) -> None:
        """Text begins that belongs beside the text around it, not into it."""
        self._outside, self._runs = self._runs, []

    def end_aside(self, place: Place) -> None:
        """That text ends, if it is open."""
        if self._outside is not None:
            self._spoken.append((Role.ALT, self._runs, place))
            self._runs, self._outside = self._outside, None

    @property
    def in_aside(self) -> bool:
        """Whether ``begin_aside`` waits for its end."""
        return self._outside is not None

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing waits to be reported and nothing is open."""
        return not (self._runs or self._link or self._breaks or self._spoken or self._outside is not None)

    def speak(self, role: Role, runs: Iterable[Run], place: Place) -> None:
        """An attribute's text: its block comes after the block its element stands in."""
        self._spoken.append((role, runs, place))

    def flush(self, context: Context) -> None:
        """A block ends: report its text, and what was said beside it."""
        if self._outside is not None:
            self.end_aside(context.attribute_place())
        if self._runs:
            if self._breaks or self._link:
                self._report(context)
                self._breaks, self._link = [], []
            else:
                self._add(context.role, context, self._runs)
            self._runs = []
        if self._spoken:
            spoken, self._spoken = self._spoken, []
            for role, runs, place in spoken:
                self._build.add_at(place, role, list(runs))

    def _report(self, context: Context) -> None:
        role = context.role
        if self._link and role is Role.PARAGRAPH and self._is_call():
            role = Role.BUTTON
        if not self._breaks:
            self._add(role, context, self._runs)
            return
        for runs in self._lines():
            self._add(role, context, runs)

    def _add(self, role: Role, context: Context, runs: list[Run]) -> None:
        index = self._build.add_at(context.place, role, runs, context.level)
        if index is not None:
            self.before = index, role

    def _is_call(self) -> bool:
        """Whether the text is one short link and nothing else."""
        first, last = self._link[0], self._link[-1]
        if len(self._link) != 2 or _has_text(self._runs[:first]) or _has_text(self._runs[last:]):
            return False
        return len(_text_of(self._runs[first:last]).split()) <= _LONGEST_CALL_WORDS

    def _lines(self) -> list[list[Run]]:
        lines = [self._runs[start:end] for start, end in pairwise((0, *self._breaks, len(self._runs)))]
        if sum(bool(_PRICE.search(_text_of(line).strip())) for line in lines) >= 2:
            return lines
        return _join_lines(lines)


def _join_lines(lines: list[list[Run]]) -> list[list[Run]]:
    """Lines in one block, a new one after each empty line."""
    joined: list[list[Run]] = []
    blank = True
    for line in lines:
        has_text = _has_text(line)
        if blank and has_text:
            joined.append([])
        if joined:
            joined[-1].extend(line)
        blank = not has_text
    return joined


def _has_text(runs: list[Run]) -> bool:
    return any(not run[0].isspace() for run in runs)


def _text_of(runs: list[Run]) -> str:
    return "".join(run[0] for run in runs)
