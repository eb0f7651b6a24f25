"""Those who sue, govern, warn and refuse use a clinic's words; the clinic that says them itself sells."""

from __future__ import annotations

import pytest

from menulint.linter import Linter

LAWYERS = """# Filler and Botox injury claims

Our solicitors can help you to claim compensation on a no win, no fee basis after a negligent treatment. We have settled
clinical negligence claims since 2012. Book a free consultation.

- Botox injections: drooping eyelids
- Fat-dissolving injections: infection

Settlements range from £4,000 to £36,000.
"""
CODE = """# Code of practice

Members shall not name a prescription-only medicine. This includes "anti-wrinkle injections" and price lists. Exosomes of human
origin are not to be offered. A member found to be in breach of this code may be fined up to £1,000.
"""
CLINIC = """# Our clinic

Botox injections £150. Fat-dissolving injections £99. Our solicitors keep our terms up to date. Book a free consultation.
"""
REFUSES = """# Why we might say no

One in five people leave without a procedure.

## You saw it on a reel

Exosome hair shots for the chin, stem cell drips. We have looked at the evidence for all of them.
"""


def reported(linter: Linter, text: str) -> str:
    """What is reported as a warning or an error, in one line."""
    found = linter.check_bytes("page.md", text.encode()).findings
    return ", ".join(f.text for f in found if f.severity != "info")


@pytest.mark.parametrize("page", [LAWYERS, CODE])
def test_who_sues_or_governs_clinics_offers_no_injection(linter: Linter, page: str) -> None:
    """They say "we", a price and the names of treatments as a clinic does."""
    assert not reported(linter, page)


def test_a_clinic_with_solicitors_sells_all_the_same(linter: Linter) -> None:
    """One word of another profession outweighs no offer."""
    found = reported(linter, CLINIC)
    assert "Botox" in found
    assert "Fat-dissolving" in found


def test_a_title_that_says_no_holds_for_what_the_page_lists(linter: Linter) -> None:
    """A part of the body is no price, so that the line sells nothing."""
    assert not reported(linter, REFUSES)
    assert "xosome" in reported(linter, REFUSES.replace("Why we might say no", "What we do"))


@pytest.mark.parametrize(
    ("claimed", "not_claimed"),
    [
        (
            "Surgery with no downtime at our clinic.",
            "There is no such thing as surgery with no downtime at our clinic.",
        ),
        ("Our laser can make you look ten years younger.", "No laser can make you look ten years younger."),
        (
            "See our nurse for scalp serums with needling, £90.",
            "Talk to a doctor before you spend money on scalp serums with needling.",
        ),
        ("Filler £99 at our clinic. Hurry!", "Filler at our clinic takes an hour; don't come in a hurry."),
        ("Our cream won't leave a scar.", "Don't leave our cream on overnight."),
        ("Antibiotics online from £15.", "Antibiotics clear up most infections; ring our clinic."),
    ],
)
def test_the_same_words_are_a_claim_only_where_they_are_meant(linter: Linter, claimed: str, not_claimed: str) -> None:
    """What is denied, warned of or said of something else is silent; the seller's own claim in the same words is found."""
    assert reported(linter, claimed)
    assert not reported(linter, not_claimed)


@pytest.mark.parametrize(
    ("claimed", "not_claimed"),
    [
        (
            "# Promociones\n\nBótox y rellenos, dos por uno.",
            "# Promociones\n\nNo tenemos promociones de relleno ni dos por uno.",
        ),
        ("# Exosome injections\n\nEverybody can, £300.", "# Exosome injections\n\nNobody should. They do not last."),
    ],
)
def test_what_a_heading_names_the_line_below_takes_back(linter: Linter, claimed: str, not_claimed: str) -> None:
    """A heading with a refusal right below it offers nothing."""
    assert reported(linter, claimed)
    assert not reported(linter, not_claimed)


@pytest.mark.parametrize(
    ("sells", "takes_back"),
    [
        ("# Botox\n\nWe don't have any waiting list.", "# Botox\n\nWe don't have any."),
        ("# Botox\n\nWe don't offer discounts.", "# Botox\n\nWe don't offer it any more."),
        ("Exosome injections. We never do any hard sell.", "Exosome injections. We never do any of this."),
        ("# Exosome injections\n\nThere are no courses to buy.", "# Exosome injections\n\nThere are none."),
        ("# Bótox\n\nNo tenemos ninguna lista de espera.", "# Bótox\n\nNo lo ponemos."),
    ],
)
def test_a_refusal_takes_back_what_it_names_and_no_more(linter: Linter, sells: str, takes_back: str) -> None:
    """Who has no queue, no hard sell and no discounts still sells what stands above."""
    assert reported(linter, sells)
    assert not reported(linter, takes_back)


def test_who_runs_no_sales_takes_back_the_bargain(linter: Linter) -> None:
    """The bargain is gone and nothing else."""
    assert not reported(linter, "# Christmas offers: 20% off filler\n\nWe don't run any special offers.")


@pytest.mark.parametrize(
    "text",
    [
        "No win, no fee on our weight loss jabs. Mounjaro £129.",
        "Botox £150. Settlement of the invoice is due on the day.",
        "Thank you all for your support! Botox offer: 20% off. Thanks everyone!",
        "Botox £150. See our doctor here in Leeds. Please leave your pets at home.",
    ],
)
def test_everyday_words_of_other_professions_silence_no_offer(linter: Linter, text: str) -> None:
    """A clinic settles bills and thanks its customers too."""
    assert reported(linter, text)


@pytest.mark.parametrize(
    ("offers", "asks"),
    [
        (
            "Are you eligible for Mounjaro? Find out in two minutes.",
            "Are you eligible for Mounjaro on the NHS? Find out.",
        ),
        ("Do you qualify for Botox? Book a consultation.", "Do you qualify for Botox? Not if you are pregnant."),
        ("Why inject when our exosome serum regenerates your cells?", "## Why inject exosomes?\n\nWe don't."),
    ],
)
def test_a_question_offers_only_with_an_offer_behind_it(linter: Linter, offers: str, asks: str) -> None:
    """A bare question, and one that is answered with a no or with what the health service says, offers nothing."""
    assert reported(linter, offers)
    assert not reported(linter, asks)


@pytest.mark.parametrize(
    ("offers", "rules_out"),
    [
        ("When surgery is not recommended, our exosomes cure eczema.", "### When it is not recommended\n\n- Eczema"),
        ("Ideal for those who shouldn't have Botox: our peel cures acne.", "### Who shouldn't have laser\n\n- Acne"),
        ("No reasons to wait: our exosomes cure eczema.", "### Reasons to wait\n\n- Eczema"),
        (
            "No condition can rule you out: our peel cures acne.",
            "Conditions that may rule you out are eczema and acne.",
        ),
        ("### For those who are not candidates for surgery\n\n- Acne peel £90", "### Who is not a candidate\n\n- Acne"),
        ("### Cuándo no conviene la cirugía\n\n- Curamos el acné", "### Cuándo no es recomendable\n\n- Acné"),
    ],
)
def test_whom_a_treatment_is_not_for_silences_no_offer(linter: Linter, offers: str, rules_out: str) -> None:
    """A heading that begins with it holds for its list; what is offered to those people instead is offered."""
    assert reported(linter, f"## Our clinic\n\n{offers}\n")
    assert not reported(linter, f"## Our clinic\n\n{rules_out}\n")


@pytest.mark.parametrize(
    ("praised", "dissuaded"),
    [
        ("Don't waste your money on creams: our exosome injections work.", "Don't waste money on exosome injections."),
        (
            "Never spend a penny on fillers again: our laser erases wrinkles.",
            "Never spend a penny on exosome injections.",
        ),
        ("Instead of wasting money on creams, have Botox £99.", "Save your money on stem cell creams."),
        (
            "No gastes dinero en cremas: nuestro láser elimina las arrugas.",
            "No gastes dinero en inyecciones de exosomas.",
        ),
    ],
)
def test_money_not_to_be_spent_is_that_on_what_follows_at_once(linter: Linter, praised: str, dissuaded: str) -> None:
    """Behind the next comma or colon stands what the seller would have bought instead."""
    assert reported(linter, praised)
    assert not reported(linter, dissuaded)
