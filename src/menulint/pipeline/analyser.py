"""What the components of a pipeline make of a text, without spaCy: from its tokens straight to plain values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TypeAlias

from menulint.mention import BlockAnalysis
from menulint.pack.model import Pack
from menulint.pipeline.context import Found, Layout, Reading, read
from menulint.pipeline.tokens import Tokens
from menulint.text.sentences import sentence_spans

_Hits: TypeAlias = Sequence[tuple[int, int, int]]
"""Entry, start and end of each; in tuples, so that they can be remembered."""
_SENTENCES, _SENTENCE_LENGTH = 1 << 12, 400
_BLOCKS, _BLOCK_LENGTH = 1 << 12, 1000
"""How many sentences and blocks are kept in mind, none longer than so many code points: some 10 MB at most."""


class Analyser:
    """What the components of ``build.py`` make of a text, from its tokens straight to plain values.

    Spans, groups and extension attributes of documents that nobody looks at take twice as long as the rest. And sentences come
    back, as those of a footer do on every page: as no cue reaches out of its sentence, each is read by itself, and once.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._known_sentence = lru_cache(_SENTENCES)(self._read_sentence)
        self._known_block = lru_cache(_BLOCKS)(self._laid_out)

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        return frozenset(word for words in self._pack.lexicon.abbreviations.values() for word in words)

    def analysed(self, block: int, text: str, lang: str, hits: _Hits) -> BlockAnalysis:
        """What stands in a block in which the matcher found ``hits``; all offsets count in its text as written."""
        layout = self._known_block if len(text) <= _BLOCK_LENGTH else self._laid_out
        return layout(text, hits).analysis(block, lang)

    def _laid_out(self, text: str, hits: _Hits) -> Layout:
        spans = sentence_spans(text, self._abbreviations)
        by_sentence = _by_sentence(hits, spans) if _stand_apart(text, spans) else None
        if by_sentence is None:
            return Layout.of(text, [(0, self._read(text, hits, spans))])
        sentences = zip(spans, by_sentence, strict=True)
        return Layout.of(text, [(start, self._sentence(text[start:end], own)) for (start, end), own in sentences])

    def _sentence(self, text: str, hits: _Hits) -> Reading:
        return self._known_sentence(text, hits) if len(text) <= _SENTENCE_LENGTH else self._read_sentence(text, hits)

    def _read_sentence(self, text: str, hits: _Hits) -> Reading:
        return self._read(text, hits, [(0, len(text))])

    def _read(self, text: str, hits: _Hits, sentences: Sequence[tuple[int, int]]) -> Reading:
        tokens = Tokens.cut(text, sentences)
        entries, covering = self._pack.lexicon.entries, tokens.covering
        found = [Found(entries[entry], start, end, *covering(start, end)) for entry, start, end in hits]
        return read(tokens, [each for each in found if each.first < each.last], self._pack)


def _stand_apart(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether sentences are a text with one space between two: then no token lies in two of them, nor between them."""
    return (
        bool(spans)
        and spans[0][0] == 0
        and spans[-1][1] == len(text)
        and all(text[end:start] == " " for (_, end), (start, _) in pairwise(spans))
    )


def _by_sentence(hits: _Hits, spans: Sequence[tuple[int, int]]) -> list[_Hits] | None:
    """The hits of each sentence, counted from its beginning; None if one crosses an end of them."""
    if len(spans) == 1:
        return [hits]
    found: list[_Hits] = []
    own: list[tuple[int, int, int]] = []
    start, end = spans[0]
    for entry, first, last in hits:
        while first >= end:
            found.append(tuple(own))
            own = []
            if len(found) == len(spans):
                return None
            start, end = spans[len(found)]
        if first < start or last > end:
            return None
        own.append((entry, first - start, last - start))
    found.append(tuple(own))
    return [*found, *[()] * (len(spans) - len(found))]
