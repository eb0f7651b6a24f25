"""Conditions of rules, ``backs`` and ``permits`` in one canonical shape, which the engine reads.

A condition is a dict of predicates that must all hold:

=====================  =====================================================================
``concept``            a concept id (a bare string is short for it)
``all, any, none``     lists of conditions, each in this same shape
``except, missing``    lists of concept ids (a lone one becomes a list)
``of``                 ``{facet: [concept id, …]}``
``stance, speaker``    lists of strings
``status, within``     strings
``number``             ``{"unit": str}`` with ``"over"`` and ``"under"`` as floats where given
``exceeds_evidence``   bool
=====================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from menulint.pack.model import Condition
from menulint.pack.nodes import Node


def normalise(node: Node) -> Condition:
    """The canonical shape of a condition that has passed its schema."""
    if node.is_text:
        return {"concept": node.scalar}
    return {key: _READERS[key](node, key) for key in node.fields}


def concept_nodes(node: Node) -> Iterator[Node]:
    """The nodes of every concept id in a condition, as they stand."""
    if node.is_text:
        yield node
        return
    for key in ("concept", "except", "missing"):
        yield from node.all(key)
    for key in ("all", "any", "none"):
        for child in node.all(key):
            yield from concept_nodes(child)
    roles = node.get("of")
    for facet in roles.fields if roles else ():
        yield from roles.all(facet) if roles else ()


def _conditions(node: Node, key: str) -> list[Condition]:
    return [normalise(child) for child in node.all(key)]


def _texts(node: Node, key: str) -> list[str]:
    return list(node.texts(key))


def _roles(node: Node, key: str) -> dict[str, list[str]]:
    roles = node.fields[key]
    return {facet: list(roles.texts(facet)) for facet in roles.fields}


def _number(node: Node, key: str) -> dict[str, Any]:
    number = node.fields[key]
    limits: dict[str, Any] = {bound: float(number.text(bound)) for bound in ("over", "under") if bound in number.fields}
    return {"unit": number.text("unit"), **limits}


_READERS: dict[str, Callable[[Node, str], Any]] = {
    "concept": Node.text,
    "all": _conditions,
    "any": _conditions,
    "none": _conditions,
    "except": _texts,
    "missing": _texts,
    "of": _roles,
    "stance": _texts,
    "speaker": _texts,
    "status": Node.text,
    "within": Node.text,
    "number": _number,
    "exceeds_evidence": Node.flag,
}
