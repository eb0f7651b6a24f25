"""Runs the examples that stand in the pack: each term's and each rule's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from menulint.linter import Linter, Options
from menulint.pack.load import TermExample
from menulint.pack.matcher import Matcher
from menulint.pack.model import Example, Pack, Rule
from menulint.text.folding import fold

Places: TypeAlias = Mapping[tuple[str, str], str]
"""``path:line`` of each example, by its owner (a rule's id, or language and concept) and its text."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that did not come out as its file says: whose it is, the text, what was wrong, and where it stands.

    ``path`` is ``file:line`` where the line is known.
    """

    owner: str
    text: str
    problem: str
    path: str = ""


def term_failures(pack: Pack, examples: Iterable[TermExample], places: Places) -> Iterator[Failure]:
    """The examples of terms that give no mention of their concept, or one they must not give."""
    matcher = Matcher(pack.lexicon)
    for example in examples:
        hits = matcher.find(pack.speller.righted(fold(example.text)), example.text, {example.lang})
        found = any(pack.lexicon.entries[hit.entry].concept == example.concept for hit in hits)
        if found != (example.kind == "flagged"):
            problem = "a mention that must not be found" if found else "no mention found"
            owner = f"{example.lang}/{example.concept}"
            yield Failure(owner, example.text, problem, places.get((owner, example.text), ""))


def rule_failures(pack: Pack, today: date, places: Places) -> Iterator[Failure]:
    """The examples of rules that their rule does not find, or finds and must not; gaps that are none any more."""
    linters = _Linters(pack, today)
    for rule in pack.rules.values():
        for failure in _failures(linters, rule):
            yield replace(failure, path=places.get((rule.id, failure.text), rule.path))


def _failures(linters: _Linters, rule: Rule) -> Iterator[Failure]:
    for example in rule.flagged:
        yield from _failure(rule, example, _missed(linters, rule, example))
    for example in rule.allowed:
        yield from _failure(rule, example, _raised(linters, rule, example))
    for example in rule.gaps_flagged:
        if not _missed(linters, rule, example):
            yield from _failure(rule, example, "a known miss that is found now: move it to examples")
    for example in rule.gaps_allowed:
        if not _raised(linters, rule, example):
            yield from _failure(rule, example, "a known false alarm that is gone: move it to examples")


class _Linters:
    """One linter per jurisdictions and day that examples ask for, all rules on, so that precedence counts."""

    def __init__(self, pack: Pack, today: date) -> None:
        self._pack, self._today = pack, today
        self._known: dict[Options, Linter] = {}

    def texts(self, rule: Rule, example: Example) -> list[str]:
        """The wordings that carry the rule in an example."""
        day = date.fromisoformat(example.as_of) if example.as_of else self._today
        options = Options(jurisdiction=example.jurisdictions or ("all",), as_of=day)
        if options not in self._known:
            self._known[options] = Linter(self._pack, options)
        result = self._known[options].check_bytes("example", example.text.encode(), format=example.format)
        return [finding.text for finding in result.findings if finding.rule == rule.id]


def _missed(linters: _Linters, rule: Rule, example: Example) -> str:
    texts = linters.texts(rule, example)
    if not texts:
        return "not found"
    if example.span and example.span not in texts:
        return f"found on “{'”, “'.join(texts)}”, not on “{example.span}”"
    return ""


def _raised(linters: _Linters, rule: Rule, example: Example) -> str:
    texts = linters.texts(rule, example)
    return f"found on “{texts[0]}”" if texts else ""


def _failure(rule: Rule, example: Example, problem: str) -> Iterator[Failure]:
    if problem:
        yield Failure(f"{rule.id} {rule.name}", example.text, problem)
