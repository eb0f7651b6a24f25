"""What two words say together that neither says alone, wherever on the page they stand.

An injection for what a medicine is injected for hints at that medicine, though nothing names it: "excessive sweating", and in
the next cell "tiny injections". A price below "Now", beside one below "Was", is a discount, and so is a lower price right
behind a higher one, which pages strike out ("£220 £154"). All become mentions of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple, TypeAlias

from menulint.claims.answers import Replies
from menulint.late import LatePattern
from menulint.mention import BlockAnalysis, Mention, Sentence
from menulint.pack.lists import WordLists
from menulint.source import Block, Role, Source

INJECTED = "injected"
"""The kind of reply that names the medicine which is injected for a condition."""
INJECTION, DISCOUNT, AMOUNT = "route.injection", "pressure.discount", "price.amount"
EARLIER, CURRENT = "price.earlier", "price.current"
NAMED = frozenset({"substance", "source"})
"""Facets of what is injected, where something else is named: then nothing is hinted at."""
_AMOUNTS = frozenset({AMOUNT, "price.from", "price.per-unit"})
_PAIR = 2
_SIGNS = frozenset("£€$¥₩₹")
_AROUND = " .:*"
_BESIDE = 24
"""Code points on each side of an injection in which what it is of may stand."""
_OTHERWISE = r"\b{injected_otherwise}\b"
_AFTERWARDS = r"\b{before_an_event}[ ]?$"
"""An injection that something else comes after is told of, not offered."""

_LONGEST_PRICE = 60
_NUMBER = LatePattern(r"\d+(?:[.,' \u00a0]\d{3})*(?:[.,]\d{1,2})?(?!\d)")
_CENTS = LatePattern(r"[.,](\d{1,2})$")
_PARTS = LatePattern(r"\D")
_COIN = r"[£€$¥₩₹]"
_COINED = LatePattern(rf"{_COIN}\s?\d[\d.,']{{0,12}}|\d[\d.,']{{0,12}}\s?{_COIN}")
"""A price with its sign before or behind it."""
_STRUCK = LatePattern(r"[\s~*]{0,6}(?:→|➡️?|[-=]>)?[\s~*]{0,6}")
"""What may stand between a price that is struck out and the one that counts."""

_Medicine: TypeAlias = tuple[str, bool]
"""The concept of what is hinted at, and whether it begins rules."""


class _Said(NamedTuple):
    """What one block says: whether something injected is named, the medicine hinted at in each sentence, and first of all."""

    is_named: bool
    hinted: Mapping[int, _Medicine]
    hinted_at: _Medicine | None


class _Row(NamedTuple):
    """What a row says: whether something injected is named, and the first two cells that hint at a medicine."""

    is_named: bool
    hinted: tuple[tuple[int, _Medicine], ...]


class _Columns(NamedTuple):
    """The columns of two prices, by the table's group and the column's number; ``current`` with the language of the heading."""

    earlier: frozenset[tuple[int | None, int | None]]
    current: Mapping[tuple[int | None, int | None], str]


class Hints:
    """Finds them in the analyses of one file and adds them as mentions."""

    def __init__(self, source: Source, analyses: Iterable[BlockAnalysis], replies: Replies, lists: WordLists) -> None:
        self._source, self._replies, self._lists = source, replies, lists
        self._analyses = {analysis.block: analysis for analysis in analyses}
        self._said: dict[int, _Said] = {}
        self._rows: dict[tuple[int | None, int | None], _Row] = {}

    def added(self) -> Iterator[BlockAnalysis]:
        """Every analysis, with the mentions that hints make."""
        has_prices = bool(self._columns.current)
        for analysis in (*self._analyses.values(), *self._bare_prices()):
            found = [
                *self._injections(analysis),
                *(self._reduced(analysis) if has_prices else ()),
                *self._struck(analysis),
            ]
            if found:
                mentions = sorted((*analysis.mentions, *found), key=lambda m: (m.start, m.end))
                yield replace(analysis, mentions=tuple(mentions))
            else:
                yield analysis

    # an injection, and what for

    def _injections(self, analysis: BlockAnalysis) -> Iterator[Mention]:
        injections = [mention for mention in analysis.mentions if mention.concept == INJECTION]
        if not injections:
            return
        block = self._source.blocks[analysis.block]
        around = [*self._around(block)]
        if self._says(block.index).is_named or self._row(block).is_named or any(self._says(i).is_named for i in around):
            return
        said = self._says(block.index).hinted
        beside = self._hinted_in_row(block) or next(filter(None, (self._says(i).hinted_at for i in around)), None)
        for mention in injections:
            hinted = said.get(mention.sentence) or said.get(_asked_before(analysis, mention), beside)
            if hinted and not _is_of_something_else(block.text, mention, self._lists):
                yield mention._replace(concept=hinted[0], trigger=hinted[1])

    def _says(self, index: int) -> _Said:
        """What a block says, worked out once: many blocks stand around one heading."""
        if index not in self._said:
            mentions = self._analyses[index].mentions if index in self._analyses else ()
            hinted: dict[int, _Medicine] = {}
            for mention in mentions:
                if medicine := self._replies.get((INJECTED, mention.concept)):
                    hinted.setdefault(mention.sentence, medicine)
            first = next(iter(hinted.values()), None)
            self._said[index] = _Said(any(mention.facet in NAMED for mention in mentions), hinted, first)
        return self._said[index]

    def _row(self, block: Block) -> _Row:
        """What the cells of a block's row say together, worked out once for all of them."""
        place = block.group, block.row
        if block.group is None or place not in self._cells:
            return _Row(False, ())
        if place not in self._rows:
            cells = self._cells[place]
            hinted = ((index, medicine) for index in cells if (medicine := self._says(index).hinted_at))
            self._rows[place] = _Row(any(self._says(index).is_named for index in cells), tuple(islice(hinted, 2)))
        return self._rows[place]

    def _hinted_in_row(self, block: Block) -> _Medicine | None:
        """The medicine that the first of the other cells hints at."""
        return next((medicine for index, medicine in self._row(block).hinted if index != block.index), None)

    def _around(self, block: Block) -> Iterator[int]:
        """The question before a block, and the nearest heading."""
        before = self._analyses.get(block.index - 1)
        if before is not None and before.sentences and before.sentences[-1].question:
            yield before.block
        yield from block.section[-1:]

    @cached_property
    def _cells(self) -> Mapping[tuple[int | None, int | None], list[int]]:
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
        if (
            block.role is not Role.TABLE_CELL
            or not block.row
            or (block.group, block.column) not in self._columns.current
        ):
            return
        price = self._price(block.index)
        if price is not None and self._is_lower(block, price.text):
            yield price._replace(concept=DISCOUNT, trigger=True)
        elif price is None and _amount(block.text, bare=True) is not None and self._is_lower(block, block.text):
            yield Mention(DISCOUNT, block.index, 0, len(block.text), block.text, first=0, last=1, lang=analysis.lang)

    def _struck(self, analysis: BlockAnalysis) -> Iterator[Mention]:
        """Prices that stand right behind higher ones."""
        prices = [mention for mention in analysis.mentions if mention.concept in _AMOUNTS]
        if len(prices) < _PAIR:
            return
        for before, now in _pairs(self._source.blocks[analysis.block].text):
            price = next((mention for mention in prices if now.start() <= mention.start < now.end()), None)
            if price is not None and _is_less(now[0], before[0]):
                yield price._replace(concept=DISCOUNT, trigger=True)

    def _bare_prices(self) -> Iterator[BlockAnalysis]:
        """The cells of a column of lower prices that hold a number without a currency, in which no term was found."""
        for block in self._source.blocks if self._columns.current else ():
            head = self._columns.current.get((block.group, block.column))
            if (
                head is not None
                and block.row
                and block.index not in self._analyses
                and _amount(block.text, bare=True) is not None
            ):
                end = len(block.text)
                yield BlockAnalysis(block.index, head, (Sentence(0, end, (end,)),), (), ())

    def _is_lower(self, block: Block, price: str) -> bool:
        now, before = _amount(price), self._earlier_prices.get((block.group, block.row))
        return now is not None and before is not None and now < before

    @cached_property
    def _earlier_prices(self) -> Mapping[tuple[int | None, int | None], float]:
        """What each row says that something cost before."""
        cells = (block for block in self._source.blocks if (block.group, block.column) in self._columns.earlier)
        amounts = (((block.group, block.row), self._cost(block)) for block in cells if block.row)
        return {row: amount for row, amount in amounts if amount is not None}

    def _cost(self, block: Block) -> float | None:
        price = self._price(block.index)
        return _amount(price.text if price is not None else block.text)

    def _price(self, index: int) -> Mention | None:
        """The first price that a block names with its currency."""
        mentions = self._analyses[index].mentions if index in self._analyses else ()
        return next((mention for mention in mentions if mention.concept in _AMOUNTS), None)

    @cached_property
    def _columns(self) -> _Columns:
        """The columns of earlier prices, and those of current ones in the same tables."""
        earlier: set[tuple[int | None, int | None]] = set()
        current: dict[tuple[int | None, int | None], str] = {}
        for index, analysis in self._analyses.items():
            block = self._source.blocks[index]
            if not block.header or block.row != 0 or block.group is None:
                continue
            whole = {m.concept for m in analysis.mentions if m.text == block.text.strip(_AROUND)}
            if EARLIER in whole:
                earlier.add((block.group, block.column))
            if CURRENT in whole:
                current[block.group, block.column] = analysis.lang
        groups = {group for group, _ in earlier}
        return _Columns(frozenset(earlier), {place: lang for place, lang in current.items() if place[0] in groups})


def _asked_before(analysis: BlockAnalysis, mention: Mention) -> int:
    """The number of the question right before a mention's sentence, -1 if there is none: "Sweaty palms? Our injections …"."""
    before = mention.sentence - 1
    return before if before >= 0 and analysis.sentences[before].question else -1


def _amount(text: str, *, bare: bool = False) -> float | None:
    """The one number of a text, None if it has none or several; ``bare``: if there is nothing beside it."""
    numbers = _NUMBER.findall(text[:_LONGEST_PRICE])
    if len(numbers) != 1 or (bare and numbers[0] != text):
        return None
    cents = _CENTS.search(numbers[0])
    whole = numbers[0][: cents.start()] if cents else numbers[0]
    return float(_PARTS.sub("", whole) + (f".{cents[1]}" if cents else ""))


def _pairs(text: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Two prices side by side; three in a row are columns."""
    run: list[re.Match[str]] = []
    for price in _COINED.finditer(text):
        if run and not _STRUCK.fullmatch(text, run[-1].end(), price.start()):
            if len(run) == _PAIR:
                yield run[0], run[1]
            run = []
        run.append(price)
    if len(run) == _PAIR:
        yield run[0], run[1]


def _is_less(now: str, before: str) -> bool:
    """Whether a price is lower than another, in the same currency."""
    lower, higher = _amount(now), _amount(before)
    signs = {mark for mark in now + before if mark in _SIGNS}
    return lower is not None and higher is not None and len(signs) == 1 and lower < higher


def _is_of_something_else(text: str, injection: Mention, lists: WordLists) -> bool:
    """Whether an injection is a vaccine, a vitamin or against pain, or one that something else comes after."""
    before, after = (
        text[max(0, injection.start - _BESIDE) : injection.start],
        text[injection.end : injection.end + _BESIDE],
    )
    around = f"{before}{injection.text}{after}"
    return bool(lists.pattern(_OTHERWISE).search(around) or lists.pattern(_AFTERWARDS).search(before))
