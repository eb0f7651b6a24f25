"""Several rules on one wording: which of them is reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from menulint.engine.match import Match
from menulint.finding import SEVERITIES

POOLED = {"medicinal": "efficacy"}
"""Categories that readers give to the same words: one finding is enough."""


def resolve(matches: Iterable[Match]) -> list[Match]:
    """Drop superseded rules, and in each category all but the strongest of findings that overlap. In file order."""
    by_block: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_block[match.claim.head.block].append(match)
    kept = [match for block in by_block.values() for match in _resolve_block(block)]
    return sorted(kept, key=lambda m: (m.claim.head.block, *m.span(), m.rule.id))


def _resolve_block(matches: Sequence[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=_strength, reverse=True):
        stronger = next((other for other in kept if _overlaps(other, match) and _beats(other, match)), None)
        if stronger is None:
            kept.append(match)
        elif match.rule.id not in (stronger.rule.id, *stronger.more):
            kept[kept.index(stronger)] = replace(stronger, more=(*stronger.more, match.rule.id))
    return kept


def _strength(match: Match) -> tuple[bool, int, int, int, str]:
    start, end = match.span()
    return bool(match.rule.supersedes), SEVERITIES.index(match.strictest.severity), end - start, -start, match.rule.id


def _beats(one: Match, other: Match) -> bool:
    return other.rule.id in one.rule.supersedes or _pool(one) == _pool(other)


def _pool(match: Match) -> str:
    return POOLED.get(match.rule.category, match.rule.category)


def _overlaps(one: Match, other: Match) -> bool:
    (start, end), (first, last) = one.span(), other.span()
    return start < last and first < end
