"""A wording with ``*`` in it, found in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from menulint.text.folding import Folded, fold

_SENTENCE_END = re.compile(r"[.!?]+(?= |$)")
_REST_OF_A_WORD = r"\w{0,40}"


class Wording:
    """Words as a project writes them down. ``*`` alone stands for any words of the same sentence, at a word for its rest.

    Case, accents, hyphens and white space do not matter; what begins or ends with a letter does so at a word's edge.
    """

    def __init__(self, text: str) -> None:
        words = text.rstrip(" .!?").split()
        self._from_start, self._to_end = words[:1] == ["*"], words[-1:] == ["*"]
        pieces = re.split(r"(?:^|\s+)\*(?:\s+\*)*(?:\s+|$)", " ".join(words))
        self._reaches = len(pieces) > 1
        self._pieces = [_piece(piece) for piece in pieces if piece.replace("*", "").strip()]

    def stretches(self, folded: Folded) -> list[tuple[int, int]]:
        """Where it stands, in offsets of the original text, in order and apart from each other. Linear."""
        if not self._pieces or not self._pieces[0].search(folded.text):
            return []
        within = _sentences(folded.text) if self._reaches else [(0, len(folded.text))]
        found = (span for start, end in within for span in self._within(folded.text, start, end))
        return [folded.original(*span) for span in found]

    def touches(self, folded: Folded) -> bool:
        """Whether any of its words side by side stand there."""
        return any(piece.search(folded.text) for piece in self._pieces)

    def _within(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        while (found := self._next(text, start, end)) is not None:
            yield found
            start = found[1]

    def _next(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The first place from ``start`` on: each piece is looked for behind the one before, never again before it."""
        first, at = start, start
        for number, piece in enumerate(self._pieces):
            found = piece.search(text, at, end)
            if found is None:
                return None
            at = found.end()
            if number == 0 and not self._from_start:
                first = found.start()
        return first, end if self._to_end else at


def _piece(text: str) -> re.Pattern[str]:
    """Words side by side as a pattern; a ``*`` at one of them is the rest of it."""
    folded = fold(text.strip()).text
    middle = re.sub(r"(?:\\\*)+", lambda _: _REST_OF_A_WORD, re.escape(folded))
    return re.compile(rf"(?<![^\W_]){middle}(?![^\W_])")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    if start < len(text):
        yield start, len(text)
