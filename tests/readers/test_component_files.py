"""Astro, Vue and Svelte: markup as a page, code in braces and bound attributes, scripts and styles apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers.brace_marks import find_expressions
from menulint.source import Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]
FILES = ("a.astro", "a.vue", "a.svelte")


def in_host(path: str, markup: str) -> str:
    """Markup as a file of the format holds it."""
    return f"<template>{markup}</template>" if path.endswith(".vue") else markup


def shown(source: Source) -> list[str]:
    """The texts of all blocks."""
    return [block.text for block in source.blocks]


@pytest.mark.parametrize("path", FILES)
def test_elements_are_read_as_in_html(read: Read, check_places: CheckPlaces, path: str) -> None:
    """Headings, lists and inline tags, with references decoded at their place."""
    source = read(in_host(path, "<h2>Peels &amp; more</h2><ul><li>For <b>dry</b> skin</li></ul>"), path)
    assert [(b.text, b.role) for b in source.blocks] == [
        ("Peels & more", Role.HEADING), ("For dry skin", Role.LIST_ITEM),
    ]  # fmt: skip
    check_places(source)


@pytest.mark.parametrize(
    ("path", "markup"),
    [("a.astro", "<p>From {price} a visit</p>"), ("a.svelte", "<p>From {price} a visit</p>"),
     ("a.vue", "<p>From {{ price }} a visit</p>")],
)  # fmt: skip
def test_an_expression_leaves_a_gap(read: Read, check_places: CheckPlaces, path: str, markup: str) -> None:
    """What it shows is known on the page only."""
    source = read(in_host(path, markup), path)
    assert shown(source) == ["From \ufffc a visit"]
    check_places(source)


@pytest.mark.parametrize(
    ("path", "markup"),
    [("a.astro", "<p>{open ? 'Skin that glows again' : null}</p>"),
     ("a.astro", "<Hero text={`Skin that glows again`} />"),
     ("a.astro", "<Hero text=`Skin that glows again` />"),
     ("a.astro", "<div set:html={'<p>Skin that <i>glows</i> again</p>'} />"),
     ("a.astro", "<ul>{items.map((i) => (<li>Skin that<br>glows again</li>))}</ul>"),
     ("a.astro", "---\nconst line = 'Skin that glows again'\n---\n<p>{line}</p>"),
     ("a.svelte", "<p>{#if open}{'Skin that glows again'}{/if}</p>"),
     ("a.svelte", "{@html '<p>Skin that <i>glows</i> again</p>'}"),
     ("a.svelte", "<script>let line = 'Skin that glows again'</script>"),
     ("a.svelte", "<Hero {...rest} text={'Skin that glows again'} on:click={() => go('to the moon')} />"),
     ("a.vue", "<p>{{ open ? 'Skin that glows again' : '' }}</p>"),
     ("a.vue", "<img :alt=\"'Skin that glows again'\">"),
     ("a.vue", "<div v-html=\"'<p>Skin that glows again</p>'\"></div>"),
     ("a.vue", "<Hero :text=\"'Skin that glows again'\" v-if=\"a === 'to the moon'\" @click=\"go('to the moon')\" />")],
)  # fmt: skip
def test_strings_in_code_among_markup_are_copy(read: Read, path: str, markup: str) -> None:
    """The same rules hold for them as in a file of code."""
    assert shown(read(in_host(path, markup), path)) == ["Skin that glows again"]


def test_the_target_of_a_link_is_no_copy(read: Read) -> None:
    """However it is written."""
    assert shown(read(in_host("a.vue", "<a :to=\"{ name: 'Skin that glows again' }\">Go</a>"), "a.vue")) == ["Go"]


@pytest.mark.parametrize("path", FILES)
def test_styles_scripts_and_comments_are_no_copy(read: Read, path: str) -> None:
    """What a browser or nobody reads."""
    text = (
        in_host(path, "<!-- A promise of old --><p>Open</p>") + "<style>a::before { content: 'Glowing skin' }</style>"
    )
    source = read(text, path)
    assert shown(source) == ["Open"]
    assert [comment.text.strip() for comment in source.comments] == ["A promise of old"]


@pytest.mark.parametrize("path", FILES)
def test_the_title_of_a_component_heads_what_stands_in_it(read: Read, path: str) -> None:
    """And nothing behind it."""
    source = read(in_host(path, "<Card heading='Peels'><p>A fresh start.</p></Card><p>We open at nine.</p>"), path)
    by_text = {block.text: [source.blocks[i].text for i in block.section] for block in source.blocks}
    assert by_text == {"Peels": [], "A fresh start.": ["Peels"], "We open at nine.": []}


def test_markup_in_an_expression_may_hold_quotation_marks_and_braces(read: Read, check_places: CheckPlaces) -> None:
    """An apostrophe in text opens no string."""
    text = "<ul>{items.map((i) => <li>It's {i.name}, isn't it?<br>Don't \"wait\"</li>)}</ul><p>After</p>"
    source = read(text, "a.astro")
    assert shown(source) == ["It's \ufffc, isn't it? Don't \"wait\"", "After"]
    check_places(source)


def test_a_tag_of_astro_may_close_itself(read: Read) -> None:
    """A script without content does not swallow the page."""
    text = "<script src='/x.js' /><div /><p>Open</p><script>const a = 'Not for visitors at all'</script>"
    assert shown(read(text, "a.astro")) == ["Open"]


def test_both_branches_of_svelte_are_read(read: Read) -> None:
    """Marks that steer part the copy but leave nothing."""
    source = read("{#if open}<p>We are open today</p>{:else}<p>We are closed today</p>{/if}", "a.svelte")
    assert shown(source) == ["We are open today", "We are closed today"]


def test_a_value_with_an_expression_in_it_has_a_gap(read: Read) -> None:
    """Svelte fills in inside quotation marks too."""
    assert shown(read('<img alt="The room at {town}, empty" src={x}>', "a.svelte")) == ["The room at \ufffc, empty"]


def test_messages_of_vue_are_data(read: Read) -> None:
    """In JSON or YAML; a template in another language is said not to be read."""
    text = '<template lang="pug">p Hello</template><i18n>{"en": {"hi": "Welcome to Dew"}}</i18n>'
    source = read(text + '\n<i18n lang="yaml">\nen:\n  bye: See you again\n</i18n>', "a.vue")
    assert shown(source) == ["Welcome to Dew", "See you again"]
    assert source.notes == ("a template written in pug was not read",)


def test_structured_data_in_a_vue_head_gives_signals(read: Read) -> None:
    """As the vocabulary of schema.org has them."""
    data = "{ '@type': 'BeautySalon', name: 'Dew', telephone: '+44 131 000000' }"
    code = f"export default {{ head: {{ script: [{{ json: {data} }}] }} }}"
    source = read(f"<script>{code}</script>", "a.vue")
    assert list(source.signal_values("type")) == ["BeautySalon"]
    assert list(source.signal_values("tel")) == ["+44 131 000000"]


@pytest.mark.parametrize(
    ("path", "before"),
    [("a.astro", "{/* %s */}"), ("a.astro", "<!-- %s -->"), ("a.svelte", "<!-- %s -->"), ("a.vue", "<!-- %s -->")],
)
def test_a_suppression_stands_in_a_comment(path: str, before: str) -> None:
    """Between tags, in whatever syntax the format has."""
    mark = before % "menulint: ignore-next-line -- seen by counsel"
    text = in_host(path, f"<main>\n{mark}\n<p>Our exosome injections reverse ageing.</p></main>")
    found = Linter(load_pack(), Options(jurisdiction=("GB",))).check_bytes(path, text.encode()).findings
    assert found
    assert all(place.suppressed for finding in found for place in finding.places)


def test_an_expression_that_never_ends_is_text() -> None:
    """After a few of them every brace is one, so that the walk stays linear."""
    text = "a {x} b { c"
    assert [text[e.start : e.end] for e in find_expressions(text, 0, len(text), nested=True)] == ["{x}"]
    text = "{" * 50 + "{x}"
    assert find_expressions(text, 0, len(text), nested=True) == []
