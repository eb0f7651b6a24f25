"""Frames: which mentions belong to which. Each role is filled by the nearest mention, never by a bag of the sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from menulint.claim import Filler
from menulint.mention import BlockAnalysis, Mention
from menulint.source import GAP, Block, Role, Source

BODY_BLOCKS = 6
"""How many blocks below a heading may fill a role of a claim that stands in the heading itself."""
PARAGRAPHS_BEFORE = 3
"""How many paragraphs back the thing may stand that a claim is about."""
TOPICS = frozenset({"substance", "source"})
"""Facets that a text goes on to speak of without naming them again."""
WINDOW = 40
"""How many mentions on either side are looked at inside one block, so that a block of 100,000 stays linear."""
MAX_LINE = 160
"""Code points of a line that may be a list of names."""
NAMED = "condition"
"""The facet whose bare name becomes an offer by what stands above or beside it: "Conditions we treat", a price."""
ALONE = 5
"""How many words a name may have around it and still stand alone: "people with acne", "rosacea – 3 sessions"."""
OPENING = 2
"""How many words may stand before the name with which a list item or table cell begins: "severe acne: …"."""
ITEMS = frozenset({Role.LIST_ITEM, Role.TABLE_CELL})
ABOVE = frozenset({"row", "list", "answer", "section"})
"""Scopes in which a name stands under a line that says what it is there for."""
_WORD = re.compile(rf"[^\W\d_]{{2,}}|{GAP}")


_OF_A_GAP = re.compile(rf"(?: of| with| for| de| con)? {GAP}")


class Frames:
    """Finds the mentions that fill the roles around a head."""

    def __init__(self, source: Source, analyses: dict[int, BlockAnalysis], stance_of: Callable[[Mention], str]) -> None:
        self._source, self._analyses, self._stance_of = source, analyses, stance_of
        self._rows: dict[tuple[int, int], list[int]] = defaultdict(list)
        for block in source.blocks:
            if block.group is not None and block.row is not None and block.column is not None:
                self._rows[block.group, block.row].append(block.index)

    def roles(self, head: Mention, position: int) -> dict[str, tuple[Filler, ...]]:
        """The fillers of each facet; ``position`` is the head's number among the mentions of its block."""
        roles: dict[str, tuple[Filler, ...]] = {}
        spoken_of = head.facet == NAMED and not self._stands_alone(head, position)
        for scope, mentions, nearest in self._scopes(head, position):
            by_facet: dict[str, list[Mention]] = defaultdict(list)
            for mention in mentions:
                if mention is head or mention.facet in roles or (spoken_of and _offers_only_names(mention, scope)):
                    continue
                by_facet[mention.facet].append(mention)
            _prefer_outside(head, by_facet)
            for facet, found in by_facet.items():
                group = _group(found, nearest)
                roles[facet] = tuple(Filler(m, scope, self._filling(head, m, scope)) for m in group)
        return roles

    def _filling(self, head: Mention, mention: Mention, scope: str) -> str:
        """The stance of a filler. A question above a list of bare names is answered by it: "What does it treat?"."""
        stance = self._stance_of(mention)
        answered = head.facet == NAMED and scope in ABOVE and stance == "asked"
        return "asserted" if answered else stance

    def _stands_alone(self, head: Mention, position: int) -> bool:
        """Whether a block or sentence is little more than a name: an item of a list, a cell, a line of a menu."""
        block, analysis = self._source.blocks[head.block], self._analyses[head.block]
        if block.role in ITEMS and head.start <= MAX_LINE and len(_WORD.findall(block.text[: head.start])) <= OPENING:
            return True
        sentence = analysis.sentences[head.sentence]
        if sentence.end - sentence.start > MAX_LINE:
            return False
        near = self._analyses[head.block].mentions[max(0, position - WINDOW) : position + WINDOW + 1]
        inside = [m for m in near if sentence.start <= m.start and m.end <= sentence.end]
        words = (m.start() + sentence.start for m in _WORD.finditer(block.text[sentence.start : sentence.end]))
        return sum(not any(m.start <= at < m.end for m in inside) for at in words) <= ALONE

    def _scopes(self, head: Mention, position: int) -> Iterator[tuple[str, Sequence[Mention], Mention | None]]:
        """From the narrowest scope to the widest: its name, its mentions, and what nearness is measured from."""
        near = self._analyses[head.block].mentions[max(0, position - WINDOW) : position + WINDOW + 1]
        same = [m for m in near if m.sentence == head.sentence]
        yield "clause", [m for m in same if m.clause == head.clause], head
        yield "sentence", same, head
        yield "block", near, head
        block = self._source.blocks[head.block]
        if _names_a_gap(block.text, head):
            return
        for scope, index in self._around(block):
            if index in self._analyses:
                yield scope, self._analyses[index].mentions, None
        for scope, index in self._before(block):
            if index in self._analyses:
                yield scope, [m for m in self._analyses[index].mentions if m.facet in TOPICS], None

    def _around(self, block: Block) -> Iterator[tuple[str, int]]:
        """The blocks a claim may take parts from, nearest first, with the scope that reaches them."""
        if block.group is not None and block.row is not None and block.column is not None:
            yield from (("row", i) for i in self._rows[block.group, block.row] if i != block.index)
            yield from (("row", i) for i in self._headers(block))
        if block.intro is not None:
            yield "list", block.intro
        if block.index and self._asks(block.index - 1):
            yield "answer", block.index - 1
        yield from (("section", i) for i in reversed(block.section))
        if block.role is Role.HEADING:
            yield from (("section", i) for i in self._body(block))
        yield from (("page", b.index) for b in self._source.blocks[:3] if b.role is Role.TITLE and b is not block)

    def _before(self, block: Block) -> Iterator[tuple[str, int]]:
        """Paragraphs of the same section above a paragraph, nearest first: "It is injected" is said of what they named."""
        if block.role is not Role.PARAGRAPH:
            return
        for index in range(block.index - 1, max(-1, block.index - 1 - PARAGRAPHS_BEFORE), -1):
            other = self._source.blocks[index]
            if other.role is Role.HEADING:
                return
            if other.role is Role.PARAGRAPH and other.section == block.section:
                yield "section", index

    def _headers(self, block: Block) -> Iterator[int]:
        """The header cell of the block's column."""
        assert block.group is not None
        for index in self._rows.get((block.group, 0), ()):
            other = self._source.blocks[index]
            if other.header and other.column == block.column and index != block.index:
                yield index

    def _body(self, heading: Block) -> Iterator[int]:
        """The blocks right below a heading, up to the next heading."""
        for block in self._source.blocks[heading.index + 1 : heading.index + 1 + BODY_BLOCKS]:
            if block.role is Role.HEADING:
                return
            yield block.index

    def _asks(self, index: int) -> bool:
        analysis = self._analyses.get(index)
        return analysis is not None and bool(analysis.sentences) and analysis.sentences[-1].question


def _offers_only_names(mention: Mention, scope: str) -> bool:
    """Whether a part makes an offer of a bare name but not of a disease that a sentence speaks of."""
    return mention.facet == "price" or (mention.facet == "effect" and scope in ABOVE)


def _prefer_outside(head: Mention, by_facet: dict[str, list[Mention]]) -> None:
    """Words inside the head's own ("laser" of "laser-assisted delivery") fill a role only if nothing beside it does."""
    for facet, found in by_facet.items():
        outside = [m for m in found if m.block != head.block or m.start < head.start or m.end > head.end]
        by_facet[facet] = outside or found


def _group(found: Sequence[Mention], head: Mention | None) -> Iterator[Mention]:
    """The nearest mention and those coordinated with it ("exosomes, PRP or polynucleotides"), nearest first."""
    ordered = sorted(found, key=lambda m: (m.first, m.last))
    nearest = min(ordered, key=lambda m: distance(head, m)) if head else ordered[0]
    at = ordered.index(nearest)
    yield nearest
    for step in (1, -1):
        last = nearest
        for mention in ordered[at + step :: step] if step == 1 else ordered[:at][::-1]:
            if distance(last, mention) > 1:
                break
            yield mention
            last = mention


def distance(one: Mention | None, other: Mention) -> int:
    """Tokens between two mentions of a block, 0 if they touch or overlap."""
    if one is None:
        return 0
    return max(other.first - one.last, one.first - other.last, 0)


def _names_a_gap(text: str, head: Mention) -> bool:
    """Whether what a mention speaks of is a gap: "… injections", "injections of …". It is nothing named elsewhere."""
    return text[: head.start].rstrip().endswith(GAP) or bool(_OF_A_GAP.match(text, head.end))
