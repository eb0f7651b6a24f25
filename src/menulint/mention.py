"""Terms and cues found in a block, as plain values. Offsets count in the block's text, end exclusive.

Those that are made by the thousand are named tuples, which are made in a fifth of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple


class Cue(NamedTuple):
    """Words that change how a mention is to be read.

    ``says`` is a stance (``negated``, ``warned`` …), a speaker (``seller``, ``third-party``), a zone mark
    (``zone-open``, ``zone-close``) or evidence of a genre (``genre:regulator``). ``direction`` is ConText's.
    """

    says: str
    text: str
    block: int
    start: int
    end: int
    direction: str = "FORWARD"


class Mention(NamedTuple):
    """A term found at a span, with the cues that modify it.

    ``sentence`` and ``clause`` number the block's sentences and clauses from 0; ``first``/``last`` are token numbers in
    the block (last exclusive), so that nearness is counted in tokens. ``trigger`` says whether it can begin a rule.
    """

    concept: str
    block: int
    start: int
    end: int
    text: str
    sentence: int = 0
    clause: int = 0
    first: int = 0
    last: int = 0
    trigger: bool = True
    lang: str = "en"
    cues: tuple[Cue, ...] = ()

    @property
    def facet(self) -> str:
        """The concept's first part: ``route`` of ``route.microneedling``."""
        return facet_of(self.concept)


@cache
def facet_of(concept: str) -> str:
    """The facet of a concept: ``route`` of ``route.microneedling``."""
    return concept.partition(".")[0]


class Sentence(NamedTuple):
    """A sentence of a block and where its clauses end (block offsets); ``question`` if it asks."""

    start: int
    end: int
    clause_ends: tuple[int, ...]
    question: bool = False


@dataclass(frozen=True, slots=True)
class BlockAnalysis:
    """What the pipeline says of one block."""

    block: int
    lang: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
