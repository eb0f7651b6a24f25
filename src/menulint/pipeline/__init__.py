"""The only door to spaCy. Nothing here is imported before a block is worth tokenising."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from menulint.mention import BlockAnalysis

if TYPE_CHECKING:
    from spacy.language import Language

    from menulint.pack.matcher import Hit, Matcher
    from menulint.pack.model import Pack
    from menulint.text.folding import Folded


class Pipeline:
    """A blank spaCy pipeline with our components, built at the first block. Holds one pack."""

    def __init__(self, pack: Pack, matcher: Matcher) -> None:
        self._pack, self._matcher = pack, matcher
        self._nlp: Language | None = None

    def analyse(self, blocks: Iterable[tuple[int, str, str, Folded | None, Iterable[Hit]]]) -> Iterator[BlockAnalysis]:
        """What stands in each block, given as (index, text, language, folded text, hits); offsets count in its text."""
        for index, text, lang, folded, hits in blocks:
            nlp = self._loaded()
            doc = nlp.make_doc(text)
            if folded is not None:
                doc.user_data["menulint_hits"] = (folded, list(hits))
            for _, component in nlp.pipeline:
                doc = component(doc)
            yield _rebased(doc._.menulint_analysis, index, lang)

    def _loaded(self) -> Language:
        if self._nlp is None:
            from menulint.pipeline.build import build

            self._nlp = build(self._pack, self._matcher)
        return self._nlp


def _rebased(analysis: BlockAnalysis, block: int, lang: str) -> BlockAnalysis:
    """The analysis with the number of its block in the file."""
    return BlockAnalysis(
        block,
        lang,
        analysis.sentences,
        tuple(replace(m, block=block, cues=tuple(replace(c, block=block) for c in m.cues)) for m in analysis.mentions),
        tuple(replace(c, block=block) for c in analysis.cues),
    )
