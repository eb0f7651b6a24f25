"""What the whole page says about who speaks: genre, speaker prior, zones of quoted advertising, language, place.

Uses the hits of all blocks and the file's signals, never spaCy. Every decision keeps its reasons.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from menulint.claims.naming import genres_of_path
from menulint.pack.model import Entry
from menulint.scales import GENRES
from menulint.source import Block, Role, Source
from menulint.text.quotations import quotations

PROMOTIONAL = "promotional"
EDITORIAL = "editorial"
OPEN_GENRES = frozenset({EDITORIAL, "patient-info", "science"})
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
TEACHES = "teaches"
TURNS = "turns"
"""What the cues say by which a text turns to what its own house sells ("our own exosomes", "here at our clinic")."""
_SENTENCE_ENDS = (". ", "! ", "? ", "… ")
EXCERPT_WORDS = 30
"""A text shorter than this is one claim taken out of its page: a hint of another genre is no evidence."""
SHORT_TEXT_WORDS = 120
"""A text shorter than this that shows nothing is read as a seller's: an excerpt of copy carries no page evidence."""


class WordHit(Struct, frozen=True):
    """A lexicon entry found in a block (block offsets), as page evidence needs it.

    ``trigger``: a term that begins rules; ``lineage``: a term's concept with all it descends from.
    """

    block: int
    entry: Entry
    start: int
    end: int
    text: str
    trigger: bool = True
    lineage: frozenset[str] = frozenset()


class PageEvidence(Struct, frozen=True):
    """What the page as a whole says.

    ``quoted`` maps the blocks in a zone of quoted advertising to the offset at which it begins there, ``own_voice`` those in
    which a seller speaks although the page is not one. ``informing`` holds blocks of sections that give aftercare or terms,
    ``settling`` those of terms and policies alone. ``doubts`` is set where one block is surely a seller's although the page
    is not: there a sentence without such words is its own.

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
    doubts: Mapping[int, Sequence[tuple[int, int]]] | None = None


def weigh(source: Source, hits: Iterable[WordHit], words: int, genre: str | None = None) -> PageEvidence:
    """Genre and speaker of a page; ``genre`` overrides what the page says."""
    hits = list(hits)
    scores, reasons = _scores(source, hits)
    chosen = genre or _choose(scores, words)
    because = [*reasons[chosen], *(reasons[CAUTION] if chosen != PROMOTIONAL else ())]
    by = ("given",) if genre else tuple(because[:5]) or (_without_evidence(words),)
    speaker = "seller" if chosen in SELLER_GENRES else "third-party"
    quoted = _quoted(source, hits, speaker)
    certain = bool(genre) or scores.get(PROMOTIONAL, 0.0) >= SURE
    return PageEvidence(
        genre=chosen,
        genre_by=by,
        speaker=speaker,
        quoted=quoted,
        own_voice={**_turned(source, hits), **dict.fromkeys(_own_voice(source, hits), 0)},
        certain=certain,
        informing=_taught(source, hits) or _below(source, hits, INFORMING),
        settling=_below(source, hits, SETTLING),
        doubts=_doubts(hits),
    )


class _Terms:
    """Where terms stand: a genre's word that is part of one ("FDA" in "FDA approved") is no evidence of the genre.

    Only terms of sellers count: "the FDA has issued warnings" is a term too, and a regulator's page says it.
    """

    def __init__(self, hits: Iterable[WordHit]) -> None:
        self._spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for hit in hits:
            if hit.entry.concept and hit.trigger:
                self._spans[hit.block].append((hit.start, hit.end))

    def hold(self, hit: WordHit) -> bool:
        """Whether a genre cue lies inside a longer term."""
        if not hit.entry.says.startswith("genre:") or hit.entry.says == f"genre:{PROMOTIONAL}":
            return False
        spans = self._spans.get(hit.block, ())
        return any(start <= hit.start and hit.end <= end and end - start > hit.end - hit.start for start, end in spans)


class Spoken:
    """Tells words that a page says from words that it quotes: quoted ones are no evidence of who speaks."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._quoted: dict[int, list[tuple[int, int]]] = {}

    def quotes(self, hit: WordHit) -> bool:
        """Whether a hit stands in quotation marks."""
        if hit.block not in self._quoted:
            self._quoted[hit.block] = list(quotations(self._source.blocks[hit.block].text, whole=True))
        return any(start < hit.start and hit.end < end for start, end in self._quoted[hit.block])


def _is_title(block: Block) -> bool:
    """A page's title or first-level heading says most about what kind of page it is."""
    return block.role is Role.TITLE or block.level == 1


def _without_evidence(words: int) -> str:
    return "short text, nothing says otherwise" if words < SHORT_TEXT_WORDS else "no offer, price or own voice"


def _scores(source: Source, hits: Iterable[WordHit]) -> tuple[dict[str, float], Mapping[str, dict[str, None]]]:
    """Points per genre, and the words and signals that gave them. A repeated word counts a little more, up to double."""
    scores: dict[str, float] = defaultdict(float)
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    seen: Counter[tuple[str, str]] = Counter()
    spoken = Spoken(source)
    hits = list(hits)
    terms = _Terms(hits)
    for hit in hits:
        if spoken.quotes(hit) or terms.hold(hit):
            continue
        for genre, points in _points(hit):
            key = genre, hit.text.casefold()
            seen[key] += 1
            again = 1.0 if seen[key] == 1 else 0.25 if seen[key] <= 5 else 0
            scores[genre] += points * again * (TITLE_WEIGHT if _is_title(source.blocks[hit.block]) else 1)
            reasons[genre].setdefault(hit.text, None)
    for genre, points, reason in _signal_points(source):
        scores[genre] += points
        reasons[genre].setdefault(reason, None)
    benefits = min(scores.pop(BENEFITS, 0.0), MOST_BENEFIT)
    scores[VOICE] = scores[PROMOTIONAL]
    scores[PROMOTIONAL] += benefits
    scores[SUPERLATIVES] = min(scores[SUPERLATIVES], MOST_BENEFIT - benefits)
    return scores, reasons


def _points(hit: WordHit) -> Iterator[tuple[str, float]]:
    """What a hit says of the page; a lone pronoun says little ("as we age"), a phrase more ("at our clinic")."""
    entry = hit.entry
    if entry.says.startswith("genre:"):
        yield entry.says.removeprefix("genre:"), WEIGHTS[entry.weight]
    elif entry.says == "seller":
        yield PROMOTIONAL, 1.0 if " " in hit.text else 0.25
    elif entry.says == "third-party":
        yield CAUTION, 0.5
    elif entry.says in CAUTIOUS or hit.lineage & DOUBTS:
        yield CAUTION, 0.4
    elif entry.concept.startswith("price."):
        yield PROMOTIONAL, 0.75 if "price.amount" in hit.lineage else 0.5
    elif hit.trigger and (praise := PRAISE.get(entry.concept.partition(".")[0])):
        yield praise


def _signal_points(source: Source) -> Iterator[tuple[str, float, str]]:
    types = {value.casefold() for value in source.signal_values("type")}
    if business := sorted(types & BUSINESS_TYPES):
        yield PROMOTIONAL, 3.0, f"structured data: {business[0]}"
    for kind in sorted(types & GENRE_TYPES.keys()):
        yield GENRE_TYPES[kind], 3.0, f"structured data: {kind}"
    kinds = {signal.kind for signal in source.signals}
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


def _quoted(source: Source, hits: Iterable[WordHit], speaker: str) -> dict[int, int]:
    """Blocks in a zone of quoted advertising, with the offset at which the quoted words begin.

    A zone opens at "the ad stated:". Words behind it in its own block are quoted; it runs on over the next blocks only if
    nothing but a mark or two follows the opener, up to a closer that begins a block, and on a seller's page up to the next
    heading.
    """
    marks: dict[int, WordHit] = {}
    for hit in hits:
        if hit.entry.says == "zone-open" or (hit.entry.says == "zone-close" and hit.start == 0):
            marks[hit.block] = hit
    quoted: dict[int, int] = {}
    inside = False
    for block in source.blocks:
        mark = marks.get(block.index)
        if inside and speaker == "seller" and block.role is Role.HEADING:
            inside = False
        if mark and mark.entry.says == "zone-close":
            inside = False
        elif mark:
            quoted[block.index] = mark.end
            inside = inside or len(block.text) - mark.end <= OPENER_TAIL
        elif inside:
            quoted[block.index] = 0
    return quoted


def _below(source: Source, hits: Iterable[WordHit], says: frozenset[str]) -> frozenset[int]:
    """Blocks below a heading such as "Aftercare" or "Cancellation policy": they inform, whatever the page is."""
    headings = {hit.block for hit in hits if hit.entry.says in says and source.blocks[hit.block].role is Role.HEADING}
    return frozenset(b.index for b in source.blocks if b.index in headings or headings.intersection(b.section[-1:]))


def _taught(source: Source, hits: Iterable[WordHit]) -> frozenset[int]:
    """All blocks of a page whose title names a course: it teaches how to use what it names."""
    teaches = any(hit.entry.says == TEACHES and _is_title(source.blocks[hit.block]) for hit in hits)
    return frozenset(block.index for block in source.blocks) if teaches else frozenset()


def _turned(source: Source, hits: Iterable[WordHit]) -> Mapping[int, int]:
    """Blocks in which a text that informs has turned to what its own house sells, with the offset at which it does.

    It goes on through the paragraphs below, up to a heading or a block that speaks against a seller and not for one.
    """
    turns: dict[int, int] = {}
    against: set[int] = set()
    spoken = Spoken(source)
    for hit in hits:
        if hit.entry.says == TURNS and not spoken.quotes(hit):
            turns[hit.block] = min(hit.start, turns.get(hit.block, hit.start))
        elif any(genre not in NEUTRAL for genre, _ in _points(hit)):
            against.add(hit.block)
    turned: dict[int, int] = {}
    inside = False
    for block in source.blocks:
        inside = block.index in turns or (inside and block.index not in against and block.role is not Role.HEADING)
        if inside:
            turned[block.index] = _sentence_start(block.text, turns.get(block.index, 0))
    return turned


def _sentence_start(text: str, offset: int) -> int:
    """Where the sentence begins that an offset lies in, as far as marks say so."""
    return max(text.rfind(mark, 0, offset) for mark in _SENTENCE_ENDS) + 1


def _own_voice(source: Source, hits: Iterable[WordHit]) -> frozenset[int]:
    """Blocks whose section speaks in a seller's own voice ("at our clinic", "book now") although the page does not."""
    sections: dict[tuple[int, ...], dict[str, float]] = defaultdict(dict)
    for hit in hits:
        for genre, points in _points(hit):
            if genre == PROMOTIONAL:
                sections[_home(source.blocks[hit.block])][hit.text.casefold()] = points
    speaking = {section for section, said in sections.items() if sum(said.values()) >= OWN_SECTION}
    return frozenset(block.index for block in source.blocks if _home(block) in speaking)


def _doubts(hits: Iterable[WordHit]) -> Mapping[int, list[tuple[int, int]]] | None:
    """Where words stand that speak against a seller, if one block leaves no doubt that a seller speaks on the page."""
    own: dict[int, dict[str, float]] = defaultdict(dict)
    against: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for hit in hits:
        for genre, points in _points(hit):
            if genre == PROMOTIONAL:
                own[hit.block][hit.text.casefold()] = points
            elif genre not in NEUTRAL:
                against[hit.block].append((hit.start, hit.end))
    spoken = any(len(said) > 1 and sum(said.values()) >= OWN_BLOCK for said in own.values())
    return against if spoken else None


def _home(block: Block) -> tuple[int, ...]:
    return (*block.section, block.index) if block.role is Role.HEADING else block.section
