"""HTML inside Markdown: tags are dropped, what they show stays.

Tags follow CommonMark's grammar of raw HTML. A block of HTML is cut at block-level tags; the Markdown around it is none
of this module's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from menulint.late import LatePattern
from menulint.readers.base import Run, SourceBuilder
from menulint.readers.masks import ANY_MASK, HAS_MASK, MASKED, shown_mask
from menulint.readers.template_marks import Masked, NextFinder, template_blocks
from menulint.readers.wording import reads_like_words
from menulint.source import Role

ENTITY = LatePattern(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31};));?")

_ATTRIBUTE = r"""[A-Za-z_:@][\w.:@-]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+"""
TAG = LatePattern(
    rf"<(?:/([A-Za-z][A-Za-z0-9-]*+)\s*+|([A-Za-z][A-Za-z0-9-]*+|[A-Z][A-Za-z0-9.]*+)((?:\s++{_ATTRIBUTE})*+)\s*+/?)>"
)
_ATTRIBUTE_PARTS = LatePattern(r"""([A-Za-z_:@][\w.:@-]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?+""")
_DECLARATION = LatePattern(r"<(?:\?|!\[CDATA\[|![A-Za-z])")
_HTML_TOKEN = LatePattern(rf"<|&|{ANY_MASK}")

_UNREAD = frozenset({"script", "style", "template", "svg", "noscript", "iframe", "object", "code"})
_END_TAGS = {name: LatePattern(rf"</{name}\s{{0,50}}>", re.IGNORECASE) for name in _UNREAD}
_MAX_NESTING = 64
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})
_BLOCK_LEVEL = frozenset(
    """address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link
    main menu menuitem nav noframes ol optgroup option p param pre search section summary table tbody td textarea tfoot
    th thead title tr track ul button script style template""".split()
)
_ROLES = {
    "li": Role.LIST_ITEM,
    "td": Role.TABLE_CELL,
    "th": Role.TABLE_CELL,
    "button": Role.BUTTON,
    "caption": Role.CAPTION,
    "figcaption": Role.CAPTION,
    "title": Role.TITLE,
}
_READ_ATTRIBUTES = {
    "alt": Role.ALT,
    "title": Role.TITLE,
    "aria-label": Role.STRING,
    "placeholder": Role.STRING,
    "caption": Role.CAPTION,
}
_PLACE_OF_LISTS = ("ul", "ol", "menu")


class Tag:
    """A start or end tag, from a match of ``TAG``; ``name`` is empty for a declaration or instruction."""

    def __init__(self, match: re.Match[str]) -> None:
        self.is_end = match[1] is not None
        self.name = (match[1] or match[2] or "").lower()
        self.is_component = bool(match[2]) and match[2][0].isupper()
        self._attributes = match[3] or ""
        self._start = match.start(3)

    @property
    def is_unread(self) -> bool:
        """Whether what stands in the element is never seen as text."""
        return not self.is_end and self.name in _UNREAD

    def attributes(self) -> Iterator[tuple[str, str, int]]:
        """The name, raw value and value's offset of each attribute that has a value."""
        for match in _ATTRIBUTE_PARTS.finditer(self._attributes):
            part = match.lastindex or 0
            if part > 1:
                yield match[1].lower(), match[part], self._start + match.start(part)


def is_breaking(name: str) -> bool:
    """Whether the tag parts the words on its two sides."""
    return name in _BLOCK_LEVEL or name in ("br", "img", "input")


class Declarations:
    """Finds the ends of declarations, processing instructions and CDATA sections."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._finders = {closer: NextFinder.of_string(text, closer) for closer in ("?>", "]]>", ">")}

    def end(self, start: int) -> int | None:
        """The offset after the one that begins at ``start``; None if none does, or it does not end."""
        opening = _DECLARATION.match(self._text, start)
        if opening is None:
            return None
        closer = {"<?": "?>", "<![CDATA[": "]]>"}.get(opening.group(), ">")
        _, end = self._finders[closer].after(opening.end())
        return end if end >= 0 else None


class ElementEnds:
    """Finds the end tags of elements whose content is not read, in one pass per name."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._finders: dict[str, NextFinder] = {}

    def after(self, name: str, start: int) -> int | None:
        """The offset after the first end tag of ``name`` at or after ``start``."""
        if name not in self._finders:
            self._finders[name] = NextFinder.of_pattern(self._text, _END_TAGS[name])
        _, end = self._finders[name].after(start)
        return end if end >= 0 else None


def attribute_blocks(tag: Tag, base: int, build: SourceBuilder) -> Iterator[tuple[Role, list[Run]]]:
    """The attributes of a tag that a visitor reads; its link is reported as a signal."""
    for name, value, at in tag.attributes():
        if name == "href" and tag.name in ("a", "area"):
            report_target(value, base + at, build)
        elif role := _READ_ATTRIBUTES.get(name):
            yield role, list(entity_runs(value, base + at))
        elif tag.is_component and reads_like_words(value, name):
            yield Role.STRING, list(entity_runs(value, base + at))


def report_target(target: str, start: int, build: SourceBuilder, kind: str = "link") -> None:
    """Report what a link leads to: a page, a mailbox or a telephone."""
    scheme, _, rest = target.partition(":")
    if scheme.lower() in ("tel", "mailto") and rest:
        kind, start, target = ("tel" if scheme.lower() == "tel" else "mail"), start + len(scheme) + 1, rest
    if not HAS_MASK.search(target):
        build.signal(kind, target, start, start + len(target))


def entity_runs(text: str, start: int) -> Iterator[Run]:
    """The runs of a text in which only character references stand for something else."""
    at = 0
    for match in _REFERENCE.finditer(text):
        decoded = decoded_entity(match) if match.group()[0] == "&" else shown_mask(match.group())
        if decoded is None:
            continue
        yield text[at : match.start()], start + at, start + match.start()
        yield decoded, start + match.start(), start + match.end()
        at = match.end()
    yield text[at:], start + at, start + len(text)


def decoded_entity(match: re.Match[str]) -> str | None:
    """What a character reference stands for; None if it is none (CommonMark wants the semicolon)."""
    if not match.group().endswith(";"):
        return None
    decimal, hexadecimal, name = match.groups()
    if name:
        from html.entities import html5

        return html5.get(name)
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "\ufffd"


_REFERENCE = LatePattern(ENTITY.pattern + f"|{MASKED.pattern}")


class _Group(Struct):
    number: int
    intro: int | None
    row: int = -1
    column: int = -1


class HtmlBlocks:
    """Reads the HTML blocks of one Markdown file; lists and tables stay open from one block to the next."""

    def __init__(self, masked: Masked, build: SourceBuilder) -> None:
        self._masked = masked
        self._build = build
        self._lists: list[_Group] = []
        self._tables: list[_Group] = []
        self._runs: list[Run] = []
        self._extras: list[tuple[Role, list[Run]]] = []
        self._pending: list[Callable[[], object]] = []
        self._element = ""
        self._after_group = False
        self._quotations = 0
        self._quoted = False

    def read(self, text: str, base: int, *, quoted: bool) -> None:
        """Report what one block of HTML shows; ``text`` stands at ``base`` of the file."""
        self._quoted = quoted
        self._comment_end = NextFinder.of_string(text, "-->")
        self._declarations = Declarations(text)
        self._ends = ElementEnds(text)
        at = shown = 0
        while token := _HTML_TOKEN.search(text, at):
            at = token.start() + 1
            self._pending = []
            if end := self._token(text, token, base):
                self._take(text, shown, token.start(), base)
                self._apply()
                at = shown = end
        self._take(text, shown, len(text), base)
        self._flush()

    def _take(self, text: str, start: int, end: int, base: int) -> None:
        if start < end:
            self._runs.append((text[start:end], base + start, base + end))

    def _apply(self) -> None:
        pending, self._pending = self._pending, []  # none stays: they hold what holds them
        for action in pending:
            action()

    def _token(self, text: str, token: re.Match[str], base: int) -> int | None:
        """The end of a tag, comment, reference or mark; what it does waits until the text before it is taken."""
        start, end = token.span()
        if token.group() == "&":
            return self._reference(text, start, base)
        if token.group() != "<":
            return self._template(start, end, base)
        if text.startswith("<!--", start):
            return self._comment(text, start, base)
        if text[start + 1 : start + 2] in ("?", "!"):
            return self._declaration(text, start, base)
        tag = TAG.match(text, start)
        return self._tag(text, tag, base) if tag else None

    def _reference(self, text: str, start: int, base: int) -> int | None:
        match = ENTITY.match(text, start)
        decoded = decoded_entity(match) if match else None
        if match is None or decoded is None:
            return None
        self._pending.append(partial(self._runs.append, (decoded, base + start, base + match.end())))
        return match.end()

    def _template(self, start: int, end: int, base: int) -> int | None:
        mark = self._masked.mark_at(base + start)
        if mark is None:
            return None
        end = mark.end - base
        self._build.leave_out(base + start, base + end, "template mark")
        self._pending.append(partial(self._runs.append, (shown_mask(mark.kind.value), base + start, base + end)))
        self._extras += template_blocks(self._masked, base + start)
        return end

    def _comment(self, text: str, start: int, base: int) -> int | None:
        close, end = self._comment_end.after(start + 4)
        if end < 0:
            close = end = len(text)
        self._build.comment(text[start + 4 : close].strip(), base + start, base + end)
        self._build.leave_out(base + start, base + end, "comment")
        return end

    def _declaration(self, text: str, start: int, base: int) -> int:
        end = self._declarations.end(start) or len(text)
        self._build.leave_out(base + start, base + end, "declaration")
        return end

    def _tag(self, text: str, match: re.Match[str], base: int) -> int:
        tag = Tag(match)
        end = match.end()
        if tag.is_unread:
            close = self._ends.after(tag.name, end)
            end = len(text) if close is None else close
            self._build.leave_out(base + match.start(), base + end, tag.name)
        self._pending.append(partial(self._place, tag, match.start() + base, end + base))
        self._pending.append(partial(self._attributes, tag, base))
        return end

    def _attributes(self, tag: Tag, base: int) -> None:
        self._extras += attribute_blocks(tag, base, self._build)

    # Places

    def _place(self, tag: Tag, start: int, end: int) -> None:
        """Let a tag end the block before it and say what the next one is."""
        if tag.name == "br":
            self._runs.append((" ", start, end))
        if tag.name not in _BLOCK_LEVEL:
            return
        self._flush()
        self._element = "" if tag.is_end else tag.name
        if tag.name in _PLACE_OF_LISTS or tag.name == "table":
            self._nest(tag)
        elif tag.name == "blockquote":
            self._quotations = max(0, self._quotations + (-1 if tag.is_end else 1))
        elif not tag.is_end:
            self._count(tag.name)

    def _nest(self, tag: Tag) -> None:
        stack = self._tables if tag.name == "table" else self._lists
        if not tag.is_end:
            stack.append(_Group(self._build.new_group(), self._intro()))
            del stack[:-_MAX_NESTING]
        elif stack:
            stack.pop()

    def _intro(self) -> int | None:
        return None if self._after_group else self._build.last_index()

    def _count(self, name: str) -> None:
        if name == "li" and self._lists:
            self._lists[-1].row += 1
        elif name == "tr" and self._tables:
            self._tables[-1].row += 1
            self._tables[-1].column = -1
        elif name in _CELLS and self._tables:
            self._tables[-1].column += 1

    def _flush(self) -> None:
        runs, extras = self._runs, self._extras
        self._runs, self._extras = [], []
        role = _ROLES.get(self._element, Role.PARAGRAPH)
        level = _HEADINGS.get(self._element, 0)
        quoted = self._quoted or self._quotations > 0
        place = self._row(role)
        if (
            runs
            and self._build.add(Role.HEADING if level else role, runs, level=level, quoted=quoted, **place) is not None
        ):
            self._after_group = bool(place)
        for extra_role, extra_runs in extras:
            self._build.add(extra_role, extra_runs, quoted=quoted)

    def _row(self, role: Role) -> dict[str, Any]:
        if role is Role.LIST_ITEM and self._lists:
            group = self._lists[-1]
            return {"group": group.number, "row": max(0, group.row), "intro": group.intro}
        if role is Role.TABLE_CELL and self._tables:
            group = self._tables[-1]
            place = {"group": group.number, "row": max(0, group.row), "intro": group.intro}
            return {**place, "column": group.column, "header": self._element == "th"}
        return {}
