"""Data as a tree, whatever it is written in: branches in file order, and leaves that are looked at only when somebody asks.

A leaf is a number its own tree understands; strings of a large file that are no copy then cost next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from menulint.readers.values import Value


class Branch:
    """An object or an array. ``items`` holds branches, leaves, and None for what is no string; ``names`` those of an object.

    A name that occurs twice stands in ``names`` twice.
    """

    __slots__ = ("end", "is_object", "items", "names", "start")

    def __init__(self, is_object: bool, start: int, end: int = -1) -> None:
        self.is_object = is_object
        self.start, self.end = start, end
        self.names: list[str] = []
        self.items: list[Item] = []

    def put(self, name: str | None, item: Item) -> None:
        """Add an item; in an object one without a name has none."""
        if self.is_object:
            if item is None:
                return
            self.names.append(name or "")
        self.items.append(item)

    def drop_last(self) -> None:
        """The item put last turned out to hold nothing: only its place is kept."""
        self.items[-1] = None

    @property
    def is_bare(self) -> bool:
        """Whether no string stands in it."""
        return self.items.count(None) == len(self.items)

    def members(self) -> Iterator[tuple[str, Item]]:
        """Name and item; the name of an array's item is its number."""
        if self.is_object:
            return zip(self.names, self.items, strict=True)
        return ((str(number), item) for number, item in enumerate(self.items))

    def leaf(self, *names: str) -> int | None:
        """The first leaf that stands under one of some names, the first name first."""
        for name in names:
            for own, item in zip(self.names, self.items, strict=False):
                if own == name and isinstance(item, int):
                    return item
        return None

    def branch(self, *names: str) -> Branch | None:
        """The first branch that stands under one of some names."""
        for own, item in zip(self.names, self.items, strict=False):
            if own in names and isinstance(item, Branch):
                return item
        return None


Item = Branch | int | None


class Tree(Protocol):
    """A file's data; leaves are numbers of its own."""

    root: Branch
    """An array that holds what the file holds: one value as a rule."""

    def text_of(self, leaf: int) -> str:
        """What a leaf says."""
        ...

    def value_of(self, leaf: int, pointer: str) -> Value:
        """A leaf with its map to the file."""
        ...

    def span_of(self, leaf: int) -> tuple[int, int]:
        """The place of a leaf in the file."""
        ...


def step(name: str) -> str:
    """A name as a step of a JSON pointer (RFC 6901)."""
    return "/" + (name if name.isalnum() else name.replace("~", "~0").replace("/", "~1"))


MOST_STEPS = 100


class ValueTree:
    """The tree that values make whose pointers tell where they stand."""

    def __init__(self, values: Iterable[Value]) -> None:
        self._values = list(values)
        self.root = Branch(False, 0)
        top = Branch(not self._values or not self._values[0].pointer[1:].partition("/")[0].isdigit(), 0)
        self.root.put(None, top)
        open_path: list[tuple[str, Branch]] = []
        for number, value in enumerate(self._values):
            steps = [part.replace("~1", "/").replace("~0", "~") for part in value.pointer.split("/")[1:]] or [""]
            self._put(top, open_path, steps[:MOST_STEPS], number)

    def _put(self, top: Branch, open_path: list[tuple[str, Branch]], steps: list[str], number: int) -> None:
        """Hang a leaf below the branches its steps name, those still open from the leaf before first."""
        shared = 0
        while shared < min(len(open_path), len(steps) - 1) and open_path[shared][0] == steps[shared]:
            shared += 1
        del open_path[shared:]
        for at in range(shared, len(steps) - 1):
            parent = open_path[-1][1] if open_path else top
            inner = Branch(not steps[at + 1].isdigit(), 0)
            parent.put(steps[at], inner)
            open_path.append((steps[at], inner))
        (open_path[-1][1] if open_path else top).put(steps[-1], number)

    def text_of(self, leaf: int) -> str:
        """What a value says."""
        return self._values[leaf].text

    def value_of(self, leaf: int, pointer: str) -> Value:
        """The value, whose own pointer is right."""
        return self._values[leaf]

    def span_of(self, leaf: int) -> tuple[int, int]:
        """The place of a value."""
        return self._values[leaf].span
