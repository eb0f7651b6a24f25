"""Ways out of a rule's wordings: the ``fixes`` of rules, compiled for one language.

Each entry is a row of parts, and all of them have to stand side by side:

    before    words that stay
    verbs     any form of these verbs, replaced by the same form of the verb that ``write`` begins with
    words     or: phrases, replaced by ``write`` as it is
    after     words that stay
    drop      words that go
    ends      true: the clause must end there
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from menulint.errors import Problem
from menulint.pack.inflect import Inflection
from menulint.pack.model import Element, Rewording
from menulint.pack.nodes import Node
from menulint.pack.phrases import PhraseCompiler, PhraseSyntaxError
from menulint.pack.sets import base_words
from menulint.pack.wording import Wording, tokens

ANY = ""
"""The key under which ``Rewording.writes`` has what is written for words that are not listed."""


class RewordingCompiler:
    """Compiles the fixes of one language; ``problems`` collects what is wrong with them."""

    def __init__(
        self,
        lang: str,
        phrases: PhraseCompiler,
        inflection: Inflection,
        wording: Wording,
        sets: Mapping[str, Node],
    ) -> None:
        self._lang, self._phrases, self._inflection = lang, phrases, inflection
        self._wording, self._sets = wording, sets
        self.problems: list[Problem] = []

    def compile(self, rule: str, entries: Iterable[Node]) -> Iterator[Rewording]:
        """The rewordings of one rule, in the order in which they are tried."""
        for node in entries:
            if ("verbs" in node.fields) == ("words" in node.fields):
                self.problems.append(node.problem("this fix replaces nothing it could find", "either verbs or words"))
                continue
            yield from self._entry(rule, node)

    def _entry(self, rule: str, node: Node) -> Iterator[Rewording]:
        before, after, drop = (self._part(node.get(key)) for key in ("before", "after", "drop"))
        example = node.fields["example"].items
        for change, writes in self._changes(node):
            yield Rewording(
                rule,
                self._lang,
                before,
                change,
                after,
                drop,
                writes,
                node.flag("ends"),
                node.flag("safe"),
                (example[0].scalar, example[1].scalar),
            )

    def _changes(self, node: Node) -> Iterator[tuple[tuple[Element, ...], dict[str, str]]]:
        """What is replaced, and by what: all verbs at once, each of several phrases by itself."""
        if "verbs" in node.fields:
            writes = self._forms(node)
            yield (Element(tuple(tuple(words.split(" ")) for words in writes)),), writes
        for phrase in node.all("words"):
            yield self._part(phrase), {ANY: node.text("write")}

    def _forms(self, node: Node) -> dict[str, str]:
        """Every form of the verbs, in every spelling, with the same form of what is written for them."""
        write, found = node.text("write"), dict[str, str]()
        for verb in node.all("verbs"):
            for base in self._bases(verb):
                for form, written in self._inflection.exchanged(base, write).items():
                    for spelling in self._wording.spellings(form):
                        found.setdefault(" ".join(tokens(spelling)), written)
        return found

    def _bases(self, verb: Node) -> tuple[str, ...]:
        if not verb.scalar.startswith("<"):
            return (verb.scalar,)
        found = base_words(verb.scalar[1:-1], self._sets)
        if not found:
            self.problems.append(verb.problem(f"no verbs are called {verb.scalar!r}", "a set of verbs of sets.yaml"))
        return found

    def _part(self, node: Node | None) -> tuple[Element, ...]:
        if node is None:
            return ()
        try:
            return self._phrases.elements(node.scalar)
        except PhraseSyntaxError as error:
            self.problems.append(node.problem(error.message, error.expected, offset=error.offset))
            return ()
