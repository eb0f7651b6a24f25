"""Text inside text."""

from __future__ import annotations

from menulint.readers.nesting import join_runs, trace_runs


def test_a_run_across_a_seam_is_cut_there() -> None:
    r"""``caf\u00e9s`` in a JSON string: the run of all five letters maps to letters, escape, letter."""
    text, offsets = join_runs([("caf", 10, 13), ("é", 13, 19), ("s", 19, 20)])
    assert text == "cafés"
    assert list(trace_runs([("fés", 2, 5)], offsets)) == [("f", 12, 13), ("é", 13, 19), ("s", 19, 20)]


def test_an_atomic_run_maps_to_all_it_was_made_from() -> None:
    _, offsets = join_runs([("a&am", 0, 4), ("p", 4, 10), (";b", 10, 12)])
    assert list(trace_runs([("&", 1, 6)], offsets)) == [("&", 1, 11)]
