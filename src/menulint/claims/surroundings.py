"""Which concepts occur around a mention at all: for rules about what a page leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from menulint.claims.page import BlockWords
from menulint.pack.lists import WordLists
from menulint.source import Block, Role, Source

LONGEST_HEADING = 160
_SET_APART = r"(?:{articles} )?{set_apart}\b(?! {made_with}\b)[^:;–—(]*:?$"
"""A heading that begins so and names nothing further: "Alternatives to Botox: exosomes" names what stands below it."""


def sets_apart(block: Block, lists: WordLists) -> bool:
    """Whether a heading or an introduction sets apart what stands below it from what it names: "Alternatives to Botox"."""
    return len(block.text) <= LONGEST_HEADING and lists.pattern(_SET_APART).match(block.text) is not None


class Surroundings:
    """Concept ids per block, section and page, from the words of all blocks. Counted when the first claim asks.

    ``told`` are the blocks that are customers' words.
    """

    def __init__(self, source: Source, words: Mapping[int, BlockWords], told: frozenset[int], lists: WordLists) -> None:
        self._source, self._words, self._told, self._lists = source, words, told, lists
        self._with_headings: dict[tuple[int, ...], frozenset[str]] = {}

    def of(self, block: int, scope: str) -> frozenset[str]:
        """The concepts of a scope from the block upwards, as seen from one block."""
        if scope == "page":
            return self._page
        if scope == "block":
            return frozenset(self._words[block].concepts if block in self._words else ())
        return self._in_section(block)

    def quoted(self, block: int) -> Sequence[tuple[int, int]]:
        """The spans of a block in quotation marks, in order; a customer's words are one, with marks or without."""
        if block in self._told:
            return ((0, len(self._source.blocks[block].text)),)
        return self._words[block].quoted if block in self._words else ()

    def _in_section(self, index: int) -> frozenset[str]:
        """What stands in a block's own section, and in the headings that this lies under; the same to all its blocks.

        Not in those that set it apart.
        """
        home = self._home(index)
        found = self._with_headings.get(home)
        if found is None:
            apart = bool(home) and sets_apart(self._source.blocks[home[-1]], self._lists)
            above = (self._words[heading].concepts for heading in home if heading in self._words and not apart)
            found = self._with_headings[home] = self._sections.get(home, frozenset()).union(*above)
        return found

    @cached_property
    def _sections(self) -> Mapping[tuple[int, ...], frozenset[str]]:
        sections: dict[tuple[int, ...], set[str]] = {}
        for index, words in self._words.items():
            # What headings say is added to what lies under them.
            if self._source.blocks[index].role is not Role.HEADING:
                sections.setdefault(self._home(index), set()).update(words.concepts)
        return {home: frozenset(concepts) for home, concepts in sections.items()}

    @cached_property
    def _page(self) -> frozenset[str]:
        return frozenset[str]().union(*(words.concepts for words in self._words.values()))

    def _home(self, index: int) -> tuple[int, ...]:
        block = self._source.blocks[index]
        return (*block.section, index) if block.role is Role.HEADING else block.section
