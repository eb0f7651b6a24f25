"""What the pack says of a rule, a concept or a row of evidence, as text and as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from msgspec.structs import asdict

from menulint.cli import _law, _show
from menulint.cli._law import Asked
from menulint.engine import evidence, record
from menulint.engine.conditions import head_concepts
from menulint.engine.plain import in_words
from menulint.pack.model import (
    Concept,
    Condition,
    Element,
    EvidenceRow,
    Example,
    Pack,
    Phrase,
    Rule,
)
from menulint.ui import DEFAULT, Catalogue, Word

_MANY = 12
_MANY_TERMS = 40


def rule_named(pack: Pack, name: str) -> Rule | None:
    """The rule with that code (in any case) or name."""
    by_name = {rule.name: rule for rule in pack.rules.values()}
    return pack.rules.get(name.upper()) or by_name.get(name)


def rule_names(pack: Pack) -> list[str]:
    """All codes and names of rules."""
    return [name for rule in pack.rules.values() for name in (rule.id, rule.name)]


def suggestion(name: str, known: Iterable[str]) -> str:
    """``; did you mean …?`` for the known name most like it, or nothing."""
    near = get_close_matches(name, list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""


def terms(pack: Pack, concept: str = "") -> Iterator[tuple[str, str, str]]:
    """Concept, language and wording of the terms of the lexicons, of one concept or of all; each wording once."""
    entries = pack.lexicon.entries
    found: dict[tuple[str, str, str], None] = {}
    for form, meanings in pack.lexicon.forms.items():
        for index, cased in meanings:
            found[entries[index].concept, entries[index].lang, cased or form] = None
    for index, phrase in pack.lexicon.phrases:
        found[entries[index].concept, entries[index].lang, _written(phrase)] = None
    yield from (row for row in found if row[0] and (not concept or row[0] == concept))


def listed(pack: Pack) -> Iterator[tuple[str, str, str]]:
    """List, language and word of the lists of words that no term is made of."""
    for name, by_lang in pack.lexicon.lists.items():
        yield from ((name, lang, word) for lang, words in by_lang.items() for word in words)


def _written(phrase: Phrase) -> str:
    return " ".join(map(_step, phrase.elements))


def _step(element: Element) -> str:
    if element.gap:
        return f"~{element.gap}"
    words = [" ".join(words) for words in element.alternatives[:_MANY]]
    more = "|…" if len(element.alternatives) > _MANY else ""
    text = f"({'|'.join(words)}{more})" if len(words) > 1 else words[0]
    return f"[{text}]" if element.optional else text


# Rules


def show_rule(pack: Pack, rule: Rule, words: Catalogue, wanted: Asked, *, verbose: bool = False) -> None:
    """Print a rule with its examples and the law behind it; what it says, in the language of ``words``.

    ``verbose`` adds its condition as it stands in its file.
    """
    said = rule.wording(words.language)
    head = {"category": Word("category", rule.category), "status": Word("status", rule.status)}
    _show.line(words("rule.head", id=rule.id, name=rule.name, since=rule.since, **head))
    _show.labelled(words("rule.finds"), said.what)
    _show.labelled(words("rule.why"), said.why)
    _show.labelled(words("rule.message"), said.message)
    _show.labelled(words("rule.rewrite"), said.rewrite)
    for title, examples in (
        ("rule.found", rule.flagged),
        ("rule.not-found", rule.allowed),
        ("rule.known-misses", rule.gaps_flagged),
        ("rule.known-alarms", rule.gaps_allowed),
    ):
        _show.listed(words(title), map(_example, examples))
    _show.line()
    _law.show(pack, rule, wanted, words)
    _show.line()
    _show.listed(words("evidence.title"), _researched(pack, rule, words))
    _show.labelled(words("rule.when"), in_words(rule.when, pack, words))
    _show.labelled(words("rule.drops"), ", ".join(rule.supersedes))
    if verbose:
        _show.listed(words("rule.in-file"), _condition(rule.when))
    if words.language not in (DEFAULT, *rule.texts):
        _show.line(words.count("untranslated", 1, rules=rule.id))


def _condition(when: Condition) -> Iterator[str]:
    """The ``when`` of a rule, as it would stand in its file."""
    import yaml

    yield from yaml.safe_dump(when, sort_keys=False, allow_unicode=True).rstrip().split("\n")


def _example(example: Example) -> str:
    text = " ".join(example.text.split())
    return f"{text} ({example.reason})" if example.reason else text


def _researched(pack: Pack, rule: Rule, words: Catalogue) -> Iterator[str]:
    """The rows of evidence on what a rule begins at, where that is an effect or what else is said of a thing."""
    yield from (evidence.in_full(row, words) for row in _rows(pack, rule))


def _rows(pack: Pack, rule: Rule) -> Iterator[EvidenceRow]:
    heads = [head for head in head_concepts(rule.when) if head.partition(".")[0] in evidence.SAID]
    yield from evidence.rows_about(heads, pack)


def rule_value(pack: Pack, rule: Rule, wanted: Asked, language: str) -> dict[str, Any]:
    """A rule as JSON, with the law on it place by place."""
    names = ("id", "name", "category", "status", "since", "supersedes", "when")
    examples = {"flagged": [e.text for e in rule.flagged], "allowed": [e.text for e in rule.allowed]}
    return {
        **{name: getattr(rule, name) for name in names},
        **asdict(rule.wording(language)),
        "examples": examples,
        "places": _law.as_values(pack, rule, wanted),
        "evidence": [asdict(row) for row in _rows(pack, rule)],
    }


# Concepts


def show_evidence(row: EvidenceRow, words: Catalogue) -> None:
    """Print a row of evidence."""
    _show.paragraph(evidence.in_full(row, words))
    _show.line(words("provision.reviewed-on", day=row.reviewed))


def show_concept(pack: Pack, concept: Concept, words: Catalogue, wanted: Asked, *, verbose: bool = False) -> None:
    """Print a concept with its relatives, what it is in each place, the rules and evidence that name it, and its terms.

    ``verbose``: all of its terms.
    """
    kind = words("concept.trigger" if concept.trigger else "concept.support")
    _show.line(f"{concept.id}: {concept.label} ({kind})")
    _show.labelled(words("provision.note"), concept.note)
    if concept.strength:
        _show.labelled(words("concept.strength"), str(concept.strength))
    _show.labelled(words("concept.is-a"), ", ".join(sorted(pack.ancestors[concept.id] - {concept.id})))
    _show.labelled(
        words("concept.kinds"), ", ".join(sorted(c.id for c in pack.concepts.values() if concept.id in c.is_a))
    )
    _show.listed(words("concept.status"), _statuses(pack, concept, words, wanted))
    _show.listed(words("concept.rules"), (f"{rule.id} {rule.name}" for rule in _rules_on(pack, concept)))
    rows = evidence.rows_about((concept.id,), pack)
    _show.listed(words("evidence.title"), (evidence.in_full(row, words) for row in rows))
    _show.listed(words("concept.terms"), _terms_by_language(pack, concept, words, verbose))


def _terms_by_language(pack: Pack, concept: Concept, words: Catalogue, verbose: bool) -> Iterator[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for _, lang, term in terms(pack, concept.id):
        found[lang].append(term)
    for lang, said in found.items():
        shown = said if verbose else said[:_MANY_TERMS]
        more = words("concept.more", n=len(said) - len(shown)) if len(shown) < len(said) else ""
        yield f"{lang}: {', '.join(shown)}{more}"


def _statuses(pack: Pack, concept: Concept, words: Catalogue, wanted: Asked) -> Iterator[str]:
    """What the concept, or one it descends from, is in each place; of a place that was asked for, also that it is nothing."""
    nothing = []
    for code in wanted.places(pack):
        here = [
            pair for pair in record.statuses_of(pack, code, wanted.on) if pair[0].concept in pack.ancestors[concept.id]
        ]
        for status, by in here:
            since = _law.in_force(by, record.IN_FORCE, words)
            taken = words("place.from", source=by.jurisdiction) if by.jurisdiction != code else ""
            yield words(
                "concept.is", place=code + taken, status=Word("law-status", status.status), by=by.id, since=since
            )
        if not here:
            nothing.append(code)
    if nothing and (wanted.codes or len(nothing) < len(pack.jurisdictions)):
        yield words("concept.is-nothing", places=", ".join(nothing))


def _rules_on(pack: Pack, concept: Concept) -> Iterator[Rule]:
    """The rules that begin at a concept or one it descends from, and those that name it."""
    line = pack.ancestors[concept.id]
    for rule in pack.rules.values():
        if not line.isdisjoint(head_concepts(rule.when)) or _named(rule.when, concept.id):
            yield rule


def _named(value: object, concept: str) -> bool:
    """Whether a condition names a concept, at whatever depth."""
    if isinstance(value, dict):
        return any(_named(part, concept) for part in value.values())
    if isinstance(value, list | tuple):
        return any(_named(part, concept) for part in value)
    return value == concept


def concept_value(pack: Pack, concept: Concept, wanted: Asked) -> dict[str, Any]:
    """A concept as JSON, with what it is in each place."""
    statuses = [
        {"place": code, "concept": status.concept, "is": status.status, "by": by.id}
        for code in wanted.places(pack)
        for status, by in record.statuses_of(pack, code, wanted.on)
        if status.concept in pack.ancestors[concept.id]
    ]
    return {
        **asdict(concept),
        "status": statuses,
        "rules": [rule.id for rule in _rules_on(pack, concept)],
        "terms": [{"lang": lang, "text": term} for _, lang, term in terms(pack, concept.id)],
        "evidence": [row.id for row in evidence.rows_about((concept.id,), pack)],
    }
