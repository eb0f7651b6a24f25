"""Whether a page is on treatments and cosmetics at all, or on cars, dinners and parishes in the same words.

A garage rejuvenates engines, a nursery heals lawns, a novel promises ten years less. What such pages are on has no end of
words; what they are not on has few, and nobody who sells, reports on or warns of treatments can do without them. So those are
counted against the length of the page. Some words of other trades (cue ``elsewhere``) count against them, so that points may
be negative: they tell sooner that a page is on a garage or a garden.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache

from menulint.source import Block, Role, Source

TRADE = "trade"
"""What the cues say that name the trade, what it works on and with ("skin", "clinic", "serum")."""
ELSEWHERE = "elsewhere"
"""What the cues say that name a neighbouring trade, or what it works on ("bumper", "puppy"): they count against it."""
OF_CUES = {TRADE: 1.0, ELSEWHERE: -1.0}
"""How much a cue says that a page is on treatments."""
FACETS = {"substance": 1.0, "source": 1.0, "route": 1.0, "condition": 1.0, "body": 0.5}
"""How much a term of a facet says that a page is on treatments; everybody has hands and a face."""
NAMED_BY = frozenset({"substance", "source", "route", "condition"})
"""Facets whose terms name a treatment or what it is for. A seller's block with one is on it, whatever else the page sells: a
barber's line on Botox, a bee-keeper's on arthritis."""
PROMISED = frozenset({"effect.amount-lost", "effect.hair-growth", "effect.hair-loss-stop"})
"""Promises that nothing but a body keeps: kilos and dress sizes lost, hair grown again. They name one as well."""
AT_LEAST = 0.05
"""Words on treatments per word from which a page is on them: most pages of sellers have 0.09 to 0.5, few less."""
FREE_WORDS = 40
"""Words that a page may have without: a caption, an address."""
KNOWN_AT_LEAST = 0.08
"""Words that mean anything to a lexicon, per word: with fewer it is written in a language that has none."""
SECTION_AT_LEAST = 0.1
SECTION_POINTS = 3.0
"""Words on treatments per word, and at least how many points of them, from which one section is on them and the page is not."""
LINE_AT_LEAST = 0.2
LINE_POINTS = 2.0
"""The same for a single block of a seller's, such as a line of a menu."""


def is_elsewhere(points: float, known: int, count: int) -> bool:
    """Whether a page of ``count`` words has hardly a word on treatments, and is written in a language we know.

    ``points`` are those of its words on treatments, ``known`` how many words mean anything to a lexicon.
    """
    return points < AT_LEAST * (count - FREE_WORDS) and known >= KNOWN_AT_LEAST * count


@cache
def names_one(concept: str) -> bool:
    """Whether a term of a concept names a treatment, what it is for, or what nothing else does."""
    return concept in PROMISED or concept.partition(".")[0] in NAMED_BY


def is_on_it(points: float, text: str) -> bool:
    """Whether a line of a seller says little else than words on treatments: "Painless implants with no risk"."""
    return points >= LINE_POINTS and points >= LINE_AT_LEAST * (text.count(" ") + 1)


def still_on_it(source: Source, points: Mapping[int, float], named: Set[int]) -> frozenset[int]:
    """Blocks of such a page that are on treatments nonetheless: those that name one, and whole sections (a hotel's spa).

    ``points`` of a block are those of its words on treatments; ``named`` are the blocks that name one the page may sell.
    """
    said: dict[tuple[int, ...], float] = {}
    for index, of_block in points.items():
        home = _home(source.blocks[index])
        said[home] = said.get(home, 0.0) + of_block
    close = {home for home, of_home in said.items() if of_home >= SECTION_POINTS}
    lengths = dict.fromkeys(close, 0)
    for block in source.blocks if close else ():
        if (home := _home(block)) in close:
            lengths[home] += block.text.count(" ") + 1
    dense = {home for home, length in lengths.items() if said[home] >= SECTION_AT_LEAST * length}
    return frozenset(block.index for block in source.blocks if _home(block) in dense or block.index in named)


def _home(block: Block) -> tuple[int, ...]:
    """The section of a block; a block that stands in none is one of its own, and so is a page's title."""
    return (*block.section, block.index) if block.role is Role.HEADING or not block.section else block.section
