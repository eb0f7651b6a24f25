"""Rare words that stand for plain ones wherever a lexicon writes these, from a language's ``synonyms.yaml``.

The file maps, per part of speech, a word or words to what text spinners, translators and florid copy put in their
place: ``noun: {side effect: [secondary effect]}``. Each form of the word is paired with the same form of its synonym.
It holds one way only: a lexicon that writes the rare word means no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from menulint.pack.inflect import Inflection
from menulint.pack.nodes import Node

_SPACE = re.compile(r"[ \-]")


class Synonyms:
    """What may stand in place of the words of one language."""

    def __init__(self, written: Mapping[str, Iterable[str]]) -> None:
        self._written = {words: tuple(dict.fromkeys(others)) for words, others in written.items()}
        self._longest = max((len(_SPACE.split(words)) for words in self._written), default=0)
        self._first = frozenset(_SPACE.split(words)[0] for words in self._written)

    def variants(self, text: str) -> tuple[str, ...]:
        """A wording itself, then once with each synonym of each word in it; never with two at a time."""
        if self._first.isdisjoint(_SPACE.split(text)):
            return (text,)
        return tuple(dict.fromkeys((text, *self._exchanged(text))))

    def _exchanged(self, text: str) -> Iterator[str]:
        starts = [0, *(space.end() for space in _SPACE.finditer(text))]
        ends = [*(start - 1 for start in starts[1:]), len(text)]
        for first, start in enumerate(starts):
            for end in ends[first : first + self._longest]:
                words = _SPACE.sub(" ", text[start:end])
                yield from (f"{text[:start]}{other}{text[end:]}" for other in self._written.get(words, ()))


def read_synonyms(nodes: Iterable[Node], inflection: Inflection) -> Synonyms:
    """The synonyms of a language from its checked files."""
    written: dict[str, list[str]] = {}
    for node in nodes:
        for pos, table in node.fields.items():
            for words in table.fields:
                for other in table.texts(words):
                    for form, same in _paired(inflection.inflect(words, pos), inflection.inflect(other, pos)):
                        written.setdefault(form, []).append(same)
    return Synonyms(written)


def _paired(forms: tuple[str, ...], others: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The same forms of two words. Where one has more of them than the other (*grew, grown*), all go with all."""
    return zip(forms, others, strict=True) if len(forms) == len(others) else product(forms, others)
