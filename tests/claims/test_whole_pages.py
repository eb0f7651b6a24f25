"""Pages of people who sell nothing (guides to wording, debates, programs) and denials; and the same words as an offer."""

from __future__ import annotations

import pytest

from menulint.linter import Linter

SALON = "We are a clinic in Leeds. Book now with our team. Facials from £60.\n\n"


def flagged(linter: Linter, text: str, name: str = "page.md") -> str:
    """What is reported as a warning or an error, in one line."""
    found = linter.check_bytes(name, text.encode()).findings
    return ", ".join(f.text for f in found if f.severity != "info")


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        ("Old scars vanish.", "Old scars do not vanish."),
        ("Wrinkles disappear overnight.", "Wrinkles don't disappear overnight."),
        ("Las arrugas desaparecen para siempre.", "Las arrugas no desaparecen para siempre."),
        ("Lip filler £180 in our flash sale.", "Lip filler is £180 and we never run flash sales."),
        ("Filler £180, the countdown is on.", "Filler £180, with no discounts and no countdowns."),
        ("Exosome injections and other things we do.", "Exosome injections and other things we don't do."),
        ("We inject Botox by the unit.", "We advertised Botox by the unit."),
        ("Our peel erases wrinkles.", "We used to say that our peel erases wrinkles."),
        ("Pierda peso con nuestro gel.", "Si quiere perder peso, hable con su médico."),
        ("Con células madre se regeneran las rodillas.", "Según los vendedores, se regeneran las rodillas."),
        ("Our own peel erases wrinkles.", "In our last episode we said that a peel erases wrinkles."),
    ],
)
def test_a_claim_is_flagged_and_its_denial_is_not(linter: Linter, claim: str, denial: str) -> None:
    """A negation inside a term, behind it, in another clause; what was said before; what is for a doctor."""
    assert flagged(linter, SALON + claim)
    assert not flagged(linter, SALON + denial)


@pytest.mark.parametrize(
    "heading",
    [
        "Specialist skin clinic in Leeds",
        "Aesthetic doctors in Leeds",
        "Pharmacist-led clinic",
        "For people with busy lives",
    ],
)
def test_a_clinic_that_names_its_people_in_a_heading_offers_what_stands_below(linter: Linter, heading: str) -> None:
    """Words of leaflets are not enough to make its section one; "aftercare" is."""
    offer = "\n\nOur clinic offers Botox from £150. Book your anti-wrinkle injections now."
    assert "Botox" in flagged(linter, f"# {heading}{offer}")
    assert "Botox" not in flagged(linter, f"# Aftercare{offer}")


@pytest.mark.parametrize("heading", ["Cuidados de la piel", "Diagnóstico y tratamiento"])
def test_a_spanish_clinic_that_cares_for_skin_in_a_heading_offers_what_stands_below(
    linter: Linter, heading: str
) -> None:
    """What informs is "cuidados posteriores"."""
    offer = "\n\nEn nuestra clínica ofrecemos bótox desde 150 €. Pide cita."
    assert "bótox" in flagged(linter, f"# {heading}{offer}", "es/index.md")
    assert "bótox" not in flagged(linter, f"# Cuidados posteriores{offer}", "es/index.md")


def test_a_term_that_begins_with_its_negation_is_still_a_promise(linter: Linter) -> None:
    """What never comes back is a promise of permanence."""
    assert "never come back" in flagged(linter, SALON + "Our lines never come back.")


@pytest.mark.parametrize("head", ["Instead of", "Not", "En vez de"])
def test_a_column_of_wording_to_replace_claims_nothing(linter: Linter, head: str) -> None:
    """Its cells are what not to write."""
    table = "| {} | Price |\n|---|---|\n| Erases wrinkles | £90 |\n"
    assert not flagged(linter, SALON + table.format(head))
    assert flagged(linter, SALON + table.format("Treatment"))


def test_a_table_headed_by_what_may_be_said_quotes(linter: Linter) -> None:
    """Quoted words in it are nobody's claim, whatever else the page sells."""
    table = "| {} | For |\n|---|---|\n| “Erases wrinkles” | peels |\n"
    assert not flagged(linter, SALON + table.format("What you can't say"))
    assert flagged(linter, SALON + table.format("Our treatments"))


@pytest.mark.parametrize(
    ("genre", "text"),
    [
        (
            "code",
            "# Release notes, version 3.2\n\nFixed a bug that hid the dashboard. You can now sort clients. "
            "Uptime: no downtime since May. From £20 a month.",
        ),
        (
            "regulator",
            "I beg to move, That this House has considered beauty salons. "
            "A constituent of mine was sold Botox for £99 by our local salon.",
        ),
        ("regulator", "Con su venia, presidenta. La diputada pide la palabra: se vende bótox a 900 pesos."),
        (
            "editorial",
            "# Before you press publish: a checklist for our marketing team\n\n"
            "Does it name Botox? Does it say painless? From £90?",
        ),
    ],
)
def test_a_page_is_known_by_the_words_of_its_kind(linter: Linter, genre: str, text: str) -> None:
    """Programs, parliaments and guides to wording say "we" and name prices as well."""
    result = linter.check_bytes("page.md", text.encode())
    assert (result.genre, flagged(linter, text)) == (genre, "")


def test_a_course_by_title_and_content_promises_nothing_itself(linter: Linter) -> None:
    """What it says of effects is what is taught; a course of treatments is none."""
    said = "We look at claims that polynucleotides reverse ageing. Book your place, £900."
    assert not flagged(linter, f"# Foundation course in injectables\n\nLearning outcomes: you know the law. {said}")
    assert flagged(linter, f"# Course of six facials\n\n{said}")


def test_a_policy_page_may_turn_to_its_own_offer(linter: Linter) -> None:
    """Terms below do not make terms of what stands above them."""
    page = "# Our promise\n\n{}\n\n## Terms\n\nThese terms say who may cancel. Your rights under the Act are not limited.\n"
    assert "no risk" in flagged(linter, page.format("Our threads lift, and there's absolutely no risk."))
    assert not flagged(linter, page.format("We won't say that there's absolutely no risk."))


@pytest.mark.parametrize(
    "text",
    [
        "HOST: She was told it reverses ageing.\n\nGUEST: The girl at the med spa says it's completely safe. It isn't.",
        "When an ad promises to regenerate your skin, ask how.",
        "Los anuncios que prometen «elimina el acné» deben retirarse.",
        "Carteles como «elimina el acné» han motivado una multa.",
        "They had a deal on filler, two for one through Friday.",
    ],
)
def test_what_others_promise_is_not_the_speakers_claim(linter: Linter, text: str) -> None:
    """An advertisement, a poster, somebody behind a counter."""
    assert flagged(linter, text) == ""


@pytest.mark.parametrize(
    ("name", "refusal", "offer"),
    [
        ("## Exosome injections\n\n", "We don't do them.", "We do them with care."),
        ("**Exosome injections.** ", "They are not available here.", "They are available here."),
        ("## Botox\n\n", "We can't advertise it.", "We love it."),
        ("**Exosome injections.** ", "We don't use them any more.", "We don't use animal products."),
        ("## Inyecciones de exosomas\n\n", "No las ponemos.", "Las ponemos los martes."),
    ],
)
def test_a_name_that_stands_alone_is_refused_by_the_sentence_behind_it(
    linter: Linter, name: str, refusal: str, offer: str
) -> None:
    """As a heading, or with nothing but a full stop; what it says of something else refuses nothing."""
    assert not flagged(linter, SALON + name + refusal)
    assert flagged(linter, SALON + name + offer)


def test_a_refusal_of_one_thing_says_nothing_of_the_next(linter: Linter) -> None:
    """What stands behind it is the seller's own."""
    assert "erases wrinkles" in flagged(linter, SALON + "Exosomes. We don't do them. Our peel erases wrinkles.")


@pytest.mark.parametrize(
    ("combined", "apart"),
    [
        ("Combined with exosome therapy", "Alternatives to exosome therapy"),
        ("Exosome therapy add-ons", "Other treatments"),
    ],
)
def test_what_is_had_instead_of_a_product_does_not_carry_it(linter: Linter, combined: str, apart: str) -> None:
    """Below a heading that sets things apart no treatment takes its product from that heading or the page."""
    page = f"# Exosome therapy\n\n{SALON}## {{}}\n\n- Microneedling\n- Chemical peels\n"
    assert "Microneedling" in flagged(linter, page.format(combined))
    assert "Microneedling" not in flagged(linter, page.format(apart))


@pytest.mark.parametrize(
    "heading",
    [
        "Exosome therapy instead of surgery",
        "Exosome therapy and other treatments",
        "Natural alternatives to Botox: exosome therapy",
        "Alternatives to Botox: exosome therapy",
        "Other treatments with exosomes",
    ],
)
def test_what_stands_beside_an_alternative_is_carried(linter: Linter, heading: str) -> None:
    """A heading sets apart only what it begins with; what it goes on to name is what stands below it."""
    assert "Microneedling" in flagged(linter, f"# Exosome therapy\n\n{SALON}## {heading}\n\n- Microneedling\n")


def test_an_introduction_that_is_unlike_others_carries_its_product(linter: Linter) -> None:
    """What is said to be unlike other treatments is what the list is about."""
    assert "injected into the skin" in flagged(
        linter, SALON + "Unlike other treatments, our exosomes:\n\n- are injected into the skin\n"
    )


def test_the_way_in_stands_beside_what_it_carries(linter: Linter) -> None:
    """Of two ways in one sentence the one with the product is pointed at, and not everything between them."""
    found = flagged(
        linter, SALON + "Mesotherapy in Leeds at our clinic uses microinjections of nutrient-rich cocktails."
    )
    assert "microinjections of nutrient-rich cocktails" in found
    assert "Leeds" not in found


@pytest.mark.parametrize(
    ("claim", "passing"),
    [
        ("Our laser treats skin conditions such as psoriasis.", "Lasers differ in the skin conditions they target."),
        ("It helps the skin heal.", "Keep out of the sun and use a gentle routine to help the skin heal."),
        ("Mesotherapy skin needling £190.", "We do peels, mesotherapy, microneedling."),
        ("A firmer neck without undergoing surgery.", "A more even tone without undergoing surgery."),
    ],
)
def test_the_same_words_in_passing_claim_nothing(linter: Linter, claim: str, passing: str) -> None:
    """What devices differ in, care afterwards, a row of treatments, a change for which nobody is operated on."""
    assert flagged(linter, SALON + claim)
    assert not flagged(linter, SALON + passing)
