"""Evaluates the closed predicates of ``when`` over one claim, in one jurisdiction."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from menulint.claim import Claim, Filler
from menulint.engine.evidence import carries
from menulint.pack.model import Condition, Pack
from menulint.ui import Joined, Message, Value, Word

DEFAULT_WITHIN = "section"


@dataclass(frozen=True, slots=True)
class Case:
    """A claim before one jurisdiction. ``statuses`` maps concepts to what they are there ("prescription-only").

    ``explains``: outcomes say why a condition does not hold. Most do not, and nobody asks why.
    """

    claim: Claim
    pack: Pack
    statuses: Mapping[str, str] = field(default_factory=dict)
    explains: bool = False

    def is_a(self, concept: str, wanted: str) -> bool:
        """Whether a concept is the wanted one or descends from it."""
        return wanted in self.pack.ancestors[concept]

    def labels(self, concepts: Iterable[str]) -> str:
        """What concepts are called, for a reason."""
        return ", ".join(self.pack.concepts[concept].label for concept in concepts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a condition holds, the mentions it needed for that, and why not where it does not."""

    holds: bool
    used: tuple[Filler, ...] = ()
    reason: Message | Joined | None = None


YES = Outcome(True)
NO = Outcome(False)


def _no(case: Case, reason: str, **values: Value | tuple[str, ...]) -> Outcome:
    """The condition does not hold, for a reason of the catalogue; a tuple holds concepts, which go by their labels."""
    if not case.explains:
        return NO
    said = {name: case.labels(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return Outcome(False, reason=Message.of(f"reason.{reason}", **said))


def evaluate(condition: Condition | None, case: Case, within: str = DEFAULT_WITHIN) -> Outcome:
    """Whether all predicates of ``condition`` hold. No condition always holds."""
    if not condition:
        return YES
    within = condition.get("within", within)
    used: list[Filler] = []
    for name, value in condition.items():
        if name == "within":
            continue
        outcome = PREDICATES[name](value, case, within)
        if not outcome.holds:
            return outcome
        used.extend(outcome.used)
    return Outcome(True, tuple(dict.fromkeys(used)))


def _concept(wanted: str, case: Case, within: str) -> Outcome:
    if case.is_a(case.claim.head.concept, wanted):
        return YES
    for filler in case.claim.fillers(within):
        if case.is_a(filler.mention.concept, wanted):
            return Outcome(True, (filler,))
    return _no(case, "not-bound", concept=(wanted,), within=Word("scope", within))


def _all(conditions: Iterable[Condition], case: Case, within: str) -> Outcome:
    used: list[Filler] = []
    for condition in conditions:
        outcome = evaluate(condition, case, within)
        if not outcome.holds:
            return outcome
        used.extend(outcome.used)
    return Outcome(True, tuple(used))


def _any(conditions: Iterable[Condition], case: Case, within: str) -> Outcome:
    reasons = []
    for condition in conditions:
        outcome = evaluate(condition, case, within)
        if outcome.holds:
            return outcome
        if outcome.reason:
            reasons.append(outcome.reason)
    return Outcome(False, reason=Joined(tuple(reasons))) if reasons else NO


def _none(conditions: Iterable[Condition], case: Case, within: str) -> Outcome:
    for condition in conditions:
        if evaluate(condition, case, within).holds:
            return _no(case, "excepted", what=_named(condition) or Word("law-status", condition.get("status", "")))
    return YES


def _except(concepts: Iterable[str], case: Case, within: str) -> Outcome:
    for concept in concepts:
        if case.is_a(case.claim.head.concept, concept):
            return _no(case, "excepted-concept", concept=(concept,))
    return YES


def _of(roles: Mapping[str, Iterable[str]], case: Case, within: str) -> Outcome:
    used: list[Filler] = []
    for facet, wanted in roles.items():
        bound = [f for f in case.claim.fillers(within) if f.mention.facet == facet]
        fitting = [f for f in bound if any(case.is_a(f.mention.concept, w) for w in wanted)]
        if not fitting:
            return _no(case, "none-of", facet=Word("facet", facet), concepts=tuple(wanted))
        used.append(fitting[0])
    return Outcome(True, tuple(used))


def _status(wanted: str, case: Case, within: str) -> Outcome:
    if _has_status(case.claim.head.concept, wanted, case):
        return YES
    for filler in case.claim.fillers(within):
        if filler.mention.facet == "substance" and _has_status(filler.mention.concept, wanted, case):
            return Outcome(True, (filler,))
    return _no(case, "no-status", status=Word("law-status", wanted))


def _has_status(concept: str, wanted: str, case: Case) -> bool:
    return any(case.statuses.get(ancestor) == wanted for ancestor in case.pack.ancestors[concept])


def _stance(stances: Iterable[str], case: Case, within: str) -> Outcome:
    stances = tuple(stances)
    return YES if case.claim.stance in stances else _no(case, "stance", stance=Word("stance", case.claim.stance))


def _speaker(speakers: Iterable[str], case: Case, within: str) -> Outcome:
    speakers = tuple(speakers)
    return YES if case.claim.speaker in speakers else _no(case, "speaker", speaker=Word("speaker", case.claim.speaker))


def _missing(concepts: Iterable[str], case: Case, within: str) -> Outcome:
    present = case.claim.concepts_within(within)
    for concept in concepts:
        if any(case.is_a(found, concept) for found in present):
            return _no(case, "given", concept=(concept,), within=Word("scope", within))
    return YES


def _number(wanted: Mapping[str, object], case: Case, within: str) -> Outcome:
    unit = re.escape(str(wanted["unit"]))
    over, under = float(str(wanted.get("over", "-inf"))), float(str(wanted.get("under", "inf")))
    for number in re.findall(rf"(\d+(?:[.,]\d+)?)\s?{unit}(?![^\W\d_])", case.claim.sentence, re.IGNORECASE):
        if over < float(number.replace(",", ".")) < under:
            return YES
    return _no(case, "no-number", unit=str(wanted["unit"]))


def _exceeds_evidence(expected: bool, case: Case, within: str) -> Outcome:
    exceeds = not carries(case.claim, case.pack)
    return YES if exceeds == expected else _no(case, "carried")


def _named(condition: Condition) -> tuple[str, ...]:
    """The concepts a condition is about, at whatever depth, the first ones first."""
    own = (condition["concept"],) if "concept" in condition else ()
    roles = (concept for wanted in condition.get("of", {}).values() for concept in wanted)
    nested = (concept for name in ("all", "any") for part in condition.get(name, ()) for concept in _named(part))
    return tuple(dict.fromkeys((*own, *roles, *nested)))


PREDICATES: dict[str, Callable[..., Outcome]] = {
    "concept": _concept,
    "all": _all,
    "any": _any,
    "none": _none,
    "except": _except,
    "of": _of,
    "status": _status,
    "stance": _stance,
    "speaker": _speaker,
    "missing": _missing,
    "number": _number,
    "exceeds_evidence": _exceeds_evidence,
}


def head_concepts(condition: Condition) -> tuple[str, ...]:
    """The concepts a rule can begin at: the first one named in its ``when`` (each one of a leading ``any``).

    Raises:
        ValueError: the condition names no concept.
    """
    found = _heads(condition)
    if not found:
        raise ValueError(f"a rule's condition must name a concept, got {sorted(condition)}")
    return found


def _heads(condition: Condition) -> tuple[str, ...]:
    if "concept" in condition:
        return (condition["concept"],)
    if condition.get("all"):
        return next((heads for c in condition["all"] if (heads := _heads(c))), ())
    return tuple(head for c in condition.get("any", ()) for head in _heads(c))


def status_named(condition: Condition) -> str:
    """The status a condition asks for ("prescription-only"), so that its outcome differs from place to place; or nothing."""
    nested = [c for name in ("all", "any", "none") for c in condition.get(name, ())]
    return str(condition.get("status", "")) or next(filter(None, map(status_named, nested)), "")
