"""Checks YAML against the JSON schemas of this package, with the place of every mistake.

The schemas are draft 2020-12, so that an editor can use them; this module interprets the part of that draft they use.
A general validator was measured at 90 ms of import for a result without lines and columns.

Where a schema asks for a ``string``, only what YAML read as text passes: ``no``, ``off``, ``12:30``, ``1.0`` and
``null`` are refused with advice to quote them. ``format: date`` also takes an unquoted ``2026-11-22``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from menulint.errors import Problem
from menulint.pack.nodes import Node

Schema: TypeAlias = dict[str, Any]

_FOLDER = Path(__file__).with_name("schemas")
_COMMA = " without a value: if a comma of your text made it one, quote the text"
_NAMES = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping",
    "null": "null",
}


@cache
def load_schema(name: str) -> Schema:
    """The schema of one kind of file: ``terms``, ``rule``, …"""
    schema: Schema = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return schema


def check(node: Node, name: str) -> list[Problem]:
    """All mistakes in a file of the kind ``name``, in the order in which they stand."""
    return list(_check(node, load_schema(name), name))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Advice to append to a message about an unknown name: empty, or the name that is most like it."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f"; did you mean {close[0]!r}?" if close else ""


def _resolve(schema: Schema, file: str) -> tuple[Schema, str]:
    """Follow a ``$ref``: ``#/$defs/words`` in the same file, ``condition.json`` in another."""
    while "$ref" in schema:
        target, _, pointer = schema["$ref"].partition("#")
        file = target.removesuffix(".json") or file
        found = load_schema(file)
        for part in pointer.split("/")[1:]:
            found = found[part]
        schema = found
    return schema, file


def _check(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    schema, file = _resolve(schema, file)
    if "anyOf" in schema:
        yield from _check_any(node, schema, file)
        return
    wrong_type = _type_problem(node, schema)
    if wrong_type:
        yield wrong_type
        return
    for keyword, test in _TESTS.items():
        if keyword in schema:
            yield from test(node, schema, file)


def _check_any(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    """One branch has to hold; the complaints are those of the branch of the node's own type."""
    branches = [_resolve(branch, file) for branch in schema["anyOf"]]
    fitting = [(b, f) for b, f in branches if _type_problem(node, b) is None]
    if not fitting:
        yield _wrong_type(node, " or ".join(_expected(branch) for branch, _ in branches))
        return
    complaints = [list(_check(node, branch, branch_file)) for branch, branch_file in fitting]
    yield from min(complaints, key=len)


def _type_problem(node: Node, schema: Schema) -> Problem | None:
    wanted = schema.get("type")
    types = [wanted] if isinstance(wanted, str) else (wanted or [])
    if not types or any(_is(node, kind, schema) for kind in types):
        return None
    return _wrong_type(node, _expected(schema))


def _wrong_type(node: Node, expected: str) -> Problem:
    if isinstance(node.value, str) and node.kind != "text":
        quote = ": quote it" if "text" in expected else ""
        return node.problem(f"{node.value!r} was read as {node.kind}", expected + quote)
    return node.problem(f"this is {node.kind}", expected)


def _expected(schema: Schema) -> str:
    wanted = schema.get("type", "string")
    kind = " or ".join(_NAMES[t] for t in ([wanted] if isinstance(wanted, str) else wanted))
    return "a date (2026-11-22)" if schema.get("format") == "date" else kind


def _is(node: Node, kind: str, schema: Schema) -> bool:
    if kind == "string":
        return node.is_text or (schema.get("format") == "date" and node.kind == "a date")
    if kind in ("integer", "number"):
        return node.kind == "a number" and _number(node) is not None and (kind == "number" or "." not in node.scalar)
    names = {"array": "a list", "object": "a mapping", "boolean": "a boolean", "null": "null"}
    return node.kind == names[kind]


def _number(node: Node) -> float | None:
    try:
        return float(node.scalar)
    except ValueError:
        return None


def _test_required(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    for key in schema["required"]:
        if key not in node.fields:
            yield node.problem(f"the key {key!r} is missing", f"it, with {_meaning(schema, key, file)}")


def _meaning(schema: Schema, key: str, file: str) -> str:
    member, _ = _resolve(schema.get("properties", {}).get(key, {}), file)
    meaning: str = schema["properties"][key].get("description") or member.get("description") or _expected(member)
    return meaning


def _test_properties(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    known = schema["properties"]
    for key, child in node.fields.items():
        if key in known:
            yield from _check(child, known[key], file)
        elif schema.get("additionalProperties") is False:
            advice = did_you_mean(key, known) or (_COMMA if child.kind == "null" else "")
            yield node.key_problem(key, f"unknown key {key!r}{advice}", ", ".join(known))


def _test_additional(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    if isinstance(schema["additionalProperties"], dict):
        known = schema.get("properties", {})
        for key, child in node.fields.items():
            if key not in known:
                yield from _check(child, schema["additionalProperties"], file)


def _test_names(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    rule, _ = _resolve(schema["propertyNames"], file)
    for key in node.fields:
        if "enum" in rule and key not in rule["enum"]:
            yield node.key_problem(key, f"unknown key {key!r}{did_you_mean(key, rule['enum'])}", _choices(rule))
        elif "pattern" in rule and not re.search(rule["pattern"], key):
            yield node.key_problem(key, f"{key!r} is no valid name", str(rule.get("description", rule["pattern"])))


def _test_items(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    for child in node.items:
        yield from _check(child, schema["items"], file)


def _test_enum(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    if node.is_text and node.scalar not in schema["enum"]:
        advice = did_you_mean(node.scalar, schema["enum"])
        yield node.problem(f"unknown value {node.scalar!r}{advice}", _choices(schema))
    elif node.kind == "a number" and _number(node) not in schema["enum"]:
        yield node.problem(f"unknown value {node.scalar}", _choices(schema))


def _choices(schema: Schema) -> str:
    return "one of " + ", ".join(map(str, schema["enum"]))


def _test_pattern(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    if isinstance(node.value, str) and not re.search(schema["pattern"], node.value):
        yield node.problem(f"{node.value!r} does not fit", str(schema.get("description", schema["pattern"])))


def _test_min_length(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    if isinstance(node.value, str) and len(node.value.strip()) < schema["minLength"]:
        yield node.problem("this text is empty", schema.get("description", "some words"))


def _test_min_items(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    if isinstance(node.value, list) and len(node.value) < schema["minItems"]:
        yield node.problem(f"this list has {len(node.value)} entries", f"at least {schema['minItems']}")


def _test_min_properties(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    if isinstance(node.value, dict) and len(node.value) < schema["minProperties"]:
        yield node.problem("this mapping is empty", "at least one key")


def _test_format(node: Node, schema: Schema, file: str) -> Iterator[Problem]:
    if schema["format"] == "date" and node.kind != "null":
        try:
            date.fromisoformat(node.scalar)
        except ValueError:
            yield node.problem(f"{node.scalar!r} is no date", "a date (2026-11-22)")


_TESTS: dict[str, Callable[[Node, Schema, str], Iterator[Problem]]] = {
    "required": _test_required,
    "properties": _test_properties,
    "additionalProperties": _test_additional,
    "propertyNames": _test_names,
    "items": _test_items,
    "enum": _test_enum,
    "pattern": _test_pattern,
    "minLength": _test_min_length,
    "minItems": _test_min_items,
    "minProperties": _test_min_properties,
    "format": _test_format,
}
