"""Reports are kept between runs, and a kept report is the one that would be made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from menulint.finding import FileResult
from menulint.linter import Linter
from menulint.runs import workspace
from menulint.runs.cache import ResultCache

Menulint = Any
GB = ("--jurisdiction", "GB", "--format", "json")


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were really checked, in order."""
    seen: list[str] = []
    check = Linter.check_bytes

    def counting(self: Linter, path: str, data: bytes, *, format: str | None = None) -> FileResult:
        seen.append(path)
        return check(self, path, data, format=format)

    monkeypatch.setattr(Linter, "check_bytes", counting)
    return seen


def test_the_second_run_checks_only_what_changed(menulint: Menulint, site: Path, checked: list[str]) -> None:
    """And says the same of the rest, byte for byte."""
    first = menulint("check", *GB)
    assert checked == ["about.md", "menu.md", "soft.md"]
    assert menulint("check", *GB).out == first.out
    assert checked == ["about.md", "menu.md", "soft.md"]
    (site / "soft.md").write_text("Our exosome injections. Book now.\n", "utf-8")
    menulint("check", *GB)
    assert checked[3:] == ["soft.md"]


@pytest.mark.parametrize(
    "other", [("--select", "RTE"), ("--as-of", "2020-01-01"), ("--ui-lang", "es"), ("--no-cache",)]
)
def test_other_circumstances_are_another_report(menulint: Menulint, checked: list[str], other: tuple[str, ...]) -> None:
    """Options, day and language belong to the key."""
    menulint("check", "menu.md", *GB)
    menulint("check", "menu.md", *GB, *other)
    assert checked == ["menu.md", "menu.md"]


def test_an_edited_pack_is_another_report(menulint: Menulint, site: Path, checked: list[str]) -> None:
    """A term that was added counts in the next run."""
    menulint("check", "menu.md", *GB)
    lexicon = site.parent / "pack" / "lexicons" / "en" / "comparison.yaml"
    lexicon.write_text(lexicon.read_text("utf-8").replace("[best clinic]", "[best clinic, finest clinic]"), "utf-8")
    menulint("check", "menu.md", *GB)
    assert checked == ["menu.md", "menu.md"]


def test_a_new_baseline_is_another_report(menulint: Menulint, checked: list[str]) -> None:
    """What is accepted since then does not count any more."""
    assert menulint("check", "menu.md", *GB).code == 1
    menulint("baseline", "create", "menu.md", "--jurisdiction", "GB", "--reason", "x", "--baseline", "b.json")
    assert menulint("check", "menu.md", *GB, "--baseline", "b.json").code == 0


def test_no_text_can_be_read_in_the_cache(menulint: Menulint, site: Path) -> None:
    """Neither the wording nor the path."""
    menulint("check", *GB)
    kept = [path for path in (site.parent / "cache" / "menulint" / "results").rglob("*") if path.is_file()]
    assert len(kept) == 4
    for path in kept:
        assert b"exosome" not in path.read_bytes()
        assert b"menu.md" not in path.read_bytes()


def test_a_damaged_entry_is_as_good_as_none(menulint: Menulint, site: Path) -> None:
    """The file is checked again."""
    first = menulint("check", *GB)
    for path in (site.parent / "cache" / "menulint" / "results").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-3] + b"xyz")
    assert menulint("check", *GB).out == first.out


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """A file stands where the folder should."""
    (tmp_path / "results").write_text("", "utf-8")
    cache = ResultCache("stamp", tmp_path / "results")
    cache.put("a.md", b"x", "", "anything")
    assert cache.get(lambda: str, "a.md", b"x", "") is None


def test_the_oldest_entries_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the folder holds more than it may."""
    monkeypatch.setattr("menulint.runs.cache.MOST_BYTES", 3_000)
    monkeypatch.setattr("menulint.runs.cache._SWEEP_EVERY", 2)
    cache = ResultCache("stamp", tmp_path)
    for number in range(20):
        cache.put(f"{number}.md", b"x", "", "".join(chr(200 + (i * i * (number + 7)) % 9_000) for i in range(400)))
    assert cache.get(lambda: str, "19.md", b"x", "") is not None
    assert cache.get(lambda: str, "0.md", b"x", "") is None


def test_a_run_from_the_cache_needs_neither_pack_nor_pipeline(
    menulint: Menulint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is why it is quick."""
    first = menulint("check", *GB)

    def none(*_: object) -> None:
        raise AssertionError("the pack was loaded")

    monkeypatch.setattr(workspace, "load_pack", none)
    assert menulint("check", *GB).out == first.out
