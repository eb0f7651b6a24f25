"""What is made when it is first used: a run needs few of the patterns that menulint knows, and making one takes a while.

The other half of a quick start, imports inside functions, needs no module: see ``docs/internals/start.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, AnyStr, Generic, TypeVar

T = TypeVar("T")


class LatePattern(Generic[AnyStr]):
    """A regular expression with the methods of a compiled one, compiled at the first call of one of them.

    A call costs 0.1 µs more than one of a compiled pattern's own. What every run uses is compiled as ever.
    """

    def __init__(self, pattern: AnyStr, flags: int = 0) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[AnyStr]:
        """The expression itself."""
        return re.compile(self.pattern, self._flags)

    @cached_property
    def match(self) -> Callable[..., re.Match[AnyStr] | None]:
        """At the beginning of a text."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[AnyStr] | None]:
        """The whole of a text."""
        return self.compiled.fullmatch

    @cached_property
    def search(self) -> Callable[..., re.Match[AnyStr] | None]:
        """The first place in a text."""
        return self.compiled.search

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[AnyStr]]]:
        """All places in a text."""
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """What stands in all places, or in their groups."""
        return self.compiled.findall

    @cached_property
    def sub(self) -> Callable[..., AnyStr]:
        """A text with something else in all places."""
        return self.compiled.sub

    @cached_property
    def split(self) -> Callable[..., list[AnyStr | Any]]:
        """What stands between the places."""
        return self.compiled.split


class LateMapping(Mapping[str, T]):
    """A mapping that is made when something is first looked for in it."""

    def __init__(self, make: Callable[[], Mapping[str, T]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, T]:
        return self._make()

    def __getitem__(self, key: str) -> T:
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
