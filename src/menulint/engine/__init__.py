"""Claims × rules → matches, with what each jurisdiction makes of them. No spaCy, no input or output."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from menulint.claim import SCOPES, Claim, Filler
from menulint.engine.conditions import Case, Outcome, evaluate, head_concepts, status_named
from menulint.engine.law import Law
from menulint.engine.match import Match
from menulint.engine.precedence import resolve
from menulint.engine.reasons import SILENT, silence, silent_because
from menulint.finding import Judgement
from menulint.pack.model import Pack, Rule
from menulint.ui import Joined, Message

DEFINING = frozenset({"educational", "researched"})
"""Stances that silence a claim about the thing itself, but not one that only needs to know which thing is meant."""
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
        for rule in rules:
            if status_named(rule.when):
                self._local.add(rule.id)
            for concept in head_concepts(rule.when):
                self._by_head[concept].append(rule)

    def matches(self, claims: Iterable[Claim], codes: Sequence[str], raising: frozenset[str]) -> list[Match]:
        """All rules that fire, in file order, the weaker ones on the same wording dropped."""
        found = [match for claim in claims for match in self._on(claim, codes, raising)]
        return resolve(found)

    def why(self, claim: Claim, codes: Sequence[str]) -> Iterator[Why]:
        """For every rule that could begin at a claim: what each place makes of it, and why not where it makes nothing."""
        silent = silent_because(claim, self._pack)
        for rule in self._rules_at(claim):
            judged = () if silent else tuple(self._judged(rule, claim, codes, explains=True))
            fired = tuple(judgement for _, judgement, _ in judged if judgement)
            reasons = tuple((code, outcome.reason) for code, _, outcome in judged if outcome.reason)
            yield Why(rule, fired, reasons, silent or _as_one(reasons))

    def _on(self, claim: Claim, codes: Sequence[str], raising: frozenset[str]) -> Iterator[Match]:
        if silence(claim, self._pack):
            return
        deciding = [code for code in codes if code in raising]
        others = [code for code in codes if code not in raising]
        for rule in self._rules_at(claim):
            if fired := self._fired(
                rule, claim, deciding
            ):  # where nothing is raised, nobody asks what others would say
                fired.update(self._fired(rule, claim, others))
                judgements = [
                    fired[code][0] if code in raising else replace(fired[code][0], raises=False)
                    for code in codes
                    if code in fired
                ]
                used = next((fired[code][1] for code in codes if code in fired and fired[code][1]), ())
                yield Match(rule, claim, used, tuple(judgements))

    def _fired(self, rule: Rule, claim: Claim, codes: Sequence[str]) -> dict[str, tuple[Judgement, tuple[Filler, ...]]]:
        judged = self._judged(rule, claim, codes, explains=False)
        return {code: (judgement, outcome.used) for code, judgement, outcome in judged if judgement}

    def _rules_at(self, claim: Claim) -> Iterator[Rule]:
        seen: set[str] = set()
        for concept in sorted(self._pack.ancestors[claim.head.concept]):
            for rule in self._by_head.get(concept, ()):
                if rule.id not in seen:
                    seen.add(rule.id)
                    yield rule

    def _judged(
        self, rule: Rule, claim: Claim, codes: Sequence[str], *, explains: bool
    ) -> Iterator[tuple[str, Judgement | None, Outcome]]:
        """What each jurisdiction makes of a rule; the wording is looked at once, unless the rule asks what a thing is there.

        Unless it is to be explained, places of which none can fire are left out.
        """
        seen: Outcome | None = None
        for code in codes:
            outcome = seen or self._outcome(rule, claim, code, explains=explains)
            seen = None if rule.id in self._local else outcome
            if seen is not None and not (seen.holds or explains):
                return
            judgement = self._law.judge(rule.id, claim, code) if outcome.holds else None
            if outcome.holds and not judgement:
                outcome = Outcome(False, reason=Message.of("reason.not-backed-in", place=code))
            yield code, judgement, outcome

    def _outcome(self, rule: Rule, claim: Claim, code: str, *, explains: bool) -> Outcome:
        outcome = evaluate(rule.when, Case(claim, self._pack, self._law.statuses(code), explains))
        for filler in outcome.used:
            if filler.stance in _silencing(filler.scope):
                because = Message.of(f"because.{filler.stance}")
                return Outcome(
                    False, reason=Message.of("reason.part-not-claimed", text=filler.mention.text, because=because)
                )
        return outcome


def _silencing(scope: str) -> frozenset[str]:
    """The stances of a part that silence a claim. A heading may ask what the text below it offers ("What are exosomes?")."""
    if scope == OTHER_CLAUSE:
        return frozenset()
    return SILENT - DEFINING - ({"asked"} if SCOPES.index(scope) > SCOPES.index("block") else frozenset())
