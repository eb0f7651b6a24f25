"""Claims out of mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from menulint.claim import Claim
from menulint.claims.answers import Answers, Replies
from menulint.claims.frames import Frames
from menulint.claims.hearing import Listener
from menulint.claims.page import PageEvidence
from menulint.claims.surroundings import Surroundings
from menulint.mention import BlockAnalysis, Mention
from menulint.source import Source, shown
from menulint.text.quotations import quotations


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
    voices = {id(mention): voice for mention, voice in Listener(source, by_block.values(), page).heard()}
    frames = Frames(source, by_block, lambda mention: voices[id(mention)].stance)
    for analysis in by_block.values():
        beside = _Beside(analysis)
        quoted = list(quotations(source.blocks[analysis.block].text, whole=True))
        for position, mention in enumerate(analysis.mentions):
            if mention.trigger:
                voiced = voices[id(mention)]
                yield Claim(
                    head=mention,
                    speaker=voiced.speaker,
                    stance=voiced.stance,
                    roles=frames.roles(mention, position),
                    cues=voiced.cues,
                    genre=page.genre,
                    sentence=_sentence_text(source, analysis, mention),
                    present={**around.of(mention.block), **beside.of(mention)},
                    quotation=_quotation(quoted, mention),
                )


class _Beside:
    """Concepts in each sentence and clause of one block."""

    def __init__(self, analysis: BlockAnalysis) -> None:
        self._sentences: dict[int, set[str]] = defaultdict(set)
        self._clauses: dict[int, set[str]] = defaultdict(set)
        for mention in analysis.mentions:
            self._sentences[mention.sentence].add(mention.concept)
            self._clauses[mention.clause].add(mention.concept)

    def of(self, mention: Mention) -> dict[str, frozenset[str]]:
        """What stands in the mention's own sentence and clause."""
        return {
            "sentence": frozenset(self._sentences[mention.sentence]),
            "clause": frozenset(self._clauses[mention.clause]),
        }


def _quotation(quoted: Sequence[tuple[int, int]], mention: Mention) -> int:
    """The number of the quotation a mention stands in, marks included, or -1."""
    at = bisect_right(quoted, mention.start, key=lambda span: span[0]) - 1
    return at if at >= 0 and mention.end <= quoted[at][1] else -1


def _sentence_text(source: Source, analysis: BlockAnalysis, mention: Mention) -> str:
    text = shown(source.blocks[mention.block].text)
    if mention.sentence >= len(analysis.sentences):
        return text
    sentence = analysis.sentences[mention.sentence]
    return text[sentence.start : sentence.end]
