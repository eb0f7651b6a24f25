"""A claim: what one clause says of one thing, who says it and how it is meant."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from menulint.mention import Cue, Mention
from menulint.scales import GENRES as GENRES

SCOPES = ("clause", "sentence", "block", "row", "list", "answer", "section", "page")
"""Scopes from the narrowest to the widest; a role is filled in the narrowest that fills it."""
UP_TO = {scope: frozenset(SCOPES[: number + 1]) for number, scope in enumerate(SCOPES)}
"""For each scope, those that are no wider."""

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


class Filler(NamedTuple):
    """A mention that fills a role of a frame, the scope in which it was bound, and its own stance."""

    mention: Mention
    scope: str
    stance: str = "asserted"


_NOTHING: Mapping[str, frozenset[str]] = MappingProxyType({})


class Claim(NamedTuple):
    """A frame with speaker and stance, around one ``head`` mention.

    ``roles`` maps a facet to the mentions bound to the head, nearest first; mentions that are coordinated ("exosomes,
    PRP or polynucleotides") fill a role together. ``cues`` are those that decided speaker and stance. ``sentence`` is the text
    the head stands in; ``present`` says for every scope which concepts occur there at all, bound or not. ``quotation`` numbers
    the words in quotation marks of the block that the head is part of, -1 if it is of none.
    """

    head: Mention
    speaker: str
    stance: str
    roles: Mapping[str, tuple[Filler, ...]]
    cues: tuple[Cue, ...] = ()
    genre: str = "promotional"
    sentence: str = ""
    present: Mapping[str, frozenset[str]] = _NOTHING
    quotation: int = -1

    def concepts_within(self, widest: str) -> frozenset[str]:
        """Concepts that occur anywhere in a scope, bound to the head or not."""
        found = self.present.get(widest)
        if found is not None:
            return found
        return frozenset(filler.mention.concept for facet in self.roles for filler in self.fillers(widest, facet))

    def fillers(self, widest: str, facet: str) -> tuple[Filler, ...]:
        """The mentions of a facet that were bound no further away than ``widest``, nearest first."""
        bound = self.roles.get(facet)
        if not bound:
            return ()
        scopes = UP_TO[widest]
        return tuple([filler for filler in bound if filler.scope in scopes])
