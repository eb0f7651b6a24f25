"""JSON files: what is copy, how it is bound, and what only programs read."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers import read_bytes
from menulint.source import Block, Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(block.role.value, block.text) for block in source.blocks]


def one(source: Source, text: str) -> Block:
    (block,) = [block for block in source.blocks if block.text == text]
    return block


PAGE = """{
  "title": "Calm Skin Rooms", "slug": "calm-skin-rooms", "heroImage": "/img/laser-before-after.jpg",
  "benefits": ["Softer feel", "Brighter look", "painless"],
  "faq": [{"answer": "Yes, for \\"most\\" people.", "question": "Is it safe?"}],
  "menu": [{"name": "Brow lift", "price": "£120"}, {"name": "Lip line", "price": "£90"}],
  "treatments": [{"title": "Peel", "text": "A **gentle** peel.", "cta": "Book now"}],
  "closing": "We are a nurse-led clinic."
}"""


def test_every_string_that_reads_like_words_is_copy(read: Read, check_places: CheckPlaces) -> None:
    source = read(PAGE, "page.json")
    check_places(source)
    texts = [block.text for block in source.blocks]
    assert texts == [
        "Calm Skin Rooms", "Softer feel", "Brighter look", "painless", "Is it safe?", 'Yes, for "most" people.',
        "Brow lift", "£120", "Lip line", "£90", "Peel", "A gentle peel.", "Book now", "We are a nurse-led clinic.",
    ]  # fmt: skip


def test_the_category_of_a_list_of_things_heads_it(read: Read) -> None:
    source = read('{"menu": [{"category": "Peels", "items": [{"name": "Light peel", "price": "£60"}]}]}', "menu.json")
    assert one(source, "Light peel").section == (one(source, "Peels").index,)


def test_the_category_of_a_single_thing_is_no_copy(read: Read) -> None:
    assert (
        blocks(read('{"name": "Light peel", "category": "Peels", "price": "£60"}', "peel.json"))[0][1] == "Light peel"
    )
    assert "Peels" not in [text for _, text in blocks(read('{"title": "Post", "category": "Peels"}', "post.json"))]


def test_a_pointer_tells_where_in_the_data_a_block_stands(read: Read) -> None:
    source = read(PAGE, "page.json")
    data: Any = json.loads(PAGE)
    for block in source.blocks:
        value = data
        for part in (block.pointer or "").split("/")[1:]:
            value = value[int(part) if isinstance(value, list) else part]
        assert value.replace("*", "") == block.text


def test_a_question_stands_right_before_its_answer(read: Read) -> None:
    source = read(PAGE, "page.json")
    question, answer = one(source, "Is it safe?"), one(source, 'Yes, for "most" people.')
    assert (question.role, answer.index, answer.section) == (Role.HEADING, question.index + 1, (question.index,))


def test_a_title_heads_its_own_object_and_nothing_behind_it(read: Read) -> None:
    source = read(PAGE, "page.json")
    assert one(source, "A gentle peel.").section == (one(source, "Peel").index,)
    assert one(source, "We are a nurse-led clinic.").section == ()
    assert source.blocks[0].role is Role.TITLE


def test_objects_with_prices_are_rows(read: Read) -> None:
    source = read(PAGE, "page.json")
    name, price = one(source, "Lip line"), one(source, "£90")
    assert (name.role, name.group, name.row, price.row) == (Role.TABLE_CELL, price.group, 1, 1)


def test_strings_of_an_array_are_a_list_below_their_heading(read: Read) -> None:
    source = read('{"a": {"heading": "Good for", "items": ["Dry skin", "Dull skin"]}}', "a.json")
    first, second = one(source, "Dry skin"), one(source, "Dull skin")
    assert (first.role, first.row, second.row, first.intro) == (Role.LIST_ITEM, 0, 1, 0)


RICH = {
    "contentful": '{"nodeType":"document","content":[{"nodeType":"heading-2","content":[{"nodeType":"text","value":"Our "},'
    '{"nodeType":"text","marks":[{"type":"bold"}],"value":"peel"}]},{"nodeType":"paragraph","content":[{"nodeType":"text",'
    '"value":"Soft "},{"nodeType":"hyperlink","data":{"uri":"/x"},"content":[{"nodeType":"text","value":"skin"}]}]}]}',
    "sanity": '[{"_type":"block","style":"h2","children":[{"_type":"span","text":"Our "},{"_type":"span","marks":["strong"],'
    '"text":"peel"}]},{"_type":"block","style":"normal","children":[{"_type":"span","text":"Soft "},{"_type":"span",'
    '"text":"skin"}]}]',
    "slate": '[{"type":"h2","children":[{"text":"Our "},{"text":"peel","bold":true}]},{"type":"paragraph","children":[{"text":'
    '"Soft "},{"type":"link","url":"/x","children":[{"text":"skin"}]}]}]',
    "prosemirror": '{"type":"doc","content":[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"Our "},'
    '{"type":"text","marks":[{"type":"bold"}],"text":"peel"}]},{"type":"paragraph","content":[{"type":"text","text":"Soft"},'
    '{"type":"hardBreak"},{"type":"text","text":"skin"}]}]}',
    "shopify": '{"type":"root","children":[{"type":"heading","level":2,"children":[{"type":"text","value":"Our "},{"type":'
    '"text","value":"peel","bold":true}]},{"type":"paragraph","children":[{"type":"text","value":"Soft skin"}]}]}',
    "draft": '{"blocks":[{"key":"a1","text":"Our peel","type":"header-two","inlineStyleRanges":[]},'
    '{"key":"a2","text":"Soft skin","type":"unstyled","inlineStyleRanges":[]}],"entityMap":{}}',
    "elements": '[["h2",null,"Our ",["strong",null,"peel"]],["p",{"class":"a-b"},"Soft ","skin"]]',
}


@pytest.mark.parametrize("rich", RICH.values(), ids=RICH)
@pytest.mark.parametrize("inside", [False, True], ids=["data", "a string that holds it"])
def test_rich_text_is_joined_over_its_leaves(rich: str, inside: bool, read: Read, check_places: CheckPlaces) -> None:
    source = read(json.dumps({"body": rich}) if inside else f'{{"body": {rich}}}', "a.json")
    assert blocks(source) == [("heading", "Our peel"), ("paragraph", "Soft skin")]
    assert (source.blocks[0].level, source.blocks[1].section) == (2, (0,))
    if not inside:
        check_places(source)


def test_items_of_rich_text_are_one_list(read: Read) -> None:
    items = ",".join(f'{{"_type":"block","listItem":"bullet","children":[{{"text":"Item {n}"}}]}}' for n in "ab")
    source = read(f'{{"body": [{items}]}}', "a.json")
    assert [(b.role, b.row, b.text) for b in source.blocks] == [
        (Role.LIST_ITEM, 0, "Item a"),
        (Role.LIST_ITEM, 1, "Item b"),
    ]
    assert source.blocks[0].group == source.blocks[1].group is not None


def test_html_and_markdown_in_values_are_read_as_such(read: Read, check_places: CheckPlaces) -> None:
    source = read(
        r'{"a": "<h2>Peel<\/h2><p>For \"dry\" skin &amp; more<\/p>", "b": "## Two\n\nSome *words*\n\n- x y"}', "a.json"
    )
    check_places(source)
    assert [b.text for b in source.blocks] == ["Peel", 'For "dry" skin & more', "Two", "Some words", "x y"]
    assert source.blocks[1].section == (0,)
    assert source.blocks[2].section == ()


def test_json5_with_comments_is_read(read: Read) -> None:
    source = read(
        "/* theme */ {heading: 'Our rooms', // a note\n text: \"Quiet rooms\", n: +1.5, list: ['One room',],}",
        "a.json5",
    )
    assert [b.text for b in source.blocks] == ["Our rooms", "Quiet rooms", "One room"]
    assert [c.text for c in source.comments] == ["theme", "a note"]


def test_a_member_named_twice_is_found_in_both_places(read: Read, check_places: CheckPlaces) -> None:
    source = read('{"text": "Quiet rooms", "text": "Quiet rooms"}', "a.json")
    check_places(source)
    assert [b.map.span(0, 1)[0] for b in source.blocks] == [10, 33]


def test_what_is_filled_in_later_is_one_unreadable_word(read: Read) -> None:
    assert read('{"a": "Hello {name}, save %d today"}', "a.json").blocks[0].text == "Hello ￼, save ￼ today"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", '{"name": "x", "description": "Rejuvenates your skin"}'),
        ("package-lock.json", '{"a": "Some words here"}'),
        (".vscode/settings.json", '{"a": "Some words here"}'),
        ("data.json", '{"compilerOptions": {}, "a": "Some words here"}'),
        ("towns.json", '{"type": "FeatureCollection", "features": [{"name": "Old town"}]}'),
        ("anim.json", '{"v": "5.5", "fr": 30, "layers": [{"nm": "Left arm"}]}'),
        ("app.js.map.json", '{"version": 3, "sources": ["a b"], "mappings": "AAAA", "names": ["Some words here"]}'),
        ("s.json", '{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Some words here"}'),
        (
            "theme.json",
            '{"$schema": "https://schemas.wp.org/trunk/theme.json", "customTemplates": [{"title": "Some words here"}]}',
        ),
        ("theme.json", '{"version": 3, "settings": {"color": {"palette": [{"name": "Some words"}]}}, "styles": {}}'),
    ],
)
def test_what_only_programs_read_is_left_out_with_a_reason(path: str, text: str, read: Read) -> None:
    source = read(text, path)
    assert source.blocks == ()
    assert source.left_out[0].reason


@pytest.mark.parametrize(
    "member",
    ['"buttonUrl": "book here now"', '"id": "Lip filler"', '"class": "flex items-center"', '"src": "a b.jpg"',
     '"template": "page builder"', '"x": "full_width"', '"x": "#ff00aa"', '"x": "treatments/exosome-therapy"',
     '"x": "exosome-skin-therapy"', '"x": "exosomeTherapy"', '"_key": "Some words here"', '"x": "https://a.example/lip-filler"'],
)  # fmt: skip
def test_names_of_programs_are_no_copy(member: str, read: Read) -> None:
    assert read(f"{{{member}}}", "a.json").blocks == ()


@pytest.mark.parametrize(
    ("path", "lang"),
    [("locales/es.json", "es"), ("es/common.json", "es"), ("src/i18n/pt_BR.json", "pt-BR"), ("messages.fr.json", "fr"),
     ("lang/en-US.json", "en"), ("app_de.arb", "de"), ("it/menu.json", "it"), ("menu.json", None), ("no-fillers.json", None)],
)  # fmt: skip
def test_a_translation_tells_its_language_by_its_name(path: str, lang: str | None, read: Read) -> None:
    source = read('{"home": {"welcome": "Some words here"}}', path)
    assert [block.lang for block in source.blocks] == [lang]


def test_arb_says_its_language_and_keeps_notes_for_translators(read: Read) -> None:
    source = read(
        '{"@@locale": "es_MX", "hello": "Hola {name}", "@hello": {"description": "Greets people"}}', "app.arb"
    )
    assert [(b.text, b.lang) for b in source.blocks] == [("Hola ￼", "es-MX")]


def test_translations_side_by_side_each_have_their_language(read: Read) -> None:
    source = read('{"en": {"a": "Some words"}, "es": {"a": "Unas palabras"}}', "texts.json")
    assert [b.lang for b in source.blocks] == ["en", "es"]


def test_of_the_settings_of_a_theme_only_defaults_are_copy(read: Read) -> None:
    text = '[{"name": "Banner", "settings": [{"label": "Banner text", "info": "Shown on top", "default": "Soft skin days"}]}]'
    assert [b.text for b in read(text, "config/settings_schema.json").blocks] == ["Soft skin days"]


def test_of_the_description_of_a_block_only_defaults_are_copy(read: Read) -> None:
    text = '{"apiVersion": 3, "name": "a/offer", "title": "Peel offer", "attributes": {"text": {"default": "Soft skin days"}}}'
    assert [b.text for b in read(text, "blocks/offer/block.json").blocks] == ["Soft skin days"]


def test_a_comment_silences_a_finding() -> None:
    text = '{\n// menulint: ignore-next-line[MED] -- wording under review\n"a": "Our serum boosts collagen."\n}'
    linter = Linter(load_pack(), Options(jurisdiction=("all",)))
    found = [f for f in linter.check_bytes("a.json", text.encode()).findings if f.severity != "info"]
    assert found
    assert all(finding.suppressed for finding in found)


NAMES = st.sampled_from(["type", "children", "text", "title", "question", "a", "1"])
DATA = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


@given(DATA, st.randoms(use_true_random=False))
def test_any_data_cut_anywhere_is_read(data: Any, chance: random.Random) -> None:
    text = " " + json.dumps(data, ensure_ascii=chance.random() < 0.5)
    source = read_bytes("a.json", text[: chance.randrange(len(text)) + 1].encode("utf-8", "replace"))
    for block in source.blocks:
        start, end = block.map.span(0, len(block.text))
        assert 0 <= start <= end <= len(source.text)
