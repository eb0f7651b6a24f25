"""Elements that stand on page after page as they are, above all the items of navigation: read once, then remembered.

When an element comes back, its blocks and signals are worked out once for all times; where it stands gives their place. That
holds of elements that leave nothing open and begin nothing but a line of text: ``html_page`` sees to it. Lists of nothing but
such items are remembered as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from menulint.pack.kept import Kept
from menulint.readers.base import Again, Part, Place
from menulint.readers.html_context import Context, Grid
from menulint.source import Block, Role, Signal, Source

LONGEST = 600
"""Characters of an element that is remembered."""
_MOST = 4096
LONGEST_RUN = 8000
"""Characters of the items of a list that are remembered together."""
_MOST_RUNS = 256

_OWN = 0
ROOT = Context(place=Place(group=0, intro=_OWN), list=Grid(0, _OWN), table=Grid(0, _OWN))
"""Where an element is read to be remembered: its own text has an introduction there, that of attributes none."""


class Repeated(Struct, frozen=True):
    """What an element says. Offsets count from its beginning.

    ``own`` tells of the last block that is no text of an attribute: how many come after it, and its role. ``role`` is the one
    the element gives its text; elsewhere than in a list or table it may be another.
    """

    length: int
    role: Role
    blocks: tuple[Part, ...]
    signals: tuple[Signal, ...]
    own: tuple[int, Role] | None

    @classmethod
    def of(cls, source: Source, role: Role) -> Repeated:
        """What was read of an element alone, in ``ROOT``."""
        blocks = tuple(map(_part, source.blocks))
        own = [(after, part[1]) for after, part in enumerate(reversed(blocks)) if part[0]]
        return cls(len(source.text), role, blocks, source.signals, own[0] if own else None)


def _part(block: Block) -> Part:
    segments = block.map.segments
    return (
        block.intro == _OWN,
        block.role,
        block.text,
        len(block.text),
        segments[0][1],
        segments[-1][2],
        segments if len(segments) > 1 else None,
    )


class Run(Struct, frozen=True):
    """Items of a list that follow each other. ``own`` as in ``Repeated``, of all of them."""

    length: int
    items: tuple[Again, ...]
    own: tuple[int, Role] | None

    @classmethod
    def of(cls, items: Sequence[tuple[int, Repeated]]) -> Run:
        """Some items, at least one, each with the place where it begins."""
        begun, (last, ending) = items[0][0], items[-1]
        own, after = None, 0
        for _, item in reversed(items):
            if item.own:
                own = after + item.own[0], item.own[1]
                break
            after += len(item.blocks)
        return cls(
            last + ending.length - begun, tuple([(at - begun, item.blocks, item.signals) for at, item in items]), own
        )


class Memory:
    """Elements as they are written, and what they say. ``runs`` are the items of whole lists."""

    def __init__(self, read: Callable[[str, str], Repeated | None]) -> None:
        """``read`` tells what an element says that is written so and has such a name; None if it cannot be remembered."""
        self._read = read
        self.runs: Kept[str, Run] = Kept(_MOST_RUNS)
        self._met: set[str] = set()
        self._known: dict[str, Repeated | None] = {}

    def recall(self, written: str, name: str) -> Repeated | None:
        """What an element says, from the second time on that it is met; None the first time, or if it cannot be remembered."""
        if written in self._known:
            return self._known[written]
        if written not in self._met:
            if len(self._met) >= _MOST:
                self._met.clear()
                self._known.clear()
            self._met.add(written)
            return None
        self._known[written] = None  # while it is read
        self._known[written] = known = self._read(written, name)
        return known
