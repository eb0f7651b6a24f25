"""A project's own products: what each one is, where the copy names it and leaves that out.

::

    [[products]]
    name = "Stem Glow"
    kind = "cosmetic"
    substance = ["substance.exosome"]           # concepts of the lexicon
    source = ["source.umbilical"]
    status = {GB = "prescription-only"}         # what it is in a place; where nothing is said, what its substances are
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from menulint.tables import listed, one_of, unknown

KINDS = ("cosmetic", "device", "medicine", "own-blood", "supplement")
_FACETS = ("substance", "source")
_KEYS = ("name", "kind", *_FACETS, "status")
_SHORTEST = 3


class Product(NamedTuple):
    """A product. ``concepts`` are the substances and sources it is; ``statuses`` pair jurisdictions with what it is there."""

    name: str
    kind: str
    concepts: tuple[str, ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()


def product_of(table: Mapping[str, Any]) -> Product:
    """The product that a table without ``mistakes`` is."""
    concepts = tuple(concept for facet in _FACETS for concept in listed(table.get(facet, ())))
    statuses = tuple((code.upper(), status) for code, status in table.get("status", {}).items())
    return Product(" ".join(table["name"].split()), table["kind"], concepts, statuses)


def mistakes(table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a table: the key (empty: the table), what is wrong, what was expected."""
    for key in ("name", "kind"):
        if key not in table:
            yield "", f"has no {key}", _expected(key)
    for key, value in table.items():
        if key not in _KEYS:
            yield unknown(key, _KEYS)
        elif not _is_right(key, value):
            yield key, f"cannot be {value!r}", _expected(key)


def _is_right(key: str, value: Any) -> bool:
    if key == "kind":
        return value in KINDS
    if key == "name":
        return isinstance(value, str) and sum(map(str.isalnum, value)) >= _SHORTEST
    if key == "status":
        return isinstance(value, dict) and bool(value) and all(isinstance(one, str) and one for one in value.values())
    return bool(listed(value)) and all(concept.startswith(f"{key}.") for concept in listed(value))


def _expected(key: str) -> str:
    return {
        "name": f"the name in the copy, of {_SHORTEST} letters or more",
        "kind": one_of(KINDS),
        "substance": 'concepts, such as ["substance.exosome"]',
        "source": 'concepts, such as ["source.umbilical"]',
        "status": 'a table of places, such as {GB = "prescription-only"}',
    }[key]
