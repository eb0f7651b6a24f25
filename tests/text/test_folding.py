"""Folding: one spelling for what a reader takes for the same words."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menulint.text.characters import INVISIBLE
from menulint.text.folding import fold
from menulint.text.lookalikes import SCRIPTS, lookalikes
from menulint.text.words import split

HARD = (
    "aBnoSxé ñ-‐–—'’\"“.,;1½²®ßﬁ"
    + "\u00ad\u200b\u200d\u0301\u0303\u00a0\t\n\x02оСαβµカ\uff9e\u3099\u1112\u1161\u11ab한Ｂ👩️"
)
texts = st.text(st.one_of(st.sampled_from(HARD), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("copy", "folded"),
    [
        ("", ""),
        ("Micro-Needling", "micro needling"),
        ("micro\u2011needling and micro\u2010needling", "micro needling and micro needling"),
        ("Botox® and Dysport™", "botox and dysport"),
        ("Glow - now", "glow – now"),
        ("Glow—now", "glow–now"),
        ("glow -- now", "glow –– now"),
        ("crème brûlée", "creme brulee"),
        ("cre\u0300me", "creme"),
        ("mañana, man\u0303ana", "mañana, mañana"),
        ("Straße", "strasse"),
        ("ﬁller", "filler"),
        ("Ｂｏｔｏｘ", "botox"),
        ("𝗕𝗼𝘁𝗼𝘅", "botox"),
        ("the skin’s “glow”", 'the skin\'s "glow"'),
        ("no\u00a0downtime\tat\x1call\u2028here", "no downtime at all here"),
        ("a \u00a0\n b", "a b"),
        ("regen\u00aderate", "regenerate"),
        ("re\u200bgen\ufeffer\u2060ate", "regenerate"),
        ("page\x02break", "pagebreak"),
        ("\u1112\u1161\u11ab글", "한글"),
        ("カ\uff9e", "ガ"),
        ("1½ ml", "1 1/2 ml"),
        ("clinically proven¹,²", "clinically proven,"),
        ("10 cm² of CO₂", "10 cm2 of co2"),
        ("✓ Safe", "• safe"),
        ("nº 1", "nº 1"),
    ],
)
def test_the_same_words_fold_to_the_same_text(copy: str, folded: str) -> None:
    """Case, accents, typography and invisible characters make no difference: "Micro-Needling" is "micro needling"."""
    assert fold(copy).text == folded


@pytest.mark.parametrize(
    ("copy", "folded", "hidden"),
    [
        ("our exosоmes work", "our exosomes work", ["exosоmes"]),
        ("BОTOX today", "botox today", ["BОTOX"]),
        ("bo\u200btox today", "botox today", ["bo\u200btox"]),
        ("\u200bbotox\u200b today", "botox today", []),
        ("ⓑ\u200bⓣ today", "bt today", ["ⓑ\u200bⓣ"]),
        ("our Bоtox™ jabs", "our botox jabs", ["Bоtox"]),
        ("bo\u00adtox", "botox", []),
        ("клиника ВОТОХ", "клиника вотох", []),
        ("уколы Botoxом", "уколы botoxом", []),
        ("β-glucan, α-hydroxy", "β glucan, α hydroxy", []),
        ("5µm deep", "5μm deep", []),
        ("TNFα and IL1β", "tnfα and il1β", []),
        ("αnti-ageing", "anti ageing", ["αnti"]),
        ("👩\u200d⚕️ team", "👩⚕ team", []),
        ("می\u200cخواهم", "می\u200cخواهم".replace("\u200c", ""), []),
    ],
)
def test_words_that_hide_are_read_and_reported(copy: str, folded: str, hidden: list[str]) -> None:
    """A Cyrillic o inside a Latin word is read as an o and reported; Greek in the names of substances is neither."""
    result = fold(copy)
    assert result.text == folded
    assert [copy[start:end] for start, end in result.lookalikes] == hidden


@pytest.mark.parametrize(
    ("copy", "wording", "original"),
    [
        ("Our Botox® offer", "botox", "Botox"),
        ("Our Botox® offer", "botox offer", "Botox® offer"),
        ("re\u00adgen\u00aderates", "regenerates", "re\u00adgen\u00aderates"),
        ("the Straße clinic", "strasse", "Straße"),
        ("a cre\u0300me here", "creme", "cre\u0300me"),
        ("deep  \n peel now", "deep peel", "deep  \n peel"),
        ("Micro-needling now", "micro needling", "Micro-needling"),
    ],
)
def test_a_folded_span_leads_back_to_the_copy(copy: str, wording: str, original: str) -> None:
    """What was found in the folded text stands in the copy where a reader sees it."""
    folded = fold(copy)
    start = folded.text.index(wording)
    begin, end = folded.original(start, start + len(wording))
    assert copy[begin:end] == original


def test_text_that_keeps_its_length_needs_no_map() -> None:
    """Typographic quotes and currency signs are replaced one to one, so offsets are the same."""
    assert fold("The skin’s glow – from £300").map is None


def test_a_span_outside_of_the_text_is_refused() -> None:
    """Asking for more than the folded text holds is an error, not a guess."""
    with pytest.raises(ValueError, match="span must lie in"):
        fold("re\u00adnew").original(2, 9)


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folded text is its own fold."""
    folded = fold(text).text
    assert fold(folded).text == folded


@pytest.mark.parametrize("first", range(0, sys.maxunicode + 1, 0x8000))
def test_every_character_folds_once_and_for_all(first: int) -> None:
    """No character of Unicode folds to something that folds on, not even inside a Latin word."""
    words = (f"glow{chr(code)}n" for code in range(first, first + 0x8000, 7))
    folds = {fold(word).text for word in words}
    assert {text for text in folds if fold(text).text != text} == set()


@given(texts)
def test_offsets_only_ever_grow(text: str) -> None:
    """Spans of later characters begin and end no earlier, inside the text, and none is empty."""
    folded = fold(text)
    spans = [folded.original(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert [end for _, end in spans] == sorted(end for _, end in spans)


@given(texts)
def test_a_word_and_its_original_fold_alike(text: str) -> None:
    """Cut a word's original out of the copy and fold it: the word is in it."""
    folded = fold(text)
    words = split(folded.text)
    for start, end in zip(words.starts, words.ends, strict=True):
        wording = folded.text[start:end]
        begin, finish = folded.original(start, end)
        if wording.isalpha() and wording.isascii():
            assert wording in fold(text[begin:finish]).text


@given(texts)
def test_no_white_space_but_single_spaces_is_left(text: str) -> None:
    """Folded text holds single spaces only, and nothing invisible."""
    folded = fold(text).text
    assert "  " not in folded
    assert all(char == " " for char in folded if char.isspace())
    assert not set(folded) & set("\u00ad\u200b\u200d\ufeff\x02")


@pytest.mark.parametrize("unit", ["-", " ", "\u200b", "a.", "\u00ad", "a-"])
def test_five_million_hostile_characters_are_folded(unit: str) -> None:
    """A page of nothing but hyphens, spaces or invisible characters is no trap; quadratic, this would take hours."""
    text = unit * (5_000_000 // len(unit))
    folded = fold(text).text
    expected = {"-": "–", " ": " ", "\u200b": "", "a.": "a.", "\u00ad": "", "a-": "a "}[unit]
    assert folded[:2] == (expected * 2)[:2] if expected.strip() else folded == expected


def test_look_alikes_are_looked_for_wherever_one_may_stand() -> None:
    """Text without a letter of these scripts is passed over, so that none may stand outside of them."""
    assert re.fullmatch(f"[{SCRIPTS}{INVISIBLE}]+", "".join(lookalikes()))
    assert not re.search(f"[{SCRIPTS}{INVISIBLE}]", "Crème à l’œil – £250, 20 % «más»")
