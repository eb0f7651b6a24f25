"""Strings of PHP: which part of each is what a visitor reads, character by character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from menulint.readers.base import GAP
from menulint.readers.masks import GAP_MASK, MASK
from menulint.readers.php_names import FORMATTING, PASSING, TRANSLATING

if TYPE_CHECKING:
    from tree_sitter import Node

_SINGLE_ESCAPE = re.compile(r"\\([\\'])")
_DOUBLE_ESCAPE = re.compile(
    r"""\\(?:([nrtvef\\$"])|([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u\{([0-9A-Fa-f]{1,6})\})""",
)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "v": "\v", "e": "\x1b", "f": "\f"}
_DIRECTIVE = re.compile(r"%(?:%|(?:\d{1,3}\$)?[-+0]?(?:'.)?-?\d{0,4}(?:\.\d{1,3})?[bcdeEfFgGosuxX])")
_SURROGATES = range(0xD800, 0xE000)
STRINGS = frozenset({"string", "encapsed_string", "heredoc", "nowdoc"})
_LITERALS = frozenset({"integer", "float"})


class Piece(NamedTuple):
    """A stretch of the file and what is printed for it: itself if ``shown`` is None."""

    start: int
    end: int
    shown: str | None = None

    @property
    def is_words(self) -> bool:
        """Whether it is written out and not a gap."""
        return self.shown != GAP


class Flat(NamedTuple):
    """An expression as its pieces, and the parts of it of which nothing is known here."""

    pieces: list[Piece]
    others: list[Node]


def flatten(text: str, root: Node) -> Flat:
    """What an expression prints: strings as they stand, a gap for whatever is not known; without recursion."""
    pieces: list[Piece] = []
    others: list[Node] = []
    todo: list[tuple[Node, bool]] = [(root, False)]
    while todo:
        node, formats = todo.pop()
        kind = node.type
        if kind in STRINGS:
            found = _string_pieces(text, node)
            pieces += _formatted(text, found) if formats else found
        elif kind == "binary_expression" and _operator(node) == ".":
            sides = (node.child_by_field_name("right"), node.child_by_field_name("left"))
            todo += [(side, False) for side in sides if side is not None]
        elif kind in ("parenthesized_expression", "sequence_expression"):
            todo += [(child, False) for child in reversed(node.children) if child.is_named]
        elif kind in _LITERALS:
            pieces.append(Piece(node.start_byte, node.end_byte))
        elif argument := passed_on(text, node):
            todo.append((argument, _name(text, node) in FORMATTING))
            others += _arguments(node)[1:]
        else:
            pieces.append(Piece(node.start_byte, node.end_byte, GAP))
            others.append(node)
    return Flat(pieces, others)


def passed_on(text: str, node: Node) -> Node | None:
    """The argument that a call gives back or prints, if it is written out there."""
    if node.type != "function_call_expression":
        return None
    name = _name(text, node)
    if name not in TRANSLATING and name not in PASSING:
        return None
    arguments = _arguments(node)
    if not arguments:
        return None
    first = arguments[0]
    is_joined = first.type == "binary_expression" and _operator(first) == "."
    return first if first.type in STRINGS or is_joined or passed_on_name(text, first) else None


def passed_on_name(text: str, node: Node) -> bool:
    """Whether a node is a call of a function that gives back its argument."""
    if node.type != "function_call_expression":
        return False
    return _name(text, node) in TRANSLATING or _name(text, node) in PASSING


def _name(text: str, call: Node) -> str:
    function = call.child_by_field_name("function")
    return text[function.start_byte : function.end_byte].lstrip("\\").lower() if function is not None else ""


def _arguments(call: Node) -> list[Node]:
    """The expressions that are the arguments of a call."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None:
        return []
    return [child.children[-1] for child in arguments.children if child.type == "argument" and child.children]


def _operator(node: Node) -> str:
    operator = node.child_by_field_name("operator")
    return operator.type if operator is not None else ""


# -- one string


def _string_pieces(text: str, node: Node) -> list[Piece]:
    start, end = node.start_byte, node.end_byte
    if node.type == "string":
        first = text.find("'", start, end) + 1
        last = end - 1 if end - 1 > first - 1 and text[end - 1 : end] == "'" else end
        return list(_unescaped(text, first, last, _SINGLE_ESCAPE))
    if node.type == "nowdoc":
        return [Piece(*_span(body)) for body in node.children if body.type == "nowdoc_body"]
    if node.type == "heredoc":
        bodies = [child for child in node.children if child.type == "heredoc_body"]
        return [piece for body in bodies for piece in _interpolated(text, body, body.start_byte, body.end_byte)]
    first = text.find('"', start, end) + 1
    last = end - 1 if end - 1 >= first and text[end - 1 : end] == '"' else end
    return list(_interpolated(text, node, first, last))


def _span(node: Node) -> tuple[int, int]:
    return node.start_byte, node.end_byte


def _interpolated(text: str, node: Node, start: int, end: int) -> Iterator[Piece]:
    """The pieces of a string with variables in it: each of them a gap, with the braces around it."""
    at = start
    for child in node.children:
        if child.type in ("string_content", "escape_sequence"):
            first, last = max(child.start_byte, start), min(child.end_byte, end)
            if at < first:
                yield from _between(text, at, first)
            yield from _unescaped(text, first, last, _DOUBLE_ESCAPE)
            at = max(at, last)
    if at < end:
        yield from _between(text, at, end)


def _between(text: str, start: int, end: int) -> Iterator[Piece]:
    """What stands between two pieces of text: white space that the parser passed over, or a variable."""
    if text[start:end].isspace():
        yield Piece(start, end)
        return
    inner = text[start:end]
    first, last = start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())
    if start < first:
        yield Piece(start, first)
    yield Piece(first, last, GAP)
    if last < end:
        yield Piece(last, end)


def _unescaped(text: str, start: int, end: int, escape: re.Pattern[str]) -> Iterator[Piece]:
    at = start
    for match in escape.finditer(text, start, end):
        if at < match.start():
            yield Piece(at, match.start())
        yield Piece(*match.span(), _character(match))
        at = match.end()
    if at < end:
        yield Piece(at, end)


def _character(match: re.Match[str]) -> str:
    letter, octal, *hexadecimal = [*match.groups(), None, None, None][:4]
    if letter:
        return _ESCAPED.get(letter, letter)
    code = int(octal, 8) & 0xFF if octal else int(next(filter(None, hexadecimal)), 16)
    return "\ufffd" if code in _SURROGATES or code > 0x10FFFF else chr(code)


def _formatted(text: str, pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces of a format: what it fills in is a gap."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.shown is not None:
            found.append(piece)
            continue
        at = piece.start
        for match in _DIRECTIVE.finditer(text, piece.start, piece.end):
            if at < match.start():
                found.append(Piece(at, match.start()))
            found.append(Piece(*match.span(), "%" if match.group() == "%%" else GAP))
            at = match.end()
        if at < piece.end:
            found.append(Piece(at, piece.end))
    return found


def masked_piece(text: str, piece: Piece) -> str:
    """A piece as it stands in a text of the same length that is read as HTML."""
    length = piece.end - piece.start
    if piece.shown is None:
        return text[piece.start : piece.end]
    if piece.shown == GAP:
        return GAP_MASK * length
    if piece.shown.isspace():
        return " " * length
    return MASK * (length - len(piece.shown)) + piece.shown
