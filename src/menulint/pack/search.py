"""Searches stretches of folded text for the forms and phrases of a lexicon, many stretches at once.

Forms are found by their first two pieces, phrases at the words of their anchors. Nothing is done for a word that means
nothing, and next to nothing for an anchor whose stretch lacks the words that its phrases need.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple, TypeAlias, TypeVar

from menulint.pack.index import PIECE, Met, Word, Words, bit, pieces_of, words_of
from menulint.pack.model import Lexicon, Phrase, Uses
from menulint.pack.patterns import NUMBER, Choice, Pattern, Reading, is_number
from menulint.text.words import BORDER, joins_words, split, texts_of

T = TypeVar("T")
_GROUPS_KEPT = 1 << 15
"""For so many words with what their stretch has of what their phrases need, the phrases to be tried are kept."""


class Hit(NamedTuple):
    """A term or cue found: the index of its ``Entry`` and its span in the folded text, end exclusive."""

    entry: int
    start: int
    end: int


Found: TypeAlias = tuple[tuple[Hit, str], ...]
"""What a stretch holds: hits that no veto overlaps, in no order, each with the capitals it asks for."""
_Readings: TypeAlias = dict[int, list[Reading]]
_Marked: TypeAlias = list[tuple[int, Word]]
"""The tokens of a stretch of which a lexicon says something, by their numbers in the batch."""


class Search:
    """Looks for all entries of a lexicon. Threads may share it."""

    def __init__(self, lexicon: Lexicon) -> None:
        words, choices = words_of(lexicon), dict[int, Choice]()
        self._met = Met(words.rows)
        self._phrases = _Phrases(lexicon.phrases, words, choices)
        self._vetoes = _Phrases(lexicon.veto_phrases, words, choices)

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
        return {stretch.text: self._found(stretch) for stretch in _stretches(texts, self._met, joined=joined)}

    def _found(self, stretch: _Stretch) -> Found:
        hits = [(Hit(entry, start, end), cased) for uses, start, end in stretch.forms() for entry, cased in uses]
        hits += [(hit, "") for hit in self._phrases.hits(stretch)]
        if not hits:
            return ()
        suspects = {hit.entry for hit, _ in hits}
        vetoes = [
            Hit(entry, start, end)
            for entries, start, end in stretch.veto_forms()
            for entry in entries
            if entry in suspects
        ]
        vetoes += self._vetoes.veto_hits(stretch, suspects)
        return tuple(_not_overlapped(hits, vetoes) if vetoes else hits)


def _stretches(texts: Sequence[str], met: Met, *, joined: bool) -> Iterator[_Stretch]:
    """Stretches read as one text, which takes less time: what stands between two of them is in no form and no phrase.

    ``joined``: something in them joins pieces, of which forms are made, into words, of which phrases are.
    """
    whole = f" {BORDER} ".join(texts)
    pieces = pieces_of(whole)
    words = tuple(texts_of(whole) if joined else pieces)
    vocabulary = frozenset(pieces).union(words) if joined else frozenset(pieces)
    met.meet(vocabulary)
    numbers = set(filter(is_number, vocabulary))
    near = tuple([NUMBER if word in numbers else word for word in words]) if numbers else words
    said_of_pieces = list(map(met.words.get, pieces))
    said_of_words = list(map(met.words.get, words)) if joined else said_of_pieces
    piece = word = 0
    for text in texts:
        marked, next_piece = _marked(pieces, said_of_pieces, piece)
        of_words, next_word = _marked(words, said_of_words, word) if joined else (marked, next_piece)
        yield _Stretch(text, pieces, marked, piece, words, near, of_words, word)
        piece, word = next_piece + 1, next_word + 1


def _marked(tokens: Sequence[str], said: Sequence[Word | None], first: int) -> tuple[_Marked, int]:
    """The tokens of a stretch that mean something, and where its border stands."""
    try:
        border = tokens.index(BORDER, first)
    except ValueError:
        border = len(tokens)
    return [(at, word) for at, word in enumerate(said[first:border], first) if word], border


class _Stretch:
    """A stretch in a batch: its tokens that mean something, by their numbers there.

    ``words`` are those of the whole batch, ``near`` the same with ``NUMBER`` for each number.
    """

    def __init__(
        self,
        text: str,
        pieces: Sequence[str],
        marked: _Marked,
        first_piece: int,
        words: tuple[str, ...],
        near: tuple[str, ...],
        of_words: _Marked,
        first_word: int,
    ) -> None:
        self.text, self.words, self.near, self.of_words = text, words, near, of_words
        self._pieces, self._marked, self._first_piece, self._first_word = pieces, marked, first_piece, first_word
        self._starts: list[int] = []
        self._spans: tuple[Sequence[int], Sequence[int]] | None = None

    def forms(self) -> Iterator[tuple[Uses, int, int]]:
        """What the forms stand for that stand here as words, with their spans."""
        last = len(self._pieces) - 1
        for at, word in self._marked:
            if word.single:
                start = self._start(at)
                yield word.single, start, start + len(self._pieces[at])
            if word.pairs and at < last and (longer := word.pairs.get(self._pieces[at + 1])):
                yield from self._longer(at, longer)

    def veto_forms(self) -> Iterator[tuple[Collection[int], int, int]]:
        """The entries that forms speak against, with the spans of these."""
        last = len(self._pieces) - 1
        for at, word in self._marked:
            if word.veto_single:
                start = self._start(at)
                yield word.veto_single, start, start + len(self._pieces[at])
            if word.veto_pairs and at < last and (longer := word.veto_pairs.get(self._pieces[at + 1])):
                yield from self._longer(at, longer)

    def _longer(self, at: int, forms: Iterable[tuple[str, T]]) -> Iterator[tuple[T, int, int]]:
        text = self.text
        for form, said in forms:
            start = self._start(at)
            end = start + len(form)
            if text.startswith(form, start) and not (text[end : end + 1].isalnum() and text[end - 1].isalnum()):
                yield said, start, end

    def _start(self, at: int) -> int:
        """Where a piece begins in the text."""
        if not self._starts:
            self._starts = [match.start() for match in PIECE.finditer(self.text)]
        return self._starts[at - self._first_piece]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where some words lie in the text."""
        if self._spans is None:
            words = split(self.text)
            self._spans = words.starts, words.ends
        starts, ends = self._spans
        return starts[first - self._first_word], ends[last - 1 - self._first_word]


_Lacks: TypeAlias = Callable[[tuple[str, ...]], bool]
"""Whether some words lack all those of which a part of a phrase must have one."""
_Window: TypeAlias = tuple[_Lacks, int, int]
"""What has to stand from where up to where, counted from the anchor's word."""
_Group: TypeAlias = tuple[_Lacks, int, int, list[tuple[list[_Window], int]]]
"""Phrases with the same most telling part: that part, and each phrase with its other parts."""


class _Phrases:
    """The phrases of a lexicon, made ready when they are first tried."""

    def __init__(self, phrases: Sequence[tuple[int, Phrase]], words: Words, choices: dict[int, Choice]) -> None:
        self._phrases, self._words, self._choices = phrases, words, choices
        self._patterns: dict[int, Pattern] = {}
        self._others: dict[int, list[_Window]] = {}
        self._groups = lru_cache(_GROUPS_KEPT)(self._with)
        self._groups_by_entry = lru_cache(_GROUPS_KEPT)(self._by_entry)

    def hits(self, stretch: _Stretch) -> list[Hit]:
        """The phrases in a stretch."""
        there = 0
        anchors: _Marked = []
        for marked in stretch.of_words:
            _, word = marked
            if word.parts:
                there |= word.parts
            if word.tries:
                anchors.append(marked)
        found: _Readings = {}
        for at, word in anchors:
            needed = word.needs & there
            if needed or word.always:
                self._try(self._groups(word, needed), stretch, at, found)
        return self._hits(stretch, found) if found else []

    def veto_hits(self, stretch: _Stretch, entries: Set[int]) -> list[Hit]:
        """The phrases of some entries in a stretch."""
        found: _Readings = {}
        for at, word in stretch.of_words:
            if word.veto_tries:
                by_entry = self._groups_by_entry(word)
                for entry in by_entry.keys() & entries:
                    self._try(by_entry[entry], stretch, at, found)
        return self._hits(stretch, found) if found else []

    def _try(self, groups: Iterable[_Group], stretch: _Stretch, at: int, found: _Readings) -> None:
        near = stretch.near
        for lacks, low, high, phrases in groups:
            if lacks(near[at + low if at > -low else 0 : at + high if at > -high else 0]):
                continue
            for windows, index in phrases:
                if windows and _is_missing(windows, near, at):
                    continue
                pattern = self._patterns.get(index) or self._pattern(index)
                readings = pattern.readings(stretch.words, at)
                if readings:
                    found.setdefault(index, []).extend(readings)

    def _hits(self, stretch: _Stretch, found: _Readings) -> list[Hit]:
        return [
            Hit(self._phrases[index][0], *stretch.span(reading.first, reading.last))
            for index, readings in found.items()
            for reading in (_shortest(set(readings)) if len(readings) > 1 else readings)
        ]

    def _pattern(self, index: int) -> Pattern:
        self._patterns[index] = pattern = Pattern(self._phrases[index][1], self._choices)
        return pattern

    def _with(self, word: Word, there: int) -> list[_Group]:
        """The phrases tried at a word whose most telling part has its bit in ``there``, and those that need nothing."""
        return self._grouped(each for each in word.tries if each[0] < 0 or there & bit(each[0]))

    def _by_entry(self, word: Word) -> dict[int, list[_Group]]:
        tries = defaultdict[int, list[tuple[int, ...]]](list)
        for each in word.veto_tries:
            tries[each[2]].append(each)
        return {entry: self._grouped(those) for entry, those in tries.items()}

    def _grouped(self, tries: Iterable[tuple[int, ...]]) -> list[_Group]:
        groups = defaultdict[tuple[int, int, int] | None, list[tuple[list[_Window], int]]](list)
        for _, number, _, *indexes in tries:
            need = self._words.needs[number]
            others = self._others.get(number)
            if others is None:
                self._others[number] = others = [self._window(part) for part in need[1:]]
            groups[need[0] if need else None] += [(others, index) for index in indexes]
        return [(*(self._window(first) if first else _ANYTHING), those) for first, those in groups.items()]

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
