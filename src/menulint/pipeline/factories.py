"""spaCy components. Registered as entry points, so that anybody's ``nlp.add_pipe("menulint_terms")`` works.

``menulint_sentences`` sets sentence starts. ``menulint_terms`` fills ``doc.spans["menulint"]`` and
``doc.spans["menulint_cues"]``, label = concept or what the cue says; the spans cover whole tokens. ``menulint_context`` fills
``doc._.menulint_analysis``: the same mentions as plain values, with exact characters, clauses and the cues that govern them.
``doc.ents`` is never touched.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import numpy
import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from menulint.errors import UsageError
from menulint.mention import BlockAnalysis
from menulint.pack.load import load_pack
from menulint.pack.matcher import Matcher
from menulint.pack.model import Pack
from menulint.pack.search import Hit
from menulint.pipeline.context import Found, analyse
from menulint.text.folding import Folded, fold
from menulint.text.sentences import sentence_spans

TERMS = "menulint"
CUES = "menulint_cues"
HITS = "menulint_hits"
"""Key of ``doc.user_data`` under which hits that are already known may be handed in, with the folded text."""
FOUND = "menulint_found"
"""Key of ``doc.user_data`` for what one component tells the next, in values that ``doc.to_bytes`` can write."""
ANALYSIS = "menulint_analysis"

_Numbers: TypeAlias = tuple[int, int, int, int, int]
_PACKED = "__menulint_analysis__"


def register_extensions() -> None:
    """Declare our attribute once; a clash with another library's is an error and not hidden."""
    if not Doc.has_extension(ANALYSIS):
        Doc.set_extension(ANALYSIS, default=None)


def _packed(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """How ``doc.to_bytes``, ``DocBin`` and ``nlp.pipe(n_process=…)`` write an analysis."""
    if isinstance(value, BlockAnalysis):
        return {_PACKED: msgspec.msgpack.encode(value)}
    return value if chain is None else chain(value)


def _unpacked(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and _PACKED in value:
        return msgspec.msgpack.decode(value[_PACKED], type=BlockAnalysis)
    return value if chain is None else chain(value)


srsly.msgpack_encoders.register("menulint", func=_packed)
srsly.msgpack_decoders.register("menulint", func=_unpacked)


@cache
def _loaded(folders: tuple[str, ...]) -> Pack:
    """The pack with what the folders add, once for all components of a process."""
    return load_pack([Path(folder) for folder in folders])


@cache
def _matcher(folders: tuple[str, ...]) -> Matcher:
    return Matcher(_loaded(folders).lexicon)


class _Component:
    """A component that works with a pack: the default one with ``folders`` added, unless told otherwise by ``use``."""

    def __init__(self, folders: Sequence[str] = ()) -> None:
        self._folders = tuple(folders)
        self._given: tuple[Pack, Matcher] | None = None
        if folders:
            _loaded(self._folders)  # a folder that is no pack is refused where it is named

    def use(self, pack: Pack, matcher: Matcher) -> None:
        """Work with this pack. Such a component cannot be sent to another process."""
        self._given = (pack, matcher)

    @property
    def pack(self) -> Pack:
        return self._given[0] if self._given else _loaded(self._folders)

    @property
    def matcher(self) -> Matcher:
        return self._given[1] if self._given else _matcher(self._folders)


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
    """Finds terms and cues, of some ``languages`` or of all that the pack knows.

    Raises:
        UsageError: the pack knows no such language.
    """

    def __init__(self, folders: Sequence[str] = (), languages: Sequence[str] = ()) -> None:
        super().__init__(folders)
        self._languages = frozenset(languages)
        known = {entry.lang for entry in self.pack.lexicon.entries} if languages else self._languages
        if unknown := sorted(self._languages - known):
            raise UsageError(f"the pack has no lexicon for {', '.join(unknown)}; it has {', '.join(sorted(known))}")

    def __call__(self, doc: Doc) -> Doc:
        """Fill the two span groups."""
        folded, hits = doc.user_data.pop(HITS, None) or self._find(doc.text)
        entries = self.pack.lexicon.entries
        found: list[_Numbers] = []
        for hit in hits:
            if self._languages and entries[hit.entry].lang not in self._languages:
                continue
            start, end = folded.original(hit.start, hit.end)
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                found.append((hit.entry, start, end, span.start, span.end))
        doc.user_data[FOUND] = (self.pack.sha256, len(doc), found)
        doc.spans[TERMS] = _group(doc, TERMS, ((entries[f[0]].concept, f) for f in found if entries[f[0]].concept))
        doc.spans[CUES] = _group(doc, CUES, ((entries[f[0]].says, f) for f in found if not entries[f[0]].concept))
        return doc

    def _find(self, text: str) -> tuple[Folded, list[Hit]]:
        folded = self.pack.speller.righted(fold(text))
        return folded, self.matcher.find(folded, text)


class Context(_Component):
    """Attaches to every term the cues that govern it."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.menulint_analysis``.

        Raises:
            UsageError: a component that it needs did not run before it, or runs with another pack.
        """
        found = found_in(doc, self.pack)
        if len(doc) and not doc.has_annotation("SENT_START"):
            raise UsageError(
                'menulint_context needs sentence starts: put "menulint_sentences", "sentencizer" or a parser before it'
            )
        analysis: BlockAnalysis = analyse(doc, found, self.pack)
        doc._.set(ANALYSIS, analysis)
        return doc


def found_in(doc: Doc, pack: Pack) -> list[Found]:
    """What ``menulint_terms`` found in a document; tokens that were split or merged since then are counted anew.

    Raises:
        UsageError: it did not run, or with another pack.
    """
    if FOUND not in doc.user_data:
        raise UsageError('menulint_context needs what "menulint_terms" finds: put that before it')
    sha256, tokens, found = doc.user_data[FOUND]
    if sha256 != pack.sha256:
        raise UsageError('menulint_terms and menulint_context have different packs: give both the same "pack"')
    entries = pack.lexicon.entries
    if tokens == len(doc):
        return [Found(entries[entry], start, end, first, last) for entry, start, end, first, last in found]
    spans = ((*one[:3], doc.char_span(one[1], one[2], alignment_mode="expand")) for one in found)
    return [Found(entries[e], start, end, span.start, span.end) for e, start, end, span in spans if span is not None]


def _group(doc: Doc, name: str, found: Iterable[tuple[str, _Numbers]]) -> SpanGroup:
    spans = [Span(doc, first, last, label=label) for label, (_, _, _, first, last) in found]
    return SpanGroup(doc, name=name, spans=spans)


@Language.factory("menulint_sentences", default_config={"pack": []}, assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str, pack: list[str]) -> Sentences:
    """Sentence starts; put it before ``menulint_context``. ``pack``: folders that add to the pack."""
    return Sentences(pack)


@Language.factory("menulint_terms", default_config={"pack": [], "languages": []}, assigns=["doc.spans"])
def make_terms(nlp: Language, name: str, pack: list[str], languages: list[str]) -> Terms:
    """Terms and cues as span groups, of all languages of the pack or of ``languages``."""
    return Terms(pack, languages)


@Language.factory(
    "menulint_context",
    default_config={"pack": []},
    requires=["doc.spans", "token.is_sent_start"],
    assigns=["doc._.menulint_analysis"],
)
def make_context(nlp: Language, name: str, pack: list[str]) -> Context:
    """Modifiers of terms; needs both others before it, and the ``pack`` of ``menulint_terms``."""
    register_extensions()
    return Context(pack)
