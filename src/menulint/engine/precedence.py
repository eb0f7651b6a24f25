"""Several rules on one wording: which of them is reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from menulint.engine.match import MAX_SPAN, Match
from menulint.finding import SEVERITIES

POOLED = {"medicinal": "efficacy"}
"""Categories that readers give to the same words: one finding is enough."""


WAY = "route"
"""The facet of which one that is needed beside another says more than that."""

ONCE = "testimonial"
"""The category of which one finding is enough for all that one person is quoted with."""


def resolve(matches: Iterable[Match]) -> list[Match]:
    """Drop superseded rules, and in each category all but the strongest of findings that overlap. In file order."""
    by_block: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_block[match.claim.head.block].append(match)
    blocks = (block if len(block) == 1 else _resolve_block(block) for block in by_block.values())
    kept = [match for block in blocks for match in block]
    return sorted(kept, key=lambda m: (m.claim.head.block, *m.span, m.rule.id))


def _resolve_block(matches: Sequence[Match]) -> Iterator[Match]:
    """The strongest first; a weaker one that overlaps it and loses to it is only counted with it."""
    kept: list[Match] = []
    nearby: dict[int, list[int]] = defaultdict(list)
    told: dict[int, int] = {}
    for match in sorted(matches, key=_strength, reverse=True):
        places = _places(match)
        stronger = next((n for p in places for n in nearby[p] if _wins(kept[n], match)), told.get(_told(match)))
        if stronger is None:
            if match.rule.category == ONCE and match.claim.quotation >= 0:
                told[match.claim.quotation] = len(kept)
            for place in places:
                nearby[place].append(len(kept))
            kept.append(match)
        else:
            kept[stronger] = _with(kept[stronger], match)
    yield from kept


def _with(kept: Match, dropped: Match) -> Match:
    """What stays of a match that is dropped: its rule, and that it prohibits what the other one may allow with proof."""
    denied = tuple(rule for rule in dropped.denied if rule not in kept.denied)
    if dropped.rule.id in (kept.rule.id, *kept.more):
        return kept._replace(others_denied=(*kept.others_denied, *denied)) if denied else kept
    return kept._replace(more=(*kept.more, dropped.rule.id), others_denied=(*kept.others_denied, *denied))


def _told(match: Match) -> int:
    """The quotation a testimonial stands in, -1 for anything else."""
    return match.claim.quotation if match.rule.category == ONCE else -1


def _places(match: Match) -> range:
    """The stretches of the block a match lies in, so that only neighbours are compared."""
    start, end = match.span
    return range(start // MAX_SPAN, (end - 1) // MAX_SPAN + 1)


def _wins(one: Match, other: Match) -> bool:
    (start, end), (first, last) = one.span, other.span
    return start < last and first < end and (other.rule.id in one.rule.supersedes or _pool(one) == _pool(other))


def _strength(match: Match) -> tuple[bool, int, bool, int, int, str]:
    start, end = match.span
    severity = SEVERITIES.index(match.strictest.severity)
    return bool(match.rule.supersedes), severity, not _borrows(match), end - start, -start, match.rule.id


def _borrows(match: Match) -> bool:
    """Whether the way in is another one than the head: "Mesotherapy at our clinic uses microinjections of vitamins"."""
    return match.claim.head.facet == WAY and any(filler.mention.facet == WAY for filler in match.used)


def _pool(match: Match) -> str:
    return POOLED.get(match.rule.category, match.rule.category)
