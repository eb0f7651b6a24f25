"""The law we ship: what may be cited, where a status comes from, and how sure a source lets us be."""

from __future__ import annotations

from collections.abc import Iterator

from menulint.finding import CONFIDENCES
from menulint.pack.model import Backing, Pack, Provision

SEVERAL_SOURCES = {
    "IN-CDSCO-2026": "several newspapers report the notice, one with a link to it",
    "KR-MFDS-GUIDE-2025-NEEDLE": "a notice of the ministry says the same of carrying a cosmetic through the skin",
    "US-CASE-CSCTC-2024": "a ruling of an appeals court, seen on a copy of its opinion too",
}
"""Known from private sources alone, and yet more than one of them or an authority beside them."""


def provisions(pack: Pack) -> Iterator[Provision]:
    """All provisions of all places."""
    return (provision for place in pack.jurisdictions.values() for provision in place.provisions)


def backings(pack: Pack) -> Iterator[tuple[Provision, Backing]]:
    """Whatever backs or permits a rule, with its provision."""
    return ((p, backing) for p in provisions(pack) for backing in (*p.backs, *p.permits))


def family(pack: Pack, code: str) -> set[str]:
    """A place and all it inherits from."""
    parents = (parent.source for parent in pack.jurisdictions[code].inherits)
    return {code}.union(*(family(pack, parent) for parent in parents))


def test_what_nobody_verified_backs_no_rule(pack: Pack) -> None:
    """A report cites what backs a rule, so only what was read may."""
    assert [p.id for p, _ in backings(pack) if not p.verified] == []


def test_a_status_rests_on_verified_law_of_its_place_or_of_one_it_inherits_from(pack: Pack) -> None:
    """A prescription-only medicine in Northern Ireland is one by British or Union law."""
    by_id = {provision.id: provision for provision in provisions(pack)}
    rested = [(code, by_id[s.by]) for code, place in pack.jurisdictions.items() for s in place.statuses]
    assert [(code, law.id) for code, law in rested if not law.verified] == []
    assert [(code, law.id) for code, law in rested if law.jurisdiction not in family(pack, code)] == []


def test_a_status_is_one_that_some_rule_asks_for(pack: Pack) -> None:
    """A misspelt status would silence the law that asks for it."""
    assert {s.status for place in pack.jurisdictions.values() for s in place.statuses} == {"prescription-only"}


def test_what_is_inferred_or_contested_is_no_error(pack: Pack) -> None:
    """Low confidence caps severity at a warning."""
    low = [(p, b) for p, b in backings(pack) if (b.confidence or p.confidence) == "low"]
    assert low
    assert [(p.id, b.rule) for p, b in low if b.severity == "error"] == []


def test_a_rule_is_backed_no_more_surely_than_its_provision_was_read(pack: Pack) -> None:
    """A backing may lower the confidence of its provision, never raise it."""
    own = [(p, b) for p, b in backings(pack) if b.confidence]
    rank = CONFIDENCES.index
    assert [(p.id, b.rule) for p, b in own if rank(b.confidence or "") > rank(p.confidence)] == []


def test_only_who_read_the_text_itself_is_highly_sure(pack: Pack) -> None:
    """High confidence is for the instrument, the regulator or the ruling, at its own address or in a copy."""
    sure = {p.source_type for p in provisions(pack) if p.confidence == "high"}
    assert sure == {"official", "official-copy"}


def test_one_private_source_is_low_unless_it_restates_binding_law(pack: Pack) -> None:
    """A newspaper on guidance, a society's reading or a blog on a ruling is little to go by."""
    private = [p for p in provisions(pack) if p.source_type == "secondary" and p.binding != "law"]
    assert {p.id for p in private if p.confidence != "low"} == set(SEVERAL_SOURCES)
