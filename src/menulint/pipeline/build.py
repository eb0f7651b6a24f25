"""Builds the spaCy pipeline (a blank language, our infixes, our components), and runs the same steps without documents."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, get_lang_class
from spacy.vocab import Vocab

from menulint.mention import BlockAnalysis
from menulint.pack.matcher import Hit, Matcher
from menulint.pack.model import Pack
from menulint.pipeline.context import Found, Layout, Reading, Tokens, read
from menulint.pipeline.factories import Context, Sentences, Terms
from menulint.source import GAP
from menulint.text.sentences import sentence_spans

MOST_WORDS = 50_000
"""Words that are kept with how they are cut, some 20 MB; spaCy by itself keeps every word it ever meets."""

_LANGUAGE = "xx"
COMPONENTS = ("menulint_sentences", "menulint_terms", "menulint_context")

INFIXES = (
    rf"[/+\-–—®™£€$|•;:()\[\]…{GAP}]",
    r"(?<=[0-9])(?=[^\W\d_])",
    r"(?<=[^\W\d_])(?=[0-9])",
    r"(?<=[^\W\d_])[.,!?](?=[^\W\d_])",
)
"""Where a token is cut inside: menus write "PRP/PRF", "£250", "2ml", "Botox®+filler"."""


def build(pack: Pack, matcher: Matcher) -> Language:
    """A blank multi-language pipeline (60 ms to make; a language's own exceptions cost up to 3 s and help nothing here)."""
    nlp = spacy.blank(_LANGUAGE)
    nlp.max_length = sys.maxsize  # the limit guards parsers, of which there is none; readers have their own
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(INFIXES).finditer
    for name in COMPONENTS:
        nlp.add_pipe(name)
        component = nlp.get_pipe(name)
        assert isinstance(component, Sentences | Terms | Context)
        component.use(pack, matcher)
    return nlp


def _tokenizer() -> Tokenizer:
    """The tokenizer of that pipeline by itself.

    Its words know their letters and nothing else. Shapes, norms and the like, for which nobody here asks, take longer to
    work out for a new word than it takes to find it.
    """
    defaults: Any = get_lang_class(_LANGUAGE).Defaults
    return Tokenizer(
        Vocab(),
        rules=defaults.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(defaults.prefixes).search,
        suffix_search=compile_suffix_regex(defaults.suffixes).search,
        infix_finditer=compile_infix_regex(INFIXES).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )


_SENTENCES, _SENTENCE_LENGTH = 1 << 12, 400
_BLOCKS, _BLOCK_LENGTH = 1 << 12, 1000
"""How many sentences and blocks are kept in mind, none longer than so many code points: some 10 MB at most."""


class Analyser:
    """What the components of ``build`` make of a text, from its tokens straight to plain values.

    Spans, groups and extension attributes of documents that nobody looks at take twice as long as the rest. And sentences come
    back, as those of a footer do on every page: as no cue reaches out of its sentence, each is read by itself, and once.
    """

    def __init__(self, pack: Pack, matcher: Matcher) -> None:
        self._pack, self._matcher = pack, matcher
        self._tokenizer: Any = _tokenizer()
        self._known_sentence = lru_cache(_SENTENCES)(self._read_sentence)
        self._known_block = lru_cache(_BLOCKS)(self._laid_out)

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        return frozenset(word for words in self._pack.lexicon.abbreviations.values() for word in words)

    def analysed(self, block: int, text: str, lang: str, hits: tuple[Hit, ...]) -> BlockAnalysis:
        """What stands in a block in which the matcher found ``hits``; all offsets count in its text as written."""
        layout = self._known_block if len(text) <= _BLOCK_LENGTH else self._laid_out
        return layout(text, hits).analysis(block, lang)

    def _laid_out(self, text: str, hits: tuple[Hit, ...]) -> Layout:
        spans = sentence_spans(text, self._abbreviations)
        by_sentence = _by_sentence(hits, spans) if _stand_apart(text, spans) else None
        if by_sentence is None:
            return Layout.of(text, [(0, self._read(text, hits, spans))])
        sentences = zip(spans, by_sentence, strict=True)
        return Layout.of(text, [(start, self._sentence(text[start:end], own)) for (start, end), own in sentences])

    def _sentence(self, text: str, hits: tuple[Hit, ...]) -> Reading:
        return self._known_sentence(text, hits) if len(text) <= _SENTENCE_LENGTH else self._read_sentence(text, hits)

    def _read_sentence(self, text: str, hits: tuple[Hit, ...]) -> Reading:
        return self._read(text, hits, [(0, len(text))])

    def _read(self, text: str, hits: tuple[Hit, ...], sentences: Sequence[tuple[int, int]]) -> Reading:
        tokens = self._tokens(text, sentences)
        return read(tokens, list(self._found(hits, tokens)), self._pack)

    def _tokens(self, text: str, sentences: Iterable[tuple[int, int]]) -> Tokens:
        tokenizer = self._tokenizer
        if len(tokenizer.vocab) > MOST_WORDS:  # a new one, and no memory zone: other threads may be at the old one
            self._tokenizer = tokenizer = _tokenizer()
        numbers: Any = tokenizer(text).to_array(["IDX", "LENGTH"])
        starts = numbers[:, 0].tolist()
        ends = (numbers[:, 0] + numbers[:, 1]).tolist()
        begins = {bisect_right(ends, start) for start, _ in sentences}
        return Tokens(text, starts, ends, sorted({0, *begins}) if starts else [])

    def _found(self, hits: Iterable[Hit], tokens: Tokens) -> Iterator[Found]:
        entries, covering = self._pack.lexicon.entries, tokens.covering
        for entry, start, end in hits:
            first, last = covering(start, end)
            if first < last:
                yield Found(entries[entry], start, end, first, last)


def _stand_apart(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether sentences are a text with one space between two: then no token lies in two of them, nor between them."""
    return (
        bool(spans)
        and spans[0][0] == 0
        and spans[-1][1] == len(text)
        and all(text[end:start] == " " for (_, end), (start, _) in pairwise(spans))
    )


def _by_sentence(hits: tuple[Hit, ...], spans: Sequence[tuple[int, int]]) -> list[tuple[Hit, ...]] | None:
    """The hits of each sentence, counted from its beginning; None if one crosses an end of them."""
    found = []
    at = 0
    for start, end in spans:
        first = at
        while at < len(hits) and start <= hits[at].start and hits[at].end <= end:
            at += 1
        own = hits[first:at]
        found.append(tuple([Hit(entry, s - start, e - start) for entry, s, e in own]) if start and own else own)
    return found if at == len(hits) else None
