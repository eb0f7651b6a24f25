"""Turns cues, block and page evidence into speaker and stance. The only place that does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from menulint.claim import SPEAKERS, STANCES
from menulint.claims.answers import ANSWERED
from menulint.claims.page import OPEN_GENRES, PageEvidence
from menulint.mention import Cue, Mention
from menulint.source import Block

THINGS = frozenset({"substance", "source", "route"})
"""Facets that name things: a sentence that defines one ("is a protein made by …") does not offer it."""

DEFINED = frozenset({"substance", "source"})
"""Facets of which a definition in passing ("is a protein made by …") says only what they are; of a route it says its use."""


class Voice(NamedTuple):
    """Who says a mention, how it is meant, and the cues that decided."""

    speaker: str
    stance: str
    cues: tuple[Cue, ...]


def voice(
    mention: Mention,
    block: Block,
    page: PageEvidence,
    *,
    inherited: tuple[Cue, ...] = (),
    asks: bool = False,
    informs: bool = False,
    declined: bool = False,
    undoubted: bool = False,
) -> Voice:
    """Speaker first, cue second.

    ``inherited`` are cues that the mention's surroundings hand down to it. ``asks``: its sentence is a question; ``informs``:
    its place is one that says what a thing is or how to care for it; ``declined``: the page says in its title that it does not
    offer it; ``undoubted``: nothing in the sentence speaks against a seller who surely speaks elsewhere on the page.
    """
    said = _by_meaning(mention.cues, inherited)
    speaker, speaker_cues = _speaker(mention, said, block, page, undoubted)
    by_place = _by_place(asks, declined, informs) if asks or declined or informs else ()
    if not said:  # three mentions out of four
        return _WITHOUT_CUES[speaker, _first_by_place(by_place, speaker)]
    stance, stance_cues = _stance(mention, said, by_place, speaker)
    return Voice(speaker, stance, (*speaker_cues, *stance_cues, *said.get(ANSWERED, ())))


_Said: TypeAlias = Mapping[str, tuple[Cue, ...]]
"""The cues of a mention by what they say, in their order."""
_SILENT: _Said = {}


def _by_meaning(own: tuple[Cue, ...], inherited: tuple[Cue, ...]) -> _Said:
    if not own and not inherited:
        return _SILENT
    said: dict[str, tuple[Cue, ...]] = {}
    for cue in (*own, *inherited):
        said[cue.says] = (*said.get(cue.says, ()), cue)
    return said


def _by_place(asks: bool, declined: bool, informs: bool) -> Sequence[str]:
    """The stances that a place gives, in order of precedence."""
    return [stance for stance, holds in (("asked", asks), ("negated", declined), ("educational", informs)) if holds]


def _first_by_place(by_place: Sequence[str], speaker: str) -> str:
    """The stance of a mention without cues; ``by_place`` in order of precedence."""
    return by_place[0] if by_place else ("asserted" if speaker == "seller" else "educational")


def without_cues(page: PageEvidence) -> Voice:
    """The voice of a mention to which no cue and no place adds anything: that of the page."""
    speaker = "seller" if page.speaker == "seller" else "third-party"
    return _WITHOUT_CUES[speaker, _first_by_place((), speaker)]


_WITHOUT_CUES = {(speaker, stance): Voice(speaker, stance, ()) for speaker in SPEAKERS for stance in STANCES}


def _speaker(
    mention: Mention, said: _Said, block: Block, page: PageEvidence, undoubted: bool
) -> tuple[str, tuple[Cue, ...]]:
    """The nearest evidence decides: quoted zone, attribution, own voice in the section, then the page.

    Words in quotation marks are somebody else's where nothing on the page shows a seller ("the line “melts fat” misleads"),
    and nobody's claim below a heading that takes them back ("An apology", "Five myths").
    """
    reported, own = said.get("third-party", ()), said.get("seller", ())
    if mention.start >= page.quoted.get(block.index, mention.end):
        return "third-party", reported
    if reported and not own:
        return "third-party", reported
    mentioned = said.get("quoted", ()) if mention.facet != "testimonial" else ()
    if mentioned and (block.index in page.disowned or not (page.certain or own)):
        return "third-party", mentioned
    if page.speaker == "seller":
        return "seller", own
    if mention.start >= page.own_voice.get(block.index, mention.end):
        return "seller", own
    if page.genre in OPEN_GENRES and (own or undoubted):
        return "seller", own
    return "third-party", reported


def _stance(mention: Mention, said: _Said, by_place: Iterable[str], speaker: str) -> tuple[str, tuple[Cue, ...]]:
    """The first stance that holds, in order of precedence."""
    found: dict[str, tuple[Cue, ...]] = {}
    for stance in STANCES:
        for cue in said.get(stance, ()):
            meant = _as_meant(cue, speaker, mention.facet)
            found[meant] = (*found.get(meant, ()), cue)
    if supposed := said.get("counterfactual"):
        found["hypothetical"] = (*found.get("hypothetical", ()), *supposed)
    for stance in by_place:
        found.setdefault(stance, ())
    if speaker == "third-party":
        reported = "third-party" in said or "quoted" in said
        found.setdefault("reported" if reported else "educational", ())
    return next(((stance, found[stance]) for stance in STANCES if stance in found), ("asserted", ()))


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
