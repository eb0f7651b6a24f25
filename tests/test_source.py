"""Offset maps and line positions."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menulint.readers.base import collapse
from menulint.source import LineIndex, OffsetMap, Position


def test_an_entity_maps_to_all_of_its_characters() -> None:
    """R&D written with an entity: the ampersand is five characters of the file."""
    text, offsets = collapse([("R", 10, 11), ("&", 11, 16), ("D", 16, 17)])
    assert text == "R&D"
    assert offsets.span(1, 2) == (11, 16)
    assert offsets.span(0, 3) == (10, 17)


def test_the_end_of_a_word_split_by_a_tag_is_its_last_letter() -> None:
    """exo<b>some</b>: the span ends before the closing tag."""
    text, offsets = collapse([("exo", 0, 3), ("some", 6, 10)])
    assert text == "exosome"
    assert offsets.span(0, 7) == (0, 10)
    assert offsets.span(0, 3) == (0, 3)


def test_white_space_collapses_to_one_space_that_maps_to_all_of_it() -> None:
    """A line break with indentation is one space of the copy."""
    text, offsets = collapse([("  stem\r\n   cell ", 0, 16)])
    assert text == "stem cell"
    assert offsets.span(4, 5) == (6, 11)
    assert offsets.span(5, 9) == (11, 15)


def test_a_span_outside_the_text_is_refused() -> None:
    """The message says what was allowed and what was given."""
    with pytest.raises(ValueError, match=r"0\.\.3, got 2\.\.4"):
        OffsetMap.identity(3).span(2, 4)


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("ab\ncd", 3, Position(3, 2, 1)),
        ("ab\r\ncd", 5, Position(5, 2, 2)),
        ("ab\rcd", 3, Position(3, 2, 1)),
        ("\ufeffab", 1, Position(1, 1, 1)),
        ("\ufeffab\nc", 4, Position(4, 2, 1)),
        ("💉ab", 1, Position(1, 1, 2)),
        ("a\tb", 2, Position(2, 1, 3)),
    ],
)
def test_positions_count_code_points_and_not_the_byte_order_mark(text: str, offset: int, expected: Position) -> None:
    """Line and column from 1; CR LF, LF and CR each end a line."""
    assert LineIndex(text).position(offset) == expected


def test_a_line_is_quoted_without_its_end_and_without_a_byte_order_mark() -> None:
    """What the terminal report shows of a CR LF file."""
    index = LineIndex("\ufeffone\r\ntwo\r\n")
    assert [index.line_text(n) for n in (1, 2)] == ["one", "two"]


@given(st.text(alphabet="ab\n\r\u2028é"))
def test_lines_end_at_lf_cr_lf_and_cr_and_at_nothing_else(text: str) -> None:
    """A line separator ends none, however many of the others a text has."""
    index = LineIndex(text)
    ends = re.split("\r\n|\n|\r", text)
    assert [index.line_text(n + 1) for n in range(len(index))] == ends


RUNS = st.lists(st.tuples(st.text(alphabet="ab \n\t&é💉", min_size=1, max_size=6), st.integers(0, 3)), max_size=8)


@given(RUNS)
def test_every_character_of_a_block_maps_to_itself_in_the_file(pieces: list[tuple[str, int]]) -> None:
    """Identity runs with gaps between them: a visible character stands at the offset the map gives."""
    source, runs = "", []
    for text, gap in pieces:
        source += "<" * gap
        runs.append((text, len(source), len(source) + len(text)))
        source += text
    text, offsets = collapse(runs)
    assert text.split() == "".join(piece for piece, _ in pieces).split()
    for i, character in enumerate(text):
        start, end = offsets.span(i, i + 1)
        assert source[start:end] == character or (character == " " and not source[start:end].strip("< \n\t"))
