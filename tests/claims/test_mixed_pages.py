"""A page on which a seller and somebody else speak by turns."""

from __future__ import annotations

from menulint.linter import Linter, Options
from menulint.pack.model import Pack

STUDY = (
    "The abstract of a systematic review gives keywords and inclusion criteria. Participants of a double-blind, "
    "placebo-controlled trial were randomised at baseline; the confidence interval was wide, and nothing was concluded."
)
OFFER = "At our clinic we offer our treatments to our clients every day. Book now with our team."
CLAIM = "A derma roller with exosomes rejuvenates the face."
BANNED = "The regulator says that exosomes which regenerate the skin are banned."


def flagged(pack: Pack, *paragraphs: str) -> set[str]:
    """What is flagged above information on a page of the given paragraphs."""
    page = "\n\n".join((STUDY, STUDY.replace("wide", "narrow"), *paragraphs)).encode()
    result = Linter(pack, Options(jurisdiction=("GB",), genre=None)).check_bytes("page.txt", page)
    assert result.genre != "promotional"
    return {f.text for f in result.findings if f.severity != "info"}


def test_a_sentence_without_doubts_is_the_sellers_where_a_seller_surely_speaks(pack: Pack) -> None:
    """Between study and offer, a plain claim is the clinic's; the banned wording beside it is the regulator's."""
    found = flagged(pack, OFFER, CLAIM, BANNED)
    assert any("rejuvenates" in text for text in found)
    assert not any("regenerate" in text for text in found)


def test_without_a_seller_the_same_sentence_claims_nothing(pack: Pack) -> None:
    """The claim in a page of science alone is what science talks about."""
    assert flagged(pack, CLAIM, BANNED) == set()


def test_a_text_that_turns_to_its_own_goods_is_the_sellers_from_there(pack: Pack) -> None:
    """No heading parts the study from the offer: "our own serum" does, and no sentence before it is claimed."""
    found = flagged(pack, "It regenerates the dermis of mice. Our own serum is a gift. It rejuvenates tired faces.")
    assert any("rejuvenates" in text for text in found)
    assert not any("regenerates" in text for text in found)


def test_what_a_table_head_forbids_its_column_does_not_claim(pack: Pack) -> None:
    """The words below "We don't say" are named and not used."""
    table = "We are a salon. Book now.\n\n| We don't say | Because |\n|---|---|\n| Cures acne | Nothing does |\n"
    assert not Linter(pack, Options()).check_bytes("page.md", table.encode()).findings


def test_bare_lines_below_a_refusal_are_its_list(pack: Pack) -> None:
    """A list without its marks is one all the same; a sentence among it is not."""
    text = "Words we do not use\n\ncures eczema\n\nOur peel rejuvenates skin. Book your visit at our salon.\n"
    found = Linter(pack, Options()).check_bytes("page.txt", text.encode()).findings
    assert {f.text for f in found if f.severity != "info"} == {"rejuvenates skin"}


def test_terms_and_policies_claim_nothing(pack: Pack) -> None:
    """A gift voucher in the refund policy is no pressure to buy."""
    text = "# Our salon\n\nBook now with our team.\n\n## Refund policy\n\nGift vouchers for Botox are not refunded.\n"
    assert not Linter(pack, Options()).check_bytes("page.md", text.encode()).findings


def test_a_refusing_heading_speaks_for_what_its_paragraphs_begin_with(pack: Pack) -> None:
    """A name in bold with a reason behind it is refused as an item of a list would be."""
    text = "# Our salon\n\nBook now with our team.\n\n## What we do not offer\n\n**Exosome injections** The law is clear.\n"
    assert not Linter(pack, Options()).check_bytes("page.md", text.encode()).findings


def test_a_course_names_what_it_teaches(pack: Pack) -> None:
    """A toxin in the title of a course is not advertised to patients."""
    text = "# Botulinum toxin: a training day for nurses\n\nWe teach Botox in small groups. Book your place, £400.\n"
    found = Linter(pack, Options()).check_bytes("page.md", text.encode()).findings
    assert not [f for f in found if f.rule == "POM001"]


def test_one_customer_is_one_testimonial(pack: Pack) -> None:
    """However much the words in one pair of quotation marks praise, they are one finding."""
    text = "“I love my new skin! I look amazing and my wrinkles are gone.” Book your visit with our team."
    found = Linter(pack, Options()).check_bytes("page.md", text.encode()).findings
    assert [f.rule[:3] for f in found].count("TST") == 1
