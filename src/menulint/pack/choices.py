"""The alternatives of phrases' elements, taken apart into groups that always stand together, so that each is kept once.

All forms of a verb stand in the same sets, and most sets in many elements: 600,000 alternatives of elements are 80,000 in
20,000 groups.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Self, overload

from msgspec import Struct
from msgspec.msgpack import Decoder
from msgspec.structs import replace

from menulint.pack.model import Alternatives, Element, Phrase, Rewording
from menulint.pack.rows import Rows, Table


class Grouped(Struct):
    """``groups`` of alternatives, and the numbers of those of which each choice is made."""

    groups: list[Alternatives]
    made_of: list[tuple[int, ...]]

    def choice(self, number: int) -> Alternatives:
        """A choice put together again; its alternatives in the order of the groups."""
        return tuple(chain.from_iterable(self.groups[group] for group in self.made_of[number]))


def grouped(choices: Sequence[Alternatives]) -> Grouped:
    """Alternatives that stand in the same choices are a group, numbered as they are met first."""
    standing: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, choice in enumerate(choices):
        for alternative in choice:
            standing[alternative].append(number)
    groups: dict[tuple[int, ...], list[tuple[str, ...]]] = defaultdict(list)
    for alternative, numbers in standing.items():
        groups[tuple(numbers)].append(alternative)
    made_of: list[list[int]] = [[] for _ in choices]
    for group, those in enumerate(groups):
        for number in those:
            made_of[number].append(group)
    return Grouped([*map(tuple, groups.values())], [*map(tuple, made_of)])


class Reordered:
    """Elements with their alternatives in the order in which groups give them back; equal ones share theirs."""

    def __init__(self, elements: Iterable[Element]) -> None:
        found = {id(each.alternatives): each.alternatives for each in elements if each.alternatives}
        choices = [*dict.fromkeys(found.values())]
        groups = grouped(choices)
        made = {choice: groups.choice(number) for number, choice in enumerate(choices)}
        shared = {choice: choice for choice in made.values()}
        self._kept = found  # as long as they are asked for by their identity, they must live
        self._new = {key: shared[made[choice]] for key, choice in found.items()}

    def phrase(self, each: tuple[int, Phrase]) -> tuple[int, Phrase]:
        """A phrase with the number of its entry."""
        entry, phrase = each
        return entry, replace(phrase, elements=self._elements(phrase.elements))

    def rewording(self, rewording: Rewording) -> Rewording:
        """A rewording, part by part."""
        return replace(
            rewording,
            before=self._elements(rewording.before),
            change=self._elements(rewording.change),
            after=self._elements(rewording.after),
            drop=self._elements(rewording.drop),
        )

    def _elements(self, elements: Iterable[Element]) -> tuple[Element, ...]:
        return tuple(
            each if each.gap else replace(each, alternatives=self._new[id(each.alternatives)]) for each in elements
        )


class Stored(Struct, array_like=True):
    """Choices as they lie in a compiled pack."""

    groups: Rows
    made_of: Rows

    @classmethod
    def of(cls, choices: Sequence[Alternatives]) -> Self:
        """Those choices, by number."""
        found = grouped(choices)
        return cls(Rows.of(found.groups), Rows.of(found.made_of))


class Choices(Sequence[Alternatives]):
    """Choices of a compiled pack, put together when they are first asked for."""

    def __init__(self, stored: Stored) -> None:
        self._groups = Table(stored.groups, Decoder(Alternatives).decode)
        self._made_of = Table(stored.made_of, Decoder(tuple[int, ...]).decode)
        self._known: dict[int, Alternatives] = {}

    def __len__(self) -> int:
        return len(self._made_of)

    @overload
    def __getitem__(self, number: int) -> Alternatives: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Alternatives]: ...

    def __getitem__(self, number: int | slice) -> Alternatives | Sequence[Alternatives]:
        if isinstance(number, slice):
            return tuple(self[at] for at in range(*number.indices(len(self))))
        if number not in self._known:
            self._known[number] = tuple(chain.from_iterable(map(self._groups.__getitem__, self._made_of[number])))
        return self._known[number]
