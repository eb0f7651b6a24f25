"""A part of the copy that is only known when the page is built: it makes no finding and hides none."""

from __future__ import annotations

from functools import cache

import pytest

from menulint.finding import FileResult
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers.base import GAP
from menulint.text.folding import fold
from menulint.text.words import split

_PAGE = "<h1>Our clinic</h1><p>Book now with us: we offer facials from £90. Call 020 7946 0000.</p><p>%s</p>"


@cache
def _linter() -> Linter:
    return Linter(load_pack(), Options(jurisdiction=("GB",)))


def _check(copy: str) -> FileResult:
    return _linter().check_bytes("page.html", (_PAGE % copy).encode())


def test_a_gap_is_a_word_of_its_own() -> None:
    """Folding keeps it, it is no look-alike, and a possessive after it is no word."""
    folded = fold(f"{GAP}'s skin, {GAP}peel")
    assert (folded.text, folded.lookalikes) == (f"{GAP}'s skin, {GAP}peel", ())
    assert split(folded.text).texts == (GAP, "skin", ",", GAP, "peel")


@pytest.mark.parametrize("gap", ["{{ name }}", "<?= $name ?>", "{!! $name !!}"])
def test_a_claim_around_a_gap_is_found_and_shown_with_dots(gap: str) -> None:
    """What it says of the unknown thing is said all the same."""
    found = _check(f"Our {gap} regenerates your {gap} skin.").findings
    assert any("regenerates your … skin" in finding.text for finding in found)
    assert not any(GAP in finding.text for finding in found)


@pytest.mark.parametrize(
    "copy", ["{{ treatment }} injections", "Our {{ treatment }} {{ effect }} your skin", "{{ a }}"]
)
def test_a_gap_alone_is_no_finding(copy: str) -> None:
    """Nobody knows what is injected."""
    assert _check(copy).findings == ()
