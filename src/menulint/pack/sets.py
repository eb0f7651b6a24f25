"""The named word lists of a language, with one list taking in another."""

from __future__ import annotations

from collections.abc import Mapping

from menulint.errors import Problem
from menulint.pack.model import Alternatives
from menulint.pack.nodes import Node
from menulint.pack.schema import did_you_mean
from menulint.pack.wording import Wording


def resolve_sets(nodes: dict[str, Node], wording: Wording) -> tuple[dict[str, Alternatives], list[Problem]]:
    """The alternatives of each set, every word inflected by the part of speech of the set in which it stands."""
    resolver = _Resolver(nodes, wording)
    return {name: resolver.resolve(name) for name in nodes}, resolver.problems


class _Resolver:
    def __init__(self, nodes: dict[str, Node], wording: Wording) -> None:
        self._nodes, self._wording = nodes, wording
        self._done: dict[str, Alternatives] = {}
        self._open: list[str] = []
        self.problems: list[Problem] = []

    def resolve(self, name: str) -> Alternatives:
        if name not in self._done:
            self._open.append(name)
            node = self._nodes[name]
            found = (found for word in node.all("words") for found in self._word(word, node.text("pos")))
            self._done[name] = tuple(dict.fromkeys(found))
            self._open.pop()
        return self._done[name]

    def _word(self, word: Node, pos: str) -> Alternatives:
        text = word.scalar
        if not (text.startswith("<") and text.endswith(">")):
            return self._wording.inflected(text, pos)
        name = text[1:-1]
        if name not in self._nodes:
            advice = did_you_mean(name, self._nodes)
            self.problems.append(word.problem(f"unknown set {name!r}{advice}", "a set of sets.yaml"))
        elif name in self._open:
            path = " > ".join([*self._open[self._open.index(name) :], name])
            self.problems.append(word.problem(f"a set takes in itself: {path}", "no circle"))
        else:
            return self.resolve(name)
        return ()


def base_words(name: str, nodes: Mapping[str, Node], *, seen: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The verbs of a set as they are written there, those of sets it takes in as well; none if it holds no verbs."""
    node = nodes.get(name)
    if node is None or node.text("pos") != "verb" or name in seen:
        return ()
    found: dict[str, None] = {}
    for word in node.texts("words"):
        inner = word.startswith("<") and word.endswith(">")
        found |= dict.fromkeys(base_words(word[1:-1], nodes, seen=seen | {name}) if inner else (word,))
    return tuple(found)
