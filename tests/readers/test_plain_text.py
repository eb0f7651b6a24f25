"""Plain text: what a line is follows from its shape and its neighbours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menulint.readers import read_bytes
from menulint.source import Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]


def _shape(source: Source) -> list[tuple[str, str]]:
    return [(block.role.value, block.text) for block in source.blocks]


def test_the_first_short_line_is_the_title_and_a_question_heads_its_answer(read: Read) -> None:
    """A scraped page: title, lead, question, answer."""
    source = read(
        "Gold facial\n\nA calm hour for tired skin.\n\nDoes it hurt?\nMost people feel nothing but warmth.\n", "a.txt"
    )
    assert _shape(source) == [
        ("heading", "Gold facial"),
        ("paragraph", "A calm hour for tired skin."),
        ("heading", "Does it hurt?"),
        ("paragraph", "Most people feel nothing but warmth."),
    ]
    assert source.blocks[3].section == (0, 2)


def test_hard_wrapped_lines_are_one_paragraph(read: Read, check_places: CheckPlaces) -> None:
    """A mailer broke the lines, so a claim may cross them."""
    source = read(
        "Our new serum is pressed into the skin with a roller and wakes up the\n"
        "cells below. After three visits the lines around the eyes are softer.\n"
        "We see you again after a month.\n",
        "a.txt",
    )
    assert len(source.blocks) == 1
    assert "wakes up the cells below. After three" in source.blocks[0].text
    assert source.blocks[0].text.endswith("softer. We see you again after a month.")
    check_places(source)


def test_one_line_paragraphs_stay_apart(read: Read) -> None:
    """Scraped copy has one sentence a line, of any length."""
    source = read("We listen first.\nThen we plan together.\nNothing is ever rushed here.\n", "a.txt")
    assert [block.text for block in source.blocks] == [
        "We listen first.",
        "Then we plan together.",
        "Nothing is ever rushed here.",
    ]


def test_a_word_cut_at_the_line_end_is_joined(read: Read, check_places: CheckPlaces) -> None:
    """A hyphen at the end of a line keeps the term whole."""
    source = read("The course begins with one session of micro-\nneedling and ends with a mask.\n", "a.txt")
    assert source.blocks[0].text == "The course begins with one session of micro-needling and ends with a mask."
    check_places(source)


@pytest.mark.parametrize("mark", ["-", "*", "•", "–", "·", "✓", "✔", "~", "1.", "a)"])
def test_a_list_knows_its_marks_and_its_intro(mark: str, read: Read) -> None:
    """The mark is no text; the line before introduces the items."""
    source = read(f"After your visit:\n{mark} drink water\n{mark} stay out of the sun\n", "a.txt")
    items = source.blocks[1:]
    assert [(item.role, item.text, item.row, item.intro) for item in items] == [
        (Role.LIST_ITEM, "drink water", 0, 0),
        (Role.LIST_ITEM, "stay out of the sun", 1, 0),
    ]
    assert items[0].group == items[1].group is not None


def test_an_item_goes_on_below_its_mark(read: Read) -> None:
    """An indented line belongs to the item above."""
    source = read("We say:\n- softer skin\n  within a month\n- no rush\n", "a.txt")
    assert [block.text for block in source.blocks[1:]] == ["softer skin within a month", "no rush"]


@pytest.mark.parametrize("gap", [" ........ ", "\t", "     ", " … "])
def test_a_price_line_is_a_row_of_two_cells(gap: str, read: Read) -> None:
    """Leaders, a tab or a wide gap part the treatment from its price."""
    source = read(f"PRICES\n\nGold facial{gap}£180\nLip balm{gap}from £20\n", "a.txt")
    cells = [(block.role, block.text, block.row, block.column) for block in source.blocks[1:]]
    assert cells == [
        (Role.TABLE_CELL, "Gold facial", 0, 0),
        (Role.TABLE_CELL, "£180", 0, 1),
        (Role.TABLE_CELL, "Lip balm", 1, 0),
        (Role.TABLE_CELL, "from £20", 1, 1),
    ]


def test_a_pipe_table_has_headers(read: Read) -> None:
    """The rule below the first row makes it the header; the rule itself is no row."""
    source = read("| Treatment | Price |\n|---|---|\n| Gold facial | £180 |\n", "a.txt")
    assert [(block.text, block.row, block.header) for block in source.blocks] == [
        ("Treatment", 0, True),
        ("Price", 0, True),
        ("Gold facial", 1, False),
        ("£180", 1, False),
    ]


def test_capitals_are_a_level_above_other_headings(read: Read) -> None:
    """A menu in sections: FACE, then the treatments."""
    source = read(
        "Our menu\n\nFACE\n\nGold facial\nSixty minutes of quiet care.\n\nBODY\n\nBack scrub\nForty minutes.\n", "a.txt"
    )
    assert [(block.text, block.level) for block in source.blocks if block.role is Role.HEADING] == [
        ("Our menu", 1),
        ("FACE", 2),
        ("Gold facial", 3),
        ("BODY", 2),
        ("Back scrub", 3),
    ]


def test_underlined_and_numbered_lines_are_headings(read: Read) -> None:
    """A rule below a line, or a number before a short one with text below."""
    source = read("Aftercare\n=========\nKeep it clean.\n\n1. First day\nRest and drink water.\n", "a.txt")
    assert _shape(source)[0] == ("heading", "Aftercare")
    assert _shape(source)[2:] == [("heading", "First day"), ("paragraph", "Rest and drink water.")]


def test_quoted_lines_are_marked_and_arrows_are_a_list(read: Read) -> None:
    """A mail quotes with ``>``; a list below a colon may use it as a bullet."""
    quoted = read("They wrote this to us last week.\n\n> Your skin is reborn in a day,\n> said the leaflet.\n", "a.txt")
    assert quoted.blocks[1].quoted
    arrows = read("You get:\n> softer skin\n> a calm hour\n", "a.txt")
    assert [(block.role, block.quoted) for block in arrows.blocks[1:]] == [(Role.LIST_ITEM, False)] * 2


def test_contacts_are_signals_where_they_stand(read: Read) -> None:
    """Telephone, mail and address of the page, without the full stop behind them."""
    text = "Call +44 20 7946 0018 or write to desk@clinic.example, or see www.clinic.example/menu."
    source = read(text, "a.txt")
    assert [(signal.kind, text[signal.start : signal.end]) for signal in source.signals] == [
        ("tel", "+44 20 7946 0018"),
        ("mail", "desk@clinic.example"),
        ("link", "www.clinic.example/menu"),
    ]


@pytest.mark.parametrize(("number", "kinds"), [("02.03.2026", []), ("02/03/2026", []), ("02.03.20.26.10", ["tel"])])
def test_a_date_is_no_telephone_number(read: Read, number: str, kinds: list[str]) -> None:
    source = read(f"Reached on {number} only", "a.txt")
    assert [signal.kind for signal in source.signals] == kinds


def test_a_page_squeezed_into_one_line_falls_into_its_parts(read: Read, check_places: CheckPlaces) -> None:
    """Wide gaps are all that is left of paragraphs and lists."""
    text = "We treat the skin with care and take our time over every single visit to our rooms.     What you get:   "
    text += "- an honest talk about what can be done   - a plan in writing with every price in it   "
    text += "- time to think it over at home"
    source = read(text, "a.txt")
    assert [block.role.value for block in source.blocks] == ["paragraph", "paragraph", *["list-item"] * 3]
    check_places(source)


def test_a_button_is_read_without_its_brackets(read: Read) -> None:
    """Text browsers print buttons in brackets."""
    assert _shape(read("We are open on Sundays.\n\n[Book a visit]\n", "a.txt"))[1] == ("button", "Book a visit")


@pytest.mark.parametrize(
    "name", ["robots.txt", "requirements.txt", "requirements-dev.txt", "CMakeLists.txt", "ads.txt"]
)
def test_a_text_for_programs_is_no_copy(read: Read, name: str) -> None:
    """Its name tells."""
    assert read("Disallow: /exosome injections", name).blocks == ()
    assert read("Exosome injections", "joining-requirements-for-clients.txt").blocks


def test_a_byte_order_mark_is_no_text(read: Read) -> None:
    """It counts as a character of the file and is read by nobody."""
    block = read("\ufeffGold facial\n\nText that follows.", "a.txt").blocks[0]
    assert (block.text, block.map.span(0, 4)) == ("Gold facial", (1, 5))


_PIECES = st.sampled_from(
    [
        "Gold facial",
        "£180",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "- ",
        "> ",
        "1. ",
        "....",
        "|",
        "---",
        "===",
        "# ",
        "?",
        ":",
        "softer skin.",
        "\u00ad",
        "\u00a0",
        "\ufeff",
        "𝒢low",
        "é",
        "...",
        "…",
        "[x]",
        "CAPITALS",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=300)
def test_every_word_is_read_where_it_stands(text: str) -> None:
    """No letter of any text is lost or doubled, and each maps to itself."""
    source = read_bytes("a.txt", text.encode())
    places = []
    for block in source.blocks:
        for at, character in enumerate(block.text):
            if character != " ":
                start, end = block.map.span(at, at + 1)
                assert source.text[start:end] == character
                places.append(start)
    letters = [at for at, character in enumerate(source.text) if character.isalpha()]
    assert [at for at in places if source.text[at].isalpha()] == [
        at for at in letters if at in set(places) or not _is_marker(source.text, at)
    ]


def _is_marker(text: str, at: int) -> bool:
    """``x)`` and the like are list marks; no other letter may be left out."""
    return text[at + 1 : at + 2] in (")", ".")
