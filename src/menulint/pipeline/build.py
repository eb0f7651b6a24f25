"""Builds the spaCy pipeline (a blank language, our infixes, our components), and runs the same steps without documents."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from menulint.mention import BlockAnalysis
from menulint.pack.matcher import Hit, Matcher
from menulint.pack.model import Pack
from menulint.pipeline.context import Found, Tokens, analysed
from menulint.pipeline.factories import Context, Sentences, Terms
from menulint.source import GAP
from menulint.text.folding import Folded
from menulint.text.sentences import sentence_spans

MOST_WORDS = 50_000
"""Words that are kept with how they are cut, some 20 MB; spaCy by itself keeps every word it ever meets."""

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
    nlp = _blank()
    for name in COMPONENTS:
        nlp.add_pipe(name)
        component = nlp.get_pipe(name)
        assert isinstance(component, Sentences | Terms | Context)
        component.use(pack, matcher)
    return nlp


def _blank() -> Language:
    nlp = spacy.blank("xx")
    nlp.max_length = sys.maxsize  # the limit guards parsers, of which there is none; readers have their own
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(INFIXES).finditer
    return nlp


class Analyser:
    """What the components of ``build`` make of a text, from its tokens straight to plain values.

    Spans, groups and extension attributes of documents that nobody looks at take twice as long as the rest.
    """

    def __init__(self, pack: Pack, matcher: Matcher) -> None:
        self._pack, self._matcher = pack, matcher
        self._tokenizer: Any = _blank().tokenizer

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        return frozenset(word for words in self._pack.lexicon.abbreviations.values() for word in words)

    def analysed(self, block: int, text: str, lang: str, folded: Folded | None, hits: Iterable[Hit]) -> BlockAnalysis:
        """What stands in a block in which the matcher found ``hits``; offsets count in its text."""
        tokens = self._tokens(text)
        found = list(self._found(folded, hits, tokens)) if folded else []
        return analysed(tokens, found, self._pack, block, lang)

    def _tokens(self, text: str) -> Tokens:
        tokenizer = self._tokenizer
        if (
            len(tokenizer.vocab) > MOST_WORDS
        ):  # a new one, and not a memory zone, for other threads may be at the old one
            self._tokenizer = tokenizer = _blank().tokenizer
        numbers: Any = tokenizer(text).to_array(["IDX", "LENGTH"])
        starts = numbers[:, 0].tolist()
        ends = (numbers[:, 0] + numbers[:, 1]).tolist()
        begins = {bisect_right(ends, start) for start, _ in sentence_spans(text, self._abbreviations)}
        return Tokens(text, starts, ends, sorted({0, *begins}) if starts else [])

    def _found(self, folded: Folded, hits: Iterable[Hit], tokens: Tokens) -> Iterable[Found]:
        entries = self._pack.lexicon.entries
        for hit in hits:
            start, end = folded.original(hit.start, hit.end)
            first, last = tokens.covering(start, end)
            if first < last:
                yield Found(entries[hit.entry], start, end, first, last)
