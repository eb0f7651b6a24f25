"""Which words of a language are so long and so much a thing's own that a slip in them makes no other word.

Names count most: of routes, sources, substances and conditions. What is said of them (effects, proof, safety) is said in
words that have more neighbours, and has to be longer. Verbs count in the forms that the language calls ``everyday``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from menulint.pack.inflect import Inflection
from menulint.pack.misspelling import LETTERS_MAX, LETTERS_MIN
from menulint.pack.nodes import Node
from menulint.pack.wording import Wording, folded

NAMES = frozenset({"route", "source", "substance", "condition"})
WORDING = frozenset({"effect", "proof", "safety", "authority"})
_ALONE, _PART, _SAID = 8, 9, 10
"""The least letters of a name that is one word, of a part of one, and of a word of what is said."""
_MADE_OF = {"source": LETTERS_MIN, "substance": LETTERS_MIN}
"""Facets whose one-word names are the most distinctive, with their least letters."""
_ENDING = 3
"""How many letters a form may have more than its word."""
_SET = re.compile(r"<([a-z_]+)>")
_LITERAL = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Distinctive:
    """Collects the words of one language."""

    def __init__(self, inflection: Inflection, wording: Wording, sets: Mapping[str, Node]) -> None:
        self._inflection, self._wording, self._sets = inflection, wording, sets
        self._of_sets: dict[str, frozenset[str]] = {}
        self._of_texts: dict[str, tuple[str, ...]] = {}

    def words(self, term: Node) -> set[str]:
        """Those of a term."""
        facet = term.text("concept").partition(".")[0]
        if facet not in NAMES | WORDING or not term.flag("misspellings", default=True):
            return set()
        found = {word for text, least in self._texts(term, facet) for word in self._long(text, least)}
        return found.union(*(self._of_set(name) for phrase in term.texts("phrases") for name in _SET.findall(phrase)))

    def _texts(self, term: Node, facet: str) -> Iterator[tuple[str, int]]:
        part = _PART if facet in NAMES else _SAID
        alone = _MADE_OF.get(facet, _ALONE) if facet in NAMES else _SAID
        for form in term.texts("forms"):
            if len(form) < LETTERS_MIN - 1:  # nor is its plural long
                continue
            for wording in self._wording.with_plural(form.lower()):
                yield wording, part if " " in form else alone
        for phrase in term.texts("phrases"):
            for literal in _LITERAL.findall(_SET.sub(" ", phrase)):
                yield literal.lower(), part

    def _long(self, text: str, least: int) -> Iterator[str]:
        """The words of a text in all their spellings, without those of every other sentence."""
        if len(text) < least:
            return
        if text not in self._of_texts:
            self._of_texts[text] = tuple(
                word
                for spelling in self._wording.spellings(text)
                for word in folded(spelling).split(" ")
                if LETTERS_MIN <= len(word) <= LETTERS_MAX and word.isalpha() and not self._wording.is_common(word)
            )
        yield from (word for word in self._of_texts[text] if len(word) >= least)

    def _of_set(self, name: str) -> frozenset[str]:
        """The long words of a set and of those it takes in; circles and unknown names are reported elsewhere."""
        if name not in self._of_sets and name in self._sets:
            self._of_sets[name] = frozenset()
            node = self._sets[name]
            pos = node.text("pos")
            words = (word for text in node.texts("words") for word in self._inflected(text, pos))
            self._of_sets[name] = frozenset(long for word in words for long in self._long(word, _SAID))
        return self._of_sets.get(name, frozenset())

    def _inflected(self, text: str, pos: str) -> Iterator[str]:
        if inner := _SET.fullmatch(text):
            yield from self._of_set(inner[1])
        elif len(text) < _SAID - _ENDING:
            return
        elif pos == "verb":
            yield from self._inflection.everyday(text.lower())
        else:
            yield from self._inflection.inflect(text.lower(), pos)
