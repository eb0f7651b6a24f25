"""What findings say in the language of a run, kept for all of its files: the same rules say the same on every page."""

from __future__ import annotations

from functools import lru_cache

from menulint.claim import Claim
from menulint.engine import evidence
from menulint.pack.model import Pack, Rule, Wording
from menulint.text.folding import fold
from menulint.ui import Catalogue, Word

_KEPT, _KEPT_LENGTH = 1 << 11, 400
"""How many sentences and wordings are kept folded, none longer than so many code points."""


class Phrasing:
    """The sentences of findings. ``docs_url`` is where the documentation site is kept, if anywhere."""

    def __init__(self, pack: Pack, words: Catalogue, docs_url: str = "") -> None:
        self.words, self._pack = words, pack
        self._docs = docs_url.rstrip("/")
        self._rules: dict[str, Wording] = {}
        self._related: dict[tuple[str, str], str] = {}
        self._folded = lru_cache(_KEPT)(_folded)
        self._explained = lru_cache(_KEPT)(self._explanation)

    def of(self, rule: Rule) -> Wording:
        """What a rule says."""
        if rule.id not in self._rules:
            self._rules[rule.id] = rule.wording(self.words.language)
        return self._rules[rule.id]

    def help(self, rule: str, provision: str) -> str:
        """Where to read on: the page of the rule, else the law."""
        return f"{self._docs}/rules/{rule}.html" if self._docs else self._pack.provisions[provision].url

    def carried(self, claim: Claim, category: str) -> str:
        """What research carries of a claim, if rules of that category are about it."""
        return evidence.said(claim, category, self._pack, self.words)

    def related(self, concept: str, facet: str, scope: str) -> str:
        """What another part of a claim is, and how far it is away."""
        key = concept, scope
        if key not in self._related:
            label = self._pack.concepts[concept].label
            self._related[key] = self.words(
                "claim.related", facet=Word("facet", facet), label=label, scope=Word("scope", scope)
            )
        return self._related[key]

    def explained(self, claim: Claim) -> str:
        """One sentence on why the wording is read as a claim."""
        own = next((cue.text for cue in claim.cues if cue.says == "seller"), "")
        hedges = (cue.text for cue in claim.cues if cue.says in ("hypothetical", "hedged"))
        return self._explained(own, next(hedges, "") if claim.stance == "hedged" else "")

    def _explanation(self, own: str, hedge: str) -> str:
        words = self.words
        voice = words("claim.own-voice-by", words=own) if own else words("claim.own-voice")
        return words("claim.hedged", voice=voice, hedge=hedge) if hedge else words("claim.asserted", voice=voice)

    def folded(self, text: str) -> str:
        """A text folded; sentences and wordings come back."""
        return self._folded(text) if len(text) <= _KEPT_LENGTH else _folded(text)


def _folded(text: str) -> str:
    return fold(text).text
