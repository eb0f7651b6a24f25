"""Misspelt words of a text are read as what they are meant to be: *hylauronic* as *hyaluronic*.

A compiled pack keeps its long distinctive words (``menulint.pack.distinctive``) by their consonants. A long word of a text
that is new is looked up by its own; of the words found there it stands for the one that a single slip turns into it
(``menulint.pack.slips``). So a pack holds no misspellings, and a text without any costs one look-up for each of its long
words, once.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Self

import marisa_trie
from msgspec import Struct
from msgspec.structs import replace

from menulint.pack.slips import is_slip, key, keys, keys_of
from menulint.source import OffsetMap
from menulint.text.folding import Folded

LETTERS_MIN, LETTERS_MAX = 7, 24
"""How many letters a word has that may be read as another one."""
_BETWEEN = "="
_KEPT = 3
_MET_MAX = 200_000
_WORD = re.compile(rf"(?<![^\W_])[^\W\d_]{{{LETTERS_MIN - 1},{LETTERS_MAX + 1}}}(?![^\W_])")


class Misspellings(Struct, frozen=True, array_like=True):
    """What a pack can tell of misspelt words.

    ``trie`` holds ``key=word`` for each key of each right word; ``real`` are words that look misspelt and are none.
    """

    trie: bytes = b""
    real: frozenset[str] = frozenset()

    @classmethod
    def of(cls, right: Iterable[str], known: Iterable[str], real: Iterable[str]) -> Self:
        """Those of some right words. ``known`` words of the pack and ``real`` ones of a language are never taken for others."""
        words = frozenset(right)
        if not words:
            return cls()
        near: dict[str, list[str]] = defaultdict(list)
        for word in words:
            for each in keys(word):
                near[each].append(word)
        trie = marisa_trie.Trie(f"{each}{_BETWEEN}{word}" for each, those in near.items() for word in those)
        left_alone = (word for word in _long({*known, *real} - words) if _meant(word, near.get(key(word), ())))
        return cls(trie.tobytes(), frozenset(left_alone))

    def without(self, words: Iterable[str]) -> Self:
        """The same, but that these words are right as they stand."""
        return replace(self, real=self.real.union(words))


def _long(words: Iterable[str]) -> Iterator[str]:
    """Those that may be read as another one."""
    return (word for word in words if word.isalpha() and len(word) + 1 >= LETTERS_MIN and len(word) - 1 <= LETTERS_MAX)


class _Memory:
    """What was met between spaces, which of it has misspelt words, and how these are righted."""

    def __init__(self) -> None:
        self.met: set[str] = set()
        self.misspelt: set[str] = set()
        self.righted: dict[str, str] = {}


class Speller:
    """Rights folded texts. Build one per process; threads may share it."""

    def __init__(self, misspellings: Misspellings) -> None:
        self._real = misspellings.real
        self._trie = marisa_trie.Trie().frombytes(misspellings.trie) if misspellings.trie else None
        self._memory = _Memory()

    def righted(self, folded: Folded) -> Folded:
        """A folded text with its misspelt words righted; its map leads to the same original. Itself if there are none."""
        return self.all_righted([folded])[0]

    def all_righted(self, folded: list[Folded]) -> list[Folded]:
        """What ``righted`` gives for each of several texts, in less time."""
        if self._trie is None:
            return folded
        # Words with what stands at them: five times as fast as to look for words.
        chunks = set(" ".join([each.text for each in folded]).split(" "))
        memory = self._memory
        # A text of nothing but new words must not fill the memory. Whatever is forgotten is forgotten before it is seen
        # what is new, and another thread goes on with what it had: no text is read by half a memory.
        if len(memory.met) > _MET_MAX:
            memory = self._memory = _Memory()
        if new := chunks.difference(memory.met):
            self._meet(new, memory)
        misspelt = memory.misspelt
        if misspelt.isdisjoint(chunks):
            return folded
        return [
            each if misspelt.isdisjoint(each.text.split(" ")) else _respelt(each, memory.righted) for each in folded
        ]

    def _meet(self, new: set[str], memory: _Memory) -> None:
        long = [chunk for chunk in new if len(chunk) >= LETTERS_MIN - 1]
        found = [(word, chunk) for chunk in long for word in ((chunk,) if _is_word(chunk) else _WORD.findall(chunk))]
        words = [word for word, _ in found]
        for (word, chunk), right in zip(found, self._all_meant(words) if words else (), strict=True):
            if right:
                memory.righted[word] = right
                memory.misspelt.add(chunk)
        memory.met |= new  # last: what is met is known for good to other threads

    def righted_word(self, word: str) -> str:
        """What a word is meant to be, or nothing if it is right or unknown: the one of its length before others."""
        return next(self._all_meant([word]))

    def _all_meant(self, words: Sequence[str]) -> Iterator[str]:
        """What each of some words is meant to be."""
        if self._trie is None:
            yield from ("" for _ in words)
            return
        near, real = self._trie.keys, self._real
        for word, start in zip(words, keys_of(words), strict=True):
            entries = near(start + _BETWEEN)
            yield _meant(word, entries, len(start) + 1) if entries and word not in real else ""


def _is_word(chunk: str) -> bool:
    """Whether all of it is one word; to search it takes three times as long."""
    return chunk.isalpha() and len(chunk) <= LETTERS_MAX + 1


def _meant(word: str, rights: Sequence[str], start: int = 0) -> str:
    """Which of the right words with its key one is meant to be, or nothing. They begin at ``start``."""
    # One slip leaves the beginning of a long word or its end as it is: to look for that costs little.
    begins, ends = word[:_KEPT], word[-_KEPT:]
    alike = [right[start:] for right in rights if right.startswith(begins, start) or right.endswith(ends)]
    if not alike or word in alike:
        return ""
    candidates = [right for right in alike if is_slip(right, word)]
    return min(candidates, key=lambda right: (abs(len(right) - len(word)), right), default="")


def _respelt(folded: Folded, righted: Mapping[str, str]) -> Folded:
    source = folded.map or OffsetMap.identity(len(folded.text))
    parts: list[str] = []
    segments: list[tuple[int, int, int]] = []
    at = length = 0
    for match in _WORD.finditer(folded.text):
        if match[0] not in righted:
            continue
        start, end = match.span()
        segments += _moved(source, at, start, length - at)
        length += start - at
        segments.append((length, *source.span(start, end)))
        parts += [folded.text[at:start], righted[match[0]]]
        length += len(parts[-1])
        at = end
    segments += _moved(source, at, len(folded.text), length - at)
    text = "".join([*parts, folded.text[at:]])
    return Folded(text, OffsetMap(tuple(segments), len(text)), folded.lookalikes)


def _moved(source: OffsetMap, start: int, end: int, by: int) -> Iterator[tuple[int, int, int]]:
    """The segments of a part of a text that stands so many characters further on in another one."""
    index = bisect_right(source.segments, start, key=itemgetter(0)) - 1
    while start < end:
        following = source.segments[index + 1][0] if index + 1 < len(source.segments) else source.length
        stop = min(end, following)
        yield start + by, *source.span(start, stop)
        start, index = stop, index + 1
