"""The tokens of copy, in which nearness and the scopes of cues are counted.

Ours are words, numbers and marks, found by one pattern: a run needs no spaCy for them. A menu writes "PRP/PRF", "£250", "2ml"
and "Botox®+filler", so that each change from letters to figures or marks begins a token; a word keeps its inner
apostrophes, and a possessive is a token of its own. Those of anybody's spaCy pipeline do as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"({_LETTER}++(?:['’](?![sS]\b){_LETTER}++)*+"
    r"|\d++(?:[.,]\d++)*+"
    r"|['’][sS]\b"
    r"|\S|\s) ?"
)
"""A token with the space behind it. White space is no token but for what is more than that space."""


class Tokens(NamedTuple):
    """The tokens of a text: where each begins and ends, and at which of them a sentence begins."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    sentences: Sequence[int]

    @classmethod
    def cut(cls, text: str, sentences: Iterable[tuple[int, int]]) -> Tokens:
        """Ours of a text whose sentences are spans of it, in order."""
        spans = [match.span(1) for match in _TOKEN.finditer(text)]
        if not spans:
            return cls(text, [], [], [])
        ends = [end for _, end in spans]
        begins = {bisect_right(ends, start) for start, _ in sentences}
        return cls(text, [start for start, _ in spans], ends, sorted({0, *begins}))

    @classmethod
    def of(cls, doc: Doc) -> Tokens:
        """Those of a document whose sentences are known."""
        starts = [token.idx for token in doc]
        ends = [start + len(token) for start, token in zip(starts, doc, strict=True)]
        return cls(doc.text, starts, ends, [sent.start for sent in doc.sents])

    @property
    def length(self) -> int:
        """How many there are."""
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


def words_and_spaces(text: str) -> tuple[list[str], list[bool]]:
    """Our tokens as spaCy takes them: their texts, and which of them a space follows. Put together they are the text."""
    found = [(match[1], match.end() > match.end(1)) for match in _TOKEN.finditer(text)]
    return [word for word, _ in found], [spaced for _, spaced in found]
