"""Elements that stand on page after page as they are, above all the items of navigation: read once, then remembered.

When an element comes back, its blocks and signals are worked out once for all times; where it stands gives their place. That
holds of elements that leave nothing open and begin nothing but a line of text: ``html_page`` sees to it. Lists of nothing but
such items are remembered as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from menulint.pack.kept import Kept
from menulint.readers.base import Part, Place
from menulint.readers.html_context import Context, Grid
from menulint.source import Role, Signal, Source

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
    """What an element says, or several that follow each other in a list. Offsets count from its beginning.

    ``own`` tells of the last block that is no text of an attribute: how many come before it, and its role. ``role`` is the one
    the element gives its text; elsewhere than in a list or table it may be another. ``rows``: how many items it is made of.
    """

    length: int
    role: Role
    blocks: tuple[Part, ...]
    signals: tuple[Signal, ...]
    own: tuple[int, Role] | None
    rows: int = 1

    @classmethod
    def of(cls, source: Source, role: Role) -> Repeated:
        """What was read of an element alone, in ``ROOT``."""
        blocks = tuple((block.intro == _OWN, 0, block.role, block.text, block.map.segments) for block in source.blocks)
        return cls(len(source.text), role, blocks, source.signals, _last_own(blocks))

    @classmethod
    def joined(cls, items: Sequence[tuple[int, Repeated]]) -> Repeated:
        """What the items of a list say together, of which each stands at a place in the file."""
        begun, role = items[0][0], items[0][1].role
        blocks: list[Part] = []
        signals: list[Signal] = []
        for row, (start, item) in enumerate(items):
            by = start - begun
            for is_own, _, own_role, text, segments in item.blocks:
                moved = tuple([(at, by + first, by + last) for at, first, last in segments])
                blocks.append((is_own, row, own_role, text, moved))
            signals += [Signal(kind, value, by + first, by + last) for kind, value, first, last in item.signals]
        length = items[-1][0] + items[-1][1].length - begun
        return cls(length, role, tuple(blocks), tuple(signals), _last_own(blocks), len(items))


def _last_own(blocks: Sequence[Part]) -> tuple[int, Role] | None:
    own = [(index, part[2]) for index, part in enumerate(blocks) if part[0]]
    return own[-1] if own else None


class Memory:
    """Elements as they are written, and what they say. ``runs`` are the items of whole lists."""

    def __init__(self, read: Callable[[str, str], Repeated | None]) -> None:
        """``read`` tells what an element says that is written so and has such a name; None if it cannot be remembered."""
        self._read = read
        self.runs: Kept[str, Repeated] = Kept(_MOST_RUNS)
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
