"""What the whole page says about who speaks: genre, speaker prior, zones of quoted advertising, language, place.

Uses the hits of all blocks and the file's signals, never spaCy. Every decision keeps its reasons.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TypeAlias

from msgspec import Struct

from menulint.claims.naming import genres_of_path
from menulint.claims.subject import FACETS, OF_CUES, is_elsewhere, is_on_it, names_one, still_on_it
from menulint.pack.model import Entry
from menulint.scales import GENRES
from menulint.source import GAP, Block, Role, Source, shown
from menulint.text.quotations import quotations

_TITLE, _HEADING = (
    Role.TITLE,
    Role.HEADING,
)  # asked of thousands of blocks: to look one up takes a fifth of a microsecond

PROMOTIONAL = "promotional"
EDITORIAL = "editorial"
OTHER = "other"
"""A page on something else than treatments and cosmetics."""
OPEN_GENRES = frozenset({EDITORIAL, "patient-info", "policy", "science"})
"""Genres of pages on which a section may turn into a seller's own voice; a regulator's or a newspaper's "we" does not."""
SELLER_GENRES = frozenset({PROMOTIONAL})

BUSINESS_TYPES = frozenset(
    "localbusiness medicalbusiness medicalclinic healthandbeautybusiness beautysalon dayspa physician dentist product offer "
    "aggregateoffer service medicaltherapy medicalprocedure store pharmacy organization product.item".split()
)
"""schema.org and Open Graph types (lower case) that a seller gives its page."""
GENRE_TYPES = {
    "newsarticle": "news",
    "reportagenewsarticle": "news",
    "scholarlyarticle": "science",
    "medicalscholarlyarticle": "science",
    "governmentorganization": "regulator",
    "governmentservice": "regulator",
    "newsmediaorganization": "news",
}

WEIGHTS = {1: 0.5, 2: 1.5, 3: 3.0}
"""Points of a genre cue by the weight its lexicon gives it: said anywhere, mostly of that genre, hardly ever elsewhere."""
BENEFITS = "benefits"
MOST_BENEFIT = 2.0
"""Benefits speak for a seller, but journals and leaflets name them as well: all together count no more than this."""
VOICE = "voice"
"""What speaks for a seller besides benefits."""
SUPERLATIVES = "superlatives"
"""Rarer than benefits where nobody sells, but of bridges and towns as well: they weigh only against other genres."""
PRAISE = {
    "effect": (BENEFITS, 0.2),
    "safety": (BENEFITS, 0.3),
    "comparison": (SUPERLATIVES, 0.4),
    "testimonial": (SUPERLATIVES, 0.4),
    "pressure": (SUPERLATIVES, 0.4),
    "authority": (SUPERLATIVES, 0.3),
}
"""What one wording of a facet counts as, and for how much."""
NEUTRAL = frozenset({PROMOTIONAL, BENEFITS, SUPERLATIVES})
"""What does not speak against a seller."""
CAUTION = "caution"
"""Warnings, bans, doubts and attributions: they speak against a seller, but for no genre of their own."""
DOUBTS = frozenset(
    {"proof.caveat", "authority.oversight", "authority.illegal", "authority.evasion", "authority.refusal"}
)
"""Concepts by which a page says how little is known, or what the law objects to."""
CAUTIOUS = frozenset({"warned", "prohibited", "hypothetical"})
"""Stance cues that a page which informs has many of, and a page that sells few."""

DECISIVE = 2.0
"""Points against a seller from which they can decide."""
HINT = 1.5
"""The same for a text in which nobody speaks for a seller: no price, no "we", no offer, at most benefits."""
OUTWEIGHS = 1.5
"""How many times a seller's own points those against must be."""
TITLE_WEIGHT = 2
FAINT = 0.5
"""Points of a seller's voice below which a longer text is read as one that informs."""
NAMED = 2.0
"""Points from which a genre other than a seller's is called by its name, and not just editorial."""
SMALL_PRINT = frozenset({"patient-info", "recruitment"})
"""Genres that one line of an advertisement may speak for: "speak to your GP first", "we are hiring"."""
SURE = 1.0
"""Points of a seller's voice from which words in quotation marks are its own."""
OWN_BLOCK = 4.0
"""Points of different own words in one block that leave no doubt that a seller speaks in it."""
OWN_SECTION = 5.0
"""Points of different own words in one section from which it is a seller's on a page that is not."""
OPENER_TAIL = 12
"""Code points that may follow an opener for its zone to run on: a colon, a quotation mark, "online:"."""
SETTLING = frozenset({"genre:policy"})
INFORMING = frozenset({"genre:patient-info", *SETTLING})
CONTENTS = frozenset({"teaches"})
PRONOUN, PHRASE = 0.25, 1.0
"""Points of a seller's own word, and of several ("at our clinic")."""
_SAID_TO_ALL = ("you ", "you'", "you’")
"""How phrases begin that say "you" and nobody's own word ("you will"): recipes and courses speak so as well."""
PROSE = 180
"""Code points from which a block is a paragraph, and no line of a menu."""
PROSE_PER_PRICE = 90
"""Code points for each price in it, below which it is a menu in one block."""
TOLD = 1 / 3
"""What a price counts in a paragraph that says neither "we" nor "you": it is told of others, as newspapers do."""
_CURRENCIES = frozenset("£€$")
_MOST_TIMES = 5
"""How many times a word counts."""
OPENS, CLOSES = "zone-open", "zone-close"
_ZONES = frozenset({OPENS, CLOSES})
TEACHES = "teaches"
TAUGHT_FROM = 3
"""Different words of a course ("learning outcomes", "entry requirements") from which a page is one without such a title."""
TAUGHT_SURELY = 2
"""The same below a title that names a course: then even what is said of effects is what is taught."""
TAUGHT_THROUGHOUT = 5
"""The same without such a title."""
DISOWNS = "disowns"
"""Words in a heading below which quoted words are nobody's claim: an apology, a correction, a list of myths."""
DEFINES = "defines"
"""Words in a heading below which words are explained: a glossary."""
TURNS = "turns"
"""What the cues say by which a text turns to what its own house sells ("our own exosomes", "here at our clinic")."""
_SENTENCE_ENDS = (". ", "! ", "? ", "… ")
OFF_SUBJECT = "hardly a word on treatments or cosmetics"
EXCERPT_WORDS = 30
"""A text shorter than this is one claim taken out of its page: a hint of another genre is no evidence."""
SHORT_TEXT_WORDS = 120
"""A text shorter than this that shows nothing is read as a seller's: an excerpt of copy carries no page evidence."""


class Meaning(Struct, frozen=True):
    """What a lexicon entry tells of a page, wherever it stands. Made once per entry: ``meaning_of``.

    ``concept`` of a term, ``says`` of a cue; ``trigger``: a term that begins rules. ``speaks`` is the genre it speaks for and
    its points, if any; ``yields``: not where it is part of a longer term; ``marks``: it says something by where it stands (a
    zone, a heading). ``subject`` is how much it says that the page is on treatments or cosmetics; ``names_one``: it names a
    treatment, or what it is for.
    """

    concept: str
    says: str
    trigger: bool
    speaks: tuple[str, float] | None
    yields: bool
    marks: bool
    subject: float = 0.0
    names_one: bool = False


class BlockWords(Struct):
    """What the words of one block tell of its page, from its text alone. Offsets count in the block.

    ``said`` are (genre and folded word, points, word) of the words that it says and does not quote; ``own`` maps a
    seller's words to their points, quoted ones too; ``against`` are the spans of those that speak against a seller, and
    ``doubt`` the points of the different ones. ``taught`` are words of a course.
    ``turns`` is the offset at which it turns to what its house sells, -1 if it does not; ``mark`` a zone's (what it says, its
    end); ``headed`` the kinds of place it names if it is a heading; ``concepts`` are those of all terms; ``quoted`` are the
    spans in quotation marks. ``subject`` counts words on treatments and cosmetics, ``named`` those that name one or what it is
    for, ``known`` all words that mean something.
    """

    said: list[tuple[tuple[str, str], float, str]]
    own: dict[str, float]
    against: list[tuple[int, int]]
    concepts: list[str]
    quoted: list[tuple[int, int]]
    turns: int = -1
    mark: tuple[str, int] | None = None
    headed: frozenset[str] = frozenset()
    doubt: float = 0.0
    taught: frozenset[str] = frozenset()
    subject: float = 0.0
    named: int = 0
    known: int = 0


Found: TypeAlias = tuple[Meaning, int, int]
"""A word of a block: its meaning, where it starts and ends (block offsets)."""


class PageEvidence(Struct, frozen=True):
    """What the page as a whole says.

    ``quoted`` maps the blocks in a zone of quoted advertising to the offset at which it begins there, ``own_voice`` those in
    which a seller speaks although the page is not one. ``informing`` holds blocks of sections that give aftercare or terms,
    ``settling`` those of terms and policies, and what a course lists as its contents. ``disowned`` are blocks in which quoted
    words are nobody's claim, ``defining`` those of a glossary. ``doubts`` is set where one block is surely a seller's
    although the page is not: there a sentence without such words is its own. Only pages of ``OPEN_GENRES`` have own voices
    and doubts; of a page on something else the sections on treatments are read as a seller's.

    ``certain`` is False where nothing on the page shows a seller, and it is only read as one for want of other evidence.
    """

    genre: str
    genre_by: tuple[str, ...]
    speaker: str
    quoted: Mapping[int, int]
    own_voice: Mapping[int, int]
    certain: bool = True
    informing: frozenset[int] = frozenset()
    settling: frozenset[int] = frozenset()
    disowned: frozenset[int] = frozenset()
    defining: frozenset[int] = frozenset()
    doubts: Mapping[int, Sequence[tuple[int, int]]] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a seller may be heard in any block; on other pages in those of ``own_voice``, and nowhere else."""
        return self.speaker == "seller" or self.genre in OPEN_GENRES


def weigh(source: Source, words: Mapping[int, BlockWords], count: int, genre: str | None = None) -> PageEvidence:
    """Genre and speaker of a page of ``count`` words from those that mean something, by block.

    ``genre`` overrides what the page says.
    """
    scores, reasons = _scores(source, words)
    chosen = genre or _choose(scores, count)
    if chosen in SMALL_PRINT and not genre and _is_small_print(source, words, scores, count):
        chosen = PROMOTIONAL
    elsewhere = _elsewhere(source, words, count) if not genre and chosen in (PROMOTIONAL, EDITORIAL) else ""
    sells = chosen == PROMOTIONAL
    chosen = OTHER if elsewhere else chosen
    because = [elsewhere] if elsewhere else [*reasons[chosen], *(reasons[CAUTION] if chosen != PROMOTIONAL else ())]
    by = ("given",) if genre else tuple(because[:5]) or (_without_evidence(count),)
    speaker = "seller" if chosen in SELLER_GENRES else "third-party"
    is_open = chosen in OPEN_GENRES
    certain = bool(genre) or scores.get(PROMOTIONAL, 0.0) >= SURE
    marked = {index: block for index, block in words.items() if block.mark or block.headed or block.taught}
    taught = _taught(source, marked)
    disowned = _under(source, marked, DISOWNS)
    return PageEvidence(
        genre=chosen,
        genre_by=by,
        speaker=speaker,
        quoted={**_quoted(source, marked, speaker), **dict.fromkeys(_nothing_but_quoted(source, disowned), 0)},
        own_voice=_own_voices(source, words, elsewhere, sells=sells) if is_open or elsewhere else {},
        certain=certain,
        informing=taught or _below(source, marked, INFORMING),
        settling=_below(source, marked, SETTLING) | (taught and _settled_by_course(source, marked, taught)),
        disowned=disowned,
        defining=_under(source, marked, DEFINES),
        doubts=_doubts(words) if is_open else None,
    )


def meaning_of(entry: Entry, trigger: bool, lineage: frozenset[str]) -> Meaning:
    """What an entry tells of a page; ``lineage``: a term's concept with all it descends from."""
    marks = entry.says in (TURNS, TEACHES, DISOWNS, DEFINES, *_ZONES) or (entry.says in INFORMING and entry.in_headings)
    yields = entry.says.startswith("genre:") and entry.says != f"genre:{PROMOTIONAL}"
    subject = OF_CUES.get(entry.says) or FACETS.get(entry.concept.partition(".")[0], 0.0)
    speaks = _speaks(entry, trigger, lineage)
    return Meaning(entry.concept, entry.says, trigger, speaks, yields, marks, subject, names_one(entry.concept))


def block_words(text: str, found: Sequence[Found]) -> BlockWords:
    """What the words of a block tell of its page. Quoted words are no evidence of who speaks."""
    quoted = list(quotations(text, whole=True))
    words = BlockWords([], {}, [], [], quoted, known=len(found))
    against: dict[str, float] = {}
    has_gap = GAP in text
    sold = _Sold(found) if any(meaning.yields for meaning, _, _ in found) else None
    told = _is_told(text, found)
    for meaning, start, end in found:
        words.subject += meaning.subject
        words.named += meaning.names_one
        if meaning.concept:
            words.concepts.append(meaning.concept)
        if meaning.marks:
            _note(words, meaning, start, end, is_quoted=_lies_in(quoted, start, end))
            if meaning.says == TEACHES:
                words.taught |= {text[start:end].casefold()}
        if meaning.speaks is None:
            continue
        genre = meaning.speaks[0]
        word = shown(text[start:end]) if has_gap else text[start:end]
        folded = word.casefold()
        points = _points(meaning, folded, told)
        if genre == PROMOTIONAL:
            words.own[folded] = points
        elif genre not in NEUTRAL:
            words.against.append((start, end))
            against[folded] = points
        if (quoted and _lies_in(quoted, start, end)) or (meaning.yields and sold and sold.holds(start, end)):
            continue
        words.said.append(((genre, folded), points, word))
    words.doubt = sum(against.values())
    return words


def _points(meaning: Meaning, folded: str, told: bool) -> float:
    """What a word counts for the genre it speaks for, in a block that tells of others or not."""
    points = meaning.speaks[1] if meaning.speaks else 0.0
    if meaning.says == "seller" and " " in folded and not folded.startswith(_SAID_TO_ALL):
        points = PHRASE
    return points * TOLD if told and (meaning.concept.startswith("price.") or _is_price(folded)) else points


def _is_told(text: str, found: Sequence[Found]) -> bool:
    """Whether a block is running text, not of prices, in which nobody says "we" or "you"."""
    if len(text) < PROSE or len(text) < PROSE_PER_PRICE * sum(map(text.count, _CURRENCIES)):
        return False
    return not any(meaning.says == "seller" and not _is_price(text[start:end]) for meaning, start, end in found)


def _is_price(word: str) -> bool:
    return not _CURRENCIES.isdisjoint(word)


def _note(words: BlockWords, meaning: Meaning, start: int, end: int, *, is_quoted: bool) -> None:
    """Keep what a cue says by where it stands."""
    says = meaning.says
    if says == TURNS:
        if not is_quoted:
            words.turns = start if words.turns < 0 else min(words.turns, start)
    elif says in _ZONES:
        if says == OPENS or start == 0:
            words.mark = says, end
    else:
        words.headed |= {says}


def _lies_in(quoted: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a word stands in quotation marks; quotations are in order and do not overlap."""
    at = bisect_left(quoted, (start, start)) - 1
    return at >= 0 and end < quoted[at][1]


class _Sold:
    """The terms of sellers in a block. Those of others do not count: "the FDA has issued warnings" is a regulator's."""

    def __init__(self, found: Iterable[Found]) -> None:
        spans = sorted((first, -last) for other, first, last in found if other.trigger and other.concept)
        self._starts = [first for first, _ in spans]
        self._ends = [-last for _, last in spans]
        self._furthest = [*accumulate(self._ends, max)]

    def holds(self, start: int, end: int) -> bool:
        """Whether a genre's word is part of a longer term ("FDA" in "FDA approved"), and so no evidence of the genre."""
        at = bisect_left(self._starts, start)
        if at and self._furthest[at - 1] >= end:
            return True
        return at < len(self._starts) and self._starts[at] == start and self._ends[at] > end


def _is_title(block: Block) -> bool:
    """A page's title or first-level heading says most about what kind of page it is."""
    return block.level == 1 or block.role is _TITLE


def _without_evidence(words: int) -> str:
    return "short text, nothing says otherwise" if words < SHORT_TEXT_WORDS else "no offer, price or own voice"


def _scores(source: Source, words: Mapping[int, BlockWords]) -> tuple[dict[str, float], Mapping[str, dict[str, None]]]:
    """Points per genre, and the words and signals that gave them. A repeated word counts a little more, up to double."""
    scores: dict[str, float] = defaultdict(float)
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    seen: dict[tuple[str, str], int] = {}
    for index, block in words.items():
        if not block.said:
            continue
        weight = TITLE_WEIGHT if _is_title(source.blocks[index]) else 1
        for key, points, word in block.said:
            seen[key] = times = seen.get(key, 0) + 1
            if times <= _MOST_TIMES:
                scores[key[0]] += points * (1.0 if times == 1 else 0.25) * weight
            reasons[key[0]].setdefault(word, None)
    for genre, points, reason in _signal_points(source):
        scores[genre] += points
        reasons[genre].setdefault(reason, None)
    benefits = min(scores.pop(BENEFITS, 0.0), MOST_BENEFIT)
    scores[VOICE] = scores[PROMOTIONAL]
    scores[PROMOTIONAL] += benefits
    scores[SUPERLATIVES] = min(scores[SUPERLATIVES], MOST_BENEFIT - benefits)
    return scores, reasons


def _speaks(entry: Entry, trigger: bool, lineage: frozenset[str]) -> tuple[str, float] | None:
    """What an entry says of the page; a lone pronoun says little ("as we age"), a phrase more ("at our clinic")."""
    if entry.direction == "PSEUDO":
        return None
    if entry.says.startswith("genre:"):
        return entry.says.removeprefix("genre:"), WEIGHTS[entry.weight]
    if entry.says == "seller":
        return PROMOTIONAL, PRONOUN
    if entry.says == "third-party":
        return CAUTION, 0.5
    if entry.says in CAUTIOUS or lineage & DOUBTS:
        return CAUTION, 0.4
    if entry.concept.startswith("price."):
        return PROMOTIONAL, 0.75 if "price.amount" in lineage else 0.5
    return PRAISE.get(entry.concept.partition(".")[0]) if trigger else None


def _signal_points(source: Source) -> Iterator[tuple[str, float, str]]:
    kinds = source.values_by_kind()
    types = {value.casefold() for value in kinds.get("type", ())}
    if business := sorted(types & BUSINESS_TYPES):
        yield PROMOTIONAL, 3.0, f"structured data: {business[0]}"
    for kind in sorted(types & GENRE_TYPES.keys()):
        yield GENRE_TYPES[kind], 3.0, f"structured data: {kind}"
    for signal, points in (("tel", 1.0), ("form", 0.5), ("currency", 1.0)):
        if signal in kinds:
            yield PROMOTIONAL, points, f"page has a {signal}"
    yield from genres_of_path(source.path)


def _choose(scores: Mapping[str, float], words: int) -> str:
    """A seller's page, unless all that speaks against it together outweighs what speaks for it; then the strongest genre."""
    own = scores.get(PROMOTIONAL, 0.0)
    named = {genre: points for genre, points in scores.items() if genre in GENRES and genre != PROMOTIONAL}
    against = sum(named.values()) + scores.get(CAUTION, 0.0)
    is_excerpt = words < EXCERPT_WORDS
    hinted = not is_excerpt and scores.get(VOICE, 0.0) < FAINT and own < SURE and sum(named.values()) >= HINT
    decisive = HINT if hinted else DECISIVE
    if against < decisive or against <= OUTWEIGHS * (own + scores.get(SUPERLATIVES, 0.0)):
        return PROMOTIONAL if own >= FAINT or words < SHORT_TEXT_WORDS else EDITORIAL
    genre = max(named, key=lambda name: named[name], default=EDITORIAL)
    return genre if named.get(genre, 0.0) >= NAMED else EDITORIAL


def _is_small_print(source: Source, words: Mapping[int, BlockWords], scores: Mapping[str, float], count: int) -> bool:
    """Whether all that speaks against a seller in a short text that shows one is said in one sentence, which is no heading."""
    if count >= SHORT_TEXT_WORDS or scores.get(VOICE, 0.0) + scores.get(SUPERLATIVES, 0.0) < PRONOUN:
        return False
    places = [index for index, block in words.items() if block.against]
    if len(places) != 1 or source.blocks[places[0]].role in (_HEADING, _TITLE):
        return False
    spans = words[places[0]].against
    between = source.blocks[places[0]].text[min(start for start, _ in spans) : max(end for _, end in spans)]
    return not any(mark in between for mark in _SENTENCE_ENDS)


def _elsewhere(source: Source, words: Mapping[int, BlockWords], count: int) -> str:
    """Why a page is on something else than treatments and cosmetics; empty if it is not."""
    points, known = sum(block.subject for block in words.values()), sum(block.known for block in words.values())
    return OFF_SUBJECT if is_elsewhere(points, known, count) else ""


def _still_on_it(source: Source, words: Mapping[int, BlockWords], *, sells: bool) -> Mapping[int, int]:
    points = {index: block.subject for index, block in words.items() if block.subject}
    named = {
        i for i, block in words.items() if sells and (block.named or is_on_it(block.subject, source.blocks[i].text))
    }
    return dict.fromkeys(still_on_it(source, points, named), 0)


def _own_voices(source: Source, words: Mapping[int, BlockWords], elsewhere: str, *, sells: bool) -> Mapping[int, int]:
    """Where a seller of treatments speaks on a page that is not one."""
    if elsewhere:
        return _still_on_it(source, words, sells=sells)
    return {**_turned(source, words), **dict.fromkeys(_own_voice(source, words), 0)}


def _quoted(source: Source, words: Mapping[int, BlockWords], speaker: str) -> dict[int, int]:
    """Blocks in a zone of quoted advertising, with the offset at which the quoted words begin.

    A zone opens at "the ad stated:". Words behind it in its own block are quoted; it runs on over the next blocks only if
    nothing but a mark or two follows the opener, up to a closer that begins a block, and on a seller's page up to the next
    heading.
    """
    marks = {index: block.mark for index, block in words.items() if block.mark}
    quoted: dict[int, int] = {}
    inside = False
    for block in source.blocks if marks else ():
        mark = marks.get(block.index)
        if inside and speaker == "seller" and block.role is _HEADING:
            inside = False
        if mark and mark[0] == CLOSES:
            inside = False
        elif mark:
            quoted[block.index] = mark[1]
            inside = inside or len(block.text) - mark[1] <= OPENER_TAIL
        elif inside:
            quoted[block.index] = 0
    return quoted


def _below(source: Source, words: Mapping[int, BlockWords], says: frozenset[str]) -> frozenset[int]:
    """Blocks below a heading such as "Aftercare" or "Cancellation policy": they inform, whatever the page is."""
    headings = {
        index
        for index, block in words.items()
        if block.headed and block.headed & says and source.blocks[index].role is _HEADING
    }
    blocks = source.blocks if headings else ()
    return frozenset(b.index for b in blocks if b.index in headings or headings.intersection(b.section[-1:]))


def _taught(source: Source, words: Mapping[int, BlockWords]) -> frozenset[int]:
    """All blocks of a page on a course, by its title or by several words of courses: it teaches how to use what it names."""
    taught = {index: block.taught for index, block in words.items() if block.taught}
    titled = any(_is_title(source.blocks[index]) for index in taught)
    teaches = titled or len(frozenset().union(*taught.values())) >= TAUGHT_FROM
    return frozenset(block.index for block in source.blocks) if teaches else frozenset()


def _settled_by_course(source: Source, words: Mapping[int, BlockWords], taught: frozenset[int]) -> frozenset[int]:
    """What a page on a course lists as its contents; all of it, if its title and more, or enough besides, speak of a course."""
    named = {index: block.taught for index, block in words.items() if block.taught}
    titles = [index for index in named if _is_title(source.blocks[index])]
    surely = len(frozenset().union(*named.values())) >= (TAUGHT_SURELY if titles else TAUGHT_THROUGHOUT)
    return taught if surely else _below(source, words, CONTENTS)


def _under(source: Source, words: Mapping[int, BlockWords], says: str) -> frozenset[int]:
    """Blocks below such a heading or column however deep, all of a page so titled: an apology, a list of myths, a glossary."""
    named = [source.blocks[index] for index, block in words.items() if says in block.headed]
    headings = {block.index: block for block in named if block.role in (Role.HEADING, Role.TITLE)}
    tables = {block.group for block in named if block.header and block.group is not None}
    if not headings and not tables:
        return frozenset()
    if any(_is_title(block) for block in headings.values()):
        return frozenset(block.index for block in source.blocks)
    return frozenset(
        b.index
        for b in source.blocks
        if b.index in headings or b.group in tables or not headings.keys().isdisjoint(b.section)
    )


def _nothing_but_quoted(source: Source, blocks: Iterable[int]) -> Iterator[int]:
    """Those cells and items that are one quotation from end to end, as in a table of rejected wording."""
    for index in blocks:
        block = source.blocks[index]
        text = block.text.strip()
        if block.role in (Role.TABLE_CELL, Role.LIST_ITEM) and next(iter(quotations(text, whole=True)), None) == (
            0,
            len(text),
        ):
            yield index


def _turned(source: Source, words: Mapping[int, BlockWords]) -> Mapping[int, int]:
    """Blocks in which a text that informs has turned to what its own house sells, with the offset at which it does.

    It goes on through the paragraphs below, up to a heading or a block that speaks against a seller and not for one.
    """
    turns = {index: block.turns for index, block in words.items() if block.turns >= 0}
    turned: dict[int, int] = {}
    inside = False
    for block in source.blocks if turns else ():
        speaks_against = block.index in words and bool(words[block.index].against)
        inside = block.index in turns or (inside and not speaks_against and block.role is not Role.HEADING)
        if inside:
            turned[block.index] = _sentence_start(block.text, turns.get(block.index, 0))
    return turned


def _sentence_start(text: str, offset: int) -> int:
    """Where the sentence begins that an offset lies in, as far as marks say so."""
    return max(text.rfind(mark, 0, offset) for mark in _SENTENCE_ENDS) + 1


def _own_voice(source: Source, words: Mapping[int, BlockWords]) -> frozenset[int]:
    """Blocks whose section speaks in a seller's own voice ("at our clinic", "book now") although the page does not."""
    sections: dict[tuple[int, ...], dict[str, float]] = {}
    for index, block in words.items():
        if block.own:
            sections.setdefault(_home(source.blocks[index]), {}).update(block.own)
    speaking = {section for section, said in sections.items() if sum(said.values()) >= OWN_SECTION}
    blocks = source.blocks if speaking else ()
    return frozenset(block.index for block in blocks if _home(block) in speaking)


def _doubts(words: Mapping[int, BlockWords]) -> Mapping[int, list[tuple[int, int]]] | None:
    """Where words stand that speak against a seller, if one block leaves no doubt that a seller speaks on the page."""
    if any(len(b.own) > 1 and sum(b.own.values()) >= max(OWN_BLOCK, b.doubt) for b in words.values()):
        return {index: block.against for index, block in words.items() if block.against}
    return None


def _home(block: Block) -> tuple[int, ...]:
    return (*block.section, block.index) if block.role is _HEADING else block.section
