"""Finds terms and cues in folded text: forms by their first two words, phrases where a word of their anchor stands.

Text is searched stretch by stretch. What a stretch holds is looked up in tables with whole sets of words at once, so that
nothing is done for the words that mean nothing; what was found in a stretch is kept, for pages of a site repeat themselves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from operator import add
from typing import NamedTuple, TypeAlias

from menulint.late import LatePattern
from menulint.pack.index import CLOSED_LETTERS_MIN, PIECE, Forms, Met, Tries, words_of
from menulint.pack.model import Lexicon, Phrase
from menulint.pack.patterns import Choice, Pattern, Reading
from menulint.pack.shapes import Shapes
from menulint.pack.stretches import Followers, Stretches
from menulint.text.folding import Folded
from menulint.text.words import joins_words, split

_KEPT = 1 << 14
"""How many stretches are remembered, each no longer than ``_KEPT_LENGTH`` code points: some 20 MB at most."""
_KEPT_LENGTH = 400
_LONG_WORD = LatePattern(rf"[^\W_]{{{CLOSED_LETTERS_MIN},}}")


class Hit(NamedTuple):
    """A term or cue found: the index of its ``Entry`` and its span in the folded text, end exclusive."""

    entry: int
    start: int
    end: int


WORDING = frozenset({"effect", "condition", "comparison", "proof", "safety"})
"""Facets that are said in the words of a language; things, routes and prices have names that all languages share."""


class _Raw(NamedTuple):
    """What one stretch holds: hits that no veto overlaps, with the capitals they ask for; words common in some language."""

    hits: tuple[tuple[Hit, str], ...]
    common: tuple[str, ...]


class Matcher:
    """Looks for all entries of a lexicon at once. Build one per process; it may be shared by threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        choices: dict[int, Choice] = {}
        self._lexicon = lexicon
        words = words_of(lexicon)
        self._met = met = Met(words.rows)
        self._stretches = Stretches(lexicon.follows or Followers.of(lexicon))
        self._phrases = _Phrases(lexicon.phrases, met.tries, words.firsts, choices)
        self._veto_phrases = _Phrases(lexicon.veto_phrases, met.veto_tries, words.firsts, choices)
        self._common = {lang: frozenset(words) for lang, words in sorted(lexicon.common.items()) if words}
        self._common_words = {word: word for words in self._common.values() for word in words}
        self._remembered = lru_cache(_KEPT)(self._search)
        self._settled = lru_cache(_KEPT)(self._settle)

    def find(self, folded: Folded, original: str, langs: Collection[str] | None = None) -> list[Hit]:
        """All hits, by start, then the longer first, then by entry.

        Of one language and group (``Entry.group``) a hit inside a longer one is dropped, and so is the same concept or
        cue on the same span. Nothing else is decided here.

        Args:
            folded: the text as ``menulint.text.folding.fold`` gives it.
            original: the text before folding; forms that ask for capitals are compared with it.
            langs: the languages whose entries count; None for all.
        """
        text = folded.text
        found = []
        for start, end in self._stretches.of(text):
            stretch = text[start:end]
            raw = self._remembered(stretch) if end - start <= _KEPT_LENGTH else self._search(stretch)
            found.append((start, stretch, raw))
        lang, alone = (
            self._language([raw for _, _, raw in found]) if any(raw.hits for _, _, raw in found) else ("", False)
        )
        hits: list[Hit] = []
        for start, stretch, raw in found:
            if not raw.hits:
                continue
            if langs is None and not any(cased for _, cased in raw.hits) and len(stretch) <= _KEPT_LENGTH:
                settled: Sequence[Hit] = self._settled(stretch, lang, alone)
            else:
                counted = self._counted(raw, _Written(folded, original, start), langs)
                settled = self._competed(counted, stretch, lang, alone)
            hits += [Hit(entry, start + first, start + last) for entry, first, last in settled] if start else settled
        return hits

    def _search(self, stretch: str) -> _Raw:
        search = _Search(self, stretch)
        # Each word as the lexicon has it, so that what is remembered of a stretch holds no strings of its own.
        common = map(self._common_words.__getitem__, self._common_words.keys() & search.vocabulary)
        return _Raw(tuple(search.hits()), tuple(common))

    def _settle(self, stretch: str, lang: str, alone: bool) -> tuple[Hit, ...]:
        return tuple(self._competed([hit for hit, _ in self._remembered(stretch).hits], stretch, lang, alone))

    def _counted(self, raw: _Raw, written: _Written, langs: Collection[str] | None) -> list[Hit]:
        entries = self._lexicon.entries
        return [
            hit
            for hit, cased in raw.hits
            if (langs is None or entries[hit.entry].lang in langs) and (not cased or written.has_case(cased, hit))
        ]

    def _competed(self, hits: list[Hit], text: str, lang: str, alone: bool) -> list[Hit]:
        """The hits without cues of other languages than the text's, and without words which its language has its own
        entries for: "no" and "a la" are English or Spanish, and "botox" is both. Of those left the longest win.
        """
        if lang:
            hits = [hit for hit in hits if self._is_said_in(lang, alone, hit, text)]
        return _compete(hits, self._lexicon)

    def _is_said_in(self, lang: str, alone: bool, hit: Hit, text: str) -> bool:
        entries = self._lexicon.entries
        entry = entries[hit.entry]
        if entry.lang == lang or entry.says.startswith("genre:"):
            return True
        if alone and entry.group in WORDING:
            return False
        own = (entries[e].lang == lang for e, _ in self._met.forms.uses.get(text[hit.start : hit.end], ()))
        return bool(entry.concept) and not any(own)

    def _language(self, stretches: Sequence[_Raw]) -> tuple[str, bool]:
        """The language most of whose common words stand in a text, empty where none leads, as in "Botox"; and whether
        there are words of no other.
        """
        if len(self._common) < 2:
            return "", False
        said = set[str]().union(*(raw.common for raw in stretches))
        counts = [len(words & said) for words in self._common.values()]
        scores = sorted(zip(counts, self._common, strict=True), reverse=True)
        leads = scores[0][0] > scores[1][0]
        return (scores[0][1] if leads else ""), leads and scores[0][0] > 1 and not scores[1][0]


def _standing(forms: Forms, pieces: _Pieces) -> Iterator[tuple[str, int, int]]:
    """The forms that stand in a text as words, with their spans, in no order."""
    for piece in forms.singles & pieces.vocabulary:
        for start in pieces.starts(piece):
            yield piece, start, start + len(piece)
    text = pieces.text
    for pair in forms.pairs.keys() & pieces.pairs:
        for start in pieces.starts_of_pair(pair):
            for form in forms.pairs[pair]:
                end = start + len(form)
                if text.startswith(form, start) and not (text[end : end + 1].isalnum() and text[end - 1].isalnum()):
                    yield form, start, end


class _Pieces:
    """A text in pieces; places are worked out when something is found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.texts = PIECE.findall(text)
        self.vocabulary = frozenset(self.texts)
        self.pairs = frozenset(map(add, self.texts, self.texts[1:]))

    @cached_property
    def all_starts(self) -> list[int]:
        """Where each of them begins."""
        return [match.start() for match in PIECE.finditer(self.text)]

    def starts(self, piece: str) -> list[int]:
        """Where a piece stands."""
        return [at for at, text in zip(self.all_starts, self.texts, strict=True) if text == piece]

    def starts_of_pair(self, pair: str) -> list[int]:
        """Where two pieces stand that read like ``pair`` when closed up."""
        closed = map(add, self.texts, self.texts[1:])
        return [at for at, text in zip(self.all_starts, closed, strict=False) if text == pair]


class _Written(NamedTuple):
    """How a stretch that begins at ``start`` of a folded text was written."""

    folded: Folded
    original: str
    start: int

    def has_case(self, cased: str, hit: Hit) -> bool:
        """Whether the original has a capital wherever the form has one."""
        first, last = self.folded.original(self.start + hit.start, self.start + hit.end)
        written = [char for char in self.original[first:last] if char.isalnum()]
        wanted = [char for char in cased if char.isalnum()]
        return len(written) == len(wanted) and all(
            not w.isupper() or o.isupper() for o, w in zip(written, wanted, strict=True)
        )


_Lacks: TypeAlias = Callable[[Iterable[str]], bool]
"""Whether some words lack all those with which a part of a phrase may begin."""
_Try: TypeAlias = tuple[int, int, _Lacks, list[int]]
"""A phrase, its entry, its most telling part, and the numbers of the others."""


class _Phrases:
    """The phrases of a lexicon, made ready when they are first tried."""

    def __init__(
        self,
        phrases: Sequence[tuple[int, Phrase]],
        met: Mapping[str, Tries],
        firsts: Sequence[frozenset[str]],
        choices: dict[int, Choice],
    ) -> None:
        self._phrases, self._met, self._firsts, self._choices = phrases, met, firsts, choices
        self._ready: dict[int, Pattern] = {}
        self._tries: dict[str, tuple[_Try, ...]] = {}
        self._windows: dict[int, list[tuple[_Lacks, int, int]]] = {}
        self._shapes = Shapes()

    def entry(self, index: int) -> int:
        """The entry a phrase belongs to."""
        return self._phrases[index][0]

    def candidates(
        self, vocabulary: frozenset[str], entries: Collection[int] | None
    ) -> Iterable[tuple[int, list[str]]]:
        """The phrases of some entries (None: of all) for each of whose parts a word is there, with those of their anchors."""
        found: dict[int, list[str]] = {}
        firsts = self._firsts
        for word in self._met.keys() & vocabulary:
            for index, entry, lacks, others in self._tries.get(word) or self._tried_at(word):
                if lacks(vocabulary) or (entries is not None and entry not in entries):
                    continue
                if not others or not any(firsts[other].isdisjoint(vocabulary) for other in others):
                    found.setdefault(index, []).append(word)
        return found.items()

    def readings(self, index: int, texts: tuple[str, ...], at: int) -> list[Reading]:
        """See ``Pattern.readings``."""
        windows = self._windows.get(index)
        if windows is None:
            found = self._shapes.windows(self._phrases[index][1])
            self._windows[index] = windows = [(firsts.isdisjoint, low, high) for firsts, low, high in found]
        for lacks, low, high in windows:
            if lacks(texts[at + low if at > -low else 0 : at + high if at > -high else 0]):
                return []
        if index not in self._ready:
            self._ready[index] = Pattern(self._phrases[index][1], self._choices)
        return self._ready[index].readings(texts, at)

    def _tried_at(self, word: str) -> tuple[_Try, ...]:
        firsts = self._firsts
        self._tries[word] = tries = tuple(
            (index, entry, firsts[parts[0]].isdisjoint if parts else _lacks_nothing, parts[1:])
            for index, entry, *parts in self._met[word]
        )
        return tries


def _lacks_nothing(_: Iterable[str]) -> bool:
    return False


class _Search:
    """One stretch being searched."""

    def __init__(self, matcher: Matcher, text: str) -> None:
        self._matcher, self._text = matcher, text
        self._pieces = _Pieces(text)
        self._joined = split(text) if joins_words(text) else None
        if self._joined:
            self._texts, self._vocabulary = self._joined.texts, frozenset(self._joined.texts)
        else:  # the pieces are the words
            self._texts, self._vocabulary = tuple(self._pieces.texts), self._pieces.vocabulary
        matcher._met.meet(self._pieces.vocabulary)
        if self._joined:
            matcher._met.meet(self._vocabulary)

    @property
    def vocabulary(self) -> frozenset[str]:
        """All its words and other visible characters."""
        return self._pieces.vocabulary

    def hits(self) -> list[tuple[Hit, str]]:
        """All hits that no veto overlaps, with the capitals they ask for."""
        matcher, forms = self._matcher, self._matcher._met.forms
        hits = [
            (Hit(entry, start, end), cased)
            for form, start, end in chain(_standing(forms, self._pieces), self._closed())
            for entry, cased in forms.uses[form]
        ]
        hits += [(hit, "") for hit in self._phrase_hits(matcher._phrases)]
        return self._without_vetoed(hits) if hits else hits

    def _closed(self) -> Iterator[tuple[str, int, int]]:
        closed = self._matcher._met.closed
        if not closed.keys().isdisjoint(self._pieces.vocabulary):
            for match in _LONG_WORD.finditer(self._text):
                if match[0] in closed:
                    yield closed[match[0]], *match.span()

    def _span(self, first: int, last: int) -> tuple[int, int]:
        """Where so many words lie in the text."""
        if self._joined:
            return self._joined.starts[first], self._joined.ends[last - 1]
        starts = self._pieces.all_starts
        return starts[first], starts[last - 1] + len(self._texts[last - 1])

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """At which numbers each word stands; made when something may be there, and once, for stretches can be long."""
        places = defaultdict[str, list[int]](list)
        for at, text in enumerate(self._texts):
            places[text].append(at)
        return places

    def _phrase_hits(self, phrases: _Phrases, entries: Collection[int] | None = None) -> list[Hit]:
        """The hits of phrases, of some entries or of all."""
        found: list[Hit] = []
        for index, words in phrases.candidates(self._vocabulary, entries):
            texts, places = self._texts, self._places
            readings = [r for word in words for at in places[word] for r in phrases.readings(index, texts, at)]
            if readings:
                entry = phrases.entry(index)
                shortest = _shortest(set(readings)) if len(readings) > 1 else readings
                found += [Hit(entry, *self._span(reading.first, reading.last)) for reading in shortest]
        return found

    def _without_vetoed(self, hits: list[tuple[Hit, str]]) -> list[tuple[Hit, str]]:
        matcher, forms = self._matcher, self._matcher._met.veto_forms
        suspects = {hit.entry for hit, _ in hits}
        vetoes = [
            Hit(entry, start, end)
            for form, start, end in _standing(forms, self._pieces)
            for entry in forms.uses[form]
            if entry in suspects
        ]
        vetoes += self._phrase_hits(matcher._veto_phrases, suspects)
        return _not_overlapped(hits, vetoes) if vetoes else hits


def _shortest(readings: Iterable[Reading]) -> list[Reading]:
    """Those of one phrase whose core holds no other: ``renew, renew skin`` is one hit, on the last two words."""
    kept: list[Reading] = []
    core = (-1, -1)
    for reading in sorted(readings, key=lambda r: (r.core_last, -r.core_first)):
        if reading.core_first > core[0] or (reading.core_first, reading.core_last) == core:
            core = reading.core_first, reading.core_last
            kept.append(reading)
    return kept


def _not_overlapped(hits: Iterable[tuple[Hit, str]], vetoes: Iterable[Hit]) -> list[tuple[Hit, str]]:
    """The hits without those that share a character with a veto of their entry."""
    areas: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for entry, start, end in sorted(vetoes):
        area = areas[entry]
        if area and start < area[-1][1]:
            area[-1] = area[-1][0], max(end, area[-1][1])
        else:
            area.append((start, end))
    return [(hit, cased) for hit, cased in hits if not _overlaps(areas.get(hit.entry, ()), hit)]


def _overlaps(area: Sequence[tuple[int, int]], hit: Hit) -> bool:
    """``area`` is sorted and its spans do not overlap: the last that begins before the hit ends decides."""
    index = bisect_left(area, (hit.end, -1)) - 1
    return index >= 0 and area[index][1] > hit.start


def _compete(hits: Iterable[Hit], lexicon: Lexicon) -> list[Hit]:
    entries = lexicon.entries
    kept: list[Hit] = []
    longest: dict[tuple[str, str], Hit] = {}
    seen: set[tuple[str, str, str, int, int]] = set()
    for hit in sorted(set(hits), key=lambda h: (h.start, -h.end, h.entry)):
        entry = entries[hit.entry]
        holder = longest.get((entry.lang, entry.group))
        if holder and hit.end <= holder.end and (hit.start, hit.end) != (holder.start, holder.end):
            continue
        longest[entry.lang, entry.group] = hit
        said_in = "" if entry.concept else entry.lang  # "exosome" is one mention, however many languages have the word
        identity = (said_in, entry.concept or entry.says, entry.direction, hit.start, hit.end)
        if identity not in seen:
            seen.add(identity)
            kept.append(hit)
    return kept
