"""Claims out of mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from menulint.claim import SCOPES, Claim
from menulint.claims.answers import Answers, Replies
from menulint.claims.frames import Frames
from menulint.claims.hearing import Listener
from menulint.claims.page import PageEvidence
from menulint.claims.surroundings import Surroundings
from menulint.mention import BlockAnalysis, Mention
from menulint.source import Source, shown


def claims_of(
    source: Source,
    analyses: Iterable[BlockAnalysis],
    page: PageEvidence,
    around: Surroundings,
    replies: Replies,
) -> Iterator[Claim]:
    """One claim around every trigger mention, in file order.

    ``replies`` says what an answer makes of a concept that is asked about.
    """
    heard = Answers(source, {analysis.block: analysis for analysis in analyses}, replies).added()
    by_block = {analysis.block: analysis for analysis in heard}
    listener = Listener(source, by_block.values(), page)
    frames = Frames(source, by_block, listener.stance)
    for analysis in by_block.values():
        beside: _Beside | None = None
        present: dict[tuple[int, int], _Present] = {}  # kept here: in ``beside``, which they ask, it would be a circle
        for position, mention in enumerate(analysis.mentions):
            if mention.trigger:
                beside = beside or _Beside(source, analysis, around)
                clause = mention.sentence, mention.clause
                if clause not in present:
                    present[clause] = _Present(beside, mention.block, *clause)
                speaker, stance, cues = listener.voice(mention)
                yield Claim(
                    mention,
                    speaker,
                    stance,
                    frames.roles(mention, position),
                    cues,
                    page.genre,
                    beside.sentence(mention),
                    present[clause],
                    beside.quotation(mention),
                )


class _Beside:
    """What stands beside the heads of one block: sentences, quotations, concepts."""

    def __init__(self, source: Source, analysis: BlockAnalysis, around: Surroundings) -> None:
        self._analysis, self._around = analysis, around
        self._text = shown(source.blocks[analysis.block].text)
        self._quoted = around.quoted(analysis.block)

    def sentence(self, mention: Mention) -> str:
        """The text of the sentence a mention stands in."""
        sentences = self._analysis.sentences
        if mention.sentence >= len(sentences):
            return self._text
        sentence = sentences[mention.sentence]
        return self._text[sentence.start : sentence.end]

    def quotation(self, mention: Mention) -> int:
        """The number of the quotation a mention stands in, marks included, or -1."""
        quoted = self._quoted
        if not quoted:
            return -1
        at = bisect_right(quoted, mention.start, key=lambda span: span[0]) - 1
        return at if at >= 0 and mention.end <= quoted[at][1] else -1

    def concepts(self, scope: str, block: int, sentence: int, clause: int) -> frozenset[str]:
        """The concepts of a scope around a clause."""
        if scope == "sentence":
            return frozenset(self._concepts[0][sentence])
        return frozenset(self._concepts[1][clause]) if scope == "clause" else self._around.of(block)[scope]

    @cached_property
    def _concepts(self) -> tuple[Mapping[int, list[str]], Mapping[int, list[str]]]:
        """The concepts of each sentence, and of each clause."""
        sentences: dict[int, list[str]] = {}
        clauses: dict[int, list[str]] = {}
        for mention in self._analysis.mentions:
            sentences.setdefault(mention.sentence, []).append(mention.concept)
            clauses.setdefault(mention.clause, []).append(mention.concept)
        return sentences, clauses


class _Present(Mapping[str, frozenset[str]]):
    """The concepts around a clause by scope. Few rules ask what is missing, so that they are gathered when one does."""

    def __init__(self, beside: _Beside, block: int, sentence: int, clause: int) -> None:
        self._beside, self._place = beside, (block, sentence, clause)
        self._known: dict[str, frozenset[str]] = {}

    def __getitem__(self, scope: str) -> frozenset[str]:
        if scope not in self._known:
            self._known[scope] = self._beside.concepts(scope, *self._place)
        return self._known[scope]

    def __iter__(self) -> Iterator[str]:
        return iter(SCOPES)

    def __len__(self) -> int:
        return len(SCOPES)
