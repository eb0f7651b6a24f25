"""Findings in files that are not text: counted in a block, which is named; everything else as in any file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tools.office_files import document, paragraph, workbook

from menulint.finding import CueRef, FileResult, Related
from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.reporters import _values

ROWS: list[list[str]] = [
    ["Treatment", "What it does", "Price"],
    ["Facial", "Cleans and calms the skin", "£55"],
    ["Exosome injections", "We regenerate your skin cells", "£350"],
]


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(load_pack(), Options(jurisdiction=("GB",)))


def check(linter: Linter, **more: Any) -> FileResult:
    return linter.check_bytes("menu.xlsx", workbook({"Menu": ROWS}, **more))


def test_a_finding_counts_in_the_text_of_its_cell(linter: Linter) -> None:
    """Line 1, and column from 1."""
    found = {f.rule: f for f in check(linter).findings}
    place = found["EFF002"]
    assert (place.block.cell, place.start.offset, place.start.line, place.start.column) == ("Menu!B3", 3, 1, 4)
    assert place.block.quote[place.start.offset : place.end.offset] == place.text
    assert [f.block.cell for f in check(linter).findings][:2] == ["Menu!A3", "Menu!B3"]


def test_other_parts_of_a_claim_name_their_own_cell(linter: Linter) -> None:
    """A cue or a related mention may stand beside it."""
    for finding in check(linter).findings:
        parts: list[Related | CueRef] = [*finding.related, *finding.cues]
        for part in parts:
            assert part.block is not None
            assert part.block.quote[part.start.offset : part.end.offset] == part.text


def test_the_json_names_cell_and_offsets_and_no_quote(linter: Linter) -> None:
    """As its schema has it."""
    values = _values.file(check(linter))
    assert values["findings"][0]["block"]["cell"] == "Menu!A3"
    assert "quote" not in json.dumps(values)


def test_a_comment_silences_its_row_and_one_for_nothing_is_named_by_its_cell(linter: Linter) -> None:
    """Whatever cell of the row it hangs on."""
    comments = {("Menu", "C3"): "menulint: ignore -- agreed", ("Menu", "A2"): "menulint: ignore -- why?"}
    result = check(linter, comments=comments)
    assert result.findings
    assert not [f for f in result.findings if f.counts]
    assert result.findings[0].suppressed is not None
    assert result.findings[0].suppressed.line == 1
    assert result.notes == ("Menu!A2: suppression that silences nothing; remove it",)


def test_a_comment_for_the_next_line_means_the_next_row(linter: Linter) -> None:
    """Rows are the lines of a sheet."""
    result = check(linter, comments={("Menu", "A2"): "menulint: ignore-next-line -- agreed"})
    assert not [f for f in result.findings if f.counts]


def test_fingerprints_are_those_of_the_same_words_in_a_text(linter: Linter) -> None:
    """So that a menu that moves from Word to the website is not new."""
    line = "Our exosome injections regenerate your skin cells."
    word = linter.check_bytes("a.docx", document(paragraph(line)))
    page = linter.check_bytes("a.txt", line.encode())
    assert {f.fingerprint for f in word.findings} == {f.fingerprint for f in page.findings} != set()


def test_mentions_and_explanations_name_the_cell(linter: Linter) -> None:
    """``explain "menu.xlsx [Menu!A3]"``."""
    data = workbook({"Menu": ROWS})
    rows = [row for row in linter.mentions("menu.xlsx", data) if row.concept == "route.injection"]
    assert {row.block.place for row in rows} == {"Menu!A3"}
    assert linter.explain_line("menu.xlsx", data, "Menu!A3").claims
    assert not linter.explain_line("menu.xlsx", data, "Menu!A2").claims
    denied = workbook({"Menu": [["Our clinic"], ["We never offer exosome injections."]]})
    assert [one.block.place for one in linter.not_claimed("menu.xlsx", denied, 9)] == ["Menu!A2"]
