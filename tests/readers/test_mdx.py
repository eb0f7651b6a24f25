"""MDX: Markdown around components, expressions and modules."""

from __future__ import annotations

from collections.abc import Callable

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.source import Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]


def shown(source: Source) -> list[str]:
    """The texts of all blocks."""
    return [block.text for block in source.blocks]


def test_an_expression_leaves_a_gap_in_the_paragraph(read: Read, check_places: CheckPlaces) -> None:
    """Emphasis around it goes on working."""
    source = read("# Peels in {town}\n\nFrom **{price}** a *visit*.", "a.mdx")
    assert shown(source) == ["Peels in \ufffc", "From \ufffc a visit."]
    check_places(source)


def test_data_in_a_module_is_read_over_blank_lines(read: Read) -> None:
    """A module ends where its last bracket closes, not at the first blank line."""
    text = "import A from './a b c'\nexport const prices = [\n  { name: 'Peel', price: '£90' },\n\n"
    source = read(text + "  { name: 'Facial', price: '£120' },\n]\n\nText.", "a.mdx")
    assert shown(source) == ["Text.", "Peel", "£90", "Facial", "£120"]


def test_properties_of_components_are_copy(read: Read, check_places: CheckPlaces) -> None:
    """Whether written out or computed; over lines and with brackets in them."""
    text = "<Hero\n  line=\"Glow for good\"\n  className=\"best of all\"\n  points={['Soft skin', 'Calm skin']}\n/>\n\nAfter."
    source = read(text, "a.mdx")
    assert sorted(shown(source)) == ["After.", "Calm skin", "Glow for good", "Soft skin"]
    assert [block.role for block in source.blocks if block.group is not None] == [Role.LIST_ITEM] * 2
    check_places(source)


def test_braces_in_shown_code_are_no_expressions(read: Read) -> None:
    """Neither fenced nor in a code span."""
    assert shown(read("Use `{a` here.\n\n```js\nconst a = { b: 'Not for you'\n```\n\nDone.", "a.mdx")) == [
        "Use \ufffc here.",
        "Done.",
    ]


def test_a_suppression_stands_in_a_comment_of_mdx() -> None:
    """In braces, as MDX has them."""
    text = "# Our clinic\n\n{/* menulint: ignore-next-line -- seen by counsel */}\nOur exosome injections reverse ageing.\n"
    found = Linter(load_pack(), Options(jurisdiction=("GB",))).check_bytes("a.mdx", text.encode()).findings
    assert found
    assert all(place.suppressed for finding in found for place in finding.places)
