"""A claim: what one clause says of one thing, who says it and how it is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from menulint.mention import Cue, Mention
from menulint.scales import GENRES as GENRES

SCOPES = ("clause", "sentence", "block", "row", "list", "answer", "section", "page")
"""Scopes from the narrowest to the widest; a role is filled in the narrowest that fills it."""

STANCES = (
    "asked",
    "negated",
    "prohibited",
    "warned",
    "hypothetical",
    "reported",
    "researched",
    "educational",
    "hedged",
    "asserted",
)
"""Stances in order of precedence: a mention has the first that holds."""

SPEAKERS = ("seller", "third-party")


@dataclass(frozen=True, slots=True)
class Filler:
    """A mention that fills a role of a frame, the scope in which it was bound, and its own stance."""

    mention: Mention
    scope: str
    stance: str = "asserted"


@dataclass(frozen=True, slots=True)
class Claim:
    """A frame with speaker and stance, around one ``head`` mention.

    ``roles`` maps a facet to the mentions bound to the head, nearest first; mentions that are coordinated ("exosomes,
    PRP or polynucleotides") fill a role together. ``cues`` are those that decided speaker and stance. ``sentence`` is the text
    the head stands in; ``present`` says for every scope which concepts occur there at all, bound or not. ``quotation`` numbers
    the words in quotation marks of the block that the head is part of, -1 if it is of none.
    """

    head: Mention
    speaker: str
    stance: str
    roles: dict[str, tuple[Filler, ...]]
    cues: tuple[Cue, ...] = ()
    genre: str = "promotional"
    sentence: str = ""
    present: Mapping[str, frozenset[str]] = field(default_factory=dict)
    quotation: int = -1
    _reached: dict[str, tuple[Filler, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _bound: dict[str, frozenset[str]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def concepts_within(self, widest: str) -> frozenset[str]:
        """Concepts that occur anywhere in a scope, bound to the head or not."""
        return self.present[widest] if widest in self.present else self.bound(widest)

    def bound(self, widest: str) -> frozenset[str]:
        """The concepts of the mentions bound to the head no further away than ``widest``."""
        found = self._bound.get(widest)
        if found is None:
            found = self._bound[widest] = frozenset(filler.mention.concept for filler in self.fillers(widest))
        return found

    def fillers(self, widest: str) -> tuple[Filler, ...]:
        """All bound mentions that were found no further away than ``widest``."""
        found = self._reached.get(widest)
        if found is None:  # every rule and provision asks anew
            scopes = SCOPES[: SCOPES.index(widest) + 1]
            found = tuple(f for fillers in self.roles.values() for f in fillers if f.scope in scopes)
            self._reached[widest] = found
        return found
