"""One pass over every block: which terms and cues stand where, and which blocks are worth tokenising.

The prefilter is exact: it runs the same matcher as the pipeline, so it never drops a term the pipeline would find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from menulint.pack.matcher import Hit, Matcher
from menulint.pack.model import Pack
from menulint.source import Block, PlaceSign, Role, Source
from menulint.text.folding import Folded, fold

QUESTION_MARKS = ("?", "\N{FULLWIDTH QUESTION MARK}", "؟")
ANSWER_MARKS = ("?", ":", "–", "—", " - ")
"""What stands between a question or a label and its answer in one block."""
BODY_BLOCKS = 6
"""How many blocks below a heading that offers something may name what it is."""
LOOKALIKE = "obfuscation.lookalike"


class BlockHits(NamedTuple):
    """The folded text of a block and what was found in it; hit offsets count in the folded text."""

    block: int
    folded: Folded
    hits: tuple[Hit, ...]


class Scan(NamedTuple):
    """What the pass over all blocks of a file found. Blocks without any hit have no entry in ``blocks``."""

    blocks: dict[int, BlockHits]
    places: tuple[PlaceSign, ...]
    words: int


class Prefilter:
    """Scans sources with one matcher. Build once per pack; it is read-only afterwards."""

    def __init__(self, pack: Pack, matcher: Matcher) -> None:
        self._matcher = matcher
        self._entries, self._concepts = pack.lexicon.entries, pack.concepts
        self._signs = [
            (fold(sign).text, PlaceSign(code, kind, sign))
            for code, jurisdiction in sorted(pack.jurisdictions.items())
            for kind in ("tel", "currency", "words")
            for sign in jurisdiction.signals.get(kind, ())
        ]
        self._sign_automaton = AhoCorasick([text for text, _ in self._signs]) if self._signs else None

    def scan(self, source: Source) -> Scan:
        """All hits of all blocks of ``source``."""
        found: dict[int, BlockHits] = {}
        places: dict[PlaceSign, None] = {}
        words = 0
        for block in source.blocks:
            folded = fold(block.text)
            words += folded.text.count(" ") + 1
            hits = self._matcher.find(folded, block.text)
            if hits or folded.lookalikes:
                found[block.index] = BlockHits(block.index, folded, tuple(hits))
            for sign in self._place_signs(folded.text):
                places[sign] = None
        return Scan(found, tuple(places), words)

    def candidates(self, source: Source, scan: Scan) -> list[int]:
        """Indexes of the blocks to tokenise, in order: those with a trigger, and the neighbours their claims may need."""
        triggers = [index for index, hits in scan.blocks.items() if self._has_trigger(hits) or self._answers(hits)]
        wanted = set(triggers)
        rows = _rows(source)
        for index in triggers:
            wanted.update(i for i in _neighbours(source, index, rows) if i in scan.blocks or is_question(source, i))
        return sorted(wanted)

    def _has_trigger(self, found: BlockHits) -> bool:
        return bool(found.folded.lookalikes) or any(self._is_trigger(hit) for hit in found.hits)

    def _is_trigger(self, hit: Hit) -> bool:
        concept = self._entries[hit.entry].concept
        return bool(concept) and self._concepts[concept].trigger

    def _answers(self, found: BlockHits) -> bool:
        """Whether a block may answer a question or fill in a label: "None." below it, "Downtime: none", "Painful? No"."""
        said = [hit.start for hit in found.hits if self._entries[hit.entry].group == "answer"]
        return bool(said) and (min(said) <= 1 or any(mark in found.folded.text for mark in ANSWER_MARKS))

    def _place_signs(self, folded: str) -> Iterator[PlaceSign]:
        if self._sign_automaton is None:
            return
        for index, start, end in self._sign_automaton.find_matches_as_indexes(folded):
            inside = (start and folded[start - 1].isalnum() and folded[start].isalnum()) or (
                end < len(folded) and folded[end].isalnum() and folded[end - 1].isalpha()
            )
            if not inside:
                yield self._signs[index][1]


def is_question(source: Source, index: int) -> bool:
    """Whether a block asks, as far as its punctuation says so."""
    return source.blocks[index].text.rstrip(" \"'”’»)").endswith(QUESTION_MARKS)


def _rows(source: Source) -> dict[tuple[int, int], list[int]]:
    """The cells of each table row, by (group, row); list items have no column and are no rows."""
    rows: dict[tuple[int, int], list[int]] = {}
    for block in source.blocks:
        if block.group is not None and block.row is not None and block.column is not None:
            rows.setdefault((block.group, block.row), []).append(block.index)
    return rows


def row_of(block: Block, rows: dict[tuple[int, int], list[int]]) -> list[int]:
    """The other cells of the row a block stands in."""
    if block.group is None or block.row is None or block.column is None:
        return []
    return [index for index in rows.get((block.group, block.row), ()) if index != block.index]


def _neighbours(source: Source, index: int, rows: dict[tuple[int, int], list[int]]) -> Iterable[int]:
    """Blocks whose mentions a claim in ``index`` may need: headings, row, header row, intro, question, answer, title."""
    block = source.blocks[index]
    yield from block.section
    yield from row_of(block, rows)
    if block.group is not None:
        yield from rows.get((block.group, 0), ())
    if block.intro is not None:
        yield block.intro
    if index and is_question(source, index - 1):
        yield index - 1
    if index + 1 < len(source.blocks) and is_question(source, index):
        yield index + 1
    if block.role is Role.HEADING:
        yield from _body(source, index)
    yield from (b.index for b in source.blocks[:3] if b.role is Role.TITLE)


def _body(source: Source, heading: int) -> Iterable[int]:
    """The blocks right below a heading, up to the next one."""
    for block in source.blocks[heading + 1 : heading + 1 + BODY_BLOCKS]:
        if block.role is Role.HEADING:
            return
        yield block.index
