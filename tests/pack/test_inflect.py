"""English inflection and spelling, from the data of the pack itself."""

from __future__ import annotations

import pytest

from menulint.pack.inflect import Inflection, read_inflection
from menulint.pack.location import find_pack
from menulint.pack.nodes import parse
from menulint.pack.wording import Wording

VERBS = [
    ("rejuvenate", "rejuvenates rejuvenated rejuvenating"),
    ("plump", "plumps plumped plumping"),
    ("stop", "stops stopped stopping"),
    ("heal", "heals healed healing"),
    ("tighten", "tightens tightened tightening"),
    ("fix", "fixes fixed fixing"),
    ("vanish", "vanishes vanished vanishing"),
    ("dry", "dries dried drying"),
    ("die", "dies died dying"),
    ("free", "frees freed freeing"),
    ("grow", "grows grew grown growing"),
    ("regrow", "regrows regrew regrown regrowing"),
    ("shrink", "shrinks shrank shrunk shrunken shrinking"),
    ("freeze", "freezes froze frozen freezing"),
    ("lose", "loses lost losing"),
    ("take", "takes took taken taking"),
    ("control", "controls controlled controlling"),
]

NOUNS = [
    ("wrinkle", "wrinkles"),
    ("body", "bodies"),
    ("patch", "patches"),
    ("illness", "illnesses"),
    ("analysis", "analyses"),
    ("virus", "viruses"),
    ("vertebra", "vertebrae"),
    ("criterion", "criteria"),
    ("serum", "serums sera"),
    ("exosomes", ""),
    ("acne", ""),
]

SPELLINGS = [
    ("ageing", "aging"),
    ("aging", "ageing"),
    ("rejuvenisation", "rejuvenization"),
    ("moisturizers", "moisturisers"),
    ("analysed", "analyzed"),
    ("colour", "color"),
    ("discoloration", "discolouration"),
    ("tumor", "tumour"),
    ("anaesthetic", "anesthetic"),
    ("edema", "oedema"),
    ("lymphoedema", "lymphedema"),
    ("haemorrhage", "hemorrhage"),
    ("estrogen", "oestrogen"),
    ("fibre", "fiber"),
    ("gray", "grey"),
    ("licence", "license"),
    ("programme", "program"),
    ("pediatric", "paediatric"),
    ("exercise", ""),
    ("healing", ""),
    ("doctor", ""),
    ("chemical", ""),
]


@pytest.fixture(scope="module")
def english() -> Inflection:
    """The English of the pack."""
    path = find_pack().root / "lexicons" / "en" / "inflection.yaml"
    node, problems = parse(path.read_text(encoding="utf-8"), path.name)
    assert not problems
    return read_inflection(node)


@pytest.mark.parametrize(("verb", "forms"), VERBS)
def test_verbs(english: Inflection, verb: str, forms: str) -> None:
    """Third person, past, participle and -ing."""
    assert set(english.inflect(verb, "verb")) == {verb, *forms.split()}


@pytest.mark.parametrize(("noun", "forms"), NOUNS)
def test_nouns(english: Inflection, noun: str, forms: str) -> None:
    """The plural, if there is one."""
    assert set(english.inflect(noun, "noun")) == {noun, *forms.split()}


@pytest.mark.parametrize(("word", "other"), SPELLINGS)
def test_spellings_hold_both_ways(english: Inflection, word: str, other: str) -> None:
    """British and American."""
    assert set(english.spelling.variants(word)) == {word, *other.split()}


def test_a_verb_of_two_words_changes_its_first(english: Inflection) -> None:
    """``break down`` becomes ``broke down``, never ``break downed``."""
    found = english.inflect("break down", "verb")
    assert "broke down" in found
    assert "break downs" not in found


def test_a_noun_of_two_words_changes_its_last(english: Inflection) -> None:
    """``stem cell`` becomes ``stem cells`` alone."""
    assert english.inflect("stem cell", "noun") == ("stem cell", "stem cells")


def test_a_hyphenated_verb_changes_its_last_part(english: Inflection) -> None:
    """``micro-inject`` becomes ``micro-injected``."""
    assert "micro-injected" in english.inflect("micro-inject", "verb")


def test_a_hyphenated_form_is_also_closed_up(english: Inflection) -> None:
    """Open and closed, singular and plural; the hyphen itself folds to a space."""
    assert set(Wording(english).forms("face-lift", noun=True)) == {"face lift", "face lifts", "facelift", "facelifts"}


@pytest.mark.parametrize("form", ["of the", "clinically", "improved"])
def test_what_is_no_noun_gets_no_plural(english: Inflection, form: str) -> None:
    """Function words, adverbs and participles stay as they are."""
    assert [f for f in Wording(english).forms(form, noun=True) if f.endswith("s") and f != form] == []


def test_a_language_without_a_file_changes_nothing() -> None:
    """A new language begins with words as they are."""
    assert Inflection().inflect("piel", "noun") == ("piel",)
