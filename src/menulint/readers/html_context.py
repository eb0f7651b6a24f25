"""What the open elements of an HTML page make of the text that stands in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from menulint.readers.base import NOWHERE, Place
from menulint.source import Role

_MOST_COLUMNS = 1000
_MOST_ROW_SPANS = 64
_TABLE_CELL = Role.TABLE_CELL
_make = tuple.__new__  # half the price of Place(...)


@dataclass(slots=True)
class Grid:
    """A list or table while it is read: which group it is, and the row and column it has reached."""

    group: int
    intro: int | None = None
    row: int = -1
    column: int = 0
    free: int = 0
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)

    def next_row(self) -> None:
        """Begin a row."""
        self.row, self.column, self.free = self.row + 1, 0, 0

    def next_cell(self, columns: int, rows: int) -> None:
        """Go to the next free column, for a cell that spans so many columns and rows."""
        if self.row < 0:
            self.next_row()
        column = self.free
        while column in self.spans and self.spans[column][1] >= self.row:
            column = self.spans[column][0]
        self.column, self.free = column, column + columns
        if rows > 1 and len(self.spans) < _MOST_ROW_SPANS:
            self.spans[column] = (self.free, self.row + rows - 1)

    def next_term(self, is_name: bool) -> None:
        """Go to a term, which begins a row, or to what is said of it."""
        if self.row < 0 or (is_name and self.column == 1):
            self.next_row()
        self.column = 0 if is_name else 1


@dataclass(slots=True, eq=False)
class Context:
    """What a block gets from the elements it stands in. Never changed once made; not frozen for speed."""

    role: Role = Role.PARAGRAPH
    level: int = 0
    place: Place = NOWHERE
    list: Grid | None = None
    table: Grid | None = None

    def within(self, role: Role, level: int = 0) -> Context:
        """The context of a child with a role of its own; what is not given is inherited."""
        return Context(role, level, self.place, self.list, self.table)

    def at(self, place: Place) -> Context:
        """The same at another place."""
        return Context(self.role, self.level, place, self.list, self.table)

    def around(self, *, list: Grid | None = None, table: Grid | None = None) -> Context:
        """The context inside a list or table that begins."""
        return Context(self.role, self.level, self.place, list or self.list, table or self.table)

    def in_list(self, role: Role) -> Context:
        """The context of an item or term at the place its list has reached."""
        place, grid = self.place, self.list
        if grid:
            column = grid.column if role is _TABLE_CELL else None
            place = _make(Place, (grid.group, grid.row, column, False, grid.intro, *place[5:]))
        elif place.column is not None or place.header:
            place = place._replace(column=None, header=False)
        return Context(role, 0, place, grid, self.table)

    def in_table(self, *, is_header: bool) -> Context:
        """The context of a cell at the place its table has reached; all cells of a table's head are headers."""
        grid, place = self.table, self.place
        if grid:
            is_header = is_header or place.header
            place = _make(Place, (grid.group, grid.row, grid.column, is_header, grid.intro, *place[5:]))
        return Context(_TABLE_CELL, 0, place, self.list, grid)

    def attribute_place(self) -> Place:
        """The place of an attribute's text: where its element stands, without the part of a header."""
        return self.place.beside()


BOUNDARIES = frozenset({"table", "cell", "caption", "template"})
"""Kinds of element that an end tag inside them does not reach beyond."""
_TABLE_PARTS = frozenset({"cell", "row", "rows", "caption"})


class OpenElements:
    """The open elements that matter for the context of text, by kind; every step takes constant (amortised) time."""

    def __init__(self, root: Context) -> None:
        self.context = root
        self._root = root
        self._stack: list[tuple[str, Context]] = []
        self._open: defaultdict[str, list[int]] = defaultdict(list)
        self._boundaries: list[int] = []

    def open(self, kind: str, context: Context | None = None) -> None:
        """Open an element; without ``context`` it changes nothing for the text in it."""
        if context is None:
            context = self.context
        else:
            self.context = context
        stack = self._stack
        self._open[kind].append(len(stack))
        if kind in BOUNDARIES:
            self._boundaries.append(len(stack))
        stack.append((kind, context))

    @property
    def is_empty(self) -> bool:
        """Whether no element is open."""
        return not self._stack

    def holds(self, kind: str) -> bool:
        """Whether an element of that kind is open anywhere."""
        return bool(self._open[kind])

    def close(self, kind: str) -> None:
        """Close the nearest element of that kind and all in it, as its end tag would."""
        if self._stack and self._stack[-1][0] == kind:
            self._pop()
        elif (places := self._open[kind]) and places[-1] > self._floor(kind):
            self._cut(places[-1])

    def close_within(self, kind: str, container: str) -> None:
        """Close the nearest element of that kind that stands in the nearest ``container``."""
        if self._stack and self._stack[-1][0] == kind:
            self._pop()
        elif places := self._open[kind]:
            containers = self._open[container]
            if not containers or places[-1] > containers[-1]:
                self._cut(places[-1])

    def set_root(self, root: Context) -> None:
        """Change what holds outside all elements, while nothing else is open."""
        if not self._stack:
            self._root = self.context = root

    def _floor(self, kind: str) -> int:
        if kind in _TABLE_PARTS:
            places = self._open["table"]
            return places[-1] if places else -1
        if kind == "table":
            places = self._open["template"]
            return places[-1] if places else -1
        return self._boundaries[-1] - (kind in BOUNDARIES) if self._boundaries else -1

    def _pop(self) -> None:
        """Close the element opened last."""
        stack, boundaries = self._stack, self._boundaries
        self._open[stack.pop()[0]].pop()
        if boundaries and boundaries[-1] == len(stack):
            boundaries.pop()
        self.context = stack[-1][1] if stack else self._root

    def _cut(self, index: int) -> None:
        stack = self._stack
        while len(stack) > index:
            self._open[stack.pop()[0]].pop()
        while self._boundaries and self._boundaries[-1] >= index:
            self._boundaries.pop()
        self.context = stack[-1][1] if stack else self._root


def span_count(value: str, most: int = _MOST_COLUMNS) -> int:
    """The number a ``colspan`` or ``rowspan`` means, at least 1."""
    digits = value.strip()[:6]
    return max(1, min(int(digits), most)) if digits.isascii() and digits.isdigit() else 1
