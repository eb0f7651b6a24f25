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
_OPENING = LatePattern("[“„«\"‘']")
"""What a quotation begins with: looked for by itself, for most texts have none but apostrophes."""


def quotations(text: str, *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """Spans in quotation marks (marks included) of a text that says more than them: mentioned, perhaps, and not used.

    ``whole``: also one that is all of the text, such as a testimonial or an item of a list of quotations.
    """
    mark = None if text.isascii() and '"' not in text and "'" not in text else _OPENING.search(text)
    while mark:
        start = mark.start()
        match = _QUOTATION.match(text, start)
        if match and (whole or match.end() - start < len(text.strip(" ."))):
            yield match.span()
        mark = _OPENING.search(text, match.end() if match else start + 1)
