"""One pass over every block: which terms and cues stand where, and which blocks are worth tokenising.

The prefilter is exact: it runs the same matcher as the pipeline, so it never drops a term the pipeline would find.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from menulint.pack.kept import Kept
from menulint.pack.matcher import Matcher
from menulint.pack.model import Pack
from menulint.pack.search import Hit
from menulint.source import PlaceSign, Role, Source
from menulint.text.folding import Folded, fold
from menulint.text.words import BORDER

QUESTION_MARKS = ("?", "\N{FULLWIDTH QUESTION MARK}", "؟")
ANSWER_MARKS = ("?", ":", "–", "—", " - ")
"""What stands between a question or a label and its answer in one block."""
BODY_BLOCKS = 6
"""How many blocks below a heading that offers something may name what it is."""
LOOKALIKE = "obfuscation.lookalike"
_SOUGHT = ("tel", "currency", "words")
"""The signs of places that stand in copy."""


_KEPT, _KEPT_LENGTH = 1 << 13, 1000
"""How many texts are kept in mind with what was found in them, none longer than so many code points: some 10 MB at most."""
_AT_ONCE = 1 << 16
"""Code points of texts that are looked at in one go: what that needs is forgotten before the next."""


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
        self._matcher, self._speller = matcher, pack.speller
        self._entries, self._concepts = pack.lexicon.entries, pack.concepts
        signs = [sign for sign in pack.signs if sign.kind in _SOUGHT]
        self._signs = [PlaceSign(sign.code, sign.kind, sign.text) for sign in signs]
        self._sign_automaton = AhoCorasick([sign.folded for sign in signs]) if signs else None
        self._known: Kept[str, TextHits] = Kept(_KEPT)

    def scan(self, source: Source) -> Scan:
        """All hits of all blocks of ``source``."""
        found: dict[int, TextHits] = {}
        places: dict[PlaceSign, None] = {}
        words = 0
        looked = self._looked({block.text: None for block in source.blocks})
        for block in source.blocks:
            there = looked[block.text]
            words += there.words
            if there.hits or there.lookalikes:
                found[block.index] = there
            for sign in there.signs:
                places[sign] = None
        return Scan(found, tuple(places), words)

    def look(self, text: str) -> TextHits:
        """What stands in a text."""
        return self._looked([text])[text]

    def _looked(self, texts: Iterable[str]) -> dict[str, TextHits]:
        """What stands in each of some texts: what is not known yet is looked at in one go, or in several if it is long."""
        looked: dict[str, TextHits] = {}
        new: list[str] = []
        length = 0
        for text in texts:
            known = self._known.get(text)
            if known is not None:
                looked[text] = known
                continue
            new.append(text)
            length += len(text)
            if length > _AT_ONCE:
                looked |= self._look(new)
                new, length = [], 0
        return looked | self._look(new) if new else looked

    def _look(self, texts: Sequence[str]) -> dict[str, TextHits]:
        folded = self._speller.all_righted([fold(text) for text in texts])
        found = self._matcher.find_all(zip(folded, texts, strict=True))
        signs = self._place_signs([each.text for each in folded])
        looked = {
            text: self._text_hits(each, hits, tuple(signs.get(number, ())))
            for number, (text, each, hits) in enumerate(zip(texts, folded, found, strict=True))
        }
        for text, there in looked.items():
            if len(text) <= _KEPT_LENGTH:
                self._known.add(text, there)
        return looked

    def _text_hits(self, folded: Folded, found: Sequence[Hit], signs: tuple[PlaceSign, ...]) -> TextHits:
        hits = found if folded.map is None else [Hit(e, *folded.original(start, end)) for e, start, end in found]
        return TextHits(
            hits=tuple(hits),
            lookalikes=folded.lookalikes,
            words=folded.text.count(" ") + 1,
            signs=signs,
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

    def _place_signs(self, folded: Sequence[str]) -> dict[int, list[PlaceSign]]:
        """What in some texts points to places, by the number of the text."""
        signs = defaultdict[int, list[PlaceSign]](list)
        if self._sign_automaton is None:
            return signs
        whole = BORDER.join(folded)
        borders: list[int] | None = None
        for index, start, end in self._sign_automaton.find_matches_as_indexes(whole):
            inside = (start and whole[start - 1].isalnum() and whole[start].isalnum()) or (
                end < len(whole) and whole[end].isalnum() and whole[end - 1].isalpha()
            )
            if not inside:
                borders = borders or list(accumulate(len(text) + 1 for text in folded))
                signs[bisect_right(borders, start)].append(self._signs[index])
        return signs


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
