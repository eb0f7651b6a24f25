"""What two words say together that neither says alone, wherever on the page they stand.

An injection for what a medicine is injected for hints at that medicine, though nothing names it: "excessive sweating", and in
the next cell "tiny injections". A price below "Now", beside one below "Was", is a discount. Both become mentions of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain

from menulint.claims.answers import Replies
from menulint.mention import BlockAnalysis, Mention
from menulint.source import Block, Role, Source

INJECTED = "injected"
"""The kind of reply that names the medicine which is injected for a condition."""
INJECTION, DISCOUNT, AMOUNT = "route.injection", "pressure.discount", "price.amount"
EARLIER, CURRENT = "price.earlier", "price.current"
NAMED = frozenset({"substance", "source"})
"""Facets of what is injected, where something else is named: then nothing is hinted at."""
_AMOUNTS = frozenset({AMOUNT, "price.from", "price.per-unit"})
_AROUND = " .:*"


class Hints:
    """Finds them in the analyses of one file and adds them as mentions."""

    def __init__(self, source: Source, analyses: Iterable[BlockAnalysis], replies: Replies) -> None:
        self._source, self._replies = source, replies
        self._analyses = {analysis.block: analysis for analysis in analyses}

    def added(self) -> Iterator[BlockAnalysis]:
        """Every analysis, with the mentions that hints make."""
        for analysis in self._analyses.values():
            found = [*self._injections(analysis), *self._reduced(analysis)]
            if found:
                mentions = sorted((*analysis.mentions, *found), key=lambda m: (m.start, m.end))
                yield replace(analysis, mentions=tuple(mentions))
            else:
                yield analysis

    # an injection, and what for

    def _injections(self, analysis: BlockAnalysis) -> Iterator[Mention]:
        mentions = analysis.mentions
        if not any(mention.concept == INJECTION for mention in mentions):
            return
        block = self._source.blocks[analysis.block]
        if any(m.facet in NAMED for m in chain(mentions, *self._around(block))):
            return
        for mention in mentions:
            if mention.concept == INJECTION and (hinted := self._hinted_at(mention, mentions, block)):
                concept, trigger = hinted
                yield mention._replace(concept=concept, trigger=trigger)

    def _hinted_at(self, injection: Mention, beside: Iterable[Mention], block: Block) -> tuple[str, bool] | None:
        """The medicine injected for what stands in the same sentence, else in the cells, question or heading around."""
        said = [mention for mention in beside if mention.sentence == injection.sentence]
        for mention in chain(said, *self._around(block)):
            if hinted := self._replies.get((INJECTED, mention.concept)):
                return hinted
        return None

    def _around(self, block: Block) -> Iterator[tuple[Mention, ...]]:
        """What the other cells of the row, the question before, and the nearest heading say."""
        indexes = [*self._rows.get((block.group, block.row), ())] if block.group is not None else []
        before = self._analyses.get(block.index - 1)
        if before is not None and before.sentences and before.sentences[-1].question:
            indexes.append(before.block)
        for index in dict.fromkeys((*indexes, *block.section[-1:])):
            if index != block.index and index in self._analyses:
                yield self._analyses[index].mentions

    @cached_property
    def _rows(self) -> Mapping[tuple[int | None, int | None], list[int]]:
        """The cells of each row; the items of a list have no column and are no row."""
        rows: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
        for index in self._analyses:
            block = self._source.blocks[index]
            if block.group is not None and block.column is not None:
                rows[block.group, block.row].append(index)
        return rows

    # two prices

    def _reduced(self, analysis: BlockAnalysis) -> Iterator[Mention]:
        block = self._source.blocks[analysis.block]
        if block.role is not Role.TABLE_CELL or not block.row or (block.group, block.column) not in self._current:
            return
        price = next((mention for mention in analysis.mentions if mention.concept in _AMOUNTS), None)
        if price is not None:
            yield price._replace(concept=DISCOUNT, trigger=True)

    @cached_property
    def _current(self) -> frozenset[tuple[int | None, int | None]]:
        """The columns of prices that are lower than those of another column: ("group", "column") each."""
        earlier: set[int | None] = set()
        current: set[tuple[int | None, int | None]] = set()
        for index, analysis in self._analyses.items():
            block = self._source.blocks[index]
            if not block.header or block.row != 0 or block.group is None:
                continue
            whole = {m.concept for m in analysis.mentions if m.text == block.text.strip(_AROUND)}
            if EARLIER in whole:
                earlier.add(block.group)
            if CURRENT in whole:
                current.add((block.group, block.column))
        return frozenset(column for column in current if column[0] in earlier)
