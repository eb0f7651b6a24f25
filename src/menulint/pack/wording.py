"""The ways in which one written word or phrase may stand in a text: spelling, hyphen, plural, inflection.

Everything that leaves this module is folded and split exactly as texts are, so that both sides meet.
"""

from __future__ import annotations

from functools import cache
from itertools import chain

from menulint.pack.inflect import Inflection
from menulint.pack.synonyms import Synonyms
from menulint.text.folding import fold
from menulint.text.words import split

NUMBER = "#"
"""The element that stands for any number."""

_NO_PLURAL_ENDINGS = ("ly", "ed", "ing", "'s", "less", "ful", "ous", "ive", "able", "ible", "ish", "est")
_NO_PLURAL_BUT = ("peeling", "filling", "offspring", "sibling", "additive", "preservative", "sedative", "alternative")
_PLURAL_WORDS_MAX = 3  # longer wordings are statements rather than names of things


@cache
def folded(text: str) -> str:
    """The folded form of a text, its words joined by one space."""
    return " ".join(fold(text).text.split())


@cache
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as ``menulint.text.words`` splits it; ``#`` stays as it is."""
    if text.strip() == NUMBER:
        return (NUMBER,)
    return split(fold(text).text).texts


class Wording:
    """One language's ways to write a thing."""

    def __init__(self, inflection: Inflection, synonyms: Synonyms | None = None) -> None:
        self._inflection = inflection
        self._synonyms = synonyms or Synonyms({})
        self._spellings: dict[str, tuple[str, ...]] = {}

    def is_common(self, word: str) -> bool:
        """Whether a word stands in every other sentence."""
        return word in self._inflection.common

    def spellings(self, text: str) -> tuple[str, ...]:
        """As written first, then other spellings and synonyms; a hyphenated compound also closed up."""
        if text not in self._spellings:  # terms use the same words again and again
            self._spellings[text] = self._spelt(text)
        return self._spellings[text]

    def _spelt(self, text: str) -> tuple[str, ...]:
        variants = self._inflection.spelling.variants
        written = [spelling for words in self._synonyms.variants(text) for spelling in variants(words)]
        closed = (spelling.replace("-", "") for spelling in written if "-" in spelling)
        return tuple(dict.fromkeys(chain(written, closed)))

    def with_plural(self, text: str) -> tuple[str, ...]:
        """A noun-like wording with the plural of its last word, or of its first and those that agree with it."""
        if self._inflection.heads_first:
            return (text,) if len(text) < 3 or self.is_common(text) else self._inflection.inflect(text, "noun")
        last = text.replace("-", " ").rpartition(" ")[2]
        if len(last) < 3 or self.is_common(last) or not last.isalpha() or last.isupper():
            return (text,)
        if last.endswith(_NO_PLURAL_ENDINGS) and last not in _NO_PLURAL_BUT:
            return (text,)
        return self._inflection.inflect(text, "noun")

    def forms(self, text: str, *, noun: bool) -> tuple[str, ...]:
        """All folded forms of a literal wording; ``noun`` adds its plural."""
        lower = text.lower()
        wordings = self.with_plural(lower) if noun and len(lower.split()) <= _PLURAL_WORDS_MAX else (lower,)
        spelt = (folded(spelling) for wording in wordings for spelling in self.spellings(wording))
        return tuple(dict.fromkeys(form for form in spelt if form))

    def literal(self, text: str) -> tuple[tuple[str, ...], ...]:
        """The alternatives of a word or words written out in a phrase."""
        return self._alternatives(self.with_plural(text.lower()))

    def inflected(self, text: str, pos: str) -> tuple[tuple[str, ...], ...]:
        """The alternatives of a word of a set."""
        return self._alternatives(self._inflection.inflect(text.lower(), pos))

    def _alternatives(self, wordings: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        found = (tokens(spelling) for wording in wordings for spelling in self.spellings(wording))
        return tuple(dict.fromkeys(alternative for alternative in found if alternative))
