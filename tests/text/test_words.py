"""Words: the tokens that phrases are matched on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menulint.text.folding import fold
from menulint.text.words import BORDER, is_break, split, texts_of


@pytest.mark.parametrize(
    ("folded", "texts"),
    [
        ("", []),
        ("renews your skin's glow", ["renews", "your", "skin", "glow"]),
        ("patients' choice", ["patients", "choice"]),
        ("don't wait", ["don't", "wait"]),
        ("o'brien's clinic", ["o'brien", "clinic"]),
        ("'clean' beauty", ["'", "clean", "beauty"]),
        ("1.5 ml, 10,000 cells at 12:30", ["1.5", "ml", ",", "10,000", "cells", "at", "12:30"]),
        ("0.5mm and 5ml of co2", ["0.5mm", "and", "5ml", "of", "co2"]),
        ("from £300, 20% off+", ["from", "£", "300", ",", "20", "%", "off", "+"]),
        ("u.s. approved i.v drip", ["u.s.", "approved", "i.v.", "drip"]),
        ("e.g. ours", ["e.g.", "ours"]),
        ("see glow.co.uk today", ["see", "glow.co.uk", "today"]),
        ("your skin.we care", ["your", "skin", ".", "we", "care"]),
        ("glow.", ["glow", "."]),
        ("face/neck – now", ["face", "/", "neck", "–", "now"]),
    ],
)
def test_words_are_what_a_reader_counts(folded: str, texts: list[str]) -> None:
    """Numbers, abbreviations and contractions are one token each, a possessive is none."""
    assert list(split(folded).texts) == texts


@pytest.mark.parametrize("token", [".", ";", ":", "!", "?", "(", ")", "[", "]", "–", "|", "•", '"'])
def test_punctuation_ends_a_clause(token: str) -> None:
    """A gap in a phrase does not run over these."""
    assert is_break(token)


@pytest.mark.parametrize("token", [",", "/", "&", "'", "%", "+", "£", "-", "skin", "u.s.", "1.5", "glow.co.uk"])
def test_what_joins_words_ends_no_clause(token: str) -> None:
    """A gap in a phrase runs over commas, signs and abbreviations."""
    assert not is_break(token)


@given(st.text(st.sampled_from("abs1'’.,:-– £%éо\u200b"), max_size=80))
def test_spans_cut_their_words_out_of_the_text(text: str) -> None:
    """Tokens stand in order, apart, at their spans; all that is left out is white space and possessives."""
    folded = fold(text).text
    words = split(folded)
    at = 0
    for token, start, end in zip(words.texts, words.starts, words.ends, strict=True):
        assert folded[at:start].strip() in ("", "'", "'s")
        assert folded[start:end] in (token, token.removesuffix("."))
        assert start < end
        at = end
    assert folded[at:].strip() in ("", "'", "'s")


@pytest.mark.parametrize(("unit", "tokens"), [("a.", 1), ("1,", 2), ("a'", 1), ("aa.", 200_000)])
def test_hostile_runs_are_split_in_one_pass(unit: str, tokens: int) -> None:
    """Half a million characters of one abbreviation, number or contraction would hang a splitter that looks back."""
    assert len(split(unit * (500_000 // len(unit) if tokens < 3 else 100_000))) == tokens


def test_a_french_elision_is_a_word_of_its_own() -> None:
    """The article before a vowel hides no noun."""
    assert split("l'acide d'exosomes qu'on injecte").texts == ("l", "acide", "d", "exosomes", "qu", "on", "injecte")


def test_an_english_contraction_stays_one_word() -> None:
    """What looks like an elision inside a word is none."""
    assert split("don't").texts == ("don't",)


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(["a", "u.s", ".", "'", "s", " ", "1.5", ",", "l'", "co.uk", "—"])).map("".join),
    )
)
def test_texts_of_words_are_those_of_their_places(text: str) -> None:
    """The quick way gives the same, and no folded text holds what stands between two."""
    folded = fold(text).text
    assert tuple(texts_of(folded)) == split(folded).texts
    assert BORDER not in folded
