"""JavaScript, TypeScript and JSX: what a visitor reads, and nothing of the program around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.source import Block, Role, Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]


def shown(source: Source) -> list[str]:
    """The texts of all blocks."""
    return [block.text for block in source.blocks]


def only(source: Source, text: str) -> Block:
    """The one block that reads so."""
    (block,) = [block for block in source.blocks if block.text == text]
    return block


def headings(source: Source, text: str) -> list[str]:
    """The headings a block stands under."""
    return [source.blocks[index].text for index in only(source, text).section]


def reasons(source: Source) -> dict[str, str]:
    """What was left out, and why."""
    return {source.text[left.start : left.end]: left.reason for left in source.left_out}


@pytest.mark.parametrize(
    "code",
    [
        "import Peel from 'Our chemical peels'",
        "export { peel } from 'Our chemical peels'",
        "const a = require('Our chemical peels')",
        "const a = await import('Our chemical peels')",
        "console.log('Our chemical peels', 'are on')",
        "if (kind === 'Our chemical peels') go()",
        "switch (kind) { case 'Our chemical peels': go() }",
        "element.addEventListener('Our chemical peels', go)",
        "document.querySelector('Our chemical peels')",
        "fetch('Our chemical peels')",
        "throw new Error('Our chemical peels')",
        "const label = t('ourChemicalPeels')",
        "const label = i18n.t('home.our-peels')",
        "const label = this.$t(`peels`)",
        "const a = { className: 'Our chemical peels' }",
        "const a = { 'Our chemical peels': 1 }",
        "const a = prices['Our chemical peels']",
        "const a = clsx('Our chemical peels', open && 'and more')",
        "const a = { slug: 'our-chemical-peels', path: '/our/chemical-peels' }",
        "const box = 'flex items-center gap-4 relative hidden'",
        "const box = 'px-4 py-2 hover:bg-rose-100 md:text-lg'",
        "const a = gql`query Peels { peels { title } }`",
        "const a = styled.div`color: red; transform: none;`",
        "const a = 'SELECT name FROM peels WHERE id = 1'",
        "const a = '*[_type == \"peel\"]{title, body}'",
        "const a = 'linear-gradient(90deg, rgba(0,0,0,.5), red)'",
        "const a = '2026-03-01T10:00:00Z'",
        "const a = '/images/before after.jpg'",
        "const a = <div className='Our chemical peels' data-x='of two kinds' id='peels of fruit' style={{ a: 'b c d' }} />",
        "const a = /Our chemical peels/",
        "'use client'",
        "track('peel_click', { label: 'Our chemical peels' })",
        "window.dataLayer.push({ event: 'peel', label: 'Our chemical peels' })",
        "this.$gtag.event('peel', { event_label: 'Our chemical peels' })",
        "const a = <Hero analyticsEvent='Our chemical peels' />",
        "const a = <Link href={{ pathname: '/peels', query: { name: 'Our chemical peels' } }} />",
        "const emit = defineEmits(['Our chemical peels'])",
        "if (['Our chemical peels', 'Our lasers here'].includes(kind)) go()",
        "fetch('/peels', { body: JSON.stringify({ name: 'Our chemical peels' }) })",
        "history.replaceState({}, 'Our chemical peels')",
        "Page.propTypes = { kind: PropTypes.oneOf(['Our chemical peels', 'Our lasers here']) }",
        "const a = <Layout activeTab='Our chemical peels' />",
        "const FORBIDDEN_PHRASES = ['Our chemical peels']",
        "element.dataset.name = 'Our chemical peels'",
        "invariant(kind, 'Our chemical peels')",
        "const query = useQuery({ queryKey: ['Our chemical peels', 1] })",
        "const form = useForm({ defaultValues: { kind: 'Our chemical peels' } })",
        "const a = <TabsTrigger value='Our chemical peels' />",
        "const a = <FormattedMessage id='peels' description='Our chemical peels' />",
        "const a = defineMessages({ peels: { id: 'peels', description: 'Our chemical peels', defaultMessage: '' } })",
        "const a = <Script id='a'>{`gtag('event', 'Our chemical peels')`}</Script>",
        "const a = <script dangerouslySetInnerHTML={{ __html: `window.name = 'Our chemical peels'` }} />",
    ],
)
def test_code_is_never_copy(read: Read, code: str) -> None:
    """Whatever the words, a place that only a program reads is none."""
    assert shown(read(code, "a.jsx")) == []


def test_pieces_shown_in_two_lines_are_no_single_word(read: Read) -> None:
    """Only one of them may be there."""
    code = "const a = <p>\n{b && <b>Our chemical peels</b>}\n{c ? 'Our lasers here' : null}\n</p>"
    assert " ".join(shown(read(code, "a.jsx"))) == "Our chemical peels Our lasers here"


@pytest.mark.parametrize(
    "code",
    [
        "const label = t('Our chemical peels')",
        "const label = t('home.peels', 'Our chemical peels')",
        "const label = <h1>{t('home.peels', { defaultValue: 'Our chemical peels' })}</h1>",
        "const label = intl.formatMessage({ id: 'home.peels', defaultMessage: 'Our chemical peels' })",
        "const label = <FormattedMessage id='home.peels' defaultMessage='Our chemical peels' />",
        "const label = <p>{this.$t('home.peels', `Our chemical peels`)}</p>",
    ],
)
def test_the_text_shown_where_there_is_no_translation_is_copy(read: Read, code: str) -> None:
    """Whether it stands beside its key or is the key."""
    assert shown(read(code, "a.jsx")) == ["Our chemical peels"]


@pytest.mark.parametrize(
    "code",
    [
        "type Kind = 'Our chemical peels' | 'Our lasers here'",
        "interface Props { kind: 'Our chemical peels' }",
        "function f(a: 'Our chemical peels' = b) {}",
        "enum Kind { Peel = 'Our chemical peels' }",
        "const a = b as 'Our chemical peels'",
    ],
)
def test_types_are_never_copy(read: Read, code: str) -> None:
    """Literals in types name cases for the compiler."""
    assert shown(read(code, "a.ts")) == []


@pytest.mark.parametrize(
    "code",
    [
        "const intro = 'Skin that glows again'",
        'export default "Skin that glows again"',
        "setMessage('Skin that glows again')",
        "const a = { oneLineBenefit: 'Skin that glows again' }",
        "const a = open ? 'Skin that glows again' : null",
        "const a = text || 'Skin that glows again'",
        "function f({ tagline = 'Skin that glows again' }) {}",
        "panel.innerHTML = '<p>Skin that <b>glows</b> again</p>'",
        "const a = html`<p>Skin that glows again</p>`",
        "return 'Skin that glows again'",
        "const a = 'Skin that ' + 'glows again'",
        "const a = `Skin that\n   glows again`",
        "class A { static text = 'Skin that glows again' }",
        "const a = <p>Skin that <strong>glows</strong>\n   again</p>",
        "const a = <p>Skin that{' '}<a href='/x'>glows</a> {'again'}</p>",
        "const a = <Hero line='Skin that glows again' />",
        "const a = <Hero>{`Skin that glows again`}</Hero>",
        "const a = <img src='/a.png' alt={`Skin that glows again`} />",
        "items.map(() => <li>Skin that glows again</li>)",
    ],
)
def test_words_in_any_other_place_are_copy(read: Read, check_places: CheckPlaces, code: str) -> None:
    """A list of what is code, not one of what is copy: nobody has to think of the key beforehand."""
    source = read(code, "a.jsx")
    assert shown(source) == ["Skin that glows again"]
    check_places(source)


def test_a_concatenation_reads_as_one_text_with_a_gap_for_what_is_computed(read: Read) -> None:
    """A claim must not fall apart at the plus signs."""
    source = read('const a = "From " + price + " for our " + `full ${name} facial`', "a.js")
    assert shown(source) == ["From \ufffc for our full \ufffc facial"]


def test_escapes_are_decoded_at_their_place(read: Read) -> None:
    """An apostrophe behind a backslash, a letter by its number."""
    source = read(r"const a = 'It\'s caf\u00e9 time \u{1F600} here'", "a.js")
    (block,) = source.blocks
    assert block.text == "It's café time \U0001f600 here"
    assert source.text[slice(*source.file_span(0, 2, 4))] == r"\'s"
    assert source.text[slice(*source.file_span(0, 8, 9))] == r"\u00e9"


def test_a_question_heads_its_answer(read: Read) -> None:
    """Members of an object belong together, whatever their order."""
    source = read("const faqs = [{ answer: 'It does not hurt at all.', question: 'Does it hurt?' }]", "a.ts")
    assert [block.role for block in source.blocks] == [Role.HEADING, Role.PARAGRAPH]
    assert headings(source, "It does not hurt at all.") == ["Does it hurt?"]


def test_an_object_ends_its_heading(read: Read) -> None:
    """What follows an object in the file stands under none of its headings."""
    code = "const a = { title: 'Peels', text: 'A fresh start for skin.' }; const b = 'Closed on Sundays all year.'"
    assert headings(read(code, "a.js"), "Closed on Sundays all year.") == []


def test_strings_in_an_array_are_a_list_under_the_title_of_its_object(read: Read) -> None:
    """The title introduces the list."""
    source = read("const a = { heading: 'Not for you if', items: ['You are pregnant', 'Your skin is broken'] }", "a.js")
    items = [block for block in source.blocks if block.role is Role.LIST_ITEM]
    assert [(item.row, item.intro, item.group) for item in items] == [(0, 0, 0), (1, 0, 0)]


def test_short_objects_are_the_rows_of_a_table(read: Read) -> None:
    """A price list: each price belongs to its treatment."""
    source = read("const p = [{ price: '£90', name: 'Peel' }, { price: '£120', name: 'Facial' }]", "a.js")
    assert [(b.text, b.row, b.column) for b in source.blocks] == [
        ("Peel", 1, 0), ("£90", 1, 1), ("Facial", 2, 0), ("£120", 2, 1),
    ]  # fmt: skip


def test_of_two_values_under_one_key_the_last_is_shown(read: Read) -> None:
    """As the language has it; the other is dead."""
    source = read("const a = { note: 'An old promise here', note: 'A new promise here' }", "a.js")
    assert shown(source) == ["A new promise here"]
    assert reasons(source)["'An old promise here'"] == "overwritten by a later value of the same key"


def test_two_alternatives_under_one_key_are_both_read(read: Read) -> None:
    """A condition does not overwrite."""
    source = read("const a = { note: x ? 'One promise here' : 'Another promise here' }", "a.js")
    assert shown(source) == ["One promise here", "Another promise here"]


def test_metadata_is_the_head_of_a_page(read: Read) -> None:
    """Title and description of the page, not of something on it."""
    source = read(
        "export const metadata = { title: 'Peels in Bath', description: 'Fresh skin in an hour.' }", "page.tsx"
    )
    assert [block.role for block in source.blocks] == [Role.TITLE, Role.META]
    assert list(source.signal_values("title")) == ["Peels in Bath"]


def test_structured_data_gives_signals(read: Read) -> None:
    """JSON-LD that a script will print."""
    code = "const ld = { '@context': 'https://schema.org', '@type': 'BeautySalon', name: 'Dew', telephone: '+44 1225 000000' }"
    source = read(code, "a.js")
    assert list(source.signal_values("type")) == ["BeautySalon"]
    assert list(source.signal_values("site-name")) == ["Dew"]
    assert list(source.signal_values("tel")) == ["+44 1225 000000"]


def test_elements_are_read_as_in_html(read: Read) -> None:
    """Headings, lists, tables and buttons by their names; usual components by theirs."""
    code = """const a = <main><h2>Peels</h2><ul><li>Gentle</li></ul><Table><TableRow><TableCell>Neck</TableCell></TableRow>
      </Table><Button>Book now</Button><CardTitle>Facials</CardTitle><CardDescription>For all skin</CardDescription></main>"""
    roles = {block.text: block.role.value for block in read(code, "a.tsx").blocks}
    assert roles == {
        "Peels": "heading", "Gentle": "list-item", "Neck": "table-cell", "Book now": "button", "Facials": "heading",
        "For all skin": "paragraph",
    }  # fmt: skip


def test_the_title_of_a_component_heads_its_content(read: Read) -> None:
    """Properties are members of an object, children belong to it."""
    code = "const a = <><Card title='Peels'><p>A fresh start.</p></Card><p>We open at nine.</p></>"
    source = read(code, "a.jsx")
    assert headings(source, "A fresh start.") == ["Peels"]
    assert headings(source, "We open at nine.") == []


def test_a_component_parts_blocks_unless_it_stands_in_a_sentence(read: Read) -> None:
    """An icon or a highlighted word is no border."""
    code = "const a = <div><Box>One</Box><Box>Two</Box><p>Loved <Heart/> by <Glow>all</Glow> of us</p></div>"
    assert shown(read(code, "a.jsx")) == ["One", "Two", "Loved by all of us"]


def test_alternatives_of_an_expression_do_not_run_together(read: Read) -> None:
    """Only one of them is shown at a time."""
    source = read("const a = <button>{open ? 'Show less of it' : 'Show more of it'}</button>", "a.jsx")
    assert shown(source) == ["Show less of it", "Show more of it"]


def test_a_bare_ampersand_is_text(read: Read, check_places: CheckPlaces) -> None:
    """The parser stumbles over it, the reader does not."""
    source = read("const a = <p>Peels & facials, R&D &amp; more</p>", "a.jsx")
    assert shown(source) == ["Peels & facials, R&D & more"]
    check_places(source)


def test_a_literal_that_is_a_page_is_read_as_one(read: Read) -> None:
    """Whatever variable it stands in."""
    code = (
        "const mail = `<!DOCTYPE html><html><head><title>Offer</title></head><body><h1>Hi ${name}</h1></body></html>`"
    )
    assert [(b.text, b.role.value) for b in read(code, "a.js").blocks] == [("Offer", "title"), ("Hi \ufffc", "heading")]


def test_a_suppression_stands_in_any_comment() -> None:
    """Line comments, block comments and those between tags."""
    linter = Linter(load_pack(), Options(jurisdiction=("GB",)))
    claim = "const a = 'Our exosome injections reverse ageing.'"
    assert linter.check_bytes("a.js", claim.encode()).findings
    for comment in ("// {} ", "/* {} */"):
        mark = comment.format("menulint: ignore-next-line[RTE,MED,EFF,SRC] -- seen by counsel")
        found = linter.check_bytes("a.js", f"{mark}\n{claim}".encode()).findings
        assert all(place.suppressed for finding in found for place in finding.places)
    markup = "const a = <p>{/* menulint: ignore-next-line -- seen by counsel */}\nOur exosome injections.</p>"
    found = linter.check_bytes("a.jsx", markup.encode()).findings
    assert found
    assert all(place.suppressed for finding in found for place in finding.places)


def test_a_bundle_is_passed_over(read: Read) -> None:
    """Minified code is nobody's copy to mend."""
    source = read("var a=function(){return'Our peels are best'};" * 400, "a.js")
    assert shown(source) == []
    assert source.notes == ("a minified bundle: nothing of it was read",)


def test_code_that_cannot_be_parsed_is_said_so(read: Read) -> None:
    """And the strings in it are read all the same."""
    source = read("const a = {{{ 'Our peels are gentle' ) ] const ;; 'Our facials too' =", "a.js")
    assert shown(source) == ["Our peels are gentle", "Our facials too"]
    assert "could not be parsed" in source.notes[0]


def test_words_beyond_ascii_keep_their_places(read: Read, check_places: CheckPlaces) -> None:
    """The parser counts bytes, the report characters."""
    source = read(
        "// café 🙂\nconst a = { título: 'Piel más suave 🙂 sin dolor', b: <p>Más luz “aquí” ✓ mañana</p> }", "a.jsx"
    )
    assert shown(source) == ["Piel más suave 🙂 sin dolor", "Más luz “aquí” ✓ mañana"]
    check_places(source)


def test_a_lone_surrogate_does_not_shift_places(read: Read) -> None:
    """It cannot be written in UTF-8, which the parser reads."""
    from menulint.readers.base import SourceBuilder
    from menulint.readers.javascript import READER

    text = "// \ud83d\nconst a = 'A gentle peel'"
    build = SourceBuilder(text, "a.js")
    READER.read(text, build)
    source = build.source(path="a.js", format="javascript", encoding="utf-8", sha256="")
    assert text[slice(*source.file_span(0, 0, 13))] == "A gentle peel"
