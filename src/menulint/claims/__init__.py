"""From mentions to claims: page evidence, speaker, stance and frames. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from menulint.claim import Claim
from menulint.claims.frames import Frames
from menulint.claims.page import PageEvidence
from menulint.claims.stance import Voice, voice
from menulint.mention import BlockAnalysis, Mention
from menulint.source import Source


def claims_of(source: Source, analyses: Iterable[BlockAnalysis], page: PageEvidence) -> Iterator[Claim]:
    """One claim around every trigger mention, in file order."""
    by_block = {analysis.block: analysis for analysis in analyses}
    voices = {id(m): _voice(source, a, m, page) for a in by_block.values() for m in a.mentions}
    frames = Frames(source, by_block, lambda mention: voices[id(mention)].stance)
    for analysis in by_block.values():
        for position, mention in enumerate(analysis.mentions):
            if mention.trigger:
                heard = voices[id(mention)]
                yield Claim(
                    head=mention,
                    speaker=heard.speaker,
                    stance=heard.stance,
                    roles=frames.roles(mention, position),
                    cues=heard.cues,
                    genre=page.genre,
                )


def _voice(source: Source, analysis: BlockAnalysis, mention: Mention, page: PageEvidence) -> Voice:
    asks = bool(analysis.sentences) and analysis.sentences[mention.sentence].question
    return voice(mention, source.blocks[mention.block], asks, page)
