"""Which concepts occur around a mention at all: for rules about what a page leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from menulint.claims.page import BlockWords
from menulint.source import Role, Source

_WIDE = ("row", "list", "answer", "section")


class Surroundings:
    """Concept ids per block, section and page, from the words of all blocks. Counted when the first claim asks."""

    def __init__(self, source: Source, words: Mapping[int, BlockWords]) -> None:
        self._source, self._words = source, words
        self._with_headings: dict[tuple[int, ...], frozenset[str]] = {}
        self._made: dict[int, Mapping[str, frozenset[str]]] = {}

    def of(self, block: int) -> Mapping[str, frozenset[str]]:
        """Concepts by scope, as seen from one block."""
        if block not in self._made:
            section = self._in_section(block)
            self._made[block] = {
                "block": frozenset(self._words[block].concepts if block in self._words else ()),
                **dict.fromkeys(_WIDE, section),
                "page": self._page,
            }
        return self._made[block]

    def quoted(self, block: int) -> Sequence[tuple[int, int]]:
        """The spans of a block in quotation marks, in order."""
        return self._words[block].quoted if block in self._words else ()

    def _in_section(self, index: int) -> frozenset[str]:
        """What stands in a block's own section, and in the headings that this lies under; the same to all its blocks."""
        home = self._home(index)
        if home not in self._with_headings:
            above = (self._words[heading].concepts for heading in home if heading in self._words)
            self._with_headings[home] = self._sections.get(home, frozenset()).union(*above)
        return self._with_headings[home]

    @cached_property
    def _sections(self) -> Mapping[tuple[int, ...], frozenset[str]]:
        sections: dict[tuple[int, ...], set[str]] = {}
        for index, words in self._words.items():
            sections.setdefault(self._home(index), set()).update(words.concepts)
        return {home: frozenset(concepts) for home, concepts in sections.items()}

    @cached_property
    def _page(self) -> frozenset[str]:
        return frozenset[str]().union(*self._sections.values())

    def _home(self, index: int) -> tuple[int, ...]:
        block = self._source.blocks[index]
        return (*block.section, index) if block.role is Role.HEADING else block.section
