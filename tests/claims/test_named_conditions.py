"""When the bare name of a disease is an offer, and when a sentence only speaks of it."""

from __future__ import annotations

import pytest

from menulint.linter import Linter, Options
from menulint.pack.model import Pack


def offered(pack: Pack, text: str) -> list[str]:
    """The wordings that MED008 marks in a clinic's page."""
    linter = Linter(pack, Options(jurisdiction=("GB",), genre="promotional", select=("MED008",)))
    return [f.text for f in linter.check_bytes("page.md", text.encode()).findings]


@pytest.mark.parametrize(
    "above",
    [
        "## Conditions we treat\n\n",
        "Our lamp can help with:\n\n",
        "## What does the lamp treat?\n\n",
        "## Skin concerns\n\n",
    ],
)
def test_a_name_alone_takes_its_offer_from_the_line_above(pack: Pack, above: str) -> None:
    """A list item that is a name is what the heading or the introduction offers, even where that asks."""
    assert offered(pack, f"{above}- Rosacea\n- Adults with eczema\n") == ["Rosacea", "eczema"]


def test_a_name_in_a_cell_takes_its_offer_from_the_column_title(pack: Pack) -> None:
    """The header cell says what the names below it are."""
    assert offered(pack, "| Condition | Visits |\n|---|---|\n| Psoriasis | about six |\n") == ["Psoriasis"]


def test_a_price_makes_a_name_a_menu_line(pack: Pack) -> None:
    """What has a price is for sale."""
    assert offered(pack, "## Laser\n\n- Rosacea £120\n") == ["Rosacea £120"]


@pytest.mark.parametrize(
    "text",
    [
        "## What we treat\n\nOur nurse trained for years on a ward where patients with psoriasis lay for weeks.\n",
        "The nurse gives £2 of every visit to people abroad who live with psoriasis and cannot pay for a doctor.\n",
        "## What we treat\n\n### Contraindications\n\n- Psoriasis\n",
        "Please stay at home with:\n\n- Psoriasis\n",
        "## What we treat\n\n### Conditions that may disqualify you\n\n- Psoriasis\n",
        "## What we treat\n\n### Who isn't a good candidate\n\n- Adults with psoriasis\n",
    ],
)
def test_a_disease_that_is_only_spoken_of_is_no_offer(pack: Pack, text: str) -> None:
    """Neither a heading far above nor a sum of money in the sentence offers it."""
    assert offered(pack, text) == []


def test_a_question_in_the_same_paragraph_is_answered_by_names(pack: Pack) -> None:
    """What it is for is asked in bold and answered in one line, an effect among the names."""
    assert offered(pack, "**What is it for?** Migraine, gout.\n") == ["Migraine", "gout"]
    assert "Migraine" in offered(pack, "**What is it for?** Migraine, gout and rejuvenation.\n")


def test_each_name_after_one_verb_is_an_offer(pack: Pack) -> None:
    """Not only the first, which its verb stands beside."""
    assert offered(pack, "We treat melasma, rosacea and eczema.\n") == ["melasma", "rosacea", "eczema"]


def menu_lines(pack: Pack, text: str) -> list[str]:
    """The wordings that POM004 marks in a clinic's page in the United Kingdom."""
    linter = Linter(pack, Options(jurisdiction=("GB",), genre="promotional", select=("POM004",)))
    return [f.text for f in linter.check_bytes("page.md", text.encode()).findings]


def test_a_menu_goes_on_with_what_it_has_named(pack: Pack) -> None:
    """A condition with a price goes with the medicine two rows above, whatever part of the body stands beside it."""
    rows = "| Anti-wrinkle injections | £180 |\n| Masseter | £200 |\n| Excessive sweating (underarms) | £350 |\n"
    assert "Excessive sweating" in menu_lines(pack, f"| Treatment | Price |\n|---|---|\n{rows}")


def test_an_item_that_sells_something_else_ends_what_a_menu_has_named(pack: Pack) -> None:
    """The nearest item above is the one that counts."""
    assert menu_lines(pack, "- Botox £180\n- Chemical peel £90\n- Excessive sweating £350\n") == []
