"""JSON as a tree of its strings, each at its exact place in the file, in one pass that no mistake stops.

Comments, trailing commas, names without quotation marks and strings in single ones are read as JSON5 has them. What is no
string says nothing a visitor reads; it only keeps its place, so that pointers (RFC 6901) stay right.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from menulint.readers.base import SourceBuilder
from menulint.readers.data_tree import Branch, Tree
from menulint.readers.json_strings import decode_escapes
from menulint.readers.values import Decoded, Value

DEEPEST = 100
"""Levels that are told apart; what stands deeper is read as if it stood on the last of them."""
MOST_VALUES = 3_000_000
"""Values after which a file is cut: only data made to fill memory has as many."""

_INSIDE = r'(?:[^"\\]++|\\.)*+'
_TOKEN = re.compile(
    rf'"({_INSIDE})"(?:\s*+:\s*+(?:("{_INSIDE}(?:"|\\?\Z))|([\w.+-]++)|()))?+'  # 1: string; as a name: 2, 3, 4
    r"|([{\[])|([}\]])"  # 5, 6
    r"|(//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))"  # 7
    rf'|("{_INSIDE}\\?\Z)'  # 8: never closed
    r"|('(?:[^'\\\r\n]++|\\.)*+'?)(\s*+:)?"  # 9, 10 a name
    r"|([\w$.+-]++)(\s*+:)?",  # 11, 12 a name
    re.DOTALL,
)
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)|\'((?:[^\'\\\r\n]++|\\.)*+)|(\d+)', re.DOTALL)
_COUNTS = frozenset({"level", "depth"})
"""Names of numbers that tell how a text is set."""
_LONGEST_NAME = 200
_LINE_JOIN = re.compile(r"\\(?:\r\n|\n|\r)")


class JsonTree(Tree):
    """The strings of a piece of JSON; a leaf is the offset of its opening quotation mark."""

    def __init__(self, text: str, start: int, end: int, build: SourceBuilder | None = None) -> None:
        self.is_cut = False
        self._text = text
        self.root = self._read(start, end, build)

    def text_of(self, leaf: int) -> str:
        """What a string says."""
        start, end = self.span_of(leaf)
        if self._text.find("\\", start, end) < 0:
            return self._text[start:end]
        return "".join(piece for piece, _, _ in decode_escapes(self._text, start, end))

    def value_of(self, leaf: int, pointer: str) -> Value:
        """A string with its map to the file."""
        start, end = self.span_of(leaf)
        made = Decoded()
        for piece, begin, stop in decode_escapes(self._text, start, end):
            made.put("" if stop - begin > 1 and piece in ("\r", "\n") and _LINE_JOIN.match(self._text, begin) else piece,
                     begin, stop)  # fmt: skip
            made.has_lines = made.has_lines or "\n" in piece
        return made.value(pointer, start)

    def span_of(self, leaf: int) -> tuple[int, int]:
        """The place of a string, without its quotation marks."""
        match = _STRING.match(self._text, leaf)
        return match.span(match.lastindex or 0) if match else (leaf, leaf)

    def _read(self, start: int, end: int, build: SourceBuilder | None) -> Branch:
        growth = _Growth(start, build)
        actions = growth.actions()
        left = MOST_VALUES
        for match in _TOKEN.finditer(self._text, start, end):
            actions[match.lastindex or 0](match)
            left -= 1
            if not left:
                self.is_cut = True
                break
        return growth.finish(end)


class _Growth:
    """A tree as it grows, token by token."""

    def __init__(self, start: int, build: SourceBuilder | None) -> None:
        self._root = self._branch = Branch(False, start)
        self._stack: list[Branch] = []
        self._deeper = 0
        self._name = ""
        self._build = build

    def actions(self) -> list[Callable[[re.Match[str]], None]]:
        """What to do with a token, by the last group it filled."""
        return [
            self._other, self._string, self._member, self._number, self._quoted_name, self._open, self._close,
            self._comment, self._string, self._string, self._single_name, self._other, self._bare_name,
        ]  # fmt: skip

    def finish(self, end: int) -> Branch:
        """The root, with all that is still open closed."""
        for unclosed in (*self._stack, self._branch):
            unclosed.end = end
        return self._root

    def _member(self, match: re.Match[str]) -> None:
        branch = self._branch
        if branch.is_object:
            branch.names.append(_name(match[1]))
        branch.items.append(match.start(2))

    def _string(self, match: re.Match[str]) -> None:
        self._branch.put(self._name, match.start())
        self._name = ""

    def _other(self, match: re.Match[str]) -> None:
        counts = self._name in _COUNTS and match.group().isdigit()
        self._branch.put(self._name, match.start() if counts else None)
        self._name = ""

    def _number(self, match: re.Match[str]) -> None:
        if match[1] in _COUNTS:
            self._branch.put(match[1], match.start(3))
        elif len(self._stack) == 1 and self._branch.is_object:
            self._branch.names.append(_name(match[1]))  # what a file is may show by names at its root that hold numbers
            self._branch.items.append(None)

    def _open(self, match: re.Match[str]) -> None:
        if len(self._stack) >= DEEPEST:
            self._deeper += 1
            return
        inner = Branch(match[5] == "{", match.start())
        self._branch.put(self._name, inner)
        self._stack.append(self._branch)
        self._branch, self._name = inner, ""

    def _close(self, match: re.Match[str]) -> None:
        self._name = ""
        if self._deeper:
            self._deeper -= 1
        elif self._stack:
            inner, self._branch = self._branch, self._stack.pop()
            inner.end = match.end()
            if inner.is_bare:
                self._branch.drop_last()

    def _quoted_name(self, match: re.Match[str]) -> None:
        self._name = _name(match[1])

    def _single_name(self, match: re.Match[str]) -> None:
        self._name = _name(match[9][1:-1])

    def _bare_name(self, match: re.Match[str]) -> None:
        self._name = match[11][:_LONGEST_NAME]

    def _comment(self, match: re.Match[str]) -> None:
        if self._build is not None:
            self._build.comment(match[7].strip("/* \t\r\n"), *match.span())


def _name(written: str) -> str:
    if "\\" in written:
        written = "".join(piece for piece, _, _ in decode_escapes(written, 0, len(written)))
    return written[:_LONGEST_NAME]
