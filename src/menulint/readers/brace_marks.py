"""Expressions in braces among markup, as Astro and Svelte write them: where each begins and ends.

In an expression strings, templates and comments may hold braces, and (in Astro) so may markup, whose text may hold quotation
marks. So the text is walked once, with a stack of what is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from menulint.readers.code_text import Edit

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
_IS_VOID = re.compile(rf"(?:{_VOID})\Z", re.IGNORECASE)
_RAW_END = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("style", "script")}
_COMMENT = r"<!--(?:[^-]++|-(?!->))*+(?:-->)?+"
_IN_CODE = re.compile(
    r""""(?:[^"\\\r\n]++|\\.)*+"?+|'(?:[^'\\\r\n]++|\\.)*+'?+|//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+|[`{}]|<(?=[A-Za-z>])""",
    re.DOTALL,
)
_IN_TEMPLATE = re.compile(r"\\.|`|\$\{", re.DOTALL)
_IN_TAG = re.compile(r"""(?<==)\s*(?:"[^"]*+"?+|'[^']*+'?+)|[`{]|/?>""")
_IN_TAG_OF_SVELTE = re.compile(r"\{|/?>")  # braces count in quoted values too
_IN_MARKUP = re.compile(rf"{_COMMENT}|<(/?)([A-Za-z][^\s/>{{]*+)|</?>|\{{")
_BEFORE_MARKUP = frozenset("(,?:&|{[=>;")
_LOOK_BACK = 200
_MOST_RESTARTS = 4


class _Mode(Enum):
    MARKUP = auto()
    TAG = auto()
    CODE = auto()
    TEMPLATE = auto()


@dataclass(slots=True)
class Expression:
    """``{…}`` from brace to brace, or a template literal that is an attribute's value."""

    start: int
    end: int = 0
    in_tag: bool = False
    edits: list[Edit] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)

    @property
    def inside(self) -> tuple[int, int]:
        """The span of the code."""
        return self.start + 1, self.end - 1


@dataclass(slots=True)
class _Open:
    mode: _Mode
    start: int
    depth: int = 0
    name: str = ""
    closing: bool = False


def find_expressions(text: str, start: int, end: int, *, nested: bool) -> list[Expression]:
    """The outermost expressions of the markup in ``text[start:end]``; ``nested``: they may hold markup in turn.

    One that is never closed is text; after a few of those, so is every brace that follows.
    """
    found: list[Expression] = []
    at = start
    for _ in range(_MOST_RESTARTS):
        walk = _Walk(text, at, end, nested)
        found += walk.all()
        if walk.unclosed is None:
            break
        at = walk.unclosed + 1
    return found


class _Walk:
    def __init__(self, text: str, start: int, end: int, nested: bool) -> None:
        self._text, self._at, self._end = text, start, end
        self._nested = nested
        self._stack = [_Open(_Mode.MARKUP, start)]
        self._current: Expression | None = None
        self.unclosed: int | None = None

    def all(self) -> Iterator[Expression]:
        """Every expression that is closed."""
        steps = {
            _Mode.MARKUP: (_IN_MARKUP, self._markup),
            _Mode.TAG: (_IN_TAG if self._nested else _IN_TAG_OF_SVELTE, self._tag),
            _Mode.CODE: (_IN_CODE, self._code),
            _Mode.TEMPLATE: (_IN_TEMPLATE, self._template),
        }
        while True:
            pattern, step = steps[self._stack[-1].mode]
            match = pattern.search(self._text, self._at, self._end)
            if match is None:
                self.unclosed = self._current.start if self._current else None
                return
            self._at = match.end()
            step(match)
            if self._current is not None and self._current.end:
                yield self._current
                self._current = None

    @property
    def _inside(self) -> bool:
        return self._current is not None

    def _push(self, mode: _Mode, start: int) -> None:
        if self._current is None and mode is not _Mode.TAG:
            self._current = Expression(start, in_tag=self._stack[-1].mode is _Mode.TAG)
        self._stack.append(_Open(mode, start))

    def _pop(self) -> None:
        self._stack.pop()
        if self._current is not None and len(self._stack) <= 2 and self._stack[-1].mode is not _Mode.CODE:
            outermost = self._stack[-1].mode
            if outermost is (_Mode.MARKUP if len(self._stack) == 1 else _Mode.TAG):
                self._current.end = self._at

    def _edit(self, start: int, end: int, text: str) -> None:
        if self._current is not None:
            self._current.edits.append(Edit(start, end, text))

    def _markup(self, match: re.Match[str]) -> None:
        mark, top = match.group(), self._stack[-1]
        if mark == "{":
            self._push(_Mode.CODE, match.start())
        elif mark.startswith("<!--"):
            self._edit(*match.span(), " " * len(mark))
            if self._current is not None:
                self._current.comments.append(match.span())
        elif match[2]:
            self._push(_Mode.TAG, match.start())
            self._stack[-1].name, self._stack[-1].closing = match[2], bool(match[1])
        else:
            top.depth += -1 if mark == "</>" else 1
            self._end_of_element(top)

    def _end_of_element(self, markup: _Open) -> None:
        """Markup inside an expression ends with its outermost element."""
        if markup.depth <= 0 and len(self._stack) > 1 and self._stack[-1] is markup:
            self._pop()

    def _tag(self, match: re.Match[str]) -> None:
        mark = match.group()
        if mark == "{":
            self._push(_Mode.CODE, match.start())
        elif mark == "`":
            if self._inside:
                self._edit(match.start(), match.start(), "{")
            self._push(_Mode.TEMPLATE, match.start())
        elif mark in (">", "/>"):
            self._end_of_tag(match)

    def _end_of_tag(self, match: re.Match[str]) -> None:
        tag, closes = self._stack.pop(), match.group() == "/>"
        markup = self._stack[-1]
        is_void = bool(_IS_VOID.match(tag.name))
        if is_void and not closes and not tag.closing:
            self._edit(match.start(), match.start(), "/")
        if tag.closing and is_void:
            self._edit(tag.start, match.end(), " " * (match.end() - tag.start))
        elif not is_void:
            markup.depth += -1 if tag.closing else 0 if closes else 1
        raw = None if tag.closing or closes else _RAW_END.get(tag.name.lower())
        if raw and (closer := raw.search(self._text, self._at, self._end)):
            self._at = closer.start()
        self._end_of_element(markup)

    def _code(self, match: re.Match[str]) -> None:
        mark = match.group()
        if mark == "{":
            self._push(_Mode.CODE, match.start())
        elif mark == "}":
            self._pop()
        elif mark == "`":
            self._push(_Mode.TEMPLATE, match.start())
        elif mark == "<" and self._nested and self._begins_markup(match.start()):
            self._stack.append(_Open(_Mode.MARKUP, match.start()))
            self._at = match.start()

    def _begins_markup(self, at: int) -> bool:
        before = self._text[max(self._stack[-1].start, at - _LOOK_BACK) : at].rstrip()
        return before[-1:] in _BEFORE_MARKUP or before.endswith("return")

    def _template(self, match: re.Match[str]) -> None:
        mark = match.group()
        if mark == "${":
            self._push(_Mode.CODE, match.start())
        elif mark == "`":
            in_tag = self._stack[-2].mode is _Mode.TAG
            if in_tag and len(self._stack) > 3:
                self._edit(match.end(), match.end(), "}")
            self._pop()
