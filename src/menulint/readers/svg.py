"""Drawings (``.svg``): the words in them. Paths, styles, scripts and names of layers are not copy.

A drawing is text, so places are those in the file. A ``text`` is a paragraph whose ``tspan`` elements with a position of
their own are its lines; ``title`` and ``desc`` are what a screen reader says, unless a drawing program wrote them.
``foreignObject`` holds HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from menulint.readers.base import Run, SourceBuilder
from menulint.readers.contacts import find_contacts
from menulint.readers.html_scan import Kind, Scanner, Token, attributes, comment_text
from menulint.readers.html_text import shown_runs
from menulint.readers.wording import reads_like_words
from menulint.source import Role

_RECOGNISED = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*|<!doctype svg[^>]{0,400}>\s*)*<svg\b", re.I
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_OF_A_PROGRAM = re.compile(
    r"created with .*|exported from .*|made with .*|slice \d*|layer.?\d*|(?:icon|ico|group|path|rectangle|artboard|frame"
    r"|fill|shape|vector|logo|asset)\b.{0,30}|[\w-]*[/_][\w/ -]*|[a-z0-9]+(?:-[a-z0-9]+)*",
    re.IGNORECASE,
)
_ROLES = {"text": Role.PARAGRAPH, "title": Role.ALT, "desc": Role.ALT}
_LINE = frozenset({"x", "y", "dy"})


class SvgReader:
    """Reads the words of a drawing."""

    name = "svg"
    extensions = frozenset({".svg"})

    def recognises(self, text: str) -> bool:
        """Whether the text begins as a drawing does."""
        return bool(_RECOGNISED.match(text.lstrip("\ufeff")))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report each ``text``, ``title`` and ``desc``."""
        _Drawing(text, build).read()


READER = SvgReader()


class _Drawing:
    """One drawing while its tokens go by."""

    def __init__(self, text: str, build: SourceBuilder) -> None:
        self._text, self._build = text, build
        self._open = ""
        self._depth = 0
        self._runs: list[Run] = []

    def read(self) -> None:
        scanner = Scanner(self._text, 1 if self._text.startswith("\ufeff") else 0, len(self._text))
        scanner.foreign = True
        html_from: int | None = None
        for token in scanner.tokens():
            is_html = token.name == "foreignobject" and token.kind in (Kind.START, Kind.END)
            if is_html and token.kind is Kind.START and html_from is None:
                html_from = token.end
            elif is_html and html_from is not None:
                self._html(html_from, token.start)
                html_from = None
            elif html_from is None:
                self._token(token)
        self._close()

    def _token(self, token: Token) -> None:
        kind, name, start, end = token
        if kind is Kind.COMMENT:
            first, last = comment_text(self._text, start, end)
            self._build.comment(self._text[first:last], start, end)
        elif kind is Kind.RAW:
            self._build.leave_out(start, end, f"{name} of a drawing")
        elif kind is Kind.START:
            self._start(token)
        elif kind is Kind.END and name == self._open:
            self._close()
        elif self._open and kind in (Kind.TEXT, Kind.CDATA):
            self._runs += self._shown(kind, start, end)

    def _start(self, token: Token) -> None:
        name = token.name
        if name in _ROLES and not (self._open == "text" and name != "text"):
            self._close()
            self._open = name if self._text[token.end - 2] != "/" else ""
        elif name == "tspan" and self._runs:
            if _LINE & attributes(self._text, token.start, token.end).keys():
                self._runs.append((" ", token.start, token.end))
        elif name == "svg":
            self._language(token)
        elif name in ("a", "image", "use"):
            self._link(token)

    def _language(self, token: Token) -> None:
        found = attributes(self._text, token.start, token.end)
        if span := found.get("xml:lang") or found.get("lang"):
            self._build.signal("lang", self._text[slice(*span)], *span)

    def _link(self, token: Token) -> None:
        found = attributes(self._text, token.start, token.end)
        span = found.get("href") or found.get("xlink:href")
        if token.name == "a" and span:
            self._build.signal("link", self._text[slice(*span)], *span)

    def _shown(self, kind: Kind, start: int, end: int) -> Iterator[Run]:
        if kind is Kind.TEXT:
            yield from shown_runs(self._text, start, end)
            return
        first = start + len("<![CDATA[")
        last = end - 3 if self._text.endswith("]]>", first, end) else end
        yield from shown_runs(self._text, first, max(first, last), references=False)

    def _close(self) -> None:
        name, runs = self._open, self._runs
        self._open, self._runs = "", []
        words = " ".join("".join(text for text, _, _ in runs).split()) if name else ""
        if not _WORD.search(words):
            return
        start, end = runs[0][1], runs[-1][2]
        of_a_program = len(words) <= 120 and _OF_A_PROGRAM.fullmatch(words)
        if name != "text" and (of_a_program or not reads_like_words(words, name)):
            self._build.leave_out(start, end, "a name in a drawing")
            return
        self._build.add(_ROLES[name], runs)
        for kind, at, to in find_contacts(self._text[start:end]):
            self._build.signal(kind, self._text[start + at : start + to], start + at, start + to)

    def _html(self, start: int, end: int) -> None:
        from menulint.readers.html import read_fragment

        self._close()
        read_fragment(self._text, start, end, self._build)
