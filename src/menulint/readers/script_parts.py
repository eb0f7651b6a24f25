"""What JavaScript holds, as far as copy is concerned: strings, objects, arrays, JSX; all other code is seen through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from menulint.readers.base import Run

_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,8})\}"
    r"|x([0-9a-fA-F]{2})|(\r\n|.))",
    re.DOTALL,
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}
_LINE_ENDS = frozenset({"\r\n", "\n", "\r", "\u2028", "\u2029"})
_LAST = 0x10FFFF


@dataclass(slots=True)
class Words:
    """A string, template or concatenation: what it says, decoded, and its span with the quotation marks."""

    start: int
    end: int
    runs: list[Run]
    is_template: bool = False

    @property
    def text(self) -> str:
        """The string itself."""
        return "".join(piece for piece, _, _ in self.runs)


@dataclass(slots=True)
class Text:
    """Text of JSX, as it is written."""

    start: int
    end: int


Kind = Literal["code", "object", "array", "element"]


@dataclass(slots=True)
class Bag:
    """A part that holds parts, each under its key ("" if it has none).

    An element has its ``tag`` ("" for a fragment), the end of its opening tag, its closing tag and its properties.
    """

    kind: Kind
    start: int
    end: int
    entries: list[tuple[str, Part]] = field(default_factory=list)
    depth: int = 0
    tag: str = ""
    opened: int = 0
    closing: tuple[int, int] | None = None
    props: Bag | None = None


Part = Words | Text | Bag


def decode_script(text: str, start: int, end: int) -> Iterator[Run]:
    """The runs of a string's inside, each escape one atomic run; a line end behind a backslash is nothing."""
    if text.find("\\", start, end) < 0:
        if start < end:
            yield text[start:end], start, end
        return
    at = start
    for match in _ESCAPE.finditer(text, start, end):
        if at < match.start():
            yield text[at : match.start()], at, match.start()
        if shown := _unescape(match):
            yield shown, match.start(), match.end()
        at = match.end()
    if at < end:
        yield text[at:end], at, end


def _unescape(match: re.Match[str]) -> str:
    high, low, four, braced, two, letter = match.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    if letter:
        return "" if letter in _LINE_ENDS else _SHORT.get(letter, letter)
    code = int(four or braced or two, 16)
    return chr(code) if code <= _LAST and not 0xD800 <= code <= 0xDFFF else "\ufffd"
