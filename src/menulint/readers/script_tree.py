"""From the source text of JavaScript or TypeScript to its parts: one walk over the parser's tree, without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from menulint.readers.base import GAP, Run, SourceBuilder
from menulint.readers.code_text import CodeText, Edit
from menulint.readers.entities import decode_references
from menulint.readers.script_calls import LOOKED_UP, is_code_tag, silence, translates
from menulint.readers.script_parts import Bag, Kind, Text, Words, decode_script

if TYPE_CHECKING:
    from tree_sitter import Language, Node

DEEPEST = 60
"""How deep parts are nested; what stands deeper belongs to the part at that depth."""
_LONGEST_CALLEE = 80
_LONGEST_KEY = 100
_STEPS, _STEPS_PER_BYTE, _MOST_STEPS = 500, 0.03, 40_000
"""How often the parser may report its progress before it is stopped: several times what any program needs."""
_CHUNK = 1 << 16
UNPARSED = "too broken for its parser; its strings were read one by one"

_PASSED_OVER = {
    "import_statement": "import",
    "import_alias": "import",
    "type_alias_declaration": "types",
    "interface_declaration": "types",
    "type_annotation": "types",
    "type_arguments": "types",
    "type_parameters": "types",
    "implements_clause": "types",
    "literal_type": "types",
    "union_type": "types",
    "object_type": "types",
    "type_predicate_annotation": "types",
    "index_signature": "types",
    "ambient_declaration": "types",
    "function_signature": "types",
    "enum_declaration": "enumeration",
    "regex": "pattern",
    "property_identifier": "",
    "identifier": "",
    "hash_bang_line": "",
    "jsx_closing_element": "",
}
_KEY = "key"
_TRANSLATED = "key of a translation"
_NOWHERE = (-1, -1)
_STRINGS = frozenset({"string", "template_string"})
_COMPARED = frozenset({"===", "!==", "==", "!=", "in", "instanceof", "<", ">", "<=", ">="})


@dataclass(slots=True)
class _Joined:
    """A concatenation while it is read: its pieces, and whether a string is among them."""

    runs: list[Run] = field(default_factory=list)
    has_string: bool = False
    is_template: bool = False


@dataclass(slots=True)
class _Frame:
    """What holds inside a node of the tree. ``silent`` is the depth at which strings are code, for ``reason``."""

    depth: int
    bag: Bag
    key: str
    joined: _Joined | None = None
    on_exit: Callable[[], None] | None = None
    silent: int = -1
    reason: str = ""
    spelling: str = ""


# The grammars stumble over a bare "&" in the text of JSX; as an operator it may as well be another one.
_BARE_AMPERSAND = re.compile(rb"(?<!&)&(?![&=]|#?[A-Za-z0-9]{1,31};)")


def read_parts(
    text: str,
    start: int,
    end: int,
    grammar: str,
    build: SourceBuilder,
    *,
    wrapped: bool = False,
    edits: Sequence[Edit] = (),
) -> Bag:
    """The parts of the code in ``text[start:end]``; its comments are reported.

    ``wrapped``: it is one expression. ``edits`` is what the parser must read in place of what stands there.
    """
    code = CodeText(text, start, end, b"(" if wrapped else b"", b"\n)" if wrapped else b"", edits)
    tree = _tree(_BARE_AMPERSAND.sub(b"|", code.data), grammar)
    if tree is None:
        build.note(UNPARSED)
        return _read_flat(text, start, end, build)
    return _Walk(text, code, build).read(tree)


@cache
def _language(grammar: str) -> Language:
    from tree_sitter import Language

    if grammar == "javascript":
        import tree_sitter_javascript

        return Language(tree_sitter_javascript.language())
    import tree_sitter_typescript

    typescript = tree_sitter_typescript
    return Language(typescript.language_tsx() if grammar == "tsx" else typescript.language_typescript())


def _tree(data: bytes, grammar: str) -> Any:
    """The tree; the grammar of TypeScript with JSX knows more of JSX than the one of JavaScript, which is asked second."""
    tree = _parse(data, "typescript" if grammar == "typescript" else "tsx")
    if grammar == "tsx" or (tree is not None and not tree.root_node.has_error):
        return tree
    other = _parse(data, "tsx" if grammar == "typescript" else "javascript")
    if tree is None or other is None:
        return tree or other
    return other if _broken_bytes(other) < _broken_bytes(tree) else tree


def _broken_bytes(tree: Any) -> int:
    """How much of a text the parser could not fit in, seen from the top: errors inside errors do not count again."""
    broken = 0
    pending = [tree.root_node]
    while pending:
        node = pending.pop()
        if node.is_error:
            broken += node.end_byte - node.start_byte
        elif node.has_error:
            pending += node.children
    return broken


def _parse(data: bytes, grammar: str) -> Any:
    """The tree, or None where the parser would need out of all proportion."""
    from tree_sitter import Parser

    steps = 0
    limit = min(_MOST_STEPS, _STEPS + int(len(data) * _STEPS_PER_BYTE))

    def give_up(offset: int, has_error: bool) -> bool:
        nonlocal steps
        steps += 8 if has_error else 1
        return steps > limit

    try:
        return Parser(_language(grammar)).parse(
            lambda offset, _point: data[offset : offset + _CHUNK], progress_callback=give_up
        )
    except ValueError:
        return None


class _Walk:
    """One walk over a tree."""

    def __init__(self, text: str, code: CodeText, build: SourceBuilder) -> None:
        self._text, self._code, self._build = text, code, build
        self._at = code.at
        self._depth = 0
        self._cursor: Any = None
        self._broken = 0
        self._translated = _NOWHERE
        self._root = Bag("code", self._at(0), self._at(len(code.data)))
        self._frames = [_Frame(-1, self._root, "")]

    def read(self, tree: Any) -> Bag:
        """Walk over the whole tree."""
        cursor = self._cursor = tree.walk()
        frames = self._frames
        handlers = _HANDLERS
        while True:
            node = cursor.node
            handler = handlers.get(node.type)
            if (handler is None or handler(self, node)) and cursor.goto_first_child():
                self._depth += 1
                continue
            while True:
                while frames[-1].depth == self._depth:
                    self._leave(frames.pop())
                if cursor.goto_next_sibling():
                    break
                if not cursor.goto_parent():
                    self._report_broken()
                    return self._root
                self._depth -= 1

    def _report_broken(self) -> None:
        if self._broken:
            places = "place" if self._broken == 1 else "places"
            self._build.note(f"{self._broken} {places} could not be parsed; what stands there may be missing")

    @staticmethod
    def _leave(frame: _Frame) -> None:
        if frame.on_exit:
            frame.on_exit()

    # small questions

    @property
    def _top(self) -> _Frame:
        return self._frames[-1]

    def _is_inside(self, frame: _Frame) -> bool:
        """Whether the node at hand is a child of the node that the frame belongs to."""
        return frame.depth == self._depth - 1

    def _slice(self, node: Node, most: int) -> str:
        start = self._at(node.start_byte)
        return self._text[start : min(self._at(node.end_byte), start + most)]

    def _push(self, key: str | None = None, bag: Bag | None = None, **more: Any) -> _Frame:
        top = self._top
        frame = _Frame(self._depth, bag or top.bag, top.key if key is None else key, **more)
        self._frames.append(frame)
        return frame

    def _span(self, node: Node) -> tuple[int, int]:
        return self._at(node.start_byte), self._at(node.end_byte)

    def _leave_out(self, node: Node, reason: str) -> bool:
        if reason:
            self._build.leave_out(*self._span(node), reason)
        return False

    # what is passed over

    def pass_over(self, node: Node) -> bool:
        """Imports, types, patterns, names."""
        return self._leave_out(node, _PASSED_OVER[node.type])

    def comment(self, node: Node) -> bool:
        start, end = self._span(node)
        body = self._text[start:end]
        self._build.comment(body.removeprefix("//").removeprefix("/*").removesuffix("*/").strip(), start, end)
        self._build.leave_out(start, end, "comment")
        return False

    def error(self, node: Node) -> bool:
        """What the parser could not fit in. Between tags it is text, such as a bare ``&``."""
        top = self._top
        if top.bag.kind == "element" and self._is_inside(top):
            start, end = self._span(node)
            if "<" not in self._text[start:end] and "{" not in self._text[start:end]:
                top.bag.entries.append(("", Text(start, end)))
                return False
        self._broken += 1
        return True

    # keys

    def pair(self, node: Node) -> bool:
        self._push(self._name_of(node.child_by_field_name("key")))
        return True

    def declarator(self, node: Node) -> bool:
        name = self._name_of(node.child_by_field_name("name"))
        kind = node.child_by_field_name("type")
        if kind is not None and "Metadata" in self._slice(kind, _LONGEST_KEY):
            name = "metadata"
        self._push(name)
        return True

    def function(self, node: Node) -> bool:
        self._push(self._name_of(node.child_by_field_name("name")))
        return True

    def default(self, node: Node) -> bool:
        left = node.child_by_field_name("left") or node.child_by_field_name("pattern")
        self._push(self._name_of(left))
        return True

    def assignment(self, node: Node) -> bool:
        left = node.child_by_field_name("left")
        name = ""
        if left is not None and left.type == "member_expression":
            owner = left.child_by_field_name("object")
            name = "dataset" if owner is not None and self._slice_end(owner).endswith(".dataset") else ""
            left = left.child_by_field_name("property")
        self._push(name or self._name_of(left))
        return True

    def field_of_class(self, node: Node) -> bool:
        self._push(self._name_of(node.child_by_field_name("property") or node.child_by_field_name("name")))
        return True

    def _name_of(self, node: Node | None) -> str:
        if node is None or node.type in ("object_pattern", "array_pattern", "computed_property_name"):
            return ""
        return self._slice(node, _LONGEST_KEY).strip("\"'`")

    # code that silences strings

    def computed_key(self, node: Node) -> bool:
        self._push("", silent=self._depth + 1, reason=_KEY)
        return True

    def case(self, node: Node) -> bool:
        self._push("").spelling = "case"
        return True

    def subscript(self, node: Node) -> bool:
        self._push()
        return True

    def statement(self, node: Node) -> bool:
        self._push(silent=self._depth + 1, reason="directive")
        return True

    def call(self, node: Node) -> bool:
        callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        arguments = node.child_by_field_name("arguments")
        name = "".join(self._slice_end(callee).split()) if callee is not None else ""
        if arguments is not None and arguments.type == "template_string":
            return not is_code_tag(name) or self._leave_out(node, f"{name[:20]} template")
        if callee is not None and self._searches_a_list(callee):
            return self._leave_out(node, "looked up in a list")
        entirely, strings = silence(name)
        if entirely:
            return self._leave_out(node, f"arguments of {name[-30:]}")
        if strings:
            self._push(silent=self._depth + 2, reason=f"argument of {name[-30:]}")
        elif arguments is not None and translates(name):
            self._translated = self._key_of(arguments)
        return True

    def _searches_a_list(self, callee: Node) -> bool:
        """Whether a call asks what a list that is written out holds: ``["peel", "laser"].includes(kind)``."""
        owner, name = callee.child_by_field_name("object"), callee.child_by_field_name("property")
        return (
            owner is not None
            and name is not None
            and owner.type == "array"
            and self._slice(name, _LONGEST_KEY).lower() in LOOKED_UP
        )

    def _key_of(self, arguments: Node) -> tuple[int, int]:
        """The span of the key in a call that translates: its first argument, unless that is a text of several words."""
        first = arguments.named_child(0)
        if first is None or first.type not in _STRINGS:
            return _NOWHERE
        return self._span(first) if len(self._slice(first, _LONGEST_KEY).split()) < 2 else _NOWHERE

    def _slice_end(self, node: Node) -> str:
        start, end = self._span(node)
        if end - start <= _LONGEST_CALLEE:
            return self._text[start:end]
        return self._text[end - _LONGEST_CALLEE : end]

    # strings

    def string(self, node: Node) -> bool:
        top = self._top
        start, end = self._span(node)
        reason = self._silenced(top, (start, end))
        if reason:
            if reason != _KEY:
                self._build.leave_out(start, end, reason)
            return False
        inner = start + 1, end - 1 if end - start > 1 and self._text[end - 1] == self._text[start] else end
        if top.spelling == "jsx" and self._is_inside(top):
            runs = list(decode_references(self._text, *inner, attribute=True))
        else:
            runs = list(decode_script(self._text, *inner))
        self._take(Words(start, end, runs))
        return False

    def _silenced(self, top: _Frame, span: tuple[int, int]) -> str:
        """Why a string at this place is code, by its place alone; "" if it may be copy."""
        if span == self._translated:
            return _TRANSLATED
        if top.silent == self._depth:
            return top.reason
        name: str | None = self._cursor.field_name
        if name in (_KEY, "source", "index", "name"):
            return name
        if name == "value" and top.spelling == "case" and self._is_inside(top):
            return "compared"
        return ""

    def _take(self, words: Words) -> None:
        """A string is complete: it joins the concatenation it is an operand of, or stands alone."""
        top = self._top
        if top.joined is not None and self._is_inside(top):
            top.joined.runs += words.runs
            top.joined.has_string = True
            top.joined.is_template |= words.is_template
        else:
            top.bag.entries.append((top.key, words))

    def template(self, node: Node) -> bool:
        top = self._top
        start, end = self._span(node)
        if reason := self._silenced(top, (start, end)):
            self._build.leave_out(start, end, reason)
            self._push(silent=-1)
            return True
        outer_is_joined = top.joined is not None and self._is_inside(top)
        pieces = _Joined()
        frame = self._push(joined=None)
        frame.spelling = "template"
        at = start + 1
        for child in node.children:
            if child.type == "template_substitution":
                hole = self._span(child)
                pieces.runs += [*decode_script(self._text, at, hole[0]), (GAP, *hole)]
                at = hole[1]
        stop = end - 1 if end - start > 1 and self._text[end - 1] == "`" else end
        pieces.runs += decode_script(self._text, at, max(at, stop))
        words = Words(start, end, pieces.runs, is_template=True)
        if outer_is_joined:
            assert top.joined is not None
            top.joined.runs += words.runs
            top.joined.has_string = top.joined.is_template = True
        else:
            top.bag.entries.append((top.key, words))
        return node.child_count > 2

    def substitution(self, node: Node) -> bool:
        """Strings inside ``${}`` stand alone."""
        self._push()
        return True

    def binary(self, node: Node) -> bool:
        operator = node.child_by_field_name("operator")
        mark = operator.type if operator is not None else ""
        if mark in _COMPARED:
            self._push(silent=self._depth + 1, reason="compared")
        elif mark == "+":
            self._concatenation(node)
        return True

    def _concatenation(self, node: Node) -> None:
        top = self._top
        if top.joined is not None and self._is_inside(top):
            joined, on_exit = top.joined, None
        else:
            joined = _Joined()
            start, end = self._span(node)

            def on_exit() -> None:
                self._end_concatenation(top, joined, start, end)

        self._push(joined=joined, on_exit=on_exit)
        for side in ("left", "right"):
            operand = node.child_by_field_name(side)
            if operand is not None and not _joins(operand):
                joined.runs.append((GAP, *self._span(operand)))

    @staticmethod
    def _end_concatenation(frame: _Frame, joined: _Joined, start: int, end: int) -> None:
        if joined.has_string:
            runs = sorted(joined.runs, key=lambda run: run[1])
            frame.bag.entries.append((frame.key, Words(start, end, runs, joined.is_template)))

    # containers

    def _open(self, kind: Kind, node: Node, tag: str = "") -> Bag:
        top = self._top
        if top.bag.depth >= DEEPEST:
            return top.bag
        start, end = self._span(node)
        bag = Bag(kind, start, end, depth=top.bag.depth + 1, tag=tag, opened=start)
        top.bag.entries.append((top.key, bag))
        return bag

    def object(self, node: Node) -> bool:
        self._push("", bag=self._open("object", node))
        return True

    def array(self, node: Node) -> bool:
        self._push(bag=self._open("array", node))
        return True

    # JSX

    def element(self, node: Node) -> bool:
        bag = self._open("element", node)
        frame = self._push("", bag=bag)
        if bag.depth >= DEEPEST:
            return True
        opening = node.child_by_field_name("open_tag")
        closing = node.child_by_field_name("close_tag")
        bag.tag = self._tag_of(opening if opening is not None else node)
        bag.opened = self._at(opening.end_byte) if opening is not None else bag.end
        if closing is not None:
            bag.closing = self._span(closing)
        bag.props = Bag("object", bag.start, bag.opened, depth=bag.depth + 1)
        if opening is None:
            frame.bag = bag.props
        return True

    def opening(self, node: Node) -> bool:
        self._push("", bag=self._top.bag.props or self._top.bag)
        return True

    def _tag_of(self, node: Node) -> str:
        name = node.child_by_field_name("name")
        return self._slice(name, _LONGEST_KEY) if name is not None else ""

    def attribute(self, node: Node) -> bool:
        name = node.named_child(0)
        frame = self._push(self._slice(name, _LONGEST_KEY) if name is not None else "")
        frame.spelling = "jsx"
        return True

    def text(self, node: Node) -> bool:
        self._top.bag.entries.append(("", Text(*self._span(node))))
        return False

    def expression(self, node: Node) -> bool:
        """``{…}`` in JSX; between tags it is a part of its own, since it may be shown as text."""
        top = self._top
        if top.bag.kind == "element" and self._is_inside(top) and top.bag.depth < DEEPEST:
            self._push("", bag=self._open("code", node))
        else:
            self._push()
        return True

    def reference(self, node: Node) -> bool:
        top = self._top
        if top.bag.kind == "element" and self._is_inside(top):
            return self.text(node)
        return False


def _joins(operand: Node) -> bool:
    """Whether an operand of ``+`` says itself what it is."""
    if operand.type in _STRINGS:
        return True
    if operand.type != "binary_expression":
        return False
    operator = operand.child_by_field_name("operator")
    return operator is not None and operator.type == "+"


_HANDLERS: dict[str, Callable[[_Walk, Node], bool]] = {
    **dict.fromkeys(_PASSED_OVER, _Walk.pass_over),
    "comment": _Walk.comment,
    "html_comment": _Walk.comment,
    "ERROR": _Walk.error,
    "pair": _Walk.pair,
    "variable_declarator": _Walk.declarator,
    "function_declaration": _Walk.function,
    "method_definition": _Walk.function,
    "object_assignment_pattern": _Walk.default,
    "assignment_pattern": _Walk.default,
    "required_parameter": _Walk.default,
    "optional_parameter": _Walk.default,
    "assignment_expression": _Walk.assignment,
    "augmented_assignment_expression": _Walk.assignment,
    "public_field_definition": _Walk.field_of_class,
    "field_definition": _Walk.field_of_class,
    "computed_property_name": _Walk.computed_key,
    "switch_case": _Walk.case,
    "subscript_expression": _Walk.subscript,
    "expression_statement": _Walk.statement,
    "call_expression": _Walk.call,
    "new_expression": _Walk.call,
    "string": _Walk.string,
    "template_string": _Walk.template,
    "template_substitution": _Walk.substitution,
    "binary_expression": _Walk.binary,
    "object": _Walk.object,
    "array": _Walk.array,
    "jsx_element": _Walk.element,
    "jsx_fragment": _Walk.element,
    "jsx_self_closing_element": _Walk.element,
    "jsx_opening_element": _Walk.opening,
    "jsx_attribute": _Walk.attribute,
    "jsx_text": _Walk.text,
    "jsx_expression": _Walk.expression,
    "html_character_reference": _Walk.reference,
}

_FLAT = re.compile(
    r"""(?P<comment>//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+)
      |(?:(?P<key>[A-Za-z_$][\w$]{0,60}+)["']?[ \t]{0,8}[:=][ \t]{0,8})?+
       (?P<string>"(?:[^"\\\r\n]++|\\.)*+"|'(?:[^'\\\r\n]++|\\.)*+'|`(?:[^`\\]++|\\.)*+`)
      |[A-Za-z_$][\w$]*+""",
    re.VERBOSE | re.DOTALL,
)
_HOLE = re.compile(r"\$\{[^{}]{0,200}\}")


def _read_flat(text: str, start: int, end: int, build: SourceBuilder) -> Bag:
    """The strings of code that cannot be parsed, each with the name right before it."""
    bag = Bag("code", start, end)
    for match in _FLAT.finditer(text, start, end):
        if match["comment"]:
            build.comment(match["comment"].strip("/* \t\r\n"), *match.span("comment"))
        elif match["string"]:
            first, last = match.span("string")
            is_template = text[first] == "`"
            runs = list(_flat_runs(text, first + 1, last - 1, is_template))
            bag.entries.append((match["key"] or "", Words(first, last, runs, is_template)))
    return bag


def _flat_runs(text: str, start: int, end: int, is_template: bool) -> Iterator[Run]:
    at = start
    for hole in _HOLE.finditer(text, start, end) if is_template else ():
        yield from decode_script(text, at, hole.start())
        yield GAP, *hole.span()
        at = hole.end()
    yield from decode_script(text, at, end)
