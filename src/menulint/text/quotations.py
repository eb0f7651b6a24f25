"""Words in quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

from menulint.late import LatePattern

LONGEST = 400
"""Code points; what runs on longer is two stray marks and no quotation."""
_QUOTATION = LatePattern(
    rf"“[^“”]{{1,{LONGEST}}}”|„[^„“”]{{1,{LONGEST}}}[“”]|«[^«»]{{1,{LONGEST}}}»"
    rf"|(?<!\w)\"[^\"]{{1,{LONGEST}}}\"|(?<!\w)‘[^‘]{{1,{LONGEST}}}?’(?!\w)|(?<!\w)'[^']{{3,{LONGEST}}}?'(?!\w)"
)
_OPENING_MARKS = "“„«\"‘'"


def quotations(text: str, *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """Spans in quotation marks (marks included) of a text that says more than them: mentioned, perhaps, and not used.

    ``whole``: also one that is all of the text, such as a testimonial or an item of a list of quotations.
    """
    if not any(map(text.__contains__, _OPENING_MARKS)):
        return
    length = len(text.strip(" ."))
    for match in _QUOTATION.finditer(text):
        if whole or len(match.group()) < length:
            yield match.span()
