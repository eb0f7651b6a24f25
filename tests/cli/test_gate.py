"""``menulint test`` as the gate of a pack: what is dead in it fails the run as a failing example does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

Menulint = Any


def test_what_is_dead_in_the_pack_ends_with_1(menulint: Menulint, site: Path) -> None:
    """With its place and what was expected, though every example holds."""
    concepts = site.parent / "pack" / "lexicons" / "concepts" / "substance.yaml"
    concepts.write_text(concepts.read_text("utf-8") + "- {id: substance.snail, label: snail}\n", "utf-8")
    done = menulint("test")
    place = "lexicons/concepts/substance.yaml:2:3"
    assert done.code == 1
    assert f"{place}: the concept 'substance.snail' is dead; expected words, a child, or a use\n" in done.out
    assert done.out.endswith("12 passed, 0 failed, 1 defect in the pack\n")


def test_a_failing_example_is_shown_with_its_line(menulint: Menulint, site: Path) -> None:
    """That of a term and that of a rule."""
    pack = site.parent / "pack"
    for place, old, new in (
        ("lexicons/en/comparison.yaml", "flagged: [The best clinic.]", "flagged: [The finest clinic.]"),
        ("rules/superiority/superlative.yaml", "Our team is large.", "Our best clinic."),
    ):
        path = pack / place
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    lines = menulint("test").out.splitlines()
    assert "lexicons/en/comparison.yaml:3: en/comparison.best" in lines
    assert "rules/superiority/superlative.yaml:14: CMP001 superlative" in lines


def test_an_added_pack_is_judged_with_the_pack_it_adds_to(menulint: Menulint, tmp_path: Path) -> None:
    """Its path is shown as it was given."""
    (tmp_path / "house" / "lexicons" / "en").mkdir(parents=True)
    sets = tmp_path / "house" / "lexicons" / "en" / "sets.yaml"
    sets.write_text("cake: {pos: noun, words: [cake]}\n", "utf-8")
    done = menulint("test", str(tmp_path / "house"))
    assert (done.code, done.out.splitlines()[0]) == (1, f"{sets.as_posix()}:1:1: no phrase uses the set 'cake'")
