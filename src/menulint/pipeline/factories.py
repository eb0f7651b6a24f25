"""spaCy components. Registered as entry points, so that anybody's ``nlp.add_pipe("menulint_terms")`` works.

``menulint_sentences`` sets sentence starts. ``menulint_terms`` fills ``doc.spans["menulint_terms"]`` and
``doc.spans["menulint_cues"]``, label = concept or what the cue says; the spans cover whole tokens. ``menulint_context`` fills
``doc._.menulint_analysis``: the same mentions as plain values, with exact characters, clauses and the cues that govern them.
``doc.ents`` is never touched.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cached_property

import numpy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from menulint.mention import BlockAnalysis
from menulint.pack.load import load_pack
from menulint.pack.matcher import Hit, Matcher
from menulint.pack.model import Pack
from menulint.pipeline.context import Found, analyse
from menulint.text.folding import Folded, fold
from menulint.text.sentences import sentence_spans

TERMS = "menulint_terms"
CUES = "menulint_cues"
HITS = "menulint_hits"
"""Key of ``doc.user_data`` under which hits that are already known may be handed in, with the folded text."""
FOUND = "menulint_found"
ANALYSIS = "menulint_analysis"


def register_extensions() -> None:
    """Declare our attribute once; a clash with another library's is an error and not hidden."""
    if not Doc.has_extension(ANALYSIS):
        Doc.set_extension(ANALYSIS, default=None)


class _Component:
    """A component that works with a pack: the default one, unless told otherwise by ``use``."""

    _given: tuple[Pack, Matcher] | None = None

    def use(self, pack: Pack, matcher: Matcher) -> None:
        """Work with this pack."""
        self._given = (pack, matcher)

    @cached_property
    def _pack_and_matcher(self) -> tuple[Pack, Matcher]:
        if self._given is not None:
            return self._given
        pack = load_pack()
        return pack, Matcher(pack.lexicon)

    @property
    def pack(self) -> Pack:
        return self._pack_and_matcher[0]

    @property
    def matcher(self) -> Matcher:
        return self._pack_and_matcher[1]


class Sentences(_Component):
    """Sets sentence starts by our own splitter, which knows the trade's abbreviations."""

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        return frozenset(word for words in self.pack.lexicon.abbreviations.values() for word in words)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``token.is_sent_start`` of every token."""
        starts = [start for start, _ in sentence_spans(doc.text, self._abbreviations)]
        values = array("q", [-1]) * len(doc)
        at = 0
        for number, token in enumerate(doc):
            begins = number == 0
            while at < len(starts) and starts[at] < token.idx + len(token):
                begins, at = True, at + 1
            if begins:
                values[number] = 1
        if values:  # all at once: token by token spaCy would look through the whole document each time
            doc.from_array(["SENT_START"], numpy.frombuffer(values, dtype="uint64"))  # type: ignore[arg-type]  # the stub knows 2-D only
        return doc


class Terms(_Component):
    """Finds terms and cues."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill the two span groups."""
        folded, hits = doc.user_data.pop(HITS, None) or self._find(doc.text)
        entries = self.pack.lexicon.entries
        found = []
        for hit in hits:
            start, end = folded.original(hit.start, hit.end)
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                found.append(Found(entries[hit.entry], start, end, span.start, span.end))
        doc.user_data[FOUND] = found
        doc.spans[TERMS] = _group(doc, TERMS, (f for f in found if f.entry.concept))
        doc.spans[CUES] = _group(doc, CUES, (f for f in found if not f.entry.concept))
        return doc

    def _find(self, text: str) -> tuple[Folded, list[Hit]]:
        folded = fold(text)
        return folded, self.matcher.find(folded, text)


class Context(_Component):
    """Attaches to every term the cues that govern it."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.menulint_analysis``."""
        register_extensions()
        analysis: BlockAnalysis = analyse(doc, doc.user_data.get(FOUND, []), self.pack)
        doc._.set(ANALYSIS, analysis)
        return doc


def _group(doc: Doc, name: str, found: Iterable[Found]) -> SpanGroup:
    spans = [Span(doc, f.first, f.last, label=f.entry.concept or f.entry.says) for f in found]
    return SpanGroup(doc, name=name, spans=spans)


@Language.factory("menulint_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Sentences:
    """Sentence starts; put it before ``menulint_context``."""
    return Sentences()


@Language.factory("menulint_terms", assigns=["doc.spans"])
def make_terms(nlp: Language, name: str) -> Terms:
    """Terms and cues as span groups."""
    return Terms()


@Language.factory("menulint_context", requires=["doc.spans", "token.is_sent_start"])
def make_context(nlp: Language, name: str) -> Context:
    """Modifiers of terms; needs both others before it."""
    return Context()
