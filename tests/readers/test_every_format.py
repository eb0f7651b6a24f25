"""What holds for every format there is, and so for one that is added tomorrow."""

from __future__ import annotations

import random
import re
import sys
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from menulint.errors import InputError, SkippedFile
from menulint.finding import Place
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers import read_bytes, reader_names
from menulint.source import Source

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = sorted(p for p in FIXTURES.glob("*/*") if p.is_file() and not p.name.endswith(".expected.yaml"))
CUTS = 12
HOSTILE = {
    "braces": "{",
    "brackets": "[",
    "parentheses": "f(",
    "angle brackets": "<",
    "open tags": "<div>",
    "open attributes": '<a b="',
    "open comments": "<!--",
    "block comments": "/*",
    "output marks": "{{",
    "control marks": "{% if ",
    "program marks": "<?php ",
    "server marks": "<%= ",
    "single quotes": "'",
    "double quotes": '"',
    "backticks": "`${",
    "backslashes": "\\",
    "list marks": "- ",
    "quotation marks": "> ",
    "keys": "a:\n",
    "objects": '{"a":',
    "arrays in JSX": "<A b={[",
    "commas": ",",
    "quoted cells": '"a""',
    "indents": " \n",
    "heredocs": "<<<A\n",
    "null characters": "a\0",
    "lone surrogates": "\ud800",
    "directives": "@if(",
    "headers": "a: b\n",
    "times": "00:00:01,000 --> 00:00:02,000\n",
    "anchors": "&a *a ",
}


def _read(path: str, data: bytes, format: str | None = None) -> Source | None:
    """What is read, or None where a file is refused in so many words."""
    try:
        return read_bytes(path, data, format=format)
    except (InputError, SkippedFile):
        return None


def _lies_in_the_file(source: Source | None) -> bool:
    """Whether every block stands somewhere in the file; so does one of a file that was refused."""
    if source is None:
        return True
    spans = (block.map.span(0, len(block.text)) for block in source.blocks)
    return all(0 <= start <= end <= len(source.text) for start, end in spans)


def _calls(format: str, text: str) -> int:
    """How many functions, C's included, reading a text calls."""
    count = 0

    def tally(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    data = text.encode("utf-8", "surrogatepass")
    _read("page", data, format)  # what it imports and compiles on first use is no work on the text
    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        _read("page", data, format)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("format", reader_names())
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_twice_the_text_is_at_most_twice_the_work(format: str, piece: str) -> None:
    """Whatever is written, nested or never closed, as whatever format; and nothing is raised."""
    _calls(format, piece * 8)  # what is imported on first use is not counted
    assert _calls(format, piece * 1200) <= 2.2 * _calls(format, piece * 600) + 400


@pytest.mark.parametrize("format", reader_names())
def test_ten_thousand_levels_deep_is_read_or_refused(format: str) -> None:
    """Deep nesting must not end in a recursion error."""
    for piece in ("{", "[", "(", "<div>", '{"a":', "<a b={", "- ", "> ", "a: {", "{{", "f(`${"):
        assert _lies_in_the_file(_read("page", (piece * 10_000 + "Our exosome injections").encode(), format))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_file_cut_anywhere_is_read_as_far_as_it_goes(page: Path) -> None:
    """A download that broke off: every place that is reported still lies in the file."""
    data = page.read_bytes()
    chance = random.Random(page.name)
    for _ in range(CUTS):
        assert _lies_in_the_file(_read(page.name, data[: chance.randrange(len(data))]))


@pytest.mark.parametrize("format", reader_names())
def test_a_file_of_another_format_raises_nothing(format: str) -> None:
    """A name that lies about what is in the file."""
    for page in PAGES[::3]:
        assert _lies_in_the_file(_read("page", page.read_bytes(), format))


@cache
def _linter() -> Linter:
    return Linter(load_pack(), Options(jurisdiction=("all",)))


_ESCAPES = re.compile(r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|&#?\w+;|=[0-9A-F]{2}|\\[a-z]")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_both_ends_of_every_finding_are_exact(page: Path) -> None:
    """The file between the offsets begins with the first letter reported, ends with the last, and holds all in between."""
    source = read_bytes(page.name, page.read_bytes())
    for finding in _linter().check_source(source).findings:
        said = _letters(finding.text)
        for place in finding.places:
            written = (place.block.quote or source.text)[place.start.offset : place.end.offset]
            if not said or _ESCAPES.search(written):
                continue  # a character written as an escape: the tests of its format look at each
            assert written[0].isspace() is written[-1].isspace() is False
            found = _letters(written)
            assert (found[0], found[-1]) == (said[0], said[-1]), (written, finding.text)
            rest = iter(found)
            assert all(letter in rest for letter in said), (written, finding.text)


def _in_its_block(source: Source, place: Place) -> list[str]:
    """What stands at a place, by the blocks it may be counted in: those of its cell or page."""
    blocks = [b for b in source.blocks if (b.cell, b.page) == (place.block.cell, place.block.page)]
    return [b.text[place.start.offset : place.end.offset] for b in blocks]


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
