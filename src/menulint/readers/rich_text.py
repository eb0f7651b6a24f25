"""Rich text kept as a tree of nodes: each paragraph, heading or list item becomes one piece of text again.

Editors cut a sentence wherever its style changes ("Our **exosome** injections" is three leaves). They differ in the names of
things only: Contentful has ``nodeType, content, value``, Sanity ``_type, children, style``, Slate, TinaCMS and Strapi ``type,
children``, ProseMirror ``type, content``, Shopify ``type: root``, Draft.js and Editor.js ``blocks``; element trees are arrays
that begin with the name of a tag (``["p", null, "…"]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from menulint.readers.base import Run, SourceBuilder
from menulint.readers.data_tree import Branch, Item, Tree, step
from menulint.source import Role

_TYPE_NAMES = ("nodeType", "_type", "type", "tag", "object", "tagName", "element")
_CHILD_NAMES = ("children", "content", "nodes", "c")
_TEXT_NAMES = ("text", "value")
_TYPES = frozenset(_TYPE_NAMES)
_HOLDERS = frozenset({*_CHILD_NAMES, "inlineStyleRanges"})
_LEAF_NAMES = frozenset(
    """text value type nodetype _type _key key object marks mark bold italic underline strikethrough code data style styles
    format mode detail version color superscript subscript leaves fontsize fontweight lang""".split()
)
_INLINE = frozenset(
    """text span link hyperlink entryhyperlink assethyperlink internallink a strong b em i u s code mark mention sup sub
    inlinecode small abbr emphasis autolink""".split()
)
_BREAKS = frozenset({"hardbreak", "softbreak", "br", "break", "linebreak"})
_ITEMS = frozenset("listitem li bullet unorderedlistitem orderedlistitem taskitem".split())
_LISTS = frozenset("list ul ol bulletlist orderedlist unorderedlist bulletedlist numberedlist tasklist".split())
_CELLS = frozenset("tablecell td th tableheader tableheadercell".split())
_PROSE = frozenset(
    """root document doc paragraph p block blockquote quote lic unstyled textblock textnode richtext richtextblock div
    section article callout table tablerow tr thead tbody rte""".split()
)
_CODE = frozenset({"codeblock", "pre", "script", "style"})
_KNOWN = _PROSE | _ITEMS | _LISTS | _CELLS | {"heading", "header"}
_HEADING = re.compile(r"(?:h|heading|header)(one|two|three|four|five|six|[1-6])?")
_LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol div span a strong em b i blockquote section article td th tr table".split()
)
_MARKS = re.compile(r"[-_\s]")
_LONGEST_TYPE = 40


def node_type(tree: Tree, branch: Branch) -> str:
    """What kind of node an object or an element tree says it is, in small letters; "" if nothing."""
    if not branch.is_object:
        first = branch.items[0] if branch.items else None
        return _plain(tree.text_of(first)) if isinstance(first, int) and len(branch.items) > 1 else ""
    for name in _TYPE_NAMES:
        if (leaf := branch.leaf(name)) is not None and (kind := _plain(tree.text_of(leaf))):
            return kind
    return ""


def is_rich(tree: Tree, branch: Branch) -> bool:
    """Whether a branch is a node of rich text that stands for a block or holds some."""
    if not branch.is_object:
        return _is_element(tree, branch)
    if _TYPES.isdisjoint(branch.names) or _HOLDERS.isdisjoint(branch.names):
        return False
    kind = node_type(tree, branch)
    if not kind or not (kind in _KNOWN or _HEADING.fullmatch(kind)):
        return False
    children = branch.branch(*_CHILD_NAMES)
    if children is None or children.is_object:
        return "inlineStyleRanges" in branch.names and branch.leaf("text") is not None
    return all(_is_part(tree, item) for item in children.items)


def _is_element(tree: Tree, branch: Branch) -> bool:
    """Whether an array is an element: the name of a tag, its attributes, its children."""
    if len(branch.items) < 3 or not isinstance(branch.items[0], int):
        return False
    attributes = branch.items[1]
    if isinstance(attributes, int) or (isinstance(attributes, Branch) and not attributes.is_object):
        return False
    return tree.text_of(branch.items[0]).lower() in _TAGS


def _is_part(tree: Tree, item: Item) -> bool:
    if isinstance(item, Branch):
        return _is_leaf(item) or bool(node_type(tree, item))
    return True


def _is_leaf(branch: Branch) -> bool:
    return branch.leaf(*_TEXT_NAMES) is not None and all(name.lower() in _LEAF_NAMES for name in branch.names)


def _plain(kind: str) -> str:
    return _MARKS.sub("", kind[:_LONGEST_TYPE]).lower()


@dataclass(frozen=True, slots=True)
class _Place:
    """What a node inherits from those around it."""

    role: Role = Role.PARAGRAPH
    group: int | None = None
    row: int = 0
    column: int | None = None
    intro: int | None = None

    def fields(self) -> dict[str, Any]:
        """The fields of a block that stands here."""
        if self.group is None:
            return {}
        return {"group": self.group, "row": self.row, "column": self.column, "intro": self.intro}


class RichText:
    """Reports the blocks of one rich text."""

    def __init__(self, tree: Tree, build: SourceBuilder) -> None:
        self._tree, self._build = tree, build
        self._last: int | None = None

    def read(self, branch: Branch, pointer: str) -> None:
        """Report a node with all that stands in it."""
        self._node(branch, pointer, _Place())

    def read_all(self, items: list[tuple[Branch, str]]) -> None:
        """Report nodes that follow one another; list items among them are one list."""
        self._siblings([(item, pointer) for item, pointer in items], _Place())

    def _children(self, branch: Branch, pointer: str) -> list[tuple[Item, str]]:
        if not branch.is_object:
            return [(item, f"{pointer}/{number}") for number, item in enumerate(branch.items) if number > 1]
        for name in _CHILD_NAMES:
            if (inner := branch.branch(name)) is not None and not inner.is_object:
                return [(item, f"{pointer}{step(name)}/{number}") for number, item in enumerate(inner.items)]
        return []

    def _node(self, branch: Branch, pointer: str, place: _Place) -> None:
        kind = node_type(self._tree, branch)
        if kind in _CODE:
            self._build.leave_out(branch.start, branch.end, "code")
            return
        children = self._children(branch, pointer)
        here = self._placed(kind, place)
        if not children and branch.is_object:
            self._report(list(self._runs(branch)), branch, kind, pointer, here)
        elif all(self._is_inline(item) for item, _ in children):
            runs = [run for item, _ in children for run in self._runs(item)]
            self._report(runs, branch, kind, pointer, here)
        elif kind in ("tablerow", "tr") and here.group is not None:
            for column, (item, at) in enumerate(children):
                self._siblings([(item, at)], replace(here, role=Role.TABLE_CELL, column=column))
        else:
            self._siblings(children, here)

    def _placed(self, kind: str, place: _Place) -> _Place:
        if kind in _LISTS:
            return _Place(Role.LIST_ITEM, self._build.new_group(), 0, None, self._last)
        if kind == "table":
            return _Place(Role.TABLE_CELL, self._build.new_group(), 0, None, self._last)
        return place

    def _siblings(self, children: list[tuple[Item, str]], place: _Place) -> None:
        inline: list[Run] = []
        listed: _Place | None = None
        row = place.row
        for item, pointer in children:
            if self._is_inline(item):
                inline.extend(self._runs(item))
                continue
            if inline:
                self._add(inline, place, pointer)
                inline = []
            if not isinstance(item, Branch):
                continue
            kind = self._item_kind(item)
            if kind == "row":
                self._node(item, pointer, replace(place, row=row))
                row += 1
            elif kind == "loose item":
                listed = listed or _Place(Role.LIST_ITEM, self._build.new_group(), -1, None, self._last)
                listed = replace(listed, row=listed.row + 1)
                self._node(item, pointer, listed)
                continue
            else:
                self._node(item, pointer, place)
            listed = None
        if inline:
            self._add(inline, place, pointer)

    def _item_kind(self, branch: Branch) -> str:
        """Whether a node is an item of the list or table around it, or of a list that has no node (Sanity, Draft.js)."""
        kind = node_type(self._tree, branch)
        if branch.is_object and branch.leaf("listItem") is not None:
            return "loose item"
        if kind in ("unorderedlistitem", "orderedlistitem"):
            return "loose item"
        return "row" if kind in _ITEMS or kind in ("tablerow", "tr") else ""

    def _is_inline(self, item: Item) -> bool:
        if not isinstance(item, Branch):
            return isinstance(item, int)
        kind = node_type(self._tree, item)
        return kind in _INLINE or kind in _BREAKS or (not kind and item.is_object and _is_leaf(item))

    def _runs(self, item: Item) -> Iterator[Run]:
        if item is None:
            return
        if isinstance(item, int):
            yield from _value_runs(self._tree, item)
            return
        kind = node_type(self._tree, item)
        if kind in _BREAKS:
            yield " ", item.start, item.start
            return
        if item.is_object and (leaf := item.leaf(*_TEXT_NAMES)) is not None:
            yield from _value_runs(self._tree, leaf)
        elif item.is_object and (leaves := item.branch("leaves")) is not None:
            for leaf_branch in leaves.items:
                yield from self._runs(leaf_branch)
        for child, _ in self._children(item, ""):
            yield from self._runs(child)

    def _report(self, runs: list[Run], branch: Branch, kind: str, pointer: str, place: _Place) -> None:
        level = self._level(branch, kind)
        if level and place.role is not Role.TABLE_CELL:
            self._last = self._build.add(Role.HEADING, runs, level=level, pointer=pointer)
        else:
            self._add(runs, place, pointer)

    def _add(self, runs: list[Run], place: _Place, pointer: str) -> None:
        index = self._build.add(place.role, runs, pointer=pointer, **place.fields())
        self._last = index if index is not None else self._last

    def _level(self, branch: Branch, kind: str) -> int:
        """The level of a heading; 0 for any other node."""
        style = branch.leaf("style") if branch.is_object else None
        for name in (kind, _plain(self._tree.text_of(style)) if style is not None else ""):
            if match := _HEADING.fullmatch(name):
                return _LEVELS.get(match[1] or "", 0) or int(match[1] or self._counted(branch))
        return 0

    def _counted(self, branch: Branch) -> int:
        attributes = branch.branch("attrs", "attributes", "data", "props") if branch.is_object else None
        for holder in (branch, attributes):
            leaf = holder.leaf("level", "depth") if holder is not None and holder.is_object else None
            if leaf is not None and self._tree.text_of(leaf) in ("1", "2", "3", "4", "5", "6"):
                return int(self._tree.text_of(leaf))
        return 2


def _value_runs(tree: Tree, leaf: int) -> Iterator[Run]:
    value = tree.value_of(leaf, "")
    segments = value.map.segments
    for number, (at, start, end) in enumerate(segments):
        following = segments[number + 1][0] if number + 1 < len(segments) else value.map.length
        if at < following:
            yield value.text[at:following], start, end
