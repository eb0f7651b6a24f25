"""What the configuration says of a product counts where the copy only names it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

Menulint = Any

PRODUCT = '[[products]]\nname = "Stem Glow"\nkind = "cosmetic"\nsubstance = ["substance.exosome"]\n'
COPY = "Our Stem Glow injections cost £250. Book now.\n"


def findings(menulint: Menulint, settings: str, copy: str = COPY, *arguments: str) -> list[dict[str, Any]]:
    Path("menulint.toml").write_text('jurisdiction = ["GB"]\n' + settings, "utf-8")
    Path("copy.md").write_text(copy, "utf-8")
    report = json.loads(menulint("check", "copy.md", "--format", "json", *arguments).out)
    return [finding for file in report["files"] for finding in file["findings"]]


def test_the_name_of_a_product_is_what_the_product_is(menulint: Menulint) -> None:
    """Nobody else can know that Stem Glow is made of exosomes; the finding says where that stands."""
    assert findings(menulint, "") == []
    (found,) = findings(menulint, PRODUCT)
    assert (found["rule"], found["text"]) == ("RTE001", "Stem Glow injections")
    assert found["concepts"] == ["route.injection", "substance.own-stem-glow"]
    assert found["message"].endswith("What “Stem Glow” is stands in the configuration.")


@pytest.mark.parametrize("copy", ["STEM GLOW", "stem-glow", "Stem\u00a0Glow®"])
def test_a_name_is_found_however_it_is_set(menulint: Menulint, copy: str) -> None:
    """As any term of the lexicon."""
    assert len(findings(menulint, PRODUCT, COPY.replace("Stem Glow", copy))) == 1


def test_a_name_of_one_word_counts_with_its_capitals(menulint: Menulint) -> None:
    """“Glow” is a product, a glow is none."""
    settings = PRODUCT.replace("Stem Glow", "Glow")
    assert findings(menulint, settings, "Our glow injections cost £250. Book now.\n") == []
    assert len(findings(menulint, settings, "Our Glow injections cost £250. Book now.\n")) == 1


def test_two_products_may_fold_to_one_name(menulint: Menulint) -> None:
    """Each keeps a concept of its own."""
    other = PRODUCT.replace("Stem Glow", "Stem-Glow")
    assert len(findings(menulint, PRODUCT + other)) == 1


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (PRODUCT.replace("exosome", "exosom"), "unknown concept 'substance.exosom'; did you mean substance.exosome?"),
        (PRODUCT + 'status = {UK = "prescription-only"}\n', "unknown jurisdiction 'UK' (did you mean GB?)"),
        (PRODUCT + 'status = {GB = "forbidden"}\n', "unknown status 'forbidden'"),
    ],
)
def test_what_the_pack_does_not_know_is_a_mistake(menulint: Menulint, settings: str, message: str) -> None:
    """With what may have been meant."""
    Path("menulint.toml").write_text(settings, "utf-8")
    done = menulint("check", "menu.md")
    assert done.code == 2
    assert message in done.err


def test_the_settings_show_the_product(menulint: Menulint) -> None:
    """With what it is."""
    Path("menulint.toml").write_text(PRODUCT, "utf-8")
    assert "“Stem Glow” (cosmetic, substance.exosome)" in menulint("config").out
