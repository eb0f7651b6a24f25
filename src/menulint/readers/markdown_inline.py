"""The inline half of Markdown: which characters of a paragraph a visitor sees, and where each of them stands.

The scanner never builds a second text. It lists *edits* (a stretch that vanishes or stands for something else) in the
coordinates of the file and reads the visible text off between them, so positions are exact by construction. The rules
are those of CommonMark 0.31.2 (delimiter stack, bracket stack), with GitHub's footnotes and kramdown's attribute lists.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from menulint.late import LatePattern
from menulint.readers.base import GAP, Run, SourceBuilder
from menulint.readers.markdown_html import (
    ENTITY,
    TAG,
    Declarations,
    ElementEnds,
    Tag,
    attribute_blocks,
    decoded_entity,
    is_breaking,
    report_target,
)
from menulint.readers.masks import ANY_MASK, MASK, MASKED, SPACE_MASK, shown_mask
from menulint.readers.template_marks import Masked, NextFinder, template_blocks
from menulint.source import Role

MAX_LABEL = 999
MAX_PARENTHESES = 8

# A character class is found four times as fast as an alternation.
_SPECIAL = LatePattern(rf"[\\`*_~!\[\]<&{{{MASK}-{SPACE_MASK}]")
_TOKEN = LatePattern(rf"\\.|`+|\*+|_+|~~+|!?\[|\]|<|&|\{{[:#. ]|{ANY_MASK}", re.DOTALL)
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_AUTOLINK = LatePattern(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>]*)>")
_AUTOMAIL = LatePattern(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>"
)
_ATTRIBUTES = LatePattern(r"\{(?::[^{}\r\n]*|[ ]?[#.][A-Za-z][^{}\r\n]*)\}")
_EMPTY_COMMENT = LatePattern(r"<!---?>")
_FOOTNOTE = LatePattern(r"\[\^[^\]\s\[]{1,200}\]")
_SPACE = LatePattern(r"[ \t\r\n]*")
_POINTY = LatePattern(r"<((?:[^<>\r\n\\]|\\.)*)>")
_BARE_STOP = LatePattern(r"[\x00-\x20\x7f()\\]")
_TITLE = LatePattern(r'"((?:[^"\\]|\\.)*+)"|\'((?:[^\'\\]|\\.)*+)\'|\(((?:[^()\\]|\\.)*+)\)', re.DOTALL)
_CODE_RUN = LatePattern(r"`+")
_BLANK = LatePattern(r"(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]")


class Edit(NamedTuple):
    """A stretch of the text that is not seen as it stands: ``text`` is what it stands for."""

    start: int
    end: int
    text: str = ""


class Reference(Struct, frozen=True):
    """The target a reference definition gives a label; ``title`` is the span of its title, if it has one."""

    target: str
    title: tuple[int, int] | None


def normalised_label(label: str) -> str:
    """The key of a reference label: white space collapsed, case folded."""
    return " ".join(label.split()).casefold()


class Inline(Struct):
    """What an inline text holds: its own runs, and the blocks that stand in it (alternative texts, titles)."""

    runs: list[Run] = []
    extras: list[tuple[Role, list[Run]]] = []


class _Delimiter(Struct):
    mark: str
    start: int
    count: int
    opens: bool
    closes: bool
    length: int


class _Bracket(Struct):
    start: int
    is_image: bool
    delimiters: int


class InlineScanner:
    """Scans inline text of one file. ``references`` are the file's definitions by normalised label."""

    def __init__(self, masked: Masked, references: dict[str, Reference], build: SourceBuilder) -> None:
        self._masked = masked
        self._references = references
        self._build = build
        self._titled: set[tuple[int, int]] = set()

    def scan(self, text: str, start: int) -> Inline:
        """What a visitor sees of ``text``, which stands at ``start`` of the file (gaps masked by spaces)."""
        if not _SPECIAL.search(text):
            return Inline([(text, start, start + len(text))])
        return _Scan(text, start, self._masked, self._references, self._build, self._titled).result()


class _Scan:
    """One inline text on its way through the scanner."""

    def __init__(
        self,
        text: str,
        base: int,
        masked: Masked,
        references: dict[str, Reference],
        build: SourceBuilder,
        titled: set[tuple[int, int]],
    ) -> None:
        self._text = text
        self._base = base
        self._masked = masked
        self._references = references
        self._build = build
        self._titled = titled
        self._edits: list[Edit] = []
        self._delimiters: list[_Delimiter] = []
        self._brackets: list[_Bracket] = []
        self._dead_below = 0
        self._last_bracket = -1
        self._zones: list[tuple[int, int]] = []
        self._extras: list[tuple[int, Role, list[Run]]] = []
        self._backticks: dict[int, list[int]] | None = None
        self._ends = ElementEnds(text)
        self._declarations = Declarations(text)
        self._comment_end = NextFinder.of_string(text, "-->")

    def result(self) -> Inline:
        self._walk()
        self._match_emphasis(0)
        self._edits.sort()
        zones = _outermost(self._zones)
        extras = list(self._extras)
        for start, end in zones:
            extras.append((start, Role.ALT, list(self._runs(start, end, self._edits))))
        extras.sort(key=lambda extra: extra[0])
        visible = sorted(
            [*self._edits, *(Edit(start, end, " ") for start, end in zones)], key=lambda e: (e.start, -e.end)
        )
        runs = list(self._runs(0, len(self._text), visible))
        return Inline(runs, [(role, runs_) for _, role, runs_ in extras])

    def _walk(self) -> None:
        text, at = self._text, 0
        while special := _SPECIAL.search(text, at):
            token = _TOKEN.match(text, special.start())
            at = self._token(token) if token else special.end()

    def _token(self, token: re.Match[str]) -> int:
        """Take one token; the offset at which the next one is looked for."""
        start, end = token.span()
        match self._text[start]:
            case "\\":
                return self._escape(start, end)
            case "`":
                return self._code(start, end)
            case "*" | "_" | "~":
                return self._delimiter(start, end)
            case "[" | "!":
                return self._open_bracket(start, end)
            case "]":
                return self._close_bracket(start)
            case "<":
                return self._angle(start)
            case "&":
                return self._entity(start)
            case "{":
                return self._attributes(start)
            case _:
                return self._template(start, end)

    # Atoms

    def _escape(self, start: int, end: int) -> int:
        escaped = self._text[start + 1]
        if escaped in _ESCAPABLE:
            self._edit(start, end, escaped)
        elif escaped in "\r\n":
            self._edit(start, start + 1)
        else:
            return start + 1
        return end

    def _entity(self, start: int) -> int:
        match = ENTITY.match(self._text, start)
        decoded = decoded_entity(match) if match else None
        if match is None or decoded is None:
            return start + 1
        self._edit(start, match.end(), decoded)
        return match.end()

    def _attributes(self, start: int) -> int:
        match = _ATTRIBUTES.match(self._text, start)
        if not match:
            return start + 1
        self._leave_out(start, match.end(), "attributes")
        return match.end()

    def _template(self, start: int, end: int) -> int:
        mark = self._masked.mark_at(self._base + start)
        if mark is None:
            return end
        end = mark.end - self._base
        self._leave_out(start, end, "template mark", shown_mask(mark.kind.value))
        for role, runs in template_blocks(self._masked, start + self._base):
            self._extras.append((start, role, runs))
        return end

    def _code(self, start: int, end: int) -> int:
        close = self._closing_backticks(end, end - start)
        if close is None:
            return end
        self._leave_out(start, close, "code", GAP)
        return close

    def _closing_backticks(self, start: int, length: int) -> int | None:
        if self._backticks is None:
            self._backticks = {}
            for run in _CODE_RUN.finditer(self._text):
                self._backticks.setdefault(run.end() - run.start(), []).append(run.start())
            for positions in self._backticks.values():
                positions.reverse()
        positions = self._backticks.get(length, [])
        while positions and positions[-1] < start:
            positions.pop()
        return positions[-1] + length if positions else None

    # Angle brackets

    def _angle(self, start: int) -> int:
        text = self._text
        for kind, pattern in (("link", _AUTOLINK), ("mail", _AUTOMAIL)):
            if match := pattern.match(text, start):
                self._edit(start, start + 1)
                self._edit(match.end() - 1, match.end())
                report_target(match[1], self._base + start + 1, self._build, kind)
                return match.end()
        if text.startswith("<!--", start):
            return self._comment(start)
        if text[start + 1 : start + 2] in ("?", "!"):
            return self._declaration(start)
        match = TAG.match(text, start)
        return self._tag(match) if match else start + 1

    def _comment(self, start: int) -> int:
        empty = _EMPTY_COMMENT.match(self._text, start)
        close, end = (start + 4, empty.end()) if empty else self._comment_end.after(start + 4)
        if end < 0:
            return start + 1
        body = self._text[start + 4 : close]
        self._build.comment(body.strip(), self._base + start, self._base + end)
        self._leave_out(start, end, "comment")
        return end

    def _declaration(self, start: int) -> int:
        end = self._declarations.end(start)
        if end is None:
            return start + 1
        self._leave_out(start, end, "declaration")
        return end

    def _tag(self, match: re.Match[str]) -> int:
        tag = Tag(match)
        end = match.end()
        for role, runs in attribute_blocks(tag, self._base, self._build):
            self._extras.append((match.start(), role, runs))
        if tag.is_unread and (close := self._ends.after(tag.name, end)) is not None:
            self._leave_out(match.start(), close, tag.name, " ")
            return close
        self._edit(match.start(), end, " " if is_breaking(tag.name) else "")
        return end

    # Emphasis

    def _delimiter(self, start: int, end: int) -> int:
        mark = self._text[start]
        if mark == "~" and end - start != 2:
            return end
        before = self._text[start - 1] if start else "\n"
        after = self._text[end] if end < len(self._text) else "\n"
        left, right = _flanks(before, after)
        if mark == "_":
            left, right = (
                left and (not right or _is_punctuation(before)),
                right and (not left or _is_punctuation(after)),
            )
        if left or right:
            self._delimiters.append(_Delimiter(mark, start, end - start, left, right, end - start))
        return end

    def _match_emphasis(self, bottom: int) -> None:
        """Pair the delimiters from ``bottom`` on and drop them (CommonMark, "process emphasis")."""
        openers: list[_Delimiter] = []
        floor: dict[tuple[str, bool, int], int] = {}
        for delimiter in self._delimiters[bottom:]:
            if delimiter.closes:
                self._close(delimiter, openers, floor)
            if delimiter.opens and delimiter.count:
                openers.append(delimiter)
        del self._delimiters[bottom:]

    def _close(self, closer: _Delimiter, openers: list[_Delimiter], floor: dict[tuple[str, bool, int], int]) -> None:
        key = (closer.mark, closer.opens, closer.length % 3)
        while closer.count:
            at = _opener_for(closer, openers, floor.get(key, -1))
            if at is None:
                floor[key] = closer.start
                return
            del openers[at + 1 :]
            self._pair(openers[at], closer)
            if not openers[at].count:
                openers.pop()

    def _pair(self, opener: _Delimiter, closer: _Delimiter) -> None:
        used = 2 if opener.count >= 2 and closer.count >= 2 else 1
        opener.count -= used
        self._edit(opener.start + opener.count, opener.start + opener.count + used)
        self._edit(closer.start, closer.start + used)
        closer.start += used
        closer.count -= used

    # Links and images

    def _open_bracket(self, start: int, end: int) -> int:
        note = _FOOTNOTE.match(self._text, start)
        if note and normalised_label(note.group()[1:-1]) in self._references:
            self._edit(start, note.end())
            return note.end()
        self._brackets.append(_Bracket(start, end - start == 2, len(self._delimiters)))
        self._last_bracket = start
        return end

    def _close_bracket(self, start: int) -> int:
        inner_is_flat = bool(self._brackets) and self._last_bracket == self._brackets[-1].start
        self._last_bracket = start
        if not self._brackets:
            return start + 1
        bracket = self._brackets.pop()
        if not bracket.is_image and len(self._brackets) < self._dead_below:
            return start + 1
        tail = self._inline_tail(start + 1, bracket) or self._reference_tail(bracket, start, inner_is_flat)
        if tail is None:
            return start + 1
        return self._link(bracket, start, *tail)

    def _link(self, bracket: _Bracket, close: int, end: int, title: tuple[int, int] | None) -> int:
        self._match_emphasis(bracket.delimiters)
        opening = 2 if bracket.is_image else 1
        self._edit(bracket.start, bracket.start + opening)
        self._edit(close, end)
        if title:
            self._extras.append((close, Role.TITLE, self._title_runs(title)))
        if bracket.is_image:
            self._zones.append((bracket.start + opening, close))
        else:
            self._dead_below = len(self._brackets)
        return end

    def _title_runs(self, title: tuple[int, int]) -> list[Run]:
        if title[0] >= self._base and title[1] <= self._base + len(self._text):
            start = title[0] - self._base
            return list(decoded_runs(self._text[start : title[1] - self._base], title[0]))
        return list(decoded_runs(self._masked.text[title[0] : title[1]], title[0]))

    def _inline_tail(self, start: int, bracket: _Bracket) -> tuple[int, tuple[int, int] | None] | None:
        """The end and title of ``(target "title")`` at ``start``."""
        if self._text[start : start + 1] != "(":
            return None
        tail = link_tail(self._text, _past_space(self._text, start + 1))
        if tail is None:
            return None
        target, at, title = tail
        at = _past_space(self._text, at)
        if self._text[at : at + 1] != ")":
            return None
        if not bracket.is_image:
            report_target(self._text[slice(*target)], self._base + target[0], self._build)
        return at + 1, (self._base + title[0], self._base + title[1]) if title else None

    def _reference_tail(
        self, bracket: _Bracket, close: int, is_flat: bool
    ) -> tuple[int, tuple[int, int] | None] | None:
        if not self._references:
            return None
        inner = bracket.start + (2 if bracket.is_image else 1)
        end = close + 1
        label = self._text[inner:close] if is_flat and close - inner <= MAX_LABEL else None
        if explicit := reference_label(self._text, close + 1):
            label, end = explicit[0], explicit[1]
        elif self._text.startswith("[]", close + 1):
            end = close + 3
        reference = self._references.get(normalised_label(label)) if label else None
        if reference is None:
            return None
        title = reference.title
        if title in self._titled:
            return end, None
        if title:
            self._titled.add(title)
        return end, title

    # Edits

    def _edit(self, start: int, end: int, text: str = "") -> None:
        self._edits.append(Edit(start, end, text))

    def _leave_out(self, start: int, end: int, reason: str, text: str = "") -> None:
        self._edit(start, end, text)
        self._build.leave_out(self._base + start, self._base + end, reason)

    def _runs(self, start: int, end: int, edits: list[Edit]) -> Iterator[Run]:
        at = start
        for index in range(bisect_left(edits, (start,)), len(edits)):
            edit = edits[index]
            if edit.start < at:
                continue
            if edit.end > end:
                break
            if edit.start > at:
                yield self._text[at : edit.start], self._base + at, self._base + edit.start
            if edit.text:
                yield edit.text, self._base + edit.start, self._base + edit.end
            at = edit.end
        if at < end:
            yield self._text[at:end], self._base + at, self._base + end


_DECODABLE = LatePattern(r"\\[!-/:-@\[-`{-~]|&[#A-Za-z][A-Za-z0-9]{1,31};|" + MASKED.pattern)


def decoded_runs(text: str, start: int) -> Iterator[Run]:
    """The runs of a title: its text with escapes and character references decoded."""
    at = 0
    for match in _DECODABLE.finditer(text):
        decoded = _decoded(match.group())
        if decoded is None:
            continue
        yield text[at : match.start()], start + at, start + match.start()
        yield decoded, start + match.start(), start + match.end()
        at = match.end()
    yield text[at:], start + at, start + len(text)


def _decoded(token: str) -> str | None:
    if token[0] == "\\":
        return token[1]
    if token[0] != "&":
        return shown_mask(token)
    match = ENTITY.fullmatch(token)
    return decoded_entity(match) if match else None


def reference_label(text: str, start: int) -> tuple[str, int] | None:
    """The label in brackets at ``start`` and the offset after it."""
    match = _LABEL.match(text, start)
    return (match[1], match.end()) if match and match[1].strip() else None


_LABEL = LatePattern(r"\[((?:[^\[\]\\]|\\.){1,999}+)\]", re.DOTALL)


def link_tail(text: str, start: int) -> tuple[tuple[int, int], int, tuple[int, int] | None] | None:
    """The span of a link target at ``start``, the offset after target and title, and the title's span."""
    target = _target(text, start)
    if target is None:
        return None
    (begin, end), at = target
    title_at = _past_space(text, at)
    match = _TITLE.match(text, title_at) if title_at > at else None
    if match and not _BLANK.search(match.group()):
        return (begin, end), match.end(), match.span(match.lastindex or 0)
    return (begin, end), at, None


def _target(text: str, start: int) -> tuple[tuple[int, int], int] | None:
    if text[start : start + 1] == "<":
        match = _POINTY.match(text, start)
        return (match.span(1), match.end()) if match else None
    end = _bare_end(text, start)
    return None if end is None else ((start, end), end)


def _bare_end(text: str, start: int) -> int | None:
    """Where a target without angle brackets ends; None if its parentheses do not balance."""
    depth, at = 0, start
    while stop := _BARE_STOP.search(text, at):
        at = stop.start()
        sign = text[at]
        if sign == "\\":
            at += 2
            continue
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign not in "()" or depth < 0 or depth > MAX_PARENTHESES:
            return at if depth <= 0 else None
        at += 1
    return len(text) if depth == 0 else None


def _past_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _outermost(zones: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for zone in sorted(zones, key=lambda z: (z[0], -z[1])):
        if not kept or zone[0] >= kept[-1][1]:
            kept.append(zone)
    return kept


def _opener_for(closer: _Delimiter, openers: list[_Delimiter], floor: int) -> int | None:
    for at in range(len(openers) - 1, -1, -1):
        opener = openers[at]
        if opener.start < floor:
            return None
        if opener.mark == closer.mark and not _breaks_rule_of_three(opener, closer):
            return at
    return None


def _breaks_rule_of_three(opener: _Delimiter, closer: _Delimiter) -> bool:
    if not (opener.closes or closer.opens) or opener.mark == "~":
        return False
    return (opener.length + closer.length) % 3 == 0 and not (opener.length % 3 == 0 and closer.length % 3 == 0)


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    """Whether a delimiter run between these characters is left-flanking, and right-flanking."""
    space_before, space_after = before.isspace(), after.isspace()
    punctuation_before, punctuation_after = _is_punctuation(before), _is_punctuation(after)
    left = not space_after and (not punctuation_after or space_before or punctuation_before)
    right = not space_before and (not punctuation_before or space_after or punctuation_after)
    return left, right


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return character in _ESCAPABLE
    return unicodedata.category(character)[0] in "PS"
