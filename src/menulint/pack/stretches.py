"""Cuts folded text at sentence ends that no term, cue or phrase of a lexicon crosses.

What stands in one stretch can be found without looking at the others, and stretches come back: pages of a site share their
navigation, their footers and half of their phrases.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from menulint.late import LatePattern
from menulint.pack.model import Element, Lexicon, Phrase
from menulint.pack.patterns import NUMBER

MARKS = ".!?;|•"
_LETTER = r"[^\W\d_]"
_AFTER_MARK = LatePattern(rf"[{re.escape(MARKS)}] (\S+)")


class Stretches:
    """Where a lexicon lets text be cut; read-only once made."""

    def __init__(self, followers: "Followers") -> None:
        marks = "".join(mark for mark in MARKS if mark not in followers.open)
        words = "|".join(re.escape(word) for word in followers.words if word[-1].isalnum())
        marked = (re.escape(word) for word in followers.words if not word[-1].isalnum())
        joined = "|".join([r"\d", *marked, *([rf"(?:{words})(?![^\W_])"] if words else [])])
        # Not behind "u.s.", whose last dot is part of the word.
        self._cut = re.compile(rf"[{re.escape(marks)}](?<!\.{_LETTER}\.) (?!{joined})") if marks else None
        self._leaders = followers.leaders

    def of(self, text: str) -> list[tuple[int, int]]:
        """The stretches of a folded text, in code points, end exclusive; together they are the text."""
        if self._cut is None:
            return [(0, len(text))]
        ends = [match.end() for match in self._cut.finditer(text)]
        if ends and self._leaders:
            ends = [end for end in ends if not text.endswith(self._leaders, 0, end - 1)]
        return [*zip([0, *ends], [*ends, len(text)], strict=True)] if ends else [(0, len(text))]


class Followers(Struct, frozen=True):
    """What stands behind a mark inside some wording: ``words`` begin it; behind ``leaders`` (word and mark) and behind the
    marks in ``open`` it may be anything.
    """

    words: tuple[str, ...]
    leaders: tuple[str, ...]
    open: tuple[str, ...]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Self:
        """Those of all wordings of a lexicon."""
        found = _Found()
        found.add_forms(chain(lexicon.forms, lexicon.veto_forms))
        found.add_phrases(phrase for _, phrase in chain(lexicon.phrases, lexicon.veto_phrases))
        found.words.discard(NUMBER)  # no cut is made before a digit
        return cls(tuple(sorted(found.words)), tuple(sorted(found.leaders)), tuple(sorted(found.open)))

    def with_forms(self, forms: Iterable[str]) -> Self:
        """Those of further forms, too."""
        found = _Found()
        found.add_forms(forms)
        return replace(self, words=tuple(sorted({*self.words, *found.words})))


class _Found:
    def __init__(self) -> None:
        self.words: set[str] = set()
        self.leaders: set[str] = set()
        self.open: set[str] = set()

    def add_forms(self, forms: Iterable[str]) -> None:
        for form in forms:
            self.words.update(_AFTER_MARK.findall(form))

    def add_phrases(self, phrases: Iterable[Phrase]) -> None:
        marked = _Marked()
        for phrase in phrases:
            for number, element in enumerate(phrase.elements):
                if element.alternatives and marked(element):
                    self._add(phrase, number)

    def _add(self, phrase: Phrase, number: int) -> None:
        for alternative in phrase.elements[number].alternatives:
            for at, word in enumerate(alternative):
                if word in MARKS:
                    self._follow(alternative[: at + 1], alternative[at + 1 :], phrase.elements[number + 1 :])

    def _follow(self, before: Sequence[str], rest: Sequence[str], elements: Iterable[Element]) -> None:
        if rest:
            self.words.add(rest[0])
            return
        for element in elements:
            if element.gap:
                known = self.leaders if len(before) > 1 else self.open
                known.add("".join(before[-2:]))
                return
            self.words.update(alternative[0] for alternative in element.alternatives)
            if not element.optional:
                return


class _Marked:
    """Whether some alternative of an element holds a mark; elements made from one set are asked once."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def __call__(self, element: Element) -> bool:
        key = id(element.alternatives)
        if key not in self._known:
            self._known[key] = any(word in MARKS for word in _words(element))
        return self._known[key]


def _words(element: Element) -> Iterator[str]:
    return chain.from_iterable(element.alternatives)
