"""Rewordings of a finding: what of its wording would have to change, as edits in its block.

The pack says what is replaced by what (``Rewording``); here it is looked for around a finding, put into the form and the
capitals of the copy, and read again: a rewording in which the rule's own idea still stands is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from menulint.engine.match import Match
from menulint.pack.matcher import Matcher
from menulint.pack.misspelling import Speller
from menulint.pack.model import Pack, Rewording
from menulint.pack.patterns import Choice, Path
from menulint.text.folding import Folded, fold
from menulint.text.words import Words, is_break, split

BEFORE, AFTER = 60, 90
"""Code points around a finding in which a rewording is looked for."""

_TOKENS_BEFORE = 4
"""How many words before a finding what is replaced may begin ("is" in "is 100 % safe")."""

_APPEARANCE, _IMPROVEMENT = 1, 2
"""Strengths of effects that say how something looks, and that it looks better: by itself no rule minds the latter."""

_THINGS = frozenset({"condition", "body", "substance", "source", "route", "price"})
"""Facets of things that copy speaks of; they stay, for what changes is what is said of them."""

_SENTENCE_END = re.compile(r"[.!?•|] |\n")

_SMALL_LETTERS = 3
"""Words of up to so many letters stay small in a Heading with Capitals."""


_KEPT = 1 << 11
"""How many wordings are kept with their rewordings."""


class Change(NamedTuple):
    """Replace the text of a block between two offsets."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A rewording as changes of a block, in order; they lie within ``start`` and ``end``.

    ``reads`` is what stands then in place of the finding's words.
    """

    safe: bool
    changes: tuple[Change, ...]
    start: int
    end: int
    reads: str = ""

    def moved(self, by: int) -> Draft:
        """The same, so many characters further on."""
        changes = tuple([Change(start + by, end + by, text) for start, end, text in self.changes])
        return Draft(self.safe, changes, self.start + by, self.end + by, self.reads)


class _Term(NamedTuple):
    """A term and where it stands in the block."""

    concept: str
    start: int
    end: int


class _Parts(NamedTuple):
    """Where the parts of a rewording end, in tokens, and what is written."""

    change: int
    after: int
    drop: int
    written: str


class _Ready:
    """A rewording, ready to be tried."""

    def __init__(self, rewording: Rewording, choices: dict[int, Choice]) -> None:
        self.safe, self._writes, self._ends = rewording.safe, rewording.writes, rewording.ends
        self._before = Path(rewording.before[::-1], choices)
        self._change, self._after = Path(rewording.change, choices), Path(rewording.after, choices)
        self._drop = Path(rewording.drop, choices)

    def parts(self, texts: tuple[str, ...], first: int) -> _Parts | None:
        """Its parts, if what is replaced begins at token ``first``."""
        change = _end(self._change, texts, first)
        if change is None or self._before.run(texts, first, forward=False) is None:
            return None
        written = self._writes.get(" ".join(texts[first:change]), self._writes.get(""))
        after = _end(self._after, texts, change)
        drop = None if after is None else _end(self._drop, texts, after)
        if after is None or drop is None or written is None or (self._ends and not _is_end(texts, drop)):
            return None
        return _Parts(change, after, drop, written)


def _end(path: Path, texts: tuple[str, ...], at: int) -> int | None:
    found = path.run(texts, at, forward=True)
    return found[0] if found else None


def _is_end(texts: tuple[str, ...], at: int) -> bool:
    return at >= len(texts) or texts[at] == "," or is_break(texts[at])


class _Window:
    """The surroundings of a finding, folded, righted and split. All offsets count in it."""

    def __init__(self, text: str, speller: Speller) -> None:
        self.text = text
        self._folded: Folded = speller.righted(fold(text))
        self.words: Words = split(self._folded.text)

    @staticmethod
    def around(text: str, start: int, end: int) -> tuple[int, str]:
        """Where in a text the surroundings of a finding begin, and what they are."""
        first = max(0, start - 2 * BEFORE)
        begin = max(first, text.rfind(" ", first, max(0, start - BEFORE)) + 1) if start > BEFORE else 0
        close = text.find(" ", end + AFTER)
        return begin, text[begin : close if 0 <= close < end + 2 * AFTER else end + 2 * AFTER]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the tokens ``first`` up to ``last`` (exclusive) stand."""
        return self._folded.original(self.words.starts[first], self.words.ends[last - 1])

    def reworded(self, changes: Sequence[Change], start: int, end: int) -> str:
        """The text between two offsets, with the changes made."""
        text = self.text[:end]
        for first, last, written in reversed(changes):
            text = text[:first] + written + text[last:]
        return text[start:]

    def is_beside(self, term: _Term, draft: Draft) -> bool:
        """Whether a term says something in the same sentence as a rewording."""
        between = self.text[min(term.end, draft.end) : max(term.start, draft.start)]
        return term.concept.startswith("effect.") and not _SENTENCE_END.search(between)

    def tokens(self, start: int, end: int) -> range:
        """The tokens that overlap a span."""
        words = range(len(self.words))
        first = bisect_right(words, start, key=lambda i: self.span(i, i + 1)[1])
        last = bisect_left(words, end, key=lambda i: self.span(i, i + 1)[0])
        return range(first, last) if first < last else range(0)


class _Wording(NamedTuple):
    """All that a rewording depends on: a finding's rule, language and head in the words around it.

    ``start`` and ``end`` are where it stands in ``around``; ``covers``: other rules were dropped for it.
    """

    rule: str
    lang: str
    head: str
    covers: bool
    around: str
    start: int
    end: int


class Fixer:
    """Finds the rewordings of findings. Build one for many files."""

    def __init__(self, pack: Pack, matcher: Matcher) -> None:
        self._pack, self._matcher = pack, matcher
        self._choices: dict[int, Choice] = {}
        self._known: dict[tuple[str, str], list[Rewording]] = defaultdict(list)
        for rewording in pack.lexicon.rewordings:
            self._known[rewording.rule, rewording.lang].append(rewording)
        self._ready: dict[tuple[str, str], list[_Ready]] = {}
        self._found = lru_cache(_KEPT)(self._first)

    def draft(self, match: Match, text: str) -> Draft | None:
        """The first rewording that fits the wording of a match in the text of its block, if any does.

        There is none for words in quotation marks: what somebody said is not for us to change.
        """
        head = match.claim.head
        if (match.rule.id, head.lang) not in self._known or match.claim.quotation >= 0:
            return None
        start, end = match.span
        begin, around = _Window.around(text, start, end)
        found = self._found(
            _Wording(match.rule.id, head.lang, head.concept, bool(match.more), around, start - begin, end - begin)
        )
        return found and found.moved(begin)

    def _first(self, wording: _Wording) -> Draft | None:
        """The first rewording that fits; its offsets count in the words around the finding."""
        key = wording.rule, wording.lang
        if key not in self._ready:
            self._ready[key] = [_Ready(rewording, self._choices) for rewording in self._known[key]]
        window = _Window(wording.around, self._pack.speller)
        places = window.tokens(wording.start, wording.end)
        starts = range(max(0, places.start - _TOKENS_BEFORE), places.stop)
        found = (
            self._draft(wording, window, first, parts, ready.safe)
            for ready in self._ready[key]
            for first in starts
            if (parts := ready.parts(window.words.texts, first)) and parts.drop > places.start
        )
        return next((draft for draft in found if draft), None)

    def _draft(self, wording: _Wording, window: _Window, first: int, parts: _Parts, safe: bool) -> Draft | None:
        changes = tuple(_changes(window, first, parts))
        if not changes:
            return None
        draft = Draft(safe, changes, changes[0].start, max(changes[-1].end, window.span(first, parts.after)[1]))
        whole = min(wording.start, draft.start), max(wording.end, draft.end)
        is_thing = wording.head.partition(".")[0] in _THINGS
        terms = self._terms(window, draft) if safe or not is_thing else []  # nobody asks what else stands there
        touched = [t for t in terms if t.start < whole[1] and whole[0] < t.end]
        ancestors = self._pack.ancestors
        if not is_thing and any(wording.head in ancestors[t.concept] for t in touched):
            return None
        # A rule that was dropped for one of these words may stand beside them, and would be heard once they are gone.
        heard = terms if wording.covers else [t for t in terms if t in touched or window.is_beside(t, draft)]
        is_safe = safe and not any(self._promises(term, draft) for term in heard)
        return Draft(is_safe, changes, draft.start, draft.end, window.reworded(changes, *whole))

    def _terms(self, window: _Window, draft: Draft) -> list[_Term]:
        """The terms of the reworded window, at the places where they would stand if nothing had grown or shrunk."""
        text = window.reworded(draft.changes, 0, len(window.text))
        folded, back = self._pack.speller.righted(fold(text)), _way_back(draft.changes)
        entries = self._pack.lexicon.entries
        return [
            _Term(entries[hit.entry].concept, *map(back, folded.original(hit.start, hit.end)))
            for hit in self._matcher.find(folded, text)
            if entries[hit.entry].concept
        ]

    def _promises(self, term: _Term, draft: Draft) -> bool:
        """Whether a term is more than appearance: then nobody but a person may decide."""
        concept = self._pack.concepts[term.concept]
        if term.concept.partition(".")[0] in _THINGS or not concept.trigger:
            return False
        is_inside = draft.start <= term.start and term.end <= draft.end
        return not 0 < concept.strength <= (_IMPROVEMENT if is_inside else _APPEARANCE)


def _way_back(changes: Sequence[Change]) -> Callable[[int], int]:
    """From offsets in a reworded window to those before; what lies in new words, to the end of what they replace."""

    def back(at: int) -> int:
        for start, end, written in changes:
            if at <= start:
                break
            at = end if at <= start + len(written) else at + (end - start) - len(written)
        return at

    return back


def _changes(window: _Window, first: int, parts: _Parts) -> Iterator[Change]:
    """What is replaced, and what goes with the space before it."""
    start, end = window.span(first, parts.change)
    stretch = window.text[start : window.span(first, parts.after)[1]]
    if parts.written:
        yield Change(start, end, _in_capitals(parts.written, stretch))
    elif first and not stretch[:1].isupper():
        yield Change(window.span(first - 1, first)[1], end, "")
    if parts.drop > parts.after:
        yield Change(window.span(parts.after - 1, parts.after)[1], window.span(parts.after, parts.drop)[1], "")


def _in_capitals(written: str, stretch: str) -> str:
    """What is written, with the capitals of the stretch it comes into: all, of each word, of the first, or none."""
    letters = [char for char in stretch if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return written.upper()
    words = [word for word in stretch.split() if len(word) > _SMALL_LETTERS]
    if len(words) > 1 and all(word[0].isupper() for word in words):
        written = " ".join(w[:1].upper() + w[1:] if len(w) > _SMALL_LETTERS else w for w in written.split(" "))
    return written[:1].upper() + written[1:] if stretch[:1].isupper() else written
