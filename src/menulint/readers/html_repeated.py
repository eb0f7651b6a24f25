"""Elements that stand on page after page as they are, above all the items of navigation: read once, then remembered.

When an element comes back, its blocks and signals are worked out once for all times; where it stands gives their place. That
holds of elements that leave nothing open and begin nothing but a line of text: ``html_page`` sees to it.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from menulint.readers.base import Part, Place
from menulint.readers.html_context import Context, Grid
from menulint.source import Role, Signal, Source

LONGEST = 600
"""Characters of an element that is remembered."""
_MOST = 4096

_OWN = 0
ROOT = Context(place=Place(group=0, intro=_OWN), list=Grid(0, _OWN), table=Grid(0, _OWN))
"""Where an element is read to be remembered: its own text has an introduction there, that of attributes none."""


class Repeated(Struct, frozen=True):
    """What an element says. Offsets count from its beginning.

    ``own`` tells of the last block that is no text of an attribute: how many come before it, and its role. ``role`` is the one
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
        blocks = tuple((block.intro == _OWN, block.role, block.text, block.map.segments) for block in source.blocks)
        own = [(index, role) for index, (is_own, role, _, _) in enumerate(blocks) if is_own]
        return cls(len(source.text), role, blocks, source.signals, own[-1] if own else None)


class Memory:
    """Elements as they are written, and what they say."""

    def __init__(self, read: Callable[[str, str], Repeated | None]) -> None:
        """``read`` tells what an element says that is written so and has such a name; None if it cannot be remembered."""
        self._read = read
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
