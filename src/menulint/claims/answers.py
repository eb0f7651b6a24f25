"""Answers that name nothing themselves: "Is it painless?" "Yes.", "Downtime: none", a cell "0" under "Side effects".

A question claims nothing, its answer may. The answer becomes a mention of its own, so that a finding stands on the words
that make the claim; the question is kept as its cue. A concept with a ``denied`` counterpart (pain: no pain) becomes that
when the answer says no; any other is claimed when the answer says yes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from menulint.mention import BlockAnalysis, Cue, Mention, Sentence
from menulint.source import Block, Role, Source

AFFIRMED, DENIED = "affirmed", "denied"
ANSWERED = "answered"
"""What the cue says that keeps the question of an answer."""
LONGEST_ANSWER = 60
"""Code points up to which the whole sentence of an answer is the claim, else only its yes or no."""
_LABEL_MARKS = " \t:=–—-|"
_ENDS = " \t.!,;"
_AFTER_ANSWER = ".,!;:–—-…)\"”'’"
_UNITS = 12
"""Code points that may follow a value: "0 days", "none at all"."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something asked about or labelled: the mention, and the words of the question."""

    mention: Mention
    words: Cue


class Answers:
    """Finds answers in the analyses of one file and adds them as mentions."""

    def __init__(
        self, source: Source, analyses: Mapping[int, BlockAnalysis], denials: Mapping[str, tuple[str, bool]]
    ) -> None:
        """``denials``: concept to (what its denial claims, whether that can begin a rule)."""
        self._source, self._analyses, self._denials = source, analyses, denials
        self._rows: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index in analyses:
            block = source.blocks[index]
            if block.group is not None and block.row is not None and block.column is not None:
                self._rows[block.group, block.row].append(index)

    def added(self) -> Iterator[BlockAnalysis]:
        """Every analysis, with the mentions that answers make."""
        for analysis in self._analyses.values():
            found = [*self._to_questions(analysis), *self._to_labels(analysis)]
            if not found:
                yield analysis
                continue
            mentions = sorted((*analysis.mentions, *found), key=lambda m: (m.start, m.end))
            yield replace(analysis, mentions=tuple(mentions))

    def _to_questions(self, analysis: BlockAnalysis) -> Iterator[Mention]:
        text = self._source.blocks[analysis.block].text
        for number, sentence in enumerate(analysis.sentences):
            cue = _opening(analysis, sentence, text)
            if sentence.question or cue is None:
                continue
            for asked in self._asked_before(analysis, number):
                yield from self._answer(asked, analysis, number, cue)

    def _asked_before(self, analysis: BlockAnalysis, number: int) -> Iterator[_Asked]:
        """What the sentence before asks, in the same block or at the end of the block before."""
        if number:
            yield from self._asked(analysis, number - 1)
            return
        before = self._analyses.get(analysis.block - 1)
        if before and before.sentences and self._source.blocks[analysis.block].role is not Role.HEADING:
            yield from self._asked(before, len(before.sentences) - 1)

    def _asked(self, analysis: BlockAnalysis, number: int) -> Iterator[_Asked]:
        sentence = analysis.sentences[number]
        if not sentence.question:
            return
        text = self._source.blocks[analysis.block].text[sentence.start : sentence.end]
        words = Cue(ANSWERED, text, analysis.block, sentence.start, sentence.end)
        yield from (_Asked(m, words) for m in analysis.mentions if m.sentence == number)

    def _answer(self, asked: _Asked, analysis: BlockAnalysis, number: int, cue: Cue) -> Iterator[Mention]:
        concept, trigger = asked.mention.concept, asked.mention.trigger
        if concept in self._denials:
            if cue.says != DENIED:
                return
            concept, trigger = self._denials[concept]
        elif cue.says != AFFIRMED:
            return
        if any(m.sentence >= number and m.concept == concept for m in analysis.mentions):
            return  # "Not at all. It is completely painless." says it itself
        sentence = analysis.sentences[number]
        whole = sentence.end - sentence.start <= LONGEST_ANSWER
        start, end = (sentence.start, sentence.end) if whole else (cue.start, cue.end)
        yield self._mention(concept, trigger, asked, analysis, (start, end), number)

    def _to_labels(self, analysis: BlockAnalysis) -> Iterator[Mention]:
        block = self._source.blocks[analysis.block]
        for cue in analysis.cues:
            if cue.says != DENIED or _value_end(block.text, cue, analysis.sentences) < 0:
                continue
            for asked in self._labels(block, analysis, cue):
                if asked.mention.concept in self._denials:
                    number = _sentence_at(analysis.sentences, cue.start)
                    concept, trigger = self._denials[asked.mention.concept]
                    end = _value_end(block.text, cue, analysis.sentences)
                    yield self._mention(concept, trigger, asked, analysis, (cue.start, end), number)

    def _labels(self, block: Block, analysis: BlockAnalysis, cue: Cue) -> Iterator[_Asked]:
        """The label right before a value, or the heads of the row and the column a cell stands in."""
        before = [m for m in analysis.mentions if m.end <= cue.start]
        if before:
            between = block.text[before[-1].end : cue.start]
            if between.strip(_LABEL_MARKS) == "" and between.strip():
                label = before[-1]
                yield _Asked(label, Cue(ANSWERED, label.text, block.index, label.start, label.end))
            return
        if block.text[: cue.start].strip() or block.group is None or block.column is None:
            return
        for index in self._heads(block):
            for mention in self._analyses[index].mentions:
                text = self._source.blocks[index].text
                yield _Asked(mention, Cue(ANSWERED, text, index, 0, len(text)))

    def _heads(self, block: Block) -> Iterator[int]:
        if block.group is None or block.row is None:
            return
        for index in self._rows.get((block.group, block.row), ()):
            if self._source.blocks[index].column == 0 and index != block.index:
                yield index
        for index in self._rows.get((block.group, 0), ()):
            if self._source.blocks[index].column == block.column and index != block.index:
                yield index

    def _mention(
        self,
        concept: str,
        trigger: bool,
        asked: _Asked,
        analysis: BlockAnalysis,
        span: tuple[int, int],
        number: int,
    ) -> Mention:
        text = self._source.blocks[analysis.block].text
        beside = [m for m in analysis.mentions if m.end <= span[0]]
        first = beside[-1].last if beside else 0
        limits = analysis.sentences[number]
        cues = tuple(
            c for c in analysis.cues if limits.start <= c.start < limits.end and c.says in ("hedged", "warned")
        )
        return Mention(
            concept=concept,
            block=analysis.block,
            start=span[0],
            end=span[1],
            text=text[span[0] : span[1]],
            sentence=number,
            clause=beside[-1].clause if beside and beside[-1].sentence == number else asked.mention.clause,
            first=first,
            last=first + 1,
            trigger=trigger,
            lang=analysis.lang,
            cues=(asked.words, *cues),
        )


def _opening(analysis: BlockAnalysis, sentence: Sentence, text: str) -> Cue | None:
    """The yes or no a sentence begins with. It stands alone: "No treatment removes scars" is no answer."""
    for cue in analysis.cues:
        if cue.says in (AFFIRMED, DENIED) and 0 <= cue.start - sentence.start <= 1:
            rest = text[cue.end : sentence.end].lstrip()
            if not rest or rest[0] in _AFTER_ANSWER:
                return cue
    return None


def _value_end(text: str, cue: Cue, sentences: Iterable[Sentence]) -> int:
    """Where a value ends that is the last word of its sentence but for a unit ("0 days"); -1 if more is said."""
    end = next((s.end for s in sentences if s.start <= cue.start < s.end), len(text))
    rest = text[cue.end : end].rstrip(_ENDS)
    return -1 if len(rest) > _UNITS or any(mark in rest for mark in ":?,") else cue.end + len(rest)


def _sentence_at(sentences: Sequence[Sentence], offset: int) -> int:
    return next((n for n, s in enumerate(sentences) if s.start <= offset < s.end), 0)
