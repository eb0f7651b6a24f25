"""Answers that name nothing themselves: "Is it painless?" "Yes.", "Downtime: none", a cell "0" under "Side effects".

A question claims nothing, its answer may. The answer becomes a mention of its own, so that a finding stands on the words
that make the claim; the question is kept as its cue. A concept with a ``denied`` counterpart (pain: no pain) becomes that
when the answer says no; any other is claimed when the answer says yes. What somebody suffers from is answered by help or
its end ("Eczema? We can help."), how long, how soon and for whom by the most there is ("Forever.").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from menulint.mention import BlockAnalysis, Cue, Mention, facet_of
from menulint.source import Block, Role, Source, shown

AFFIRMED, DENIED, RELIEVED, HELPED, UTMOST = "affirmed", "denied", "relieved", "helped", "utmost"
_ANSWERS = frozenset({AFFIRMED, DENIED, RELIEVED, HELPED, UTMOST})
_VALUES = frozenset({DENIED, UTMOST})
"""Answers that a label may have as its value: "Downtime: none", "Back to work: immediately"."""
Replies: TypeAlias = Mapping[tuple[str, str], tuple[str, bool]]
"""(kind of answer, concept asked about) to (what that claims, whether it begins rules)."""
ANSWERED = "answered"
"""What the cue says that keeps the question of an answer."""
SAID_ANEW = frozenset({"safety", "authority", "proof", "comparison"})
"""Facets that an answer goes on to speak of in other words: "Is it safe?" "Yes. There are no side effects."."""
LONGEST_ANSWER = 60
"""Code points up to which the whole sentence of an answer is the claim, else only its yes or no."""
_LABEL_MARKS = " \t:=–—-|"
_ENDS = " \t.!,;"
_AFTER_ANSWER = ".,!;:–—-…)\"”'’"
_READINGS = 4
"""How many cues may begin at one place, and characters that may stand between an answer and its mark."""
_UNITS = 12
"""Code points that may follow a value: "0 days", "none at all"."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something asked about or labelled: the mention, and the words of the question."""

    mention: Mention
    words: Cue


class _Said:
    """One block made ready to be asked: what stands in which sentence, without looking at everything each time."""

    def __init__(self, block: Block, analysis: BlockAnalysis) -> None:
        self.block, self.analysis, self.text = block, analysis, block.text
        self.starts = [sentence.start for sentence in analysis.sentences]
        self.answers = sorted(
            (c for c in analysis.cues if c.says in _ANSWERS),
            key=lambda c: (c.start, -c.end),
        )
        self._answer_starts = [cue.start for cue in self.answers]
        self.by_end = sorted(analysis.mentions, key=lambda m: m.end)
        self._ends = [mention.end for mention in self.by_end]
        self.in_sentence: dict[int, list[Mention]] = defaultdict(list)
        self.last: dict[str, int] = {}
        for mention in analysis.mentions:
            self.in_sentence[mention.sentence].append(mention)
            self.last[mention.concept] = mention.sentence
            if mention.trigger and mention.facet in SAID_ANEW:
                self.last[mention.facet] = mention.sentence

    def opening(self, number: int) -> Cue | None:
        """The yes or no a sentence begins with. It stands alone: "No treatment removes scars" is no answer."""
        sentence = self.analysis.sentences[number]
        at = bisect_left(self._answer_starts, sentence.start)
        for cue in self.answers[at : at + _READINGS]:
            if cue.start > sentence.start + 1:
                return None
            rest = self.text[cue.end : cue.end + _READINGS].lstrip()
            if cue.end >= sentence.end or not rest or rest[0] in _AFTER_ANSWER:
                return cue
        return None

    def asked(self, number: int) -> Iterator[_Asked]:
        """What a sentence asks about, if it asks."""
        sentence = self.analysis.sentences[number]
        if not sentence.question:
            return
        words = Cue(
            ANSWERED, shown(self.text[sentence.start : sentence.end]), self.block.index, sentence.start, sentence.end
        )
        yield from (_Asked(mention, words) for mention in self.in_sentence[number])

    def before(self, offset: int) -> Mention | None:
        """The last mention that ends before an offset."""
        at = bisect_right(self._ends, offset)
        return self.by_end[at - 1] if at else None

    def ending_at(self, offset: int) -> Sequence[Mention]:
        """What the words that end at an offset are read as, the last of it first: "results last" is more than one concept."""
        at = bisect_right(self._ends, offset)
        return self.by_end[bisect_left(self._ends, offset, max(0, at - _READINGS), at) : at][::-1]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence an offset lies in."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def value_end(self, cue: Cue) -> int:
        """Where a value ends that is the last word of its sentence but for a unit ("0 days"); -1 if more is said."""
        end = self.analysis.sentences[self.sentence_at(cue.start)].end
        rest = self.text[cue.end : min(end, cue.end + 2 * _UNITS)].rstrip(_ENDS)
        return -1 if len(rest) > _UNITS or any(mark in rest for mark in ":?,") else cue.end + len(rest)


class Answers:
    """Finds answers in the analyses of one file and adds them as mentions."""

    def __init__(self, source: Source, analyses: Mapping[int, BlockAnalysis], replies: Replies) -> None:
        self._source, self._replies, self._analyses = source, replies, analyses
        self._made: dict[int, _Said] = {}

    def added(self) -> Iterator[BlockAnalysis]:
        """Every analysis, with the mentions that answers make."""
        for index, analysis in self._analyses.items():
            found = list(self._answers(index)) if _answers_something(analysis.cues) else []
            if found:
                mentions = sorted((*analysis.mentions, *found), key=lambda m: (m.start, m.end))
                yield replace(analysis, mentions=tuple(mentions))
            else:
                yield analysis

    def _answers(self, index: int) -> Iterator[Mention]:
        said = self._said(index)
        yield from self._to_questions(said)
        yield from self._to_labels(said)

    def _said(self, index: int) -> _Said:
        """A block ready to be asked. Few are: those that hold an answer, and what those answer."""
        if index not in self._made:
            self._made[index] = _Said(self._source.blocks[index], self._analyses[index])
        return self._made[index]

    @cached_property
    def _heading_cells(self) -> Mapping[tuple[str, int, int], list[int]]:
        """The cells that head a row (``row``, group, row) or a column of a table (``column``, group, column)."""
        found: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        for index in self._analyses:
            block = self._source.blocks[index]
            if block.group is None or block.row is None or block.column is None:
                continue
            if block.column == 0:
                found["row", block.group, block.row].append(index)
            if block.row == 0:
                found["column", block.group, block.column].append(index)
        return found

    def _to_questions(self, said: _Said) -> Iterator[Mention]:
        for number, sentence in enumerate(said.analysis.sentences):
            cue = None if sentence.question else said.opening(number)
            if cue is not None:
                for asked in self._asked_before(said, number):
                    yield from self._answer(asked, said, number, cue)

    def _asked_before(self, said: _Said, number: int) -> Iterator[_Asked]:
        """What the sentence before asks, in the same block or at the end of the block before."""
        if number:
            yield from said.asked(number - 1)
            return
        before = self._analyses.get(said.block.index - 1)
        if before and before.sentences and said.block.role is not Role.HEADING:
            yield from self._said(before.block).asked(len(before.sentences) - 1)

    def _answer(self, asked: _Asked, said: _Said, number: int, cue: Cue) -> Iterator[Mention]:
        concept, trigger = asked.mention.concept, asked.mention.trigger
        if claimed := self._replies.get((cue.says, concept)):
            concept, trigger = claimed
        elif cue.says != AFFIRMED or (DENIED, concept) in self._replies:
            return
        anew = said.last.get(facet_of(concept), -1) if cue.says == AFFIRMED else -1
        if max(said.last.get(concept, -1), anew) >= number:
            return  # "Not at all. It is completely painless." says it itself
        sentence = said.analysis.sentences[number]
        whole = sentence.end - sentence.start <= LONGEST_ANSWER
        start, end = (sentence.start, sentence.end) if whole else (cue.start, cue.end)
        yield _mention((concept, trigger), asked, said, (start, end), number)

    def _to_labels(self, said: _Said) -> Iterator[Mention]:
        for cue in said.answers:
            end = said.value_end(cue) if cue.says in _VALUES and said.analysis.sentences else -1
            if end < 0:
                continue
            number = said.sentence_at(cue.start)
            for asked in self._labels(said, cue):
                claimed = self._replies.get((cue.says, asked.mention.concept))
                if claimed and (cue.says == DENIED or said.last.get(claimed[0], -1) < number):
                    yield _mention(claimed, asked, said, (cue.start, end), number)

    def _labels(self, said: _Said, cue: Cue) -> Iterator[_Asked]:
        """The label right before a value, or the heads of the row and the column a cell stands in."""
        if label := said.before(cue.start):
            between = said.text[label.end : min(cue.start, label.end + _UNITS)]
            if cue.start - label.end < _UNITS and between.strip(_LABEL_MARKS) == "" and between.strip():
                for read in said.ending_at(label.end):
                    yield _Asked(read, Cue(ANSWERED, read.text, said.block.index, read.start, read.end))
            return
        if cue.start > _UNITS or said.text[: cue.start].strip():
            return
        for index in self._heads(said.block):
            head = self._said(index)
            words = Cue(ANSWERED, shown(head.text), index, 0, len(head.text))
            yield from (_Asked(mention, words) for mention in head.analysis.mentions[:_READINGS])

    def _heads(self, block: Block) -> Iterator[int]:
        if block.group is None or block.row is None or block.column is None:
            return
        cells = self._heading_cells
        heads = (*cells.get(("row", block.group, block.row), ()), *cells.get(("column", block.group, block.column), ()))
        yield from (index for index in heads if index != block.index)


def _answers_something(cues: tuple[Cue, ...]) -> bool:
    return bool(cues) and not _ANSWERS.isdisjoint([cue.says for cue in cues])


def _mention(claimed: tuple[str, bool], asked: _Asked, said: _Said, span: tuple[int, int], number: int) -> Mention:
    """The mention an answer makes; ``claimed``: its concept, and whether that begins rules."""
    beside = said.before(span[0])
    first = beside.last if beside else 0
    near = beside is not None and beside.sentence == number
    return Mention(
        concept=claimed[0],
        block=said.block.index,
        start=span[0],
        end=span[1],
        text=shown(said.text[span[0] : span[1]]),
        sentence=number,
        clause=beside.clause if beside and near else asked.mention.clause,
        first=first,
        last=first + 1,
        trigger=claimed[1],
        lang=said.analysis.lang,
        cues=(asked.words,),
    )
