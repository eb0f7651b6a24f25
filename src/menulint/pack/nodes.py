"""YAML as a tree of plain values that know where they stand, so that every mistake can be pointed at.

Only what a pack needs is accepted: no anchors, no aliases, no tags of one's own, no repeated keys. Lines and columns
count from 1, in code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from menulint.errors import Problem

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_KINDS = {
    "str": "text",
    "bool": "a boolean",
    "int": "a number",
    "float": "a number",
    "null": "null",
    "timestamp": "a date",
    "seq": "a list",
    "map": "a mapping",
}

Value: TypeAlias = "str | list[Node] | dict[str, Node]"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML file. Scalars keep their spelling; ``kind`` says as what YAML read them.

    ``text_column`` is the column of the first character of a scalar's text, 0 where it is not laid out one to one in
    the file (escapes, several lines). ``keys`` has the place of each key of a mapping.
    """

    kind: str
    value: Value
    path: str
    line: int
    column: int
    text_column: int = 0
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    def problem(self, message: str, expected: str = "", *, offset: int | None = None) -> Problem:
        """A problem at this node, or at a character of its text."""
        column = self.text_column + offset if offset is not None and self.text_column else self.column
        return Problem(self.path, self.line, column, message, expected)

    def key_problem(self, key: str, message: str, expected: str = "") -> Problem:
        """A problem at a key of this mapping."""
        line, column = self.keys[key]
        return Problem(self.path, line, column, message, expected)

    @property
    def items(self) -> list[Node]:
        """The members of a list; none of anything else."""
        return self.value if isinstance(self.value, list) else []

    @property
    def fields(self) -> dict[str, Node]:
        """The members of a mapping; none of anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def scalar(self) -> str:
        """The spelling of a scalar; empty for null and anything else."""
        return self.value if isinstance(self.value, str) and self.kind != "null" else ""

    @property
    def is_text(self) -> bool:
        """Whether YAML read it as a string."""
        return self.kind == "text"

    def get(self, key: str) -> Node | None:
        """A member of a mapping."""
        return self.fields.get(key)

    def text(self, key: str, default: str = "") -> str:
        """The spelling of a member of a mapping."""
        node = self.fields.get(key)
        return node.scalar if node is not None and node.scalar else default

    def all(self, key: str) -> list[Node]:
        """The members of a list under ``key``; a lone value counts as a list of one."""
        node = self.fields.get(key)
        if node is None or node.kind == "null":
            return []
        return node.items if isinstance(node.value, list) else [node]

    def texts(self, key: str) -> tuple[str, ...]:
        """The spellings of the scalars under ``key``."""
        return tuple(node.scalar for node in self.all(key))

    def flag(self, key: str, default: bool = False) -> bool:
        """A boolean under ``key``."""
        node = self.fields.get(key)
        return default if node is None else node.scalar.lower() in ("true", "yes", "on")


def parse(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML document, or None if it is empty or cannot be parsed, and what was wrong with it."""
    try:
        root = yaml.compose(text.removeprefix("\ufeff"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return None, [_syntax_problem(error, path)]
    except (yaml.YAMLError, RecursionError) as error:
        return None, [Problem(path, 1, 1, f"not valid YAML: {str(error).splitlines()[0]}")]
    if root is None:
        return None, [Problem(path, 1, 1, "the file is empty", "a list or a mapping")]
    builder = _Builder(path)
    return builder.build(root), builder.problems


def _syntax_problem(error: yaml.MarkedYAMLError, path: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(path, line, column, f"not valid YAML: {error.problem or error.context or 'unreadable'}")


class _Builder:
    """Turns composed nodes into ours; refuses what would let a small file unfold into a huge one."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: set[int] = set()
        self.problems: list[Problem] = []

    def build(self, node: yaml.Node) -> Node:
        kind = _KINDS.get(node.tag.removeprefix(_TAG), f"a value tagged {node.tag}")
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        if id(node) in self._seen:
            self.problems.append(Problem(self._path, line, column, "an alias repeats this value", "it written out"))
            return Node("null", "", self._path, line, column)
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return Node(kind, node.value, self._path, line, column, _text_column(node))
        if isinstance(node, yaml.SequenceNode):
            return Node(kind, [self.build(child) for child in node.value], self._path, line, column)
        return self._mapping(node.value, kind, line, column)

    def _mapping(self, pairs: Sequence[tuple[yaml.Node, yaml.Node]], kind: str, line: int, column: int) -> Node:
        fields: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        for key, child in self._scalar_keys(pairs):
            place = key.start_mark.line + 1, key.start_mark.column + 1
            if key.value in fields:
                self.problems.append(Problem(self._path, *place, f"the key {key.value!r} stands here twice", "it once"))
            fields[key.value], keys[key.value] = self.build(child), place
        return Node(kind, fields, self._path, line, column, keys=keys)

    def _scalar_keys(self, pairs: Sequence[tuple[yaml.Node, yaml.Node]]) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        for key, child in pairs:
            if isinstance(key, yaml.ScalarNode) and key.tag == _TAG + "str":
                yield key, child
            else:
                spelling = repr(key.value) if isinstance(key, yaml.ScalarNode) else "a list or mapping"
                kind = _KINDS.get(key.tag.removeprefix(_TAG), key.tag)
                place = key.start_mark.line + 1, key.start_mark.column + 1
                message = f"the key {spelling} was read as {kind}"
                self.problems.append(Problem(self._path, *place, message, "text: quote it"))


def _text_column(node: yaml.ScalarNode) -> int:
    start, end = node.start_mark, node.end_mark
    quotes = 2 if node.style in ("'", '"') else 0
    if start.line != end.line or end.column - start.column != len(node.value) + quotes:
        return 0
    return int(start.column) + 1 + quotes // 2
