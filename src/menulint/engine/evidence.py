"""What published evidence carries: an effect's strength against the certainty of the rows on file (design: GRADE)."""

from __future__ import annotations

from collections.abc import Iterable

from menulint.claim import Claim
from menulint.pack.model import EvidenceRow, Pack

CARRIED = {"high": 3, "moderate": 2, "low": 1, "very-low": 0, "none": 0}
"""The strength of effect wording that a certainty carries; 4 (cures, permanent) never."""


def rows_for(claim: Claim, pack: Pack) -> tuple[EvidenceRow, ...]:
    """The evidence rows on the claim's substance and effect; an exact route is preferred to none."""
    substances = _concepts(claim, "substance")
    effects = _concepts(claim, "effect")
    routes = set(_concepts(claim, "route"))
    fitting = [
        row for row in pack.evidence if _covers(row.substance, substances, pack) and _covers(row.effect, effects, pack)
    ]
    exact = [row for row in fitting if row.route and _covers(row.route, routes, pack)]
    return tuple(exact or [row for row in fitting if not row.route] or fitting)


def carries(claim: Claim, pack: Pack) -> bool:
    """Whether the rows on file carry the strength of the claim's effect. No row carries nothing: it was not reviewed."""
    strength = max((pack.concepts[c].strength for c in _concepts(claim, "effect")), default=0)
    rows = rows_for(claim, pack)
    if any(row.level == "contradicted" for row in rows):
        return False
    return strength <= max((CARRIED[row.certainty] for row in rows), default=0)


def _concepts(claim: Claim, facet: str) -> tuple[str, ...]:
    bound = tuple(f.mention.concept for f in claim.roles.get(facet, ()))
    return (claim.head.concept, *bound) if claim.head.facet == facet else bound


def _covers(wanted: str, concepts: Iterable[str], pack: Pack) -> bool:
    return any(wanted in pack.ancestors[concept] for concept in concepts)
