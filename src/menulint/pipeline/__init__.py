"""Terms and cues of blocks as plain values, and the only door to spaCy: components for those who use it themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from menulint.mention import BlockAnalysis
    from menulint.pack.model import Pack
    from menulint.pack.search import Hit
    from menulint.pipeline.analyser import Analyser


class Pipeline:
    """What the components of a spaCy pipeline of ours would say, loaded at the first block. Holds one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def analyse(self, blocks: Iterable[tuple[int, str, str, tuple[Hit, ...]]]) -> Iterator[BlockAnalysis]:
        """What stands in each block, given as (index, text, language, hits); all offsets count in its text as written.

        The components of the pipeline do the same with a ``Doc``, for those who use spaCy themselves; here what they
        would leave in it is handed on as plain values.
        """
        for index, text, lang, hits in blocks:
            yield self._loaded.analysed(index, text, lang, hits)

    @cached_property
    def _loaded(self) -> Analyser:
        from menulint.pipeline.analyser import Analyser

        return Analyser(self._pack)
