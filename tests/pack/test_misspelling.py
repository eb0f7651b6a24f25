"""Misspelt words are read as what they are meant to be, and words that exist as they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from menulint.pack.encode import from_bytes, to_bytes
from menulint.pack.load import load_pack
from menulint.pack.location import find_pack
from menulint.pack.misspelling import Misspellings, Speller
from menulint.pack.model import Pack
from menulint.pack.products import with_products
from menulint.pack.slips import is_slip, key, keys
from menulint.product import Product
from menulint.source import OffsetMap
from menulint.text.folding import fold

SLIPS = [
    ("another vowel", "microneedling", "micronaedling"),
    ("two neighbours", "hyaluronic", "hylauronic"),
    ("a letter left out", "regenerates", "regenrates"),
    ("a letter doubled", "umbilical", "umbillical"),
    ("a doubled letter once", "placenttas", "placentas"),
    ("an ending doubled once", "painless", "painles"),
    ("a vowel put in", "microneedling", "microneedeling"),
    ("an h left out", "mesotherapy", "mesoterapy"),
    ("an h put in", "mesotherapy", "mesotheraphy"),
    ("an h left out at the beginning", "hialuronico", "ialuronico"),
    ("f for ph", "phosphatidylcholine", "fosphatidylcholine"),
    ("z for s", "exosome", "exozome"),
    ("s for c", "celulitis", "selulitis"),
    ("ck for c", "liposuction", "liposucktion"),
    ("v for b", "botulinica", "votulinica"),
    ("j for g", "regenerar", "rejenerar"),
    ("y for ll", "mejillas", "mejiyas"),
    ("cs for x", "exosomas", "ecsosomas"),
    ("n for m", "botulinum", "botulimum"),
    ("no p before s", "psoriasis", "soriasis"),
    ("no w before r", "wrinkles", "rinkles"),
]
OTHERS = [
    ("the same word", "collagen", "collagen"),
    ("another consonant", "stimulates", "stipulates"),
    ("two things at once", "hyaluronic", "hialuranic"),
    ("another ending", "regenerates", "regenerated"),
    ("a vowel at the end", "hialuronica", "hialuronico"),
    ("another vowel at the beginning", "injection", "anjection"),
    ("a longer word", "collagen", "collagenase"),
    ("a consonant put in", "simulate", "stimulate"),
]


@pytest.mark.parametrize(("what", "right", "wrong"), SLIPS)
def test_one_slip_is_found_where_it_is_looked_for(what: str, right: str, wrong: str) -> None:
    """What hands and ears make of a word is told, and has a key of that word."""
    assert is_slip(right, wrong), what
    assert key(wrong) in keys(right), what


@pytest.mark.parametrize(("what", "right", "wrong"), OTHERS)
def test_other_words_are_no_slips(what: str, right: str, wrong: str) -> None:
    """Two slips, other endings and other consonants make other words."""
    assert not is_slip(right, wrong), what


def speller(*right: str, known: tuple[str, ...] = (), real: tuple[str, ...] = ()) -> Speller:
    return Speller(Misspellings.of(right, known, real))


def test_a_misspelt_word_is_righted_and_leads_back_to_what_was_written() -> None:
    """The text has the right word; its span is that of the written one."""
    righted = speller("hyaluronic").righted(fold("Our Hylauronic acid."))
    assert righted.text == "our hyaluronic acid."
    assert righted.original(4, 14) == (4, 14)


def test_places_hold_where_a_right_word_is_longer_or_the_text_was_folded() -> None:
    """Each unchanged word keeps its place, soft hyphens and accents included."""
    text = "Col\u00adlagen, mesoterapy — regenrates skin"
    righted = speller("mesotherapy", "regenerates").righted(fold(text))
    for word, written in (("collagen", "Col\u00adlagen"), ("mesotherapy", "mesoterapy"), ("skin", "skin")):
        start = righted.text.index(word)
        first, last = righted.original(start, start + len(word))
        assert text[first:last] == written


def test_a_text_without_misspelt_words_stays_as_it_is() -> None:
    """Nothing is copied."""
    folded = fold("Plain copy about collagen.")
    assert speller("collagen").righted(folded) is folded


def test_words_of_the_pack_and_of_a_language_are_left_alone() -> None:
    """Placentia is a town."""
    some = speller("placenta", "simulates", known=("similates",), real=("placentia",))
    assert [some.righted_word(word) for word in ("placentia", "similates", "placanta")] == ["", "", "placenta"]


def test_of_two_words_that_may_be_meant_the_one_of_the_same_length_is() -> None:
    """And of several of them the first in the alphabet."""
    assert speller("injectable", "injectables").righted_word("injectabels") == "injectables"


def test_many_new_words_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was met is forgotten, and found again."""
    monkeypatch.setattr("menulint.pack.misspelling._MET_MAX", 3)
    some = speller("hyaluronic")
    for word in ("abcdefgh", "bcdefghi", "cdefghij", "defghijk", "hylauronic"):
        some.righted(fold(word))
    assert some.righted(fold("hylauronic")).text == "hyaluronic"


def test_a_text_reads_the_same_before_and_after_the_memory_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip met long ago is righted on a page that has new words, too."""
    monkeypatch.setattr("menulint.pack.misspelling._MET_MAX", 3)
    some = speller("hyaluronic")
    first = some.righted(fold("hylauronic abcdefgh")).text
    for word in ("bcdefghi", "cdefghij"):
        some.righted(fold(word))
    again = some.righted(fold("hylauronic defghijk")).text
    assert (first, again) == ("hyaluronic abcdefgh", "hyaluronic defghijk")


def test_an_empty_table_rights_nothing() -> None:
    """A pack without words has a speller, too."""
    assert Speller(Misspellings()).righted(fold("hylauronic")).map is None


def test_an_offset_map_with_many_seams_is_walked_once() -> None:
    """Thousands of misspelt words among thousands of seams."""
    text = "mesoterapy\u00ad " * 3000
    righted = speller("mesotherapy").righted(fold(text))
    assert isinstance(righted.map, OffsetMap)
    assert len(righted.map.segments) <= 4 * 3000 + 1


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


FOUND = """hylauronic polynucelotide mesotheraphy microneedeling exozome botulimum semiglutide celulite regenrates
mesenchimal"""


@pytest.mark.parametrize("word", FOUND.split())
def test_the_pack_reads_what_menus_misspell(pack: Pack, word: str) -> None:
    """As the word that is meant, which is one of the pack."""
    assert pack.speller.righted_word(word)


def test_no_real_word_is_read_as_another(pack: Pack) -> None:
    """The pack's list is kept, and so are words of everyday copy beside it."""
    lists = yaml.safe_load((find_pack().root / "lexicons" / "real-words.yaml").read_text("utf-8"))
    words = {word for text in lists.values() for word in text.split()}
    words |= set(
        "placebo college collage polynomial exosphere mesosphere generator degenerate cellulose botulism".split()
    )
    words |= set("salmonella liposome umbrella segmentation injunction objection amnesty clinician permanent".split())
    assert [(word, right) for word in sorted(words) if (right := pack.speller.righted_word(word))] == []


def test_a_compiled_pack_rights_as_before(pack: Pack) -> None:
    """Written and read again."""
    again = from_bytes(to_bytes(pack))
    assert again.speller.righted_word("polynucelotide") == "polynucleotide"
    assert again.lexicon.misspellings == pack.lexicon.misspellings


def test_the_name_of_a_product_is_right_as_it_stands(pack: Pack) -> None:
    """A house may call its cream what looks like a misspelling."""
    assert pack.speller.righted_word("regenrates")
    named = with_products(pack, [Product(name="Regenrates", kind="cosmetic")])
    assert named.speller.righted_word("regenrates") == ""


def test_a_term_may_do_without(write_pack: Callable[[Mapping[str, str]], Path], small: dict[str, str]) -> None:
    """``misspellings: false`` leaves its words to their own spelling."""
    small["lexicons/en/substance.yaml"] = (
        "- {concept: substance.exosome, forms: [exosome], misspellings: MARK, flagged: [exosome]}\n"
    )
    path = "lexicons/en/substance.yaml"
    on, off = ({**small, path: small[path].replace("MARK", value)} for value in ("true", "false"))
    assert load_pack(base=write_pack(on), cached=False).speller.righted_word("exozome") == "exosome"
    assert load_pack(base=write_pack(off), cached=False).speller.righted_word("exozome") == ""
