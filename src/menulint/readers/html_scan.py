"""The tokens of an HTML page with their offsets in the file, in linear time on any text.

Follows the tokenizer of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html#tokenization) as far as
it decides what is text, a tag, a comment or an attribute. Every pattern is possessive or stops at the character that
opens the next construct, so that nothing is scanned twice because something else was left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from menulint.late import LatePattern

Span = tuple[int, int]

_S = r"[ \t\r\n\f]"
_NAME = r"[^ \t\r\n\f/>][^ \t\r\n\f/>=]*+"
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^ \t\r\n\f>"'][^ \t\r\n\f>]*+|)"""
_ATTRIBUTES = rf"(?:[ \t\r\n\f/]++|{_NAME}(?:{_S}*+={_S}*+{_VALUE})?+)*+"
_ANY_TAG = LatePattern(rf"<(/?)([A-Za-z][^ \t\r\n\f/>]*+)(?:>|{_ATTRIBUTES}>)")
# What follows the name in a tag of which each equals sign stands between the name and the value of an attribute, as in
# nearly all tags: no need to part names from each other.
_PLAIN_VALUE = rf"""(?:"[^"]*+"|'[^']*+'|[^ \t\r\n\f"'=>]++(?={_S}|>))"""
_REST = rf"""(?:>|(?:[^>"'=]*+(?<![ \t\r\n\f/"'=])={_PLAIN_VALUE})*+[^>"'=]*+>)"""
_NEXT_TAG = LatePattern(rf"[^<]*+<(/?)([A-Za-z][^ \t\r\n\f/>]*+){_REST}")
STEP = LatePattern(rf"(</?+([A-Za-z][^ \t\r\n\f/>]*+){_REST})([^<]*+)(?:(</\2>)([^<]*+))?+")
"""A tag and its name, the text behind it, and the end tag of that name, if it comes next, with the text behind that."""
_ATTRIBUTE = LatePattern(
    rf"""([^ \t\r\n\f/>][^ \t\r\n\f/>=]*)(?:{_S}*={_S}*(?:"([^"]*)"|'([^']*)'|([^ \t\r\n\f>"'][^ \t\r\n\f>]*)|))?"""
)
_NAMED = LatePattern(r"<[^ \t\r\n\f/>]*+")
_COMMENT_END = LatePattern(r"--!?>")
_SCRIPT_END = LatePattern(r"<(?:!--|/script(?=[ \t\r\n\f/>]))", re.IGNORECASE)
_SCRIPT_MARK = LatePattern(r"<!--|-->|<(/?)script(?=[ \t\r\n\f/>])", re.IGNORECASE)

TEXT_ONLY = frozenset({"title", "textarea"})
"""Elements that hold text and references, no tags."""
RAW = frozenset({"script", "style", "iframe", "noembed", "noframes", "xmp"})
"""Elements that hold characters only."""
OPAQUE = RAW | TEXT_ONLY | {"plaintext"}
"""Elements in which no tags are looked for."""
_RAW_END = {name: LatePattern(rf"</{name}(?=[ \t\r\n\f/>])", re.IGNORECASE) for name in RAW | TEXT_ONLY}


class Kind(IntEnum):
    """What a token is."""

    TEXT = 0
    START = 1
    END = 2
    RAW = 3
    """The characters of an element that holds no tags; ``name`` is the element's."""
    COMMENT = 4
    BOGUS = 5
    """What the standard makes a comment of although nobody meant one: ``<?xml ?>``, ``</ p>``."""
    DOCTYPE = 6
    CDATA = 7
    UNFINISHED = 8
    """A tag that the file ends in: nothing of it is shown."""


class Token(NamedTuple):
    """A stretch of the page; ``name`` is a tag's, in lower case."""

    kind: Kind
    name: str
    start: int
    end: int


class Scanner:
    """Splits ``text[start:end]`` into tokens.

    Whoever consumes the tokens sets ``foreign`` while it stands in ``svg`` or ``math``: there, a tag may close itself,
    only scripts and styles are raw, and CDATA sections are text.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self.foreign = False
        self._text, self._at, self._end = text, start, end

    def tokens(self) -> Iterator[Token]:
        """The tokens in file order, without gaps."""
        text, end, at = self._text, self._end, self._at
        text_kind, start_kind, end_kind = Kind.TEXT, Kind.START, Kind.END
        make = tuple.__new__  # half the price of Token(...), which goes through its own __new__
        while at < end:
            match = _NEXT_TAG.match(text, at, end)
            if match is None:
                token = self.irregular(at)
            else:
                tag = match.start(1) - 1
                if at < tag:
                    yield make(Token, (text_kind, "", at, tag))
                closing, name = match.groups()
                token = make(Token, (end_kind if closing else start_kind, name.lower(), tag, match.end()))
            yield token
            kind, name, _, at = token
            if kind is start_kind and name in OPAQUE and self.is_opaque(name, at):
                stop = self.raw_end(name, at)
                if at < stop:
                    yield Token(Kind.RAW, name, at, stop)
                at = stop

    def is_opaque(self, name: str, tag_end: int) -> bool:
        """Whether an element of a name in ``OPAQUE`` holds no tags: in a drawing, a title is like any other."""
        return not self.foreign or (name in ("script", "style") and self._text[tag_end - 2] != "/")

    def irregular(self, at: int) -> Token:
        """The token at ``at`` where what follows is not text and a tag as most are written."""
        tag = self._text.find("<", at, self._end)
        if tag < 0:
            return Token(Kind.TEXT, "", at, self._end)
        token = self._at_bracket(tag)
        if token.kind is Kind.TEXT:
            return Token(Kind.TEXT, "", at, token.end)
        return Token(Kind.TEXT, "", at, tag) if at < tag else token

    def _at_bracket(self, tag: int) -> Token:
        if match := _ANY_TAG.match(self._text, tag, self._end):
            return Token(Kind.END if match[1] else Kind.START, match[2].lower(), tag, match.end())
        kind, stop = self._markup(tag)
        return Token(kind, "", tag, stop)

    def _markup(self, tag: int) -> tuple[Kind, int]:
        """What a ``<`` that begins no whole tag begins, and where that ends."""
        text, end = self._text, self._end
        after = text[tag + 1 : min(tag + 3, end)]
        if after[:1] == "!":
            return self._declaration(tag)
        if after[:1] == "?" or (after[:1] == "/" and len(after) == 2 and not _is_letter(after[1])):
            return Kind.BOGUS, self._past(">", tag)
        if _is_letter(after.removeprefix("/")[:1]):
            return Kind.UNFINISHED, end
        return Kind.TEXT, tag + 1

    def _declaration(self, tag: int) -> tuple[Kind, int]:
        text = self._text
        if text.startswith("<!--", tag, self._end):
            return Kind.COMMENT, self._comment_end(tag + 4)
        if self.foreign and text.startswith("<![CDATA[", tag, self._end):
            return Kind.CDATA, self._past("]]>", tag + 9)
        is_doctype = text[tag + 2 : tag + 9].lower() == "doctype"
        return Kind.DOCTYPE if is_doctype else Kind.BOGUS, self._past(">", tag)

    def _comment_end(self, at: int) -> int:
        for short in (">", "->"):
            if self._text.startswith(short, at, self._end):
                return at + len(short)
        match = _COMMENT_END.search(self._text, at, self._end)
        return match.end() if match else self._end

    def _past(self, mark: str, at: int) -> int:
        found = self._text.find(mark, at, self._end)
        return self._end if found < 0 else found + len(mark)

    def raw_end(self, name: str, at: int) -> int:
        """Where the characters end of an element of a name in ``OPAQUE`` whose start tag ends at ``at``."""
        if name == "plaintext":
            return self._end
        if name == "script":
            return self._script_end(at)
        match = _RAW_END[name].search(self._text, at, self._end)
        return match.start() if match else self._end

    def _script_end(self, at: int) -> int:
        """Where a script ends."""
        match = _SCRIPT_END.search(self._text, at, self._end)
        if match is None:
            return self._end
        return self._script_end_after_comment(match.start()) if match.group() == "<!--" else match.start()

    def _script_end_after_comment(self, at: int) -> int:
        """The same from a ``<!--`` on: ``<!-- <script>`` hides the next ``</script>``, for the sake of very old pages."""
        hidden = nested = False
        while match := _SCRIPT_MARK.search(self._text, at, self._end):
            mark, at = match.group(), match.end()
            if mark == "<!--":
                hidden, at = True, match.start() + 2
            elif mark == "-->":
                hidden = nested = False
            elif match.group(1) and not nested:
                return match.start()
            else:
                nested = hidden and not match.group(1)
        return self._end


def attributes(text: str, start: int, end: int) -> dict[str, Span]:
    """The attributes of the tag ``text[start:end]``: name in lower case to the span of the value, first one wins."""
    found: dict[str, Span] = {}
    for name, span in attribute_spans(text, start, end):
        found.setdefault(name.lower(), span)
    return found


def attribute_spans(text: str, start: int, end: int) -> list[tuple[str, Span]]:
    """The attributes of the tag ``text[start:end]`` in order: each name as it is written, and the span of its value."""
    spans = []
    tag = _NAMED.match(text, start, end)
    for match in _ATTRIBUTE.finditer(text, tag.end() if tag else end, end - 1):
        which = match.lastindex or 1
        spans.append((match[1], match.span(which) if which > 1 else (match.end(), match.end())))
    return spans


def comment_text(text: str, start: int, end: int) -> Span:
    """The span of a comment's text, without ``<!--`` and its end mark."""
    stop = end
    for mark in ("--!>", "-->", "->", ">"):
        if text.endswith(mark, start + 4, end):
            stop = end - len(mark)
            break
    return start + 4, max(start + 4, stop)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()
