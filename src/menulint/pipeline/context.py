"""The context engine: which cues govern which mention (ConText: Harkema et al. 2009, J Biomed Inform 42:839).

A cue has a direction and a scope. A stance cue's scope ends at its clause, at a TERMINATE cue of its own kind, or after its own
number of tokens, whichever comes first; what joins a predicate of its own ("… and must not be injected") reaches back to the
subject, not to the predicate before it; an attribution's runs to the end of the sentence, for who speaks does not change at a
comma. A colon ends a negation ("No diet, no gym: lose two sizes") unless it follows the cue itself ("we do not offer: …"); what
bans, warns or reports goes on behind one. Nothing crosses a block, because a ``Doc`` is one block.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from menulint.claim import STANCES
from menulint.mention import BlockAnalysis, Cue, Mention, Sentence
from menulint.pack.model import Entry, Pack
from menulint.pipeline.tokens import Tokens
from menulint.source import shown
from menulint.text.quotations import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

CLAUSE_BREAK = "clause-break"
QUOTED = "quoted"
NEGATED = "negated"
DENIABLE = frozenset({"effect", "condition", "proof", "comparison"})
"""Facets that a negation between their own words denies ("wrinkles don't disappear"); one they begin with is theirs."""
PREDICATED = DENIABLE | {"safety", "testimonial"}
"""Facets of what is said of a product, as against what the product is: "it erases lines and must not be injected" says two
things of one subject, and the second does not take back the first.
"""
INTERROGATIVE = "interrogative"
EXCLUDES, DISSUADES = "excludes", "dissuades"
"""Warnings that end at the next comma or colon: whom a treatment is not for, where a sentence begins with it, and what not
to spend money on ("don't waste your money on creams: our exosomes …" speaks of creams).
"""
BEFORE_WHOM = 2
"""Tokens that may stand before whom a treatment is not for: "People who …", "The following conditions …"."""
RHETORICAL = "rhetorical"
"""A question that offers ("why settle for creams when our laser …"): what it governs is not asked."""
COUNTERFACTUAL = "counterfactual"
"""What would be if: nobody claims it, not even a seller, whose own "may" is no more than a hedge."""
SPEAKERS = frozenset({"seller", "third-party"})
MODIFIERS = frozenset(STANCES) - {"asserted"} | {RHETORICAL, COUNTERFACTUAL}
GOVERNING = MODIFIERS | SPEAKERS
WHOLE_SENTENCE = SPEAKERS | {RHETORICAL, COUNTERFACTUAL}
"""What a cue of these says holds to the end of its sentence and not of its clause."""
MAX_SCOPE_TOKENS = 60
"""No cue reaches further, so that a page without a full stop costs no more than any other."""
_QUESTION = re.compile(r"[?？؟][\"'”’»)\]]*\s*$")
_STATEMENT = re.compile(r"[.!…。！:;]\s*$")
_COLON = re.compile(":")
_HALTS = re.compile("[,:]")
_BREAKS = re.compile(r"[;—–()\[\]|•]")


_new = tuple.__new__
"""Makes a named tuple in half of the time that calling its class takes: there are hundreds of thousands of these."""


class Found(NamedTuple):
    """A hit in a document: its entry, exact characters, and the tokens that cover it (end exclusive)."""

    entry: Entry
    start: int
    end: int
    first: int
    last: int


class _Reach(NamedTuple):
    """The tokens a cue governs, end exclusive; ``number`` is the cue's among those of its text.

    ``joined``: the cue begins a predicate that is joined to another one before it.
    """

    found: Found
    number: int
    first: int
    last: int
    joined: bool = False


class _Said(NamedTuple):
    """A cue as ``Cue`` has it, but for its block."""

    says: str
    text: str
    start: int
    end: int
    direction: str


class _Term(NamedTuple):
    """A mention as ``Mention`` has it, but for its block; its cues are numbers."""

    concept: str
    start: int
    end: int
    text: str
    sentence: int
    clause: int
    first: int
    last: int
    trigger: bool
    lang: str
    cues: tuple[int, ...]


class Reading(NamedTuple):
    """What a text says wherever it stands: everything is counted from its beginning."""

    tokens: int
    clauses: int
    sentences: tuple[Sentence, ...]
    terms: tuple[_Term, ...]
    cues: tuple[_Said, ...]


class Part(NamedTuple):
    """A reading in its place: so many characters, tokens, sentences and clauses stand before it."""

    reading: Reading
    start: int = 0
    tokens: int = 0
    sentences: int = 0
    clauses: int = 0


class Layout(NamedTuple):
    """What the parts of a block make together; ``quoted`` are the spans in quotation marks, with the mark that opens each."""

    sentences: tuple[Sentence, ...]
    parts: tuple[Part, ...]
    quoted: tuple[tuple[int, int, str], ...]

    @classmethod
    def of(cls, text: str, readings: Iterable[tuple[int, Reading]]) -> Layout:
        """That of a text made of these readings, each at its offset, in order; together they are the text."""
        sentences: list[Sentence] = []
        parts: list[Part] = []
        tokens = clauses = 0
        for start, reading in readings:
            if reading.terms or reading.cues:
                parts.append(Part(reading, start, tokens, len(sentences), clauses))
            sentences += [_moved(sentence, start) for sentence in reading.sentences] if start else reading.sentences
            tokens += reading.tokens
            clauses += reading.clauses
        quoted = [(start, end, text[start]) for start, end in quotations(shown(text))] if parts else ()
        return cls(tuple(sentences), tuple(parts), tuple(quoted))

    def analysis(self, block: int, lang: str) -> BlockAnalysis:
        """What is said as that of the block with this number."""
        quoted = [(end, Cue(QUOTED, mark, block, start, start + 1)) for start, end, mark in self.quoted]
        opened = [start for start, _, _ in self.quoted]
        cues: list[Cue] = []
        mentions: list[Mention] = []
        for reading, at, tokens, sentences, clauses in self.parts:
            said = [
                _new(Cue, (says, text, block, at + start, at + end, direction))
                for says, text, start, end, direction in reading.cues
            ]
            cues += said
            for concept, start, end, text, sentence, clause, first, last, trigger, lang_of, numbers in reading.terms:
                governing = tuple([said[number] for number in numbers]) if numbers else ()
                if quoted:
                    inside = bisect_left(opened, at + start) - 1  # they are in order and do not overlap
                    if inside >= 0 and at + end < quoted[inside][0]:
                        governing += (quoted[inside][1],)
                mention = (
                    concept,
                    block,
                    at + start,
                    at + end,
                    text,
                    sentences + sentence,
                    clauses + clause,
                    tokens + first,
                    tokens + last,
                    trigger,
                    lang_of,
                    governing,
                )
                mentions.append(_new(Mention, mention))
        return BlockAnalysis(block, lang, self.sentences, tuple(mentions), tuple(cues))


def _moved(sentence: Sentence, by: int) -> Sentence:
    ends = tuple([end + by for end in sentence.clause_ends])
    moved: Sentence = _new(Sentence, (sentence.start + by, sentence.end + by, ends, sentence.question))
    return moved


def analyse(doc: Doc, found: Sequence[Found], pack: Pack) -> BlockAnalysis:
    """The mentions of a document with their clauses and cues, as plain values; offsets count in ``doc.text``."""
    return Layout.of(doc.text, [(0, read(Tokens.of(doc), found, pack))]).analysis(0, doc.lang_)


def read(tokens: Tokens, found: Sequence[Found], pack: Pack) -> Reading:
    """The mentions of a text with their clauses and the cues that govern them.

    Quotation marks are left to ``Layout``: what they enclose may be longer than a sentence.
    """
    text = shown(tokens.text)
    terms = [f for f in found if f.entry.concept]
    cues = [f for f in found if not f.entry.concept and not f.entry.of_page]
    if cues:
        cues = list(_as_said(tokens, cues))
    clause_starts = _clause_starts(tokens, cues)
    reaches = sorted(_reaches(tokens, cues, clause_starts, pack), key=_first) if cues and terms else []
    begins = [reach.first for reach in reaches]
    return Reading(
        tokens.length,
        len(clause_starts),
        tuple(_sentences(tokens, clause_starts)),
        tuple(
            [_term(term, text, tokens, clause_starts, _governing(term, reaches, begins, pack), pack) for term in terms]
        ),
        tuple([_Said(f.entry.says, text[f.start : f.end], f.start, f.end, f.entry.direction) for f in cues]),
    )


def _term(
    found: Found, text: str, tokens: Tokens, clause_starts: Sequence[int], cues: tuple[int, ...], pack: Pack
) -> _Term:
    entry, start, end, first, last = found
    return _Term(
        entry.concept,
        start,
        end,
        text[start:end],
        bisect_right(tokens.sentences, first) - 1,
        bisect_right(clause_starts, first) - 1,
        first,
        last,
        pack.concepts[entry.concept].trigger,
        entry.lang,
        cues,
    )


def _governing(term: Found, reaches: Sequence[_Reach], begins: Sequence[int], pack: Pack) -> tuple[int, ...]:
    """The numbers of the cues that govern a term, of ``reaches`` that begin at the tokens ``begins``, in order."""
    if not reaches:
        return ()
    near = reaches[bisect_left(begins, term.first - 3 * MAX_SCOPE_TOKENS) : bisect_right(begins, term.last)]
    return tuple([reach.number for reach in near if _governs(reach, term, pack)])


def _first(reach: _Reach) -> int:
    return reach.first


def _as_said(tokens: Tokens, cues: Iterable[Found]) -> Iterator[Found]:
    """The cues, with words such as "what is" as ``asked`` where their sentence asks, and dropped where it states.

    A sentence without a mark at its end may be a heading that asks ("What is PRP").
    """
    for found in cues:
        if found.entry.says in (EXCLUDES, DISSUADES):
            yield from _warned(tokens, found)
            continue
        if found.entry.says != INTERROGATIVE:
            yield found
            continue
        home = bisect_right(tokens.sentences, found.first)
        last = tokens.sentences[home] if home < len(tokens.sentences) else tokens.length
        if not _STATEMENT.search(tokens.text[tokens.starts[last - 1] : tokens.ends[last - 1]]):
            yield found._replace(entry=structs.replace(found.entry, says="asked"))


def _warned(tokens: Tokens, found: Found) -> Iterator[Found]:
    """A warning that ends at the next mark; of whom a treatment is not for only where a sentence begins."""
    home = bisect_right(tokens.sentences, found.first) - 1
    if found.entry.says == EXCLUDES and found.first - tokens.sentences[home] > BEFORE_WHOM:
        return
    halt = next((at for at in tokens.standing_alone(_HALTS) if at >= found.last), tokens.length)
    yield found._replace(entry=structs.replace(found.entry, says="warned", scope=max(1, halt - found.last)))


def _sentences(tokens: Tokens, clause_starts: Sequence[int]) -> Iterator[Sentence]:
    text, starts, ends = tokens.text, tokens.starts, tokens.ends
    asking = not text.isascii() or "?" in text
    for first, last in pairwise([*tokens.sentences, tokens.length]):
        start, end = starts[first], ends[last - 1]
        inner = clause_starts[bisect_right(clause_starts, first) : bisect_left(clause_starts, last)]
        asks = asking and _QUESTION.search(text[start:end]) is not None
        yield Sentence(start, end, (*[starts[c] for c in inner], end), asks)


def _clause_starts(tokens: Tokens, cues: Iterable[Found]) -> list[int]:
    """Token numbers at which a clause begins: sentences, breaking punctuation, and conjunctions of the lexicon."""
    starts = {*tokens.sentences, *[f.first for f in cues if f.entry.says == CLAUSE_BREAK]}
    starts.update([at + 1 for at in tokens.standing_alone(_BREAKS) if at + 1 < tokens.length])
    return sorted(starts)


def _reaches(tokens: Tokens, cues: Sequence[Found], clauses: Sequence[int], pack: Pack) -> Iterator[_Reach]:
    stops = _stops(tokens, cues)
    joined_until = 0
    for number, found in enumerate(cues):
        says = found.entry.says
        if says not in GOVERNING or found.entry.direction in ("TERMINATE", "PSEUDO"):
            continue
        bounds = tokens.sentences if says in WHOLE_SENTENCE else clauses
        first, last = _scope(found, bounds, stops.get(says, ()), tokens.length)
        if first < found.first and says not in SPEAKERS and _is_joined(found, tokens, pack):
            joined_until = found.last
        yield _Reach(found, number, first, last, found.first < joined_until)  # "and [must [never be] injected]"


def _is_joined(cue: Found, tokens: Tokens, pack: Pack) -> bool:
    """Whether the word or the two words before a cue join a predicate to the one before it."""
    joins = pack.lexicon.joins.get(cue.entry.lang, ())
    words = range(max(0, cue.first - 2), cue.first) if joins else ()
    before = [tokens.text[tokens.starts[at] : tokens.ends[at]].lower() for at in words]
    return any(" ".join(before[-length:]) in joins for length in (1, 2))


def _stops(tokens: Tokens, cues: Iterable[Found]) -> dict[str, list[tuple[int, int]]]:
    """For each kind of cue the token spans at which its scopes end: TERMINATE cues of that kind, and colons for negations."""
    stops: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for found in cues:
        if found.entry.direction == "TERMINATE":
            stops[found.entry.says].append((found.first, found.last))
    stops[NEGATED].extend((at, at + 1) for at in tokens.standing_alone(_COLON))
    for spans in stops.values():
        spans.sort()
    return stops


def _scope(found: Found, bounds: Sequence[int], stops: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The tokens that a cue's direction and scope reach, cut at the clause and where such scopes end.

    What stands right beside the cue belongs to it and cuts nothing: "we never say:", "…, it is not true".
    """
    home = bisect_right(bounds, found.first) - 1
    first, last = bounds[home], bounds[home + 1] if home + 1 < len(bounds) else length
    size = found.entry.scope or MAX_SCOPE_TOKENS
    at = bisect_left(stops, (found.last + 1, 0))
    after = stops[at][0] if at < len(stops) else length
    at = bisect_left(stops, (found.first, 0))
    if at and stops[at - 1][1] >= found.first:
        at -= 1
    before = stops[at - 1][0] if at else -1
    begin = found.first if found.entry.direction == "FORWARD" else max(first, found.first - size, before + 1)
    end = found.last if found.entry.direction == "BACKWARD" else min(max(last, found.last), found.last + size, after)
    return begin, max(end, found.last)


def _denies_inside(cue: Found, term: Found) -> bool:
    """Whether a negation stands in the gap of a term: "scars do not vanish"."""
    denies = cue.entry.says == NEGATED and cue.entry.direction == "FORWARD" and not cue.entry.targets
    between = term.start < cue.start and cue.end < term.end
    facet = term.entry.concept.partition(".")[0]
    return denies and between and facet in DENIABLE and facet not in cue.entry.spares


def _governs(reach: _Reach, term: Found, pack: Pack) -> bool:
    """Whether a cue reaches a term and may modify it; a cue inside the term is part of it ("no downtime"), or denies it.

    The words by which a question offers ("why risk surgery when our threads …?") are both: with them the term is not asked.
    """
    cue = reach.found
    if cue.start >= term.start and cue.end <= term.end:
        return cue.entry.says == RHETORICAL or _denies_inside(cue, term)
    if reach.joined and term.last <= cue.first and term.entry.concept.partition(".")[0] in PREDICATED:
        return False
    inside = reach.first <= term.first < reach.last if cue.first <= term.first else reach.first < term.last <= cue.last
    if not inside:
        return False
    if not cue.entry.targets and not cue.entry.spares:
        return True
    lineage = pack.ancestors[term.entry.concept] | {term.entry.concept.partition(".")[0]}
    if cue.entry.targets and not lineage.intersection(cue.entry.targets):
        return False
    return not lineage.intersection(cue.entry.spares)
