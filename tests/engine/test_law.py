"""Which law speaks: inheritance, dates, permits, precedence of provisions."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from menulint.claim import Claim
from menulint.engine.law import Law
from menulint.mention import Mention
from menulint.pack.model import Backing, Concept, Inheritance, Jurisdiction, Lexicon, Pack, Provision, Status

DAY = date(2026, 11, 22)
EMPTY = Lexicon((), {}, (), {}, {}, (), {})
CLAIM = Claim(Mention("effect.regenerate", 0, 0, 5, "heals"), "seller", "asserted", {})


def provision(id: str, *, rule: str = "EFF001", severity: str = "warning", **fields: object) -> Provision:
    """A provision that backs one rule, with plain values for everything a test does not care about."""
    verdict = {"error": "prohibited", "warning": "needs-evidence", "info": "advice"}[severity]
    plain = Provision(
        id=id,
        jurisdiction="",
        domain="advertising",
        gist="…",
        instrument="Code",
        provision="1",
        url="https://example.org",
        source_type="official",
        binding="code",
        confidence="high",
        reviewed="2026-11-22",
        backs=(Backing(rule, None, verdict, severity),),
    )
    return replace(plain, **fields)


def place(code: str, *provisions: Provision, inherits: tuple[Inheritance, ...] = (), **fields: object) -> Jurisdiction:
    """A jurisdiction with the given law."""
    plain = Jurisdiction(code, code, ("en",), (), inherits, (), provisions, {})
    return replace(plain, **fields)


def law(*places: Jurisdiction, on: date = DAY) -> Law:
    """The law of some places on a day."""
    concepts = {
        "effect.regenerate": Concept("effect.regenerate", "regenerates"),
        "substance.toxin": Concept("substance.toxin", "toxin"),
    }
    return Law(Pack("1", "", concepts, EMPTY, {}, {p.code: p for p in places}, ()), on)


def cited(law: Law, code: str) -> tuple[str, ...]:
    """The provisions cited for the claim in a place."""
    judgement = law.judge("EFF001", CLAIM, code)
    return judgement.provisions if judgement else ()


def test_a_place_without_law_of_its_own_has_that_of_its_parent() -> None:
    """Spain is judged by the Union's rule."""
    assert cited(law(place("EU", provision("E1")), place("ES", inherits=(Inheritance("EU"),))), "ES") == ("E1",)


def test_own_law_on_a_rule_replaces_the_inherited_one() -> None:
    """A child's provision for a rule stands alone."""
    both = law(place("EU", provision("E1")), place("ES", provision("S1"), inherits=(Inheritance("EU"),)))
    assert cited(both, "ES") == ("S1",)


def test_only_the_named_domains_are_inherited() -> None:
    """Northern Ireland takes cosmetics law from the Union and advertising law from the United Kingdom."""
    eu = place("EU", provision("E-AD"), provision("E-COS", domain="cosmetics"))
    gb = place("GB", provision("G-AD"), provision("G-COS", domain="cosmetics"))
    ni = place("GB-NIR", inherits=(Inheritance("EU", ("cosmetics",)), Inheritance("GB", ("advertising",))))
    assert set(cited(law(eu, gb, ni), "GB-NIR")) == {"E-COS", "G-AD"}


def test_own_law_whose_condition_does_not_hold_leaves_the_inherited_one_standing() -> None:
    """A national rule on prescription medicines says nothing of a cream; the Union's general rule does."""
    narrow = provision("S1", backs=(Backing("EFF001", {"status": "prescription-only"}, "prohibited", "error"),))
    both = law(place("EU", provision("E1")), place("ES", narrow, inherits=(Inheritance("EU"),)))
    assert cited(both, "ES") == ("E1",)


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2024, 2, 29), ()), (date(2024, 3, 1), ("A",)), (date(2025, 3, 1), ("A",)), (date(2025, 3, 2), ())],
)
def test_a_provision_speaks_from_its_first_day_to_its_last(on: date, expected: tuple[str, ...]) -> None:
    """Both days included."""
    dated = provision("A", in_force_from=date(2024, 3, 1), in_force_to=date(2025, 3, 1))
    assert cited(law(place("AU", dated), on=on), "AU") == expected


def test_what_nobody_verified_is_never_cited() -> None:
    """An unverified entry backs nothing."""
    assert cited(law(place("GB", provision("G", verified=False))), "GB") == ()


def test_a_permit_switches_a_rule_off() -> None:
    """A listed safe form is no finding in that place."""
    permit = provision("OK", backs=(), permits=(Backing("EFF001"),))
    assert cited(law(place("GB", provision("G"), permit)), "GB") == ()


def test_the_strictest_provision_gives_the_verdict_and_is_cited_first() -> None:
    """All that apply are cited."""
    judgement = law(place("GB", provision("W"), provision("E", severity="error"))).judge("EFF001", CLAIM, "GB")
    assert judgement is not None
    assert (judgement.verdict, judgement.severity, judgement.provisions) == ("prohibited", "error", ("E", "W"))


def test_a_condition_of_the_provision_must_hold() -> None:
    """A provision about a status does not speak where the thing has none."""
    backing = Backing("EFF001", {"status": "prescription-only"}, "prohibited", "error")
    conditional = provision("P", backs=(backing,))
    toxin = Claim(Mention("substance.toxin", 0, 0, 5, "toxin"), "seller", "asserted", {})
    status = (Status("substance.toxin", "prescription-only", "P"),)
    here = law(place("GB", conditional, statuses=status))
    assert here.judge("EFF001", toxin, "GB") is not None
    assert here.judge("EFF001", CLAIM, "GB") is None
