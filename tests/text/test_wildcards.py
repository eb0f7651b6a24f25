"""A wording of a project is found where people would say that it stands."""

from __future__ import annotations

import time

import pytest

from menulint.text.folding import fold
from menulint.text.wildcards import Wording


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("proven  Results", "Proven results, proven\u00a0results.", ["Proven results", "proven\u00a0results"]),
        ("micro-peel", "A micro peel, no macro-micro-peeling.", ["micro peel"]),
        ("lasts", "It outlasts all.", []),
        ("wrinkle*", "Wrinkles or a wrinkle.", ["Wrinkles", "wrinkle"]),
        ("*hydrates", "It rehydrates.", ["rehydrates"]),
        ("proven to *", "Proven to firm. Proven to last.", ["Proven to firm", "Proven to last"]),
        ("* in 4 weeks", "Calm. Less red in 4 weeks, and more.", ["Less red in 4 weeks"]),
        ("proven * wrinkles", "Proven today. Fewer wrinkles.", []),
        ("proven * wrinkles", "Proven, for 4.5 weeks, on wrinkles of all.", ["Proven, for 4.5 weeks, on wrinkles"]),
        ("It works. It lasts.", "Yes. It works. It lasts.", ["It works. It lasts"]),
        ("*", "Anything.", []),
        ("", "Anything.", []),
    ],
)
def test_a_wording_is_found_as_whole_words(wording: str, text: str, found: list[str]) -> None:
    """``*`` alone stays within the sentence, at a word within the word."""
    assert [text[start:end].strip() for start, end in Wording(wording).stretches(fold(text))] == found


def test_many_wildcards_on_a_long_text_take_no_time() -> None:
    """However often the beginning stands there without the end."""
    began = time.perf_counter()
    assert Wording("a * b * c * d*e").stretches(fold("a b c " * 100_000)) == []
    assert time.perf_counter() - began < 5
