"""Pages on something else than treatments and cosmetics say the same words of other things, and claim nothing."""

from __future__ import annotations

import pytest

from menulint.claims.subject import is_elsewhere
from menulint.linter import Linter

PROMISES = "It rejuvenates and repairs itself in minutes, looks ten years younger and is guaranteed for life."
BOATS = """# Wooden boats

We have built and mended dinghies on this slip since my uncle bought the yard. Bring yours in September, before the crane is
busy, and we lift it for £60. The slip is steep and slimy, so wear boots and mind the chain.
The planks are scraped, dried over the winter and oiled twice. Rot is cut out and a new piece let
in; nobody will find the joint. Our varnish is mixed in the shed. {} The sails go to a loft in the next harbour, where two
brothers sew by hand. Oars, rowlocks and ropes hang on the wall behind the stove, with a price on each. Ring us on Thursday
mornings, when the tide is out and somebody is near the telephone.
"""
BARCOS = """# Barcas de madera

Llevamos treinta años reparando barcas en esta cala. Traiga la suya en septiembre, antes de que llegue el temporal, y la sacamos
por 60 €. Las tablas se rascan, se secan durante el invierno y se aceitan dos veces. Nuestro barniz se mezcla en el cobertizo.
{} Las velas van al pueblo de al lado, donde dos hermanos cosen a mano. Los remos y las cuerdas cuelgan de la pared, con su
precio. Llámenos los jueves por la mañana, cuando baja la marea y hay alguien cerca del teléfono.
"""
CABIN = """
## The cabin

Maria gives facials here while you wait. Her exosome serum regenerates skin cells after microneedling, from £90 with lunch.
"""


def flagged(linter: Linter, text: str) -> str:
    """What is reported as a warning or an error, in one line."""
    found = linter.check_bytes("page.md", text.encode()).findings
    return ", ".join(f.text for f in found if f.severity != "info")


@pytest.mark.parametrize(
    ("page", "promises"),
    [(BOATS, PROMISES), (BARCOS, "Rejuvenece en minutos, parece diez años más joven y está garantizado de por vida.")],
)
def test_a_seller_of_something_else_is_not_flagged_for_the_promises_of_a_clinic(
    linter: Linter, page: str, promises: str
) -> None:
    """The same promises alone are a seller's: a short text says nothing of what it is on."""
    assert not flagged(linter, page.format(promises))
    assert flagged(linter, promises)


def test_the_report_says_why_such_a_page_claims_nothing(linter: Linter) -> None:
    page = linter.check_bytes("page.md", BOATS.format(PROMISES).encode())
    assert (page.genre, page.genre_by) == ("other", ("hardly a word on treatments or cosmetics",))


def test_a_section_on_treatments_is_a_sellers_on_a_page_on_something_else(linter: Linter) -> None:
    found = flagged(linter, f"{BOATS.format(PROMISES)}\n{BOATS.format('')}{CABIN}")
    assert "regenerates skin cells" in found
    assert "ten years younger" not in found


@pytest.mark.parametrize(
    "offer",
    [
        "We also do Botox, £120 an area, when the nurse is here.",
        "Ask on the jetty about weight loss pens, £149 a month.",
        "Our stem cell cream reverses ageing in two weeks.",
    ],
)
def test_a_line_that_names_a_treatment_is_an_offer_whatever_else_is_sold(linter: Linter, offer: str) -> None:
    """Those who sell one by the way are those who are not allowed to."""
    assert flagged(linter, f"{BOATS.format(PROMISES)}\n{offer}\n")


@pytest.mark.parametrize(
    ("page", "line", "of_things"),
    [
        (BOATS, "Painless implants with no risk, guaranteed for life.", "Varnish with no risk, guaranteed for life."),
        (BARCOS, "Implantes sin dolor y sin riesgos.", "Barniz sin olor y sin riesgos."),
    ],
)
def test_a_line_of_little_else_than_words_of_the_trade_is_an_offer(
    linter: Linter, page: str, line: str, of_things: str
) -> None:
    assert flagged(linter, f"{page.format('')}\n{line}\n")
    assert not flagged(linter, f"{page.format('')}\n{of_things}\n")


def test_words_on_treatments_are_counted_against_the_length_of_a_page() -> None:
    """A caption may do without any."""
    assert is_elsewhere(points=4.0, known=30, count=140)
    assert not is_elsewhere(points=12.0, known=30, count=140)
    assert not is_elsewhere(points=0.0, known=10, count=40)


def test_a_page_in_a_language_without_a_lexicon_is_not_on_something_else() -> None:
    """None of its words are known, so that they say nothing of what it is on."""
    assert not is_elsewhere(points=1.0, known=5, count=140)


@pytest.mark.parametrize(
    ("page", "claim", "of_things"),
    [
        (BOATS, "Our raw honey cures cancer.", "Our raw honey cures boredom."),
        (BOATS, "Our copper wristband cures arthritis.", "Our copper wristband reverses a bad day."),
        (BOATS, "One hour in our cave cures asthma and psoriasis.", "One hour in our cave rejuvenates a marriage."),
        (BOATS, "Our drops cure insomnia and reverse diabetes.", "Our drops reverse limescale, guaranteed."),
        (BOATS, "Regrows lost hair, 100% guaranteed.", "Repairs old razors, 100% guaranteed."),
        (BOATS, "Drop two dress sizes in a week, guaranteed.", "Dresses made in a week, guaranteed."),
        (BOATS, "Lose 10 kg in two weeks, guaranteed.", "Transform your garden in two weeks, guaranteed."),
        (BOATS, "Sarah is here with botox for all guests.", "Sarah is here with cake for all guests."),
        (BARCOS, "Nuestra almohada cura el insomnio y la migraña.", "Nuestra almohada rejuvenece la barca."),
        (BARCOS, "Nuestras aguas curan la artritis y la psoriasis.", "Nuestras aguas rejuvenecen la madera."),
    ],
)
def test_a_line_on_an_ailment_hair_or_kilos_is_a_claim_whatever_else_is_sold(
    linter: Linter, page: str, claim: str, of_things: str
) -> None:
    """On a page without a word of the trade; the same promise of a thing is none."""
    assert flagged(linter, page.format(claim))
    assert not flagged(linter, page.format(of_things))


@pytest.mark.parametrize(
    ("page", "claim", "of_things"),
    [
        (
            BOATS,
            "Painless implants, braces, veneers: your dentist for teeth and gums with no risk, guaranteed for life.",
            "Paint with no risk, guaranteed for life.",
        ),
        (
            BARCOS,
            "Dentista: implantes sin dolor y sin riesgos, garantizados de por vida. Cuide sus dientes y encías.",
            "Remos sin riesgos, garantizados de por vida.",
        ),
    ],
)
def test_a_dentist_is_of_the_trade(linter: Linter, page: str, claim: str, of_things: str) -> None:
    assert flagged(linter, page.format(claim))
    assert not flagged(linter, page.format(of_things))


@pytest.mark.parametrize(
    "page",
    [
        "# Dog bite scar clinic\n\nBotox £150. Scars from dogs and cats erased for good.",
        "# Botox above the vet\n\nWe are above the vet. Botox £150. Pets welcome: bring your dog.",
        "# Pet allergy injections\n\nAllergic to cats or dogs? Our Kenalog injection cures hay fever for good.",
        "# Equine placenta ampoules\n\nEquine placenta regenerates your skin. Equine stem cells, equine collagen.",
        "# Puppy fat gone\n\nFat dissolving injections melt puppy fat forever. Not for your puppy. Dogs wait outside.",
        "# Cat eye thread lift\n\nCat eyes in minutes, guaranteed. Never tested on dogs, cats or rabbits.",
        "# Clínica Gato\n\nBótox 150 €. La clínica Gato está junto al veterinario; deje su perro en casa.",
        "# Colágeno para ti y tu mascota\n\nNuestro colágeno cura la artrosis, la tuya y la de tu perro.",
    ],
)
def test_words_for_animals_do_not_silence_a_clinic(linter: Linter, page: str) -> None:
    """They bite scars, give their names to looks and wait at the door."""
    assert flagged(linter, page)


def test_a_price_told_of_others_is_no_offer_and_the_same_from_us_is(linter: Linter) -> None:
    """What newspapers write in running text, in which nobody says "we" or "you"."""
    told = (
        "# What a syringe costs\n\nPrices run from £180 to £450 a session {0}, and a salon near the station has no place "
        "before May. The fragments are injected under the skin, where they wake up sleepy cells, boost collagen and "
        "heal damage from the sun. Celebrities have credited them with erasing dark circles.\n\n"
        "Swelling is common in the first week, says the pharmacist of the town, who has warned of the jabs. "
        "Allergic reactions have been described."
    )
    assert not flagged(linter, told.format("along the coast"))
    assert "boost collagen" in flagged(linter, told.format("with our nurses"))


def test_a_unit_of_a_course_teaches_what_it_says_of_effects(linter: Linter) -> None:
    """By its title; the same below the name of a treatment is a seller's."""
    page = (
        "# {0}\n\nAfter needling the skin repairs itself and makes new collagen. Botox smooths lines for four months."
    )
    assert not flagged(linter, page.format("Unit 7: needles"))
    assert flagged(linter, page.format("Our needles"))
