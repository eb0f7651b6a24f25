"""PDF: reading order, paragraphs, headings, rows, and what stands on every page."""

from __future__ import annotations

import pytest
from tools.office_files import HEIGHT, Word, pdf

from menulint.readers import pdf_layout, read_bytes
from menulint.readers.pdf_layout import Piece
from menulint.source import Source

pytest.importorskip("pypdfium2")


def read(*pages: list[Word], **more: object) -> Source:
    return read_bytes("menu.pdf", pdf(pages, **more))  # type: ignore[arg-type]


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(block.role.value, block.text) for block in source.blocks]


def lines(left: float, top: float, *texts: str) -> list[Word]:
    """Lines of running text below each other."""
    return [(left, top + 14 * n, 11, False, text) for n, text in enumerate(texts)]


LEFT = (
    "We begin every course with a talk, and we",
    "write down what you hope for. Our skin",
    "boosters are placed by a nurse who has",
    "worked with us for years.",
)
RIGHT = (
    "Please tell us about the medicines you take",
    "and about illnesses you have had. We advise",
    "against treatment in pregnancy, and against",
    "any promise of a cure.",
)


def test_columns_are_read_one_after_the_other() -> None:
    """Under a title that spans both."""
    page = [(50, 40, 22, False, "Harbour Rooms"), *lines(50, 100, *LEFT), *lines(310, 100, *RIGHT)]
    assert blocks(read(page)) == [
        ("heading", "Harbour Rooms"),
        ("paragraph", " ".join(LEFT)),
        ("paragraph", " ".join(RIGHT)),
    ]


def test_prices_belong_to_what_stands_left_of_them() -> None:
    """Rows of a table, whatever order the file draws them in."""
    names, prices = ("Facial", "Lip filler", "Peel"), ("£55", "from £250", "£70")
    page = [*lines(50, 100, *names), *lines(450, 100, *prices)]
    source = read(page)
    assert blocks(source) == [("table-cell", text) for pair in zip(names, prices, strict=True) for text in pair]
    assert [(b.group, b.row, b.column) for b in source.blocks] == [(0, n // 2, n % 2) for n in range(6)]


def test_two_price_lists_side_by_side_are_two() -> None:
    """A name, its price, another name, another price."""
    page = [
        *lines(50, 100, "Facial", "Peel", "Mask"),
        *lines(200, 100, "£55", "£70", "£30"),
        *lines(310, 100, "Lip filler", "Cheek filler", "Chin filler"),
        *lines(480, 100, "£250", "£280", "£270"),
    ]
    texts = [text for _, text in blocks(read(page))]
    assert texts == [
        "Facial",
        "£55",
        "Peel",
        "£70",
        "Mask",
        "£30",
        "Lip filler",
        "£250",
        "Cheek filler",
        "£280",
        "Chin filler",
        "£270",
    ]


def test_dots_between_name_and_price_are_a_gap() -> None:
    """As typewriters did it."""
    source = read(lines(50, 100, "Facial .................... £55", "Peel ...................... £70"))
    assert blocks(source) == [("table-cell", t) for t in ("Facial", "£55", "Peel", "£70")]


def test_what_goes_on_with_a_cell_is_part_of_it() -> None:
    """A description of two lines beside a name of one."""
    page = [
        *lines(50, 100, "Facial"),
        *lines(150, 100, "A long and quiet hour with warm", "towels and a mask"),
        *lines(450, 100, "£55"),
        *lines(50, 140, "Peel"),
        *lines(150, 140, "For dull skin, in twenty minutes"),
        *lines(450, 140, "£70"),
    ]
    texts = [text for _, text in blocks(read(page))]
    assert texts == [
        "Facial",
        "A long and quiet hour with warm towels and a mask",
        "£55",
        "Peel",
        "For dull skin, in twenty minutes",
        "£70",
    ]


def test_a_word_hyphenated_at_the_end_of_a_line_is_one_word() -> None:
    """And one with a hyphen of its own loses it: compounds are found either way."""
    source = read(lines(50, 100, "Every course of exo-", "some injections is planned."))
    assert blocks(source) == [("paragraph", "Every course of exosome injections is planned.")]


def test_headings_by_size_and_looks_and_list_items_by_their_mark() -> None:
    """The largest letters are the first level."""
    page: list[Word] = [
        (50, 40, 24, False, "Harbour Rooms"),
        (50, 80, 16, False, "Skin"),
        (50, 110, 11, True, "What you get"),
        *lines(50, 130, "\u2022 No downtime", "\u2022 A glow that lasts and", "lasts"),
        *lines(50, 190, *LEFT),
    ]
    source = read(page)
    assert blocks(source)[:5] == [
        ("heading", "Harbour Rooms"),
        ("heading", "Skin"),
        ("heading", "What you get"),
        ("list-item", "No downtime"),
        ("list-item", "A glow that lasts and lasts"),
    ]
    assert [b.level for b in source.blocks[:3]] == [1, 2, 5]
    assert [source.blocks[at].text for at in source.blocks[3].section] == ["Harbour Rooms", "Skin", "What you get"]


def test_what_stands_on_every_page_is_read_once() -> None:
    """Page numbers never."""
    pages = [
        [
            (50, 20, 9, False, "Harbour Rooms"),
            *lines(50, 200, f"Page about the {topic}."),
            (280, 815, 9, False, f"Page {n}"),
        ]
        for n, topic in enumerate(("face", "neck", "hands"), 1)
    ]
    texts = [text for _, text in blocks(read(*pages))]
    assert texts == ["Harbour Rooms", "Page about the face.", "Page about the neck.", "Page about the hands."]


def test_a_block_knows_its_page_and_box() -> None:
    """In points from the upper left corner."""
    source = read([], lines(50, 100, "Our clinic"))
    (block,) = source.blocks
    assert block.page == 2
    assert block.box is not None
    left, top, right, bottom = block.box
    assert 49 < left < 52
    assert 95 < top < 102 < 110 < bottom < 116
    assert 95 < right < 110
    assert block.place == "page 2"


def test_a_page_without_a_letter_is_said_to_be_one() -> None:
    """Most likely a picture; an empty page is just empty."""
    drawn = pdf([[(50, 50, 12, False, "Words")], []]).replace(b"(Words) Tj ET", b"() Tj 9 9 9 9 re f")
    assert read_bytes("a.pdf", drawn).notes == ("page 1 holds no text (a picture?)",)


def test_title_notes_and_addresses_are_read() -> None:
    """A note on the page is a comment of the block beside it."""
    source = read(
        lines(50, 100, "Call 0117 496 0144."),
        title="A menu of treatments",
        notes=[(0, 101.0, "menulint: ignore -- staff only")],
    )
    assert blocks(source) == [("title", "A menu of treatments"), ("paragraph", "Call 0117 496 0144.")]
    (comment,) = source.comments
    assert (comment.text, source.text[comment.start : comment.end]) == (
        "menulint: ignore -- staff only",
        "Call 0117 496 0144.",
    )
    assert list(source.signal_values("tel")) == ["0117 496 0144"]


def test_layout_takes_time_in_proportion_to_the_pieces() -> None:
    """A page of bands that never share a gutter, and one where all do."""

    def work(count: int, shift: int) -> int:
        pieces = [
            Piece("word", 50 + (n * shift) % 400 + side, n * 12.0, 80 + (n * shift) % 400 + side, n * 12.0 + 10, False)
            for n in range(count)
            for side in (0, 60)
        ]
        return sum(1 for _ in pdf_layout.passages(pieces, 10.0))

    for shift in (0, 37):
        assert work(4_000, shift) > 0


def test_letters_of_one_sign_are_taken_apart() -> None:
    """``ﬁ`` is written for ``fi``."""
    pieces = [Piece("ﬁne and e\ufb03cient", 50, 100, 150, 112, False)]
    (passage,) = pdf_layout.passages(pieces, 12.0)
    assert passage.text == "fine and efficient"
    assert HEIGHT == 842
