"""Whole pages: each expected finding is reported where it stands, nothing else is, and clean pages stay silent.

Beside ``x.md`` stands ``x.expected.yaml``::

    jurisdiction: [GB]                       # left out: all
    genre: promotional                       # what the page must be read as
    genre_missed: a reason                   # it is not yet: fails once it is
    findings:
    - {rule: RTE, line: 12, text: exosome injections}     # a rule's id or letters; the finding must overlap the text
    silent: ["we do not inject exosomes"]                  # no finding may touch it
    missed: []                                             # findings we know we miss: the test fails once they are found
    noise: []                                              # findings we know are wrong: fails once they are gone

In a file that is not text, ``at: "Menu!B7"`` or ``at: "page 3"`` stands for ``line``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from menulint.finding import FileResult, Finding
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers import read_bytes
from menulint.source import Source

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PAGES = sorted(p for p in (FIXTURES / "pages").iterdir() if p.suffix != ".yaml")
CLEAN = sorted((FIXTURES / "clean").iterdir())


@dataclass(frozen=True)
class Place:
    """A reported wording: its rule and the offsets it covers, in the file or in ``block`` (its place and its text)."""

    rule: str
    start: int
    end: int
    line: int
    block: tuple[str, str] = ("", "")


@cache
def linter(jurisdiction: tuple[str, ...]) -> Linter:
    """One linter per set of jurisdictions."""
    return Linter(load_pack(), Options(jurisdiction=jurisdiction))


@cache
def report(page: Path) -> FileResult:
    """The report on a page under its own jurisdictions."""
    codes = tuple(expected(page).get("jurisdiction", ["all"]))
    return linter(codes).check_bytes(page.name, page.read_bytes())


@cache
def expected(page: Path) -> dict[str, Any]:
    """What stands beside the page; nothing beside a clean one."""
    file = page.with_name(page.stem + ".expected.yaml")
    found: dict[str, Any] = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}
    return found


def places(page: Path) -> list[Place]:
    """Every place of every finding that counts as a problem."""
    counted = [f for f in report(page).findings if f.severity != "info"]
    return [
        Place(f.rule, at.start.offset, at.end.offset, at.start.line, (at.block.place, at.block.quote))
        if at.block.quote
        else Place(f.rule, at.start.offset, at.end.offset, at.start.line)
        for f in counted
        for at in f.places
    ]


@cache
def source(page: Path) -> Source:
    """A page as it is read."""
    return read_bytes(page.name, page.read_bytes())


def in_block(page: Path, wanted: dict[str, Any]) -> tuple[tuple[str, str], int, int]:
    """The block of an expected text, and its offsets there."""
    for block in source(page).blocks:
        if wanted.get("at", block.place) == block.place and (start := block.text.find(wanted["text"])) >= 0:
            return (block.place, block.text), start, start + len(wanted["text"])
    raise AssertionError(f"{page.name} has no {wanted['text']!r} at {wanted.get('at', 'any place')}")


def where(page: Path, wanted: dict[str, Any]) -> tuple[tuple[str, str], int, int]:
    """The offsets of an expected text: on its line, if it names one."""
    if source(page).by_block:
        return in_block(page, wanted)
    text = page.read_bytes().decode("utf-8")
    lines = text.splitlines(keepends=True)
    at = sum(map(len, lines[: wanted["line"] - 1])) if "line" in wanted else 0
    start = text.find(wanted["text"], at)
    assert start >= 0, f"{page.name} has no {wanted['text']!r} from line {wanted.get('line', 1)} on"
    return ("", ""), start, start + len(wanted["text"])


def touches(page: Path, wanted: dict[str, Any], place: Place) -> bool:
    """Whether a reported place overlaps an expected text."""
    block, start, end = where(page, wanted)
    return place.block == block and place.start < end and start < place.end


def is_hit(page: Path, wanted: dict[str, Any], place: Place) -> bool:
    """Whether a reported place is the expected one."""
    return place.rule.startswith(wanted["rule"]) and touches(page, wanted, place)


def every(kind: str) -> list[Any]:
    """One parameter per entry of all pages."""
    return [
        pytest.param(page, entry, id=f"{page.name}::{entry if isinstance(entry, str) else entry['text']}"[:90])
        for page in PAGES
        for entry in expected(page).get(kind) or []
    ]


@pytest.mark.parametrize(("page", "wanted"), every("findings"))
def test_an_expected_finding_is_reported(page: Path, wanted: dict[str, Any]) -> None:
    """The rule fires on the text, on its line."""
    assert any(is_hit(page, wanted, place) for place in places(page))


@pytest.mark.parametrize(("page", "wanted"), every("missed"))
@pytest.mark.xfail(strict=True, reason="known gap")
def test_a_known_miss(page: Path, wanted: dict[str, Any]) -> None:
    """Written down; once it is found it must move up to the findings."""
    assert any(is_hit(page, wanted, place) for place in places(page))


@pytest.mark.parametrize(("page", "wanted"), every("noise"))
def test_known_noise_is_still_there(page: Path, wanted: dict[str, Any]) -> None:
    """A wrong finding that is gone must leave the list."""
    assert any(is_hit(page, wanted, place) for place in places(page))


@pytest.mark.parametrize(("page", "text"), every("silent"))
def test_a_text_that_claims_nothing_stays_unflagged(page: Path, text: str) -> None:
    """Warnings, reports, refusals, questions."""
    assert not [place for place in places(page) if touches(page, {"text": text}, place)]


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_a_page_has_no_finding_that_nobody_expects(page: Path) -> None:
    """Every place reported is expected, or written down as known noise."""
    known = [*(expected(page).get("findings") or []), *(expected(page).get("noise") or [])]
    whole = "" if source(page).by_block else source(page).text
    extra = [
        (p.rule, p.block[0] or p.line, (p.block[1] or whole)[p.start : p.end])
        for p in places(page)
        if not any(is_hit(page, k, p) for k in known)
    ]
    assert extra == []


def genres() -> list[Any]:
    """One parameter per page; one whose genre is known to be missed must go on being missed."""
    missed = pytest.mark.xfail(strict=True, reason="known gap")
    return [pytest.param(p, id=p.name, marks=[missed] if "genre_missed" in expected(p) else []) for p in PAGES]


@pytest.mark.parametrize("page", genres())
def test_a_page_is_read_as_its_genre(page: Path) -> None:
    """Who speaks, from the page alone."""
    assert report(page).genre == expected(page).get("genre", "promotional")


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in CLEAN])
def test_a_clean_page_stays_silent(page: Path) -> None:
    """No finding of any severity above information."""
    found: list[Finding] = [f for f in report(page).findings if f.severity != "info"]
    assert [(f.rule, f.start.line, f.text) for f in found] == []
