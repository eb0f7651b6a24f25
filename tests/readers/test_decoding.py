"""Bytes to text: nothing raises, nothing is lost, and every doubt is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menulint.readers.decoding import canonical, declared_encoding, decode


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_stays_as_first_character(encoding: str) -> None:
    """A price list saved with a byte order mark keeps it, so that offsets count it."""
    decoded = decode("Lip filler £250".encode(encoding))
    assert decoded.text == "\ufeffLip filler £250"
    assert decoded.notes == ()


def test_line_ends_stay_as_they_are() -> None:
    """CR LF is two characters of the file."""
    assert decode("Prices\r\n£250\r\n".encode()).text == "Prices\r\n£250\r\n"


def test_latin_1_in_a_meta_tag_means_windows_1252() -> None:
    """Browsers read the euro sign in a page that says iso-8859-1, and so do we."""
    decoded = decode(b'<meta charset="iso-8859-1"><p>Botox \x80200')
    assert (decoded.encoding, decoded.text[-5:]) == ("windows-1252", " €200")


def test_an_xml_declaration_names_the_encoding() -> None:
    """Polish in iso-8859-2."""
    data = b'<?xml version="1.0" encoding="ISO-8859-2"?><p>' + "zabieg odmładzający".encode("iso-8859-2")
    assert decode(data).text.endswith("zabieg odmładzający")


def test_what_the_server_says_wins_over_the_meta_tag() -> None:
    """A Content-Type header is nearer to the truth than a template's head."""
    data = b'<meta charset="windows-1252">' + "Омоложение".encode("windows-1251")
    assert decode(data, "windows-1251").text.endswith("Омоложение")


def test_a_meta_tag_in_a_comment_declares_nothing() -> None:
    """A commented-out tag is no tag."""
    assert declared_encoding(b"<!-- <meta charset=koi8-r> --><p>") is None


def test_an_unknown_label_is_ignored_and_said() -> None:
    """A misspelt label must not stop the reading."""
    decoded = decode('<meta charset="utf-ate"><p>peeling à 80 €'.encode())
    assert decoded.text.endswith("peeling à 80 €")
    assert decoded.notes == ("declared encoding 'utf-ate' is not known; it was ignored",)


@pytest.mark.parametrize("label", ["utf-7", "rot13", "base64", "idna", "no such thing", "a\x00b"])
def test_transforms_are_no_encodings(label: str) -> None:
    """A page must not choose a codec that is none."""
    assert canonical(label) is None


def test_a_few_broken_bytes_do_not_turn_a_page_into_mojibake() -> None:
    """One bad byte among French accents is replaced, and the note says on which line."""
    data = "Régénère la peau\nÉclat, fermeté, élasticité\n".encode() + b"soin \xe9clat\n"
    decoded = decode(data)
    assert decoded.text == "Régénère la peau\nÉclat, fermeté, élasticité\nsoin \ufffdclat\n"
    assert decoded.encoding == "utf-8"
    assert "first on line 3" in decoded.notes[0]


def test_text_that_is_no_utf_8_at_all_is_read_as_windows_1252() -> None:
    """Every pound sign of an old text file."""
    decoded = decode(b"Lip filler \xa3250\nCheeks \xa3300\n")
    assert decoded.text == "Lip filler £250\nCheeks £300\n"
    assert decoded.notes == ("not valid UTF-8 at byte 11; read as windows-1252",)


def test_bytes_windows_1252_leaves_undefined_are_kept() -> None:
    """0x81 becomes the control character of its number, as on the web."""
    assert decode(b"\x81 \x93soft\x94 \xa3").text == "\x81 “soft” £"


def test_a_page_that_lies_about_latin_1_is_read_as_what_it_is() -> None:
    """Saved anew as UTF-8 by somebody who forgot the tag."""
    decoded = decode('<meta charset="latin1"><p>crème à 80 €'.encode())
    assert decoded.text.endswith("crème à 80 €")
    assert decoded.encoding == "utf-8"


@given(st.binary(max_size=300), st.sampled_from([None, "latin1", "utf-8", "shift_jis", "utf-16", "gb2312", "x"]))
def test_any_bytes_decode(data: bytes, declared: str | None) -> None:
    """Whatever the bytes and the label, there is a text."""
    assert isinstance(decode(data, declared).text, str)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_utf_8_survives(text: str) -> None:
    """What was written as UTF-8 is read as it was written."""
    if not text.startswith("\x1b"):
        assert decode(text.encode()).text == text
