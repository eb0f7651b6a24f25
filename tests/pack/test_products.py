"""A project's own products in the pack that comes along."""

from __future__ import annotations

from datetime import date

import pytest

from menulint.linter import Linter, Options
from menulint.pack.load import load_pack
from menulint.pack.model import Pack
from menulint.pack.products import OF_KIND, with_products
from menulint.product import KINDS, Product


@pytest.fixture(scope="module")
def whole() -> Pack:
    return load_pack()


def rules(pack: Pack, copy: str, *products: Product) -> set[str]:
    options = Options(jurisdiction=("GB",), as_of=date(2026, 11, 22), products=products)
    return {found.rule for found in Linter(pack, options).check_bytes("menu.md", copy.encode()).findings}


def test_every_kind_has_its_concept(whole: Pack) -> None:
    """So that none is without effect."""
    assert set(OF_KIND) == set(KINDS)
    assert set(OF_KIND.values()) <= set(whole.concepts)


def test_a_pack_without_products_is_the_same(whole: Pack) -> None:
    """And one with them leaves it as it was."""
    assert with_products(whole, ()) is whole
    before = len(whole.concepts), len(whole.lexicon.entries)
    with_products(whole, (Product("Stem Glow", "cosmetic"),))
    assert (len(whole.concepts), len(whole.lexicon.entries)) == before


def test_a_source_that_the_copy_leaves_out_is_found(whole: Pack) -> None:
    """Cord tissue behind a pretty name."""
    copy = "Our Stem Glow facial leaves skin soft, £90. Book now."
    assert rules(whole, copy) == set()
    assert "SRC001" in rules(whole, copy, Product("Stem Glow", "cosmetic", ("source.umbilical",)))


def test_a_prescription_medicine_of_a_place_is_one_there(whole: Pack) -> None:
    """Its name is no word of the lexicon."""
    copy = "Ask our team about Relaxine, £199. Book now."
    medicine = Product("Relaxine", "medicine", statuses=(("GB", "prescription-only"),))
    assert "POM001" in rules(whole, copy, medicine)
    assert "POM001" not in rules(whole, copy, Product("Relaxine", "medicine", statuses=(("IE", "prescription-only"),)))


@pytest.mark.parametrize(
    "copy",
    [
        "Our Exosome Glow injections, £350. Book now.",
        "Nuestras inyecciones de Exosome Glow dejan la piel suave, £350. Reserve ahora.",
    ],
)
def test_the_entry_decides_where_a_name_says_more(whole: Pack, copy: str) -> None:
    """A name that only sounds like exosomes, in either language."""
    assert "RTE001" in rules(whole, copy)
    assert "RTE001" not in rules(whole, copy, Product("Exosome Glow", "cosmetic"))
