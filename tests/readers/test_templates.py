"""Blade, Liquid and the other languages of templates: copy, code, and suppressions in the syntax of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers.base import GAP
from menulint.source import Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]


def _shown(source: Source) -> list[tuple[Role, str]]:
    return [(block.role, block.text) for block in source.blocks]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("@section('title', 'Softer skin')", [(Role.TITLE, "Softer skin")]),
        ("@include('a.b', ['heading' => 'Softer skin', 'class' => 'Big red'])", [(Role.TITLE, "Softer skin")]),
        ("<p>@if ($a == 'Softer skin (new)') Peel @else Mask @endif</p>", [(Role.PARAGRAPH, "Peel Mask")]),
        ("<p>@lang('Softer skin')</p>", [(Role.PARAGRAPH, "Softer skin")]),
        ("<p>@yield('a.b') peels</p>", [(Role.PARAGRAPH, f"{GAP} peels")]),
        ("<div @class(['Softer skin' => $a])>Peel</div>", [(Role.PARAGRAPH, "Peel")]),
        ("@php $a = 'Softer skin'; @endphp Peel", [(Role.PARAGRAPH, "Peel")]),
        ("<p>@{{ name }} peels {!! $b !!}{{-- Softer skin --}}</p>", [(Role.PARAGRAPH, f"{GAP} peels {GAP}")]),
        ("<x-card heading='Softer skin' :text='Softer skin' class='Softer skin'/>", [(Role.TITLE, "Softer skin")]),
        (
            "<p>Write to us@peels.example or @peels (London)</p>",
            [(Role.PARAGRAPH, "Write to us@peels.example or @peels (London)")],
        ),
        ("@foreach(['a' => ')'] as $b) <p>Peel</p> @endforeach", [(Role.PARAGRAPH, "Peel")]),
        ("<p>@if(peel", [(Role.PARAGRAPH, "peel")]),
    ],
)
def test_blade(read: Read, check_places: CheckPlaces, page: str, shown: list[tuple[Role, str]]) -> None:
    """Directives are code, what is handed on in them is copy."""
    source = read(page, "page.blade.php")
    assert source.format == "blade"
    assert _shown(source) == shown
    check_places(source)


def test_a_schema_shows_what_a_visitor_sees(read: Read, check_places: CheckPlaces) -> None:
    """Defaults and presets, no labels and hints; an escape keeps its place."""
    page = (
        '{% schema %}{"name": "Big hero", "settings": [{"type": "header", "content": "Big colours"}, '
        '{"type": "text", "id": "heading", "label": "Big heading", "info": "Shown big", "default": "Softer \\u0026 calm"}, '
        '{"type": "url", "id": "link", "default": "Big link"}], "presets": [{"name": "Big preset", '
        '"settings": {"text": "<p>Fewer <b>lines</b></p>"}, "blocks": [{"type": "a", "settings": {"quote": "t:a.b c"}}]}], '
        '"locales": {"en": {"title": "Calm skin"}}}{% endschema %}'
    )
    source = read(page, "section.liquid")
    assert _shown(source) == [
        (Role.TITLE, "Softer & calm"),
        (Role.PARAGRAPH, "Fewer lines"),
        (Role.TITLE, "Calm skin"),
    ]
    check_places(source)


@pytest.mark.parametrize(
    "ending", [".twig", ".html.twig", ".njk", ".j2", ".html.j2", ".hbs", ".ejs", ".html.erb", ".erb", ".tpl"]
)
def test_a_template_is_read_as_html(read: Read, ending: str) -> None:
    """With its front matter, if it has any."""
    source = read("---\ntitle: Softer skin\n---\n<h2>Our {{ name }} peel</h2>", f"page{ending}")
    assert _shown(source) == [(Role.TITLE, "Softer skin"), (Role.HEADING, f"Our {GAP} peel")]


def test_what_is_printed_raw_is_copy(read: Read) -> None:
    """The marks in it are those of another language, which fills them in later."""
    assert _shown(read("{% raw %}<p>Softer {{ part }}</p>{% endraw %}", "a.liquid")) == [
        (Role.PARAGRAPH, f"Softer {GAP}")
    ]


def test_a_string_that_becomes_an_address_is_no_copy(read: Read) -> None:
    """Filters say so."""
    assert _shown(read("{% assign a = 'Softer skin' | handleize %}", "a.liquid")) == []
    assert _shown(read("{% assign a = 'Softer skin' | upcase %}", "a.liquid")) == [(Role.STRING, "Softer skin")]


@pytest.mark.parametrize("name", ["site.conf.j2", "db.sql.j2", "app.js.erb", "values.yml.j2"])
def test_a_template_of_code_is_no_copy(read: Read, name: str) -> None:
    """The ending before the last says what it is a template of."""
    assert _shown(read("server { Our exosome injections {{ x }} }", name)) == []


def test_a_template_of_markdown_is_markdown(read: Read) -> None:
    """And so is read like it."""
    assert _shown(read("# Our {{ name }} peel", "page.md.erb")) == [(Role.HEADING, f"Our {GAP} peel")]


def test_smarty(read: Read, check_places: CheckPlaces) -> None:
    """Its tags are code, braces of a style sheet are none of them."""
    source = read(
        "{* no *}<p>{if $a == 'Big day'}{$name} peel{else} mask{/if} {l s='Softer skin' mod='a'}</p>", "a.tpl"
    )
    assert _shown(source) == [(Role.PARAGRAPH, f"{GAP} peel mask {GAP}"), (Role.STRING, "Softer skin")]
    check_places(source)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (
            "<p>[button text='Softer skin' link='/a b'] [1] [note]</p>",
            [(Role.PARAGRAPH, "[1] [note]"), (Role.STRING, "Softer skin")],
        ),
        ("<p>[tabs]Peel[/tabs] [my_map]</p>", [(Role.PARAGRAPH, "Peel")]),
        (
            '<!-- wp:button {"text":"Softer skin","className":"is-big"} --><div>Go</div>',
            [(Role.STRING, "Softer skin"), (Role.PARAGRAPH, "Go")],
        ),
        ('<!-- wp:group {"metadata":{"name":"Softer skin"}} --><div>Go</div>', [(Role.PARAGRAPH, "Go")]),
    ],
)
def test_shortcodes_and_editor_blocks(
    read: Read, check_places: CheckPlaces, page: str, shown: list[tuple[Role, str]]
) -> None:
    """As WordPress keeps them in its pages."""
    source = read(page, "page.html")
    assert _shown(source) == shown
    check_places(source)


@cache
def _linter() -> Linter:
    return Linter(load_pack(), Options(jurisdiction=("GB",)))


@pytest.mark.parametrize(
    ("name", "comment"),
    [
        ("a.blade.php", "{{-- %s --}}"),
        ("a.liquid", "{%% comment %%}%s{%% endcomment %%}"),
        ("a.liquid", "{%%- comment -%%} %s {%%- endcomment -%%}"),
        ("a.liquid", "{%% # %s %%}"),
        ("a.twig", "{# %s #}"),
        ("a.j2", "{# %s #}"),
        ("a.hbs", "{{!-- %s --}}"),
        ("a.hbs", "{{! %s }}"),
        ("a.ejs", "<%%# %s %%>"),
        ("a.erb", "<%%# %s %%>"),
        ("a.gohtml", "{{/* %s */}}"),
        ("a.tpl", "{* %s *}"),
        ("a.html", "<!-- %s -->"),
    ],
)
def test_a_suppression_in_a_comment_counts(name: str, comment: str) -> None:
    """In each language's own comments."""
    page = "<p>Book now at our clinic, from £90. Call 020 7946 0000.</p>\n%s\n<p>It regenerates your skin.</p>"
    page %= comment % "menulint: ignore-next-line[EFF] -- agreed"
    findings = _linter().check_bytes(name, page.encode()).findings
    assert [finding.suppressed is not None for finding in findings if finding.rule.startswith("EFF")] == [True]
