"""What the words of one block tell of its page."""

from __future__ import annotations

import pytest

from menulint.claims.page import Meaning, block_words

SOLD = Meaning("approval.authority", "", True, None, False, False)
REGULATOR = Meaning("", "genre:regulator", False, ("regulator", 1.0), True, False)


@pytest.mark.parametrize(
    ("sold", "counts"),
    [
        ((0, 12), False),
        ((0, 3), True),
        ((4, 12), True),
        ((0, 8), False),
    ],
)
def test_a_regulators_name_inside_a_sellers_longer_term_is_no_sign_of_a_regulator(
    sold: tuple[int, int], counts: bool
) -> None:
    """The word counts in "FDA warns", not in "FDA approved"; what only begins behind it changes nothing."""
    found = sorted([(SOLD, *sold), (REGULATOR, 0, 3)], key=lambda one: (one[1], -one[2]))
    assert bool(block_words("FDA approved", found).said) == counts


def test_a_term_that_begins_earlier_and_reaches_further_holds_a_name_behind_shorter_ones() -> None:
    text = "approved for years now by the FDA itself"
    spans = [(0, 40), (0, 8), (13, 18)]
    found = [*((SOLD, *span) for span in spans), (REGULATOR, 30, 33)]
    assert not block_words(text, found).said


def test_quoted_words_are_no_sign_and_those_between_two_quotations_are() -> None:
    text = '"FDA said" that the FDA "may"'
    found = [(REGULATOR, 1, 4), (REGULATOR, 20, 23)]
    assert [word for _, _, word in block_words(text, found[:1]).said] == []
    assert [word for _, _, word in block_words(text, found[1:]).said] == ["FDA"]
