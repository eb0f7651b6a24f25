"""YAML and TOML files: data is read as a page shows it, configuration is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers import read_bytes
from menulint.source import Block, Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]

YAML = """\
# menulint: ignore-file[PRS] -- reviewed by the practice manager
title: Calm rooms   # shown in the tab
image: /img/peel.jpg
faq:
  - q: Is it safe?
    a: 'It''s fine for "most" people'
intro: &intro >-
  A quiet **room** and
  warm hands.
body: |
  ## Aftercare

  - Keep it cool
again: *intro
good_for: [Dry skin, dull]
---
title: Second page
text: "Caf\\u00e9 corner and tea"
"""

TOML = """\
title = "Calm rooms"  # shown in the tab
baseURL = "https://rooms.example/"
[params.hero]
heading = "Soft skin days"
text = '''A quiet room
and warm hands.'''
[[faq]]
q = "Is it safe?"
a = "Yes, for most."
[[faq]]
q = "Is it loud?"
a = "Never, it is quiet."
[[menu]]
name = "Peel"
price = "£90"
[[menu]]
name = "Mask"
price = "£50"
"""


def one(source: Source, text: str) -> Block:
    (block,) = [block for block in source.blocks if block.text == text]
    return block


def test_values_of_yaml_are_read_once_and_in_their_place(read: Read, check_places: CheckPlaces) -> None:
    source = read(YAML, "_data/home.yml")
    check_places(source)
    assert [(b.pointer, b.text) for b in source.blocks] == [
        ("/title", "Calm rooms"),
        ("/faq/0/q", "Is it safe?"),
        ("/faq/0/a", 'It\'s fine for "most" people'),
        ("/intro", "A quiet room and warm hands."),
        ("/body", "Aftercare"),
        ("/body", "Keep it cool"),
        ("/good_for/0", "Dry skin"),
        ("/good_for/1", "dull"),
        ("/title", "Second page"),
        ("/text", "Café corner and tea"),
    ]


def test_comments_of_yaml_are_comments(read: Read) -> None:
    texts = [comment.text for comment in read(YAML, "home.yaml").comments]
    assert texts == ["menulint: ignore-file[PRS] -- reviewed by the practice manager", "shown in the tab"]


def test_tables_of_toml_are_objects_and_arrays_of_them_lists(read: Read, check_places: CheckPlaces) -> None:
    source = read(TOML, "data/home.toml")
    check_places(source)
    second = one(source, "Never, it is quiet.")
    assert (second.pointer, second.section) == ("/faq/1/a", (one(source, "Is it loud?").index,))
    assert one(source, "A quiet room and warm hands.").section == (one(source, "Soft skin days").index,)
    assert (one(source, "Mask").role, one(source, "£50").row) == (Role.TABLE_CELL, one(source, "Mask").row)
    assert [comment.text for comment in source.comments] == ["shown in the tab"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docker-compose.yml", "x: Some words here"),
        (".github/workflows/test.yml", "name: Some words here"),
        ("ci.yml", "on: push\njobs:\n  a:\n    name: Some words here\n"),
        ("deploy.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: Some words here\n"),
        ("api.yaml", "openapi: 3.0.0\ninfo:\n  description: Rejuvenates your skin\n"),
        (".pre-commit-config.yaml", "repos:\n- name: Some words here\n"),
        ("netlify.toml", 'x = "Some words here"'),
        ("pyproject.toml", '[project]\ndescription = "Some words here"'),
        ("Cargo.toml", '[package]\ndescription = "Some words here"'),
    ],
)
def test_configuration_is_left_out_with_a_reason(path: str, text: str, read: Read) -> None:
    source = read(text, path)
    assert (source.blocks, len(source.left_out)) == ((), 1)


def test_translations_have_the_language_of_their_file_or_root(read: Read) -> None:
    assert read("hola: Buenos días a todos", "i18n/es.yaml").blocks[0].lang == "es"
    assert read("es:\n  hola: Buenos días a todos", "config/texts.yml").blocks[0].lang == "es"


@pytest.mark.parametrize("path", ["a.yml", "a.toml"])
def test_what_cannot_be_parsed_is_read_line_by_line_with_a_note(path: str, read: Read) -> None:
    source = (
        read('title: Calm rooms\nx: [\n"y = "', path) if path == "a.yml" else read('title = Calm rooms\nx = "a', path)
    )
    assert [b.text for b in source.blocks] == ["Calm rooms"]
    assert "read one by one" in source.notes[0]


@given(
    st.sampled_from([("a.yml", YAML), ("a.toml", TOML)]),
    st.integers(0, 600),
    st.text(st.sampled_from(":-[]{}\"'|>\n #=ab"), max_size=4),
)
def test_a_file_cut_or_changed_anywhere_is_read(file: tuple[str, str], at: int, put: str) -> None:
    path, text = file
    for changed in (text[:at] + put, text[:at] + put + text[at + 1 :]):
        source = read_bytes(path, changed.encode())
        for block in source.blocks:
            start, end = block.map.span(0, len(block.text))
            assert 0 <= start <= end <= len(source.text)


def test_a_comment_silences_a_finding() -> None:
    text = "text: Our serum boosts collagen in the skin. # menulint: ignore[MED] -- wording under review\n"
    found = Linter(load_pack(), Options(jurisdiction=("all",))).check_bytes("a.yml", text.encode()).findings
    assert [f.suppressed is not None for f in found if f.severity != "info"] == [True]
