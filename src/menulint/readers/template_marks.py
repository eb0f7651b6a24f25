"""Template marks in copy: Liquid, Nunjucks, Hugo shortcodes, Handlebars, MDX comments.

A mark is masked by characters of its own length, so that every offset stays the file's own; the words quoted inside it
(``{{< figure alt="Lip filler before" >}}``) are kept, and comments are told apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from menulint.readers.base import Run
from menulint.readers.wording import reads_like_words
from menulint.source import Role

MASK = "\ufdd0"
"""Stands for each character of a mark: a noncharacter, so no text means it, and no scanner takes it for white space."""

_OPEN = re.compile(r"\{\{|\{%|\{#[\s-]|\{/\*")
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]")
_COMMENT_TAG = re.compile(r"\{%-?\s{0,20}comment\s{0,20}-?%\}")
_END_COMMENT_TAG = re.compile(r"\{%-?\s{0,20}endcomment\s{0,20}-?%\}")
_HANDLEBARS_COMMENT = re.compile(r"\{\{(?:!|[-~]?\s{0,20}/\*)")
_ARGUMENT = re.compile(
    r"""(?:\b([A-Za-z][\w-]{0,40})\s{0,3}[=:]\s{0,3})?("[^"]{0,2000}"|'[^']{0,2000}'|“[^”]{0,2000}”)"""
)
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}", "{/": "*/}"}
_COMMENT_MARKS = "{}%#/*!-~ \t\r\n"


@dataclass(frozen=True, slots=True)
class Argument:
    """A quoted string inside a mark, without its quotation marks; ``name`` is empty for a positional one."""

    name: str
    start: int
    end: int

    @property
    def role(self) -> Role:
        """The role of what a visitor will see of it."""
        return {"alt": Role.ALT, "title": Role.TITLE, "caption": Role.CAPTION}.get(self.name.lower(), Role.STRING)


@dataclass(frozen=True, slots=True)
class Mark:
    """One template mark of a text."""

    start: int
    end: int
    is_comment: bool
    arguments: tuple[Argument, ...] = ()


class Masked:
    """A text with its template marks masked, of the same length."""

    def __init__(self, text: str, marks: list[Mark]) -> None:
        self.original = text
        self.marks = tuple(marks)
        self._starts = [mark.start for mark in marks]
        self.text = _masked(text, marks) if marks else text

    def mark_at(self, offset: int) -> Mark | None:
        """The mark that covers ``offset``."""
        at = bisect_right(self._starts, offset) - 1
        return self.marks[at] if at >= 0 and offset < self.marks[at].end else None


def mask_template_marks(text: str, start: int = 0) -> Masked:
    """Mask the template marks of ``text`` from ``start`` on."""
    return Masked(text, _Marks(text).all(start))


def _masked(text: str, marks: list[Mark]) -> str:
    parts: list[str] = []
    at = 0
    for mark in marks:
        parts += (text[at : mark.start], MASK * (mark.end - mark.start))
        at = mark.end
    return "".join([*parts, text[at:]])


class NextFinder:
    """Finds the next occurrence of something from ever later offsets, looking at each character once.

    A plain search from each of n unclosed openers is quadratic; this remembers the last answer.
    """

    def __init__(self, find: Callable[[int], tuple[int, int]]) -> None:
        self._find = find
        self._asked = 0
        self._found: tuple[int, int] | None = None

    @classmethod
    def of_string(cls, text: str, needle: str) -> NextFinder:
        """A finder of a fixed string."""

        def find(start: int) -> tuple[int, int]:
            at = text.find(needle, start)
            return at, at + len(needle) if at >= 0 else -1

        return cls(find)

    @classmethod
    def of_pattern(cls, text: str, pattern: re.Pattern[str]) -> NextFinder:
        """A finder of a pattern."""

        def find(start: int) -> tuple[int, int]:
            match = pattern.search(text, start)
            return match.span() if match else (-1, -1)

        return cls(find)

    def after(self, start: int) -> tuple[int, int]:
        """The span of the first occurrence that begins at or after ``start``; (-1, -1) if there is none."""
        found = self._found
        if found is None or start < self._asked or (0 <= found[0] < start):
            found = self._found = self._find(start)
            self._asked = start
        return found


class _Marks:
    def __init__(self, text: str) -> None:
        self._text = text
        self._closers = {opener: NextFinder.of_string(text, closer) for opener, closer in _CLOSERS.items()}
        self._blank = NextFinder.of_pattern(text, _BLANK_LINE)
        self._end_comment = NextFinder.of_pattern(text, _END_COMMENT_TAG)

    def all(self, start: int) -> list[Mark]:
        marks: list[Mark] = []
        match = _OPEN.search(self._text, start)
        while match:
            mark = self._mark(match.start())
            if mark:
                marks.append(mark)
            match = _OPEN.search(self._text, mark.end if mark else match.start() + 1)
        return marks

    def _mark(self, start: int) -> Mark | None:
        if comment := _COMMENT_TAG.match(self._text, start):
            _, end = self._end_comment.after(comment.end())
            if end > 0:
                return Mark(start, end, is_comment=True)
        opener = self._text[start : start + 2]
        _, end = self._closers[opener].after(start + 2)
        blank, _ = self._blank.after(start)
        if end < 0 or (0 <= blank < end):
            return None
        while opener == "{{" and self._text[end : end + 1] == "}":
            end += 1
        if opener in ("{#", "{/") or _HANDLEBARS_COMMENT.match(self._text, start):
            return Mark(start, end, is_comment=True)
        return Mark(start, end, is_comment=False, arguments=self._arguments(start, end))

    def _arguments(self, start: int, end: int) -> tuple[Argument, ...]:
        found = _ARGUMENT.finditer(self._text, start + 2, end - 2)
        return tuple(Argument(match[1] or "", match.start(2) + 1, match.end(2) - 1) for match in found)


def comment_span(text: str, mark: Mark) -> tuple[int, int]:
    """The span of the words of a comment, without its marks."""
    inner_start, inner_end = mark.start, mark.end
    if opening := _COMMENT_TAG.match(text, mark.start):
        inner_start, inner_end = opening.end(), text.rfind("{%", opening.end(), mark.end)
    body = text[inner_start:inner_end]
    start = inner_start + len(body) - len(body.lstrip(_COMMENT_MARKS))
    end = inner_end - (len(body) - len(body.rstrip(_COMMENT_MARKS)))
    return (start, end) if start < end else (inner_start, inner_start)


def template_blocks(masked: Masked, offset: int) -> Iterator[tuple[Role, list[Run]]]:
    """The quoted words of the template mark at ``offset``, each a block of its own."""
    mark = masked.mark_at(offset)
    if mark is None or mark.start != offset or mark.is_comment:
        return
    for argument in mark.arguments:
        value = masked.original[argument.start : argument.end]
        if reads_like_words(value, argument.name):
            yield argument.role, [(value, argument.start, argument.end)]
