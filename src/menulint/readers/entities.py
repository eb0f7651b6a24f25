"""HTML character references, decoded with their place in the file.

Follows the tokenizer of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state):
the longest known name wins, a name without a semicolon is left alone in an attribute when a letter, digit or ``=``
follows, and the numbers 128–159 mean what Windows-1252 makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from menulint.late import LatePattern
from menulint.readers.base import Run

_REFERENCE = LatePattern(r"&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?|([A-Za-z][A-Za-z0-9]{0,31};?))")
_WINDOWS_1252 = {code: bytes((code,)).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_REPLACEMENT = "\ufffd"
_LONGEST_NUMBER = 8


def decode_references(text: str, start: int, end: int, *, attribute: bool = False) -> Iterator[Run]:
    """The runs of ``text[start:end]`` with each reference as one atomic run.

    ``attribute`` applies the rule for attribute values, where ``&copy=1`` is part of a query and no copyright sign.
    """
    at = start
    for match in _REFERENCE.finditer(text, start, end):
        decoded, stop = _decode(match, attribute, end)
        if decoded:
            if at < match.start():
                yield text[at : match.start()], at, match.start()
            yield decoded, match.start(), stop
            at = stop
    if at < end:
        yield text[at:end], at, end


def decoded(text: str, start: int, end: int, *, attribute: bool = False) -> str:
    """``text[start:end]`` with its references decoded."""
    if text.find("&", start, end) < 0:
        return text[start:end]
    return "".join(piece for piece, _, _ in decode_references(text, start, end, attribute=attribute))


def _decode(match: re.Match[str], attribute: bool, end: int) -> tuple[str, int]:
    """What a reference stands for ("" if for nothing) and where it ends."""
    hexadecimal, decimal, name = match.groups()
    if name is None:
        return _character(hexadecimal or decimal, 16 if hexadecimal else 10), match.end()
    value, stop = _named(name, match.start() + 1)
    if attribute and value and match.string[stop - 1] != ";" and stop < end and _goes_on(match.string[stop]):
        return "", stop
    return value, stop


def _goes_on(character: str) -> bool:
    return character == "=" or (character.isascii() and character.isalnum())


def _named(name: str, start: int) -> tuple[str, int]:
    known, legacy, longest = _names()
    if value := known.get(name):
        return value, start + len(name)
    for length in range(min(len(name), longest), 1, -1):
        if value := legacy.get(name[:length]):
            return value, start + length
    return "", start


@cache
def _names() -> tuple[dict[str, str], dict[str, str], int]:
    """All names, those that need no semicolon, and the length of the longest of them; most pages have none."""
    from html.entities import html5

    legacy = {name: value for name, value in html5.items() if not name.endswith(";")}
    return html5, legacy, max(map(len, legacy))


def _character(digits: str, base: int) -> str:
    digits = digits.lstrip("0") or "0"
    code = int(digits, base) if len(digits) <= _LONGEST_NUMBER else 0
    if not code or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return _REPLACEMENT
    return _WINDOWS_1252.get(code) or chr(code)
