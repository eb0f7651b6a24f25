"""Turns cues, block and page evidence into speaker and stance. The only place that does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from menulint.claim import STANCES
from menulint.claims.answers import ANSWERED
from menulint.claims.page import OPEN_GENRES, PageEvidence
from menulint.mention import Cue, Mention
from menulint.source import Block

THINGS = frozenset({"substance", "source", "route"})
"""Facets that name things: a sentence that defines one ("is a protein made by …") does not offer it."""

DEFINED = frozenset({"substance", "source"})
"""Facets of which a definition in passing ("is a protein made by …") says only what they are; of a route it says its use."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a mention, how it is meant, and the cues that decided."""

    speaker: str
    stance: str
    cues: tuple[Cue, ...]


def voice(
    mention: Mention,
    block: Block,
    page: PageEvidence,
    *,
    asks: bool = False,
    informs: bool = False,
    declined: bool = False,
    undoubted: bool = False,
) -> Voice:
    """Speaker first, cue second.

    ``asks``: the mention's sentence is a question; ``informs``: its place is one that says what a thing is or how to care
    for it; ``declined``: the page says in its title that it does not offer it; ``undoubted``: nothing in the sentence speaks
    against a seller who surely speaks elsewhere on the page.
    """
    speaker, speaker_cues = _speaker(mention, block, page, undoubted)
    by_place = [stance for stance, holds in (("asked", asks), ("negated", declined), ("educational", informs)) if holds]
    stance, stance_cues = _stance(mention, by_place, speaker)
    return Voice(speaker, stance, (*speaker_cues, *stance_cues, *_says(mention, ANSWERED)))


def _speaker(mention: Mention, block: Block, page: PageEvidence, undoubted: bool) -> tuple[str, tuple[Cue, ...]]:
    """The nearest evidence decides: quoted zone, attribution, own voice in the section, then the page.

    Words in quotation marks are somebody else's where nothing on the page shows a seller ("the line “melts fat” misleads").
    """
    reported = _says(mention, "third-party")
    own = _says(mention, "seller")
    if mention.start >= page.quoted.get(block.index, mention.end):
        return "third-party", reported
    if reported and not own:
        return "third-party", reported
    mentioned = _says(mention, "quoted") if mention.facet != "testimonial" else ()
    if mentioned and not page.certain and not own:
        return "third-party", mentioned
    if page.speaker == "seller":
        return "seller", own
    if page.genre in OPEN_GENRES and (
        own or undoubted or mention.start >= page.own_voice.get(block.index, mention.end)
    ):
        return "seller", own
    return "third-party", reported


def _stance(mention: Mention, by_place: Iterable[str], speaker: str) -> tuple[str, tuple[Cue, ...]]:
    """The first stance that holds, in order of precedence."""
    found: dict[str, tuple[Cue, ...]] = {}
    for stance in STANCES:
        for cue in _says(mention, stance):
            meant = _as_meant(cue, speaker, mention.facet)
            found[meant] = (*found.get(meant, ()), cue)
    if supposed := _says(mention, "counterfactual"):
        found["hypothetical"] = (*found.get("hypothetical", ()), *supposed)
    for stance in by_place:
        found.setdefault(stance, ())
    if speaker == "third-party":
        reported = _says(mention, "third-party") or _says(mention, "quoted")
        found.setdefault("reported" if reported else "educational", ())
    for stance in STANCES:
        if stance in found:
            return stance, found[stance]
    return "asserted", ()


def _as_meant(cue: Cue, speaker: str, facet: str) -> str:
    """What a stance cue amounts to in the speaker's mouth.

    A seller's own "may" or "in a trial" is a claim, at most a hedged one; so is a definition, but for what a thing is. What
    is only being studied (a cue that governs what follows: "is being explored for") nobody claims.
    """
    if speaker != "seller":
        return cue.says
    if cue.says == "hypothetical":
        return "hedged"
    if cue.says == "educational":
        return "educational" if facet in DEFINED else "asserted"
    if cue.says == "researched":
        return "researched" if cue.direction == "FORWARD" else "asserted"
    return cue.says


def _says(mention: Mention, what: str) -> tuple[Cue, ...]:
    return tuple(cue for cue in mention.cues if cue.says == what)
