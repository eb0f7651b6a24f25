"""Which concepts occur around a mention at all: for rules about what a page leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from menulint.claims.page import WordHit
from menulint.source import Role, Source

_WIDE = ("row", "list", "answer", "section")


class Surroundings:
    """Concept ids per block, section and page, from the hits of all blocks."""

    def __init__(self, source: Source, hits: Iterable[WordHit]) -> None:
        self._source = source
        self._blocks: dict[int, set[str]] = defaultdict(set)
        self._sections: dict[tuple[int, ...], set[str]] = defaultdict(set)
        page: set[str] = set()
        for hit in hits:
            if concept := hit.entry.concept:
                self._blocks[hit.block].add(concept)
                self._sections[self._home(hit.block)].add(concept)
                page.add(concept)
        self._page = frozenset(page)
        self._made: dict[int, Mapping[str, frozenset[str]]] = {}

    def of(self, block: int) -> Mapping[str, frozenset[str]]:
        """Concepts by scope, as seen from one block."""
        if block not in self._made:
            section = frozenset(self._sections.get(self._home(block), ()))
            self._made[block] = {
                "block": frozenset(self._blocks.get(block, ())),
                **dict.fromkeys(_WIDE, section),
                "page": self._page,
            }
        return self._made[block]

    def _home(self, index: int) -> tuple[int, ...]:
        block = self._source.blocks[index]
        return (*block.section, index) if block.role is Role.HEADING else block.section
