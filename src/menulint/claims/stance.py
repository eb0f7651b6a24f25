"""Turns cues, block and page evidence into speaker and stance. The only place that does."""

from __future__ import annotations

from dataclasses import dataclass

from menulint.claim import STANCES
from menulint.claims.page import EDITORIAL, PageEvidence
from menulint.mention import Cue, Mention
from menulint.source import Block


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a mention, how it is meant, and the cues that decided."""

    speaker: str
    stance: str
    cues: tuple[Cue, ...]


def voice(mention: Mention, block: Block, asks: bool, page: PageEvidence) -> Voice:
    """Speaker first, cue second. ``asks``: the mention's sentence is a question."""
    speaker, speaker_cues = _speaker(mention, block, page)
    stance, stance_cues = _stance(mention, asks, speaker, page)
    return Voice(speaker, stance, (*speaker_cues, *stance_cues))


def _speaker(mention: Mention, block: Block, page: PageEvidence) -> tuple[str, tuple[Cue, ...]]:
    """The nearest evidence decides: quoted zone, attribution, own voice in the section, then the page.

    Words in quotation marks are somebody else's where nothing on the page shows a seller ("the line “melts fat” misleads").
    """
    reported = _says(mention, "third-party")
    own = _says(mention, "seller")
    if block.index in page.quoted:
        return "third-party", reported
    if reported and not own:
        return "third-party", reported
    if (mentioned := _says(mention, "quoted")) and not page.certain and not own:
        return "third-party", mentioned
    if page.speaker == "seller":
        return "seller", own
    if page.genre == EDITORIAL and (own or block.index in page.own_voice):
        return "seller", own
    return "third-party", reported


def _stance(mention: Mention, asks: bool, speaker: str, page: PageEvidence) -> tuple[str, tuple[Cue, ...]]:
    """The first stance that holds, in order of precedence."""
    found: dict[str, tuple[Cue, ...]] = {}
    for stance in STANCES:
        if cues := _says(mention, stance):
            found.setdefault(_as_meant(stance, speaker), cues)
    if asks:
        found["asked"] = found.get("asked", ())
    if speaker == "third-party":
        reported = _says(mention, "third-party") or _says(mention, "quoted")
        found.setdefault("reported" if reported else "educational", ())
    for stance in STANCES:
        if stance in found:
            return stance, found[stance]
    return "asserted", ()


def _as_meant(stance: str, speaker: str) -> str:
    """A seller's own "may", "studies show" or "is used to" is a claim, at most a hedged one."""
    if speaker == "seller":
        return {"hypothetical": "hedged", "researched": "asserted", "educational": "asserted"}.get(stance, stance)
    return stance


def _says(mention: Mention, what: str) -> tuple[Cue, ...]:
    return tuple(cue for cue in mention.cues if cue.says == what)
