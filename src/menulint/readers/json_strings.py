"""The string values of a piece of JSON with their exact place in the file, even where the JSON is broken.

A parser tells what a string says, not where; this scan tells both, and does not stop at the first mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from menulint.readers.base import Run

_TOKEN = re.compile(r'"((?:[^"\\]++|\\.)*+\\?)"?|[{}\[\],:]', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_DEEPEST = 64
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class JsonString:
    """A string value.

    ``pointer`` is a JSON pointer (RFC 6901; of the nearest 64 levels from the root in deeper data), ``name`` the
    nearest member name above it, ``owner`` the number of the object it belongs to and ``above`` the name under which
    that object stands. ``start`` and ``end`` span what stands between the quotation marks.
    """

    pointer: str
    name: str
    owner: int
    above: str
    start: int
    end: int
    runs: tuple[Run, ...] = field(repr=False)

    @property
    def value(self) -> str:
        """The string itself."""
        return "".join(piece for piece, _, _ in self.runs)


def scan_strings(text: str, start: int, end: int) -> Iterator[JsonString]:
    """The string values of the JSON in ``text[start:end]``, in file order. Member names are not among them."""
    walk = _Walk()
    for match in _TOKEN.finditer(text, start, end):
        mark = match.group()
        if mark[0] != '"':
            walk.punctuation(mark)
        elif walk.expects_name:
            walk.member(decode_escapes(text, *match.span(1)))
        else:
            runs = tuple(decode_escapes(text, *match.span(1)))
            yield JsonString(walk.pointer(), walk.name, walk.owner, walk.above, *match.span(1), runs)
            walk.value_ends()


def decode_escapes(text: str, start: int, end: int) -> Iterator[Run]:
    """The runs of a JSON string's inside, with each escape (or surrogate pair) as one atomic run."""
    at = start
    for match in _ESCAPE.finditer(text, start, end):
        if at < match.start():
            yield text[at : match.start()], at, match.start()
        yield _unescape(match), match.start(), match.end()
        at = match.end()
    if at < end:
        yield text[at:end], at, end


def _unescape(match: re.Match[str]) -> str:
    high, low, code, letter = match.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    if code:
        value = int(code, 16)
        return "\ufffd" if 0xD800 <= value <= 0xDFFF else chr(value)
    return _SHORT.get(letter, letter)


@dataclass(slots=True)
class _Level:
    is_object: bool
    owner: int
    name: str
    above: str
    step: str = ""
    index: int = 0
    expects_name: bool = False


class _Walk:
    """Where in the data a scan stands."""

    def __init__(self) -> None:
        self._objects = 0
        self._levels = [_Level(False, 0, "", "")]

    @property
    def expects_name(self) -> bool:
        return self._levels[-1].expects_name

    @property
    def name(self) -> str:
        return self._levels[-1].name

    @property
    def owner(self) -> int:
        return self._levels[-1].owner

    @property
    def above(self) -> str:
        return self._levels[-1].above

    def pointer(self) -> str:
        return "".join(f"/{level.step}" for level in self._levels[1 : _DEEPEST + 1])

    def member(self, runs: Iterator[Run]) -> None:
        level = self._levels[-1]
        level.name = "".join(piece for piece, _, _ in runs)[:_LONGEST_NAME]
        level.step = level.name.replace("~", "~0").replace("/", "~1")
        level.expects_name = False

    def value_ends(self) -> None:
        """A value is complete: in an object a name comes next, even if the comma is missing."""
        level = self._levels[-1]
        level.expects_name = level.is_object

    def punctuation(self, mark: str) -> None:
        level = self._levels[-1]
        if mark in "{[":
            self._open(mark == "{")
        elif mark in "}]":
            del self._levels[max(1, len(self._levels) - 1) :]
            self.value_ends()
        elif mark == ",":
            self._next(level)
        else:
            level.expects_name = False

    def _open(self, is_object: bool) -> None:
        parent = self._levels[-1]
        if is_object:
            self._objects += 1
            self._levels.append(_Level(True, self._objects, "", parent.name, expects_name=True))
        else:
            self._levels.append(_Level(False, parent.owner, parent.name, parent.above, step="0"))

    def _next(self, level: _Level) -> None:
        level.expects_name = level.is_object
        if not level.is_object:
            level.index += 1
            level.step = str(level.index)
