"""Frames: which mentions belong to which. Each role is filled by the nearest mention, never by a bag of the sentence.

A role is filled when somebody asks for it: rules that begin at a price want to know of four kinds of things, and a page
speaks of a dozen.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from menulint.claim import Filler
from menulint.claims.surroundings import sets_apart
from menulint.mention import BlockAnalysis, Mention, facet_of
from menulint.pack.lists import WordLists
from menulint.source import GAP, Block, Role, Source

BODY_BLOCKS = 6
"""How many blocks below a heading may fill a role of a claim that stands in the heading itself."""
PARAGRAPHS_BEFORE = 3
"""How many paragraphs back the thing may stand that a claim is about."""
SIBLINGS = 8
"""How many blocks of its own list or table, above an item, may name what is sold: a menu goes on with what it has named."""
TOPICS = frozenset({"substance", "source"})
"""Facets that a text goes on to speak of without naming them again."""
WINDOW = 40
"""How many mentions on either side are looked at inside one block, so that a block of 100,000 stays linear."""
FEW = 8
"""Up to so many mentions of a facet in a block all are looked at; of more, those around the head are looked for."""
MAX_LINE = 160
"""Code points of a line that may be a list of names."""
NAMED = "condition"
"""The facet whose bare name becomes an offer by what stands above or beside it: "Conditions we treat", a price."""
ALONE = 5
"""How many words a name may have around it and still stand alone: "people with acne", "rosacea – 3 sessions"."""
OPENING = 2
"""How many words may stand before the name with which a list item or table cell begins: "severe acne: …"."""
ALONG = frozenset({"substance.local-anaesthetic", "substance.aftercare-product"})
"""What goes along with a treatment and is not what it is about: a numbing cream, a mask to finish."""
ITEMS = frozenset({Role.LIST_ITEM, Role.TABLE_CELL})
ABOVE = frozenset({"row", "list", "answer", "section"})
"""Scopes in which a name stands under a line that says what it is there for."""
_WORD = re.compile(rf"[^\W\d_]{{2,}}|{GAP}")


_OWN_SCOPES = ("clause", "sentence", "block")
_OF_A_GAP = rf"(?: {{made_with}})? {GAP}"


EFFECT, PRICE, SOLD = "effect", "price", "substance"
_FURTHER = {
    (False, False): frozenset[str](),
    (True, False): TOPICS,
    (False, True): frozenset({SOLD}),
    (True, True): TOPICS | {SOLD},
}
"""What is gone on about in a paragraph, in a list or table, in both."""
_CELLS = 2
_Fillers: TypeAlias = tuple[Filler, ...]
_Group: TypeAlias = Sequence[Mention]
_Offers: TypeAlias = Mapping[str, tuple[Mention, ...]]
"""What a block offers to others: by facet, its first mention and those coordinated with it."""


_Offer: TypeAlias = tuple[str, _Offers]
"""What a block offers, and the scope that reaches it."""
_Found: TypeAlias = tuple[str, tuple[Mention, ...]]
"""What fills a role, and the scope that reaches it."""
_Reached: TypeAlias = tuple[Sequence[_Offer], Mapping[str, _Found]]
"""What is offered to a block, nearest first, and the first of that for each facet."""
_HEADS = frozenset({Role.HEADING, Role.TITLE})


class _Head(NamedTuple):
    """A head as frames see it; ``position`` is its number among the mentions of its block.

    ``spoken_of``: a disease that a sentence speaks of; ``alone``: one that is named and no more; ``gap``: what is claimed of it
    is not known here.
    """

    mention: Mention
    position: int
    spoken_of: bool
    alone: bool
    gap: bool


class Roles(Mapping[str, "_Fillers"]):
    """The roles of a frame by facet, each filled when it is asked for: ``Frames.roles``."""

    __slots__ = ("_filled", "_frames", "_head", "_mention", "_position", "_reach")

    def __init__(self, frames: Frames, mention: Mention, position: int) -> None:
        self._frames, self._mention, self._position = frames, mention, position
        self._head: _Head | None = None
        self._reach: _Reach | None = None
        self._filled: dict[str, _Fillers] = {}

    def __getitem__(self, facet: str) -> _Fillers:
        found: _Fillers = self.get(facet)
        if found:
            return found
        raise KeyError(facet)

    def get(self, facet: str, default: Any = ()) -> Any:
        """What fills a role, or something else if it is empty."""
        found = self._filled.get(facet)
        if found is None:
            reach = self._reach
            if reach is None:
                reach = self._reach = self._frames.reach(self._mention.block)
            if not (facet in reach.own or facet in reach.nearest or facet in reach.further or facet in reach.row):
                return default
            if self._head is None:
                self._head = self._frames.seen(self._mention, self._position)
            found = self._filled[facet] = self._frames.filled(self._head, facet, reach)
        return found or default

    def __iter__(self) -> Iterator[str]:
        reach = self._frames.reach(self._mention.block)
        return (facet for facet in sorted({*reach.own, *reach.nearest, *reach.further, *reach.row}) if self.get(facet))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Reach(NamedTuple):
    """Where roles are looked for around the heads of a block, by facet; none other may be found there.

    ``own`` are the mentions of the block itself; ``row`` has the first two cells of its row that offer a facet; ``elsewhere``
    is what blocks beside and above offer, nearest first, and ``nearest`` the first of them for each facet. ``further`` are
    facets of what a text or a menu goes on about.
    """

    own: Mapping[str, _Beside]
    row: Mapping[str, Sequence[int]]
    elsewhere: Sequence[_Offer]
    nearest: Mapping[str, _Found]
    further: frozenset[str]


class _Beside(NamedTuple):
    """The mentions of one facet in a block, with their numbers among all of its mentions.

    ``in_tokens``: they stand in the order of their tokens, as those of one language do; ``orderly``: sentences and clauses come
    in that order too. ``longest``: how many tokens any of them covers.
    """

    positions: Sequence[int]
    mentions: Sequence[Mention]
    in_tokens: bool = False
    orderly: bool = False
    longest: int = 0

    def around(self, head: _Head) -> list[Mention]:
        """Those in the window around a head, but for itself."""
        positions, mentions, own = self.positions, self.mentions, head.mention
        if positions[0] < head.position - WINDOW or positions[-1] > head.position + WINDOW:
            first = bisect_left(positions, head.position - WINDOW)
            mentions = mentions[first : bisect_right(positions, head.position + WINDOW)]
        return [mention for mention in mentions if mention is not own]


class Frames:
    """Finds the mentions that fill the roles around a head.

    What a block offers to others is worked out once, and where others look for it once for each block with heads.
    """

    def __init__(
        self,
        source: Source,
        analyses: Mapping[int, BlockAnalysis],
        stance_of: Callable[[Mention], str],
        lists: WordLists,
    ) -> None:
        self._source, self._analyses, self._stance_of, self._lists = source, analyses, stance_of, lists
        self._rows: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._headers: dict[tuple[int, int], list[int]] = defaultdict(list)
        blocks = source.blocks
        for index, analysis in analyses.items():
            block = blocks[index]
            if block.column is None or block.group is None or block.row is None or not analysis.mentions:
                continue
            self._rows[block.group, block.row].append(index)
            if block.header and block.row == 0:
                self._headers[block.group, block.column].append(index)
        self._titles = [b.index for b in blocks[:3] if b.role is Role.TITLE]
        self._offers: dict[int, _Offers] = {}
        self._apart: dict[int, bool] = {}
        self._reaches: dict[int, _Reach] = {}
        self._sections: dict[tuple[int, ...], _Reached] = {}
        self._beside_in: dict[tuple[tuple[int, ...], tuple[tuple[str, int], ...]], _Reached] = {}
        self._topics: dict[int, Sequence[_Offers]] = {}
        self._in_rows: dict[tuple[int, int], dict[str, list[int]]] = {}
        self._fillers: dict[tuple[str, bool], dict[int, Filler]] = {}
        self._taken: dict[tuple[int, str, bool], _Fillers] = {}

    def roles(self, head: Mention, position: int) -> Roles:
        """The fillers of each facet; ``position`` is the head's number among the mentions of its block."""
        return Roles(self, head, position)

    def seen(self, head: Mention, position: int) -> _Head:
        """A head as frames see it."""
        gap = _names_a_gap(self._source.blocks[head.block].text, head, self._lists)
        if head.facet != NAMED:
            return _Head(head, position, False, False, gap)
        alone = self._stands_alone(head, position)
        return _Head(head, position, not alone, alone, gap)

    def reach(self, index: int) -> _Reach:
        """Where roles of the heads of a block are looked for."""
        found = self._reaches.get(index)
        if found is None:
            block, mentions = self._source.blocks[index], self._analyses[index].mentions
            own = _by_facet(mentions) if len(mentions) > 1 else {}
            row = self._in_row(block)
            elsewhere, nearest = self._reached(block)
            further = _FURTHER[block.role is Role.PARAGRAPH, block.group is not None]
            found = self._reaches[index] = _Reach(own, row, elsewhere, nearest, further)
        return found

    def filled(self, head: _Head, facet: str, reach: _Reach) -> _Fillers:
        """What fills one role of a head's frame, nearest first."""
        inside = self._inside(head, facet, reach) if facet in reach.own else ()
        if head.gap or (inside and not _may_add(facet, head)):
            return inside
        outside = self._outside(head, facet, reach)
        if inside and outside:
            return (*inside, *outside) if _adds(facet, outside[0].scope, inside) else inside
        return inside or outside

    # -- in the block of the head

    def _inside(self, head: _Head, facet: str, reach: _Reach) -> _Fillers:
        """What fills a role in the head's own block: in its clause, else its sentence, else near it."""
        if head.spoken_of and _offers_only_names(facet, "block"):
            return ()
        beside = reach.own[facet]
        near = beside.around(head)
        if not near:
            return ()
        if len(near) > FEW and beside.orderly and not head.alone:
            if not beside.in_tokens:
                near.sort(key=_in_tokens)
            scope, group = _nearest_of_many(near, head.mention, beside.longest)
            return self._in_role(group, scope, answered=False)
        return self._nearest_of_all(near, head, facet)

    def _nearest_of_all(self, near: _Group, head: _Head, facet: str) -> _Fillers:
        mention = head.mention
        if len(near) == 1:
            scope = _OWN_SCOPES[_parted(near[0], mention)]
            asked = head.alone and scope == "block" and near[0].sentence < mention.sentence
            return self._in_role(near, scope, answered=asked)
        found: tuple[list[Mention], ...] = ([], [], [])
        for other in near:
            found[_parted(other, mention)].append(other)
        filled: _Fillers = ()
        for scope, others in zip(_OWN_SCOPES, found, strict=True):
            if others and (not filled or (head.alone and _heads_names(facet, scope, filled))):
                group = nearest(others, mention) if len(others) > 1 else others
                asked = head.alone and scope == "block" and group[0].sentence < mention.sentence
                filled = (*filled, *self._in_role(group, scope, answered=asked))
        return filled

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

    # -- in other blocks

    def _outside(self, head: _Head, facet: str, reach: _Reach) -> _Fillers:
        """What fills a role from the other cells of the row, from beside or above the block, or from what it goes on about."""
        found = self._found_outside(head, facet, reach)
        if found is None:
            return ()
        scope, group = found
        is_above = scope in ABOVE and group[0].block < head.mention.block
        return self._take(group, scope, answered=head.mention.facet == NAMED and is_above)

    def _found_outside(self, head: _Head, facet: str, reach: _Reach) -> _Found | None:
        index = head.mention.block
        if facet in reach.row and not (head.spoken_of and _offers_only_names(facet, "row")):
            for cell in reach.row[facet]:
                if cell != index:
                    return "row", self._offered(cell)[facet]
        if head.alone and facet == SOLD and (sold := self._sold_above(self._source.blocks[index])):
            return "section", sold
        if not head.spoken_of:
            found = reach.nearest.get(facet)
        else:
            reached = ((scope, offers[facet]) for scope, offers in reach.elsewhere if facet in offers)
            found = next(((scope, group) for scope, group in reached if not _offers_only_names(facet, scope)), None)
        if found is None and facet in TOPICS:
            spoken_of = (
                offers[facet] for offers in self._spoken_of_before(self._source.blocks[index]) if facet in offers
            )
            found = next((("section", group) for group in spoken_of), None)
        return found

    def _in_row(self, block: Block) -> Mapping[str, Sequence[int]]:
        """By facet, the first two cells of a row that offer it: one of them is another cell than the one that asks.

        That is enough for all cells, so that a row of thousands is gone through once and not once for each.
        """
        if block.column is None or block.group is None or block.row is None:
            return {}
        key = block.group, block.row
        first = self._in_rows.get(key)
        if first is None:
            first = self._in_rows[key] = {}
            for cell in self._rows.get(key, ()):
                for facet in self._offered(cell):
                    if len(found := first.setdefault(facet, [])) < _CELLS:
                        found.append(cell)
        return first

    def _sold_above(self, block: Block) -> tuple[Mention, ...]:
        """What the nearest item above an item sells: "Anti-wrinkle injections, £180", then "Excessive sweating, £390"."""
        if block.group is None:
            return ()
        for index in range(block.index - 1, max(-1, block.index - 1 - SIBLINGS), -1):
            if self._source.blocks[index].group != block.group:
                break
            if sold := self._offered(index).get(SOLD):
                return sold
        return ()

    def _reached(self, block: Block) -> _Reached:
        """What the blocks beside and above one offer it, nearest first, and the first of that for each facet."""
        beside = tuple(self._beside(block))
        if block.role in _HEADS:
            return _merged([*self._offering(beside), *self._offering(self._above(block))], (), {})
        key = block.section, beside  # the items of a list, and the cells of a column, are told the same
        found = self._beside_in.get(key) if beside else self._sections.get(block.section)
        if found is not None:
            return found
        if block.section not in self._sections:  # the same to all blocks of a section
            self._sections[block.section] = _merged(self._offering(self._above(block)), (), {})
        above = self._sections[block.section]
        offered = self._offering(beside)
        reached = self._beside_in[key] = _merged(offered, *above) if offered else above
        return reached

    def _offering(self, reached: Iterable[tuple[str, int]]) -> list[_Offer]:
        return [(scope, offers) for scope, index in reached if (offers := self._offered(index))]

    def _spoken_of_before(self, block: Block) -> Sequence[_Offers]:
        found = self._topics.get(block.index)
        if found is None:
            found = [offers for index in self._before(block) if (offers := self._offered(index))]
            self._topics[block.index] = found
        return found

    def _offered(self, index: int) -> _Offers:
        """What a block offers to another one, by facet: its first mention of each and those coordinated with it."""
        found = self._offers.get(index)
        if found is None:
            analysis = self._analyses.get(index)
            found = self._offers[index] = _first_groups(analysis.mentions) if analysis else {}
        return found

    def _take(self, group: tuple[Mention, ...], scope: str, *, answered: bool) -> _Fillers:
        """What a block offers, in a role; the same to all that take it in that scope.

        A question above a list of bare names is answered by it: "What does it treat?".
        """
        key = id(group), scope, answered
        taken = self._taken.get(key)
        if taken is None:
            taken = self._taken[key] = self._in_role(group, scope, answered=answered)
        return taken

    def _in_role(self, group: _Group, scope: str, *, answered: bool) -> _Fillers:
        """Mentions in a role; ``answered``: the question that they stand in is answered by what it is asked of."""
        known = self._fillers.setdefault((scope, answered), {})
        fillers = []
        for mention in group:
            filler = known.get(id(mention))
            if filler is None:
                stance = self._stance_of(mention)
                stance = "asserted" if answered and stance == "asked" else stance
                filler = known[id(mention)] = tuple.__new__(Filler, (mention, scope, stance))
            fillers.append(filler)
        return tuple(fillers)

    def _beside(self, block: Block) -> Iterator[tuple[str, int]]:
        """The blocks beside one from which a claim may take parts, nearest first, with the scope that reaches them."""
        if block.group is not None and block.row is not None and block.column is not None:
            yield from (("row", i) for i in self._headers.get((block.group, block.column), ()) if i != block.index)
        if block.intro is not None and not self._sets_apart(block.intro):
            yield "list", block.intro
        if self._asks(block.index - 1):
            yield "answer", block.index - 1

    def _above(self, block: Block) -> Iterator[tuple[str, int]]:
        """The headings a block stands under, what stands under it if it is one itself, and the title of the page.

        Nothing for what is set apart from all that: PRP is had without exosomes below "Alternatives to exosomes".
        """
        if block.section and self._sets_apart(block.section[-1]):
            return
        yield from (("section", i) for i in reversed(block.section))
        if block.role is Role.HEADING:
            yield from (("section", i) for i in self._body(block))
        yield from (("page", index) for index in self._titles if index != block.index)

    def _sets_apart(self, heading: int) -> bool:
        """Whether a heading or an introduction says that what stands below it is something else."""
        found = self._apart.get(heading)
        if found is None:
            found = self._apart[heading] = sets_apart(self._source.blocks[heading], self._lists)
        return found

    def _before(self, block: Block) -> Iterator[int]:
        """Paragraphs of the same section above a paragraph, nearest first: "It is injected" is said of what they named."""
        if block.role is not Role.PARAGRAPH:
            return
        for index in range(block.index - 1, max(-1, block.index - 1 - PARAGRAPHS_BEFORE), -1):
            other = self._source.blocks[index]
            if other.role is Role.HEADING:
                return
            if other.role is Role.PARAGRAPH and other.section == block.section:
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


def _merged(
    offers: Sequence[_Offer], further: Sequence[_Offer], known: Mapping[str, _Found]
) -> tuple[Sequence[_Offer], Mapping[str, _Found]]:
    """Offers before ``further`` ones, and the first of all for each facet; ``known`` are the first of the further ones."""
    nearest = dict(known)
    for scope, groups in reversed(offers):
        nearest.update({facet: (scope, group) for facet, group in groups.items()})
    return [*offers, *further], nearest


def _by_facet(mentions: Sequence[Mention]) -> Mapping[str, _Beside]:
    found: dict[str, tuple[list[int], list[Mention]]] = {}
    for position, mention in enumerate(mentions):
        facet = facet_of(mention.concept)
        if facet in found:
            positions, of_facet = found[facet]
            positions.append(position)
            of_facet.append(mention)
        else:
            found[facet] = [position], [mention]
    return {facet: _beside(*both) for facet, both in found.items()}


def _beside(positions: Sequence[int], mentions: Sequence[Mention]) -> _Beside:
    if len(mentions) <= FEW:
        return _Beside(positions, mentions)
    ordered = sorted(mentions, key=_in_tokens)
    orderly = all(one.sentence <= other.sentence and one.clause <= other.clause for one, other in pairwise(ordered))
    return _Beside(positions, mentions, ordered == mentions, orderly, max(m.last - m.first for m in mentions))


def _first_groups(mentions: Sequence[Mention]) -> _Offers:
    if len(mentions) == 1:
        return {mentions[0].facet: (mentions[0],)}
    by_facet: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_facet.setdefault(facet_of(mention.concept), []).append(mention)
    return {facet: _first_group(found) for facet, found in by_facet.items()}


def _first_group(found: list[Mention]) -> tuple[Mention, ...]:
    if len(found) == 1:
        return (found[0],)
    found.sort(key=_in_tokens)
    return (found[0], *_coordinated(found, 0, 1))


def nearest(found: Sequence[Mention], head: Mention) -> _Group:
    """The mention nearest to the head and those coordinated with it, nearest first.

    Words inside the head's own ("laser" of "laser-assisted delivery") fill a role only if nothing beside it does, or
    together with what begins before it ("fractional laser" of "laser with peptides").
    """
    inside = [m for m in found if _is_inside(m, head)]
    if len(inside) == len(found):
        return sorted(found, key=_in_tokens)
    found = sorted((m for m in found if not _is_inside(m, head)) if inside else found, key=_in_tokens)
    at, least = 0, -1
    for number, mention in enumerate(found):
        away = _away(mention, head)
        if least < 0 or away < least:
            at, least = number, away
    return _group_of(found, at, head, inside)


def _nearest_of_many(near: list[Mention], head: Mention, longest: int) -> tuple[str, _Group]:
    """The scope in which a role is filled, and the same as ``nearest`` there, without looking at each mention around.

    Only where they are orderly: those of a sentence or clause stand side by side, and the nearest right before or after.
    """
    spoken = near[
        bisect_left(near, head.sentence, key=_sentence_of) : bisect_right(near, head.sentence, key=_sentence_of)
    ]
    if not spoken:
        return "block", nearest_in_order(near, head, longest)
    clause = spoken[
        bisect_left(spoken, head.clause, key=_clause_of) : bisect_right(spoken, head.clause, key=_clause_of)
    ]
    if not clause:
        return "sentence", nearest_in_order(spoken, head, longest)
    return "clause", nearest_in_order(clause, head, longest)


def nearest_in_order(found: list[Mention], head: Mention, longest: int) -> _Group:
    """As ``nearest``, of mentions in the order of their tokens, none of which covers more than ``longest`` of them."""
    begin = bisect_left(found, head.first, key=_first_token)
    end = bisect_left(found, head.last, begin, key=_first_token)
    inside = [m for m in found[begin:end] if _is_inside(m, head)]
    if len(inside) == len(found):
        return found
    if inside:
        found[begin:end] = [m for m in found[begin:end] if not _is_inside(m, head)]
    at, least = begin, _away(found[begin], head) if begin < len(found) else -1
    for number in range(begin - 1, -1, -1):
        mention = found[number]
        if 0 <= least < head.first - mention.first - longest:
            break  # it ends further away, and so does all before it
        away = _away(mention, head)
        if least < 0 or away <= least:
            at, least = number, away
    return _group_of(found, at, head, inside)


def _group_of(ordered: Sequence[Mention], at: int, head: Mention, inside: _Group) -> _Group:
    """The nearest mention with those coordinated with it, and those inside the head where the nearest runs into it."""
    shared = inside if inside and ordered[at].start < head.end and head.start < ordered[at].end else ()
    return [ordered[at], *_coordinated(ordered, at, 1), *_coordinated(ordered, at, -1), *shared]


def _parted(mention: Mention, head: Mention) -> int:
    """Whether nothing parts them (0), a clause (1) or a sentence (2)."""
    return 2 if mention.sentence != head.sentence else 0 if mention.clause == head.clause else 1


def _is_inside(mention: Mention, head: Mention) -> bool:
    return mention.start >= head.start and mention.end <= head.end


def _away(mention: Mention, head: Mention) -> int:
    """How many tokens stand between."""
    return max(mention.first - head.last, head.first - mention.last, 0)


def _sentence_of(mention: Mention) -> int:
    return mention.sentence


def _clause_of(mention: Mention) -> int:
    return mention.clause


def _first_token(mention: Mention) -> int:
    return mention.first


def _offers_only_names(facet: str, scope: str) -> bool:
    """Whether a part makes an offer of a bare name but not of a disease that a sentence speaks of."""
    return facet == PRICE or (facet == EFFECT and scope in ABOVE)


def _may_add(facet: str, head: _Head) -> bool:
    """Whether what a block says in a role need not be all of it."""
    return facet in (PRICE, SOLD) or (facet == EFFECT and head.alone)


def _adds(facet: str, scope: str, filled: Sequence[Filler]) -> bool:
    """Whether what stands outside a block counts beside what it says itself: its price stands in another cell, and a
    paragraph that names nothing but a numbing cream goes on about what its section sells.
    """
    if facet == SOLD:
        return all(filler.mention.concept in ALONG for filler in filled)
    return (facet == PRICE and scope == "row") or _heads_names(facet, scope, filled)


def _heads_names(facet: str, scope: str, filled: Sequence[Filler]) -> bool:
    """Whether a part may be the line above a list of names ("migraine, gout and rejuvenation"), an effect among them."""
    among = filled[0].scope in ("clause", "sentence")
    return among and facet == "effect" and (scope in ABOVE or scope == "block")


def _in_tokens(mention: Mention) -> tuple[int, int]:
    return mention.first, mention.last


def _coordinated(ordered: Sequence[Mention], at: int, step: int) -> list[Mention]:
    """The mentions coordinated with one of some ("exosomes, PRP or polynucleotides"), nearest first, on one side of it."""
    found = []
    last = ordered[at]
    for number in range(at + step, len(ordered) if step > 0 else -1, step):
        mention = ordered[number]
        if mention.first > last.last + 1 or last.first > mention.last + 1:
            break
        found.append(mention)
        last = mention
    return found


def _names_a_gap(text: str, head: Mention, lists: WordLists) -> bool:
    """Whether what a mention speaks of is a gap: "… injections", "injections of …". It is nothing named elsewhere."""
    return (
        not text.isascii()
        and GAP in text
        and (text[: head.start].rstrip().endswith(GAP) or bool(lists.pattern(_OF_A_GAP).match(text, head.end)))
    )
