"""Whether a change of copy can be written into the file as it is, so that the file still reads.

What is written is letters, single spaces and hyphens (the pack takes nothing else), which mean themselves in every format.
So it is enough that what is replaced stands in the file as people read it: no tag, escape or hidden character inside.
"""

from __future__ import annotations

from menulint.engine.fixes import Change
from menulint.source import Block, Source

_ENCODED = frozenset({"mail"})
"""Formats whose bytes are not those of the copy; only letters of ASCII stand there as they are."""
_KEYED = frozenset({"gettext"})
"""Formats in which a text is also the key by which its translation is found."""


def is_writable(change: Change, block: Block, source: Source) -> bool:
    """Whether a change of a block can be made in its file by replacing one stretch of it."""
    if source.format in _KEYED:
        return False
    start, end = block.map.span(change.start, change.end)
    if not change.text and change.start and block.map.span(change.start - 1, change.start)[1] != start:
        return False  # white space would be left over that does not stand in the block
    written = source.text[start:end]
    return written.split() == block.text[change.start : change.end].split() and _can_hold(source, change.text)


def _can_hold(source: Source, text: str) -> bool:
    if text.isascii():
        return True
    if source.format in _ENCODED:
        return False
    try:
        text.encode(source.encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True
