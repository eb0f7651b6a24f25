"""Which words of a text are part of an address or of the name of a file."""

from __future__ import annotations

import pytest

from menulint.linter import Linter
from menulint.text.addresses import addresses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Read https://clinic.example/soft-skin now.", ["https://clinic.example/soft-skin"]),
        ("See WWW.clinic.example/peels, or call", ["WWW.clinic.example/peels"]),
        ("See clinic.co.uk/soft-skin for more", ["clinic.co.uk/soft-skin"]),
        ("Mail peels@clinic.co.uk.", ["peels@clinic.co.uk"]),
        ("Go to /soft-skin/ or /treatments/peels.", ["/soft-skin/", "/treatments/peels."]),
        ("IMG_soft-skin.jpg", ["IMG_soft-skin.jpg"]),
        ("img/soft-skin.webp", ["img/soft-skin.webp"]),
        ("Lips /botox and £80/session", []),
        ("Exosome/PRP injections and/or peels", []),
        ("Soft skin.Exosomes/peels", []),
        ("Follow @clinic today. A.B. said so.", []),
    ],
)
def test_addresses_are_told_from_words_with_a_slash(text: str, found: list[str]) -> None:
    """Of pages, mail and files; a slash between two words makes none."""
    assert [text[start:end] for start, end in addresses(text)] == found


@pytest.mark.parametrize(
    "words", ["https://clinic.example/botox-erases-wrinkles", "botox@clinic.example", "botox-offer.jpg"]
)
def test_nothing_is_claimed_in_an_address(linter: Linter, words: str) -> None:
    """The same words beside it are a claim."""
    offer = "Our clinic is in Leeds. Peels from £80."
    assert not linter.check_bytes("a.md", f"{offer} See {words} now.".encode()).findings
    assert linter.check_bytes("a.md", f"{offer} See {words} and ask for Botox.".encode()).findings
