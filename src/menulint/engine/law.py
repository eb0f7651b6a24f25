"""The law of each jurisdiction on one day: which provisions back or permit a rule, with inheritance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from menulint.claim import Claim
from menulint.engine.conditions import Case, evaluate
from menulint.finding import CONFIDENCES, SEVERITIES, VERDICTS, Judgement
from menulint.pack.model import Backing, Jurisdiction, Pack, Provision

Basis = tuple[Provision, Backing]
_Ranks = tuple[tuple[Basis, ...], ...]


@dataclass(frozen=True, slots=True)
class _Law:
    """What holds in one place: provisions by the rule they back or permit, and statuses of things.

    Provisions that back a rule stand in ranks: the place's own, then what it inherits, then what its parents inherit. The
    first rank of which any holds speaks alone.
    """

    backs: dict[str, _Ranks]
    permits: dict[str, _Ranks]
    statuses: dict[str, str]


def turning_days(pack: Pack) -> tuple[date, ...]:
    """The days on which some law begins or has ended, or research came to be known, sorted.

    Between two of them every day has the same law and the same evidence.
    """
    days = {date(row.first_year, 1, 1) for row in pack.evidence if row.first_year}
    for provision in pack.provisions.values():
        if provision.in_force_from:
            days.add(provision.in_force_from)
        if provision.in_force_to:
            days.add(provision.in_force_to + timedelta(days=1))
    return tuple(sorted(days))


class Law:
    """All jurisdictions of a pack as they stand on ``as_of``."""

    def __init__(self, pack: Pack, as_of: date) -> None:
        self._pack, self._as_of = pack, as_of
        self._made: dict[str, _Law] = {}

    def statuses(self, code: str) -> dict[str, str]:
        """What things are in a place ("prescription-only"), own entries before inherited ones."""
        return self._of(code).statuses

    def judge(self, rule: str, claim: Claim, code: str) -> Judgement | None:
        """What a jurisdiction makes of a claim on which a rule fires; None if no provision in force backs it there."""
        law = self._of(code)
        case = Case(claim, self._pack, law.statuses)
        permits = (basis for rank in law.permits.get(rule, ()) for basis in rank)
        if any(evaluate(backing.when, case).holds for _, backing in permits):
            return None
        for rank in law.backs.get(rule, ()):
            if bases := [basis for basis in rank if evaluate(basis[1].when, case).holds]:
                return _strictest(code, bases)
        return None

    def backing(self, rule: str, code: str) -> tuple[Basis, ...]:
        """The provisions in force that back a rule in a place, whatever their conditions: its own, then inherited ones."""
        return tuple(basis for rank in self._of(code).backs.get(rule, ()) for basis in rank)

    def _of(self, code: str) -> _Law:
        if code not in self._made:
            self._made[code] = self._make(self._pack.jurisdictions[code])
        return self._made[code]

    def _make(self, place: Jurisdiction) -> _Law:
        parents = [(self._of(i.source), i.domains) for i in place.inherits]
        inherited_statuses = {
            concept: status
            for law, domains in reversed(parents)
            for concept, status in law.statuses.items()
            if not domains or "medicines" in domains
        }
        return _Law(
            backs=self._merged(place, "backs", [(law.backs, domains) for law, domains in parents]),
            permits=self._merged(place, "permits", [(law.permits, domains) for law, domains in parents]),
            statuses={**inherited_statuses, **self._own_statuses(place)},
        )

    def _own_statuses(self, place: Jurisdiction) -> dict[str, str]:
        """What things are in a place by its own law: as long as the provision that says so is in force."""
        provisions = self._pack.provisions
        by = ((s, provisions.get(s.by)) for s in place.statuses)
        return {s.concept: s.status for s, found in by if found is None or found.in_force(self._as_of)}

    def _merged(
        self, place: Jurisdiction, kind: str, parents: Sequence[tuple[dict[str, _Ranks], Sequence[str]]]
    ) -> dict[str, _Ranks]:
        """Provisions by rule in ranks; of a parent only the named domains are taken."""
        own = self._own(place, kind)
        rules = {*own, *(rule for ranks, _ in parents for rule in ranks)}
        return {rule: (tuple(own.get(rule, ())), *_inherited(rule, parents)) for rule in sorted(rules)}

    def _own(self, place: Jurisdiction, kind: str) -> dict[str, list[Basis]]:
        own: dict[str, list[Basis]] = defaultdict(list)
        for provision in self._in_force(place):
            for backing in provision.backs if kind == "backs" else provision.permits:
                own[backing.rule].append((provision, backing))
        return own

    def _in_force(self, place: Jurisdiction) -> Iterator[Provision]:
        return (p for p in place.provisions if p.verified and p.in_force(self._as_of))


def _inherited(rule: str, parents: Sequence[tuple[dict[str, _Ranks], Sequence[str]]]) -> Iterator[tuple[Basis, ...]]:
    """The ranks of all parents side by side: their own law first, then what they inherit themselves."""
    ranks = [
        [tuple(b for b in rank if not domains or b[0].domain in domains) for rank in by_rule.get(rule, ())]
        for by_rule, domains in parents
    ]
    for level in zip_longest(*ranks, fillvalue=()):
        yield tuple(basis for rank in level for basis in rank)


def _strictest(code: str, bases: Sequence[Basis]) -> Judgement:
    """The judgement of the strictest provision; all that apply are cited, the strictest first."""
    ordered = sorted(bases, key=_strictness, reverse=True)
    provision, backing = ordered[0]
    cited = tuple(dict.fromkeys(p.id for p, _ in ordered))
    return Judgement(code, backing.verdict, backing.severity, backing.confidence or provision.confidence, cited)


def _strictness(basis: Basis) -> tuple[int, int, int]:
    provision, backing = basis
    return (
        SEVERITIES.index(backing.severity),
        VERDICTS.index(backing.verdict),
        CONFIDENCES.index(backing.confidence or provision.confidence),
    )
