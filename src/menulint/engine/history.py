"""How the law and the evidence of a pack move: what begins, ends and was reviewed since a day, and what was not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from menulint.engine import record
from menulint.pack.model import EvidenceRow, Pack, Provision

BEGAN, ENDED, BEGINS, ENDS = "began", "ended", "begins", "ends"


@dataclass(frozen=True, slots=True)
class Change:
    """A provision that begins or ends on ``day``; ``begins`` and ``ends`` lie ahead of the day asked."""

    day: date
    kind: str
    provision: Provision

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules it backs or permits."""
        return rules_of(self.provision)


def rules_of(provision: Provision) -> tuple[str, ...]:
    """The rules a provision backs or permits."""
    return tuple(dict.fromkeys(b.rule for b in (*provision.backs, *provision.permits)))


def changes(pack: Pack, since: date, on: date, codes: Collection[str] = ()) -> list[Change]:
    """What began or ended from ``since`` to ``on``, and what is announced for later, by day.

    Of ``codes`` only, if given; what a place inherits counts for it.
    """
    found = [change for provision in _provisions(pack, codes) for change in _of(provision, since, on)]
    return sorted(found, key=lambda change: (change.day, change.provision.jurisdiction, change.provision.id))


def _of(provision: Provision, since: date, on: date) -> Iterator[Change]:
    first, last = provision.in_force_from, provision.in_force_to
    if first and first >= since:
        yield Change(first, BEGAN if first <= on else BEGINS, provision)
    if last and last >= since:
        yield Change(last, ENDED if last < on else ENDS, provision)


def reviewed_since(pack: Pack, since: date, codes: Collection[str] = ()) -> list[Provision]:
    """The provisions whose last review is of that day or later."""
    return [p for p in _provisions(pack, codes) if _day(p.reviewed) >= since]


def not_reviewed_since(pack: Pack, day: date, on: date, codes: Collection[str] = ()) -> list[Provision]:
    """The provisions last reviewed before a day, the oldest first; what has ended by ``on`` needs no review."""
    stale = (p for p in _provisions(pack, codes) if _day(p.reviewed) < day and record.state(p, on) != record.ENDED)
    return sorted(stale, key=lambda p: (p.reviewed, p.jurisdiction, p.id))


def rows_reviewed_since(pack: Pack, since: date) -> list[EvidenceRow]:
    """The rows of evidence whose last review is of that day or later."""
    return [row for row in pack.evidence if _day(row.reviewed) >= since]


def rows_not_reviewed_since(pack: Pack, day: date) -> list[EvidenceRow]:
    """The rows of evidence last reviewed before a day, the oldest first."""
    return sorted((row for row in pack.evidence if _day(row.reviewed) < day), key=lambda row: (row.reviewed, row.id))


def _provisions(pack: Pack, codes: Collection[str]) -> list[Provision]:
    """Each once, those of the places asked for and of those they inherit from."""
    found = {p.id: p for code in (codes or sorted(pack.jurisdictions)) for p in record.provisions_of(pack, code)}
    return [p for p in found.values() if p.verified]


def _day(text: str) -> date:
    return date.fromisoformat(text)
