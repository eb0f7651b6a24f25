"""One pass over every block: which terms and cues stand where, and which blocks are worth tokenising.

The prefilter is exact: it runs the same matcher as the pipeline, so it never drops a term the pipeline would find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from menulint.pack.matcher import Hit, Matcher
from menulint.pack.model import Pack
from menulint.source import PlaceSign, Role, Source
from menulint.text.folding import fold

QUESTION_MARKS = ("?", "\N{FULLWIDTH QUESTION MARK}", "؟")
ANSWER_MARKS = ("?", ":", "–", "—", " - ")
"""What stands between a question or a label and its answer in one block."""
BODY_BLOCKS = 6
"""How many blocks below a heading that offers something may name what it is."""
LOOKALIKE = "obfuscation.lookalike"


_KEPT, _KEPT_LENGTH = 1 << 12, 1000
"""How many texts are kept in mind with what was found in them, none longer than so many code points: some 10 MB at most."""


class TextHits(NamedTuple):
    """What was found in a text, wherever it stands; all offsets count in the text as written.

    ``words`` is their number; ``signs`` point to places; ``begins``: a claim may begin here.
    """

    hits: tuple[Hit, ...]
    lookalikes: tuple[tuple[int, int], ...]
    words: int
    signs: tuple[PlaceSign, ...]
    begins: bool


class Scan(NamedTuple):
    """What the pass over all blocks of a file found, by block. Blocks without any hit have no entry in ``blocks``."""

    blocks: dict[int, TextHits]
    places: tuple[PlaceSign, ...]
    words: int


class Prefilter:
    """Scans sources with one matcher. Build once per pack; threads may share it.

    What was found in a text is kept: a site has the same navigation, footer and offers on each of its pages.
    """

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
        self._known = lru_cache(_KEPT)(self.look)

    def scan(self, source: Source) -> Scan:
        """All hits of all blocks of ``source``."""
        found: dict[int, TextHits] = {}
        places: dict[PlaceSign, None] = {}
        words = 0
        for block in source.blocks:
            text = block.text
            there = self._known(text) if len(text) <= _KEPT_LENGTH else self.look(text)
            words += there.words
            if there.hits or there.lookalikes:
                found[block.index] = there
            for sign in there.signs:
                places[sign] = None
        return Scan(found, tuple(places), words)

    def look(self, text: str) -> TextHits:
        """What stands in a text."""
        folded = fold(text)
        found = self._matcher.find(folded, text)
        hits = found if folded.map is None else [Hit(e, *folded.original(start, end)) for e, start, end in found]
        return TextHits(
            hits=tuple(hits),
            lookalikes=folded.lookalikes,
            words=folded.text.count(" ") + 1,
            signs=tuple(self._place_signs(folded.text)),
            begins=bool(folded.lookalikes) or any(map(self._is_trigger, found)) or self._answers(folded.text, found),
        )

    def candidates(self, source: Source, scan: Scan) -> list[int]:
        """Indexes of the blocks to tokenise, in order: those with a trigger, and the neighbours their claims may need."""
        triggers = [index for index, found in scan.blocks.items() if found.begins]
        wanted = set(triggers)
        rows = _rows(source)
        for index in triggers:
            wanted.update(i for i in _neighbours(source, index, rows) if i in scan.blocks or is_question(source, i))
        return sorted(wanted)

    def _is_trigger(self, hit: Hit) -> bool:
        concept = self._entries[hit.entry].concept
        return bool(concept) and self._concepts[concept].trigger

    def _answers(self, folded: str, hits: Iterable[Hit]) -> bool:
        """Whether a text may answer a question or fill in a label: "None." below it, "Downtime: none", "Painful? No"."""
        said = [hit.start for hit in hits if self._entries[hit.entry].group == "answer"]
        return bool(said) and (min(said) <= 1 or any(mark in folded for mark in ANSWER_MARKS))

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


def _neighbours(source: Source, index: int, rows: dict[tuple[int, int], list[int]]) -> Iterable[int]:
    """Blocks whose mentions a claim in ``index`` may need: headings, row, header row, intro, question, answer, title.

    A row is taken out of ``rows`` when its cells were given: they need not be given to each of its cells.
    """
    block = source.blocks[index]
    yield from block.section
    if block.group is not None:
        if block.row is not None and block.column is not None:
            yield from rows.pop((block.group, block.row), ())
        yield from rows.pop((block.group, 0), ())
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
