"""The context engine: which cues govern which mention (ConText: Harkema et al. 2009, J Biomed Inform 42:839).

A cue has a direction and a scope. A stance cue's scope ends at its clause, at a TERMINATE cue of its own kind, or after its own
number of tokens, whichever comes first; an attribution's runs to the end of the sentence, for who speaks does not change at a
comma. A colon ends a negation ("No diet, no gym: lose two sizes") unless it follows the cue itself ("we do not offer: …"); what
bans, warns or reports goes on behind one. Nothing crosses a block, because a ``Doc`` is one block.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc

from menulint.claim import STANCES
from menulint.mention import BlockAnalysis, Cue, Mention, Sentence
from menulint.pack.model import Entry, Pack
from menulint.source import shown
from menulint.text.quotations import quotations

CLAUSE_BREAK = "clause-break"
QUOTED = "quoted"
NEGATED = "negated"
INTERROGATIVE = "interrogative"
RHETORICAL = "rhetorical"
"""A question that offers ("why settle for creams when our laser …"): what it governs is not asked."""
COUNTERFACTUAL = "counterfactual"
"""What would be if: nobody claims it, not even a seller, whose own "may" is no more than a hedge."""
SPEAKERS = frozenset({"seller", "third-party"})
MODIFIERS = frozenset(STANCES) - {"asserted"} | {RHETORICAL, COUNTERFACTUAL}
WHOLE_SENTENCE = SPEAKERS | {RHETORICAL, COUNTERFACTUAL}
"""What a cue of these says holds to the end of its sentence and not of its clause."""
MAX_SCOPE_TOKENS = 60
"""No cue reaches further, so that a page without a full stop costs no more than any other."""
_QUESTION = re.compile(r"[?？؟][\"'”’»)\]]*\s*$")
_STATEMENT = re.compile(r"[.!…。！:;]\s*$")
_BREAK_TOKENS = frozenset(";—–()[]|•")


@dataclass(frozen=True, slots=True)
class Found:
    """A hit in a document: its entry, exact characters, and the tokens that cover it (end exclusive)."""

    entry: Entry
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Reach:
    """The tokens a cue governs, end exclusive."""

    found: Found
    cue: Cue
    first: int
    last: int


def analyse(doc: Doc, found: Sequence[Found], pack: Pack, block: int = 0) -> BlockAnalysis:
    """The mentions of a document with their clauses and cues, as plain values; offsets count in ``doc.text``."""
    text = shown(doc.text)  # put together anew at each access
    terms = [f for f in found if f.entry.concept]
    cues = [f for f in found if not f.entry.concept and not f.entry.says.startswith("genre:")]
    sentence_starts = [sent.start for sent in doc.sents]
    cues = list(_as_said(doc, cues, sentence_starts))
    clause_starts = _clause_starts(doc, cues, sentence_starts)
    reaches = sorted(_reaches(doc, cues, clause_starts, sentence_starts), key=lambda r: r.first)
    begins = [r.first for r in reaches]
    quoted = list(quotations(text))
    mentions = []
    for term in terms:
        near = reaches[bisect_left(begins, term.first - 3 * MAX_SCOPE_TOKENS) : bisect_right(begins, term.last)]
        governing = (
            *(r.cue for r in near if _governs(r, term, pack)),
            *(Cue(QUOTED, text[q : q + 1], block, q, q + 1) for q, end in quoted if q < term.start and term.end < end),
        )
        mentions.append(
            Mention(
                concept=term.entry.concept,
                block=block,
                start=term.start,
                end=term.end,
                text=text[term.start : term.end],
                sentence=bisect_right(sentence_starts, term.first) - 1,
                clause=bisect_right(clause_starts, term.first) - 1,
                first=term.first,
                last=term.last,
                trigger=pack.concepts[term.entry.concept].trigger,
                lang=term.entry.lang,
                cues=governing,
            )
        )
    return BlockAnalysis(
        block=block,
        lang=doc.lang_,
        sentences=tuple(_sentences(doc, sentence_starts, clause_starts)),
        mentions=tuple(mentions),
        cues=tuple(_cue(text, f, block) for f in cues),
    )


def _as_said(doc: Doc, cues: Iterable[Found], sentence_starts: Sequence[int]) -> Iterator[Found]:
    """The cues, with words such as "what is" as ``asked`` where their sentence asks, and dropped where it states.

    A sentence without a mark at its end may be a heading that asks ("What is PRP").
    """
    for found in cues:
        if found.entry.says != INTERROGATIVE:
            yield found
            continue
        home = bisect_right(sentence_starts, found.first)
        last = sentence_starts[home] if home < len(sentence_starts) else len(doc)
        if not _STATEMENT.search(doc[last - 1].text_with_ws):
            yield replace(found, entry=replace(found.entry, says="asked"))


def _cue(text: str, found: Found, block: int) -> Cue:
    return Cue(found.entry.says, text[found.start : found.end], block, found.start, found.end, found.entry.direction)


def _sentences(doc: Doc, sentence_starts: Sequence[int], clause_starts: Sequence[int]) -> Iterator[Sentence]:
    text = doc.text
    bounds = [*sentence_starts, len(doc)]
    for first, last in pairwise(bounds):
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
        ends = tuple(doc[c].idx for c in clause_starts if first < c < last)
        yield Sentence(start, end, (*ends, end), bool(_QUESTION.search(text[start:end])))


def _clause_starts(doc: Doc, cues: Iterable[Found], sentence_starts: Sequence[int]) -> list[int]:
    """Token numbers at which a clause begins: sentences, breaking punctuation, and conjunctions of the lexicon."""
    starts = set(sentence_starts)
    starts.update(f.first for f in cues if f.entry.says == CLAUSE_BREAK)
    starts.update(token.i + 1 for token in doc if token.text in _BREAK_TOKENS and token.i + 1 < len(doc))
    return sorted(starts)


def _reaches(doc: Doc, cues: Sequence[Found], clauses: Sequence[int], sentences: Sequence[int]) -> list[_Reach]:
    stops, text = _stops(doc, cues), shown(doc.text)
    reaches = []
    for found in cues:
        if found.entry.says not in MODIFIERS | SPEAKERS or found.entry.direction in ("TERMINATE", "PSEUDO"):
            continue
        bounds = sentences if found.entry.says in WHOLE_SENTENCE else clauses
        first, last = _scope(found, bounds, stops.get(found.entry.says, ()), len(doc))
        reaches.append(_Reach(found, _cue(text, found, 0), first, last))
    return reaches


def _stops(doc: Doc, cues: Iterable[Found]) -> dict[str, list[tuple[int, int]]]:
    """For each kind of cue the token spans at which its scopes end: TERMINATE cues of that kind, and colons for negations."""
    stops: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for found in cues:
        if found.entry.direction == "TERMINATE":
            stops[found.entry.says].append((found.first, found.last))
    stops[NEGATED].extend((token.i, token.i + 1) for token in doc if token.text == ":")
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


def _governs(reach: _Reach, term: Found, pack: Pack) -> bool:
    """Whether a cue reaches a term and may modify it; a cue inside the term is part of it ("no downtime")."""
    cue = reach.found
    if cue.start >= term.start and cue.end <= term.end:
        return False
    inside = reach.first <= term.first < reach.last if cue.first <= term.first else reach.first < term.last <= cue.last
    if not inside:
        return False
    lineage = pack.ancestors[term.entry.concept] | {term.entry.concept.partition(".")[0]}
    if cue.entry.targets and not lineage.intersection(cue.entry.targets):
        return False
    return not lineage.intersection(cue.entry.spares)
