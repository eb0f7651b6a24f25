"""What research carries of a claim: which rows speak, how much they carry, and what findings say of it."""

from __future__ import annotations

import pytest

from menulint.claim import Claim, Filler
from menulint.engine.evidence import assess, carries, in_full, rows_for, said
from menulint.mention import Mention
from menulint.pack.model import Concept, EvidenceRow, Lexicon, Pack
from menulint.ui import catalogue

CONCEPTS = {
    "substance.exosome": Concept("substance.exosome", "exosomes"),
    "substance.exosome-plant": Concept("substance.exosome-plant", "plant exosomes", ("substance.exosome",)),
    "effect.overclaim": Concept("effect.overclaim", "promise", strength=2),
    "effect.rejuvenate": Concept("effect.rejuvenate", "rejuvenation", ("effect.overclaim",), strength=3),
    "effect.improve": Concept("effect.improve", "improvement", strength=2),
    "effect.look": Concept("effect.look", "look", strength=1),
    "effect.cure": Concept("effect.cure", "cure", strength=4),
    "safety.no-risk": Concept("safety.no-risk", "no risk"),
    "route.needle": Concept("route.needle", "needles"),
    "route.microneedling": Concept("route.microneedling", "microneedling", ("route.needle",)),
    "route.oral": Concept("route.oral", "swallowed"),
    "condition.scar": Concept("condition.scar", "scars"),
}


def row(
    id: str,
    effect: str = "effect.rejuvenate",
    *,
    substance: str = "substance.exosome",
    route: str = "",
    condition: str = "",
    level: str = "rct",
    certainty: str = "low",
) -> EvidenceRow:
    """A row with plain values for everything a test does not care about."""
    citations = ({"ref": "Writers 2024, Journal", "doi": "10.1/x", "url": "https://example.org"},)
    says = ("It was tried.", "“It was tried.”", "More.", citations, "2026-11-22", condition)
    return EvidenceRow(id, substance, effect, route, level, certainty, *says)


def pack(*rows: EvidenceRow) -> Pack:
    """A pack with those rows."""
    return Pack("1", "", CONCEPTS, Lexicon((), {}, (), {}, {}, (), {}), {}, {}, rows)


def claim(head: str = "effect.rejuvenate", *others: str) -> Claim:
    """A claim with what is bound to its head."""
    roles: dict[str, tuple[Filler, ...]] = {}
    for concept in others or ("substance.exosome",):
        name = concept.partition(".")[2]
        roles[concept.partition(".")[0]] = (Filler(Mention(concept, 0, 10, 10 + len(name), name), "clause"),)
    return Claim(Mention(head, 0, 0, 5, "works"), "seller", "asserted", roles)


def ids(claim: Claim, *rows: EvidenceRow) -> list[str]:
    """The rows that speak of a claim."""
    return [row.id for row in rows_for(claim, pack(*rows))]


def test_the_nearest_substance_wins() -> None:
    """A row on exosomes is not asked about plant exosomes where those have one of their own."""
    rows = row("ANY"), row("PLANT", substance="substance.exosome-plant")
    assert ids(claim("effect.rejuvenate", "substance.exosome-plant"), *rows) == ["PLANT"]


def test_the_nearest_effect_wins() -> None:
    """A row on rejuvenation comes before one on promises in general."""
    assert ids(claim(), row("PROMISE", "effect.overclaim"), row("YOUTH")) == ["YOUTH"]


def test_an_ancestor_speaks_where_nothing_nearer_does() -> None:
    """A row on promises in general is also about rejuvenation by plant exosomes."""
    assert ids(claim("effect.rejuvenate", "substance.exosome-plant"), row("PROMISE", "effect.overclaim")) == ["PROMISE"]


def test_an_exact_route_comes_before_any() -> None:
    """What was tried with needles tells more of needling than what was tried somehow."""
    needled = claim("effect.rejuvenate", "substance.exosome", "route.microneedling")
    assert ids(needled, row("ANY"), row("NEEDLE", route="route.needle")) == ["NEEDLE"]


def test_another_route_says_nothing() -> None:
    """A trial of needling carries nothing that is swallowed."""
    swallowed = claim("effect.rejuvenate", "substance.exosome", "route.oral")
    assert ids(swallowed, row("NEEDLE", route="route.needle")) == []


def test_that_a_route_was_never_studied_says_nothing_where_none_is_claimed() -> None:
    """No trial of swallowed exosomes is no word on a cream; one of needled ones is the nearest there is."""
    unstudied = row("SWALLOWED", route="route.oral", level="none", certainty="none")
    assert ids(claim(), unstudied, row("NEEDLED", route="route.needle")) == ["NEEDLED"]
    assert ids(claim(), unstudied) == []
    assert ids(claim("effect.rejuvenate", "substance.exosome", "route.oral"), unstudied) == ["SWALLOWED"]


def test_a_row_on_a_condition_speaks_of_that_condition_only() -> None:
    """What helps scars is not shown to help the skin."""
    scars = row("SCARS", condition="condition.scar")
    assert ids(claim(), scars) == []
    assert ids(claim("effect.rejuvenate", "substance.exosome", "condition.scar"), scars) == ["SCARS"]


def test_a_row_on_a_treatment_alone_says_nothing_of_what_is_carried_in() -> None:
    """Needling improves scars; that does not show that exosomes do."""
    needling = row("NEEDLE", substance="", route="route.needle")
    assert ids(claim("effect.rejuvenate", "route.microneedling"), needling) == ["NEEDLE"]
    assert ids(claim("effect.rejuvenate", "substance.exosome", "route.microneedling"), needling) == []


def test_a_row_on_a_treatment_says_nothing_where_the_treatment_is_not_named() -> None:
    """A page that promises youth is not about needling."""
    assert ids(claim("effect.rejuvenate", "condition.scar"), row("NEEDLE", substance="", route="route.needle")) == []


@pytest.mark.parametrize(
    ("certainty", "carried"), [("high", 3), ("moderate", 2), ("low", 1), ("very-low", 0), ("none", 0)]
)
def test_certainty_says_which_strength_a_row_carries(certainty: str, carried: int) -> None:
    """High certainty carries a change of the body, low certainty looks."""
    assert assess(claim(), pack(row("A", certainty=certainty))).carried == carried


def test_a_cure_is_never_carried() -> None:
    """Not even by the best of evidence."""
    assert not carries(claim("effect.cure"), pack(row("A", "effect.cure", certainty="high")))


def test_a_contradicted_row_carries_nothing() -> None:
    """However sure it is."""
    assert not carries(claim("effect.look"), pack(row("A", "effect.look", level="contradicted", certainty="high")))


def test_what_nobody_reviewed_is_not_carried() -> None:
    """And the finding says so."""
    assert not carries(claim(), pack())
    assert "has been reviewed here" in said(claim(), "efficacy", pack(), catalogue())


SAYS = [
    (
        "high",
        "rct",
        "Published research carries at most (high certainty): “It was tried.” (EV: Writers 2024, Journal, doi:10.1/x)",
    ),
    ("low", "rct", "Published research carries at most, with the study named (low certainty): “It was tried.” "),
    ("none", "none", "Published research does not carry this (no certainty). Instead: “It was tried.” "),
    ("low", "contradicted", "The evidence points the other way. Instead: “It was tried.” "),
]


@pytest.mark.parametrize(("certainty", "level", "sentence"), SAYS)
def test_a_finding_says_what_research_carries_and_cites_it(certainty: str, level: str, sentence: str) -> None:
    """With the first source of the row."""
    message = said(claim(), "efficacy", pack(row("EV", certainty=certainty, level=level)), catalogue())
    assert message.startswith(sentence)


def test_it_says_so_in_spanish() -> None:
    """A report in Spanish says which way the evidence points."""
    message = said(claim(), "efficacy", pack(row("EV", level="contradicted")), catalogue("es"))
    assert message.startswith("La evidencia apunta en sentido contrario. En su lugar: ")


def test_a_finding_on_safety_speaks_only_where_a_row_contradicts() -> None:
    """That harm was reported is worth saying; that little is known is no part of "no risk"."""
    against, little = (row("EV", "safety.no-risk", level=level) for level in ("contradicted", "rct"))
    assert "points the other way" in said(claim("safety.no-risk"), "safety", pack(against), catalogue())
    assert said(claim("safety.no-risk"), "safety", pack(little), catalogue()) == ""


def test_a_finding_on_a_route_says_nothing_of_evidence() -> None:
    """How a thing gets in is no matter of how well it works."""
    assert said(claim(), "route", pack(row("EV")), catalogue()) == ""


def test_a_row_in_full_has_all_its_sources() -> None:
    """As ``explain`` shows it."""
    assert in_full(row("EV"), catalogue()) == (
        "EV (randomised trial, low certainty; carries appearance, with the study named): It was tried. Could be said: "
        "“It was tried.” Not carried: More. Writers 2024, Journal, doi:10.1/x, https://example.org"
    )
