"""Which forms stand in a text: compared with looking for each of them everywhere, from plain values and from stored rows."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from menulint.pack import index
from menulint.pack.index import PIECE, Met, StoredRows, Words, pieces_of, tables, with_forms, words_of
from menulint.pack.matcher import Matcher
from menulint.pack.model import Entry, Lexicon
from menulint.text.folding import fold

PIECES = ["a", "ab", "b", "ñ", "1", "10", "-", "%", "£", "+", ", ", " ", "…"]
STRINGS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join).map(lambda s: fold(s.strip()).text)
TEXTS = st.lists(st.sampled_from([*PIECES, "ab 10%"]), max_size=20).map("".join)


def lexicon_of(strings: set[str]) -> Lexicon:
    """Each string is the form of a cue of its own, so that none competes with another."""
    forms = {string: ((number, ""),) for number, string in enumerate(sorted(strings))}
    entries = tuple(Entry("en", says=f"genre:{number}") for number in range(len(strings)))
    return Lexicon(entries, forms, (), {}, {}, (), {})


def stored(lexicon: Lexicon) -> Lexicon:
    """The same lexicon as it comes from a compiled pack."""
    words = words_of(lexicon)
    rows = StoredRows(*StoredRows.stored(words.rows))
    return replace(lexicon, words=Words(rows, words.parts, words.needs), forms=tables(rows)["forms"])


def stands(text: str, start: int, end: int) -> bool:
    """Whether a span neither begins nor ends inside a word."""
    into = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    out = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not into and not out


@settings(max_examples=300)
@given(st.sets(STRINGS.filter(bool), max_size=12), TEXTS)
def test_forms_are_found_wherever_they_stand_as_words(strings: set[str], text: str) -> None:
    """None inside a word; the longest of those that begin with one another's words, as every form competes only with itself."""
    folded = fold(text)
    lexicon = lexicon_of(strings)
    everywhere = {
        (number, at, at + len(string))
        for number, string in enumerate(sorted(strings))
        for at in range(len(folded.text))
        if folded.text.startswith(string, at) and stands(folded.text, at, at + len(string))
    }
    for made in (lexicon, stored(lexicon)):
        found = {tuple(hit) for hit in Matcher(made).find(folded, text)}
        assert found <= everywhere
        assert {number for number, _, _ in found} == {number for number, _, _ in everywhere}


@given(st.sets(STRINGS.filter(bool), max_size=12))
def test_stored_tables_are_those_that_were_stored(strings: set[str]) -> None:
    """Key by key, and in the order of their keys."""
    lexicon = lexicon_of(strings)
    assert dict(stored(lexicon).forms) == lexicon.forms
    assert list(stored(lexicon).forms) == sorted(lexicon.forms)


def test_added_forms_count_beside_those_that_were_there() -> None:
    """A form that was there stands for both; a new one is found closed up, unless that is a form itself."""
    lexicon = stored(
        replace(lexicon_of({"glow", "glowtime"}), entries=(Entry("en", says="asked"), Entry("en", says="asked")))
    )
    entries = (*lexicon.entries, Entry("en", concept="substance.own"))
    more = with_forms(lexicon, entries, {"glow": ((0, ""), (2, "")), "night glow": ((2, ""),), "glow time": ((2, ""),)})
    assert dict(more.forms) == {
        "glow": ((0, ""), (2, "")),
        "glow time": ((2, ""),),
        "glowtime": ((1, ""),),
        "night glow": ((2, ""),),
    }
    found = {text: {hit.entry for hit in Matcher(more).find(fold(text), text)} for text in ("#nightglow", "#glowtime")}
    assert found == {"#nightglow": {2}, "#glowtime": {1}}


def test_a_text_of_new_words_fills_no_memory() -> None:
    """What meant nothing is forgotten when it is too much, and what means something is not."""
    met = Met(words_of(lexicon_of({"glow"})).rows)
    met.meet({"glow"})
    for number in range(index.MET_MAX // 1000 + 2):
        met.meet({f"word{number}-{n}" for n in range(1000)})
        assert len(met.words) <= index.MET_MAX + 1000
    assert met.singles == {"glow": ((0, ""),)}


@given(
    st.one_of(st.text(), st.lists(st.sampled_from([*PIECES, "_", "é", "\N{NO-BREAK SPACE}", "¶", "\x1f"])).map("".join))
)
def test_pieces_are_what_their_pattern_finds(text: str) -> None:
    """Also with many kinds of marks, of which each would be looked for."""
    assert pieces_of(text) == PIECE.findall(text)
