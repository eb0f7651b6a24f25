"""Lists of words that no term and no cue is made of: months, titles, professions, what headings of a site say.

They say of a name or a line what it is, on pages of any language. ``lexicons/<lang>/words.yaml`` holds them by the names that
its schema knows, which are those that the program asks for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

_NAME = re.compile(r"\{(=?)([a-z_]+)\}")
_NONE = "(?!)"


class WordLists:
    """The lists of a pack, by their names and languages, to be asked for in regular expressions."""

    def __init__(self, lists: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        self._lists = lists
        self._patterns: dict[str, re.Pattern[str]] = {}

    def pattern(self, template: str) -> re.Pattern[str]:
        """A regular expression in which ``{months}`` stands for any word of that list, in all languages.

        A word in small letters may have any capitals, but not where the template has ``{=particles}``; a word with a capital
        counts only so. What is asked for again is compiled once.
        """
        found = self._patterns.get(template)
        if found is None:
            written = _NAME.sub(lambda name: self._any_of(name[2], as_written=bool(name[1])), template)
            self._patterns[template] = found = re.compile(written)
        return found

    def _any_of(self, name: str, *, as_written: bool) -> str:
        words = dict.fromkeys(chain.from_iterable(map(_spellings, chain(*self._lists.get(name, {}).values()))))
        exact = [word for word in words if as_written or word != word.lower()]
        others = [word for word in words if not as_written and word == word.lower()]
        choices = ([f"(?i:{_choice(others)})"] if others else []) + ([_choice(exact)] if exact else [])
        return f"(?:{'|'.join(choices)})" if choices else _NONE


def _spellings(word: str) -> Iterator[str]:
    """A word with its accents, and as it is written in haste."""
    yield word
    yield "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _choice(words: Iterable[str]) -> str:
    """The longest first: of two that begin alike the longer one stands there."""
    return "|".join(re.escape(word).replace("'", "['’]") for word in sorted(words, key=lambda word: (-len(word), word)))
