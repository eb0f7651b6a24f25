"""Where on a page that is no seller's something may be claimed all the same, and what a claim there depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from menulint.source import Block, Role, Source

_HEADS = frozenset({Role.HEADING, Role.TITLE})


def around(source: Source, voices: Set[int], blocks: Iterable[int]) -> list[int]:
    """Those of some blocks in which a seller may be heard (``voices``), and those that say something of what is said there.

    A claim takes its parts, and how they are meant, from its own section, list and table, from headings and titles, from what
    introduces a list, and from the block before or behind one of these. Without any block of a seller's there is no claim.
    """
    candidates = list(blocks)
    if voices.isdisjoint(candidates):
        return []
    every = source.blocks
    own = [every[index] for index in voices]
    homes, groups = {_home(block) for block in own}, {block.group for block in own} - {None}
    near = {index for block in own for index in _held(block)}
    near |= {index + 1 for index in near}
    chosen = {
        index
        for index in candidates
        if index in near or every[index].role in _HEADS or _home(every[index]) in homes or every[index].group in groups
    }
    chosen.update([index for one in chosen for index in _held(every[one])])
    return [index for index in candidates if index in chosen]


def _held(block: Block) -> Iterator[int]:
    """A block, the one before it, the headings above it, and what introduces its list."""
    yield block.index
    yield block.index - 1
    yield from block.section
    if block.intro is not None:
        yield block.intro


def _home(block: Block) -> tuple[int, ...]:
    return (*block.section, block.index) if block.role is Role.HEADING else block.section
