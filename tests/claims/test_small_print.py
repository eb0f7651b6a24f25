"""What one sentence of caution makes of an advertisement, and what a question that offers claims."""

from __future__ import annotations

import pytest

from menulint.linter import Linter, Options
from menulint.pack.model import Pack

OFFERS = ("Weight loss jabs from £99.", "The best lip filler in Leeds.", "Our laser gets rid of wrinkles permanently.")
CAUTIONS = (
    "Speak to your doctor before treatment.",
    "Side effects include nausea.",
    "Avoid alcohol for 24 hours.",
    "In case of emergency call 999.",
    "We are hiring a nurse.",
)


def codes(pack: Pack, text: str, jurisdiction: str = "GB") -> set[str]:
    """The rules of the warnings and errors in a text of its own."""
    result = Linter(pack, Options(jurisdiction=(jurisdiction,))).check_bytes("page.txt", text.encode())
    return {finding.rule for finding in result.findings if finding.severity != "info"}


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("caution", CAUTIONS)
def test_one_caution_takes_back_no_offer(pack: Pack, offer: str, caution: str) -> None:
    """An advertisement with its small print is an advertisement."""
    alone = codes(pack, offer)
    assert alone
    assert alone <= codes(pack, f"{offer} {caution}")
    assert alone <= codes(pack, f"{caution}\n\n{offer}")


def test_several_cautions_are_a_leaflet(pack: Pack) -> None:
    """Who says little else than what to watch for and whom to call informs."""
    told = "Botox is injected into the muscle. Side effects include nausea."
    text = f"{told} Speak to your GP if a lid droops. In case of emergency call 999."
    assert codes(pack, text) == set()


def test_a_caution_of_somebody_who_offers_nothing_is_information(pack: Pack) -> None:
    """No price, no praise, nobody's own word: the name of the medicine is told."""
    assert codes(pack, "Speak to your GP before you take semaglutide.") == set()


def test_whom_one_need_not_see_makes_no_leaflet(pack: Pack) -> None:
    """A GP is a leaflet's word where one should see them, a seller's where one is spared it."""
    assert codes(pack, "Get Mounjaro without seeing your GP.") == {"POM001"}
    assert codes(pack, "Ask for Mounjaro when seeing your GP.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Why go under the knife when our threads do the same?",
        "Why replace your knee? Our cells do the job.",
        "Not ready for injections? Give our peptide cream a go.",
    ],
)
def test_a_question_that_offers_is_a_comparison(pack: Pack, text: str) -> None:
    """The words by which it offers are part of the comparison itself, and it is asked all the same."""
    assert "CMP004" in codes(pack, text)


@pytest.mark.parametrize("text", ["Is it an alternative to surgery?", "Why do people have a knee replaced?"])
def test_a_question_that_only_asks_is_none(pack: Pack, text: str) -> None:
    """Nobody answers it, and nothing is offered."""
    assert codes(pack, text) == set()


def test_two_brands_in_a_question_and_we_stock_both(pack: Pack) -> None:
    """The answer names what the question named."""
    assert codes(pack, "Azzalure or Bocouture? We stock both.") == {"POM001"}
    assert codes(pack, "Azzalure or Bocouture? Ask a doctor which.") == set()


@pytest.mark.parametrize("place", ["GB", "IE", "AU", "CA", "SG", "NZ"])
def test_the_approval_of_another_country_sells_nothing_here(pack: Pack, place: str) -> None:
    """It may be true, and yet it says nothing of what holds where the advertisement is read."""
    assert "APR004" in codes(pack, "Our laser is approved by the FDA.", place)
    assert "APR004" not in codes(pack, "Our laser is not approved by the FDA.", place)


def test_a_true_approval_at_home_is_no_warning(pack: Pack) -> None:
    """What the FDA has cleared may say so in the US, and a device may carry its mark in Britain."""
    assert codes(pack, "Our laser is FDA-cleared.", "US") == set()
    assert codes(pack, "CE-marked dermal filler.", "GB") == set()


@pytest.mark.parametrize(
    "opener",
    ["Whether it's for a wedding or for you, ", "Unlike other clinics, ", "It may sound too good to be true, but "],
)
def test_an_opener_silences_nothing(pack: Pack, opener: str) -> None:
    """Its words ask, report and warn elsewhere; here they introduce what the seller says."""
    assert "EFF006" in codes(pack, f"{opener}our laser gets rid of wrinkles permanently.")


@pytest.mark.parametrize(
    "text",
    [
        "We ask whether our laser gets rid of wrinkles permanently.",
        "Other clinics claim that a laser gets rid of wrinkles permanently.",
        "That a laser gets rid of wrinkles permanently sounds too good to be true.",
    ],
)
def test_the_same_words_ask_report_and_warn(pack: Pack, text: str) -> None:
    """Nobody claims it."""
    assert "EFF006" not in codes(pack, text)


@pytest.mark.parametrize("mark", ["", ":", " –", " |", " •"])
def test_what_stands_before_a_price_makes_no_difference(pack: Pack, mark: str) -> None:
    """Menus part a line and its price by all of these."""
    assert codes(pack, f"Frown lines{mark} £99") == {"POM002"}
    assert codes(pack, f"Lashes{mark} £99") == set()


def test_a_registration_is_no_approval(pack: Pack) -> None:
    """Makers have to register devices with the MHRA: that may be stated, but no approval."""
    assert codes(pack, "Our laser is registered with the MHRA.") == set()
    assert "APR004" in codes(pack, "Our laser is approved by the MHRA.")


@pytest.mark.parametrize("text", ["Licensed by the council.", "Inspected by the local authority."])
def test_a_council_endorses_no_goods(pack: Pack, text: str) -> None:
    """It licenses premises: a certificate, and no authority that Australia forbids to name beside goods."""
    assert codes(pack, text, "AU") == {"APR003"}


@pytest.mark.parametrize("heading", ["Waxing", "Laser hair removal"])
@pytest.mark.parametrize("line", ["Any two areas for the price of one", "Upper face £12"])
def test_areas_of_wax_and_laser_name_no_toxin(pack: Pack, heading: str, line: str) -> None:
    """What is sold by the area stands in the heading, and it is no medicine."""
    assert codes(pack, f"{heading}\n\n{line}") == set()


def test_a_line_below_a_toxin_is_one_of_its_lines(pack: Pack) -> None:
    """The same words name an offer of the medicine there."""
    assert "POM004" in codes(pack, "Botox\n\nUpper face £180")
