"""PHP: the page it prints, and the copy in its strings.

What stands outside of ``<?php ?>`` is HTML, and so is what the code prints: both are read as one page, in which a string
that is printed stands where it is written, a variable is a gap and all other code is masked. A page whose tags are cut up
by code so keeps its outline. Strings that are assigned, returned, passed on or listed are copy of their own, unless their
place or their shape says that they are code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from menulint.readers.base import SourceBuilder
from menulint.readers.contacts import report_contacts
from menulint.readers.html import read_fragment
from menulint.readers.html_text import has_markup
from menulint.readers.masks import MASK, SPACE_MASK
from menulint.readers.php_names import COMPARING, PRINTING, TRANSLATING, silence
from menulint.readers.php_strings import STRINGS, Flat, Piece, flatten, masked_piece
from menulint.readers.template_marks import HTML, Masked, find_marks, find_shortcodes, mask_template_marks
from menulint.readers.values import Decoded, read_value
from menulint.readers.wording import is_code_key, reads_like_words
from menulint.source import Role

if TYPE_CHECKING:
    from tree_sitter import Node

LARGEST = 4_000_000
"""The longest text that is parsed; of longer ones only what stands outside of the code is read."""
_STEPS, _STEPS_PER_BYTE = 500, 0.06
"""How often the parser may report its progress before it is stopped: more than any program needs."""
_NESTED_HOLES = re.compile(r"(?:\{\$[^{}]*+){100}")
"""Strings opened in strings opened in strings: each costs the parser as much as all around it."""
_CHUNK = 1 << 16
UNPARSED = "the code could not be parsed; only what stands outside of it was read"

_BEYOND_ASCII = re.compile(r"[^\x01-\x7f]")
_COMMENT_SIGNS = re.compile(r"\A(?://+|#+|/\*+)[ \t]?|\s*\*+/\Z")
_COMPARISONS = frozenset({"==", "===", "!=", "!==", "<>", "<=>", "<", ">", "<=", ">=", "instanceof"})
_SILENT = {
    "require_expression": "path",
    "require_once_expression": "path",
    "include_expression": "path",
    "include_once_expression": "path",
    "exit_statement": "end of the program",
    "attribute_list": "attribute",
    "declare_statement": "declaration",
    "namespace_use_declaration": "import",
    "throw_expression": "error",
    "match_condition_list": "compared",
    "shell_command_expression": "command",
}
_SQL = re.compile(
    r"\s*(?:SELECT\s|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|CREATE\s+TABLE|ALTER\s+TABLE|DROP\s+TABLE|FROM\s+\S+\s+WHERE"
    r"|WHERE\s|ORDER\s+BY|LEFT\s+JOIN|INNER\s+JOIN|GROUP\s+BY|VALUES\s*\(|AND\s+\w+\s*=)",
)
_CODE = re.compile(
    r"\s*(?:[#/~].*[#/~][a-zA-Z]{0,6}\s*\Z|[\w-]+\s*:\s*[^\s;]+;|(?:Content-\w+|Location|Cache-Control|From|Reply-To|MIME-Version"
    r"|X-[\w-]+|HTTP/[\d.]+)\b\s*:?|[\w.-]+/[\w.+-]+;|function\s*\(|\$\w|[.#][\w-]+\s*\{|jQuery\b|var\s|window\.|(?:var|calc|rgba?|cubic-bezier|url)\(|\\?[A-Za-z]\w*(?:\\\w+)+\s*\Z|(?:[\w-]+=\S*&)+)"
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_SPOKEN_ATTRIBUTE = re.compile(r"""\b(?:alt|title|content|placeholder|aria-label)\s*=\s*["'][^"'<>]*\Z""")
_LONGEST_ATTRIBUTE = 300
_TAG_NAME = re.compile(r"</?[A-Za-z][\w:-]*\Z")
_LONGEST_TAG_NAME = 40
_HEADLINES = frozenset("title name heading headline question label treatment q h1 h2 h3 header_title".split())


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds for a node: the name its value stands under, and why plain strings there are code, if they are."""

    key: str = ""
    silent: str = ""
    group: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class _Leave:
    """Ends a part of data when the walk comes to it."""

    section: int


class PhpReader:
    """Reads PHP pages, templates and programs."""

    name = "php"
    extensions = frozenset({".php", ".phtml", ".inc", ".php5", ".php7", ".ctp"})

    def recognises(self, text: str) -> bool:
        """Whether a text opens with PHP."""
        return text.lstrip("\ufeff \t\r\n").startswith(("<?php", "<?=", "#!/usr/bin/env php"))

    def read(self, text: str, build: SourceBuilder) -> None:
        """Report the copy of strings, then that of the page."""
        masked = read_code(text, build)
        build.restart_outline()
        start = 1 if text.startswith("\ufeff") else 0
        masked = masked.with_marks(find_marks(masked.text, start, len(text), HTML))
        masked = masked.with_marks(find_shortcodes(masked.text, start, len(text)))
        read_fragment(text, start, len(text), build, masked=masked)
        report_contacts(masked.text, build)


READER = PhpReader()


def read_code(text: str, build: SourceBuilder) -> Masked:
    """Report the strings of the code in ``text``; the text with the code masked, but for what it prints."""
    tree = _parse(_BEYOND_ASCII.sub("z", text)) if len(text) <= LARGEST else None
    if tree is None:
        build.note(UNPARSED)
        return mask_template_marks(text, 0, None, HTML, blank_line=False)
    walk = _Walk(text, build)
    walk.read(tree.root_node)
    return Masked.of_text(text, walk.page())


@cache
def _language() -> Any:
    import tree_sitter_php
    from tree_sitter import Language

    return Language(tree_sitter_php.language_php())


def _parse(text: str) -> Any:
    """The tree, or None where the parser would need out of all proportion. One byte stands for each code point."""
    from tree_sitter import Parser

    if _NESTED_HOLES.search(text):
        return None
    data = text.encode("ascii")
    steps, limit = 0, _STEPS + int(len(data) * _STEPS_PER_BYTE)

    def give_up(offset: int, has_error: bool) -> bool:
        nonlocal steps
        steps += 8 if has_error else 1
        return steps > limit

    try:
        return Parser(_language()).parse(
            lambda offset, _point: data[offset : offset + _CHUNK], progress_callback=give_up
        )
    except ValueError:
        return None


class _Walk:
    """One walk over the tree in the order of the file, without recursion."""

    def __init__(self, text: str, build: SourceBuilder) -> None:
        self._text, self._build = text, build
        self._todo: list[tuple[Node, _Place] | _Leave] = []
        self._shown: list[tuple[int, int, str]] = []
        self._prints_next = False
        self._in_tag = self._in_code = False
        self._html_from = 0

    def read(self, root: Node) -> None:
        """Visit everything."""
        self._todo.append((root, _Place()))
        while self._todo:
            step = self._todo.pop()
            if isinstance(step, _Leave):
                self._build.leave_section(step.section)
            else:
                self._visit(*step)
        self._html_until(len(self._text))

    def page(self) -> str:
        """The text of the page: what is not shown is masked."""
        parts: list[str] = []
        at = 0
        for start, end, shown in sorted(self._shown):
            if start >= at:
                parts += (self._mask(parts, start - at), shown)
                at = end
        return "".join((*parts, MASK * (len(self._text) - at)))

    @staticmethod
    def _mask(parts: list[str], length: int) -> str:
        """The mask of code; right behind the name of a tag it is a space, so that the name ends there."""
        return (" " if parts and _TAG_NAME.search(parts[-1][-_LONGEST_TAG_NAME:]) else MASK) * length

    def _visit(self, node: Node, place: _Place) -> None:
        kind = node.type
        if handler := _HANDLERS.get(kind):
            handler(self, node, place)
        elif kind in _SILENT:
            self._leave_out(node, _SILENT[kind])
        elif kind in STRINGS:
            self._value(node, place)
        else:
            self._children(node, replace(place, row=None, group=None) if place.group is not None else place)

    def _children(self, node: Node, place: _Place) -> None:
        self._todo += [(child, place) for child in reversed(node.children) if child.is_named]

    def _later(self, nodes: Iterable[Node], place: _Place) -> None:
        self._todo += [(node, place) for node in reversed(list(nodes))]

    def _leave_out(self, node: Node, reason: str) -> None:
        self._build.leave_out(node.start_byte, node.end_byte, reason)

    def _slice(self, node: Node | None, most: int = 100) -> str:
        return self._text[node.start_byte : min(node.end_byte, node.start_byte + most)] if node is not None else ""

    # the page

    def _end_tag(self, node: Node, place: _Place) -> None:
        self._html_from = self._text.find(">", node.start_byte, node.end_byte) + 1

    def _html_until(self, end: int) -> None:
        """The page goes on to ``end``. The parser drops white space at the edges of such text, so it is not asked."""
        if 0 <= self._html_from < end:
            self._show(self._html_from, end, self._text[self._html_from : end])
        self._html_from = -1

    def _show(self, start: int, end: int, shown: str) -> None:
        self._shown.append((start, end, shown))
        opened, closed = shown.rfind("<"), shown.rfind(">")
        if opened != closed:
            self._in_tag = opened > closed
        if self._in_tag:
            self._in_code = not _SPOKEN_ATTRIBUTE.search(shown[-_LONGEST_ATTRIBUTE:])

    def _tag(self, node: Node, place: _Place) -> None:
        self._html_until(node.start_byte)
        self._prints_next = self._slice(node) == "<?="

    def _statement(self, node: Node, place: _Place) -> None:
        prints, self._prints_next = self._prints_next, False
        expressions = [child for child in node.children if child.is_named and child.type != "comment"]
        if prints or (len(expressions) == 1 and self._is_printing(expressions[0])):
            self._print(expressions)
        else:
            self._children(node, place)

    def _is_printing(self, node: Node) -> bool:
        if node.type == "print_intrinsic":
            return True
        if node.type != "function_call_expression":
            return False
        return bool(PRINTING.fullmatch(self._slice(node.child_by_field_name("function"))))

    def _echo(self, node: Node, place: _Place) -> None:
        self._print([child for child in node.children if child.is_named and child.type != "comment"])

    def _print(self, expressions: list[Node]) -> None:
        for expression in expressions:
            if expression.type == "print_intrinsic":
                self._print([child for child in expression.children if child.is_named])
                continue
            flat = flatten(self._text, expression)
            for piece in flat.pieces:
                self._show(piece.start, piece.end, masked_piece(self._text, piece))
            self._visit_others(flat, _Place(silent="attribute" if self._in_tag and self._in_code else ""))

    def _visit_others(self, flat: Flat, place: _Place) -> None:
        self._later((node for node in flat.others if node.type not in STRINGS), place)

    def _else(self, node: Node, place: _Place) -> None:
        start = node.start_byte
        self._shown.append((start, start + 1, SPACE_MASK))
        self._children(node, place)

    def _comment(self, node: Node, place: _Place) -> None:
        start, end = node.start_byte, node.end_byte
        self._build.comment(_COMMENT_SIGNS.sub("", self._text[start:end]).strip(), start, end)
        self._build.leave_out(start, end, "comment")

    # values

    def _value(self, node: Node, place: _Place) -> None:
        """A string, a concatenation, or a call that gives back its argument."""
        flat = flatten(self._text, node)
        if any(piece.is_words for piece in flat.pieces):
            self._take(flat.pieces, place)
        self._visit_others(flat, _Place(place.key))

    def _take(self, pieces: list[Piece], place: _Place) -> None:
        start, end = pieces[0].start, pieces[-1].end
        if place.silent:
            self._build.leave_out(start, end, place.silent)
            return
        decoded = Decoded()
        for piece in pieces:
            decoded.put(self._text[piece.start : piece.end] if piece.shown is None else piece.shown, *piece[:2])
        value = decoded.value(f"/{place.key}" if place.key else "", start)
        if not is_copy(value.text, value.key):
            self._build.leave_out(start, end, "code")
            return
        if place.group is not None:
            value = value._replace(said_as=Role.LIST_ITEM)
            read_value(value, self._build, as_html=True, group=place.group, row=place.row)
        elif place.row is not None and value.key.lower() in _HEADLINES:
            read_value(value._replace(said_as=Role.HEADING), self._build, level=6, as_html=True)
        else:
            read_value(value, self._build, as_html=True)

    def _binary(self, node: Node, place: _Place) -> None:
        operator = node.child_by_field_name("operator")
        mark = operator.type if operator is not None else ""
        if mark == ".":
            self._value(node, place)
        elif mark in _COMPARISONS:
            self._children(node, _Place(silent="compared"))
        else:
            self._children(node, place)

    def _assignment(self, node: Node, place: _Place) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and left.type == "subscript_expression":
            self._todo.append((left, _Place()))
        if right is not None:
            self._todo.append((right, _Place(self._name_of(left))))

    def _name_of(self, node: Node | None) -> str:
        """The name an assignment is made to: ``$title``, ``$page->title``, ``$meta['title']``, ``self::TITLE``."""
        names = re.findall(r"[A-Za-z_]\w*", self._slice(node))
        return names[-1] if names else ""

    def _element(self, node: Node, place: _Place) -> None:
        """``$name = value`` in a declaration: a property, constant or parameter."""
        named = [child for child in node.children if child.is_named]
        if len(named) > 1:
            self._todo.append((named[-1], _Place(self._name_of(named[0]))))

    def _array(self, node: Node, place: _Place) -> None:
        elements = [child for child in node.children if child.type == "array_element_initializer"]
        lone = [element for element in elements if element.child_count == 1]
        if len(lone) == len(elements):
            self._list(lone, place)
            return
        self._todo.append(_Leave(self._build.enter_section()))
        for element in reversed(elements):
            named = [child for child in element.children if child.is_named and child.type != "comment"]
            key = self._slice(named[0]).strip("'\"") if len(named) > 1 else ""
            if named:
                self._todo.append((named[-1], _Place(key or place.key, place.silent, row=0)))

    def _list(self, elements: list[Node], place: _Place) -> None:
        """A list of values: its strings are items of a list a visitor sees, its arrays are read one by one."""
        values = [child for element in elements for child in element.children if child.is_named]
        is_words = sum(value.type in STRINGS for value in values) > 1 and not place.silent
        group = self._build.new_group() if is_words else None
        for row in range(len(values) - 1, -1, -1):
            own = replace(place, group=group, row=row if is_words else None)
            self._todo.append((values[row], own))

    def _subscript(self, node: Node, place: _Place) -> None:
        named = [child for child in node.children if child.is_named]
        if len(named) > 1 and named[-1].type not in STRINGS:
            self._todo.append((named[-1], _Place()))
        if named:
            self._todo.append((named[0], _Place()))

    def _case(self, node: Node, place: _Place) -> None:
        value = node.child_by_field_name("value")
        named = [child for child in node.children if child.is_named]
        self._later(named[1:] if value is not None else named, place)

    # calls

    def _call(self, node: Node, place: _Place) -> None:
        name = self._slice(node.child_by_field_name("function")).lstrip("\\").lower()
        if name in TRANSLATING:
            self._translated(node, place, TRANSLATING[name])
            return
        flat = flatten(self._text, node)
        if any(piece.is_words for piece in flat.pieces):
            self._take(flat.pieces, place)
            self._visit_others(flat, _Place())
            return
        self._called(node, name, "", is_method=False)

    def _translated(self, node: Node, place: _Place, copies: int) -> None:
        arguments = node.child_by_field_name("arguments")
        values = [child for child in arguments.children if child.type == "argument"] if arguments is not None else []
        for child in reversed(values[:copies]):
            self._todo.append((child, replace(place, silent="")))

    def _method(self, node: Node, place: _Place) -> None:
        owner = node.child_by_field_name("object")
        if owner is not None:
            self._todo.append((owner, _Place()))
        self._called(node, self._slice(node.child_by_field_name("name")), "", is_method=True)

    def _static(self, node: Node, place: _Place) -> None:
        owner = self._slice(node.child_by_field_name("scope"))
        self._called(node, self._slice(node.child_by_field_name("name")), owner, is_method=True)

    def _new(self, node: Node, place: _Place) -> None:
        name = next((child for child in node.children if child.type in ("name", "qualified_name")), None)
        if name is None:
            self._children(node, _Place())
        else:
            self._called(node, "", self._slice(name), is_method=True)

    def _called(self, node: Node, name: str, owner: str, *, is_method: bool) -> None:
        entirely, strings = silence(name, owner, is_method=is_method)
        reason = f"argument of {name or owner}" if strings else ""
        if entirely:
            self._leave_out(node, reason)
            return
        arguments = node.child_by_field_name("arguments") or next(
            (child for child in node.children if child.type == "arguments"), None
        )
        for child in reversed(arguments.children if arguments is not None else []):
            if child.type == "argument" and child.children:
                label = child.child_by_field_name("name")
                value = child.children[-1]
                is_plain = value.type in STRINGS or value.type == "binary_expression" or name.lower() in COMPARING
                silent = reason if is_plain else ""
                self._todo.append((value, _Place(self._slice(label), silent)))


_HANDLERS = {
    "php_end_tag": _Walk._end_tag,
    "php_tag": _Walk._tag,
    "expression_statement": _Walk._statement,
    "echo_statement": _Walk._echo,
    "else_clause": _Walk._else,
    "else_if_clause": _Walk._else,
    "comment": _Walk._comment,
    "binary_expression": _Walk._binary,
    "assignment_expression": _Walk._assignment,
    "augmented_assignment_expression": _Walk._assignment,
    "property_element": _Walk._element,
    "const_element": _Walk._element,
    "simple_parameter": _Walk._element,
    "static_variable_declaration": _Walk._element,
    "array_creation_expression": _Walk._array,
    "subscript_expression": _Walk._subscript,
    "case_statement": _Walk._case,
    "function_call_expression": _Walk._call,
    "member_call_expression": _Walk._method,
    "nullsafe_member_call_expression": _Walk._method,
    "scoped_call_expression": _Walk._static,
    "object_creation_expression": _Walk._new,
}


def is_copy(text: str, key: str) -> bool:
    """Whether a string of a program is copy: by the name it stands under, and by its shape."""
    if is_code_key(key) or _SQL.match(text):
        return False
    if has_markup(text):
        return True
    return not _CODE.match(text) and not _SLUG.fullmatch(text) and reads_like_words(text, key)
