"""Builds the spaCy pipeline (a blank language, our infixes, our components), and runs the same steps without documents."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeAlias

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
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(INFIXES).finditer
    return nlp


Given: TypeAlias = tuple[int, str, str, Folded | None, Iterable[Hit]]
"""A block: its index, text and language, its folded text, and what the matcher found in that."""
_BETWEEN = "\n\n"
"""Stands between texts that are split together. It is a token of its own beside anything but white space."""
_BATCH = 50_000
"""Code points of texts that are split together."""


def _batches(blocks: Iterable[Given]) -> Iterator[list[Given]]:
    batch: list[Given] = []
    size = 0
    for given in blocks:
        text = given[1]
        is_alone = text != text.strip()
        if batch and (is_alone or size + len(text) >= _BATCH):
            yield batch
            batch, size = [], 0
        batch.append(given)
        size = _BATCH if is_alone else size + len(text) + len(_BETWEEN)
    if batch:
        yield batch


class Analyser:
    """What the components of ``build`` make of a text, from its tokens straight to plain values.

    Spans, groups and extension attributes of documents that nobody looks at take twice as long as the rest.
    """

    def __init__(self, pack: Pack, matcher: Matcher) -> None:
        self._pack, self._matcher = pack, matcher
        self._nlp = _blank()

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        return frozenset(word for words in self._pack.lexicon.abbreviations.values() for word in words)

    def analysed(self, blocks: Iterable[Given]) -> Iterator[BlockAnalysis]:
        """What stands in blocks, given with the matcher's hits; offsets count in the text of each."""
        for batch in _batches(blocks):
            texts = [text for _, text, _, _, _ in batch]
            for (block, _, lang, folded, hits), tokens in zip(batch, self._tokens(texts), strict=True):
                found = list(self._found(folded, hits, tokens)) if folded else []
                yield analysed(tokens, found, self._pack, block, lang)

    def _tokens(self, texts: Sequence[str]) -> Iterator[Tokens]:
        """Those of each text. They are split as one document: making a document takes as long as splitting a block."""
        numbers: Any = self._nlp.make_doc(_BETWEEN.join(texts)).to_array(["IDX", "LENGTH"])
        all_starts, lengths = numbers[:, 0].tolist(), numbers[:, 1].tolist()
        offset = 0
        for text in texts:
            first, last = bisect_left(all_starts, offset), bisect_left(all_starts, offset + len(text))
            starts = [start - offset for start in all_starts[first:last]]
            ends = [start + length for start, length in zip(starts, lengths[first:last], strict=True)]
            begins = {bisect_right(ends, start) for start, _ in sentence_spans(text, self._abbreviations)}
            yield Tokens(text, starts, ends, sorted({0, *begins}) if starts else [])
            offset += len(text) + len(_BETWEEN)

    def _found(self, folded: Folded, hits: Iterable[Hit], tokens: Tokens) -> Iterable[Found]:
        entries = self._pack.lexicon.entries
        for hit in hits:
            start, end = folded.original(hit.start, hit.end)
            first, last = tokens.covering(start, end)
            if first < last:
                yield Found(entries[hit.entry], start, end, first, last)
