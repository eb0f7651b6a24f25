"""What is kept in mind, and for how long."""

from __future__ import annotations

from menulint.pack.kept import Kept


def test_what_is_asked_for_stays_and_what_is_not_goes() -> None:
    """Room for four: a fifth value sends those away that nobody has asked for since half of the room was full."""
    kept: Kept[str, int] = Kept(4)
    for number, key in enumerate("abcdefgh"):
        kept.add(key, number)
        assert kept.get("a") == 0
    assert kept.get("h") == 7
    assert kept.get("b") is None


def test_no_more_is_kept_than_was_said() -> None:
    """However many values come."""
    kept: Kept[int, int] = Kept(10)
    for number in range(1000):
        kept.add(number, number)
    assert sum(kept.get(number) is not None for number in range(1000)) <= 10
