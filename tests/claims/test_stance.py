"""Speaker and stance from cues and page."""

from __future__ import annotations

import pytest

from menulint.claims.page import PageEvidence
from menulint.claims.stance import voice
from menulint.mention import Cue, Mention
from menulint.source import Block, OffsetMap, Role

BLOCK = Block(0, Role.PARAGRAPH, "text", OffsetMap.identity(4))
SELLER = PageEvidence("promotional", (), "seller", {}, {})
REGULATOR = PageEvidence("regulator", (), "third-party", {}, {})
EDITORIAL = PageEvidence("editorial", (), "third-party", {}, {})


def heard(page: PageEvidence, *says: str, asks: bool = False) -> tuple[str, str]:
    """Speaker and stance of a mention that carries the given cues."""
    cues = tuple(Cue(what, what, 0, 0, 1, "BIDIRECTIONAL") for what in says)
    result = voice(Mention("effect.regenerate", 0, 0, 4, "text", cues=cues), BLOCK, page, asks=asks)
    return result.speaker, result.stance


@pytest.mark.parametrize(
    ("page", "says", "expected"),
    [
        (SELLER, (), ("seller", "asserted")),
        (REGULATOR, (), ("third-party", "educational")),
        (SELLER, ("third-party",), ("third-party", "reported")),
        (SELLER, ("third-party", "seller"), ("seller", "asserted")),
        (EDITORIAL, ("seller",), ("seller", "asserted")),
        (REGULATOR, ("seller",), ("third-party", "educational")),
        (SELLER, ("negated",), ("seller", "negated")),
        (SELLER, ("warned", "negated"), ("seller", "negated")),
        (SELLER, ("hypothetical",), ("seller", "hedged")),
        (SELLER, ("researched",), ("seller", "asserted")),
        (EDITORIAL, ("hypothetical",), ("third-party", "hypothetical")),
    ],
)
def test_the_speaker_decides_and_then_the_cue(
    page: PageEvidence, says: tuple[str, ...], expected: tuple[str, str]
) -> None:
    """The same cue means one thing in a seller's mouth and another in a regulator's."""
    assert heard(page, *says) == expected


def test_what_is_only_being_studied_nobody_claims() -> None:
    """A seller's "is being explored for" governs what follows it."""
    cue = Cue("researched", "is being explored for", 0, 0, 1, "FORWARD")
    study = Cue("researched", "in a trial", 0, 0, 1, "BIDIRECTIONAL")
    mention = Mention("effect.regenerate", 0, 0, 4, "text", cues=(cue,))
    assert voice(mention, BLOCK, SELLER).stance == "researched"
    assert voice(mention._replace(cues=(study,)), BLOCK, SELLER).stance == "asserted"


def test_a_question_claims_nothing_whatever_else_it_says() -> None:
    """Asked comes before everything."""
    assert heard(SELLER, "negated", asks=True) == ("seller", "asked")


def test_a_quoted_advertisement_is_somebody_elses_words() -> None:
    """In a zone of quoted advertising even "we" is reported."""
    page = PageEvidence("promotional", (), "seller", {0: 0}, {})
    assert heard(page, "seller") == ("third-party", "educational")
