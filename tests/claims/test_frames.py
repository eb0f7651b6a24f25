"""Which mention fills a role, among many: the quick way finds what looking at each of them finds."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from menulint.claims.frames import Frames, nearest, nearest_in_order
from menulint.mention import BlockAnalysis, Mention
from menulint.pack.lists import WordLists
from menulint.source import Block, OffsetMap, Role, Source

Term = tuple[int, int]
"""How many tokens after the last one a term begins, and how many it covers."""
TERMS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), min_size=1, max_size=25)


def mentions(terms: list[Term], concept: str = "substance.exosome") -> list[Mention]:
    """Terms in the order of their tokens; a token is a character, so that places are easy to read."""
    starts = accumulate(gap for gap, _ in terms)
    return [
        Mention(concept, 0, start, start + size, "term", first=start, last=start + size)
        for start, (_, size) in sorted(
            zip(starts, terms, strict=True), key=lambda found: (found[0], found[0] + found[1][1])
        )
    ]


@given(TERMS, st.integers(0, 60), st.integers(1, 6))
def test_the_nearest_in_order_is_the_nearest_of_all(terms: list[Term], first: int, size: int) -> None:
    """Wherever the head stands: beside them, among them or over some of them."""
    found = sorted(mentions(terms), key=lambda mention: (mention.first, mention.last))
    head = Mention("route.injection", 0, first, first + size, "head", first=first, last=first + size)
    assert nearest_in_order([*found], head, longest=4) == nearest(found, head)


def test_a_mention_among_two_thousand_is_filled_by_its_neighbours() -> None:
    """Each "injected" by the "exosomes" before it, and by none of those before that."""
    pairs = [
        mention
        for at in range(0, 8_000, 8)
        for mention in (
            Mention("substance.exosome", 0, at, at + 1, "exosomes", first=at, last=at + 1),
            Mention("route.injection", 0, at + 2, at + 3, "injected", first=at + 2, last=at + 3),
        )
    ]
    text = "x" * 8_000
    block = Block(0, Role.PARAGRAPH, text, OffsetMap.identity(len(text)))
    source = Source("a.txt", "text", "utf-8", "", text, (block,))
    frames = Frames(
        source, {0: BlockAnalysis(0, "en", (), tuple(pairs), ())}, lambda mention: "asserted", WordLists({})
    )
    head = pairs[1001]
    assert [filler.mention.start for filler in frames.roles(head, 1001)["substance"]] == [head.start - 2]


def test_what_a_head_names_fills_a_role_with_what_runs_into_it() -> None:
    """What is named first, "fractional laser", does not hide the peptides in "laser with peptides"."""
    head = Mention("route.after-procedure", 0, 1, 4, "laser with peptides", first=1, last=4)
    laser = Mention("substance.laser", 0, 0, 2, "fractional laser", first=0, last=2)
    peptides = Mention("substance.peptide", 0, 3, 4, "peptides", first=3, last=4)
    assert set(nearest([laser, peptides], head)) == {laser, peptides}
