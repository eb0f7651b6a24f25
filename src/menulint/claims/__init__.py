"""From mentions to claims: page evidence, speaker, stance and frames. Plain values in, plain values out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

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
        beside = _Beside(analysis, around.of(analysis.block))
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
                    present=beside.of(mention),
                    quotation=_quotation(quoted, mention),
                )


class _Beside:
    """Concepts around each mention of one block: in its sentence and clause, and in the scopes beyond."""

    def __init__(self, analysis: BlockAnalysis, around: Mapping[str, frozenset[str]]) -> None:
        self._around = around
        self._sentences: dict[int, set[str]] = defaultdict(set)
        self._clauses: dict[int, set[str]] = defaultdict(set)
        for mention in analysis.mentions:
            self._sentences[mention.sentence].add(mention.concept)
            self._clauses[mention.clause].add(mention.concept)
        self._made: dict[tuple[int, int], Mapping[str, frozenset[str]]] = {}

    def of(self, mention: Mention) -> Mapping[str, frozenset[str]]:
        """What stands in each scope, as seen from a mention."""
        place = mention.sentence, mention.clause
        if place not in self._made:
            self._made[place] = {
                **self._around,
                "sentence": frozenset(self._sentences[mention.sentence]),
                "clause": frozenset(self._clauses[mention.clause]),
            }
        return self._made[place]


def _quotation(quoted: Sequence[tuple[int, int]], mention: Mention) -> int:
    """The number of the quotation a mention stands in, marks included, or -1."""
    at = bisect_right(quoted, mention.start, key=lambda span: span[0]) - 1
    return at if at >= 0 and mention.end <= quoted[at][1] else -1


def _sentence_text(source: Source, analysis: BlockAnalysis, mention: Mention) -> str:
    text = source.blocks[mention.block].text
    if mention.sentence >= len(analysis.sentences):
        return shown(text)
    sentence = analysis.sentences[mention.sentence]
    return shown(text[sentence.start : sentence.end])
