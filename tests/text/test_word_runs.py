"""Runs of word characters are those that a regular expression finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from menulint.text.word_runs import word_runs


def test_words_stand_between_anything_that_is_no_letter_digit_or_underscore() -> None:
    """Signs, dashes and no-break spaces part words; letters of any script belong to them."""
    assert word_runs("Peel—from £90,\xa0crème_2\tдля кожи") == ["Peel", "from", "90", "crème_2", "для", "кожи"]


@given(st.one_of(st.text(), st.text(alphabet="aé_1£—. \n\x1c\x85\u2028\ud800")))
def test_they_are_what_the_expression_finds(text: str) -> None:
    """In any text, of few or of many different characters."""
    assert word_runs(text) == re.findall(r"\w+", text)
