"""What the tests of the readers share: reading a text, and checking that every character stands where its map says."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest

from menulint.readers import read_bytes
from menulint.readers.base import GAP
from menulint.source import Block, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]

_SPACE = " \t\r\n\f\v"


@pytest.fixture
def read() -> Read:
    """Read a text as the file ``path``, or as ``format``."""

    def read_text(text: str, path: str = "page.md", format: str | None = None) -> Source:
        return read_bytes(path, text.encode("utf-8"), format=format)

    return read_text


@pytest.fixture
def check_places() -> CheckPlaces:
    """Check that each character of each block stands in the file where its map says, as itself or as an atom for it."""

    def check(source: Source) -> None:
        for block in source.blocks:
            _check_block(source, block)

    return check


def _check_block(source: Source, block: Block) -> None:
    last = -1
    for at, character in enumerate(block.text):
        start, end = block.map.span(at, at + 1)
        assert start >= last, f"{block.text!r} runs backwards at {at}"
        last = start
        written = source.text[start:end]
        assert _stands_for(written, character), f"{character!r} of {block.text!r} maps to {written!r}"


def _stands_for(written: str, character: str) -> bool:
    if written == character:
        return True
    if character in (" ", GAP):
        # A space stands for white space, container marks, or something left out; a gap for what a template prints.
        return True
    if written.startswith("&"):
        return character in html.unescape(written)
    return written.startswith("\\") or written in ("''", '""')
