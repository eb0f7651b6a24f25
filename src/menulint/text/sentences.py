"""Sentences, questions and clauses of visible copy. Offsets are those of the text given (not folded), end exclusive.

Rules and a list of abbreviations, no model: copy is full of headings, prices and bullets that trained splitters have
not seen. Every pattern looks at each character a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from menulint.text.characters import BULLETS, SUPERSCRIPTS
from menulint.text.folding import fold

_CLOSERS = "\"'”’»›)\\]}*_"
_OPENERS = "\"'“‘«‹([{¿¡*_•-–—"
_STOPS = ".!?…。！？؟।"
_ENDS = re.compile(
    rf"(?P<stop>[{_STOPS}]+)(?:[{_CLOSERS}{SUPERSCRIPTS}]|\[\d{{1,3}}\])*"
    rf"|(?P<after>(?<=\s)[|·¦](?=\s)|[\u2028\u2029]|\n\s*\n)"
    rf"|(?P<before>(?<!\S)[{BULLETS}])"
)
_MARKS = re.compile(rf"[{_STOPS}|·¦\u2028\u2029\n{BULLETS}]")
"""What a match of ``_ENDS`` begins with: looked for by itself, ten times as fast."""
_WINDOW = 32  # characters looked back at for an abbreviation: longer words are none
_LAST_WORDS = re.compile(r"(?:(?<!\w)(?P<before>\w{1,12})\.\s{1,2})?(?<!\w)(?P<word>\w+(?:[.·]\w+)*)$")
_NEXT = re.compile(rf"\s{{0,8}}[{re.escape(_OPENERS)}]{{0,4}}(?P<char>\S)?(?P<rest>\w{{0,12}}\.?)")
_DOTTED = re.compile(r"\w{1,2}(?:\.\w{1,2})+")
_ENUMERATOR_LENGTH = 12
_ENUMERATOR = re.compile(r"\s*[(•*-]?\s?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})")
_CLOSED_UP = re.compile(r"(?<=[^\W\d_A-Z])[.!?](?=[A-Z¿¡À-ÖØ-Þ][^\W\d_A-Z])")
# These are words too, or end sentences as often as not: abbreviations only before what continues a sentence.
_ALSO_WORDS = frozenset({"no", "art", "fig", "in", "sec", "min", "sat", "sun", "etc", "a.m", "p.m", "ltd", "inc"})
_PLAIN_WORD = 5  # letters: longer than what numbers a list ("viii"), where that may stand
_SHORT_WORD = 3  # letters; before a small letter, a stop after a word this short belongs to an unlisted abbreviation


def sentence_spans(text: str, abbreviations: Collection[str]) -> list[tuple[int, int]]:
    """The sentences of a text in order, without the white space around them; together they hold all else.

    ``abbreviations`` are folded, without their last dot: ``dr``, ``e.g``, ``dr. med``. A bullet begins a sentence, a
    spaced ``|`` or ``·``, a line separator or an empty line ends one.
    """
    spans = []
    start = 0
    divided = _MARKS.search(text, 0, len(text) - 1) or text[-1:] in BULLETS  # most headings and items are not
    for end in (*(_sentence_ends(text, abbreviations) if divided else ()), len(text)):
        left, right = start, end
        while left < right and text[left].isspace():
            left += 1
        while left < right and text[right - 1].isspace():
            right -= 1
        if left < right:
            spans.append((left, right))
        start = end
    return spans


def _sentence_ends(text: str, abbreviations: Collection[str]) -> Iterator[int]:
    openings = _openings(frozenset(abbreviations))
    start = 0
    last = len(text) - (text[-1:] not in BULLETS)  # a stop that closes the text parts nothing
    mark = _MARKS.search(text, 0, last)
    while mark:
        at = mark.start()
        if _ends_plainly(text, start, at, openings):
            end = passed = at + 1
        else:
            match = _ENDS.match(text, at)
            end = _end(text, start, match, abbreviations) if match else -1
            passed = (match or mark).end()
        if end > start:
            yield end
            start = end
        mark = _MARKS.search(text, passed, last)


def _end(text: str, start: int, match: re.Match[str], abbreviations: Collection[str]) -> int:
    """Where a sentence ends at a match of ``_ENDS``, -1 if it goes on."""
    if match["stop"] and not _ends_sentence(text, start, match, abbreviations):
        return -1
    return match.start() if match["before"] else match.end()


@lru_cache(8)
def _openings(abbreviations: frozenset[str]) -> frozenset[str]:
    """What abbreviations are or begin with: ``dr`` of ``dr. med``."""
    return abbreviations | {abbreviation.partition(". ")[0] for abbreviation in abbreviations}


def _ends_plainly(text: str, start: int, dot: int, openings: Collection[str]) -> bool:
    """Whether there is nothing to think about: a full stop behind a word of some length and before a capital, as most are.

    True only where ``_ENDS`` matches nothing but the stop and ``_ends_sentence`` says so too, at a fifth of their cost.
    """
    if text[dot] != "." or text[dot + 1 : dot + 2] != " ":
        return False
    char = text[dot + 2 : dot + 3]
    if not char.isalpha() or char.islower():
        return False
    space = text.rfind(" ", max(start, dot - _WINDOW), dot)
    word = text[space + 1 : dot]
    return (
        space > 0
        and (len(word) >= _PLAIN_WORD or (len(word) > 1 and dot - start > _ENUMERATOR_LENGTH))
        and word.isascii()
        and word.isalpha()
        and word.lower() not in openings
        and text[space - 1] != "."
        and not text[space - 1].isspace()  # nor the second half of an abbreviation
    )


def _ends_sentence(text: str, start: int, match: re.Match[str], abbreviations: Collection[str]) -> bool:
    stop, end = match["stop"], match.end()
    if end < len(text) and not text[end].isspace():
        return stop in "。！？" or _is_closed_up(text, start, match.start())
    following = _NEXT.match(text, end)
    if not following or not following["char"]:
        return True
    char = following["char"]
    if stop != ".":
        return not char.islower() or (end == match.end("stop") and stop.strip(".…") != "")
    if _is_enumerator(text, start, match.start()):
        return False
    window = text[max(start, match.start() - _WINDOW) : match.start()]
    return _full_stop_ends(window, char, char + following["rest"], abbreviations)


def _is_closed_up(text: str, start: int, dot: int) -> bool:
    """True if a sentence ends without a space, ``skin.Book now``; not in an address, ``www.Book``."""
    if not _CLOSED_UP.match(text, dot):
        return False
    token = text[max(start, dot - _WINDOW) : dot].rsplit(None, 1)[-1:]
    return bool(token) and len(token[0]) > _SHORT_WORD and not re.search(r"[.@/:\\]|^www", token[0])


def _is_enumerator(text: str, start: int, dot: int) -> bool:
    return dot - start <= _ENUMERATOR_LENGTH and _ENUMERATOR.fullmatch(text, start, dot) is not None


def _full_stop_ends(window: str, char: str, word_after: str, abbreviations: Collection[str]) -> bool:
    """Judge a single full stop by the window before it, the first letter after it, and the word that has it."""
    last = _LAST_WORDS.search(window)
    if not last:
        return not char.islower()
    word = _folded(last["word"])
    if _is_listed(word, last["before"], word_after, abbreviations):
        return word in _ALSO_WORDS and char.isupper()
    if char.islower():
        return len(word) > _SHORT_WORD and "." not in word
    return not _is_initial(window, last["word"], word_after)


def _is_listed(word: str, before: str | None, after: str, abbreviations: Collection[str]) -> bool:
    if word in abbreviations or f"{word}. {_folded(after.removesuffix('.'))}" in abbreviations:
        return True
    return before is not None and f"{_folded(before)}. {word}" in abbreviations


def _folded(word: str) -> str:
    return word.lower() if word.isascii() and word.isalpha() else fold(word).text


def _is_initial(window: str, word: str, after: str) -> bool:
    """True of ``J.`` that begins a name and of ``U.S.``, not of ``Vitamin C.`` and ``given i.v.`` before a capital."""
    if _DOTTED.fullmatch(word):
        return word.isupper() or not after[0].isupper()
    if len(word) != 1 or not word.isupper() or not after[0].isupper():
        return False
    before = window[:-1].split()
    return not before or before[-1][-1] == "." or (len(after) == 2 and after[1] == ".")


# -- questions

_TRAIL = re.compile(rf"[\s{_CLOSERS}{SUPERSCRIPTS}]")


def is_question(text: str) -> bool:
    """True of a sentence that ends with a question mark (or ``?!``), or in which a Spanish ``¿`` is never closed."""
    end = len(text)
    while end and _TRAIL.match(text[end - 1]):
        end -= 1
    stops = end
    while stops and text[stops - 1] in _STOPS:
        stops -= 1
    if any(mark in text[stops:end] for mark in "?？؟"):
        return True
    return text.rfind("¿") > text.rfind("?")


# -- clauses

_CLAUSE_MARK = re.compile(
    r"(?P<aside>[(\[][^\s()\[\]]{0,24}[)\]])"  # (PRP), (30ml), [1]: no clause of their own
    r"|(?P<after>[;؛；)\]]|[:：](?!\S)|—|―|--+|(?<=\s)[-–−](?=\s)|(?<=\S)–(?=\s)|(?<=\s)–(?=\S))"
    r"|(?P<before>[(\[])"
)


def clause_break_offsets(text: str, start: int, end: int) -> list[int]:
    """Where punctuation alone ends a clause inside the sentence ``[start, end)``, in order, the end not included.

    A clause ends after ``;``, after ``:`` before white space, after a hyphen between spaces, after a dash with white
    space beside it, after an em dash, before an opening and after a closing bracket. Brackets around a single word,
    ``(PRP)``, end none.
    """
    offsets: list[int] = []
    last = start
    while end > start and text[end - 1].isspace():
        end -= 1
    for match in _CLAUSE_MARK.finditer(text, start, end):
        if match["aside"]:
            continue
        at = match.start() if match["before"] else match.end()
        if at < end and text[last:at].strip():
            offsets.append(at)
            last = at
    return offsets
