"""Searches stretches of folded text for the forms and phrases of a lexicon, many stretches at once.

Forms are found by their first two pieces, phrases at the words of their anchors. Nothing is done for a word that means
nothing, and next to nothing for an anchor whose stretch lacks the words that its phrases need.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_
from typing import NamedTuple, TypeAlias, TypeVar

from menulint.pack.index import PIECE, Anchor, Met, SamePair, Words, bit, pieces_of, words_of
from menulint.pack.model import PREDICATES, Lexicon, Phrase, Uses
from menulint.pack.patterns import NUMBER, Choice, Pattern, Reading, is_number
from menulint.text.characters import DASH
from menulint.text.words import BORDER, joins_words, split, texts_of

T = TypeVar("T")
_GROUPS_KEPT = 1 << 15
"""For so many words with what their stretch has of what their phrases need, the phrases to be tried are kept."""
_AFTER_DIGITS = ":"
"""Numbers come before it in the order of characters; to compare with it costs less than to ask whether a word is one."""


class Hit(NamedTuple):
    """A term or cue found: the index of its ``Entry`` and its span in the folded text, end exclusive."""

    entry: int
    start: int
    end: int


Found: TypeAlias = tuple[tuple[Hit, str], ...]
"""What a stretch holds: hits that no veto overlaps, in no order, each with the capitals it asks for."""
_Readings: TypeAlias = dict[int, list[Reading]]


class Search:
    """Looks for all entries of a lexicon. Threads may share it."""

    def __init__(self, lexicon: Lexicon) -> None:
        words, choices = words_of(lexicon), dict[int, Choice]()
        self._met = Met(words.rows)
        bridges = _Bridges(lexicon)
        self._phrases = _Phrases(lexicon.phrases, words, choices, bridges)
        self._vetoes = _Phrases(lexicon.veto_phrases, words, choices, bridges)

    def of(self, stretches: Iterable[str]) -> dict[str, Found]:
        """What each of some stretches holds."""
        plain: list[str] = []
        joined: list[str] = []
        for stretch in stretches:
            (joined if joins_words(stretch) else plain).append(stretch)
        found = self._searched(plain, joined=False) if plain else {}
        return found | self._searched(joined, joined=True) if joined else found

    def uses(self, form: str) -> Uses:
        """What a form that was found stands for."""
        return self._met.uses.get(form, ())

    def _searched(self, texts: Sequence[str], *, joined: bool) -> dict[str, Found]:
        batch = _Batch(texts, self._met, joined=joined)
        raw: dict[int, list[tuple[Hit, str]]] = defaultdict(list)
        for stretch, uses, start, end in batch.forms():
            raw[stretch] += [(Hit(entry, start, end), cased) for entry, cased in uses]
        for stretch, hits in self._phrases.hits(batch):
            raw[stretch] += [(hit, "") for hit in hits]
        found: dict[str, Found] = dict.fromkeys(texts, ())
        for stretch, those in raw.items():
            found[texts[stretch]] = self._not_vetoed(batch, stretch, those)
        return found

    def _not_vetoed(self, batch: _Batch, stretch: int, hits: list[tuple[Hit, str]]) -> Found:
        suspects = {hit.entry for hit, _ in hits}
        if self._met.vetoed.isdisjoint(suspects):
            return tuple(hits)
        vetoes = [
            Hit(entry, start, end)
            for entries, start, end in batch.veto_forms(stretch)
            for entry in entries
            if entry in suspects
        ]
        vetoes += self._vetoes.veto_hits(batch, stretch, suspects)
        return tuple(_not_overlapped(hits, vetoes) if vetoes else hits)


class _Batch:
    """Stretches read as one text, which takes less time: what stands between two of them is in no form and no phrase.

    Pieces, of which forms are made, and words, of which phrases are, go by their numbers in the batch, stretches by theirs.
    ``joined``: something in the stretches joins pieces into words. ``near`` are the words, but ``NUMBER`` for each number.
    """

    def __init__(self, texts: Sequence[str], met: Met, *, joined: bool) -> None:
        whole = f" {BORDER} ".join(texts)
        self._texts, self.met, self._joined = texts, met, joined
        self._pieces = pieces_of(whole)
        self.words = tuple(texts_of(whole) if joined else self._pieces)
        self.vocabulary = frozenset(self._pieces)
        if joined:
            self.vocabulary = self.vocabulary.union(self.words)
        met.meet(self.vocabulary)
        numbers = {word for word in self.vocabulary if word < _AFTER_DIGITS and is_number(word)}
        self.near = tuple([NUMBER if word in numbers else word for word in self.words]) if numbers else self.words
        self._first_pieces = _firsts(self._pieces, len(texts))
        self._first_words = _firsts(self.words, len(texts)) if joined else self._first_pieces
        self._starts: dict[int, list[int]] = {}
        self._spans: dict[int, tuple[Sequence[int], Sequence[int]]] = {}

    def words_of(self, stretch: int) -> tuple[int, int]:
        """From where up to where the words of a stretch stand."""
        return self._first_words[stretch], self._first_words[stretch + 1] - 1

    def stretch_of(self, word: int) -> int:
        """The stretch that a word is in."""
        return bisect_right(self._first_words, word) - 1

    def forms(self) -> Iterator[tuple[int, Uses, int, int]]:
        """The stretches with forms that stand there as words, what these stand for, and their spans in the stretch."""
        pieces, singles, pairs = self._pieces, self.met.singles, self.met.pairs
        for at in [at for at, piece in enumerate(pieces) if piece in singles]:
            stretch = self._stretch_of_piece(at)
            start = self._start(at, stretch)
            yield stretch, singles[pieces[at]], start, start + len(pieces[at])
        for at in [at for at, pair in enumerate(pairwise(pieces)) if pair in pairs]:
            longer = self._longer(at, pairs[pieces[at], pieces[at + 1]])
            if longer:
                stretch = self._stretch_of_piece(at)
                for uses, start, end in self._standing(longer, at, stretch):
                    yield stretch, uses, start, end

    def veto_forms(self, stretch: int) -> Iterator[tuple[Collection[int], int, int]]:
        """The entries that forms of a stretch speak against, with the spans of these."""
        first, last = self._first_pieces[stretch], self._first_pieces[stretch + 1] - 1
        singles, pairs = self.met.veto_singles, self.met.veto_pairs
        pieces = self._pieces[first : last + 1]
        for at, piece in enumerate(pieces, first) if singles.keys() & pieces else ():
            if piece in singles:
                start = self._start(at, stretch)
                yield singles[piece], start, start + len(piece)
        for at, pair in enumerate(pairwise(pieces), first) if pairs.keys() & pairwise(pieces) else ():
            if pair in pairs:
                yield from self._standing(self._longer(at, pairs[pair]), at, stretch)

    def _longer(self, at: int, forms: SamePair[T]) -> Sequence[tuple[str, T]]:
        """Those of some forms that go on with the third piece from here, or have two."""
        third = self._pieces[at + 2] if at + 2 < len(self._pieces) else ""
        return forms.by_third.get(third) or forms.by_third[""]

    def _standing(self, forms: Iterable[tuple[str, T]], at: int, stretch: int) -> Iterator[tuple[T, int, int]]:
        """What those of some forms stand for that begin at a piece."""
        text = self._texts[stretch]
        for form, said in forms:
            start = self._start(at, stretch)
            end = start + len(form)
            if text.startswith(form, start) and not (text[end : end + 1].isalnum() and text[end - 1].isalnum()):
                yield said, start, end

    def _stretch_of_piece(self, piece: int) -> int:
        return bisect_right(self._first_pieces, piece) - 1

    def _start(self, at: int, stretch: int) -> int:
        """Where a piece begins in the text of its stretch."""
        return self._starts_in(stretch)[at - self._first_pieces[stretch]]

    def _starts_in(self, stretch: int) -> list[int]:
        """Where the pieces of a stretch begin in its text."""
        if stretch not in self._starts:
            self._starts[stretch] = [match.start() for match in PIECE.finditer(self._texts[stretch])]
        return self._starts[stretch]

    def span(self, stretch: int, first: int, last: int) -> tuple[int, int]:
        """Where some words lie in the text of their stretch."""
        before = self._first_words[stretch]
        if not self._joined:  # pieces are words
            starts = self._starts_in(stretch)
            return starts[first - before], starts[last - 1 - before] + len(self.words[last - 1])
        if stretch not in self._spans:
            words = split(self._texts[stretch])
            self._spans[stretch] = words.starts, words.ends
        begins, ends = self._spans[stretch]
        return begins[first - before], ends[last - 1 - before]


def _firsts(tokens: Sequence[str], stretches: int) -> list[int]:
    """The first token of each stretch, and where that of one more would be."""
    firsts = [0]
    for _ in range(stretches - 1):
        firsts.append(tokens.index(BORDER, firsts[-1]) + 1)
    firsts.append(len(tokens) + 1)
    return firsts


_Lacks: TypeAlias = Callable[[tuple[str, ...]], bool]
"""Whether some words lack all those of which a part of a phrase must have one."""
_Window: TypeAlias = tuple[_Lacks, int, int]
"""What has to stand from where up to where, counted from the anchor's word."""
_Group: TypeAlias = tuple[_Lacks, int, int, list[tuple[list[_Window], int]]]
"""Phrases with the same most telling part: that part, and each phrase with its other parts."""


class _Bridges:
    """The words that cost nothing in the gaps of an entry's phrases, if it says what something does."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._entries = lexicon.entries
        self._words = {lang: frozenset(words) for lang, words in lexicon.bridges.items()}

    def of(self, entry: int) -> frozenset[str]:
        """Those of one entry."""
        found = self._entries[entry]
        return self._words.get(found.lang, frozenset()) if found.group in PREDICATES else frozenset()


class _Phrases:
    """The phrases of a lexicon, made ready when they are first tried."""

    def __init__(
        self, phrases: Sequence[tuple[int, Phrase]], words: Words, choices: dict[int, Choice], bridges: _Bridges
    ) -> None:
        self._phrases, self._words, self._choices, self._bridges = phrases, words, choices, bridges
        self._patterns: dict[int, Pattern] = {}
        self._windows: dict[int, list[_Window]] = {}
        self._tries: dict[tuple[int, ...], tuple[tuple[int, int, int] | None, _Group]] = {}
        self._groups = lru_cache(_GROUPS_KEPT)(self._with)
        self._groups_by_entry = lru_cache(_GROUPS_KEPT)(self._by_entry)

    def hits(self, batch: _Batch) -> Iterator[tuple[int, list[Hit]]]:
        """Stretches with the phrases in them."""
        words, parts = batch.words, batch.met.parts
        anchors = {word: batch.met.anchors[word] for word in batch.vocabulary & batch.met.anchors.keys()}
        stretch = last = there = 0
        found: _Readings = {}
        for at in [at for at, word in enumerate(words) if word in anchors]:
            if at >= last:
                if found:
                    yield stretch, self._hits(batch, stretch, found)
                    found = {}
                stretch = batch.stretch_of(at)
                first, last = batch.words_of(stretch)
                there = reduce(or_, filter(None, map(parts.get, words[first:last])), 0)
                if batch.near is not words and NUMBER in batch.near[first:last]:
                    there |= parts.get(NUMBER, 0)
            word = anchors[words[at]]
            needed = word.needs & there
            if needed or word.always:
                self._try(self._groups(word, needed), batch, at, found)
        if found:
            yield stretch, self._hits(batch, stretch, found)

    def veto_hits(self, batch: _Batch, stretch: int, entries: Set[int]) -> list[Hit]:
        """The phrases of some entries in a stretch."""
        found: _Readings = {}
        words, anchors = batch.words, batch.met.veto_anchors
        for at in [at for at in range(*batch.words_of(stretch)) if words[at] in anchors]:
            by_entry = self._groups_by_entry(anchors[words[at]])
            for entry in by_entry.keys() & entries:
                self._try(by_entry[entry], batch, at, found)
        return self._hits(batch, stretch, found) if found else []

    def _try(self, groups: Iterable[_Group], batch: _Batch, at: int, found: _Readings) -> None:
        near = batch.near
        for lacks, low, high, phrases in groups:
            if lacks(near[at + low if at > -low else 0 : at + high if at > -high else 0]):
                continue
            for windows, index in phrases:
                if windows and _is_missing(windows, near, at):
                    continue
                pattern = self._patterns.get(index) or self._pattern(index)
                readings = pattern.readings(batch.words, at)
                if readings:
                    found.setdefault(index, []).extend(readings)

    def _hits(self, batch: _Batch, stretch: int, found: _Readings) -> list[Hit]:
        return [
            Hit(self._phrases[index][0], *batch.span(stretch, *_without_dashes(reading, batch.words)))
            for index, readings in found.items()
            for reading in (_shortest(set(readings)) if len(readings) > 1 else readings)
        ]

    def _pattern(self, index: int) -> Pattern:
        entry, phrase = self._phrases[index]
        self._patterns[index] = pattern = Pattern(phrase, self._choices, self._bridges.of(entry))
        return pattern

    def _with(self, word: Anchor, there: int) -> list[_Group]:
        """The phrases tried at a word whose most telling part has its bit in ``there``, and those that need nothing."""
        return self._grouped(each for each in word.tries if each[0] < 0 or there & bit(each[0]))

    def _by_entry(self, word: Anchor) -> dict[int, list[_Group]]:
        tries = defaultdict[int, list[tuple[int, ...]]](list)
        for each in word.tries:
            tries[each[2]].append(each)
        return {entry: self._grouped(those) for entry, those in tries.items()}

    def _grouped(self, tries: Iterable[tuple[int, ...]]) -> list[_Group]:
        groups: dict[tuple[int, int, int] | None, _Group] = {}
        for each in tries:
            part, group = self._tries.get(each) or self._read(each)
            known = groups.get(part)
            groups[part] = (*group[:3], known[3] + group[3]) if known else group
        return [*groups.values()]

    def _read(self, tries: tuple[int, ...]) -> tuple[tuple[int, int, int] | None, _Group]:
        """Phrases with the same needs by the most telling part of these. Words share them, and what is kept for a word."""
        _, number, _, *indexes = tries
        need = self._words.needs[number]
        windows = self._windows.get(number)
        if windows is None:
            self._windows[number] = windows = [self._window(part) for part in need] or [_ANYTHING]
        first, *others = windows
        self._tries[tries] = found = need[0] if need else None, (*first, [(others, index) for index in indexes])
        return found

    def _window(self, part: tuple[int, int, int]) -> _Window:
        number, low, high = part
        return self._words.parts[number].isdisjoint, low, high


def _lacks_nothing(_: tuple[str, ...]) -> bool:
    return False


_ANYTHING: _Window = (_lacks_nothing, 0, 0)


def _is_missing(windows: Iterable[_Window], words: tuple[str, ...], at: int) -> bool:
    for lacks, low, high in windows:  # noqa: SIM110 - a generator takes twice as long
        if lacks(words[at + low if at > -low else 0 : at + high if at > -high else 0]):
            return True
    return False


def _without_dashes(reading: Reading, words: tuple[str, ...]) -> tuple[int, int]:
    """Where a phrase stands without a dash at its edges: one may have to stand there, but belongs to no wording."""
    first, last = reading.first, reading.last
    while last - first > 1 and words[last - 1] == DASH:
        last -= 1
    while last - first > 1 and words[first] == DASH:
        first += 1
    return first, last


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
