"""Frames: which mentions belong to which. Each role is filled by the nearest mention, never by a bag of the sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

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


_OWN_SCOPES = ("clause", "sentence", "block")
_OF_A_GAP = re.compile(rf"(?: of| with| for| de| con)? {GAP}")


_CELLS = 2
_Roles: TypeAlias = dict[str, tuple[Filler, ...]]
_RowOffers: TypeAlias = dict[str, list[tuple[int, int, tuple[Filler, ...]]]]
"""By facet: in which order it was met, in which cell, and what fills it there."""


class Frames:
    """Finds the mentions that fill the roles around a head.

    What lies in other blocks is the same for all heads of a block, and what a heading offers for all blocks below it: both
    are worked out once.
    """

    def __init__(self, source: Source, analyses: dict[int, BlockAnalysis], stance_of: Callable[[Mention], str]) -> None:
        self._source, self._analyses, self._stance_of = source, analyses, stance_of
        self._rows: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._headers: dict[tuple[int, int], list[int]] = defaultdict(list)
        for block in source.blocks:
            if block.group is not None and block.row is not None and block.column is not None:
                self._rows[block.group, block.row].append(block.index)
                if block.header and block.row == 0:
                    self._headers[block.group, block.column].append(block.index)
        self._titles = [b.index for b in source.blocks[:3] if b.role is Role.TITLE]
        self._fillers: dict[tuple[str, bool], dict[int, Filler]] = {}
        self._groups: dict[int, Mapping[str, tuple[Mention, ...]]] = {}
        self._offered: dict[tuple[int, str, bool], _Roles] = {}
        self._outside: dict[tuple[int, bool, bool], _Roles] = {}
        self._row_offers: dict[tuple[int, int, bool, bool], _RowOffers] = {}
        self._sections: dict[tuple[tuple[int, ...], bool, bool], _Roles] = {}
        self._in_order: dict[int, bool] = {}

    def roles(self, head: Mention, position: int) -> _Roles:
        """The fillers of each facet; ``position`` is the head's number among the mentions of its block."""
        named = head.facet == NAMED
        spoken_of = named and not self._stands_alone(head, position)
        alone = named and not spoken_of
        roles = self._inside(head, position, spoken_of=spoken_of, alone=alone)
        if _names_a_gap(self._source.blocks[head.block].text, head):
            return roles
        key = head.block, named, spoken_of
        if key not in self._outside:
            self._outside[key] = self._around_block(*key)
        outside = self._outside[key]
        if not roles:
            return dict(outside)
        for facet, fillers in outside.items():
            if alone and facet in roles and _heads_names(facet, fillers[0].scope, roles[facet]):
                roles[facet] = (*roles[facet], *fillers)
            roles.setdefault(facet, fillers)
        return roles

    def _inside(self, head: Mention, position: int, *, spoken_of: bool, alone: bool) -> _Roles:
        """The roles filled in the head's own block: in its clause, else its sentence, else near it."""
        mentions = self._analyses[head.block].mentions
        roles: _Roles = {}
        if len(mentions) == 1:
            return roles
        found: tuple[dict[str, list[Mention]], ...] = ({}, {}, {})
        for mention in mentions[max(0, position - WINDOW) : position + WINDOW + 1]:
            if mention is head or (spoken_of and _offers_only_names(mention.facet, "block")):
                continue
            away = 2 if mention.sentence != head.sentence else 0 if mention.clause == head.clause else 1
            found[away].setdefault(mention.facet, []).append(mention)
        for scope, by_facet in zip(_OWN_SCOPES, found, strict=True):
            for facet, beside in by_facet.items():
                filled = roles.get(facet, ())
                if not filled or (alone and _heads_names(facet, scope, filled)):
                    group = self._nearest(beside, head) if len(beside) > 1 else beside
                    asked = alone and scope == "block" and group[0].sentence < head.sentence
                    roles[facet] = (*filled, *self._in_role(group, scope, answered=asked))
        return roles

    def _nearest(self, found: Sequence[Mention], head: Mention) -> Sequence[Mention]:
        """The mention nearest to the head and those coordinated with it, nearest first.

        Words inside the head's own ("laser" of "laser-assisted delivery") fill a role only if nothing beside it does.
        """
        start, end = head.start, head.end
        found = [m for m in found if m.start < start or m.end > end] or found
        if not self._is_in_order(head.block):
            found = sorted(found, key=_in_tokens)
        at, least = 0, -1
        for number, mention in enumerate(found):
            away = max(mention.first - head.last, head.first - mention.last, 0)
            if least < 0 or away < least:
                at, least = number, away
        return [found[at], *_coordinated(found, at, 1), *_coordinated(found, at, -1)]

    def _is_in_order(self, index: int) -> bool:
        """Whether the mentions of a block stand in the order of their tokens, as they nearly always do."""
        if index not in self._in_order:
            tokens = list(map(_in_tokens, self._analyses[index].mentions))
            self._in_order[index] = tokens == sorted(tokens)
        return self._in_order[index]

    def _around_block(self, index: int, named: bool, spoken_of: bool) -> _Roles:
        """The roles that other blocks fill for the heads of a block."""
        block = self._source.blocks[index]
        roles = self._in_row(block, named, spoken_of) if block.column is not None else {}
        for facet, fillers in self._filled(self._beside(block), named=named, spoken_of=spoken_of).items():
            roles.setdefault(facet, fillers)
        above = self._above_block(block, named, spoken_of)
        for facet, fillers in above.items():
            roles.setdefault(facet, fillers)
        for scope, other in self._before(block):
            for facet, fillers in self._offers(other, scope, named).items():
                if facet in TOPICS and facet not in roles:
                    roles[facet] = fillers
        return roles

    def _in_row(self, block: Block, named: bool, spoken_of: bool) -> _Roles:
        """What the other cells of its row offer to a cell."""
        if block.group is None or block.row is None:
            return {}
        key = block.group, block.row, named, spoken_of
        if key not in self._row_offers:
            self._row_offers[key] = self._first_in_row(*key)
        offers = self._row_offers[key].values()
        others = [next(((n, f) for n, cell, f in found if cell != block.index), None) for found in offers]
        return {fillers[0].mention.facet: fillers for _, fillers in sorted(filter(None, others), key=_number)}

    def _first_in_row(self, group: int, row: int, named: bool, spoken_of: bool) -> _RowOffers:
        """By facet, the first two cells of a row that offer it: one of them is another cell than the one that asks.

        That is enough for all cells, so that a row of thousands is gone through once and not once for each.
        """
        first: _RowOffers = {}
        number = 0
        for cell in self._rows[group, row]:
            for facet, fillers in self._offers(cell, "row", named).items():
                found = first.setdefault(facet, [])
                if len(found) < _CELLS and not (spoken_of and _offers_only_names(facet, "row")):
                    found.append((number, cell, fillers))
                number += 1
        return first

    def _above_block(self, block: Block, named: bool, spoken_of: bool) -> _Roles:
        """What headings and title offer to a block: the same to all blocks of a section."""
        if block.role in (Role.HEADING, Role.TITLE):
            return self._filled(self._above(block), named=named, spoken_of=spoken_of)
        key = block.section, named, spoken_of
        if key not in self._sections:
            self._sections[key] = self._filled(self._above(block), named=named, spoken_of=spoken_of)
        return self._sections[key]

    def _filled(self, reached: Iterable[tuple[str, int]], *, named: bool, spoken_of: bool) -> _Roles:
        """Each facet by the first of some blocks that offers it."""
        roles: _Roles = {}
        for scope, other in reached:
            for facet, fillers in self._offers(other, scope, named).items():
                if facet not in roles and not (spoken_of and _offers_only_names(facet, scope)):
                    roles[facet] = fillers
        return roles

    def _offers(self, index: int, scope: str, named: bool) -> _Roles:
        """What a block offers to another one, by facet: its first mention of each and those coordinated with it.

        A question above a list of bare names is answered by it: "What does it treat?".
        """
        key = index, scope, named
        if key not in self._offered:
            answered = named and scope in ABOVE
            self._offered[key] = {
                facet: self._in_role(group, scope, answered=answered)
                for facet, group in self._first_groups(index).items()
            }
        return self._offered[key]

    def _first_groups(self, index: int) -> Mapping[str, tuple[Mention, ...]]:
        if index not in self._groups:
            by_facet: dict[str, list[Mention]] = {}
            for mention in self._analyses[index].mentions if index in self._analyses else ():
                by_facet.setdefault(mention.facet, []).append(mention)
            ordered = {facet: sorted(found, key=_in_tokens) for facet, found in by_facet.items()}
            self._groups[index] = {
                facet: (found[0], *_coordinated(found, 0, 1)) if len(found) > 1 else (found[0],)
                for facet, found in ordered.items()
            }
        return self._groups[index]

    def _in_role(self, group: Iterable[Mention], scope: str, *, answered: bool) -> tuple[Filler, ...]:
        """Mentions in a role; ``answered``: the question that they stand in is answered by what it is asked of."""
        known = self._fillers.setdefault((scope, answered), {})
        fillers = []
        for mention in group:
            filler = known.get(id(mention))
            if filler is None:
                stance = self._stance_of(mention)
                filler = Filler(mention, scope, "asserted" if answered and stance == "asked" else stance)
                known[id(mention)] = filler
            fillers.append(filler)
        return tuple(fillers)

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

    def _beside(self, block: Block) -> Iterator[tuple[str, int]]:
        """The blocks beside one from which a claim may take parts, nearest first, with the scope that reaches them."""
        if block.group is not None and block.row is not None and block.column is not None:
            yield from (("row", i) for i in self._headers.get((block.group, block.column), ()) if i != block.index)
        if block.intro is not None:
            yield "list", block.intro
        if block.index and self._asks(block.index - 1):
            yield "answer", block.index - 1

    def _above(self, block: Block) -> Iterator[tuple[str, int]]:
        """The headings a block stands under, what stands under it if it is one itself, and the title of the page."""
        yield from (("section", i) for i in reversed(block.section))
        if block.role is Role.HEADING:
            yield from (("section", i) for i in self._body(block))
        yield from (("page", index) for index in self._titles if index != block.index)

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

    def _body(self, heading: Block) -> Iterator[int]:
        """The blocks right below a heading, up to the next heading."""
        for block in self._source.blocks[heading.index + 1 : heading.index + 1 + BODY_BLOCKS]:
            if block.role is Role.HEADING:
                return
            yield block.index

    def _asks(self, index: int) -> bool:
        analysis = self._analyses.get(index)
        return analysis is not None and bool(analysis.sentences) and analysis.sentences[-1].question


def _offers_only_names(facet: str, scope: str) -> bool:
    """Whether a part makes an offer of a bare name but not of a disease that a sentence speaks of."""
    return facet == "price" or (facet == "effect" and scope in ABOVE)


def _heads_names(facet: str, scope: str, filled: Sequence[Filler]) -> bool:
    """Whether a part may be the line above a list of names ("migraine, gout and rejuvenation"), an effect among them."""
    among = filled[0].scope in ("clause", "sentence")
    return among and facet == "effect" and (scope in ABOVE or scope == "block")


def _number(offer: tuple[int, tuple[Filler, ...]]) -> int:
    return offer[0]


def _in_tokens(mention: Mention) -> tuple[int, int]:
    return mention.first, mention.last


def _coordinated(ordered: Sequence[Mention], at: int, step: int) -> Iterator[Mention]:
    """The mentions coordinated with one of some ("exosomes, PRP or polynucleotides"), nearest first, on one side of it."""
    last = ordered[at]
    for number in range(at + step, len(ordered) if step > 0 else -1, step):
        mention = ordered[number]
        if max(mention.first - last.last, last.first - mention.last) > 1:
            return
        yield mention
        last = mention


def _names_a_gap(text: str, head: Mention) -> bool:
    """Whether what a mention speaks of is a gap: "… injections", "injections of …". It is nothing named elsewhere."""
    return GAP in text and (text[: head.start].rstrip().endswith(GAP) or bool(_OF_A_GAP.match(text, head.end)))
