"""Intervals of shares are those that the literature publishes."""

from __future__ import annotations

import pytest

from menulint.scanning.shares import wilson


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_newcombe_1998_table_1_method_3(n: int, of: int, low: float, high: float) -> None:
    assert wilson(n, of) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize("of", [1, 7, 400])
def test_the_interval_of_all_mirrors_that_of_none(of: int) -> None:
    low, high = wilson(of, of)
    assert high == 1.0
    assert low == pytest.approx(1 - wilson(0, of)[1])


def test_of_nothing_nothing_is_known() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_more_than_all_is_no_share() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)
