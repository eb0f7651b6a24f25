"""Template marks: what they print is a gap, what they steer is nothing, what is quoted in them is copy."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from menulint.readers.base import GAP
from menulint.readers.template_marks import HTML, MARKDOWN, Kind, find_marks, mask_template_marks
from menulint.source import Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("{{ treatment }} injections", f"{GAP} injections"),
        ("Our <?= $name ?> regenerates", f"Our {GAP} regenerates"),
        ("Our <?php echo esc_html($name); ?> regenerates", f"Our {GAP} regenerates"),
        ("Ask {!! $who !!} now", f"Ask {GAP} now"),
        ("Ask <%= who %> now", f"Ask {GAP} now"),
        ("Ask {{{ who }}}now", f"Ask {GAP}now"),
        ("{{ page({a: {b: 1}}) }} peel", f"{GAP} peel"),
        ("peel{% if many %}s{% endif %}", "peels"),
        ("peel{{#if many}}s{{/if}}", "peels"),
        ("{% if a %}peel{% else %}mask{% endif %}", "peel mask"),
        ("peel<?php if ($many): ?>s<?php endif; ?>", "peels"),
        ("peel<?php else: ?>mask", "peel mask"),
        ("peel{{> card }}mask", "peel mask"),
        ("peel{{ $x := .Title }}s", "peels"),
        ("{{ if .Many }}peels{{ end }}", "peels"),
        ("peel{{-- why --}}s", "peels"),
        ("peel{{!-- why }} --}}s", "peels"),
        ("peel{# why #}s", "peels"),
        ("peel{{/* why */}}s", "peels"),
        ("peel<%# why %>s", "peels"),
        ("peel{% comment %} why {% endcomment %}s", "peels"),
        ("a {{ that never ends", "a {{ that never ends"),
    ],
)
def test_a_mark_in_html_reads_as_what_it_does(
    read: Read, check_places: CheckPlaces, written: str, read_as: str
) -> None:
    """Printing leaves a gap; steering leaves nothing, and a space where it parts alternatives."""
    source = read(f"<p>{written}</p>", "page.html")
    assert [block.text for block in source.blocks] == [read_as]
    check_places(source)


@pytest.mark.parametrize("path", ["page.html", "page.md"])
@pytest.mark.parametrize(
    ("mark", "copy"),
    [
        ('{{ "Lip fillers" | append: x }}', ["Lip fillers"]),
        ("{{ form('It\\'s time to shine') }}", ["It's time to shine"]),
        ('{% set intro = "Softer skin soon" %}', ["Softer skin soon"]),
        ('{% include card.html title="Softer skin soon" %}', ["Softer skin soon"]),
        ('{% if page == "about us" %}', []),
        ('{{ page == "about us" ? "Meet the team" : "Come and see" }}', ["Meet the team", "Come and see"]),
        ("{{ {'intro_text': 1, 'title': 'Softer skin soon'} }}", ["Softer skin soon"]),
        ('{{ "css/main.css" | asset }}', []),
        ("{{ 'products.card.title' | t }}", []),
        ('{{ "<b>Softer</b> skin" }}', ["Softer skin"]),
        ('{% comment %} "Softer skin" {% endcomment %}', []),
        ('{% schema %} {"name": "Softer skin"} {% endschema %}', []),
    ],
)
def test_what_is_quoted_in_a_mark_is_copy(
    read: Read, check_places: CheckPlaces, path: str, mark: str, copy: list[str]
) -> None:
    """Arguments are copy of their own; keys, paths and what is compared are not."""
    source = read(f"<p>Peels {mark} daily</p>", path)
    assert [block.text for block in source.blocks if not block.text.startswith("Peels")] == copy
    check_places(source)


@pytest.mark.parametrize(
    "mark",
    [
        "{{ 'It\\'s new' }}",
        "{{ __('It\\'s new') }}",
        "{{ trans('It\\'s new') | safe }}",
        '{{ "It\'s new" | t | escape }}',
        '{!! __("It\'s new") !!}',
        '{% trans "It\'s new" %}',
        '<%= t "It\'s new" %>',
        '{{{ "It\'s new" }}}',
    ],
)
def test_a_string_that_is_printed_as_it_stands_is_read_in_its_place(
    read: Read, check_places: CheckPlaces, mark: str
) -> None:
    """A heading that is translated is a heading."""
    source = read(f"<h2>{mark}: peels</h2>", "page.html")
    assert [(block.role, block.text) for block in source.blocks] == [(Role.HEADING, "It's new: peels")]
    check_places(source)


def test_a_quoted_string_in_an_attribute_has_the_role_of_the_attribute(read: Read, check_places: CheckPlaces) -> None:
    """An alternative text is one, whoever translates it; a class is no copy."""
    source = read("<img class=\"{{ 'Big Face' }}\" alt=\"{{ 'A calm face' | t }}\"><p>{{ x }}", "page.html")
    assert [(block.role, block.text) for block in source.blocks] == [(Role.ALT, "A calm face")]
    check_places(source)


def test_a_tag_whose_name_a_template_writes_is_a_tag(read: Read, check_places: CheckPlaces) -> None:
    """``<h{{ level }}>`` is a heading, ``<{{ tag }}>`` no text."""
    source = read("<h{{ level }} id=a>Peels</h{{ level }}><p>Our <{{ tag }} id=b>range</{{ tag }}></p>", "page.html")
    assert [(block.role, block.text) for block in source.blocks] == [
        (Role.HEADING, "Peels"),
        (Role.PARAGRAPH, "Our range"),
    ]
    check_places(source)


def test_a_block_of_nothing_but_gaps_is_left_out_unless_it_has_a_place(read: Read) -> None:
    """A heading that is printed still ends the section before it."""
    source = read("<h2>Peels</h2><p>{{ text }}</p><h2>{{ title }}</h2><p>Daily.</p>", "page.html")
    assert [block.text for block in source.blocks] == ["Peels", GAP, "Daily."]
    assert source.blocks[2].section == (1,)


@pytest.mark.parametrize("syntaxes", [HTML, MARKDOWN])
@pytest.mark.parametrize(
    "piece", ["{{", "{%", "{{ {", "{#", "<%", "{{--", "<?php", "{{ '\\'", "{% comment %}", "{!!", "}}{{ {"]
)
def test_marks_are_found_in_linear_time(piece: str, syntaxes: tuple[object, ...]) -> None:
    """Many openers without a closer cost no more than many letters."""
    began = time.perf_counter()
    find_marks(piece * (400_000 // len(piece)), 0, 400_000, HTML if syntaxes is HTML else MARKDOWN)
    assert time.perf_counter() - began < 3


def test_masking_keeps_the_length_wherever_a_page_is_cut() -> None:
    """And marks come in order and do not overlap."""
    page = "{{ a }}<?= $b ?>{% if c %}x{% endif %}{# d #}<% e %>{{!-- f --}}<?php g ?>{!! h !!}{% raw %}i{% endraw %}<h{{ j }}>"
    chooser = random.Random(3)
    for _ in range(300):
        start, end = sorted(chooser.choices(range(len(page) + 1), k=2))
        masked = mask_template_marks(page[start:end], 0, None, HTML)
        assert len(masked.text) == end - start
        assert all(a.end <= b.start for a, b in zip(masked.marks, masked.marks[1:], strict=False))


def test_kinds_of_marks() -> None:
    """One of each."""
    page = "{{ a }}{% if a %}{% else %}{# a #}{% schema %}{% endschema %}"
    kinds = [mark.kind for mark in find_marks(page, 0, len(page), HTML)]
    assert kinds == [Kind.OUTPUT, Kind.JOINING, Kind.CONTROL, Kind.COMMENT, Kind.CODE]
