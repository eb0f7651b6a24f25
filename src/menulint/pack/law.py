"""Concepts, rules, jurisdictions and evidence: checked files made into the values of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

from msgspec.structs import replace

from menulint.errors import Problem
from menulint.finding import SEVERITIES
from menulint.pack.conditions import concept_nodes, normalise
from menulint.pack.files import PackFile
from menulint.pack.model import (
    ANSWERS,
    YEAR_CITED,
    Backing,
    Concept,
    EvidenceRow,
    Example,
    Inheritance,
    Jurisdiction,
    Provision,
    Rule,
    Status,
    Wording,
)
from menulint.pack.nodes import Node
from menulint.pack.schema import did_you_mean
from menulint.pack.wording import folded

PREFIXES = {
    "route": "RTE",
    "source": "SRC",
    "efficacy": "EFF",
    "medicinal": "MED",
    "evidence": "EVD",
    "approval": "APR",
    "safety": "SAF",
    "prescription": "POM",
    "superiority": "CMP",
    "pressure": "PRS",
    "testimonial": "TST",
    "disclosure": "DSC",
    "obfuscation": "OBF",
}
"""The letters that begin a rule's id, by category; the rules of third parties begin with X."""

_RULE_TEXTS = tuple("id name category what why message rewrite status since".split())
_WORDING_TEXTS = ("what", "why", "message", "rewrite")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_PROVISION_TEXTS = tuple(
    "id domain gist instrument provision url source_type binding confidence reviewed note backs_nothing".split()
)
_EVIDENCE_TEXTS = tuple(
    "id substance effect route level certainty finding supports does_not_support reviewed condition".split()
)
_EVIDENCE_SENTENCES = ("finding", "supports", "does_not_support")
_PROVISION_NAME = re.compile(r"[A-Z0-9][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)+")
_OF_EVIDENCE = {
    "substance": ("substance",),
    "effect": ("effect", "safety", "authority", "comparison"),
    "route": ("route",),
    "condition": ("condition",),
}
"""The facets that a key of an evidence row can be of; its effect is whatever is said of the substance."""

DEFAULT_SEVERITY = {"prohibited": "error", "needs-evidence": "warning", "advice": "info"}


class LawReader:
    """Reads the files that are not words, and checks what they say of each other."""

    def __init__(self, files: Iterable[PackFile]) -> None:
        self._files = list(files)
        self.problems: list[Problem] = []
        self.concepts: dict[str, Concept] = {}
        self.rules: dict[str, Rule] = {}
        self.jurisdictions: dict[str, Jurisdiction] = {}
        self.evidence: dict[str, EvidenceRow] = {}
        self._provisions: dict[str, Node] = {}
        self._first: dict[tuple[str, str], Node] = {}

    def read(self) -> None:
        """Read everything; problems are collected."""
        self._read_concepts()
        for file in self._of_kind("rule"):
            self._add_rule(file)
        for file in self._of_kind("jurisdiction"):
            self._add_jurisdiction(file)
        for file in self._of_kind("evidence"):
            self._add_evidence(file)
        self._check_references()

    def _of_kind(self, kind: str) -> Iterator[PackFile]:
        return (file for file in self._files if file.kind == kind)

    def _say(self, problem: Problem) -> None:
        self.problems.append(problem)

    def _twice(self, what: str, node: Node) -> Problem:
        """An id that something has already, perhaps in the pack that this one adds to."""
        first = self._first[what, node.scalar]
        return node.problem(
            f"the {what} {node.scalar!r} exists already", f"another id: the first stands at {first.path}:{first.line}"
        )

    # -- concepts

    def _read_concepts(self) -> None:
        nodes = [(file.place, node) for file in self._of_kind("concepts") for node in file.root.items]
        for place, node in nodes:
            self._add_concept(place, node)
        for _, node in nodes:
            self._check_parents(node)
        for _, node in nodes:
            self._check_circle(node)

    def _add_concept(self, place: PurePosixPath, node: Node) -> None:
        identity, facet = node.text("id"), node.text("id").partition(".")[0]
        if identity in self.concepts:
            self._say(self._twice("concept", node.fields["id"]))
            return
        self._first["concept", identity] = node
        if facet != place.stem:
            self._say(node.fields["id"].problem(f"{identity!r} stands in {place.name}", f"it in {facet}.yaml"))
        if "strength" in node.fields and facet != "effect":
            self._say(node.key_problem("strength", "only effects have a strength"))
        self.concepts[identity] = Concept(
            identity,
            node.text("label"),
            node.texts("is_a"),
            node.text("kind", "trigger") == "trigger",
            int(node.text("strength", "0")),
            node.text("note"),
            *(node.text(answer) for answer in ANSWERS),
        )

    def _check_parents(self, node: Node) -> None:
        facet = node.text("id").partition(".")[0]
        for parent in node.all("is_a"):
            if self._known_concept(parent) and parent.scalar.partition(".")[0] != facet:
                self._say(parent.problem(f"{parent.scalar!r} is of another facet", f"a concept of {facet}"))
        for answer in ANSWERS:
            if answer in node.fields:
                self._known_concept(node.fields[answer])

    def _known_concept(self, node: Node) -> bool:
        if node.scalar in self.concepts:
            return True
        advice = did_you_mean(node.scalar, self.concepts)
        self._say(node.problem(f"unknown concept {node.scalar!r}{advice}", "an id of lexicons/concepts"))
        return False

    def _check_circle(self, node: Node) -> None:
        """Whether a concept descends from itself; the circle is cut so that ancestors stay finite."""
        identity = node.text("id")
        concept = self.concepts[identity]
        kept = tuple(p for p in concept.is_a if p in self.concepts and not self._descends(p, identity))
        for parent in node.all("is_a"):
            if parent.scalar in self.concepts and parent.scalar not in kept:
                self._say(parent.problem(f"{identity!r} descends from itself through {parent.scalar!r}", "no circle"))
        self.concepts[identity] = replace(concept, is_a=kept)

    def _descends(self, concept: str, ancestor: str) -> bool:
        seen, todo = {concept}, [concept]
        while todo:
            current = todo.pop()
            if current == ancestor:
                return True
            fresh = [p for p in self.concepts[current].is_a if p in self.concepts and p not in seen]
            seen.update(fresh)
            todo += fresh
        return False

    # -- rules

    def _add_rule(self, file: PackFile) -> None:
        node = file.root
        self._check_rule_place(file)
        if node.text("id") in self.rules:
            self._say(self._twice("rule", node.fields["id"]))
            return
        self._first["rule", node.text("id")] = node
        self._check_condition(node)
        self._check_gaps(node)
        self._check_texts(node)
        self.rules[node.text("id")] = _rule(file)

    def _check_rule_place(self, file: PackFile) -> None:
        node = file.root
        identity, name, category = node.text("id"), node.text("name"), node.text("category")
        if not identity.startswith(("X", PREFIXES[category])):
            message = f"{identity!r} does not fit the category {category!r}"
            self._say(node.fields["id"].problem(message, f"an id that begins with {PREFIXES[category]}"))
        if name != file.place.stem:
            self._say(node.fields["name"].problem(f"{name!r} stands in {file.place.name}", "the name of the file"))
        if category != file.place.parts[1]:
            message = f"{category!r} stands in the folder {file.place.parts[1]!r}"
            self._say(node.fields["category"].problem(message, "the name of the folder"))

    def _check_condition(self, node: Node) -> None:
        condition = node.get("when")
        for concept in concept_nodes(condition) if condition else ():
            self._known_concept(concept)

    def _check_gaps(self, node: Node) -> None:
        for example in _example_nodes(node):
            text, span = example.text("text"), example.text("span")
            if span and span not in text:
                self._say(example.fields["span"].problem(f"{span!r} does not stand in the text", "a part of the text"))

    def _check_texts(self, node: Node) -> None:
        """A translation names what the English text names."""
        for wording in _texts(node).values():
            for key in ("message", "rewrite"):
                wanted = sorted(set(_PLACEHOLDER.findall(node.text(key))))
                if sorted(set(_PLACEHOLDER.findall(wording.text(key)))) != wanted:
                    expected = " and ".join(wanted) or "none"
                    self._say(
                        wording.fields[key].problem("its placeholders are not those of the English text", expected)
                    )

    # -- jurisdictions

    def _add_jurisdiction(self, file: PackFile) -> None:
        node = file.root
        code = node.text("code")
        if code != file.place.stem:
            self._say(node.fields["code"].problem(f"{code!r} stands in {file.place.name}", "the name of the file"))
        provisions = tuple(p for each in node.all("provisions") if (p := self._provision(each, code)))
        found = _jurisdiction(node, provisions)
        known = self.jurisdictions.get(code)
        self.jurisdictions[code] = _merge(known, found) if known else found

    def _provision(self, node: Node, code: str) -> Provision | None:
        identity = node.text("id")
        if identity in self._provisions:
            self._say(self._twice("provision", node.fields["id"]))
            return None
        self._first["provision", identity] = node
        self._provisions[identity] = node
        self._check_provision(node)
        return _provision(node, code)

    def _check_provision(self, node: Node) -> None:
        backings = [*node.all("backs"), *node.all("permits")]
        for backing in backings:
            self._check_condition(backing)
            self._check_severity(backing)
        if not backings and "backs_nothing" not in node.fields:
            expected = "backs, permits, or backs_nothing with why"
            self._say(node.problem("this provision neither backs nor permits", expected))
        if backings and "backs_nothing" in node.fields:
            self._say(node.key_problem("backs_nothing", "this provision does back or permit", "one or the other"))
        if backings and not node.flag("verified", True):
            self._say(node.key_problem("verified", "a provision that was not verified backs nothing", "empty lists"))
        self._check_days(node)

    def _check_severity(self, backing: Node) -> None:
        verdict, severity = backing.text("verdict"), backing.text("severity")
        if verdict and severity and SEVERITIES.index(severity) > SEVERITIES.index(DEFAULT_SEVERITY[verdict]):
            message = f"{severity!r} is more than {verdict!r} carries"
            self._say(backing.fields["severity"].problem(message, f"{DEFAULT_SEVERITY[verdict]} or less"))

    def _check_reviewed(self, node: Node) -> None:
        """A review cannot lie ahead. One day is let pass, since the day is not the same everywhere."""
        today = date.today()
        if date.fromisoformat(node.text("reviewed")) > today + timedelta(days=1):
            message = f"reviewed on {node.text('reviewed')}, which lies ahead of today ({today})"
            self._say(node.fields["reviewed"].problem(message, "the day on which the text was last read"))

    def _check_days(self, node: Node) -> None:
        self._check_reviewed(node)
        days = node.get("in_force")
        first, last = _day(days, "from"), _day(days, "to")
        if days and first and last and first > last:
            self._say(days.fields["to"].problem(f"in force to {last}, from {first}", "an end after the start"))

    # -- evidence

    def _add_evidence(self, file: PackFile) -> None:
        for node in file.root.items:
            if node.text("id") in self.evidence:
                self._say(self._twice("row", node.fields["id"]))
                continue
            self._first["row", node.text("id")] = node
            for key, facets in _OF_EVIDENCE.items():
                if key in node.fields:
                    self._check_role(node.fields[key], facets)
            self._check_source(node)
            self._check_reviewed(node)
            self.evidence[node.text("id")] = _evidence_row(node)

    def _check_role(self, node: Node, facets: tuple[str, ...]) -> None:
        if self._known_concept(node) and node.scalar.partition(".")[0] not in facets:
            expected = f"a concept of {', '.join(facets)}"
            self._say(node.problem(f"{node.scalar!r} is no {facets[0]}", expected))

    def _check_source(self, node: Node) -> None:
        """A row is about something, cites somebody, and was reviewed after what it cites came out."""
        if not any(key in node.fields for key in ("substance", "route", "condition")):
            self._say(node.problem("this row is about nothing", "substance, route or condition"))
        if not node.all("citations"):
            self._say(node.key_problem("citations", "this row cites nothing", "at least one citation"))
        for citation in node.all("citations"):
            year = next(iter(YEAR_CITED.findall(citation.text("ref"))), "")
            if year > node.text("reviewed")[:4]:
                message = f"reviewed {node.text('reviewed')}, before {year}, the year of this citation"
                self._say(citation.fields["ref"].problem(message, "the day of the last review"))

    # -- what files say of each other

    def _check_references(self) -> None:
        for file in self._of_kind("rule"):
            for other in file.root.all("supersedes"):
                self._check_supersedes(file.root.text("id"), other)
            self._check_cited(file.root, _rule_texts(file.root))
        for node in self._provisions.values():
            for backing in (*node.all("backs"), *node.all("permits")):
                self._check_known(backing.fields["rule"], self.rules, "rule")
        for file in self._of_kind("evidence"):
            for row in file.root.items:
                self._check_cited(row, (row.fields[key] for key in _EVIDENCE_SENTENCES if key in row.fields))
        seen: dict[tuple[str, str], Node] = {}
        for file in self._of_kind("jurisdiction"):
            self._check_jurisdiction(file.root, seen)
        for condition in self._conditions():
            self._check_status_asked(condition, {status for _, status in self._statuses()})

    def _check_supersedes(self, rule: str, other: Node) -> None:
        """A rule drops another that exists and does not, by way of whatever others, drop it in turn."""
        self._check_known(other, self.rules, "rule")
        seen, todo = {other.scalar}, [other.scalar]
        while todo:
            current = todo.pop()
            if current == rule:
                self._say(other.problem(f"{rule!r} supersedes itself by way of {other.scalar!r}", "no circle"))
                return
            fresh = [r for r in (self.rules[current].supersedes if current in self.rules else ()) if r not in seen]
            seen.update(fresh)
            todo += fresh

    def _check_cited(self, owner: Node, texts: Iterable[Node]) -> None:
        """Nothing that people read cites a provision that was not verified."""
        for text in texts:
            for name in _PROVISION_NAME.findall(text.scalar):
                cited = self._provisions.get(name)
                if cited is not None and not cited.flag("verified", True):
                    message = f"{owner.text('id')!r} cites {name!r}, which was not verified"
                    self._say(text.problem(message, "a verified provision, or none"))

    def _conditions(self) -> Iterator[Node]:
        """Every condition of rules and provisions."""
        rules = (file.root for file in self._of_kind("rule"))
        backings = (b for node in self._provisions.values() for b in (*node.all("backs"), *node.all("permits")))
        yield from (found for node in (*rules, *backings) if (found := node.get("when")))

    def _statuses(self) -> Iterator[tuple[str, str]]:
        return ((s.concept, s.status) for place in self.jurisdictions.values() for s in place.statuses)

    def _check_status_asked(self, condition: Node, known: set[str]) -> None:
        """A status that no place gives to anything never holds: a mistyped one would switch law off in silence."""
        asked = condition.get("status")
        if asked is not None and asked.scalar not in known:
            advice = did_you_mean(asked.scalar, known)
            expected = "a status that some place gives to something"
            self._say(asked.problem(f"unknown status {asked.scalar!r}{advice}", expected))
        for key in ("all", "any", "none"):
            for part in condition.all(key):
                self._check_status_asked(part, known)

    def _check_known(self, node: Node, known: Iterable[str], what: str) -> None:
        if node.scalar not in known:
            advice = did_you_mean(node.scalar, known)
            self._say(node.problem(f"unknown {what} {node.scalar!r}{advice}", f"a {what} of this pack"))

    def _check_jurisdiction(self, node: Node, seen: dict[tuple[str, str], Node]) -> None:
        """Whom a place inherits from, and what things are there; ``seen`` are the statuses read so far, by place and thing."""
        for parent in node.all("inherits"):
            source = parent.fields["from"]
            self._check_known(source, self.jurisdictions, "jurisdiction")
            if self._inherits_from(source.scalar, node.text("code")):
                self._say(source.problem(f"{node.text('code')!r} inherits from itself", "no circle"))
        statuses = node.get("status")
        for concept in statuses.fields if statuses else ():
            if statuses:
                self._check_status(node.text("code"), concept, statuses, seen)

    def _check_status(self, code: str, concept: str, statuses: Node, seen: dict[tuple[str, str], Node]) -> None:
        if concept not in self.concepts:
            advice = did_you_mean(concept, self.concepts)
            self._say(
                statuses.key_problem(concept, f"unknown concept {concept!r}{advice}", "an id of lexicons/concepts")
            )
        by = statuses.fields[concept].fields["by"]
        self._check_known(by, self._provisions, "provision")
        if by.scalar in self._provisions and not self._provisions[by.scalar].flag("verified", True):
            self._say(by.problem(f"{by.scalar!r} was not verified, so it decides nothing", "a verified provision"))
        first = seen.setdefault((code, concept), by)
        if first is not by:
            message = f"what {concept!r} is in {code} is said already"
            self._say(statuses.key_problem(concept, message, f"it once: it stands at {first.path}:{first.line}"))

    def _inherits_from(self, code: str, ancestor: str) -> bool:
        seen, todo = {code}, [code]
        while todo:
            current = todo.pop()
            if current == ancestor:
                return True
            known = self.jurisdictions.get(current)
            fresh = [i.source for i in known.inherits if i.source not in seen] if known else []
            seen.update(fresh)
            todo += fresh
        return False


def _rule(file: PackFile) -> Rule:
    node = file.root
    examples, gaps = node.get("examples"), node.get("known_gaps")
    return Rule(
        **{key: node.text(key) for key in _RULE_TEXTS},
        when=normalise(node.fields["when"]),
        supersedes=node.texts("supersedes"),
        flagged=_examples(examples, "flagged"),
        allowed=_examples(examples, "allowed"),
        gaps_flagged=_examples(gaps, "flagged"),
        gaps_allowed=_examples(gaps, "allowed"),
        path=str(file.place),
        texts={lang: Wording(*map(wording.text, _WORDING_TEXTS)) for lang, wording in _texts(node).items()},
    )


def _rule_texts(rule: Node) -> Iterator[Node]:
    """The sentences of a rule for people, in all languages."""
    for node in (rule, *_texts(rule).values()):
        yield from (node.fields[key] for key in _WORDING_TEXTS if key in node.fields)


def _texts(rule: Node) -> dict[str, Node]:
    """The wordings of a rule in other languages than English."""
    texts = rule.get("texts")
    return texts.fields if texts else {}


def _example_nodes(rule: Node) -> Iterator[Node]:
    for group in (rule.get("examples"), rule.get("known_gaps")):
        for key in ("flagged", "allowed"):
            yield from (group.all(key) if group else ())


def _examples(node: Node | None, key: str) -> tuple[Example, ...]:
    return tuple(map(_example, node.all(key))) if node else ()


def _example(node: Node) -> Example:
    if node.is_text:
        return Example(node.scalar)
    return Example(
        node.text("text"),
        node.text("span"),
        node.texts("jurisdictions"),
        node.text("format", "text"),
        node.text("reason"),
        node.text("as_of"),
    )


def _jurisdiction(node: Node, provisions: tuple[Provision, ...]) -> Jurisdiction:
    statuses, signals = node.get("status"), node.get("signals")
    return Jurisdiction(
        code=node.text("code"),
        name=node.text("name"),
        languages=node.texts("languages"),
        regulators=node.texts("regulators"),
        inherits=tuple(Inheritance(i.text("from"), i.texts("domains")) for i in node.all("inherits")),
        statuses=tuple(Status(c, s.text("is"), s.text("by")) for c, s in (statuses.fields.items() if statuses else ())),
        provisions=provisions,
        signals={kind: _signal(signals, kind) for kind in signals.fields} if signals else {},
        gaps=node.text("gaps"),
    )


def _signal(signals: Node, kind: str) -> tuple[str, ...]:
    values = signals.texts(kind)
    return tuple(map(folded, values)) if kind == "words" else values


def _merge(known: Jurisdiction, added: Jurisdiction) -> Jurisdiction:
    """What another pack adds to a jurisdiction; its name and languages stay."""
    kinds = dict.fromkeys((*known.signals, *added.signals))
    return replace(
        known,
        regulators=tuple(dict.fromkeys(known.regulators + added.regulators)),
        inherits=tuple(dict.fromkeys(known.inherits + added.inherits)),
        statuses=known.statuses + added.statuses,
        provisions=(*known.provisions, *added.provisions),
        signals={k: known.signals.get(k, ()) + added.signals.get(k, ()) for k in kinds},
    )


def _day(node: Node | None, key: str) -> date | None:
    text = node.text(key) if node else ""
    return date.fromisoformat(text) if text else None


def _provision(node: Node, code: str) -> Provision:
    days = node.get("in_force")
    return Provision(
        **{key: node.text(key) for key in _PROVISION_TEXTS},
        jurisdiction=code,
        verified=node.flag("verified", True),
        in_force_from=_day(days, "from"),
        in_force_to=_day(days, "to"),
        backs=tuple(_backing(b, node.text("confidence")) for b in node.all("backs")),
        permits=tuple(_backing(b, node.text("confidence")) for b in node.all("permits")),
    )


def _backing(node: Node, confidence: str) -> Backing:
    """A backing with its severity spelt out: that of its verdict, and a warning at most where confidence is low."""
    verdict, when = node.text("verdict", "needs-evidence"), node.get("when")
    severity = node.text("severity", DEFAULT_SEVERITY[verdict])
    if node.text("confidence", confidence) == "low" and severity == "error":
        severity = "warning"
    return Backing(node.text("rule"), normalise(when) if when else None, verdict, severity, node.text("confidence"))


def _evidence_row(node: Node) -> EvidenceRow:
    citations = tuple({key: each.text(key) for key in each.fields} for each in node.all("citations"))
    return EvidenceRow(**{key: node.text(key) for key in _EVIDENCE_TEXTS}, citations=citations)
