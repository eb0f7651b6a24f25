"""Conditions of rules and provisions in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from menulint.pack.model import Condition, Pack
from menulint.ui import Catalogue


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that must hold, and the lines that say more of it."""

    text: str
    below: tuple[Line, ...] = ()


class Wording:
    """Says conditions in the words of the concepts of a pack."""

    def __init__(self, pack: Pack, words: Catalogue) -> None:
        self._pack, self._words = pack, words

    def label(self, concept: str) -> str:
        """What a concept is called."""
        known = self._pack.concepts.get(concept)
        return known.label if known else concept

    def html(self, condition: Condition) -> Markup:
        """A condition as a list with lists in it."""
        return _listed((self.line(condition),))

    def line(self, condition: Condition) -> Line:
        """What must hold, in words."""
        scope = f" (in the same {self._words.name('scope', condition['within'])})" if "within" in condition else ""
        lines = [line for key, value in condition.items() for line in self._lines(key, value)]
        if len(lines) == 1:
            return Line(lines[0].text + scope, lines[0].below)
        return Line(f"all of these hold{scope}", tuple(lines))

    def _lines(self, key: str, value: Any) -> Iterator[Line]:
        if key == "all":
            yield from map(self.line, value)
        elif key in ("any", "none"):
            yield self._choice("one of these" if key == "any" else "none of these", list(map(self.line, value)))
        elif key == "of":
            yield from (
                Line(f"{self._words.name('facet', facet)}: {self._labels(ids)}") for facet, ids in value.items()
            )
        elif key in _PLAIN:
            yield Line(_PLAIN[key](self, value))

    def _choice(self, title: str, lines: Sequence[Line]) -> Line:
        if any(line.below for line in lines):
            return Line(title, tuple(lines))
        return Line(
            f"{title}: {', '.join(line.text for line in lines)}" if len(lines) > 1 else f"{title}: {lines[0].text}"
        )

    def _labels(self, concepts: Sequence[str]) -> str:
        return ", ".join(map(self.label, concepts))

    def _named(self, kind: str, values: Sequence[str]) -> str:
        return " or ".join(self._words.name(kind, value) for value in values)


def _number(_: Wording, value: dict[str, Any]) -> str:
    limits = " and ".join(f"{bound} {value[bound]:g}" for bound in ("over", "under") if bound in value)
    return f"a number of {value['unit']} {limits}".rstrip()


_PLAIN: dict[str, Callable[[Wording, Any], str]] = {
    "concept": Wording.label,
    "except": lambda w, v: f"unless the same words mean: {w._labels(v)}",
    "missing": lambda w, v: f"not said: {w._labels(v)}",
    "status": lambda w, v: f"it is {w._words.name('law-status', v)} in the place that is judged",
    "stance": lambda w, v: f"it is {w._named('stance', v)}",
    "speaker": lambda w, v: f"it is said by {w._named('speaker', v)}",
    "exceeds_evidence": lambda _, v: "it promises more than the evidence carries" if v else "the evidence carries it",
    "number": _number,
}


def _listed(lines: Sequence[Line]) -> Markup:
    items = (Markup("<li>{}{}</li>").format(line.text, _listed(line.below) if line.below else "") for line in lines)
    return Markup("<ul>{}</ul>").format(Markup("").join(items))
