"""Values that lie encoded side by side and are read one by one, when they are first asked for."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final, Generic, Self, TypeVar, overload

import msgspec

T = TypeVar("T")
_NUMBER: Final = "I"


class Rows(msgspec.Struct, frozen=True, array_like=True):
    """Encoded values: ``ends`` holds, as machine integers, the offset in ``data`` at which each of them ends."""

    ends: memoryview
    data: memoryview

    @classmethod
    def of(cls, values: Iterable[Any]) -> Self:
        """Values as MessagePack."""
        encoded = list(map(msgspec.msgpack.encode, values))
        return cls(packed(accumulate(map(len, encoded))), memoryview(b"".join(encoded)))

    def __len__(self) -> int:
        return len(unpacked(self.ends))

    def __getitem__(self, number: int) -> memoryview:
        ends = unpacked(self.ends)
        return self.data[ends[number - 1] if number else 0 : ends[number]]


def packed(numbers: Iterable[int]) -> memoryview:
    """Numbers from 0 up as they lie in the memory of machines like this one."""
    return memoryview(array(_NUMBER, numbers)).cast("B")


def unpacked(numbers: memoryview) -> memoryview:
    """They again, each read when it is asked for."""
    return numbers.cast(_NUMBER)


class Table(Sequence[T], Generic[T]):
    """Rows as a sequence of values."""

    def __init__(self, rows: Rows, read: Callable[[memoryview], T]) -> None:
        self._rows, self._read = rows, read
        self._known: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, number: int) -> T: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...

    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        try:
            return self._known[number]  # type: ignore[index]  # a slice is none of its keys
        except (KeyError, TypeError):  # slices have no hash
            return self._met(number)

    def _met(self, number: int | slice) -> T | Sequence[T]:
        """What was not asked for before."""
        if isinstance(number, slice):
            return tuple(self[at] for at in range(*number.indices(len(self))))
        self._known[number] = read = self._read(self._rows[range(len(self))[number]])
        return read

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as a list


class Shelf(Mapping[str, T], Generic[T]):
    """Rows as a mapping, by the names that were kept with them."""

    def __init__(self, names: Sequence[str], rows: Rows, read: Callable[[memoryview], T]) -> None:
        self._values = Table(rows, read)
        self._numbers = {name: number for number, name in enumerate(names)}
        self._known: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        try:
            return self._known[name]
        except KeyError:
            self._known[name] = read = self._values[self._numbers[name]]
            return read

    def __contains__(self, name: object) -> bool:
        return name in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)
