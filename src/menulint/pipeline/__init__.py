"""The only door to spaCy. Nothing here is imported before a block is worth tokenising."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from menulint.mention import BlockAnalysis
    from menulint.pack.matcher import Hit, Matcher
    from menulint.pack.model import Pack
    from menulint.pipeline.build import Analyser


class Pipeline:
    """A blank spaCy pipeline with our components, built at the first block. Holds one pack."""

    def __init__(self, pack: Pack, matcher: Matcher) -> None:
        self._pack, self._matcher = pack, matcher
        self._analyser: Analyser | None = None

    def analyse(self, blocks: Iterable[tuple[int, str, str, tuple[Hit, ...]]]) -> Iterator[BlockAnalysis]:
        """What stands in each block, given as (index, text, language, hits); all offsets count in its text as written.

        The components of the pipeline do the same with a ``Doc``, for those who use spaCy themselves; here what they
        would leave in it is handed on as plain values.
        """
        for index, text, lang, hits in blocks:
            yield self._loaded().analysed(index, text, lang, hits)

    def _loaded(self) -> Analyser:
        if self._analyser is None:
            from menulint.pipeline.build import Analyser

            self._analyser = Analyser(self._pack, self._matcher)
        return self._analyser
