"""What a pack has on file of a rule, a thing or a provision in each place, in force or not: what explanations show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from menulint.finding import SEVERITIES, VERDICTS
from menulint.pack.model import Backing, Jurisdiction, Pack, Provision, Status

IN_FORCE, AHEAD, ENDED, UNVERIFIED = "in-force", "ahead", "ended", "unverified"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one provision says of one rule in one place. ``permits``: it switches the rule off; ``state``: on the day asked."""

    place: str
    provision: Provision
    backing: Backing
    permits: bool
    state: str

    @property
    def is_own(self) -> bool:
        """Whether the place made it itself."""
        return self.provision.jurisdiction == self.place

    @property
    def binds(self) -> bool:
        """Whether it makes the wording a problem on the day asked."""
        return self.state == IN_FORCE and not self.permits


def state(provision: Provision, on: date) -> str:
    """What a provision is on a day: ``in-force``, ``ahead``, ``ended`` or ``unverified``."""
    if not provision.verified:
        return UNVERIFIED
    if provision.in_force_from and provision.in_force_from > on:
        return AHEAD
    return ENDED if provision.in_force_to and provision.in_force_to < on else IN_FORCE


def entries(pack: Pack, rule: str, code: str, on: date) -> list[Entry]:
    """All that is on file of a rule in a place: its own law first, then what it inherits, each backing once."""
    found: dict[tuple[str, bool, int], Entry] = {}
    for provision in provisions_of(pack, code):
        for permits, backings in ((False, provision.backs), (True, provision.permits)):
            for number, backing in enumerate(backings):
                if backing.rule == rule:
                    entry = Entry(code, provision, backing, permits, state(provision, on))
                    found.setdefault((provision.id, permits, number), entry)
    return list(found.values())


def speaking(found: Iterable[Entry]) -> list[Entry]:
    """Those that make the wording a problem on the day: without what the place's own law always comes before."""
    binding = [entry for entry in found if entry.binds]
    own = [entry for entry in binding if entry.is_own]
    return own if any(entry.backing.when is None for entry in own) else binding


def verdicts(found: Iterable[Entry]) -> tuple[str, ...]:
    """The verdicts of some entries, the strictest first."""
    return tuple(sorted({entry.backing.verdict for entry in found}, key=VERDICTS.index, reverse=True))


def strictest(found: Iterable[Entry]) -> Entry:
    """The entry that weighs most."""
    return max(found, key=lambda e: (SEVERITIES.index(e.backing.severity), VERDICTS.index(e.backing.verdict)))


def provisions_of(pack: Pack, code: str) -> Iterator[Provision]:
    """The provisions that hold in a place, whatever their dates: its own, then its parents', nearest first."""
    for place, filters in lineage(pack, code):
        yield from (p for p in place.provisions if all(not domains or p.domain in domains for domains in filters))


def lineage(pack: Pack, code: str) -> Iterator[tuple[Jurisdiction, tuple[tuple[str, ...], ...]]]:
    """A place and all it inherits from, level by level, with the domains that each step takes over (none = all)."""
    level: list[tuple[str, tuple[tuple[str, ...], ...]]] = [(code, ())]
    while level:
        places = [(pack.jurisdictions[source], filters) for source, filters in level]
        yield from places
        level = [(i.source, (*filters, i.domains)) for place, filters in places for i in place.inherits]


def heirs(pack: Pack, provision: Provision) -> list[str]:
    """The other places in which a provision holds because they inherit it."""
    return [
        code
        for code in sorted(pack.jurisdictions)
        if code != provision.jurisdiction and any(p.id == provision.id for p in provisions_of(pack, code))
    ]


def statuses_of(pack: Pack, code: str, on: date) -> list[tuple[Status, Provision]]:
    """What things are in a place on a day, with the provision that says so: its own entries before inherited ones."""
    found: dict[str, tuple[Status, Provision]] = {}
    for place, filters in lineage(pack, code):
        if all(not domains or "medicines" in domains for domains in filters):
            for status in place.statuses:
                by = pack.provisions[status.by]
                if state(by, on) == IN_FORCE:
                    found.setdefault(status.concept, (status, by))
    return list(found.values())
