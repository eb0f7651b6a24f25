"""Hostile pages take work in proportion to their length: counted, not timed."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from menulint.readers.base import SourceBuilder
from menulint.readers.html import READER
from menulint.readers.html_scan import Scanner

HOSTILE = {
    "brackets": "<",
    "open tags": "<a ",
    "open attributes": '<a b="',
    "open comments": "<!--",
    "comments": "<!--x-->",
    "processing instructions": "<?",
    "nested blocks": "<div>x",
    "nested tables": "<table><td>x",
    "nested lists": "<ul><li>x",
    "nested drawings": "<svg><title>x",
    "references": "&amp;",
    "half references": "&notit",
    "line breaks": "<br>x",
    "quotations": "<q>x",
    "links": "<a href=x>y",
    "options": "<select><option>x",
    "scripts in comments in scripts": "<script><!--<script>",
    "templates": "{{",
    "template blocks": "{% a",
    "row spans": "<tr><td rowspan=99 colspan=3>x",
    "data": '<script type="application/ld+json">["a",{"b":"c"',
}


def calls(page: str) -> int:
    """How many functions, C's included, reading a page calls whose tags were met before."""
    count = 0

    def tally(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    READER.read(page, SourceBuilder(page))
    build = SourceBuilder(page)
    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        READER.read(page, build)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_twice_the_page_is_at_most_twice_the_work(piece: str) -> None:
    assert calls(piece * 800) <= 2.1 * calls(piece * 400) + 200


def test_end_tags_that_find_nothing_open_cost_the_same_however_deep_the_page_is() -> None:
    """``</p>`` in a table in a paragraph ends nothing, and does not search all that is open to learn so."""
    shallow = "<p lang=en>" * 10 + "<table>" + "<div>" * 10
    deep = "<p lang=en>" * 500 + "<table>" + "<div>" * 500
    ends = "</p>" * 300
    more = (calls(deep + ends) - calls(deep)) - (calls(shallow + ends) - calls(shallow))
    assert abs(more) < 100, "a call for every third end tag; some are Python's own, when it looks for garbage"


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_tokens_cover_a_page_without_gaps(piece: str) -> None:
    page = piece * 50
    at = 0
    for token in Scanner(page, 0, len(page)).tokens():
        assert token.start == at < token.end
        at = token.end
    assert at == len(page)
