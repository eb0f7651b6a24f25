"""Tries a compiled phrase at a word: the elements after it forwards, those before it backwards.

Both ways the nearest fit wins: an optional element counts where it stands, of several alternatives the longest, of the
widths of a gap the smallest. Commas and bridges ("is", "simply") are free in a gap,
up to as many together as it is wide. Places that led nowhere are remembered, so one attempt costs at most elements × window.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol, TypeVar

from menulint.pack.model import Element, Phrase
from menulint.text.words import BREAKS

NUMBER = "#"
T = TypeVar("T")
_DIGITS = frozenset("0123456789.,:")


def is_number(token: str) -> bool:
    """Whether a token is a number with its separators and nothing else."""
    return token[:1].isdigit() and _DIGITS.issuperset(token)


class Choice:
    """The alternatives of an element, ready to be looked up by their first, last or any word.

    Most elements hold single words and are never asked for anything but whether they hold one: tables for the rest are
    made when they are needed. ``only_singles`` are the alternatives, if all are single words and no number is among them.
    """

    def __init__(self, alternatives: tuple[tuple[str, ...], ...]) -> None:
        self._alternatives = alternatives
        self._singles = frozenset(alternative[0] for alternative in alternatives if len(alternative) == 1)
        self._longer = [alternative for alternative in alternatives if len(alternative) > 1]
        self._longer.sort(key=lambda alternative: (-len(alternative), alternative))
        self._has_number = any(NUMBER in alternative for alternative in alternatives)
        self.only_singles = self._singles if not self._longer and not self._has_number else None

    def ends(self, texts: tuple[str, ...], at: int) -> list[int]:
        """Where an alternative that begins at token ``at`` may end (exclusive), the longest first."""
        if at >= len(texts):
            return []
        word = texts[at]
        if self.only_singles is not None:
            return [at + 1] if word in self._singles else []
        number = self._has_number and is_number(word)
        found = [at + len(a) for a in self._firsts.get(word, ()) if _fits(a, texts, at)] if self._longer else []
        if word in self._singles:
            found.append(at + 1)
        if number:
            found += [at + len(a) for a in self._firsts.get(NUMBER, ()) if _fits(a, texts, at)]
            found += [at + 1] if NUMBER in self._singles else []
        return found

    def starts(self, texts: tuple[str, ...], at: int) -> list[int]:
        """Where an alternative that ends before token ``at`` may begin, the longest first."""
        if at <= 0:
            return []
        word = texts[at - 1]
        if self.only_singles is not None:
            return [at - 1] if word in self._singles else []
        number = self._has_number and is_number(word)
        found = [at - len(a) for a in self._lasts.get(word, ()) if _fits(a, texts, at - len(a))] if self._longer else []
        if word in self._singles:
            found.append(at - 1)
        if number:
            found += [at - len(a) for a in self._lasts.get(NUMBER, ()) if _fits(a, texts, at - len(a))]
            found += [at - 1] if NUMBER in self._singles else []
        return found

    def around(self, texts: tuple[str, ...], at: int) -> list[tuple[int, int]]:
        """The alternatives that lie over token ``at``, as token spans, the longest first."""
        word = texts[at]
        found = [(at - i, at - i + len(a)) for a, i in self._containing.get(word, ()) if _fits(a, texts, at - i)]
        if word in self._singles:
            found.append((at, at + 1))
        return found

    @cached_property
    def _firsts(self) -> dict[str, list[tuple[str, ...]]]:
        return _by_word((alternative[0], alternative) for alternative in self._longer)

    @cached_property
    def _lasts(self) -> dict[str, list[tuple[str, ...]]]:
        return _by_word((alternative[-1], alternative) for alternative in self._longer)

    @cached_property
    def _containing(self) -> dict[str, list[tuple[tuple[str, ...], int]]]:
        return _by_word(
            (word, (alternative, index)) for alternative in self._longer for index, word in enumerate(alternative)
        )


def _by_word(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for word, value in pairs:
        found[word].append(value)
    return dict(found)


def _fits(alternative: tuple[str, ...], texts: tuple[str, ...], at: int) -> bool:
    if at < 0:
        return False
    there = texts[at : at + len(alternative)]
    if there == alternative or NUMBER not in alternative or len(there) < len(alternative):
        return there == alternative
    return all(w == t or (w == NUMBER and is_number(t)) for w, t in zip(alternative, there, strict=True))


class _Step(Protocol):
    def forward(self, texts: tuple[str, ...], at: int) -> list[int]: ...

    def backward(self, texts: tuple[str, ...], at: int) -> list[int]: ...


class _Take:
    def __init__(self, choice: Choice, *, optional: bool) -> None:
        self._choice, self._optional = choice, optional

    def forward(self, texts: tuple[str, ...], at: int) -> list[int]:
        found = self._choice.ends(texts, at)
        return [*found, at] if self._optional else found

    def backward(self, texts: tuple[str, ...], at: int) -> list[int]:
        found = self._choice.starts(texts, at)
        return [*found, at] if self._optional else found


class _Reach:
    """A gap with the element behind it, over as many commas and bridges as it is wide."""

    def __init__(self, width: int, choice: Choice, free: frozenset[str], *, optional: bool) -> None:
        self._width, self._choice, self._free, self._optional = width, choice, free, optional

    def forward(self, texts: tuple[str, ...], at: int) -> list[int]:
        found: list[int] = []
        singles, ends = self._choice.only_singles, self._choice.ends
        left = spare = self._width
        for place in range(at, len(texts)):
            word = texts[place]
            if singles is None:
                found += ends(texts, place)
            elif word in singles:
                found.append(place + 1)
            if self._optional:
                found.append(place)
            if word == "," or (spare and word in self._free):
                spare -= 1
            else:
                left -= 1
            if left < 0 or spare < 0 or word in BREAKS:
                return found
        if self._optional:
            found.append(len(texts))
        return found

    def backward(self, texts: tuple[str, ...], at: int) -> list[int]:
        found: list[int] = []
        singles, starts = self._choice.only_singles, self._choice.starts
        left = spare = self._width
        for place in range(at, 0, -1):
            word = texts[place - 1]
            if singles is None:
                found += starts(texts, place)
            elif word in singles:
                found.append(place - 1)
            if self._optional:
                found.append(place)
            if word == "," or (spare and word in self._free):
                spare -= 1
            else:
                left -= 1
            if left < 0 or spare < 0 or word in BREAKS:
                return found
        if self._optional:
            found.append(0)
        return found


class Reading(NamedTuple):
    """Where a phrase stands, in tokens, end exclusive; the core leaves out optional elements at its edges."""

    first: int
    last: int
    core_first: int
    core_last: int


class Pattern:
    """A phrase, ready to be tried; ``bridges`` are words that cost nothing in its gaps."""

    def __init__(self, phrase: Phrase, choices: dict[int, Choice], bridges: frozenset[str] = frozenset()) -> None:
        before, after = phrase.elements[: phrase.anchor][::-1], phrase.elements[phrase.anchor + 1 :]
        self._anchor = _choice(phrase.elements[phrase.anchor], choices)
        self._before = Path(before, choices, bridges)
        self._after = Path(after, choices, bridges)

    def readings(self, texts: tuple[str, ...], at: int) -> list[Reading]:
        """The places of the phrase with a word of its anchor at token ``at``: at most one per alternative."""
        found = []
        for start, end in self._anchor.around(texts, at):
            if not (
                self._after.may_run(texts, end, forward=True) and self._before.may_run(texts, start, forward=False)
            ):
                continue
            after = self._after.run(texts, end, forward=True)
            before = self._before.run(texts, start, forward=False) if after else None
            if after and before:
                found.append(Reading(before[0], after[0], before[1], after[1]))
        return found


def _choice(element: Element, choices: dict[int, Choice]) -> Choice:
    """Elements made from one set share their alternatives, and so their tables."""
    key = id(element.alternatives)
    if key not in choices:
        choices[key] = Choice(element.alternatives)
    return choices[key]


def _steps(elements: Sequence[Element], choices: dict[int, Choice], bridges: frozenset[str]) -> list[_Step]:
    """One for each element but gaps, which go with what follows them."""
    steps: list[_Step] = []
    width = 0
    for element in elements:
        if element.gap:
            width += element.gap
        elif width:
            steps.append(_Reach(width, _choice(element, choices), bridges, optional=element.optional))
            width = 0
        else:
            steps.append(_Take(_choice(element, choices), optional=element.optional))
    return steps


class Path:
    """Elements in a row, walked from the first on: those on one side of an anchor, nearest first."""

    def __init__(
        self, elements: Sequence[Element], choices: dict[int, Choice], bridges: frozenset[str] = frozenset()
    ) -> None:
        self._steps = _steps(elements, choices, bridges)
        words = [element for element in elements if not element.gap]
        self._core = max((i + 1 for i, element in enumerate(words) if not element.optional), default=0)
        self._is_next_required = bool(words) and words[0] is elements[0] and not words[0].optional

    def may_run(self, texts: tuple[str, ...], at: int, *, forward: bool) -> bool:
        """Whether the word next to a place fits, where it has to: most attempts end here."""
        return not self._is_next_required or bool(_moves(self._steps[0], texts, at, forward))

    def run(self, texts: tuple[str, ...], at: int, *, forward: bool) -> tuple[int, int] | None:
        """Where all steps, and those up to the last that has to be there, lead from a place between tokens."""
        steps = self._steps
        if not steps:
            return at, at
        moves = _moves(steps[0], texts, at, forward)
        if not moves or len(steps) == 1:
            return (moves[0], moves[0] if self._core else at) if moves else None
        trail = [(at, moves)]
        dead: set[tuple[int, int]] = set()
        while trail:
            place, moves = trail[-1]
            if not moves:
                trail.pop()
                dead.add((len(trail), place))
                continue
            following = moves.pop(0)
            if len(trail) == len(steps):
                places = [*(place for place, _ in trail), following]
                return following, places[self._core]
            if (len(trail), following) not in dead:
                trail.append((following, _moves(steps[len(trail)], texts, following, forward)))
        return None


def _moves(step: _Step, texts: tuple[str, ...], at: int, forward: bool) -> list[int]:
    return step.forward(texts, at) if forward else step.backward(texts, at)
