"""Hears every mention of a file: its own cues, and those its surroundings hand down to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from menulint.claims.page import TURNS, PageEvidence
from menulint.claims.stance import DEFINED, THINGS, Voice, voice, without_cues
from menulint.mention import BlockAnalysis, Cue, Mention
from menulint.pack.lists import WordLists
from menulint.source import Block, Role, Source

HANDED_DOWN = frozenset({"reported", "third-party", "warned", "prohibited"})
"""What an introduction says of a whole list: "walk away if you are told that:", "what you may have read"."""
DECLINES = "declines"
"""A heading or introduction by which a seller refuses all that stands in the list below ("What we never do")."""
DECLINES_OFFERS = "declines-offers"
"""A refusal of bargains only: "We don't run sales." takes back the offer before it, and not what is on offer."""
ITEMS = frozenset({Role.LIST_ITEM, Role.TABLE_CELL})
"""Blocks too short to say for themselves how they are meant: what the headings above them say holds for them."""
HANDED_DOWN_BY_COLON = HANDED_DOWN | {"negated", "asked"}
REFUSED = "negated"
NAMED = THINGS | {"comparison"}
"""Facets of what a clinic can leave off its menu."""
REFUSABLE = NAMED | {"effect", "condition"}
"""Facets of which a refusal above speaks as long as nobody says "our" or "we" of them."""
BARGAINS = frozenset({"pressure"})
TAKEN_BACK = {DECLINES: REFUSABLE | BARGAINS, DECLINES_OFFERS: BARGAINS}
"""Facets of a name that the sentence right behind it takes back: "Special offers. We don't do them."."""
SELLS = frozenset({"price", "pressure"})
"""Facets of a block that sells, whatever stands above it."""
PARTS = "price.item"
"""What a line of a price list names ("chin"): without a price it sells nothing."""
BARE_LINE = 60
"""Code points up to which a paragraph without a mark at its end is as good as an item ("cure" below "Words we do not use")."""
BEFORE_RUN_IN = 3
"""Code points that may stand before a refusal with which a block begins: a number, a dash."""
RUN_IN_MARKS = frozenset(".:")
_MARKS = '.!?…:;,"”’»'
_OTHERS = r"\b{others}\b"
_AROUND = " .!…:*✗✘❌"
"""What may stand around a denial that heads a column."""


class _Place(NamedTuple):
    """What holds for all mentions of a block.

    ``inherited`` are the cues handed down to it, ``refused`` what stands refused in it; ``defines``: its first sentence says
    what something is. ``plain`` is the voice of all its mentions without cues, where they share one, as they nearly always do.
    """

    analysis: BlockAnalysis
    inherited: tuple[Cue, ...]
    refused: _Refusals | None
    defines: bool
    plain: Voice | None


class Listener:
    """Decides speaker and stance of the mentions of one file, when somebody asks for one."""

    def __init__(self, source: Source, analyses: Iterable[BlockAnalysis], page: PageEvidence, lists: WordLists) -> None:
        self._source, self._page, self._lists = source, page, lists
        self._analyses = {analysis.block: analysis for analysis in analyses}
        self._declined = frozenset(self._refused())
        self._places: dict[int, _Place] = {}
        self._voices: dict[int, Voice] = {}

    @cached_property
    def _columns(self) -> Mapping[tuple[int, int], int]:
        """The header cell of each column, by table and column."""
        return {
            (block.group, block.column): block.index
            for block in self._source.blocks
            if block.header and block.row == 0 and block.group is not None and block.column is not None
        }

    @cached_property
    def _plain(self) -> Voice:
        """The voice of a mention to which nothing is added."""
        return without_cues(self._page)

    def heard(self) -> Iterator[tuple[Mention, Voice]]:
        """Every mention with the voice it is heard in, block by block."""
        for analysis in self._analyses.values():
            for mention in analysis.mentions:
                yield mention, self.voice(mention)

    def voice(self, mention: Mention) -> Voice:
        """The voice in which one of the mentions of the file is heard."""
        place = self._places.get(mention.block)
        if place is None:
            place = self._places[mention.block] = self._place(self._analyses[mention.block])
        if place.plain and not mention.cues:
            return place.plain
        voiced = self._voices.get(id(mention))
        if voiced is None:
            cues = place.inherited
            if place.refused:
                cues = (*cues, *place.refused.of(mention))
            voiced = self._voices[id(mention)] = self._voice(place.analysis, mention, cues, place.defines)
        return voiced

    def stance(self, mention: Mention) -> str:
        """How one of the mentions of the file is meant."""
        return self.voice(mention).stance

    def _place(self, analysis: BlockAnalysis) -> _Place:
        inherited = self._introduced(analysis.block) if self._handed else ()
        refused = self._refusals(analysis) if self._handed or analysis.cues or self._takes_back else None
        defines = _asks_what(self._analyses.get(analysis.block - 1))
        asks = True in [sentence.question for sentence in analysis.sentences]
        differs = asks or inherited or refused or defines or self._declined
        plain = None if differs or self._differs(analysis.block) else self._plain
        return _Place(analysis, inherited, refused, defines, plain)

    def _differs(self, block: int) -> bool:
        """Whether where they stand on the page may say something of the mentions of a block."""
        page = self._page
        if block in page.quoted or block in page.informing or block in page.settling:
            return True
        return page.doubts is not None or block in page.own_voice or block in page.defining

    def _voice(self, analysis: BlockAnalysis, mention: Mention, inherited: tuple[Cue, ...], defines: bool) -> Voice:
        facet, page, index = mention.facet, self._page, mention.block
        asks = bool(analysis.sentences) and analysis.sentences[mention.sentence].question
        asks = asks and "rhetorical" not in [cue.says for cue in mention.cues]
        defined = defines and facet in DEFINED and mention.sentence == 0
        cues = mention.cues
        refused = REFUSED in [cue.says for cue in cues]
        if refused and any(_only_answers(cue, mention, analysis, self._source) for cue in cues):
            kept = [cue for cue in cues if not _only_answers(cue, mention, analysis, self._source)]
            mention = mention._replace(cues=tuple(kept))
        return voice(
            mention,
            self._source.blocks[index],
            page,
            inherited=inherited,
            asks=asks,
            informs=defined or index in page.settling or (facet in THINGS and self._informs(analysis, mention)),
            declined=mention.concept in self._declined,
            undoubted=page.doubts is not None and self._is_undoubted(analysis, mention, page.doubts),
        )

    def _informs(self, analysis: BlockAnalysis, mention: Mention) -> bool:
        """Whether a place says what a thing is or how to care for it. A word of a glossary may be sold there all the same."""
        if mention.block in self._page.informing:
            return True
        if mention.block not in self._page.defining:
            return False
        is_own = any(cue.says == "seller" and cue.start < mention.start for cue in mention.cues)
        return not is_own and not any(m.facet == "price" and _has_digit(m.text) for m in analysis.mentions)

    @staticmethod
    def _is_undoubted(
        analysis: BlockAnalysis, mention: Mention, doubts: Mapping[int, Sequence[tuple[int, int]]]
    ) -> bool:
        """Whether nothing in the mention's sentence speaks against a seller who surely speaks elsewhere on the page."""
        if not analysis.sentences:
            return False
        sentence = analysis.sentences[mention.sentence]
        return not any(start < sentence.end and sentence.start < end for start, end in doubts.get(analysis.block, ()))

    def _introduced(self, index: int) -> tuple[Cue, ...]:
        """The cues that the block before a list hands down to its items, and the headings above it ("Words to avoid")."""
        block = self._source.blocks[index]
        above = block.section if block.role in ITEMS or _is_bare(block) else ()
        intros = dict.fromkeys((*self._heads(block), *_known(block.intro), *reversed(above)))
        cues = [cue for intro in intros for cue in self._handed.get(intro, ())]
        if cues and self._has_price(block):
            cues = [cue for cue in cues if cue.says != REFUSED or cue.block not in above]
        return tuple(cues)

    def _refusals(self, analysis: BlockAnalysis) -> _Refusals | None:
        """What stands refused in a block by the headings above it and by its own first words, if anything does."""
        headings, run_in = self._source.blocks[analysis.block].section, self._run_in(analysis)
        taken_back = self._taken_back(analysis) if self._takes_back else ()
        if not run_in and not taken_back and not self._refused_by(headings):
            return None
        sells = self._sells(analysis)
        turn = max((at for at, heading in enumerate(headings) if self._turns(heading)), default=-1)
        above = () if sells else self._refused_by(headings[turn + 1 :])
        is_item = self._source.blocks[analysis.block].role is Role.LIST_ITEM
        right_above = self._refused_by(headings[-1:]) if is_item or not sells else ()
        return _Refusals(above, right_above, run_in, taken_back)

    def _sells(self, analysis: BlockAnalysis) -> bool:
        """Whether a block, or the row of a table that it is a cell of, sells something whatever stands above it."""
        if any(m.facet in SELLS and m.concept != PARTS and not _is_negated(m) for m in analysis.mentions):
            return True
        return self._has_price(self._source.blocks[analysis.block])

    def _has_price(self, block: Block) -> bool:
        """Whether a block is a cell in a row with a price: a price list is an offer, also below "What we do not do"."""
        return block.column is not None and (block.group, block.row) in self._priced_rows

    @cached_property
    def _priced_rows(self) -> frozenset[tuple[int | None, int | None]]:
        """The rows of tables with a price of the seller's own in a cell, by table and row."""
        blocks = (
            self._source.blocks[a.block] for a in self._analyses.values() if any(m.facet == "price" for m in a.mentions)
        )
        return frozenset(
            (block.group, block.row) for block in blocks if block.column is not None and not self._is_of_others(block)
        )

    def _is_of_others(self, price: Block) -> bool:
        """Whether a cell with a price, or the head of its column, says that others charge it."""
        texts = (price.text, *(self._source.blocks[head].text for head in self._heads(price)))
        return any(map(self._lists.pattern(_OTHERS).search, texts))

    def _refused_by(self, headings: Sequence[int]) -> tuple[Cue, ...]:
        return tuple([cue for heading in headings for cue in self._handed.get(heading, ()) if cue.says == REFUSED])

    def _turns(self, heading: int) -> bool:
        return heading in self._analyses and any(cue.says == TURNS for cue in self._analyses[heading].cues)

    def _run_in(self, analysis: BlockAnalysis) -> tuple[Cue, ...]:
        """A refusal with which a block begins, as a heading of its own would ("What we don't do: threads, exosomes")."""
        declining = [
            cue
            for cue in analysis.cues
            if cue.says == DECLINES and cue.direction != "BACKWARD" and cue.start <= BEFORE_RUN_IN
        ]
        if not declining:
            return ()
        text = self._source.blocks[analysis.block].text
        return tuple([cue._replace(says=REFUSED) for cue in declining if text[cue.end : cue.end + 1] in RUN_IN_MARKS])

    @cached_property
    def _takes_back(self) -> Mapping[int, tuple[Cue, ...]]:
        """The refusals of what stands before them ("We don't do them."), by block; most pages have none."""
        found = (
            (index, tuple([cue for cue in said.cues if cue.says in TAKEN_BACK and cue.direction == "BACKWARD"]))
            for index, said in self._analyses.items()
        )
        return {index: cues for index, cues in found if cues}

    def _taken_back(self, analysis: BlockAnalysis) -> tuple[Cue, ...]:
        """A refusal in the sentence right behind a name that stands alone, as a heading or with nothing but a full stop."""
        index, sentences = analysis.block, analysis.sentences
        if self._source.blocks[index].role is Role.HEADING:
            below = self._analyses.get(index + 1)
            index, sentences = index + 1, below.sentences[:1] if below else ()
        elif len(sentences) > 1 and sentences[0].end - sentences[0].start <= BARE_LINE:
            sentences = sentences[1:2]
        else:
            return ()
        said = self._takes_back.get(index, ())
        return tuple([cue for s in sentences for cue in said if s.start <= cue.start < s.end])

    def _heads(self, block: Block) -> tuple[int, ...]:
        """The header cell of the column a cell stands in ("Don't say")."""
        if block.group is None or block.column is None or not block.row:
            return ()
        return _known(self._columns.get((block.group, block.column)))

    @cached_property
    def _handed(self) -> Mapping[int, tuple[Cue, ...]]:
        """The cues that headings, introductions and header cells hand down, by block; most pages have none."""
        handed = ((index, tuple(self._handed_down(index))) for index, said in self._analyses.items() if said.cues)
        return {index: cues for index, cues in handed if cues}

    def _handed_down(self, intro: int) -> Iterator[Cue]:
        block, analysis = self._source.blocks[intro], self._analyses[intro]
        opens = block.text.rstrip().endswith(":")
        if not opens and block.role is not Role.HEADING and not block.header:
            return
        begins = analysis.sentences[-1].start if analysis.sentences else 0
        wanted = HANDED_DOWN_BY_COLON if opens else HANDED_DOWN
        for cue in analysis.cues:
            if cue.says == DECLINES:
                if cue.direction != "BACKWARD":
                    yield cue._replace(says=REFUSED)
            elif block.header and _is_all_of(cue, block.text):
                yield cue._replace(says="prohibited")
            elif cue.says in wanted and cue.direction in ("FORWARD", "BIDIRECTIONAL") and cue.start >= begins:
                yield cue

    def _refused(self) -> Iterator[str]:
        """What the page's title or first heading declines ("Why we do not offer exosome injections")."""
        for analysis in self._analyses.values():
            block = self._source.blocks[analysis.block]
            if block.role is Role.TITLE or block.level == 1:
                yield from (m.concept for m in analysis.mentions if m.facet in THINGS and _is_negated(m))


@dataclass(frozen=True, slots=True)
class _Refusals:
    """The cues that refuse what a block names: of headings ``above`` it, of the one ``right_above``, and its own ``run_in``.

    ``taken_back`` is what the sentence behind its first says of that. Headings further up speak of what nobody says "our" or
    "we" of, in a block that sells nothing; the one right above it of the items of a list even where these have prices.
    """

    above: tuple[Cue, ...]
    right_above: tuple[Cue, ...]
    run_in: tuple[Cue, ...]
    taken_back: tuple[Cue, ...] = ()

    def of(self, mention: Mention) -> tuple[Cue, ...]:
        """Those that speak of a mention."""
        cues: tuple[Cue, ...] = ()
        if mention.facet in REFUSABLE and not _is_own(mention):
            cues = self.above
        if mention.sentence == 0:
            back = (cue for cue in self.taken_back if mention.facet in TAKEN_BACK[cue.says])
            cues = (*cues, *(cue._replace(says=REFUSED) for cue in back))
        if mention.facet not in NAMED or mention.sentence > 1:
            return cues
        if not cues and mention.sentence == 0:
            cues = self.right_above
        return (*cues, *(cue for cue in self.run_in if cue.end <= mention.start))


def _known(index: int | None) -> tuple[int, ...]:
    return () if index is None else (index,)


def _is_bare(block: Block) -> bool:
    """Whether a paragraph is no sentence but a line of a list without its marks."""
    return block.role is Role.PARAGRAPH and len(block.text) <= BARE_LINE and block.text[-1:] not in _MARKS


def _is_all_of(cue: Cue, text: str) -> bool:
    """Whether a column is headed by a denial and nothing else: "Instead of", "Not"."""
    return cue.says == REFUSED and text.strip(_AROUND) == text[cue.start : cue.end]


def _only_answers(cue: Cue, mention: Mention, analysis: BlockAnalysis, source: Source) -> bool:
    """Whether a "no" is an answer of its own, cut off by a comma: "Will they return? No, they are gone for good."."""
    if cue.says != REFUSED or cue.block != mention.block or not analysis.sentences:
        return False
    begins = cue.start == analysis.sentences[mention.sentence].start
    return begins and source.blocks[cue.block].text[cue.end : cue.end + 1] == ","


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_own(mention: Mention) -> bool:
    return any(cue.says == "seller" for cue in mention.cues)


def _is_negated(mention: Mention) -> bool:
    return any(cue.says == "negated" for cue in mention.cues)


def _asks_what(before: BlockAnalysis | None) -> bool:
    """Whether the block before asks what something is, so that the next sentence defines it: it names it."""
    return (
        before is not None
        and len(before.sentences) == 1
        and any(cue.says == "asked" for cue in before.cues)
        and any(mention.facet in DEFINED for mention in before.mentions)
    )
