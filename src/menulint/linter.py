"""The façade: one file's bytes in, its findings out. The only module that knows the whole order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from menulint.claims.customers import customers_blocks, with_words
from menulint.claims.page import BlockWords, Meaning, PageEvidence, block_words, meaning_of, weigh
from menulint.claims.place import infer
from menulint.engine.places import Judging, check_code, judging
from menulint.errors import UsageError
from menulint.options import PER_FILE as PER_FILE
from menulint.options import Options as Options
from menulint.pack.kept import Kept
from menulint.pack.matcher import Matcher
from menulint.pack.model import ANSWERS, Pack, Rule
from menulint.pack.model import Provision as PackProvision
from menulint.pack.search import Hit
from menulint.pipeline import Pipeline
from menulint.prefilter import LOOKALIKE, Prefilter, Scan
from menulint.readers import read_bytes
from menulint.result import FileResult
from menulint.scales import CONFIDENCES, GENRES
from menulint.source import BlockIndex, LineIndex, Position, Source, shown
from menulint.ui import LANGUAGES, Catalogue, Message, Word, catalogue

# Whatever claims and findings are made with is imported where the first is made: most pages have none of them.
if TYPE_CHECKING:
    from menulint.baseline import Baseline
    from menulint.claim import Claim
    from menulint.engine.engine import Engine, Why
    from menulint.engine.findings import FindingMaker
    from menulint.engine.fixes import Fixer
    from menulint.engine.match import Match
    from menulint.engine.phrasing import Phrasing
    from menulint.finding import BlockRef, CopyBlock, CueRef, Finding, Judgement, Provision
    from menulint.mention import BlockAnalysis, Mention
    from menulint.substantiation import Dossier
    from menulint.suppression import Allowances, Suppressions

_KEPT, _KEPT_LENGTH = 1 << 12, 1000
"""How many texts are kept in mind with what their words tell, none longer than so many code points."""
_LANG = re.compile(r"^[A-Za-z]{2,3}")


class MentionRow(Struct, frozen=True):
    """A mention with its place in the file, and what its cues make of it.

    In a file that is not text the place counts in the text of ``block``.
    """

    concept: str
    facet: str
    text: str
    start: Position
    end: Position
    speaker: str
    stance: str
    cues: tuple[CueRef, ...]
    block: BlockRef


class ExplainedRule(Struct, frozen=True):
    """A rule that fires, in ``places``: what those that decide make of it, and why the others of them (code, reason) do not.

    ``why`` and ``rewrite`` are those of the rule, in the language of the run.
    """

    id: str
    name: str
    why: str
    rewrite: str
    places: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    nothing_in: tuple[tuple[str, str], ...]


class ExplainedClaim(Struct, frozen=True):
    """Why a wording is a finding, or why it is none, in a sentence.

    ``reported`` are the rules that fire; ``others`` (id, reason) those that begin here and do not.
    ``silent``: nothing is claimed here, so that no rule was asked.
    """

    text: str
    start: Position
    concept: str
    speaker: str
    stance: str
    cues: tuple[tuple[str, str], ...]
    sentence: str
    reported: tuple[ExplainedRule, ...]
    others: tuple[tuple[str, str], ...]
    block: BlockRef
    silent: bool = False
    evidence: tuple[str, ...] = ()


class ExplainedLine(Struct, frozen=True):
    """What a line was read under (what kind of page, whose law), and its claims."""

    page: str
    law: str
    claims: tuple[ExplainedClaim, ...]


class NotClaimed(Struct, frozen=True):
    """A wording that claims nothing where it stands, and why in a sentence. ``start`` as in ``MentionRow``."""

    text: str
    start: Position
    block: BlockRef
    why: str


class _Reading(Struct, frozen=True):
    """One file as far as claims: everything before the law."""

    source: Source
    page: PageEvidence
    judging: Judging
    places_by: tuple[str, ...]
    language: str
    analyses: tuple[BlockAnalysis, ...]
    claims: tuple[Claim, ...]


class _Meanings(dict[int, Meaning]):
    """What the entries of a pack's lexicon tell of a page, by their numbers; made when one is first met."""

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self._pack = pack

    def __missing__(self, number: int) -> Meaning:
        pack, entry = self._pack, self._pack.lexicon.entries[number]
        trigger = bool(entry.concept) and pack.concepts[entry.concept].trigger
        lineage = pack.ancestors[entry.concept] if entry.concept else frozenset[str]()
        self[number] = meaning = meaning_of(entry, trigger, lineage)
        return meaning


class _Replies(Mapping[tuple[str, str], tuple[str, bool]]):
    """What an answer makes of what is asked about, by its kind; a concept has the replies of those it descends from.

    Looked up when one is given: most pages ask nothing.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def __getitem__(self, asked: tuple[str, str]) -> tuple[str, bool]:
        kind, concept = asked
        if kind not in ANSWERS:
            raise KeyError(asked)
        concepts = self._pack.concepts
        inherited = (getattr(concepts[parent], kind) for parent in sorted(self._pack.ancestors[concept]))
        claimed = getattr(concepts[concept], kind) or (kind != "denied" and next(filter(None, inherited), ""))
        if not claimed:
            raise KeyError(asked)
        return claimed, concepts[claimed].trigger

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((kind, concept) for kind in ANSWERS for concept in self._pack.concepts if (kind, concept) in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Linter:
    """Checks files with one pack under one set of options. Build once, use for many files.

    Raises:
        UsageError: an option names a rule, jurisdiction, genre or confidence that does not exist.
    """

    def __init__(self, pack: Pack, options: Options, baseline: Baseline | None = None) -> None:
        self.pack, self.options, self._baseline = pack, options, baseline
        self._check_options()
        known = pack.concepts
        if options.products:
            from menulint.pack.products import with_products

            self.pack = pack = with_products(pack, options.products)
        self._products = frozenset(pack.concepts.keys() - known.keys()) if options.products else frozenset[str]()
        self._matcher = Matcher(pack.lexicon)
        self._prefilter = Prefilter(pack, self._matcher)
        self._pipeline = Pipeline(pack)
        self._meanings = _Meanings(pack)
        self._replies = _Replies(pack)
        self._told: Kept[str, tuple[tuple[Hit, ...], BlockWords]] = Kept(_KEPT)
        self._packs: dict[int, Pack] = {}
        self._engines: dict[int, Engine] = {}
        self._phrasings: dict[int, Phrasing] = {}

    @property
    def _words(self) -> Catalogue:
        return catalogue(self.options.ui_lang)

    def on(self, day: date) -> Linter:
        """The same linter under the law of another day. They share whatever no law decides, so that this costs little."""
        if day == self.options.as_of:
            return self
        _ = self._turning_days, self._fixer  # made before they are shared
        other = copy(self)
        other.options = replace(self.options, as_of=day)
        for made_for_a_day in ("_dossier", "_engine", "_phrasing"):
            other.__dict__.pop(made_for_a_day, None)
        return other

    def under(self, codes: tuple[str, ...]) -> Linter:
        """The same linter under the law of these places, whatever a page points to. They share everything."""
        _ = self._turning_days, self._fixer  # made before they are shared
        other = copy(self)
        other.options = replace(self.options, jurisdiction=codes)
        return other

    @property
    def law_of_day(self) -> int:
        """A number that two days have in common if all law is the same on both."""
        return bisect_right(self._turning_days, self.options.as_of)

    @property
    def _pack_of_day(self) -> Pack:
        """The pack with the evidence that was known on the day."""
        if self.law_of_day not in self._packs:
            self._packs[self.law_of_day] = self.pack.on(self.options.as_of)
        return self._packs[self.law_of_day]

    @cached_property
    def _turning_days(self) -> Sequence[date]:
        from menulint.engine.law import turning_days

        return turning_days(self.pack)

    @cached_property
    def _allowances(self) -> Allowances:
        from menulint.suppression import Allowances

        return Allowances(self.options.allow)

    @cached_property
    def _dossier(self) -> Dossier:
        from menulint.substantiation import Dossier

        return Dossier(self.options.substantiation, self.options.as_of, self._words)

    @cached_property
    def _fixer(self) -> Fixer:
        from menulint.engine.fixes import Fixer

        return Fixer(self.pack, self._matcher)

    @cached_property
    def _phrasing(self) -> Phrasing:
        if self.law_of_day not in self._phrasings:
            from menulint.engine.phrasing import Phrasing

            self._phrasings[self.law_of_day] = Phrasing(self._pack_of_day, self._words, self.options.docs_url)
        return self._phrasings[self.law_of_day]

    @cached_property
    def _engine(self) -> Engine:
        """Made when there is something to judge."""
        if self.law_of_day not in self._engines:
            from menulint.engine.engine import Engine
            from menulint.engine.law import Law

            pack = self._pack_of_day
            self._engines[self.law_of_day] = Engine(pack, Law(pack, self.options.as_of), self.rules)
        return self._engines[self.law_of_day]

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are on: selected, not ignored, not deprecated, preview ones unless switched off."""
        chosen = [rule for rule in self.pack.rules.values() if rule.status != "deprecated"]
        if not self.options.preview:
            chosen = [rule for rule in chosen if rule.status == "stable"]
        if self.options.select:
            chosen = [rule for rule in chosen if _names(self.options.select, rule)]
        return tuple(rule for rule in chosen if not _names(self.options.ignore, rule))

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        """The provisions of the pack as reporters show them."""
        return {p.id: _shown(p, self._words) for p in self.pack.provisions.values()}

    def check_bytes(self, path: str, data: bytes, *, format: str | None = None) -> FileResult:
        """The report on one file; suppression and baseline are applied.

        Raises:
            SkippedFile: it holds no text.
            InputError: it cannot be read.
        """
        return self.check_source(read_bytes(path, data, format=format, ocr=self.options.ocr))

    def check_source(self, source: Source) -> FileResult:
        """The report on a file that was read already."""
        reading = self._read(source, silent=False)
        matches = self._matches(reading)
        findings: tuple[Finding, ...] = ()
        notes: tuple[str, ...] = ()
        lines: dict[int, str] = {}
        copy: tuple[CopyBlock, ...] = ()
        if matches or any("menulint:" in comment.text for comment in source.comments):
            from menulint.engine.findings import FindingMaker, folded
            from menulint.engine.in_blocks import InBlocks
            from menulint.engine.readable import readable
            from menulint.substantiation import notes as of_proof
            from menulint.suppression import Suppressions

            index = source.index()
            suppressions = Suppressions.parse(source, index, self.options.as_of)
            maker = FindingMaker(source, index, self._phrasing, self._fixer)
            judged = reading.judging.raising
            counted = [self._counted(f, suppressions, source, maker, judged) for f in maker.all(matches)]
            findings = folded(counted, self._phrasing)
            notes = (*suppressions.notes(tuple(self.pack.rules)), *of_proof(findings))
            if isinstance(index, BlockIndex):
                findings = tuple(map(InBlocks(source, index).finding, findings))
            else:
                lines = _quoted_lines(findings, index)
            copy = readable(source, findings, maker.spots) if self.options.copy and findings else ()
        return FileResult(
            path=source.path,
            format=source.format,
            encoding=source.encoding,
            sha256=source.sha256,
            language=reading.language,
            genre=reading.page.genre,
            genre_by=reading.page.genre_by,
            jurisdictions=reading.judging.shown,
            jurisdictions_by=reading.places_by,
            notes=(
                *source.notes,
                *self._not_known(source, reading.language),
                *reading.judging.notes,
                *notes,
            ),
            findings=findings,
            lines=lines,
            copy=copy,
            judged=tuple(sorted(reading.judging.raising)),
            wordings=len(reading.claims),
        )

    def mentions(self, path: str, data: bytes, *, format: str | None = None) -> list[MentionRow]:
        """All mentions of a file, in file order, claims or not, and also where nothing near can be a claim."""
        from menulint.claims.hearing import Listener
        from menulint.engine.findings import cue_ref
        from menulint.engine.in_blocks import block_ref

        reading = self._read(read_bytes(path, data, format=format, ocr=self.options.ocr), every_block=True)
        source, lines = reading.source, reading.source.index()
        rows = []
        for mention, voice in Listener(source, reading.analyses, reading.page, self.pack.word_lists).heard():
            start, end = source.file_span(mention.block, mention.start, mention.end)
            said = tuple(_shown_cue(cue_ref(cue, source, lines), source, lines) for cue in mention.cues)
            row = MentionRow(
                concept=mention.concept,
                facet=mention.facet,
                text=mention.text,
                start=lines.shown(lines.position(start)),
                end=lines.shown(lines.position(end)),
                speaker=voice.speaker,
                stance=voice.stance,
                cues=said,
                block=block_ref(source.blocks[mention.block], source),
            )
            rows.append((start, end, mention.concept, row))
        return [row for *_, row in sorted(rows, key=lambda found: found[:3])]

    def extract(self, path: str, data: bytes, *, format: str | None = None) -> Source:
        """What is read as copy."""
        source = read_bytes(path, data, format=format, ocr=self.options.ocr)
        return replace(source, blocks=tuple(block._replace(text=shown(block.text)) for block in source.blocks))

    def explain_line(self, path: str, data: bytes, line: int | str, *, format: str | None = None) -> ExplainedLine:
        """For each wording on a line that a rule could begin at: which rules fire, and why or why not.

        In a file that is not text ``line`` is the place of a block as reports name it: ``Menu!B7``, ``page 3``.
        """
        reading = self._read(read_bytes(path, data, format=format, ocr=self.options.ocr))
        source, lines = reading.source, reading.source.index()
        matches = self._matches(reading)
        explained = []
        for claim in reading.claims:
            start, _ = source.file_span(claim.head.block, claim.head.start, claim.head.end)
            position = lines.position(start)
            if (source.blocks[claim.head.block].place if source.by_block else position.line) == line:
                explained.append(self._explain(claim, lines.shown(position), reading, matches))
        page, judged = reading.page, reading.judging
        return ExplainedLine(
            self._words("explain.page", genre=Word("genre", page.genre), reasons=self._words.because(page.genre_by)),
            self._words(
                "explain.law",
                places=", ".join(judged.shown) or self._words("terminal.no-place"),
                reasons=self._words.because(reading.places_by),
            ),
            tuple(explained),
        )

    def not_claimed(self, path: str, data: bytes, most: int, *, format: str | None = None) -> list[NotClaimed]:
        """Wordings of a file that rules begin at and that claim nothing where they stand, in file order, with the reason.

        No more than the first ``most``; one that lies within another is left out, and so are prices.
        """
        from menulint.engine.in_blocks import block_ref
        from menulint.engine.reasons import silent_because

        reading = self._read(read_bytes(path, data, format=format, ocr=self.options.ocr))
        source, lines = reading.source, reading.source.index()
        silent = (claim for claim in reading.claims if claim.head.facet != "price" and silent_because(claim, self.pack))
        found: list[NotClaimed] = []
        for claim in _outermost(islice(silent, most)):
            head = claim.head
            at = lines.shown(lines.position(source.file_span(head.block, head.start, head.end)[0]))
            why = self._decision(claim, False, "", any_begins=False)
            found.append(NotClaimed(head.text, at, block_ref(source.blocks[head.block], source), why))
        return found

    def _matches(self, reading: _Reading) -> list[Match]:
        """The rules that fire and are sure enough to be reported."""
        if not reading.claims:
            return []
        found = self._engine.matches(reading.claims, reading.judging.codes, reading.judging.raising)
        least = CONFIDENCES.index(self.options.min_confidence)
        return [match for match in found if CONFIDENCES.index(match.strictest.confidence) >= least]

    def _explain(self, claim: Claim, position: Position, reading: _Reading, matches: Sequence[Match]) -> ExplainedClaim:
        from menulint.engine.in_blocks import block_ref
        from menulint.engine.reasons import silent_because

        own = {match.rule.id for match in matches if match.claim is claim}
        reported, others, covers = [], [], dict[str, None]()
        for why in self._engine.why(claim, reading.judging.codes):
            rule, places = why.rule, tuple(judgement.code for judgement in why.judgements)
            if rule.id in own:
                reported.append(self._explained_rule(why, reading.judging.raising))
            elif places and (stronger := _covering(rule, claim, matches)):
                covers[f"{stronger.id} {stronger.name}"] = None
            else:
                reason = _unraised(places, reading.judging) if places else why.reason
                others.append((rule.id, self._words.say(reason)))
        return ExplainedClaim(
            text=claim.head.text,
            start=position,
            concept=claim.head.concept,
            speaker=claim.speaker,
            stance=claim.stance,
            cues=tuple((cue.says, cue.text) for cue in claim.cues),
            sentence=self._decision(claim, bool(reported), ", ".join(covers), any_begins=bool(others)),
            reported=tuple(reported),
            others=tuple(others),
            block=block_ref(reading.source.blocks[claim.head.block], reading.source),
            silent=silent_because(claim, self.pack) is not None,
            evidence=self._researched(claim),
        )

    def _explained_rule(self, why: Why, raising: frozenset[str]) -> ExplainedRule:
        said = why.rule.wording(self.options.ui_lang)
        return ExplainedRule(
            id=why.rule.id,
            name=why.rule.name,
            why=said.why,
            rewrite=said.rewrite,
            places=tuple(judgement.code for judgement in why.judgements),
            judgements=tuple(judgement for judgement in why.judgements if judgement.code in raising),
            nothing_in=tuple((code, self._words.say(reason)) for code, reason in why.reasons if code in raising),
        )

    def _researched(self, claim: Claim) -> tuple[str, ...]:
        """What research carries of a claim: the rows of evidence nearest to it, with their sources."""
        from menulint.engine import evidence

        return tuple(evidence.in_full(row, self._words) for row in evidence.rows_for(claim, self._pack_of_day))

    def _decision(self, claim: Claim, is_reported: bool, covered_by: str, *, any_begins: bool) -> str:
        """What was decided on a claim and why, in a sentence."""
        from menulint.engine.reasons import decisive, silent_because

        words = self._words
        if silent := silent_because(claim, self.pack):
            return words("explain.not-reported", because=silent)
        if covered_by and not is_reported:
            return words("explain.covered", rules=covered_by)
        if not is_reported:
            return words("explain.no-rule-fits" if any_begins else "explain.no-rule")
        if hedges := decisive(claim.cues, ("hedged", "hypothetical")):
            return words("explain.voice-hedged", words=hedges)
        own = decisive(claim.cues, ("seller",))
        return words("explain.voice-by", words=own) if own else words("explain.voice")

    def _read(self, source: Source, *, every_block: bool = False, silent: bool = True) -> _Reading:
        """A file as far as claims; ``every_block``: those without triggers too, which no claim needs.

        ``silent``: also what stands where no seller can be heard. No rule fires there; only explanations speak of it.
        """
        scan = self._prefilter.scan(source)
        words = self._word_hits(source, scan)
        page = weigh(source, words, scan.words, self.options.genre)
        decided, by = self._judging(source, scan)
        language = self._language(source)
        told = customers_blocks(source, words, page, self.pack.word_lists)
        candidates = self._candidates(source, scan, page, told, silent=silent)
        if every_block:
            candidates = sorted({*candidates, *scan.blocks})
        analyses = tuple(self._analyses(source, scan, language, told, candidates))
        claims = self._claims(source, analyses, page, words, told) if analyses else ()
        return _Reading(source, page, decided, by, language, analyses, claims)

    def _claims(
        self,
        source: Source,
        analyses: Iterable[BlockAnalysis],
        page: PageEvidence,
        words: Mapping[int, BlockWords],
        told: frozenset[int],
    ) -> tuple[Claim, ...]:
        from menulint.claims.making import claims_of
        from menulint.claims.surroundings import Surroundings

        around = Surroundings(source, words, told, self.pack.word_lists)
        return tuple(claims_of(source, analyses, page, around, self._replies, self.pack.word_lists))

    def _word_hits(self, source: Source, scan: Scan) -> Mapping[int, BlockWords]:
        """What the words of each block tell of its page: worked out once for texts that come back."""
        return {index: self._words_of(source.blocks[index].text, there.hits) for index, there in scan.blocks.items()}

    def _words_of(self, text: str, hits: tuple[Hit, ...]) -> BlockWords:
        known = self._told.get(text)
        if known is not None and (known[0] is hits or known[0] == hits):
            return known[1]
        meanings = self._meanings
        words = block_words(text, [(meanings[entry], start, end) for entry, start, end in hits])
        if len(text) <= _KEPT_LENGTH:
            self._told.add(text, (hits, words))
        return words

    def _candidates(
        self, source: Source, scan: Scan, page: PageEvidence, told: frozenset[int], *, silent: bool
    ) -> list[int]:
        """The blocks that may claim something and those that claims depend on, in order; ``told`` are customers' words."""
        if not (silent or page.is_open or page.own_voice):
            return []
        found = self._prefilter.candidates(source, scan)
        if told:
            found = sorted({*found, *told})
        if silent or page.is_open:
            return found
        from menulint.claims.vicinity import around

        return around(source, page.own_voice.keys(), found)

    def _analyses(
        self, source: Source, scan: Scan, language: str, told: frozenset[int], candidates: Iterable[int]
    ) -> Iterator[BlockAnalysis]:
        """What stands in the blocks that may claim something; ``told`` are those that are customers' words."""
        todo = [(source.blocks[i], scan.blocks.get(i)) for i in candidates]
        given = ((b.index, b.text, b.lang or language, found.hits if found else ()) for b, found in todo)
        for analysis in self._pipeline.analyse(given):
            found = scan.blocks.get(analysis.block)
            if analysis.block in told:
                analysis = with_words(analysis, source.blocks[analysis.block].text, self.pack.word_lists)
            yield self._with_lookalikes(source, analysis, found.lookalikes) if found and found.lookalikes else analysis

    def _with_lookalikes(
        self, source: Source, analysis: BlockAnalysis, spans: Sequence[tuple[int, int]]
    ) -> BlockAnalysis:
        """Words that hide behind look-alike letters, as mentions of a concept of their own."""
        if LOOKALIKE not in self.pack.concepts:
            return analysis
        from menulint.mention import Mention

        text = source.blocks[analysis.block].text
        hidden = [m for m in analysis.mentions if any(m.start < end and start < m.end for start, end in spans)]
        found = [
            Mention(LOOKALIKE, analysis.block, start, end, text[start:end], m.sentence, m.clause, m.first, m.last)
            for start, end in spans
            for m in hidden[:1] or _nowhere(analysis)
        ]
        return replace(analysis, mentions=(*analysis.mentions, *found))

    def _judging(self, source: Source, scan: Scan) -> tuple[Judging, tuple[str, ...]]:
        given = self.options.jurisdiction
        codes, by = infer(source, scan.places, self.pack) if "auto" in given else (given, ("given",))
        return judging(codes, self.pack, self.options.reference_set), by

    def _language(self, source: Source) -> str:
        """Given, else the file's own, else what its words tell, else English."""
        if self.options.lang:
            return self.options.lang
        own = next((m[0].lower() for v in source.signal_values("lang") if (m := _LANG.match(v))), None)
        return own or self._told_by_words(source) or "en"

    def _told_by_words(self, source: Source) -> str:
        from menulint.claims.language import language_of

        return language_of(source, self._telling)

    @cached_property
    def _telling(self) -> dict[str, frozenset[str]]:
        """The commonest words by language, of those with terms and of others."""
        lexicon = self.pack.lexicon
        words = {**lexicon.lists.get("telling", {}), **lexicon.common}
        return {lang: frozenset(map(str.lower, those)) for lang, those in sorted(words.items())}

    def _not_known(self, source: Source, language: str) -> tuple[str, ...]:
        """A note where a page is in a language that has no terms: that nothing is found there says little."""
        known = self.pack.lexicon.common
        if language in known or not source.blocks or self._told_by_words(source) in known:
            return ()
        return (self._words("language.not-known", language=language, known=", ".join(sorted(known))),)

    def _counted(
        self,
        finding: Finding,
        suppressions: Suppressions,
        source: Source,
        maker: FindingMaker,
        judged: frozenset[str],
    ) -> Finding:
        """A finding as the project sees it: its comments, allowed wordings, own severities, baseline and proof."""
        block, start, end = maker.spots[finding.fingerprint]
        text = source.blocks[block].text
        allowed = self._allowances.covering(finding.rule, finding.name, text, start, end)
        own = next((self.pack.concepts[c].label for c in finding.concepts if c in self._products), "")
        message = f"{finding.message} {self._words('product.known', name=own)}" if own else finding.message
        severity = self._own_severities.get(finding.rule, finding.severity)
        suppressed = suppressions.covering(finding.rule, finding.start.line) or allowed
        if own or suppressed or severity != finding.severity:
            finding = replace(finding, message=message, severity=severity, suppressed=suppressed)
        return self._dossier.applied(self._accepted(finding, judged), text, start, end)

    def _accepted(self, finding: Finding, judged: frozenset[str]) -> Finding:
        """A finding with its state in the baseline; one that was accepted and counts again says why."""
        if self._baseline is None:
            return finding
        from menulint.baseline import behind

        law = behind(finding.jurisdictions, judged)
        state, lapse = self._baseline.state(finding.fingerprint, law, self.options.as_of)
        if lapse is None:
            return replace(finding, baseline=state)
        why = self._words.say(lapse)
        return replace(finding, baseline=state, lapsed=why, message=f"{finding.message} {why}")

    @cached_property
    def _own_severities(self) -> dict[str, str]:
        """The severity the project gives a rule; what is said of a rule itself beats what is said of its category."""
        by_width = sorted(self.options.severity, key=lambda given: given[0] in self.pack.rules)
        return {r.id: severity for name, severity in by_width for r in self.rules if name in _all_names(r)}

    def _check_options(self) -> None:
        for code in (*self.options.jurisdiction, *self.options.reference_set):
            if code not in ("auto", "all"):
                check_code(code, self.pack)
        _check_choice("language of reports", self.options.ui_lang, LANGUAGES)
        _check_choice("genre", self.options.genre, GENRES)
        _check_choice("confidence", self.options.min_confidence, CONFIDENCES)
        own = [name for name, _ in self.options.severity]
        own += [name for one in self.options.allow for name in one.rules]
        own += [name for proof in self.options.substantiation for name in proof.rules]
        if given := (*self.options.select, *self.options.ignore, *own):
            known = sorted({name for rule in self.pack.rules.values() for name in _all_names(rule)})
            for name in given:
                _check_choice("rule", name, known)
        self._check_products()

    def _check_products(self) -> None:
        if not self.options.products:
            return
        known = sorted({status.status for place in self.pack.jurisdictions.values() for status in place.statuses})
        for product in self.options.products:
            for concept in product.concepts:
                _check_choice("concept", concept, sorted(self.pack.concepts))
            for code, status in product.statuses:
                check_code(code, self.pack)
                _check_choice("status", status, known)


def _shown_cue(cue: CueRef, source: Source, lines: LineIndex) -> CueRef:
    """A cue at its place as it is reported."""
    from menulint.engine.in_blocks import InBlocks

    return InBlocks(source, lines).cue(cue) if isinstance(lines, BlockIndex) else cue


def _check_choice(what: str, given: str | None, known: Sequence[str]) -> None:
    if given is None or given in known:
        return
    import difflib

    near = difflib.get_close_matches(given, known, n=1)
    hint = (
        f"did you mean {near[0]}?" if near else f"expected one of {', '.join(known[:12])}" + ", …" * (len(known) > 12)
    )
    raise UsageError(f"unknown {what} {given!r}; {hint}")


def _all_names(rule: Rule) -> tuple[str, ...]:
    return rule.id, rule.id.rstrip("0123456789"), rule.name, rule.category


def _names(given: Iterable[str], rule: Rule) -> bool:
    return bool(set(given).intersection(_all_names(rule)))


def _nowhere(analysis: BlockAnalysis) -> list[Mention]:
    """A stand-in where no term lies under a disguised word: the block's first sentence."""
    from menulint.mention import Mention

    return [Mention(LOOKALIKE, analysis.block, 0, 0, "")]


def _outermost(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Claims in the order of their heads, without those whose head lies within the one before."""
    block, reached = -1, 0
    for claim in sorted(claims, key=lambda claim: (claim.head.block, claim.head.start, -claim.head.end)):
        head = claim.head
        if head.block != block or head.end > reached:
            block, reached = head.block, head.end
            yield claim


def _quoted_lines(findings: Iterable[Finding], index: LineIndex) -> dict[int, str]:
    wanted: set[int] = set()
    for finding in findings:
        wanted.update(range(finding.start.line, finding.end.line + 1))
        for place in finding.also:
            wanted.update(range(place.start.line, place.end.line + 1))
    return {n: index.line_text(n) for n in sorted(wanted)}


def _covering(rule: Rule, claim: Claim, matches: Iterable[Match]) -> Rule | None:
    """The rule that is reported on the words of a claim in place of one that fits too."""
    head = claim.head
    for match in matches:
        start, end = match.span
        overlaps = match.claim.head.block == head.block and start < head.end and head.start < end
        if overlaps and rule.id in (match.rule.id, *match.more):
            return match.rule
    return None


def _unraised(places: Sequence[str], decided: Judging) -> Message:
    """Why a rule that fits in some places raises nothing."""
    if not decided.raising.intersection(places):
        return Message.of("reason.informs", places=", ".join(places))
    return Message.of("reason.unsure")


def _shown(provision: PackProvision, words: Catalogue) -> Provision:
    from menulint.finding import Provision

    start = provision.in_force_from
    in_force = words("law.in-force", start=start.isoformat()) if start else words("law.unknown-start")
    if provision.in_force_to:
        in_force = words("law.until", begins=in_force, end=provision.in_force_to.isoformat())
    return Provision(
        id=provision.id,
        gist=provision.gist,
        instrument=provision.instrument,
        provision=provision.provision,
        url=provision.url,
        source_type=provision.source_type,
        confidence=provision.confidence,
        in_force=in_force,
    )
