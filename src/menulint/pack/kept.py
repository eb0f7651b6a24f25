"""A memory that stays small."""

from __future__ import annotations

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, at most ``most`` of them: when there are more, half goes, and those asked for lately stay.

    ``functools.lru_cache`` cannot be asked what it does not know yet, and so nothing can be worked out in one go for all that
    is missing. Threads may share it: at worst they work out a value twice.
    """

    def __init__(self, most: int) -> None:
        self._most = most // 2
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """The value of a key, None if it is not known (any more)."""
        value = self._new.get(key)
        if value is None and (value := self._old.get(key)) is not None:
            self.add(key, value)
        return value

    def add(self, key: K, value: V) -> None:
        """Keep a value, which is not None."""
        if len(self._new) >= self._most:
            self._old, self._new = self._new, {}
        self._new[key] = value
