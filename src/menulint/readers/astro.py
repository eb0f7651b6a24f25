"""Astro pages and components: code between two fences, then markup whose expressions may hold markup in turn."""

from __future__ import annotations

import re

from menulint.readers.base import SourceBuilder
from menulint.readers.brace_marks import find_expressions
from menulint.readers.host_page import HostPage, expression_marks
from menulint.readers.script import read_script
from menulint.readers.template_marks import Masked

_FENCE = re.compile(r"\s*---[ \t]*(?=[\r\n])")
_CLOSE = re.compile(r"(?<=[\r\n])[ \t]*---[ \t]*(?=[\r\n]|\Z)")


class AstroReader:
    """Reads Astro files."""

    name = "astro"
    extensions = frozenset({".astro"})

    def recognises(self, text: str) -> bool:
        """Never: without its name it looks like Markdown with front matter, or HTML."""
        return False

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of code and markup."""
        start = 1 if text.startswith("\ufeff") else 0
        fence = _FENCE.match(text, start)
        close = _CLOSE.search(text, fence.end()) if fence else None
        if fence and close:
            read_script(text, fence.end(), close.start(), build, "typescript")
            start = close.end()
        read_astro_markup(text, start, len(text), build)


def read_astro_markup(text: str, start: int, end: int, build: SourceBuilder) -> None:
    """Report the markup in ``text[start:end]`` with its expressions."""
    expressions = find_expressions(text, start, end, nested=True)
    masked = Masked(text, expression_marks(text, expressions))
    HostPage(masked, start, end, build, expressions={found.start: found for found in expressions}).read()


READER = AstroReader()
