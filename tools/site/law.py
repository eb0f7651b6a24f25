"""What the law of each place makes of each rule on one day, as the pages show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from menulint.engine.law import Basis, Law
from menulint.finding import SEVERITIES, VERDICTS
from menulint.pack.model import Backing, Jurisdiction, Pack, Provision, Rule

FIRST = ("EU", "GB", "US")
"""The places that come first, each followed by those that take their law from it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The strictest that the law of a place can make of a rule.

    ``by`` is the place whose provision that is: another than its own where the law is inherited. ``conditional``: only
    where the provision's condition holds.
    """

    place: Jurisdiction
    provision: Provision
    backing: Backing
    conditional: bool

    @property
    def by(self) -> str:
        """The code of the place whose provision it is."""
        return self.provision.jurisdiction

    @property
    def inherited(self) -> bool:
        """Whether it is the law of another place."""
        return self.by != self.place.code


class Overview:
    """Rules and places of a pack on one day."""

    def __init__(self, pack: Pack, as_of: date) -> None:
        self.pack, self.as_of = pack, as_of
        self._law = Law(pack, as_of)
        self.places = tuple(_ordered(pack))

    def judged(self, rule: str, code: str) -> Judged | None:
        """What a place can make of a rule at the most; None if no provision in force there backs it."""
        bases = self._speaking(rule, code)
        if not bases:
            return None
        provision, backing = max(bases, key=_strictness)
        return Judged(self.pack.jurisdictions[code], provision, backing, backing.when is not None)

    def _speaking(self, rule: str, code: str) -> tuple[Basis, ...]:
        """Where a place has a provision of its own that always holds, what it inherits is not asked."""
        bases = self._law.backing(rule, code)
        own = tuple(basis for basis in bases if basis[0].jurisdiction == code)
        return own if any(backing.when is None for _, backing in own) else bases

    def row(self, rule: Rule) -> list[tuple[Jurisdiction, Judged | None]]:
        """What each place makes of a rule."""
        return [(place, self.judged(rule.id, place.code)) for place in self.places]

    def backed(self, place: Jurisdiction) -> list[tuple[Rule, Judged]]:
        """The rules that have a basis in a place."""
        found = ((rule, self.judged(rule.id, place.code)) for rule in self.pack.rules.values())
        return [(rule, judged) for rule, judged in found if judged]

    def unbacked(self, place: Jurisdiction) -> list[Rule]:
        """The rules that are silent in a place."""
        return [rule for rule in self.pack.rules.values() if self.judged(rule.id, place.code) is None]

    def texts(self, rule: Rule) -> list[tuple[Jurisdiction, list[Basis]]]:
        """The provisions of each place that back a rule, whenever they hold, the strictest first."""
        found = ((place, sorted(_bases(place, rule.id), key=_strictness, reverse=True)) for place in self.places)
        return [(place, bases) for place, bases in found if bases]

    def permits(self, rule: Rule) -> list[Basis]:
        """The provisions that switch a rule off."""
        return [
            (provision, permit)
            for provision in self.pack.provisions.values()
            for permit in provision.permits
            if permit.rule == rule.id
        ]

    def children(self, place: Jurisdiction) -> list[Jurisdiction]:
        """The places that take law from this one."""
        return [other for other in self.places if any(i.source == place.code for i in other.inherits)]

    def state(self, provision: Provision) -> str:
        """``now``, ``ended`` or ``not yet`` in force on the day."""
        if provision.in_force(self.as_of):
            return "now"
        return "ended" if provision.in_force_to and provision.in_force_to < self.as_of else "not yet"


def _bases(place: Jurisdiction, rule: str) -> Iterator[Basis]:
    return ((p, backing) for p in place.provisions for backing in p.backs if backing.rule == rule)


def _strictness(basis: Basis) -> tuple[int, int, bool]:
    _, backing = basis
    return VERDICTS.index(backing.verdict), SEVERITIES.index(backing.severity), backing.when is None


def _ordered(pack: Pack) -> Iterator[Jurisdiction]:
    """Each place behind the one it takes its law from."""
    places = pack.jurisdictions
    roots = sorted((c for c, p in places.items() if not p.inherits), key=lambda c: (c not in FIRST, c))
    families = {root: [root] for root in roots}
    for code in sorted(places):
        if places[code].inherits:
            families[_family(code, pack)].append(code)
    yield from (places[code] for family in families.values() for code in family)


def _family(code: str, pack: Pack) -> str:
    """The place at the top of what a place inherits; the one it shares its letters with, if it has several."""
    parents = [i.source for i in pack.jurisdictions[code].inherits]
    if not parents:
        return code
    return _family(next((p for p in parents if code.startswith(p)), parents[0]), pack)
