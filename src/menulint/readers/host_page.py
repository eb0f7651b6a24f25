"""Markup of frameworks that extend HTML (Astro, Svelte, Vue): pages with components, and code in marks and attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from menulint.readers.base import GAP, Run, SourceBuilder
from menulint.readers.brace_marks import Expression
from menulint.readers.entities import decode_references
from menulint.readers.html_page import Found
from menulint.readers.html_scan import Kind, Scanner, Span, Token, attribute_spans
from menulint.readers.script import read_script
from menulint.readers.script_markup import ATTRIBUTES, FOUND, VOID, MarkupPage, element_of
from menulint.readers.script_parts import Bag, Part, Words
from menulint.readers.script_tree import read_parts
from menulint.readers.script_writer import Writer
from menulint.readers.template_marks import Kind as MarkKind
from menulint.readers.template_marks import Mark, Masked
from menulint.source import Role

Binding = Callable[[str], str | None]
"""The name of the property that an attribute binds to an expression (``:title`` → ``title``); "" if it is code, None if it
is a plain attribute."""

_SPELT = re.compile(r"<?/?([^\s/>]*)")
_STEERING = re.compile(r"\{\s*([#:/@])\s*(\w*)")
_SCRIPT_TYPES = frozenset({"", "module", "text/javascript", "ts", "text/typescript"})
_MAY_HOLD_COPY = re.compile(r"[\"'`<]|/[*/]")
"""What an expression must hold to be worth parsing: a string, markup or a comment."""
_SCRIPT_COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+|//[^\r\n]*+")
_ONLY_COMMENTS = re.compile(rf"\s*+(?:(?:{_SCRIPT_COMMENT.pattern})\s*+)++")
_SHOWN_BY = frozenset({"html", "render"})
_ELSE = frozenset({"else", "then", "catch"})
_MOST_LEFT_OPEN = 200


def expression_marks(text: str, expressions: Sequence[Expression]) -> list[Mark]:
    """Expressions in braces as marks of a template: those of Svelte that steer leave nothing, all others a gap."""
    marks = []
    for expression in expressions:
        steering = _STEERING.match(text, expression.start, expression.end)
        kind = MarkKind.OUTPUT
        if steering and steering[2] not in _SHOWN_BY:
            kind = MarkKind.CONTROL if steering[2] in _ELSE else MarkKind.JOINING
        marks.append(Mark(expression.start, expression.end, kind, "{"))
    return marks


def bare(key: str) -> str | None:
    """Where attributes bind nothing but what stands in braces."""
    return None


class _Scanner(Scanner):
    """Any tag may close itself."""

    def is_opaque(self, name: str, tag_end: int) -> bool:
        return self._text[tag_end - 2] != "/" and super().is_opaque(name, tag_end)


class HostPage(MarkupPage):
    """One walk over such a page. ``expressions`` are the marks of ``masked``, by the place where each begins;
    ``script_grammar`` is that of the scripts that belong to the page, "" where they are none of its copy.

    The scanner sees the masks; text is read as it stands, since the markup inside expressions is read too.
    """

    def __init__(
        self,
        masked: Masked,
        start: int,
        end: int,
        build: SourceBuilder,
        *,
        expressions: Mapping[int, Expression],
        grammar: str = "tsx",
        binding: Binding = bare,
        script_grammar: str = "",
    ) -> None:
        self._writer = Writer(masked.original, build)
        super().__init__(Masked(masked.original, []), start, end, build, self._writer)
        self._masked, self._scanner = masked, _Scanner(masked.text, start, end)
        self._expressions, self._grammar, self._binding = expressions, grammar, binding
        self._script_grammar = script_grammar
        self._components: list[tuple[str, tuple[bool, int | None]]] = []

    def read(self) -> None:
        """Report everything."""
        before = self._build.enter_section()
        end = 0
        for token in self._scanner.tokens():
            end = token.end
            if token.kind is Kind.TEXT:
                self._text_with_marks(token.start, token.end)
            elif token.kind is Kind.START:
                self._open_tag(token)
            elif token.kind is Kind.END:
                self._close_tag(token)
            else:
                self._no_tag(token)
        while self._components:
            self._close_component(self._components.pop()[1], (end, end))
        self._flush()
        self._build.leave_section(before)

    # text

    def _text_with_marks(self, start: int, end: int) -> None:
        at = start
        for mark in self._masked.marks_in(start, end):
            self._copy.show(self._text[at : mark.start], at)
            self._mark(mark)
            at = mark.end
        self._copy.show(self._text[at:end], at)

    def _mark(self, mark: Mark) -> None:
        parts = self._parts_of(mark)
        if mark.kind is MarkKind.OUTPUT and not self._text.startswith("{@", mark.start):
            self.code(Bag("code", mark.start, mark.end, parts))
            return
        if mark.kind is MarkKind.CONTROL:
            self._copy.gap(mark.start, mark.end)
        for key, part in parts:
            self._data.part(key, part)

    def _parts_of(self, mark: Mark) -> list[tuple[str, Part]]:
        """What is copy in an expression, and the comments in it."""
        expression = self._expressions.get(mark.start)
        text = self._masked.original
        start, end = expression.inside if expression else (mark.start + 2, mark.end - 2)
        edits = expression.edits if expression else []
        for span in expression.comments if expression else ():
            self._build.comment(text[span[0] + 4 : span[1]].removesuffix("-->").strip(), *span)
        if not _MAY_HOLD_COPY.search(text, mark.start, mark.end):
            return []
        if expression and text[mark.start] == "`":
            start, end = mark.start, mark.end
        elif _ONLY_COMMENTS.fullmatch(text, start, end):
            self._report_comments(start, end)
            return []
        elif steering := _STEERING.match(text, mark.start, mark.end):
            start = min(steering.end(), end)
            if steering[2] == "const":
                return read_parts(text, start, end, self._grammar, self._build).entries
            if mark.kind is not MarkKind.OUTPUT:
                return []
        return read_parts(text, start, end, self._grammar, self._build, wrapped=True, edits=edits).entries

    def _report_comments(self, start: int, end: int) -> None:
        for comment in _SCRIPT_COMMENT.finditer(self._text, start, end):
            self._build.comment(comment.group().strip("/* \t\r\n"), *comment.span())
            self._build.leave_out(*comment.span(), "comment")

    # tags

    def _spelt(self, token: Token) -> str:
        """The name of a tag as it is written."""
        match = _SPELT.match(self._masked.original, token.start)
        return match[1] if match else token.name

    def _open_tag(self, token: Token) -> None:
        tag, span = self._spelt(token), (token.start, token.end)
        closed = self._text.endswith("/>", token.start, token.end)
        name, known = element_of(tag)
        is_component = tag[:1].isupper() or "-" in tag
        plain, computed = self._attribute_spans(token)
        if known:
            self._open_known(name, span, plain, computed, is_component)
            if closed and name not in VOID:
                self._end(name, token.end, token.end)
            return
        written = [(key, Words(*span, self._runs(*span))) for key, span in plain if span[0] < span[1]]
        inline = self._stands_in_text(Bag("element", token.start, token.end))
        opened = self._open_component(tag, [*written, *computed], span, inline=inline, closed=closed)
        if closed:
            self._close_component(opened, (token.end, token.end))
        else:
            self._components.append((tag, opened))

    def _open_known(
        self, name: str, span: Span, plain: list[tuple[str, Span]], computed: list[tuple[str, Part]], is_component: bool
    ) -> None:
        """The start of an element that HTML has, or of a component that stands for one."""
        found: Found = {}
        for key, value in plain:
            found.setdefault(ATTRIBUTES.get(key.lower(), key.lower()), value)
        if is_component:
            computed += [(k, Words(*s, self._runs(*s))) for k, s in plain if k.lower() not in FOUND and s[0] < s[1]]
            self._flush_for(computed)
        self._open(name, span, found)
        self._properties(name, computed, is_component=is_component)

    def _runs(self, start: int, end: int) -> list[Run]:
        return list(decode_references(self._text, start, end, attribute=True))

    def _close_tag(self, token: Token) -> None:
        tag = self._spelt(token)
        name, known = element_of(tag)
        if known:
            self._end(name, token.start, token.end)
        elif any(open_tag == tag for open_tag, _ in self._components[-_MOST_LEFT_OPEN:]):
            while self._components:
                open_tag, opened = self._components.pop()
                self._close_component(opened, (token.start, token.end))
                if open_tag == tag:
                    break

    def _speak_quoted(self, start: int, end: int, shown_as: Role | None = None) -> None:
        """Attributes are looked through by ``_attribute_spans``."""

    def _attribute_spans(self, token: Token) -> tuple[list[tuple[str, Span]], list[tuple[str, Part]]]:
        """The attributes of a tag that are written out, and the parts of those that are computed."""
        plain: list[tuple[str, Span]] = []
        computed: list[tuple[str, Part]] = []
        if token.end - token.start <= len(token.name) + 2:
            return plain, computed
        for key, (start, end) in attribute_spans(self._masked.text, token.start, token.end):
            marks = self._masked.marks_in(start, max(end, start + 1)) if self._masked.marks else ()
            bound = self._binding(key)
            if bound is not None:
                if bound and _MAY_HOLD_COPY.search(self._text, start, end):
                    parts = read_parts(self._text, start, end, self._grammar, self._build, wrapped=True).entries
                    computed += [(bound, part) for _, part in parts]
            elif marks:
                computed += self._mixed_value(key, start, end, marks)
                if key.lower() in ("href", "to"):
                    plain.append((key, (start, start)))
            else:
                plain.append((key, (start, end)))
        return plain, computed

    def _mixed_value(self, key: str, start: int, end: int, marks: Sequence[Mark]) -> list[tuple[str, Part]]:
        """The parts of a value with marks in it: ``{expression}``, or text with gaps."""
        parts = [(key, part) for mark in marks for _, part in self._parts_of(mark)]
        if len(marks) == 1 and marks[0].start <= start and marks[0].end >= end:
            return parts
        runs: list[Run] = []
        at = start
        for mark in marks:
            runs += [*self._runs(at, mark.start), (GAP, mark.start, mark.end)]
            at = mark.end
        runs += self._runs(at, max(at, end))
        return [(key, Words(start, end, runs)), *parts]

    def _raw(self, token: Token) -> None:
        if token.name == "script" and self._script_grammar and self._script_type in _SCRIPT_TYPES:
            read_script(self._text, token.start, token.end, self._build, self._script_grammar)
        else:
            super()._raw(token)
