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
