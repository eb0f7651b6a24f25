"""What has to stand beside the anchor of a phrase, and how far from it: enough to see that a phrase need not be tried."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from menulint.pack.model import Element, Phrase
from menulint.pack.patterns import NUMBER


class Shape(NamedTuple):
    """Of an element: the words with which it begins, and how many tokens it takes at least and at most."""

    firsts: frozenset[str]
    least: int
    most: int


class Shapes:
    """Shapes of elements; those made from one set are looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, Shape] = {}

    def of(self, element: Element) -> Shape:
        """The shape of an element."""
        if element.gap:
            return Shape(frozenset(), 0, 2 * element.gap)  # commas are free in it, up to as many as it is wide
        key = id(element.alternatives)
        if key not in self._known:
            lengths = set(map(len, element.alternatives))
            firsts = frozenset([alternative[0] for alternative in element.alternatives])
            self._known[key] = Shape(firsts, min(lengths), max(lengths))
        shape = self._known[key]
        return shape._replace(least=0) if element.optional else shape

    def parts(self, phrase: Phrase) -> list[int]:
        """The elements a phrase must have beside its anchor, the most telling first; numbers are not looked for."""
        parts = [
            number
            for number, element in enumerate(phrase.elements)
            if number != phrase.anchor
            and element.alternatives
            and not element.optional
            and NUMBER not in self.of(element).firsts
        ]
        return sorted(parts, key=lambda n: (n != phrase.need, len(phrase.elements[n].alternatives)))

    def windows(self, phrase: Phrase) -> list[tuple[frozenset[str], int, int]]:
        """Of each part its first words, and from where up to where (exclusive) one of them has to stand: tokens, counted
        from the word of the anchor at which the phrase is tried.
        """
        spare = self.of(phrase.elements[phrase.anchor]).most - 1
        found = []
        for number in self.parts(phrase):
            if number > phrase.anchor:
                least, most = self._lengths(phrase.elements[phrase.anchor + 1 : number])
                low, high = 1 + least, 1 + spare + most
            else:
                least, most = self._lengths(phrase.elements[number : phrase.anchor])
                low, high = -spare - most, -least
            found.append((self.of(phrase.elements[number]).firsts, low, high + 1))
        return found

    def _lengths(self, elements: Iterable[Element]) -> tuple[int, int]:
        shapes = [self.of(element) for element in elements]
        return sum(shape.least for shape in shapes), sum(shape.most for shape in shapes)
