"""Why a claim makes no rule fire: sentences that a reporter says in its language."""

from __future__ import annotations

from menulint.claim import Claim
from menulint.mention import Cue
from menulint.pack.model import Pack
from menulint.ui import Message, Word

SILENT = frozenset(
    {"asked", "negated", "prohibited", "warned", "reported", "hypothetical", "educational", "researched"}
)
"""Stances in which nothing is claimed. A seller's own "may" or "studies show" never gets one of the last three."""
HEDGEABLE_STRENGTH = 2
"""A hedge clears an effect of at most this strength: appearance wording, not mechanism, reversal or disease."""

_DECIDED_BY = {"third-party": ("third-party", "quoted"), "hedged": ("hedged", "hypothetical")}
"""What else than itself the cues of a decision may say."""
_BY_PLACE = frozenset({"third-party", "asked", "negated", "educational"})
"""What can be decided without words, by where they stand."""
_SHOWN = 3


def silence(claim: Claim, pack: Pack) -> str:
    """What keeps a claim from making a rule fire (``third-party``, or a stance), or nothing if it may."""
    if claim.speaker != "seller":
        return "third-party"
    if claim.stance in SILENT:
        return claim.stance
    if claim.stance == "hedged" and 0 < pack.concepts[claim.head.concept].strength <= HEDGEABLE_STRENGTH:
        return "hedged"
    return ""


def silent_because(claim: Claim, pack: Pack) -> Message | None:
    """Why a claim makes no rule fire, with the words or the place that decided; None if it may."""
    kind = silence(claim, pack)
    if not kind:
        return None
    if words := decisive(claim.cues, _DECIDED_BY.get(kind, (kind,))):
        return Message.of("because.words", because=Message.of(f"because.{kind}"), words=words)
    if kind == "third-party" and claim.genre == "promotional":
        return Message.of("because-place.quoted")
    if kind in _BY_PLACE:
        return Message.of(f"because-place.{kind}", genre=Word("genre", claim.genre))
    return Message.of(f"because.{kind}")


def decisive(cues: tuple[Cue, ...], says: tuple[str, ...]) -> str:
    """The first of the words that say something, in quotation marks."""
    texts = dict.fromkeys(cue.text for cue in cues if cue.says in says)
    return ", ".join(f"“{text}”" for text in list(texts)[:_SHOWN])
