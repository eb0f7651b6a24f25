"""The law of each jurisdiction on one day: which provisions back or permit a rule, with inheritance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from menulint.claim import Claim
from menulint.engine.conditions import Asked, Case, Check, Conditions, Standing
from menulint.finding import CONFIDENCES, SEVERITIES, VERDICTS, Judgement
from menulint.pack.model import Backing, Condition, Jurisdiction, Pack, Provision

Basis = tuple[Provision, Backing]
Rulings = tuple[Judgement, ...]
"""What some places make of a claim."""
_Ranks = tuple[tuple[Basis, ...], ...]
_Asking = list[tuple[Basis, int]]
"""Provisions of one rank, each with the number of the answer on which it depends."""


@dataclass(frozen=True, slots=True)
class _Law:
    """What holds in one place: provisions by the rule they back or permit, and statuses of things.

    Provisions that back a rule stand in ranks: the place's own, then what it inherits, then what its parents inherit. The
    first rank of which any holds speaks alone.
    """

    backs: dict[str, _Ranks]
    permits: dict[str, _Ranks]
    statuses: dict[str, str]


_MOST_BENCHES = 100
"""Kinds of benches kept; a scan of the whole web has pages of every place."""
_MOST_RULINGS = 1000
"""Rulings kept of one rule: there are as many as its provisions' conditions hold in different combinations."""


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
        self.conditions = Conditions(pack)
        self._made: dict[str, _Law] = {}
        self._standings: dict[frozenset[tuple[str, str]], Standing] = {}
        self._benches: dict[tuple[tuple[str, ...], frozenset[str]], Bench] = {}

    def statuses(self, code: str) -> dict[str, str]:
        """What things are in a place ("prescription-only"), own entries before inherited ones."""
        return self._of(code).statuses

    def standing(self, code: str) -> Standing:
        """The same, ready to be asked; places in which all things are the same share it."""
        statuses = self.statuses(code)
        key = frozenset(statuses.items())
        if key not in self._standings:
            self._standings[key] = Standing(statuses, self._pack)
        return self._standings[key]

    def bench(self, codes: Sequence[str], raising: frozenset[str]) -> Bench:
        """Places that judge claims together; ``raising`` of them decide."""
        key = tuple(codes), raising
        if key not in self._benches:
            if len(self._benches) >= _MOST_BENCHES:
                self._benches.clear()
            self._benches[key] = Bench(self, *key)
        return self._benches[key]

    def judge(self, rule: str, claim: Claim, code: str) -> Judgement | None:
        """What a jurisdiction makes of a claim on which a rule fires; None if no provision in force backs it there."""
        bench = self.bench((code,), frozenset({code}))
        return next(iter(bench.judged(rule, bench.cases(claim), (True,))), None)

    def ranks(self, rule: str, code: str) -> tuple[_Ranks, _Ranks]:
        """The provisions in force in a place that permit a rule's claims, and those that back the rule."""
        law = self._of(code)
        return law.permits.get(rule, ()), law.backs.get(rule, ())

    def backing(self, rule: str, code: str) -> tuple[Basis, ...]:
        """The provisions in force that back a rule in a place, whatever their conditions: its own, then inherited ones."""
        return tuple(basis for rank in self._of(code).backs.get(rule, ()) for basis in rank)

    def conditions_on(self, rule: str, codes: Sequence[str]) -> Iterator[Condition]:
        """The conditions under which provisions in force in some places back or permit a rule."""
        for code in codes:
            for rank in (*self._of(code).permits.get(rule, ()), *self._of(code).backs.get(rule, ())):
                yield from (backing.when for _, backing in rank if backing.when)

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


class Bench:
    """Some places that judge together. Build through ``Law.bench``, use for many claims."""

    def __init__(self, law: Law, codes: tuple[str, ...], raising: frozenset[str]) -> None:
        self._law, self.codes = law, codes
        self._deciding = tuple(code for code in codes if code in raising)
        self._others = tuple(code for code in codes if code not in raising)
        self.standings = tuple(dict.fromkeys(map(law.standing, codes)))
        """What things are in its places: one for all places in which that is the same."""
        self.standing_of = {code: self.standings.index(law.standing(code)) for code in codes}
        self._provisions: dict[str, tuple[_Provisions, _Provisions]] = {}
        self.asked: dict[str, Asked] = {}
        self.asked_by_rules: dict[tuple[str, ...], Asked] = {}
        self.asked_by_rule: dict[str, Asked] = {}
        """What the rules that begin at a concept, some rules, and one rule ask of a claim with its law: the engine's."""
        self._together: dict[tuple[int, int], tuple[Rulings, Rulings, Rulings]] = {}

    def cases(self, claim: Claim) -> tuple[Case, ...]:
        """A claim before these places, by their ``standings``."""
        return tuple([Case(claim, standing) for standing in self.standings])

    def judged(self, rule: str, cases: Sequence[Case], fits: Sequence[bool]) -> tuple[Judgement, ...]:
        """What its places make of a claim on which a rule fires, in their order; nothing where none that decides backs it.

        ``fits`` says by ``standings`` where it fires.
        """
        if rule not in self._provisions:
            self._provisions[rule] = self._ask(rule, self._deciding), self._ask(rule, self._others, raises=False)
        deciding, others = self._provisions[rule]
        fired = deciding.ruling(cases, fits)
        if not fired or not self._others:  # where nothing is raised, nobody asks what others would say
            return fired
        return self._merged(fired, others.ruling(cases, fits))

    def _merged(self, fired: Rulings, others: Rulings) -> Rulings:
        """The judgements of all places in their order; those of the same two rulings are the same."""
        key = id(fired), id(others)
        known = self._together.get(key)
        if known is None or known[0] is not fired or known[1] is not others:
            found = {judgement.code: judgement for judgement in fired}
            found |= {judgement.code: judgement for judgement in others}
            if len(self._together) >= _MOST_RULINGS:
                self._together.clear()
            known = self._together[key] = fired, others, tuple([found[code] for code in self.codes if code in found])
        return known[2]

    def _ask(self, rule: str, codes: Sequence[str], *, raises: bool = True) -> _Provisions:
        return _Provisions(rule, codes, self.standing_of, self._law, raises)


class _Provisions:
    """Provisions of some places on one rule: what they ask of a claim, and what follows from the answers.

    ``raises`` is said of their judgements: whether they decide or are listed for information.
    """

    def __init__(
        self, rule: str, codes: Sequence[str], standing_of: dict[str, int], law: Law, raises: bool = True
    ) -> None:
        self._raises, self._conditions = raises, law.conditions
        self._rulings: dict[tuple[bool, ...], tuple[Judgement, ...]] = {}
        self._numbers: dict[tuple[int, int], int] = {}
        self._checks: list[tuple[Check, int]] = []
        self._places: list[tuple[str, int, list[_Asking], list[_Asking]]] = []
        for code, standing in [(code, standing_of[code]) for code in codes]:
            permits, backs = (self._asking(ranks, standing) for ranks in law.ranks(rule, code))
            self._places.append((code, standing, permits, backs))

    def _asking(self, ranks: _Ranks, standing: int) -> list[_Asking]:
        return [[(basis, self._number(basis[1].when, standing)) for basis in rank] for rank in ranks]

    def _number(self, when: Condition | None, standing: int) -> int:
        """The number of the answer to a condition, -1 without one; only one that names a status is asked for each standing."""
        if not when:
            return -1
        key = id(when), standing if self._conditions.status(when) else 0
        if key not in self._numbers:
            self._numbers[key] = len(self._checks)
            self._checks.append((self._conditions.ready(when), key[1]))
        return self._numbers[key]

    def ruling(self, cases: Sequence[Case], fits: Sequence[bool]) -> tuple[Judgement, ...]:
        """The judgements on a claim. All that it depends on is whether conditions hold, so that equal answers share it."""
        answers = (*fits, *[check(cases[standing]).holds for check, standing in self._checks])
        ruling = self._rulings.get(answers)
        if ruling is None:
            if len(self._rulings) >= _MOST_RULINGS:
                self._rulings.clear()
            # Without a condition a provision holds: its number is -1, and so is that of the last answer.
            ruling = self._rulings[answers] = tuple(self._ruling(fits, (*answers[len(fits) :], True)))
        return ruling

    def _ruling(self, fits: Sequence[bool], held: Sequence[bool]) -> Iterator[Judgement]:
        for code, standing, permits, backs in self._places:
            if not fits[standing] or any(held[number] for rank in permits for _, number in rank):
                continue
            for rank in backs:
                if bases := [basis for basis, number in rank if held[number]]:
                    yield _strictest(code, bases, self._raises)
                    break


def _inherited(rule: str, parents: Sequence[tuple[dict[str, _Ranks], Sequence[str]]]) -> Iterator[tuple[Basis, ...]]:
    """The ranks of all parents side by side: their own law first, then what they inherit themselves."""
    ranks = [[_of_domains(rank, domains) for rank in by_rule.get(rule, ())] for by_rule, domains in parents]
    for level in zip_longest(*ranks, fillvalue=()):
        yield level[0] if len(level) == 1 else tuple([basis for rank in level for basis in rank])


def _of_domains(rank: tuple[Basis, ...], domains: Sequence[str]) -> tuple[Basis, ...]:
    return tuple([basis for basis in rank if basis[0].domain in domains]) if domains else rank


def _strictest(code: str, bases: Sequence[Basis], raises: bool) -> Judgement:
    """The judgement of the strictest provision; all that apply are cited, the strictest first."""
    ordered = sorted(bases, key=_strictness, reverse=True) if len(bases) > 1 else bases
    provision, backing = ordered[0]
    cited = tuple(dict.fromkeys(p.id for p, _ in ordered))
    confidence = backing.confidence or provision.confidence
    return Judgement(code, backing.verdict, backing.severity, confidence, cited, raises)


def _strictness(basis: Basis) -> tuple[int, int, int]:
    provision, backing = basis
    return (
        SEVERITIES.index(backing.severity),
        VERDICTS.index(backing.verdict),
        CONFIDENCES.index(backing.confidence or provision.confidence),
    )
