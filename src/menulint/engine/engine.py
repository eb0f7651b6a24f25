"""Applies rules to claims: which of them fire, and what each jurisdiction makes of that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from menulint.claim import SCOPES, Claim, Filler
from menulint.engine.conditions import Asked, Case, Check, Outcome, asked_by, head_concepts, status_named, together
from menulint.engine.law import Bench, Law
from menulint.engine.match import Match, strictest_of
from menulint.engine.precedence import resolve
from menulint.engine.reasons import SILENT, silence, silent_because
from menulint.finding import Judgement
from menulint.pack.model import Pack, Rule
from menulint.ui import Joined, Message

DEFINING = frozenset({"educational", "researched"})
"""Stances that silence a claim about the thing itself, but not one that only needs to know which thing is meant."""
_MOST_KNOWN = 1 << 13
"""Claims that are remembered with the rules that fire at them."""
_MOST_PARTS = 64
"""How many parts a claim that is remembered may have: a heading that names a thousand things is no claim that comes back."""
_Said: TypeAlias = tuple[Bench, str, str, str, str, tuple[bool, ...], tuple[tuple[str, str, str], ...]]
"""All that rules and law ask of a claim."""
_Parts: TypeAlias = dict[tuple[str, str, str], Filler]
"""Parts of a claim by the concept that stands for theirs, scope and stance."""
_Fired: TypeAlias = tuple[Rule, tuple[int, ...], tuple[Judgement, ...], Judgement]
"""A rule that fires: the numbers of the parts it needs, what becomes of it, and the strictest of that."""
OTHER_CLAUSE = "sentence"
"""A part taken from another clause of the sentence keeps no stance: "exosomes may not be injected, but we needle them in"."""


@dataclass(frozen=True, slots=True)
class Why:
    """What becomes of a rule at a claim: the places where it fires, why not in the others, and that in one sentence."""

    rule: Rule
    judgements: tuple[Judgement, ...]
    reasons: tuple[tuple[str, Message | Joined], ...]
    reason: Message | Joined


def _as_one(reasons: Iterable[tuple[str, Message | Joined]]) -> Message | Joined:
    said = tuple(dict.fromkeys(message for _, reason in reasons for message in _each(reason)))
    return Joined(said) if said else Message.of("reason.not-backed")


def _each(reason: Message | Joined) -> Iterator[Message]:
    if isinstance(reason, Message):
        yield reason
    else:
        yield from (message for part in reason.messages for message in _each(part))


class Engine:
    """Applies the chosen rules. ``codes`` of a call are judged; ``raising`` of them decide verdict and severity."""

    def __init__(self, pack: Pack, law: Law, rules: Iterable[Rule]) -> None:
        self._pack, self._law = pack, law
        self._by_head: dict[str, list[Rule]] = defaultdict(list)
        self._local: set[str] = set()
        self._at: dict[str, tuple[tuple[Rule, Check], ...]] = {}
        self._same: dict[Asked, Asked] = {}
        self._known: dict[_Said, tuple[_Fired, ...]] = {}
        for rule in rules:
            if status_named(rule.when):
                self._local.add(rule.id)
            for concept in head_concepts(rule.when):
                self._by_head[concept].append(rule)

    def matches(self, claims: Iterable[Claim], codes: Sequence[str], raising: frozenset[str]) -> list[Match]:
        """All rules that fire, in file order, the weaker ones on the same wording dropped."""
        bench = self._law.bench(codes, raising)
        found: list[Match] = []
        for claim in claims:
            if not silence(claim, self._pack):
                found += self._on(claim, bench)
        return resolve(found)

    def why(self, claim: Claim, codes: Sequence[str]) -> Iterator[Why]:
        """For every rule that could begin at a claim: what each place makes of it, and why not where it makes nothing."""
        silent = silent_because(claim, self._pack)
        for rule, check in self._rules_at(claim.head.concept):
            judged = () if silent else tuple(self._explained(rule, check, claim, codes))
            fired = tuple(judgement for judgement, _ in judged if judgement)
            reasons = tuple((code, reason) for code, (_, reason) in zip(codes, judged, strict=False) if reason)
            yield Why(rule, fired, reasons, silent or _as_one(reasons))

    def _on(self, claim: Claim, bench: Bench) -> Sequence[Match]:
        """The rules that fire at a claim. All that they ask of it is remembered: claims that say the same share the answer."""
        asked = self._asked_at(claim.head.concept, bench)
        parts = _parts(claim, asked)
        key = (
            bench,
            claim.head.concept,
            claim.speaker,
            claim.stance,
            claim.sentence if asked.sentence else "",
            tuple([concepts.isdisjoint(claim.concepts_within(scope)) for scope, concepts in asked.absent]),
            tuple(parts),
        )
        fired = self._known.get(key)
        if fired is None:
            fired = self._asked(claim, bench, parts)
            if len(parts) <= _MOST_PARTS:
                if len(self._known) >= _MOST_KNOWN:
                    self._known.clear()
                self._known[key] = fired
        if not fired:
            return ()
        fillers = [*parts.values()]
        return [
            Match.of(rule, claim, tuple([fillers[number] for number in used]), judgements, strictest)
            for rule, used, judgements, strictest in fired
        ]

    def _asked(self, claim: Claim, bench: Bench, parts: _Parts) -> tuple[_Fired, ...]:
        """The rules that fire at a claim that has no other parts than these."""
        roles: dict[str, tuple[Filler, ...]] = {}
        for filler in parts.values():
            facet = filler.mention.facet
            roles[facet] = (*roles.get(facet, ()), filler)
        numbers = {id(filler): number for number, filler in enumerate(parts.values())}
        fired = self._fire(claim._replace(roles=roles), bench)
        return tuple(
            [
                (rule, tuple([numbers[id(filler)] for filler in used]), judgements, strictest_of(judgements))
                for rule, used, judgements in fired
            ]
        )

    def _fire(self, claim: Claim, bench: Bench) -> Iterator[tuple[Rule, tuple[Filler, ...], tuple[Judgement, ...]]]:
        cases = bench.cases(claim)
        for rule, check in self._rules_at(claim.head.concept):
            if rule.id in self._local:  # its outcome depends on what a thing is in a place
                outcomes = [_outcome(check, case) for case in cases]
            else:
                outcomes = [_outcome(check, cases[0])] * len(cases)
            fits = [outcome.holds for outcome in outcomes]
            if any(fits) and (judged := bench.judged(rule.id, cases, fits)):
                used = (outcomes[bench.standing_of[judgement.code]].used for judgement in judged)
                yield rule, next(filter(None, used), ()), judged

    def _asked_at(self, head: str, bench: Bench) -> Asked:
        """What the rules that begin at a concept, and the law of a bench on them, ask of a claim."""
        asked = bench.asked.get(head)
        if asked is None:
            rules = tuple([rule.id for rule, _ in self._rules_at(head)])
            if rules not in bench.asked_by_rules:
                found = together([self._asked_by(rule, bench) for rule, _ in self._rules_at(head)])
                bench.asked_by_rules[rules] = self._same.setdefault(found, found)
            asked = bench.asked[head] = bench.asked_by_rules[rules]
        return asked

    def _asked_by(self, rule: Rule, bench: Bench) -> Asked:
        """What a rule and the law of a bench on it ask of a claim."""
        if rule.id not in bench.asked_by_rule:
            law = self._law.conditions_on(rule.id, bench.codes)
            each_once = {id(when): when for when in (rule.when, *law)}  # places inherit the same law
            bench.asked_by_rule[rule.id] = asked_by(each_once.values(), self._law.conditions)
        return bench.asked_by_rule[rule.id]

    def _rules_at(self, head: str) -> tuple[tuple[Rule, Check], ...]:
        """The rules that begin at a claim's head, ready to be asked."""
        if head not in self._at:
            concepts = sorted(self._pack.ancestors[head])
            rules = {rule.id: rule for concept in concepts for rule in self._by_head.get(concept, ())}
            ready = self._law.conditions.ready
            self._at[head] = tuple((rule, ready(rule.when)) for rule in rules.values())
        return self._at[head]

    def _explained(
        self, rule: Rule, check: Check, claim: Claim, codes: Sequence[str]
    ) -> Iterator[tuple[Judgement | None, Message | Joined | None]]:
        """What each place makes of a rule, or why it makes nothing of it."""
        for code in codes:
            outcome = _outcome(check, Case(claim, self._law.standing(code), explains=True))
            judgement = self._law.judge(rule.id, claim, code) if outcome.holds else None
            backed = judgement or not outcome.holds
            yield judgement, outcome.reason if backed else Message.of("reason.not-backed-in", place=code)


def _parts(claim: Claim, asked: Asked) -> _Parts:
    """What is bound to a claim's head and asked for. Of parts that are the same to rules and law the first speaks for all."""
    parts: _Parts = {}
    for facet, standing in asked.roles:
        for filler in claim.roles.get(facet, ()):
            mention, scope, stance = filler
            concept = mention.concept if standing is None else standing[mention.concept]
            if concept:
                parts.setdefault((concept, scope, stance), filler)
    return parts


def _outcome(check: Check, case: Case) -> Outcome:
    """Whether a rule fires at a claim: its condition holds, and no part that it needs is one that nobody claims."""
    outcome = check(case)
    for filler in outcome.used:
        if filler.stance in _silencing(filler):
            because = Message.of(f"because.{filler.stance}")
            return Outcome(
                False, reason=Message.of("reason.part-not-claimed", text=filler.mention.text, because=because)
            )
    return outcome


def _silencing(filler: Filler) -> frozenset[str]:
    """The stances of a part that silence a claim. A heading may ask what the text below it offers ("What are exosomes?").

    An offer that is denied is none, also in another clause ("Filler is £200 and we never discount it").
    """
    if filler.scope == OTHER_CLAUSE and filler.mention.facet == "pressure":
        return _DENIED
    return _SILENCING[filler.scope]


def _silencing_from(scope: str) -> frozenset[str]:
    if scope == OTHER_CLAUSE:
        return frozenset()
    return SILENT - DEFINING - ({"asked"} if SCOPES.index(scope) > SCOPES.index("block") else frozenset())


_DENIED = frozenset({"negated", "prohibited"})
_SILENCING = {scope: _silencing_from(scope) for scope in SCOPES}
