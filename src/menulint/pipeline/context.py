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
from typing import TYPE_CHECKING

from msgspec import structs

from menulint.claim import STANCES
from menulint.mention import BlockAnalysis, Cue, Mention, Sentence
from menulint.pack.model import Entry, Pack
from menulint.source import shown
from menulint.text.quotations import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

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
GOVERNING = MODIFIERS | SPEAKERS
WHOLE_SENTENCE = SPEAKERS | {RHETORICAL, COUNTERFACTUAL}
"""What a cue of these says holds to the end of its sentence and not of its clause."""
MAX_SCOPE_TOKENS = 60
"""No cue reaches further, so that a page without a full stop costs no more than any other."""
_QUESTION = re.compile(r"[?？؟][\"'”’»)\]]*\s*$")
_STATEMENT = re.compile(r"[.!…。！:;]\s*$")
_COLON = re.compile(":")
_BREAKS = re.compile(r"[;—–()\[\]|•]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: where each begins and ends, and at which of them a sentence begins."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    sentences: Sequence[int]

    @classmethod
    def of(cls, doc: Doc) -> Tokens:
        """Those of a document whose sentences are known."""
        starts = [token.idx for token in doc]
        ends = [start + len(token) for start, token in zip(starts, doc, strict=True)]
        return cls(doc.text, starts, ends, [sent.start for sent in doc.sents])

    def __len__(self) -> int:
        return len(self.starts)

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that share a character with a span of the text, end exclusive; an empty span if none does."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def standing_alone(self, marks: re.Pattern[str]) -> Iterator[int]:
        """The tokens that are nothing but one of these characters."""
        for match in marks.finditer(self.text):
            at = bisect_left(self.starts, match.start())
            if at < len(self.starts) and self.starts[at] == match.start() and self.ends[at] == match.end():
                yield at


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


def analyse(doc: Doc, found: Sequence[Found], pack: Pack) -> BlockAnalysis:
    """The mentions of a document with their clauses and cues, as plain values; offsets count in ``doc.text``."""
    return analysed(Tokens.of(doc), found, pack, 0, doc.lang_)


def analysed(tokens: Tokens, found: Sequence[Found], pack: Pack, block: int, lang: str) -> BlockAnalysis:
    """The mentions of a block with their clauses and cues; offsets count in its text."""
    text = shown(tokens.text)
    cues = [f for f in found if not f.entry.concept and not f.entry.says.startswith("genre:")]
    cues = list(_as_said(tokens, cues))
    clause_starts = _clause_starts(tokens, cues)
    said = [_cue(text, f, block) for f in cues]
    reaches = sorted(_reaches(tokens, cues, said, clause_starts), key=lambda r: r.first)
    begins = [r.first for r in reaches]
    quoted = [(q, end, Cue(QUOTED, text[q : q + 1], block, q, q + 1)) for q, end in quotations(text)]
    mentions = []
    for term in (f for f in found if f.entry.concept):
        near = reaches[bisect_left(begins, term.first - 3 * MAX_SCOPE_TOKENS) : bisect_right(begins, term.last)]
        governing = (
            *(r.cue for r in near if _governs(r, term, pack)),
            *(cue for q, end, cue in quoted if q < term.start and term.end < end),
        )
        mentions.append(
            Mention(
                concept=term.entry.concept,
                block=block,
                start=term.start,
                end=term.end,
                text=text[term.start : term.end],
                sentence=bisect_right(tokens.sentences, term.first) - 1,
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
        lang=lang,
        sentences=tuple(_sentences(tokens, clause_starts)),
        mentions=tuple(mentions),
        cues=tuple(said),
    )


def _as_said(tokens: Tokens, cues: Iterable[Found]) -> Iterator[Found]:
    """The cues, with words such as "what is" as ``asked`` where their sentence asks, and dropped where it states.

    A sentence without a mark at its end may be a heading that asks ("What is PRP").
    """
    for found in cues:
        if found.entry.says != INTERROGATIVE:
            yield found
            continue
        home = bisect_right(tokens.sentences, found.first)
        last = tokens.sentences[home] if home < len(tokens.sentences) else len(tokens)
        if not _STATEMENT.search(tokens.text[tokens.starts[last - 1] : tokens.ends[last - 1]]):
            yield replace(found, entry=structs.replace(found.entry, says="asked"))


def _cue(text: str, found: Found, block: int) -> Cue:
    return Cue(found.entry.says, text[found.start : found.end], block, found.start, found.end, found.entry.direction)


def _sentences(tokens: Tokens, clause_starts: Sequence[int]) -> Iterator[Sentence]:
    text, starts, ends = tokens.text, tokens.starts, tokens.ends
    for first, last in pairwise([*tokens.sentences, len(tokens)]):
        start, end = starts[first], ends[last - 1]
        inner = clause_starts[bisect_right(clause_starts, first) : bisect_left(clause_starts, last)]
        yield Sentence(start, end, (*(starts[c] for c in inner), end), bool(_QUESTION.search(text[start:end])))


def _clause_starts(tokens: Tokens, cues: Iterable[Found]) -> list[int]:
    """Token numbers at which a clause begins: sentences, breaking punctuation, and conjunctions of the lexicon."""
    starts = set(tokens.sentences)
    starts.update(f.first for f in cues if f.entry.says == CLAUSE_BREAK)
    starts.update(at + 1 for at in tokens.standing_alone(_BREAKS) if at + 1 < len(tokens))
    return sorted(starts)


def _reaches(tokens: Tokens, cues: Sequence[Found], said: Sequence[Cue], clauses: Sequence[int]) -> Iterator[_Reach]:
    stops = _stops(tokens, cues)
    for found, cue in zip(cues, said, strict=True):
        if found.entry.says not in GOVERNING or found.entry.direction in ("TERMINATE", "PSEUDO"):
            continue
        bounds = tokens.sentences if found.entry.says in WHOLE_SENTENCE else clauses
        first, last = _scope(found, bounds, stops.get(found.entry.says, ()), len(tokens))
        yield _Reach(found, cue, first, last)


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


def _governs(reach: _Reach, term: Found, pack: Pack) -> bool:
    """Whether a cue reaches a term and may modify it; a cue inside the term is part of it ("no downtime")."""
    cue = reach.found
    if cue.start >= term.start and cue.end <= term.end:
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
