"""Folding: one spelling for everything a reader takes for the same words, with the way back to the original.

Folded text is lower case without accents (``ñ`` stays), with ``'`` for every apostrophe, ``"`` for every quotation
mark, ``–`` for every dash, ``•`` for every bullet and one space for every run of white space. A hyphen inside a word is
a space, so that ``micro-needling`` equals ``micro needling``. Trade marks, footnote numbers, soft hyphens and invisible
characters are gone. Folding folded text changes nothing.
"""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from menulint.late import LatePattern
from menulint.source import OffsetMap
from menulint.text.characters import DASH, SUPERSCRIPTS, TILDE, VANISHING, Kind, classify, fold_character
from menulint.text.lookalikes import may_deceive, unmask


class Folded(Struct, frozen=True):
    """A folded text. ``map`` leads back to the original; None means character by character.

    ``lookalikes`` are the spans, in *original* offsets, of words written to deceive a filter: Latin mixed with letters
    of another script that look Latin, or with invisible characters inside.
    """

    text: str
    map: OffsetMap | None
    lookalikes: tuple[tuple[int, int], ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the folded span ``[start, end)``.

        Raises:
            ValueError: the span does not lie in the folded text.
        """
        return self.map.span(start, end) if self.map else (start, end)


def fold(text: str) -> Folded:
    """Fold a text of any language, in linear time."""
    plain = _fold_plain(text)
    if plain is not None:
        return Folded(_fold_hyphens(plain), None)
    unmasked, lookalikes = unmask(text)
    marked = unmasked.translate(_ONE_TO_ONE)
    if _MARK not in marked and "  " not in marked:
        return Folded(_fold_hyphens(marked), None, lookalikes)
    folded, offsets = _rebuild(unmasked, marked)
    return Folded(_fold_hyphens(folded), offsets, lookalikes)


# -- text of ASCII and a few other characters, as nearly all is: as bytes, ten times as fast

_CONTROLS = bytes(code for code in [*range(32), 127] if not chr(code).isspace())
_ASCII = bytes(range(128))
_FOLDED_ASCII = bytes(ord(fold_character(chr(code)) or " ") for code in _ASCII) + bytes(range(128, 256))


_MOST_OTHERS = 16  # each is looked for in the whole text, which must stay linear


def _fold_plain(text: str) -> str | None:
    """None if characters have to vanish or may be there to deceive, or there are many others than ASCII."""
    folded = text
    if not text.isascii():
        others = set(_decoded(_encoded(text).translate(None, _ASCII)))
        if len(others) > _MOST_OTHERS:
            return None
        for other in others:
            instead = _ONE_TO_ONE[ord(other)]
            if instead == _MARK or may_deceive(other):
                return None
            folded = folded.replace(other, instead)
    folded = _decoded(_encoded(folded).translate(_FOLDED_ASCII, _CONTROLS))
    return None if len(folded) != len(text) or "  " in folded else folded


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


# -- hyphens

# The hyphen comes first so that the search runs from one to the next.
_INNER_HYPHEN = LatePattern(r"-(?<=[^\W_]-)(?=[^\W_])")
_OUTER_HYPHEN = LatePattern(r"-(?:(?=[ -])|(?<=[ -]-))")


def _fold_hyphens(folded: str) -> str:
    if "-" not in folded:
        return folded
    return _OUTER_HYPHEN.sub(DASH, _INNER_HYPHEN.sub(" ", folded))


# -- any other text

_MARK = "\0"  # stands for a character that is not replaced one to one
_RUN = LatePattern(f"[{_MARK} ]{{2,}}|{_MARK}")
_TABLE_LIMIT = 1 << 16


class _OneToOne(dict[int, str]):
    """The replacements of single characters, worked out when they are first met."""

    def __missing__(self, code: int) -> str:
        kind, folded = classify(chr(code))
        result = folded if len(folded) == 1 and kind in (Kind.PLAIN, Kind.SPACE) else _MARK
        if len(self) < _TABLE_LIMIT:  # a text of all of Unicode must not fill the memory
            self[code] = result
        return result


_ONE_TO_ONE = _OneToOne()


def _rebuild(text: str, marked: str) -> tuple[str, OffsetMap]:
    writer = _Writer()
    at = 0
    for run in _RUN.finditer(marked):
        start, end = run.span()
        writer.copy(marked[at:start], at)
        if run.group().isspace():
            writer.write(" ", start, end)
        else:
            _fold_run(writer, text, start, end)
        at = end
    writer.copy(marked[at:], at)
    return "".join(writer.chunks), writer.offsets()


def _fold_run(writer: _Writer, text: str, start: int, end: int) -> None:
    if VANISHING.fullmatch(text, start, end):
        return
    footnote = False
    for at in range(start, end):
        kind, folded = classify(text[at])
        footnote = kind is Kind.SUPERSCRIPT and _is_footnote(text, at, footnote)
        if kind is Kind.SPACE:
            writer.space(at)
        elif kind is Kind.ACCENT:
            writer.accent(folded, at)
        elif kind is Kind.JOINING:
            writer.join(folded, at)
        elif kind is Kind.FRACTION and writer.last.isdigit():
            writer.write(f" {folded}", at, at + 1)
        elif kind is not Kind.GONE and not footnote:
            writer.write(folded, at, at + 1)


def _is_footnote(text: str, at: int, after_footnote: bool) -> bool:
    """``proven¹`` and ``97 %.²`` have footnotes, ``cm²`` and ``10²`` do not; ``text[at]`` is a superscript digit."""
    before = text[max(0, at - 3) : at]
    if before and _IS_SUPERSCRIPT.match(before[-1]):
        return after_footnote
    return (len(before) == 3 and before.isalpha()) or before[-1:] in _FOOTNOTED


_IS_SUPERSCRIPT = LatePattern(f"[{SUPERSCRIPTS}]")
_FOOTNOTED = tuple(".,;:!?)]%*\"”’'")


class _Writer:
    """Collects folded text and its segments. ``last`` is the last character written, or nothing."""

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.last = ""
        self._segments: list[tuple[int, int, int]] = []
        self._length = 0

    def offsets(self) -> OffsetMap:
        """The map of what was written."""
        return OffsetMap(tuple(self._segments), self._length)

    def copy(self, chunk: str, source: int) -> None:
        """Write characters that stand for as many of the source."""
        if chunk:
            self._continue(source, source + len(chunk), len(chunk))
            self._append(chunk)

    def write(self, chunk: str, start: int, end: int) -> None:
        """Write characters that stand for a source span as a whole."""
        if len(chunk) == end - start:
            self.copy(chunk, start)
        else:
            self._segments.append((self._length, start, end))
            self._append(chunk)

    def space(self, at: int) -> None:
        """Write a space, or let the one before take in this one."""
        if self.last == " ":
            self._extend(at + 1)
        else:
            self.write(" ", at, at + 1)

    def accent(self, mark: str, at: int) -> None:
        """Drop an accent; the letter before stands for it as well. A tilde stays on an n."""
        if self.last == "n" and mark == TILDE:
            self._replace_last("ñ")
        self._extend(at + 1)

    def join(self, mark: str, at: int) -> None:
        """Add a mark to the letter before."""
        composed = unicodedata.normalize("NFC", self.last + mark)
        if self.last and len(composed) == 1:
            self._replace_last(composed)
            self._extend(at + 1)
        else:
            self.write(mark, at, at + 1)

    def _append(self, chunk: str) -> None:
        self.chunks.append(chunk)
        self.last = chunk[-1]
        self._length += len(chunk)

    def _replace_last(self, char: str) -> None:
        chunk = self.chunks.pop()
        self.chunks += [chunk[:-1], char]
        self.last = char

    def _continue(self, start: int, end: int, length: int) -> None:
        """Append an identity segment, or lengthen the last one."""
        if self._segments:
            text_start, source_start, source_end = self._segments[-1]
            if source_end == start and self._length - text_start == source_end - source_start:
                self._segments[-1] = (text_start, source_start, end)
                return
        self._segments.append((self._length, start, end))

    def _extend(self, end: int) -> None:
        """Let the last character stand for the source up to ``end`` as well."""
        if not self._segments:
            return
        text_start, source_start, source_end = self._segments.pop()
        if self._length - text_start == source_end - source_start:  # an identity run: cut its last character off
            if self._length - text_start > 1:
                self._segments.append((text_start, source_start, source_end - 1))
            self._segments.append((self._length - 1, source_end - 1, end))
        elif self._length - text_start == end - source_start:  # would read as an identity run
            self._segments.append((text_start, source_start, source_end))
        else:
            self._segments.append((text_start, source_start, end))
