"""The phrase grammar of terms and cues, compiled to patterns over words.

    phrase   = element { [gap] element } | half [gap] "&" half
    element  = words | set | "(" choice { "|" choice } ")" | "[" … "]"
    choice   = words | set
    set      = "<" name ">"            gap = "~" digits

``[…]`` is optional and holds words, a set or one ``(…|…)``. ``a ~n & b`` stands for ``a ~n b`` and ``b ~n a``: all that
stands left of the ``&`` and all that stands right of it. Phrases are never multiplied out: a set or a choice is one
element with many alternatives. Inside brackets, and inside a word (``R&D``), ``&`` is a word or letter like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from menulint.pack.model import Alternatives, Element, Phrase
from menulint.pack.schema import did_you_mean
from menulint.pack.wording import NUMBER, Wording

GAP_MAX = 20
"""The widest gap a phrase may ask for, in tokens: what is further away belongs to another statement."""

_TOKEN = re.compile(
    r"\s*(?:(?P<set><[^<>]*>)|(?P<gap>~\d*)|(?P<mark>[()\[\]|&<>])|(?P<word>[^\s()\[\]|&<>~]+(?:&[^\s()\[\]|&<>~]+)*))"
)


class PhraseSyntaxError(ValueError):
    """A phrase that does not follow the grammar; ``offset`` counts in its text, in code points from 0."""

    def __init__(self, offset: int, message: str, expected: str = "") -> None:
        self.offset, self.message, self.expected = offset, message, expected
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Fronting:
    """How a language puts an object before its verb ("lines that our serum erases"): words that are verbs there, those that
    may and those that must stand between the two, and those with which it is no claim ("lines that we do not erase").
    """

    verbs: frozenset[str] = frozenset()
    copulas: Alternatives = ()
    links: Alternatives = ()
    denials: Alternatives = ()

    def verbal(self, alternatives: Alternatives) -> float:
        """How many of some alternatives begin with a verb, as a share."""
        return sum(words[0] in self.verbs for words in alternatives) / len(alternatives)


_AFTER_LINK = 3
"""How many words may stand behind what links an object to its verb: "scars, which our gentle new laser removes"."""
_VERBAL, _NOMINAL = 0.7, 0.3
"""The least share of verbs among what is a verb, and the most among what is an object: "lift" and "peel" are both."""


@dataclass(frozen=True, slots=True)
class Token:
    """A mark, word, set or gap of a phrase."""

    kind: str
    text: str
    offset: int


def _tokenise(phrase: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(phrase):
        kind = match.lastgroup or ""
        text = match[kind]
        found.append(Token(text if kind == "mark" else kind, text, match.start(kind)))
    return [*found, Token("end", "", len(phrase))]


class PhraseCompiler:
    """Compiles the phrases of one language; ``sets`` holds the alternatives of its sets."""

    def __init__(
        self,
        wording: Wording,
        sets: Mapping[str, Alternatives],
        cost: Callable[[str], int],
        fronting: Fronting | None = None,
    ) -> None:
        self._wording = wording
        self._sets = sets
        self._cost = cost
        self._fronting = fronting or Fronting()
        self._literals: dict[str, Alternatives] = {}
        self._costs: dict[Alternatives, int | None] = {}
        self._anchors: dict[Alternatives, tuple[str, ...]] = {}

    def compile(self, phrase: str) -> list[Phrase]:
        """One phrase, or two where its halves may stand in either order.

        Raises:
            PhraseSyntaxError: it does not follow the grammar, or names a set that does not exist.
        """
        left, gap, right = _Parser(phrase, self._resolve_set, self._literal).parse()
        if right is None:
            return [self._finish(left)]
        between = [Element(gap=gap)] if gap else []
        return [self._finish([*left, *between, *right]), self._finish([*right, *between, *left])]

    def turned(self, phrase: str) -> tuple[Phrase, Phrase] | None:
        """A verb and its object the other way round, and the same denied; None of any other wording.

        Raises:
            PhraseSyntaxError: it does not follow the grammar, or names a set that does not exist.
        """
        elements, _, right = _Parser(phrase, self._resolve_set, self._literal).parse()
        if right is not None or len(elements) != 3 or not self._fronting.links:
            return None
        verb, gap, thing = elements
        if not gap.gap or verb.optional or thing.optional:
            return None
        if self._fronting.verbal(verb.alternatives) < _VERBAL or self._fronting.verbal(thing.alternatives) > _NOMINAL:
            return None
        begin = [thing, Element(self._fronting.copulas, optional=True), Element(self._fronting.links)]
        near, denial = Element(gap=_AFTER_LINK), Element(self._fronting.denials)
        return self._finish([*begin, near, verb]), self._finish([*begin, near, denial, near, verb])

    def elements(self, phrase: str) -> tuple[Element, ...]:
        """The elements of a part of a wording, which may begin with a gap and has one order.

        Raises:
            PhraseSyntaxError: it does not follow the grammar, or names a set that does not exist.
        """
        found, _, right = _Parser(phrase, self._resolve_set, self._literal, leading_gap=True).parse()
        if right is not None:
            raise PhraseSyntaxError(phrase.index("&"), "'&' stands here", "words in one order")
        return tuple(found)

    def _resolve_set(self, token: Token) -> Alternatives:
        name = token.text[1:-1]
        if name not in self._sets:
            advice = did_you_mean(name, self._sets)
            raise PhraseSyntaxError(token.offset, f"unknown set {name!r}{advice}", "a set of sets.yaml")
        return self._sets[name]

    def _literal(self, words: str) -> Alternatives:
        if words not in self._literals:
            self._literals[words] = self._wording.literal(words)
        return self._literals[words]

    def _finish(self, elements: list[Element]) -> Phrase:
        costs = {i: self._element_cost(e) for i, e in enumerate(elements) if e.alternatives and not e.optional}
        usable = {i: cost for i, cost in costs.items() if cost is not None}
        if not usable:
            raise PhraseSyntaxError(0, "nothing in this phrase has to be there", "one required word or set")
        anchor, *others = sorted(usable, key=lambda i: (usable[i], i))
        need = next((i for i in others if self._is_telling(elements[i])), -1)
        return Phrase(tuple(elements), anchor, need)

    def _is_telling(self, element: Element) -> bool:
        """Whether most texts lack all words of an element."""
        return not any(self._wording.is_common(alternative[0]) for alternative in element.alternatives)

    def _element_cost(self, element: Element) -> int | None:
        """How often the words of an element are likely to stand in a text; None if it cannot be looked up."""
        alternatives = element.alternatives
        if alternatives not in self._costs:
            is_known = not any(NUMBER in alternative for alternative in alternatives)
            self._costs[alternatives] = sum(map(self._cost, self.anchors(alternatives))) if is_known else None
        return self._costs[alternatives]

    def anchors(self, alternatives: Alternatives) -> tuple[str, ...]:
        """The rarest word of each alternative: where it stands, the alternative is tried."""
        if alternatives not in self._anchors:
            self._anchors[alternatives] = tuple(dict.fromkeys(map(self._rarest, alternatives)))
        return self._anchors[alternatives]

    def _rarest(self, alternative: tuple[str, ...]) -> str:
        return alternative[0] if len(alternative) == 1 else min(alternative, key=lambda word: (self._cost(word), word))


class _Parser:
    def __init__(
        self,
        phrase: str,
        resolve_set: Callable[[Token], Alternatives],
        literal: Callable[[str], Alternatives],
        *,
        leading_gap: bool = False,
    ) -> None:
        self._tokens = _tokenise(phrase)
        self._at = 0
        self._leading_gap = leading_gap
        self._resolve_set, self._literal = resolve_set, literal

    def parse(self) -> tuple[list[Element], int, list[Element] | None]:
        """The elements; with ``&`` those of the left half, the gap, and those of the right half."""
        left = self._half()
        if self._next.kind != "&":
            self._expect("end")
            return left, 0, None
        gap = left.pop().gap if left[-1].gap else 0
        self._take()
        right = self._half()
        if self._next.kind == "&":
            raise PhraseSyntaxError(self._next.offset, "a second '&'", "one '&' per phrase")
        self._expect("end")
        return left, gap, right

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _expect(self, kind: str) -> Token:
        token = self._take()
        if token.kind != kind:
            raise _unexpected(token, f"{kind!r}" if kind != "end" else "the end of the phrase")
        return token

    def _half(self) -> list[Element]:
        elements: list[Element] = []
        while self._next.kind not in ("end", "&"):
            if self._next.kind == "gap":
                elements.append(self._gap(after=elements))
            else:
                elements.append(self._element())
        if not elements:
            raise _unexpected(self._next, "a word or a set")
        if elements[-1].gap and self._next.kind == "end":
            raise _unexpected(self._next, "a word or a set after the gap")
        return elements

    def _gap(self, after: list[Element]) -> Element:
        token = self._take()
        if (not after and not self._leading_gap) or (after and after[-1].gap):
            expected = "a word or a set before a gap" + (", as in 'a ~3 & b'" if token.offset else "")
            raise PhraseSyntaxError(token.offset, f"the gap {token.text!r} follows no word", expected)
        width = int(token.text[1:] or 0) if len(token.text) < 5 else 0
        if not 1 <= width <= GAP_MAX:
            raise PhraseSyntaxError(token.offset, f"a gap of {token.text!r}", f"~1 to ~{GAP_MAX}")
        return Element(gap=width)

    def _element(self) -> Element:
        token = self._take()
        if token.kind == "word":
            return Element(self._literal(token.text))
        if token.kind == "set":
            return Element(self._resolve_set(token))
        if token.kind == "(":
            return Element(self._choices(")"))
        if token.kind == "[":
            return self._optional()
        raise _unexpected(token, "a word, a set, '(' or '['")

    def _optional(self) -> Element:
        if self._next.kind == "(":
            self._take()
            alternatives = self._choices(")")
            self._expect("]")
        else:
            alternatives = self._choice()
            self._expect("]")
        return Element(alternatives, optional=True)

    def _choices(self, closing: str) -> Alternatives:
        found = list(self._choice())
        while self._next.kind == "|":
            self._take()
            found += self._choice()
        self._expect(closing)
        return tuple(dict.fromkeys(found))

    def _choice(self) -> Alternatives:
        if self._next.kind == "set":
            return self._resolve_set(self._take())
        words = list(self._words())
        if not words:
            raise _unexpected(self._next, "a word or a set")
        return self._literal(" ".join(words))

    def _words(self) -> Iterator[str]:
        while self._next.kind in ("word", "&"):
            yield self._take().text


def _unexpected(token: Token, expected: str) -> PhraseSyntaxError:
    found = "the end of the phrase" if token.kind == "end" else repr(token.text)
    return PhraseSyntaxError(token.offset, f"{found} stands here", expected)
