"""Conditions of rules and provisions in plain words, for people who will never read their YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from menulint.pack.model import Condition, Pack
from menulint.ui import Catalogue

_Say = Callable[["_Reader", Any], str]


def in_words(condition: Condition, pack: Pack, words: Catalogue) -> str:
    """A condition as one phrase: ``exosomes, and injection or mesotherapy``. Concepts go by their labels."""
    return _Reader(pack, words).say(condition)


class _Reader:
    def __init__(self, pack: Pack, words: Catalogue) -> None:
        self._pack, self.words = pack, words

    def say(self, condition: Condition) -> str:
        """All predicates of a condition, in the order in which a person would say them."""
        said = [_SAYS[name](self, condition[name]) for name in _SAYS if condition.get(name)]
        if condition.get("exceeds_evidence") is False:
            said.append(self.words("condition.carried"))
        whole = self.words("condition.and").join(filter(None, said))
        scope = condition.get("within")
        return self.words("condition.within", what=whole, scope=self.words.name("scope", scope)) if scope else whole

    def part(self, condition: Condition) -> str:
        """A condition inside another: in brackets where it is made of several parts."""
        said = self.say(condition)
        return f"({said})" if len(condition.keys() - {"within"}) > 1 or self._branches(condition) else said

    @staticmethod
    def _branches(condition: Condition) -> bool:
        return any(len(condition.get(name, ())) > 1 for name in ("all", "any"))

    def either(self, conditions: Iterable[Condition]) -> str:
        return self.words("condition.or").join(dict.fromkeys(self._inside("any", c) for c in conditions))

    def every(self, conditions: Iterable[Condition]) -> str:
        return self.words("condition.and").join(dict.fromkeys(self._inside("all", c) for c in conditions))

    def _inside(self, name: str, condition: Condition) -> str:
        """A nested list of the same kind needs no brackets."""
        return self.say(condition) if set(condition) == {name} else self.part(condition)

    def labels(self, concepts: Iterable[str]) -> str:
        known = self._pack.concepts
        return self.words("condition.or").join(dict.fromkeys(known[c].label if c in known else c for c in concepts))

    def roles(self, roles: dict[str, list[str]]) -> str:
        said = (
            self.words("condition.of", facet=self.words.name("facet", facet), what=self.labels(wanted))
            for facet, wanted in roles.items()
        )
        return self.words("condition.and").join(said)

    def number(self, number: dict[str, Any]) -> str:
        limits = [
            self.words(f"condition.{bound}", limit=f"{number[bound]:g}")
            for bound in ("over", "under")
            if bound in number
        ]
        return self.words("condition.number", unit=str(number["unit"]), limits=" ".join(limits))


_SAYS: dict[str, _Say] = {
    "concept": lambda reader, concept: reader.labels((concept,)),
    "any": lambda reader, conditions: reader.either(conditions),
    "all": lambda reader, conditions: reader.every(conditions),
    "of": lambda reader, roles: reader.roles(roles),
    "status": lambda r, status: r.words("condition.status", status=r.words.name("law-status", status)),
    "number": lambda reader, number: reader.number(number),
    "stance": lambda r, stances: r.words(
        "condition.stance", what=", ".join(r.words.name("stance", s) for s in stances)
    ),
    "speaker": lambda r, said: r.words("condition.speaker", what=", ".join(r.words.name("speaker", s) for s in said)),
    "except": lambda r, concepts: r.words("condition.without", what=r.labels(concepts)),
    "none": lambda r, conditions: r.words("condition.without", what=r.either(conditions)),
    "missing": lambda r, concepts: r.words("condition.missing", what=r.labels(concepts)),
    "exceeds_evidence": lambda r, _: r.words("condition.exceeds"),
}
