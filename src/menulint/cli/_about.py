"""What the pack says of a rule, a concept or a provision, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from menulint.cli import _show
from menulint.engine import evidence
from menulint.engine.conditions import head_concepts
from menulint.pack.model import (
    Concept,
    Condition,
    Element,
    EvidenceRow,
    Example,
    Jurisdiction,
    Pack,
    Phrase,
    Provision,
    Rule,
)
from menulint.ui import DEFAULT, Catalogue, Word

_MANY = 12


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


def show_rule(pack: Pack, rule: Rule, words: Catalogue) -> None:
    """Print a rule with its condition, examples and the law behind it; what it says, in the language of ``words``."""
    said = rule.wording(words.language)
    head = {"category": Word("category", rule.category), "status": Word("status", rule.status)}
    _show.line(words("rule.head", id=rule.id, name=rule.name, since=rule.since, **head))
    _show.labelled(words("rule.finds"), said.what)
    _show.labelled(words("rule.why"), said.why)
    _show.listed(words("rule.when"), _condition(rule.when))
    _show.labelled(words("rule.message"), said.message)
    _show.labelled(words("rule.rewrite"), said.rewrite)
    _show.labelled(words("rule.drops"), ", ".join(rule.supersedes))
    for title, examples in (
        ("rule.found", rule.flagged),
        ("rule.not-found", rule.allowed),
        ("rule.known-misses", rule.gaps_flagged),
        ("rule.known-alarms", rule.gaps_allowed),
    ):
        _show.listed(words(title), map(_example, examples))
    _show.listed(words("rule.law"), _law(pack, rule, words))
    _show.listed(words("evidence.title"), _researched(pack, rule, words))
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
    heads = [head for head in head_concepts(rule.when) if head.partition(".")[0] in evidence.SAID]
    yield from (evidence.in_full(row, words) for row in evidence.rows_about(heads, pack))


def _law(pack: Pack, rule: Rule, words: Catalogue) -> Iterator[str]:
    for jurisdiction in sorted(pack.jurisdictions.values(), key=lambda j: j.code):
        for provision in jurisdiction.provisions:
            for backing in (b for b in provision.backs if b.rule == rule.id):
                said = words.name("verdict", backing.verdict), words.name("severity", backing.severity)
                where = f"{jurisdiction.code}: {', '.join(said)}"
                yield f"{where}, {provision.id}: {provision.instrument}, {provision.provision} {provision.url}"
            if any(permit.rule == rule.id for permit in provision.permits):
                yield words("rule.permitted", place=jurisdiction.code, provision=provision.id, url=provision.url)


# Concepts


def show_evidence(row: EvidenceRow, words: Catalogue) -> None:
    """Print a row of evidence."""
    _show.paragraph(evidence.in_full(row, words))


def show_concept(pack: Pack, concept: Concept, words: Catalogue) -> None:
    """Print a concept with its relatives, its terms, the rules and evidence that name it."""
    kind = "trigger: can begin a finding" if concept.trigger else "support: read only beside a trigger"
    _show.line(f"{concept.id}: {concept.label} ({kind})")
    _show.labelled("note", concept.note)
    if concept.strength:
        _show.labelled("strength of the promise, 1 to 4", str(concept.strength))
    _show.labelled("is a kind of", ", ".join(sorted(pack.ancestors[concept.id] - {concept.id})))
    _show.labelled("kinds of it", ", ".join(sorted(c.id for c in pack.concepts.values() if concept.id in c.is_a)))
    _show.listed("terms", (f"{lang}: {term}" for _, lang, term in terms(pack, concept.id)))
    _show.listed("status", _statuses(pack, concept.id))
    _show.listed("rules that name it", (f"{r.id} {r.name}" for r in pack.rules.values() if _named(r.when, concept.id)))
    rows = evidence.rows_about((concept.id,), pack)
    _show.listed(words("evidence.title"), (evidence.in_full(row, words) for row in rows))


def _statuses(pack: Pack, concept: str) -> Iterator[str]:
    for code, jurisdiction in sorted(pack.jurisdictions.items()):
        yield from (f"{code}: {s.status}, by {s.by}" for s in jurisdiction.statuses if s.concept == concept)


def _named(value: object, concept: str) -> bool:
    """Whether a condition names a concept, at whatever depth."""
    if isinstance(value, dict):
        return any(_named(part, concept) for part in value.values())
    if isinstance(value, list | tuple):
        return any(_named(part, concept) for part in value)
    return value == concept


# Provisions


def show_provision(pack: Pack, provision: Provision) -> None:
    """Print a provision with what it backs and permits."""
    jurisdiction: Jurisdiction = pack.jurisdictions[provision.jurisdiction]
    _show.line(f"{provision.id} ({jurisdiction.code}, {jurisdiction.name}; {provision.domain})")
    _show.labelled("says, in our words", provision.gist)
    _show.labelled("where", f"{provision.instrument}, {provision.provision}")
    _show.line(f"link: {provision.url}")
    _show.labelled("kind", f"{provision.binding}; source: {provision.source_type}; how sure: {provision.confidence}")
    begins = provision.in_force_from or "start not established"
    _show.labelled("in force", f"{begins} to {provision.in_force_to or 'today'}; reviewed {provision.reviewed}")
    _show.labelled("note", provision.note if provision.verified else f"not verified, so never cited. {provision.note}")
    for title, backings in (("backs", provision.backs), ("permits", provision.permits)):
        for backing in backings:
            name = pack.rules[backing.rule].name if backing.rule in pack.rules else ""
            _show.line(f"{title} {backing.rule} {name}: {backing.verdict}, {backing.severity}")
            if backing.when:
                _show.listed("when", _condition(backing.when), indent=2)
