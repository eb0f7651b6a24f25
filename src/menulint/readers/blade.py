"""Blade, the templates of Laravel: HTML with ``{{ }}``, ``{!! !!}``, ``{{-- --}}``, ``@directives`` and components."""

from __future__ import annotations

from menulint.readers.base import SourceBuilder
from menulint.readers.html import mask_page, read_fragment
from menulint.readers.template_marks import BLADE, find_directives, read_in_place


class BladeReader:
    """Reads Blade templates."""

    name = "blade"
    extensions = frozenset({".blade.php"})

    def recognises(self, text: str) -> bool:
        """Never: the name says it."""
        return False

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the page, and the copy quoted in its marks and directives."""
        start = 1 if text.startswith("\ufeff") else 0
        masked = mask_page(text, start, len(text), BLADE)
        masked = masked.with_marks(read_in_place(text, find_directives(masked.text, start, len(text))))
        read_fragment(text, start, len(text), build, masked=masked)


READER = BladeReader()
