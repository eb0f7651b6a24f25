"""What the whole page says about who speaks: genre, speaker prior, zones of quoted advertising, language, place.

Uses the hits of all blocks and the file's signals, never spaCy. Every decision keeps its reasons.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from menulint.pack.model import Entry
from menulint.source import Block, Role, Source

PROMOTIONAL = "promotional"
EDITORIAL = "editorial"
GENRES = (PROMOTIONAL, EDITORIAL, "regulator", "news", "science", "patient-info", "policy", "code")
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

CAUTIOUS = frozenset({"warned", "prohibited", "hypothetical"})
"""Stance cues that a page which informs has many of, and a page that sells few."""

DECISIVE = 3.0
"""Score from which page evidence against a seller decides, unless the seller's own is stronger."""
FAINT = 1.0
"""Score of a seller's voice below which a longer text is read as one that informs."""
SHORT_TEXT_WORDS = 120
"""A text shorter than this that shows nothing is read as a seller's: an excerpt of copy carries no page evidence."""


@dataclass(frozen=True, slots=True)
class WordHit:
    """A lexicon entry found in a block (block offsets), as page evidence needs it."""

    block: int
    entry: Entry
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What the page as a whole says. ``quoted`` holds the blocks that stand in a zone of quoted advertising.

    ``certain`` is False where nothing on the page shows a seller, and it is only read as one for want of other evidence.
    """

    genre: str
    genre_by: tuple[str, ...]
    speaker: str
    quoted: frozenset[int]
    own_voice: frozenset[int]
    certain: bool = True


def weigh(source: Source, hits: Iterable[WordHit], words: int, genre: str | None = None) -> PageEvidence:
    """Genre and speaker of a page; ``genre`` overrides what the page says."""
    hits = list(hits)
    scores, reasons = _scores(source, hits)
    chosen = genre or _choose(scores, words)
    by = ("given",) if genre else tuple(reasons[chosen])[:5] or (_without_evidence(words),)
    speaker = "seller" if chosen in SELLER_GENRES else "third-party"
    quoted = frozenset(_quoted(source, hits, speaker))
    certain = bool(genre) or scores.get(PROMOTIONAL, 0.0) >= FAINT
    return PageEvidence(chosen, by, speaker, quoted, _own_voice(source, hits), certain)


def _without_evidence(words: int) -> str:
    return "short text, nothing says otherwise" if words < SHORT_TEXT_WORDS else "no offer, price or own voice"


def _scores(source: Source, hits: Iterable[WordHit]) -> tuple[dict[str, float], Mapping[str, dict[str, None]]]:
    """Points per genre, and the words and signals that gave them. A repeated word counts a little more, up to double."""
    scores: dict[str, float] = defaultdict(float)
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    seen: Counter[tuple[str, str]] = Counter()
    for hit in hits:
        for genre, points in _points(hit.entry, hit.text):
            key = genre, hit.text.casefold()
            seen[key] += 1
            scores[genre] += points * (1.0 if seen[key] == 1 else 0.25 if seen[key] <= 5 else 0)
            reasons[genre].setdefault(hit.text, None)
    for genre, points, reason in _signal_points(source):
        scores[genre] += points
        reasons[genre].setdefault(reason, None)
    return scores, reasons


def _points(entry: Entry, text: str) -> Iterator[tuple[str, float]]:
    """What an entry says of the page; a lone pronoun says little ("as we age"), a phrase more ("at our clinic")."""
    if entry.says.startswith("genre:"):
        yield entry.says.removeprefix("genre:"), float(entry.weight)
    elif entry.says == "seller":
        yield PROMOTIONAL, 1.0 if " " in text else 0.25
    elif entry.says == "third-party":
        yield EDITORIAL, 0.5
    elif entry.says in CAUTIOUS:
        yield EDITORIAL, 0.25
    elif entry.concept.startswith("price."):
        yield PROMOTIONAL, 0.75
    elif entry.concept.startswith("effect."):
        yield PROMOTIONAL, 0.4


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


def _choose(scores: Mapping[str, float], words: int) -> str:
    """The genre whose evidence is strongest; a seller's page unless another genre's outweighs it."""
    own = scores.get(PROMOTIONAL, 0.0)
    others = [(points, genre) for genre, points in scores.items() if genre != PROMOTIONAL]
    best, genre = max(others, default=(0.0, EDITORIAL))
    if best >= DECISIVE and best > own:
        return genre
    if own >= FAINT or words < SHORT_TEXT_WORDS:
        return PROMOTIONAL
    return EDITORIAL


def _quoted(source: Source, hits: Iterable[WordHit], speaker: str) -> Iterator[int]:
    """Blocks between an opener ("the ad stated:") and its closer. On a seller's page a zone ends with the next heading."""
    marks: dict[int, str] = {}
    for hit in hits:
        if hit.entry.says in ("zone-open", "zone-close"):
            marks[hit.block] = hit.entry.says
    inside = False
    for block in source.blocks:
        mark = marks.get(block.index)
        if mark == "zone-close" or (inside and speaker == "seller" and block.role is Role.HEADING):
            inside = False
        if inside or mark == "zone-open":
            yield block.index
        if mark == "zone-open":
            inside = True


def _own_voice(source: Source, hits: Iterable[WordHit]) -> frozenset[int]:
    """Blocks whose section speaks in a seller's own voice ("at our clinic", "book now") although the page does not."""
    by_section: dict[tuple[int, ...], float] = defaultdict(float)
    for hit in hits:
        for genre, points in _points(hit.entry, hit.text):
            if genre == PROMOTIONAL:
                by_section[_home(source.blocks[hit.block])] += points
    speaking = {section for section, points in by_section.items() if points >= DECISIVE}
    return frozenset(block.index for block in source.blocks if _home(block) in speaking)


def _home(block: Block) -> tuple[int, ...]:
    return (*block.section, block.index) if block.role is Role.HEADING else block.section
