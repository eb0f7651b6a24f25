"""Pages on which a business speaks and claims nothing: refusals, apologies, job adverts, courses; and the same with a claim."""

from __future__ import annotations

import pytest

from menulint.linter import Linter, Options
from menulint.pack.model import Pack

SALON = "We are a clinic in Leeds. Book now with our team. Facials from £60.\n\n"


def flagged(pack: Pack, text: str, name: str = "page.md") -> set[str]:
    """What is reported as a warning or an error."""
    found = Linter(pack, Options()).check_bytes(name, text.encode()).findings
    return {f.text for f in found if f.severity != "info"}


def genre(pack: Pack, text: str) -> str:
    """What kind of page a text is read as."""
    return Linter(pack, Options()).check_bytes("page.md", text.encode()).genre


@pytest.mark.parametrize(
    "refusal",
    [
        "**What we don't do.** Exosome injections, Botox.",
        "What we don't do: exosome injections.",
        "**Lo que no hacemos.** Inyecciones de exosomas, bótox.",
    ],
)
def test_a_refusal_at_the_head_of_a_paragraph_holds_for_its_list(pack: Pack, refusal: str) -> None:
    """As a heading of its own would."""
    assert flagged(pack, SALON + refusal) == set()


def test_the_same_list_below_what_we_do_is_an_offer(pack: Pack) -> None:
    """One word less."""
    assert flagged(pack, SALON + "**What we do.** Exosome injections, Botox.")


def test_a_title_that_refuses_holds_for_the_sections_below_it(pack: Pack) -> None:
    """Headings and what is said of them in nobody's name, down to the heading that turns to an offer."""
    page = (
        "# Treatments we have stopped\n\nWe are a clinic. Book now.\n\n## Exosome injections\n\nThey regenerate nothing.\n\n"
        "## What we offer instead\n\n{}\n"
    )
    assert flagged(pack, page.format("A facial.")) == set()
    assert flagged(pack, page.format("Exosome injections."))


def test_our_own_offer_below_a_refusal_stays_an_offer(pack: Pack) -> None:
    """What is said in one's own name, and what has a price, are not refused."""
    page = "# What we don't do and do\n\nBook now.\n\n## Prices\n\nOur exosome injections rejuvenate skin.\n\nBotox, £90.\n"
    found = flagged(pack, page)
    assert "Botox" in found
    assert any("rejuvenate" in text for text in found)


@pytest.mark.parametrize(
    ("offer", "named"),
    [
        ("| Treatment | Price |\n|---|---|\n| Botox | £199 |\n", {"Botox"}),
        ("Book before Friday and get 20% off anti-wrinkle injections.\n", {"anti-wrinkle injections"}),
        ("| Treatment | Reason |\n|---|---|\n| Botox | Not for teenagers |\n", set()),
        ("| Treatment | Price elsewhere |\n|---|---|\n| Botox | £199 |\n", set()),
        ("| Treatment | Price |\n|---|---|\n| Botox | £199 at other clinics |\n", set()),
        ("- Botox at £99 from a kitchen table\n", set()),
    ],
)
def test_what_a_page_sells_below_a_heading_that_refuses_is_sold(pack: Pack, offer: str, named: set[str]) -> None:
    """A row of a price list and an offer with its discount; a row without a price of our own and an item of the list not."""
    page = f"{SALON}## What we will not do\n\nWe never inject exosomes.\n\n{offer}"
    assert flagged(pack, page) & {"Botox", "anti-wrinkle injections"} == named


@pytest.mark.parametrize("title", ["An apology", "Five myths about our peels", "Rectificación"])
def test_quoted_words_below_a_title_that_takes_them_back_are_not_claimed(pack: Pack, title: str) -> None:
    """On a page that is surely a seller's."""
    quote = "Our leaflet had the line “regenerates ageing skin” on it.\n"
    assert flagged(pack, f"# {title}\n\n{SALON}{quote}") == set()


def test_an_answer_to_a_myth_is_the_sellers_claim(pack: Pack) -> None:
    """What stands outside the marks is said, not quoted."""
    page = f"# Five myths\n\n{SALON}“It doesn't last.” It does: our peel erases wrinkles for ever.\n"
    assert any("erases" in text for text in flagged(pack, page))


def test_a_quotation_below_another_title_is_claimed(pack: Pack) -> None:
    """A seller's slogan in quotation marks."""
    assert flagged(pack, f"# Our peels\n\n{SALON}“Erases wrinkles for ever.”\n")


ADVERT = (
    "# Nurse prescriber, Hull\n\nWe are hiring. You will give botulinum toxin and see people with acne and rosacea.\n\n"
    "Salary from £34,000 pro rata, 28 days' leave. Send your CV and a covering letter by Friday.\n"
)


def test_a_job_advert_offers_no_treatment(pack: Pack) -> None:
    """It is a kind of page of its own."""
    assert genre(pack, ADVERT) == "recruitment"
    assert flagged(pack, ADVERT) == set()


def test_a_clinic_that_hires_on_its_own_page_is_a_clinic(pack: Pack) -> None:
    """One line about a job changes no price list."""
    page = f"# Our clinic\n\n{SALON}Botox £120.\n\n## Join us\n\nWe are hiring. Send your CV to the manager.\n"
    assert genre(pack, page) == "promotional"
    assert "Botox" in flagged(pack, page)


def test_three_words_of_a_course_make_one(pack: Pack) -> None:
    """What it teaches it does not offer, and what it lists as its contents nobody claims."""
    page = (
        "# Skin needling for therapists\n\nWe run it twice a year. Fee £950.\n\n## Learning outcomes\n\n- wound healing\n"
        "- exosome injections and the law\n\n## Entry requirements\n\nA diploma.\n\n## Assessment\n\nCase studies.\n"
    )
    assert flagged(pack, page) == set()


@pytest.mark.parametrize(
    ("claimed", "not_claimed"),
    [
        ("Our serum regenerates skin.", "We wrote that our serum regenerates skin."),
        ("Our peel cures acne.", "We have taken down two posts that said our peel cures acne."),
        ("It cured her eczema.", "I'd love to tell you it cured her eczema."),
        ("We offer Botox every day.", "We get asked about Botox every day."),
        ("It will rejuvenate your skin.", "Nothing will rejuvenate your skin."),
        ("Rejuvenates the skin.", "Rejuvenates the orchard."),
        ("Frena el paso de los años.", "Un centro para mayores de 70 años."),
    ],
)
def test_the_same_words_are_claimed_or_not(pack: Pack, claimed: str, not_claimed: str) -> None:
    """Taken back, wished for, asked, denied, or of something else."""
    assert flagged(pack, SALON + claimed)
    assert flagged(pack, SALON + not_claimed) == set()


@pytest.mark.parametrize(
    "told",
    [
        "Adverts promise teenagers that a laser will erase every flaw.",
        "Marketing tells young women that fillers will erase every line.",
        "Social media sells girls the idea that a serum erases scars.",
    ],
)
def test_what_advertising_tells_people_is_not_what_the_speaker_promises(pack: Pack, told: str) -> None:
    """Though it is said on the page of a clinic."""
    assert flagged(pack, SALON + told) == set()


def test_what_our_own_advertising_tells_people_is_promised(pack: Pack) -> None:
    """It is the speaker's advertising."""
    assert flagged(pack, SALON + "Our adverts promise clients that a laser will erase every flaw.")


POLICY = (
    "# What your policy covers\n\nWe cover claims that arise from botulinum toxin and dermal fillers.\n\n"
    "From £19 a month.\n"
)


def test_an_insurer_that_covers_a_treatment_does_not_offer_it(pack: Pack) -> None:
    """It has prices, and says "we"."""
    assert (genre(pack, POLICY), flagged(pack, POLICY)) == ("editorial", set())


PARKED = "# {}\n\nRelated searches: botox near me, exosome injections, weight loss injections.\n"


def test_a_domain_that_is_for_sale_offers_no_treatment(pack: Pack) -> None:
    """Its words are what people search for."""
    assert flagged(pack, PARKED.format("This domain may be for sale")) == set()
    assert flagged(pack, PARKED.format("Our clinic in Leeds. Book now"))
