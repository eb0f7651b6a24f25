"""Liquid, the templates of Shopify: HTML with ``{{ }}`` and ``{% %}``, and the settings of a section in ``{% schema %}``.

A schema says what an editor sees (labels, hints) and what a visitor sees until the owner writes something else: defaults,
presets, translations. Only the latter is copy. The sections ``{% javascript %}``, ``{% style %}`` are left out.
"""

from __future__ import annotations

import re

from menulint.readers.base import SourceBuilder
from menulint.readers.html import read_page
from menulint.readers.json_strings import JsonString, scan_strings
from menulint.readers.nesting import join_runs
from menulint.readers.template_marks import HTML, Mark
from menulint.readers.values import Value, read_value
from menulint.readers.wording import reads_like_words

_VALUES = re.compile(r"/(?:presets|default)(?:/.*)?/settings/[^/]+(?:/\d+)?\Z|/locales/|/default\Z")
_EDITOR_TYPES = frozenset({"header", "paragraph"})


class LiquidReader:
    """Reads Liquid templates, sections and snippets."""

    name = "liquid"
    extensions = frozenset({".liquid"})

    def recognises(self, text: str) -> bool:
        """Whether a section's settings stand in the text."""
        return "{% schema" in text or "{%- schema" in text

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the page, then what a visitor sees of the settings."""
        masked = read_page(text, build, HTML)
        build.restart_outline()
        for mark in masked.marks:
            if mark.word == "schema":
                _read_schema(text, mark, build)


READER = LiquidReader()


def _read_schema(text: str, mark: Mark, build: SourceBuilder) -> None:
    start, end = text.find("%}", mark.start, mark.end) + 2, text.rfind("{%", mark.start, mark.end)
    leaves = list(scan_strings(text, start, end))
    names = {leaf.owner: leaf.value for leaf in leaves if leaf.name == "id"}
    types = {leaf.owner: leaf.value for leaf in leaves if leaf.name == "type"}
    for leaf in leaves:
        if not _is_shown(leaf, types.get(leaf.owner, "")):
            continue
        key = names.get(leaf.owner, "") if leaf.name == "default" else leaf.name
        if not leaf.value.startswith("t:") and reads_like_words(leaf.value, key):
            value, offsets = join_runs(leaf.runs)
            read_value(Value(f"{leaf.pointer}/{key}" if key != leaf.name else leaf.pointer, value, offsets), build)


def _is_shown(leaf: JsonString, kind: str) -> bool:
    if _VALUES.search(leaf.pointer):
        return True
    return leaf.name == "content" and kind not in _EDITOR_TYPES
