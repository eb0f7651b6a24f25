"""Svelte components: scripts as code, markup as a page whose braces hold expressions or steer."""

from __future__ import annotations

import re

from menulint.readers.base import SourceBuilder
from menulint.readers.brace_marks import find_expressions
from menulint.readers.host_page import HostPage, expression_marks
from menulint.readers.template_marks import Masked

_TYPED = re.compile(r"<script\b[^>]*\blang\s*=\s*[\"']?ts\b", re.IGNORECASE)
_RECOGNISED = re.compile(r"\{#(?:if|each|await|key|snippet) |\{@(?:html|render|const) |<svelte:")


class SvelteReader:
    """Reads Svelte components."""

    name = "svelte"
    extensions = frozenset({".svelte"})

    def recognises(self, text: str) -> bool:
        """Whether there is a tag, and a mark that only Svelte has."""
        return "<" in text and "{{#" not in text and bool(_RECOGNISED.search(text))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of scripts and markup."""
        start, end = 1 if text.startswith("\ufeff") else 0, len(text)
        expressions = find_expressions(text, start, end, nested=False)
        masked = Masked(text, expression_marks(text, expressions))
        grammar = "typescript" if _TYPED.search(text) else "javascript"
        by_place = {found.start: found for found in expressions}
        HostPage(masked, start, end, build, expressions=by_place, grammar=grammar, script_grammar=grammar).read()


READER = SvelteReader()
