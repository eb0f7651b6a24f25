"""The law that a finding is shown with: of what raises it, what is sure enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from menulint.finding import CONFIDENCES, SEVERITIES, VERDICTS
from menulint.pack.model import Pack, Provision
from menulint.scanning.store import Row


@dataclass(frozen=True, slots=True)
class Cited:
    """The places whose law on a finding is sure enough, and what was left out.

    Attributes:
        places: as in ``findings.jurisdictions``, with the provisions that are cited.
        weaker: ids of provisions that are less sure, or are not in the pack any more.
        surest: the highest confidence among places that raise it.
    """

    places: tuple[Row, ...]
    weaker: tuple[str, ...]
    surest: str

    @property
    def strictest(self) -> Row:
        """The place whose verdict is that of the finding."""
        return max(self.places, key=lambda p: (SEVERITIES.index(p["severity"]), VERDICTS.index(p["verdict"])))


def cited(finding: Row, pack: Pack, least: str) -> Cited:
    """What may be cited of a finding's law at a confidence of at least ``least``.

    A place speaks only if the provision that decides its verdict is sure enough.
    """
    raising = [place for place in finding["jurisdictions"] if place["raises"]]
    kept, everything = [], dict[str, None]()
    for place in raising:
        everything |= dict.fromkeys(place["provisions"])
        first = place["provisions"][0]
        if not _enough(place["confidence"], least) or first not in pack.provisions:
            continue
        others = [
            p for p in place["provisions"][1:] if p in pack.provisions and _enough(_sure(pack, p, finding), least)
        ]
        kept.append({**place, "provisions": [first, *others]})
    named = {provision for place in kept for provision in place["provisions"]}
    surest = max((place["confidence"] for place in raising), key=CONFIDENCES.index, default="")
    return Cited(tuple(kept), tuple(p for p in everything if p not in named), surest)


def _sure(pack: Pack, name: str, finding: Row) -> str:
    """How sure it is that a provision backs a rule: where it does so in several ways, the least sure of them."""
    provision = pack.provisions[name]
    ways = [b.confidence or provision.confidence for b in provision.backs if b.rule == finding["rule"]]
    return min(ways or [provision.confidence], key=CONFIDENCES.index)


def _enough(confidence: str, least: str) -> bool:
    return CONFIDENCES.index(confidence) >= CONFIDENCES.index(least)


def described(provision: Provision) -> dict[str, Any]:
    """A provision for the record, in plain values."""
    return {
        "gist": provision.gist,
        "instrument": provision.instrument,
        "provision": provision.provision,
        "url": provision.url,
        "jurisdiction": provision.jurisdiction,
        "binding": provision.binding,
        "source_type": provision.source_type,
        "confidence": provision.confidence,
        "in_force": {
            "from": provision.in_force_from.isoformat() if provision.in_force_from else None,
            "to": provision.in_force_to.isoformat() if provision.in_force_to else None,
        },
        "reviewed": provision.reviewed,
    }
