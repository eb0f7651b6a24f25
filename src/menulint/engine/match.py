"""A rule that fires on a claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from menulint.claim import Claim, Filler
from menulint.finding import CONFIDENCES, SEVERITIES, VERDICTS, Judgement
from menulint.pack.model import Rule

PROHIBITED = "prohibited"
MAX_SPAN = 80
"""Code points; a finding is the shortest wording that carries the problem, never a sentence."""


class Match(NamedTuple):
    """A rule that fires on a claim: the mentions it needed, and the verdict of each jurisdiction that has one.

    ``strictest`` is the judgement that gives the finding its own verdict, severity and confidence. ``span`` is where it stands
    in the head's block: the head, and what it needs of the same clause if that stays short. ``more`` are the rules dropped for
    it on the same wording, ``others_denied`` those of them that prohibit it. Made by ``Match.of``.
    """

    rule: Rule
    claim: Claim
    used: tuple[Filler, ...]
    judgements: tuple[Judgement, ...]
    strictest: Judgement
    span: tuple[int, int]
    more: tuple[str, ...] = ()
    others_denied: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        rule: Rule,
        claim: Claim,
        used: tuple[Filler, ...],
        judgements: tuple[Judgement, ...],
        strictest: Judgement | None = None,
    ) -> Match:
        """A rule that fires; ``strictest`` of the judgements, if it is known."""
        return cls(rule, claim, used, judgements, strictest or strictest_of(judgements), _span(claim, used))

    @property
    def denied(self) -> tuple[str, ...]:
        """The rules that prohibit the wording where it counts: this one if it does, and those dropped for it."""
        for judged in self.judgements:
            if judged.raises and judged.verdict == PROHIBITED:
                return (self.rule.id, *self.others_denied)
        return self.others_denied


def strictest_of(judgements: Sequence[Judgement]) -> Judgement:
    """The judgement that weighs most, of those that raise anything if some do."""
    raising = [judgement for judgement in judgements if judgement.raises] or judgements
    return raising[0] if len(raising) == 1 else max(raising, key=_rank)


def _span(claim: Claim, used: Iterable[Filler]) -> tuple[int, int]:
    start, end = claim.head.start, claim.head.end
    for filler in used:
        if filler.scope == "clause":
            first, last = min(start, filler.mention.start), max(end, filler.mention.end)
            if last - first <= MAX_SPAN:
                start, end = first, last
    return start, end


def _rank(judgement: Judgement) -> tuple[int, int, int]:
    return (
        SEVERITIES.index(judgement.severity),
        VERDICTS.index(judgement.verdict),
        CONFIDENCES.index(judgement.confidence),
    )
