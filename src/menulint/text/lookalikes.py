"""Letters of other scripts that look Latin, and the words that use them (or invisible characters) to hide.

Source: Unicode Technical Standard 39 (confusables), reduced to letters a reader takes for a Latin one in running text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from menulint.late import LatePattern
from menulint.text.characters import ACCENTS, GONE, INVISIBLE, OTHERWISE_GONE, SOFT_HYPHEN, SUPERSCRIPTS

_PAIRS = (
    # Cyrillic. Small в м н т г are left out: they look like small capitals, and end Latin brand names in Russian text.
    ("АВЕЅІЈКМНОРСТУХҮԚԜԌӀЬҺѴԀ", "ABESIJKMHOPCTYXYQWGIbhVd"),
    ("аеѕіјкорсухүԛԝԁһӏѵѡԍ", "aesijkopcyxyqwdhlvwg"),
    # Greek
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "ABEZHIKMNOPTYXCJ"),
    ("αβεηικνορτυχϲϳ", "abenikvoptuxcj"),
    # Armenian
    ("օսհյզցոՕՍՏԼ", "ouhjqgnOUSL"),
    # Cherokee
    ("ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᏔᎩᏃ", "ABCDEGHiJKLMPRSTVWYZ"),
    # Lisu
    ("ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "ABCDEFGHIJKLMNOPRSTUVWXYZ"),
    # Coptic
    ("ⲟⲥⲣⲭⲓⲞⲤⲢⲬⲒ", "ocpxiOCPXI"),
)
_LETTERS = {other: latin for others, latins in _PAIRS for other, latin in zip(others, latins, strict=True)}
# Both cases of them, with accents, and the Greek of phonetics and mathematics: whatever folds to one of them.
_DERIVED = [(0x370, 0x557), (0x13A0, 0x1400), (0x1C80, 0x1C89), (0x1D5D, 0x1D6B), (0x1F00, 0x2000), (0xAB70, 0xABC0)]
_MATHEMATICAL = (0x1D6A8, 0x1D7CC)


@cache
def lookalikes() -> dict[str, str]:
    """Each such letter with the Latin one it looks like. Worked out at the first text in which one may stand."""
    derived = (chr(code) for first, end in [*_DERIVED, _MATHEMATICAL] for code in range(first, end))
    bases = ((char, unicodedata.normalize("NFKD", char)[0].casefold()) for char in derived)
    return {char: _LETTERS[base] for char, base in bases if base in _LETTERS} | _LETTERS


# Where all of them stand, and with them many that look like nothing else: what holds none of these hides nothing.
SCRIPTS = (
    "\u0370-\u0587\u13a0-\u13ff\u1c80-\u1c88\u1d5d-\u1d6a\u1f00-\u1fff\u2c80-\u2cff\ua4d0-\ua4ff\uab70-\uabbf"
    "\U0001d6a8-\U0001d7cb"
)
_MAYBE = re.compile(f"[{SCRIPTS}{INVISIBLE}]")
# Letters and signs that fold to Latin ones without being letters of the Latin blocks: phonetic, circled, mathematical.
_STYLED = (
    "\u0250-\u02b8\u02e0-\u02e4\u1d00-\u1d5c\u1d62-\u1d65\u1d6b-\u1dbf\u2071\u207f-\u2089\u2090-\u209c\u20a8"
    "\u2100-\u218b\u2460-\u24ff\u2c60-\u2c7f\u3250-\u33ff\ua720-\ua7ff\uab30-\uab6f\ufb00-\ufb06"
    "\U00010780-\U000107ba\U0001d400-\U0001d6a5\U0001f110-\U0001f190"
)
_LATIN = _STYLED + "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"
_INSIDE = rf"[\w{ACCENTS}{GONE}{_STYLED}]"
_IS_LATIN = LatePattern(f"[{_LATIN}]")
_BETWEEN = LatePattern(f"(?<=[{_LATIN}])[{INVISIBLE}{SOFT_HYPHEN}{ACCENTS}]++(?=[{_LATIN}])")
_INVISIBLE = LatePattern(f"[{INVISIBLE}]")
# Names of substances and receptors: TNFα, TGFβ1, IL1β, 17βestradiol, α2macroglobulin; in lower case too, as folded.
_NOTATION = LatePattern(r"[A-Za-z0-9]{1,4}[αβεκ]\d*|\w*\d[αβεκ]|\d+[αβεκ]\w*|[αβεκ]\d\w*")


@cache
def _any() -> re.Pattern[str]:
    return re.compile(f"[{_suspect()}]")


@cache
def _word() -> re.Pattern[str]:
    """A word with such a letter. The look-behind keeps this linear: words are looked at from their beginning only."""
    return re.compile(rf"(?<!{_INSIDE})[{_LATIN}\d{SUPERSCRIPTS}{ACCENTS}{OTHERWISE_GONE}]*+[{_suspect()}]{_INSIDE}*+")


@cache
def _suspect() -> str:
    """The inside of a character class; a range, because one of single letters beyond U+FFFF is searched one by one."""
    return "".join(char for char in lookalikes() if char <= "\uffff") + "\U0001d6a8-\U0001d7cb" + INVISIBLE


@cache
def _table() -> dict[int, str]:
    return str.maketrans(lookalikes())


@lru_cache(maxsize=1024)
def may_deceive(char: str) -> bool:
    """Whether a character is invisible, or of a script that has letters which look Latin."""
    return _MAYBE.match(char) is not None


def unmask(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Replace look-alikes in words that mix them with Latin letters; also the spans of the words that hide something.

    The text keeps its length. A word hides something if it mixes scripts that way, or if an invisible character stands
    between two of its Latin letters; soft hyphens, joiners in emoji and in words of other scripts do not count.
    """
    if not _MAYBE.search(text) or not _any().search(text):
        return text, ()
    pieces, spans, at = [], [], 0
    for match in _word().finditer(text):
        word = match.group()
        plain = _unmask_word(word)
        if plain != word or _hides(word):
            spans.append(_trim(match.start(), word))
            pieces += [text[at : match.start()], plain]
            at = match.end()
    return "".join([*pieces, text[at:]]), tuple(spans)


def _unmask_word(word: str) -> str:
    if not _IS_LATIN.search(word) or _NOTATION.fullmatch(word):
        return word
    plain = word.translate(_table())
    return plain if all(_is_latin_or_mark(char) for char in plain) else word


def _hides(word: str) -> bool:
    return any(_INVISIBLE.search(between.group()) for between in _BETWEEN.finditer(word))


def _is_latin_or_mark(char: str) -> bool:
    if not char.isalpha() or _INVISIBLE.match(char):
        return True
    return _IS_LATIN.match(char) is not None or unicodedata.name(char, "").startswith("LATIN ")


def _trim(start: int, word: str) -> tuple[int, int]:
    """The span of a word without what stands before its first and behind its last letter, circled ones too."""
    visible = [at for at, char in enumerate(word) if char.isalnum() or (char not in "™℠" and _IS_LATIN.match(char))]
    return start + visible[0], start + visible[-1] + 1
