"""What the HTML reader makes of a page: blocks, their roles and places, signals, comments, what it leaves out."""

from __future__ import annotations

import pytest

from menulint.readers.base import SourceBuilder
from menulint.readers.html import READER, read_fragment
from menulint.readers.json_ld import BROKEN
from menulint.source import Block, Role, Source


def read(page: str) -> Source:
    build = SourceBuilder(page)
    READER.read(page, build)
    return build.source(path="menu.html", format="html", encoding="utf-8", sha256="")


def shown(page: str) -> list[tuple[str, str]]:
    return [(block.role.value, block.text) for block in read(page).blocks]


def block(page: str, text: str) -> Block:
    return next(block for block in read(page).blocks if block.text == text)


def located(page: str, wording: str) -> str:
    """What the file holds where the one block with ``wording`` has it."""
    source = read(page)
    found = next(block for block in source.blocks if wording in block.text)
    at = found.text.index(wording)
    return page[slice(*found.map.span(at, at + len(wording)))]


# words


def test_inline_tags_join_what_stands_beside_them() -> None:
    """A word split by ``<b>`` is one word, and its place spans the tags."""
    page = "<p>Our exo<b>some</b>s facial</p>"
    assert shown(page) == [("paragraph", "Our exosomes facial")]
    assert located(page, "exosomes") == "exo<b>some</b>s"


def test_an_unknown_element_joins_words_too() -> None:
    assert shown("<p>micro<x-tip>needling</x-tip></p>") == [("paragraph", "microneedling")]


@pytest.mark.parametrize("tag", ["<br>", "<img src=a.png>", "<hr>", "</p><p>", "<svg><path d='M0 0'/></svg>"])
def test_what_is_no_inline_tag_parts_words(tag: str) -> None:
    """``lip<br>filler`` is two words."""
    assert " ".join(text for _, text in shown(f"<p>lip{tag}filler</p>")) == "lip filler"


def test_white_space_is_one_space() -> None:
    assert shown("<p>\r\n  Lip\t\n filler \n</p>") == [("paragraph", "Lip filler")]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Skin &amp; laser", "Skin & laser"),
        ("Caf&eacute peel", "Café peel"),
        ("&notit; proven", "¬it; proven"),
        ("&#8364;90 &#x20AC;90", "€90 €90"),
        ("&#128;90", "€90"),
        ("exo&shy;some", "exo\xadsome"),
        ("&nbsp;PRP&nbsp;glow", "\xa0PRP\xa0glow"),
        ("AT&T & R&D", "AT&T & R&D"),
        ("&#xD800;&#0;", "\ufffd\ufffd"),
    ],
)
def test_references_are_decoded_in_text(written: str, text: str) -> None:
    assert shown(f"<p>{written}</p>") == [("paragraph", text)]


def test_a_reference_is_one_character_in_the_file() -> None:
    assert located("<p>Skin &amp; laser</p>", "&") == "&amp;"


def test_a_query_in_an_attribute_holds_no_reference() -> None:
    """``&copy=`` in an address is a parameter, and ``&copy;`` is a sign."""
    assert shown('<img alt="a?b&copy=1 &copy; 2026">') == [("alt", "a?b&copy=1 © 2026")]


def test_null_characters_are_not_shown() -> None:
    assert shown("<p>exo\0some</p>") == [("paragraph", "exosome")]


def test_a_byte_order_mark_is_no_copy() -> None:
    page = "\ufeff<p>Peel"
    assert shown(page) == [("paragraph", "Peel")]
    assert located(page, "Peel") == "Peel"


# roles and places


def test_headings_make_the_outline() -> None:
    page = "<h1>Menu</h1><h2>Needles</h2><p>PRP<h2>Peels</h2><p>Glycolic"
    assert [(b.text, b.level, b.section) for b in read(page).blocks] == [
        ("Menu", 1, ()),
        ("Needles", 2, (0,)),
        ("PRP", 0, (0, 1)),
        ("Peels", 2, (0,)),
        ("Glycolic", 0, (0, 3)),
    ]


def test_an_aria_heading_is_a_heading() -> None:
    found = block('<div role="heading" aria-level="3">Prices</div>', "Prices")
    assert (found.role, found.level) == (Role.HEADING, 3)


def test_list_items_know_their_list_their_row_and_their_intro() -> None:
    page = "<p>We treat:</p><ul><li>acne<li>scars</ul><p>Now.</p><ul><li>melasma</ul>"
    items = [b for b in read(page).blocks if b.role is Role.LIST_ITEM]
    assert [(b.text, b.group, b.row, b.column, b.intro) for b in items] == [
        ("acne", 0, 0, None, 0),
        ("scars", 0, 1, None, 0),
        ("melasma", 1, 0, None, 3),
    ]


def test_a_list_in_an_item_has_rows_of_its_own() -> None:
    page = "<ul><li>Face<ul><li>cheeks</ul>and neck<li>Body</ul>"
    assert [(b.text, b.group, b.row) for b in read(page).blocks] == [
        ("Face", 0, 0),
        ("cheeks", 1, 0),
        ("and neck", 0, 0),
        ("Body", 0, 1),
    ]


def test_a_heading_in_a_list_item_stays_a_heading_of_that_row() -> None:
    found = block("<ul><li><h3>Exosome facial</h3><p>One hour</ul>", "Exosome facial")
    assert (found.role, found.level, found.group, found.row) == (Role.HEADING, 3, 0, 0)


def test_a_list_after_a_button_has_no_intro() -> None:
    assert block("<p>Intro</p><button>Book</button><ul><li>acne</ul>", "acne").intro is None


TABLE = """<h2>Prices</h2><table><caption>All prices in euro</caption>
<thead><tr><th>Treatment<th colspan=2>Price</thead>
<tr><td rowspan=2>PRP<td>face<td>250
<tr><td>neck<td>180</table>After"""


def test_cells_know_row_and_column_across_spans() -> None:
    cells = [b for b in read(TABLE).blocks if b.role is Role.TABLE_CELL]
    assert [(b.text, b.row, b.column, b.header) for b in cells[:2]] == [
        ("Treatment", 0, 0, True),
        ("Price", 0, 1, True),
    ]
    rows = TABLE.replace("</thead>", "</thead><tbody>")
    cells = [b for b in read(rows).blocks if b.role is Role.TABLE_CELL]
    assert [(b.text, b.row, b.column, b.header) for b in cells[2:]] == [
        ("PRP", 1, 0, False),
        ("face", 1, 1, False),
        ("250", 1, 2, False),
        ("neck", 2, 1, False),
        ("180", 2, 2, False),
    ]


def test_text_of_an_attribute_knows_the_cell_it_stands_in() -> None:
    """A picture in a cell is in the same row and column as the words of the cell."""
    page = read("<table><tr><td>One<td><img alt='Two'></table>")
    assert [(b.text, b.row, b.column) for b in page.blocks] == [("One", 0, 0), ("Two", 0, 1)]


def test_a_table_is_introduced_by_the_heading_before_it_and_ends() -> None:
    assert block(TABLE, "PRP").intro == 0
    assert block(TABLE, "All prices in euro").role is Role.CAPTION
    assert (block(TABLE, "After").role, block(TABLE, "After").group) == (Role.PARAGRAPH, None)


def test_rows_after_the_head_of_a_table_are_no_headers() -> None:
    page = "<table><thead><tr><td>What</td></tr></thead><tr><td>Peel</td></tr></table>"
    assert (block(page, "What").header, block(page, "Peel").header) == (True, False)


def test_an_end_tag_in_a_cell_does_not_reach_out_of_the_table() -> None:
    page = "<ul><li>Set<table><tr><td>one</li></ul>two</table>still"
    assert [(b.text, b.role.value) for b in read(page).blocks] == [
        ("Set", "list-item"),
        ("one", "table-cell"),
        ("two", "table-cell"),
        ("still", "list-item"),
    ]


def test_terms_and_what_is_said_of_them_make_rows() -> None:
    page = "<dl><dt>PRP<dd>£250<dd>per area<dt>Peel<dd>£90</dl>"
    assert [(b.text, b.role.value, b.row, b.column) for b in read(page).blocks] == [
        ("PRP", "table-cell", 0, 0),
        ("£250", "table-cell", 0, 1),
        ("per area", "table-cell", 0, 1),
        ("Peel", "table-cell", 1, 0),
        ("£90", "table-cell", 1, 1),
    ]


def test_a_question_in_details_heads_its_answer() -> None:
    page = "<h2>Questions</h2><details><summary>Is it safe?</summary>Yes.</details>"
    assert [(b.text, b.role.value, b.level, b.section) for b in read(page).blocks] == [
        ("Questions", "heading", 2, ()),
        ("Is it safe?", "heading", 3, (0,)),
        ("Yes.", "paragraph", 0, (0, 1)),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<button>Book now</button>",
        '<input type=submit value="Book now">',
        '<a href="/book" role="button">Book now</a>',
        '<a class="site-btn btn-primary" href="/book">Book now</a>',
        '<div> <a href="/book">Book <b>now</b></a> </div>',
    ],
)
def test_a_call_to_action_is_a_button(page: str) -> None:
    assert shown(page) == [("button", "Book now")]


@pytest.mark.parametrize(
    "page",
    ['<p>You can <a href="/book">book now</a></p>', '<p><a href="/a">See</a> <a href="/b">more</a></p>'],
)
def test_a_link_within_a_sentence_is_no_button(page: str) -> None:
    assert [role for role, _ in shown(page)] == ["paragraph"]


def test_block_quotations_are_quoted_and_short_ones_get_their_marks() -> None:
    assert block("<blockquote><p>Lovely skin</p></blockquote><p>Us</p>", "Lovely skin").quoted
    assert not block("<blockquote><p>Lovely skin</p></blockquote><p>Us</p>", "Us").quoted
    assert shown("<p>She said <q>painless</q>.</p>") == [("paragraph", "She said “painless”.")]


def test_text_of_attributes_comes_after_the_block_it_stands_in() -> None:
    page = '<p>Before <img alt="a chin" title="Chin"> after</p><input placeholder="Your name">'
    assert shown(page) == [
        ("paragraph", "Before after"),
        ("title", "Chin"),
        ("alt", "a chin"),
        ("string", "Your name"),
    ]


def test_the_title_of_a_drawing_is_told_apart_from_the_text_around_it() -> None:
    page = "<p>Call <svg><title>phone</title><path d='M0'/></svg> us</p>"
    assert shown(page) == [("paragraph", "Call us"), ("alt", "phone")]


def test_options_are_strings() -> None:
    page = "<p>Area <select><optgroup label=Face><option>lips<option>chin</select> please"
    assert shown(page) == [
        ("paragraph", "Area"),
        ("string", "Face"),
        ("string", "lips"),
        ("string", "chin"),
        ("paragraph", "please"),
    ]


def test_lines_with_prices_are_blocks_of_their_own() -> None:
    """A menu set with ``<br>`` is one block per line; an address is not."""
    menu = "<p>PRP face £250<br>Glycolic peel £90<br>Consultation free</p>"
    assert [text for _, text in shown(menu)] == ["PRP face £250", "Glycolic peel £90", "Consultation free"]
    assert [text for _, text in shown("<p>1 High Street<br>Leeds<br>LS1</p>")] == ["1 High Street Leeds LS1"]


def test_two_line_breaks_begin_a_block() -> None:
    assert [text for _, text in shown("<div>Soft<br>skin<br>\n<br>Firm skin</div>")] == ["Soft skin", "Firm skin"]


def test_language_is_inherited_and_ends_with_its_element() -> None:
    page = "<html lang=en><p>Glow<div lang=es><p>Piel<p lang=fr>Peau<p>Cara</div>Neck"
    assert [(b.text, b.lang) for b in read(page).blocks] == [
        ("Glow", "en"),
        ("Piel", "es"),
        ("Peau", "fr"),
        ("Cara", "es"),
        ("Neck", "en"),
    ]


def test_the_head_gives_title_and_meta_blocks() -> None:
    page = (
        "<title>Lips &lt;3</title><meta name=Description content='Plump lips'>"
        "<meta property='og:title' content='Lips'><meta name=viewport content='width=device-width'>"
    )
    assert [(b.role.value, b.text, b.pointer) for b in read(page).blocks] == [
        ("title", "Lips <3", None),
        ("meta", "Plump lips", "meta[name=description]"),
        ("meta", "Lips", "meta[property=og:title]"),
    ]


# never copy


@pytest.mark.parametrize(
    "page",
    [
        "<script>var claim = 'cures acne'</script>",
        "<script><!-- <script>'</script>' --></script>",
        "<style>.cures{content:'cures acne'}</style>",
        "<!-- cures acne -->",
        "<!-->-->".replace(">-->", ">") + "<!--- cures --!>",
        "<? cures acne ?>",
        "</ cures acne>",
        "<!doctype cures>",
        "<div class='cures' id=cures data-claim='cures acne' style='cures'></div>",
        "<a href='/cures-acne'></a><iframe src='/cures'>cures</iframe>",
        "<svg><path d='M cures'/><style>cures</style></svg>",
        "<noembed>cures</noembed>",
        "{{ cures.acne }}{% if cures %}{# cures #}<% cures %><?php echo 'cures>'; ?>",
        "<input type=hidden value=cures>",
        "<p cures",
    ],
)
def test_what_no_visitor_reads_is_no_copy(page: str) -> None:
    assert shown(page) == []


def test_text_after_the_body_still_counts() -> None:
    assert shown("<body><p>One</body></html>two") == [("paragraph", "One"), ("paragraph", "two")]


def test_hidden_text_is_copy() -> None:
    assert [text for _, text in shown("<p hidden>A<p aria-hidden=true>B<noscript>C</noscript>")] == ["A", "B", "C"]


def test_what_is_left_out_is_said() -> None:
    page = "<style>a{}</style><script>b()</script><!--c-->{{ d }}"
    assert [(page[part.start : part.end], part.reason) for part in read(page).left_out] == [
        ("a{}", "style"),
        ("b()", "script"),
        ("<!--c-->", "comment"),
        ("{{ d }}", "template"),
    ]


def test_a_template_mark_parts_words_and_may_hold_a_bracket() -> None:
    assert shown("<p>Dear{% include a > b %}client</p>") == [("paragraph", "Dear client")]
    assert shown("<p class=\"<?= $a['x'] > 1 ? \"b\" : '' ?>\">Peel</p>") == [("paragraph", "Peel")]


def test_an_unfinished_tag_ends_the_page_with_a_note() -> None:
    source = read("<p>Peel</p><a title='x><p>lost")
    assert [b.text for b in source.blocks] == ["Peel"]
    assert len(source.notes) == 1


# comments and signals


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<!-- menulint: ignore-file -- ours -->", " menulint: ignore-file -- ours "),
        ("<!--x--!>", "x"),
        ("<!-->", ""),
        ("<!--->", ""),
        ("<!-- open", " open"),
        ("{# menulint: ignore-file -- ours #}", "menulint: ignore-file -- ours"),
    ],
)
def test_comments_are_kept_without_their_marks(page: str, text: str) -> None:
    assert [(c.text, c.start, c.end) for c in read(page).comments] == [(text, 0, len(page))]


@pytest.mark.parametrize(
    ("page", "kind", "value"),
    [
        ("<html lang=en-GB>", "lang", "en-GB"),
        ("<link rel=canonical href='https://clinic.example/'>", "canonical", "https://clinic.example/"),
        ("<meta property=og:url content='https://clinic.example/'>", "canonical", "https://clinic.example/"),
        ("<a href='tel:+44%2020'>call</a>", "tel", "+44%2020"),
        ("<p>Call us: +44 20 7946 0000</p>", "tel", "+44 20 7946 0000"),
        ("<p>Write to hello@clinic.example</p>", "mail", "hello@clinic.example"),
        ("<a href='mailto:hello@clinic.example?subject=x'>", "mail", "hello@clinic.example"),
        ("<a href='/prices?a=1&amp;b=2'>", "link", "/prices?a=1&b=2"),
        ("<title> Lips &amp; more </title>", "title", "Lips & more"),
        ("<meta property=og:site_name content='Glow'>", "site-name", "Glow"),
        ("<meta name=author content='The team'>", "author", "The team"),
        ("<meta property=article:published_time content=2026-01-02>", "date", "2026-01-02"),
        ("<time datetime=2026-01-02>January</time>", "date", "2026-01-02"),
        ("<meta property=og:type content=article>", "type", "article"),
        ("<div itemscope itemtype='https://schema.org/BeautySalon'>", "type", "BeautySalon"),
        ("<meta itemprop=priceCurrency content=GBP>", "currency", "GBP"),
        ("<form action='/book'>", "form", "/book"),
    ],
)
def test_signals(page: str, kind: str, value: str) -> None:
    found = read(page).signals
    assert [(s.kind, s.value) for s in found] == [(kind, value)]
    assert page[found[0].start : found[0].end]


def test_the_first_of_two_attributes_of_a_name_counts() -> None:
    assert shown("<img alt=chin ALT=nose>") == [("alt", "chin")]


# structured data

LD = """<script type="application/ld+json">
{"@context": "https://schema.org", "@type": "MedicalClinic", "name": "Glow \\u0026 Co", "url": "https://glow.example",
 "telephone": "+44 20 0000", "address": {"addressCountry": "GB"}, "datePublished": "2026-01-02",
 "offers": [{"price": "90", "priceCurrency": "GBP", "name": "Stem\\u002Dcell facial"}],
 "answer": "<p>Fully <b>pain</b>less &amp; safe</p>"}</script>"""


def test_strings_of_structured_data_are_blocks_with_a_pointer() -> None:
    assert [(b.role.value, b.text, b.pointer) for b in read(LD).blocks] == [
        ("structured", "Glow & Co", "/name"),
        ("structured", "Stem-cell facial", "/offers/0/name"),
        ("structured", "Fully painless & safe", "/answer"),
    ]


def test_an_escape_in_structured_data_is_one_character_in_the_file() -> None:
    assert located(LD, "Stem-cell") == "Stem\\u002Dcell"
    assert located(LD, "painless &") == "pain</b>less &amp;"


def test_structured_data_gives_signals() -> None:
    assert {(s.kind, s.value) for s in read(LD).signals} == {
        ("type", "MedicalClinic"),
        ("site-name", "Glow & Co"),
        ("link", "https://glow.example"),
        ("tel", "+44 20 0000"),
        ("country", "GB"),
        ("date", "2026-01-02"),
        ("currency", "GBP"),
    }


def test_broken_structured_data_is_read_as_far_as_it_goes() -> None:
    source = read('<script type="application/ld+json">{"name": "Peel", "text": "Glow",,} "more"</script>')
    assert [b.text for b in source.blocks] == ["Peel", "Glow", "more"]
    assert source.notes == (BROKEN,)


# fragments


def test_a_fragment_is_read_at_its_place_in_the_host() -> None:
    host = "---\ntext\n---\n<p>Lip <b>filler</b></p>\n<ignored"
    build = SourceBuilder(host)
    read_fragment(host, 13, host.index("<ignored"), build, lang="en")
    source = build.source(path="", format="", encoding="", sha256="")
    assert [(b.text, b.lang) for b in source.blocks] == [("Lip filler", "en")]
    assert source.file_span(0, 4, 10) == (host.index("filler"), host.index("filler") + 6)
    assert not source.notes


def test_a_page_of_unknown_name_is_recognised() -> None:
    assert READER.recognises("\ufeff <!DOCTYPE html><html>")
    assert READER.recognises("<div class=a>Peel</div>")
    assert not READER.recognises("Peel < 10 % <div>")
    assert not READER.recognises("<feed><entry>")
