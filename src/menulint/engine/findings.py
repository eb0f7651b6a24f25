"""From matches to findings: positions, words, fingerprints."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from menulint.claim import Claim, Filler
from menulint.engine.match import Match
from menulint.finding import BlockRef, CueRef, Finding, Place, Related
from menulint.mention import Cue
from menulint.pack.model import Pack
from menulint.source import Block, LineIndex, Position, Source
from menulint.text.folding import fold

SCHEMA = 1
FACET_WORDS = {"substance": "the product", "source": "its source", "route": "this route", "effect": "the effect"}
"""What a message says for a role that nothing on the page fills."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DIGITS = re.compile(r"\d+")


class FindingMaker:
    """Makes findings of one file; numbers identical ones, so that each place keeps a fingerprint of its own."""

    def __init__(self, source: Source, lines: LineIndex, pack: Pack) -> None:
        self._source, self._lines, self._pack = source, lines, pack
        self._seen: Counter[tuple[str, str, str]] = Counter()
        self.spots: dict[str, tuple[int, int, int]] = {}
        """Block, start and end (block offsets) of every finding made so far, by fingerprint."""

    def all(self, matches: Iterable[Match]) -> Iterator[Finding]:
        """One finding per match and place, in file order; folding equal ones is the caller's."""
        ordered = sorted((self._source.file_span(m.claim.head.block, *m.span()), n, m) for n, m in enumerate(matches))
        for (start, end), _, match in ordered:
            yield self._finding(match, start, end)

    def _finding(self, match: Match, start: int, end: int) -> Finding:
        claim, rule, judgement = match.claim, match.rule, match.strictest
        block = self._source.blocks[claim.head.block]
        first, last = match.span()
        text = block.text[first:last]
        fingerprint = self._fingerprint(rule.id, text, claim)
        self.spots[fingerprint] = block.index, first, last
        return Finding(
            rule=rule.id,
            name=rule.name,
            category=rule.category,
            verdict=judgement.verdict,
            severity=judgement.severity,
            confidence=judgement.confidence,
            message=fill(rule.message, text, match),
            help=self._pack.provisions[judgement.provisions[0]].url,
            text=text,
            start=self._position(start),
            end=self._position(end),
            block=self._block(block),
            related=tuple(self._related(f) for f in match.used),
            also=(),
            speaker=claim.speaker,
            stance=claim.stance,
            cues=tuple(self._cue(c) for c in claim.cues),
            concepts=tuple(dict.fromkeys((claim.head.concept, *(f.mention.concept for f in match.used)))),
            jurisdictions=match.judgements,
            rewrite=fill(rule.rewrite, text, match),
            fixes=(),
            fingerprint=fingerprint,
            explanation=explain(claim),
            why=rule.why,
            more=match.more,
        )

    def _position(self, offset: int) -> Position:
        return self._lines.position(offset)

    def _block(self, block: Block) -> BlockRef:
        section = tuple(self._source.blocks[i].text for i in block.section)
        return BlockRef(block.role.value, section, block.cell, block.page, block.box, block.pointer)

    def _related(self, filler: Filler) -> Related:
        mention = filler.mention
        start, end = self._source.file_span(mention.block, mention.start, mention.end)
        label = self._pack.concepts[mention.concept].label
        message = f"{mention.facet}: {label}, in the same {filler.scope}"
        return Related(mention.facet, mention.text, self._position(start), self._position(end), message)

    def _cue(self, cue: Cue) -> CueRef:
        return cue_ref(cue, self._source, self._lines)

    def _fingerprint(self, rule: str, text: str, claim: Claim) -> str:
        """Schema, rule, folded wording, folded sentence with digits as 0, and which of identical ones it is."""
        key = rule, fold(text).text, _DIGITS.sub("0", fold(claim.sentence).text)
        self._seen[key] += 1
        return hashlib.sha256("\x1f".join((str(SCHEMA), *key, str(self._seen[key]))).encode()).hexdigest()[:16]


def cue_ref(cue: Cue, source: Source, lines: LineIndex) -> CueRef:
    """A cue at its place in the file."""
    start, end = source.file_span(cue.block, cue.start, cue.end)
    return CueRef(cue.text, lines.position(start), lines.position(end), cue.says)


def fill(template: str, text: str, match: Match) -> str:
    """A rule's message with the words of the page: ``{text}`` and, by facet, the words bound to each role."""
    words = {facet: fillers[0].mention.text for facet, fillers in match.claim.roles.items()}
    words |= {f.mention.facet: f.mention.text for f in reversed(match.used)}
    words |= {match.claim.head.facet: match.claim.head.text, "text": text}
    return _PLACEHOLDER.sub(lambda m: words.get(m[1]) or FACET_WORDS.get(m[1], m[0]), template)


def explain(claim: Claim) -> str:
    """One sentence on why the wording is read as a claim."""
    own = [cue.text for cue in claim.cues if cue.says == "seller"]
    voice = f"the page's own voice (“{own[0]}”)" if own else "the page's own voice"
    hedges = [cue.text for cue in claim.cues if cue.says in ("hypothetical", "hedged")]
    if claim.stance == "hedged" and hedges:
        return f"It stands in {voice}; “{hedges[0]}” softens it but does not take it back."
    return f"It stands in {voice}, and nothing near it denies it, warns of it, asks it or reports it of somebody else."


def folded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings equal in rule, folded text, verdict, severity, confidence, stance and speaker, with ``also`` for the rest."""
    groups: dict[tuple[str, ...], tuple[Finding, list[Place]]] = {}
    for finding in findings:
        key = (
            finding.rule,
            fold(finding.text).text,
            finding.verdict,
            finding.severity,
            finding.confidence,
            finding.stance,
            finding.speaker,
        )
        if key not in groups:
            groups[key] = finding, []
            continue
        place = Place(
            finding.start, finding.end, finding.block, finding.fingerprint, finding.suppressed, finding.baseline
        )
        groups[key][1].append(place)
    return tuple(replace(finding, also=tuple(places)) for finding, places in groups.values())
