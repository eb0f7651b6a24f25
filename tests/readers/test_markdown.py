"""Markdown: what a visitor sees, and where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menulint.readers import read_bytes
from menulint.readers.base import GAP
from menulint.source import Block, Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]


def _texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks]


def _written(source: Source, block: Block, part: str) -> str:
    at = block.text.index(part)
    start, end = block.map.span(at, at + len(part))
    return source.text[start:end]


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("exo**some** care", "exosome care"),
        ("***very* calm** skin", "very calm skin"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("~~old~~ price, ~£20", "old price, ~£20"),
        ("a [calm *hour*](/x 'T') here", "a calm hour here"),
        ("skin &amp; soul &pound;20", "skin & soul £20"),
        (r"5\* rated", "5* rated"),
        ("use `code` here", "use \ufffc here"),
        ("lip<br>filler", "lip filler"),
        ("exo<b>some</b>", "exosome"),
        ("one  \ntwo\\\nthree", "one two three"),
        ("see [this] and [that][]", "see [this] and [that][]"),
        ("calm{: .lead} skin", "calm skin"),
        ("Dr {{ page.name }} is in", "Dr \ufffc is in"),
        ("a < b and c > d & e", "a < b and c > d & e"),
        ("look<!-- not seen --> here", "look here"),
        ("a soft\u00adhyphen", "a soft\u00adhyphen"),
    ],
)
def test_inline_marks_are_not_text(markdown: str, seen: str, read: Read, check_places: CheckPlaces) -> None:
    """What a visitor sees of a line of Markdown."""
    source = read(markdown)
    assert source.blocks[0].text == seen
    check_places(source)


def test_a_finding_in_marks_points_at_the_marks(read: Read) -> None:
    """A span that crosses emphasis covers it in the file."""
    source = read("Our exo**some** care\n")
    assert _written(source, source.blocks[0], "exosome") == "exo**some"


def test_headings_make_an_outline(read: Read) -> None:
    """ATX and setext headings, without closing marks and attributes."""
    source = read("# Menu #\n\nFace\n----\n\nText.\n\n### Gold {#gold .big}\n\nMore.\n")
    assert [(block.text, block.level, block.section) for block in source.blocks] == [
        ("Menu", 1, ()),
        ("Face", 2, (0,)),
        ("Text.", 0, (0, 1)),
        ("Gold", 3, (0, 1)),
        ("More.", 0, (0, 1, 3)),
    ]


def test_nested_lists_have_their_own_groups_and_intros(read: Read) -> None:
    """The inner list is introduced by the item it stands in; two paragraphs of an item share its row."""
    source = read("We offer:\n\n- [x] care\n- peels\n  1. light\n  2. deep\n- rest\n\n  at home\n")
    assert [(block.text, block.row, block.intro) for block in source.blocks[1:]] == [
        ("care", 0, 0),
        ("peels", 1, 0),
        ("light", 0, 2),
        ("deep", 1, 2),
        ("rest", 2, 0),
        ("at home", 2, 0),
    ]
    outer, inner = source.blocks[1].group, source.blocks[3].group
    assert outer != inner
    assert source.blocks[5].group == outer


def test_a_block_quotation_is_marked(read: Read) -> None:
    """Lazy lines belong to it; the paragraph after does not."""
    source = read("> They said: reborn\nin a day.\n\nWe do not.\n")
    assert [(block.text, block.quoted) for block in source.blocks] == [
        ("They said: reborn in a day.", True),
        ("We do not.", False),
    ]


def test_a_table_has_rows_columns_and_headers(read: Read) -> None:
    """A pipe escaped in a cell does not part it."""
    source = read("Prices\n\n| Treatment | Price |\n|---|--:|\n| Face \\| neck | **£180** |\n")
    cells = [(b.text, b.row, b.column, b.header, b.intro) for b in source.blocks if b.role is Role.TABLE_CELL]
    assert cells == [
        ("Treatment", 0, 0, True, 0),
        ("Price", 0, 1, True, 0),
        ("Face | neck", 1, 0, False, 0),
        ("£180", 1, 1, False, 0),
    ]


def test_images_and_titles_are_blocks_of_their_own(read: Read) -> None:
    """An alternative text is not part of the sentence around it."""
    source = read('Before ![a *calm* face](f.jpg "After & before") after [us](/about).\n')
    assert [(block.role, block.text) for block in source.blocks] == [
        (Role.PARAGRAPH, "Before after us."),
        (Role.ALT, "a calm face"),
        (Role.TITLE, "After & before"),
    ]
    assert [signal.value for signal in source.signals] == ["/about"]


def test_reference_links_find_definitions_below(read: Read) -> None:
    """The definition is no copy; its target is a signal."""
    source = read("See [our *menu*][Menu] and [menu].\n\n[MENU]: https://clinic.example/menu\n")
    assert _texts(source) == ["See our menu and menu."]
    assert [(signal.kind, signal.value) for signal in source.signals] == [("link", "https://clinic.example/menu")]


def test_footnotes_are_read_and_their_marks_are_not(read: Read) -> None:
    """The note is copy, and often the caveat."""
    assert _texts(read("Softer skin[^1].\n\n[^1]: In a study of twelve.\n")) == [
        "Softer skin.",
        "In a study of twelve.",
    ]


@pytest.mark.parametrize(
    ("markdown", "comment"),
    [
        ("<!-- menulint: ignore[RTE001] -- quoted -->\ntext", "menulint: ignore[RTE001] -- quoted"),
        ("text <!-- menulint: ignore[EFF] -- old --> more", "menulint: ignore[EFF] -- old"),
        ("[//]: # (menulint: ignore-file -- archive)\n", "menulint: ignore-file -- archive"),
        ("{/* menulint: ignore-file -- draft */}\n", "menulint: ignore-file -- draft"),
        ("{% comment %} menulint: ignore-file -- draft {% endcomment %}\n", "menulint: ignore-file -- draft"),
        ("{{/* menulint: ignore-file -- draft */}}\n", "menulint: ignore-file -- draft"),
    ],
)
def test_comments_of_every_kind_are_found(markdown: str, comment: str, read: Read) -> None:
    """Suppressions may stand in each of them; none is copy."""
    source = read(markdown)
    assert [found.text for found in source.comments] == [comment]
    assert not any("menulint" in text for text in _texts(source))


def test_code_is_left_out_and_said_so(read: Read) -> None:
    """Fenced, indented and inline code, imports of components."""
    source = read('import A from "./a.jsx"\n\nText `x`.\n\n```\nbotox()\n```\n\n    serum()\n')
    assert _texts(source) == ["Text \ufffc."]
    assert [source.text[piece.start : piece.end].split("\n")[0] for piece in source.left_out] == [
        'import A from "./a.jsx"',
        "`x`",
        "```",
        "serum()",
    ]


def test_template_marks_keep_their_words(read: Read) -> None:
    """A shortcode's caption is copy, its path is none."""
    source = read('{{< figure src="img/face.jpg" alt="A face after one visit" >}}\n\n{% button "Book your visit" %}\n')
    assert [(block.role, block.text) for block in source.blocks] == [
        (Role.ALT, "A face after one visit"),
        (Role.STRING, "Book your visit"),
    ]


def test_html_blocks_are_cut_at_their_elements(read: Read, check_places: CheckPlaces) -> None:
    """A page of HTML in a Markdown file: headings, lists, tables, nothing of scripts."""
    source = read(
        "<section>\n<h2>Gold&nbsp;facial</h2>\n<p>Soft <em>skin</em>.</p>\n<ul><li>calm</li><li>rest</li></ul>\n"
        "<table><tr><th>Price</th></tr><tr><td>£180</td></tr></table>\n"
        '<script>sell("botox")</script><img src="a.png" alt="A calm face">\n</section>\n'
    )
    assert [(block.role.value, block.text, block.row) for block in source.blocks] == [
        ("heading", "Gold\u00a0facial", None),
        ("paragraph", "Soft skin.", None),
        ("list-item", "calm", 0),
        ("list-item", "rest", 1),
        ("table-cell", "Price", 0),
        ("table-cell", "£180", 1),
        ("alt", "A calm face", None),
    ]
    check_places(source)


def test_markdown_between_html_tags_is_markdown(read: Read) -> None:
    """A blank line ends the HTML."""
    assert _texts(read("<div>\n\nSoft **skin**.\n\n</div>\n")) == ["Soft skin."]


def test_a_telephone_link_is_a_telephone(read: Read) -> None:
    """Its number says the country."""
    signals = read("[Call us](tel:+353-1-555-0100)\n").signals
    assert ("tel", "+353-1-555-0100") in [(signal.kind, signal.value) for signal in signals]


_PIECES = st.sampled_from(
    [
        "*",
        "**",
        "_",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "<",
        ">",
        "&amp;",
        "&pound;",
        "&",
        "\\",
        "\\*",
        "~~",
        "|",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\t",
        "# ",
        "---\n",
        "===\n",
        "|-|\n",
        "<!--",
        "-->",
        "<b>",
        "</b>",
        "<div>",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "{: .x}",
        '"',
        "'",
        "word",
        "two words",
        "é",
        "𝒢low",
        "\u00ad",
        "\u00a0",
        "\ufeff",
        "\ufdd0",
        ":",
        "/url",
        "[^1]",
        "[a]: ",
        "+++\n",
        "key: ",
        "```\n",
        "<script>",
        "</script>",
        "<?",
        "?>",
        "import ",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=600)
def test_any_mixture_of_marks_is_placed(text: str) -> None:
    """Nothing raises, and each letter of a block is a letter of the file at the place its map gives."""
    source = read_bytes("a.md", text.encode())
    for block in source.blocks:
        for at, character in enumerate(block.text):
            start, end = block.map.span(at, at + 1)
            written = source.text[start:end]
            assert character in (" ", GAP) or written == character or written[:1] in ("&", "\\", "'")


@given(
    st.lists(
        st.sampled_from(["calm", "*skin*", "**soul**", "&amp;", "é", "𝒢", "[link](/x)", "`x`", "rest\\*"]), max_size=12
    )
)
@settings(max_examples=200)
def test_line_ends_and_marks_do_not_move_a_word(words: list[str]) -> None:
    """The same words with LF, CR LF and a byte order mark read the same, each word at its own place."""
    text = "Intro\n" + "\n".join(words)
    blocks = [block.text for block in read_bytes("a.md", text.encode()).blocks]
    variant = "\ufeff" + text.replace("\n", "\r\n")
    source = read_bytes("a.md", variant.encode())
    assert [block.text for block in source.blocks] == blocks
    calm = source.blocks[0].text.find("calm")
    if calm >= 0:
        assert source.blocks[0].map.span(calm, calm + 4)[0] == variant.index("calm")


def test_deep_nesting_is_read_to_the_end() -> None:
    """Ten thousand quotations in one line, two thousand lists in one another."""
    assert read_bytes("a.md", b"> " * 10_000 + b"calm").blocks[0].text == "calm"
    nested = "\n".join(" " * depth * 2 + f"- item{depth}" for depth in range(2_000))
    text = " ".join(block.text for block in read_bytes("a.md", nested.encode()).blocks)
    assert all(f"item{depth}" in text for depth in (0, 70, 1_999))
