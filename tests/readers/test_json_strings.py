"""Strings of JSON with their place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menulint.readers.json_strings import JsonString, scan_strings


def scan(text: str) -> list[JsonString]:
    return list(scan_strings(text, 0, len(text)))


def leaves(data: Any, pointer: str = "") -> list[tuple[str, str]]:
    """What a parser finds: each string value with its pointer (RFC 6901)."""
    if isinstance(data, str):
        return [(pointer, data)]
    if isinstance(data, dict):
        steps = [(name.replace("~", "~0").replace("/", "~1"), value) for name, value in data.items()]
    elif isinstance(data, list):
        steps = [(str(index), value) for index, value in enumerate(data)]
    else:
        return []
    return [leaf for step, value in steps for leaf in leaves(value, f"{pointer}/{step}")]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_the_scan_finds_what_a_parser_finds(data: Any, ascii_only: bool, indent: int | None) -> None:
    """Escaped or not, indented or not, the same strings stand under the same pointers."""
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    expected = [(pointer, value) for pointer, value in leaves(data)]
    found = [(string.pointer, string.value) for string in scan(text)]
    assert found == [
        (pointer, "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)) for pointer, value in expected
    ]


@given(st.text(max_size=20))
def test_each_run_is_the_escape_it_stands_for(value: str) -> None:
    text = json.dumps(value)
    (string,) = scan(text)
    assert all(json.loads(f'"{text[start:end]}"') == piece for piece, start, end in string.runs)
    assert (string.start, string.end) == (1, len(text) - 1)


def test_a_surrogate_pair_is_one_character() -> None:
    (string,) = scan('"a\\ud83d\\ude00b"')
    assert string.runs == (("a", 1, 2), ("😀", 2, 14), ("b", 14, 15))


def test_half_a_pair_is_a_replacement_character() -> None:
    assert [string.value for string in scan('["\\ud83d", "\\ude00"]')] == ["\ufffd", "\ufffd"]


def test_a_string_knows_its_member_and_the_object_it_belongs_to() -> None:
    text = '{"name": "Glow", "address": {"country": ["GB"]}}'
    first, second = scan(text)
    assert (first.name, first.above, first.owner) == ("name", "", 1)
    assert (second.name, second.above, second.owner) == ("country", "address", 2)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"a": "b",, "c" "d"]}, "e"', ["b", "d", "e"]),
        ('["open', ["open"]),
        ('["a\\', ["a\\"]),
        ("}}]]", []),
        ('// note\n{"a": "b"}', ["b"]),
        ("", []),
    ],
)
def test_broken_data_is_read_as_far_as_it_goes(text: str, values: list[str]) -> None:
    assert [string.value for string in scan(text)] == values


def test_deep_data_has_pointers_of_bounded_length() -> None:
    """A string in 5,000 lists has the pointer of its first 64 levels."""
    (string,) = scan("[" * 5000 + '"x"')
    assert string.pointer == "/0" * 64
