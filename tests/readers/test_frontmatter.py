"""Front matter: the words in it, each at its place and under its key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menulint.readers import read_bytes
from menulint.source import Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]

YAML = """---
# menulint: ignore-file -- archive page
title: "The \\"Gold\\" facial"   # shown on top
slug: gold-facial-treatment
description: 'It''s a calm hour
  for tired skin'
seo: {keywords: [calm skin, rest], image: /img/gold face.jpg}
body: |-
  We **rest** first.

  - then we talk
faq:
  - question: Does it hurt?
    answer: Not at all.
lang: en-GB
date: 2026-03-01
draft: true
price: 180
---

# Body
"""

TOML = """+++
title = "Gold facial \\u2013 calm"
slug = "gold-facial"  # menulint: ignore[X] -- old
[seo]
description = '''
A calm hour
for tired skin'''
benefits = ["Soft skin", "Rest"]
[[faq]]
question = "Does it hurt?"
+++
Body
"""

JSON = """{
  "title": "Gold \\"facial\\"",
  "slug": "gold-facial",
  "seo": {"benefits": ["Soft skin", "Long rest"]}
}

Body
"""


def _front(source: Source) -> list[tuple[str | None, str]]:
    return [(block.pointer, block.text) for block in source.blocks if block.pointer]


def test_yaml_values_are_read_under_their_keys(read: Read, check_places: CheckPlaces) -> None:
    """Quoted, folded, flow and literal values; slugs, paths, numbers and dates are none."""
    source = read(YAML)
    assert _front(source) == [
        ("/title", 'The "Gold" facial'),
        ("/description", "It's a calm hour for tired skin"),
        ("/seo/keywords/0", "calm skin"),
        ("/seo/keywords/1", "rest"),
        ("/body", "We rest first."),
        ("/body", "then we talk"),
        ("/faq/0/question", "Does it hurt?"),
        ("/faq/0/answer", "Not at all."),
    ]
    assert [block.role for block in source.blocks[:2]] == [Role.TITLE, Role.META]
    assert source.blocks[5].role is Role.LIST_ITEM
    check_places(source)


def test_language_and_date_are_signals(read: Read) -> None:
    """They say by which law and language the page is judged."""
    source = read(YAML)
    assert list(source.signal_values("lang")) == ["en-GB"]
    assert list(source.signal_values("date")) == ["2026-03-01"]


def test_yaml_comments_are_comments(read: Read) -> None:
    """A suppression may stand in them; a hash inside a value is text."""
    assert [comment.text for comment in read(YAML).comments] == [
        "menulint: ignore-file -- archive page",
        "shown on top",
    ]
    assert read("---\ntitle: Facial # 1\nname: 'Facial # 2'\n---\n").comments[0].text == "1"


def test_headings_of_the_body_do_not_stand_below_the_front_matter(read: Read) -> None:
    """A literal block may have headings of its own."""
    source = read("---\nintro: |\n  # Inner\n\n  Text.\n---\nBody text.\n")
    assert source.blocks[1].section == (0,)
    assert source.blocks[2].section == ()


def test_toml_values_are_read_under_their_keys(read: Read, check_places: CheckPlaces) -> None:
    """Escapes, literal strings, arrays, tables and arrays of tables."""
    source = read(TOML)
    assert _front(source) == [
        ("/title", "Gold facial – calm"),
        ("/seo/description", "A calm hour for tired skin"),
        ("/seo/benefits/0", "Soft skin"),
        ("/seo/benefits/1", "Rest"),
        ("/faq/0/question", "Does it hurt?"),
    ]
    assert [comment.text for comment in source.comments] == ["menulint: ignore[X] -- old"]
    check_places(source)


def test_json_values_are_read_under_their_keys(read: Read, check_places: CheckPlaces) -> None:
    """An object before the body is front matter."""
    source = read(JSON)
    assert _front(source) == [
        ("/title", 'Gold "facial"'),
        ("/seo/benefits/0", "Soft skin"),
        ("/seo/benefits/1", "Long rest"),
    ]
    assert source.blocks[-1].text == "Body"
    check_places(source)


def test_markdown_with_escaped_line_ends_is_markdown(read: Read) -> None:
    """A section kept in one quoted string."""
    source = read('+++\nbody = "## Calm\\n\\nSoft **skin**."\n+++\n')
    assert [(block.role, block.text) for block in source.blocks] == [
        (Role.HEADING, "Calm"),
        (Role.PARAGRAPH, "Soft skin."),
    ]


@pytest.mark.parametrize("text", [YAML, TOML, JSON])
def test_carriage_returns_and_a_byte_order_mark_change_nothing(
    text: str, read: Read, check_places: CheckPlaces
) -> None:
    """The same front matter saved on another system."""
    source = read("\ufeff" + text.replace("\n", "\r\n"))
    assert _front(source) == _front(read(text))
    check_places(source)


def test_broken_yaml_is_read_line_by_line_and_said(read: Read) -> None:
    """A colon too many must not hide the page's title."""
    source = read('---\nname: Gold: the facial\ntitle: "Calm skin"\n---\nBody\n')
    assert _front(source) == [("/name", "Gold: the facial"), ("/title", "Calm skin")]
    assert "not valid YAML at line 2" in source.notes[0]


def test_broken_toml_is_read_line_by_line_and_said(read: Read) -> None:
    """A string that is not closed."""
    source = read('+++\ntitle = "Calm skin"\nname = "Gold\n+++\nBody\n')
    assert ("/title", "Calm skin") in _front(source)
    assert "not valid TOML at line 3" in source.notes[0]


@pytest.mark.parametrize(
    "text", ["---\n\nText\n", "---\nText\n---\n", "{{ page.title }}\n", "{% if x %}\n", "+++\nText\n", "{\n"]
)
def test_what_only_begins_like_front_matter_is_body(text: str, read: Read) -> None:
    """A rule, a template mark, a brace."""
    assert _front(read(text)) == []


def test_aliases_do_not_multiply(read: Read) -> None:
    """Ten levels of nine references each would be billions of words."""
    lines = ["a0: &a0 calm skin", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 11))]
    assert _front(read("---\n" + "\n".join(lines) + "\n---\n")) == [("/a0", "calm skin")]


@given(
    st.sampled_from(["---\n", "+++\n", "{"]),
    st.lists(
        st.sampled_from(
            [
                "title",
                ": ",
                " = ",
                '"',
                "'",
                '"""',
                "calm skin",
                "\n",
                "\r\n",
                "[",
                "]",
                "{",
                "}",
                ",",
                "- ",
                "|",
                ">-",
                "  ",
                "#",
                "\\n",
                "\\u00e9",
                "\\",
                "&a ",
                "*a",
                "!!str ",
                "é",
                "𝒢",
                "\t",
                "? ",
                "''",
                "%",
            ]
        ),
        max_size=30,
    ).map("".join),
)
@settings(max_examples=400)
def test_any_front_matter_is_placed(opening: str, data: str) -> None:
    """Nothing raises, and each letter stands in the file where its map says."""
    source = read_bytes("a.md", (opening + data + "\n" + opening).encode())
    for block in source.blocks:
        for at, character in enumerate(block.text):
            start, end = block.map.span(at, at + 1)
            written = source.text[start:end]
            assert character == " " or written == character or written[:1] in ("&", "\\", "'")
