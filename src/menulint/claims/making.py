"""Claims out of mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from menulint.claim import SCOPES, Claim
from menulint.claims.answers import Answers, Replies
from menulint.claims.frames import Frames
from menulint.claims.hearing import Listener
from menulint.claims.hints import Hints
from menulint.claims.page import PageEvidence
from menulint.claims.surroundings import Surroundings
from menulint.mention import BlockAnalysis, Mention
from menulint.pack.lists import WordLists
from menulint.source import Source, shown


def claims_of(
    source: Source,
    analyses: Iterable[BlockAnalysis],
    page: PageEvidence,
    around: Surroundings,
    replies: Replies,
    lists: WordLists,
) -> Iterator[Claim]:
    """One claim around every trigger mention, in file order.

    ``replies`` says what an answer makes of a concept that is asked about, and an injection of what it is for.
    """
    heard = Answers(source, {analysis.block: analysis for analysis in analyses}, replies).added()
    by_block = {analysis.block: analysis for analysis in Hints(source, heard, replies, lists).added()}
    listener = Listener(source, by_block.values(), page, lists)
    frames = Frames(source, by_block, listener.stance, lists)
    for analysis in by_block.values():
        beside: _Beside | None = None
        for position, mention in enumerate(analysis.mentions):
            if mention.trigger:
                beside = beside or _Beside(source, analysis, around)
                speaker, stance, cues = listener.voice(mention)
                yield Claim(
                    mention,
                    speaker,
                    stance,
                    frames.roles(mention, position),
                    cues,
                    page.genre,
                    beside.sentence(mention),
                    beside.present(mention),
                    beside.quotation(mention),
                )


class _Beside:
    """What stands beside the heads of one block: sentences, quotations, concepts."""

    def __init__(self, source: Source, analysis: BlockAnalysis, around: Surroundings) -> None:
        self._analysis, self._around = analysis, around
        self._text = shown(source.blocks[analysis.block].text)
        self._quoted = around.quoted(analysis.block)
        self._wider: dict[str, frozenset[str]] = {}

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

    def present(self, mention: Mention) -> Mapping[str, frozenset[str]]:
        """Concepts by scope, from the mention's own clause to the page."""
        return _Present(self, mention)

    def concepts(self, scope: str, mention: Mention) -> frozenset[str]:
        """The concepts of a scope around a mention."""
        if scope == "sentence":
            return self._concepts[0][mention.sentence]
        if scope == "clause":
            return self._concepts[1][mention.clause]
        found = self._wider.get(scope)  # the same to all mentions of the block
        if found is None:
            found = self._wider[scope] = self._around.of(mention.block, scope)
        return found

    @cached_property
    def _concepts(self) -> tuple[Mapping[int, frozenset[str]], Mapping[int, frozenset[str]]]:
        """The concepts of each sentence, and of each clause."""
        sentences: dict[int, list[str]] = {}
        clauses: dict[int, list[str]] = {}
        for mention in self._analysis.mentions:
            sentences.setdefault(mention.sentence, []).append(mention.concept)
            clauses.setdefault(mention.clause, []).append(mention.concept)
        return (
            {number: frozenset(concepts) for number, concepts in sentences.items()},
            {number: frozenset(concepts) for number, concepts in clauses.items()},
        )


class _Present(Mapping[str, frozenset[str]]):
    """The concepts around a mention by scope. Few rules ask what is missing, so that they are looked up when one does.

    What it looks them up in knows nothing of it: a file whose values held each other would wait for the search for garbage.
    """

    __slots__ = ("_beside", "_mention")

    def __init__(self, beside: _Beside, mention: Mention) -> None:
        self._beside, self._mention = beside, mention

    def __getitem__(self, scope: str) -> frozenset[str]:
        return self._beside.concepts(scope, self._mention)

    def get(self, scope: str, default: Any = None) -> Any:
        """The same; every scope has an answer."""
        return self._beside.concepts(scope, self._mention)

    def __iter__(self) -> Iterator[str]:
        return iter(SCOPES)

    def __len__(self) -> int:
        return len(SCOPES)
