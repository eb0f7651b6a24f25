"""What one character folds to: the tables behind :mod:`menulint.text.folding`.

The mapping is NFKD, case folding and the removal of accents, with the exceptions that marketing copy needs: ``ñ`` stays
a letter, trade marks vanish, dashes, quotes and bullets come down to one character each.
Sources: Unicode Standard Annex 15 (normalization forms), and annex 44 for ``Default_Ignorable_Code_Point``.
"""

from __future__ import annotations

import unicodedata
from enum import Enum, auto
from functools import lru_cache

from menulint.late import LatePattern

SOFT_HYPHEN = "\u00ad"
# Default_Ignorable_Code_Point without the soft hyphen, as the inside of a regular expression's character class.
INVISIBLE = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# What else vanishes: soft hyphens, control characters and trade marks.
OTHERWISE_GONE = SOFT_HYPHEN + r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f®™©℠℗"
GONE = INVISIBLE + OTHERWISE_GONE
# Combining marks that belong to no script of their own: the accents.
ACCENTS = "\u0300-\u034e\u0350-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
SUPERSCRIPTS = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
BULLETS = "•‣⁃∙⋅●○◦▪▫■□◆◇►▶▸▹➤➢➔➜✓✔✅☑★☆❖・"
DASH = "–"
TILDE = "\u0303"

_ACCENT = LatePattern(f"[{ACCENTS}]")
VANISHING = LatePattern(f"[{GONE}]+")
_SUPERSCRIPT = LatePattern(f"[{SUPERSCRIPTS}]")
# Conjoining vowels and final consonants, which close up with the letter before them.
_JAMO = LatePattern("[\u1161-\u1175\u11a8-\u11c2]")
# Compatibility and half-width jamo would turn into conjoining ones; ª º № would turn into words ("nº" is not "no").
_KEPT = LatePattern("[\u3131-\u318e\uffa1-\uffdc\u00aa\u00ba\u2116]")


def _table() -> dict[str, str]:
    groups = {
        "'": "'`´‘’‚‛′‵ʹʻʼʽʾʿˈ❛❜＇",
        '"': '"“”„‟″‶«»‹›❝❞〝〞〟「」『』ˮ',
        "-": "‐‑‒−˗⁻➖﹣－֊־᠆",
        DASH: "–—―⸺⸻⁓﹘︱︲─━",
        "•": BULLETS,
        "|": "¦│┃∣⎮ǀ",
        "/": "⁄∕⧸",
        ":": "∶ː։꞉",
        ".": "。।۔․｡",
        ",": "、،٫٬",
        "?": "؟",
        ";": "؛",
        "*": "∗⁎",
        "ae": "æ",
        "oe": "œ",
        "th": "þ",
    }
    table = {char: folded for folded, chars in groups.items() for char in chars}
    # Letters with a stroke have no decomposition; small capitals and phonetic letters are styling.
    plain = "oldd htijagabcdefghijklmnoprstuvwyz".replace(" ", "")
    table.update(zip("øłđðħŧıȷɑɡᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", plain, strict=True))
    table["\u2800"] = " "
    return table


_CHARACTERS = _table()


class Kind(Enum):
    """What folding has to do about a character."""

    PLAIN = auto()
    GONE = auto()
    SPACE = auto()
    ACCENT = auto()  # vanishes, or makes an n an ñ
    JOINING = auto()  # closes up with the letter before: other marks, Hangul vowels and final consonants
    SUPERSCRIPT = auto()
    FRACTION = auto()


@lru_cache(maxsize=1 << 16)
def classify(char: str) -> tuple[Kind, str]:
    """The kind of a character and what it folds to by itself."""
    folded = fold_character(char)
    return _kind(char, folded), folded


def _kind(char: str, folded: str) -> Kind:
    if folded in ("", " "):
        return Kind.SPACE if folded else Kind.GONE
    if char.isascii():
        return Kind.PLAIN
    if _ACCENT.match(char):
        return Kind.ACCENT
    if unicodedata.combining(folded[0]) or _JAMO.match(folded):
        return Kind.JOINING
    if _SUPERSCRIPT.match(char):
        return Kind.SUPERSCRIPT
    return Kind.FRACTION if unicodedata.decomposition(char).startswith("<fraction>") else Kind.PLAIN


def fold_character(char: str) -> str:
    """What a character folds to by itself: nothing, one character, or several. An accent folds to itself."""
    if char in _CHARACTERS:
        return _CHARACTERS[char]
    if char.isspace():
        return " "
    if char.isascii():
        return char.lower() if char.isprintable() else ""
    if VANISHING.match(char):
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return _decompose(char)


def _decompose(char: str) -> str:
    if _KEPT.match(char) or _ACCENT.match(char):
        return char
    parts = unicodedata.normalize("NFKD", char)
    if parts.startswith(" "):  # a spacing accent such as ¨
        return char
    plain = _strip_accents(parts).casefold()
    mapped = "".join(_CHARACTERS.get(part, part) for part in plain)
    return unicodedata.normalize("NFC", mapped).strip()


def _strip_accents(parts: str) -> str:
    if TILDE in parts and parts[0] in "nN":
        return parts[0] + TILDE
    return _ACCENT.sub("", parts)
