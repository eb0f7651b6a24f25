"""Every word of a generated page is found, whole, at its own place in the file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from menulint.readers.base import SourceBuilder
from menulint.readers.html import READER
from menulint.source import Source

WORDS = ["exosomes", "microneedling", "Botox", "péptide", "𝕱acial", "줄기세포", "PRP", "300"]
GLUE = ["", "<b>", "</b>", "<span class='a b'>", "</span>", "<!-- c -->", "<wbr>", "<a href='/x?a=1&copy=2'>", "</a>"]
INSIDE = ["", "&shy;", "\u200b", "&#8203;", "&ZeroWidthSpace;", "&amp;", "&nbsp;", "😀"]
GAPS = [
    " ",
    "\r\n",
    "\t",
    "\n\n  ",
    "<br>",
    "</p><p>",
    "<div>",
    "<li>",
    "<td>",
    "{% include x %}",
    "<img src=a>",
    "&#32;",
]
DECODED = {"&shy;": "\xad", "&#8203;": "\u200b", "&ZeroWidthSpace;": "\u200b", "&amp;": "&", "&nbsp;": "\xa0"}


@st.composite
def written_words(draw: st.DrawFn) -> tuple[str, str]:
    """A word as the file writes it, with tags and references inside, and as it is read."""
    written: list[str] = []
    word: list[str] = []
    for letter in draw(st.sampled_from(WORDS)):
        glue, inside = draw(st.sampled_from(GLUE)), draw(st.sampled_from(INSIDE))
        written += letter, glue, inside
        word += letter, DECODED.get(inside, inside)
    return "".join(written), "".join(word)


def read(page: str) -> Source:
    build = SourceBuilder(page)
    READER.read(page, build)
    return build.source(path="page.html", format="html", encoding="utf-8", sha256="")


@given(
    st.lists(st.tuples(written_words(), st.sampled_from(GAPS)), min_size=1, max_size=6), st.sampled_from(["", "\ufeff"])
)
def test_each_word_is_read_whole_and_maps_to_where_it_stands(
    pieces: list[tuple[tuple[str, str], str]], bom: str
) -> None:
    """``ex<b>o&shy;so</b>mes`` is read as one word, from its ``e`` to its ``s``."""
    page, places = bom, []
    for (written, word), gap in pieces:
        places.append((word, len(page)))
        page += written + gap
    source = read(page)
    found = [(block, word) for block in source.blocks for word in block.text.split(" ") if word]
    assert [word for _, word in found] == [word for word, _ in places]
    at: dict[int, int] = {}
    for (block, word), (_, start) in zip(found, places, strict=True):
        begin = block.text.index(word, at.get(block.index, 0))
        at[block.index] = begin + len(word)
        assert block.map.span(begin, begin + 1)[0] == start


@given(st.lists(written_words(), min_size=1, max_size=4))
def test_the_words_of_an_attribute_map_to_where_they_stand(words: list[tuple[str, str]]) -> None:
    """An ``alt`` is read up to its quotation marks, references decoded, tags left as the characters they are."""
    value = " ".join(word for _, word in words).replace("&", "&amp;").replace("'", "&#39;")
    page = f"<p>\r\n<img src=x alt='{value}'>"
    (block,) = read(page).blocks
    assert block.text == " ".join(word for _, word in words)
    start, end = block.map.span(0, len(block.text))
    assert page[start - 1] + page[end:] == "''>"


@given(st.text(alphabet="<>/!-?'\"=& \tapbrh1svgtableCD[]{}%#;x0\0\x1a\r\n", max_size=60))
def test_any_text_is_read_and_blocks_lie_in_the_file(page: str) -> None:
    """Whatever the text, nothing raises and every span of every block lies in the file, in order."""
    for block in read(page).blocks:
        spans = [block.map.span(i, i + 1) for i in range(len(block.text))]
        assert all(0 <= start <= end <= len(page) for start, end in spans)
        assert spans == sorted(spans)
