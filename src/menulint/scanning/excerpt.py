"""Where a wording stands in the bytes of a page, in a way that others can check."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from menulint.readers import read_bytes
from menulint.source import Source, shown

CONTEXT = 200
"""Characters of the page's source kept on each side of a wording."""


class ReadAs(msgspec.Struct, frozen=True):
    """What the bytes of a page are read with: the name whose ending tells the format, the format, the declared encoding."""

    name: str
    format: str | None
    charset: str | None

    def source(self, data: bytes) -> Source:
        """The page as it is read.

        Raises:
            MenulintError: it cannot be read.
        """
        return read_bytes(self.name, data, format=self.format, declared=self.charset)


class Excerpt(msgspec.Struct, frozen=True):
    """A wording as the page's source holds it, tags and escapes included.

    In a document that is not text (``bytes`` and context are empty there) it is what the block ``block_place`` reads.

    Attributes:
        start: in code points of the decoded page, or of the block's text.
        bytes: where it lies in the payload, from byte to byte, end exclusive; null where its encoding does not tell.
    """

    source: str
    before: str
    after: str
    start: int
    end: int
    encoding: str
    bytes: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a wording stands in what a visitor reads: a block, and offsets in its text."""

    block: int
    start: int
    end: int


def spot(source: Source, text: str, start: int, end: int, place: str) -> Spot | None:
    """The first block that shows ``text`` and whose place in the file is ``[start, end)``; None if there is none.

    Args:
        source: the page.
        text: the wording as it was reported.
        start: as in the store: in the file, or in the block if that has a ``place``.
        end: as ``start``.
        place: what the block is called in a document that is not text.
    """
    return next(spots(source, text, start, end, place), None)


def spots(source: Source, text: str, start: int, end: int, place: str) -> Iterator[Spot]:
    """All blocks that do. See ``spot``."""
    if source.by_block:
        fits = (b for b in source.blocks if b.place == place and shown(b.text)[start:end] == text)
        yield from (Spot(block.index, start, end) for block in fits)
        return
    for block in source.blocks:
        first, last = block.map.span(0, block.map.length)
        if not (text and first <= start and end <= last):
            continue
        copy, at = shown(block.text), -1
        while (at := copy.find(text, at + 1)) >= 0:
            if block.map.span(at, at + len(text)) == (start, end):
                yield Spot(block.index, at, at + len(text))


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a wording for a visitor: the copy before and behind it in its block, and the headings above."""

    before: str
    after: str
    section: list[str]


def around(source: Source, spot: Spot, length: int) -> Around:
    """What stands around a spot, up to ``length`` characters on each side."""
    block = source.blocks[spot.block]
    copy, section = shown(block.text), [shown(source.blocks[index].text) for index in block.section]
    return Around(copy[max(0, spot.start - length) : spot.start], copy[spot.end : spot.end + length], section)


def excerpt(source: Source, data: bytes, row: dict[str, Any]) -> Excerpt:
    """The excerpt of a finding of the store."""
    start, end = row["start"], row["end"]
    if source.by_block:
        return Excerpt(row["text"], "", "", start, end, source.encoding, None)
    text = source.text
    return Excerpt(
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
        start,
        end,
        _exact(source.encoding, data),
        byte_span(source, data, start, end),
    )


def byte_span(source: Source, data: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Where a stretch of a text lies in its bytes; None if that cannot be told for sure."""
    encoding = _exact(source.encoding, data)
    try:
        first = len(source.text[:start].encode(encoding))
        last = first + len(source.text[start:end].encode(encoding))
        return (first, last) if data[first:last].decode(encoding) == source.text[start:end] else None
    except (LookupError, UnicodeError):
        return None


def _exact(encoding: str, data: bytes) -> str:
    """The encoding with the order of its bytes, under which the mark at the start is a character, as offsets count it."""
    if encoding not in ("utf-16", "utf-32"):
        return encoding
    return f"{encoding}-{'le' if data.startswith(codecs.BOM_UTF16_LE) else 'be'}"
