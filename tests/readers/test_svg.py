"""Drawings: their words, with places in the file."""

from __future__ import annotations

from tests.readers.conftest import CheckPlaces, Read

DRAWING = """<?xml version="1.0"?>
<!-- menulint: ignore-next-line -- a sketch -->
<svg xmlns="http://www.w3.org/2000/svg" xml:lang="en"><title>A poster for our window</title><desc>Created with Sketch.</desc>
<style>.botox-cure { fill: red }</style><path id="botox" class="cures-acne" d="M0 0"/>
<text x="1">Exo<tspan fill="red">some</tspan> care &amp; more<tspan x="0" dy="2">for you</tspan></text>
<g id="injectables"><title>icon-botox</title></g><text><![CDATA[Call 0117 496 0144]]></text>
<foreignObject><p>Words in a <b>box</b></p></foreignObject></svg>
"""


def test_words_are_read_and_names_are_not(read: Read, check_places: CheckPlaces) -> None:
    """A ``tspan`` without a place of its own goes on with the word; one with a place is a new line."""
    source = read(DRAWING, "poster.svg")
    assert [(b.role.value, b.text) for b in source.blocks] == [
        ("alt", "A poster for our window"),
        ("paragraph", "Exosome care & more for you"),
        ("paragraph", "Call 0117 496 0144"),
        ("paragraph", "Words in a box"),
    ]
    check_places(source)
    assert [c.text.strip() for c in source.comments] == ["menulint: ignore-next-line -- a sketch"]
    assert list(source.signal_values("lang")) == ["en"]
    assert list(source.signal_values("tel")) == ["0117 496 0144"]


def test_what_never_ends_is_read_as_far_as_it_goes(read: Read, check_places: CheckPlaces) -> None:
    """A drawing cut off at any place."""
    for end in range(0, len(DRAWING), 7):
        check_places(read(DRAWING[:end], "poster.svg"))
