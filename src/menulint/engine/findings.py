"""From matches to findings: positions, words, fingerprints."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from menulint.claim import Claim, Filler
from menulint.engine.fixes import Change, Fixer
from menulint.engine.in_blocks import block_ref
from menulint.engine.match import Match
from menulint.engine.phrasing import Phrasing
from menulint.engine.writing import is_writable
from menulint.finding import BlockRef, CueRef, Edit, Finding, Fix, Place, Related
from menulint.mention import Cue
from menulint.source import Block, LineIndex, Source, shown
from menulint.ui import Catalogue

SCHEMA = 1
LONGEST = 200
"""Code points: further away nothing is looked for that touches a wording."""
_SENTENCE_MAX = 4096
"""Code points up to which a sentence goes into fingerprints as it is. A longer one, which is no sentence but a list without
a full stop, goes in as its own digest: thousands of findings may stand in it, each of which would hash all of it."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DIGITS = re.compile(r"\d+")


class FindingMaker:
    """Makes findings of one file; numbers identical ones, so that each place keeps a fingerprint of its own.

    ``phrasing`` gives them their sentences; everything else is the same in all languages.
    """

    def __init__(self, source: Source, lines: LineIndex, phrasing: Phrasing, fixer: Fixer) -> None:
        self._source, self._lines, self._phrasing, self._fixer = source, lines, phrasing, fixer
        self._position = lines.position
        self._blocks: dict[int, BlockRef] = {}
        self._claimed: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._seen: Counter[tuple[str, str, str]] = Counter()
        self._last = ("", "")
        self.spots: dict[str, tuple[int, int, int]] = {}
        """Block, start and end (block offsets) of every finding made so far, by fingerprint."""

    def all(self, matches: Iterable[Match]) -> Iterator[Finding]:
        """One finding per match and place, in file order; folding equal ones is the caller's."""
        ordered = sorted((self._source.file_span(m.claim.head.block, *m.span), n, m) for n, m in enumerate(matches))
        for _, _, match in ordered:
            insort(self._claimed[match.claim.head.block], match.span)
        for (start, end), _, match in ordered:
            yield self._finding(match, start, end)

    def _finding(self, match: Match, start: int, end: int) -> Finding:
        claim, rule, judgement = match.claim, match.rule, match.strictest
        said = self._phrasing.of(rule)
        block = self._source.blocks[claim.head.block]
        first, last = match.span
        text = shown(block.text[first:last])
        fingerprint = self._fingerprint(rule.id, text, claim)
        self.spots[fingerprint] = block.index, first, last
        return Finding(
            rule=rule.id,
            name=rule.name,
            category=rule.category,
            verdict=judgement.verdict,
            severity=judgement.severity,
            confidence=judgement.confidence,
            message=self._message(match, said.message, text),
            help=self._phrasing.help(rule.id, judgement.provisions[0]),
            text=text,
            start=self._position(start),
            end=self._position(end),
            block=self._block(block),
            related=tuple([self._related(filler) for filler in match.used]),
            also=(),
            speaker=claim.speaker,
            stance=claim.stance,
            cues=tuple([cue_ref(cue, self._source, self._lines) for cue in claim.cues]),
            concepts=tuple(dict.fromkeys((claim.head.concept, *[f.mention.concept for f in match.used]))),
            jurisdictions=match.judgements,
            rewrite=_filled(said.rewrite, match, text, self._phrasing.words),
            fixes=tuple(self._fixes(match, block)),
            fingerprint=fingerprint,
            explanation=self._phrasing.explained(claim),
            why=said.why,
            more=match.more,
            denied=match.denied,
        )

    def _block(self, block: Block) -> BlockRef:
        if block.index not in self._blocks:
            self._blocks[block.index] = block_ref(block, self._source)
        return self._blocks[block.index]

    def _fixes(self, match: Match, block: Block) -> Iterator[Fix]:
        """The rewording of a match, where it can be written into the file as it is."""
        draft = self._fixer.draft(match, block.text)
        if draft and all(is_writable(change, block, self._source) for change in draft.changes):
            yield Fix(
                draft.safe and self._is_alone(block.index, draft.start, draft.end),
                tuple(self._edit(change, block.index) for change in draft.changes),
                shown(draft.reads),
            )

    def _edit(self, change: Change, block: int) -> Edit:
        start, end = self._source.file_span(block, change.start, change.end)
        return Edit(self._position(start), self._position(end), change.text)

    def _is_alone(self, block: int, start: int, end: int) -> bool:
        """Whether one match only touches a stretch: what two rules find is not mended by the rewording of one."""
        spans = self._claimed[block]
        near = spans[bisect_left(spans, (start - LONGEST, 0)) : bisect_left(spans, (end, 0))]
        return sum(last > start for _, last in near) == 1

    def _message(self, match: Match, template: str, text: str) -> str:
        """The rule's message and, where it is about an effect or its proof, what research carries."""
        message = _filled(template, match, text, self._phrasing.words)
        carried = self._phrasing.carried(match.claim, match.rule.category)
        return " ".join(filter(None, (message, carried)))

    def _related(self, filler: Filler) -> Related:
        mention = filler.mention
        start, end = self._source.file_span(mention.block, mention.start, mention.end)
        message = self._phrasing.related(mention.concept, mention.facet, filler.scope)
        return Related(mention.facet, mention.text, self._position(start), self._position(end), message)

    def _without_numbers(self, sentence: str) -> str:
        """A sentence folded, its digits as 0; the last one is kept, for one sentence may hold many findings."""
        if sentence != self._last[0]:
            plain = _DIGITS.sub("0", self._phrasing.folded(sentence))
            self._last = sentence, plain if len(plain) <= _SENTENCE_MAX else hashlib.sha256(plain.encode()).hexdigest()
        return self._last[1]

    def _fingerprint(self, rule: str, text: str, claim: Claim) -> str:
        """Schema, rule, folded wording, folded sentence with digits as 0, and which of identical ones it is."""
        key = rule, self._phrasing.folded(text), self._without_numbers(claim.sentence)
        self._seen[key] += 1
        return hashlib.sha256("\x1f".join((str(SCHEMA), *key, str(self._seen[key]))).encode()).hexdigest()[:16]


def cue_ref(cue: Cue, source: Source, lines: LineIndex) -> CueRef:
    """A cue at its place in the file."""
    start, end = source.file_span(cue.block, cue.start, cue.end)
    return CueRef(cue.text, lines.position(start), lines.position(end), cue.says)


def _filled(template: str, match: Match, text: str, ui: Catalogue) -> str:
    """A rule's sentence with the words of the page."""
    if "{" not in template:
        return template

    def word(placeholder: re.Match[str]) -> str:
        name = placeholder[1]
        said = text if name == "text" else _word(match, name)
        return said or ui.texts.get(f"facet-unfilled.{name}", placeholder[0])

    return _PLACEHOLDER.sub(word, template)


def _word(match: Match, facet: str) -> str:
    """The words of the page for a role of a claim: its head, else what the rule needed, else what is bound to it."""
    head = match.claim.head
    if head.facet == facet:
        return head.text
    for filler in match.used:
        if filler.mention.facet == facet:
            return filler.mention.text
    bound = match.claim.roles.get(facet, ())
    return bound[0].mention.text if bound else ""


def folded(findings: Iterable[Finding], phrasing: Phrasing) -> tuple[Finding, ...]:
    """Findings equal in rule, folded text, verdict, severity, confidence, stance, speaker and proof; ``also`` has the rest.

    One that was accepted and counts again stands apart, for it says why.
    """
    groups: dict[tuple[Hashable, ...], tuple[Finding, list[Place]]] = {}
    for finding in findings:
        key = (
            finding.rule,
            phrasing.folded(finding.text),
            finding.verdict,
            finding.severity,
            finding.confidence,
            finding.stance,
            finding.speaker,
            finding.proofs,
            finding.lapsed,
        )
        if key not in groups:
            groups[key] = finding, []
            continue
        groups[key][1].append(finding.places[0])
    return tuple(replace(first, also=tuple(places)) if places else first for first, places in groups.values())
