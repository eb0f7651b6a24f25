"""Front matter: the YAML, TOML or JSON at the head of a Markdown file, with the exact place of every value.

A value is decoded to what it says, with a map back to the file; the reader of the body decides what to make of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from menulint.late import LatePattern
from menulint.readers.base import SourceBuilder
from menulint.readers.values import Decoded, Value
from menulint.readers.wording import is_code_key, reads_like_words
from menulint.source import OffsetMap

_YAML_FENCE = LatePattern(r"---[ \t]*(\r\n|\n|\r)")
_YAML_END = LatePattern(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
_YAML_KEY = LatePattern(r"(?:(?<=[\r\n])|\A)[ \t]*[^\s#:-][^\r\n:]{0,200}:(?=[ \t\r\n])")
_TOML_FENCE = LatePattern(r"\+\+\+[ \t]*(\r\n|\n|\r)")
_TOML_END = LatePattern(r"(?<=[\r\n])\+\+\+[ \t]*(?=[\r\n]|\Z)")
_JSON_START = LatePattern(r'\{\s{0,200}"')
_KEY_LINE = LatePattern(r"^[ \t]*(?:-[ \t]+)?([\w.-]{1,80})[ \t]*[:=][ \t]+(\S[^\r\n]*)", re.MULTILINE)
_COMMENT = LatePattern(r"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE)
_NOT_WORDS = LatePattern(r"(?:true|false|yes|no|on|off|null|~|[-+.\d][\d._:eETZ+-]*)\Z", re.IGNORECASE)
_PROPERTIES = LatePattern(r"(?:[&!][^\s,\[\]{}]*\s*)+")
_DATE_KEYS = frozenset({"date", "lastmod", "publishdate", "pubdate", "published", "updated", "modified"})
_LANGUAGE_KEYS = frozenset({"lang", "language", "locale", "hreflang"})


class FrontMatter(Struct, frozen=True):
    """The values that read like copy, and the file offset at which the body begins."""

    values: tuple[Value, ...]
    end: int


class Malformed(Exception):
    """Data that breaks its format's grammar; ``line`` counts from 1 in the data."""

    def __init__(self, message: str, line: int) -> None:
        self.line = line
        super().__init__(message)


def read_front_matter(text: str, start: int, build: SourceBuilder) -> FrontMatter:
    """Read the front matter at ``start``, if there is any, and report its comments, language and date."""
    found = _boundaries(text, start)
    if found is None:
        return FrontMatter((), start)
    form, begin, end, after = found
    build.leave_out(start, after, "front matter")
    values = _values(form, text, begin, end, build)
    return FrontMatter(tuple(value for value in values if _is_copy(value, build)), after)


def _boundaries(text: str, start: int) -> tuple[str, int, int, int] | None:
    """The format of the front matter, the span of its data, and where the body begins."""
    for form, fence, closer in (("YAML", _YAML_FENCE, _YAML_END), ("TOML", _TOML_FENCE, _TOML_END)):
        opening = fence.match(text, start)
        closing = closer.search(text, opening.end()) if opening else None
        if opening and closing and (form == "TOML" or _YAML_KEY.search(text, opening.end(), closing.start())):
            return form, opening.end(), closing.start(), closing.end()
    if _JSON_START.match(text, start) and (end := json_end(text, start)) is not None:
        return "JSON", start, end, end
    return None


def _values(form: str, text: str, start: int, end: int, build: SourceBuilder) -> list[Value]:
    read = {"YAML": yaml_values, "TOML": toml_values, "JSON": json_values}[form]
    try:
        return list(read(text, start, end, build))
    except Malformed as error:
        line = text.count("\n", 0, start) + error.line
        build.note(f"front matter is not valid {form} at line {line} ({error}); its lines were read one by one")
        return list(line_values(text, start, end))


def line_values(text: str, start: int, end: int) -> Iterator[Value]:
    """The values of lines that look like ``key: value``, for data that cannot be parsed."""
    for match in _KEY_LINE.finditer(text, start, end):
        value = match[2].strip()
        if value not in ("|", ">", "|-", ">-"):
            quote = 1 if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0] else 0
            begin = match.start(2) + quote
            said = value[quote : len(value) - quote]
            yield Value("/" + match[1], said, OffsetMap.identity(len(said), begin))


def _is_copy(value: Value, build: SourceBuilder) -> bool:
    name = value.key.lower()
    if name in _LANGUAGE_KEYS or name in _DATE_KEYS:
        build.signal("lang" if name in _LANGUAGE_KEYS else "date", value.text, *value.span)
        return False
    parts = [part for part in value.pointer.split("/") if part and not part.isdigit()]
    if any(is_code_key(part) for part in parts[-1:]):
        return False
    return reads_like_words(value.text, value.key)


# Pieces of decoded text


def _escaped(text: str, start: int, end: int, pattern: LatePattern[str], decode: Callable[[str], str]) -> Decoded:
    """A quoted value's pieces: what ``pattern`` matches stands for what ``decode`` makes of it."""
    made = Decoded()
    at = start
    for match in pattern.finditer(text, start, end):
        made.put(text[at : match.start()], at, match.start())
        decoded = decode(match.group())
        made.put(decoded, *match.span())
        made.has_lines = made.has_lines or decoded == "\n"
        at = match.end()
    made.put(text[at:end], at, end)
    return made


_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "a": "\a", "v": "\v", "e": "\x1b"} | {
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029", " ": " ", '"': '"', "/": "/", "\\": "\\", "\t": "\t"
}  # fmt: skip
_ESCAPE = LatePattern(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}"
    r"|\\[ \t]*(?:\r\n|\n|\r)\s*|\\.",
    re.DOTALL,
)
_SINGLE_QUOTE = LatePattern("''")


def decoded_escape(escape: str) -> str:
    """What a backslash escape of JSON, TOML or YAML stands for; one that means nothing stays as it is."""
    if escape[1] in "uUx" and len(escape) > 2:
        if len(escape) == 12:
            halves = bytes.fromhex(escape[2:6] + escape[8:12])
            return halves.decode("utf-16-be")
        digits = escape[2:]
        number = int(digits, 16)
        return chr(number) if number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "\ufffd"
    if escape[-1] in "\r\n" or not escape[1:].strip():
        return "" if "\n" in escape or "\r" in escape else _SIMPLE.get(escape[1], escape)
    return _SIMPLE.get(escape[1], escape)


def _step(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


# YAML


def yaml_values(text: str, start: int, end: int, build: SourceBuilder) -> Iterator[Value]:
    """The string values of the YAML in ``[start, end)``; its comments are reported.

    Parser events are read rather than nodes: they need no recursion, and aliases cannot multiply.

    Raises:
        Malformed: it is not YAML.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    scalars: list[tuple[int, int]] = []
    try:
        yield from _walk_yaml(yaml.parse(text[start:end], Loader=loader), text, start, scalars)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Malformed(getattr(error, "problem", None) or "unreadable", mark.line + 1 if mark else 1) from error
    finally:
        _yaml_comments(text, start, end, scalars, build)


class _Level(Struct):
    is_mapping: bool
    key: str | None = None
    index: int = 0
    expects_key: bool = True


def _walk_yaml(events: Iterable[Any], text: str, base: int, scalars: list[tuple[int, int]]) -> Iterator[Value]:
    levels: list[_Level] = []
    for event in events:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            span = _scalar_span(event, text, base)
            scalars.append(span)
            if levels and levels[-1].is_mapping and levels[-1].expects_key:
                levels[-1].key, levels[-1].expects_key = str(event.value)[:200], False
                continue
            if _is_string(event):
                yield _yaml_scalar(event.style, text, *span).value(_pointer(levels), span[0])
            _advance(levels)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            levels.append(_Level(kind == "MappingStartEvent"))
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            levels.pop()
            _advance(levels)
        elif kind == "AliasEvent":
            _advance(levels)


def _scalar_span(event: Any, text: str, base: int) -> tuple[int, int]:
    """The span of a scalar without the anchor and tag before it."""
    start, end = base + event.start_mark.index, base + event.end_mark.index
    properties = _PROPERTIES.match(text, start, end) if event.anchor or event.tag else None
    return properties.end() if properties else start, end


def _advance(levels: list[_Level]) -> None:
    """Move on after a key or value."""
    if levels:
        level = levels[-1]
        level.index += 1
        level.expects_key = level.is_mapping and not level.expects_key


def _pointer(levels: list[_Level]) -> str:
    return "".join("/" + (_step(level.key or "") if level.is_mapping else str(level.index)) for level in levels)


def _is_string(event: Any) -> bool:
    return event.style is not None or not _NOT_WORDS.match(event.value)


def _yaml_scalar(style: str | None, text: str, start: int, end: int) -> Decoded:
    if style == "'":
        return _escaped(text, start + 1, end - 1, _SINGLE_QUOTE, lambda _: "'")
    if style == '"':
        return _escaped(text, start + 1, end - 1, _ESCAPE, decoded_escape)
    if style in ("|", ">"):
        return _block_scalar(text, start, end)
    made = Decoded()
    made.put(text[start:end], start, end)
    return made


_LINE = LatePattern(r"([ \t]*)([^\r\n]*)(\r\n|\n|\r|\Z)")


def _block_scalar(text: str, start: int, end: int) -> Decoded:
    """The lines of a literal or folded block without their indentation."""
    made = Decoded()
    made.has_lines = True
    header = _LINE.match(text, start, end)
    at = header.end() if header else end
    indent: int | None = None
    while at < end and (line := _LINE.match(text, at, end)) and line.end() > at:
        if indent is None and line[2]:
            indent = len(line[1])
        begin = min(line.start() + (indent or 0), line.end(2))
        made.put(text[begin : line.end()], begin, line.end())
        at = line.end()
    return made


def _yaml_comments(text: str, start: int, end: int, scalars: list[tuple[int, int]], build: SourceBuilder) -> None:
    starts = [begin for begin, _ in scalars]
    for match in _COMMENT.finditer(text, start, end):
        at = bisect_right(starts, match.start()) - 1
        if at < 0 or match.start() >= scalars[at][1] or _is_after_block(text, match.start(), scalars[at]):
            build.comment(match.group()[1:].strip(), *match.span())


def _is_after_block(text: str, at: int, scalar: tuple[int, int]) -> bool:
    """A block scalar's header line may end with a comment."""
    return text[scalar[0]] in "|>" and not re.search(r"[\r\n]", text[scalar[0] : at])


# TOML


_TOML_TOKEN = LatePattern(
    r"(?P<space>[ \t]+)|(?P<line>\r\n|\n|\r)|(?P<comment>#[^\r\n]*)"
    r'|(?P<long>"""(?:[^"\\]|\\.|"(?!""))*+"{3,5})|(?P<raw>\'\'\'(?:[^\']|\'(?!\'\'))*+\'{3,5})'
    r'|(?P<string>"(?:[^"\\\r\n]|\\.)*+")|(?P<literal>\'[^\'\r\n]*+\')'
    r"|(?P<sign>[][{}=,])|(?P<bare>[^\s#\"'=,\[\]{}]+)|(?P<broken>.)",
    re.DOTALL,
)


def toml_values(text: str, start: int, end: int, build: SourceBuilder) -> Iterator[Value]:
    """The string values of the TOML in ``[start, end)``; its comments are reported.

    Raises:
        Malformed: a string is not closed, or a line is no key and value.
    """
    walk = _TomlWalk()
    for token in _TOML_TOKEN.finditer(text, start, end):
        kind = token.lastgroup or ""
        if kind == "broken":
            raise Malformed(f"unexpected {token.group()!r}", text.count("\n", start, token.start()) + 1)
        if kind == "comment":
            build.comment(token.group()[1:].strip(), *token.span())
        elif kind in ("long", "raw", "string", "literal") and walk.expects_value:
            yield _toml_string(kind, text, *token.span()).value(walk.pointer(), token.start())
        elif kind != "space":
            walk.take(kind, token.group())


def _toml_string(kind: str, text: str, start: int, end: int) -> Decoded:
    quotes = 3 if kind in ("long", "raw") else 1
    start, end = start + quotes, end - quotes
    if quotes == 3 and text[start : start + 1] in ("\n", "\r"):
        start += 2 if text.startswith("\r\n", start) else 1
    if kind in ("long", "string"):
        made = _escaped(text, start, end, _ESCAPE, decoded_escape)
    else:
        made = Decoded()
        made.put(text[start:end], start, end)
    made.has_lines = made.has_lines or quotes == 3
    return made


_DEEPEST_TABLE = 100


class _TomlWalk:
    """Follows tables, keys and arrays, so that a value knows its path."""

    def __init__(self) -> None:
        self._table: list[str] = []
        self._key: list[str] = []
        self._stack: list[tuple[str, list[str], int]] = []
        self._index = 0
        self._header: list[str] | None = None
        self._is_element = False
        self._elements: Counter[tuple[str, ...]] = Counter()
        self.expects_value = False

    def pointer(self) -> str:
        """The path of the value that comes next."""
        path = [
            *self._table,
            *(part for _, key, index in self._stack for part in [*key, str(index)][: len(key) + (index >= 0)]),
        ]
        path += self._key
        if self._in_array:
            path.append(str(self._index))
        return "".join("/" + _step(part) for part in path)

    @property
    def _in_array(self) -> bool:
        return bool(self._stack) and self._stack[-1][0] == "["

    def take(self, kind: str, token: str) -> None:
        """Follow one token that is no value."""
        if kind == "line":
            self._end_line()
        elif kind == "sign":
            self._sign(token)
        elif not self.expects_value:
            names = [token[1:-1]] if kind in ("string", "literal") else [part for part in token.split(".") if part]
            (self._key if self._header is None else self._header).extend(names)

    def _end_line(self) -> None:
        if self._header is not None:
            self._table, self._header = self._in_elements(self._header), None
            self._is_element = False
        if not self._stack:
            self._key, self.expects_value = [], False

    def _in_elements(self, header: list[str]) -> list[str]:
        """The path of a table, with the number of the element in each array of tables (``[[faq]]``) above it."""
        if self._is_element:
            self._elements[tuple(header)] += 1
        path: list[str] = []
        for length, name in enumerate(header, 1):
            path.append(name)
            if count := self._elements.get(tuple(header[:length])):
                path.append(str(count - 1))
        return path[:_DEEPEST_TABLE]

    def _sign(self, sign: str) -> None:
        if sign == "=":
            self.expects_value = True
        elif sign in "[{":
            self._open(sign)
        elif sign in "]}":
            self._close()
        elif self._in_array:
            self._index += 1
        else:
            self._key, self.expects_value = [], False

    def _open(self, sign: str) -> None:
        if not self.expects_value:
            self._is_element = self._header is not None
            self._header = self._header or []
            return
        index = self._index if self._in_array else -1
        self._stack.append((sign, self._key, index))
        self._key, self._index = [], 0
        self.expects_value = sign == "["

    def _close(self) -> None:
        if self._stack:
            _, self._key, index = self._stack.pop()
            self._index = max(index, 0)
            self.expects_value = True


# JSON


_JSON_TOKEN = LatePattern(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:,]|[^\s{}\[\]:,"]+|"', re.DOTALL)


def json_end(text: str, start: int) -> int | None:
    """The offset after the JSON object that begins at ``start``; None if it does not end."""
    depth = 0
    for token in _JSON_TOKEN.finditer(text, start):
        sign = token.group()
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(sign, 0)
        if depth == 0 or sign == '"':
            return token.end() if sign == "}" else None
    return None


def json_values(text: str, start: int, end: int, build: SourceBuilder) -> Iterator[Value]:
    """The string values of the JSON in ``[start, end)``. Lenient: punctuation is not checked."""
    levels: list[_Level] = []
    for token in _JSON_TOKEN.finditer(text, start, end):
        sign = token.group()
        if sign in "{[":
            levels.append(_Level(sign == "{"))
        elif sign in "}]":
            del levels[-1:]
        elif sign == ",":
            _next_member(levels)
        elif sign == ":":
            continue
        elif sign[0] == '"' and len(sign) > 1:
            made = _escaped(text, token.start() + 1, token.end() - 1, _ESCAPE, decoded_escape)
            value = made.value("", token.start())
            if levels and levels[-1].expects_key and levels[-1].is_mapping:
                levels[-1].key, levels[-1].expects_key = value.text, False
            else:
                yield Value(_pointer(levels), value.text, value.map)


def _next_member(levels: list[_Level]) -> None:
    if levels:
        levels[-1].index += 1
        levels[-1].expects_key = True
