"""What hands and ears do to a long word, as a closed list; one thing at a time.

Ears: another vowel, a letter doubled that is single or the reverse, an ``h`` too many or too few, and letters that sound
alike in English, Spanish or French (``ph`` and ``f``; ``s``, ``z``, ``c``, ``k`` and ``q``; ``x`` and ``cs``, ``cc``, ``ks``,
``s`` or ``z``; ``b`` and ``v``; ``g`` and ``j``; ``ll`` and ``y``; ``m`` and ``n``; ``n`` and ``ñ``).
Hands: two neighbours that changed places, a letter left out, a vowel put in. Those are the four
kinds of single error by which misspellings are commonly told (one letter too many, missing, wrong, or two turned), but for any
letter in place of any other, or any put in: that makes other words.

The first letter stays, but for its sound. The last one belongs to an ending, and only doubling and changing places touch it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

VOWELS = frozenset("aeiouy")
_ALIKE = (
    *("s z", "s c", "c z", "c k", "c q", "k q", "x cs", "x cc", "x ks", "x s", "x z"),
    *("f ph", "v b", "g j", "m n", "n ñ", "ll y"),
)
_BEGINNINGS = ("wr r", "ps s")


def _both_ways(pairs: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """What one writes for the other, by the first letters of both."""
    found: dict[str, list[tuple[str, str]]] = {}
    for a, b in (pair.split() for pair in pairs):
        for right, wrong in ((a, b), (b, a)):
            found.setdefault(right[0] + wrong[0], []).append((right, wrong))
    return found


_SOUNDS, _SOUNDS_AT_FIRST = _both_ways(_ALIKE), _both_ways((*_ALIKE, *_BEGINNINGS))


def is_slip(right: str, wrong: str) -> bool:
    """Whether one thing makes the wrong word of the right one."""
    at = _same(right, wrong)
    if at == len(right) == len(wrong):
        return False
    return any(right[at + a :] == wrong[at + b :] for a, b in _steps(right, wrong, at))


def _same(right: str, wrong: str) -> int:
    """With how many letters both begin."""
    at = 0
    for a, b in zip(right, wrong, strict=False):
        if a != b:
            break
        at += 1
    return at


def _steps(right: str, wrong: str, at: int) -> Iterator[tuple[int, int]]:
    """What may have happened where two words part, as how many letters it takes of each."""
    before, r, w = right[at - 1 : at], right[at : at + 1], wrong[at : at + 1]
    if before and r + right[at + 1 : at + 2] == wrong[at + 1 : at + 2] + w:
        yield 2, 2
    if before and before == r:
        yield 1, 0
    if before and before == w:
        yield 0, 1
    if r and w:
        yield from _added(before, w)
        yield from _inside(right, wrong, at)


def _added(before: str, letter: str) -> Iterator[tuple[int, int]]:
    """What may have come in before a letter."""
    if letter == "h" or (before and letter in VOWELS) or before + letter == "ck":
        yield 0, 1


def _inside(right: str, wrong: str, at: int) -> Iterator[tuple[int, int]]:
    """What may have become of a letter that is not the last one."""
    r, w = right[at], wrong[at]
    if at == len(right) - 1:
        return
    if at or r == "h":
        yield 1, 0
    if at and r in VOWELS and w in VOWELS:
        yield 1, 1
    for a, b in (_SOUNDS if at else _SOUNDS_AT_FIRST).get(r + w, ()):
        if at + len(a) < len(right) and right.startswith(a, at) and wrong.startswith(b, at):
            yield len(a), len(b)


# -- what stays the same whatever happens

_ONE_FOR_ALL = {
    **dict.fromkeys("aeiouyhw", ""),
    **dict.fromkeys("cqszx", "k"),
    "v": "b",
    "f": "p",
    "j": "g",
    "ñ": "n",
    "m": "n",
}
_TWICE = re.compile(r"([^ ])\1+")
_CLASSES = str.maketrans(_ONE_FOR_ALL)
_SILENT = "".join(letter for letter, class_ in _ONE_FOR_ALL.items() if not class_).encode("latin-1")
_LATIN = bytes(ord(_ONE_FOR_ALL.get(chr(code)) or chr(code)) for code in range(256))


def key(word: str) -> str:
    """The consonants of a word as they sound, in order, behind a mark if it begins with a vowel."""
    return keys_of([word])[0]


def keys_of(words: Sequence[str]) -> list[str]:
    """The key of each of some words, none of which has a space: all at once a quarter of the time."""
    together = " ".join(words)
    try:  # as bytes, several times as fast
        letters = together.encode("latin-1").translate(_LATIN, _SILENT).decode("latin-1")
    except UnicodeEncodeError:
        letters = together.translate(_CLASSES)
    return [
        f"a{heard}" if word[:1] in VOWELS or word.lstrip("hw")[:1] in VOWELS else heard
        for word, heard in zip(words, _once(letters).split(" "), strict=True)
    ]


def keys(word: str) -> set[str]:
    """The keys of all that one slip can make of a word."""
    whole = key(word)
    end = len(whole) if word[-1] in VOWELS else len(whole) - 1
    left_out = (whole[:i] + whole[i + 1 :] for i in range(1, end))
    turned = (whole[:i] + whole[i + 1] + whole[i] + whole[i + 2 :] for i in range(1, len(whole) - 1))
    beginning = {key(word[1:])} if word.startswith("ps") else set()
    return {whole, *beginning, *map(_once, left_out), *map(_once, turned)}


def _once(letters: str) -> str:
    return _TWICE.sub(r"\1", letters) if _TWICE.search(letters) else letters
