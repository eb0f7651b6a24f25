"""What has to stand beside the anchor of a phrase, and how far from it: enough to see that a phrase need not be tried."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from menulint.pack.model import Alternatives, Element, Phrase
from menulint.pack.patterns import NUMBER, is_number


class Shape(NamedTuple):
    """Of an element: a telling word of each of its alternatives, how many tokens it takes at least and at most, and as the
    how-manieth of its tokens a telling word may come at the latest (from 0).
    """

    words: frozenset[str]
    least: int
    most: int
    latest: int


class Shapes:
    """Shapes of elements; those made from one set are looked at once.

    Args:
        common: words of every other sentence, which tell little.
    """

    def __init__(self, common: Collection[str] = ()) -> None:
        self._common = common
        self._known: dict[int, Shape] = {}

    def of(self, element: Element) -> Shape:
        """The shape of an element."""
        if element.gap:
            return Shape(frozenset(), 0, 2 * element.gap, 0)  # commas are free in it, up to as many as it is wide
        key = id(element.alternatives)
        if key not in self._known:
            lengths = set(map(len, element.alternatives))
            telling = [self._telling(alternative) for alternative in element.alternatives]
            words, latest = frozenset(word for word, _ in telling), max(at for _, at in telling)
            self._known[key] = Shape(words, min(lengths), max(lengths), latest)
        shape = self._known[key]
        return shape._replace(least=0) if element.optional else shape

    def telling(self, alternatives: Alternatives) -> frozenset[str]:
        """A telling word of each alternative; any number where one is "24", for texts are asked with their numbers as one."""
        words = self.of(Element(alternatives)).words
        return words | {NUMBER} if any(map(is_number, words)) else words

    def parts(self, phrase: Phrase) -> list[int]:
        """The elements a phrase must have beside its anchor, the most telling first, those that may be numbers last."""
        parts = [
            number
            for number, element in enumerate(phrase.elements)
            if number != phrase.anchor and element.alternatives and not element.optional
        ]
        return sorted(parts, key=lambda n: self._tells_little(phrase, n))

    def _tells_little(self, phrase: Phrase, number: int) -> tuple[bool, bool, int]:
        element = phrase.elements[number]
        return NUMBER in self.of(element).words, number != phrase.need, len(element.alternatives)

    def windows(self, phrase: Phrase) -> list[tuple[int, int, int]]:
        """Each part (the number of its element), and from where up to where (exclusive) a telling word of it has to stand:
        tokens, counted from the word of the anchor at which the phrase is tried.
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
            found.append((number, low, high + self.of(phrase.elements[number]).latest + 1))
        return found

    def _lengths(self, elements: Iterable[Element]) -> tuple[int, int]:
        shapes = [self.of(element) for element in elements]
        return sum(shape.least for shape in shapes), sum(shape.most for shape in shapes)

    def _telling(self, alternative: Sequence[str]) -> tuple[str, int]:
        """The longest of its words that are not common, and where it stands; a number only if it has nothing else."""
        if len(alternative) == 1:
            return alternative[0], 0
        return max(
            ((word, at) for at, word in enumerate(alternative)),
            key=lambda each: (each[0] != NUMBER, each[0] not in self._common, len(each[0])),
        )
