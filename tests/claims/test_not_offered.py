"""The same words, offered and not: told of others, explained, taken apart, named by the law, or said of cars and dogs."""

from __future__ import annotations

import pytest

from menulint.linter import Linter

STUDY = """# What that red light study tells us

Forty women tried the mask for twelve weeks. {} After twelve weeks 69 per cent said that their skin looked better.
We sell massages and facials.
"""
GLOSSARY = """# {}

**PDRN**: {} of salmon sperm.

**Squalane**: a light oil.
"""
COLUMN = """# I went along so you don't have to

There was prosecco. There was a woman with a wheelie case and a laminated list of prices: forehead £99, frown £99, both £150,
"lip flip" thrown in for whoever brought a friend. The hostess told the room that it was completely safe, that there was no
downtime, and that it would take ten years off the lot of them. Two of the guests left. The other five stayed, and she said that
one of them rang on the Thursday in tears.
"""


def reported(linter: Linter, text: str) -> str:
    """What is reported as a warning or an error, in one line."""
    found = linter.check_bytes("page.md", text.encode()).findings
    return ", ".join(f.text for f in found if f.severity != "info")


@pytest.mark.parametrize(
    ("claimed", "not_claimed"),
    [
        (
            "Our nurse told the room that it was completely safe.",
            "The hostess told the room that it was completely safe.",
        ),
        ("Our squalane is taken from shark liver.", "Squalane was once taken from shark liver, now from olives."),
        (
            "Our creams hold sheep placenta; we do not sell anything synthetic.",
            "Creams with sheep placenta turn up at markets; we do not sell any.",
        ),
        (
            "Our serum is made from salmon sperm.",
            "Taking material from salmon sperm also raises questions of ethics.",
        ),
        ("Our sunscreen does not sting.", "Pick a sunscreen that does not sting."),
        ("Tirzepatide is a prescription drug we offer in Leeds.", "Tirzepatide is a prescription drug."),
        ("Ketamine infusions, £350.", "Ketamine is a controlled drug."),
        ("We rejuvenate your skin in minutes.", "We rejuvenate your car's paintwork in minutes."),
        (
            "Eliminamos tus manchas: resultado inmediato y para siempre.",
            "Eliminamos los arañazos de tu coche: resultado inmediato y para siempre.",
        ),
        ("No-needle mesotherapy + vitamin C, £80", "No mesotherapy + vitamin C here."),
    ],
)
def test_words_are_a_claim_in_an_offer_and_none_where_nothing_is_offered(
    linter: Linter, claimed: str, not_claimed: str
) -> None:
    assert reported(linter, claimed)
    assert not reported(linter, not_claimed)


def test_a_figure_is_offered_as_proof_unless_its_study_is_taken_apart(linter: Linter) -> None:
    assert "69 per cent" in reported(linter, STUDY.format("They loved it."))
    assert not reported(
        linter,
        STUDY.format("It was a small study without a control group, paid for by the company that makes the mask."),
    )


def test_a_glossary_says_what_things_are_made_of_and_sells_them_only_where_it_says_so(linter: Linter) -> None:
    assert not reported(linter, GLOSSARY.format("Glossary", "fragments"))
    assert reported(linter, GLOSSARY.format("Glossary", "our serum is made"))
    assert reported(linter, GLOSSARY.format("Our serums", "fragments"))


def test_what_a_columnist_was_told_at_a_party_she_does_not_sell(linter: Linter) -> None:
    assert not reported(linter, COLUMN)


@pytest.mark.parametrize(
    "text",
    [
        "# Exosome facial £300\n\nOur exosomes, originally derived from human umbilical cord, make skin glow.",
        "Botox raises the eyebrows in ten minutes. £150 per visit at our clinic.",
        "Forget miracle claims, our laser erases cellulite in one session. £90.",
        "Never tell anyone your secret: our facial takes ten years off your face. £90.",
        "Dr Lee, who charged £500 in Harley Street, injects exosomes here for £300.",
        "Clients who have used Botox with us love it. £150 at our clinic.",
        "This week everything must be 20% off: Botox, £120.",
        "# Glossary of our treatments\n\n- Exosomes: injected into the face, they regenerate skin. Call our clinic.",
        "Nos preguntan por los exosomas: sí, los inyectamos en la cara, 300 €.",
        "Consulta si el bótox es para ti, 150 €. Reserva tu cita.",
    ],
)
def test_a_seller_may_use_the_words_of_those_who_only_tell(linter: Linter, text: str) -> None:
    """Where a thing came from, what is raised, asked, charged and explained may be the seller's own offer."""
    assert reported(linter, text)


@pytest.mark.parametrize(
    "text",
    [
        "The MHRA regards no exosome as safe.",
        "The FDA considers whether exosomes are safe.",
        "Acne, which our doctors refuse to treat.",
        "Wrinkles that the advert promised to erase are still there.",
        "Skin can also be damaged and then repaired by time.",
    ],
)
def test_what_is_refused_doubted_or_left_to_time_is_not_claimed(linter: Linter, text: str) -> None:
    """An object may stand before a verb that nobody promises."""
    assert not reported(linter, text)
