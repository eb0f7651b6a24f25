"""Reads HTML pages: copy in blocks, as a visitor meets it, each with its exact place in the file.

Choices that are ours and not the standard's:

* ``<br>`` is a space. Two in a row begin a new block, and so does each where at least two of the lines they make name
  a price, because such lines are a menu.
* A link that is all there is of a paragraph, and short, is a button, as is one whose class says so.
* Text of attributes (``alt``, ``title``, ``aria-label``, ``placeholder``) becomes blocks right after the block its
  element stands in.
* Hidden elements are read: they are copy that a script will show.
* A tag the file ends in hides the rest of the file, as in a browser; a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from menulint.late import LatePattern
from menulint.readers.base import NOWHERE, Place, SourceBuilder
from menulint.readers.frontmatter import read_front_matter
from menulint.readers.html_context import Context
from menulint.readers.html_page import Page
from menulint.readers.template_marks import HTML, Masked, Syntax, find_marks, find_shortcodes, read_in_place
from menulint.readers.values import read_value

_RECOGNISED = LatePattern(r"<!doctype html|<(?:html|head|body|title|meta|div|p|h[1-6]|table|ul|script)\b[^<>]*>", re.I)


class HtmlReader:
    """Reads HTML and XHTML pages and parts of pages."""

    name = "html"
    extensions = frozenset({".html", ".htm", ".xhtml", ".shtml"})

    def recognises(self, text: str) -> bool:
        """Whether text of unknown name holds a tag that only a web page has, near enough to its beginning."""
        return text.lstrip("\ufeff \t\r\n").startswith("<") and bool(_RECOGNISED.search(text))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy, comments and signals of a page."""
        read_page(text, build, HTML)


def read_page(text: str, build: SourceBuilder, syntaxes: Sequence[Syntax]) -> Masked:
    """Report a whole file of HTML with such template marks in it, front matter and all; the text with its marks masked."""
    start = 1 if text.startswith("\ufeff") else 0
    if text.startswith(("---", "+++"), start):
        front = read_front_matter(text, start, build)
        for value in front.values:
            read_value(value, build)
        build.restart_outline()
        start = front.end
    masked = mask_page(text, start, len(text), syntaxes)
    read_fragment(text, start, len(text), build, masked=masked)
    return masked


def mask_page(text: str, start: int, end: int, syntaxes: Sequence[Syntax]) -> Masked:
    """``text`` with its template marks masked, and the shortcodes of a content system."""
    masked = Masked(text, read_in_place(text, find_marks(text, start, end, syntaxes)))
    return masked.with_marks(find_shortcodes(masked.text, start, end))


def read_fragment(
    text: str, start: int, end: int, build: SourceBuilder, *, lang: str | None = None, masked: Masked | None = None
) -> None:
    """Report the HTML in ``text[start:end]`` to ``build``, all offsets in ``text``.

    ``lang`` is the language outside the fragment. ``masked`` is for hosts that know their marks: ``text`` with
    its template marks masked; else the usual ones are looked for. Elements left open end with the fragment. Never
    raises on any text.
    """
    if masked is None:
        masked = mask_page(text, start, end, HTML)
    for mark in masked.marks:
        if not mark.prints:
            build.leave_out(mark.start, mark.end, "template")
    masked.report(build)
    Page(masked, start, end, build, Context(place=Place(lang=lang) if lang else NOWHERE)).read()


READER = HtmlReader()
