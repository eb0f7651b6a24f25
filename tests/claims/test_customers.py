"""A customer's words are known by their shape: a name in an element of its own, stars, a quotation, a heading of reviews."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from menulint.linter import Linter, Options
from menulint.pack.model import Pack

OFFER = "<h1>Skin clinic</h1><p>Book exosome microneedling with our nurses from £150.</p>"
SAID = "By spring the bus driver took us for sisters."
CUSTOMERS = {
    "a name below a quotation": f"<blockquote><p>{SAID}</p><footer>Ottilie, Ambleside</footer></blockquote>",
    "a name below, under a heading of reviews": f"<h2>Reviews</h2><p>{SAID}</p><span>Ottilie R.</span>",
    "stars above and a name below": f"<div>★★★★★</div><p>{SAID}</p><p>Ottilie</p>",
    "an element that says so": f'<div class="testimonial-card"><p>{SAID}</p><p>Ottilie</p></div>',
    "a name as the heading of a card": f'<div class="reviews"><h4>Ottilie</h4><p>{SAID}</p></div>',
    "a name behind it in the same item": f"<ul><li>★★★★★ {SAID} <em>Ottilie</em></li></ul>",
    "a name before quotation marks": f"<p><b>Ottilie, 51:</b> “{SAID}”</p>",
    "full names below one text after another": f"<p>{SAID}</p><p>Ottilie R.</p><p>Neighbours stare at us.</p><p>Cy, 60</p>",
    "a name that is a month's, with an age": f"<h2>Reviews</h2><p>{SAID}</p><p>June, 62</p>",
    "a name and a town each": f"<p>{SAID}</p><p>Ottilie Reed, Leeds</p><p>Neighbours stare at us.</p><p>Cy Lund, Leeds</p>",
    "a customer who says we": f"<h2>Reviews</h2><p>{SAID} We came by boat.</p><p>Ottilie R.</p>",
    "more than one sentence": f"<h2>Reviews</h2><p>Lovely staff and easy parking. {SAID}</p><p>Ottilie R.</p>",
}
OTHERS = {
    "nobody is named": f"<h2>Reviews</h2><p>{SAID}</p>",
    "nothing but a heading that looks like a name": f"<h2>Skin Deep</h2><p>{SAID}</p>",
    "one name and no other sign": f"<p>{SAID}</p><p>Ottilie R.</p>",
    "praise of service": "<h2>Reviews</h2><p>The staff were on time and the parking was easy.</p><p>Ottilie R.</p>",
    "the house's own doctor": f"<blockquote>{SAID}</blockquote><p>Dr Ottilie</p>",
    "a line of a price list below a name": "<h2>Reviews</h2><p>Both hands and forearms £40</p><p>Ottilie R.</p>",
    "an ingredient in the next cell": "<table><tr><td>Vitamin C</td><td>Brightens dull looking skin tones</td></tr></table>"
    * 2,
    "ingredients below": "<p>Serum for dry skin types.</p><p>Vitamin A</p><p>Lotion for oily skin types.</p><p>Vitamin E</p>",
    "a town below": f"<p>{SAID}</p><p>Leeds, Yorkshire</p><p>Neighbours stare at us.</p><p>Leeds, Yorkshire</p>",
    "a day below": f"<p>{SAID}</p><p>June, 12</p><p>Neighbours stare at us.</p><p>May, 30</p>",
    "an amount in a caption": "<figure><img src='a.jpg'><figcaption>Juvederm, 10 ml in the lips.</figcaption></figure>",
    "the house's own nurse": "<h2>Our team</h2><p>“I trained by the sea and joined in 2015.”</p><p>Ottilie Reed</p>",
    "a founder": f"<blockquote>{SAID}</blockquote><figcaption>Ottilie Reed, founder</figcaption>",
    "a newspaper": "<p>“The house has extended its hours.” — The Ambleside Post</p>",
    "an institution": f"<blockquote>{SAID}</blockquote><p>General Medical Council</p>",
    "a doctor behind it": "<p>“Always wear sunscreen.” Dr Ottilie Reed</p>",
    "the house speaks": "<blockquote>We opened in 2010 with one room.</blockquote><p>Ottilie Reed</p>",
    "opening hours": "<h2>Reviews</h2><h3>Opening Hours</h3><p>Monday to Friday, nine to five.</p><h3>Contact Us</h3>",
    "a line that asks for reviews": "<h2>Reviews</h2><p>Leave us a review on Google</p><p>Ottilie R.</p>",
    "a line about reviews": "<h2>Reviews</h2><p>We do not publish reviews on this page.</p><h3>Contact Us</h3>",
    "a button": f"<h2>Reviews</h2><p>{SAID}</p><button>Read More</button>",
}


def _told(linter: Linter, name: str, text: str) -> list[str]:
    return [f.text for f in linter.check_bytes(name, text.encode()).findings if f.rule == "TST001"]


@pytest.fixture(scope="module")
def british(pack: Pack) -> Linter:
    return Linter(pack, Options(jurisdiction=("GB",)))


@pytest.mark.parametrize("text", CUSTOMERS.values(), ids=CUSTOMERS)
def test_words_with_a_name_and_another_sign_are_a_customer_s(british: Linter, text: str) -> None:
    """What is said needs no word of a review: who says it, and how it is shown, tell that it is one."""
    assert SAID in _told(british, "page.html", OFFER + text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_one_sign_alone_makes_no_customer(british: Linter, text: str) -> None:
    """Without a person's name or another sign, of the house itself, or about nothing but service: nobody's."""
    assert _told(british, "page.html", OFFER + text) == []


def test_a_row_of_many_names_is_read_once(british: Linter, calls: Callable[[Linter, str], int]) -> None:
    """Every cell of a row asks who is named beside it; twice the cells are twice the work."""
    row = OFFER + "<table><tr>{}</tr></table>"
    few, many = (calls(british, row.format(f"<td>{SAID}</td><td>Ottilie Reed</td>" * n)) for n in (100, 200))
    assert many < 2.5 * few


def test_customers_of_a_trade_next_door_say_what_they_like(british: Linter) -> None:
    """A page that sells no treatment is not asked how its customers praise it."""
    text = f"<h1>Garden centre</h1><p>Book our gardeners from £30.</p>{CUSTOMERS['an element that says so']}"
    assert _told(british, "page.html", text) == []


def test_an_article_s_quotations_are_not_customers(british: Linter) -> None:
    """A newspaper that names those it quotes lets nobody advertise."""
    text = f"""<h1>Court fines clinic over exosome injections</h1><p>The court heard that the regulator had warned the clinic.
    Prosecutors said three people were harmed.</p><blockquote>{SAID}</blockquote><p>Ottilie R.</p>"""
    assert _told(british, "page.html", text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.json", '{"intro": "Book exosome microneedling now.", "reviews": [{"name": "Ottilie", "text": "%s"}]}'),
        ("page.json", '{"intro": "Book exosome microneedling now.", "reviews": [{"author": "Ottilie", "body": "%s"}]}'),
        ("page.yaml", 'intro: Book exosome microneedling now.\ntestimonials:\n- name: Ottilie\n  quote: "%s"\n'),
        ("page.ts", 'const intro = "Book exosome microneedling now."; const reviews = [{name: "Ottilie", quote: "%s"}, '
                    '{name: "Cyrus", quote: "Neighbours stare at us now."}];'),
        ("page.html", '<p>Book exosome microneedling now.</p><script type="application/ld+json">{"@type": "Review", '
                      '"author": {"@type": "Person", "name": "Ottilie"}, "reviewBody": "%s"}</script>'),
    ],
)  # fmt: skip
def test_data_name_customers_words_by_their_keys(british: Linter, name: str, text: str) -> None:
    """``reviews`` with a name and a text is what a card with both is on the page."""
    assert SAID in _told(british, name, text % SAID)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.yaml", 'intro: Book exosome microneedling now.\nquote:\n- text: "%s"\n'),
        ("page.yaml", 'intro: Book exosome microneedling now.\navis:\n- "%s"\n'),
        ("page.json", '{"intro": "Book exosome microneedling now.", "reviews": [{"placeholder": "%s"}]}'),
        ("page.json", '{"intro": "Book exosome microneedling now.", "reviews": [{"name": "Ottilie", "reply": "%s"}]}'),
        ("page.html", OFFER + '<div class="get-a-quote"><p>%s</p><p>Ottilie</p></div>'),
        ("page.html", OFFER + '<div class="avis-legal"><p>%s</p><p>Ottilie</p></div>'),
        ("page.html", OFFER + '<div class="review-post"><p>%s</p><p>Ottilie</p></div>'),
        ("page.html", OFFER + '<div class="review"><div class="review-reply"><p>%s</p><p>Ottilie</p></div></div>'),
    ],
)
def test_keys_and_classes_of_something_else_hold_no_customers(british: Linter, name: str, text: str) -> None:
    """A quote may be an estimate, ``avis`` a notice, and below a review the house replies."""
    assert _told(british, name, text % SAID) == []


def test_the_finding_points_at_one_sentence_or_the_clauses_that_fit(british: Linter) -> None:
    """A finding is read at a glance: of a sentence of 300 characters it covers the beginning."""
    long = "My neighbour saw me at the market, " * 9 + "and waved."
    (told,) = _told(british, "page.html", f"{OFFER}<h2>Reviews</h2><p>{long}</p><p>Ottilie R.</p>")
    assert long.startswith(told)
    assert len(told) <= 160


CARD = """{"intro": "Book exosome microneedling now.", "testimonials": [{"name": "Ottilie Reed",
"subtitle": "Microneedling and Peel Customer", "review": "%s"}]}"""


@pytest.mark.parametrize(
    "said",
    [
        "I've been coming here for over a year, and the bus driver took us for sisters.",
        "My wrinkles have gone! I feel ten years younger. The staff made me feel comfortable.",
    ],
)
def test_an_item_of_data_is_one_testimonial(british: Linter, said: str) -> None:
    """What a customer bought is not said by them, and of all that they say one wording is enough."""
    (told,) = _told(british, "page.json", CARD % said)
    assert told in said


@pytest.mark.parametrize(
    ("bought", "spoken"), [("service", "text"), ("treatment_description", "quote"), ("title", "body")]
)
def test_a_customer_says_what_is_named_so_and_not_the_longest_text(british: Linter, bought: str, spoken: str) -> None:
    """A treatment may be told at more length than a customer needs to praise it."""
    item = {"name": "Ottilie Reed", bought: "A long course of needling for the cheeks and the neck", spoken: SAID}
    page = {"intro": "Book exosome microneedling now.", "testimonials": [item]}
    assert _told(british, "page.json", json.dumps(page)) == [SAID]


def test_a_heading_of_reviews_is_no_testimonial(british: Linter) -> None:
    """It says that customers speak, and they do below it."""
    text = f"<h2>Patient testimonials</h2><p>What our patients are saying</p><p>{SAID}</p><p>Ottilie R.</p>"
    assert _told(british, "page.html", OFFER + text) == [SAID]
