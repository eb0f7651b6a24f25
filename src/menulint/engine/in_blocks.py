"""Places in files that are not text: counted in the text of a block, with the block named beside them.

Up to here such a file is one text like any other (its blocks, one below the other), so that order, overlap, folding and
suppression need not know. This is the one step that turns its places into those that are reported.
"""

from __future__ import annotations

from dataclasses import replace

from menulint.finding import BlockRef, CueRef, Edit, Finding, Fix, Place, Related, Suppressed
from menulint.source import Block, BlockIndex, Position, Source, shown


def block_ref(block: Block, source: Source) -> BlockRef:
    """Which block a place stands in; where that is all there is to see, with its text."""
    section = tuple(shown(source.blocks[i].text) for i in block.section)
    quote = shown(block.text) if source.by_block else ""
    return BlockRef(block.role.value, section, block.cell, block.page, block.box, block.pointer, quote)


class InBlocks:
    """Turns the places of one file, as found in its joined blocks, into reported ones."""

    def __init__(self, source: Source, index: BlockIndex) -> None:
        self._source, self._index = source, index

    def finding(self, found: Finding) -> Finding:
        """A finding with every place it holds."""
        return replace(
            found,
            start=self._index.shown(found.start),
            end=self._index.shown(found.end),
            related=tuple(map(self._related, found.related)),
            also=tuple(map(self._place, found.also)),
            cues=tuple(map(self.cue, found.cues)),
            fixes=tuple(map(self._fix, found.fixes)),
            suppressed=_suppressed(found.suppressed),
        )

    def cue(self, found: CueRef) -> CueRef:
        """A cue, which may stand in another block than what it decides on."""
        start, end, block = self._span(found.start, found.end)
        return replace(found, start=start, end=end, block=block)

    def _related(self, found: Related) -> Related:
        start, end, block = self._span(found.start, found.end)
        return replace(found, start=start, end=end, block=block)

    def _place(self, found: Place) -> Place:
        start, end, _ = self._span(found.start, found.end)
        fixes = tuple(map(self._fix, found.fixes))
        return replace(found, start=start, end=end, suppressed=_suppressed(found.suppressed), fixes=fixes)

    def _fix(self, found: Fix) -> Fix:
        shown = self._index.shown
        return replace(found, edits=tuple(Edit(shown(e.start), shown(e.end), e.text) for e in found.edits))

    def _span(self, start: Position, end: Position) -> tuple[Position, Position, BlockRef | None]:
        block = self._index.block_at(start)
        ref = block_ref(block, self._source) if block else None
        return self._index.shown(start), self._index.shown(end), ref


def _suppressed(why: Suppressed | None) -> Suppressed | None:
    """Its comment hangs on a block, and that has one line; line 0 is an allowance of the configuration."""
    return replace(why, line=min(why.line, 1)) if why else None
