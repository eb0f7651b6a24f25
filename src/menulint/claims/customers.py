"""Customers' words known by their shape, whatever they say: a name in an element of its own, stars, a quotation.

A review that uses none of the words of one is still a review: what tells it are a person's name right behind it or above it,
together with a heading of reviews, stars, quotation marks, or an element that says so. Three things need less: a text whose
name in data says that customers speak (``reviewBody``, an item below ``testimonials``), since the author may stand anywhere;
a caption that begins with a name and an age; and several texts of one section with full names behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from menulint.claims.page import PROMOTIONAL, BlockWords, PageEvidence
from menulint.late import LatePattern
from menulint.source import Block, OffsetMap, Role, Source, shown

if TYPE_CHECKING:  # a clean page has no mentions: their module is not loaded for it
    from menulint.mention import BlockAnalysis, Mention, Sentence
    from menulint.pack.lists import WordLists

WORDS = "testimonial.customer-words"
PRICE = "price.amount"
SERVICE = "testimonial.service"
"""What a customer may be quoted with: staff, punctuality, parking."""
STARS, PRAISE = "testimonial.star-rating", "testimonial.plain-praise"
TAKEN_BACK = frozenset({"asked", "hypothetical", "negated", "prohibited", "warned", "reported"})
"""What a cue says that silences a term; a customer's words speak all the same ("People ask me if I went on holiday")."""
HEADING = "testimonial.heading"
OF_REVIEWS = frozenset({HEADING, "testimonial.clients-say", "testimonial.story", "testimonial.review", STARS})
"""What a heading speaks of that has customers' words below it."""
SOLD = frozenset({"substance", "route", "source"})
"""Facets one of which a page names somewhere: customers of other trades say what they like."""
TOLD = frozenset({Role.PARAGRAPH, Role.LIST_ITEM, Role.TABLE_CELL, Role.STRING, Role.CAPTION, Role.STRUCTURED})
NAMING = (TOLD | {Role.HEADING}) - {Role.LIST_ITEM}
"""Roles in which the name of who says it may stand right below."""
LONGEST, FEWEST = 1200, 3
"""Code points of what one customer says; words of it."""
MOST_SHOWN = 160
"""Code points of the finding: the first sentence that says more than how friendly everybody was, or its first clauses."""
LONGEST_NAME = 48
LONGEST_LINK = 60
"""Code points of a line that asks for reviews, or tells where they are."""
PAIRS = 2
"""How many texts with full names behind them make a row of reviews without any other sign."""

_PERSON = (
    r"(?:{titles}\.? )?"
    r"[A-ZÀ-ÖØ-Þ][\w'’-]+(?: (?:{=particles} )?[A-ZÀ-ÖØ-Þ][\w'’-]*\.?){0,2}"
)
_AGE = (
    r"[ ]?[,(–—-] ?(?:{aged} )?\d\d(?!\d| ?(?:%|ml|mg|mcg|µg|cc|g|kg|cm|mm|IU|UI|min|{amounts})(?![^\W\d_]))"
    r"(?: {years})?\)?"
)
_TOWN = r"(?:, [^\W\d_][\w'’ -]{1,30}){1,2}"
_NAME = rf"[—–~-]{{0,2}} ?(?P<who>{_PERSON})(?P<more>{_AGE}(?:{_TOWN})?|{_TOWN})?\.?"
_INITIAL = LatePattern(r"[^\W\d_]{2,} [A-ZÀ-ÖØ-Þ]\.?$")
_BEHIND = rf"(?:[.!?…][\"”’»]?|[”\"»★⭐]) ?[—–-]? ?(?P<who>{_PERSON})(?:{_AGE})?(?:{_TOWN})?(?: ?[★⭐]{{1,5}})?\.?$"
_BEFORE = rf"(?P<who>{_PERSON})(?:{_AGE})?(?: (?=[★⭐])| ?[:,] ?(?=[“\"«]))"
_AGED = rf"{_PERSON}{_AGE} ?[:.–—-]? "
_ITEM = LatePattern(r".*/\d+(?:/|$)")
_SAID = LatePattern(
    r"(?:[\w-]*[_-])?(?:text|body|quote|review|comment|message|content|testimonial|feedback|texto|cita|opinion|comentario|"
    r"testimonio|texte|avis|citation)|[\w-]*(?:Text|Body|Quote|Review|Comment|Content)"
)
"""Where the name of a text in data says that the customer speaks: another one may be longer, and names what was bought."""
_NOTHING = Block(-1, Role.PARAGRAPH, "", OffsetMap.identity(0))
_STAR = LatePattern(r"[★⭐]{3,5}")
_PROFESSIONS = r"\b{professions}\b"
"""Words beside a name by which it is one of the house's own, or of a colleague."""
_HOUSES = r"{articles} |.*\b{institutions}\b"
"""Names of institutions, papers and houses."""
_SITE_WORDS = r".*\b{site_headings}\b"
"""What headings of a page say and no name does."""
_ASKING = r"{asking}\b.*\b{reviews}\b"
"""A line that asks for reviews, or leads to them."""
_DATES = r"{months}(?:[ ,]+(?:[0-2]?\d|3[01]))?\.?"
"""A month, with or without a day: "June, 12" is none, "June, 62" and "June R." are people."""
_TEAM = r"\b{team_headings}\b"
"""What a heading says below which the house's own people speak."""
_DIGIT = LatePattern(r"\d")
_LETTERS = LatePattern(r"[^\W\d_]+")
_MARKS = LatePattern(r"[★⭐“\"«„‘\s]+")
_CLOSING = '★⭐”"»’ '
_OPENS = tuple('“"«„‘')
_CLOSES = tuple('”"»“’')


_KEPT = 1 << 12
"""How many texts are kept in mind with what they are: those of a site come back."""


class _Signs(NamedTuple):
    """What tells that a block is a customer's: a person's name, and whatever else says so."""

    named: bool
    fully: bool
    """The name has an age, a town or an initial beside it."""
    shown: bool
    """A heading of reviews, stars, quotation marks or an element of its own."""


def customers_blocks(
    source: Source, words: Mapping[int, BlockWords], page: PageEvidence, lists: WordLists
) -> frozenset[int]:
    """The blocks that are customers' words; none on a page that sells nothing we know of."""
    if page.genre != PROMOTIONAL or not _sells(words):
        return frozenset()
    return frozenset(_Finder(source, words, lists).found())


def with_words(analysis: BlockAnalysis, text: str, lists: WordLists) -> BlockAnalysis:
    """The analysis of such a block with a mention of what the customer says, unless a term knows it already.

    It stands for bare praise in the same block too: one finding is enough for one customer.
    """
    number = None if any(map(_speaks, analysis.mentions)) else _telling(analysis, text, lists)
    if number is None:
        return analysis
    from menulint.mention import Mention

    sentence = analysis.sentences[number]
    start, end = _shortest(text, sentence, lists)
    first, clause = _before(analysis, start)
    said = Mention(WORDS, analysis.block, start, end, shown(text[start:end]), number, clause, first, first + 1)
    others = (mention for mention in analysis.mentions if mention.concept != PRAISE and _LETTERS.search(mention.text))
    mentions = sorted((*others, said._replace(lang=analysis.lang)), key=lambda m: (m.start, m.end))
    return replace(analysis, mentions=tuple(mentions))


def _speaks(mention: Mention) -> bool:
    """Whether a term knows the words of a customer already, and nothing takes them back."""
    if mention.facet != "testimonial" or not mention.trigger or mention.concept in (STARS, PRAISE):
        return False
    return bool(_LETTERS.search(mention.text)) and not any(cue.says in TAKEN_BACK for cue in mention.cues)


def _sells(words: Mapping[int, BlockWords]) -> bool:
    return any(concept.partition(".")[0] in SOLD for said in words.values() for concept in said.concepts)


class _Finder:
    """Looks at each block of a file once, and at the ones beside it."""

    def __init__(self, source: Source, words: Mapping[int, BlockWords], lists: WordLists) -> None:
        self._blocks, self._words, self._lists = source.blocks, words, lists
        self._rows: dict[tuple[int, int], Block] = {}
        self._named: dict[int, bool] = {}
        for block in source.blocks:
            if block.group is not None and block.row is not None and block.column is not None and self._names(block):
                row = block.group, block.row
                if row not in self._rows or (self._full(block.text) and not self._full(self._rows[row].text)):
                    self._rows[row] = block
        self._headings: dict[int, bool] = {}
        self._sections: dict[tuple[int, ...], bool] = {}
        self._titles = tuple(block.index for block in source.blocks[:3] if block.role is Role.TITLE)
        self._fullest: dict[str, Block] = {}
        for block in source.blocks:
            if (item := _item(block)) and _fullness(block) > _fullness(self._fullest.get(item, _NOTHING)):
                self._fullest[item] = block

    def found(self) -> Iterator[int]:
        """The indexes of customers' words."""
        pairs: dict[tuple[int, ...], list[int]] = {}
        for block in self._blocks:
            if not self._is_told(block):
                continue
            signs = self._signs(block)
            if not (signs.shown or signs.fully) or not _says_something(block.text, self._lists):
                continue  # the signs first: few blocks have any, and most say something
            if signs.named and signs.shown:
                if not self._is_the_house_s(block):
                    yield block.index
            elif signs.fully and not (self._speaks_for_itself(block.index) or self._of_team(block)):
                pairs.setdefault(block.section, []).append(block.index)
        for indexes in pairs.values():
            if len(indexes) >= PAIRS:
                yield from indexes

    def _is_told(self, block: Block) -> bool:
        text = block.text
        if block.role not in TOLD or len(text) > LONGEST or block.header or text.endswith("?"):
            return False
        if self._fullest.get(_item(block), block) is not block:
            return False
        concepts = self._concepts(block.index)
        if PRICE in concepts:
            return False
        return len(text) > LONGEST_LINK or not (HEADING in concepts or self._lists.pattern(_ASKING).match(text))

    def _signs(self, block: Block) -> _Signs:
        if block.role is Role.STRUCTURED or _item(block):
            return _Signs(block.quoted, False, block.quoted)  # data may keep the name elsewhere: "author"
        if block.role is Role.CAPTION and self._lists.pattern(_AGED).match(block.text):
            return _Signs(True, True, True)
        names = [
            there.text
            for there, is_sure in self._names_beside(block)
            if self._names(there) and (is_sure or self._full(there.text))
        ]
        shown = self._is_shown(block)
        named = bool(names) or (shown and _holds_a_name(block.text, self._lists))
        return _Signs(named, any(map(self._full, names)), named and shown)

    def _names_beside(self, block: Block) -> Iterator[tuple[Block, bool]]:
        """The texts beside a block that may be the name of who says it, and whether a bare one is: headings look like names."""
        blocks, index = self._blocks, block.index
        if block.group is not None and block.row is not None and block.column is not None:
            name = self._rows.get((block.group, block.row))
            if name is not None:  # the fullest of the row: what customers say is no name
                yield name, True
            return
        is_told = block.quoted or self._under_reviews(block)
        if index + 1 < len(blocks) and blocks[index + 1].role in NAMING:
            below = blocks[index + 1]
            yield below, is_told or below.role is not Role.HEADING
        if block.section and not self._of_reviews(block.section[-1]):
            yield blocks[block.section[-1]], is_told

    def _is_shown(self, block: Block) -> bool:
        text = block.text
        if block.quoted or self._under_reviews(block) or self._has_stars(block):
            return True
        if text.isascii() and '"' not in text:
            return False  # neither stars nor quotation marks, which all that follows asks for
        return bool(
            _STAR.search(text)
            or self._lists.pattern(_BEFORE).match(text)
            or (text.startswith(_OPENS) and any(map(text[1:].__contains__, _CLOSES)))
        )

    def _has_stars(self, block: Block) -> bool:
        return any(STARS in self._concepts(index) for index in (block.index - 1, block.index, block.index + 1))

    def _names(self, block: Block) -> bool:
        """Whether a block is a person's name: no words of the lexicons, no institution, no month, no heading of a site."""
        index = block.index
        named = self._named.get(index)
        if named is None:  # a heading is asked about by each block below it
            named = self._named[index] = not self._concepts(index) and _name(block.text, self._lists)
        return named

    def _full(self, text: str) -> bool:
        return _full(text, self._lists)

    def _is_the_house_s(self, block: Block) -> bool:
        """Whether somebody of the house is quoted: below a heading of its team, or saying "we" in no review."""
        if self._of_team(block):
            return True
        if _item(block) or self._under_reviews(block) or self._has_stars(block):
            return False
        return block.role is not Role.STRUCTURED and self._speaks_for_itself(block.index)

    def _of_team(self, block: Block) -> bool:
        """Whether the nearest heading names those who work there, and no reviews."""
        if not block.section or self._of_reviews(block.section[-1]):
            return False
        return bool(self._lists.pattern(_TEAM).search(self._blocks[block.section[-1]].text[:LONGEST_NAME]))

    def _under_reviews(self, block: Block) -> bool:
        """Whether a heading above a block, or the title of the page, speaks of reviews; the same to all of a section."""
        section = block.section
        known = self._sections.get(section)
        if known is None:
            known = self._sections[section] = any(map(self._of_reviews, (*section, *self._titles)))
        return known

    def _of_reviews(self, index: int) -> bool:
        if index not in self._headings:
            self._headings[index] = not OF_REVIEWS.isdisjoint(self._concepts(index))
        return self._headings[index]

    def _concepts(self, index: int) -> Sequence[str]:
        return self._words[index].concepts if index in self._words else ()

    def _speaks_for_itself(self, index: int) -> bool:
        """Whether the house itself speaks: "We look forward to seeing you." above a signature."""
        return index in self._words and bool(self._words[index].own)


def _item(block: Block) -> str:
    """The item of data whose texts one customer says, the fullest of them above all; "" for what is none."""
    found = _ITEM.match(block.pointer) if block.quoted and block.pointer else None
    return found[0] if found else ""


def _fullness(block: Block) -> tuple[bool, int]:
    """What makes a text of an item the one that a customer says: its name, then its length."""
    key = (block.pointer or "").rpartition("/")[2]
    return _SAID.fullmatch(key) is not None, len(block.text)


@lru_cache(_KEPT)
def _says_something(text: str, lists: WordLists) -> bool:
    """Whether a text is more than a name or a few letters; no longer than ``LONGEST``."""
    return len(_LETTERS.findall(text)) >= FEWEST and not _name(text, lists)


@lru_cache(_KEPT)
def _holds_a_name(text: str, lists: WordLists) -> bool:
    """Whether such a text begins or ends with the name of who says it."""
    behind = lists.pattern(_BEHIND).search(text[-2 * LONGEST_NAME :])
    if behind and _is_anybody(behind["who"], behind.string[max(0, behind.start() - 6) :], lists):
        return True
    before = lists.pattern(_BEFORE).match(text)
    return bool(before and _is_anybody(before["who"], before[0], lists))


def _name(text: str, lists: WordLists) -> bool:
    """Whether a text is a person's name and no more. Those of a house's own doctors are none of a customer."""
    return len(text) <= LONGEST_NAME and _is_name(text, lists)


@lru_cache(_KEPT)
def _is_name(text: str, lists: WordLists) -> bool:
    match = lists.pattern(_NAME).fullmatch(text)
    return match is not None and _is_anybody(match["who"], text, lists)


def _is_anybody(name: str, around: str, lists: WordLists) -> bool:
    """Whether what looks like a name is neither a month, an institution nor a heading, and no profession stands beside it."""
    if lists.pattern(_PROFESSIONS).search(around) or lists.pattern(_DATES).fullmatch(around.strip(" —–-~.")):
        return False
    return not (lists.pattern(_HOUSES).match(name) or lists.pattern(_SITE_WORDS).match(name))


@lru_cache(_KEPT)
def _full(text: str, lists: WordLists) -> bool:
    """Whether an age or an initial stands beside a name, or a town beside two: "Leeds, Yorkshire" is nobody."""
    match = lists.pattern(_NAME).fullmatch(text)
    if match is None:
        return False
    if _INITIAL.search(match["who"]):
        return True
    return bool(match["more"]) and (" " in match["who"] or _DIGIT.search(match["more"]) is not None)


def _telling(analysis: BlockAnalysis, text: str, lists: WordLists) -> int | None:
    """The number of the sentence to point at: the first one of more than how customers were received."""
    service = {m.sentence for m in analysis.mentions if m.concept == SERVICE}
    for number, sentence in enumerate(analysis.sentences):
        said = text[sentence.start : sentence.end]
        if number not in service and len(_LETTERS.findall(said)) >= FEWEST and not _name(said.strip(), lists):
            return number
    return None


def _shortest(text: str, sentence: Sentence, lists: WordLists) -> tuple[int, int]:
    """What is pointed at: the sentence without stars, marks and the speaker's name, or the clauses of it that fit."""
    start = sentence.start
    if lead := lists.pattern(_BEFORE).match(text, start, sentence.end):
        start = lead.end()
    if marks := _MARKS.match(text, start, sentence.end):
        start = marks.end()
    said = text[start : sentence.end].rstrip(_CLOSING)
    if len(said) > MOST_SHOWN:
        most = start + MOST_SHOWN
        return start, max((end for end in sentence.clause_ends if start < end <= most), default=most)
    return start, start + len(said)


def _before(analysis: BlockAnalysis, offset: int) -> tuple[int, int]:
    """The number of the token, and of the clause, that follow the last mention before an offset."""
    before = [mention for mention in analysis.mentions if mention.end <= offset]
    return (before[-1].last, before[-1].clause) if before else (0, 0)
