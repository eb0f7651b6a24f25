"""Catalogues of gettext."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.readers import read_bytes
from menulint.source import Source

Read = Callable[..., Source]
CheckPlaces = Callable[[Source], None]

CATALOGUE = """\
# Words of the booking page
msgid ""
msgstr ""
"Language: es_MX\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#: templates/home.html:12
#, python-format
msgctxt "heading"
msgid "Book %(name)s \\"today\\""
msgstr "Reserva %(name)s "
"\\"hoy\\""

msgid "home.hero.title"
msgstr "Piel más <b>suave</b>"

msgid "One visit"
msgid_plural "%d visits"
msgstr[0] "Una visita"
msgstr[1] "%d visitas"

#~ msgid "Old words here"
#~ msgstr "Palabras viejas"
"""


def test_messages_and_translations_are_read_in_their_place(read: Read, check_places: CheckPlaces) -> None:
    source = read(CATALOGUE, "site.po")
    check_places(source)
    assert [(b.text, b.lang) for b in source.blocks] == [
        ('Book ￼ "today"', None),
        ('Reserva ￼ "hoy"', "es-MX"),
        ("Piel más suave", "es-MX"),
        ("One visit", None),
        ("￼ visits", None),
        ("Una visita", "es-MX"),
        ("￼ visitas", "es-MX"),
    ]


def test_comments_and_words_out_of_use_are_told_apart(read: Read) -> None:
    source = read(CATALOGUE, "site.po")
    assert [c.text for c in source.comments] == ["Words of the booking page", "templates/home.html:12", "python-format"]
    assert [left.reason for left in source.left_out][-1] == "a translation out of use"


def test_a_catalogue_without_a_language_is_named_by_its_folder(read: Read) -> None:
    source = read('msgid "Soft skin"\nmsgstr "Piel suave"\n', "es/LC_MESSAGES/site.po")
    assert [b.lang for b in source.blocks] == [None, "es"]


def test_a_comment_silences_the_next_line() -> None:
    text = (
        '# menulint: ignore-next-line[MED] -- under review\nmsgid "Our serum boosts collagen in the skin."\nmsgstr ""\n'
    )
    found = Linter(load_pack(), Options(jurisdiction=("all",))).check_bytes("a.po", text.encode()).findings
    assert [f.suppressed is not None for f in found if f.severity != "info"] == [True]


def test_a_comment_before_a_message_silences_its_translation_and_no_other() -> None:
    """There is no place for a comment between the two."""
    text = (
        'msgid ""\nmsgstr "Language: en"\n\n'
        '# menulint: ignore-next-line[MED] -- under review\nmsgid "serum"\nmsgstr ""\n"Our serum "\n"heals acne."\n\n'
        'msgid "gel"\nmsgstr "Our gel cures acne."\n'
    )
    found = Linter(load_pack(), Options(jurisdiction=("GB",))).check_bytes("en.po", text.encode()).findings
    assert [(f.start.line, f.suppressed is not None) for f in found] == [(8, True), (11, False)]


@given(st.integers(0, len(CATALOGUE)), st.text(st.sampled_from('"\\#m\n a'), max_size=4))
def test_a_file_cut_or_changed_anywhere_is_read(at: int, put: str) -> None:
    for text in (CATALOGUE[:at] + put, CATALOGUE[:at] + put + CATALOGUE[at:]):
        source = read_bytes("a.po", text.encode())
        assert all(0 <= b.map.span(0, len(b.text))[0] <= len(text) for b in source.blocks)
