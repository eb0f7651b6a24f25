"""In which language a page is written, as far as its commonest words and its letters tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from menulint.late import LatePattern
from menulint.source import Source

UNKNOWN = "und"
"""BCP 47's code for a language that is not determined."""
_SAMPLE = 6000
"""Code points of copy that tell as much of the language as the rest would."""
_WORDS_MIN = 2
"""One word of a language stands in names: "La Prairie", "Das Botox"."""
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "ja": LatePattern(r"[\u3041-\u30ff]"),  # before Chinese: Japanese has its characters too
    "ko": LatePattern(r"[\uac00-\ud7a3]"),
    "zh": LatePattern(r"[\u4e00-\u9fff]"),
    "el": LatePattern(r"[\u0370-\u03ff]"),
    "he": LatePattern(r"[\u0590-\u05ff]"),
    "th": LatePattern(r"[\u0e01-\u0e5b]"),
    UNKNOWN: LatePattern(r"[\u0400-\u052f\u0600-\u06ff\u0900-\u0dff]"),  # Cyrillic, Arabic, Indian: of many languages
}
_FURTHER = LatePattern(r"[\u0370-\ud7ff]")
"""Letters of all of these scripts, and of others."""
_SHARE = 4
"""A script of one in so many letters is that of the page: Japanese and Korean copy is full of Latin names."""


def language_of(source: Source, telling: Mapping[str, Set[str]]) -> str:
    """The code of the language whose commonest words most stand in a page, or whose script it is in; "" if nothing tells.

    ``telling`` are the commonest words of each language, in small letters.
    """
    sample = " ".join(_sample(source)).lower()
    if not sample.isascii() and (written := _by_script(sample)):
        return written
    words = frozenset(_WORD.findall(sample))
    counts = sorted(((len(words & known), lang) for lang, known in telling.items()), reverse=True)
    if not counts or counts[0][0] < _WORDS_MIN or (len(counts) > 1 and counts[0][0] == counts[1][0]):
        return ""
    return counts[0][1]


def _sample(source: Source) -> Iterator[str]:
    left = _SAMPLE
    for block in source.blocks:
        if left <= 0:
            return
        yield block.text[:left]
        left -= len(block.text)


def _by_script(text: str) -> str:
    if not _FURTHER.search(text):  # a pound sign or an accent and no more
        return ""
    letters = sum(map(str.isalpha, text))
    return next((lang for lang, script in _SCRIPTS.items() if len(script.findall(text)) * _SHARE > letters), "")
