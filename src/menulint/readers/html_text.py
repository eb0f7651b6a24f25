"""The text a stretch of HTML shows, as runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from menulint.late import LatePattern
from menulint.readers.base import Run
from menulint.readers.entities import decode_references
from menulint.readers.html_scan import Kind, Scanner
from menulint.readers.masks import HAS_MASK, MASKED, shown_mask

BLOCKS = frozenset(
    "address article aside body center details dialog dir div fieldset figure footer form frameset head header hgroup "
    "html listing main marquee menu nav noscript optgroup pre search section template datalist".split()
)
"""Elements that begin and end a piece of text and say nothing else of it."""
BREAKS = BLOCKS | frozenset(
    "blockquote br button caption dd dl dt figcaption h1 h2 h3 h4 h5 h6 hr img input legend li ol option p summary svg "
    "table tbody td textarea tfoot th thead tr ul xmp canvas embed iframe object video audio select math".split()
)
"""Elements that part two words; any other, known or not, joins what stands on its two sides."""
_UNSEEN = LatePattern(f"\0+|{MASKED.pattern}")


_TAG = LatePattern(r"</?[A-Za-z][^<>]{0,2000}>|<[A-Za-z][\w-]*\s[^<>]*\Z")


def has_markup(text: str) -> bool:
    """Whether a tag stands in a text, or begins at its end."""
    return "<" in text and bool(_TAG.search(text))


def shown_runs(text: str, start: int, end: int, *, attribute: bool = False, references: bool = True) -> Iterable[Run]:
    """The runs of text without tags: references decoded, masked templates as ``shown_mask`` has it, null
    characters dropped.

    ``attribute`` decodes as in attribute values; without ``references`` an ampersand is an ampersand.
    """
    piece = text[start:end]
    if "\0" in piece or not (piece.isascii() or HAS_MASK.search(piece) is None):
        return _parted_runs(text, start, end, attribute, references)
    return _decoded_runs(text, start, end, attribute, references)


def _parted_runs(text: str, start: int, end: int, attribute: bool, references: bool) -> Iterator[Run]:
    at = start
    for match in _UNSEEN.finditer(text, start, end):
        yield from _decoded_runs(text, at, match.start(), attribute, references)
        if shown := "" if match.group()[0] == "\0" else shown_mask(match.group()):
            yield shown, match.start(), match.end()
        at = match.end()
    yield from _decoded_runs(text, at, end, attribute, references)


def _decoded_runs(text: str, start: int, end: int, attribute: bool, references: bool) -> Iterable[Run]:
    if references and text.find("&", start, end) >= 0:
        return decode_references(text, start, end, attribute=attribute)
    return [(text[start:end], start, end)] if start < end else []


def fragment_runs(text: str, start: int = 0, end: int | None = None) -> Iterator[Run]:
    """The visible runs of the HTML in ``text[start:end]`` as one piece of text, in offsets of ``text``.

    Inline tags join words, all others part them; scripts, styles and comments are left out.
    """
    scanner = Scanner(text, start, len(text) if end is None else end)
    for kind, name, at, stop in scanner.tokens():
        if kind is Kind.TEXT:
            yield from shown_runs(text, at, stop)
        elif name in BREAKS and kind is not Kind.RAW:
            yield " ", at, stop
        elif kind is Kind.RAW and name in ("textarea", "title", "xmp"):
            yield from shown_runs(text, at, stop, references=name != "xmp")
